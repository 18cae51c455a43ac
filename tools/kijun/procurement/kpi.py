"""Shares under declared definitions: what is counted, over what, by class and by business, never a bare number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from kijun.catalog.body_registry import BodyRegistry
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import ConfigurationError, Problem
from kijun.model.requirement import MunicipalityClass
from kijun.procurement.adoption import ALL_STEPS, Adoption, Businesses, System

DETAIL_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class Definition:
    """One rule of counting, as its file declares it."""

    id: str
    tier: int
    title: str
    rule: str
    unit: str
    businesses: tuple[str, ...]  # numbers
    when: Mapping[str, Any]
    denominator: str
    decimals: int
    published: Mapping[str, str] | None
    targets: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    numerator: int
    denominator: int

    def percent(self, decimals: int) -> str:
        """Rounded half up, without the sign; a dash when there is nothing to divide by."""
        if not self.denominator:
            return "―"
        exact = Decimal(self.numerator * 100) / Decimal(self.denominator)
        return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))

    def __add__(self, other: Share) -> Share:
        return Share(self.numerator + other.numerator, self.denominator + other.denominator)


NOTHING = Share(0, 0)


@dataclass(frozen=True)
class Result:
    """What one definition comes to in one month."""

    definition: Definition
    total: Share | None  # None where only a range can be told
    by_class: Mapping[MunicipalityClass, Share]
    by_business: Mapping[str, Share]  # number → share

    @property
    def headline(self) -> str:
        """The number to quote beside its rule: one, or smallest to largest."""
        decimals = self.definition.decimals
        if self.total is not None:
            return f"{self.total.percent(decimals)}%"
        shares = sorted(
            (one for one in self.by_business.values() if one.denominator),
            key=lambda one: Decimal(one.numerator) / one.denominator,
        )
        if not shares:
            return "―"
        low, high = shares[0].percent(decimals), shares[-1].percent(decimals)
        return f"{low}%" if low == high else f"{low}–{high}%"


@dataclass(frozen=True)
class Month:
    """All results of one file, and what the reader has to know."""

    adoption: Adoption
    results: tuple[Result, ...]
    notes: tuple[str, ...]


def read_definitions(path: Path, businesses: Businesses) -> tuple[str, list[Definition]]:
    """Where the definitions of a file come from, and these. Raises ConfigurationError with everything wrong."""
    file = read_yaml(path)
    problems = file.problems or schema_problems("kpi_definitions", file)
    if problems:
        raise ConfigurationError(problems)
    rows = file.data["definitions"]
    seen: set[str] = set()
    for index, row in enumerate(rows):
        at = file.at("definitions", index)
        if row["id"] in seen:
            problems.append(Problem(at, f"定義「{row['id']}」が二つあります。", "別の id にしてください。"))
        seen.add(row["id"])
        if row["businesses"] != "all" and (unknown := set(row["businesses"]) - set(businesses.labels)):
            told = f"標準化対象業務の番号 {'、'.join(sorted(unknown))} はありません。"
            problems.append(Problem(at, told, f"使えるのは {'、'.join(businesses.labels)} です。"))
    if problems:
        raise ConfigurationError(problems)
    return file.data["kpi"]["source"], [_definition(row, businesses) for row in rows]


def _definition(row: Mapping[str, Any], businesses: Businesses) -> Definition:
    chosen = tuple(businesses.labels) if row["businesses"] == "all" else tuple(row["businesses"])
    targets = tuple((date.fromisoformat(one["by"]), one["percent"]) for one in row.get("targets", ()))
    return Definition(
        id=row["id"],
        tier=row["tier"],
        title=row["title"],
        rule=row["rule"],
        unit=row["unit"],
        businesses=chosen,
        when=row.get("when", {}),
        denominator=row["denominator"],
        decimals=row["decimals"],
        published=row.get("published"),
        targets=targets,
    )


def measure(
    adoption: Adoption, definitions: Iterable[Definition], registry: BodyRegistry, businesses: Businesses
) -> Month:
    """Every definition over one month."""
    definitions = list(definitions)
    ground = _Ground(adoption, registry)
    results = tuple(_result(one, ground, businesses.with_standard) for one in definitions)
    numbers = {number for one in definitions for number in one.businesses}
    return Month(adoption, results, tuple(_notes(adoption, registry, numbers)))


class _Ground:
    """The systems of a month, by body and business."""

    def __init__(self, adoption: Adoption, registry: BodyRegistry) -> None:
        self.kinds = {code: body.kind for code, body in registry.counted.items()}
        self.of: dict[tuple[str, str], list[System]] = {}
        for one in adoption.systems:
            self.of.setdefault((one.body, one.business), []).append(one)
        self.systems = [one for one in adoption.systems if not one.is_outside]


def _result(definition: Definition, ground: _Ground, with_standard: Collection[str]) -> Result:
    if definition.unit == "specification":
        one = {number: Share(int(number in with_standard), 1) for number in definition.businesses}
        return Result(definition, sum(one.values(), NOTHING), {}, one)
    if definition.unit == "body":
        return _of_bodies(definition, ground)
    if definition.unit == "business":
        return _of_businesses(definition, ground)
    return _of_systems(definition, ground)


def _of_bodies(definition: Definition, ground: _Ground) -> Result:
    by_class = dict.fromkeys(MunicipalityClass, NOTHING)
    for code, kind in ground.kinds.items():
        done = all(_is_done(definition, ground.of.get((code, number))) for number in definition.businesses)
        by_class[kind] += Share(int(done), 1)
    return Result(definition, sum(by_class.values(), NOTHING), by_class, {})


def _of_businesses(definition: Definition, ground: _Ground) -> Result:
    """A body that has no such business is no part of the share of that business."""
    by_class = dict.fromkeys(MunicipalityClass, NOTHING)
    by_business = dict.fromkeys(definition.businesses, NOTHING)
    for code, kind in ground.kinds.items():
        for number in definition.businesses:
            found = ground.of.get((code, number))
            if found and all(one.is_outside for one in found):
                continue
            share = Share(int(_is_done(definition, found)), 1)
            by_class[kind] += share
            by_business[number] += share
    return Result(definition, None, by_class, by_business)


def _of_systems(definition: Definition, ground: _Ground) -> Result:
    by_class = dict.fromkeys(MunicipalityClass, NOTHING)
    by_business = dict.fromkeys(definition.businesses, NOTHING)
    for one in ground.systems:
        if one.business in by_business:
            is_step = definition.unit == "step"
            share = Share(one.steps, ALL_STEPS) if is_step else Share(int(_fulfils(definition, one)), 1)
            by_class[ground.kinds[one.body]] += share
            by_business[one.business] += share
    return Result(definition, sum(by_business.values(), NOTHING), by_class, by_business)


def _is_done(definition: Definition, systems: list[System] | None) -> bool:
    """Whether all systems of a body for one business fulfil the condition; none at all fulfils nothing."""
    return bool(systems) and all(one.is_outside or _fulfils(definition, one) for one in systems or ())


def _fulfils(definition: Definition, one: System) -> bool:
    when = definition.when
    return (
        one.steps >= when.get("steps", 0)
        and one.stage in when.get("stages", (one.stage,))
        and one.conformance in when.get("conformance", (one.conformance,))
    )


def _notes(adoption: Adoption, registry: BodyRegistry, numbers: Collection[str]) -> Iterator[str]:
    bodies = {one.body for one in adoption.systems}
    pairs, whole = len({(one.body, one.business) for one in adoption.systems}), len(registry.counted) * len(numbers)
    rows = sum(not one.is_outside for one in adoption.systems)
    if missing := len(registry.counted) - len(bodies):
        yield f"データに一行もない団体が {missing} あります。登録簿を分母とする定義では、終えていないものと数えます。"
    if rows != whole:
        yield (
            f"分母が二つあります。登録簿の団体×業務は {whole:,}、データの行（対象外を除く）は {rows:,} です"
            f"（団体と業務の組は {pairs:,}）。どちらを使ったかは、定義ごとの計算の仕方にあります。"
        )
    for word, count in adoption.beside.items():
        yield f"「{word}」は標準化対象の20業務ではないので、{count:,} 行を数えません（20業務で数えます）。"
    if adoption.by_name:
        yield f"団体コードのない {adoption.by_name:,} 行は、都道府県と名前の両方が同じ団体に結び付けました。"
    if not registry.has_official_classes:
        yield f"団体区分は推定です（登録簿は {registry.made_on.isoformat()} に作成）。公式の区分と照合していません。"

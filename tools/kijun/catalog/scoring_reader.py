"""Reads rules of scoring: those that are shipped, by name, and a buyer's own, by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from kijun.catalog.configuration import read_checked
from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.bid import AnswerStatus, Standing
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Obligation
from kijun.model.scoring import (
    WHOLE,
    Combination,
    Criterion,
    Knockout,
    Part,
    PriceFormula,
    PricePart,
    Rounding,
    RoundingMode,
    RowsPart,
    RowWeight,
    ScoringRules,
    StaffPart,
    Stage,
    TieRule,
    TieStep,
)


def room(root: Path) -> Path:
    """Where the presets of a root lie; a root without its own has the shipped ones."""
    own = root / "requirements" / "scoring"
    return own if own.is_dir() else shipped_root() / "requirements" / "scoring"


def preset_names(root: Path) -> list[str]:
    return sorted(path.stem for path in room(root).glob("*.yaml"))


def rules_place(word: str, beside: Path, root: Path) -> Path:
    """The file that `word` names: a preset of the root, else a file beside `beside`. Raises ConfigurationError."""
    names = preset_names(root)
    if word in names:
        return room(root) / f"{word}.yaml"
    own = beside.parent / word
    if own.is_file():
        return own
    told = f"採点の決まり「{word}」がありません。"
    hint = f"見本の名前（{'、'.join(names)}）か、決まりのファイルの場所を書いてください。"
    raise ConfigurationError([Problem(Position.of(beside), told, hint)])


def read_rules(path: Path) -> ScoringRules:
    """Read rules. Raises ConfigurationError with everything that is wrong."""
    file, problems = read_checked(path, "scoring")
    problems = problems or list(_faults(file))
    if problems:
        raise ConfigurationError(problems)
    return _rules(file.data)


def exact(value: int | str) -> Fraction:
    """A number as it is written; there is no binary fraction on the way."""
    return Fraction(str(value))


def _faults(file: YamlFile) -> Iterator[Problem]:
    parts = [
        (("stages", number, "parts", index), part)
        for number, stage in enumerate(file.data["stages"])
        for index, part in enumerate(stage["parts"])
    ]
    yield from _weight_faults(file, [part for _, part in parts])
    for one, count in Counter(part["id"] for _, part in parts).items():
        if count > 1:
            told = f"部分の id「{one}」が {count} 回使われています。"
            yield Problem(file.at("stages"), told, "部分ごとに違う id にしてください。")
    criteria = Counter(name for _, part in parts for row in part.get("criteria", ()) for name in (row["label"],))
    for one, count in criteria.items():
        if count > 1:
            told = f"採点の項目「{one}」が {count} 回使われています。"
            yield Problem(file.at("stages"), told, "職員の採点と結び付くように、違う名前にしてください。")
    for key, part in parts:
        if (part.get("combine") == "ranks") != ("rank_points" in part):
            told = "順位点（combine: ranks）と rank_points は、両方書くか、両方書かないかです。"
            yield Problem(file.at(*key), told, "rank_points に 1位から順に点を書いてください。")
    yield from _tie_faults(file, {part["id"] for _, part in parts})
    for number, stage in enumerate(file.data["stages"]):
        is_last = number == len(file.data["stages"]) - 1
        if is_last == ("advance" in stage):
            told = "次に進む者の数（advance）は、最後の審査のほかの全ての審査に書きます。"
            yield Problem(file.at("stages", number), told, "advance を足すか、消してください。")


def _weight_faults(file: YamlFile, parts: list[Mapping[str, Any]]) -> Iterator[Problem]:
    weights = [exact(part["weight"]) for part in parts if "weight" in part]
    if weights and len(weights) < len(parts):
        without = "、".join(part["label"] for part in parts if "weight" not in part)
        told = f"重みのある部分と、ない部分（{without}）が混ざっています。"
        yield Problem(file.at("stages"), told, "全ての部分に重みを書くか、どれにも書かないでください。")
    elif weights and sum(weights) != WHOLE:
        shown = " + ".join(f"{part['label']} {part['weight']}" for part in parts)
        told = f"重みの合計が 100 ではありません（{shown} = {number(sum(weights, Fraction(0)))}）。"
        yield Problem(file.at("stages"), told, "合計が 100 になるように直してください。")


def _tie_faults(file: YamlFile, parts: set[str]) -> Iterator[Problem]:
    steps = file.data["ties"]
    for index, step in enumerate(steps):
        if (step["by"] == "part") != ("part" in step):
            told = "同点の決め方 part には、どの部分の点かを part に書きます（ほかの決め方には書きません）。"
            yield Problem(file.at("ties", index), told, "part を足すか、消してください。")
        elif "part" in step and step["part"] not in parts:
            told = f"同点の決め方の部分「{step['part']}」がありません。"
            yield Problem(file.at("ties", index), told, f"使えるのは {'、'.join(sorted(parts)) or 'なし'} です。")
        if step["by"] == "lot" and index < len(steps) - 1:
            yield Problem(
                file.at("ties", index), "くじ（lot）の後の決め方は使われません。", "くじを最後にしてください。"
            )


def number(value: Fraction) -> str:
    """An exact number for a reader: an integer, a finite decimal, else a fraction."""
    if value.denominator == 1:
        return str(value.numerator)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        scale = next(digits for digits in range(1, 64) if (value * 10**digits).denominator == 1)
        whole, part = divmod((value * 10**scale).numerator, 10**scale)
        return f"{whole}.{part:0{scale}d}"
    return f"{value.numerator}/{value.denominator}"


def _rules(data: Mapping[str, Any]) -> ScoringRules:
    head, rounding = data["scoring"], data["rounding"]
    return ScoringRules(
        id=head["id"],
        title=head["title"],
        source=head["source"],
        knockouts=tuple(
            Knockout(Obligation(row["obligation"]), frozenset(map(Standing, row["standings"])))
            for row in data.get("knockout", ())
        ),
        stages=tuple(
            Stage(row["label"], tuple(_part(part) for part in row["parts"]), row.get("advance"))
            for row in data["stages"]
        ),
        rounding=Rounding(RoundingMode(rounding["mode"]), rounding["decimals"]),
        ties=tuple(TieStep(TieRule(row["by"]), row.get("part", "")) for row in data["ties"]),
    )


def _part(row: Mapping[str, Any]) -> Part:
    if row["kind"] == "rows":
        return RowsPart(
            id=row["id"],
            label=row["label"],
            weight=exact(row["weight"]) if "weight" in row else None,
            points={
                Obligation(name): {AnswerStatus(status): exact(value) for status, value in table.items()}
                for name, table in row["points"].items()
            },
            weights=tuple(_row_weight(rule) for rule in row.get("weights", ())),
            by_office="by" in row,
        )
    weight = exact(row["weight"])
    if row["kind"] == "staff":
        return StaffPart(
            id=row["id"],
            label=row["label"],
            weight=weight,
            criteria=tuple(Criterion(one["id"], one["label"], exact(one["full"])) for one in row["criteria"]),
            combination=Combination(row.get("combine", "mean")),
            rank_points=tuple(exact(one) for one in row.get("rank_points", ())),
        )
    return PricePart(row["id"], row["label"], weight, PriceFormula(row["formula"]))


def _row_weight(rule: Mapping[str, Any]) -> RowWeight:
    return RowWeight(
        weight=exact(rule["weight"]),
        requirements=frozenset(rule.get("requirements", ())),
        businesses=frozenset(rule.get("businesses", ())),
        majors=frozenset(rule.get("majors", ())),
        obligation=Obligation(rule["obligation"]) if "obligation" in rule else None,
    )

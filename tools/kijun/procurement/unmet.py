"""Rows that no product satisfies, from the reports of many: counted by product vendor, never named, few suppressed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kijun.catalog.schemas import json_path, schema
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import MunicipalityClass
from kijun.model.verdict import Status
from kijun.press.workbook import Column, Workbook

FEWEST: Final = 5  # vendors below which a row could point at one of them
TITLE: Final = "どの製品も満たさない要件"
_TRIED: Final = (Status.SATISFIED, Status.NOT_SATISFIED, Status.NOT_IMPLEMENTED)


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of one requirement."""

    requirement: str
    kind: MunicipalityClass
    vendor: str
    is_satisfied: bool


@dataclass(frozen=True, slots=True)
class Unmet:
    """A row that nobody satisfies among the vendors that were judged on it."""

    requirement: str
    kind: MunicipalityClass
    vendors: frozenset[str]


@dataclass(frozen=True)
class Aggregate:
    """The ranking, and how much of it may not be shown."""

    reports: int
    vendors: int
    rows: tuple[Unmet, ...]
    suppressed: int  # rows judged for fewer vendors than may be shown, satisfied or not
    is_internal: bool


def read_reports(folder: Path) -> list[dict[str, Any]]:
    """Every report.json under a folder. Raises ConfigurationError with every file that is none."""
    paths = sorted(folder.rglob("report.json"))
    if not paths:
        hint = "kijun run が作る report.json を、下のフォルダーに集めてください。"
        raise ConfigurationError([Problem(Position.of(folder), "report.json がありません。", hint)])
    reports, problems = [], []
    for path in paths:
        content, told = _read(path)
        problems += [Problem(Position.of(path), one, "kijun report で作り直してください。") for one in told]
        reports.append(content)
    if problems:
        raise ConfigurationError(problems)
    return reports


def _read(path: Path) -> tuple[Any, list[str]]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None, ["JSON として読めません。"]
    told = [f"{json_path(place)} {one}" for place, one in schema("report").errors(content)]
    if not told and content["product"] is None:
        told = ["製品が名乗っていないので、どの事業者のものか分かりません。"]
    return content, told


def aggregate(reports: Iterable[Mapping[str, Any]], is_internal: bool = False) -> Aggregate:
    """Rows that no vendor satisfies, most vendors first; a vendor counts once however many reports it has."""
    judged: dict[tuple[str, MunicipalityClass], dict[str, bool]] = defaultdict(dict)
    count, vendors_in_all = 0, set()
    for report in reports:
        count += 1
        vendors_in_all.add(report["product"]["vendor"])
        for one in _told(report):
            vendors = judged[one.requirement, one.kind]
            vendors[one.vendor] = vendors.get(one.vendor, False) or one.is_satisfied
    shown = {key: vendors for key, vendors in judged.items() if is_internal or len(vendors) >= FEWEST}
    rows = [Unmet(one, kind, frozenset(vendors)) for (one, kind), vendors in shown.items() if not any(vendors.values())]
    order = list(MunicipalityClass)
    rows.sort(key=lambda one: (-len(one.vendors), order.index(one.kind), one.requirement))
    return Aggregate(count, len(vendors_in_all), tuple(rows), len(judged) - len(shown), is_internal)


def _told(report: Mapping[str, Any]) -> Iterator[Told]:
    """What was judged; rows that do not apply, or of which nothing is known, say nothing about the product."""
    kind, vendor = MunicipalityClass(report["profile"]["municipality_class"]), report["product"]["vendor"]
    for row in report["requirements"]:
        status = Status(row["underlying_status"])
        if status in _TRIED:
            yield Told(row["id"], kind, vendor, status is Status.SATISFIED)


def render(found: Aggregate, texts: Mapping[str, str]) -> str:
    """The ranking for a person; `texts` gives the words of each requirement."""
    lines = [TITLE, *_facts(found)]
    for one in found.rows:
        named = f"（{'、'.join(sorted(one.vendors))}）" if found.is_internal else ""
        lines.append(
            f"{one.kind.label} {one.requirement} {len(one.vendors)} 者{named} {texts.get(one.requirement, '')}"
        )
    return "\n".join(lines)


def _facts(found: Aggregate) -> Iterator[str]:
    yield f"報告 {found.reports} 件、事業者 {found.vendors} 者。満たす事業者が一者もない要件 {len(found.rows)} 件。"
    if found.is_internal:
        yield "【庁内限り】事業者の名前を含みます。外に出さないでください。"
    else:
        yield (
            f"判定された事業者が {FEWEST} 者に満たない要件と団体区分の組 {found.suppressed} 件は、"
            "事業者が分かるおそれがあるので示しません。"
        )
    yield "未検証、判定不能、対象外は、満たすとも満たさないとも数えません。免除されたものは、免除の前の判定で数えます。"


def as_record(found: Aggregate) -> dict[str, Any]:
    """The same as JSON; vendors are named in an internal one only."""
    return {
        "reports": found.reports,
        "vendors": found.vendors,
        "fewest_vendors": FEWEST,
        "internal": found.is_internal,
        "suppressed": found.suppressed,
        "rows": [
            {
                "requirement": one.requirement,
                "class": one.kind.value,
                "vendors": len(one.vendors),
                **({"names": sorted(one.vendors)} if found.is_internal else {}),
            }
            for one in found.rows
        ],
    }


def workbook(found: Aggregate, texts: Mapping[str, str]) -> bytes:
    """unmet.xlsx."""
    book = Workbook(TITLE, (TITLE, "庁内限り" if found.is_internal else "", ""))
    book.add_summary("概要", TITLE, [("注意", told) for told in _facts(found)], [])
    columns = [Column("団体区分", 12), Column("要件番号", 18), Column("事業者の数", 12), Column("要件", 70)]
    rows: list[list[str | int]] = [
        [one.kind.label, one.requirement, len(one.vendors), texts.get(one.requirement, "")] for one in found.rows
    ]
    if found.is_internal:
        columns.append(Column("事業者", 40))
        rows = [[*row, "、".join(sorted(one.vendors))] for row, one in zip(rows, found.rows, strict=True)]
    book.add_table("満たされない要件", columns, rows)
    return book.finish()

"""資料合算: which dossiers of a person the levy is computed from, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

REPORTS = ("salary_report", "pension_report")
RETURNS = ("income_tax_return", "inhabitant_tax_return")
MOST_BODIES = 5
COUNTED, UNCOUNTED = "counted", "uncounted"


@dataclass(frozen=True, slots=True)
class Material:
    """A dossier with what is known of its arrival. `figures` by the keys of the glossary, amounts in yen."""

    dossier_id: str
    kind: str
    figures: Mapping[str, Any]
    filed_on: date
    submitter_number: str
    is_effective: bool


def choices(materials: Sequence[Material]) -> list[tuple[Material, str, str]]:
    """Every dossier with whether it counts and on what ground."""
    effective = [one for one in materials if one.is_effective]
    return [(one, *choice(one, effective)) for one in materials]


def choice(one: Material, effective: Sequence[Material]) -> tuple[str, str]:
    if not one.is_effective:
        return UNCOUNTED, "superseded_or_withdrawn"
    if one.kind == "one_stop_notice":
        return (UNCOUNTED, "one_stop_void") if void_ground(effective) else (COUNTED, "one_stop_granted")
    leading = leading_return(effective)
    if leading is None:
        return COUNTED, "summed"
    if one.dossier_id == leading.dossier_id:
        return COUNTED, "by_return"
    return UNCOUNTED, ground_against(one, leading)


# 地方税法315条1号（所得税の申告書に記載された金額を基準として算定する）、317条の3
def leading_return(effective: Sequence[Material]) -> Material | None:
    """The return the levy follows: one of the income tax before one of our own, among those the one filed last."""
    filed = [one for one in effective if one.kind in RETURNS]
    return max(filed, key=rank, default=None)


def rank(one: Material) -> tuple[bool, date, str]:
    return one.kind == "income_tax_return", one.filed_on, one.dossier_id


def ground_against(one: Material, leading: Material) -> str:
    if one.kind in REPORTS:
        return "return_prevails"
    return "newer_return_prevails" if one.kind == leading.kind else "income_tax_return_prevails"


# 地方税法附則7条（申告特例通知書の送付がなかつたものとみなす場合）
def void_ground(effective: Sequence[Material]) -> str | None:
    """Why no notice of the special case holds for the person, or None."""
    kinds = {one.kind for one in effective}
    if "income_tax_return" in kinds:
        return "income_tax_return_filed"
    if "inhabitant_tax_return" in kinds:
        return "inhabitant_tax_return_filed"
    return "bodies_exceeded" if bodies(effective) > MOST_BODIES else None


def bodies(effective: Sequence[Material]) -> int:
    """To how many bodies the person applied; two gifts to one body are one."""
    return len({one.submitter_number for one in effective if one.kind == "one_stop_notice"})


def total(materials: Sequence[Material]) -> dict[str, Any]:
    """The figures of all dossiers that count: amounts added up, other statements as said last."""
    figures: dict[str, Any] = {}
    for one, adoption, _ in choices(materials):
        if adoption == COUNTED:
            add_up(figures, one.figures)
    return figures


def add_up(figures: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        is_amount = isinstance(value, int) and not isinstance(value, bool)
        figures[key] = figures.get(key, 0) + value if is_amount else value


def amended(figures: Mapping[str, Any], amendments: Mapping[str, int]) -> dict[str, Any]:
    """With what a clerk put in the place of the amounts added up."""
    return {**figures, **amendments}

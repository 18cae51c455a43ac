"""Counts of a year: what the national survey asks for (課税状況等の調), and reliefs by their ground."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, holds, ledger, reductions
from kijun.reference.light_vehicle_tax.records import Assessment

_PARTS = ("taxable", "non_taxable", "exempt", "suspended")


def survey(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Per class, the vehicles registered on the day of assessment by 課税区分; the parts sum up to the whole."""
    special = assessment.special_vehicles(desk)
    relieved = reductions.reduced_vehicles(desk, fiscal_year)
    counts: dict[str, Counter[str]] = {}
    for vehicle_id, past in ledger.all_events(desk):
        state = assessment.liable_state(past, fiscal_year)
        if state is not None:
            of_class = counts.setdefault(state.vehicle_class, Counter())
            of_class[category(desk, vehicle_id, fiscal_year) if vehicle_id in special else "taxable"] += 1
            of_class["reduced"] += vehicle_id in relieved and is_reduced(desk, vehicle_id, fiscal_year)
    return [{"vehicle_class": kind, **row(found)} for kind, found in sorted(counts.items())]


def row(found: Counter[str]) -> dict[str, int]:
    parts = {f"{part}_vehicles": found[part] for part in _PARTS}
    return {"ledger_vehicles": sum(parts.values()), **parts, "reduced_vehicles": found["reduced"]}


def category(desk: Desk, vehicle_id: str, fiscal_year: int) -> str:
    return holds.category_of(desk, vehicle_id, fiscal_year)


def is_reduced(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    own = reductions.of_vehicle(desk, vehicle_id, fiscal_year)
    return any(one.decision == "approved" for one in own)


def reliefs(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Approved reductions of the year by kind, with what they take off."""
    counts: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for one in reductions.reductions(desk, fiscal_year):
        assessed = assessment.current(desk, one.vehicle_id, fiscal_year)
        if one.decision == "approved" and assessed is not None and is_levied(assessed):
            counts[one.reduction_kind] += 1
            amounts[one.reduction_kind] += reductions.reduction_amount(desk, assessed)
    return [
        {"reduction_kind": kind, "count": counts[kind], "reduction_amount": amounts[kind]} for kind in sorted(counts)
    ]


def is_levied(one: Assessment) -> bool:
    """An assessment corrected to nil leaves nothing to reduce."""
    return one.tax_amount > 0


def stops(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Decisions that stop the levy of the year, by 課税区分 and ground."""
    found = (one for vehicle in sorted(holds.held_vehicles(desk)) for one in holds.of_vehicle(desk, vehicle))
    counts = Counter((one.taxation_category, one.hold_ground) for one in found if holds.covers(one, fiscal_year))
    return [
        {"taxation_category": kind, "hold_ground": ground, "count": count}
        for (kind, ground), count in sorted(counts.items())
    ]

"""Counts of vehicles and tax by class, rate category and 課税区分, as they stood at the end of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, holds, ledger, ordinance, rules
from kijun.reference.light_vehicle_tax.records import Assessment, Category, LedgerEvent

Key = tuple[str, str, str]  # class, rate category (empty: not known), 課税区分
Ground = tuple[str, str, str]  # 課税区分, ground of a decision or empty, reason of a standing mark or empty


def levy_counts(desk: Desk, fiscal_year: int, day: date) -> list[dict[str, Any]]:
    """The whole ledger of 1 April in disjoint parts; what is taxed, by the assessments made up to the day."""
    counts: Counter[Key] = Counter()
    sums: Counter[Key] = Counter()
    for key, yen in parts(desk, fiscal_year, day):
        counts[key] += 1
        sums[key] += yen
    return [row(key, counts[key], sums[key]) for key in sorted(counts)]


def row(key: Key, count: int, yen: int) -> dict[str, Any]:
    kind, rate, category = key
    return {
        "vehicle_class": kind,
        "rate_category": rate or None,
        "taxation_category": category,
        "count": count,
        "total_tax": yen,
    }


def parts(desk: Desk, fiscal_year: int, day: date) -> Iterator[tuple[Key, int]]:
    """Each vehicle once: by its assessment, or else by what the ledger says of 1 April."""
    taxed = {one.vehicle_id: one for one in in_force(desk, fiscal_year, day) if is_counted(one)}
    for one in taxed.values():
        yield (one.vehicle_class, one.rate_category, "taxable"), one.tax_amount
    special = assessment.special_vehicles(desk)
    for vehicle_id, past in ledger.all_events(desk):
        state = assessment.liable_state(past, fiscal_year)
        if state is not None and vehicle_id not in taxed:
            category = holds.category_of(desk, vehicle_id, fiscal_year) if vehicle_id in special else "taxable"
            rate = "" if category == "taxable" else would_be(desk, state, fiscal_year).rate_category
            yield (state.vehicle_class, rate, category), 0


def in_force(desk: Desk, fiscal_year: int, day: date) -> list[Assessment]:
    """The last state of every assessment that was made by the end of the day."""
    question = select(Assessment).where(
        Assessment.tenant == desk.id, Assessment.fiscal_year == fiscal_year, Assessment.assessed_on <= day
    )
    return list({one.vehicle_id: one for one in desk.session.scalars(question.order_by(Assessment.number))}.values())


def is_counted(one: Assessment) -> bool:
    """A cancelled assessment (corrected to nil) is no taxed vehicle."""
    return one.tax_amount > 0


def would_be(desk: Desk, state: LedgerEvent, fiscal_year: int) -> rules.Amount:
    """What the vehicle would be charged if nothing stopped the levy; nothing is known without its month."""
    try:
        return ordinance.annual_amount(desk, ledger.vehicle_of(state), fiscal_year)
    except Refusal:
        return rules.Amount("", 0)


def untaxed(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Vehicles of 1 April that are not taxed, by ground, with the tax that is thereby not levied."""
    counts: Counter[Ground] = Counter()
    sums: Counter[Ground] = Counter()
    special = assessment.special_vehicles(desk)
    for vehicle_id, past in ((number, past) for number, past in ledger.all_events(desk) if number in special):
        state = assessment.liable_state(past, fiscal_year)
        ground = ground_of(desk, vehicle_id, fiscal_year) if state is not None else None
        if state is not None and ground is not None:
            counts[ground] += 1
            sums[ground] += would_be(desk, state, fiscal_year).tax_amount
    return [untaxed_row(one, counts[one], sums[one]) for one in sorted(counts)]


def untaxed_row(ground: Ground, count: int, yen: int) -> dict[str, Any]:
    category, decided, reason = ground
    return {
        "taxation_category": category,
        "hold_ground": decided or None,
        "category_reason": reason or None,
        "count": count,
        "untaxed_amount": yen,
    }


def ground_of(desk: Desk, vehicle_id: str, fiscal_year: int) -> Ground | None:
    """A decision with a period comes before the standing mark, as in holds.category_of; None when taxed."""
    for one in holds.of_vehicle(desk, vehicle_id):
        if holds.covers(one, fiscal_year):
            return one.taxation_category, one.hold_ground, ""
    mark = desk.session.get(Category, (desk.id, vehicle_id))
    if mark is None or mark.taxation_category == "taxable":
        return None
    return mark.taxation_category, "", mark.category_reason

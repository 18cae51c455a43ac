"""Checks of the yearly levy before anything is printed: does every vehicle of 1 April stand in exactly one heap?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, holds, ledger, rules
from kijun.reference.light_vehicle_tax.records import LedgerEvent


@dataclass(slots=True)
class Tally:
    """The vehicles of one year's 1 April by what became of them, and what was levied without being among them."""

    levied: list[str] = field(default_factory=list)
    untaxed: list[str] = field(default_factory=list)
    halted: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)


def liable_count(found: Tally) -> int:
    """How many vehicles the ledger holds on the day of assessment."""
    return sum(map(len, (found.levied, found.untaxed, found.halted, found.missed)))


def is_tallied(found: Tally) -> bool:
    """Nothing is left out and nothing is too much."""
    return not (found.missed or found.surplus)


def tally(desk: Desk, fiscal_year: int) -> Tally:
    """Compare the ledger as it is now with the assessments in force, vehicle by vehicle."""
    rules.checked_year(fiscal_year)
    levied = levied_vehicles(desk, fiscal_year)
    special = assessment.special_vehicles(desk)
    found = Tally()
    for vehicle_id, past in ledger.all_events(desk):
        state = assessment.liable_state(past, fiscal_year)
        if state is not None:
            is_taxed = vehicle_id not in special or assessment.is_assessable(desk, vehicle_id, fiscal_year)
            heap_of(found, state, vehicle_id in levied, is_taxed).append(vehicle_id)
        elif vehicle_id in levied:
            found.surplus.append(vehicle_id)
    return found


def levied_vehicles(desk: Desk, fiscal_year: int) -> set[str]:
    """Vehicles with a tax in force; one cancelled down to nothing is not levied."""
    return {one.vehicle_id for one in assessment.of_year(desk, fiscal_year) if one.tax_amount > 0}


def heap_of(found: Tally, state: LedgerEvent, is_levied: bool, is_taxed: bool) -> list[str]:
    if is_levied:
        return found.levied if is_taxed else found.surplus
    if not is_taxed:
        return found.untaxed
    return found.halted if assessment.is_stopped(state) else found.missed


def untaxed_breakdown(desk: Desk, found: Tally, fiscal_year: int) -> list[tuple[str, int]]:
    """Why vehicles are not taxed: each of them once, under the 課税区分 of the year."""
    return sorted(Counter(holds.category_of(desk, number, fiscal_year) for number in found.untaxed).items())


def shifts(desk: Desk, fiscal_year: int) -> list[tuple[str, str, str]]:
    """Vehicle, rate category of last year and of this year, where they differ; new vehicles have no last year."""
    before = {one.vehicle_id: one.rate_category for one in assessment.of_year(desk, fiscal_year - 1)}
    return [
        (one.vehicle_id, before[one.vehicle_id], one.rate_category)
        for one in assessment.of_year(desk, fiscal_year)
        if one.vehicle_id in before and has_shifted(before[one.vehicle_id], one.rate_category)
    ]


def has_shifted(before: str, after: str) -> bool:
    return before != after

"""Assessment on 1 April and the corrections stacked on it."""

from __future__ import annotations

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import holds, ledger, ordinance, rules
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent
from kijun.reference.store import kept


def liable_state(past: list[LedgerEvent], fiscal_year: int) -> LedgerEvent | None:
    """The vehicle as it stood on 1 April (地方税法463条の16), or None when nobody owned it here on that day.

    A vehicle scrapped on 1 April itself is not taxed, one scrapped on 2 April is taxed for the whole year: the
    practice published by municipalities.
    """
    state = ledger.as_of(past, rules.assessment_date(fiscal_year))
    return state if state is not None and state.vehicle_state == "registered" else None


def special_vehicles(desk: Desk) -> set[str]:
    """Those whose 課税区分 has to be looked up one by one; all others are taxed."""
    return ledger.with_category(desk) | holds.held_vehicles(desk)


def assess_all(desk: Desk, fiscal_year: int) -> tuple[list[Assessment], list[str]]:
    """Assess every liable vehicle once; those already assessed stay as they are. Returns (new, stopped).

    Everything is read in a few questions and written in one: a municipality has a hundred thousand vehicles.
    """
    rules.checked_year(fiscal_year)
    done = {one.vehicle_id for one in of_year(desk, fiscal_year)}
    special = special_vehicles(desk)
    amounts: dict[rules.Vehicle, rules.Amount] = {}  # there are few kinds of vehicles and many vehicles of a kind
    added, stopped = [], []
    for vehicle_id, past in ledger.all_events(desk):
        state = liable_state(past, fiscal_year)
        if state is None or vehicle_id in done:
            continue
        if vehicle_id in special and not is_assessable(desk, vehicle_id, fiscal_year):
            continue
        if is_stopped(state):
            stopped.append(vehicle_id)
            continue
        vehicle = ledger.vehicle_of(state)
        if vehicle not in amounts:
            amounts[vehicle] = ordinance.annual_amount(desk, vehicle, fiscal_year)
        added.append(entry(desk, state, fiscal_year, amounts[vehicle], "当初賦課", 1))
    desk.session.add_all(added)
    desk.session.flush()
    return added, stopped


def is_assessable(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    """Whether nothing stops the levy of this vehicle: neither its category nor a decision for the year."""
    return is_taxed(desk, vehicle_id) and not holds.is_held(desk, vehicle_id, fiscal_year)


def is_taxed(desk: Desk, vehicle_id: str) -> bool:
    return ledger.category(desk, vehicle_id) == "taxable"


def is_stopped(state: LedgerEvent) -> bool:
    """A vehicle of three wheels or more without its first inspection month is not assessed but shown."""
    return rules.needs_first_inspection(state.vehicle_class) and not state.first_inspection_month


def assess(desk: Desk, state: LedgerEvent, fiscal_year: int, reason: str) -> Assessment:
    amount = ordinance.annual_amount(desk, ledger.vehicle_of(state), fiscal_year)
    return stack(desk, state, fiscal_year, amount, reason)


def stack(desk: Desk, state: LedgerEvent, fiscal_year: int, amount: rules.Amount, reason: str) -> Assessment:
    past = history(desk, state.vehicle_id, fiscal_year)
    for one in past:
        one.is_latest = False
    added = entry(desk, state, fiscal_year, amount, reason, len(past) + 1)
    desk.session.add(added)
    desk.session.flush()
    return added


def entry(
    desk: Desk, state: LedgerEvent, fiscal_year: int, amount: rules.Amount, reason: str, number: int
) -> Assessment:
    """One state of an assessment, not yet written."""
    return Assessment(
        tenant=desk.id,
        vehicle_id=state.vehicle_id,
        fiscal_year=fiscal_year,
        number=number,
        is_latest=True,
        taxpayer_id=state.taxpayer_id,
        vehicle_class=state.vehicle_class,
        rate_category=amount.rate_category,
        tax_amount=amount.tax_amount,
        reason=reason,
        assessed_on=desk.today,
        operator=desk.operator,
    )


def history(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Assessment]:
    return kept(desk.session, Assessment, desk.id, vehicle_id=vehicle_id, fiscal_year=fiscal_year)


def current(desk: Desk, vehicle_id: str, fiscal_year: int) -> Assessment | None:
    past = history(desk, vehicle_id, fiscal_year)
    return past[-1] if past else None


def required(desk: Desk, vehicle_id: str, fiscal_year: int) -> Assessment:
    found = current(desk, vehicle_id, fiscal_year)
    if found is None:
        raise Refusal("not_found", "その年度の賦課はありません。")
    return found


def of_year(desk: Desk, fiscal_year: int) -> list[Assessment]:
    return kept(desk.session, Assessment, desk.id, fiscal_year=fiscal_year, is_latest=True)


def of_vehicle(desk: Desk, vehicle_id: str) -> list[Assessment]:
    return kept(desk.session, Assessment, desk.id, vehicle_id=vehicle_id, is_latest=True)


def correct(desk: Desk, vehicle_id: str, fiscal_year: int, reason: str) -> tuple[int, int]:
    """Judge the year again from the ledger as it is now; returns (before, after) in yen."""
    before = required(desk, vehicle_id, fiscal_year)
    state = liable_state(ledger.events(desk, vehicle_id), fiscal_year)
    if state is None or not is_assessable(desk, vehicle_id, fiscal_year):
        event = ledger.latest(desk, vehicle_id)
        after = stack(desk, event, fiscal_year, rules.Amount(before.rate_category, 0), reason)
    else:
        after = assess(desk, state, fiscal_year, reason)
    return before.tax_amount, after.tax_amount

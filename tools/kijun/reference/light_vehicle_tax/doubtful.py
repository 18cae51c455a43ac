"""Vehicles whose taxation deserves a second look: long unpaid, not to be found, inspection lapsed, struck off."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import jnks, ledger, payments
from kijun.reference.light_vehicle_tax.option_records import InspectionTerm, Whereabouts
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import next_number


def registered(desk: Desk) -> list[LedgerEvent]:
    return [one for one in ledger.all_latest(desk) if one.vehicle_state == "registered"]


def long_unpaid(desk: Desk, least: int) -> list[tuple[LedgerEvent, int]]:
    counted = [(event, unpaid_year_count(desk, event.vehicle_id)) for event in registered(desk)]
    return [(event, years) for event, years in counted if years >= least]


def unpaid_year_count(desk: Desk, vehicle_id: str) -> int:
    """Years past their due date in which something is owed; what is not due yet is not unpaid."""
    return sum(1 for year in payments.unpaid_years(desk, vehicle_id) if jnks.is_overdue(desk, year))


def note_whereabouts(desk: Desk, items: dict[str, Any]) -> None:
    ledger.latest(desk, items["vehicle_id"])
    ledger.check_not_future(desk, items["whereabouts_inquired_on"], "調査日")
    number = next_number(desk.session, Whereabouts, desk.id)
    desk.session.add(Whereabouts(tenant=desk.id, number=number, **items))


def missing_vehicles(desk: Desk) -> list[tuple[LedgerEvent, Whereabouts]]:
    """Registered vehicles that the last inquiry did not find."""
    last = last_whereabouts(desk)
    found = [(event, last[event.vehicle_id]) for event in registered(desk) if event.vehicle_id in last]
    return [(event, one) for event, one in found if one.vehicle_whereabouts != "present"]


def last_whereabouts(desk: Desk) -> dict[str, Whereabouts]:
    question = select(Whereabouts).where(Whereabouts.tenant == desk.id)
    inquiries = desk.session.scalars(question.order_by(Whereabouts.whereabouts_inquired_on, Whereabouts.number))
    return {one.vehicle_id: one for one in inquiries}


def learn_term(desk: Desk, items: dict[str, Any]) -> None:
    number = next_number(desk.session, InspectionTerm, desk.id)
    desk.session.add(InspectionTerm(tenant=desk.id, number=number, **items))


def lapsed_vehicles(desk: Desk) -> list[tuple[LedgerEvent, InspectionTerm, str]]:
    """Registered vehicles with the reason to look. It decides nothing: a lapsed inspection ends no taxation."""
    last = last_terms(desk)
    known = [(event, last[event.chassis_number]) for event in registered(desk) if event.chassis_number in last]
    judged = [(event, one, lapse_of(desk, one)) for event, one in known]
    return [(event, one, kind) for event, one, kind in judged if kind is not None]


def last_terms(desk: Desk) -> dict[str, InspectionTerm]:
    """What the newest information of each chassis says, in whatever order it came."""
    question = select(InspectionTerm).where(InspectionTerm.tenant == desk.id)
    terms = desk.session.scalars(question.order_by(InspectionTerm.information_on, InspectionTerm.number))
    return {one.chassis_number: one for one in terms}


def lapse_of(desk: Desk, one: InspectionTerm) -> str | None:
    if one.deregistered_on is not None and one.deregistered_on <= desk.today:
        return "deregistered"
    return "inspection_lapsed" if is_lapsed(desk, one) else None


# 道路運送車両法61条: the inspection holds to the end of its last day
def is_lapsed(desk: Desk, one: InspectionTerm) -> bool:
    return one.inspection_through is not None and one.inspection_through < desk.today

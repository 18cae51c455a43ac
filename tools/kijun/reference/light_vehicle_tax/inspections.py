"""Inspection information of light vehicles: it completes the ledger and never overwrites it."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import intake, ledger, ledger_api, rules
from kijun.reference.light_vehicle_tax.intake_records import Inspection
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import next_number

COMPLETED = ("first_inspection_month", "environmental_performance")
_CONTENT = ("chassis_number", "plate_number", *COMPLETED, "information_on")


def receive(desk: Desk, items: dict[str, Any]) -> Inspection:
    number = f"K{next_number(desk.session, Inspection, desk.id):08d}"
    outcome = dict.fromkeys(("hold_reason", "discard_reason", "vehicle_id"))
    added = Inspection(tenant=desk.id, inspection_number=number, intake_state="unprocessed", **items, **outcome)
    desk.session.add(added)
    desk.session.flush()
    return added


def every(desk: Desk, state: str | None = None) -> list[Inspection]:
    question = select(Inspection).where(Inspection.tenant == desk.id).order_by(Inspection.inspection_number)
    if state:
        question = question.where(Inspection.intake_state == state)
    return list(desk.session.scalars(question))


def take_in(desk: Desk) -> list[Inspection]:
    waiting = every(desk, "unprocessed")
    for one in waiting:
        settle(desk, one)
    return waiting


def settle(desk: Desk, one: Inspection) -> None:
    event = intake.matching_vehicle(desk, one.chassis_number, one.plate_number)
    if is_repeated(desk, one):
        intake.discard(one, "repeated_copy")
    elif event is None:
        intake.hold(one, "vehicle_mismatch")
    elif conflicts(event, one):
        one.vehicle_id = event.vehicle_id
        intake.hold(one, "value_conflict")
    elif code := intake.attempt(desk, partial(adopt, desk, event, one)):
        intake.hold(one, code if code == "processing_fault" else "ledger_objection")


def is_repeated(desk: Desk, one: Inspection) -> bool:
    earlier = (other for other in every(desk) if other.inspection_number < one.inspection_number)
    return any(all(getattr(other, item) == getattr(one, item) for item in _CONTENT) for other in earlier)


def conflicts(event: LedgerEvent, one: Inspection) -> list[str]:
    """Items on which ledger and inspection differ. What a clerk entered rates the vehicle: a clerk decides."""
    return [item for item in COMPLETED if stated(one, item) and getattr(event, item) not in (None, stated(one, item))]


def stated(one: Inspection, item: str) -> str | None:
    value: str | None = getattr(one, item)
    return value


def adopt(desk: Desk, event: LedgerEvent, one: Inspection) -> None:
    """Complete the ledger from the day of the last event: the month was true then, we only did not know it."""
    ledger_api.check_inspection_month(desk, one.first_inspection_month)
    changes = {item: stated(one, item) for item in COMPLETED if stated(one, item)}
    if any(getattr(event, item) != value for item, value in changes.items()):
        ledger.change(desk, event.vehicle_id, "amended", event.event_on, changes)
    one.vehicle_id = event.vehicle_id
    intake.entered(one)


def decide(desk: Desk, number: str, is_adopted: bool) -> Inspection:
    one = desk.session.get(Inspection, (desk.id, number))
    if one is None:
        raise Refusal("not_found", "その検査情報番号の検査情報はありません。")
    if one.hold_reason != "value_conflict" or one.vehicle_id is None:
        raise Refusal(
            "conflicting_state", "この検査情報は、採否の決定を待っていません。検査データの照会で確かめてください。"
        )
    if is_adopted:
        adopt(desk, ledger.latest(desk, one.vehicle_id), one)
    else:
        intake.discard(one, "clerk_decision")
    return one


def lacking_month(desk: Desk) -> list[LedgerEvent]:
    """Registered vehicles that cannot be rated: three wheels or more without first inspection month."""
    return [event for event in ledger.all_latest(desk) if event.vehicle_state == "registered" and is_unratable(event)]


def is_unratable(event: LedgerEvent) -> bool:
    return rules.needs_first_inspection(event.vehicle_class) and not event.first_inspection_month

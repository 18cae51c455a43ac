"""What 軽JNKS is told: whether a vehicle is in arrears, so that the inspection needs no paper certificate."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, due_dates, late_dues, ledger, payments, rules
from kijun.reference.light_vehicle_tax.intake_records import ArrearsNote
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import next_number


# 道路運送車両法97条の2: the continued inspection asks for three wheels or more, and for two wheels above 250 cc
def is_inspected(vehicle_class: str) -> bool:
    return rules.needs_first_inspection(vehicle_class) or vehicle_class == "small_two_wheeler"


def arrears_state(desk: Desk, vehicle_id: str) -> str:
    """In arrears when any year, former ones too, is past its due date and not paid; not assessed is not in arrears."""
    overdue = [one for one in assessment.of_vehicle(desk, vehicle_id) if is_overdue(desk, one.fiscal_year)]
    return (
        "in_arrears"
        if any(payments.is_unpaid(desk, one) and late_dues.is_demanded(desk, one) for one in overdue)
        else "no_arrears"
    )


def is_overdue(desk: Desk, fiscal_year: int) -> bool:
    return desk.today > due_dates.regular(desk, fiscal_year)


def candidates(desk: Desk) -> list[LedgerEvent]:
    """Registered vehicles under inspection."""
    known = ledger.all_latest(desk)
    return [one for one in known if one.vehicle_state == "registered" and is_inspected(one.vehicle_class)]


def sent(desk: Desk) -> list[ArrearsNote]:
    question = select(ArrearsNote).where(ArrearsNote.tenant == desk.id)
    return list(desk.session.scalars(question.order_by(ArrearsNote.transmission_id, ArrearsNote.vehicle_id)))


def transmit(desk: Desk) -> tuple[str, list[ArrearsNote]]:
    """Every vehicle whose state the system over there does not have yet."""
    told = {one.vehicle_id: one.arrears_state for one in sent(desk) if one.transmission_outcome != "in_error"}
    due = [one for one in candidates(desk) if told.get(one.vehicle_id) != arrears_state(desk, one.vehicle_id)]
    return note_all(desk, due)


def retransmit(desk: Desk) -> tuple[str, list[ArrearsNote]]:
    """Only what came back in error last time, with the state as it is now."""
    last = {one.vehicle_id: one.transmission_outcome for one in sent(desk)}
    return note_all(desk, [one for one in candidates(desk) if last.get(one.vehicle_id) == "in_error"])


def note_all(desk: Desk, vehicles: list[LedgerEvent]) -> tuple[str, list[ArrearsNote]]:
    number = f"J{next_number(desk.session, ArrearsNote, desk.id):06d}"
    added = [note(desk, number, one) for one in vehicles]
    desk.session.add_all(added)
    desk.session.flush()
    return number, added


def note(desk: Desk, number: str, event: LedgerEvent) -> ArrearsNote:
    return ArrearsNote(
        tenant=desk.id,
        transmission_id=number,
        vehicle_id=event.vehicle_id,
        plate_number=event.plate_number,
        chassis_number=event.chassis_number,
        arrears_state=arrears_state(desk, event.vehicle_id),
        transmission_outcome="awaiting",
    )


def record_outcome(desk: Desk, number: str, vehicle_id: str, outcome: str) -> None:
    found = desk.session.get(ArrearsNote, (desk.id, number, vehicle_id))
    if found is None:
        raise Refusal("not_found", "その送信番号で、この車両は送られていません。")
    if found.transmission_outcome != "awaiting":
        raise Refusal("conflicting_state", "この車両の送信の結果は、すでに記録されています。")
    found.transmission_outcome = outcome


def counts(notes: list[ArrearsNote]) -> dict[str, Any]:
    outcomes = [one.transmission_outcome for one in notes]
    return {
        "sent_count": len(notes),
        "accepted_count": outcomes.count("accepted"),
        "transmission_error_count": outcomes.count("in_error"),
        "awaiting_count": outcomes.count("awaiting"),
    }

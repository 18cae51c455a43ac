"""What is handed to and taken from the other offices of the municipality and other municipalities."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, intake, ledger, reductions
from kijun.reference.light_vehicle_tax.intake_records import HandedAssessment, MunicipalNotice, ResidentChange
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent
from kijun.reference.store import Taxpayer, next_number


def hand_over(desk: Desk, fiscal_year: int) -> list[Assessment]:
    """The assessments of the year that the collection side does not know in this state yet, those set to nil too."""
    changed = [one for one in assessment.of_year(desk, fiscal_year) if is_changed(desk, one)]
    for one in changed:
        desk.session.merge(handed(desk, one))
    desk.session.flush()
    return changed


def is_changed(desk: Desk, one: Assessment) -> bool:
    before = desk.session.get(HandedAssessment, (desk.id, one.vehicle_id, one.fiscal_year))
    now = (one.taxpayer_id, one.tax_amount, reductions.payable_amount(desk, one))
    return before is None or now != (before.taxpayer_id, before.tax_amount, before.payable_amount)


def handed(desk: Desk, one: Assessment) -> HandedAssessment:
    return HandedAssessment(
        tenant=desk.id,
        vehicle_id=one.vehicle_id,
        fiscal_year=one.fiscal_year,
        taxpayer_id=one.taxpayer_id,
        tax_amount=one.tax_amount,
        payable_amount=reductions.payable_amount(desk, one),
    )


def vehicles_of(desk: Desk, taxpayer_id: str) -> list[LedgerEvent]:
    """Only what the person still has: a scrapped vehicle cannot be seized."""
    own = [one for one in ledger.all_latest(desk) if one.taxpayer_id == taxpayer_id]
    return [one for one in own if one.vehicle_state == "registered"]


def shown_place(person: Taxpayer, place: str) -> str | None:
    """The base location of a vehicle is mostly the home; under support measures it is as secret as the address."""
    return None if person.support_measure else place


def receive_change(desk: Desk, items: dict[str, Any]) -> ResidentChange:
    number = next_number(desk.session, ResidentChange, desk.id)
    state = {"intake_state": "unprocessed", "hold_reason": None, "discard_reason": None}
    added = ResidentChange(tenant=desk.id, number=number, **items, **state)
    desk.session.add(added)
    desk.session.flush()
    return added


def changes(desk: Desk) -> list[ResidentChange]:
    question = select(ResidentChange).where(ResidentChange.tenant == desk.id).order_by(ResidentChange.number)
    return list(desk.session.scalars(question))


def take_in_changes(desk: Desk) -> list[ResidentChange]:
    """Everything new, and what was held once more: the missing person may have been registered meanwhile."""
    waiting = [one for one in changes(desk) if one.intake_state in ("unprocessed", "held")]
    for one in waiting:
        settle(desk, one)
    return waiting


def settle(desk: Desk, one: ResidentChange) -> None:
    person = desk.session.get(Taxpayer, (desk.id, one.taxpayer_id))
    if person is None:
        intake.hold(one, "addressee_mismatch")
    elif one.resident_change_kind != "died" and not one.address:
        intake.hold(one, "item_lacking")
    elif is_repeated(desk, one):
        intake.discard(one, "repeated_copy")
    elif is_superseded(desk, one):
        intake.discard(one, "superseded")
    else:
        reflect(desk, person, one)


def is_repeated(desk: Desk, one: ResidentChange) -> bool:
    return any(key(other) == key(one) for other in entered_changes(desk, one.taxpayer_id))


def key(one: ResidentChange) -> tuple[Any, ...]:
    return one.resident_change_kind, one.event_on, one.address


def is_superseded(desk: Desk, one: ResidentChange) -> bool:
    """A move that reaches us after a newer one; a death is never superseded."""
    moves = [other for other in entered_changes(desk, one.taxpayer_id) if other.resident_change_kind != "died"]
    return one.resident_change_kind != "died" and any(other.event_on > one.event_on for other in moves)


def entered_changes(desk: Desk, taxpayer_id: str) -> list[ResidentChange]:
    known = [one for one in changes(desk) if one.taxpayer_id == taxpayer_id]
    return [one for one in known if one.intake_state == "entered"]


def reflect(desk: Desk, person: Taxpayer, one: ResidentChange) -> None:
    """The new address, with the person's former one kept for whoever asks about an earlier day."""
    if one.address and one.resident_change_kind != "died":
        person.address = one.address
        taxpayers.add_version(desk, person, "resident_record", one.event_on)
    intake.entered(one)


def deceased_vehicles(desk: Desk) -> list[tuple[LedgerEvent, date]]:
    died = {
        one.taxpayer_id: one.event_on
        for one in changes(desk)
        if one.resident_change_kind == "died" and one.intake_state == "entered"
    }
    return [(event, day) for number, day in died.items() for event in vehicles_of(desk, number)]


def notify_scrapping(desk: Desk, items: dict[str, Any]) -> MunicipalNotice:
    """Another municipality's plate: that municipality is told, and our ledger is not touched."""
    check_foreign(desk, items["chassis_number"], items["plate_number"])
    number = f"M{next_number(desk.session, MunicipalNotice, desk.id):06d}"
    added = MunicipalNotice(tenant=desk.id, municipal_notice_id=number, **items)
    desk.session.add(added)
    desk.session.flush()
    return added


def check_foreign(desk: Desk, chassis: str, plate: str) -> None:
    if intake.matching_vehicle(desk, chassis, plate) is not None:
        raise Refusal("conflicting_state", "この車両は本市の台帳にあります。廃車の処理を行ってください。")
    known = desk.session.scalars(select(MunicipalNotice).where(MunicipalNotice.tenant == desk.id))
    if any((one.chassis_number, one.plate_number) == (chassis, plate) for one in known):
        raise Refusal("duplicate", "この車両の廃車は、すでに通知しています。")


def owner(desk: Desk, event: LedgerEvent) -> Taxpayer:
    return taxpayers.taxpayer(desk, event.taxpayer_id)

"""Declarations received from 軽OSS, 検査協会, 運輸支局 and other municipalities, on their way into the ledger."""

from __future__ import annotations

from functools import partial
from typing import Any

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import forms, intake, ledger_api
from kijun.reference.light_vehicle_tax.intake_records import Declaration
from kijun.reference.store import kept, next_number

_CONTENT = ("declaration_type", "name", "address", "vehicle_class", "chassis_number", "plate_number", "event_on")
_NEEDED = ("name", "address", "chassis_number", "plate_number")
_REGISTERED = (
    "vehicle_class",
    "power",
    "environmental_performance",
    "first_inspection_month",
    "chassis_number",
    "plate_number",
    "base_location",
    "declared_on",
    "taxpayer_id",
)
_HOLD_REASONS = {"duplicate": "vehicle_mismatch", "processing_fault": "processing_fault"}


def receive(desk: Desk, items: dict[str, Any]) -> Declaration:
    number = f"D{next_number(desk.session, Declaration, desk.id):08d}"
    outcome = dict.fromkeys(("hold_reason", "discard_reason", "clerk_reason", "taxpayer_id", "vehicle_id"))
    added = Declaration(tenant=desk.id, declaration_number=number, intake_state="unprocessed", **items, **outcome)
    desk.session.add(added)
    desk.session.flush()
    return added


def every(desk: Desk, source: str | None = None, state: str | None = None) -> list[Declaration]:
    told = {"declaration_source": source, "intake_state": state}
    return kept(desk.session, Declaration, desk.id, **{name: value for name, value in told.items() if value})


def take_in(desk: Desk, source: str | None) -> list[Declaration]:
    """Settle everything not yet settled; what was settled once is never taken in again."""
    waiting = every(desk, source, "unprocessed")
    for one in waiting:
        settle(desk, one)
    return waiting


def settle(desk: Desk, one: Declaration) -> None:
    copy = earlier_copy(desk, one)
    if copy is None:
        enter(desk, one)
    elif is_same_content(copy, one):
        intake.discard(one, "repeated_copy")
    else:
        intake.hold(one, "conflicting_copy")


def earlier_copy(desk: Desk, one: Declaration) -> Declaration | None:
    """The same declaration received before, under the same number or, on another way, about the same event."""
    for other in every(desk):
        is_earlier = other.declaration_number < one.declaration_number and other.discard_reason != "clerk_decision"
        if is_earlier and (is_same_number(other, one) or is_same_event(other, one)):
            return other
    return None


def is_same_number(one: Declaration, other: Declaration) -> bool:
    return (one.declaration_source, one.reception_number) == (other.declaration_source, other.reception_number)


def is_same_event(one: Declaration, other: Declaration) -> bool:
    return bool(one.chassis_number) and all(
        getattr(one, item) == getattr(other, item) for item in ("declaration_type", "chassis_number", "event_on")
    )


def is_same_content(one: Declaration, other: Declaration) -> bool:
    return all(getattr(one, item) == getattr(other, item) for item in _CONTENT)


def enter(desk: Desk, one: Declaration) -> None:
    """Into the ledger, or held with the reason; a declaration is never dropped."""
    reason = obstacle(desk, one) or refusal_of_ledger(desk, one)
    if reason is None:
        intake.entered(one)
    else:
        intake.hold(one, reason)


def refusal_of_ledger(desk: Desk, one: Declaration) -> str | None:
    """Enter it in a transaction of its own; the reason to hold it, when the ledger does not take it."""
    code = intake.attempt(desk, partial(write, desk, one))
    return _HOLD_REASONS.get(code, "ledger_objection") if code else None


def write(desk: Desk, one: Declaration) -> None:
    one.vehicle_id = _ENTRIES[one.declaration_type](desk, one)


def obstacle(desk: Desk, one: Declaration) -> str | None:
    if one.other_municipality:
        return "belongs_elsewhere"
    if is_lacking(one):
        return "item_lacking"
    one.taxpayer_id = one.taxpayer_id or intake.matching_taxpayer(desk, one.name, one.address)
    if one.taxpayer_id is None:
        return "addressee_mismatch"
    known = intake.matching_vehicle(desk, one.chassis_number, one.plate_number)
    if one.declaration_type != "new_acquisition" and known is None:
        return "vehicle_mismatch"
    if one.declaration_type == "scrapping" and known is not None and known.taxpayer_id != one.taxpayer_id:
        return "addressee_mismatch"
    return None


def is_lacking(one: Declaration) -> bool:
    base = one.declaration_type == "new_acquisition" and not one.base_location
    return base or any(not getattr(one, item) for item in _NEEDED if not (one.taxpayer_id and item in _NEEDED[:2]))


def register(desk: Desk, one: Declaration) -> str:
    taken = {name: getattr(one, name) for name in _REGISTERED}
    form = forms.NewVehicle(**taken, acquired_on=one.event_on, declaration_reason="new")
    return str(ledger_api.register_vehicle(desk, form)["vehicle_id"])


def transfer(desk: Desk, one: Declaration) -> str:
    vehicle = known_vehicle(desk, one)
    form = forms.Transfer(vehicle_id=vehicle, new_taxpayer_id=one.taxpayer_id or "", event_on=one.event_on)
    return str(ledger_api.transfer_vehicle(desk, form)["vehicle_id"])


def scrap(desk: Desk, one: Declaration) -> str:
    """A plate handed in elsewhere means that the vehicle moved there."""
    elsewhere = one.declaration_source == "neighbouring_municipality"
    form = forms.Scrapping(
        vehicle_id=known_vehicle(desk, one),
        scrapped_on=one.event_on,
        scrap_reason="moved_out" if elsewhere else "dismantled",
        plate_returned=True,
    )
    return str(ledger_api.scrap_vehicle(desk, form)["vehicle_id"])


def known_vehicle(desk: Desk, one: Declaration) -> str:
    found = intake.matching_vehicle(desk, one.chassis_number, one.plate_number)
    if found is None:
        raise Refusal("not_found", "申告の車両が台帳にありません。")
    return found.vehicle_id


_ENTRIES = {"new_acquisition": register, "ownership_change": transfer, "scrapping": scrap}


def held(desk: Desk, number: str) -> Declaration:
    found = desk.session.get(Declaration, (desk.id, number))
    if found is None:
        raise Refusal("not_found", "その受信番号の申告はありません。")
    if found.intake_state != "held":
        raise Refusal("conflicting_state", "この申告は保留ではありません。申告データの照会で状態を確かめてください。")
    return found


def release(desk: Desk, number: str, repairs: dict[str, Any]) -> Declaration:
    """A held declaration once more, with what the clerk found out."""
    one = held(desk, number)
    for item, value in repairs.items():
        setattr(one, item, value)
    enter(desk, one)
    return one


def discard(desk: Desk, number: str, reason: str | None) -> Declaration:
    one = held(desk, number)
    if not reason:
        raise Refusal("missing_item", "保留した申告を破棄する理由を記してください。")
    one.clerk_reason = reason
    intake.discard(one, "clerk_decision")
    return one


def forward(desk: Desk, number: str, municipality: str) -> Declaration:
    one = held(desk, number)
    one.other_municipality = municipality
    intake.discard(one, "forwarded")
    return one

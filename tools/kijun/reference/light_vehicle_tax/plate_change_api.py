"""Operations on the plate, the owner and the class of a registered vehicle."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import (
    consistency,
    documents,
    ledger,
    ledger_forms,
    ownership,
    plate_numbers,
)

router = APIRouter(prefix="/v1")


def change_plate_number(desk: Desk, given: ledger_forms.PlateChange) -> dict[str, Any]:
    """標識番号の変更"""
    plate = plate_numbers.checked(given.plate_text, given.plate_class_number, given.plate_kana, given.plate_serial)
    changes = {"plate_number": plate_numbers.composed(plate), "plate_change_reason": given.plate_change_reason}
    event = ledger.change(desk, given.vehicle_id, "plate_renumbered", given.event_on, changes)
    owner = taxpayers.taxpayer(desk, event.taxpayer_id)
    return {
        "vehicle_id": given.vehicle_id,
        "history_number": event.history_number,
        "plate_notation": event.plate_number,
        "plate_certificate": documents.plate_certificate(event, owner),
    }


def set_ownership(desk: Desk, given: ledger_forms.Ownership) -> dict[str, Any]:
    """所有形態の登録"""
    for number in filter(None, (given.owner_taxpayer_id, given.user_taxpayer_id)):
        taxpayers.taxpayer(desk, number)
    liable = ownership.liable_person(given.ownership_kind, given.owner_taxpayer_id, given.user_taxpayer_id)
    changes = {**given.model_dump(exclude={"vehicle_id", "event_on"}), "taxpayer_id": liable}
    event = ledger.change(desk, given.vehicle_id, "ownership_revised", given.event_on, changes)
    return {"vehicle_id": given.vehicle_id, "history_number": event.history_number, "taxpayer_id": liable}


def classify_by_wheels(_desk: Desk, given: ledger_forms.Wheels) -> dict[str, Any]:
    """車輪数による種別の判定"""
    found = consistency.class_by_wheels(
        given.wheel_count, given.is_trailer, given.vehicle_purpose, given.business_purpose
    )
    return {"vehicle_class": found}


routing.add(router, "/vehicles/plates", ledger_forms.PlateChange, change_plate_number)
routing.add(router, "/vehicles/ownerships", ledger_forms.Ownership, set_ownership)
routing.add(router, "/vehicles/classes", ledger_forms.Wheels, classify_by_wheels, is_query=True)

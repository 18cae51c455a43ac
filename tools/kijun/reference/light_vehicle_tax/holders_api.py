"""Operations around the people and municipalities behind the vehicles."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from sqlalchemy import select

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, ledger_forms
from kijun.reference.light_vehicle_tax.records import BulkPayer, ForeignPlate, LedgerEvent
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1")


def set_bulk_payer(desk: Desk, given: ledger_forms.BulkPayerMark) -> dict[str, Any]:
    """一括納税対象者の設定"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    desk.session.merge(BulkPayer(tenant=desk.id, **given.model_dump()))
    return given.model_dump()


def list_bulk_payers(desk: Desk, _given: ledger_forms.Nothing) -> dict[str, Any]:
    """一括納税対象者の照会"""
    question = select(BulkPayer).where(BulkPayer.tenant == desk.id, BulkPayer.is_bulk_payer)
    marks = desk.session.scalars(question.order_by(BulkPayer.taxpayer_id))
    return {"bulk_payers": [bulk_payer_line(desk, one.taxpayer_id) for one in marks]}


def bulk_payer_line(desk: Desk, taxpayer_id: str) -> dict[str, Any]:
    return {
        "taxpayer_id": taxpayer_id,
        "name": taxpayers.taxpayer(desk, taxpayer_id).name,
        "registered_count": len(vehicles_of(desk, taxpayer_id)),
    }


def vehicles_of(desk: Desk, taxpayer_id: str) -> list[LedgerEvent]:
    """The registered vehicles for which a person is taxed."""
    return [
        event
        for event in ledger.all_latest(desk)
        if event.taxpayer_id == taxpayer_id and event.vehicle_state == "registered"
    ]


def record_foreign_plate(desk: Desk, given: ledger_forms.ForeignPlateNote) -> dict[str, Any]:
    """他市町村標識の受付"""
    event = ledger.latest(desk, given.vehicle_id)
    note = desk.session.merge(ForeignPlate(tenant=desk.id, **given.model_dump()))
    owner = taxpayers.taxpayer(desk, event.taxpayer_id)
    slip = collected_plate_slip(event, note, owner) if note.former_plate_collected else None
    return {"vehicle_id": given.vehicle_id, "collected_plate_slip": slip}


def collected_plate_slip(event: LedgerEvent, note: ForeignPlate, owner: Taxpayer) -> dict[str, Any]:
    """What the other municipality needs to take the vehicle out of its own ledger."""
    return {
        "former_municipality": note.former_municipality,
        "former_plate_number": note.former_plate_number,
        "chassis_number": event.chassis_number,
        "vehicle_class": event.vehicle_class,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
    }


def list_foreign_plates(desk: Desk, given: ledger_forms.ForeignPlateQuestion) -> dict[str, Any]:
    """他市町村標識の照会"""
    question = select(ForeignPlate).where(ForeignPlate.tenant == desk.id).order_by(ForeignPlate.vehicle_id)
    wanted = given.former_plate_collected
    notes = [one for one in desk.session.scalars(question) if wanted in (None, one.former_plate_collected)]
    items = ("vehicle_id", "former_municipality", "former_plate_number", "former_plate_collected")
    return {"foreign_plates": [{name: getattr(one, name) for name in items} for one in notes]}


def record_removal_slip(desk: Desk, given: ledger_forms.RemovalSlip) -> dict[str, Any]:
    """他市町村からの廃車連絡の受付"""
    vehicle = wearing(desk, given.plate_number)
    changes = {
        "vehicle_state": "scrapped",
        "scrapped_on": given.scrapped_on,
        "scrap_reason": "moved_out",
        "plate_returned": True,
        "scrap_declared_on": desk.today,
    }
    event = ledger.change(desk, vehicle.vehicle_id, "scrapped", given.scrapped_on, changes)
    return {"vehicle_id": vehicle.vehicle_id, "history_number": event.history_number}


def wearing(desk: Desk, plate_number: str) -> LedgerEvent:
    """The registered vehicle with this plate. Raises Refusal."""
    for event in ledger.all_latest(desk):
        if event.vehicle_state == "registered" and ledger.is_same_number(event.plate_number, plate_number):
            return event
    raise Refusal("not_found", "その標識番号の登録中の車両はありません。連絡元の市区町村に確かめてください。")


def record_holder_revision(desk: Desk, given: ledger_forms.HolderRevision) -> dict[str, Any]:
    """住所・氏名変更の受付"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    if given.name is None and given.address is None:
        raise Refusal("missing_item", "変更後の氏名又は住所を入力してください。")
    person.name = given.name or person.name
    person.address = given.address or person.address
    taxpayers.add_version(desk, person, "amended", desk.today)
    touched = vehicles_of(desk, given.taxpayer_id)
    for event in touched:
        ledger.change(desk, event.vehicle_id, "holder_revised", desk.today, {})
    return {"taxpayer_id": given.taxpayer_id, "registered_count": len(touched)}


routing.add(router, "/bulk-payers", ledger_forms.BulkPayerMark, set_bulk_payer)
routing.add(router, "/bulk-payers/list", ledger_forms.Nothing, list_bulk_payers, is_query=True)
routing.add(router, "/foreign-plates", ledger_forms.ForeignPlateNote, record_foreign_plate)
routing.add(router, "/foreign-plates/list", ledger_forms.ForeignPlateQuestion, list_foreign_plates, is_query=True)
routing.add(router, "/vehicles/removal-slips", ledger_forms.RemovalSlip, record_removal_slip)
routing.add(router, "/vehicles/holder-revisions", ledger_forms.HolderRevision, record_holder_revision)

"""Operations that hand out papers about a vehicle again, or as of a day that has passed."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import certificates, documents, forms, ledger, ledger_api, lookup, plate_forms
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1")


def reprint_plate_certificate(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """標識交付証明書の再発行"""
    event = ledger.latest(desk, given.vehicle_id)
    if event.vehicle_state == "scrapped":
        raise Refusal("conflicting_state", "廃車済みの車両です。廃車申告受付書を再発行してください。")
    certificates.register(desk, given.vehicle_id, "plate", is_reissue=True)
    return {"plate_certificate": marked(documents.plate_certificate(event, owner_of(desk, event)))}


def reprint_scrap_receipt(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """廃車申告受付書の再発行"""
    event = scrapped_state(desk, given.vehicle_id)
    certificates.register(desk, given.vehicle_id, "scrap", is_reissue=True)
    return {"scrap_receipt": marked(documents.scrap_receipt(event, owner_of(desk, event), scrap_day(event)))}


def marked(paper: dict[str, Any]) -> dict[str, Any]:
    """A second copy says so, so that two papers are not taken for two vehicles."""
    return {**paper, "is_reissue": True}


def owner_of(desk: Desk, event: LedgerEvent) -> Taxpayer:
    return taxpayers.taxpayer(desk, event.taxpayer_id)


def scrapped_state(desk: Desk, vehicle_id: str) -> LedgerEvent:
    event = ledger.latest(desk, vehicle_id)
    if event.vehicle_state != "scrapped":
        raise Refusal("conflicting_state", "この車両は廃車されていません。車両を確かめてください。")
    return event


def scrap_day(event: LedgerEvent) -> date:
    return event.scrapped_on or event.event_on


def issue_registration_certificate(desk: Desk, given: plate_forms.ProofOfDay) -> dict[str, Any]:
    """登録証明書の発行"""
    event = state_on(desk, given.vehicle_id, given.reference_date)
    if event.vehicle_state == "scrapped":
        raise Refusal("conflicting_state", "基準日には廃車済みです。廃車証明書を発行してください。")
    certificates.register(desk, given.vehicle_id, "registration")
    paper = documents.plate_certificate(event, owner_of(desk, event))
    days = {"reference_date": given.reference_date.isoformat(), "acquired_on": event.acquired_on.isoformat()}
    return {"registration_certificate": {**paper, **days}}


def state_on(desk: Desk, vehicle_id: str, day: date) -> LedgerEvent:
    """The items as they stood on that day. Raises Refusal for a day to come or before the vehicle was here."""
    ledger.check_not_future(desk, day, "基準日")
    event = ledger.as_of(ledger.events(desk, vehicle_id), day)
    if event is None:
        raise Refusal("not_found", "基準日には、この車両は登録されていません。")
    return event


def issue_scrap_certificate(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """廃車証明書の発行"""
    event = scrapped_state(desk, given.vehicle_id)
    certificates.register(desk, given.vehicle_id, "removal")
    paper = documents.scrap_receipt(event, owner_of(desk, event), scrap_day(event))
    return {"scrap_certificate": {**paper, "scrap_reason": event.scrap_reason}}


def answer_official_inquiry(desk: Desk, given: plate_forms.OfficialInquiry) -> dict[str, Any]:
    """公用照会への回答"""
    event = bearer(desk, given.plate_number, given.reference_date)
    owner = owner_of(desk, event)
    desk.target_id = event.vehicle_id
    certificates.register(desk, event.vehicle_id, "official")
    return {
        "official_disclosure": {
            "inquiring_office": given.inquiring_office,
            "inquiry_ground": given.inquiry_ground,
            "reference_date": given.reference_date.isoformat(),
            "plate_number": event.plate_number,
            "chassis_number": event.chassis_number,
            "vehicle_class": event.vehicle_class,
            "name": owner.name,
            "address": taxpayers.printed_address(owner),
        }
    }


def bearer(desk: Desk, plate_number: str, day: date) -> LedgerEvent:
    """The vehicle that bore the plate on that day, whoever bears it now."""
    ledger.check_not_future(desk, day, "基準日")
    states = (ledger.as_of(ledger.events(desk, one.vehicle_id), day) for one in ledger.all_latest(desk))
    for state in states:
        if state is not None and state.vehicle_state == "registered" and is_plate(state, plate_number):
            return state
    raise Refusal("not_found", "基準日に、その標識番号の車両はありません。")


def is_plate(state: LedgerEvent, plate_number: str) -> bool:
    return ledger_api.folded(state.plate_number) == ledger_api.folded(plate_number)


def search_by_fragment(desk: Desk, given: plate_forms.PartialSearch) -> dict[str, Any]:
    """車両の部分検索"""
    return {"found_vehicles": lookup.find(desk, given)}


def list_payment_states(desk: Desk, given: plate_forms.ByTaxpayer) -> dict[str, Any]:
    """義務者の納付状況の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return {"payment_states": lookup.payment_states(desk, given.taxpayer_id)}


routing.add(router, "/certificates/plates", forms.ByVehicle, reprint_plate_certificate)
routing.add(router, "/certificates/scrappings", forms.ByVehicle, reprint_scrap_receipt)
routing.add(router, "/certificates/registrations", plate_forms.ProofOfDay, issue_registration_certificate)
routing.add(router, "/certificates/removals", forms.ByVehicle, issue_scrap_certificate)
routing.add(router, "/official-inquiries", plate_forms.OfficialInquiry, answer_official_inquiry)
routing.add(router, "/vehicles/found", plate_forms.PartialSearch, search_by_fragment, is_query=True)
routing.add(router, "/taxpayers/payments", plate_forms.ByTaxpayer, list_payment_states, is_query=True)

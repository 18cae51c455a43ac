"""Operations at the border of the business: collection, arrears, residents, 軽JNKS, other municipalities."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, intake, jnks, ledger, levy_api, linkage
from kijun.reference.light_vehicle_tax.inspections_api import Announced, NoQuestion
from kijun.reference.light_vehicle_tax.intake_records import ArrearsNote, ResidentChange
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent

router = APIRouter(prefix="/v1")


class ByTaxpayer(BaseModel):
    taxpayer_id: str


class ReceivedChange(ByTaxpayer):
    resident_change_kind: Literal["moved_within", "moved_away", "died"]
    event_on: date
    address: str | None = None


class ByTransmission(BaseModel):
    transmission_id: str


class TransmissionOutcome(ByTransmission):
    vehicle_id: str
    transmission_outcome: Literal["accepted", "in_error"]


class ForeignScrapping(BaseModel):
    other_municipality: str = Field(min_length=1)
    plate_number: str = Field(min_length=1)
    chassis_number: str = Field(min_length=1)
    name: str = Field(min_length=1)
    address: str = Field(min_length=1)
    scrapped_on: date


def hand_over_assessments(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """調定情報の引渡し"""
    found = linkage.hand_over(desk, given.fiscal_year)
    lines = [assessment_line(desk, one) for one in found]
    return {
        "count": len(lines),
        "total_tax": sum(one.tax_amount for one in found),
        "handed_assessments": lines,
        **levy_api.get_assessment_totals(desk, given),
    }


def assessment_line(desk: Desk, one: Assessment) -> dict[str, Any]:
    items = levy_api.assessment_items(desk, one)
    names = ("taxpayer_id", "tax_amount", "reduction_amount", "payable_amount", "due_date")
    return {
        "vehicle_id": one.vehicle_id,
        "plate_number": ledger.latest(desk, one.vehicle_id).plate_number,
        "fiscal_year": one.fiscal_year,
        **{name: items[name] for name in names},
    }


def list_vehicles_for_collection(desk: Desk, given: ByTaxpayer) -> dict[str, Any]:
    """滞納管理への車両情報の提供"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = linkage.vehicles_of(desk, given.taxpayer_id)
    return {"collection_vehicles": [collection_line(desk, event) for event in found]}


def collection_line(desk: Desk, event: LedgerEvent) -> dict[str, Any]:
    person = linkage.owner(desk, event)
    names = ("vehicle_id", "plate_number", "chassis_number", "vehicle_class", "taxpayer_id")
    return {
        **{name: getattr(event, name) for name in names},
        "name": person.name,
        "address": taxpayers.printed_address(person),
        "base_location": linkage.shown_place(person, event.base_location),
        "support_measure": person.support_measure,
    }


def intake_resident_change(desk: Desk, given: ReceivedChange) -> dict[str, Any]:
    """住民異動の受信"""
    return {"taxpayer_id": linkage.receive_change(desk, given.model_dump()).taxpayer_id}


def take_in_resident_changes(desk: Desk, given: Announced) -> dict[str, Any]:
    """住民異動の取込"""
    found = linkage.take_in_changes(desk)
    counts = intake.tally(found)
    alarms = intake.alarms(counts, given.announced_count)
    return {**counts, "intake_alarms": alarms, "resident_changes": [change_line(one) for one in found]}


def change_line(one: ResidentChange) -> dict[str, Any]:
    names = ("taxpayer_id", "resident_change_kind", "intake_state", "hold_reason", "discard_reason")
    return {**{name: getattr(one, name) for name in names}, "event_on": one.event_on.isoformat()}


def list_deceased_vehicles(desk: Desk, _given: NoQuestion) -> dict[str, Any]:
    """死亡者の車両の抽出"""
    return {
        "deceased_vehicles": [
            {
                "vehicle_id": event.vehicle_id,
                "plate_number": event.plate_number,
                "taxpayer_id": event.taxpayer_id,
                "name": linkage.owner(desk, event).name,
                "died_on": day.isoformat(),
            }
            for event, day in linkage.deceased_vehicles(desk)
        ]
    }


def transmit_arrears_states(desk: Desk, _given: NoQuestion) -> dict[str, Any]:
    """軽JNKSへの送信"""
    return transmission(*jnks.transmit(desk))


def retransmit_arrears_states(desk: Desk, _given: NoQuestion) -> dict[str, Any]:
    """軽JNKSへの再送"""
    return transmission(*jnks.retransmit(desk))


def transmission(number: str, notes: list[ArrearsNote]) -> dict[str, Any]:
    return {"transmission_id": number, "sent_count": len(notes), "arrears_notes": [note_line(one) for one in notes]}


def note_line(one: ArrearsNote) -> dict[str, Any]:
    names = ("vehicle_id", "plate_number", "chassis_number", "arrears_state", "transmission_outcome")
    return {name: getattr(one, name) for name in names}


def record_transmission_outcome(desk: Desk, given: TransmissionOutcome) -> dict[str, Any]:
    """送信結果の記録"""
    jnks.record_outcome(desk, given.transmission_id, given.vehicle_id, given.transmission_outcome)
    return {"transmission_id": given.transmission_id}


def get_transmission(desk: Desk, given: ByTransmission) -> dict[str, Any]:
    """送信結果の照会"""
    notes = [one for one in jnks.sent(desk) if one.transmission_id == given.transmission_id]
    return {**jnks.counts(notes), "arrears_notes": [note_line(one) for one in notes]}


def register_foreign_scrapping(desk: Desk, given: ForeignScrapping) -> dict[str, Any]:
    """他の市区町村の標識の廃車受付"""
    added = linkage.notify_scrapping(desk, given.model_dump(exclude={"name", "address"}))
    return {
        "municipal_notice_id": added.municipal_notice_id,
        "scrap_notice_to_municipality": given.model_dump(mode="json"),
    }


routing.add(router, "/assessments/handovers", forms.ByYear, hand_over_assessments)
routing.add(router, "/collection/vehicles", ByTaxpayer, list_vehicles_for_collection, is_query=True)
routing.add(router, "/resident-changes", ReceivedChange, intake_resident_change)
routing.add(router, "/resident-changes/intakes", Announced, take_in_resident_changes)
routing.add(router, "/resident-changes/deceased-vehicles", NoQuestion, list_deceased_vehicles, is_query=True)
routing.add(router, "/arrears-states", NoQuestion, transmit_arrears_states)
routing.add(router, "/arrears-states/again", NoQuestion, retransmit_arrears_states)
routing.add(router, "/arrears-states/outcomes", TransmissionOutcome, record_transmission_outcome)
routing.add(router, "/arrears-states/one", ByTransmission, get_transmission, is_query=True)
routing.add(router, "/municipalities/scrap-notices", ForeignScrapping, register_foreign_scrapping)

"""Operations on the ledger: registering, changing, transferring, scrapping, inquiring."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from fastapi import APIRouter

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    categories,
    consistency,
    documents,
    forms,
    ledger,
    ownership,
    payments,
    reductions,
)
from kijun.reference.light_vehicle_tax.records import Category, LedgerEvent

router = APIRouter(prefix="/v1")


def register_vehicle(desk: Desk, given: forms.NewVehicle) -> dict[str, Any]:
    """車両の登録"""
    owner = taxpayers.taxpayer(desk, given.taxpayer_id)
    ledger.check_not_future(desk, given.acquired_on, "取得日")
    ledger.check_not_future(desk, given.declared_on, "申告日")
    check_inspection_month(desk, given.first_inspection_month)
    check_base_area(given.base_area)
    consistency.check_purpose(given.model_dump())
    alerts = ledger.check_unique(desk, given.chassis_number, given.plate_number)
    state = {**given.model_dump(), "vehicle_state": "registered"}
    state.update(scrapped_on=None, scrap_reason=None, plate_returned=None)
    number = ledger.new_number(desk)
    event = ledger.append(desk, number, "registered", given.acquired_on, state)
    alerts += ledger.alerts_of(state)
    return {
        "vehicle_id": number,
        "plate_certificate": documents.plate_certificate(event, owner),
        "alerts": [{"alert_kind": kind} for kind in alerts],
    }


def check_inspection_month(desk: Desk, month: str | None) -> None:
    if month and month > desk.today.isoformat()[:7]:
        raise Refusal("invalid_value", "初度検査年月が処理日より後です。")


# 地方税法443条: 種別割は、主たる定置場所在の市町村が課する
def check_base_area(area: str) -> None:
    if area == "outside":
        raise Refusal(
            "outside_tax_jurisdiction", "主たる定置場が他の市区町村です。定置場の市区町村へ案内してください。"
        )


def amend_vehicle(desk: Desk, given: forms.VehicleChange) -> dict[str, Any]:
    """車両の修正"""
    changes = given.model_dump(exclude={"vehicle_id", "event_on", "base_area"}, exclude_none=True)
    check_inspection_month(desk, given.first_inspection_month)
    check_base_area(given.base_area)
    consistency.check_purpose({**ledger.state_of(ledger.latest(desk, given.vehicle_id)), **changes})
    event = ledger.change(desk, given.vehicle_id, "amended", given.event_on, changes)
    alerts = [{"alert_kind": kind} for kind in ledger.alerts_of(ledger.state_of(event))]
    return {"vehicle_id": given.vehicle_id, "history_number": event.history_number, "alerts": alerts}


def transfer_vehicle(desk: Desk, given: forms.Transfer) -> dict[str, Any]:
    """名義変更"""
    before = ledger.latest(desk, given.vehicle_id)
    old, new = taxpayers.taxpayer(desk, before.taxpayer_id), taxpayers.taxpayer(desk, given.new_taxpayer_id)
    ownership.check_new_owner(before, given.new_taxpayer_id)
    changes = {
        **ownership.after_transfer(before, given.new_taxpayer_id),
        "acquired_on": given.event_on,
        "declared_on": desk.today,
        "declaration_reason": "transferred",
    }
    event = ledger.change(desk, given.vehicle_id, "transferred", given.event_on, changes)
    return {
        "vehicle_id": given.vehicle_id,
        "history_number": event.history_number,
        "plate_certificate": documents.plate_certificate(event, new),
        "scrap_receipt": documents.scrap_receipt(before, old, given.event_on),
    }


def scrap_vehicle(desk: Desk, given: forms.Scrapping) -> dict[str, Any]:
    """廃車"""
    owner = taxpayers.taxpayer(desk, ledger.latest(desk, given.vehicle_id).taxpayer_id)
    if given.scrap_declared_on:
        ledger.check_not_future(desk, given.scrap_declared_on, "廃車の申告日")
    changes = {**given.model_dump(exclude={"vehicle_id"}), "vehicle_state": "scrapped"}
    event = ledger.change(desk, given.vehicle_id, "scrapped", given.scrapped_on, changes)
    return {
        "vehicle_id": given.vehicle_id,
        "history_number": event.history_number,
        "scrap_receipt": documents.scrap_receipt(event, owner, given.scrapped_on),
    }


def cancel_vehicle_event(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """異動の取消"""
    event = ledger.cancel(desk, given.vehicle_id)
    return {"vehicle_id": given.vehicle_id, "history_number": event.history_number}


def get_vehicle(desk: Desk, given: forms.VehicleQuestion) -> dict[str, Any]:
    """車両の照会"""
    past = ledger.events(desk, given.vehicle_id)
    event = ledger.as_of(past, given.reference_date) if given.reference_date else past[-1]
    if event is None:
        raise Refusal("not_found", "基準日には、この車両は登録されていません。")
    state = ledger.state_of(event).items()
    answer = {name: plain(value) for name, value in state if name not in ledger.OF_THE_EVENT}
    name = taxpayers.taxpayer(desk, event.taxpayer_id).name
    category = ledger.category(desk, given.vehicle_id)
    return {"vehicle_id": given.vehicle_id, **answer, "name": name, "taxation_category": category}


def plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def get_vehicle_history(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """異動履歴の照会"""
    return {"vehicle_history": [history_line(event) for event in ledger.events(desk, given.vehicle_id)]}


def history_line(event: LedgerEvent) -> dict[str, Any]:
    return {
        "history_number": event.history_number,
        "event_kind": event.event_kind,
        "event_on": event.event_on.isoformat(),
        "is_latest": event.is_latest,
        "plate_number": event.plate_number,
        "taxpayer_id": event.taxpayer_id,
        "vehicle_class": event.vehicle_class,
        "first_inspection_month": event.first_inspection_month,
        "vehicle_state": event.vehicle_state,
    }


def search_vehicles(desk: Desk, given: forms.Search) -> dict[str, Any]:
    """車両の検索"""
    wanted = given.model_dump(exclude_none=True)
    lines = [search_line(desk, event) for event in ledger.all_latest(desk)]
    return {"vehicles": [line for line in lines if is_wanted(line, wanted)]}


def is_wanted(line: dict[str, Any], wanted: dict[str, str]) -> bool:
    """Every condition given must hold; half and full width are the same to a person who searches."""
    return all(folded(line[name]) == folded(text) for name, text in wanted.items())


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def search_line(desk: Desk, event: LedgerEvent) -> dict[str, Any]:
    return {
        "vehicle_id": event.vehicle_id,
        "plate_number": event.plate_number,
        "chassis_number": event.chassis_number,
        "vehicle_class": event.vehicle_class,
        "vehicle_state": event.vehicle_state,
        "taxpayer_id": event.taxpayer_id,
        "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
    }


def list_taxpayer_vehicles(desk: Desk, given: forms.ByTaxpayerAndYear) -> dict[str, Any]:
    """義務者の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    own = [event for event in ledger.all_latest(desk) if event.taxpayer_id == given.taxpayer_id]
    return {"taxpayer_vehicles": [taxpayer_line(desk, event, given.fiscal_year) for event in own]}


def taxpayer_line(desk: Desk, event: LedgerEvent, fiscal_year: int) -> dict[str, Any]:
    one = assessment.current(desk, event.vehicle_id, fiscal_year)
    return {
        "vehicle_id": event.vehicle_id,
        "plate_number": event.plate_number,
        "vehicle_class": event.vehicle_class,
        "vehicle_state": event.vehicle_state,
        "tax_amount": one.tax_amount if one else None,
        "reduction_amount": reductions.reduction_amount(desk, one) if one else None,
        "paid_amount": payments.paid_amount(desk, event.vehicle_id, fiscal_year) if one else None,
    }


def set_taxation_category(desk: Desk, given: forms.CategoryChange) -> dict[str, Any]:
    """課税区分の設定"""
    ledger.latest(desk, given.vehicle_id)
    day = given.event_on or desk.today
    ledger.check_not_future(desk, day, "異動日")
    desk.session.merge(Category(tenant=desk.id, **given.model_dump(exclude={"event_on"})))
    categories.stack(desk, given.vehicle_id, given.taxation_category, given.category_reason, day)
    return {"vehicle_id": given.vehicle_id, "taxation_category": given.taxation_category}


routing.add(router, "/vehicles", forms.NewVehicle, register_vehicle)
routing.add(router, "/vehicles/amendments", forms.VehicleChange, amend_vehicle)
routing.add(router, "/vehicles/transfers", forms.Transfer, transfer_vehicle)
routing.add(router, "/vehicles/scrappings", forms.Scrapping, scrap_vehicle)
routing.add(router, "/vehicles/cancellations", forms.ByVehicle, cancel_vehicle_event)
routing.add(router, "/vehicles/categories", forms.CategoryChange, set_taxation_category)
routing.add(router, "/vehicles/one", forms.VehicleQuestion, get_vehicle, is_query=True)
routing.add(router, "/vehicles/history", forms.ByVehicle, get_vehicle_history, is_query=True)
routing.add(router, "/vehicles/search", forms.Search, search_vehicles, is_query=True)
routing.add(router, "/taxpayers/vehicles", forms.ByTaxpayerAndYear, list_taxpayer_vehicles, is_query=True)

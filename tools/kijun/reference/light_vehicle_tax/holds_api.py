"""Operations on decisions that stop the levy: deciding, lifting, inquiring; the yearly request for stock."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import back_taxation, corrections, forms, holds, ledger, rules

router = APIRouter(prefix="/v1")
# 条例・規則の例: mopeds and small special vehicles are not exempt as stock; the request is due by 10 April
NOT_STOCK = frozenset({"moped", "specified", "mini", "small_special"})
Ground = Literal[
    "government_owned",
    "jrcs_owned",
    "theft",
    "dismantling",
    "disaster",
    "vehicle_missing",
    "owner_missing",
    "stock_vehicle",
]


class NewHold(forms.ByVehicle):
    taxation_category: Literal["non_taxable", "suspended", "exempt"]
    hold_ground: Ground
    occurred_on: date
    to_fiscal_year: int | None = None


class Lifting(BaseModel):
    hold_id: str
    stop_lifted_on: date
    levies_held_years: bool = False


class StockRequest(forms.ByVehicleAndYear):
    dealer_license: str = Field(min_length=1)
    requested_on: date


def hold_taxation(desk: Desk, given: NewHold) -> dict[str, Any]:
    """課税停止の決定"""
    category, ground, day = given.taxation_category, given.hold_ground, given.occurred_on
    added = holds.decide(desk, given.vehicle_id, category, ground, day, given.to_fiscal_year)
    return {"hold_id": added.hold_id, "from_fiscal_year": added.from_fiscal_year}


def lift_taxation_hold(desk: Desk, given: Lifting) -> dict[str, Any]:
    """課税停止の解除"""
    found = holds.find(desk, given.hold_id)
    ledger.check_not_future(desk, given.stop_lifted_on, "解除日")
    levied = back_taxation.levy_held_years(desk, found, desk.today) if given.levies_held_years else []
    for one in levied:
        corrections.note_due(desk, one, None)
    holds.lift(found, given.stop_lifted_on)
    return {
        "hold_id": found.hold_id,
        "back_taxes": [{"fiscal_year": one.fiscal_year, "tax_amount": one.tax_amount} for one in levied],
    }


def list_taxation_holds(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """課税停止の照会"""
    ledger.latest(desk, given.vehicle_id)
    return {"taxation_holds": [hold_line(one) for one in holds.of_vehicle(desk, given.vehicle_id)]}


def hold_line(one: holds.TaxHold) -> dict[str, Any]:
    return {
        "hold_id": one.hold_id,
        "taxation_category": one.taxation_category,
        "hold_ground": one.hold_ground,
        "occurred_on": one.occurred_on.isoformat(),
        "from_fiscal_year": one.from_fiscal_year,
        "to_fiscal_year": one.to_fiscal_year,
        "stop_lifted_on": one.lifted_on.isoformat() if one.lifted_on else None,
    }


def request_stock_exemption(desk: Desk, given: StockRequest) -> dict[str, Any]:
    """商品車の免除申請"""
    vehicle = ledger.latest(desk, given.vehicle_id)
    if not may_be_stock(vehicle.vehicle_class):
        raise Refusal("invalid_value", "原動機付自転車と小型特殊自動車は、商品車の課税免除の対象ではありません。")
    if given.requested_on > stock_deadline(given.fiscal_year):
        raise Refusal("past_deadline", "商品車の課税免除の申請期限（4月10日）を過ぎています。")
    day = rules.assessment_date(given.fiscal_year)
    added = holds.add(desk, given.vehicle_id, "stock_vehicle", day, given.fiscal_year, last_exempt_year(given))
    return {"hold_id": added.hold_id}


def may_be_stock(vehicle_class: str) -> bool:
    return not any(vehicle_class.startswith(kind) for kind in NOT_STOCK)


def stock_deadline(fiscal_year: int) -> date:
    return rules.next_weekday(date(fiscal_year, 4, 10))


def last_exempt_year(given: StockRequest) -> int:
    """Stock is looked at anew on every 1 April: an exemption lasts one year."""
    return given.fiscal_year


routing.add(router, "/holds", NewHold, hold_taxation)
routing.add(router, "/holds/lifted", Lifting, lift_taxation_hold)
routing.add(router, "/holds/of-vehicle", forms.ByVehicle, list_taxation_holds, is_query=True)
routing.add(router, "/holds/stock", StockRequest, request_stock_exemption)

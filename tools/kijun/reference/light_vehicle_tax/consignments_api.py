"""Operations on a batch of vehicles: receiving its rows, running it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import consignments, forms
from kijun.reference.light_vehicle_tax.option_records import Consignment

router = APIRouter(prefix="/v1/consignments")


class ReceivedRow(BaseModel):
    consignment_type: Literal["registration", "scrapping"]
    vehicle_class: forms.VehicleClass
    chassis_number: str | None = None
    plate_number: str | None = None
    base_location: str | None = None
    taxpayer_id: str
    event_on: date


class WholeBatch(BaseModel):
    pass


def lodge_consignment(desk: Desk, given: ReceivedRow) -> dict[str, Any]:
    """一括処理の明細の受信"""
    return {"consignment_id": consignments.stage(desk, given.model_dump()).consignment_id}


def settle_consignments(desk: Desk, _given: WholeBatch) -> dict[str, Any]:
    """一括登録・一括廃車の実行"""
    waiting = len(consignments.waiting(desk))
    rows = consignments.run(desk)
    return {"received_count": waiting, **counts(rows), "consignments": [line(row) for row in rows]}


def counts(rows: list[Consignment]) -> dict[str, int]:
    states = [row.consignment_state for row in rows]
    return {"established_count": states.count("established"), "failed_count": states.count("failed")}


def line(row: Consignment) -> dict[str, Any]:
    items = ("consignment_id", "chassis_number", "consignment_state", "consignment_fault", "vehicle_id")
    return {name: getattr(row, name) for name in items}


routing.add(router, "", ReceivedRow, lodge_consignment)
routing.add(router, "/runs", WholeBatch, settle_consignments)

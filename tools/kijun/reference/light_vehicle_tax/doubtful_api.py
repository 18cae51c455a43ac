"""Operations that find vehicles whose taxation deserves a second look."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import doubtful

router = APIRouter(prefix="/v1/doubtful-vehicles")


class LongUnpaidQuestion(BaseModel):
    least_unpaid_years: int = Field(ge=1)


class WhereaboutsNote(BaseModel):
    vehicle_id: str
    vehicle_whereabouts: Literal["present", "missing", "presumed_dismantled"]
    whereabouts_inquired_on: date


class ReceivedTerm(BaseModel):
    chassis_number: str = Field(min_length=1)
    inspection_through: date | None = None
    deregistered_on: date | None = None
    information_on: date


class WholeLedger(BaseModel):
    pass


def list_long_unpaid_vehicles(desk: Desk, given: LongUnpaidQuestion) -> dict[str, Any]:
    """長期未納車両の抽出"""
    return {
        "long_unpaid_vehicles": [
            {
                "vehicle_id": event.vehicle_id,
                "plate_number": event.plate_number,
                "taxpayer_id": event.taxpayer_id,
                "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
                "unpaid_year_count": years,
            }
            for event, years in doubtful.long_unpaid(desk, given.least_unpaid_years)
        ]
    }


def record_whereabouts(desk: Desk, given: WhereaboutsNote) -> dict[str, Any]:
    """所在調査の記録"""
    doubtful.note_whereabouts(desk, given.model_dump())
    return {"vehicle_id": given.vehicle_id}


def list_missing_vehicles(desk: Desk, _given: WholeLedger) -> dict[str, Any]:
    """所在不明車両の抽出"""
    return {
        "missing_vehicles": [
            {
                "vehicle_id": event.vehicle_id,
                "plate_number": event.plate_number,
                "vehicle_whereabouts": one.vehicle_whereabouts,
                "whereabouts_inquired_on": one.whereabouts_inquired_on.isoformat(),
            }
            for event, one in doubtful.missing_vehicles(desk)
        ]
    }


def intake_inspection_term(desk: Desk, given: ReceivedTerm) -> dict[str, Any]:
    """検査の有効期間の受信"""
    doubtful.learn_term(desk, given.model_dump())
    return {"information_on": given.information_on.isoformat()}


def list_lapsed_vehicles(desk: Desk, _given: WholeLedger) -> dict[str, Any]:
    """検査切れ・登録抹消車両の抽出"""
    return {
        "lapsed_vehicles": [
            {
                "vehicle_id": event.vehicle_id,
                "plate_number": event.plate_number,
                "lapse_kind": kind,
                "inspection_through": iso(one.inspection_through),
                "deregistered_on": iso(one.deregistered_on),
            }
            for event, one, kind in doubtful.lapsed_vehicles(desk)
        ]
    }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


routing.add(router, "/long-unpaid", LongUnpaidQuestion, list_long_unpaid_vehicles, is_query=True)
routing.add(router, "/whereabouts", WhereaboutsNote, record_whereabouts)
routing.add(router, "/missing", WholeLedger, list_missing_vehicles, is_query=True)
routing.add(router, "/inspection-terms", ReceivedTerm, intake_inspection_term)
routing.add(router, "/lapsed", WholeLedger, list_lapsed_vehicles, is_query=True)

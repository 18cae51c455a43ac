"""Operations on inspection information: receiving, taking in, deciding on conflicts, finding gaps."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, inspections, intake
from kijun.reference.light_vehicle_tax.intake_records import Inspection

router = APIRouter(prefix="/v1")


class ReceivedInspection(BaseModel):
    chassis_number: str = Field(min_length=1)
    plate_number: str | None = None
    first_inspection_month: str | None = forms.Month
    environmental_performance: forms.Performance | None = None
    information_on: date


class Announced(BaseModel):
    announced_count: int | None = None


class InspectionQuestion(BaseModel):
    intake_state: Literal["unprocessed", "entered", "held", "discarded"] | None = None


class InspectionDecision(BaseModel):
    inspection_number: str
    inspection_adoption: Literal["adopted", "ledger_retained"]


class NoQuestion(BaseModel):
    pass


def intake_inspection(desk: Desk, given: ReceivedInspection) -> dict[str, Any]:
    """検査情報の受信"""
    return {"inspection_number": inspections.receive(desk, given.model_dump()).inspection_number}


def take_in_inspections(desk: Desk, given: Announced) -> dict[str, Any]:
    """検査情報の取込"""
    waiting = len(inspections.every(desk, "unprocessed"))
    counts = intake.tally(inspections.take_in(desk), waiting)
    return {**counts, "intake_alarms": intake.alarms(counts, given.announced_count)}


def list_inspections(desk: Desk, given: InspectionQuestion) -> dict[str, Any]:
    """検査データの照会"""
    return {"inspections": [line(one) for one in inspections.every(desk, given.intake_state)]}


def line(one: Inspection) -> dict[str, Any]:
    items = ("inspection_number", "chassis_number", "vehicle_id", "intake_state", "hold_reason", "discard_reason")
    return {name: getattr(one, name) for name in (*items, *inspections.COMPLETED)}


def decide_inspection(desk: Desk, given: InspectionDecision) -> dict[str, Any]:
    """保留した検査情報の採否"""
    one = inspections.decide(desk, given.inspection_number, given.inspection_adoption == "adopted")
    return {"intake_state": one.intake_state}


def list_vehicles_lacking_inspection_month(desk: Desk, _given: NoQuestion) -> dict[str, Any]:
    """初度検査年月のない車両の抽出"""
    items = ("vehicle_id", "plate_number", "vehicle_class")
    found = inspections.lacking_month(desk)
    return {"vehicles_lacking_inspection_month": [{name: getattr(one, name) for name in items} for one in found]}


routing.add(router, "/inspections", ReceivedInspection, intake_inspection)
routing.add(router, "/inspections/intakes", Announced, take_in_inspections)
routing.add(router, "/inspections/list", InspectionQuestion, list_inspections, is_query=True)
routing.add(router, "/inspections/decisions", InspectionDecision, decide_inspection)
routing.add(router, "/inspections/gaps", NoQuestion, list_vehicles_lacking_inspection_month, is_query=True)

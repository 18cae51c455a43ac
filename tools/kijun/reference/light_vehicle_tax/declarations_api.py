"""Operations on received declarations: receiving, taking in, working off what is held, forwarding."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import declarations, forms, intake
from kijun.reference.light_vehicle_tax.intake_records import Declaration

router = APIRouter(prefix="/v1")
Source = Literal["one_stop_service", "inspection_association", "transport_office", "neighbouring_municipality"]


class ReceivedDeclaration(BaseModel):
    declaration_source: Source
    declaration_medium: Literal["electronic_file", "written"]
    declaration_type: Literal["new_acquisition", "ownership_change", "scrapping"]
    reception_number: str = Field(min_length=1)
    name: str | None = None
    address: str | None = None
    vehicle_class: forms.VehicleClass
    power: forms.Power | None = None
    environmental_performance: forms.Performance | None = None
    first_inspection_month: str | None = forms.Month
    chassis_number: str | None = None
    plate_number: str | None = None
    base_location: str | None = None
    event_on: date
    declared_on: date
    other_municipality: str | None = None


class DeclarationIntake(BaseModel):
    declaration_source: Source | None = None
    announced_count: int | None = None


class DeclarationQuestion(BaseModel):
    declaration_source: Source | None = None
    intake_state: Literal["unprocessed", "entered", "held", "discarded"] | None = None


class ByDeclaration(BaseModel):
    declaration_number: str


class Release(ByDeclaration):
    taxpayer_id: str | None = None
    chassis_number: str | None = None
    plate_number: str | None = None
    base_location: str | None = None


class Discarding(ByDeclaration):
    clerk_reason: str | None = None


class Forwarding(ByDeclaration):
    other_municipality: str = Field(min_length=1)


def intake_declaration(desk: Desk, given: ReceivedDeclaration) -> dict[str, Any]:
    """申告の受信"""
    return {"declaration_number": declarations.receive(desk, given.model_dump()).declaration_number}


def take_in_declarations(desk: Desk, given: DeclarationIntake) -> dict[str, Any]:
    """申告の取込"""
    waiting = len(declarations.every(desk, given.declaration_source, "unprocessed"))
    counts = intake.tally(declarations.take_in(desk, given.declaration_source), waiting)
    return {**counts, "intake_alarms": intake.alarms(counts, given.announced_count)}


def list_declarations(desk: Desk, given: DeclarationQuestion) -> dict[str, Any]:
    """申告データの照会"""
    found = declarations.every(desk, given.declaration_source, given.intake_state)
    return {**intake.tally(found), "declarations": [line(one) for one in found]}


def line(one: Declaration) -> dict[str, Any]:
    items = ("declaration_number", "reception_number", "declaration_source", "declaration_medium", "vehicle_id")
    return {name: getattr(one, name) for name in (*items, "intake_state", "hold_reason", "discard_reason")}


def release_declaration(desk: Desk, given: Release) -> dict[str, Any]:
    """保留した申告の処理"""
    repairs = given.model_dump(exclude={"declaration_number"}, exclude_none=True)
    one = declarations.release(desk, given.declaration_number, repairs)
    return {"intake_state": one.intake_state, "hold_reason": one.hold_reason, "vehicle_id": one.vehicle_id}


def discard_declaration(desk: Desk, given: Discarding) -> dict[str, Any]:
    """保留した申告の破棄"""
    return {"intake_state": declarations.discard(desk, given.declaration_number, given.clerk_reason).intake_state}


def forward_declaration(desk: Desk, given: Forwarding) -> dict[str, Any]:
    """申告の回送"""
    one = declarations.forward(desk, given.declaration_number, given.other_municipality)
    return {"intake_state": one.intake_state, "forwarding_slip": forwarding_slip(one)}


def forwarding_slip(one: Declaration) -> dict[str, Any]:
    items = ("other_municipality", "reception_number", "declaration_type", "plate_number", "chassis_number", "name")
    return {name: getattr(one, name) for name in items}


routing.add(router, "/declarations", ReceivedDeclaration, intake_declaration)
routing.add(router, "/declarations/intakes", DeclarationIntake, take_in_declarations)
routing.add(router, "/declarations/list", DeclarationQuestion, list_declarations, is_query=True)
routing.add(router, "/declarations/releases", Release, release_declaration)
routing.add(router, "/declarations/discards", Discarding, discard_declaration)
routing.add(router, "/declarations/forwardings", Forwarding, forward_declaration)

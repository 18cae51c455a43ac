"""Operations on 環境性能割: what the prefecture tells and pays, and what it is told."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import environmental, forms
from kijun.reference.light_vehicle_tax.option_records import EnvironmentalDeclaration

router = APIRouter(prefix="/v1/environmental-tax")


class ReceivedEnvironmentalDeclaration(BaseModel):
    chassis_number: str = Field(min_length=1)
    plate_number: str = Field(min_length=1)
    acquired_on: date
    acquisition_value: int = Field(ge=0)
    environmental_tax_amount: int = Field(ge=0)


class NothingAsked(BaseModel):
    pass


class RemittanceNote(BaseModel):
    fiscal_year: int
    remitted_on: date
    remitted_amount: int = Field(ge=0)
    handling_charge: int = Field(ge=0)


class EnvironmentalDecision(BaseModel):
    environmental_declaration_id: str
    decision: Literal["approved", "rejected"]
    decision_reason: str = Field(min_length=1)


def intake_environmental_declaration(desk: Desk, given: ReceivedEnvironmentalDeclaration) -> dict[str, Any]:
    """環境性能割の申告情報の受信"""
    number = environmental.receive(desk, given.model_dump()).environmental_declaration_id
    return {"environmental_declaration_id": number}


def list_environmental_declarations(desk: Desk, _given: NothingAsked) -> dict[str, Any]:
    """環境性能割の申告情報の照会"""
    return {"environmental_declarations": [declaration_line(desk, one) for one in environmental.every(desk)]}


def declaration_line(desk: Desk, one: EnvironmentalDeclaration) -> dict[str, Any]:
    items = ("environmental_declaration_id", "chassis_number", "plate_number")
    return {
        **{name: getattr(one, name) for name in items},
        "acquired_on": one.acquired_on.isoformat(),
        "acquisition_value": one.acquisition_value,
        "environmental_tax_amount": one.environmental_tax_amount,
        "vehicle_id": environmental.vehicle_of(desk, one),
    }


def record_remittance(desk: Desk, given: RemittanceNote) -> dict[str, Any]:
    """払込額の記録"""
    return {"fiscal_year": environmental.remit(desk, given.model_dump()).fiscal_year}


def get_remittance_totals(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """払込額の集計"""
    found = environmental.remittances(desk, given.fiscal_year)
    return {
        "count": len(found),
        "remitted_total": sum(one.remitted_amount for one in found),
        "handling_charge_total": sum(one.handling_charge for one in found),
    }


def decide_environmental_reduction(desk: Desk, given: EnvironmentalDecision) -> dict[str, Any]:
    """環境性能割の減免の決定"""
    one = environmental.decide(desk, given.environmental_declaration_id, given.decision, given.decision_reason)
    return {"environmental_declaration_id": one.environmental_declaration_id, "decision": given.decision}


def export_environmental_reductions(desk: Desk, _given: NothingAsked) -> dict[str, Any]:
    """環境性能割の減免情報の出力"""
    lines = [reduction_line(one) for one in environmental.export(desk)]
    return {"count": len(lines), "environmental_reductions": lines}


def reduction_line(one: EnvironmentalDeclaration) -> dict[str, Any]:
    items = ("environmental_declaration_id", "chassis_number", "plate_number", "decision")
    decided = one.decided_on.isoformat() if one.decided_on else None
    return {**{name: getattr(one, name) for name in items}, "decided_on": decided}


routing.add(router, "/declarations", ReceivedEnvironmentalDeclaration, intake_environmental_declaration)
routing.add(router, "/declarations/list", NothingAsked, list_environmental_declarations, is_query=True)
routing.add(router, "/remittances", RemittanceNote, record_remittance)
routing.add(router, "/remittances/totals", forms.ByYear, get_remittance_totals, is_query=True)
routing.add(router, "/reductions", EnvironmentalDecision, decide_environmental_reduction)
routing.add(router, "/reductions/exports", NothingAsked, export_environmental_reductions)

"""Handbooks (手帳) of persons with disabilities, as the welfare office tells them, for the review of a reduction."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import reductions
from kijun.reference.light_vehicle_tax.option_records import Handbook
from kijun.reference.light_vehicle_tax.reductions_api import ByReduction
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1/handbooks")


class ReceivedHandbook(BaseModel):
    beneficiary: str = Field(min_length=1)
    handbook_kind: Literal["physical", "intellectual", "mental"]
    handbook_grade: str = Field(min_length=1)
    handbook_issued_on: date
    handbook_through: date | None = None
    handbook_surrendered_on: date | None = None


def intake_handbook(desk: Desk, given: ReceivedHandbook) -> dict[str, Any]:
    """手帳情報の受信"""
    number = next_number(desk.session, Handbook, desk.id)
    desk.session.add(Handbook(tenant=desk.id, number=number, **given.model_dump()))
    return {"beneficiary": given.beneficiary}


def list_effective_handbooks(desk: Desk, given: ByReduction) -> dict[str, Any]:
    """手帳情報の参照"""
    request = reductions.find(desk, given.reduction_id)
    own = [one for one in handbooks(desk) if one.beneficiary == request.beneficiary]
    valid = [one for one in own if is_valid(one, request.requested_on)]
    return {"requested_on": request.requested_on.isoformat(), "effective_handbooks": [line(one) for one in valid]}


def handbooks(desk: Desk) -> list[Handbook]:
    question = select(Handbook).where(Handbook.tenant == desk.id).order_by(Handbook.number)
    return list(desk.session.scalars(question))


# 身体障害者福祉法15条、16条（交付、返還）; 精神保健及び精神障害者福祉に関する法律45条（有効期限）
def is_valid(one: Handbook, day: date) -> bool:
    """From the day of issue to the last day of its term, and no longer once it was surrendered."""
    begun, ended = one.handbook_issued_on <= day, one.handbook_through is not None and one.handbook_through < day
    surrendered = one.handbook_surrendered_on is not None and one.handbook_surrendered_on <= day
    return begun and not ended and not surrendered


def line(one: Handbook) -> dict[str, Any]:
    return {
        "handbook_kind": one.handbook_kind,
        "handbook_grade": one.handbook_grade,
        "handbook_issued_on": one.handbook_issued_on.isoformat(),
        "handbook_through": one.handbook_through.isoformat() if one.handbook_through else None,
    }


routing.add(router, "", ReceivedHandbook, intake_handbook)
routing.add(router, "/valid", ByReduction, list_effective_handbooks, is_query=True)

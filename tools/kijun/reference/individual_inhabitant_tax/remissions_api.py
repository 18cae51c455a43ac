"""Operations on remissions."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, remissions
from kijun.reference.individual_inhabitant_tax.levy_notices import APPEAL

router = APIRouter(prefix="/v1/inhabitant-tax/remissions")


class ByPerson(BaseModel):
    taxpayer_id: str
    fiscal_year: int


class Request(ByPerson):
    remission_ground: Literal["public_aid", "disaster", "unemployment"]
    remission_requested_on: date


class ByRemission(BaseModel):
    remission_id: str


class Decision(ByRemission):
    remission_decision: Literal["approved", "rejected"]
    remission_percent: int = Field(default=100, ge=1, le=100)
    remission_reason: str | None = None


class Revocation(ByRemission):
    remission_reason: str | None = None


def request_remission(desk: Desk, given: Request) -> dict[str, Any]:
    """住民税の減免の申請"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return {"remission_id": remissions.request(desk, *given.model_dump().values()).remission_id}


def decide_remission(desk: Desk, given: Decision) -> dict[str, Any]:
    """住民税の減免の決定"""
    found = remissions.remission(desk, given.remission_id)
    levy = remissions.decide(desk, found, given.remission_decision, given.remission_percent, given.remission_reason)
    return {
        "remitted_levy": found.remitted,
        "levy_after_remission": remissions.to_pay(levy),
        "municipal_remitted_levy": share_of(found, "municipal_income_levy", "municipal_capita_levy"),
        "prefectural_remitted_levy": share_of(found, "prefectural_income_levy", "prefectural_capita_levy"),
        "forest_remitted_levy": share_of(found, "forest_environment_tax"),
    }


def share_of(found: remissions.Remission, *parts: str) -> int:
    return sum(found.parts.get(part, 0) for part in parts)


def revoke_remission(desk: Desk, given: Revocation) -> dict[str, Any]:
    """住民税の減免の取消"""
    levy = remissions.revoke(desk, remissions.remission(desk, given.remission_id), given.remission_reason)
    return {"levy_after_remission": remissions.to_pay(levy)}


def list_remissions(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """住民税の減免の照会"""
    found = remissions.of_person(desk, given.taxpayer_id, given.fiscal_year)
    lines = [
        {
            "remission_ground": one.remission_ground,
            "remission_requested_on": one.requested_on.isoformat(),
            "remission_state": one.state,
            "remitted_levy": one.remitted,
        }
        for one in found
    ]
    return {"remissions": lines}


def get_remission_notice(desk: Desk, given: ByRemission) -> dict[str, Any]:
    """住民税減免決定通知書の作成"""
    found = remissions.remission(desk, given.remission_id)
    if found.state == "pending":
        raise Refusal("conflicting_state", "この申請はまだ決定されていません。決定してから通知書を作ってください。")
    levy = assessment.required(desk, found.taxpayer_id, found.fiscal_year)
    person = taxpayers.taxpayer(desk, found.taxpayer_id)
    return {
        "remission_notice": {
            "fiscal_year": found.fiscal_year,
            "name": person.name,
            "address": taxpayers.printed_address(person),
            "remission_ground": found.remission_ground,
            "remission_state": found.state,
            "remission_reason": found.reason,
            "annual_levy": levy.annual_levy,
            "remitted_levy": levy.remitted,
            "levy_after_remission": remissions.to_pay(levy),
            "levy_appeal": APPEAL,
        }
    }


routing.add(router, "", Request, request_remission)
routing.add(router, "/decisions", Decision, decide_remission)
routing.add(router, "/revocations", Revocation, revoke_remission)
routing.add(router, "/of-person", ByPerson, list_remissions, is_query=True)
routing.add(router, "/notice", ByRemission, get_remission_notice, is_query=True)

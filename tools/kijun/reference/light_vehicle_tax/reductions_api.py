"""Operations on reductions: request and decision."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, notices, reductions

router = APIRouter(prefix="/v1")


def request_reduction(desk: Desk, given: forms.ReductionRequest) -> dict[str, Any]:
    """減免の申請"""
    return {"reduction_id": reductions.request_reduction(desk, given).reduction_id}


def decide_reduction(desk: Desk, given: forms.ReductionDecision) -> dict[str, Any]:
    """減免の決定"""
    found = reductions.decide_reduction(desk, given.reduction_id, given.decision)
    if given.decision == "approved":
        notices.withdraw_notices(desk, found.vehicle_id, found.fiscal_year)
    return {"reduction_id": found.reduction_id, "decision": given.decision}


routing.add(router, "/reductions", forms.ReductionRequest, request_reduction)
routing.add(router, "/reductions/decisions", forms.ReductionDecision, decide_reduction)

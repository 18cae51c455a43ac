"""Operations on reductions: request, decision, revocation, notice, and the way into the next year."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    continuation,
    documents,
    forms,
    ledger,
    notices,
    reductions,
)
from kijun.reference.light_vehicle_tax.records import Reduction

router = APIRouter(prefix="/v1")


class ByReduction(BaseModel):
    reduction_id: str


class Revocation(ByReduction):
    from_fiscal_year: int
    decision_reason: str = Field(min_length=1)


class StatusReply(ByReduction):
    status_confirmation: Literal["as_before", "altered"]


class PrefectureNote(BaseModel):
    beneficiary: str = Field(min_length=1)
    fiscal_year: int


def request_reduction(desk: Desk, given: forms.ReductionRequest) -> dict[str, Any]:
    """減免の申請"""
    return {"reduction_id": reductions.request_reduction(desk, given).reduction_id}


def decide_reduction(desk: Desk, given: forms.ReductionDecision) -> dict[str, Any]:
    """減免の決定"""
    found = reductions.decide_reduction(desk, given.reduction_id, given.decision, given.decision_reason)
    if given.decision == "approved":
        notices.withdraw_notices(desk, found.vehicle_id, found.fiscal_year)
    return {"reduction_id": found.reduction_id, "decision": given.decision}


def revoke_reduction(desk: Desk, given: Revocation) -> dict[str, Any]:
    """減免の取消"""
    revoked = reductions.revoke(desk, given.reduction_id, given.from_fiscal_year, given.decision_reason)
    return {"revoked_count": len(revoked)}


def list_reductions(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """減免の照会"""
    ledger.latest(desk, given.vehicle_id)
    found = reductions.of_vehicle(desk, given.vehicle_id, given.fiscal_year)
    return {"vehicle_reductions": [reduction_line(one) for one in found]}


def reduction_line(one: Reduction) -> dict[str, Any]:
    return {
        "reduction_id": one.reduction_id,
        "fiscal_year": one.fiscal_year,
        "reduction_kind": one.reduction_kind,
        "beneficiary": one.beneficiary,
        "requested_on": one.requested_on.isoformat(),
        "reduction_state": one.decision or "pending",
        "decision_reason": one.decision_reason,
    }


def get_reduction_notice(desk: Desk, given: ByReduction) -> dict[str, Any]:
    """減免通知書の作成"""
    found = reductions.find(desk, given.reduction_id)
    if found.decision is None or found.decided_on is None:
        raise Refusal("conflicting_state", "この申請はまだ決定されていません。決定してから通知書を作ってください。")
    return {"reduction_notice": notice_items(desk, found)}


def notice_items(desk: Desk, found: Reduction) -> dict[str, Any]:
    one = assessment.required(desk, found.vehicle_id, found.fiscal_year)
    owner = taxpayers.taxpayer(desk, one.taxpayer_id)
    return {
        "notified_on": found.decided_on.isoformat() if found.decided_on else None,
        "fiscal_year": found.fiscal_year,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "plate_number": ledger.latest(desk, found.vehicle_id).plate_number,
        "reduction_kind": found.reduction_kind,
        "reduction_state": found.decision,
        "decision_reason": found.decision_reason,
        "tax_amount": one.tax_amount,
        "reduction_amount": reductions.reduction_amount(desk, one),
        "payable_amount": reductions.payable_amount(desk, one),
        "appeal_method": documents.APPEAL_METHOD,
    }


def learn_prefectural_reduction(desk: Desk, given: PrefectureNote) -> dict[str, Any]:
    """県の減免情報の受領"""
    note = reductions.PrefectureReduction(tenant=desk.id, **given.model_dump())
    desk.session.merge(note)
    return {"beneficiary": given.beneficiary}


def issue_status_inquiries(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """現況確認書の作成"""
    return {"count": continuation.issue_inquiries(desk, given.fiscal_year)}


def get_status_inquiry(desk: Desk, given: ByReduction) -> dict[str, Any]:
    """現況確認書の照会"""
    return {"status_inquiry": continuation.inquiry_paper(desk, continuation.required_inquiry(desk, given.reduction_id))}


def record_status_confirmation(desk: Desk, given: StatusReply) -> dict[str, Any]:
    """現況の回答の記録"""
    continuation.required_inquiry(desk, given.reduction_id).status_confirmation = given.status_confirmation
    return {"reduction_id": given.reduction_id}


def inherit_reductions(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """減免の引継ぎ"""
    carried, left = continuation.carry_over(desk, given.fiscal_year)
    return {
        "carried_count": len(carried),
        "unconfirmed_reductions": [
            {"vehicle_id": one.vehicle_id, "not_carried_reason": reason} for one, reason in left
        ],
    }


routing.add(router, "/reductions", forms.ReductionRequest, request_reduction)
routing.add(router, "/reductions/decisions", forms.ReductionDecision, decide_reduction)
routing.add(router, "/reductions/revocations", Revocation, revoke_reduction)
routing.add(router, "/reductions/of-vehicle", forms.ByVehicleAndYear, list_reductions, is_query=True)
routing.add(router, "/reductions/notice", ByReduction, get_reduction_notice, is_query=True)
routing.add(router, "/reductions/prefecture", PrefectureNote, learn_prefectural_reduction)
routing.add(router, "/reductions/inquiries", forms.ByYear, issue_status_inquiries)
routing.add(router, "/reductions/inquiries/one", ByReduction, get_status_inquiry, is_query=True)
routing.add(router, "/reductions/inquiries/replies", StatusReply, record_status_confirmation)
routing.add(router, "/reductions/carried", forms.ByYear, inherit_reductions)

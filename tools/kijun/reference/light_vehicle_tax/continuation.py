"""Reductions from one year to the next: asking the person whether anything changed, and carrying over what did not."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, reductions, rules
from kijun.reference.light_vehicle_tax.records import LedgerEvent, Reduction
from kijun.reference.store import Base


class StatusInquiry(Base):
    """現況確認書: one question about one reduction for the year to come, and its answer."""

    __tablename__ = "lvt_status_inquiry"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    reduction_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int]
    confirm_by: Mapped[date]
    status_confirmation: Mapped[str | None]


def issue_inquiries(desk: Desk, fiscal_year: int) -> int:
    """One inquiry per reduction approved last year whose vehicle is still registered; never a second one."""
    rules.checked_year(fiscal_year)
    asked = [one for one in approved(desk, fiscal_year - 1) if is_asked(desk, one)]
    for one in asked:
        desk.session.add(
            StatusInquiry(
                tenant=desk.id,
                reduction_id=one.reduction_id,
                fiscal_year=fiscal_year,
                confirm_by=rules.assessment_date(fiscal_year),
                status_confirmation=None,
            )
        )
    return len(asked)


def approved(desk: Desk, fiscal_year: int) -> list[Reduction]:
    return [one for one in reductions.reductions(desk, fiscal_year) if one.decision == "approved"]


def is_asked(desk: Desk, one: Reduction) -> bool:
    registered = ledger.latest(desk, one.vehicle_id).vehicle_state == "registered"
    return registered and inquiry(desk, one.reduction_id) is None


def inquiry(desk: Desk, reduction_id: str) -> StatusInquiry | None:
    return desk.session.get(StatusInquiry, (desk.id, reduction_id))


def required_inquiry(desk: Desk, reduction_id: str) -> StatusInquiry:
    found = inquiry(desk, reduction_id)
    if found is None:
        raise Refusal("not_found", "この減免の現況確認書は作成されていません。")
    return found


def inquiry_paper(desk: Desk, one: StatusInquiry) -> dict[str, Any]:
    reduction = reductions.find(desk, one.reduction_id)
    event = ledger.latest(desk, reduction.vehicle_id)
    owner = taxpayers.taxpayer(desk, event.taxpayer_id)
    return {
        "fiscal_year": one.fiscal_year,
        "name": owner.name,
        "address": taxpayers.printed_address(owner),
        "plate_number": event.plate_number,
        "reduction_kind": reduction.reduction_kind,
        "beneficiary": reduction.beneficiary,
        "confirm_by": one.confirm_by.isoformat(),
    }


def carry_over(desk: Desk, fiscal_year: int) -> tuple[list[Reduction], list[tuple[Reduction, str]]]:
    """Stack last year's reductions on the new year; returns (carried, not carried with the reason)."""
    rules.checked_year(fiscal_year)
    carried, left = [], []
    for one in approved(desk, fiscal_year - 1):
        if is_carried(desk, one, fiscal_year):
            continue
        reason = obstacle(desk, one, fiscal_year)
        if reason:
            left.append((one, reason))
        else:
            carried.append(reductions.add(desk, next_year(desk, one, fiscal_year)))
    return carried, left


def is_carried(desk: Desk, one: Reduction, fiscal_year: int) -> bool:
    return reductions.is_requested_already(desk, one.vehicle_id, fiscal_year)


def obstacle(desk: Desk, one: Reduction, fiscal_year: int) -> str | None:
    """Why a reduction is not carried over; silence to an inquiry is no consent."""
    past = ledger.events(desk, one.vehicle_id)
    now = ledger.as_of(past, rules.assessment_date(fiscal_year))
    if now is None or now.vehicle_state != "registered":
        return "vehicle_deregistered"
    if now.taxpayer_id != owner_when_requested(past, one).taxpayer_id:
        return "owner_differs"
    if one.reduction_kind == "disability" and reductions.is_reduced_by_prefecture(desk, one.beneficiary, fiscal_year):
        return "prefectural_tax_reduced"
    return reply_obstacle(inquiry(desk, one.reduction_id))


def owner_when_requested(past: list[LedgerEvent], one: Reduction) -> LedgerEvent:
    return ledger.as_of(past, one.requested_on) or past[0]


def reply_obstacle(asked: StatusInquiry | None) -> str | None:
    if asked is None or asked.status_confirmation == "as_before":
        return None
    return "unconfirmed" if asked.status_confirmation is None else "altered"


def next_year(desk: Desk, one: Reduction, fiscal_year: int) -> dict[str, Any]:
    return {
        "vehicle_id": one.vehicle_id,
        "fiscal_year": fiscal_year,
        "reduction_kind": one.reduction_kind,
        "beneficiary": one.beneficiary,
        "requested_on": one.requested_on,
        "disability_category": one.disability_category,
        "disability_grade": one.disability_grade,
        "decision": "approved",
        "decision_reason": "前年度からの継続",
        "decided_on": desk.today,
    }

"""Reductions of the levy (減免: 地方税法463条の23、条例): request, decision, and what is left to pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, rules
from kijun.reference.light_vehicle_tax.records import Assessment, Reduction
from kijun.reference.store import count_rows


def request_reduction(desk: Desk, given: Any) -> Reduction:
    """A request up to the due date of the year, one vehicle per beneficiary."""
    ledger.latest(desk, given.vehicle_id)
    if is_past_deadline(given.requested_on, given.fiscal_year):
        raise Refusal("past_deadline", "減免の申請期限（納期限）を過ぎています。")
    if has_other_reduction(desk, given.beneficiary, given.fiscal_year):
        raise Refusal("one_vehicle_per_person", "この対象者は、同じ年度に別の車両で減免を申請しています。")
    added = Reduction(
        tenant=desk.id,
        reduction_id=f"R{count_rows(desk.session, Reduction, desk.id) + 1:06d}",
        vehicle_id=given.vehicle_id,
        fiscal_year=given.fiscal_year,
        reduction_kind=given.reduction_kind,
        beneficiary=given.beneficiary,
        requested_on=given.requested_on,
        decision=None,
    )
    desk.session.add(added)
    return added


def is_past_deadline(requested_on: date, fiscal_year: int) -> bool:
    return requested_on > rules.due_date(fiscal_year)


def has_other_reduction(desk: Desk, beneficiary: str, fiscal_year: int) -> bool:
    return any(one.beneficiary == beneficiary and one.decision != "rejected" for one in reductions(desk, fiscal_year))


def reductions(desk: Desk, fiscal_year: int) -> list[Reduction]:
    question = select(Reduction).where(Reduction.tenant == desk.id, Reduction.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question))


def decide_reduction(desk: Desk, reduction_id: str, decision: str) -> Reduction:
    found = desk.session.get(Reduction, (desk.id, reduction_id))
    if found is None:
        raise Refusal("not_found", "その減免番号の申請はありません。")
    if found.decision is not None:
        raise Refusal("conflicting_state", "この申請はすでに決定されています。")
    found.decision = decision
    desk.target_id = found.vehicle_id
    return found


def reduction_amount(desk: Desk, one: Assessment) -> int:
    """The whole tax of the year when a reduction was approved."""
    approved = (r for r in reductions(desk, one.fiscal_year) if r.vehicle_id == one.vehicle_id)
    return one.tax_amount if any(r.decision == "approved" for r in approved) else 0


def payable_amount(desk: Desk, one: Assessment) -> int:
    return one.tax_amount - reduction_amount(desk, one)

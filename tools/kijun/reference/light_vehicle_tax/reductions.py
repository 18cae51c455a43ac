"""Reductions of the levy (減免: 地方税法463条の23、条例): request, decision, and what is left to pay."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import due_dates, ledger
from kijun.reference.light_vehicle_tax.records import Assessment, Reduction
from kijun.reference.store import Base, fetch, kept, next_number

# 身体障害者手帳の級別: the table of one municipality's ordinance; others may differ
# https://www02.town.shibata.miyagi.jp/index.cfm/75,30106,132,361,html
GRADES = {
    "sight": range(1, 5),
    "hearing": range(2, 4),
    "balance": range(3, 4),
    "voice": range(3, 4),
    "arms": range(1, 3),
    "legs": range(1, 7),
    "trunk": (1, 2, 3, 5),
    "heart": (1, 3),
}
_GONE = ("rejected", "revoked")
_OF_VEHICLE = (
    select(Reduction)
    .where(
        Reduction.tenant == bindparam("at"),
        Reduction.fiscal_year == bindparam("in"),
        Reduction.vehicle_id == bindparam("of"),
    )
    .order_by(Reduction.reduction_id)
)


class PrefectureReduction(Base):
    """A beneficiary whose ordinary car (自動車税) the prefecture reduces in the year."""

    __tablename__ = "lvt_prefecture_reduction"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    beneficiary: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)


def request_reduction(desk: Desk, given: Any) -> Reduction:
    """A request up to the due date of the year, once per vehicle; for persons, one vehicle and within the grades."""
    ledger.latest(desk, given.vehicle_id)
    if is_past_deadline(given.requested_on, due_dates.regular(desk, given.fiscal_year)):
        raise Refusal("past_deadline", "減免の申請期限（納期限）を過ぎています。")
    if is_requested_already(desk, given.vehicle_id, given.fiscal_year):
        raise Refusal("duplicate", "この車両には、同じ年度の減免の申請がすでにあります。")
    if given.reduction_kind == "disability":
        check_person(desk, given)
    return add(desk, given.model_dump())


def check_person(desk: Desk, given: Any) -> None:
    """One vehicle per person, no reduction by the prefecture, a grade the ordinance names. Raises Refusal."""
    if has_other_reduction(desk, given.beneficiary, given.fiscal_year):
        raise Refusal("one_vehicle_per_person", "この対象者は、同じ年度に別の車両で減免を申請しています。")
    check_prefecture(desk, given.beneficiary, given.fiscal_year)
    if not meets_grade(given.disability_category, given.disability_grade):
        raise Refusal("ineligible_reduction", "障害の区分と級が、減免の要件に合いません。")


def meets_grade(category: str | None, grade: int | None) -> bool:
    return category is not None and grade in GRADES[category]


def check_prefecture(desk: Desk, beneficiary: str, fiscal_year: int) -> None:
    if is_reduced_by_prefecture(desk, beneficiary, fiscal_year):
        raise Refusal("reduced_by_prefectural_tax", "この対象者は、同じ年度に県の自動車税の減免を受けています。")


def is_reduced_by_prefecture(desk: Desk, beneficiary: str, fiscal_year: int) -> bool:
    return desk.session.get(PrefectureReduction, (desk.id, beneficiary, fiscal_year)) is not None


def add(desk: Desk, items: dict[str, Any]) -> Reduction:
    added = Reduction(
        tenant=desk.id,
        reduction_id=f"R{next_number(desk.session, Reduction, desk.id):06d}",
        **{"decision": None, "decision_reason": None, "decided_on": None, **items},
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def is_past_deadline(requested_on: date, due_on: date) -> bool:
    return requested_on > due_on


def is_requested_already(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    return any(one.decision not in _GONE for one in of_vehicle(desk, vehicle_id, fiscal_year))


def has_other_reduction(desk: Desk, beneficiary: str, fiscal_year: int) -> bool:
    return any(
        one.beneficiary == beneficiary and one.reduction_kind == "disability" and one.decision not in _GONE
        for one in reductions(desk, fiscal_year)
    )


def reductions(desk: Desk, fiscal_year: int) -> list[Reduction]:
    return kept(desk.session, Reduction, desk.id, fiscal_year=fiscal_year)


def of_vehicle(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Reduction]:
    return fetch(desk.session, _OF_VEHICLE, {"at": desk.id, "in": fiscal_year, "of": vehicle_id})


def reduced_vehicles(desk: Desk, fiscal_year: int) -> set[str]:
    """The vehicles with any request of the year; only these have to be asked for what is left to pay."""
    return {one.vehicle_id for one in reductions(desk, fiscal_year)}


def find(desk: Desk, reduction_id: str) -> Reduction:
    found = desk.session.get(Reduction, (desk.id, reduction_id))
    if found is None:
        raise Refusal("not_found", "その減免番号の申請はありません。")
    desk.target_id = found.vehicle_id
    return found


def decide_reduction(desk: Desk, reduction_id: str, decision: str, reason: str) -> Reduction:
    """Approve or reject once. What the prefecture told after the request stands against an approval."""
    found = find(desk, reduction_id)
    if found.decision is not None:
        raise Refusal("conflicting_state", "この申請はすでに決定されています。")
    if decision == "approved" and found.reduction_kind == "disability":
        check_prefecture(desk, found.beneficiary, found.fiscal_year)
    found.decision, found.decision_reason, found.decided_on = decision, reason, desk.today
    return found


def revoke(desk: Desk, reduction_id: str, from_year: int, reason: str) -> list[Reduction]:
    """Take back the reduction of this vehicle from a year on; earlier years keep theirs."""
    found = find(desk, reduction_id)
    revoked = [one for one in chain(desk, found) if is_revoked_with(one, from_year)]
    if not revoked:
        raise Refusal("conflicting_state", "その年度以後に承認された減免はありません。")
    for one in revoked:
        one.decision, one.decision_reason, one.decided_on = "revoked", reason, desk.today
    return revoked


def chain(desk: Desk, found: Reduction) -> list[Reduction]:
    """Every year's reduction of the same vehicle for the same beneficiary."""
    question = select(Reduction).where(
        Reduction.tenant == desk.id,
        Reduction.vehicle_id == found.vehicle_id,
        Reduction.beneficiary == found.beneficiary,
    )
    return list(desk.session.scalars(question.order_by(Reduction.fiscal_year)))


def is_revoked_with(one: Reduction, from_year: int) -> bool:
    return one.decision == "approved" and one.fiscal_year >= from_year


def reduction_amount(desk: Desk, one: Assessment) -> int:
    """The whole tax of the year when a reduction was approved."""
    own = of_vehicle(desk, one.vehicle_id, one.fiscal_year)
    return one.tax_amount if any(r.decision == "approved" for r in own) else 0


def payable_amount(desk: Desk, one: Assessment) -> int:
    return one.tax_amount - reduction_amount(desk, one)

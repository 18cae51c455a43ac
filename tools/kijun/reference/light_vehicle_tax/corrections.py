"""Assessments found late, the history of corrections, and what a correction after payment leaves to give back."""

from __future__ import annotations

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, back_taxation, ledger, payments, reductions, rules
from kijun.reference.light_vehicle_tax.records import Assessment


def assess_late(desk: Desk, vehicle_id: str, fiscal_year: int) -> Assessment:
    """Assess a vehicle that was left out, for a year that may still be assessed. Raises Refusal."""
    rules.checked_year(fiscal_year)
    past = ledger.events(desk, vehicle_id)
    if assessment.current(desk, vehicle_id, fiscal_year) is not None:
        raise Refusal("duplicate", "この車両は、その年度にすでに賦課されています。直すときは更正をしてください。")
    state = assessment.liable_state(past, fiscal_year)
    if state is None or not assessment.is_assessable(desk, vehicle_id, fiscal_year):
        raise Refusal("conflicting_state", "その年度の賦課期日に、この車両の課税の対象となる登録がありません。")
    if not is_in_time(desk, fiscal_year):
        raise Refusal("past_assessment_period", "賦課決定の期間制限を過ぎた年度は賦課できません。")
    return assessment.assess(desk, state, fiscal_year, "随時賦課")


def is_in_time(desk: Desk, fiscal_year: int) -> bool:
    return back_taxation.is_within_limit(fiscal_year, desk.today)


def last_change(desk: Desk, vehicle_id: str, fiscal_year: int) -> tuple[Assessment, Assessment]:
    """The assessment in force and the one before it. Raises Refusal when the amount has not changed."""
    past = assessment.history(desk, vehicle_id, fiscal_year)
    if not past:
        raise Refusal("not_found", "その年度の賦課はありません。")
    if len(past) < 2 or not has_changed(past[-2], past[-1]):
        raise Refusal("conflicting_state", "税額が変わっていないため、税額変更通知書は作成できません。")
    return past[-2], past[-1]


def has_changed(before: Assessment, after: Assessment) -> bool:
    return before.tax_amount != after.tax_amount


def overpaid(desk: Desk, one: Assessment) -> int:
    """What was paid beyond what is to be paid now (地方税法17条: to be given back or set off)."""
    paid = payments.paid_amount(desk, one.vehicle_id, one.fiscal_year)
    return max(0, paid - reductions.payable_amount(desk, one))

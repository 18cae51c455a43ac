"""Assessments found late, the history of corrections, and what a correction after payment leaves to give back."""

from __future__ import annotations

from datetime import date, timedelta

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    back_taxation,
    due_dates,
    late_dues,
    ledger,
    payments,
    reductions,
    rules,
)
from kijun.reference.light_vehicle_tax.records import Assessment

DECREASE_LIMIT_YEARS = 5


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


def note_due(desk: Desk, one: Assessment, wanted_due: date | None) -> None:
    """Give what is levied now a due date of its own, unless the regular one still leaves the time for a notice."""
    due_on = late_dues.decided(desk, one.fiscal_year, wanted_due)
    if due_on != due_dates.regular(desk, one.fiscal_year):
        late_dues.note(desk, one, due_on)


def is_in_time(desk: Desk, fiscal_year: int) -> bool:
    return back_taxation.is_within_limit(due_dates.regular(desk, fiscal_year), desk.today)


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


def correct(desk: Desk, vehicle_id: str, fiscal_year: int, reason: str, wanted_due: date | None) -> tuple[int, int]:
    """Judge the year again within the limits; returns (before, after) in yen. An increase gets its own due date."""
    before, after = assessment.correct(desk, vehicle_id, fiscal_year, reason)
    check_in_time(due_dates.regular(desk, fiscal_year), desk.today, before, after)
    if after > before:
        note_due(desk, assessment.required(desk, vehicle_id, fiscal_year), wanted_due)
    return before, after


def check_in_time(due_on: date, today: date, before: int, after: int) -> None:
    """Raises Refusal for a year that may no longer be changed in this direction."""
    if not is_correctable(due_on, today, is_increase=after > before):
        raise Refusal("past_assessment_period", "賦課決定の期間制限を過ぎた年度の税額は更正できません。")


# 地方税法17条の5第3項（三年）、第4項（減少させる賦課決定は五年）。条項は公式の本文と未照合
def is_correctable(due_on: date, today: date, *, is_increase: bool) -> bool:
    if is_increase:
        return back_taxation.is_within_limit(due_on, today)
    begins = due_on + timedelta(days=1)
    return today < begins.replace(year=begins.year + DECREASE_LIMIT_YEARS)


def change_items(desk: Desk, before: Assessment, after: Assessment) -> dict[str, object]:
    """What a change leaves to do: pay more by a day of its own, or be given back what was paid too much."""
    return {
        "supplementary_tax": max(0, after.tax_amount - before.tax_amount),
        "decreased_tax": max(0, before.tax_amount - after.tax_amount),
        "late_due_date": added_due(desk, before, after),
        "overpaid_amount": overpaid(desk, after),
    }


def added_due(desk: Desk, before: Assessment, after: Assessment) -> str | None:
    """The due date of the increase; None when nothing is added."""
    if after.tax_amount <= before.tax_amount:
        return None
    own = late_dues.noted(desk, after.vehicle_id, after.fiscal_year)
    return own.get(after.number, due_dates.regular(desk, after.fiscal_year)).isoformat()

"""Assessment on 1 April, corrections stacked on it, reductions, notices, payments, certificates."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, rules
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent, Notice, Payment, Reduction
from kijun.reference.store import count_rows


def liable_state(past: list[LedgerEvent], fiscal_year: int) -> LedgerEvent | None:
    """The vehicle as it stood on 1 April (地方税法463条の16), or None when nobody owned it here on that day.

    A vehicle scrapped on 1 April itself is not taxed, one scrapped on 2 April is taxed for the whole year: the
    practice published by municipalities.
    """
    state = ledger.as_of(past, rules.assessment_date(fiscal_year))
    return state if state is not None and state.vehicle_state == "registered" else None


def assess_all(desk: Desk, fiscal_year: int) -> tuple[list[Assessment], list[str]]:
    """Assess every liable vehicle once; those already assessed stay as they are. Returns (new, stopped)."""
    rules.checked_year(fiscal_year)
    done = {one.vehicle_id for one in of_year(desk, fiscal_year)}
    added, stopped = [], []
    for now in ledger.all_latest(desk):
        state = liable_state(ledger.events(desk, now.vehicle_id), fiscal_year)
        if state is None or not is_taxed(desk, now.vehicle_id) or now.vehicle_id in done:
            continue
        if is_stopped(state):
            stopped.append(now.vehicle_id)
            continue
        added.append(assess(desk, state, fiscal_year, "当初賦課"))
    desk.session.flush()
    return added, stopped


def is_taxed(desk: Desk, vehicle_id: str) -> bool:
    return ledger.category(desk, vehicle_id) == "taxable"


def is_stopped(state: LedgerEvent) -> bool:
    """A vehicle of three wheels or more without its first inspection month is not assessed but shown."""
    return rules.needs_first_inspection(state.vehicle_class) and not state.first_inspection_month


def assess(desk: Desk, state: LedgerEvent, fiscal_year: int, reason: str) -> Assessment:
    amount = rules.annual_amount(ledger.vehicle_of(state), fiscal_year)
    return stack(desk, state, fiscal_year, amount, reason)


def stack(desk: Desk, state: LedgerEvent, fiscal_year: int, amount: rules.Amount, reason: str) -> Assessment:
    past = history(desk, state.vehicle_id, fiscal_year)
    for one in past:
        one.is_latest = False
    added = Assessment(
        tenant=desk.id,
        vehicle_id=state.vehicle_id,
        fiscal_year=fiscal_year,
        number=len(past) + 1,
        is_latest=True,
        taxpayer_id=state.taxpayer_id,
        vehicle_class=state.vehicle_class,
        rate_category=amount.rate_category,
        tax_amount=amount.tax_amount,
        reason=reason,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def history(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Assessment]:
    question = select(Assessment).where(
        Assessment.tenant == desk.id, Assessment.vehicle_id == vehicle_id, Assessment.fiscal_year == fiscal_year
    )
    return list(desk.session.scalars(question.order_by(Assessment.number)))


def current(desk: Desk, vehicle_id: str, fiscal_year: int) -> Assessment | None:
    past = history(desk, vehicle_id, fiscal_year)
    return past[-1] if past else None


def required(desk: Desk, vehicle_id: str, fiscal_year: int) -> Assessment:
    found = current(desk, vehicle_id, fiscal_year)
    if found is None:
        raise Refusal("not_found", "その年度の賦課はありません。")
    return found


def of_year(desk: Desk, fiscal_year: int) -> list[Assessment]:
    question = select(Assessment).where(
        Assessment.tenant == desk.id, Assessment.fiscal_year == fiscal_year, Assessment.is_latest
    )
    return list(desk.session.scalars(question.order_by(Assessment.vehicle_id)))


def of_vehicle(desk: Desk, vehicle_id: str) -> list[Assessment]:
    question = select(Assessment).where(
        Assessment.tenant == desk.id, Assessment.vehicle_id == vehicle_id, Assessment.is_latest
    )
    return list(desk.session.scalars(question.order_by(Assessment.fiscal_year)))


def correct(desk: Desk, vehicle_id: str, fiscal_year: int, reason: str) -> tuple[int, int]:
    """Judge the year again from the ledger as it is now; returns (before, after) in yen."""
    before = required(desk, vehicle_id, fiscal_year)
    state = liable_state(ledger.events(desk, vehicle_id), fiscal_year)
    if state is None or not is_taxed(desk, vehicle_id):
        event = ledger.latest(desk, vehicle_id)
        after = stack(desk, event, fiscal_year, rules.Amount(before.rate_category, 0), reason)
    else:
        after = assess(desk, state, fiscal_year, reason)
    return before.tax_amount, after.tax_amount


# 減免: 地方税法463条の23、条例 ----------------------------------------------------------------------


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
    if decision == "approved":
        withdraw_notices(desk, found.vehicle_id, found.fiscal_year)
    return found


def reduction_amount(desk: Desk, one: Assessment) -> int:
    """The whole tax of the year when a reduction was approved."""
    approved = (r for r in reductions(desk, one.fiscal_year) if r.vehicle_id == one.vehicle_id)
    return one.tax_amount if any(r.decision == "approved" for r in approved) else 0


def payable_amount(desk: Desk, one: Assessment) -> int:
    return one.tax_amount - reduction_amount(desk, one)


# 納税通知書と納付 -----------------------------------------------------------------------------------


def issue_notices(desk: Desk, fiscal_year: int) -> int:
    """One notice per vehicle with something to pay; a vehicle that has a live notice gets no second one."""
    live = {one.vehicle_id for one in notices(desk, fiscal_year) if not one.is_withdrawn}
    due = [one for one in of_year(desk, fiscal_year) if payable_amount(desk, one) > 0 and one.vehicle_id not in live]
    for one in due:
        desk.session.add(
            Notice(
                tenant=desk.id,
                notice_number=f"N{count_rows(desk.session, Notice, desk.id) + 1:08d}",
                vehicle_id=one.vehicle_id,
                fiscal_year=fiscal_year,
                payable_amount=payable_amount(desk, one),
                is_withdrawn=False,
            )
        )
        desk.session.flush()
    return len(due)


def notices(desk: Desk, fiscal_year: int) -> list[Notice]:
    question = select(Notice).where(Notice.tenant == desk.id, Notice.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question.order_by(Notice.notice_number)))


def withdraw_notices(desk: Desk, vehicle_id: str, fiscal_year: int) -> None:
    """A notice with the amount before the reduction must not leave the building."""
    for one in notices(desk, fiscal_year):
        if one.vehicle_id == vehicle_id:
            one.is_withdrawn = True


def record_payment(desk: Desk, vehicle_id: str, fiscal_year: int, paid_on: date, amount: int) -> None:
    required(desk, vehicle_id, fiscal_year)
    if amount <= 0:
        raise Refusal("invalid_value", "納付額は1円以上です。")
    number = count_rows(desk.session, Payment, desk.id) + 1
    desk.session.add(
        Payment(
            tenant=desk.id,
            number=number,
            vehicle_id=vehicle_id,
            fiscal_year=fiscal_year,
            paid_on=paid_on,
            paid_amount=amount,
        )
    )


def paid_amount(desk: Desk, vehicle_id: str, fiscal_year: int) -> int:
    question = select(Payment).where(
        Payment.tenant == desk.id, Payment.vehicle_id == vehicle_id, Payment.fiscal_year == fiscal_year
    )
    return sum(one.paid_amount for one in desk.session.scalars(question))


def unpaid_years(desk: Desk, vehicle_id: str) -> list[int]:
    """Every year, former ones too, in which something is still owed for the vehicle."""
    return [one.fiscal_year for one in of_vehicle(desk, vehicle_id) if is_unpaid(desk, one)]


def is_unpaid(desk: Desk, one: Assessment) -> bool:
    return paid_amount(desk, one.vehicle_id, one.fiscal_year) < payable_amount(desk, one)

"""Operations on what happens during the year: employees who leave, pensions that stop, switches to a salary."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    dues,
    employers,
    employment,
    levy_notices,
    methods,
    pension_changes,
    planning,
    terms,
)
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line

router = APIRouter(prefix="/v1/inhabitant-tax/changes")
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class EmploymentChange(ByPerson):
    employment_change: Literal["retired", "absent", "died", "transferred"]
    employment_changed_on: date
    change_notified_on: date
    lump_sum_requested: bool = False
    is_pay_sufficient: bool = True
    next_designation: str | None = None
    subsequent_due: date | None = None


class Switch(ByPerson):
    designation_number: str
    salary_from: str = Field(pattern=_MONTH)


class PensionChange(ByPerson):
    pension_change: Literal["died", "moved_out", "annuity_suspended", "care_stopped"]
    pension_changed_on: date
    subsequent_due: date | None = None


class PensionAnswer(ByPerson):
    collection_month: str = Field(pattern=_MONTH)
    pension_answer: Literal["collectable", "uncollectable"]
    subsequent_due: date | None = None


def notify_employment_change(desk: Desk, given: EmploymentChange) -> dict[str, Any]:
    """給与所得者異動届の登録"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    lines, changed_on = assessment.lines_of(levy), given.employment_changed_on
    rest = assessment.total(employment.still_to_come(lines, changed_on))
    way = employment.residual_collection(
        given.employment_change,
        changed_on,
        rest,
        given.lump_sum_requested,
        given.is_pay_sufficient,
        given.next_designation is not None,
    )
    rearrange(desk, levy, given, lines, way)
    if way != "successor":
        methods.leave_employer(desk, given.taxpayer_id, given.fiscal_year)
    return {
        "uncollected_levy": rest,
        "residual_collection": way,
        "is_notified_late": employment.is_late(changed_on, given.change_notified_on),
    }


def rearrange(desk: Desk, levy: Levy, given: EmploymentChange, lines: list[Line], way: str) -> None:
    plan: list[Line] | None = None
    if way == "successor" and given.next_designation is not None:
        plan = hand_on(desk, given, lines, employers.designated(desk, given.next_designation).designation_number)
    elif way == "lump_sum":
        plan = employment.with_lump_sum(lines, given.employment_changed_on)
    elif way == "to_ordinary":
        month = dues.month_of(given.employment_changed_on)
        plan = move_to_ordinary(desk, given, lines, ("salary", month), given.subsequent_due)[0]
    if plan is not None:
        levy_notices.pull(desk, given.taxpayer_id, given.fiscal_year)
        assessment.follow(desk, levy, "collection_changed", plan)


def hand_on(desk: Desk, given: EmploymentChange, lines: list[Line], number: str) -> list[Line]:
    """The next employer withholds the same amounts from the month after."""
    known = methods.choice(desk, given.taxpayer_id, given.fiscal_year)
    old, known.designation_number = known.designation_number or "", number
    methods.keep(desk, known)
    since = dues.month_of(dues.following(dues.month_of(given.employment_changed_on)))
    return assessment.with_employer(lines, old, number, since)


def move_to_ordinary(
    desk: Desk, given: ByPerson, lines: list[Line], after: tuple[str, str], subsequent: date | None
) -> tuple[list[Line], int]:
    """Months of a method after a month go to the instalments to come. Returns the plan and the amount moved."""
    stays, gone = planning.split_at(lines, *after)
    amount = assessment.total(gone)
    held = terms.terms_of(desk, given.fiscal_year)
    return planning.to_ordinary(given.fiscal_year, stays, amount, held, desk.today, subsequent), amount


def switch_to_salary(desk: Desk, given: Switch) -> dict[str, Any]:
    """特別徴収への切替"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    number = employers.designated(desk, given.designation_number).designation_number
    lines = assessment.lines_of(levy)
    if not planning.movable(lines, desk.today):
        raise Refusal("conflicting_state", "切り替えられる納期がありません。納期限の過ぎた分は切り替えられません。")
    plan, amount = planning.to_salary(given.fiscal_year, lines, number, given.salary_from, desk.today)
    known = methods.choice(desk, given.taxpayer_id, given.fiscal_year)
    known.designation_number, known.ordinary_ground = number, None
    methods.keep(desk, known)
    levy_notices.pull(desk, given.taxpayer_id, given.fiscal_year)
    assessment.follow(desk, levy, "collection_changed", plan)
    return {"switched_levy": amount}


def notify_pension_change(desk: Desk, given: PensionChange) -> dict[str, Any]:
    """年金特徴の異動の登録"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    change = (given.pension_change, given.pension_changed_on, given.fiscal_year)
    if not pension_changes.stops(*change):
        return {"is_pension_stopped": False, "switched_levy": 0}
    stays, gone = planning.split_at(assessment.lines_of(levy), "pension", pension_changes.last_month(*change))
    amount, since = assessment.total(gone), pension_changes.earliest_due(*change, desk.today)
    held = terms.terms_of(desk, given.fiscal_year)
    plan = planning.to_ordinary(given.fiscal_year, stays, amount, held, since, given.subsequent_due)
    methods.stop_pension(desk, given.taxpayer_id, given.fiscal_year)
    levy_notices.pull(desk, given.taxpayer_id, given.fiscal_year)
    assessment.follow(desk, levy, "collection_changed", plan)
    return {"is_pension_stopped": True, "switched_levy": amount}


def list_pension_requests(desk: Desk, given: ByYear) -> dict[str, Any]:
    """年金特別徴収依頼の出力"""
    lines = [
        {"taxpayer_id": levy.taxpayer_id, "collection_month": one.month, "collection_share": one.amount}
        for levy in assessment.of_year(desk, given.fiscal_year)
        for one in assessment.of_method(assessment.lines_of(levy), "pension")
    ]
    return {"pension_requests": lines}


def take_in_pension_answer(desk: Desk, given: PensionAnswer) -> dict[str, Any]:
    """年金特別徴収の結果の取込"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    if given.pension_answer == "collectable":
        return {"switched_levy": 0}
    before = pension_changes.month_before(given.collection_month)
    lines = assessment.lines_of(levy)
    plan, amount = move_to_ordinary(desk, given, lines, ("pension", before), given.subsequent_due)
    methods.stop_pension(desk, given.taxpayer_id, given.fiscal_year)
    levy_notices.pull(desk, given.taxpayer_id, given.fiscal_year)
    assessment.follow(desk, levy, "collection_changed", plan)
    return {"switched_levy": amount}


routing.add(router, "/employment", EmploymentChange, notify_employment_change)
routing.add(router, "/to-salary", Switch, switch_to_salary)
routing.add(router, "/pension", PensionChange, notify_pension_change)
routing.add(router, "/pension/requests", ByYear, list_pension_requests, is_query=True)
routing.add(router, "/pension/answers", PensionAnswer, take_in_pension_answer)

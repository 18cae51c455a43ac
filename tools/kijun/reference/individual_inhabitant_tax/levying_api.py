"""Operations on collection: what it is decided from, the first levy, its plan, its history, its changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    calculation,
    collectors,
    employers,
    levying,
    methods,
    settlements,
    years,
)
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line
from kijun.reference.individual_inhabitant_tax.levy_notices import APPEAL

router = APIRouter(prefix="/v1/inhabitant-tax")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class Assignment(ByPerson):
    designation_number: str


class Ground(Assignment):
    ordinary_ground: Literal[
        "small_staff", "other_employer", "too_little_pay", "irregular_pay", "family_employee", "resigning"
    ]
    regular_staff: int | None = Field(default=None, ge=1)


class Annuity(ByPerson):
    pension_annuity: int = Field(ge=0)
    is_care_withheld: bool = True


class Parts(ByPerson):
    pension_levy: int | None = Field(default=None, ge=0)
    other_levy: int | None = Field(default=None, ge=0)
    pays_other_levy_oneself: bool = False


class Revision(ByPerson):
    revision_ground: str = Field(min_length=1)
    subsequent_due: date | None = None
    surplus_basis: Literal["taxpayer_return", "assessment_error"] | None = None


class Reinstatement(ByPerson):
    levy_version: int = Field(ge=1)


class Comparison(ByYear):
    gap_threshold: int = Field(ge=0)


class Cancellation(ByPerson):
    cancel_ground: Literal["taxed_elsewhere", "died_before", "doubly_taxed"]


def designate_employer(desk: Desk, given: Assignment) -> dict[str, Any]:
    """徴収先の登録"""
    known = choice_of(desk, given)
    known.designation_number = employers.designated(desk, given.designation_number).designation_number
    methods.keep(desk, known)
    return {"designation_number": known.designation_number}


def choice_of(desk: Desk, given: ByPerson) -> methods.Choice:
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return methods.choice(desk, given.taxpayer_id, years.checked_year(given.fiscal_year))


def register_ordinary_ground(desk: Desk, given: Ground) -> dict[str, Any]:
    """普通徴収切替理由の登録"""
    known = choice_of(desk, given)
    found = employers.designated(desk, given.designation_number)
    methods.check_ground(given.ordinary_ground, given.regular_staff, found.is_sole_proprietor)
    known.designation_number, known.ordinary_ground = given.designation_number, given.ordinary_ground
    methods.keep(desk, known)
    return {"ordinary_ground": given.ordinary_ground}


def register_annuity(desk: Desk, given: Annuity) -> dict[str, Any]:
    """年金受給の登録"""
    known = choice_of(desk, given)
    known.pension_annuity, known.is_care_withheld = given.pension_annuity, given.is_care_withheld
    methods.keep(desk, known)
    return {"pension_annuity": given.pension_annuity}


def set_levy_parts(desk: Desk, given: Parts) -> dict[str, Any]:
    """所得別の税額の登録"""
    known = choice_of(desk, given)
    annual = calculation.calculate(desk, given.taxpayer_id, given.fiscal_year).annual_levy
    methods.check_parts(annual, given.pension_levy, given.other_levy)
    known.pension_levy, known.other_levy = given.pension_levy, given.other_levy or 0
    known.pays_other_levy_oneself = given.pays_other_levy_oneself
    methods.keep(desk, known)
    return {"taxpayer_id": given.taxpayer_id}


def judge_pension_collection(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """年金特別徴収の対象の判定"""
    known = choice_of(desk, given)
    annual = calculation.calculate(desk, given.taxpayer_id, given.fiscal_year).annual_levy
    born = calculation.person_of(desk, given.taxpayer_id, given.fiscal_year).birth_date
    reason = methods.exclusion(known, born, given.fiscal_year, methods.pension_part(annual, known))
    return {"is_pension_collected": reason is None, "pension_exclusion": reason}


def decide_collection(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """徴収方法の決定"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    annual = calculation.calculate(desk, given.taxpayer_id, given.fiscal_year).annual_levy
    shares = methods.decided(desk, given.taxpayer_id, given.fiscal_year, annual)
    return {
        "salary_collection": shares.salary,
        "pension_collection": shares.pension,
        "ordinary_collection": shares.ordinary,
    }


def levy_inhabitant_tax(desk: Desk, given: ByYear) -> dict[str, Any]:
    """個人住民税の当初賦課"""
    made = levying.by_portion(desk, years.checked_year(given.fiscal_year), levying.first_levy)
    return {"levied_headcount": made.headcount, "levied_sum": made.total}


def preview_levy(desk: Desk, given: ByYear) -> dict[str, Any]:
    """個人住民税の当初賦課の試算"""
    found = levying.by_portion(desk, years.checked_year(given.fiscal_year), levying.preview)
    return {"levied_headcount": found.headcount, "levied_sum": found.total}


def get_collection_plan(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """徴収一覧の照会"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    return {"annual_levy": levy.annual_levy, "collection_plan": plan_lines(desk, assessment.lines_of(levy))}


def plan_lines(desk: Desk, lines: Sequence[Line]) -> list[dict[str, Any]]:
    return [
        {
            "collection_method": one.method,
            "collection_month": one.month,
            "collection_share": one.amount,
            "instalment_due": due_of(desk, one).isoformat(),
            "designation_number": one.employer,
        }
        for one in lines
    ]


def due_of(desk: Desk, line: Line) -> date:
    """An employer may pay over half-yearly."""
    return employers.remit_by(employers.employer(desk, line.employer), line.month) if line.employer else line.due_on


def get_levy_history(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """住民税の賦課の履歴の照会"""
    assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    known = assessment.versions(desk, given.taxpayer_id, given.fiscal_year)
    return {"levy_history": [_history_line(one) for one in known]}


def _history_line(one: Levy) -> dict[str, Any]:
    return {
        "levy_version": one.levy_version,
        "levied_on": one.levied_on.isoformat(),
        "levy_event": one.levy_event,
        "annual_levy_before": one.annual_before,
        "annual_levy_after": one.annual_levy,
        "revision_ground": one.revision_ground,
    }


def revise_levy(desk: Desk, given: Revision) -> dict[str, Any]:
    """個人住民税の更正"""
    ground = given.revision_ground
    former, now = levying.revise(desk, given.taxpayer_id, given.fiscal_year, ground, given.subsequent_due)
    surplus = now.surplus if now is not former else 0
    return {
        "annual_levy_before": former.annual_levy,
        "annual_levy_after": now.annual_levy,
        "annual_levy_gap": now.annual_levy - former.annual_levy,
        "levy_surplus": surplus,
        "surplus_basis": basis_of(surplus, given.surplus_basis),
    }


# 地方税法17条の4第1項: from which day interest on what was paid too much runs depends on why
def basis_of(surplus: int, said: str | None) -> str | None:
    return (said or "assessment_error") if surplus else None


def reinstate_levy(desk: Desk, given: Reinstatement) -> dict[str, Any]:
    """個人住民税の賦課の復元"""
    now = levying.reinstate(desk, given.taxpayer_id, given.fiscal_year, given.levy_version)
    return {"annual_levy_after": now.annual_levy}


def get_levy_revision_notice(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """住民税変更通知書の作成"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    if levy.levy_event not in ("revised", "levy_cancelled"):
        raise Refusal("conflicting_state", "税額の変更がありません。更正の後に作ってください。")
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    return {
        "levy_revision_notice": {
            "fiscal_year": levy.fiscal_year,
            "name": person.name,
            "address": taxpayers.printed_address(person),
            "annual_levy_before": levy.annual_before,
            "annual_levy_after": levy.annual_levy,
            "annual_levy_gap": levy.annual_levy - levy.annual_before,
            "revision_ground": levy.revision_ground,
            "levied_on": levy.levied_on.isoformat(),
            "levy_appeal": APPEAL,
        }
    }


def list_monthly_changes(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """特別徴収税額変更通知の作成"""
    assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    known = assessment.versions(desk, given.taxpayer_id, given.fiscal_year)
    former = assessment.lines_of(known[-2]) if len(known) > 1 else []
    found = collectors.changes(former, assessment.lines_of(known[-1])) if former else []
    lines = [
        {
            "designation_number": one.employer,
            "collection_month": one.month,
            "former_monthly_share": one.before,
            "monthly_share": one.after,
        }
        for one in found
    ]
    return {"monthly_changes": lines}


def list_levy_gaps(desk: Desk, given: Comparison) -> dict[str, Any]:
    """前年度との差の点検"""
    former = {one.taxpayer_id: one.annual_levy for one in assessment.of_year(desk, given.fiscal_year - 1)}
    now = assessment.of_year(desk, given.fiscal_year)
    found = [(one.taxpayer_id, former.get(one.taxpayer_id, 0), one.annual_levy) for one in now]
    lines = [
        {
            "taxpayer_id": number,
            "former_annual_levy": before,
            "annual_levy": after,
            "annual_levy_gap": after - before,
        }
        for number, before, after in found
        if stands_out(after - before, given.gap_threshold)
    ]
    return {"levy_gaps": lines}


def stands_out(gap: int, threshold: int) -> bool:
    return abs(gap) >= threshold


def get_levy_resolution(desk: Desk, given: ByYear) -> dict[str, Any]:
    """賦課決議書の作成"""
    plans = [assessment.lines_of(one) for one in assessment.of_year(desk, given.fiscal_year)]
    return {"resolution_totals": [line for one in ("salary", "pension", "ordinary") if (line := totals(one, plans))]}


def totals(method: str, plans: Sequence[Sequence[Line]]) -> dict[str, Any] | None:
    """People and yen of one method; None where nobody is collected from by it."""
    amounts = [assessment.total(assessment.of_method(plan, method)) for plan in plans]
    count = sum(amount > 0 for amount in amounts)
    return {"collection_method": method, "count": count, "collection_share": sum(amounts)} if count else None


def hand_over_levies(desk: Desk, given: ByYear) -> dict[str, Any]:
    """調定データの引渡し"""
    entries = settlements.hand_over(desk, given.fiscal_year)
    lines = [
        {
            "taxpayer_id": one.taxpayer_id,
            "collection_method": one.method,
            "collection_month": one.month,
            "settlement_amount": one.amount,
        }
        for one in entries
    ]
    return {"levy_settlements": lines}


def cancel_levy(desk: Desk, given: Cancellation) -> dict[str, Any]:
    """個人住民税の課税の取消"""
    former, now = levying.cancel(desk, given.taxpayer_id, given.fiscal_year, given.cancel_ground)
    return {
        "annual_levy_before": former.annual_levy,
        "annual_levy_after": now.annual_levy,
        "levy_surplus": now.surplus,
    }


routing.add(router, "/collection/employers", Assignment, designate_employer)
routing.add(router, "/collection/ordinary-grounds", Ground, register_ordinary_ground)
routing.add(router, "/collection/annuities", Annuity, register_annuity)
routing.add(router, "/collection/parts", Parts, set_levy_parts)
routing.add(router, "/collection/pension", ByPerson, judge_pension_collection, is_query=True)
routing.add(router, "/collection/methods", ByPerson, decide_collection, is_query=True)
routing.add(router, "/levies", ByYear, levy_inhabitant_tax)
routing.add(router, "/levies/preview", ByYear, preview_levy, is_query=True)
routing.add(router, "/levies/plan", ByPerson, get_collection_plan, is_query=True)
routing.add(router, "/levies/history", ByPerson, get_levy_history, is_query=True)
routing.add(router, "/levies/revisions", Revision, revise_levy)
routing.add(router, "/levies/reinstatements", Reinstatement, reinstate_levy)
routing.add(router, "/levies/revisions/notice", ByPerson, get_levy_revision_notice, is_query=True)
routing.add(router, "/levies/monthly-changes", ByPerson, list_monthly_changes, is_query=True)
routing.add(router, "/levies/gaps", Comparison, list_levy_gaps, is_query=True)
routing.add(router, "/levies/resolution", ByYear, get_levy_resolution, is_query=True)
routing.add(router, "/levies/settlements", ByYear, hand_over_levies)
routing.add(router, "/levies/cancellations", Cancellation, cancel_levy)

"""Operations on cover sheets of salary reports: sending, receiving, asking for what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import employers, salary_summaries, years
from kijun.reference.individual_inhabitant_tax.employers import Employer
from kijun.reference.local_tax_common.person_records import add

router = APIRouter(prefix="/v1/inhabitant-tax/summary-forms")


class ByYear(BaseModel):
    fiscal_year: int


class ByEmployer(ByYear):
    designation_number: str


class NewForm(ByEmployer):
    filed_on: date
    incoming_medium: Literal["eltax", "optical_disc", "written"]
    reported_headcount: int = Field(ge=0)
    submitter_number: str | None = None


class Slips(ByYear):
    slip_count: int = Field(ge=0)


def list_salary_summary_targets(desk: Desk, given: ByYear) -> dict[str, Any]:
    """総括表の発送対象の抽出"""
    lines = [
        {
            "designation_number": one.employer.designation_number,
            "employer_name": one.employer.employer_name,
            "former_headcount": one.former_headcount,
        }
        for one in salary_summaries.targets(desk, years.checked_year(given.fiscal_year))
    ]
    return {"salary_summary_targets": lines}


def issue_salary_summary(desk: Desk, given: ByEmployer) -> dict[str, Any]:
    """総括表の作成"""
    found = [
        one
        for one in salary_summaries.targets(desk, given.fiscal_year)
        if one.employer.designation_number == given.designation_number
    ]
    if not found:
        raise Refusal("not_found", "総括表の発送対象ではありません。総括表の発送対象の抽出で確かめてください。")
    return {"salary_summary": letter(found[0].employer, given.fiscal_year)}


def letter(one: Employer, fiscal_year: int) -> dict[str, Any]:
    return {
        "fiscal_year": fiscal_year,
        "designation_number": one.designation_number,
        "employer_name": one.employer_name,
        "employer_address": one.employer_address,
        "report_deadline": salary_summaries.deadline(fiscal_year).isoformat(),
    }


def intake_salary_summary(desk: Desk, given: NewForm) -> dict[str, Any]:
    """総括表の受付"""
    employers.employer(desk, given.designation_number)
    years.checked_year(given.fiscal_year)
    return {"is_filed_late": salary_summaries.is_late(add(desk, salary_summaries.SummaryForm, **given.model_dump()))}


def list_salary_summary_states(desk: Desk, given: ByYear) -> dict[str, Any]:
    """総括表の提出状況の照会"""
    return {"salary_summary_states": [state(desk, one, given.fiscal_year) for one in expected(desk, given.fiscal_year)]}


def expected(desk: Desk, fiscal_year: int) -> list[str]:
    return salary_summaries.expected(desk, years.checked_year(fiscal_year))


def state(desk: Desk, number: str, fiscal_year: int) -> dict[str, Any]:
    form = salary_summaries.form_of(desk, number, fiscal_year)
    day = salary_summaries.demanded_on(desk, number, fiscal_year)
    return {
        "designation_number": number,
        "is_summary_filed": form is not None,
        "filed_on": form.filed_on.isoformat() if form else None,
        "incoming_medium": form.incoming_medium if form else None,
        "reported_headcount": form.reported_headcount if form else None,
        "is_filed_late": form is not None and salary_summaries.is_late(form),
        "lacks_reports": form is not None and salary_summaries.lacks_reports(desk, form),
        "demanded_on": day.isoformat() if day else None,
    }


def judge_electronic_filing(_desk: Desk, given: Slips) -> dict[str, Any]:
    """電子提出の義務の判定"""
    return {"is_electronic_obligatory": salary_summaries.is_electronic_obligatory(given.slip_count, given.fiscal_year)}


def issue_report_demand(desk: Desk, given: ByEmployer) -> dict[str, Any]:
    """給与支払報告書の督促状の作成"""
    found = salary_summaries.demand(desk, given.designation_number, years.checked_year(given.fiscal_year))
    return {"report_demand": letter(found, given.fiscal_year)}


routing.add(router, "/targets", ByYear, list_salary_summary_targets, is_query=True)
routing.add(router, "/blank", ByEmployer, issue_salary_summary, is_query=True)
routing.add(router, "", NewForm, intake_salary_summary)
routing.add(router, "/states", ByYear, list_salary_summary_states, is_query=True)
routing.add(router, "/electronic", Slips, judge_electronic_filing, is_query=True)
routing.add(router, "/demands", ByEmployer, issue_report_demand)

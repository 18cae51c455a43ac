"""Operations on paper: notices to persons, to employers and their employees, and what is sent electronically."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, collectors, departures, employers, levy_notices
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line
from kijun.reference.individual_inhabitant_tax.levy_notices import APPEAL
from kijun.reference.local_tax_common import mailing
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/inhabitant-tax/notices")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class Debit(BaseModel):
    taxpayer_id: str
    uses_direct_debit: bool


class EmployerNotice(ByYear):
    designation_number: str
    is_zero_confirmed: bool = False


def register_direct_debit(desk: Desk, given: Debit) -> dict[str, Any]:
    """住民税の口座振替の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    desk.session.merge(levy_notices.DirectDebit(tenant=desk.id, **given.model_dump()))
    return {"uses_direct_debit": given.uses_direct_debit}


def issue_levy_notices(desk: Desk, given: ByYear) -> dict[str, Any]:
    """住民税納税通知書の一括作成"""
    withheld = departures.without_representative(desk)
    return {"issued_levy_notices": levy_notices.issue(desk, given.fiscal_year, withheld)}


def get_levy_notice(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """住民税納税通知書の照会"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    lines = assessment.of_method(assessment.lines_of(levy), "ordinary")
    shares = [{"instalment_number": one.number, "instalment_amount": one.amount} for one in lines]
    return {"inhabitant_tax_notice": notice_items(desk, levy, lines), "instalment_shares": shares}


def notice_items(desk: Desk, levy: Levy, lines: list[Line]) -> dict[str, Any]:
    person = taxpayers.taxpayer(desk, levy.taxpayer_id)
    is_debited = levy_notices.uses_direct_debit(desk, levy.taxpayer_id)
    return {
        "fiscal_year": levy.fiscal_year,
        "name": person.name,
        "address": taxpayers.printed_address(person),
        "annual_levy": levy.annual_levy,
        "levy_to_pay": assessment.total(lines),
        "payment_slip_count": levy_notices.slips(len(lines), is_debited),
        "bears_debit_guide": is_debited,
        "levy_appeal": APPEAL,
        **recipient_items(desk, person),
    }


# 地方税法20条1項、300条、9条の2: to whoever receives in this tax for the person
def recipient_items(desk: Desk, person: Taxpayer) -> dict[str, Any]:
    """Who receives the paper in the person's stead, and where; nothing where the person does."""
    found = mailing.decided(desk, person, departures.TAX)
    where = None if person.is_protected else found["mailing_address"]
    return {"recipient_name": found["recipient_name"], "mailing_address": where}


def list_pending_levy_notices(desk: Desk, given: ByYear) -> dict[str, Any]:
    """発送待ちの通知の照会"""
    found = levy_notices.pending(desk, given.fiscal_year)
    items = ("taxpayer_id", "levy_to_pay", "levy_serial")
    lines = [{name: getattr(one, name) for name in items} for one in found]
    return {"pending_levy_notices": lines}


def dispatch_levy_notices(desk: Desk, given: ByYear) -> dict[str, Any]:
    """住民税納税通知書の発送"""
    return {"dispatched_levy_notices": levy_notices.send(desk, given.fiscal_year)}


def issue_employer_notice(desk: Desk, given: EmployerNotice) -> dict[str, Any]:
    """義務者用通知の作成"""
    employers.employer(desk, given.designation_number)
    check_protection(collectors.knows_protected_persons(desk), given.is_zero_confirmed)
    found = collectors.employees(desk, given.designation_number, given.fiscal_year)
    return {"employer_notice_lines": [employer_line(desk, levy, lines) for levy, lines in found]}


def check_protection(knows_somebody: bool, is_confirmed: bool) -> None:
    """Raises Refusal when nobody is under support measures and nobody has confirmed that this is so."""
    if not knows_somebody and not is_confirmed:
        message = "支援措置の対象者が一人もいません。連携の漏れでないことを確かめてから作ってください。"
        raise Refusal("no_protected_person", message)


def employer_line(desk: Desk, levy: Levy, lines: list[Line]) -> dict[str, Any]:
    person = taxpayers.taxpayer(desk, levy.taxpayer_id)
    return {
        "taxpayer_id": person.taxpayer_id,
        "name": person.name,
        "address": taxpayers.printed_address(person),
        "salary_collection": assessment.total(lines),
        "june_share": collectors.share_of(lines, levy.fiscal_year, 0),
        "july_share": collectors.share_of(lines, levy.fiscal_year, 1),
    }


def issue_employee_notice(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """納税者用通知の作成"""
    levy = assessment.required(desk, given.taxpayer_id, given.fiscal_year)
    lines = assessment.of_method(assessment.lines_of(levy), "salary")
    if not lines or lines[0].employer is None:
        raise Refusal("conflicting_state", "給与から徴収する税額がありません。")
    told = employer_line(desk, levy, lines)
    told.pop("taxpayer_id")
    name = employers.employer(desk, lines[0].employer).employer_name
    return {
        "employee_notice": {
            **told,
            "fiscal_year": levy.fiscal_year,
            "employer_name": name,
            "levy_appeal": APPEAL,
        }
    }


def list_electronic_notices(desk: Desk, given: ByYear) -> dict[str, Any]:
    """電子の税額通知の出力"""
    lines = [
        electronic_line(desk, one, levy, shares)
        for one in employers.all_employers(desk)
        if is_electronic(one)
        for levy, shares in collectors.employees(desk, one.designation_number, given.fiscal_year)
    ]
    return {"electronic_notices": lines}


def is_electronic(one: employers.Employer) -> bool:
    return one.notice_delivery == "electronic"


def electronic_line(desk: Desk, one: employers.Employer, levy: Levy, lines: list[Line]) -> dict[str, Any]:
    person = taxpayers.taxpayer(desk, levy.taxpayer_id)
    return {
        "designation_number": one.designation_number,
        "taxpayer_id": person.taxpayer_id,
        "address": taxpayers.printed_address(person),
        "salary_collection": assessment.total(lines),
    }


routing.add(router, "/direct-debits", Debit, register_direct_debit)
routing.add(router, "/issued", ByYear, issue_levy_notices)
routing.add(router, "/one", ByPerson, get_levy_notice, is_query=True)
routing.add(router, "/pending", ByYear, list_pending_levy_notices, is_query=True)
routing.add(router, "/dispatched", ByYear, dispatch_levy_notices)
routing.add(router, "/employers", EmployerNotice, issue_employer_notice)
routing.add(router, "/employees", ByPerson, issue_employee_notice, is_query=True)
routing.add(router, "/electronic", ByYear, list_electronic_notices, is_query=True)

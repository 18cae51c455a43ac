"""Operations on employers who withhold the tax."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, collectors, dues, employers, instalments

router = APIRouter(prefix="/v1/inhabitant-tax/employers")
_MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class NewEmployer(BaseModel):
    employer_name: str = Field(min_length=1)
    employer_address: str = Field(min_length=1)
    employer_phone: str = Field(min_length=1)
    is_sole_proprietor: bool = False


class ByEmployer(BaseModel):
    designation_number: str


class Amendment(ByEmployer):
    employer_name: str | None = None
    employer_address: str | None = None
    employer_changed_on: date


class Abolition(ByEmployer):
    employer_changed_on: date


class Absorption(Abolition):
    absorbed_designation: str


class Query(BaseModel):
    employer_query: str = Field(min_length=1)


class Nothing(BaseModel):
    pass


class ByEmployerAndYear(ByEmployer):
    fiscal_year: int


class HalfYear(ByEmployer):
    regular_staff: int = Field(ge=1)
    half_year_from: str = Field(pattern=_MONTH)


class HalfYearEnd(ByEmployer):
    half_year_until: str = Field(pattern=_MONTH)


class Delivery(ByEmployer):
    notice_delivery: Literal["hardcopy", "electronic"]
    delivery_email: str | None = None


def register_employer(desk: Desk, given: NewEmployer) -> dict[str, Any]:
    """特別徴収義務者の登録"""
    return {"designation_number": employers.register(desk, *given.model_dump().values()).designation_number}


def amend_employer(desk: Desk, given: Amendment) -> dict[str, Any]:
    """特別徴収義務者の変更"""
    found = employers.designated(desk, given.designation_number)
    employers.amend(found, given.employer_name, given.employer_address)
    employers.note(desk, found, "amended", given.employer_changed_on)
    return {"designation_number": found.designation_number}


def abolish_employer(desk: Desk, given: Abolition) -> dict[str, Any]:
    """特別徴収義務者の廃止"""
    found = employers.designated(desk, given.designation_number)
    if collectors.still_collects(desk, found.designation_number, dues.month_of(given.employer_changed_on)):
        raise Refusal("employer_still_collects", "徴収中の従業員がいます。異動届を登録してから廃止してください。")
    found.employer_state = "abolished"
    employers.note(desk, found, "abolished", given.employer_changed_on)
    return {"employer_state": found.employer_state}


def absorb_employer(desk: Desk, given: Absorption) -> dict[str, Any]:
    """特別徴収義務者の統合"""
    found = employers.designated(desk, given.designation_number)
    gone = employers.designated(desk, given.absorbed_designation)
    if found is gone:
        raise Refusal("invalid_value", "統合する指定番号と統合先の指定番号が同じです。")
    gone.employer_state, gone.absorbing_designation = "absorbed", found.designation_number
    employers.note(desk, gone, "absorbed", given.employer_changed_on)
    month = dues.month_of(given.employer_changed_on)
    moved = collectors.move_employees(desk, gone.designation_number, found.designation_number, month)
    return {"moved_employees": moved}


def get_employer(desk: Desk, given: ByEmployer) -> dict[str, Any]:
    """特別徴収義務者の照会"""
    found = employers.employer(desk, given.designation_number)
    return {
        "employer_name": found.employer_name,
        "employer_address": found.employer_address,
        "employer_phone": found.employer_phone,
        "employer_state": found.employer_state,
        "absorbing_designation": found.absorbing_designation,
        "notice_delivery": found.notice_delivery,
        "delivery_email": found.delivery_email,
        "employer_history": [_event_line(one) for one in employers.events(desk, found.designation_number)],
    }


def _event_line(event: employers.EmployerEvent) -> dict[str, Any]:
    return {
        "employer_changed_on": event.employer_changed_on.isoformat(),
        "employer_change": event.employer_change,
        "employer_name": event.employer_name,
        "employer_address": event.employer_address,
    }


def search_employers(desk: Desk, given: Query) -> dict[str, Any]:
    """特別徴収義務者の検索"""
    found = [one for one in employers.all_employers(desk) if employers.matches(one, given.employer_query)]
    keys = ("designation_number", "employer_name", "employer_state")
    return {"employers": [{key: getattr(one, key) for key in keys} for one in found]}


def list_likely_same_employers(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """統合の候補の照会"""
    pairs = employers.likely_same(employers.all_employers(desk))
    lines = [
        {"designation_number": one.designation_number, "absorbed_designation": other.designation_number}
        for one, other in pairs
    ]
    return {"likely_same_employers": lines}


def list_employees(desk: Desk, given: ByEmployerAndYear) -> dict[str, Any]:
    """従業員の照会"""
    employers.employer(desk, given.designation_number)
    found = collectors.employees(desk, given.designation_number, given.fiscal_year)
    lines = [{"taxpayer_id": levy.taxpayer_id, "collection_share": assessment.total(lines)} for levy, lines in found]
    return {"employees": lines}


def approve_half_year_dues(desk: Desk, given: HalfYear) -> dict[str, Any]:
    """納期の特例の承認"""
    found = employers.designated(desk, given.designation_number)
    employers.approve_half_year(found, given.regular_staff, given.half_year_from)
    return {"designation_number": found.designation_number}


def end_half_year_dues(desk: Desk, given: HalfYearEnd) -> dict[str, Any]:
    """納期の特例の取消"""
    found = employers.designated(desk, given.designation_number)
    if found.half_year_from is None:
        raise Refusal("conflicting_state", "この事業所には、納期の特例の承認がありません。")
    found.half_year_until = given.half_year_until
    return {"designation_number": found.designation_number}


def list_remittances(desk: Desk, given: ByEmployerAndYear) -> dict[str, Any]:
    """納入期限の照会"""
    found = employers.employer(desk, given.designation_number)
    months = instalments.months_of(given.fiscal_year)
    return {
        "remittances": [
            {"collection_month": one, "remit_by": employers.remit_by(found, one).isoformat()} for one in months
        ]
    }


def set_notice_delivery(desk: Desk, given: Delivery) -> dict[str, Any]:
    """税額通知の受取方法の設定"""
    found = employers.designated(desk, given.designation_number)
    if lacks_email(given.notice_delivery, given.delivery_email):
        raise Refusal("missing_item", "電子で受け取る事業所には、税額通知の通知先が要ります。")
    found.notice_delivery, found.delivery_email = given.notice_delivery, given.delivery_email
    return {"designation_number": found.designation_number}


def lacks_email(delivery: str, email: str | None) -> bool:
    return delivery == "electronic" and not email


routing.add(router, "", NewEmployer, register_employer)
routing.add(router, "/amendments", Amendment, amend_employer)
routing.add(router, "/abolitions", Abolition, abolish_employer)
routing.add(router, "/absorptions", Absorption, absorb_employer)
routing.add(router, "/one", ByEmployer, get_employer, is_query=True)
routing.add(router, "/search", Query, search_employers, is_query=True)
routing.add(router, "/likely-same", Nothing, list_likely_same_employers, is_query=True)
routing.add(router, "/employees", ByEmployerAndYear, list_employees, is_query=True)
routing.add(router, "/half-year-dues", HalfYear, approve_half_year_dues)
routing.add(router, "/half-year-dues/ends", HalfYearEnd, end_half_year_dues)
routing.add(router, "/remittances", ByEmployerAndYear, list_remittances, is_query=True)
routing.add(router, "/notice-delivery", Delivery, set_notice_delivery)

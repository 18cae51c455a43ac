"""How to reach a person, where to pay them back, and what colleagues should know about them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import identity, person_records
from kijun.reference.local_tax_common.person_records import Contact, Memo, RefundAccount

router = APIRouter(prefix="/v1/contacts")
SHOWN_DIGITS = 3


class NewContact(BaseModel):
    taxpayer_id: str
    telecom_kind: Literal["home_phone", "mobile_phone", "office_phone", "email"]
    telecom_value: str = Field(min_length=1)
    is_telecom_forbidden: bool = False


class NewAccount(BaseModel):
    taxpayer_id: str
    account_source: Literal["refund", "public_money"]
    bank_code: str = Field(pattern=r"^\d{4}$")
    branch_code: str = Field(pattern=r"^\d{3}$")
    account_number: str = Field(pattern=r"^\d{7}$")
    account_holder_kana: str = Field(min_length=1)
    is_consent_given: bool = False


class NewMemo(BaseModel):
    taxpayer_id: str
    related_tax: str
    remark_text: str = Field(min_length=1)
    remark_audience: Literal["everybody", "assessors"]
    effective_through: date | None = None


class ByPerson(BaseModel):
    taxpayer_id: str


def of_person(desk: Desk, table: Any, taxpayer_id: str) -> list[Any]:
    """The rows of the person and of the numbers merged into theirs."""
    taxpayers.taxpayer(desk, taxpayer_id)
    numbers = identity.numbers_of(desk, taxpayer_id)
    return [row for number in numbers for row in person_records.rows(desk, table, taxpayer_id=number)]


def register_telecom(desk: Desk, given: NewContact) -> dict[str, Any]:
    """連絡先の登録"""
    known = of_person(desk, Contact, given.taxpayer_id)
    if any(is_same(one, given) for one in known):
        raise Refusal(
            "duplicate", "その連絡先は登録されています。区分や注意を変えるときは、その連絡先を直してください。"
        )
    person_records.add(desk, Contact, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def is_same(one: Contact, given: NewContact) -> bool:
    """The same number with or without hyphens."""
    return one.telecom_value.replace("-", "") == given.telecom_value.replace("-", "")


def list_telecoms(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """連絡先の照会"""
    keys = ("telecom_kind", "telecom_value", "is_telecom_forbidden")
    found = of_person(desk, Contact, given.taxpayer_id)
    return {"telecoms": [{key: getattr(one, key) for key in keys} for one in found]}


def register_refund_account(desk: Desk, given: NewAccount) -> dict[str, Any]:
    """還付先口座の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    if given.account_source == "public_money" and not given.is_consent_given:
        raise Refusal("conflicting_state", "本人が公金受取口座の利用を申し出ていません。申出を確かめてください。")
    person_records.add(desk, RefundAccount, **given.model_dump(exclude={"is_consent_given"}))
    return {"taxpayer_id": given.taxpayer_id}


def list_refund_accounts(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """還付先口座の照会"""
    keys = ("account_source", "bank_code", "branch_code", "account_holder_kana")
    return {
        "refund_accounts": [
            {**{key: getattr(one, key) for key in keys}, "covered_account_number": covered(one.account_number)}
            for one in of_person(desk, RefundAccount, given.taxpayer_id)
        ]
    }


def covered(number: str) -> str:
    return "*" * (len(number) - SHOWN_DIGITS) + number[-SHOWN_DIGITS:]


def register_remark(desk: Desk, given: NewMemo) -> dict[str, Any]:
    """メモの登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    person_records.add(desk, Memo, written_by=desk.operator, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def list_remarks(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """メモの照会"""
    found = [one for one in of_person(desk, Memo, given.taxpayer_id) if may_read(desk, one) and is_stuck(desk, one)]
    return {
        "remarks": [
            {"related_tax": one.related_tax, "remark_text": one.remark_text, "operator": one.written_by}
            for one in found
        ]
    }


def may_read(desk: Desk, memo: Memo) -> bool:
    return memo.remark_audience == "everybody" or desk.role == "assessor"


def is_stuck(desk: Desk, memo: Memo) -> bool:
    """A note with a last day is a sticker: it falls off after that day."""
    return memo.effective_through is None or desk.today <= memo.effective_through


routing.add(router, "", NewContact, register_telecom)
routing.add(router, "/list", ByPerson, list_telecoms, is_query=True)
routing.add(router, "/accounts", NewAccount, register_refund_account)
routing.add(router, "/accounts/list", ByPerson, list_refund_accounts, is_query=True)
routing.add(router, "/memos", NewMemo, register_remark)
routing.add(router, "/memos/list", ByPerson, list_remarks, is_query=True)

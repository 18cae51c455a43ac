"""個人番号: only for those who may, only for a purpose, with every use on record and the digits covered.

番号法9条 (利用範囲), 番号法12条 (安全管理措置). A number with a wrong check digit is refused.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import numbering, person_records
from kijun.reference.local_tax_common.person_records import PersonalNumber, PersonalNumberUse

router = APIRouter(prefix="/v1/personal-numbers")
USERS = frozenset({"assessor"})
SHOWN_DIGITS = 4


class NewNumber(BaseModel):
    taxpayer_id: str
    personal_number: str
    handling_purpose: str = Field(min_length=1)


class NumberQuestion(BaseModel):
    taxpayer_id: str
    handling_purpose: str = Field(min_length=1)


class ByPerson(BaseModel):
    taxpayer_id: str


def register_personal_number(desk: Desk, given: NewNumber) -> dict[str, Any]:
    """個人番号の登録"""
    check_user(desk)
    taxpayers.taxpayer(desk, given.taxpayer_id)
    if not numbering.is_personal_number(given.personal_number):
        raise Refusal("invalid_value", "個人番号の検査用数字が合いません。12桁の番号を本人の書類で確かめてください。")
    keep(desk, given.taxpayer_id, given.personal_number, given.handling_purpose)
    return {"taxpayer_id": given.taxpayer_id}


def keep(desk: Desk, taxpayer_id: str, digits: str, purpose: str) -> None:
    desk.session.merge(PersonalNumber(tenant=desk.id, taxpayer_id=taxpayer_id, digits=digits))
    note_use(desk, taxpayer_id, "register", purpose)


def holders(desk: Desk, digits: str, purpose: str) -> list[str]:
    """Everybody on record with this number, by number of addressee; for each of them it is a use of it."""
    question = select(PersonalNumber.taxpayer_id).where(
        PersonalNumber.tenant == desk.id, PersonalNumber.digits == digits
    )
    held = list(desk.session.scalars(question.order_by(PersonalNumber.taxpayer_id)))
    for one in held:
        note_use(desk, one, "inquire", purpose)
    return held


def is_held(desk: Desk, taxpayer_id: str) -> bool:
    return desk.session.get(PersonalNumber, (desk.id, taxpayer_id)) is not None


def get_personal_number(desk: Desk, given: NumberQuestion) -> dict[str, Any]:
    """個人番号の照会"""
    check_user(desk)
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = desk.session.get(PersonalNumber, (desk.id, given.taxpayer_id))
    note_use(desk, given.taxpayer_id, "inquire", given.handling_purpose)
    return {
        "is_personal_number_held": found is not None,
        "covered_personal_number": covered(found.digits) if found else None,
    }


def covered(digits: str) -> str:
    """Enough to compare with a card in one's hand, too little to use."""
    return "*" * (len(digits) - SHOWN_DIGITS) + digits[-SHOWN_DIGITS:]


def list_personal_number_handlings(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """個人番号の利用記録の照会"""
    check_user(desk)
    uses = person_records.rows(desk, PersonalNumberUse, taxpayer_id=given.taxpayer_id)
    return {
        "personal_number_handlings": [
            {
                "operated_on": one.used_on.isoformat(),
                "operator": one.operator,
                "handling_kind": one.handling_kind,
                "handling_purpose": one.handling_purpose,
            }
            for one in uses
        ]
    }


def check_user(desk: Desk) -> None:
    if desk.role not in USERS:
        raise Refusal("forbidden", "この利用者は個人番号利用事務の担当ではありません。")


def note_use(desk: Desk, taxpayer_id: str, kind: str, purpose: str) -> None:
    person_records.add(
        desk,
        PersonalNumberUse,
        taxpayer_id=taxpayer_id,
        used_on=desk.today,
        operator=desk.operator,
        handling_kind=kind,
        handling_purpose=purpose,
    )


routing.add(router, "", NewNumber, register_personal_number)
routing.add(router, "/one", NumberQuestion, get_personal_number, is_query=True)
routing.add(router, "/uses", ByPerson, list_personal_number_handlings, is_query=True)

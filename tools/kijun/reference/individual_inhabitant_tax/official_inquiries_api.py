"""Operations on inquiries of other bodies."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import official_inquiries, years
from kijun.reference.local_tax_common.person_records import rows

router = APIRouter(prefix="/v1/inhabitant/official-inquiries")


class ByPerson(BaseModel):
    taxpayer_id: str


class Question(ByPerson):
    fiscal_year: int
    inquiring_office: str = Field(min_length=1)
    inquiry_ground: str = Field(min_length=1)
    secrecy_lift: Literal["statutory_power", "consented", "lawyers_association", "groundless"]
    inquired_items: Literal["income", "levy", "income_and_levy"]


def answer_tax_inquiry(desk: Desk, given: Question) -> dict[str, Any]:
    """課税情報の公用照会への回答"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    years.checked_year(given.fiscal_year)
    told = official_inquiries.answer(desk, given.model_dump())
    return {
        "official_answer": {
            "inquiring_office": given.inquiring_office,
            "inquiry_ground": given.inquiry_ground,
            "fiscal_year": given.fiscal_year,
            "name": person.name,
            **told,
        }
    }


def list_official_answers(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """課税情報の回答の履歴の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    items = ("fiscal_year", "inquiring_office", "inquiry_ground", "secrecy_lift", "inquired_items", "operator")
    lines = [
        {**{name: getattr(one, name) for name in items}, "operated_on": one.operated_on.isoformat()}
        for one in rows(desk, official_inquiries.OfficialAnswer, taxpayer_id=given.taxpayer_id)
    ]
    return {"official_answers": lines}


routing.add(router, "", Question, answer_tax_inquiry)
routing.add(router, "/of-person", ByPerson, list_official_answers, is_query=True)

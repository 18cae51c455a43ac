"""Operations on the information network: copies kept ready for others, incomes asked from others."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import outside_incomes, replicas, years
from kijun.reference.local_tax_common import personal_numbers

router = APIRouter(prefix="/v1/inhabitant/network")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class CopyOrder(ByYear):
    intake_scope: Literal["full", "delta"]


class NewQuestion(ByPerson):
    other_municipality: str = Field(min_length=1)
    handling_purpose: str = Field(min_length=1)


class Answer(ByPerson):
    outside_answer: Literal["income_disclosed", "undeclared", "nobody_known"]
    outside_income: int | None = Field(default=None, ge=0)


def extract_replicas(desk: Desk, given: CopyOrder) -> dict[str, Any]:
    """副本登録データの作成"""
    return {"replicas": replicas.make(desk, years.checked_year(given.fiscal_year), given.intake_scope)}


def list_outside_income_targets(desk: Desk, given: ByYear) -> dict[str, Any]:
    """所得照会の対象の抽出"""
    found = outside_incomes.targets(desk, years.checked_year(given.fiscal_year))
    return {"outside_income_targets": [{"taxpayer_id": one} for one in found]}


def inquire_outside_income(desk: Desk, given: NewQuestion) -> dict[str, Any]:
    """所得照会の登録"""
    personal_numbers.check_user(desk)
    taxpayers.taxpayer(desk, given.taxpayer_id)
    year = years.checked_year(given.fiscal_year)
    outside_incomes.ask(desk, given.taxpayer_id, year, given.other_municipality, given.handling_purpose)
    return {"taxpayer_id": given.taxpayer_id}


def take_in_outside_income(desk: Desk, given: Answer) -> dict[str, Any]:
    """所得照会の回答の取込"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = outside_incomes.answer(
        desk, given.taxpayer_id, given.fiscal_year, given.outside_answer, given.outside_income
    )
    return {"outside_income": found.outside_income}


def list_outside_incomes(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """他団体の課税情報の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    items = ("other_municipality", "handling_purpose", "operator", "outside_answer", "outside_income")
    lines = [
        {**{name: getattr(one, name) for name in items}, "operated_on": one.operated_on.isoformat()}
        for one in outside_incomes.of_person(desk, given.taxpayer_id, given.fiscal_year)
    ]
    return {"outside_incomes": lines}


routing.add(router, "/copies", CopyOrder, extract_replicas)
routing.add(router, "/targets", ByYear, list_outside_income_targets, is_query=True)
routing.add(router, "/questions", NewQuestion, inquire_outside_income)
routing.add(router, "/answers", Answer, take_in_outside_income)
routing.add(router, "/of-person", ByPerson, list_outside_incomes, is_query=True)

"""The address dictionary: towns (町字) with code, postal code and the days between which they exist."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import person_records
from kijun.reference.local_tax_common.person_records import Town
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/towns")


class NewTown(BaseModel):
    town_code: str = Field(pattern=r"^\d{7}$")
    town_name: str = Field(min_length=1)
    postal_code: str = Field(pattern=r"^\d{3}-?\d{4}$")
    effective_since: date
    effective_through: date | None = None


class TownQuestion(BaseModel):
    postal_code: str | None = None
    town_name: str | None = None


class TownChoice(BaseModel):
    taxpayer_id: str
    town_code: str


def register_town(desk: Desk, given: NewTown) -> dict[str, Any]:
    """町字の登録"""
    for one in person_records.rows(desk, Town, town_code=given.town_code):
        if overlap(one, given.effective_since, given.effective_through):
            raise Refusal("duplicate", "その町字コードは、同じ期間に登録されています。期間を確かめてください。")
    row = {**given.model_dump(), "postal_code": plain(given.postal_code)}
    person_records.add(desk, Town, **row)
    return {"town_code": given.town_code}


def overlap(one: Any, first: date, last: date | None) -> bool:
    """Whether two periods share a day; an open end reaches all days to come."""
    return (one.effective_through is None or first <= one.effective_through) and (
        last is None or one.effective_since <= last
    )


def plain(postal_code: str) -> str:
    return postal_code.replace("-", "")


def town_today(desk: Desk, code: str) -> Town | None:
    """The town under this code that exists on the desk's day."""
    found = person_records.rows(desk, Town, town_code=code)
    return next((one for one in found if person_records.holds_on(one, desk.today)), None)


def search_towns(desk: Desk, given: TownQuestion) -> dict[str, Any]:
    """町字の検索"""
    found = [one for one in person_records.rows(desk, Town) if person_records.holds_on(one, desk.today)]
    if given.postal_code:
        found = [one for one in found if one.postal_code == plain(given.postal_code)]
    if given.town_name:
        found = [one for one in found if given.town_name in one.town_name]
    return {"towns": [{"town_code": one.town_code, "town_name": one.town_name} for one in found]}


def choose_town(desk: Desk, given: TownChoice) -> dict[str, Any]:
    """宛名の町字の設定"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    if not person_records.rows(desk, Town, town_code=given.town_code):
        raise Refusal("not_found", "その町字コードは住所辞書にありません。コードを確かめてください。")
    if town_today(desk, given.town_code) is None:
        raise Refusal("conflicting_state", "その町字は処理日に存在しません。廃止後の町字を選んでください。")
    person.town_code = given.town_code
    return {"taxpayer_id": given.taxpayer_id, "postal_code": postal_code(desk, person)}


def postal_code(desk: Desk, person: Taxpayer) -> str | None:
    """A person keeps the code they were given: an abolished town's last postal code still finds them."""
    found = person_records.rows(desk, Town, town_code=person.town_code or "")
    return found[-1].postal_code if found else None


routing.add(router, "", NewTown, register_town)
routing.add(router, "/found", TownQuestion, search_towns, is_query=True)
routing.add(router, "/choices", TownChoice, choose_town)

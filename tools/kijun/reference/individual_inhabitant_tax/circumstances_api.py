"""Inquiry about what is registered of a person for a fiscal year."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import circumstances, years
from kijun.reference.individual_inhabitant_tax.records import Circumstance
from kijun.reference.store import Taxpayer, find

router = APIRouter(prefix="/v1/inhabitant")


class ByPersonAndYear(BaseModel):
    taxpayer_id: str
    fiscal_year: int


def list_circumstances(desk: Desk, given: ByPersonAndYear) -> dict[str, Any]:
    """個人の状況の照会"""
    desk.target_id = given.taxpayer_id
    if find(desk.session, Taxpayer, desk.id, given.taxpayer_id) is None:
        raise Refusal("not_found", "その宛名番号の登録はありません。番号を確かめてください。")
    found = circumstances.of_year(desk, given.taxpayer_id, years.checked_year(given.fiscal_year))
    return {"circumstance_lines": [_line(one) for one in found]}


def _line(one: Circumstance) -> dict[str, Any]:
    return {
        "circumstance_id": one.circumstance_id,
        "birth_date": one.birth_date.isoformat(),
        "disablement": one.disablement,
        "lone_status": one.lone_status,
        "is_working_student": one.is_working_student,
        "receives_public_aid": one.receives_public_aid,
    }


routing.add(router, "/circumstances/of-year", ByPersonAndYear, list_circumstances, is_query=True)

"""Operations at the start of a fiscal year: starting it, and keeping residents as of the assessment day."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import fixed_residents, year_start
from kijun.reference.local_tax_common import residents

router = APIRouter(prefix="/v1/inhabitant/year")


class ByYear(BaseModel):
    fiscal_year: int


class ByResident(ByYear):
    resident_number: str


class Start(ByYear):
    levy_serial_from: int | None = Field(default=None, ge=1)
    levy_serial_through: int | None = Field(default=None, ge=1)


def start_levy_year(desk: Desk, given: Start) -> dict[str, Any]:
    """賦課年度の開始"""
    ends = year_start.start(desk, given.fiscal_year, given.levy_serial_from, given.levy_serial_through)
    return {"year_instalments": due_lines(ends)}


def due_lines(ends: list[Any]) -> list[dict[str, Any]]:
    return [
        {"instalment_number": number, "instalment_due": due.isoformat()} for number, due in enumerate(ends, start=1)
    ]


def fix_assessment_day_residents(desk: Desk, given: ByYear) -> dict[str, Any]:
    """賦課期日の住民情報の固定"""
    return {"fixed_count": fixed_residents.fix(desk, given.fiscal_year)}


def get_assessment_day_resident(desk: Desk, given: ByResident) -> dict[str, Any]:
    """賦課期日の住民情報の照会"""
    is_hidden = is_protected(desk, given.resident_number)
    found = fixed_residents.history(desk, given.resident_number, given.fiscal_year)
    lines = [{**shown(fixed_residents.state_of(one), is_hidden), "fixed_on": one.fixed_on.isoformat()} for one in found]
    return {**shown(fixed_residents.state_of(found[-1]), is_hidden), "fixed_history": lines}


def is_protected(desk: Desk, resident_number: str) -> bool:
    person = residents.resident(desk, resident_number)
    return person is not None and taxpayers.taxpayer(desk, person.taxpayer_id).is_protected


def shown(state: fixed_residents.State, is_hidden: bool) -> dict[str, Any]:
    """The address of somebody under support measures is not shown."""
    return {**asdict(state), "address": None if is_hidden else state.address}


def list_residents_to_refix(desk: Desk, given: ByYear) -> dict[str, Any]:
    """固定の見直しの照会"""
    found = fixed_residents.to_refix(desk, given.fiscal_year)
    return {"residents_to_refix": [{"resident_number": one} for one in found]}


def refix_assessment_day_resident(desk: Desk, given: ByResident) -> dict[str, Any]:
    """賦課期日の住民情報の見直し"""
    state = fixed_residents.refix(desk, given.resident_number, given.fiscal_year)
    return shown(state, is_protected(desk, given.resident_number))


routing.add(router, "/starts", Start, start_levy_year)
routing.add(router, "/residents", ByYear, fix_assessment_day_residents)
routing.add(router, "/residents/one", ByResident, get_assessment_day_resident, is_query=True)
routing.add(router, "/residents/to-refix", ByYear, list_residents_to_refix, is_query=True)
routing.add(router, "/residents/refixings", ByResident, refix_assessment_day_resident)

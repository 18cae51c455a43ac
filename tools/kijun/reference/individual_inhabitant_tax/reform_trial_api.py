"""The operation that tries other terms on everybody."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import reform_trial, years

router = APIRouter(prefix="/v1/inhabitant/reform-trials")
Yen = Field(default=None, ge=0)


class Reform(BaseModel):
    fiscal_year: int
    living_area_grade: Literal["first_grade", "second_grade", "third_grade"] | None = None
    prefectural_levy_rate: int | None = Field(default=None, ge=0, le=100_000)
    municipal_capita_surcharge: int | None = Yen
    prefectural_capita_surcharge: int | None = Yen
    exemption_addition: int | None = Yen


def try_reform(desk: Desk, given: Reform) -> dict[str, Any]:
    """改正影響の一括試算"""
    said = given.model_dump(exclude={"fiscal_year"}, exclude_none=True)
    found = reform_trial.effect(desk, years.checked_year(given.fiscal_year), said)
    return {
        "present_levy_sum": found.present,
        "amended_levy_sum": found.amended,
        "raised_headcount": found.raised,
        "lowered_headcount": found.lowered,
    }


routing.add(router, "", Reform, try_reform, is_query=True)

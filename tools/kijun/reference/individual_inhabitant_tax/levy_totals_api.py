"""Operations on sums of what was levied."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment, levy_totals, years

router = APIRouter(prefix="/v1/inhabitant-tax/totals")


class ByYear(BaseModel):
    fiscal_year: int


def total_levies(desk: Desk, given: ByYear) -> dict[str, Any]:
    """調定の集計"""
    levies = assessment.of_year(desk, years.checked_year(given.fiscal_year))
    parts = levy_totals.by_part(levies)
    return {
        "levy_parts": parts,
        "monthly_levies": levy_totals.by_month(levies),
        "levied_sum": sum(one["part_total"] for one in parts),
    }


routing.add(router, "", ByYear, total_levies, is_query=True)

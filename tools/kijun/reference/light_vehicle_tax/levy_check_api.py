"""Operations that check the yearly levy."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, levy_api, levy_check

router = APIRouter(prefix="/v1")


def check_first_levy(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """当初賦課の点検"""
    found = levy_check.tally(desk, given.fiscal_year)
    return {
        "liable_count": levy_check.liable_count(found),
        "levied_count": len(found.levied),
        "untaxed_count": len(found.untaxed),
        "halted_count": len(found.halted),
        "is_tallied": levy_check.is_tallied(found),
        "missed_vehicles": [{"vehicle_id": number} for number in found.missed],
        "surplus_vehicles": [{"vehicle_id": number} for number in found.surplus],
        "untaxed_breakdown": [
            untaxed_line(*one) for one in levy_check.untaxed_breakdown(desk, found, given.fiscal_year)
        ],
        "stopped_vehicles": levy_api.stop_lines(found.halted),
        "category_shifts": [shift_line(*one) for one in levy_check.shifts(desk, given.fiscal_year)],
    }


def untaxed_line(taxation_category: str, count: int) -> dict[str, Any]:
    return {"taxation_category": taxation_category, "count": count}


def shift_line(vehicle_id: str, before: str, after: str) -> dict[str, str]:
    return {"vehicle_id": vehicle_id, "prior_rate_category": before, "rate_category": after}


routing.add(router, "/assessments/check", forms.ByYear, check_first_levy, is_query=True)

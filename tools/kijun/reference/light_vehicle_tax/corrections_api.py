"""Operations on what corrections leave to others: overpayments, and counts for the national survey."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, levy_counts, overpayments, rules

router = APIRouter(prefix="/v1")


class CountQuestion(forms.ByYear):
    reference_date: date


def hand_over_overpayments(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """過納額の引渡し"""
    lines = overpayments.hand_over(desk, given.fiscal_year)
    return {"count": len(lines), "overpayments": lines}


def get_levy_counts(desk: Desk, given: CountQuestion) -> dict[str, Any]:
    """課税台数の集計"""
    return {"levy_counts": levy_counts.levy_counts(desk, rules.checked_year(given.fiscal_year), given.reference_date)}


def get_untaxed_totals(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """課税しない車両の集計"""
    return {"untaxed_totals": levy_counts.untaxed(desk, rules.checked_year(given.fiscal_year))}


routing.add(router, "/assessments/overpayments/handovers", forms.ByYear, hand_over_overpayments)
routing.add(router, "/statistics/levy", CountQuestion, get_levy_counts, is_query=True)
routing.add(router, "/statistics/untaxed", forms.ByYear, get_untaxed_totals, is_query=True)

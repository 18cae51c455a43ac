"""Operations on the levy: rates, calculation, assessment, corrections, totals."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from sqlalchemy import ColumnElement, func, select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import (
    assessment,
    corrections,
    dispatching,
    forms,
    holds,
    late_dues,
    ledger,
    ordinance,
    rates,
    reductions,
    rules,
)
from kijun.reference.light_vehicle_tax.records import Assessment

router = APIRouter(prefix="/v1")
_ITEMS = ("taxpayer_id", "rate_category", "tax_amount", "reduction_amount", "payable_amount", "due_date")


def get_rate_table(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """税率表の照会"""
    table = rates.rates_of(rules.checked_year(given.fiscal_year))
    schedules = {**rules.schedules(table), "standard": ordinance.standard_amounts(desk, given.fiscal_year)}
    return {
        "rates": [
            {"vehicle_class": name, "rate_category": category, "tax_amount": yen}
            for category, amounts in schedules.items()
            for name, yen in amounts.items()
        ]
    }


def calculate_tax(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """種別割の計算"""
    event = ledger.latest(desk, given.vehicle_id)
    amount = ordinance.annual_amount(desk, ledger.vehicle_of(event), given.fiscal_year)
    return {"rate_category": amount.rate_category, "tax_amount": amount.tax_amount}


def assess_year(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """当初賦課"""
    added, stopped = assessment.assess_all(desk, given.fiscal_year)
    return {
        "assessed_count": len(added),
        "total_tax": sum(one.tax_amount for one in added),
        "stopped_vehicles": stop_lines(stopped),
    }


def stop_lines(stopped: list[str]) -> list[dict[str, str]]:
    return [{"vehicle_id": number, "stop_reason": "first_inspection_month_missing"} for number in stopped]


def get_assessment(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """賦課の照会"""
    ledger.latest(desk, given.vehicle_id)
    one = assessment.current(desk, given.vehicle_id, given.fiscal_year)
    return {
        "is_assessed": one is not None,
        "taxation_category": holds.category_of(desk, given.vehicle_id, given.fiscal_year),
        **(assessment_items(desk, one) if one else dict.fromkeys(_ITEMS)),
    }


def assessment_items(desk: Desk, one: Assessment) -> dict[str, Any]:
    return {
        "taxpayer_id": one.taxpayer_id,
        "rate_category": one.rate_category,
        "tax_amount": one.tax_amount,
        "reduction_amount": reductions.reduction_amount(desk, one),
        "payable_amount": reductions.payable_amount(desk, one),
        "due_date": late_dues.first_due(desk, one).isoformat(),
    }


def correct_assessment(desk: Desk, given: forms.Correction) -> dict[str, Any]:
    """税額の更正"""
    former = assessment.current(desk, given.vehicle_id, given.fiscal_year)
    before, after = corrections.correct(
        desk, given.vehicle_id, given.fiscal_year, given.correction_reason, given.late_due_date
    )
    if former is not None:
        now = assessment.required(desk, given.vehicle_id, given.fiscal_year)
        dispatching.replace_after_correction(desk, (former.tax_amount, former.taxpayer_id), now)
    return {"tax_before": before, "tax_after": after}


def get_assessment_totals(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """調定集計の照会"""
    return {"assessment_totals": totals(desk, given.fiscal_year)}


def totals(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Count and sum by class and rate category of the assessments in force."""
    question = (
        select(Assessment.vehicle_class, Assessment.rate_category, func.count(), func.sum(Assessment.tax_amount))
        .where(Assessment.tenant == desk.id, Assessment.fiscal_year == fiscal_year, Assessment.is_latest)
        .where(*still_levied())
        .group_by(Assessment.vehicle_class, Assessment.rate_category)
        .order_by(Assessment.vehicle_class, Assessment.rate_category)
    )
    return [
        {"vehicle_class": kind, "rate_category": category, "count": count, "total_tax": int(total)}
        for kind, category, count, total in desk.session.execute(question)
    ]


def still_levied() -> tuple[ColumnElement[bool], ...]:
    """An assessment cancelled down to nothing is no taxed vehicle."""
    return (Assessment.tax_amount > 0,)


routing.add(router, "/rates", forms.ByYear, get_rate_table, is_query=True)
routing.add(router, "/calculations", forms.ByVehicleAndYear, calculate_tax)
routing.add(router, "/assessments", forms.ByYear, assess_year)
routing.add(router, "/assessments/one", forms.ByVehicleAndYear, get_assessment, is_query=True)
routing.add(router, "/assessments/corrections", forms.Correction, correct_assessment)
routing.add(router, "/assessments/totals", forms.ByYear, get_assessment_totals, is_query=True)

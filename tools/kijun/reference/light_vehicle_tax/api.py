"""Operations on the tax: rates, calculation, assessment, reductions, notices, payments, certificates, totals."""

from __future__ import annotations

from collections import Counter
from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, documents, forms, ledger, ledger_api, rates, rules
from kijun.reference.light_vehicle_tax.records import Assessment

router = APIRouter()
taxes = APIRouter(prefix="/v1")


def get_rate_table(_desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """税率表の照会"""
    table = rates.rates_of(rules.checked_year(given.fiscal_year))
    schedules = {"standard": table.standard, "former": table.former, "heavy": table.heavy, **table.reduced}
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
    amount = rules.annual_amount(ledger.vehicle_of(event), given.fiscal_year)
    return {"rate_category": amount.rate_category, "tax_amount": amount.tax_amount}


def assess_year(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """当初賦課"""
    added, stopped = assessment.assess_all(desk, given.fiscal_year)
    return {
        "assessed_count": len(added),
        "total_tax": sum(one.tax_amount for one in added),
        "stopped_vehicles": [
            {"vehicle_id": number, "stop_reason": "first_inspection_month_missing"} for number in stopped
        ],
    }


def get_assessment(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """賦課の照会"""
    ledger.latest(desk, given.vehicle_id)
    one = assessment.current(desk, given.vehicle_id, given.fiscal_year)
    return {
        "is_assessed": one is not None,
        "taxation_category": ledger.category(desk, given.vehicle_id),
        **(assessment_items(desk, one) if one else dict.fromkeys(_ITEMS)),
    }


_ITEMS = ("taxpayer_id", "rate_category", "tax_amount", "reduction_amount", "payable_amount", "due_date")


def assessment_items(desk: Desk, one: Assessment) -> dict[str, Any]:
    return {
        "taxpayer_id": one.taxpayer_id,
        "rate_category": one.rate_category,
        "tax_amount": one.tax_amount,
        "reduction_amount": assessment.reduction_amount(desk, one),
        "payable_amount": assessment.payable_amount(desk, one),
        "due_date": rules.due_date(one.fiscal_year).isoformat(),
    }


def correct_assessment(desk: Desk, given: forms.Correction) -> dict[str, Any]:
    """税額の更正"""
    before, after = assessment.correct(desk, given.vehicle_id, given.fiscal_year, given.correction_reason)
    return {"tax_before": before, "tax_after": after}


def request_reduction(desk: Desk, given: forms.ReductionRequest) -> dict[str, Any]:
    """減免の申請"""
    return {"reduction_id": assessment.request_reduction(desk, given).reduction_id}


def decide_reduction(desk: Desk, given: forms.ReductionDecision) -> dict[str, Any]:
    """減免の決定"""
    found = assessment.decide_reduction(desk, given.reduction_id, given.decision)
    return {"reduction_id": found.reduction_id, "decision": given.decision}


def issue_tax_notices(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """納税通知書の作成"""
    return {"count": assessment.issue_notices(desk, given.fiscal_year)}


def get_tax_notice(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """納税通知書の照会"""
    live = [
        one
        for one in assessment.notices(desk, given.fiscal_year)
        if one.vehicle_id == given.vehicle_id and not one.is_withdrawn
    ]
    if not live:
        raise Refusal("not_found", "発送する納税通知書はありません。")
    one = assessment.required(desk, given.vehicle_id, given.fiscal_year)
    event = ledger.latest(desk, given.vehicle_id)
    return {"tax_notice": documents.tax_notice(desk, live[-1], one, event)}


def list_dispatches(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """発送一覧の照会"""
    names = ("notice_number", "vehicle_id", "payable_amount", "is_withdrawn")
    found = assessment.notices(desk, given.fiscal_year)
    return {"dispatches": [{name: getattr(one, name) for name in names} for one in found]}


def record_payment(desk: Desk, given: forms.PaymentNote) -> dict[str, Any]:
    """納付の記録"""
    assessment.record_payment(desk, given.vehicle_id, given.fiscal_year, given.paid_on, given.paid_amount)
    return {"vehicle_id": given.vehicle_id}


def issue_tax_certificate(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """納税証明書の発行"""
    event = ledger.latest(desk, given.vehicle_id)
    assessed = assessment.of_vehicle(desk, given.vehicle_id)
    if not assessed:
        raise Refusal("not_found", "この車両の賦課はありません。")
    unpaid = assessment.unpaid_years(desk, given.vehicle_id)
    if unpaid:
        raise Refusal("unpaid", f"{'、'.join(map(str, unpaid))}年度分に未納があります。")
    return {"tax_certificate": documents.tax_certificate(desk, event, assessed[-1].fiscal_year)}


def get_assessment_totals(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """調定集計の照会"""
    counts: Counter[tuple[str, str]] = Counter()
    sums: Counter[tuple[str, str]] = Counter()
    for one in assessment.of_year(desk, given.fiscal_year):
        key = (one.vehicle_class, one.rate_category)
        counts[key] += 1
        sums[key] += one.tax_amount
    return {
        "assessment_totals": [
            {"vehicle_class": kind, "rate_category": category, "count": counts[kind, category], "total_tax": total}
            for (kind, category), total in sorted(sums.items())
        ]
    }


routing.add(taxes, "/rates", forms.ByYear, get_rate_table, is_query=True)
routing.add(taxes, "/calculations", forms.ByVehicleAndYear, calculate_tax)
routing.add(taxes, "/assessments", forms.ByYear, assess_year)
routing.add(taxes, "/assessments/one", forms.ByVehicleAndYear, get_assessment, is_query=True)
routing.add(taxes, "/assessments/corrections", forms.Correction, correct_assessment)
routing.add(taxes, "/assessments/totals", forms.ByYear, get_assessment_totals, is_query=True)
routing.add(taxes, "/reductions", forms.ReductionRequest, request_reduction)
routing.add(taxes, "/reductions/decisions", forms.ReductionDecision, decide_reduction)
routing.add(taxes, "/notices", forms.ByYear, issue_tax_notices)
routing.add(taxes, "/notices/one", forms.ByVehicleAndYear, get_tax_notice, is_query=True)
routing.add(taxes, "/notices/dispatches", forms.ByYear, list_dispatches, is_query=True)
routing.add(taxes, "/payments", forms.PaymentNote, record_payment)
routing.add(taxes, "/certificates", forms.ByVehicle, issue_tax_certificate)
router.include_router(ledger_api.router)
router.include_router(taxes)

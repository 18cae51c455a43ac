"""Operations after the first assessment: resolution, bulk notices, late assessments, changes, statistics."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    corrections,
    documents,
    forms,
    ledger,
    levy_api,
    notice_kinds,
    rules,
    statistics,
)

router = APIRouter(prefix="/v1")


class Transfer(BaseModel):
    taxpayer_id: str
    transfers_from: date
    transfers_through: date | None = None


def issue_levy_resolution(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """調定決議書の作成"""
    rows = levy_api.totals(desk, given.fiscal_year)
    return {"levy_resolution": documents.levy_resolution(desk, given.fiscal_year, rows), "assessment_totals": rows}


def set_account_transfer(desk: Desk, given: Transfer) -> dict[str, Any]:
    """口座振替の登録"""
    notice_kinds.set_transfer(desk, given.taxpayer_id, given.transfers_from, given.transfers_through)
    return {"taxpayer_id": given.taxpayer_id}


def get_bulk_notice(desk: Desk, given: forms.ByTaxpayerAndYear) -> dict[str, Any]:
    """一括納税通知書の照会"""
    owner = taxpayers.taxpayer(desk, given.taxpayer_id)
    if not notice_kinds.is_bulk_payer(desk, given.taxpayer_id):
        raise Refusal("conflicting_state", "この納税義務者は一括納税の対象ではありません。")
    found = notice_kinds.bulk_notices(desk, given.taxpayer_id, given.fiscal_year)
    if not found:
        raise Refusal("not_found", "発送する納税通知書はありません。")
    lines = [notice_kinds.line(desk, notice, one) for notice, one in found]
    return {"bulk_notice": documents.bulk_notice(desk, owner, given.fiscal_year, lines), "bulk_notice_vehicles": lines}


def assess_late(desk: Desk, given: forms.LateLevy) -> dict[str, Any]:
    """随時の賦課"""
    one = corrections.assess_late(desk, given.vehicle_id, given.fiscal_year)
    corrections.note_due(desk, one, given.late_due_date)
    return {"taxpayer_id": one.taxpayer_id, "rate_category": one.rate_category, "tax_amount": one.tax_amount}


def get_assessment_history(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """賦課の履歴の照会"""
    past = assessment.history(desk, given.vehicle_id, given.fiscal_year)
    if not past:
        raise Refusal("not_found", "その年度の賦課はありません。")
    return {
        "assessment_history": [history_line(one) for one in past],
        "overpaid_amount": corrections.overpaid(desk, past[-1]),
    }


def history_line(one: Any) -> dict[str, Any]:
    return {
        "assessment_number": one.number,
        "tax_amount": one.tax_amount,
        "rate_category": one.rate_category,
        "correction_reason": one.reason,
        "assessed_on": one.assessed_on.isoformat(),
        "operator": one.operator,
    }


def issue_change_notice(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """税額変更通知書の作成"""
    before, after = corrections.last_change(desk, given.vehicle_id, given.fiscal_year)
    event = ledger.latest(desk, given.vehicle_id)
    owner = taxpayers.taxpayer(desk, after.taxpayer_id)
    return {
        "change_notice": {
            **documents.change_notice(owner, event, before, after),
            **corrections.change_items(desk, before, after),
        }
    }


def get_taxation_survey(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """課税状況の集計"""
    return {"taxation_survey": statistics.survey(desk, rules.checked_year(given.fiscal_year))}


def get_relief_totals(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """減免と課税停止の集計"""
    year = rules.checked_year(given.fiscal_year)
    return {"relief_totals": statistics.reliefs(desk, year), "stop_totals": statistics.stops(desk, year)}


routing.add(router, "/assessments/resolutions", forms.ByYear, issue_levy_resolution)
routing.add(router, "/account-transfers", Transfer, set_account_transfer)
routing.add(router, "/notices/bulk", forms.ByTaxpayerAndYear, get_bulk_notice, is_query=True)
routing.add(router, "/assessments/late", forms.LateLevy, assess_late)
routing.add(router, "/assessments/history", forms.ByVehicleAndYear, get_assessment_history, is_query=True)
routing.add(router, "/notices/changes", forms.ByVehicleAndYear, issue_change_notice)
routing.add(router, "/statistics/survey", forms.ByYear, get_taxation_survey, is_query=True)
routing.add(router, "/statistics/reliefs", forms.ByYear, get_relief_totals, is_query=True)

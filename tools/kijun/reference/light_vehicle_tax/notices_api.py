"""Operations on tax notices: issuing, reading, dispatch list."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, documents, forms, ledger, notices

router = APIRouter(prefix="/v1")


def issue_tax_notices(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """納税通知書の作成"""
    return {"count": notices.issue_notices(desk, given.fiscal_year)}


def get_tax_notice(desk: Desk, given: forms.ByVehicleAndYear) -> dict[str, Any]:
    """納税通知書の照会"""
    live = notices.live_notice(desk, given.vehicle_id, given.fiscal_year)
    if live is None:
        raise Refusal("not_found", "発送する納税通知書はありません。")
    one = assessment.required(desk, given.vehicle_id, given.fiscal_year)
    event = ledger.latest(desk, given.vehicle_id)
    return {"tax_notice": documents.tax_notice(desk, live, one, event)}


def list_dispatches(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """発送一覧の照会"""
    names = ("notice_number", "vehicle_id", "payable_amount", "is_withdrawn")
    found = notices.notices(desk, given.fiscal_year)
    return {"dispatches": [{name: getattr(one, name) for name in names} for one in found]}


routing.add(router, "/notices", forms.ByYear, issue_tax_notices)
routing.add(router, "/notices/one", forms.ByVehicleAndYear, get_tax_notice, is_query=True)
routing.add(router, "/notices/dispatches", forms.ByYear, list_dispatches, is_query=True)

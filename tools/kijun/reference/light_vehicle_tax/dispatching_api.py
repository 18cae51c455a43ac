"""Operations between printing and posting."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import dispatching, forms, rules

router = APIRouter(prefix="/v1")


class PostingNote(forms.ByYear):
    posted_on: date


def reconcile_tax_notices(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """納税通知書の突合"""
    found = dispatching.reconcile(desk, given.fiscal_year)
    return {
        "withdrawn_notices": [
            {"notice_number": one.notice_number, "vehicle_id": one.vehicle_id, "withdrawal_ground": ground}
            for one, ground in found
        ]
    }


def record_posting(desk: Desk, given: PostingNote) -> dict[str, Any]:
    """納税通知書の発送の記録"""
    return {"count": dispatching.record_postings(desk, given.fiscal_year, given.posted_on)}


def list_protected_dispatches(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """支援措置対象者の発送一覧の照会"""
    found = dispatching.protected(desk, rules.checked_year(given.fiscal_year))
    lines = [
        {"notice_number": one.notice_number, "vehicle_id": one.vehicle_id, "taxpayer_id": taxpayer_id}
        for one, taxpayer_id in found
    ]
    return {
        "protected_dispatches": lines,
        "posting_alerts": [*posting_alerts(desk), *empty_list_alerts(desk, given.fiscal_year)],
    }


def empty_list_alerts(desk: Desk, fiscal_year: int) -> list[dict[str, str]]:
    """Protected people and letters to send, but not one letter to any of them: look before posting (INC-11)."""
    is_empty = bool(dispatching.unposted(desk, fiscal_year)) and not dispatching.protected(desk, fiscal_year)
    return [{"posting_alert": "no_protected_notice"}] if is_empty and dispatching.protected_people(desk) else []


def posting_alerts(desk: Desk) -> list[dict[str, str]]:
    """An empty list of protected people once meant that the list had not been delivered (INC-11)."""
    return [] if dispatching.protected_people(desk) else [{"posting_alert": "nobody_protected"}]


routing.add(router, "/notices/reconciliations", forms.ByYear, reconcile_tax_notices)
routing.add(router, "/notices/postings", PostingNote, record_posting)
routing.add(router, "/notices/protected", forms.ByYear, list_protected_dispatches, is_query=True)

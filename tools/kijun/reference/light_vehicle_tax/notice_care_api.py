"""Operations around the sending of notices: the due date by ordinance, counts, letters that go nowhere."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import dispatching, due_dates, forms, notice_counts, rules

router = APIRouter(prefix="/v1")


class DueDayRule(forms.ByYear):
    due_month: int
    due_day_of_month: int
    ordinance_article: str = Field(min_length=1)


def set_due_day(desk: Desk, given: DueDayRule) -> dict[str, Any]:
    """納期限の月日の設定"""
    due_dates.set_day(desk, given.fiscal_year, given.due_month, given.due_day_of_month, given.ordinance_article)
    return {"due_date": due_dates.regular(desk, given.fiscal_year).isoformat()}


def get_notice_counts(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """納税通知書の件数の照会"""
    return notice_counts.balance(desk, rules.checked_year(given.fiscal_year))


def list_unmailable_notices(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """送付停止の通知書の照会"""
    found = dispatching.unmailable(desk, rules.checked_year(given.fiscal_year))
    return {
        "unmailable_notices": [
            {"notice_number": one.notice_number, "vehicle_id": one.vehicle_id, "taxpayer_id": taxpayer_id}
            for one, taxpayer_id in found
        ]
    }


routing.add(router, "/due-days", DueDayRule, set_due_day)
routing.add(router, "/notices/counts", forms.ByYear, get_notice_counts, is_query=True)
routing.add(router, "/notices/unmailable", forms.ByYear, list_unmailable_notices, is_query=True)

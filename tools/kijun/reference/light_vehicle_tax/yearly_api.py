"""Operations at the turn of the year."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import forms, yearly

router = APIRouter(prefix="/v1")


class Nothing(BaseModel):
    """No conditions: the day of the request decides."""


def open_fiscal_year(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """年度の切替え"""
    yearly.open_year(desk, given.fiscal_year)
    return {
        "vehicle_count": len(yearly.registered_vehicles(desk, given.fiscal_year)),
        "monthless_count": len(yearly.blank_months(desk, given.fiscal_year)),
    }


def list_rate_changes(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """税率変更車両の照会"""
    changes = [change_line(one) for one in yearly.rate_changes(desk, given.fiscal_year)]
    stopped = yearly.blank_months(desk, given.fiscal_year)
    return {
        "rate_changes": changes,
        "stopped_vehicles": [
            {"vehicle_id": number, "stop_reason": "first_inspection_month_missing"} for number in stopped
        ],
    }


def change_line(one: yearly.RateChange) -> dict[str, Any]:
    return {
        "vehicle_id": one.vehicle_id,
        "prior_rate_category": one.before.rate_category if one.before else None,
        "prior_tax_amount": one.before.tax_amount if one.before else None,
        "rate_category": one.after.rate_category,
        "tax_amount": one.after.tax_amount,
    }


def list_retention_expired(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """保存期間満了車両の照会"""
    return {
        "expired_vehicles": [
            {"vehicle_id": one.vehicle_id, "scrapped_on": one.scrapped_on.isoformat() if one.scrapped_on else None}
            for one in yearly.retention_expired(desk)
        ]
    }


routing.add(router, "/years", forms.ByYear, open_fiscal_year)
routing.add(router, "/years/rate-changes", forms.ByYear, list_rate_changes, is_query=True)
routing.add(router, "/years/retention-expired", Nothing, list_retention_expired, is_query=True)

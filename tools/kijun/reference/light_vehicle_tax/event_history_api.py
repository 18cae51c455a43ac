"""Inquiries into the history of the ledger and into what contradicts itself in it."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import categories, event_history, forms, ledger, ledger_api, ledger_forms
from kijun.reference.light_vehicle_tax.records import LedgerEvent

router = APIRouter(prefix="/v1")


def get_history_detail(desk: Desk, given: ledger_forms.HistoryQuestion) -> dict[str, Any]:
    """履歴の詳細の照会"""
    event = event_history.numbered(desk, given.vehicle_id, given.history_number)
    return {
        "vehicle_id": given.vehicle_id,
        **{name: ledger_api.plain(value) for name, value in ledger.state_of(event).items()},
        "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
        "history_number": event.history_number,
        "event_kind": event.event_kind,
        "event_on": event.event_on.isoformat(),
        "is_latest": event.is_latest,
        "plate_notation": event.plate_number,
    }


def list_vehicle_events(desk: Desk, given: ledger_forms.Period) -> dict[str, Any]:
    """異動一覧の出力"""
    found = event_history.in_period(desk, given.period_from, given.period_to, given.event_kind)
    return {"vehicle_events": [event_line(desk, event) for event in found]}


def event_line(desk: Desk, event: LedgerEvent) -> dict[str, Any]:
    return {
        "vehicle_id": event.vehicle_id,
        "plate_number": event.plate_number,
        "event_kind": event.event_kind,
        "event_on": event.event_on.isoformat(),
        "taxpayer_id": event.taxpayer_id,
        "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
        "is_undone": event_history.is_undone(desk, event),
    }


def get_category_history(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """課税区分の履歴の照会"""
    ledger.latest(desk, given.vehicle_id)
    return {
        "category_history": [
            {
                "history_number": one.history_number,
                "taxation_category": one.taxation_category,
                "category_reason": one.category_reason,
                "event_on": one.event_on.isoformat(),
            }
            for one in categories.settings(desk, given.vehicle_id)
        ]
    }


def check_ledger(desk: Desk, _given: ledger_forms.Nothing) -> dict[str, Any]:
    """台帳の点検"""
    found = event_history.contradictions(desk)
    return {"inconsistencies": [{"vehicle_id": number, "alert_kind": kind} for number, kind in found]}


routing.add(router, "/vehicles/history/one", ledger_forms.HistoryQuestion, get_history_detail, is_query=True)
routing.add(router, "/vehicles/events", ledger_forms.Period, list_vehicle_events, is_query=True)
routing.add(router, "/vehicles/categories/history", forms.ByVehicle, get_category_history, is_query=True)
routing.add(router, "/vehicles/check", ledger_forms.Nothing, check_ledger, is_query=True)

"""Operations on the records of use: system log, chain, retention, analysis."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import calendars, events, logbook, routing
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common.accounts_api import note_setting
from kijun.reference.local_tax_common.office_records import Retention
from kijun.reference.store import LogEntry, Tenant

router = APIRouter(prefix="/v1")
DEFAULT_YEARS = 7
NIGHT_BEGINS, NIGHT_ENDS = "22:00", "05:00"
_THRESHOLDS = {"mass_inquiry": 100, "frequent_denials": 5, "night_access": 1, "holiday_access": 1}


class Nothing(BaseModel):
    """No input."""


class EventQuestion(BaseModel):
    system_event_kind: Literal["authentication", "printing", "administration", "communication"] | None = None


class DeviceEvent(BaseModel):
    system_event_kind: Literal["authentication", "printing", "administration", "communication"]
    logged_on: date
    occurred_time: str = Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    device_user: str = Field(min_length=1)
    event_detail: str = Field(min_length=1)


class RetentionDecision(BaseModel):
    retention_years: int = Field(ge=1, le=30)


class Analysis(BaseModel):
    analysis_kind: Literal["night_access", "holiday_access", "mass_inquiry", "frequent_denials"]
    analysis_threshold: int | None = Field(default=None, ge=1)


def get_event_log(desk: Desk, given: EventQuestion) -> dict[str, Any]:
    """システムログの照会"""
    return {"event_log": [event_line(one) for one in event_entries(desk, given.system_event_kind)]}


def event_entries(desk: Desk, kind: str | None) -> list[events.EventEntry]:
    question = select(events.EventEntry).where(events.EventEntry.tenant == desk.id).order_by(events.EventEntry.id)
    if kind:
        question = question.where(events.EventEntry.event_kind == kind)
    return list(desk.session.scalars(question))


def event_line(one: events.EventEntry) -> dict[str, Any]:
    return {
        "system_event_kind": one.event_kind,
        "logged_on": one.occurred_on.isoformat(),
        "occurred_time": one.occurred_time,
        "device_user": one.operator,
        "event_detail": one.detail,
        "outcome": one.outcome,
    }


def take_in_device_log(desk: Desk, given: DeviceEvent) -> dict[str, Any]:
    """機器のログの受入れ"""
    events.note(
        desk.session,
        desk.id,
        given.system_event_kind,
        given.logged_on,
        given.device_user,
        given.event_detail,
        "completed",
        given.occurred_time,
    )
    return {"system_event_kind": given.system_event_kind}


def verify_operation_log(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """操作ログの検証"""
    broken = logbook.first_break(desk.session, desk.id)
    tenant = desk.session.scalars(select(Tenant).where(Tenant.id == desk.id)).one()
    return {
        "is_log_intact": broken is None,
        "logged_operation_count": tenant.log_count,
        "first_tampered_number": broken,
    }


def set_log_retention(desk: Desk, given: RetentionDecision) -> dict[str, Any]:
    """ログの保存期間の設定"""
    desk.session.merge(Retention(tenant=desk.id, years=given.retention_years))
    note_setting(desk, f"ログの保存期間の設定 {given.retention_years}年")
    return {"retention_years": given.retention_years}


def list_expired_logs(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """保存期間を過ぎた操作ログの照会"""
    found = desk.session.get(Retention, desk.id)
    years = found.years if found else DEFAULT_YEARS
    question = select(LogEntry).where(LogEntry.tenant == desk.id).order_by(LogEntry.id)
    return {
        "expired_logs": [
            {
                "operated_on": one.operated_on.isoformat(),
                "operation_name": one.operation_name,
                "retained_through": retained_through(one.operated_on, years).isoformat(),
            }
            for one in desk.session.scalars(question)
            if retained_through(one.operated_on, years) < desk.today
        ]
    }


# 民法140条、143条: the day itself is not counted, and the period ends with the same day of the last year
def retained_through(operated_on: date, years: int) -> date:
    return calendars.years_later(operated_on, years)


def analyze_log(desk: Desk, given: Analysis) -> dict[str, Any]:
    """ログの分析"""
    threshold = given.analysis_threshold or _THRESHOLDS[given.analysis_kind]
    counts = Counter((user, day) for user, day in suspicious(desk, given.analysis_kind))
    return {
        "log_anomalies": [
            {"device_user": user, "logged_on": day.isoformat(), "incidence_count": count}
            for (user, day), count in sorted(counts.items())
            if reaches(count, threshold)
        ]
    }


def reaches(count: int, threshold: int) -> bool:
    return count >= threshold


def suspicious(desk: Desk, kind: str) -> list[tuple[str, date]]:
    """User and day of every line that the kind of analysis looks for."""
    question = select(LogEntry).where(LogEntry.tenant == desk.id)
    lines = [one for one in desk.session.scalars(question) if _IN_LOG[kind](one)]
    device = [one for one in event_entries(desk, None) if kind == "night_access" and is_night(one.occurred_time)]
    return [(one.operator, one.operated_on) for one in lines] + [(one.operator, one.occurred_on) for one in device]


def is_night(time: str) -> bool:
    return time[:5] >= NIGHT_BEGINS or time[:5] < NIGHT_ENDS


_IN_LOG = {
    "night_access": lambda line: is_night(line.operated_time),
    "holiday_access": lambda line: calendars.is_closed(line.operated_on),
    "mass_inquiry": lambda line: is_inquiry(line),
    "frequent_denials": lambda line: is_failure(line),
}


def is_inquiry(line: LogEntry) -> bool:
    return line.log_category == "inquiry"


def is_failure(line: LogEntry) -> bool:
    return line.outcome == "refused"


routing.add(router, "/event-log", EventQuestion, get_event_log, is_query=True)
routing.add(router, "/event-log/devices", DeviceEvent, take_in_device_log)
routing.add(router, "/operation-log/verification", Nothing, verify_operation_log, is_query=True)
routing.add(router, "/operation-log/retention", RetentionDecision, set_log_retention)
routing.add(router, "/operation-log/expired", Nothing, list_expired_logs, is_query=True)
routing.add(router, "/operation-log/analysis", Analysis, analyze_log, is_query=True)

"""When a scheduled batch runs next: once, every day, on a weekday, on a day of the month, at its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kijun.reference import calendars

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Schedule:
    kind: str  # once | daily | weekly | monthly | month_end
    on: date | None
    weekday: str | None
    day: int | None
    shift: str  # none | previous | next


def first(schedule: Schedule, today: date) -> tuple[date, date]:
    """The nominal day and the day of the first run, today or later."""
    nominal = nominal_from(schedule, today)
    while calendars.shifted(nominal, schedule.shift) < today and schedule.kind != "once":
        nominal = nominal_from(schedule, nominal + timedelta(days=1))
    return nominal, calendars.shifted(nominal, schedule.shift)


def following(schedule: Schedule, nominal: date) -> tuple[date, date] | None:
    """The next nominal day and day of run; None after a single run."""
    if schedule.kind == "once":
        return None
    after = nominal_from(schedule, nominal + timedelta(days=1))
    return after, calendars.shifted(after, schedule.shift)


def nominal_from(schedule: Schedule, day: date) -> date:
    """The first day of the schedule that is not before `day`, holidays not looked at."""
    if schedule.kind == "once" and schedule.on:
        return schedule.on
    if schedule.kind == "weekly" and schedule.weekday:
        return day + timedelta(days=(WEEKDAYS.index(schedule.weekday) - day.weekday()) % 7)
    if schedule.kind in ("monthly", "month_end"):
        found = in_month(schedule, day.year, day.month)
        return found if found >= day else in_month(schedule, *_next_month(day))
    return day


def in_month(schedule: Schedule, year: int, month: int) -> date:
    if schedule.kind == "month_end":
        return calendars.month_end(year, month)
    return calendars.day_of_month(year, month, schedule.day or 1)


def _next_month(day: date) -> tuple[int, int]:
    return (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)

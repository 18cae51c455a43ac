"""Days of work of a municipality, and the days on which scheduled work falls."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6

# 国民の祝日に関する法律2条, as it stands since 2022: fixed days, and Mondays (month, which Monday)
_FIXED = {(1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23)}
_MONDAYS = {(1, 2), (7, 3), (9, 3), (10, 2)}


def is_named_holiday(day: date) -> bool:
    """国民の祝日に関する法律2条. The equinoxes follow the usual approximation for 1980 to 2099."""
    if (day.month, day.day) in _FIXED or (day.month, day.day) in (_equinox(day.year, 3), _equinox(day.year, 9)):
        return True
    return day.weekday() == _MONDAY and (day.month, (day.day + 6) // 7) in _MONDAYS


def _equinox(year: int, month: int) -> tuple[int, int]:
    since = year - 1980
    base = 20.8431 if month == 3 else 23.2488
    return month, int(base + 0.242194 * since) - since // 4


def is_national_holiday(day: date) -> bool:
    """A named holiday, the substitute after a Sunday (3条2項), or a day between two named holidays (3条3項)."""
    return is_named_holiday(day) or _is_substitute(day) or _is_between(day)


def _is_substitute(day: date) -> bool:
    before = day - timedelta(days=1)
    while is_named_holiday(before):
        if before.weekday() == _SUNDAY:
            return True
        before -= timedelta(days=1)
    return False


def _is_between(day: date) -> bool:
    return is_named_holiday(day - timedelta(days=1)) and is_named_holiday(day + timedelta(days=1))


# 地方自治法4条の2第2項: Saturday and Sunday, national holidays, the turn of the year that the ordinance names
def is_closed(day: date) -> bool:
    turn_of_year = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return day.weekday() >= _SATURDAY or turn_of_year or is_national_holiday(day)


def shifted(day: date, shift: str) -> date:
    """The day itself, or the nearest day of work before or after it."""
    step = {"preceding": -1, "next": 1}.get(shift, 0)
    while step and is_closed(day):
        day += timedelta(days=step)
    return day


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def day_of_month(year: int, month: int, day: int) -> date:
    """The day, or the end of a month that is too short for it."""
    return min(date(year, month, 1) + timedelta(days=day - 1), month_end(year, month))


def years_later(day: date, years: int) -> date:
    """The day on which a period of years that began on the day after `day` ends (民法140条、143条2項)."""
    return day_of_month(day.year + years, day.month, day.day)

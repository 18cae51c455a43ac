"""Due dates: of instalments by ordinance, of months that employers and pension payers withhold."""

from __future__ import annotations

from datetime import date, timedelta

from kijun.reference import calendars

_QUARTERLY = (6, 8, 10, 1)  # 地方税法320条
_FROM_JUNE = (6, 7, 8, 9, 10, 11, 12, 1, 2, 3)  # ten are an ordinance's (宇土市税徴収等の特例に関する条例3条)
_MONTHLY_DUE_DAY = 10


def instalment_months(total: int) -> tuple[int, ...]:
    """Up to ten."""
    return _QUARTERLY if total == len(_QUARTERLY) else _FROM_JUNE[:total]


# 地方税法320条、20条の5第2項: the last day of the month, or the next day of work
def instalment_dues(fiscal_year: int, total: int) -> list[date]:
    ends = [
        calendars.month_end(fiscal_year if month >= 6 else fiscal_year + 1, month) for month in instalment_months(total)
    ]
    return [open_day(end) for end in ends]


def open_day(day: date) -> date:
    return calendars.shifted(day, "next")


# 地方税法321条の5第1項、321条の7の6、20条の5第2項: the tenth of the month after
def monthly_due(month: str) -> date:
    """When what is withheld in a month (YYYY-MM) is paid over."""
    return open_day(following(month).replace(day=_MONTHLY_DUE_DAY))


# 地方税法321条の5の2: June to November by the tenth of December, December to May by the tenth of June
def half_year_due(month: str) -> date:
    first = first_day(month)
    ends_in = 11 if 6 <= first.month <= 11 else 5
    year = first.year + 1 if first.month == 12 else first.year
    return monthly_due(f"{year}-{ends_in:02d}")


def first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def following(month: str) -> date:
    """The first day of the month after."""
    return (first_day(month) + timedelta(days=31)).replace(day=1)


def month_of(day: date) -> str:
    return f"{day.year}-{day.month:02d}"


def end_of_following_month(day: date) -> date:
    later = following(month_of(day))
    return open_day(calendars.month_end(later.year, later.month))

"""When the collection from a pension stops during the year."""

from __future__ import annotations

from datetime import date, timedelta

from kijun.reference.individual_inhabitant_tax import dues

_STOPPING = ("died", "annuity_suspended", "care_stopped")


# 地方税法321条の7の7、321条の7の9; since October 2016 moving out during the fiscal year stops nothing
def stops(change: str, changed_on: date, fiscal_year: int) -> bool:
    return change in _STOPPING or has_left_by_april(change, changed_on, fiscal_year)


# 地方税法321条の7の9第1項（当該年度の初日において当該市町村の区域内に住所を有しない場合）
def has_left_by_april(change: str, changed_on: date, fiscal_year: int) -> bool:
    return change == "moved_out" and changed_on <= date(fiscal_year, 4, 1)


def last_month(change: str, changed_on: date, fiscal_year: int) -> str:
    """The last month (YYYY-MM) still collected from the pension."""
    return f"{fiscal_year}-09" if has_left_by_april(change, changed_on, fiscal_year) else dues.month_of(changed_on)


# 地方税法321条の7の9第2項（10月1日から翌年3月31日までに到来する納期）
def earliest_due(change: str, changed_on: date, fiscal_year: int, today: date) -> date:
    """The day from which instalments take what the pension no longer yields."""
    return max(today, date(fiscal_year, 10, 1)) if has_left_by_april(change, changed_on, fiscal_year) else today


def month_before(month: str) -> str:
    return dues.month_of(dues.first_day(month) - timedelta(days=1))

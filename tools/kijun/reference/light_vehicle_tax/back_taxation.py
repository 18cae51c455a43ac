"""Levying the years a decision had stopped, when its ground turns out never to have been there."""

from __future__ import annotations

from datetime import date, timedelta

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, due_dates, holds, ledger
from kijun.reference.light_vehicle_tax.records import Assessment

LIMIT_YEARS = 3


def levy_held_years(desk: Desk, hold: holds.TaxHold, today: date) -> list[Assessment]:
    """One assessment per stopped year that may still be assessed. The decision ends before them."""
    years = [year for year in held_years(hold, today) if is_within_limit(due_dates.regular(desk, year), today)]
    hold.to_fiscal_year = years[0] - 1 if years else hold.to_fiscal_year
    past = ledger.events(desk, hold.vehicle_id)
    states = [(year, assessment.liable_state(past, year)) for year in years]
    return [assessment.assess(desk, state, year, "課税停止の解除") for year, state in states if state is not None]


def held_years(hold: holds.TaxHold, today: date) -> list[int]:
    last = holds.fiscal_year_of(today)
    return [year for year in range(hold.from_fiscal_year, last + 1) if holds.covers(hold, year)]


# 地方税法17条の5第3項（賦課決定の期間制限。条項は公式の本文と未照合）
def is_within_limit(due_on: date, today: date) -> bool:
    """Not after three years have passed from the day after the due date."""
    begins = due_on + timedelta(days=1)
    return today < begins.replace(year=begins.year + LIMIT_YEARS)

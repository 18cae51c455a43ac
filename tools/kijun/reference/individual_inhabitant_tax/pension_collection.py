"""Collection from public pensions (年金特別徴収): provisional amounts in spring, the rest from autumn on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kijun.reference.individual_inhabitant_tax import instalments
from kijun.reference.individual_inhabitant_tax.instalments import MONTHLY_FRACTION, Share

PAYMENTS = 3
SPRING = (4, 6, 8)
AUTUMN = (10, 12, 2)
ORDINARY = (6, 8)
_LAST_WORD = {10: (7, 31), 12: (10, 10), 2: (12, 10)}  # the last day of a change, by the month of the payment
AGE = 65
LEAST_PENSION = 180_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pensioner pays in a year on the tax of pension income, in yen."""

    ordinary: tuple[Share, ...]
    provisional: tuple[Share, ...]
    final: tuple[Share, ...]
    excess: int  # what the provisional amounts took too much


# 地方税法321条の7の8第1項、321条の7の6
def continued(levy: int, former_levy: int, fiscal_year: int, flat_cut: int) -> Plan:
    """Second year and later. `former_levy`: last year's tax of pension income before any flat cut."""
    spring = instalments.spread(provisional_total(former_levy), PAYMENTS, MONTHLY_FRACTION)
    rest = levy + cut_in_year(fiscal_year, flat_cut) - sum(spring)
    autumn = autumn_amounts(max(rest, 0), fiscal_year, flat_cut)
    excess = max(sum(spring) - levy, 0)
    return Plan((), _shares(fiscal_year, SPRING, spring), _shares(fiscal_year, AUTUMN, autumn), excess)


# 地方税法321条の7の2第1項: half of the tax, fractions of 100 yen dropped, at least 100 yen
def first_year(levy: int, fiscal_year: int, unit: int, flat_cut: int) -> Plan:
    """The first year: one half by notice in June and August, the other from October on."""
    cut = cut_in_year(fiscal_year, flat_cut)
    held = half(levy + cut)
    summer = instalments.spread(levy + cut - held, len(ORDINARY), unit)
    autumn = instalments.spread(held, PAYMENTS, MONTHLY_FRACTION)
    amounts = instalments.cut_in_order([*summer, *autumn], cut)
    summer, autumn = amounts[: len(ORDINARY)], amounts[len(ORDINARY) :]
    return Plan(_shares(fiscal_year, ORDINARY, summer), (), _shares(fiscal_year, AUTUMN, autumn), 0)


def half(levy: int) -> int:
    return max(levy // 2 // MONTHLY_FRACTION * MONTHLY_FRACTION, min(levy, MONTHLY_FRACTION))


# 地方税法321条の7の8第1項（平成28年10月以後）: half of last year's tax, not last February's amount
def provisional_total(former_levy: int) -> int:
    return half(former_levy)


# 地方税法321条の7の5第1項（7月31日までの通知）、地方税法施行令48条の9の15第1項
def is_told(month: str, today: date) -> bool:
    """Whether the payer of the pension can no longer be told another amount for a month (YYYY-MM)."""
    year, number = map(int, month.split("-"))
    if number in SPRING:
        return True
    return today > date(year if number >= 4 else year - 1, *_LAST_WORD[number])


# 地方税法321条の7の8第1項、地方税法施行令48条の9の15（12月10日までに変わった税額。項は公式の本文と未照合）
def moves_next_spring(fiscal_year: int, changed_on: date) -> bool:
    """Whether the payer of the pension can still be told another amount for next April."""
    return changed_on <= date(fiscal_year, 12, 10)


# 地方税法附則5条の12（令和6年度。条番号は公式の本文と未照合）: the flat cut is taken from October on
def autumn_amounts(rest: int, fiscal_year: int, flat_cut: int) -> list[int]:
    amounts = instalments.spread(rest, PAYMENTS, MONTHLY_FRACTION)
    return instalments.cut_in_order(amounts, cut_in_year(fiscal_year, flat_cut))


def cut_in_year(fiscal_year: int, flat_cut: int) -> int:
    """What of a flat cut is taken from the amounts themselves; in other years they are parts of what it has left."""
    return flat_cut if instalments.cuts_in_order(fiscal_year) else 0


def base_of_next_year(levy: int, flat_cut: int) -> int:
    """What next spring's amounts are half of: the tax before the flat cut."""
    return levy + flat_cut


def _shares(fiscal_year: int, months: tuple[int, ...], amounts: list[int]) -> tuple[Share, ...]:
    return tuple(Share(month_of(fiscal_year, month), amount) for month, amount in zip(months, amounts, strict=True))


def month_of(fiscal_year: int, month: int) -> str:
    """A month between April and March as YYYY-MM."""
    return f"{fiscal_year if month >= 4 else fiscal_year + 1}-{month:02d}"

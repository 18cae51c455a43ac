"""How an annual amount is spread: over the instalments of an ordinance, and over the months of a salary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MONTHLY_FRACTION = 100  # yen
MONTHS = 12
FLAT_CUT_YEAR = 2024  # 地方税法附則5条の8以下: only that year's cut changes the months and instalments themselves


@dataclass(frozen=True, slots=True)
class Share:
    """What is collected in one month of the year."""

    month: str  # YYYY-MM
    amount: int  # yen


# 地方税法20条の4の2第6項: the fraction belongs to the first due date
def spread(total: int, parts: int, unit: int) -> list[int]:
    """Equal parts in whole units, and in the first one what is left. In yen."""
    each = total // parts // unit * unit
    return [total - each * (parts - 1)] + [each] * (parts - 1)


# 地方税法320条、20条の4の2第6項、附則5条の10（令和6年度。条番号は公式の本文と未照合）
def by_instalment(annual: int, fiscal_year: int, parts: int, unit: int, flat_cut: int) -> list[int]:
    """Instalments of an amount in yen that already lacks the flat cut; in 2024 the cut empties the first ones."""
    if not cuts_in_order(fiscal_year):
        return spread(annual, parts, unit)
    return cut_in_order(spread(annual + flat_cut, parts, unit), flat_cut)


def cuts_in_order(fiscal_year: int) -> bool:
    return fiscal_year == FLAT_CUT_YEAR


def cut_in_order(amounts: Sequence[int], cut: int) -> list[int]:
    """Take the cut from the first amount, what is left of it from the next, and so on."""
    left: list[int] = []
    for amount in amounts:
        taken = min(amount, cut)
        left.append(amount - taken)
        cut -= taken
    return left


# 地方税法321条の5第1項; 20条の4の2第6項、同法施行令6条の17: 給与特別徴収は百円未満の端数を最初の月に合算する
def by_month(annual: int, fiscal_year: int, flat_cut: int) -> list[Share]:
    """Monthly amounts from June to May; in 2024 nothing in June for whoever has the flat cut."""
    months = months_of(fiscal_year)
    if skips_june(fiscal_year, flat_cut):
        amounts = [0, *spread(annual, MONTHS - 1, MONTHLY_FRACTION)]
    else:
        amounts = spread(annual, MONTHS, MONTHLY_FRACTION)
    return [Share(month, amount) for month, amount in zip(months, amounts, strict=True)]


# 地方税法附則5条の11（令和6年度。条番号は公式の本文と未照合）
def skips_june(fiscal_year: int, flat_cut: int) -> bool:
    return fiscal_year == FLAT_CUT_YEAR and flat_cut > 0


# 地方税法320条（均等割額に相当する金額以下なら六月中）、321条の5第1項ただし書（最初の月に全額）
def is_small(amount: int, capita: int, fiscal_year: int, flat_cut: int) -> bool:
    """Whether all of it is collected at once. In 2024 the rules of the flat cut go before."""
    return amount <= capita and not (cuts_in_order(fiscal_year) and flat_cut > 0)


def at_once(amounts: Sequence[int]) -> list[int]:
    return [sum(amounts), *[0] * (len(amounts) - 1)]


def months_of(fiscal_year: int) -> list[str]:
    """June of the fiscal year to May of the next."""
    return [month_of(fiscal_year, number) for number in (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)]


def month_of(fiscal_year: int, month: int) -> str:
    """A month between June and May as YYYY-MM."""
    return f"{fiscal_year if month >= 6 else fiscal_year + 1}-{month:02d}"

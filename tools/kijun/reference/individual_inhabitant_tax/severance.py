"""退職所得 and the levy on it, which stands apart; and how long an asset was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kijun.reference.individual_inhabitant_tax.levy import Pair
from kijun.reference.individual_inhabitant_tax.money import settled, share, tax_base

SHORT_SERVICE_YEARS = 5
SHORT_SERVICE_FROM = 2022
# 地方税法50条の4、328条の3: six and four percent in every municipality, 地方税法附則（指定都市の経過措置）
MUNICIPAL_PERCENT, PREFECTURAL_PERCENT = 6, 4


@dataclass(frozen=True, slots=True)
class Severance:
    """A severance payment: years of service, allowance and income in yen, and the levy."""

    service_years: int
    severance_allowance: int
    severance_income: int
    levy: Pair


# 所得税法30条3項・6項（1年未満の端数は1年とする）
def service_years(first: date, last: date) -> int:
    begun = (last.year - first.year) * 12 + last.month - first.month + (last.day >= first.day)
    return -(-begun // 12)


def allowance(years_served: int, by_disablement: bool) -> int:
    """退職所得控除額."""
    later = max(years_served - 20, 0)
    amount = max(400_000 * (years_served - later), 800_000) + 700_000 * later
    return amount + (1_000_000 if by_disablement else 0)


# 所得税法30条2項・4項・5項
def income(pay: int, off: int, kind: str, years_served: int, fiscal_year: int) -> int:
    """退職所得: half of what is left, but all for officers and above three million for others of five years or less."""
    left = pay - off
    if years_served <= SHORT_SERVICE_YEARS and kind == "officer":
        return left
    if is_short_service(kind, years_served, fiscal_year) and left > 3_000_000:
        return 1_500_000 + left - 3_000_000
    return share(left, 1, 2)


# 所得税法30条4項（令和4年1月1日以後に支払を受けるべきもの。現年分離なので、その年の1月1日を賦課期日とする年度による）
def is_short_service(kind: str, years_served: int, fiscal_year: int) -> bool:
    return kind == "short_service" and years_served <= SHORT_SERVICE_YEARS and fiscal_year >= SHORT_SERVICE_FROM


# 地方税法50条の2、50条の4、328条、328条の3、20条の4の2
def severance(pay: int, first: date, last: date, kind: str, by_disablement: bool, fiscal_year: int) -> Severance:
    served = service_years(first, last)
    off = allowance(served, by_disablement)
    taxed = tax_base(income(pay, off, kind, served, fiscal_year))
    return Severance(served, off, taxed, levy_on(taxed))


def levy_on(taxed: int) -> Pair:
    """The levy on the income, each body's below 100 yen dropped."""
    return Pair(settled(share(taxed, MUNICIPAL_PERCENT, 100)), settled(share(taxed, PREFECTURAL_PERCENT, 100)))


# 地方税法附則34条、35条、租税特別措置法31条、32条
def holding_term(bought: date, sold: date) -> str:
    """Long when more than five years had passed on the first of January of the year of the sale."""
    return "long_term" if bought.year + 5 < sold.year else "short_term"

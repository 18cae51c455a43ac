"""The rules of 軽自動車税（種別割） as pure functions; the article stands above each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rates

HEAVY_AFTER_YEARS = 13
_EXEMPT_FROM_HEAVY = frozenset({"electric", "natural_gas", "methanol", "methanol_blend", "hybrid"})
_REDUCTION_OF = {"electric_or_equivalent": "reduced_75", "reduction_50": "reduced_50", "reduction_25": "reduced_25"}
# 平成26年法律第4号附則: the raised rates apply to vehicles first inspected on or after 2015-04-01.
_RAISED_FROM = "2015-04"
# 平成26年法律第4号附則14条2項: inspection papers from before 2003-10-14 show no month; December of the year counts.
_MONTH_SHOWN_SINCE = "2003-10"


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What decides the rate of a vehicle."""

    vehicle_class: str
    first_inspection_month: str | None  # "YYYY-MM"
    power: str | None
    environmental_performance: str | None
    is_trailer: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """Annual amount in yen and the rate category it came from."""

    rate_category: str
    tax_amount: int


# 地方税法463条の15第1項
def annual_amount(vehicle: Vehicle, fiscal_year: int) -> Amount:
    """Annual amount of the classified levy. Raises Refusal when the year or the first inspection month is missing."""
    table = rates.rates_of(checked_year(fiscal_year))
    rated_by_month = needs_first_inspection(vehicle.vehicle_class)
    category = rate_category(vehicle, fiscal_year) if rated_by_month else "standard"
    amounts = schedules(table)[category]
    if vehicle.vehicle_class not in amounts:
        raise Refusal("invalid_value", "この種別と初度検査年月は、その年度の税率表にありません。")
    return Amount(category, amounts[vehicle.vehicle_class])


def schedules(table: rates.Rates) -> dict[str, dict[str, int]]:
    """Every schedule in force in the year: rate category → class → yen."""
    return {"standard": table.standard, "former": table.former, "heavy": table.heavy, **table.reduced}


def checked_year(fiscal_year: int) -> int:
    if not rates.is_known_year(fiscal_year):
        raise Refusal("invalid_value", "その年度の税率表がありません。")
    return fiscal_year


def needs_first_inspection(vehicle_class: str) -> bool:
    """Three-wheelers and above are rated by their first inspection month (地方税法附則30条)."""
    return rates.has_three_wheels_or_more(vehicle_class)


def rate_category(vehicle: Vehicle, fiscal_year: int) -> str:
    """Which schedule applies to a vehicle of three wheels or more."""
    month = first_inspection(vehicle)
    if is_heavy(vehicle, month, fiscal_year):
        return "heavy"
    return green_category(vehicle, month, fiscal_year) or ("former" if is_former(month) else "standard")


def first_inspection(vehicle: Vehicle) -> str:
    """An empty first inspection month stops the calculation; guessing it once cost 1,936 people money."""
    if not vehicle.first_inspection_month:
        raise Refusal("first_inspection_month_missing", "初度検査年月がないため、税額を決められません。")
    return vehicle.first_inspection_month


# 平成26年法律第4号附則
def is_former(month: str) -> bool:
    return month < _RAISED_FROM


# 地方税法附則30条第1項: 最初の新規検査を受けた月から起算して14年を経過した月の属する年度以後
def is_heavy(vehicle: Vehicle, month: str, fiscal_year: int) -> bool:
    passed = counted_month(month) <= f"{fiscal_year - HEAVY_AFTER_YEARS}-03"
    return passed and has_heavy_schedule(fiscal_year) and not is_exempt_from_heavy(vehicle)


def has_heavy_schedule(fiscal_year: int) -> bool:
    """The surcharge began with fiscal year 2016 (平成28年度)."""
    return bool(rates.rates_of(fiscal_year).heavy)


def counted_month(month: str) -> str:
    """The month the thirteen years are counted from."""
    return f"{month[:4]}-12" if month < _MONTH_SHOWN_SINCE else month


def is_exempt_from_heavy(vehicle: Vehicle) -> bool:
    return vehicle.is_trailer or vehicle.power in _EXEMPT_FROM_HEAVY


# 地方税法附則30条第2項以下
def green_category(vehicle: Vehicle, month: str, fiscal_year: int) -> str | None:
    """The reduced schedule, only for the year after the fiscal year of first inspection."""
    category = _REDUCTION_OF.get(vehicle.environmental_performance or "")
    amounts = rates.rates_of(fiscal_year).reduced.get(category or "", {})
    if not category or vehicle.vehicle_class not in amounts:
        return None
    return category if is_year_after_first_inspection(month, fiscal_year) else None


def is_year_after_first_inspection(month: str, fiscal_year: int) -> bool:
    return f"{fiscal_year - 1}-04" <= month <= f"{fiscal_year}-03"


# 地方税法463条の16（賦課期日）
def assessment_date(fiscal_year: int) -> date:
    return date(fiscal_year, 4, 1)


# 地方税法20条の5第2項: a due date on a holiday moves to the next day that is none
def due_date(fiscal_year: int) -> date:
    """31 May by ordinance, or the next weekday. No national holiday falls on 31 May to 3 June."""
    return next_weekday(date(fiscal_year, 5, 31))


def next_weekday(day: date) -> date:
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day

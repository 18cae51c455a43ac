"""The rules of the levy where two readings are near: ages, limits, orders and fractions. Expected values by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kijun.reference.individual_inhabitant_tax import credits as crediting
from kijun.reference.individual_inhabitant_tax import levy, liability, severance
from kijun.reference.individual_inhabitant_tax.calculation import compute
from kijun.reference.individual_inhabitant_tax.levy import Pair
from kijun.reference.individual_inhabitant_tax.people import Person, Relative
from kijun.reference.individual_inhabitant_tax.terms import Terms

ADULT = Person(date(1980, 6, 15))
STANDARD = Terms()
DESIGNATED = Terms(is_designated=True, prefectural_levy_rate=2_000)
CHILD = Relative("relative", date(2015, 5, 10), 0, "none", False, False, False)


@pytest.mark.parametrize(
    ("fiscal_year", "youngest_adult", "oldest_minor"),
    [(2022, date(2002, 1, 2), date(2002, 1, 3)), (2023, date(2005, 1, 2), date(2005, 1, 3))],
)
def test_somebody_born_on_the_second_of_january_comes_of_age_on_the_assessment_date(
    fiscal_year: int, youngest_adult: date, oldest_minor: date
) -> None:
    assert not liability.is_minor(youngest_adult, fiscal_year)
    assert liability.is_minor(oldest_minor, fiscal_year)


def test_the_forest_tax_keeps_to_the_national_limit_where_the_ordinance_spares_more() -> None:
    rounded = Terms(living_area_grade="third_grade", exemption_addition=170_000)
    parent = replace(ADULT, relatives=(CHILD,))
    spared = compute({"trade_profit": 828_000}, parent, rounded, 2026)
    between = compute({"trade_profit": 828_001}, parent, rounded, 2026)
    assert (spared.liability, spared.annual_levy) == ("exempt", 0)
    assert (between.liability, between.capita, between.annual_levy) == ("exempt", levy.NOTHING, 1_000)


def test_the_rates_of_a_designated_city_do_not_reach_severance_pay() -> None:
    paid = severance.severance(24_000_000, date(1985, 4, 1), date(2019, 3, 31), "ordinary", False, 2021)
    assert (paid.service_years, paid.severance_allowance, paid.severance_income) == (34, 17_800_000, 3_100_000)
    assert paid.levy == Pair(186_000, 124_000)


@pytest.mark.parametrize(("fiscal_year", "income"), [(2021, 2_000_000), (2022, 2_500_000)])
def test_short_service_is_taxed_more_from_2022(fiscal_year: int, income: int) -> None:
    paid = severance.severance(6_000_000, date(2016, 4, 1), date(2021, 3, 31), "short_service", False, fiscal_year)
    assert paid.severance_income == income


@pytest.mark.parametrize(
    ("given", "taxed", "credit"),
    [
        (STANDARD, 10_000_000, Pair(16_000, 12_000)),
        (STANDARD, 10_001_000, Pair(15_992, 11_994)),
        (STANDARD, 11_000_000, Pair(8_000, 6_000)),
        (DESIGNATED, 10_000_000, Pair(22_400, 5_600)),
    ],
)
def test_a_dividend_of_a_million_is_credited_by_where_it_lies(given: Terms, taxed: int, credit: Pair) -> None:
    assert crediting.dividend_credit(1_000_000, taxed, given) == credit


@pytest.mark.parametrize(
    ("given", "left", "credit"),
    [
        (STANDARD, 12_000, Pair(0, 12_000)),
        (STANDARD, 12_001, Pair(1, 12_000)),
        (STANDARD, 30_001, Pair(18_000, 12_000)),
        (DESIGNATED, 30_001, Pair(24_000, 6_000)),
    ],
)
def test_foreign_tax_comes_off_the_prefecture_first(given: Terms, left: int, credit: Pair) -> None:
    assert crediting.foreign_credit(left, 100_000, Pair(238_500, 159_000), given) == credit


def test_the_adjustment_leaves_exactly_the_limit_after_the_gifts() -> None:
    parent = replace(ADULT, relatives=(CHILD, CHILD, CHILD))
    found = compute({"trade_profit": 1_830_000, "charity_gift": 52_000}, parent, STANDARD, 2026)
    assert found.adjustment == Pair(73_500, 49_000)
    assert 1_830_000 - found.income_levy.total == 1_820_000


def test_the_flat_cut_comes_after_taxes_withheld() -> None:
    found = compute({"trade_profit": 755_000, "withheld_dividend_levy": 25_000}, ADULT, STANDARD, 2024)
    assert (found.flat_cut, found.levy_refund, found.income_levy) == (Pair(3_000, 2_000), 0, levy.NOTHING)


def test_the_prefectures_part_of_the_flat_cut_is_raised() -> None:
    cut = crediting.flat_cut(ADULT, 1_430_000, Pair(52_500, 39_000), 2024)
    assert cut == Pair(5_737, 4_263)

"""How losses are set off within a year and carried into later ones; expected values are worked out by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.reference.individual_inhabitant_tax.carryover_losses import Remainder, is_carried, usable
from kijun.reference.individual_inhabitant_tax.incomes import general_income, salary_income, sundry_income


@pytest.mark.parametrize(
    ("ordinary", "short_gain", "long_gain", "occasional", "expected"),
    [
        (1_000_000, 400_000, 800_000, 600_000, 2_100_000),  # the half of the long and the occasional ones
        (1_000_000, 0, -300_000, 800_000, 1_250_000),  # first off the occasional income
        (1_000_000, -300_000, 500_000, 0, 1_100_000),  # first within the gains
        (1_000_000, 0, -300_000, 0, 700_000),  # what is left goes off the ordinary income
        (-500_000, 0, 0, 800_000, 150_000),  # before the half
        (-300_000, 300_000, 400_000, 0, 200_000),  # the short gain first
        (-900_000, 100_000, 0, 200_000, 0),  # never below zero
    ],
)
def test_losses_are_set_off_in_the_order_of_the_ordinance(
    ordinary: int, short_gain: int, long_gain: int, occasional: int, expected: int
) -> None:
    assert general_income(ordinary, short_gain, long_gain, occasional) == expected


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(*[st.integers(-5_000_000, 5_000_000)] * 3, st.integers(0, 5_000_000))
def test_setting_off_never_gives_more_than_the_incomes_and_never_less_than_half_the_sum(
    ordinary: int, short_gain: int, long_gain: int, occasional: int
) -> None:
    found = general_income(ordinary, short_gain, long_gain, occasional)
    total = ordinary + short_gain + long_gain + occasional
    assert max(total, 0) // 2 <= found <= sum(max(one, 0) for one in (ordinary, short_gain, long_gain, occasional))


def test_a_sundry_loss_ends_within_the_sundry_incomes() -> None:
    assert [sundry_income(900_000, other) for other in (300_000, -200_000, -1_000_000)] == [1_200_000, 700_000, 0]


@pytest.mark.parametrize(("fiscal_year", "floor"), [(2021, 550_000), (2025, 550_000), (2026, 650_000), (2027, 740_000)])
def test_a_salary_never_leaves_more_income_for_less_revenue(fiscal_year: int, floor: int) -> None:
    incomes = [salary_income(revenue, fiscal_year) for revenue in range(floor - 2_000, 2_300_000, 500)]
    assert incomes == sorted(incomes)
    assert incomes[0] == 0


def test_a_loss_is_carried_for_three_years_and_not_in_its_own() -> None:
    assert [year for year in range(2020, 2030) if is_carried(2022, year)] == [2023, 2024, 2025]


def test_the_oldest_loss_is_used_first_and_what_is_left_is_carried() -> None:
    losses = {2024: 800_000, 2023: 500_000}
    assert usable(losses, {2025: 700_000}, 2026) == [Remainder(2024, 800_000, 600_000)]
    assert usable(losses, {2024: 100_000, 2025: 100_000}, 2026) == [
        Remainder(2023, 500_000, 300_000),
        Remainder(2024, 800_000, 800_000),
    ]


def test_a_deduction_never_touches_a_loss_that_was_out_of_time() -> None:
    # of 2021 the last year is 2024, so the deduction of 2025 comes out of the loss of 2022
    losses = {2021: 900_000, 2022: 400_000}
    assert usable(losses, {2025: 300_000}, 2025) == [Remainder(2022, 400_000, 100_000)]


@pytest.mark.parametrize(("loss_year", "fiscal_year"), [*product((2021, 2024), (2021, 2027))])
def test_what_may_be_deducted_is_never_more_than_the_loss(loss_year: int, fiscal_year: int) -> None:
    found = usable({loss_year: 250_000}, {}, fiscal_year)
    assert found == ([Remainder(loss_year, 250_000, 250_000)] if loss_year < fiscal_year <= loss_year + 3 else [])

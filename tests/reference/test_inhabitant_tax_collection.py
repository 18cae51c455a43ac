"""What holds of every plan of collection: nothing is lost, nothing is collected twice, whatever happens in the year."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.reference.individual_inhabitant_tax import (
    assessment,
    dues,
    employment,
    instalments,
    methods,
    pension_collection,
    planning,
    remissions,
    settlements,
)
from kijun.reference.individual_inhabitant_tax.methods import Choice, Shares
from kijun.reference.individual_inhabitant_tax.terms import Terms

steady = settings(max_examples=300, deadline=None, derandomize=True, database=None)

fiscal_years = st.integers(2021, 2027)
hundreds = st.integers(0, 100_000).map(lambda count: count * 100)
ordinances = st.builds(
    Terms, instalment_fraction=st.sampled_from([100, 1_000]), instalment_total=st.sampled_from([4, 8, 10])
)
shares = st.builds(Shares, salary=hundreds, pension=hundreds, ordinary=hundreds)
few = st.integers(0, 60).map(lambda count: count * 100)
small_shares = st.builds(Shares, salary=few, pension=few, ordinary=few)
days_of_year = st.integers(0, 400)


def first_plan(year: int, of: Shares, terms: Terms, cut: int = 0) -> list[assessment.Line]:
    return planning.first_plan(year, of, cut, terms, "T1", None)


@steady
@given(hundreds, st.integers(1, 12), st.sampled_from([1, 100, 1_000]))
def test_a_spread_amount_is_whole_and_only_its_first_part_is_uneven(total: int, parts: int, unit: int) -> None:
    amounts = instalments.spread(total, parts, unit)
    assert sum(amounts) == total
    assert len(set(amounts[1:])) <= 1
    assert all(one % unit == 0 for one in amounts[1:])
    assert amounts[0] == max(amounts)


@steady
@given(hundreds, hundreds, fiscal_years)
def test_months_and_instalments_add_up_to_the_levy(levy: int, cut: int, year: int) -> None:
    assert sum(one.amount for one in instalments.by_month(levy, year, cut)) == levy
    assert sum(instalments.by_instalment(levy, year, 4, 1_000, cut)) == levy


@steady
@given(hundreds, hundreds, fiscal_years, hundreds)
def test_a_pensioner_pays_the_levy_and_is_told_what_was_too_much(levy: int, former: int, year: int, cut: int) -> None:
    plan = pension_collection.continued(levy, former, year, cut)
    paid = sum(one.amount for one in (*plan.provisional, *plan.final))
    assert paid - plan.excess == levy
    assert plan.excess == max(sum(one.amount for one in plan.provisional) - levy, 0)
    first = pension_collection.first_year(levy, year, 1_000, cut)
    assert sum(one.amount for one in (*first.ordinary, *first.final)) == levy


# 地方税法20条の4の2第6項: the fraction belongs to the first due date; of a pension to the first of each half year
@steady
@given(fiscal_years, hundreds, hundreds, ordinances)
def test_the_fraction_is_where_the_law_puts_it(year: int, levy: int, former: int, terms: Terms) -> None:
    first = pension_collection.first_year(levy, year, terms.instalment_fraction, 0)
    later = pension_collection.continued(levy, former, year, 0)
    months = instalments.by_month(levy, year, 0)
    parts = instalments.by_instalment(levy, year, terms.instalment_total, terms.instalment_fraction, 0)
    assert_first_takes_the_fraction(parts, terms.instalment_fraction)
    assert_first_takes_the_fraction([one.amount for one in months], 100)
    assert_first_takes_the_fraction([one.amount for one in first.ordinary], terms.instalment_fraction)
    for part in (first.final, later.provisional, later.final):
        assert_first_takes_the_fraction([one.amount for one in part], 100)
    begins = [part[0].month[-2:] for part in (months, first.ordinary, first.final, later.provisional, later.final)]
    assert begins == ["06", "06", "10", "04", "10"]


def assert_first_takes_the_fraction(amounts: list[int], unit: int) -> None:
    each = sum(amounts) // len(amounts) // unit * unit
    assert amounts == [sum(amounts) - each * (len(amounts) - 1)] + [each] * (len(amounts) - 1)


@steady
@given(fiscal_years, small_shares, ordinances, st.sampled_from([4_000, 5_000, 5_300]))
def test_who_owes_no_more_than_per_head_pays_it_at_once(year: int, of: Shares, terms: Terms, capita: int) -> None:
    lines = first_plan(year, of, terms)
    small = planning.small_methods(year, of, capita, 0)
    whole = of.salary + of.pension + of.ordinary
    assert ("salary" in small, "ordinary" in small) == (of.salary <= capita, whole <= capita)
    gathered = planning.at_once(lines, small)
    assert assessment.total(gathered) == assessment.total(lines)
    assert all(len(assessment.of_method(gathered, method)) <= 1 for method in small)
    assert all(
        set(assessment.of_method(lines, method)) <= set(gathered)
        for method in {"salary", "pension", "ordinary"} - small
    )


@steady
@given(fiscal_years, shares, ordinances, hundreds)
def test_a_first_plan_collects_every_yen(year: int, of: Shares, terms: Terms, cut: int) -> None:
    lines = first_plan(year, of, terms, cut)
    assert assessment.total(lines) == of.salary + of.pension + of.ordinary
    assert all(one.amount > 0 for one in lines)


@steady
@given(fiscal_years, shares, ordinances, days_of_year)
def test_a_plan_drawn_up_late_reaches_nothing_of_the_past(year: int, of: Shares, terms: Terms, day: int) -> None:
    today = date.fromordinal(date(year, 6, 1).toordinal() + day)
    lines = first_plan(year, of, terms)
    plan = planning.not_before(year, lines, terms, today)
    assert assessment.total(plan) == assessment.total(lines)
    assert not any(planning.is_gone(one, today) for one in plan)


@steady
@given(fiscal_years, shares, shares, ordinances, days_of_year)
def test_a_revision_leaves_the_past_and_collects_the_difference(
    year: int, before: Shares, after: Shares, terms: Terms, day: int
) -> None:
    today = date.fromordinal(date(year, 6, 1).toordinal() + day)
    lines = first_plan(year, before, terms)
    plan = planning.revised(year, lines, after, terms, today, None)
    assert assessment.total(plan.lines) == after.salary + after.pension + after.ordinary
    past = [one for one in lines if planning.past_by(today)(one)]
    assert planning.total_past(plan.lines, today) == assessment.total(past) - plan.surplus
    if plan.surplus == 0:
        assert set(past) <= set(plan.lines)


@steady
@given(fiscal_years, shares, ordinances, st.integers(0, 364), st.booleans())
def test_whoever_leaves_an_employer_owes_as_much_as_before(
    year: int, of: Shares, terms: Terms, day: int, is_lump: bool
) -> None:
    left_on = date.fromordinal(date(year, 6, 1).toordinal() + day)
    lines = first_plan(year, of, terms)
    if is_lump and any(one.method == "salary" and one.month == dues.month_of(left_on) for one in lines):
        plan = employment.with_lump_sum(lines, left_on)
    else:
        stays, gone = planning.split_at(lines, "salary", dues.month_of(left_on))
        plan = planning.to_ordinary(year, stays, assessment.total(gone), terms, left_on, None)
    assert assessment.total(plan) == assessment.total(lines)
    assert not employment.still_to_come(plan, left_on)


@steady
@given(fiscal_years, shares, ordinances, st.integers(0, 360))
def test_a_switch_to_a_salary_moves_what_is_to_come(year: int, of: Shares, terms: Terms, day: int) -> None:
    today = date.fromordinal(date(year, 6, 1).toordinal() + day)
    lines = first_plan(year, of, terms)
    plan, moved = planning.to_salary(year, lines, "T1", dues.month_of(today), today)
    assert assessment.total(plan) == assessment.total(lines)
    assert assessment.total(assessment.of_method(plan, "ordinary")) == of_ordinary(lines) - moved
    assert all(one.due_on < today for one in plan if one.method == "ordinary")


def of_ordinary(lines: list[assessment.Line]) -> int:
    return assessment.total(assessment.of_method(lines, "ordinary"))


@steady
@given(fiscal_years, shares, ordinances, days_of_year, st.integers(1, 100))
def test_a_remission_takes_no_more_than_its_part_of_what_is_to_come(
    year: int, of: Shares, terms: Terms, day: int, percent: int
) -> None:
    asked_on = date.fromordinal(date(year, 6, 1).toordinal() + day)
    lines = first_plan(year, of, terms)
    coming = assessment.total(one for one in lines if remissions.is_remissible(one, asked_on))
    taken = assessment.total(lines) - assessment.total(remissions.remitted_lines(lines, asked_on, percent))
    assert 0 <= taken <= coming * percent // 100


@steady
@given(hundreds, st.booleans(), st.booleans(), st.booleans(), hundreds, hundreds)
def test_the_methods_share_the_levy(
    annual: int, is_collected: bool, is_aged: bool, has_employer: bool, of_pension: int, other: int
) -> None:
    known = Choice(
        designation_number="T1" if has_employer else None,
        pension_annuity=1_000_000,
        pension_levy=min(of_pension, annual),
        other_levy=max(min(other, annual - of_pension), 0),
        pays_other_levy_oneself=True,
    )
    found = methods.shares(annual, known, is_collected, is_aged)
    assert found.salary + found.pension + found.ordinary == annual
    assert min(found.salary, found.pension, found.ordinary) >= 0


@steady
@given(
    st.dictionaries(st.tuples(st.sampled_from("甲乙"), st.just("ordinary"), st.sampled_from("12")), hundreds),
    st.dictionaries(st.tuples(st.sampled_from("甲乙"), st.just("ordinary"), st.sampled_from("12")), hundreds),
)
def test_differences_turn_what_was_known_into_what_holds(
    before: dict[settlements.Key, int], now: dict[settlements.Key, int]
) -> None:
    known = dict(before)
    for one in settlements.differences(before, now):
        key = (one.taxpayer_id, one.method, one.month)
        known[key] = known.get(key, 0) + one.amount
    assert {key: amount for key, amount in known.items() if amount} == {key: now[key] for key in now if now[key]}
    assert settlements.differences(now, now) == []

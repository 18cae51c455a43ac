"""What holds of every taxpayer, whoever it is: taxpayers are drawn, not chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.reference.individual_inhabitant_tax import allowances, liability, people, years
from kijun.reference.individual_inhabitant_tax import credits as crediting
from kijun.reference.individual_inhabitant_tax.calculation import Outcome, compute
from kijun.reference.individual_inhabitant_tax.people import Person, Relative
from kijun.reference.individual_inhabitant_tax.terms import Terms

steady = settings(max_examples=400, deadline=None, derandomize=True, database=None)

fiscal_years = st.sampled_from(range(2021, 2028))


def up_to(most: int, step: int) -> st.SearchStrategy[int]:
    """Amounts in yen, all alike likely: what is drawn as a plain integer is mostly small."""
    return st.sampled_from(range(0, most, step))


yen = up_to(60_000_000, 12_347)
small = up_to(3_000_000, 1_237)
disablements = st.sampled_from(["none"] * 8 + ["ordinary", "special"])
births = up_to(32_000, 1).map(lambda days: date(1930, 1, 1) + timedelta(days))
adult_births = up_to(25_000, 1).map(lambda days: date(1930, 1, 1) + timedelta(days))
relatives = st.builds(
    Relative,
    kinship=st.just("relative"),
    birth_date=births,
    earnings=up_to(1_400_000, 1_009),
    disablement=disablements,
    is_coresident_parent=st.booleans(),
    is_coresident=st.booleans(),
    lives_abroad=st.booleans(),
)
spouses = st.builds(Relative, kinship=st.just("spouse"), birth_date=births, earnings=up_to(1_400_000, 1_009))
families = st.tuples(st.lists(spouses, max_size=1), st.lists(relatives, max_size=4)).map(lambda kin: (*kin[0], *kin[1]))
persons = st.builds(
    Person,
    birth_date=adult_births,
    disablement=disablements,
    lone_status=st.sampled_from(["none"] * 8 + ["widow", "lone_mother", "lone_father"]),
    is_working_student=st.booleans(),
    receives_public_aid=st.sampled_from([False] * 30 + [True]),
    relatives=families,
)
conditions = st.builds(
    Terms,
    is_designated=st.booleans(),
    living_area_grade=st.sampled_from(["first_grade", "second_grade", "third_grade"]),
    prefectural_levy_rate=st.sampled_from([2_000, 2_025, 4_000, 4_025]),
    municipal_capita_surcharge=st.sampled_from([0, 900]),
    prefectural_capita_surcharge=st.sampled_from([0, 300, 500]),
)
_AMOUNTS = {
    "salary_revenue": yen,
    "pension_revenue": small,
    "trade_profit": st.sampled_from(range(-5_000_000, 20_000_000, 12_347)),
    "dividend_profit": small,
    "aggregate_long_gain": small,
    "carried_forward_loss": small,
    "social_premium": small,
    "new_life_premium": up_to(200_000, 101),
    "old_life_premium": up_to(200_000, 101),
    "medical_cost": small,
    "long_held_gain": yen,
    "listed_dividend": small,
    "dwelling_gain": yen,
    "home_loan_ceiling": up_to(400_000, 101),
    "national_tax": up_to(400_000, 101),
    "national_base": yen,
    "hometown_gift": small,
    "foreign_tax_left": up_to(200_000, 101),
    "withheld_dividend_levy": up_to(200_000, 101),
    "withheld_share_levy": up_to(200_000, 101),
}
STEPS = (
    551_000,
    651_000,
    741_000,
    1_619_000,
    1_628_000,
    1_800_000,
    1_900_000,
    2_200_000,
    3_600_000,
    6_600_000,
    8_500_000,
)
near_steps = st.sampled_from([step + off for step in STEPS for off in (-3_000, -1_000, -1, 0)])
rises = st.sampled_from([1, 999, 1_000, 4_000, 37_000, 1_234_567])
figures = st.fixed_dictionaries({}, optional=_AMOUNTS)


@steady
@given(figures, persons, conditions, fiscal_years)
def test_no_amount_is_negative_and_the_parts_are_the_whole(
    said: dict[str, int], person: Person, terms: Terms, year: int
) -> None:
    outcome = compute(said, person, terms, year)
    amounts = {name: value for name, value in outcome.as_result().items() if isinstance(value, int)}
    assert {name: value for name, value in amounts.items() if value < 0} == {}
    assert outcome.annual_levy == sum(
        amounts[name]
        for name in (
            "municipal_income_levy",
            "prefectural_income_levy",
            "municipal_capita_levy",
            "prefectural_capita_levy",
            "forest_environment_tax",
        )
    )
    assert amounts["municipal_income_levy"] % 100 == amounts["prefectural_income_levy"] % 100 == 0


@steady
@given(figures, persons, conditions, fiscal_years)
def test_who_is_exempt_pays_nothing_and_gets_back_what_was_withheld(
    said: dict[str, int], person: Person, terms: Terms, year: int
) -> None:
    outcome = compute(said, person, terms, year)
    withheld = said.get("withheld_dividend_levy", 0) + said.get("withheld_share_levy", 0)
    if outcome.liability == "exempt":
        assert (outcome.annual_levy, outcome.levy_refund) == (0, withheld)
    elif outcome.liability == "capita_only":
        assert outcome.income_levy.total == 0
        assert outcome.annual_levy == outcome.capita.total + outcome.forest_environment_tax > 0
    assert 0 <= outcome.levy_refund <= withheld


# Where more income is taxed less, the statute says so: the column of the spouse tables, the limits of the allowances
# for widows, lone parents and students, the steps of the basic allowance, the limit of the flat cut, and the limits
# below which nothing is due. Between two such cliffs the levy never falls while the salary rises.
def regime(outcome: Outcome, person: Person, year: int) -> tuple[Any, ...]:
    overall = outcome.incomes.overall_income
    return (
        outcome.liability,
        allowances.tier(overall),
        outcome.allowances.basic_allowance,
        outcome.allowances.widow_allowance + outcome.allowances.lone_parent_allowance,
        outcome.allowances.student_allowance,
        outcome.personal_allowance_gap,
        overall > 25_000_000,
        crediting.flat_cut_heads(person, overall, year),
    )


@steady
@given(figures, persons, conditions, fiscal_years, st.one_of(yen, near_steps), rises)
def test_more_salary_is_never_taxed_less_between_two_cliffs(
    said: dict[str, int], person: Person, terms: Terms, year: int, salary: int, more: int
) -> None:
    said = {name: amount for name, amount in said.items() if name != "hometown_gift"}
    lower = compute(said | {"salary_revenue": salary}, person, terms, year)
    higher = compute(said | {"salary_revenue": salary + more}, person, terms, year)
    if regime(lower, person, year) == regime(higher, person, year):
        assert lower.annual_levy <= higher.annual_levy


@steady
@given(figures, persons, conditions, fiscal_years, births)
def test_one_more_dependent_never_costs_anything(
    said: dict[str, int], person: Person, terms: Terms, year: int, birth: date
) -> None:
    more = replace(person, relatives=(*person.relatives, Relative("relative", birth, 0, "none", False, False, False)))
    assert compute(said, more, terms, year).annual_levy <= compute(said, person, terms, year).annual_levy


# Only 医療費控除の特例 is left out: it takes the place of another allowance by choice (地方税法附則4条の4).
ALLOWANCES = {
    "social_premium": small,
    "mutual_aid_premium": small,
    "new_life_premium": up_to(200_000, 101),
    "old_life_premium": up_to(200_000, 101),
    "care_premium": up_to(200_000, 101),
    "new_annuity_premium": up_to(200_000, 101),
    "old_annuity_premium": up_to(200_000, 101),
    "quake_premium": up_to(200_000, 101),
    "old_casualty_premium": up_to(100_000, 101),
    "medical_cost": small,
    "casualty_damage": small,
    "disaster_cost": small,
}
more_allowance = st.sampled_from(sorted(ALLOWANCES)).flatmap(lambda one: st.tuples(st.just(one), ALLOWANCES[one]))


@steady
@given(figures, persons, conditions, fiscal_years, more_allowance)
def test_an_allowance_claimed_never_costs_anything(
    said: dict[str, int], person: Person, terms: Terms, year: int, more: tuple[str, int]
) -> None:
    claimed = said | {more[0]: said.get(more[0], 0) + more[1]}
    assert compute(claimed, person, terms, year).annual_levy <= compute(said, person, terms, year).annual_levy


@steady
@given(figures, persons, conditions, fiscal_years, st.sampled_from(["ordinary", "special"]))
def test_a_disability_told_never_costs_anything(
    said: dict[str, int], person: Person, terms: Terms, year: int, disablement: str
) -> None:
    healthy = replace(person, disablement="none")
    told = replace(person, disablement=disablement)
    assert compute(said, told, terms, year).annual_levy <= compute(said, healthy, terms, year).annual_levy


@steady
@given(st.sampled_from(range(9)), conditions)
def test_who_is_exempt_from_everything_owes_no_income_levy_either(count: int, terms: Terms) -> None:
    assert liability.exemption_limit(count, terms) <= liability.income_levy_limit(count)


@steady
@given(births, fiscal_years)
def test_age_is_what_the_day_before_the_assessment_date_makes_it(birth: date, year: int) -> None:
    reached = people.age(birth, year)
    assert date(birth.year + reached, 1, 1) <= date(year, 1, 1)
    on_assessment_date = year - birth.year - (0 if (birth.month, birth.day) == (1, 1) else 1)
    assert reached == on_assessment_date


@steady
@given(figures, persons, conditions, st.sampled_from([2024, 2025]))
def test_the_flat_cut_takes_what_is_due_and_no_more(
    said: dict[str, int], person: Person, terms: Terms, year: int
) -> None:
    outcome = compute(said, person, terms, year)
    due = 10_000 * crediting.flat_cut_heads(person, outcome.incomes.overall_income, year)
    assert outcome.flat_cut.total <= due
    if outcome.income_levy.total > 0:
        assert outcome.flat_cut.total == due


def test_every_year_of_the_tables_has_every_value() -> None:
    for year in range(2021, 2028):
        assert years.amount("salary_floor", year) > 0
        assert years.amount("municipal_capita", year) + years.amount("forest_tax", year) >= 3_500

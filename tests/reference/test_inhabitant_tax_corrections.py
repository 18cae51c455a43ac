"""What holds of every taxpayer whose levy is corrected, moved and corrected back, through the reference's own services.

With a correction that ends in the first state, everything is as it was at first: annual amount, every part of it, and
the sum of all that is collected. The months and instalments are those of the first levy while none of them is past;
afterwards what is past stays as it was collected, except for what a correction gave back, and the rest is asked for
again in what is to come (地方税法17条、320条、321条の2、321条の6、321条の7).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    calculation,
    calculation_api,
    changes_api,
    dues,
    employers_api,
    instalments,
    levying,
    levying_api,
    planning,
    portions,
    remissions_api,
    settlements,
    terms,
)
from kijun.reference.individual_inhabitant_tax.assessment import Line
from kijun.reference.individual_inhabitant_tax.calculation import Outcome
from kijun.reference.individual_inhabitant_tax.records import RelativeRow
from kijun.reference.store import Store, open_tenant

served = settings(max_examples=30, deadline=None, derandomize=True, database=None)
YEARS = range(2021, 2028)


def up_to(most: int, step: int) -> st.SearchStrategy[int]:
    return st.sampled_from(range(0, most, step))


@dataclass(frozen=True)
class State:
    """What is known of a person: figures of the return in yen, disablement, children of 20 and ten years."""

    figures: dict[str, int]
    disablement: str = "none"
    children: int = 0


@dataclass(frozen=True)
class Ordinance:
    """The terms that a municipality sets for all years."""

    is_designated: bool
    fraction: int
    total: int


@dataclass(frozen=True)
class Way:
    """By what the tax is collected at first."""

    has_employer: bool = False
    is_pensioner: bool = False


@dataclass
class Case:
    """One taxpayer of one year in a municipality of its own."""

    desk: Desk
    year: int
    number: str
    employer: str = ""
    relatives: list[str] = field(default_factory=list)
    is_employed: bool = False
    is_pension_collected: bool = False

    @property
    def key(self) -> dict[str, Any]:
        return {"taxpayer_id": self.number, "fiscal_year": self.year}

    @property
    def lines(self) -> list[Line]:
        return assessment.lines_of(assessment.required(self.desk, self.number, self.year))

    @property
    def outcome(self) -> Outcome:
        return calculation.calculate(self.desk, self.number, self.year)

    def tell(self, state: State, born: date) -> None:
        """A newer return takes the place of an older one, newer circumstances that of older ones."""
        lodge(self.desk, self.key, "income_tax_return", state.figures)
        form = calculation_api.CircumstanceForm(**self.key, birth_date=born, disablement=state.disablement)
        calculation_api.register_circumstances(self.desk, form)
        while len(self.relatives) > state.children:
            row = self.desk.session.get(RelativeRow, (self.desk.id, self.relatives.pop()))
            self.desk.session.delete(row)
        while len(self.relatives) < state.children:
            born_in = self.year - (11 if self.relatives else 21)
            child = calculation_api.RelativeForm(
                **self.key, kinship="relative", relative_birth_date=date(born_in, 5, 5)
            )
            self.relatives.append(calculation_api.register_relative(self.desk, child)["relative_id"])
        self.desk.session.flush()

    def revise(self) -> dict[str, Any]:
        return levying_api.revise_levy(self.desk, levying_api.Revision(**self.key, revision_ground="修正"))

    def leave(self) -> None:
        given = {"employment_changed_on": self.desk.today, "change_notified_on": self.desk.today}
        form = changes_api.EmploymentChange(**self.key, employment_change="retired", is_pay_sufficient=False, **given)
        changes_api.notify_employment_change(self.desk, form)
        self.is_employed = False

    def join(self) -> None:
        month = dues.month_of(dues.following(dues.month_of(self.desk.today)))
        form = changes_api.Switch(**self.key, designation_number=self.employer, salary_from=month)
        changes_api.switch_to_salary(self.desk, form)
        self.is_employed = True


def lodge(desk: Desk, key: dict[str, Any], kind: str, figures: dict[str, int]) -> None:
    calculation_api.lodge_dossier(desk, calculation_api.DossierForm(**key, dossier_kind=kind, **figures))


figures = st.fixed_dictionaries(
    {"salary_revenue": up_to(12_000_000, 123_457), "trade_profit": up_to(6_000_000, 61_283)},
    optional={
        "social_premium": up_to(1_200_000, 13_441),
        "mutual_aid_premium": up_to(300_000, 10_007),
        "medical_cost": up_to(500_000, 10_007),
        "hometown_gift": up_to(100_000, 10_007),
        "listed_dividend": up_to(1_000_000, 50_021),
    },
)
states = st.builds(
    State, figures, st.sampled_from(["none", "none", "ordinary", "special"]), st.sampled_from([0, 0, 1, 2])
)
ordinances = st.builds(
    Ordinance, st.booleans(), fraction=st.sampled_from([1_000, 100]), total=st.sampled_from([4, 4, 10])
)
ways = st.sampled_from([Way(), Way(has_employer=True), Way(is_pensioner=True)])
steps = st.lists(
    st.tuples(
        st.integers(0, 80),
        st.sampled_from(["correct", "correct", "leave", "join", "stop pension", "hand over"]),
        states,
    ),
    min_size=1,
    max_size=5,
)
fiscal_years = st.sampled_from(YEARS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    held = Store(f"sqlite:///{tmp_path_factory.mktemp('corrections') / 'reference.sqlite'}")
    yield held
    held.close()


def opened(session: Any, year: int, ordinance: Ordinance, today: date) -> Desk:
    tenant = open_tenant(session, "992011", "general_city", today)
    desk = Desk(session, tenant.id, "assessor", today)
    said = {"applies_designated_city_rates": ordinance.is_designated}
    said |= {"instalment_fraction": ordinance.fraction, "instalment_total": ordinance.total}
    terms.set_terms(desk, year, said)
    return desk


def levied(desk: Desk, year: int, state: State, way: Way) -> Case:
    """A taxpayer with a first levy, if there is anything to levy."""
    case = Case(desk, year, taxpayers.add_person(desk, "架空　甲", "架空県見本市").taxpayer_id)
    case.tell(state, born_of(year, way))
    employer = employers_api.NewEmployer(
        employer_name="架空商事", employer_address="架空県", employer_phone="0000-000000"
    )
    case.employer = employers_api.register_employer(desk, employer)["designation_number"]
    if way.has_employer:
        levying_api.designate_employer(desk, levying_api.Assignment(**case.key, designation_number=case.employer))
    if way.is_pensioner:
        levying_api.register_annuity(desk, levying_api.Annuity(**case.key, pension_annuity=9_000_000))
    case.is_employed, case.is_pension_collected = way.has_employer, way.is_pensioner
    levying_api.levy_inhabitant_tax(desk, levying_api.ByYear(fiscal_year=year))
    return case


def born_of(year: int, way: Way) -> date:
    return date(year - 70 if way.is_pensioner else year - 45, 6, 15)


NOTHING, ENOUGH = State({}), State({"salary_revenue": 4_000_000})
FOUR = Ordinance(is_designated=False, fraction=1_000, total=4)


@served
@example(2026, FOUR, Way(has_employer=True), ENOUGH, [(106, "correct", NOTHING), (30, "correct", ENOUGH)])
@example(2026, FOUR, Way(is_pensioner=True), ENOUGH, [(3, "stop pension", ENOUGH), (2, "correct", NOTHING)])
@given(fiscal_years, ordinances, ways, states, steps)
def test_a_correction_back_to_the_first_state_restores_every_amount(
    store: Store, year: int, ordinance: Ordinance, way: Way, first: State, steps: list[tuple[int, str, State]]
) -> None:
    with store.transaction() as session:
        desk = opened(session, year, ordinance, date(year, 6, 1))
        case = levied(desk, year, first, way)
        if assessment.latest(desk, case.number, year) is None:
            return
        outcome = case.outcome
        handed: dict[settlements.Key, int] = {}
        for days, kind, state in [*steps, (0, "correct", first), (0, "hand over", first)]:
            desk.today += timedelta(days)
            go(case, kind, state, born_of(year, way), ordinance, handed)
        assert case.outcome == outcome
        levy = assessment.required(desk, case.number, year)
        assert levy.annual_levy == outcome.annual_levy == assessment.total(case.lines) == sum(handed.values())


def go(
    case: Case, kind: str, state: State, born: date, ordinance: Ordinance, handed: dict[settlements.Key, int]
) -> None:
    """One step of the year, and what has to hold after it.

    Nothing is given back that is owed; only a pensioner's tax by notice and by pension are two amounts in the first
    year (地方税法321条の7の2、同法施行令48条の9の15).
    """
    before, today = case.lines, case.desk.today
    surplus = 0
    match kind:
        case "correct":
            case.tell(state, born)
            found = case.revise()
            surplus = found["levy_surplus"]
            assert found["annual_levy_after"] == case.outcome.annual_levy == assessment.total(case.lines)
            is_cut = instalments.cuts_in_order(case.year) and case.outcome.flat_cut.total > 0
            if found["annual_levy_gap"] and not is_cut:  # the cut empties the first parts (地方税法附則5条の10)
                check_split(case.year, before, case.lines, today, ordinance)
            if found["annual_levy_gap"]:
                check_methods(case, today)
                least = max(planning.total_past(before, today) - found["annual_levy_after"], 0)
                assert surplus >= least if born.year == case.year - 70 else surplus == least
        case "leave":
            case.leave()
            assert not [one for one in case.lines if one.method == "salary" and not planning.past_by(today)(one)]
        case "stop pension":
            stop = {"pension_change": "care_stopped", "pension_changed_on": today}
            changes_api.notify_pension_change(case.desk, changes_api.PensionChange(**case.key, **stop))
            case.is_pension_collected = False
            assert not [one for one in case.lines if one.method == "pension" and not planning.past_by(today)(one)]
        case "join":
            if not planning.movable(before, today) or not months_left(case.year, today):
                return
            case.join()
            assert all(planning.past_by(today)(one) for one in case.lines if one.method == "ordinary")
        case "hand over":
            for one in settlements.hand_over(case.desk, case.year):
                key = (one.taxpayer_id, one.method, one.month)
                handed[key] = handed.get(key, 0) + one.amount
            assert sum(handed.values()) == assessment.total(case.lines)
    assert assessment.total(case.lines) == assessment.required(case.desk, case.number, case.year).annual_levy
    assert planning.total_past(case.lines, today) == planning.total_past(before, today) - surplus
    if surplus == 0:
        assert {one for one in before if planning.past_by(today)(one)} <= set(case.lines)


def check_methods(case: Case, today: date) -> None:
    """What is to come is collected by who still can collect it: nothing by an employer left or a pension stopped."""
    coming = {one.method for one in case.lines if not planning.past_by(today)(one)}
    assert case.is_employed or "salary" not in coming
    assert case.is_pension_collected or "pension" not in coming
    if case.is_employed and not case.is_pension_collected and months_left(case.year, today):
        assert "ordinary" not in coming


def months_left(year: int, today: date) -> bool:
    return any(month > dues.month_of(today) for month in instalments.months_of(year))


def check_split(year: int, before: Sequence[Line], lines: Sequence[Line], today: date, ordinance: Ordinance) -> None:
    """What is to come is even but for its first part; an extra due date is set only where none is left."""
    for method, unit in (("salary", 100), ("ordinary", ordinance.fraction)):
        coming = [one for one in lines if one.method == method and not planning.past_by(today)(one)]
        amounts = [one.amount for one in sorted(coming, key=lambda one: one.due_on)]
        assert len(set(amounts[1:])) <= 1
        assert all(one % unit == 0 for one in amounts[1:])
        assert amounts == [] or amounts[0] == max(amounts)
    extra = {one for one in lines if one.method == "ordinary" and one.number == 0} - set(before)
    if extra:
        assert max(dues.instalment_dues(year, ordinance.total)) < today


@served
@given(fiscal_years, ordinances, ways, states, st.lists(states, min_size=1, max_size=3))
def test_a_correction_back_before_anything_is_due_restores_every_month(
    store: Store, year: int, ordinance: Ordinance, way: Way, first: State, others: list[State]
) -> None:
    with store.transaction() as session:
        desk = opened(session, year, ordinance, date(year, 3, 31))
        case = levied(desk, year, first, way)
        if assessment.latest(desk, case.number, year) is None:
            return
        lines = case.lines
        for state in [*others, first]:
            case.tell(state, born_of(year, way))
            assert case.revise()["levy_surplus"] == 0
        assert case.lines == lines


@served
@given(fiscal_years, ordinances, states, states, st.integers(0, 200), st.integers(1, 100))
def test_a_correction_does_not_take_back_a_remission(
    store: Store, year: int, ordinance: Ordinance, first: State, other: State, day: int, percent: int
) -> None:
    with store.transaction() as session:
        desk = opened(session, year, ordinance, date(year, 6, 1))
        case = levied(desk, year, first, Way())
        if assessment.latest(desk, case.number, year) is None:
            return
        asked = remissions_api.Request(**case.key, remission_ground="disaster", remission_requested_on=desk.today)
        number = remissions_api.request_remission(desk, asked)["remission_id"]
        decided = remissions_api.Decision(remission_id=number, remission_decision="approved", remission_percent=percent)
        kept = remissions_api.decide_remission(desk, decided)["remitted_levy"]
        desk.today += timedelta(day)
        for state in (other, first):
            case.tell(state, born_of(year, Way()))
            case.revise()
            levy = assessment.required(desk, case.number, year)
            kept = min(kept, levy.annual_levy)
            assert levy.remitted == kept
            assert assessment.total(case.lines) == levy.annual_levy - levy.remitted


@served
@given(fiscal_years, ordinances, st.lists(st.tuples(states, ways), min_size=1, max_size=5))
def test_a_levy_on_everybody_is_the_levy_on_each(
    store: Store, year: int, ordinance: Ordinance, people: list[tuple[State, Way]]
) -> None:
    with store.transaction() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "SIZE", 2)
        desk = opened(session, year, ordinance, date(year, 6, 1))
        cases = []
        for state, way in people:
            case = Case(desk, year, taxpayers.add_person(desk, "架空　甲", "架空県見本市").taxpayer_id)
            case.tell(state, born_of(year, way))
            if way.is_pensioner:
                levying_api.register_annuity(desk, levying_api.Annuity(**case.key, pension_annuity=9_000_000))
            cases.append(case)
        single = {case.number: case.outcome for case in cases}
        taxed = {number: found for number, found in single.items() if found.annual_levy}
        by_year = levying_api.ByYear(fiscal_year=year)
        whole = {"levied_headcount": len(taxed), "levied_sum": sum(one.annual_levy for one in taxed.values())}
        assert levying_api.preview_levy(desk, by_year) == whole
        assert levying_api.levy_inhabitant_tax(desk, by_year) == whole
        in_bulk = {one.taxpayer_id: (one.annual_levy, one.plan) for one in assessment.of_year(desk, year)}
        session.query(assessment.Levy).filter_by(tenant=desk.id).delete()
        alone = {number: levying.levy_on(desk, number, year, found) for number, found in taxed.items()}
        assert in_bulk == {number: (levy.annual_levy, levy.plan) for number, levy in alone.items()}


reports = st.lists(
    st.tuples(
        st.sampled_from(["salary_report", "pension_report"]),
        st.fixed_dictionaries(
            {"salary_revenue": up_to(9_000_000, 123_457)},
            optional={"social_premium": up_to(900_000, 13_441), "pension_revenue": up_to(3_000_000, 61_283)},
        ),
    ),
    min_size=2,
    max_size=4,
)
returns = st.fixed_dictionaries({}, optional={"income_tax_return": figures, "inhabitant_tax_return": figures})


@served
@given(fiscal_years, reports, st.one_of(st.just({}), returns))
def test_the_order_in_which_dossiers_arrive_changes_no_amount(
    store: Store, year: int, said: list[tuple[str, dict[str, int]]], filed: dict[str, dict[str, int]]
) -> None:
    pile = [*said, *filed.items()]
    with store.transaction() as session:
        desk = opened(session, year, Ordinance(False, 1_000, 4), date(year, 2, 1))
        found = []
        for order in (pile, pile[::-1]):
            number = taxpayers.add_person(desk, "架空　甲", "架空県見本市").taxpayer_id
            for kind, one in order:
                lodge(desk, {"taxpayer_id": number, "fiscal_year": year}, kind, one)
            found.append(calculation.calculate(desk, number, year))
        assert found[0] == found[1]

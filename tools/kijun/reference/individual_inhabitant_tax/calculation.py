"""The whole computation of one person and fiscal year, from what is on record to the annual amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import allowances as allowing
from kijun.reference.individual_inhabitant_tax import credits as crediting
from kijun.reference.individual_inhabitant_tax import (
    dossiers,
    incomes,
    levy,
    liability,
    presence,
    relatives,
    terms,
    treaties,
    years,
)
from kijun.reference.individual_inhabitant_tax.levy import NOTHING, Pair
from kijun.reference.individual_inhabitant_tax.money import settled, stated
from kijun.reference.individual_inhabitant_tax.people import Person, headcount
from kijun.reference.individual_inhabitant_tax.portions import rows_of
from kijun.reference.individual_inhabitant_tax.records import Circumstance
from kijun.reference.individual_inhabitant_tax.terms import Terms

_BORN_UNKNOWN = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Every amount of the computation, by the keys of the glossary (yen), and the allowances under `allowances`."""

    liability: str
    incomes: incomes.Incomes
    allowances: allowing.Allowances
    personal_allowance_gap: int
    taxable_base: int
    gross: Pair
    gap_credit: Pair
    dividend_credit: Pair
    home_loan: Pair
    gift: Pair
    adjustment: Pair
    flat_cut: Pair
    levy_refund: int
    income_levy: Pair
    capita: Pair
    forest_environment_tax: int

    @property
    def annual_levy(self) -> int:
        return self.income_levy.total + self.capita_sum

    @property
    def capita_sum(self) -> int:
        """均等割額 of both bodies and 森林環境税, in yen."""
        return self.capita.total + self.forest_environment_tax

    @property
    def parts(self) -> dict[str, int]:
        """The annual amount by kind of tax, in yen."""
        return {
            "municipal_income_levy": self.income_levy.municipal,
            "municipal_capita_levy": self.capita.municipal,
            "prefectural_income_levy": self.income_levy.prefectural,
            "prefectural_capita_levy": self.capita.prefectural,
            "forest_environment_tax": self.forest_environment_tax,
        }

    @property
    def decided(self) -> dict[str, Any]:
        """What a decision on the person keeps."""
        return {
            "annual_levy": self.annual_levy,
            "parts": self.parts,
            "overall_income": self.incomes.overall_income,
        }

    def as_result(self) -> dict[str, Any]:
        """The result of 個人住民税の計算, in the order of the computation."""
        return {
            "salary_income": self.incomes.salary_income,
            "income_adjustment": self.incomes.income_adjustment,
            "pension_income": self.incomes.pension_income,
            "overall_income": self.incomes.overall_income,
            "aggregate_income": self.incomes.aggregate_income,
            **asdict(self.allowances),
            "allowance_sum": self.allowances.total,
            "personal_allowance_gap": self.personal_allowance_gap,
            "taxable_base": self.taxable_base,
            **_both("gross_levy", self.gross),
            **_both("gap_credit", self.gap_credit),
            **_both("dividend_credit", self.dividend_credit),
            "home_loan_credit": self.home_loan.total,
            **_both("gift_credit", self.gift),
            **_both("floor_adjustment", self.adjustment),
            **_both("flat_cut", self.flat_cut),
            "levy_refund": self.levy_refund,
            **_both("income_levy", self.income_levy),
            **_both("capita_levy", self.capita),
            "forest_environment_tax": self.forest_environment_tax,
            "annual_levy": self.annual_levy,
            "liability": self.liability,
        }


def _both(name: str, pair: Pair) -> dict[str, int]:
    return {f"municipal_{name}": pair.municipal, f"prefectural_{name}": pair.prefectural}


def calculate(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Outcome:
    """From the records of one person. Raises Refusal for a year without terms."""
    years.checked_year(fiscal_year)
    given = terms.terms_of(desk, fiscal_year)
    return under(desk, given, taxpayer_id, fiscal_year)


def under(desk: Desk, given: Terms, taxpayer_id: str, fiscal_year: int) -> Outcome:
    """The same under terms that need not be those on record."""
    person = person_of(desk, taxpayer_id, fiscal_year)
    figures = dossiers.adopted(desk, taxpayer_id, fiscal_year)
    exempt = treaties.exempt_salary(treaties.of_person(desk, taxpayer_id, fiscal_year), fiscal_year)
    return by_treaty(figures, person, given, fiscal_year, exempt)


def by_treaty(figures: Mapping[str, Any], person: Person, given: Terms, fiscal_year: int, exempt: int) -> Outcome:
    """The computation without the salary (yen) that a treaty exempts. No treaty reaches the forest tax of the state."""
    whole = compute(figures, person, given, fiscal_year)
    if not exempt:
        return whole
    relieved = compute(treaties.without(figures, exempt), person, given, fiscal_year)
    return replace(relieved, forest_environment_tax=whole.forest_environment_tax)


def person_of(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Person:
    """The person as registered last for the year, with every relative named."""
    known = next(iter(rows_of(desk, Circumstance, taxpayer_id, fiscal_year)[::-1]), None)
    kin = tuple(map(relatives.as_relative, relatives.kept(desk, taxpayer_id, fiscal_year)))
    is_owner = presence.lives_elsewhere(desk, taxpayer_id, fiscal_year)
    if known is None:
        return Person(_BORN_UNKNOWN, relatives=kin, lives_elsewhere=is_owner)
    return Person(
        known.birth_date,
        known.disablement,
        known.lone_status,
        known.is_working_student,
        known.receives_public_aid,
        kin,
        is_owner,
    )


def compute(figures: Mapping[str, Any], person: Person, given: Terms, fiscal_year: int) -> Outcome:
    """The computation itself: a pure function of what is said of a person."""
    earned = incomes.incomes(figures, person, fiscal_year)
    allowed = allowing.allowances(figures, person, earned, fiscal_year)
    gap = allowing.personal_gap(person, earned, allowed, fiscal_year)
    status = liability.liability(person, earned, given, fiscal_year)
    taxed = levy.bases(earned, allowed.total)
    gross = levy.gross_levy(taxed, given) if status == "liable" else NOTHING
    gap_credit = levy.gap_credit(gap, taxed.with_forestry, earned.overall_income, given).at_most(gross)
    after_gap = gross.less(gap_credit)
    dividend, left = _taken(
        crediting.dividend_credit(stated(figures, "dividend_profit"), taxed.taxable_base, given), after_gap
    )
    home, left = _taken(
        crediting.home_loan_credit(figures, figures.get("home_loan_period", "five_percent"), given), left
    )
    is_one_stop = bool(figures.get("uses_one_stop"))
    gift, left = _taken(
        crediting.gift_credit(
            figures, earned.aggregate_income, taxed.taxable_base - gap, after_gap, given, is_one_stop
        ),
        left,
    )
    foreign = (stated(figures, "foreign_tax_left"), stated(figures, "national_foreign_ceiling"))
    _, left = _taken(crediting.foreign_credit(*foreign, left, given), left)
    count = headcount(person, fiscal_year)
    adjustment, left = _taken(levy.floor_adjustment(left, earned.aggregate_income, count), left)
    withheld = stated(figures, "withheld_dividend_levy") + stated(figures, "withheld_share_levy")
    used, left = _taken(crediting.withheld_credit(withheld, given), left)
    cut, left = _taken(crediting.flat_cut(person, earned.overall_income, left, fiscal_year), left)
    is_exempt = status == "exempt"
    is_free_of_forest_tax = liability.is_free_of_forest_tax(person, earned.overall_income, given, fiscal_year)
    return Outcome(
        liability=status,
        incomes=earned,
        allowances=allowed,
        personal_allowance_gap=gap,
        taxable_base=taxed.taxable_base if status == "liable" else 0,
        gross=gross,
        gap_credit=gap_credit,
        dividend_credit=dividend,
        home_loan=home,
        gift=gift,
        adjustment=adjustment,
        flat_cut=cut,
        levy_refund=withheld - used.total,
        income_levy=Pair(settled(left.municipal), settled(left.prefectural)),
        capita=NOTHING if is_exempt else capita_levy(given, fiscal_year),
        forest_environment_tax=0 if is_free_of_forest_tax else years.amount("forest_tax", fiscal_year),
    )


def _taken(credit: Pair, left: Pair) -> tuple[Pair, Pair]:
    """How much of a credit the levy takes, and what is left of the levy."""
    used = credit.at_most(left)
    return used, left.less(used)


def capita_sum(given: Terms, fiscal_year: int) -> int:
    """What everybody owes who is not exempt: 均等割額 of both bodies and 森林環境税, in yen."""
    return capita_levy(given, fiscal_year).total + years.amount("forest_tax", fiscal_year)


# 地方税法38条、310条
def capita_levy(given: Terms, fiscal_year: int) -> Pair:
    return Pair(
        years.amount("municipal_capita", fiscal_year) + given.municipal_capita_surcharge,
        years.amount("prefectural_capita", fiscal_year) + given.prefectural_capita_surcharge,
    )

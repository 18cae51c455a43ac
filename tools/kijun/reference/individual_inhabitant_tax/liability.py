"""Who is exempt: from everything, or from the income levy alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kijun.reference.individual_inhabitant_tax import years
from kijun.reference.individual_inhabitant_tax.incomes import Incomes
from kijun.reference.individual_inhabitant_tax.people import Person, headcount
from kijun.reference.individual_inhabitant_tax.terms import Terms

_BY_GRADE = {"first_grade": (350_000, 210_000), "second_grade": (315_000, 189_000), "third_grade": (280_000, 168_000)}
_PERSONAL_LIMIT = 1_350_000


# 地方税法24条の5第3項、295条3項、地方税法施行令47条の3
def exemption_limit(count: int, terms: Terms) -> int:
    """合計所得金額 up to which nothing is levied, with `count` spouse and dependents."""
    each, addition = _BY_GRADE[terms.living_area_grade]
    if terms.exemption_addition is not None:
        addition = terms.exemption_addition
    return each * (1 + count) + 100_000 + (addition if count else 0)


# 地方税法附則3条の3第1項・第4項
def income_levy_limit(count: int) -> int:
    """総所得金額等 up to which no income levy is due, in every area alike."""
    return 350_000 * (1 + count) + 100_000 + (320_000 if count else 0)


# 地方税法24条の5第1項、295条1項
def is_personally_exempt(person: Person, overall: int, fiscal_year: int) -> bool:
    if person.receives_public_aid:
        return True
    is_named = person.disablement != "none" or person.lone_status != "none" or is_minor(person.birth_date, fiscal_year)
    return is_named and overall <= _PERSONAL_LIMIT


# 地方税法24条の5第1項2号、295条1項2号、年齢計算ニ関スル法律（1月2日生まれは、賦課期日である1月1日の終了で年をとる）
def is_minor(birth_date: date, fiscal_year: int) -> bool:
    """Whether somebody is under age at the end of the assessment date, the first of January."""
    completed = fiscal_year - birth_date.year - ((birth_date.month, birth_date.day) > (1, 2))
    return completed < years.amount("minor_age", fiscal_year)


# 森林環境税及び森林環境譲与税に関する法律3条（国内に住所を有する個人。住所地の市区町村が課する）、4条1項、同法施行令1条
def is_free_of_forest_tax(person: Person, overall: int, terms: Terms, fiscal_year: int) -> bool:
    """By the limit of the national order: an addition set by ordinance does not move it."""
    if person.lives_elsewhere:
        return True
    national = exemption_limit(headcount(person, fiscal_year), replace(terms, exemption_addition=None))
    return is_personally_exempt(person, overall, fiscal_year) or overall <= national


def liability(person: Person, incomes: Incomes, terms: Terms, fiscal_year: int) -> str:
    """`exempt`, `capita_only` or `liable`."""
    count = headcount(person, fiscal_year)
    if is_personally_exempt(person, incomes.overall_income, fiscal_year):
        return "exempt"
    if incomes.overall_income <= exemption_limit(count, terms):
        return "exempt"
    is_capita_only = owes_capita_only(person) or incomes.aggregate_income <= income_levy_limit(count)
    return "capita_only" if is_capita_only else "liable"


# 地方税法24条1項2号、294条1項2号
def owes_capita_only(person: Person) -> bool:
    """Who lives elsewhere is levied on income there."""
    return person.lives_elsewhere

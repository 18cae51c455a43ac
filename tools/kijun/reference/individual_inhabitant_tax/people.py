"""The taxpayer and the relatives as the rules see them: ages at the assessment date, who counts for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kijun.reference.individual_inhabitant_tax import years


@dataclass(frozen=True, slots=True)
class Relative:
    """A spouse or another relative living on the same means."""

    kinship: str
    birth_date: date
    earnings: int
    disablement: str
    is_coresident_parent: bool
    is_coresident: bool
    lives_abroad: bool


@dataclass(frozen=True, slots=True)
class Person:
    """The taxpayer on the first of January of the fiscal year."""

    birth_date: date
    disablement: str = "none"
    lone_status: str = "none"
    is_working_student: bool = False
    receives_public_aid: bool = False
    relatives: Sequence[Relative] = field(default=())
    lives_elsewhere: bool = False  # levied for a house or an office here alone


# 年齢計算ニ関スル法律（誕生日の前日の終了で年をとるので、12月31日現在の年齢は翌1月1日の誕生日を含む）
def age(birth_date: date, fiscal_year: int) -> int:
    """Age in years at the end of the income year, the day before the assessment date."""
    return fiscal_year - birth_date.year - ((birth_date.month, birth_date.day) > (1, 1))


# 地方税法23条1項7号、292条1項7号（同一生計配偶者）
def spouse(person: Person, fiscal_year: int) -> Relative | None:
    """The spouse whose income keeps within the limit."""
    return next((one for one in spouses(person) if one.earnings <= years.amount("relative_limit", fiscal_year)), None)


def spouse_beyond(person: Person, fiscal_year: int) -> Relative | None:
    """The spouse whose income exceeds the limit."""
    return next((one for one in spouses(person) if one.earnings > years.amount("relative_limit", fiscal_year)), None)


def spouses(person: Person) -> list[Relative]:
    return [one for one in person.relatives if one.kinship == "spouse"]


# 地方税法23条1項9号、292条1項9号（扶養親族）
def dependents(person: Person, fiscal_year: int) -> list[Relative]:
    """Relatives whose income keeps within the limit, those below sixteen included."""
    limit = years.amount("relative_limit", fiscal_year)
    return [one for one in person.relatives if one.kinship == "relative" and one.earnings <= limit]


def headcount(person: Person, fiscal_year: int) -> int:
    """同一生計配偶者と扶養親族の数: who raises the exemption limits."""
    return len(dependents(person, fiscal_year)) + (spouse(person, fiscal_year) is not None)

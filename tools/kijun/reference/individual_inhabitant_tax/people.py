"""The taxpayer and the relatives as the rules see them: ages at the assessment date, who counts for what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kijun.reference.individual_inhabitant_tax import years

ABROAD_FROM = 2024
LEAST_REMITTED = 380_000


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
    studies_abroad: bool = False
    remitted_sum: int = 0  # yen, for living or schooling, in the income year


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


# 地方税法24条の5第3項、295条3項、附則3条の3（16歳未満の者及び控除対象扶養親族に限る。かっこ書は公式の本文と未照合）
def headcount(person: Person, fiscal_year: int) -> int:
    """同一生計配偶者と扶養親族の数: who raises the exemption limits."""
    counted = [one for one in dependents(person, fiscal_year) if not is_excluded_abroad(one, fiscal_year)]
    return len(counted) + (spouse(person, fiscal_year) is not None)


# 地方税法34条1項11号、314条の2第1項11号（控除対象扶養親族。令和6年度から）
def is_excluded_abroad(one: Relative, fiscal_year: int) -> bool:
    """Thirty or more and below seventy, abroad, and neither a student nor disabled nor sent enough."""
    is_in_age = 30 <= age(one.birth_date, fiscal_year) < 70
    is_meant = one.lives_abroad and one.kinship == "relative" and is_in_age
    return fiscal_year >= ABROAD_FROM and is_meant and not is_kept_abroad(one)


def is_kept_abroad(one: Relative) -> bool:
    return one.studies_abroad or one.disablement != "none" or one.remitted_sum >= LEAST_REMITTED

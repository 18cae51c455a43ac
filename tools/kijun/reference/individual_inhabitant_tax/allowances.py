"""所得控除 of the inhabitant tax, and how far each is smaller than its counterpart of the income tax (人的控除差)."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from kijun.reference.individual_inhabitant_tax import years
from kijun.reference.individual_inhabitant_tax.incomes import Figures, Incomes, sundry_income
from kijun.reference.individual_inhabitant_tax.money import share, share_up, stated
from kijun.reference.individual_inhabitant_tax.people import (
    Person,
    Relative,
    age,
    dependents,
    is_excluded_abroad,
    spouse,
    spouse_beyond,
)

_SPECIAL_SPOUSE = (
    (1_000_000, (330_000, 220_000, 110_000)),
    (1_050_000, (310_000, 210_000, 110_000)),
    (1_100_000, (260_000, 180_000, 90_000)),
    (1_150_000, (210_000, 140_000, 70_000)),
    (1_200_000, (160_000, 110_000, 60_000)),
    (1_250_000, (110_000, 80_000, 40_000)),
    (1_300_000, (60_000, 40_000, 20_000)),
    (1_330_000, (30_000, 20_000, 10_000)),
)
_YOUNG_RELATIVE = (
    (950_000, 450_000),
    (1_000_000, 410_000),
    (1_050_000, 310_000),
    (1_100_000, 210_000),
    (1_150_000, 110_000),
    (1_200_000, 60_000),
    (1_230_000, 30_000),
)
_YOUNG_RELATIVE_FROM = 2026


@dataclass(frozen=True, slots=True)
class Allowances:
    """Every 所得控除 in yen, by the keys of the glossary."""

    basic_allowance: int
    spouse_allowance: int
    special_spouse_allowance: int
    relative_allowance: int
    young_relative_allowance: int
    disablement_allowance: int
    widow_allowance: int
    lone_parent_allowance: int
    student_allowance: int
    social_premium_allowance: int
    mutual_aid_allowance: int
    life_premium_allowance: int
    quake_premium_allowance: int
    medical_allowance: int
    casualty_allowance: int

    @property
    def total(self) -> int:
        return sum(asdict(self).values())


# 地方税法34条2項、314条の2第2項
def basic(overall: int) -> int:
    if overall <= 24_000_000:
        return 430_000
    if overall <= 24_500_000:
        return 290_000
    return 150_000 if overall <= 25_000_000 else 0


def tier(overall: int) -> int | None:
    """Which column of the spouse tables a taxpayer's own income opens: 0, 1, 2 or none."""
    if overall <= 9_000_000:
        return 0
    if overall <= 9_500_000:
        return 1
    return 2 if overall <= 10_000_000 else None


# 地方税法34条1項10号、314条の2第1項10号
def for_spouse(person: Person, overall: int, fiscal_year: int) -> int:
    found, column = spouse(person, fiscal_year), tier(overall)
    if found is None or column is None:
        return 0
    is_elderly = age(found.birth_date, fiscal_year) >= 70
    return ((380_000, 260_000, 130_000) if is_elderly else (330_000, 220_000, 110_000))[column]


# 地方税法34条1項10号の2、314条の2第1項10号の2
def special_spouse(person: Person, overall: int, fiscal_year: int) -> int:
    found, column = spouse_beyond(person, fiscal_year), tier(overall)
    if found is None or column is None:
        return 0
    return next((amounts[column] for most, amounts in _SPECIAL_SPOUSE if found.earnings <= most), 0)


# 地方税法34条1項11号・4項・8項、314条の2第1項11号・4項・8項
def for_relative(one: Relative, fiscal_year: int) -> int:
    years_old = age(one.birth_date, fiscal_year)
    if years_old < 16 or is_excluded_abroad(one, fiscal_year):
        return 0
    if years_old >= 70:
        return 450_000 if one.is_coresident_parent else 380_000
    return 450_000 if 19 <= years_old < 23 else 330_000


# 地方税法34条1項12号、314条の2第1項12号（令和8年度から。号は公式の本文と未照合）
def young_relative(one: Relative, fiscal_year: int) -> int:
    is_in_age = 19 <= age(one.birth_date, fiscal_year) < 23
    is_beyond = one.earnings > years.amount("relative_limit", fiscal_year)
    if fiscal_year < _YOUNG_RELATIVE_FROM or one.kinship != "relative" or not is_in_age or not is_beyond:
        return 0
    return next((amount for most, amount in _YOUNG_RELATIVE if one.earnings <= most), 0)


# 地方税法34条1項6号・3項、314条の2第1項6号・3項
def for_disablement(kind: str, is_coresident: bool) -> int:
    if kind == "special":
        return 530_000 if is_coresident else 300_000
    return 260_000 if kind == "ordinary" else 0


# 地方税法34条1項8号・8号の2・9号、314条の2第1項8号・8号の2・9号
def widow(person: Person, overall: int) -> int:
    return 260_000 if person.lone_status == "widow" and overall <= 5_000_000 else 0


def lone_parent(person: Person, overall: int) -> int:
    return 300_000 if person.lone_status in ("lone_mother", "lone_father") and overall <= 5_000_000 else 0


def student(person: Person, overall: int, unearned: int, fiscal_year: int) -> int:
    """勤労学生控除. `unearned`: the part of the overall income that does not come from the student's own work."""
    keeps_within = overall <= years.amount("student_limit", fiscal_year) and unearned <= 100_000
    return 260_000 if person.is_working_student and keeps_within else 0


def unearned_income(figures: Figures, incomes: Incomes) -> int:
    """合計所得金額 without 給与所得, 事業所得 and 雑所得."""
    worked = max(stated(figures, "trade_profit"), 0)
    worked += sundry_income(incomes.pension_income, stated(figures, "sundry_profit"))
    return incomes.overall_income - incomes.salary_income - worked


# 地方税法34条1項5号、314条の2第1項5号
def new_life(premium: int) -> int:
    """The least of the three lines of the table and its ceiling: each line is the lowest where the statute has it."""
    return min(premium, share_up(premium, 1, 2) + 6_000, share_up(premium, 1, 4) + 14_000, 28_000)


def old_life(premium: int) -> int:
    return min(premium, share_up(premium, 1, 2) + 7_500, share_up(premium, 1, 4) + 17_500, 35_000)


def life_kind(new: int, old: int) -> int:
    """One kind of insurance: the old contracts alone, or both up to the new ceiling, whichever is more."""
    return max(old_life(old), min(new_life(new) + old_life(old), 28_000)) if new else old_life(old)


def life(figures: Figures) -> int:
    kinds = (
        life_kind(stated(figures, "new_life_premium"), stated(figures, "old_life_premium")),
        life_kind(stated(figures, "care_premium"), 0),
        life_kind(stated(figures, "new_annuity_premium"), stated(figures, "old_annuity_premium")),
    )
    return min(sum(kinds), 70_000)


# 地方税法34条1項5号の3、314条の2第1項5号の3
def quake(premium: int, old_casualty: int) -> int:
    old = min(old_casualty, share_up(old_casualty, 1, 2) + 2_500, 10_000)
    return min(share_up(premium, 1, 2) + old, 25_000)


# 地方税法34条1項2号、314条の2第1項2号、附則4条の4
def medical(figures: Figures, aggregate: int) -> int:
    if stated(figures, "switch_drug_cost"):
        return min(max(figures["switch_drug_cost"] - 12_000, 0), 88_000)
    borne = stated(figures, "medical_cost") - stated(figures, "medical_refund")
    return min(max(borne - min(100_000, share(aggregate, 5, 100)), 0), 2_000_000)


# 地方税法34条1項1号、314条の2第1項1号
def casualty(figures: Figures, aggregate: int) -> int:
    by_income = stated(figures, "casualty_damage") - share(aggregate, 10, 100)
    return max(by_income, stated(figures, "disaster_cost") - 50_000, 0)


def allowances(figures: Figures, person: Person, incomes: Incomes, fiscal_year: int) -> Allowances:
    overall, aggregate = incomes.overall_income, incomes.aggregate_income
    kin = [*dependents(person, fiscal_year), *filter(None, [spouse(person, fiscal_year)])]
    return Allowances(
        basic_allowance=basic(overall),
        spouse_allowance=for_spouse(person, overall, fiscal_year),
        special_spouse_allowance=special_spouse(person, overall, fiscal_year),
        relative_allowance=sum(for_relative(one, fiscal_year) for one in dependents(person, fiscal_year)),
        young_relative_allowance=sum(young_relative(one, fiscal_year) for one in person.relatives),
        disablement_allowance=for_disablement(person.disablement, False)
        + sum(for_disablement(one.disablement, one.is_coresident) for one in kin),
        widow_allowance=widow(person, overall),
        lone_parent_allowance=lone_parent(person, overall),
        student_allowance=student(person, overall, unearned_income(figures, incomes), fiscal_year),
        social_premium_allowance=stated(figures, "social_premium"),
        mutual_aid_allowance=stated(figures, "mutual_aid_premium"),
        life_premium_allowance=life(figures),
        quake_premium_allowance=quake(stated(figures, "quake_premium"), stated(figures, "old_casualty_premium")),
        medical_allowance=medical(figures, aggregate),
        casualty_allowance=casualty(figures, aggregate),
    )


# 地方税法37条1号、314条の6第1号
def personal_gap(person: Person, incomes: Incomes, given: Allowances, fiscal_year: int) -> int:
    """人的控除差: the sum by which the personal allowances of the income tax exceed those here."""
    gap = 50_000 if given.basic_allowance else 0
    gap += _spouse_gap(person, incomes.overall_income, fiscal_year)
    gap += sum(_relative_gap(one, fiscal_year) for one in dependents(person, fiscal_year))
    kin = [*dependents(person, fiscal_year), *filter(None, [spouse(person, fiscal_year)])]
    gap += _disablement_gap(person.disablement, False)
    gap += sum(_disablement_gap(one.disablement, one.is_coresident) for one in kin)
    gap += 10_000 if given.widow_allowance else 0
    if given.lone_parent_allowance:
        gap += 50_000 if person.lone_status == "lone_mother" else 10_000
    return gap + (10_000 if given.student_allowance else 0)


def _spouse_gap(person: Person, overall: int, fiscal_year: int) -> int:
    column = tier(overall)
    if column is None:
        return 0
    found = spouse(person, fiscal_year)
    if found is not None:
        is_elderly = age(found.birth_date, fiscal_year) >= 70
        return ((100_000, 60_000, 30_000) if is_elderly else (50_000, 40_000, 20_000))[column]
    beyond = spouse_beyond(person, fiscal_year)
    if beyond is None or beyond.earnings >= 550_000:
        return 0
    return ((50_000, 40_000, 20_000) if beyond.earnings < 500_000 else (30_000, 20_000, 10_000))[column]


def _relative_gap(one: Relative, fiscal_year: int) -> int:
    amount = for_relative(one, fiscal_year)
    if not amount:
        return 0
    years_old = age(one.birth_date, fiscal_year)
    if years_old >= 70:
        return 130_000 if one.is_coresident_parent else 100_000
    return 180_000 if 19 <= years_old < 23 else 50_000


def _disablement_gap(kind: str, is_coresident: bool) -> int:
    if kind == "special":
        return 220_000 if is_coresident else 100_000
    return 10_000 if kind == "ordinary" else 0

"""From revenues to incomes: 給与所得, 公的年金等雑所得, 所得金額調整控除, 損益通算, 合計所得金額."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kijun.reference.individual_inhabitant_tax import years
from kijun.reference.individual_inhabitant_tax.money import share, share_up, stated
from kijun.reference.individual_inhabitant_tax.people import Person, age, dependents, spouse

# Fixed incomes near the end of the least allowance: by that allowance, from a revenue on
_STEPS: Mapping[int, tuple[tuple[int, int], ...]] = {
    550_000: ((1_619_000, 1_069_000), (1_620_000, 1_070_000), (1_622_000, 1_072_000), (1_624_000, 1_074_000)),
    # 租税特別措置法29条の4第2項（公式の本文と未照合）
    740_000: ((2_191_000, 1_451_000), (2_193_000, 1_453_000), (2_196_000, 1_456_000)),
}
_TABLE_END = 6_600_000
_SALARY_MOST = 1_950_000
_CEILING = 8_500_000
# 所得税法35条4項: parts of the revenue in percent, and what is added to them; each line is the lowest where the statute
# has it. The least deductions: of those who are 65 or older, of the younger
_PENSION_LINES = ((25, 275_000), (15, 685_000), (5, 1_455_000), (0, 1_955_000))
_PENSION_LEAST_OLDER, _PENSION_LEAST_YOUNGER = 1_100_000, 600_000
# 租税特別措置法関係通達31・32共-4: the order in which deductions come off them
SEPARATE = (
    "short_held_gain",
    "public_short_gain",
    "long_held_gain",
    "preferred_site_gain",
    "dwelling_gain",
    "listed_dividend",
    "unlisted_share_gain",
    "listed_share_gain",
    "futures_gain",
    "forestry_gain",
)
Figures = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Incomes:
    """Incomes of one person and year, in yen. `separate` by the key of the dossier."""

    salary_income: int
    income_adjustment: int
    pension_income: int
    general: int  # 総所得金額（繰越控除の前）
    overall_income: int
    aggregate_income: int
    separate: dict[str, int]  # 山林所得 with the carried net loss taken off
    carried_casualty: int  # what 雑損失の繰越控除 takes off; it is not yet off `separate`
    special_deduction: int  # 特別控除 of gains on land and buildings: part of the overall income alone

    @property
    def carried_loss(self) -> int:
        """What 純損失の繰越控除 takes off the general income and then off 山林所得."""
        return self.overall_income - self.special_deduction - self.aggregate_income - self.carried_casualty

    @property
    def general_after_loss(self) -> int:
        """総所得金額, with the carried net loss taken off."""
        return max(self.general - self.carried_loss, 0)


# 所得税法28条、別表第五
def salary_income(revenue: int, fiscal_year: int) -> int:
    """給与所得: by the table below 6,600,000 yen of revenue, by the formula from there on."""
    if revenue >= _TABLE_END:
        return revenue - min(share_up(revenue, 1, 10) + 1_100_000, _SALARY_MOST)
    floor = years.amount("salary_floor", fiscal_year)
    if revenue < int(years.row("salary_floor", fiscal_year)["below"]):
        return _below_the_rates(revenue, floor)
    quarter = revenue // 4 // 1000 * 1000
    return max(share(quarter, 24, 10) + 100_000, share(quarter, 28, 10) - 80_000, share(quarter, 32, 10) - 440_000)


def _below_the_rates(revenue: int, floor: int) -> int:
    """What the least allowance leaves of a revenue; the table begins with the first 1,000 yen of income."""
    if revenue < floor + 1_000:
        return 0
    stepped = (income for start, income in reversed(_STEPS.get(floor, ())) if revenue >= start)
    return next(stepped, revenue - floor)


# 所得税法35条4項、租税特別措置法41条の15の3
def pension_income(revenue: int, other_income: int, is_older: bool) -> int:
    """公的年金等雑所得. `is_older`: 65 or more at the end of the income year."""
    less = 0 if other_income <= 10_000_000 else 100_000 if other_income <= 20_000_000 else 200_000
    least = _PENSION_LEAST_OLDER if is_older else _PENSION_LEAST_YOUNGER
    deduction = max(least, min(share_up(revenue, percent, 100) + added for percent, added in _PENSION_LINES))
    return max(revenue - deduction + less, 0)


# 租税特別措置法41条の3の11第1項（子ども・特別障害者等を有する者）
def child_adjustment(revenue: int, person: Person, fiscal_year: int) -> int:
    if revenue <= _CEILING or not _has_child_or_severe(person, fiscal_year):
        return 0
    return share_up(min(revenue, 10_000_000) - _CEILING, 1, 10)


# 租税特別措置法41条の3の11第2項（給与所得と年金所得の双方を有する者）
def double_adjustment(salary: int, pension: int) -> int:
    return max(min(salary, 100_000) + min(pension, 100_000) - 100_000, 0)


def _has_child_or_severe(person: Person, fiscal_year: int) -> bool:
    kin = [*dependents(person, fiscal_year), *filter(None, [spouse(person, fiscal_year)])]
    return (
        person.disablement == "special"
        or any(one.disablement == "special" for one in kin)
        or any(age(one.birth_date, fiscal_year) < 23 for one in dependents(person, fiscal_year))
    )


# 所得税法22条2項、69条1項、所得税法施行令198条（損益通算）、地方税法32条、313条
def general_income(ordinary: int, short_gain: int, long_gain: int, occasional: int) -> int:
    """総所得金額: losses are set off before the half of the long gains and the occasional ones is taken."""
    gains = [max(short_gain, 0), max(long_gain, 0), occasional]
    ordinary -= _set_off(max(-short_gain, 0) + max(-long_gain, 0), gains)
    _set_off(max(-ordinary, 0), gains)
    return max(ordinary, 0) + gains[0] + share(gains[1] + gains[2], 1, 2)


def _set_off(loss: int, gains: list[int]) -> int:
    """Takes a loss off the gains in their order; answers what is left of the loss."""
    for place, gain in enumerate(gains):
        gains[place] = gain - min(gain, loss)
        loss -= min(gain, loss)
    return loss


# 所得税法35条2項: a loss of the other sundry incomes ends within 雑所得 (69条1項)
def sundry_income(pension: int, other_sundry: int) -> int:
    return max(pension + other_sundry, 0)


def incomes(figures: Figures, person: Person, fiscal_year: int) -> Incomes:
    """Every income of one person from the figures of the dossiers (keys of the glossary, yen; missing is zero)."""
    revenue = stated(figures, "salary_revenue")
    salary = salary_income(revenue, fiscal_year)
    separate = {key: max(stated(figures, key), 0) for key in SEPARATE}
    others = sum(
        stated(figures, key) for key in ("interest_profit", "dividend_profit", "trade_profit", "estate_profit")
    )
    sundry = stated(figures, "sundry_profit")
    gains = [stated(figures, key) for key in ("aggregate_short_gain", "aggregate_long_gain", "occasional_gain")]
    child = child_adjustment(revenue, person, fiscal_year)
    special = special_deduction(figures)
    beside_pension = general_income(salary - child + others + sundry_income(0, sundry), *gains)
    beside_pension += sum(separate.values()) + special
    is_older = age(person.birth_date, fiscal_year) >= 65
    pension = pension_income(stated(figures, "pension_revenue"), beside_pension, is_older)
    double = double_adjustment(salary, pension)
    general = general_income(salary - child - double + others + sundry_income(pension, sundry), *gains)
    whole = general + sum(separate.values())
    net_loss = stated(figures, "carried_forward_loss")
    from_forestry = loss_from_forestry(net_loss, general, separate["forestry_gain"])
    separate["forestry_gain"] -= from_forestry
    after_loss = whole - min(net_loss, general) - from_forestry
    casualty = carried_casualty(stated(figures, "carried_forward_casualty"), after_loss)
    salary -= child + double
    left = after_loss - casualty
    return Incomes(salary, child + double, pension, general, whole + special, left, separate, casualty, special)


# 地方税法23条1項13号、292条1項13号、附則34条3項、35条5項（合計所得金額は特別控除の前。読替えの項は公式の本文と未照合）
def special_deduction(figures: Figures) -> int:
    """What gains on land and buildings were before 特別控除, beyond what is taxed, in yen."""
    return stated(figures, "gain_deduction")


# 所得税法70条1項、所得税法施行令201条2号ハ; 租税特別措置法31条3項3号: no net loss is taken off gains on land or shares
def loss_from_forestry(net_loss: int, general: int, forestry: int) -> int:
    """What 純損失の繰越控除 takes off 山林所得 after the general income."""
    return min(max(net_loss - general, 0), forestry)


# 所得税法71条1項、地方税法32条9項、313条9項、租税特別措置法31条3項3号 ほか
def carried_casualty(loss: int, after_loss: int) -> int:
    """What 雑損失の繰越控除 takes off the incomes, separate ones included, that 純損失の繰越控除 has left."""
    return min(loss, after_loss)

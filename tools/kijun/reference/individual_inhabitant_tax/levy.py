"""The income levy before credits: 課税標準, 税率 (総合・分離), 調整控除, 調整措置."""

from __future__ import annotations

from dataclasses import dataclass

from kijun.reference.individual_inhabitant_tax.incomes import Incomes
from kijun.reference.individual_inhabitant_tax.liability import income_levy_limit
from kijun.reference.individual_inhabitant_tax.money import share, tax_base
from kijun.reference.individual_inhabitant_tax.terms import Terms

PREFERRED_LIMIT = 20_000_000
DWELLING_LIMIT = 60_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount of the municipality and one of the prefecture, in yen."""

    municipal: int
    prefectural: int

    @property
    def total(self) -> int:
        return self.municipal + self.prefectural

    def less(self, other: Pair) -> Pair:
        """What is left of both."""
        return Pair(self.municipal - other.municipal, self.prefectural - other.prefectural)

    def plus(self, other: Pair) -> Pair:
        return Pair(self.municipal + other.municipal, self.prefectural + other.prefectural)

    def at_most(self, other: Pair) -> Pair:
        return Pair(min(self.municipal, other.municipal), min(self.prefectural, other.prefectural))


NOTHING = Pair(0, 0)


@dataclass(frozen=True, slots=True)
class Bases:
    """課税標準 in yen, below 1,000 dropped. `separate` by the key of the dossier."""

    taxable_base: int
    separate: dict[str, int]

    @property
    def with_forestry(self) -> int:
        """合計課税所得金額 (37条、314条の6)."""
        return self.taxable_base + self.separate["forestry_gain"]


# 地方税法34条12項、314条の2第11項（控除の順序）、20条の4の2第1項、租税特別措置法関係通達31・32共-4
def bases(incomes: Incomes, allowance_sum: int) -> Bases:
    """Carried casualties and then allowances come off the general income first, then off the separate ones in order."""
    general, deducted = incomes.general_after_loss, incomes.carried_casualty + allowance_sum
    left = max(deducted - general, 0)
    taxable = tax_base(general - deducted)
    separate = {}
    for key, income in incomes.separate.items():
        used = min(income, left)
        left -= used
        separate[key] = tax_base(income - used)
    return Bases(taxable, separate)


# 地方税法35条1項、314条の3第1項
def on_general(base: int, terms: Terms) -> Pair:
    return Pair(share(base, terms.shares[0], 100), share(base, terms.prefectural_levy_rate, 100_000))


# 地方税法附則33条の2、33条の3、34条、34条の2、34条の3、35条、35条の2、35条の2の2、35条の4
def on_separate(key: str, base: int, terms: Terms) -> Pair:
    """The levy on one separate income: a rate in parts of 1,000, split six to four or eight to two."""
    if key == "forestry_gain":
        return _split(base, 100, terms)
    if key == "short_held_gain":
        return _split(base, 90, terms)
    if key == "preferred_site_gain":
        return _graded(base, PREFERRED_LIMIT, terms)
    if key == "dwelling_gain":
        return _graded(base, DWELLING_LIMIT, terms)
    return _split(base, 50, terms)


def _graded(base: int, limit: int, terms: Terms) -> Pair:
    return _split(min(base, limit), 40, terms).plus(_split(max(base - limit, 0), 50, terms))


def _split(base: int, rate: int, terms: Terms) -> Pair:
    municipal, prefectural = terms.shares
    return Pair(share(base, rate * municipal, 10_000), share(base, rate * prefectural, 10_000))


def gross_levy(taxed: Bases, terms: Terms) -> Pair:
    levy = on_general(taxed.taxable_base, terms)
    for key, base in taxed.separate.items():
        levy = levy.plus(on_separate(key, base, terms))
    return levy


# 地方税法37条、314条の6
def gap_credit(gap: int, base: int, overall: int, terms: Terms) -> Pair:
    """調整控除 from the 人的控除差 and the 合計課税所得金額."""
    if overall > 25_000_000:
        return NOTHING
    credited = min(gap, base) if base <= 2_000_000 else max(gap - (base - 2_000_000), 50_000)
    return _split(credited, 50, terms)


# 地方税法附則3条の3第2項・第5項
def floor_adjustment(levy: Pair, aggregate: int, count: int) -> Pair:
    """調整額: the income left after the levy shall not fall below the limit of the exempt."""
    short = income_levy_limit(count) - (aggregate - levy.total)
    if short <= 0 or levy.total == 0:
        return NOTHING
    short = min(short, levy.total)
    prefectural = share(short, levy.prefectural, levy.total)
    return Pair(short - prefectural, prefectural)

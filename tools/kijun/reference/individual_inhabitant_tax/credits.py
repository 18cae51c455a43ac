"""Tax credits after 調整控除: dividends, home loans, gifts, foreign taxes, the flat cut, taxes withheld."""

from __future__ import annotations

from kijun.reference.individual_inhabitant_tax.incomes import Figures
from kijun.reference.individual_inhabitant_tax.levy import NOTHING, Pair
from kijun.reference.individual_inhabitant_tax.money import share, share_up, stated
from kijun.reference.individual_inhabitant_tax.people import Person, dependents, spouse
from kijun.reference.individual_inhabitant_tax.terms import Terms

# 地方税法37条の2第11項、314条の7第11項: up to, rate of the income tax in percent
_INCOME_TAX_RATES = (
    (1_950_000, 5),
    (3_300_000, 10),
    (6_950_000, 20),
    (9_000_000, 23),
    (18_000_000, 33),
    (40_000_000, 40),
)
_TOP_RATE = 45
# 地方税法附則7条の2: of the special credit, parts of 1,000 of income tax over parts left
_ONE_STOP = ((1_950_000, 5_105), (3_300_000, 10_210), (6_950_000, 20_420), (9_000_000, 23_483))
_ONE_STOP_TOP = 33_693
_HOME_LOAN = {"five_percent": (5, 97_500), "seven_percent": (7, 136_500)}
_FLAT_CUT_YEAR, _OTHER_SPOUSE_YEAR = 2024, 2025
_FLAT_CUT_LIMIT = 18_050_000


# 地方税法附則5条
def dividend_credit(dividend: int, taxed: int, terms: Terms) -> Pair:
    """配当控除: 1.6 and 1.2 percent (2.24 and 0.56 in a designated city), half above ten million yen."""
    above = min(max(taxed - 10_000_000, 0), dividend)
    municipal, prefectural = (112, 28) if terms.is_designated else (80, 60)
    weight = (dividend - above) * 2 + above
    return Pair(share(weight, municipal, 10_000), share(weight, prefectural, 10_000))


# 地方税法附則5条の4の2
def home_loan_credit(figures: Figures, period: str, terms: Terms) -> Pair:
    """What the income tax could not take of the credit, up to a part of the income tax base and a ceiling."""
    left = max(stated(figures, "home_loan_ceiling") - stated(figures, "national_tax"), 0)
    percent, ceiling = _HOME_LOAN[period]
    credited = min(left, share(stated(figures, "national_base"), percent, 100), ceiling)
    prefectural = share(credited, terms.shares[1], 10)
    return Pair(credited - prefectural, prefectural)


# 地方税法37条の2、314条の7、附則7条、7条の2
def gift_credit(figures: Figures, aggregate: int, special_base: int, levy: Pair, terms: Terms, one_stop: bool) -> Pair:
    """寄附金税額控除. `special_base` is the 課税総所得金額 less the 人的控除差; `levy` the one after 調整控除."""
    hometown = stated(figures, "hometown_gift")
    both = hometown + stated(figures, "charity_gift")
    limit = share(aggregate, 30, 100)
    municipal = min(both + stated(figures, "municipal_gift"), limit) - 2_000
    prefectural = min(both + stated(figures, "prefectural_gift"), limit) - 2_000
    basic = Pair(share_up(max(municipal, 0), terms.shares[0], 100), share_up(max(prefectural, 0), terms.shares[1], 100))
    special = special_credit(hometown, special_base, levy, terms)
    return basic.plus(special).plus(one_stop_credit(special, special_base) if one_stop else NOTHING)


def special_credit(hometown: int, special_base: int, levy: Pair, terms: Terms) -> Pair:
    """特例控除: up to a fifth of the levy of either body, fractions of a yen raised on either side."""
    part = 90_000 - income_tax_rate(special_base) * 1_021
    gift = max(hometown - 2_000, 0)
    municipal, prefectural = terms.shares
    full = Pair(share_up(gift, part * municipal, 1_000_000), share_up(gift, part * prefectural, 1_000_000))
    return full.at_most(Pair(share(levy.municipal, 1, 5), share(levy.prefectural, 1, 5)))


def income_tax_rate(special_base: int) -> int:
    """The rate of the statute's table in percent; nothing where nothing is left to tax."""
    if special_base < 0:
        return 0
    return next((rate for most, rate in _INCOME_TAX_RATES if special_base <= most), _TOP_RATE)


def one_stop_credit(special: Pair, special_base: int) -> Pair:
    """申告特例控除: what the income tax would have given back, by the statute's parts."""
    part = next((one for most, one in _ONE_STOP if special_base <= most), _ONE_STOP_TOP)
    return Pair(share_up(special.municipal, part, 90_000 - part), share_up(special.prefectural, part, 90_000 - part))


# 地方税法37条の3、314条の8、地方税法施行令7条の19、48条の9の2
def foreign_credit(left: int, national_limit: int, levy: Pair, terms: Terms) -> Pair:
    """外国税額控除 of what the income tax did not take: the prefecture's first, then the municipality's.

    Up to 12 and 18 percent of the limit of the income tax (6 and 24 percent in a designated city), in yen.
    """
    municipal_parts, prefectural_parts = terms.shares
    prefectural = min(left, share(national_limit, 3 * prefectural_parts, 100), levy.prefectural)
    municipal = min(left - prefectural, share(national_limit, 3 * municipal_parts, 100), levy.municipal)
    return Pair(municipal, prefectural)


# 地方税法附則5条の8、5条の12
def flat_cut(person: Person, overall: int, levy: Pair, fiscal_year: int) -> Pair:
    """定額減税: the prefecture's part first, fractions of a yen raised, the rest the municipality's."""
    due = min(10_000 * flat_cut_heads(person, overall, fiscal_year), levy.total)
    if due == 0:
        return NOTHING
    prefectural = share_up(due, levy.prefectural, levy.total)
    return Pair(due - prefectural, prefectural)


def flat_cut_heads(person: Person, overall: int, fiscal_year: int) -> int:
    """For how many persons: none outside the two fiscal years and above the limit of income."""
    if overall > _FLAT_CUT_LIMIT:
        return 0
    partner = spouse(person, fiscal_year)
    is_here = partner is not None and not partner.lives_abroad
    if fiscal_year == _FLAT_CUT_YEAR:
        kin = [one for one in dependents(person, fiscal_year) if not one.lives_abroad]
        return 1 + len(kin) + (is_here and overall <= 10_000_000)
    return int(fiscal_year == _OTHER_SPOUSE_YEAR and is_here and overall > 10_000_000)


# 地方税法37条の4、314条の9
def withheld_credit(withheld: int, terms: Terms) -> Pair:
    """配当割額・株式等譲渡所得割額 as a credit of either body."""
    prefectural = share(withheld, terms.shares[1], 10)
    return Pair(withheld - prefectural, prefectural)

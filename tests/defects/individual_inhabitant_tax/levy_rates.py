"""Named faults in the rates, the designated city, the separate incomes and the income levy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import calculation, incomes, levy, severance, terms
from kijun.reference.individual_inhabitant_tax.levy import Bases, Pair
from kijun.reference.individual_inhabitant_tax.money import settled, share, share_up
from kijun.reference.individual_inhabitant_tax.terms import Terms


def plain(given: Terms) -> Terms:
    """The terms of a municipality that is no designated city."""
    return replace(given, is_designated=False)


class ForgetsTheDesignatedCity(Defect):
    """指定都市と設定しても、総合課税の所得割を6％と4％で計算する。"""

    breaks = "010-1.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(levy, "on_general", lambda base, _given: Pair(share(base, 6, 100), share(base, 4, 100)))


class TakesEveryTownForADesignatedCity(Defect):
    """指定都市でない団体でも、総合課税の所得割を8％と2％で計算する。"""

    breaks = "010-1.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(levy, "on_general", lambda base, _given: Pair(share(base, 8, 100), share(base, 2, 100)))


class LeavesSeparateRatesAsTheyWere(Defect):
    """指定都市でも、分離課税の税率を6対4に分ける。"""

    breaks = "010-1.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = levy.on_separate
        patch(levy, "on_separate", lambda key, base, given: original(key, base, plain(given)))


class LeavesTheGapCreditAsItWas(Defect):
    """指定都市でも、調整控除を3％と2％で計算する。"""

    breaks = "010-1.1.3-04"

    def seed(self, patch: Patch) -> None:
        original = levy.gap_credit
        patch(levy, "gap_credit", lambda gap, base, overall, given: original(gap, base, overall, plain(given)))


class ShiftsSeverancePayToo(Defect):
    """退職所得にも指定都市の8％と2％を使う。"""

    breaks = "010-1.1.3-05"

    def seed(self, patch: Patch) -> None:
        patch(severance, "levy_on", lambda taxed: Pair(settled(share(taxed, 8, 100)), settled(share(taxed, 2, 100))))


class RoundsThePrefecturalRate(Defect):
    """2.025％の県民税率を、パーセント未満を切り捨てて2％とする。"""

    breaks = "010-1.1.3-06"

    def seed(self, patch: Patch) -> None:
        def whole(given: Terms) -> Terms:
            return replace(given, prefectural_levy_rate=given.prefectural_levy_rate // 1_000 * 1_000)

        patch.wrap(terms, "terms_of", whole)


class AppliesTheNewestRatesToEarlierYears(Defect):
    """後の年度に設定した税率で、前の年度の税額を計算する。"""

    breaks = "010-1.1.3-07"

    def seed(self, patch: Patch) -> None:
        original = terms.terms_of
        patch(terms, "terms_of", lambda desk, _fiscal_year: original(desk, 2027))


class CountsToTheDayOfTheSale(Defect):
    """所有期間を、譲渡した年の1月1日でなく譲渡した日まで数える。"""

    breaks = "010-4.1.3-01"

    def seed(self, patch: Patch) -> None:
        def term(bought: date, sold: date) -> str:
            is_long = (bought.year + 5, bought.month, bought.day) < (sold.year, sold.month, sold.day)
            return "long_term" if is_long else "short_term"

        patch(severance, "holding_term", term)


def taxes_as(patch: Patch, key: str, other: str) -> None:
    """Have one separate income taxed like another."""
    original = levy.on_separate
    patch(levy, "on_separate", lambda one, base, given: original(other if one == key else one, base, given))


class TaxesEveryLongGainAsADwelling(Defect):
    """長期譲渡所得の一般分に、居住用財産の軽減された率を使う。"""

    breaks = "010-4.1.3-02"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "long_held_gain", "dwelling_gain")


class TaxesPreferredSitesAtOneRate(Defect):
    """優良住宅地の長期譲渡所得に、2,000万円を超える部分も軽減された率を使う。"""

    breaks = "010-4.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(levy, "PREFERRED_LIMIT", 10**12)


class EndsTheDwellingRateAtTwentyMillion(Defect):
    """居住用財産の軽減された率を、優良住宅地と同じ2,000万円までとする。"""

    breaks = "010-4.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(levy, "DWELLING_LIMIT", 20_000_000)


class TaxesShortGainsLikeLongOnes(Defect):
    """短期譲渡所得に長期譲渡所得の率を使う。"""

    breaks = "010-4.1.3-05"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "short_held_gain", "long_held_gain")


class ForgetsThatTheStateBought(Defect):
    """国や地方公共団体への短期譲渡にも、一般の短期の率を使う。"""

    breaks = "010-4.1.3-06"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "public_short_gain", "short_held_gain")


class TaxesFuturesWithTheRest(Defect):
    """先物取引の雑所得を総合課税の率で計算する。"""

    breaks = "010-4.1.3-07"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "futures_gain", "forestry_gain")


class TaxesListedSharesWithTheRest(Defect):
    """上場株式等の譲渡所得を総合課税の率で計算する。"""

    breaks = "010-4.1.3-07"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "listed_share_gain", "forestry_gain")


class TaxesForestryLikeShares(Defect):
    """山林所得に株式等と同じ3％と2％を使う。"""

    breaks = "010-4.1.3-08"

    def seed(self, patch: Patch) -> None:
        taxes_as(patch, "forestry_gain", "listed_share_gain")


class TakesAllowancesFromSeparateIncomesFirst(Defect):
    """所得控除を、総所得金額より分離課税の所得から先に引く。"""

    breaks = "010-4.1.3-09"

    def seed(self, patch: Patch) -> None:
        original = levy.bases

        def separate_first(earned: incomes.Incomes, allowance_sum: int) -> Bases:
            separate = sum(earned.separate.values())
            bare = original(
                replace(earned, general=0, overall_income=separate, aggregate_income=separate), allowance_sum
            )
            rest = max(allowance_sum - separate, 0)
            return Bases(original(earned, rest).taxable_base, bare.separate)

        patch(levy, "bases", separate_first)


class LosesTheRestOfTheAllowances(Defect):
    """総所得金額から引ききれない所得控除を、分離課税の所得から引かない。"""

    breaks = "010-4.1.3-13"

    def seed(self, patch: Patch) -> None:
        original = levy.bases
        patch(levy, "bases", lambda earned, sum_: original(earned, min(sum_, earned.general_after_loss)))


class TakesAllowancesFromLongGainsFirst(Defect):
    """引ききれない所得控除を、短期譲渡所得より長期譲渡所得から先に引く。"""

    breaks = "010-4.1.3-13"

    def seed(self, patch: Patch) -> None:
        original = levy.bases

        def reordered(earned: incomes.Incomes, allowance_sum: int) -> Bases:
            order = sorted(earned.separate, key=lambda key: key != "long_held_gain")
            return original(replace(earned, separate={key: earned.separate[key] for key in order}), allowance_sum)

        patch(levy, "bases", reordered)


class KeepsTheEndsOfSeparateBases(Defect):
    """分離課税の所得の課税標準を千円未満で切り捨てない。"""

    breaks = "010-4.1.3-10"

    def seed(self, patch: Patch) -> None:
        original = levy.bases

        def whole(earned: incomes.Incomes, allowance_sum: int) -> Bases:
            found = original(earned, allowance_sum)
            return Bases(
                found.taxable_base, {key: base and earned.separate[key] for key, base in found.separate.items()}
            )

        patch(levy, "bases", whole)


class OverlooksSeparateIncomes(Defect):
    """分離課税の所得を合計所得金額に含めない。"""

    breaks = "010-4.1.3-11"

    def seed(self, patch: Patch) -> None:
        def general_only(earned: incomes.Incomes) -> incomes.Incomes:
            return replace(earned, overall_income=earned.general, aggregate_income=earned.general)

        patch.wrap(incomes, "incomes", general_only)


class CountsEverySeparateBaseForTheGapCredit(Defect):
    """調整控除の合計課税所得金額に、譲渡所得や株式等の所得も含める。"""

    breaks = "010-4.1.3-12"

    def seed(self, patch: Patch) -> None:
        patch(Bases, "with_forestry", property(lambda self: self.taxable_base + sum(self.separate.values())))


class LeavesForestryOutOfTheGapCredit(Defect):
    """調整控除の合計課税所得金額に山林所得を含めない。"""

    breaks = "010-4.1.3-12"

    def seed(self, patch: Patch) -> None:
        patch(Bases, "with_forestry", property(lambda self: self.taxable_base))


class KeepsTheEndsOfTheBase(Defect):
    """課税総所得金額を千円未満で切り捨てない。"""

    breaks = "010-4.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch(levy, "tax_base", lambda yen: max(yen, 0))


class KeepsTheEndsOfTheLevy(Defect):
    """所得割額を百円未満で切り捨てない。"""

    breaks = "010-4.4.1-02"

    def seed(self, patch: Patch) -> None:
        patch(calculation, "settled", lambda yen: max(yen, 0))


class SettlesTheSumOfBothBodies(Defect):
    """市町村民税と道府県民税の合計で百円未満を切り捨て、残りを市町村民税とする。"""

    breaks = "010-4.4.1-02"

    def seed(self, patch: Patch) -> None:
        original = calculation.compute

        def together(*given: Any) -> calculation.Outcome:
            with_ends = patch(calculation, "settled", lambda yen: max(yen, 0))
            found = original(*given)
            patch(calculation, "settled", with_ends)
            prefectural = settled(found.income_levy.prefectural)
            return replace(found, income_levy=Pair(settled(found.income_levy.total) - prefectural, prefectural))

        patch(calculation, "compute", together)


class SettlesBeforeTheCredits(Defect):
    """税額控除の前にも百円未満を切り捨てる。"""

    breaks = "010-4.4.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy, "gross_levy", lambda gross: Pair(settled(gross.municipal), settled(gross.prefectural)))


class CollectsSmallAmounts(Defect):
    """全額が百円未満の所得割を100円に切り上げる。"""

    breaks = "010-4.4.1-04"

    def seed(self, patch: Patch) -> None:
        patch(calculation, "settled", lambda yen: 100 if 0 < yen < 100 else settled(yen))


class RaisesFractionsOfTheGrossLevy(Defect):
    """算出所得割の一円未満の端数を切り上げる。"""

    breaks = "010-4.4.1-05"

    def seed(self, patch: Patch) -> None:
        def raised(base: int, given: Terms) -> Pair:
            return Pair(share_up(base, given.shares[0], 100), share_up(base, given.prefectural_levy_rate, 100_000))

        patch(levy, "on_general", raised)


class ReportsOneLevyForBothBodies(Defect):
    """道府県民税の所得割を市町村民税に足して答える。"""

    breaks = "010-4.4.1-06"

    def seed(self, patch: Patch) -> None:
        def joined(found: calculation.Outcome) -> calculation.Outcome:
            return replace(found, income_levy=Pair(found.income_levy.total, 0))

        patch.wrap(calculation, "compute", joined)


class ReportsTheGrossLevyAfterTheGapCredit(Defect):
    """計算の過程の算出所得割に、調整控除を引いた後の額を示す。"""

    breaks = "010-4.4.11-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(calculation, "compute", lambda found: replace(found, gross=found.gross.less(found.gap_credit)))


class ReportsGiftsOfBothBodiesInOne(Defect):
    """寄附金税額控除の内訳を、全額が市町村民税の控除であるように示す。"""

    breaks = "010-4.4.11-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(calculation, "compute", lambda found: replace(found, gift=Pair(found.gift.total, 0)))

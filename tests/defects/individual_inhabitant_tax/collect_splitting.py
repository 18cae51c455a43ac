"""Named faults in spreading an annual amount over months, instalments and pension payments."""

from __future__ import annotations

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import instalments, pension_collection, planning
from kijun.reference.individual_inhabitant_tax.methods import Shares


class PutsTheFractionInMay(Defect):
    """月割の端数を最後の月（5月）に合算する。"""

    breaks = "010-5.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(instalments, "spread", lambda amounts: amounts[::-1])


class SplitsCapitaOverTheMonths(Defect):
    """均等割だけの税額も、十二の月に分ける。"""

    breaks = "010-5.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "is_small", lambda amount, capita, fiscal_year, flat_cut: False)


class AsksForSmallSharesAtOnce(Defect):
    """年税額でなく普通徴収の税額が均等割以下のとき、最初の納期に全額を割り振る。"""

    breaks = "010-5.4.1-09"

    def seed(self, patch: Patch) -> None:
        original = planning.small_methods

        def by_share(fiscal_year: int, shares: Shares, capita: int, flat_cut: int) -> frozenset[str]:
            alone = Shares(0, 0, shares.ordinary)
            return original(fiscal_year, shares, capita, flat_cut) | original(fiscal_year, alone, capita, flat_cut)

        patch(planning, "small_methods", by_share)


class CollectsInJuneAsEver(Defect):
    """令和6年度の定額減税の対象者からも、6月に徴収する。"""

    breaks = "010-5.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "skips_june", lambda fiscal_year, flat_cut: False)


class RoundsElevenMonthsToThousands(Defect):
    """11か月の月割額を1,000円単位で計算し、7月に大きな端数を置く。"""

    breaks = "010-5.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = instalments.spread
        patch(instalments, "spread", lambda total, parts, unit: original(total, parts, 1000 if parts == 11 else unit))


class FreesEverybodyInJune(Defect):
    """定額減税を受けない者も、令和6年6月に徴収しない。"""

    breaks = "010-5.2.1-05"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "skips_june", lambda fiscal_year, flat_cut: fiscal_year == 2024)


class RepeatsTheFreeJune(Defect):
    """令和7年度の定額減税の対象者も、6月に徴収しない。"""

    breaks = "010-5.2.1-06"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "skips_june", lambda fiscal_year, flat_cut: flat_cut > 0)


class ContinuesTheWholeFormerLevy(Defect):
    """仮徴収を、前年度の税額の2分の1でなく全額から計算する。"""

    breaks = "010-5.3.2-01"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "provisional_total", lambda former_levy: former_levy)


class ForgetsWhatWasTakenInSpring(Defect):
    """本徴収額を、仮徴収額を差し引かずに計算する。"""

    breaks = "010-5.3.2-02"

    def seed(self, patch: Patch) -> None:
        original = pension_collection.autumn_amounts
        patch(
            pension_collection,
            "autumn_amounts",
            lambda rest, fiscal_year, flat_cut: original(rest * 2, fiscal_year, flat_cut),
        )


class PutsThePensionFractionInFebruary(Defect):
    """本徴収額の端数を2月に合算する。"""

    breaks = "010-5.3.2-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(pension_collection, "autumn_amounts", lambda amounts: amounts[::-1])


class TakesAllFromThePensionAtOnce(Defect):
    """初年度から、税額の全てを10月以後の年金から徴収する。"""

    breaks = "010-5.3.2-04"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "half", lambda levy: levy)


class RoundsTheHalfUp(Defect):
    """初年度の2分の1の額の100円未満を切り上げる。"""

    breaks = "010-5.3.2-05"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "half", lambda levy: -(-levy // 200) * 100)


class BasesNextSpringOnTheReducedLevy(Defect):
    """翌年度の仮徴収の基礎を、定額減税の後の税額とする。"""

    breaks = "010-5.3.2-06"
    incident = "INC-01"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "base_of_next_year", lambda levy, flat_cut: levy)


class SpreadsTheCutOverAutumn(Defect):
    """定額減税を、10月、12月及び2月に均等に割り振る。"""

    breaks = "010-5.3.2-07"

    def seed(self, patch: Patch) -> None:
        def evenly(rest: int, fiscal_year: int, flat_cut: int) -> list[int]:
            return instalments.spread(rest - flat_cut, pension_collection.PAYMENTS, 100)

        patch(pension_collection, "autumn_amounts", evenly)


class RequestsNegativeAmounts(Defect):
    """仮徴収額が税額を超えると、負の本徴収額を年金保険者に依頼する。"""

    breaks = "010-5.3.2-08"

    def seed(self, patch: Patch) -> None:
        original = pension_collection.autumn_amounts

        def below_zero(rest: int, fiscal_year: int, flat_cut: int) -> list[int]:
            return original(rest, fiscal_year, flat_cut) if rest else [-100, -100, -100]

        patch(pension_collection, "autumn_amounts", below_zero)


class HidesTheExcess(Defect):
    """仮徴収で取り過ぎた額を示さない。"""

    breaks = "010-5.3.2-09"

    def seed(self, patch: Patch) -> None:
        original = pension_collection.Plan
        patch(
            pension_collection,
            "Plan",
            lambda ordinary, provisional, final, excess: original(ordinary, provisional, final, 0),
        )


class RoundsInstalmentsToHundreds(Defect):
    """期割の端数の単位を指定しても、100円を単位とする。"""

    breaks = "010-5.4.1-01"

    def seed(self, patch: Patch) -> None:
        original = instalments.spread
        patch(instalments, "spread", lambda total, parts, unit: original(total, parts, min(unit, 100)))


class KnowsOnlyTheStatutoryFraction(Defect):
    """条例で定めた端数の単位を見ず、1,000円を単位とする。"""

    breaks = "010-5.4.1-02"

    def seed(self, patch: Patch) -> None:
        original = instalments.spread
        patch(instalments, "spread", lambda total, parts, unit: original(total, parts, 1_000))


class DividesEvenSmallAmounts(Defect):
    """納期の額が端数の単位に満たなくても、割り振る。"""

    breaks = "010-5.4.1-03"

    def seed(self, patch: Patch) -> None:
        original = instalments.spread
        patch(
            instalments,
            "spread",
            lambda total, parts, unit: original(total, parts, 1 if total < parts * unit else unit),
        )


class KnowsOnlyFourInstalments(Defect):
    """納期の数を条例で変えても、4回に分ける。"""

    breaks = "010-5.4.1-04"

    def seed(self, patch: Patch) -> None:
        original = instalments.spread
        patch(instalments, "spread", lambda total, parts, unit: original(total, 4, unit))


class SpreadsTheCutOverInstalments(Defect):
    """令和6年度の定額減税を、全ての納期に均等に割り振る。"""

    breaks = "010-5.4.1-05"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "cuts_in_order", lambda fiscal_year: False)


class CutsInOrderForever(Defect):
    """令和7年度の定額減税も、第1期から順に控除する。"""

    breaks = "010-5.4.1-06"

    def seed(self, patch: Patch) -> None:
        patch(instalments, "cuts_in_order", lambda fiscal_year: fiscal_year >= 2024)

"""Named faults in the credits, the flat cut and the levy on severance pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import allowances, calculation, dossiers, levy, severance, trial_api
from kijun.reference.individual_inhabitant_tax import credits as crediting
from kijun.reference.individual_inhabitant_tax.levy import NOTHING, Pair
from kijun.reference.individual_inhabitant_tax.money import share
from kijun.reference.individual_inhabitant_tax.people import Person, age
from kijun.reference.individual_inhabitant_tax.terms import Terms

Figures = Mapping[str, Any]


class CreditsTheGapBeyondTheBase(Defect):
    """課税所得より人的控除差が大きい人にも、人的控除差の全額で調整控除を計算する。"""

    breaks = "010-4.4.2-01"

    def seed(self, patch: Patch) -> None:
        original = levy.gap_credit

        def beyond(gap: int, base: int, overall: int, given: Terms) -> Pair:
            return original(gap, max(base, gap) if base <= 2_000_000 else base, overall, given)

        patch(levy, "gap_credit", beyond)


class ForgetsTheLeastGapCredit(Defect):
    """200万円を超える人の調整控除に、5万円の下限を使わない。"""

    breaks = "010-4.4.2-02"

    def seed(self, patch: Patch) -> None:
        original = levy.gap_credit

        def bottomless(gap: int, base: int, overall: int, given: Terms) -> Pair:
            if base <= 2_000_000:
                return original(gap, base, overall, given)
            return original(max(gap - (base - 2_000_000), 0), 2_000_000, overall, given)

        patch(levy, "gap_credit", bottomless)


class NeverEndsTheGapCredit(Defect):
    """合計所得金額が2,500万円を超える人にも調整控除を行う。"""

    breaks = "010-4.4.2-03"

    def seed(self, patch: Patch) -> None:
        original = levy.gap_credit
        patch(levy, "gap_credit", lambda gap, base, _overall, given: original(max(gap, 50_000), base, 0, given))


class TakesEveryRelativeForAnOrdinaryOne(Defect):
    """特定扶養、老人扶養、同居老親の人的控除差を、一般の扶養と同じ5万円とする。"""

    breaks = "010-4.4.2-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "_relative_gap", lambda yen: min(yen, 50_000))


class OverlooksThatTheDisabledLiveTogether(Defect):
    """同居特別障害者の人的控除差を、特別障害者と同じ10万円とする。"""

    breaks = "010-4.4.2-05"

    def seed(self, patch: Patch) -> None:
        original = allowances._disablement_gap
        patch(allowances, "_disablement_gap", lambda kind, _together: original(kind, False))


class KeepsTheSpouseGapAtEveryIncome(Defect):
    """本人の合計所得金額が900万円を超えても、配偶者の人的控除差を減らさない。"""

    breaks = "010-4.4.2-06"

    def seed(self, patch: Patch) -> None:
        original = allowances._spouse_gap

        def flat(person: Person, overall: int, fiscal_year: int) -> int:
            return original(person, min(overall, 9_000_000) if overall <= 10_000_000 else overall, fiscal_year)

        patch(allowances, "_spouse_gap", flat)


class GivesASpecialSpouseTheWholeGap(Defect):
    """配偶者特別控除のある人に、配偶者の所得によらず5万円の人的控除差を足す。"""

    breaks = "010-4.4.2-07"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "_spouse_gap", lambda yen: 50_000 if yen in (0, 30_000) else yen)


class TakesEveryLoneParentForAMother(Defect):
    """ひとり親の父にも5万円の人的控除差を足す。"""

    breaks = "010-4.4.2-08"

    def seed(self, patch: Patch) -> None:
        original = allowances.personal_gap

        def mothers(person: Person, *rest: Any) -> int:
            told = replace(person, lone_status="lone_mother") if person.lone_status == "lone_father" else person
            return original(told, *rest)

        patch(allowances, "personal_gap", mothers)


class ForgetsTheGapOfStudents(Defect):
    """勤労学生の人的控除差を足さない。"""

    breaks = "010-4.4.2-09"

    def seed(self, patch: Patch) -> None:
        original = allowances.personal_gap
        patch(
            allowances,
            "personal_gap",
            lambda person, earned, given, *rest: original(person, earned, replace(given, student_allowance=0), *rest),
        )


class GivesTheBasicGapToEverybody(Defect):
    """合計所得金額が2,500万円を超えて基礎控除のない人にも、5万円の人的控除差を足す。"""

    breaks = "010-4.4.2-10"

    def seed(self, patch: Patch) -> None:
        original = allowances.personal_gap
        patch(
            allowances,
            "personal_gap",
            lambda person, earned, given, *rest: original(person, earned, replace(given, basic_allowance=1), *rest),
        )


class SplitsTheDividendCreditSixToFour(Defect):
    """配当控除の合計2.8％を6対4に分け、1.68％と1.12％で計算する。"""

    breaks = "010-4.4.3-01"

    def seed(self, patch: Patch) -> None:
        original = crediting.dividend_credit

        def split(dividend: int, taxed: int, given: Terms) -> Pair:
            total = original(dividend, taxed, given).total
            prefectural = share(total, given.shares[1], 10)
            return Pair(total - prefectural, prefectural)

        patch(crediting, "dividend_credit", split)


class GivesTheFullRateAboveTenMillion(Defect):
    """課税総所得金額の1,000万円を超える部分の配当にも1.6％と1.2％を使う。"""

    breaks = "010-4.4.3-02"

    def seed(self, patch: Patch) -> None:
        original = crediting.dividend_credit
        patch(crediting, "dividend_credit", lambda dividend, _taxed, given: original(dividend, 0, given))


class HalvesEveryDividendAboveTenMillion(Defect):
    """課税総所得金額が1,000万円を超えると、配当の全額に0.8％と0.6％を使う。"""

    breaks = "010-4.4.3-02"

    def seed(self, patch: Patch) -> None:
        original = crediting.dividend_credit

        def halved(dividend: int, taxed: int, given: Terms) -> Pair:
            return original(dividend, 10**12 if taxed > 10_000_000 else taxed, given)

        patch(crediting, "dividend_credit", halved)


class LeavesTheDividendCreditAsItWas(Defect):
    """指定都市でも、配当控除を1.6％と1.2％で計算する。"""

    breaks = "010-4.4.3-03"

    def seed(self, patch: Patch) -> None:
        original = crediting.dividend_credit
        patch(
            crediting,
            "dividend_credit",
            lambda dividend, taxed, given: original(dividend, taxed, replace(given, is_designated=False)),
        )


class CreditsSeparateDividendsToo(Defect):
    """申告分離課税を選んだ配当にも配当控除を行う。"""

    breaks = "010-4.4.3-04"

    def seed(self, patch: Patch) -> None:
        told: list[int] = []
        patch.wrap(dossiers, "adopted", lambda figures: told.append(figures.get("listed_dividend", 0)) or figures)
        original = crediting.dividend_credit
        patch(
            crediting,
            "dividend_credit",
            lambda dividend, taxed, given: original(dividend + told[-1], taxed, given),
        )


class TakesForeignTaxFromTheMunicipalityFirst(Defect):
    """引ききれない外国税額を、市町村民税、道府県民税の順に引く。"""

    breaks = "010-4.4.3-05"

    def seed(self, patch: Patch) -> None:
        def reversed_order(left: int, national_limit: int, income_levy: Pair, given: Terms) -> Pair:
            municipal = min(left, national_limit * 3 * given.shares[0] // 100, income_levy.municipal)
            prefectural = min(left - municipal, national_limit * 3 * given.shares[1] // 100)
            return Pair(municipal, prefectural)

        patch(crediting, "foreign_credit", reversed_order)


class TakesForeignTaxWithoutALimit(Defect):
    """引ききれない外国税額を、限度なしに道府県民税から引く。"""

    breaks = "010-4.4.3-05"

    def seed(self, patch: Patch) -> None:
        original = crediting.foreign_credit
        patch(
            crediting,
            "foreign_credit",
            lambda left, _limit, income_levy, given: original(left, 10**12, income_levy, given),
        )


class LeavesTheForeignCreditAsItWas(Defect):
    """指定都市でも、外国税額の控除の限度を12％と18％とする。"""

    breaks = "010-4.4.3-06"

    def seed(self, patch: Patch) -> None:
        original = crediting.foreign_credit
        patch(
            crediting,
            "foreign_credit",
            lambda left, limit, income_levy, given: original(
                left, limit, income_levy, replace(given, is_designated=False)
            ),
        )


def reads_gifts(patch: Patch, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Have the gift credit read other figures than those on record."""
    original = crediting.gift_credit
    patch(crediting, "gift_credit", lambda figures, *rest: original(change(dict(figures)), *rest))


class CreditsGiftsFromTheFirstYen(Defect):
    """寄附金から2,000円を引かない。"""

    breaks = "010-4.4.4-01"

    def seed(self, patch: Patch) -> None:
        def more(figures: dict[str, Any]) -> dict[str, Any]:
            return figures | {"charity_gift": figures.get("charity_gift", 0) + 2_000}

        reads_gifts(patch, more)


class CreditsGiftsWithoutALimit(Defect):
    """総所得金額等の30％を超える寄附も全額を控除する。"""

    breaks = "010-4.4.4-02"

    def seed(self, patch: Patch) -> None:
        original = crediting.gift_credit
        patch(crediting, "gift_credit", lambda figures, _aggregate, *rest: original(figures, 10**12, *rest))


class CreditsNamedGiftsForBothBodies(Defect):
    """市町村だけが条例で指定した寄附金を、道府県民税からも引く。"""

    breaks = "010-4.4.4-03"

    def seed(self, patch: Patch) -> None:
        def both(figures: dict[str, Any]) -> dict[str, Any]:
            named = figures.get("municipal_gift", 0) + figures.get("prefectural_gift", 0)
            charity = figures.get("charity_gift", 0) + named
            return figures | {"charity_gift": charity, "municipal_gift": 0, "prefectural_gift": 0}

        reads_gifts(patch, both)


class TakesTwoThousandOffEveryGift(Defect):
    """寄附ごとに2,000円を引く。"""

    breaks = "010-4.4.4-04"

    def seed(self, patch: Patch) -> None:
        def less(figures: dict[str, Any]) -> dict[str, Any]:
            if not figures.get("hometown_gift") or not figures.get("charity_gift"):
                return figures
            return figures | {"charity_gift": figures["charity_gift"] - 2_000}

        reads_gifts(patch, less)


class ReadsTheRateWithoutTheGap(Defect):
    """特例控除の割合を、人的控除差を引く前の課税総所得金額で決める。"""

    breaks = "010-4.4.4-05"

    def seed(self, patch: Patch) -> None:
        original = crediting.income_tax_rate
        patch(crediting, "income_tax_rate", lambda special_base: original(special_base + 50_000))


class NeverReachesNinetyPercent(Defect):
    """課税総所得金額が人的控除差を下回る人にも、84.895％の割合を使う。"""

    breaks = "010-4.4.4-05"

    def seed(self, patch: Patch) -> None:
        original = crediting.income_tax_rate
        patch(crediting, "income_tax_rate", lambda special_base: original(max(special_base, 0)))


class SplitsTheSpecialCreditInHalves(Defect):
    """特例控除を市町村民税と道府県民税に半分ずつ分ける。"""

    breaks = "010-4.4.4-09"

    def seed(self, patch: Patch) -> None:
        patch.wrap(crediting, "special_credit", lambda pair: Pair(pair.total - pair.total // 2, pair.total // 2))


class KeepsTheOldCeilingOfTheSpecialCredit(Defect):
    """特例控除の限度を、平成27年度までの10％とする。"""

    breaks = "010-4.4.4-06"

    def seed(self, patch: Patch) -> None:
        original = crediting.special_credit

        def lower(hometown: int, special_base: int, income_levy: Pair, given: Terms) -> Pair:
            half = Pair(income_levy.municipal // 2, income_levy.prefectural // 2)
            return original(hometown, special_base, half, given)

        patch(crediting, "special_credit", lower)


class LimitsTheSpecialCreditByTheSum(Defect):
    """特例控除の限度を市町村民税と道府県民税の合計で判定し、全てを市町村民税の限度まで引く。"""

    breaks = "010-4.4.4-06"

    def seed(self, patch: Patch) -> None:
        original = crediting.special_credit

        def together(hometown: int, special_base: int, income_levy: Pair, given: Terms) -> Pair:
            return original(hometown, special_base, Pair(income_levy.total, income_levy.total), given)

        patch(crediting, "special_credit", together)


class ForgetsTheOneStopCredit(Defect):
    """申告特例の適用がある人に、申告特例控除を足さない。"""

    breaks = "010-4.4.4-07"

    def seed(self, patch: Patch) -> None:
        patch(crediting, "one_stop_credit", lambda *_: NOTHING)


class GivesTheOneStopCreditToEverybody(Defect):
    """申告特例の適用がない人にも、申告特例控除を足す。"""

    breaks = "010-4.4.4-07"

    def seed(self, patch: Patch) -> None:
        original = crediting.gift_credit
        patch(crediting, "gift_credit", lambda *given: original(*given[:-1], True))


class LeavesTheSpecialCreditAsItWas(Defect):
    """指定都市でも、特例控除を5分の3と5分の2に分ける。"""

    breaks = "010-4.4.4-08"

    def seed(self, patch: Patch) -> None:
        original = crediting.special_credit

        def plain(hometown: int, special_base: int, income_levy: Pair, given: Terms) -> Pair:
            return original(hometown, special_base, income_levy, replace(given, is_designated=False))

        patch(crediting, "special_credit", plain)


class MixesTheCeilingsOfHomeLoans(Defect):
    """5％の区分の限度を136,500円とする。"""

    breaks = "010-4.4.5-01"

    def seed(self, patch: Patch) -> None:
        patch(crediting, "_HOME_LOAN", {"five_percent": (5, 136_500), "seven_percent": (7, 136_500)})


class KnowsOnlyFivePercent(Defect):
    """7％の区分の人にも、5％と97,500円の限度を使う。"""

    breaks = "010-4.4.5-02"

    def seed(self, patch: Patch) -> None:
        patch(crediting, "_HOME_LOAN", {"five_percent": (5, 97_500), "seven_percent": (5, 97_500)})


class CreditsTheWholeHomeLoanAgain(Defect):
    """所得税で引いた額を除かずに、控除可能額を住民税から引く。"""

    breaks = "010-4.4.5-03"

    def seed(self, patch: Patch) -> None:
        original = crediting.home_loan_credit
        patch(
            crediting,
            "home_loan_credit",
            lambda figures, *rest: original({**figures, "national_tax": 0}, *rest),
        )


class LeavesTheHomeLoanCreditAsItWas(Defect):
    """指定都市でも、住宅借入金等特別税額控除を3対2に分ける。"""

    breaks = "010-4.4.5-04"

    def seed(self, patch: Patch) -> None:
        original = crediting.home_loan_credit
        patch(
            crediting,
            "home_loan_credit",
            lambda figures, period, given: original(figures, period, replace(given, is_designated=False)),
        )


def settles(patch: Patch, change: Callable[[calculation.Outcome, Figures, Callable[..., Any]], Any]) -> None:
    """Change the outcome; `again` computes the same person from other figures."""
    original = calculation.compute

    def changed(figures: Figures, person: Person, given: Terms, fiscal_year: int) -> calculation.Outcome:
        def again(**told: int) -> calculation.Outcome:
            return original({**figures, **told}, person, given, fiscal_year)

        result: calculation.Outcome = change(original(figures, person, given, fiscal_year), figures, again)
        return result

    patch(calculation, "compute", changed)


class TakesTheHomeLoanFromTheCapitaLevyToo(Defect):
    """所得割から引ききれない住宅借入金等特別税額控除を、均等割からも引く。"""

    breaks = "010-4.4.5-05"

    def seed(self, patch: Patch) -> None:
        def deeper(found: calculation.Outcome, figures: Figures, _again: Any) -> calculation.Outcome:
            is_left = figures.get("home_loan_ceiling", 0) > found.home_loan.total + figures.get("national_tax", 0)
            is_used_up = found.home_loan.total and found.income_levy.total == 0
            return replace(found, capita=NOTHING) if is_left and is_used_up else found

        settles(patch, deeper)


class CreditsWithheldTaxToTheMunicipalityAlone(Defect):
    """配当割額と株式等譲渡所得割額の全額を市町村民税から引く。"""

    breaks = "010-4.4.6-01"

    def seed(self, patch: Patch) -> None:
        patch(crediting, "withheld_credit", lambda withheld, _given: Pair(withheld, 0))


class LosesWhatTheLevyCannotTake(Defect):
    """所得割から引ききれない配当割額を、控除不足額として残さない。"""

    breaks = "010-4.4.6-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(calculation, "compute", lambda found: replace(found, levy_refund=0))


class NetsTheRefundWithTheCapitaLevy(Defect):
    """控除不足額を均等割と相殺し、均等割額を減らして答える。"""

    breaks = "010-4.4.6-03"

    def seed(self, patch: Patch) -> None:
        def netted(found: calculation.Outcome) -> calculation.Outcome:
            left = found.capita.less(Pair(found.levy_refund, found.levy_refund))
            return replace(found, capita=left, levy_refund=found.levy_refund - found.capita.total + left.total)

        patch.wrap(calculation, "compute", netted)


class TakesWithheldTaxBeforeTheGifts(Defect):
    """配当割額を、寄附金税額控除の前の所得割から引く。"""

    breaks = "010-4.4.6-04"

    def seed(self, patch: Patch) -> None:
        def early(found: calculation.Outcome, _figures: Figures, again: Callable[..., Any]) -> calculation.Outcome:
            return replace(found, levy_refund=again(charity_gift=0).levy_refund)

        settles(patch, early)


def counts_heads(patch: Patch, change: Callable[[Person, int, int], tuple[Person, int, int]]) -> None:
    """Have the heads of the flat cut counted on something else."""
    original = crediting.flat_cut_heads
    patch(crediting, "flat_cut_heads", lambda *given: original(*change(*given)))


class RepeatsTheFlatCutEveryYear(Defect):
    """令和7年度からも令和6年度の定額減税を続ける。"""

    breaks = "010-4.4.8-01"

    def seed(self, patch: Patch) -> None:
        counts_heads(patch, lambda person, overall, year: (person, overall, min(year, 2024)))


class CutsOnlyForRelativesWithAnAllowance(Defect):
    """16歳未満の扶養親族の分の定額減税を行わない。"""

    breaks = "010-4.4.8-02"

    def seed(self, patch: Patch) -> None:
        def older(person: Person, overall: int, year: int) -> tuple[Person, int, int]:
            kin = tuple(one for one in person.relatives if age(one.birth_date, year) >= 16)
            return replace(person, relatives=kin), overall, year

        counts_heads(patch, older)


class CutsForRelativesAbroad(Defect):
    """国外に住む親族の分も定額減税を行う。"""

    breaks = "010-4.4.8-03"

    def seed(self, patch: Patch) -> None:
        def home(person: Person, overall: int, year: int) -> tuple[Person, int, int]:
            kin = tuple(replace(one, lives_abroad=False) for one in person.relatives)
            return replace(person, relatives=kin), overall, year

        counts_heads(patch, home)


class CutsForEveryIncome(Defect):
    """合計所得金額が1,805万円を超える人にも定額減税を行う。"""

    breaks = "010-4.4.8-04"

    def seed(self, patch: Patch) -> None:
        patch(crediting, "_FLAT_CUT_LIMIT", 10**12)


class CutsForTheSpouseOfHighEarners(Defect):
    """合計所得金額が1,000万円を超える人の配偶者の分も、令和6年度に引く。"""

    breaks = "010-4.4.8-05"

    def seed(self, patch: Patch) -> None:
        def lower(person: Person, overall: int, year: int) -> tuple[Person, int, int]:
            return person, min(overall, 10_000_000) if year == 2024 and overall <= 18_050_000 else overall, year

        counts_heads(patch, lower)


class TakesTheFlatCutFromTheCapitaLevyToo(Defect):
    """所得割から引ききれない定額減税を、均等割からも引く。"""

    breaks = "010-4.4.8-06"

    def seed(self, patch: Patch) -> None:
        def deeper(found: calculation.Outcome) -> calculation.Outcome:
            is_used_up = found.flat_cut.total and found.income_levy.total == 0
            return replace(found, capita=NOTHING) if is_used_up else found

        patch.wrap(calculation, "compute", deeper)


def splits_cut(patch: Patch, prefectural: Callable[[int, Pair], int]) -> None:
    """Have the flat cut split otherwise between the two bodies."""
    original = crediting.flat_cut

    def split(person: Person, overall: int, income_levy: Pair, fiscal_year: int) -> Pair:
        due = original(person, overall, income_levy, fiscal_year).total
        part = prefectural(due, income_levy) if due else 0
        return Pair(due - part, part)

    patch(crediting, "flat_cut", split)


class RoundsThePrefecturesPartOfTheFlatCut(Defect):
    """定額減税の道府県民税の端数を、切り上げずに四捨五入する。"""

    breaks = "010-4.4.8-07"
    incident = "INC-02"

    def seed(self, patch: Patch) -> None:
        splits_cut(patch, lambda due, left: (2 * due * left.prefectural + left.total) // (2 * left.total))


class DropsTheFractionOfThePrefecturesPart(Defect):
    """定額減税の道府県民税の一円未満を切り捨て、端数を市町村民税に寄せる。"""

    breaks = "010-4.4.8-07"
    incident = "INC-03"

    def seed(self, patch: Patch) -> None:
        splits_cut(patch, lambda due, left: due * left.prefectural // left.total)


class ForgetsTheSpousesOfHighEarners(Defect):
    """令和7年度の、控除対象配偶者でない同一生計配偶者の定額減税を行わない。"""

    breaks = "010-4.4.8-08"

    def seed(self, patch: Patch) -> None:
        counts_heads(patch, lambda person, overall, year: (person, overall, 2026 if year == 2025 else year))


class CutsForEverySpouseInTheSecondYear(Defect):
    """令和7年度に、合計所得金額1,000万円以下の人の配偶者の分も引く。"""

    breaks = "010-4.4.8-08"

    def seed(self, patch: Patch) -> None:
        counts_heads(
            patch,
            lambda person, overall, year: (
                (person, max(overall, 10_000_001), year) if year == 2025 else (person, overall, year)
            ),
        )


class CutsBeforeTheGifts(Defect):
    """定額減税を、寄附金税額控除の前の所得割から引く。"""

    breaks = "010-4.4.8-09"

    def seed(self, patch: Patch) -> None:
        def early(found: calculation.Outcome, _figures: Figures, again: Callable[..., Any]) -> calculation.Outcome:
            return replace(found, flat_cut=again(charity_gift=0).flat_cut)

        settles(patch, early)


class LimitsGiftsByTheLevyAfterTheFlatCut(Defect):
    """ふるさと納税の特例控除の限度を、定額減税の後の所得割で計算する。"""

    breaks = "010-4.4.8-11"

    def seed(self, patch: Patch) -> None:
        original = crediting.special_credit

        def after(hometown: int, special_base: int, income_levy: Pair, given: Terms) -> Pair:
            return original(hometown, special_base, income_levy.less(Pair(6_000, 4_000)), given)

        patch(crediting, "special_credit", after)


class CutsBeforeWithheldTax(Defect):
    """定額減税を、配当割額の控除の前の所得割から引く。"""

    breaks = "010-4.4.8-10"

    def seed(self, patch: Patch) -> None:
        def early(found: calculation.Outcome, _figures: Figures, again: Callable[..., Any]) -> calculation.Outcome:
            cut = again(withheld_dividend_levy=0, withheld_share_levy=0).flat_cut
            moved = cut.total - found.flat_cut.total
            return replace(found, flat_cut=cut, levy_refund=found.levy_refund + moved)

        settles(patch, early)


class PaysFortyThousandForEveryYear(Defect):
    """勤続20年を超える部分も、一年につき40万円で計算する。"""

    breaks = "010-4.4.10-01"

    def seed(self, patch: Patch) -> None:
        patch(
            severance,
            "allowance",
            lambda served, disabled: max(400_000 * served, 800_000) + (1_000_000 if disabled else 0),
        )


class DropsTheBegunYear(Defect):
    """勤続年数の1年未満の端数を切り捨てる。"""

    breaks = "010-4.4.10-02"

    def seed(self, patch: Patch) -> None:
        def whole(first: date, last: date) -> int:
            return max(last.year - first.year - ((last.month, last.day) < (first.month, first.day)), 1)

        patch(severance, "service_years", whole)


class ForgetsTheAdditionForDisablement(Defect):
    """障害による退職でも100万円を足さない。"""

    breaks = "010-4.4.10-03"

    def seed(self, patch: Patch) -> None:
        original = severance.allowance
        patch(severance, "allowance", lambda served, _disabled: original(served, False))


class KeepsTheEndsOfSeveranceIncome(Defect):
    """退職所得の千円未満を切り捨てない。"""

    breaks = "010-4.4.10-04"

    def seed(self, patch: Patch) -> None:
        patch(severance, "tax_base", lambda yen: yen)


class SwapsTheRatesOfSeverancePay(Defect):
    """退職所得の税率を、市町村民税4％、道府県民税6％と取り違える。"""

    breaks = "010-4.4.10-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(severance, "levy_on", lambda pair: Pair(pair.prefectural, pair.municipal))


class KeepsTheEndsOfTheSeveranceLevy(Defect):
    """退職所得の税額の百円未満を切り捨てない。"""

    breaks = "010-4.4.10-08"

    def seed(self, patch: Patch) -> None:
        patch(severance, "settled", lambda yen: yen)


def takes_kind(patch: Patch, kind: str) -> None:
    """Have one kind of severance pay taxed as an ordinary one."""
    original = severance.income
    patch(
        severance,
        "income",
        lambda pay, off, said, *rest: original(pay, off, "ordinary" if said == kind else said, *rest),
    )


class HalvesTheSeveranceOfOfficers(Defect):
    """役員等の勤続年数5年以下の退職手当も二分の一にする。"""

    breaks = "010-4.4.10-06"

    def seed(self, patch: Patch) -> None:
        takes_kind(patch, "officer")


class NeverHalvesTheSeveranceOfOfficers(Defect):
    """勤続年数が5年を超える役員等の退職手当も二分の一にしない。"""

    breaks = "010-4.4.10-06"

    def seed(self, patch: Patch) -> None:
        original = severance.income

        def whole(pay: int, off: int, kind: str, served: int, year: int) -> int:
            return original(pay, off, kind, 1 if kind == "officer" else served, year)

        patch(severance, "income", whole)


class HalvesShortServiceAboveThreeMillion(Defect):
    """短期の退職手当の300万円を超える部分も二分の一にする。"""

    breaks = "010-4.4.10-07"

    def seed(self, patch: Patch) -> None:
        takes_kind(patch, "short_service")


class AppliesShortServiceToEarlierPayments(Defect):
    """令和3年までに支払われた退職手当にも、短期の扱いを使う。"""

    breaks = "010-4.4.10-07"

    def seed(self, patch: Patch) -> None:
        patch(severance, "is_short_service", lambda kind, served, _year: kind == "short_service" and served <= 5)


class TriesWhatIsOnRecord(Defect):
    """試算に示した額を使わず、登録した額で計算する。"""

    breaks = "010-4.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch(trial_api, "trial", lambda desk, taxpayer_id, year, _said: calculation.calculate(desk, taxpayer_id, year))


class TriesNothingElse(Defect):
    """試算に示した額だけで計算し、登録した所得控除を使わない。"""

    breaks = "010-4.5.1-02"

    def seed(self, patch: Patch) -> None:
        original = trial_api.trial

        def alone(desk: Any, taxpayer_id: str, fiscal_year: int, said: dict[str, int]) -> calculation.Outcome:
            adopted = patch(dossiers, "adopted", lambda *_: {})
            try:
                return original(desk, taxpayer_id, fiscal_year, said)
            finally:
                patch(dossiers, "adopted", adopted)

        patch(trial_api, "trial", alone)


class KeepsWhatWasTried(Defect):
    """試算に示した額を、次の計算と試算にも使う。"""

    breaks = "010-4.5.1-03"

    def seed(self, patch: Patch) -> None:
        kept: dict[str, int] = {}
        original = trial_api.trial

        def keeping(desk: Any, taxpayer_id: str, fiscal_year: int, said: dict[str, int]) -> calculation.Outcome:
            kept.update(said)
            return original(desk, taxpayer_id, fiscal_year, said)

        patch(trial_api, "trial", keeping)
        patch.wrap(dossiers, "adopted", lambda figures: figures | kept)

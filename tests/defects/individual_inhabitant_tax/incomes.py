"""Named faults in the terms of a year, the circumstances of a person, incomes, losses and what is carried forward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    allowances,
    calculation,
    carryover_losses,
    circumstances,
    dossiers,
    incomes,
    people,
    years,
)
from kijun.reference.individual_inhabitant_tax.money import share, share_up
from kijun.reference.individual_inhabitant_tax.people import Person


def _over(patch: Patch, target: Any, name: str, change: Callable[..., Any]) -> None:
    """Replace a function by one that is given the real function first."""
    real = getattr(target, name)
    patch(target, name, lambda *given: change(real, *given))


def _without_raising(patch: Patch, name: str) -> None:
    """Let one function drop the fraction it should raise."""

    def dropped(real: Any, *given: Any) -> Any:
        patch(incomes, "share_up", share)
        found = real(*given)
        patch(incomes, "share_up", share_up)
        return found

    _over(patch, incomes, name, dropped)


def _figures(patch: Patch, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Compute the incomes from figures that were changed on the way."""
    _over(patch, incomes, "incomes", lambda real, said, person, year: real(change(dict(said)), person, year))


def _carry_over(patch: Patch, field: str, nothing: object) -> None:
    """Take a circumstance of the year before where the year itself says nothing."""

    def carried(real: Any, desk: Any, taxpayer_id: str, year: int) -> Person:
        person: Person = real(desk, taxpayer_id, year)
        if getattr(person, field) != nothing:
            return person
        return replace(person, **{field: getattr(real(desk, taxpayer_id, year - 1), field)})

    _over(patch, calculation, "person_of", carried)


def _count_the_first_yen(patch: Patch, floor: int) -> None:
    """Let what the least allowance leaves of a revenue be an income from the first yen on."""

    def counted(real: Any, revenue: int, least: int) -> Any:
        return revenue - least if least == floor and floor < revenue < floor + 1_000 else real(revenue, least)

    _over(patch, incomes, "_below_the_rates", counted)


def _age_by_calendar_year(birth_date: date, fiscal_year: int) -> int:
    return fiscal_year - 1 - birth_date.year


class UsesThisYearsSalaryFloorForThePast(Defect):
    """過年度分の給与所得も、令和8年度の最低保障額65万円で計算する。"""

    breaks = "010-1.1.2-01"

    def seed(self, patch: Patch) -> None:
        _over(patch, incomes, "salary_income", lambda real, revenue, year: real(revenue, max(year, 2026)))


class KeepsTheLimitOfRelativesAt48(Defect):
    """扶養親族の所得要件を、令和8年度の後も48万円のまま判定する。"""

    breaks = "010-1.1.2-02"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "dependents", lambda real, person, _year: real(person, 2021))


class KeepsTheLimitOfTheSpouseAt48(Defect):
    """同一生計配偶者の所得要件を、令和8年度の後も48万円のまま判定する。"""

    breaks = "010-1.1.2-03"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "spouse", lambda real, person, _year: real(person, 2021))


class KeepsTheLimitOfStudentsAt75(Defect):
    """勤労学生の所得要件を、令和8年度の後も75万円のまま判定する。"""

    breaks = "010-1.1.2-04"

    def seed(self, patch: Patch) -> None:
        _over(patch, years, "amount", lambda real, name, year: 750_000 if name == "student_limit" else real(name, year))


class GrantsTheYoungRelativeAYearTooEarly(Defect):
    """令和7年度分の更正にも特定親族特別控除を適用する。"""

    breaks = "010-1.1.2-05"

    def seed(self, patch: Patch) -> None:
        patch(allowances, "_YOUNG_RELATIVE_FROM", 2025)


class ExcludesRelativesAbroadAYearTooEarly(Defect):
    """国外居住親族の除外を、令和5年度分の更正にも適用する。"""

    breaks = "010-1.1.2-06"

    def seed(self, patch: Patch) -> None:
        patch(people, "ABROAD_FROM", 2023)


class TakesTheBasicAllowanceOfTheIncomeTax(Defect):
    """住民税の基礎控除に、所得税の本則の額48万円を用いる。"""

    breaks = "010-1.1.2-07"

    def seed(self, patch: Patch) -> None:
        patch.wrap(allowances, "basic", lambda yen: 480_000 if yen == 430_000 else yen)


class ComputesAYearWithTheTermsOfItsNeighbour(Defect):
    """条件のない年度を、隣の年度の条件で計算する。"""

    breaks = "010-1.1.2-08"

    def seed(self, patch: Patch) -> None:
        patch(years, "checked_year", lambda year: year)
        _over(patch, years, "row", lambda real, name, year: real(name, max(year, 2021)))


class CarriesTheDisablementOver(Defect):
    """前年度に登録した障害の程度を、登録のない年度に引き継ぐ。"""

    breaks = "010-1.2.8-01"

    def seed(self, patch: Patch) -> None:
        _carry_over(patch, "disablement", "none")


class CarriesTheLoneStatusOver(Defect):
    """前年度に登録した寡婦・ひとり親の区分を、登録のない年度に引き継ぐ。"""

    breaks = "010-1.2.8-02"

    def seed(self, patch: Patch) -> None:
        _carry_over(patch, "lone_status", "none")


class LosesThePublicAid(Defect):
    """生活扶助の受給の登録を、計算に反映しない。"""

    breaks = "010-1.2.8-03"
    incident = "INC-12"

    def seed(self, patch: Patch) -> None:
        patch.wrap(calculation, "person_of", lambda person: replace(person, receives_public_aid=False))


class CarriesThePublicAidOver(Defect):
    """前年度に登録した生活扶助の受給を、廃止の後の年度に引き継ぐ。"""

    breaks = "010-1.2.8-03"

    def seed(self, patch: Patch) -> None:
        _carry_over(patch, "receives_public_aid", False)


class ComputesWithTheFirstRegistration(Defect):
    """登録し直しても、同じ年度の初めの登録で計算する。"""

    breaks = "010-1.2.8-04"

    def seed(self, patch: Patch) -> None:
        def first(real: Any, desk: Any, taxpayer_id: str, year: int) -> Person:
            known = circumstances.of_year(desk, taxpayer_id, year)
            person: Person = real(desk, taxpayer_id, year)
            return replace(person, disablement=known[0].disablement) if known else person

        _over(patch, calculation, "person_of", first)


class ShowsTheLastRegistrationOnly(Defect):
    """照会に、訂正の前の登録を示さない。"""

    breaks = "010-1.2.8-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(circumstances, "of_year", lambda found: found[-1:])


class ComputesByFormulaInsteadOfTheTable(Defect):
    """660万円未満の給与所得を、別表第五の4,000円刻みでなく式で求める。"""

    breaks = "010-4.1.1-01"

    def seed(self, patch: Patch) -> None:
        def formula(real: Any, revenue: int, year: int) -> int:
            if 1_900_000 <= revenue < 3_600_000:
                return share(revenue, 7, 10) - 80_000
            return share(revenue, 8, 10) - 440_000 if 3_600_000 <= revenue < 6_600_000 else real(revenue, year)

        _over(patch, incomes, "salary_income", formula)


class TakesThisYearsFloorForTheYear2023(Defect):
    """令和5年度までの給与所得から65万円を差し引く（改正の前の額）。"""

    breaks = "010-4.1.1-02"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "_below_the_rates",
            lambda real, revenue, floor: real(revenue, 650_000 if floor == 550_000 else floor),
        )


class LetsTheFirstYenOfASalaryCount(Defect):
    """令和7年度までの給与所得で、差し引いた後の千円に満たない額を所得とする。"""

    breaks = "010-4.1.1-19"

    def seed(self, patch: Patch) -> None:
        _count_the_first_yen(patch, 550_000)


class LetsTheFirstYenOfASalaryCountIn2026(Defect):
    """令和8年度の給与所得で、差し引いた後の千円に満たない額を所得とする。"""

    breaks = "010-4.1.1-20"

    def seed(self, patch: Patch) -> None:
        _count_the_first_yen(patch, 650_000)


class LetsTheFirstYenOfASalaryCountIn2027(Defect):
    """令和9年度の給与所得で、差し引いた後の千円に満たない額を所得とする。"""

    breaks = "010-4.1.1-21"

    def seed(self, patch: Patch) -> None:
        _count_the_first_yen(patch, 740_000)


class ForgetsTheFixedIncomes(Defect):
    """1,619,000円から1,627,999円までの定額を用いず、55万円を差し引く。"""

    breaks = "010-4.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_STEPS", {740_000: incomes._STEPS[740_000]})


class RaisesTheFractionOfASalary(Defect):
    """660万円以上850万円未満の給与所得の端数を切り上げる。"""

    breaks = "010-4.1.1-04"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "salary_income",
            lambda real, revenue, year: (
                share_up(revenue, 9, 10) - 1_100_000 if 6_600_000 <= revenue < 8_500_000 else real(revenue, year)
            ),
        )


class ForgetsTheCeilingOfTheSalaryAllowance(Defect):
    """給与所得控除の上限を、改正の前の収入1,000万円のままにする。"""

    breaks = "010-4.1.1-05"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_SALARY_MOST", 2_100_000)


class KeepsTheSalaryFloorAt55(Defect):
    """令和8年度の給与所得を、令和7年度の表で求める。"""

    breaks = "010-4.1.1-06"

    def seed(self, patch: Patch) -> None:
        _over(
            patch, incomes, "salary_income", lambda real, revenue, year: real(revenue, 2025 if year == 2026 else year)
        )


class ForgetsTheTemporaryFiftyThousand(Defect):
    """令和9年度の最低保障額に、特例の5万円を加えない。"""

    breaks = "010-4.1.1-07"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "_below_the_rates",
            lambda real, revenue, floor: max(revenue - 690_000, 0) if floor == 740_000 else real(revenue, floor),
        )


class ForgetsTheFixedIncomesOfTheYear2027(Defect):
    """令和9年度の2,191,000円から220万円までの定額を用いない。"""

    breaks = "010-4.1.1-22"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_STEPS", {550_000: incomes._STEPS[550_000]})


class TakesTheFormerFloorOfOlderPensioners(Defect):
    """65歳以上の者から、改正の前の120万円を差し引く。"""

    breaks = "010-4.1.1-08"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_PENSION_LEAST_OLDER", 1_200_000)


class TakesTheFloorOfOlderPensionersForAll(Defect):
    """65歳未満の者からも110万円を差し引く。"""

    breaks = "010-4.1.1-09"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_PENSION_LEAST_YOUNGER", 1_100_000)


class LosesABandOfThePensions(Defect):
    """770万円を超え1,000万円までの段がなく、85％で計算する。"""

    breaks = "010-4.1.1-10"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_PENSION_LINES", ((25, 275_000), (15, 685_000), (0, 1_955_000)))


class ForgetsTheCeilingOfThePensionAllowance(Defect):
    """1,000万円を超えても95％の段で計算する。"""

    breaks = "010-4.1.1-11"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "_PENSION_LINES", ((25, 275_000), (15, 685_000), (5, 1_455_000)))


class IgnoresOtherIncomesOfPensioners(Defect):
    """公的年金等以外の合計所得金額によって控除額を減らさない。"""

    breaks = "010-4.1.1-12"

    def seed(self, patch: Patch) -> None:
        _over(patch, incomes, "pension_income", lambda real, revenue, _other, is_older: real(revenue, 0, is_older))


class CountsTheYearsOfAPensionerByYear(Defect):
    """1月1日生まれの者が前日に年を取ることを忘れる。"""

    breaks = "010-4.1.1-13"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "age", _age_by_calendar_year)


class ForgetsTheHalf(Defect):
    """一時所得と総合長期譲渡所得の全額を算入する。"""

    breaks = "010-4.1.1-14"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "general_income",
            lambda real, ordinary, short, long, occasional: real(
                ordinary, short + max(long, 0) + occasional, min(long, 0), 0
            ),
        )


class ForgetsTheInterest(Defect):
    """利子所得を合計所得金額に算入しない。"""

    breaks = "010-4.1.1-15"

    def seed(self, patch: Patch) -> None:
        _figures(patch, lambda said: {**said, "interest_profit": 0})


class HalvesTheShortGain(Defect):
    """総合短期譲渡所得も二分の一とする。"""

    breaks = "010-4.1.1-16"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "general_income",
            lambda real, ordinary, short, long, occasional: real(ordinary, 0, short + long, occasional),
        )


class KeepsTheSundryLossOutOfThePension(Defect):
    """その他の雑所得の損失を、公的年金等に係る雑所得から差し引かない。"""

    breaks = "010-4.1.1-17"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "sundry_income", lambda pension, other: pension + max(other, 0))


class RaisesTheFractionOfAPension(Defect):
    """公的年金等に係る雑所得の端数を切り上げる。"""

    breaks = "010-4.1.1-18"

    def seed(self, patch: Patch) -> None:
        _without_raising(patch, "pension_income")


class LeavesSeparateIncomesOutOfTheOverallIncome(Defect):
    """分離課税の所得を合計所得金額に含めない。"""

    breaks = "010-4.1.1-23"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            incomes, "incomes", lambda one: replace(one, overall_income=one.general, aggregate_income=one.general)
        )


class JudgesThePensionByTradeAndSalaryOnly(Defect):
    """公的年金等控除の判定で、事業と給与のほかの所得を数えない。"""

    breaks = "010-4.1.1-24"

    def seed(self, patch: Patch) -> None:
        def narrow(real: Any, said: Any, person: Person, year: int) -> incomes.Incomes:
            known = {key: said.get(key, 0) for key in ("trade_profit", "estate_profit", "salary_revenue")}
            other = real(known, person, year).overall_income
            pension = patch(
                incomes, "pension_income", lambda revenue, _other, is_older: pension(revenue, other, is_older)
            )
            found: incomes.Incomes = real(said, person, year)
            patch(incomes, "pension_income", pension)
            return found

        _over(patch, incomes, "incomes", narrow)


class JudgesThePensionBeforeTheAdjustment(Defect):
    """公的年金等控除の判定を、所得金額調整控除の前の給与所得で行う。"""

    breaks = "010-4.1.1-25"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "pension_income",
            lambda real, revenue, other, is_older: real(
                revenue, other + 150_000 if 9_850_000 < other <= 10_000_000 else other, is_older
            ),
        )


class ForgetsTheChildren(Defect):
    """23歳未満の扶養親族による所得金額調整控除を適用しない。"""

    breaks = "010-4.1.2-01"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "_has_child_or_severe",
            lambda real, person, year: real(
                replace(person, relatives=[one for one in person.relatives if one.disablement == "special"]), year
            ),
        )


class ForgetsTheTopOfTheAdjustment(Defect):
    """1,000万円を超える収入にも10％を控除する。"""

    breaks = "010-4.1.2-02"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "child_adjustment",
            lambda real, revenue, person, year: (
                share_up(revenue - 8_500_000, 1, 10) if real(revenue, person, year) else 0
            ),
        )


class OverlooksTheTaxpayersOwnDisablement(Defect):
    """本人が特別障害者であることを見落とす。"""

    breaks = "010-4.1.2-03"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "_has_child_or_severe",
            lambda real, person, year: real(replace(person, disablement="none"), year),
        )


class OverlooksTheDisabledSpouse(Defect):
    """特別障害者である同一生計配偶者を見落とす。"""

    breaks = "010-4.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "spouse", lambda _person, _year: None)


class CountsChildrenBeyondTheLimit(Defect):
    """所得要件を超える親族も、所得金額調整控除の扶養親族に数える。"""

    breaks = "010-4.1.2-05"

    def seed(self, patch: Patch) -> None:
        patch(
            incomes, "dependents", lambda person, _year: [one for one in person.relatives if one.kinship == "relative"]
        )


class ForgetsTheTopOfTheDoubleAdjustment(Defect):
    """給与所得と年金所得を10万円までとせずに、10万円を超える額を控除する。"""

    breaks = "010-4.1.2-06"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "double_adjustment",
            lambda _real, salary, pension: max(salary + pension - 100_000, 0) if salary and pension else 0,
        )


class GrantsOnlyOneOfTheAdjustments(Defect):
    """子どもの分を控除した者に、給与と年金の分を控除しない。"""

    breaks = "010-4.1.2-07"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "double_adjustment",
            lambda real, salary, pension: 0 if salary >= 6_550_000 else real(salary, pension),
        )


class DropsTheFractionOfTheAdjustment(Defect):
    """子どもの分の所得金額調整控除の端数を切り捨てる。"""

    breaks = "010-4.1.2-08"

    def seed(self, patch: Patch) -> None:
        _without_raising(patch, "child_adjustment")


class LeavesTheAdjustmentOutOfTheOverallIncome(Defect):
    """合計所得金額を、所得金額調整控除の前の給与所得で求める。"""

    breaks = "010-4.1.2-09"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            incomes, "incomes", lambda one: replace(one, overall_income=one.overall_income + one.income_adjustment)
        )


class TakesLossesOfTradeAsNothing(Defect):
    """事業所得と不動産所得の損失を零とする。"""

    breaks = "010-4.1.4-01"

    def seed(self, patch: Patch) -> None:
        _figures(
            patch, lambda said: {**said, **{key: max(said.get(key, 0), 0) for key in ("trade_profit", "estate_profit")}}
        )


class SetsTheLossOfGainsOffAfterTheHalf(Defect):
    """総合譲渡の損失を、二分の一にした後の額から差し引く。"""

    breaks = "010-4.1.4-02"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "general_income",
            lambda real, ordinary, short, long, occasional: (
                real(ordinary, max(short, 0), max(long, 0), occasional) + min(short, 0) + min(long, 0)
            ),
        )


class SetsTheOrdinaryLossOffAfterTheHalf(Defect):
    """経常の所得の損失を、二分の一にした後の額から差し引く。"""

    breaks = "010-4.1.4-03"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "general_income",
            lambda real, ordinary, *gains: max(real(max(ordinary, 0), *gains) + min(ordinary, 0), 0),
        )


class TakesLossesOfGainsAsNothing(Defect):
    """総合譲渡の損失を経常の所得から差し引かない。"""

    breaks = "010-4.1.4-04"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            incomes,
            "general_income",
            lambda real, ordinary, short, long, occasional: max(real(ordinary, short, long, occasional), ordinary),
        )


class SetsTheSundryLossOffEverything(Defect):
    """雑所得の損失を、給与所得や事業所得から差し引く。"""

    breaks = "010-4.1.4-05"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "sundry_income", lambda pension, other: pension + other)


class LetsTheCarriedLossGoBelowZero(Defect):
    """純損失の繰越控除で、総所得金額等が負の額になる。"""

    breaks = "010-4.1.4-06"

    def seed(self, patch: Patch) -> None:
        def below(real: Any, said: Any, person: Person, year: int) -> incomes.Incomes:
            one: incomes.Incomes = real(said, person, year)
            return replace(one, aggregate_income=one.overall_income - said.get("carried_forward_loss", 0))

        _over(patch, incomes, "incomes", below)


class TakesTheCarriedLossOffTheOverallIncome(Defect):
    """合計所得金額からも純損失の繰越控除を差し引く。"""

    breaks = "010-4.1.4-07"

    def seed(self, patch: Patch) -> None:
        patch.wrap(incomes, "incomes", lambda one: replace(one, overall_income=one.aggregate_income))


class JudgesMedicalCostByTheOverallIncome(Defect):
    """医療費控除の5％を、繰越控除の前の合計所得金額で求める。"""

    breaks = "010-4.1.4-08"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "medical",
            lambda real, said, aggregate: real(said, aggregate + said.get("carried_forward_loss", 0)),
        )


class JudgesTheSpouseByTheAggregateIncome(Defect):
    """配偶者控除の本人の段を、繰越控除の後の総所得金額等で判定する。"""

    breaks = "010-4.1.4-09"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            allowances,
            "allowances",
            lambda real, said, person, one, year: real(
                said, person, replace(one, overall_income=one.aggregate_income), year
            ),
        )


class KeepsTheFirstEntryOfALoss(Defect):
    """同じ年度の純損失を登録し直しても、前の額のままにする。"""

    breaks = "010-4.1.4-10"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            carryover_losses,
            "register",
            lambda real, desk, who, year, yen: (
                None if year in carryover_losses.losses_of(desk, who) else real(desk, who, year, yen)
            ),
        )


class CarriesALossForFourYears(Defect):
    """純損失を四年度にわたり控除できるものとする。"""

    breaks = "010-4.1.4-11"

    def seed(self, patch: Patch) -> None:
        patch(carryover_losses, "YEARS_CARRIED", 4)


class DeductsALossInItsOwnYear(Defect):
    """純損失を、生じた年度にも控除できるものとする。"""

    breaks = "010-4.1.4-11"

    def seed(self, patch: Patch) -> None:
        patch(carryover_losses, "is_carried", lambda loss_year, year: loss_year <= year <= loss_year + 3)


class UsesTheNewestLossFirst(Defect):
    """純損失を、新しい年度に生じたものから控除する。"""

    breaks = "010-4.1.4-12"

    def seed(self, patch: Patch) -> None:
        def newest_first(real: Any, unused: dict[int, int], deducted: int, year: int) -> None:
            turned = dict(reversed(unused.items()))
            real(turned, deducted, year)
            unused.update(turned)

        _over(patch, carryover_losses, "_use_up", newest_first)


class CountsWhatWasStatedAsUsed(Defect):
    """所得の額にかかわらず、申告した繰越控除の額を使ったものとする。"""

    breaks = "010-4.1.4-13"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            carryover_losses,
            "_deducted",
            lambda _real, desk, who, year: dossiers.adopted(desk, who, year).get("carried_forward_loss", 0),
        )


class TakesALossOfNothing(Defect):
    """零の純損失を登録する。"""

    breaks = "010-4.1.4-14"

    def seed(self, patch: Patch) -> None:
        _over(
            patch, carryover_losses, "register", lambda real, desk, who, year, yen: real(desk, who, year, max(yen, 1))
        )


class TakesTheCarriedLossOffSeparateGains(Defect):
    """純損失の繰越控除を、分離課税の譲渡所得からも差し引く。"""

    breaks = "010-4.1.4-15"

    def seed(self, patch: Patch) -> None:
        def everywhere(real: Any, said: Any, person: Person, year: int) -> incomes.Incomes:
            one: incomes.Incomes = real(said, person, year)
            return replace(one, aggregate_income=max(one.overall_income - said.get("carried_forward_loss", 0), 0))

        _over(patch, incomes, "incomes", everywhere)

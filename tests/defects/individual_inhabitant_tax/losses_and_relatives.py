"""Named faults in carried casualties, in relatives abroad, and in relatives withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    allowances,
    carryover_losses,
    casualty_losses,
    checks,
    dossiers,
    incomes,
    levy,
    liability,
    people,
    relatives,
    relatives_api,
)
from kijun.reference.individual_inhabitant_tax.casualty_losses import Remainder
from kijun.reference.individual_inhabitant_tax.consolidation import RETURNS
from kijun.reference.individual_inhabitant_tax.people import Person, Relative, dependents, spouse
from kijun.reference.individual_inhabitant_tax.records import RelativeWithdrawal


def _over(patch: Patch, target: Any, name: str, change: Callable[..., Any]) -> None:
    """Replace a function by one that is given the real function first."""
    real = getattr(target, name)
    patch(target, name, lambda *given: change(real, *given))


class KeepsTheFirstEntryOfACasualty(Defect):
    """同じ年度の雑損失を登録し直しても、前の額のままにする。"""

    breaks = "010-4.1.4-16"

    def seed(self, patch: Patch) -> None:
        def once(real: Any, desk: Any, who: str, year: int, yen: int, is_specified: bool) -> None:
            if desk.session.get(casualty_losses.CasualtyLoss, (desk.id, who, year, is_specified)) is None:
                real(desk, who, year, yen, is_specified)

        _over(patch, casualty_losses, "register", once)


class ForgetsWhatTheAllowanceLeaves(Defect):
    """雑損控除で控除しきれない額を、登録がなければ繰り越さない。"""

    breaks = "010-4.1.4-17"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "unallowed", lambda _found: 0)


class CarriesTheCasualtyBeyondTheGeneralIncome(Defect):
    """分離課税の所得から控除できる雑損控除の額も、翌年度へ繰り越す。"""

    breaks = "010-4.1.4-17"

    def seed(self, patch: Patch) -> None:
        patch(
            casualty_losses,
            "unallowed",
            lambda found: max(found.allowances.casualty_allowance - found.incomes.general_after_loss, 0),
        )


class CarriesACasualtyForFourYears(Defect):
    """雑損失を四年度にわたり控除できるものとする。"""

    breaks = "010-4.1.4-18"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "YEARS_CARRIED", 4)


class DeductsACasualtyInItsOwnYear(Defect):
    """雑損失を、生じた年度にも控除できるものとする。"""

    breaks = "010-4.1.4-18"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "is_carried", lambda one, year: one.loss_year <= year <= one.deductible_through)


class CarriesASpecifiedDisasterForThreeYears(Defect):
    """特定非常災害の雑損失も、三年度しか繰り越さない。"""

    breaks = "010-4.1.4-19"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "YEARS_CARRIED_SPECIFIED", 3)


class CarriesEveryLossOfADisasterYearForFive(Defect):
    """特定非常災害のあった年の、ほかの雑損失も五年度にわたり繰り越す。"""

    breaks = "010-4.1.4-19"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "YEARS_CARRIED", 5)


class ForgivesAYearWithoutAReturn(Defect):
    """申告の途切れた年度があっても、雑損失を繰り越す。"""

    breaks = "010-4.1.4-20"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "is_unbroken", lambda loss_year, filed, year: loss_year in filed)


class TakesAPayersReportForAReturn(Defect):
    """給与支払報告書があれば、申告したものとする。"""

    breaks = "010-4.1.4-20"

    def seed(self, patch: Patch) -> None:
        patch(dossiers, "RETURNS", (*RETURNS, "salary_report"))


class KnowsReturnsOfTheIncomeTaxOnly(Defect):
    """住民税の申告を、連続した申告に数えない。"""

    breaks = "010-4.1.4-20"

    def seed(self, patch: Patch) -> None:
        patch(dossiers, "RETURNS", ("income_tax_return",))


class UsesTheNewestCasualtyFirst(Defect):
    """雑損失を、新しい年度に生じたものから控除する。"""

    breaks = "010-4.1.4-21"

    def seed(self, patch: Patch) -> None:
        def newest_first(real: Any, losses: list[Remainder], deducted: int, year: int) -> list[Remainder]:
            left: list[Remainder] = real(losses[::-1], deducted, year)
            return left[::-1]

        _over(patch, casualty_losses, "used_up", newest_first)


class UsesUpWhatWasStated(Defect):
    """所得の額にかかわらず、雑損失を申告した額だけ使ったものとする。"""

    breaks = "010-4.1.4-22"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "carried_casualty", lambda stated, _after_loss: stated)


class LetsTheCarriedCasualtyGoBelowZero(Defect):
    """雑損失の繰越控除で、総所得金額等が負の額になる。"""

    breaks = "010-4.1.4-23"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "carried_casualty", lambda stated, _after_loss: stated)


class TakesTheCarriedCasualtyOffTheOverallIncome(Defect):
    """合計所得金額からも雑損失の繰越控除を差し引く。"""

    breaks = "010-4.1.4-24"

    def seed(self, patch: Patch) -> None:
        patch.wrap(incomes, "incomes", lambda one: replace(one, overall_income=one.aggregate_income))


class SparesSeparateGainsTheCasualty(Defect):
    """雑損失の繰越控除を、純損失と同じく総所得金額からだけ差し引く。"""

    breaks = "010-4.1.4-25"

    def seed(self, patch: Patch) -> None:
        def general_alone(one: incomes.Incomes) -> incomes.Incomes:
            casualty = min(one.carried_casualty, one.general_after_loss)
            left = one.aggregate_income + one.carried_casualty - casualty
            return replace(one, aggregate_income=left, carried_casualty=casualty)

        patch.wrap(incomes, "incomes", general_alone)


class ForgetsTheCasualtyInTheBaseOfSeparateGains(Defect):
    """総所得金額等は減らすが、分離課税の所得の課税標準からは雑損失を差し引かない。"""

    breaks = "010-4.1.4-25"

    def seed(self, patch: Patch) -> None:
        def capped(real: Any, earned: incomes.Incomes, allowance_sum: int) -> levy.Bases:
            casualty = min(earned.carried_casualty, earned.general_after_loss)
            loss = earned.overall_income - earned.carried_loss - casualty
            taxed: levy.Bases = real(replace(earned, aggregate_income=loss, carried_casualty=casualty), allowance_sum)
            return taxed

        _over(patch, levy, "bases", capped)


class DeductsTheCasualtyBeforeTheNetLoss(Defect):
    """雑損失の繰越控除を、純損失の繰越控除より先に差し引く。"""

    breaks = "010-4.1.4-26"

    def seed(self, patch: Patch) -> None:
        def casualty_first(real: Any, said: Any, person: Person, year: int) -> incomes.Incomes:
            one: incomes.Incomes = real(said, person, year)
            casualty = min(said.get("carried_forward_casualty", 0), one.overall_income)
            loss = min(said.get("carried_forward_loss", 0), max(one.general - casualty, 0))
            left = one.overall_income - casualty - loss
            return replace(one, aggregate_income=left, carried_casualty=casualty)

        _over(patch, incomes, "incomes", casualty_first)


class TakesACasualtyOfNothing(Defect):
    """零の雑損失を登録する。"""

    breaks = "010-4.1.4-27"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            casualty_losses,
            "register",
            lambda real, desk, who, year, yen, is_specified: real(desk, who, year, max(yen, 1), is_specified),
        )


class BelievesEveryDisasterSpecified(Defect):
    """令和5年4月より前の災害の雑損失も、特定非常災害によるものとして受け付ける。"""

    breaks = "010-4.1.4-28"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "can_be_specified", lambda _year: True)


class KnowsNoSpecifiedDisasterBeforeFiscal2025(Defect):
    """令和6年度（令和5年分）の特定非常災害の雑損失を受け付けない。"""

    breaks = "010-4.1.4-28"

    def seed(self, patch: Patch) -> None:
        patch(casualty_losses, "SPECIFIED_FROM", 2025)


class ExcludesWhoeverIsSentMoneyAbroad(Defect):
    """38万円以上の送金があっても、国外居住の親族を除く。"""

    breaks = "010-1.1.2-06"

    def seed(self, patch: Patch) -> None:
        patch(people, "is_kept_abroad", lambda one: one.studies_abroad or one.disablement != "none")


class DemandsMoreThanTheLeastRemittance(Defect):
    """ちょうど38万円の送金を、足りないものとする。"""

    breaks = "010-1.1.2-06"

    def seed(self, patch: Patch) -> None:
        patch(people, "LEAST_REMITTED", 380_001)


class ExcludesStudentsAbroad(Defect):
    """留学により国外に住む親族を除く。"""

    breaks = "010-1.1.2-06"

    def seed(self, patch: Patch) -> None:
        _over(patch, people, "is_kept_abroad", lambda real, one: real(replace(one, studies_abroad=False)))


class ExcludesSpousesAbroad(Defect):
    """30歳以上70歳未満の国外居住の配偶者も、送金がなければ除く。"""

    breaks = "010-4.2.1-51"

    def seed(self, patch: Patch) -> None:
        def living_here(real: Any, person: Person, year: int) -> Relative | None:
            found: Relative | None = real(person, year)
            is_gone = found is not None and people.is_excluded_abroad(replace(found, kinship="relative"), year)
            return None if is_gone else found

        _over(patch, allowances, "spouse", living_here)


class ExcludesTheDisabledAbroad(Defect):
    """国外居住の障害者の控除を、送金がなければ適用しない。"""

    breaks = "010-4.2.1-52"

    def seed(self, patch: Patch) -> None:
        def well(real: Any, person: Person, year: int) -> list[Relative]:
            found: list[Relative] = real(person, year)
            return [one for one in found if not people.is_excluded_abroad(replace(one, disablement="none"), year)]

        _over(patch, allowances, "dependents", well)


def _everybody(person: Person, fiscal_year: int) -> int:
    return len(dependents(person, fiscal_year)) + (spouse(person, fiscal_year) is not None)


class CountsRelativesAbroadInTheLimit(Defect):
    """扶養控除から除いた国外居住の親族も、均等割の非課税限度の人数に数える。"""

    breaks = "010-4.3.1-09"

    def seed(self, patch: Patch) -> None:
        patch(liability, "headcount", _everybody)


class CountsNobodyAbroadInTheLimit(Defect):
    """国外居住の親族を、誰も非課税限度の人数に数えない。"""

    breaks = "010-4.3.1-09"

    def seed(self, patch: Patch) -> None:
        def here(real: Any, person: Person, year: int) -> int:
            count: int = real(
                replace(person, relatives=[one for one in person.relatives if not one.lives_abroad]), year
            )
            return count

        _over(patch, liability, "headcount", here)


class CountsRelativesAbroadForTheIncomeLevy(Defect):
    """所得割の非課税限度の人数には、扶養控除から除いた国外居住の親族も数える。"""

    breaks = "010-4.3.2-07"

    def seed(self, patch: Patch) -> None:
        patch(liability, "headcount", _everybody)


class AddsTheGapOfRelativesAbroad(Defect):
    """扶養控除から除いた国外居住の親族の人的控除差を足す。"""

    breaks = "010-4.4.2-11"

    def seed(self, patch: Patch) -> None:
        _over(patch, allowances, "_relative_gap", lambda real, one, year: real(replace(one, lives_abroad=False), year))


class AsksForPapersOfThoseOfThirtyOnly(Defect):
    """30歳以上70歳未満の扶養親族についてだけ、書類を確かめる。"""

    breaks = "010-3.5.1-05"

    def seed(self, patch: Patch) -> None:
        def of_age(real: Any, one: Any) -> list[str]:
            is_meant = one.kinship == "relative" and 30 <= one.fiscal_year - 1 - one.relative_birth_date.year < 70
            return list(real(one)) if is_meant else []

        _over(patch, relatives, "vouchers_needed", of_age)


class AsksForPapersOfThoseNotCounted(Defect):
    """もとから数えない国外居住の扶養親族の書類も求める。"""

    breaks = "010-3.5.1-05"

    def seed(self, patch: Patch) -> None:
        patch(relatives, "is_excluded_abroad", lambda _one, _year: False)


class StopsAtTheFirstMissingPaper(Defect):
    """足りない書類が二つあっても、一つしか挙げない。"""

    breaks = "010-3.5.1-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(relatives, "vouchers_missing", lambda found: found[:1])


class ForgetsTheStudyPapers(Defect):
    """留学を理由とする者の留学ビザ等書類を確かめない。"""

    breaks = "010-3.5.1-06"

    def seed(self, patch: Patch) -> None:
        patch(relatives, "is_kept_by_study", lambda _one, _year: False)


class AsksEveryStudentForStudyPapers(Defect):
    """年齢や送金にかかわらず、留学生の全員に留学ビザ等書類を求める。"""

    breaks = "010-3.5.1-06"

    def seed(self, patch: Patch) -> None:
        patch(relatives, "is_kept_by_study", lambda one, _year: one.studies_abroad)


class CountsTheWithdrawn(Defect):
    """登録を取り消した親族も、税額計算で数える。"""

    breaks = "010-3.5.1-07"

    def seed(self, patch: Patch) -> None:
        patch(relatives, "kept", relatives.named)


class DropsEveryRelativeWithOne(Defect):
    """一人の親族を取り消すと、その納税義務者の親族を全て数えなくなる。"""

    breaks = "010-3.5.1-07"

    def seed(self, patch: Patch) -> None:
        _over(
            patch,
            relatives,
            "kept",
            lambda real, desk, who, year: [] if relatives.withdrawals(desk, who, year) else real(desk, who, year),
        )


class ForgetsTheWithdrawn(Defect):
    """登録を取り消した親族が、照会から消える。"""

    breaks = "010-3.5.1-08"

    def seed(self, patch: Patch) -> None:
        def kept(real: Any, desk: Any, who: str, year: int) -> list[Any]:
            gone = relatives.withdrawals(desk, who, year)
            return [one for one in real(desk, who, year) if one.relative_id not in gone]

        _over(patch, relatives, "named", kept)


class KeepsNoReasonOfAWithdrawal(Defect):
    """取消の理由を残さない。"""

    breaks = "010-3.5.1-08"

    def seed(self, patch: Patch) -> None:
        def silent(one: Any, withdrawal: RelativeWithdrawal | None) -> dict[str, Any]:
            return {**line(one, withdrawal), "clerk_reason": None}

        line = relatives_api._line
        patch(relatives_api, "_line", silent)


class ListsTheWithdrawnAsDoublyClaimed(Defect):
    """登録を取り消した親族を、二重扶養として挙げ続ける。"""

    breaks = "010-3.5.1-09"

    def seed(self, patch: Patch) -> None:
        def everyone(desk: Any, fiscal_year: int) -> list[Any]:
            question = checks.select(relatives.RelativeRow).where(relatives.RelativeRow.fiscal_year == fiscal_year)
            found = desk.session.scalars(question.order_by(relatives.RelativeRow.relative_id))
            return [one for one in found if one.tenant == desk.id]

        patch(relatives, "kept_of_year", everyone)


class WithdrawsTwice(Defect):
    """取り消した親族の登録を、もう一度取り消す。"""

    breaks = "010-3.5.1-10"

    def seed(self, patch: Patch) -> None:
        def again(real: Any, desk: Any, relative_id: str, ground: str, reason: str) -> Any:
            former = desk.session.get(RelativeWithdrawal, (desk.id, relative_id))
            return former if former is not None else real(desk, relative_id, ground, reason)

        _over(patch, relatives, "withdraw", again)


class JudgesByTheGainAfterItsDeduction(Defect):
    """合計所得金額に、特別控除の後の譲渡所得を含める。"""

    breaks = "010-4.1.3-14"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "special_deduction", lambda _figures: 0)


class TaxesWhatTheDeductionSpares(Defect):
    """総所得金額等にも、特別控除の前の譲渡所得を含める。"""

    breaks = "010-4.1.3-15"

    def seed(self, patch: Patch) -> None:
        patch.wrap(
            incomes, "incomes", lambda one: replace(one, aggregate_income=one.aggregate_income + one.special_deduction)
        )


class ForgetsTheDeductionBesideAPension(Defect):
    """公的年金等控除の段を、特別控除の後の譲渡所得で判定する。"""

    breaks = "010-4.1.3-16"

    def seed(self, patch: Patch) -> None:
        def beside(real: Any, revenue: int, _other_income: int, is_older: bool) -> int:
            return int(real(revenue, 0, is_older))

        _over(patch, incomes, "pension_income", beside)


class ForgivesAYearOfNoReturn(Defect):
    """申告の途切れた年度があっても、純損失を繰り越す。"""

    breaks = "010-4.1.4-29"

    def seed(self, patch: Patch) -> None:
        patch(carryover_losses, "is_unbroken", lambda _loss_year, _filed, _year: True)


class AsksForTheReturnOfTheFirstYearAlone(Defect):
    """純損失の生じた年度の申告だけを確かめる。"""

    breaks = "010-4.1.4-29"

    def seed(self, patch: Patch) -> None:
        patch(carryover_losses, "is_unbroken", lambda loss_year, filed, _year: loss_year in filed)


class SparesTheForestTheLoss(Defect):
    """純損失の繰越控除を、山林所得からは差し引かない。"""

    breaks = "010-4.1.4-30"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "loss_from_forestry", lambda _stated, _general, _forestry: 0)


class TakesTheWholeLossOffTheForest(Defect):
    """純損失の繰越控除を、総所得金額からも山林所得からも差し引く。"""

    breaks = "010-4.1.4-30"

    def seed(self, patch: Patch) -> None:
        patch(incomes, "loss_from_forestry", lambda stated, _general, forestry: min(stated, forestry))


class TakesAllowancesOffListedSharesFirst(Defect):
    """引ききれない所得控除を、一般株式等より先に上場株式等の譲渡所得から引く。"""

    breaks = "010-4.1.3-17"

    def seed(self, patch: Patch) -> None:
        order = list(incomes.SEPARATE)
        place = order.index("unlisted_share_gain")
        order[place], order[place + 1] = order[place + 1], order[place]
        patch(incomes, "SEPARATE", tuple(order))

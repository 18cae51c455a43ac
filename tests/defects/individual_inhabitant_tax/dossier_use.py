"""Named faults of what dossiers add up to, and of what is looked at before the levy."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    checks,
    consolidation,
    consolidation_api,
    dossiers,
    intake,
    presence,
    presence_api,
    reasons,
)


class TakesLastReportOnly(Defect):
    """二社目の給与支払報告書で一社目を上書きする。"""

    breaks = "010-3.4.1-01"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "add_up", lambda figures, more: figures.update(more))


class TakesSalaryBeforePension(Defect):
    """給与支払報告書があると、公的年金等支払報告書を採用しない。"""

    breaks = "010-3.4.1-02"

    def seed(self, patch: Patch) -> None:
        original = consolidation.choice

        def salaried(one: Any, effective: Any) -> Any:
            if one.kind == "pension_report" and any(other.kind == "salary_report" for other in effective):
                return "uncounted", "return_prevails"
            return original(one, effective)

        patch(consolidation, "choice", salaried)


def _adding_reports_to(patch: Patch, kind: str) -> None:
    original = consolidation.choice

    def doubled(one: Any, effective: Any) -> Any:
        leading = consolidation.leading_return(effective)
        if one.kind in consolidation.REPORTS and leading is not None and leading.kind == kind:
            return "counted", "summed"
        return original(one, effective)

    patch(consolidation, "choice", doubled)


class AddsReportsToReturn(Defect):
    """確定申告書の給与に、給与支払報告書の給与を足す。"""

    breaks = "010-3.4.1-03"

    def seed(self, patch: Patch) -> None:
        _adding_reports_to(patch, "income_tax_return")


class AddsReportsToOwnReturn(Defect):
    """住民税申告書の給与に、給与支払報告書の給与を足す。"""

    breaks = "010-3.4.1-04"

    def seed(self, patch: Patch) -> None:
        _adding_reports_to(patch, "inhabitant_tax_return")


class FollowsLastReturn(Defect):
    """確定申告書より、後から届いた住民税申告書を採用する。"""

    breaks = "010-3.4.1-05"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "rank", lambda one: (True, one.filed_on, one.dossier_id))


class FollowsOrderOfArrival(Defect):
    """提出日を見ずに、後に取り込んだ確定申告書を採用する。"""

    breaks = "010-3.4.1-06"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "rank", lambda one: (one.kind == "income_tax_return", date.min, one.dossier_id))


class GivesOneGroundForAll(Defect):
    """不採用の理由を、全て申告書の優先とする。"""

    breaks = "010-3.4.1-07"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "ground_against", lambda one, leading: "return_prevails")


class LeviesEveryDossier(Defect):
    """採否によらず、全ての資料を足した額で課税する。"""

    breaks = "010-3.4.1-08"

    def seed(self, patch: Patch) -> None:
        def everything(materials: Any) -> dict[str, Any]:
            figures: dict[str, Any] = {}
            for one in materials:
                consolidation.add_up(figures, one.figures)
            return figures

        patch(consolidation, "total", everything)


class ShowsAmendmentsOnly(Defect):
    """補正後の額を、合算結果に使わない。"""

    breaks = "010-3.4.2-01"

    def seed(self, patch: Patch) -> None:
        patch(consolidation, "amended", lambda figures, amendments: dict(figures))


class AddsAmendments(Defect):
    """補正後の額を、合算した額に足す。"""

    breaks = "010-3.4.2-01"

    def seed(self, patch: Patch) -> None:
        patch(
            consolidation,
            "amended",
            lambda figures, amendments: {
                **figures,
                **{key: figures.get(key, 0) + value for key, value in amendments.items()},
            },
        )


class NeedsNoReason(Defect):
    """理由のない補正を受け付ける。"""

    breaks = "010-3.4.2-02"

    def seed(self, patch: Patch) -> None:
        patch(reasons, "stated", lambda reason: reason or "理由なし")


class KeepsRevokedAmendments(Defect):
    """補正を取り消しても、補正後の額のままにする。"""

    breaks = "010-3.4.2-03"

    def seed(self, patch: Patch) -> None:
        patch(
            dossiers,
            "amendments",
            lambda desk, taxpayer_id, fiscal_year: dossiers.rows_of(desk, dossiers.Amendment, taxpayer_id, fiscal_year),
        )


class DeletesRevokedAmendments(Defect):
    """取り消した補正を、記録から消す。"""

    breaks = "010-3.4.2-04"

    def seed(self, patch: Patch) -> None:
        original = consolidation_api.list_consolidation_amendments

        def tidy(desk: Any, given: Any) -> Any:
            found = original(desk, given)["consolidation_amendments"]
            return {"consolidation_amendments": [one for one in found if not one["is_amendment_revoked"]]}

        patch(consolidation_api, "list_consolidation_amendments", tidy)


class NeverReviewsAmendments(Defect):
    """補正の後に資料が届いても、見直す補正に挙げない。"""

    breaks = "010-3.4.2-05"

    def seed(self, patch: Patch) -> None:
        patch(consolidation_api, "is_outdated", lambda desk, one: False)


class AddsSecondReportOfPayer(Defect):
    """同じ支払者の二つ目の報告書を、そのまま足す。"""

    breaks = "010-3.4.3-01"

    def seed(self, patch: Patch) -> None:
        patch(intake, "is_filed_twice", lambda desk, one: False)


class ComparesSalariesOnly(Defect):
    """給与収入だけが同じ報告書も、重複の疑いとする。"""

    breaks = "010-3.4.3-02"

    def seed(self, patch: Patch) -> None:
        original = checks.same_pay
        patch(checks, "same_pay", lambda one: (*original(one)[:2], 0))


class ForbidsSecondReport(Defect):
    """重複の疑いで保留した報告書を、職員がひも付けても合算しない。"""

    breaks = "010-3.4.3-03"

    def seed(self, patch: Patch) -> None:
        original = intake.dossier_of

        def once(desk: Any, one: Any) -> str | None:
            return None if intake.is_filed_twice(desk, one) and _is_second(desk, one) else original(desk, one)

        patch(intake, "dossier_of", once)


def _is_second(desk: Any, one: Any) -> bool:
    reports = intake.every(desk, submitter_number=one.submitter_number, taxpayer_id=one.taxpayer_id)
    return any(other.dossier_id is not None for other in reports)


class AllowsLimitOfLaterYear(Defect):
    """令和8年度からの所得の要件を、前の年度にも使う。"""

    breaks = "010-3.5.1-01"

    def seed(self, patch: Patch) -> None:
        original = checks.dependency_remarks
        patch(checks, "dependency_remarks", lambda named, fiscal_year: original(named, 2026))


class CountsLimitAsExcess(Defect):
    """要件の額ちょうどの親族を、所得超過とする。"""

    breaks = "010-3.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch(
            checks,
            "exceeds",
            lambda one, limit: (
                one.registered <= limit and one.overall_income is not None and one.overall_income >= limit
            ),
        )


class OverlooksDoubleClaims(Defect):
    """二重扶養を挙げない。"""

    breaks = "010-3.5.1-02"

    def seed(self, patch: Patch) -> None:
        patch(checks, "is_claimed_by_two", lambda one, named: False)


class CountsEveryClaimOfATaxpayer(Defect):
    """一人の納税義務者が二人の親族を登録すると、二重扶養とする。"""

    breaks = "010-3.5.1-02"

    def seed(self, patch: Patch) -> None:
        patch(
            checks,
            "is_claimed_by_two",
            lambda one, named: len([other for other in named if other.kinship == "relative"]) > 1,
        )


class OverlooksMutualSpouses(Defect):
    """互いの配偶者控除を挙げない。"""

    breaks = "010-3.5.1-03"

    def seed(self, patch: Patch) -> None:
        patch(checks, "are_mutual_spouses", lambda one, named: False)


class OverlooksDifferingIncome(Defect):
    """資料の所得が登録より少ない親族を挙げない。"""

    breaks = "010-3.5.1-04"

    def seed(self, patch: Patch) -> None:
        patch(
            checks,
            "differs",
            lambda one: one.overall_income is not None and one.overall_income > one.registered,
        )


class ExportsEveryRemark(Defect):
    """税務署に渡す情報に、所得の額だけが違う者を含める。"""

    breaks = "010-3.5.2-01"

    def seed(self, patch: Patch) -> None:
        patch(checks, "corrections", checks.dependency_remarks)


class AcceptsBothMedicalChoices(Defect):
    """医療費控除とその特例の重複を見ない。"""

    breaks = "010-3.5.3-01"

    def seed(self, patch: Patch) -> None:
        patch(checks, "has_both_choices", lambda figures: False)


class RemarksOnEqualRefund(Defect):
    """医療費と同じ額の補填額も挙げる。"""

    breaks = "010-3.5.3-02"

    def seed(self, patch: Patch) -> None:
        patch(
            checks,
            "is_refund_over_cost",
            lambda figures: figures.get("medical_refund", 0) >= figures.get("medical_cost", 1),
        )


class ComparesPremiumWithSalary(Defect):
    """社会保険料を給与収入とだけ比べる。"""

    breaks = "010-3.5.3-03"

    def seed(self, patch: Patch) -> None:
        patch(
            checks,
            "is_premium_over_revenue",
            lambda figures: figures.get("social_premium", 0) > figures.get("salary_revenue", 0),
        )


class OverlooksDividendWithoutLevy(Defect):
    """配当割額のない配当所得を挙げない。"""

    breaks = "010-3.5.3-04"

    def seed(self, patch: Patch) -> None:
        patch(checks, "is_dividend_without_levy", lambda figures: False)


class AsksForEverybodyEverSeen(Defect):
    """賦課期日の後に転入した者も未申告者とする。"""

    breaks = "010-3.5.4-01"

    def seed(self, patch: Patch) -> None:
        patch(presence, "present", lambda desk, fiscal_year: presence.every(desk))


class ChasesDependents(Defect):
    """扶養されている者も未申告者とする。"""

    breaks = "010-3.5.4-02"

    def seed(self, patch: Patch) -> None:
        original = checks.is_undeclared
        patch(
            checks,
            "is_undeclared",
            lambda desk, taxpayer_id, fiscal_year, named: original(desk, taxpayer_id, fiscal_year, set()),
        )


class PrintsDeadlineOnSunday(Defect):
    """申告のお知らせに、休日の3月15日を期限として記載する。"""

    breaks = "010-3.5.4-03"

    def seed(self, patch: Patch) -> None:
        patch(intake, "filing_deadline", lambda fiscal_year: date(fiscal_year, 3, 15))


class ForgetsReminders(Defect):
    """申告のお知らせを作成した者を、勧奨済みと示さない。"""

    breaks = "010-3.5.4-04"

    def seed(self, patch: Patch) -> None:
        patch(checks, "is_reminded", lambda desk, taxpayer_id, fiscal_year: False)


class RemindsDeclared(Defect):
    """資料の届いた者にも、申告のお知らせを作成する。"""

    breaks = "010-3.5.4-05"

    def seed(self, patch: Patch) -> None:
        original = checks.undeclared

        def everyone(desk: Any, fiscal_year: int) -> list[str]:
            return [*original(desk, fiscal_year), *(one for one, _ in presence.taxable(desk, fiscal_year))]

        patch(checks, "undeclared", everyone)


class AsksOnFirstOfApril(Defect):
    """賦課期日を年度の初めの4月1日とする。"""

    breaks = "010-1.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(presence, "assessment_day", lambda fiscal_year: date(fiscal_year, 4, 1))


class ExcludesArrivalsOfTheDay(Defect):
    """1月1日に転入した者を課税対象者としない。"""

    breaks = "010-1.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(
            presence,
            "is_present",
            lambda one, day: one.present_from < day and (one.present_until is None or one.present_until > day),
        )


class CallsEverybodyResident(Defect):
    """課税の根拠を、全て住民と示す。"""

    breaks = "010-1.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = presence.taxable
        patch(
            presence,
            "taxable",
            lambda desk, fiscal_year: [(one, "registered_resident") for one, _ in original(desk, fiscal_year)],
        )


class ListsEveryPresence(Defect):
    """在住の期間が二つある者を、二人として挙げる。"""

    breaks = "010-1.2.1-03"

    def seed(self, patch: Patch) -> None:
        def all_of(desk: Any, fiscal_year: int) -> list[tuple[str, str]]:
            return [(one.taxpayer_id, one.presence_kind) for one in presence.present(desk, fiscal_year)]

        patch(presence, "taxable", all_of)


class ListsUnregisteredOfAnyDay(Defect):
    """賦課期日の後に住み始めた者も、住登外課税者とする。"""

    breaks = "010-1.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch(
            presence,
            "unregistered",
            lambda desk, fiscal_year: [
                one for one in presence.every(desk) if one.presence_kind == "unregistered_resident"
            ],
        )


class ForgetsNotices(Defect):
    """通知書を作成した者を、送付済みと示さない。"""

    breaks = "010-1.2.2-02"

    def seed(self, patch: Patch) -> None:
        patch(presence, "is_notified", lambda desk, taxpayer_id, fiscal_year: False)


class TellsNextYear(Defect):
    """住登外課税通知書に、翌年度を記載する。"""

    breaks = "010-1.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = presence_api.issue_elsewhere_notice

        def ahead(desk: Any, given: Any) -> Any:
            paper = original(desk, given)["elsewhere_taxation_notice"]
            return {"elsewhere_taxation_notice": {**paper, "fiscal_year": given.fiscal_year + 1}}

        patch(presence_api, "issue_elsewhere_notice", ahead)


class NotifiesOfResidents(Defect):
    """住民票のある者についても、住登外課税通知書を作成する。"""

    breaks = "010-1.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(presence, "unregistered", presence.present)


class LeviesBesideOthers(Defect):
    """他の市区町村の通知を受理しても、課税対象者のままにする。"""

    breaks = "010-1.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(presence, "notices", lambda desk, fiscal_year, is_ours: [])


class ExcludesForEveryYear(Defect):
    """一つの年度の通知で、全ての年度の課税対象者から除く。"""

    breaks = "010-1.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(
            presence,
            "notices",
            lambda desk, fiscal_year, is_ours: presence.rows(desk, presence.ElsewhereNotice, is_ours=is_ours),
        )

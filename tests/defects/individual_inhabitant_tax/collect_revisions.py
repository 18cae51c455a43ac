"""Named faults in revisions, their limits and cancellations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    levying,
    levying_api,
    planning,
    settlements,
)


class IgnoresLaterDossiers(Defect):
    """更正の後も、更正前の年税額を答える。"""

    breaks = "010-6.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_changed", lambda before, after: after < before)


class RevisesWithoutChange(Defect):
    """税額が変わらなくても、賦課の履歴を増やす。"""

    breaks = "010-6.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_changed", lambda before, after: True)


class RaisesForFiveYearsOfInhabitants(Defect):
    """増額の更正を5年まで受け付ける。"""

    breaks = "010-6.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(levying, "YEARS_TO_RAISE", 5)


class LowersForThreeYearsOnlyOfInhabitants(Defect):
    """減額の更正を3年で止める。"""

    breaks = "010-6.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(levying, "YEARS_TO_LOWER", 3)


class LowersForever(Defect):
    """減額の更正を期限なく受け付ける。"""

    breaks = "010-6.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = levying.is_within_limit
        patch(levying, "is_within_limit", lambda due, today, gap: gap < 0 or original(due, today, gap))


class ForgetsWhy(Defect):
    """更正の原因を履歴に残さない。"""

    breaks = "010-6.1.3-01"

    def seed(self, patch: Patch) -> None:
        def unexplained(answer: dict[str, Any]) -> dict[str, Any]:
            return {"levy_history": [{**one, "revision_ground": None} for one in answer["levy_history"]]}

        patch.wrap(levying_api, "get_levy_history", unexplained)


class ReinstatesTheLatest(Defect):
    """履歴番号にかかわらず、最後の賦課を復元する。"""

    breaks = "010-6.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = levying.reinstate

        def newest(desk: Any, taxpayer_id: str, year: int, version: int) -> Any:
            return original(desk, taxpayer_id, year, assessment.versions(desk, taxpayer_id, year)[-1].levy_version)

        patch(levying, "reinstate", newest)


class ReinstatesTheAmountOnly(Defect):
    """年税額だけを復元し、期別の額を戻さない。"""

    breaks = "010-6.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = assessment.follow

        def keep_plan(desk: Any, former: Any, event: str, lines: Any, **changed: Any) -> Any:
            kept = assessment.lines_of(former) if event == "reinstated" else lines
            return original(desk, former, event, kept, **changed)

        patch(assessment, "follow", keep_plan)


class PrintsNoReason(Defect):
    """変更通知書に、変更の理由でなく賦課の事由を載せる。"""

    breaks = "010-6.1.4-01"

    def seed(self, patch: Patch) -> None:
        def vague(answer: dict[str, Any]) -> dict[str, Any]:
            return {"levy_revision_notice": {**answer["levy_revision_notice"], "revision_ground": "更正"}}

        patch.wrap(levying_api, "get_levy_revision_notice", vague)


class OffersHistoryDeletionOfInhabitants(Defect):
    """賦課の履歴を削除する機能を提供する。"""

    breaks = "010-6.1.3-04"

    def seed(self, patch: Patch) -> None:
        from kijun.drivers.reference import ReferenceDriver

        original = ReferenceDriver._on_call

        def call(self: Any, params: dict[str, Any], deadline: float) -> dict[str, Any]:
            return {"result": {}} if params["operation"] == "delete_levy_history" else original(self, params, deadline)

        patch(ReferenceDriver, "_on_call", call)


class NotifiesWithoutChange(Defect):
    """税額の変わらない者の変更通知書を作る。"""

    breaks = "010-6.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_changed", lambda before, after: True)


class RevisesPastInstalments(Defect):
    """納期限の過ぎた期別の額も変える。"""

    breaks = "010-6.1.5-01"

    def seed(self, patch: Patch) -> None:
        patch(planning, "due_before", lambda today: lambda line: False)


class LeviesIntoThePast(Defect):
    """過ぎた納期限にも、初めて賦課する税額を割り振る。"""

    breaks = "010-6.1.5-05"

    def seed(self, patch: Patch) -> None:
        patch(planning, "not_before", lambda fiscal_year, lines, given, today: list(lines))


class FallsDueAtOnce(Defect):
    """随時期の納期限の指定を見ず、翌月の末日とする。"""

    breaks = "010-6.1.5-02"

    def seed(self, patch: Patch) -> None:
        original = planning.subsequent_line
        patch(planning, "subsequent_line", lambda amount, today, due_on: original(amount, today, None))


class HidesTheSurplus(Defect):
    """納め過ぎとなる額を0円とする。"""

    breaks = "010-6.1.5-03"

    def seed(self, patch: Patch) -> None:
        original = planning.revised
        patch(planning, "revised", lambda *given: replace(original(*given), surplus=0))


class ChangesWithheldMonths(Defect):
    """徴収の済んだ月の月割額も変える。"""

    breaks = "010-6.1.5-04"

    def seed(self, patch: Patch) -> None:
        patch(planning, "withheld_before", lambda today: lambda line: False)


class GuessesTheBasis(Defect):
    """起算の区分を、いつも賦課の誤りとして示す。"""

    breaks = "010-6.1.6-01"

    def seed(self, patch: Patch) -> None:
        patch(levying_api, "basis_of", lambda surplus, said: "assessment_error" if surplus else None)


class CancelsTheAmountOnly(Defect):
    """課税を取り消しても、期別の額を残す。"""

    breaks = "010-6.5.1-01"

    def seed(self, patch: Patch) -> None:
        original = assessment.follow

        def keep_plan(desk: Any, former: Any, event: str, lines: Any, **changed: Any) -> Any:
            kept = assessment.lines_of(former) if event == "levy_cancelled" else lines
            return original(desk, former, event, kept, **changed)

        patch(assessment, "follow", keep_plan)


class KeepsTheAnnualAmount(Defect):
    """課税を取り消しても、年税額を残す。"""

    breaks = "010-6.5.1-04"

    def seed(self, patch: Patch) -> None:
        original = assessment.follow

        def keep_amount(desk: Any, former: Any, event: str, lines: Any, **changed: Any) -> Any:
            if event == "levy_cancelled":
                changed.pop("annual_levy")
            return original(desk, former, event, lines, **changed)

        patch(assessment, "follow", keep_amount)


class ReturnsWhatIsNotDue(Defect):
    """納期限の来ていない期別の額まで、納め過ぎとする。"""

    breaks = "010-6.5.1-02"

    def seed(self, patch: Patch) -> None:
        patch(levying, "surplus_of", lambda lines, today: assessment.total(lines))


class HandsOverNoCancellation(Defect):
    """課税の取消しを収納管理へ渡さない。"""

    breaks = "010-6.5.1-03"

    def seed(self, patch: Patch) -> None:
        original = settlements.differences
        patch(
            settlements,
            "differences",
            lambda before, now: original({one: before[one] for one in before if one in now}, now),
        )

"""Named faults in the first levy of a year, its dues and what is handed over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference import calendars
from kijun.reference.individual_inhabitant_tax import (
    changes_api,
    levying,
    levying_api,
    pension_changes,
    settlements,
    terms,
)


class AppliesTheNewOrdinanceBackwards(Defect):
    """条例の端数の単位と納期の数を、前の年度にも適用する。"""

    breaks = "010-5.4.1-07"

    def seed(self, patch: Patch) -> None:
        original = terms.terms_of
        patch(terms, "terms_of", lambda desk, year: original(desk, 2027))


class FallsDueOnSundays(Defect):
    """閉庁日を納期限とする。"""

    breaks = "010-5.4.1-08"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "shifted", lambda day, shift: day)


class ForgetsTheLastPerson(Defect):
    """一括の賦課から、最後の一人が漏れる。"""

    breaks = "010-5.5.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levying, "computed", lambda found: found[:-1] if len(found) > 1 else found)


class LeviesInAPreview(Defect):
    """試算の人数を、賦課済みの者を除いて数え、いつも0とする。"""

    breaks = "010-5.5.1-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levying_api, "preview_levy", lambda answer: {**answer, "levied_headcount": 0})


class LeviesTwice(Defect):
    """賦課した者にも再び賦課する。"""

    breaks = "010-5.5.1-03"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_levied", lambda desk, taxpayer_id, fiscal_year: False)


class LeviesNothingOnSomebody(Defect):
    """税額のない者も賦課の対象とする。"""

    breaks = "010-5.5.1-04"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_taxed", lambda found: True)


class LooksAtIncreasesOnly(Defect):
    """減った差を点検の一覧に載せない。"""

    breaks = "010-5.5.2-01"

    def seed(self, patch: Patch) -> None:
        patch(levying_api, "stands_out", lambda gap, threshold: gap >= threshold)


class SkipsNewcomers(Defect):
    """前年度に賦課のない者を、点検の一覧に載せない。"""

    breaks = "010-5.5.2-02"

    def seed(self, patch: Patch) -> None:
        def known(answer: dict[str, Any]) -> dict[str, Any]:
            return {"levy_gaps": [one for one in answer["levy_gaps"] if one["former_annual_levy"]]}

        patch.wrap(levying_api, "list_levy_gaps", known)


class CountsEverybodyInEachMethod(Defect):
    """どの徴収方法にも、賦課した全員を数える。"""

    breaks = "010-5.5.3-01"

    def seed(self, patch: Patch) -> None:
        original = levying_api.totals

        def everybody(method: str, plans: Any) -> dict[str, Any] | None:
            found = original(method, plans)
            return {**found, "count": len(plans)} if found else None

        patch(levying_api, "totals", everybody)


class HandsOverOneSum(Defect):
    """期別に分けず、年額を最初の期別に渡す。"""

    breaks = "010-5.5.4-01"

    def seed(self, patch: Patch) -> None:
        original = settlements.amounts

        def lumped(levies: Any) -> dict[Any, int]:
            found = original(levies)
            return {min(found): sum(found.values())} if found else {}

        patch(settlements, "amounts", lumped)


class HandsOverAgain(Defect):
    """渡した税額を、次の引渡しでも渡す。"""

    breaks = "010-5.5.4-02"

    def seed(self, patch: Patch) -> None:
        original = settlements.differences
        patch(settlements, "differences", lambda before, now: original({}, now))


class HandsOverTheNewAmount(Defect):
    """変わった期別について、差でなく新しい額を渡す。"""

    breaks = "010-5.5.4-03"

    def seed(self, patch: Patch) -> None:
        original = settlements.differences

        def whole(before: Any, now: Any) -> list[settlements.Entry]:
            changed = original(before, now)
            return [replace(one, amount=now.get((one.taxpayer_id, one.method, one.month), 0)) for one in changed]

        patch(settlements, "differences", whole)


class RequestsNoSpring(Defect):
    """年金特別徴収の依頼に、仮徴収の月を出力しない。"""

    breaks = "010-5.3.3-01"

    def seed(self, patch: Patch) -> None:
        def autumn(answer: dict[str, Any]) -> dict[str, Any]:
            lines = answer["pension_requests"]
            return {
                "pension_requests": [one for one in lines if one["collection_month"][-2:] not in ("04", "06", "08")]
            }

        patch.wrap(changes_api, "list_pension_requests", autumn)


class KeepsRequestingAfterTheStop(Defect):
    """中止した者の後の月も依頼に出力する。"""

    breaks = "010-5.3.3-02"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "stops", lambda change, _day, _year: change == "died")


class MovesTheNextMonthOnly(Defect):
    """徴収不能の月の次の月からしか、普通徴収に移さない。"""

    breaks = "010-5.3.4-01"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "month_before", lambda month: month)


class MovesWhatIsCollected(Defect):
    """徴収可の結果でも、普通徴収に移す。"""

    breaks = "010-5.3.4-02"

    def seed(self, patch: Patch) -> None:
        original = changes_api.take_in_pension_answer

        def take(desk: Any, given: Any) -> dict[str, Any]:
            return original(desk, given.model_copy(update={"pension_answer": "uncollectable"}))

        take.__name__ = "take_in_pension_answer"
        patch(changes_api, "take_in_pension_answer", take)

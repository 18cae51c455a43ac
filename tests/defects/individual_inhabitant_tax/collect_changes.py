"""Named faults in what happens to the collection during the year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    changes_api,
    collectors,
    dues,
    employment,
    pension_changes,
    planning,
)


class CountsTheMonthOfLeaving(Defect):
    """退職の月の月割額も未徴収とする。"""

    breaks = "010-6.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = planning.split_at
        patch(
            planning,
            "split_at",
            lambda lines, method, month: original(lines, method, pension_changes.month_before(month)),
        )


class ExpectsNoticeOnTheTenth(Defect):
    """閉庁日に当たる届出の期限を繰り下げない。"""

    breaks = "010-6.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(employment, "deadline", lambda day: dues.following(dues.month_of(day)).replace(day=10))


class AsksInSpring(Defect):
    """1月以後の退職も、申出がなければ一括徴収としない。"""

    breaks = "010-6.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch(employment, "must_withhold", lambda changed_on: False)


class WithholdsUnasked(Defect):
    """12月までの退職も、申出なしに一括徴収とする。"""

    breaks = "010-6.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(employment, "must_withhold", lambda changed_on: True)


class WithholdsFromNothing(Defect):
    """残額を超える給与等がなくても、一括徴収とする。"""

    breaks = "010-6.2.3-03"

    def seed(self, patch: Patch) -> None:
        original = employment.residual_collection
        patch(
            employment,
            "residual_collection",
            lambda change, day, rest, is_requested, is_sufficient, has_next: original(
                change, day, rest, is_requested, True, has_next
            ),
        )


class WithholdsFromTheDead(Defect):
    """死亡した者の残額を一括徴収とする。"""

    breaks = "010-6.2.3-04"

    def seed(self, patch: Patch) -> None:
        original = employment.residual_collection
        patch(
            employment,
            "residual_collection",
            lambda change, *rest: original("retired" if change == "died" else change, *rest),
        )


class LosesTheLumpSum(Defect):
    """一括徴収の残額を、退職の月に合算しない。"""

    breaks = "010-6.2.3-05"

    def seed(self, patch: Patch) -> None:
        patch(
            employment,
            "with_lump_sum",
            lambda lines, changed_on: planning.split_at(lines, "salary", dues.month_of(changed_on))[0],
        )


class PutsAllInTheNextInstalment(Defect):
    """切り替えた税額の全てを、次の期別に置く。"""

    breaks = "010-6.2.4-01"

    def seed(self, patch: Patch) -> None:
        original = planning.to_ordinary

        def at_once(year: int, lines: Any, amount: int, given: Any, today: date, subsequent: Any) -> Any:
            return original(year, lines, amount, replace(given, instalment_fraction=10_000_000), today, subsequent)

        patch(planning, "to_ordinary", at_once)


class PutsItInThePast(Defect):
    """残る期別がなければ、過ぎた第4期に置く。"""

    breaks = "010-6.2.4-02"

    def seed(self, patch: Patch) -> None:
        original = planning.subsequent_line
        patch(planning, "subsequent_line", lambda amount, today, due_on: original(amount, today, date(2027, 2, 1)))


class SpreadsOverTheWholeYear(Defect):
    """切り替えた税額を、開始月にかかわらず12か月に割り振る。"""

    breaks = "010-6.2.5-01"

    def seed(self, patch: Patch) -> None:
        original = planning.to_salary
        patch(
            planning,
            "to_salary",
            lambda year, lines, employer, since, today: original(year, lines, employer, f"{year}-06", today),
        )


class SwitchesArrears(Defect):
    """納期限の過ぎた期別の額も、給与から徴収する。"""

    breaks = "010-6.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(planning, "movable", lambda lines, today: [one for one in lines if one.method == "ordinary"])


class SwitchesNothing(Defect):
    """切り替える期別がなくても、切替えを受け付ける。"""

    breaks = "010-6.2.5-03"

    def seed(self, patch: Patch) -> None:
        original = planning.movable
        patch(planning, "movable", lambda lines, today: original(lines, today) or list(lines)[-1:])


class SpreadsAgainAfterTransfers(Defect):
    """転勤の後も、前の事業所から徴収する。"""

    breaks = "010-6.2.6-01"

    def seed(self, patch: Patch) -> None:
        patch(changes_api, "hand_on", lambda desk, given, lines, number: lines)


class TellsOnlyTheNewAmount(Defect):
    """変更通知の変更前の月割額を0円とする。"""

    breaks = "010-6.2.7-01"

    def seed(self, patch: Patch) -> None:
        original = collectors.changes
        patch(collectors, "changes", lambda former, now: [replace(one, before=0) for one in original(former, now)])


class TellsEveryMonth(Defect):
    """変わらない月も、変更通知に載せる。"""

    breaks = "010-6.2.7-02"

    def seed(self, patch: Patch) -> None:
        original = collectors.changes
        patch(collectors, "changes", lambda former, now: original((), now))


class CollectsFromTheDead(Defect):
    """死亡しても年金特別徴収を続ける。"""

    breaks = "010-6.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "stops", lambda change: change not in ("died", "moved_out"))


class StopsAtTheBorder(Defect):
    """市外への転出により、年金特別徴収を中止する。"""

    breaks = "010-6.3.1-02"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "stops", lambda _change, _day, _year: True)

"""Named faults when a tax changes that is collected from a pension."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import levying, pension_changes, pension_collection


def _last_word(patch: Patch, days: dict[int, tuple[int, int]]) -> None:
    patch(pension_collection, "_LAST_WORD", {**pension_collection._LAST_WORD, **days})


class ChangesTheOctoberAmount(Defect):
    """通知の後も、10月の支払から徴収額を変える。"""

    breaks = "010-6.3.1-03"

    def seed(self, patch: Patch) -> None:
        _last_word(patch, {10: (9, 30)})


class TellsTheDecemberAmountADayLess(Defect):
    """10月10日の変更を、12月の額に反映しない。"""

    breaks = "010-6.3.1-03"

    def seed(self, patch: Patch) -> None:
        _last_word(patch, {12: (10, 9)})


class ChangesTheDecemberAmountTooLate(Defect):
    """12月の支払までは、12月の額を変えられるものとする。"""

    breaks = "010-6.3.1-04"

    def seed(self, patch: Patch) -> None:
        _last_word(patch, {12: (11, 30)})


class TellsTheFebruaryAmountADayLess(Defect):
    """12月10日の変更を、2月の額に反映しない。"""

    breaks = "010-6.3.1-04"

    def seed(self, patch: Patch) -> None:
        _last_word(patch, {2: (12, 9)})


class ChangesTheFebruaryAmountTooLate(Defect):
    """12月11日以後に増えた税額も、2月の年金から徴収する。"""

    breaks = "010-6.3.1-05"

    def seed(self, patch: Patch) -> None:
        _last_word(patch, {2: (12, 31)})


class KeepsTheFirstBaseForNextSpring(Defect):
    """税額を更正しても、翌年度の仮徴収額を当初の税額から計算する。"""

    breaks = "010-6.3.1-06"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "moves_next_spring", lambda _year, _day: False)


class MovesNextSpringWithAnyIncreaseOnly(Defect):
    """税額が減ったときは、翌年度の仮徴収額を減らさない。"""

    breaks = "010-6.3.1-06"

    def seed(self, patch: Patch) -> None:
        real = levying.revised_base
        patch(levying, "revised_base", lambda desk, former, found: max(real(desk, former, found), former.pension_base))


class StopsMovingNextSpringInOctober(Defect):
    """10月10日より後の変更を、翌年度の仮徴収額に反映しない。"""

    breaks = "010-6.3.1-06"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "moves_next_spring", lambda year, day: day <= date(year, 10, 10))


class MovesNextSpringUntilTheEndOfTheYear(Defect):
    """12月11日以後の変更も、翌年度の仮徴収額に反映する。"""

    breaks = "010-6.3.1-07"

    def seed(self, patch: Patch) -> None:
        patch(pension_collection, "moves_next_spring", lambda _year, _day: True)


class GoesOnAfterASpringAlone(Defect):
    """4月から8月にだけ年金から徴収された者の徴収を、翌年度の4月から続ける。"""

    breaks = "010-5.3.2-10"

    def seed(self, patch: Patch) -> None:
        def any_month(lines: Any, _year: int) -> bool:
            return any(one.method == "pension" for one in lines)

        patch(levying, "is_still_collected", any_month)


class BeginsAnewAfterNovember(Defect):
    """2月に徴収されなかった者を、初年度の者として扱う。"""

    breaks = "010-5.3.2-10"

    def seed(self, patch: Patch) -> None:
        def in_february(lines: Any, year: int) -> bool:
            return any(one.method == "pension" and one.month == f"{year}-02" for one in lines)

        patch(levying, "is_still_collected", in_february)


class GoesOnFromOctoberAfterAMove(Defect):
    """4月1日までに市外へ転出した者の年金特別徴収も、10月から続ける。"""

    breaks = "010-6.3.1-08"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "has_left_by_april", lambda _change, _day, _year: False)


class StopsTheSpringOfAMove(Defect):
    """4月1日までに市外へ転出した者の仮徴収も止める。"""

    breaks = "010-6.3.1-08"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "last_month", lambda _change, day, _year: f"{day.year}-{day.month:02d}")


class SpreadsTheAutumnOverTheSummer(Defect):
    """10月からの税額を、6月と8月の納期にも割り振る。"""

    breaks = "010-6.3.1-08"

    def seed(self, patch: Patch) -> None:
        patch(pension_changes, "earliest_due", lambda _change, _day, _year, today: today)

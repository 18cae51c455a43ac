"""Named faults in what is collected after one correction and another."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import levying, methods, planning, settlements


class HandsOverNoGivenBackInstalment(Defect):
    """なくなった期別の減額を、収納管理へ渡さない。"""

    breaks = "010-5.5.4-03"

    def seed(self, patch: Patch) -> None:
        original = settlements.differences

        def of_what_is_left(before: Any, now: Any) -> Any:
            return original({key: before[key] for key in before if key in now}, now)

        patch(settlements, "differences", of_what_is_left)


class TakesWhatWasGivenBackForPaid(Defect):
    """納め過ぎとなった額を、納められたままとみなす。"""

    breaks = "010-6.1.5-01"

    def seed(self, patch: Patch) -> None:
        patch(planning, "given_back", lambda lines, amount, today: list(lines))


class ForgetsTheEmployerAfterNothingWasDue(Defect):
    """月割額がなくなった者の税額を、再び給与から徴収しない。"""

    breaks = "010-6.1.5-04"

    def seed(self, patch: Patch) -> None:
        original = planning.reopened
        patch(planning, "reopened", lambda *given: original(*given[:-1], None))


class RevisesByTheEmployerWhoWasLeft(Defect):
    """退職した者の更正で、残る税額を退職した事業所の月割額とする。"""

    breaks = "010-6.2.4-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "leave_employer", lambda desk, taxpayer_id, fiscal_year: None)


class RevisesByMethodAlone(Defect):
    """切り替えた者の更正で、徴収済みの普通徴収の額を納め過ぎとし、全額を給与から徴収する。"""

    breaks = "010-6.2.5-02"

    def seed(self, patch: Patch) -> None:
        def as_decided(lines: Any, shares: methods.Shares, today: Any) -> dict[str, int]:
            return {"salary": shares.salary, "pension": shares.pension, "ordinary": shares.ordinary}

        patch(planning, "by_open_method", as_decided)


class SpreadsTheFlatCutAfterARevision(Defect):
    """納期限の前の更正で、定額減税額を全ての期別に均す。"""

    breaks = "010-5.4.1-05"

    def seed(self, patch: Patch) -> None:
        patch(levying, "is_ahead", lambda lines, today: False)


class RevisesByThePensionThatStopped(Defect):
    """年金からの徴収を中止した者の更正で、年金から徴収する。"""

    breaks = "010-6.3.1-01"

    def seed(self, patch: Patch) -> None:
        patch(methods, "stop_pension", lambda desk, taxpayer_id, fiscal_year: None)


class RevisesTheRemissionAway(Defect):
    """更正により、減免した額を再び徴収する。"""

    breaks = "010-6.4.2-01"

    def seed(self, patch: Patch) -> None:
        patch(levying, "remission_kept", lambda remitted, annual: 0)

"""Named faults at the start of a year, and of who is levied for what and who receives the papers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.individual_inhabitant_tax import (
    departures,
    dues,
    fixed_residents,
    heirs,
    levy_notices,
    levy_notices_api,
    liability,
    movements_api,
    presence,
    resident_moves,
    terms,
    year_start,
)


class LooksBackPastTheStart(Defect):
    """開始した年度も、条件のない項目を前年度の今の条件から読む。"""

    breaks = "010-1.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(terms, "carry_over", lambda desk, fiscal_year: None)


class StartsTwice(Defect):
    """開始した年度を、もう一度開始できる。"""

    breaks = "010-1.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(year_start, "is_started", lambda desk, fiscal_year: False)
        original = year_start.LevyYear
        patch(year_start, "LevyYear", lambda **row: original(**{**row, "fiscal_year": 0}))


class StartsWithMonthEnds(Defect):
    """準備する納期限を、閉庁日でも月末とする。"""

    breaks = "010-1.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(dues, "open_day", lambda day: day)


class ReusesPulledNumbers(Defect):
    """引き抜いた通知書の番号を、別の通知書に付ける。"""

    breaks = "010-1.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(year_start, "following", lambda first, used: first)


class RunsPastTheRange(Defect):
    """番号の範囲を使い切っても、続きの番号を付ける。"""

    breaks = "010-1.1.1-05"

    def seed(self, patch: Patch) -> None:
        patch(year_start, "is_beyond", lambda serial, last: False)


class FixesTheDayItWorks(Defect):
    """賦課期日でなく、固定した日の住所を固定する。"""

    breaks = "010-1.1.4-01"

    def seed(self, patch: Patch) -> None:
        original = fixed_residents.state_on
        patch(fixed_residents, "state_on", lambda notices, day: original(notices, day.replace(month=12)))


class FixesAnew(Defect):
    """固定をもう一度行うと、今の住民情報で上書きする。"""

    breaks = "010-1.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(fixed_residents, "of_year", lambda desk, fiscal_year: [])
        original = fixed_residents.state_on
        patch(fixed_residents, "state_on", lambda notices, day: original(notices, day.replace(month=12)))


class ForgetsLateNotices(Defect):
    """固定の後に届いた異動を、見直す者に挙げない。"""

    breaks = "010-1.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(fixed_residents, "to_refix", lambda desk, fiscal_year: [])


class OverwritesTheFixed(Defect):
    """見直しで、改める前の内容を上書きして失う。"""

    breaks = "010-1.1.4-04"

    def seed(self, patch: Patch) -> None:
        original = fixed_residents.history
        patch(fixed_residents, "history", lambda *given: original(*given)[-1:])


class LeviesIncomeOfOwners(Defect):
    """家屋敷だけの者にも、所得割を課す。"""

    breaks = "010-1.2.4-01"

    def seed(self, patch: Patch) -> None:
        patch(liability, "owes_capita_only", lambda person: False)


class LeviesForestTaxOnOwners(Defect):
    """家屋敷だけの者にも、森林環境税を課す。"""

    breaks = "010-1.2.4-02"

    def seed(self, patch: Patch) -> None:
        original = liability.is_free_of_forest_tax
        patch(
            liability,
            "is_free_of_forest_tax",
            lambda person, *given: original(replace(person, lives_elsewhere=False), *given),
        )


class TakesTheFirstGround(Defect):
    """先に登録された課税の根拠を採る。"""

    breaks = "010-1.2.4-03"

    def seed(self, patch: Patch) -> None:
        patch(presence, "ground", lambda kinds: kinds[0])


class LeviesPoorOwners(Defect):
    """家屋敷の対象者に、均等割の非課税限度を当てはめない。"""

    breaks = "010-1.2.4-04"

    def seed(self, patch: Patch) -> None:
        original = liability.liability

        def owed(person: Any, *given: Any) -> str:
            return "capita_only" if person.lives_elsewhere else original(person, *given)

        patch(liability, "liability", owed)


class ListsMoversAsEmigrants(Defect):
    """市外へ転出した者も、納税管理人の要る者に挙げる。"""

    breaks = "010-1.2.5-01"

    def seed(self, patch: Patch) -> None:
        original = departures.ended_by

        def ended(desk: Any, ground: str) -> list[str]:
            return [*original(desk, ground), *original(desk, "moved_out")]

        patch(departures, "ended_by", ended)


class SendsAbroad(Defect):
    """納税管理人があっても、通知書の受取人を本人とする。"""

    breaks = "010-1.2.5-02"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api, "recipient_items", lambda *_: {"recipient_name": None, "mailing_address": None})


class KeepsAdministratorForever(Defect):
    """期間の終わった納税管理人に、通知書を送り続ける。"""

    breaks = "010-1.2.5-03"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api.mailing, "is_active", lambda desk, one: True)


class SendsToOtherTaxes(Defect):
    """固定資産税の納税管理人に、個人住民税の通知書を送る。"""

    breaks = "010-1.2.5-04"

    def seed(self, patch: Patch) -> None:
        patch(levy_notices_api.mailing, "is_for", lambda one, tax: True)


class PrefersAdministratorOfTheDead(Defect):
    """相続人代表者より、死亡した者の納税管理人を優先する。"""

    breaks = "010-1.2.6-01"

    def seed(self, patch: Patch) -> None:
        order = ("tax_administrator", "heirs_representative", "adult_guardian")
        patch(levy_notices_api.mailing, "RECEIVE_BY_OFFICE", order)


class NotifiesTheDead(Defect):
    """相続人代表者がなくても、死亡した者に通知書を作る。"""

    breaks = "010-1.2.6-02"

    def seed(self, patch: Patch) -> None:
        original = levy_notices.issue
        patch(levy_notices, "issue", lambda desk, fiscal_year, withheld: original(desk, fiscal_year))


class ListsAllTheDead(Defect):
    """税額のない死亡者も、代表者の要る者に挙げる。"""

    breaks = "010-1.2.6-03"

    def seed(self, patch: Patch) -> None:
        patch(departures, "pays_by_notice", lambda *_: True)


class SharesEqually(Defect):
    """相続分によらず、人数で等しく分ける。"""

    breaks = "010-1.2.6-04"

    def seed(self, patch: Patch) -> None:
        original = heirs.apportioned
        patch(heirs, "apportioned", lambda amount, portion: original(amount, Fraction(1, 3)))


class AcceptsTooManyShares(Defect):
    """相続分の計が一を超えても、登録する。"""

    breaks = "010-1.2.6-05"

    def seed(self, patch: Patch) -> None:
        patch(heirs, "fits", lambda shares: True)


class ArrivesOnTheDayOfIntake(Defect):
    """転入の日でなく、取り込んだ日からの在住とする。"""

    breaks = "010-8.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = resident_moves.arrive

        def late(desk: Any, person: Any, one: Any) -> None:
            day, one.moved_on = one.moved_on, desk.today
            original(desk, person, one)
            one.moved_on = day

        patch(resident_moves, "arrive", late)


class IgnoresDeaths(Defect):
    """死亡の届で在住を終わらせない。"""

    breaks = "010-8.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(resident_moves, "DEPARTURES", frozenset({"moved_out", "emigrated"}))


class ForgetsLeviesOnTheAbsent(Defect):
    """賦課期日の後に在住の終わった者だけを、見直す者に挙げる。"""

    breaks = "010-8.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = presence.is_absent
        patch(presence, "is_absent", lambda *given: not original(*given))


class ReflectsTwice(Defect):
    """反映した異動を、もう一度反映する。"""

    breaks = "010-8.1.2-04"

    def seed(self, patch: Patch) -> None:
        patch(resident_moves, "rows_of_tenant", lambda desk: [])


class HidesMovesThatWait(Defect):
    """保留した異動を、件数に入れない。"""

    breaks = "010-8.1.2-05"

    def seed(self, patch: Patch) -> None:
        def without_held(answer: dict[str, Any]) -> dict[str, Any]:
            return {**answer, "held_count": 0}

        patch.wrap(movements_api, "reflect_resident_moves", without_held)

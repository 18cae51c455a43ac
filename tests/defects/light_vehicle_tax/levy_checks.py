"""Named faults of what decides on 1 April, of the check before the levy, and of what a resolution sums up."""

from __future__ import annotations

from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import assessment, documents, ledger, levy_check, rules


class TaxesArrivalsOfTheNextDay(Defect):
    """4月2日に転入した車両まで賦課し、旧市区町村の課税と二重になる。"""

    breaks = "013-3.5.1-09"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def generous(past: list[Any], fiscal_year: int) -> Any:
            return past[-1] if past[-1].declaration_reason == "moved_in" else original(past, fiscal_year)

        patch(assessment, "liable_state", generous)


class LeavesArrivalsToTheFormerMunicipality(Defect):
    """4月1日の当日に転入した車両を旧市区町村の課税とみなし、どこも課税しない。"""

    breaks = "013-3.5.1-09"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def shy(past: list[Any], fiscal_year: int) -> Any:
            first, day = past[0], rules.assessment_date(fiscal_year)
            came_on_the_day = first.declaration_reason == "moved_in" and first.event_on == day
            return None if came_on_the_day else original(past, fiscal_year)

        patch(assessment, "liable_state", shy)


class JudgesByTheDayOfDeclaration(Defect):
    """取得日でなく申告日で賦課の有無を決め、年度をまたいだ申告の分が漏れる。"""

    breaks = "013-3.5.1-10"

    def seed(self, patch: Patch) -> None:
        original = ledger.holds_on

        def declared(event: Any, day: Any) -> bool:
            return event.declared_on <= day if event.event_kind == "registered" else bool(original(event, day))

        patch(ledger, "holds_on", declared)


class WantsBothDays(Defect):
    """取得日と申告日の両方が賦課期日までにある車両だけを賦課する。"""

    breaks = "013-3.5.1-10"

    def seed(self, patch: Patch) -> None:
        patch(ledger, "holds_on", lambda event, day: max(event.event_on, event.declared_on) <= day)


class KeepsCancelledScrappings(Defect):
    """取り消した廃車を賦課のときだけ生かしたままにし、使われている車両が課税から漏れる。"""

    breaks = "013-3.5.1-11"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def stubborn(past: list[Any], fiscal_year: int) -> Any:
            return original([one for one in past if one.event_kind != "cancelled"], fiscal_year)

        patch(assessment, "liable_state", stubborn)


class CancelsEverythingBefore(Defect):
    """一つの取消で、登録より後の異動を全てなかったものとし、前の所有者に賦課する。"""

    breaks = "013-3.5.1-11"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def sweeping(past: list[Any], fiscal_year: int) -> Any:
            is_cancelled = any(one.event_kind == "cancelled" for one in past)
            return original(past[:1] if is_cancelled else past, fiscal_year)

        patch(assessment, "liable_state", sweeping)


class CallsAllUntaxedExempt(Defect):
    """課税しない車両の内訳を、台帳の印だけで数え、期間のある決定を課税免除に混ぜる。"""

    breaks = "013-3.5.3-07"

    def seed(self, patch: Patch) -> None:
        def merged(desk: Any, found: Any, _year: int) -> list[tuple[str, int]]:
            marks = [ledger.category(desk, number) for number in found.untaxed]
            kinds = ["exempt" if mark == "taxable" else mark for mark in marks]
            return [(kind, kinds.count(kind)) for kind in sorted(set(kinds))]

        patch(levy_check, "untaxed_breakdown", merged)


class CountsEachUntaxedKindOnce(Defect):
    """同じ課税区分の車両を何台でも一台と数え、内訳の和が台数に足りない。"""

    breaks = "013-3.5.3-07"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy_check, "untaxed_breakdown", lambda rows: [(kind, 1) for kind, _ in rows])


class ShowsStoppedOnlyAfterTheLevy(Defect):
    """初度検査年月のない車両を、当初賦課を行うまで示さない。"""

    breaks, incident = "013-3.5.3-08", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = levy_check.tally

        def late(desk: Any, fiscal_year: int) -> Any:
            found = original(desk, fiscal_year)
            if not found.levied:
                found.missed, found.halted = found.missed + found.halted, []
            return found

        patch(levy_check, "tally", late)


class ListsTwoWheelersWithoutMonth(Defect):
    """初度検査年月の要らない二輪まで一覧に示し、補うべき車両が埋もれる。"""

    breaks, incident = "013-3.5.3-08", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(assessment, "is_stopped", lambda state: not state.first_inspection_month)


class ListsByTheFirstEntry(Defect):
    """初めの登録だけを見て、後から補った車両も空のまま一覧に示す。"""

    breaks, incident = "013-3.5.3-08", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = levy_check.assessment.liable_state

        def first(past: list[Any], fiscal_year: int) -> Any:
            return past[0] if original(past, fiscal_year) is not None else None

        patch(levy_check.assessment, "liable_state", first)


class ResolvesTheWholeLedger(Defect):
    """調定決議書の件数に、停止中の車両と課税しない車両まで数える。"""

    breaks = "013-3.5.4-03"

    def seed(self, patch: Patch) -> None:
        original = documents.levy_resolution

        def whole(desk: Any, fiscal_year: int, rows: Any) -> dict[str, Any]:
            return {
                **original(desk, fiscal_year, rows),
                "count": levy_check.liable_count(levy_check.tally(desk, fiscal_year)),
            }

        patch(documents, "levy_resolution", whole)


class ResolvesWithoutTheResumed(Defect):
    """一度止まった車両を、賦課した後も調定決議書から除いたままにする。"""

    breaks = "013-3.5.4-03"

    def seed(self, patch: Patch) -> None:
        original = documents.levy_resolution

        def without(desk: Any, fiscal_year: int, rows: Any) -> dict[str, Any]:
            kept = [
                one
                for one in assessment.of_year(desk, fiscal_year)
                if not assessment.is_stopped(ledger.events(desk, one.vehicle_id)[0])
            ]
            found = original(desk, fiscal_year, rows)
            return {**found, "count": len(kept), "total_tax": sum(one.tax_amount for one in kept)}

        patch(documents, "levy_resolution", without)

"""Named faults around 1 April, the check of the yearly levy, and the days between printing and posting."""

from __future__ import annotations

from datetime import date
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    assessment,
    dispatching,
    dispatching_api,
    ledger,
    levy_api,
    levy_check,
    notices,
    postings,
    rates,
    reductions,
    rules,
)


class TaxesVehiclesScrappedOnTheDay(Defect):
    """賦課期日の当日に廃車された車両を賦課する。"""

    breaks = "013-3.5.1-06"

    def seed(self, patch: Patch) -> None:
        original = ledger.holds_on

        def later(event: Any, day: date) -> bool:
            return event.event_on < day if event.event_kind == "scrapped" else bool(original(event, day))

        patch(ledger, "holds_on", later)


class TaxesVehiclesMovedOut(Defect):
    """転出による廃車を廃車と見ず、賦課期日までに転出した車両を賦課する。"""

    breaks = "013-3.5.1-07"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def blind(past: list[Any], fiscal_year: int) -> Any:
            return original([one for one in past if one.scrap_reason != "moved_out"], fiscal_year)

        patch(assessment, "liable_state", blind)


class SparesVehiclesMovedOutLater(Defect):
    """賦課期日の翌日に転出した車両を賦課しない。"""

    breaks = "013-3.5.1-07"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def today(past: list[Any], fiscal_year: int) -> Any:
            return None if past[-1].scrap_reason == "moved_out" else original(past, fiscal_year)

        patch(assessment, "liable_state", today)


class ShowsTheOwnerOfToday(Defect):
    """賦課の照会に、賦課期日の所有者でなく今の所有者を示す。"""

    breaks = "013-3.5.1-08"

    def seed(self, patch: Patch) -> None:
        original = levy_api.assessment_items

        def current(desk: Any, one: Any) -> dict[str, Any]:
            return {**original(desk, one), "taxpayer_id": ledger.latest(desk, one.vehicle_id).taxpayer_id}

        patch(levy_api, "assessment_items", current)


class CorrectsByTheClassOfToday(Defect):
    """更正のとき、賦課期日でなく今の種別で税額を計算する。"""

    breaks = "013-3.5.1-08"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def latest(past: list[Any], fiscal_year: int) -> Any:
            return past[-1] if original(past, fiscal_year) is not None else None

        patch(assessment, "liable_state", latest)


class AssessesAnyYear(Defect):
    """年度を打ち間違えても、最も近い年度の税率表で賦課する（甲賀市の事故と同じ型）。"""

    breaks, incident = "013-3.5.2-03", "INC-23"

    def seed(self, patch: Patch) -> None:
        original = rates.rates_of
        patch(rules, "checked_year", lambda year: year)
        patch(rates, "rates_of", lambda year: original(min(max(year, rates.first_year()), rates.last_year())))


class ShiftsOnlyToHeavy(Defect):
    """税率区分の変化に、軽課の終わった車両が示されない。"""

    breaks, incident = "013-3.5.3-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(levy_check, "has_shifted", lambda before, after: before != after == "heavy")


class ForgetsWhatStoodBefore(Defect):
    """税率区分の変化の前年度の欄に、当年度の税率区分を示す。"""

    breaks, incident = "013-3.5.3-03", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch.wrap(levy_check, "shifts", lambda rows: [(number, after, after) for number, _, after in rows])


class ListsEveryVehicleAsShifted(Defect):
    """税率区分の変わらない車両も変化の一覧に示し、変わった車両が埋もれる。"""

    breaks, incident = "013-3.5.3-04", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(levy_check, "has_shifted", lambda before, after: True)


class CountsHaltedAsUntaxed(Defect):
    """停止中の車両を、課税しない車両に数える。"""

    breaks, incident = "013-3.5.3-05", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = levy_check.heap_of

        def merged(found: Any, state: Any, is_levied: bool, is_taxed: bool) -> list[str]:
            heap = original(found, state, is_levied, is_taxed)
            return found.untaxed if heap is found.halted else heap

        patch(levy_check, "heap_of", merged)


class TalliesVehiclesOfToday(Defect):
    """賦課期日でなく、今の台帳の台数を数える。"""

    breaks, incident = "013-3.5.3-05", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(levy_check.assessment, "liable_state", lambda past, year: past[-1])


class AlwaysTallies(Defect):
    """漏れがあっても台数が一致すると示す。"""

    breaks, incident = "013-3.5.3-05", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(levy_check, "is_tallied", lambda _found: True)


class OverlooksMissedVehicles(Defect):
    """賦課漏れの車両を課税しない車両に混ぜ、一覧に示さない。"""

    breaks, incident = "013-3.5.3-06", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = levy_check.heap_of

        def merged(found: Any, state: Any, is_levied: bool, is_taxed: bool) -> list[str]:
            heap = original(found, state, is_levied, is_taxed)
            return found.untaxed if heap is found.missed else heap

        patch(levy_check, "heap_of", merged)


class KeepsCancelledAsLevied(Defect):
    """更正で零円にした賦課を、余分な賦課として示し続ける。"""

    breaks, incident = "013-3.5.3-06", "INC-15"

    def seed(self, patch: Patch) -> None:
        patch(
            levy_check,
            "levied_vehicles",
            lambda desk, year: {one.vehicle_id for one in assessment.of_year(desk, year)},
        )


class SendsToScrappedVehicles(Defect):
    """通知書の作成の後に届いた廃車を突合で見ない。"""

    breaks, incident = "013-3.5.9-03", "INC-13"

    def seed(self, patch: Patch) -> None:
        _ignore(patch, "not_registered_on_day")


class SendsToFormerOwners(Defect):
    """通知書の作成の後に届いた名義変更を突合で見ず、旧所有者に送る。"""

    breaks, incident = "013-3.5.9-03", "INC-13"

    def seed(self, patch: Patch) -> None:
        _ignore(patch, "other_taxpayer")


class ChecksOwnersOnly(Defect):
    """突合で納税義務者だけを比べ、額の違う通知書を送る。"""

    breaks, incident = "013-3.5.9-03", "INC-13"

    def seed(self, patch: Patch) -> None:
        _ignore(patch, "other_amount")


def _ignore(patch: Patch, ground: str) -> None:
    patch.wrap(dispatching.Judge, "contradiction", lambda found: None if found == ground else found)


class WithdrawsEveryScrappedVehicle(Defect):
    """賦課期日の翌日の廃車でも通知書を引き抜き、課税された人に届かない。"""

    breaks, incident = "013-3.5.9-04", "INC-13"

    def seed(self, patch: Patch) -> None:
        original = dispatching.Judge.contradiction

        def hasty(judge: Any, past: list[Any], notice: Any, one: Any) -> Any:
            scrapped = past[-1].vehicle_state == "scrapped"
            return "not_registered_on_day" if scrapped else original(judge, past, notice, one)

        patch(dispatching.Judge, "contradiction", hasty)


class LeavesTheNoticeBeforeCorrection(Defect):
    """税額を更正しても、更正前の通知書が発送の対象に残る（倉敷市の事故と同じ型）。"""

    breaks, incident = "013-3.5.9-05", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(dispatching, "replace_after_correction", lambda *_: None)


class WithdrawsAtEveryCorrection(Defect):
    """税額の変わらない更正でも通知書を引き抜き、作り直す。"""

    breaks, incident = "013-3.5.9-05", "INC-13"

    def seed(self, patch: Patch) -> None:
        def always(desk: Any, _before: Any, one: Any) -> None:
            notices.withdraw_notices(desk, one.vehicle_id, one.fiscal_year)

        patch(dispatching, "replace_after_correction", always)


class NeverBillsAfterRevocation(Defect):
    """一度減免された車両には、減免が取り消されても通知書を作らない。"""

    breaks, incident = "013-3.5.9-06", "INC-13"

    def seed(self, patch: Patch) -> None:
        def once(desk: Any, one: Any) -> int:
            own = reductions.of_vehicle(desk, one.vehicle_id, one.fiscal_year)
            return one.tax_amount if any(r.decision in ("approved", "revoked") for r in own) else 0

        patch(reductions, "reduction_amount", once)


class WithdrawsWhatIsGone(Defect):
    """発送済みの通知書を引き抜いたものとし、二通目を作る。"""

    breaks, incident = "013-3.5.9-07", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(postings, "posted_numbers", lambda desk: set())


class ListsEverybodyAsProtected(Defect):
    """支援措置の対象でない人の通知書まで一覧に示し、対象者の確認が埋もれる。"""

    breaks, incident = "013-3.5.10-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        def everybody(desk: Any) -> set[str]:
            return {event.taxpayer_id for event in ledger.all_latest(desk)}

        patch(dispatching, "protected_people", everybody)


class ListsWithdrawnNotices(Defect):
    """引き抜いた通知書を支援措置の対象者の発送一覧に示す。"""

    breaks, incident = "013-3.5.10-02", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(dispatching, "unposted", lambda desk, year: notices.notices(desk, year))


class TakesAnEmptyListForGranted(Defect):
    """支援措置の対象者が一人もいなくても注意を示さない（明和町の事故）。"""

    breaks, incident = "013-3.5.10-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(dispatching_api, "posting_alerts", lambda desk: [])


class NeverCancels(Defect):
    """賦課期日より前の廃車が判明しても、税額が元のまま残る。"""

    breaks = "013-3.6.2-12"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state
        patch(assessment, "liable_state", lambda past, year: original(past, year) or past[0])


class CancelsForLaterScrapping(Defect):
    """賦課期日の後の廃車でも、更正で税額を零円にする。"""

    breaks = "013-3.6.2-12"

    def seed(self, patch: Patch) -> None:
        original = assessment.liable_state

        def today(past: list[Any], fiscal_year: int) -> Any:
            return None if past[-1].vehicle_state == "scrapped" else original(past, fiscal_year)

        patch(assessment, "liable_state", today)


class KeepsTheTaxpayerAtCorrection(Defect):
    """更正しても納税義務者を改めず、旧所有者のままにする。"""

    breaks = "013-3.6.2-13"

    def seed(self, patch: Patch) -> None:
        original = assessment.entry

        def keeping(desk: Any, state: Any, fiscal_year: int, amount: Any, reason: str, number: int) -> Any:
            added = original(desk, state, fiscal_year, amount, reason, number)
            past = assessment.history(desk, state.vehicle_id, fiscal_year) if number > 1 else []
            added.taxpayer_id = past[0].taxpayer_id if past else added.taxpayer_id
            return added

        patch(assessment, "entry", keeping)


class CountsCancelledLevies(Defect):
    """更正で零円となった賦課も課税台数に数える。"""

    breaks = "013-6.4.1-02"

    def seed(self, patch: Patch) -> None:
        patch(levy_api, "still_levied", lambda: ())

"""Named faults around resolutions, notices, late assessments, corrections and statistics."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    after_levy_api,
    assessment,
    back_taxation,
    certificates,
    corrections,
    documents,
    holds,
    levy_api,
    notice_kinds,
    payments,
    rules,
    statistics,
)
from kijun.reference.light_vehicle_tax.records import Assessment


class ResolvesWithoutTheLastRow(Defect):
    """調定決議書の計が、内訳の最後の行を含まない。"""

    breaks = "013-3.5.4-01"

    def seed(self, patch: Patch) -> None:
        original = documents.levy_resolution
        patch(documents, "levy_resolution", lambda desk, year, rows: original(desk, year, rows[:-1]))


class ResolvesAllYears(Defect):
    """調定決議書に他の年度の賦課を含める。"""

    breaks = "013-3.5.4-01"

    def seed(self, patch: Patch) -> None:
        original = levy_api.totals
        patch(levy_api, "totals", lambda desk, year: [*original(desk, year), *original(desk, year - 1)])


class ResolvesTheFirstAmounts(Defect):
    """更正しても、調定決議書が当初の税額のままになる。"""

    breaks, incident = "013-3.5.4-02", "INC-15"

    def seed(self, patch: Patch) -> None:
        original = documents.levy_resolution

        def first(desk: Any, year: int, rows: Any) -> Any:
            found = [assessment.history(desk, one.vehicle_id, year)[0] for one in assessment.of_year(desk, year)]
            return {**original(desk, year, rows), "total_tax": sum(one.tax_amount for one in found)}

        patch(documents, "levy_resolution", first)


class SumsEveryState(Defect):
    """更正前と更正後の両方の賦課を調定決議書に数える。"""

    breaks = "013-3.5.4-02"

    def seed(self, patch: Patch) -> None:
        original = documents.levy_resolution

        def every(desk: Any, year: int, rows: Any) -> Any:
            found = [
                one
                for each in assessment.of_year(desk, year)
                for one in assessment.history(desk, each.vehicle_id, year)
            ]
            return {**original(desk, year, rows), "count": len(found)}

        patch(documents, "levy_resolution", every)


class PrintsNoArrears(Defect):
    """過年度に滞納があっても、納税証明欄を有効にする（小樽市の事故）。"""

    breaks, incident = "013-3.5.6-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "former_arrears", lambda *_: [])


class ForgivesPartialPayments(Defect):
    """一部でも納付されていれば滞納としない。"""

    breaks, incident = "013-3.5.6-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = payments.is_unpaid
        paid = payments.paid_amount
        patch(
            payments,
            "is_unpaid",
            lambda desk, one: original(desk, one) and paid(desk, one.vehicle_id, one.fiscal_year) == 0,
        )


class VoidsEveryColumn(Defect):
    """前の年度の賦課があるだけで、納税証明欄を無効にする。"""

    breaks = "013-3.5.6-04"

    def seed(self, patch: Patch) -> None:
        def any_year(desk: Any, event: Any, one: Any) -> list[int]:
            years = [found.fiscal_year for found in assessment.of_vehicle(desk, event.vehicle_id)]
            return [year for year in years if year < one.fiscal_year]

        patch(notice_kinds, "former_arrears", any_year)


class BlamesTheNewOwner(Defect):
    """前の所有者の滞納で、新しい所有者の納税証明欄を無効にする。"""

    breaks, incident = "013-3.5.6-04", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(certificates, "is_own", lambda *_: True)


class SumsOnlyTheFirstVehicle(Defect):
    """一括納税通知書の額が一台分になる。"""

    breaks = "013-3.5.7-01"

    def seed(self, patch: Patch) -> None:
        original = documents.bulk_notice

        def one_vehicle(desk: Any, owner: Any, year: int, lines: Any) -> Any:
            return {**original(desk, owner, year, lines), "payable_amount": lines[0]["payable_amount"]}

        patch(documents, "bulk_notice", one_vehicle)


class BillsReducedVehicles(Defect):
    """減免した車両の額も一括納税通知書に含める。"""

    breaks, incident = "013-3.5.7-02", "INC-13"

    def seed(self, patch: Patch) -> None:
        def everything(desk: Any, taxpayer_id: str, year: int) -> Any:
            found = [one for one in assessment.of_year(desk, year) if one.taxpayer_id == taxpayer_id]
            return [
                (next(n for n in notice_kinds.notices.notices(desk, year) if n.vehicle_id == one.vehicle_id), one)
                for one in found
            ]

        patch(notice_kinds, "bulk_notices", everything)


class BillsEverybodysVehicles(Defect):
    """他の納税義務者の車両も明細に含める。"""

    breaks = "013-3.5.7-02"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "is_payable", lambda *_: True)


class SendsBulkNoticesToAnybody(Defect):
    """一括納税の対象でない人にも一括納税通知書を作成する。"""

    breaks, incident = "013-3.5.7-03", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "is_bulk_payer", lambda *_: True)


class SendsSlipsToTransferPayers(Defect):
    """口座振替の人にも納付書を送る。"""

    breaks = "013-3.5.8-01"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "pays_by_transfer", lambda *_: False)


class ExcludesTransfersOnTheDueDate(Defect):
    """納期限の日に始まる口座振替を翌年度からとする。"""

    breaks = "013-3.5.8-01"

    def seed(self, patch: Patch) -> None:
        original = rules.due_date

        def earlier(desk: Any, taxpayer_id: str, year: int) -> bool:
            found = desk.session.get(notice_kinds.AccountTransfer, (desk.id, taxpayer_id))
            return found is not None and found.transfers_from < original(year)

        patch(notice_kinds, "pays_by_transfer", earlier)


class TakesFutureTransfers(Defect):
    """納期限の後に始まる口座振替の人にも納付書を送らない。"""

    breaks = "013-3.5.8-02"

    def seed(self, patch: Patch) -> None:
        def ever(desk: Any, taxpayer_id: str, _year: int) -> bool:
            return desk.session.get(notice_kinds.AccountTransfer, (desk.id, taxpayer_id)) is not None

        patch(notice_kinds, "pays_by_transfer", ever)


class AssessesTheNewestOwner(Defect):
    """随時の賦課を今の所有者に課す。"""

    breaks = "013-3.6.1-01"

    def seed(self, patch: Patch) -> None:
        original = corrections.assess_late

        def newest(desk: Any, vehicle_id: str, year: int) -> Any:
            one = original(desk, vehicle_id, year)
            one.taxpayer_id = assessment.ledger.latest(desk, vehicle_id).taxpayer_id
            return one

        patch(corrections, "assess_late", newest)


class AssessesByThisYearsRates(Defect):
    """過年度の随時の賦課に今年度の税率を用いる。"""

    breaks = "013-3.6.1-01"

    def seed(self, patch: Patch) -> None:
        original = assessment.assess

        def today(desk: Any, state: Any, year: int, reason: str) -> Any:
            one = original(desk, state, year, reason)
            amount = rules.annual_amount(assessment.ledger.vehicle_of(state), holds.fiscal_year_of(desk.today))
            one.tax_amount, one.rate_category = amount.tax_amount, amount.rate_category
            return one

        patch(assessment, "assess", today)


class AssessesForEver(Defect):
    """期間制限を過ぎた年度も賦課する。"""

    breaks = "013-3.6.1-02"

    def seed(self, patch: Patch) -> None:
        patch(corrections, "is_in_time", lambda *_: True)


class LosesTheLastDayOfTheLimit(Defect):
    """期間制限の最後の日に賦課できない。"""

    breaks = "013-3.6.1-02"

    def seed(self, patch: Patch) -> None:
        original = back_taxation.is_within_limit
        patch(back_taxation, "is_within_limit", lambda year, today: original(year, today + timedelta(days=1)))


class AssessesTwiceWhenLate(Defect):
    """すでに賦課した年度を随時に重ねて賦課する。"""

    breaks = "013-3.6.1-03"

    def seed(self, patch: Patch) -> None:
        def again(desk: Any, vehicle_id: str, year: int) -> Any:
            state = assessment.liable_state(assessment.ledger.events(desk, vehicle_id), year)
            return assessment.assess(desk, state, year, "随時賦課")

        patch(corrections, "assess_late", again)


class AssessesAfterTheDay(Defect):
    """賦課期日の後に取得された車両を随時に賦課する。"""

    breaks = "013-3.6.1-03"

    def seed(self, patch: Patch) -> None:
        patch(assessment, "liable_state", lambda past, _year: past[-1])


class KeepsOnlyTheLastState(Defect):
    """更正の前の賦課を示さない。"""

    breaks = "013-3.6.2-03"

    def seed(self, patch: Patch) -> None:
        original = after_levy_api.get_assessment_history

        def last(desk: Any, given: Any) -> Any:
            found = original(desk, given)
            return {**found, "assessment_history": found["assessment_history"][-1:]}

        patch(after_levy_api, "get_assessment_history", last)


class DatesHistoryToday(Defect):
    """全ての履歴の日を照会した日とする。"""

    breaks = "013-3.6.2-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(after_levy_api, "history_line", lambda line: {**line, "assessed_on": "2026-06-20"})


class GivesBackWhatWasPaid(Defect):
    """過納額を納付額の全部とする。"""

    breaks = "013-3.6.2-04"

    def seed(self, patch: Patch) -> None:
        patch(corrections, "overpaid", lambda desk, one: payments.paid_amount(desk, one.vehicle_id, one.fiscal_year))


class OwesNegativeAmounts(Defect):
    """納付が足りないとき、過納額が負になる。"""

    breaks = "013-3.6.2-04"

    def seed(self, patch: Patch) -> None:
        def plain(desk: Any, one: Assessment) -> int:
            return payments.paid_amount(desk, one.vehicle_id, one.fiscal_year) - one.tax_amount

        patch(corrections, "overpaid", plain)


class SwapsBeforeAndAfter(Defect):
    """税額変更通知書の更正前と更正後を取り違える。"""

    breaks = "013-3.6.3-01"

    def seed(self, patch: Patch) -> None:
        original = documents.change_notice
        patch(documents, "change_notice", lambda owner, event, before, after: original(owner, event, after, before))


class NotifiesUnchangedAmounts(Defect):
    """税額が変わらなくても税額変更通知書を作成する。"""

    breaks = "013-3.6.3-02"

    def seed(self, patch: Patch) -> None:
        patch(corrections, "has_changed", lambda *_: True)


class NotifiesTheFirstAssessment(Defect):
    """更正していない賦課の税額変更通知書を作成する。"""

    breaks = "013-3.6.3-02"

    def seed(self, patch: Patch) -> None:
        def first(desk: Any, vehicle_id: str, year: int) -> Any:
            past = assessment.history(desk, vehicle_id, year)
            return past[0], past[-1]

        patch(corrections, "last_change", first)


class TellsTheAddressWhenChanging(Defect):
    """支援措置の対象者の税額変更通知書に住所を記載する。"""

    breaks, incident = "013-3.6.3-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = documents.change_notice
        patch(
            documents,
            "change_notice",
            lambda owner, event, before, after: {**original(owner, event, before, after), "address": owner.address},
        )


class TellsTheAddressInBulk(Defect):
    """支援措置の対象者の一括納税通知書に住所を記載する。"""

    breaks, incident = "013-3.6.3-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        original = documents.bulk_notice
        patch(
            documents,
            "bulk_notice",
            lambda desk, owner, *told: {**original(desk, owner, *told), "address": owner.address},
        )


class CountsExemptAsTaxed(Defect):
    """課税免除の車両を課税の台数に数える。"""

    breaks = "013-6.4.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(statistics, "category", lambda found: "taxable" if found == "exempt" else found)


class CountsToday(Defect):
    """賦課期日でなく集計した日の台数を数える。"""

    breaks = "013-6.4.2-01"

    def seed(self, patch: Patch) -> None:
        original = statistics.survey

        def today(desk: Any, year: int) -> Any:
            liable = assessment.liable_state
            assessment.liable_state = lambda past, _year: past[-1]
            try:
                return original(desk, year)
            finally:
                assessment.liable_state = liable

        patch(statistics, "survey", today)


class CountsReducedTwice(Defect):
    """減免の台数を課税の台数とは別に数え、和が台帳の台数を超える。"""

    breaks = "013-6.4.2-02"

    def seed(self, patch: Patch) -> None:
        def twice(found: dict[str, int]) -> dict[str, int]:
            return {**found, "ledger_vehicles": found["ledger_vehicles"] + found["reduced_vehicles"]}

        patch.wrap(statistics, "row", twice)


class CountsRequests(Defect):
    """申請しただけの減免や却下した減免も数える。"""

    breaks = "013-6.4.3-01"

    def seed(self, patch: Patch) -> None:
        def requested(desk: Any, year: int) -> Any:
            found = statistics.reductions.reductions(desk, year)
            kinds = sorted({one.reduction_kind for one in found})
            return [
                {
                    "reduction_kind": kind,
                    "count": sum(one.reduction_kind == kind for one in found),
                    "reduction_amount": 8000,
                }
                for kind in kinds
            ]

        patch(statistics, "reliefs", requested)


class CountsEndedStops(Defect):
    """その年度に効力のない決定も数える。"""

    breaks = "013-6.4.3-02"

    def seed(self, patch: Patch) -> None:
        original = statistics.stops

        def ever(desk: Any, year: int) -> Any:
            covers = holds.covers
            holds.covers = lambda *_: True
            try:
                return original(desk, year)
            finally:
                holds.covers = covers

        patch(statistics, "stops", ever)

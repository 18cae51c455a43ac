"""Named faults around sending notices: the certificate column, due days by ordinance, destinations, counts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kijun.engine.defects import Defect, Patch
from kijun.reference.light_vehicle_tax import (
    addressing,
    after_levy_api,
    certificates,
    dispatching,
    dispatching_api,
    documents,
    due_dates,
    jnks,
    ledger,
    notice_counts,
    notice_kinds,
    notices,
    printing,
    rules,
)
from kijun.reference.local_tax_common import mailing, protection
from kijun.reference.local_tax_common import printing as common_printing


class JudgesTheHolderOfToday(Defect):
    """賦課期日の後に車両を譲った滞納者の納税証明欄を、買った人に滞納がないからと有効にする。"""

    breaks, incident = "013-3.5.6-05", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "last_state_of", lambda _desk, event, _taxpayer_id: event)


class PoolsArrearsOfThePerson(Defect):
    """納税義務者の他の車両の滞納も、この車両の滞納とする。"""

    breaks, incident = "013-3.5.6-06", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = certificates.arrears

        def pooled(desk: Any, event: Any) -> list[int]:
            mine = [one for one in ledger.all_latest(desk) if one.taxpayer_id == event.taxpayer_id]
            return [year for one in mine for year in original(desk, one)]

        patch(certificates, "arrears", pooled)


class LooksOneYearBack(Defect):
    """前年度の滞納だけを見て、それより前の滞納を見ない。"""

    breaks, incident = "013-3.5.6-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        original = notice_kinds.former_arrears
        patch(
            notice_kinds,
            "former_arrears",
            lambda desk, event, one: [year for year in original(desk, event, one) if year == one.fiscal_year - 1],
        )


class RewritesFormerDueDates(Defect):
    """新しい条例の納期限を、過ぎた年度にも当てはめる。"""

    breaks = "013-3.5.6-07"

    def seed(self, patch: Patch) -> None:
        patch(due_dates, "in_force", lambda known, _year: max(known, key=lambda one: one.fiscal_year, default=None))


class KeepsTheFirstOrdinance(Defect):
    """条例を改正しても、初めの納期限を使い続ける。"""

    breaks = "013-3.5.6-07"

    def seed(self, patch: Patch) -> None:
        def oldest(known: Any, year: int) -> Any:
            begun = [one for one in known if one.fiscal_year <= year]
            return min(begun, key=lambda one: one.fiscal_year, default=None)

        patch(due_dates, "in_force", oldest)


class AcceptsTheAssessmentDateAsDue(Defect):
    """賦課期日の当日を納期限として受け付ける。"""

    breaks = "013-3.5.6-07"

    def seed(self, patch: Patch) -> None:
        original = due_dates.is_nameable
        patch(due_dates, "is_nameable", lambda year, month, day: original(year, month, day) or (month, day) == (4, 1))


class LeavesDueDatesOnClosedDays(Defect):
    """条例の納期限が日曜日でも動かさない。"""

    breaks = "013-3.5.6-08"

    def seed(self, patch: Patch) -> None:
        patch(
            due_dates,
            "on_open_day",
            lambda year, named: date(year, named.due_month, named.due_day_of_month),
        )


class SkipsOnlyWeekends(Defect):
    """納期限を土曜日と日曜日からは動かすが、国民の祝日からは動かさない。"""

    breaks = "013-3.5.6-08"

    def seed(self, patch: Patch) -> None:
        patch(
            due_dates,
            "on_open_day",
            lambda year, named: rules.next_weekday(date(year, named.due_month, named.due_day_of_month)),
        )


class JudgesArrearsByTheUsualDay(Defect):
    """条例の納期限を定めても、滞納の判定は5月31日のままにする。"""

    breaks, incident = "013-3.5.6-13", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(jnks, "is_overdue", lambda desk, year: desk.today > rules.due_date(year))


class TakesAnyTaxesDestination(Defect):
    """固定資産税の送付先へ軽自動車税の通知書を送る。"""

    breaks = "013-3.5.6-09"

    def seed(self, patch: Patch) -> None:
        patch(mailing, "is_for", lambda *_: True)


class ForgetsDestinations(Defect):
    """送付先も納税管理人も見ずに、全て住所へ送る。"""

    breaks = "013-3.5.6-09"

    def seed(self, patch: Patch) -> None:
        patch(addressing.mailing, "decided", lambda *_: mailing.recipient("home_address"))


class OutsourcesHomeAddresses(Defect):
    """紙面には送付先を記載するが、委託データの宛先は住所のままにする。"""

    breaks = "013-3.5.6-10"

    def seed(self, patch: Patch) -> None:
        patch(common_printing, "destination", lambda person, _content: (person.address, person.name))


class AddressesTheHolderOfToday(Defect):
    """賦課期日の後に名義変更された車両の通知書を、新しい所有者に宛てる。"""

    breaks = "013-3.5.6-11"

    def seed(self, patch: Patch) -> None:
        original = documents.tax_notice

        def newest(desk: Any, notice: Any, one: Any, event: Any) -> Any:
            owner = documents.taxpayers.taxpayer(desk, event.taxpayer_id)
            return {**original(desk, notice, one, event), "name": owner.name, "address": owner.address}

        patch(documents, "tax_notice", newest)


class GivesOneDayMore(Defect):
    """納期限の9日前に発送した通知書を、遅れとしない。"""

    breaks = "013-3.5.6-12"

    def seed(self, patch: Patch) -> None:
        original = notice_counts.is_late
        patch(notice_counts, "is_late", lambda posted_on, due_on: original(posted_on, due_on + timedelta(days=1)))


class MeasuresLateLeviesByTheRegularDay(Defect):
    """随時に賦課した車両の通知書を、当初の納期限によって遅れとする。"""

    breaks = "013-3.5.6-12"

    def seed(self, patch: Patch) -> None:
        patch(notice_counts, "own_dues", lambda *_: {})


class BillsWithdrawnVehicles(Defect):
    """引き抜いた車両も一括納税通知書の明細と計に含める。"""

    breaks, incident = "013-3.5.7-04", "INC-13"

    def seed(self, patch: Patch) -> None:
        original = notice_kinds.bulk_notices

        def all_made(desk: Any, taxpayer_id: str, year: int) -> Any:
            for one in notices.notices(desk, year):
                one.is_withdrawn = False
            return original(desk, taxpayer_id, year)

        patch(notice_kinds, "bulk_notices", all_made)


class SendsBothKinds(Defect):
    """一括納税の対象者に、車両ごとの通知書も送る。"""

    breaks, incident = "013-3.5.7-05", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(addressing, "sent_one_by_one", lambda _desk, _year, vehicles: vehicles)


class ForgetsToOutsourceBulkNotices(Defect):
    """一括納税の対象者を、一括納税通知書の委託データに含めない。"""

    breaks = "013-3.5.7-05"

    def seed(self, patch: Patch) -> None:
        patch(printing, "bulk_targets", lambda *_: [])


class PrintsTheBulkNoticeBeforeReductions(Defect):
    """一括納税通知書を、減免の前の額で刷る。"""

    breaks, incident = "013-3.5.7-06", "INC-13"

    def seed(self, patch: Patch) -> None:
        original = after_levy_api.documents.bulk_notice

        def before(desk: Any, owner: Any, year: int, lines: Any) -> Any:
            mine = [
                one for one in after_levy_api.assessment.of_year(desk, year) if one.taxpayer_id == owner.taxpayer_id
            ]
            return {**original(desk, owner, year, lines), "payable_amount": sum(one.tax_amount for one in mine)}

        patch(documents, "bulk_notice", before)


class CertifiesOnTransferNotices(Defect):
    """領収の印のない口座振替のお知らせにも、有効な納税証明欄を付ける。"""

    breaks, incident = "013-3.5.8-03", "INC-16"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "certificate_column", notice_kinds.certificate_validity)


class OmitsEveryColumn(Defect):
    """納付書付きの通知書からも納税証明欄をなくす。"""

    breaks = "013-3.5.8-03"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "certificate_column", lambda *_: None)


class ForgetsTheEndOfTransfers(Defect):
    """口座振替を終えた人にも納付書を送らない。"""

    breaks = "013-3.5.8-04"

    def seed(self, patch: Patch) -> None:
        patch(notice_kinds, "is_charged", lambda one, due_on: one.transfers_from <= due_on)


class EndsTransfersOnTheDueDate(Defect):
    """納期限の日に終わる口座振替を、その日から終わったものとする。"""

    breaks = "013-3.5.8-04"

    def seed(self, patch: Patch) -> None:
        original = notice_kinds.is_charged
        patch(
            notice_kinds,
            "is_charged",
            lambda one, due_on: original(one, due_on) and one.transfers_through != due_on,
        )


class CountsWithdrawnAsWaiting(Defect):
    """引き抜いた通知書を発送前の件数に数える。"""

    breaks, incident = "013-3.5.9-08", "INC-13"

    def seed(self, patch: Patch) -> None:
        patch(notice_counts, "state", lambda one, posted: "posted" if one.notice_number in posted else "waiting")


class CountsPostedTwice(Defect):
    """発送した通知書を発送前にも数える。"""

    breaks = "013-3.5.9-08"

    def seed(self, patch: Patch) -> None:
        original = notice_counts.balance

        def twice(desk: Any, year: int) -> Any:
            found = original(desk, year)
            return {**found, "waiting_notices": found["waiting_notices"] + found["posted_notices"]}

        patch(notice_counts, "balance", twice)


class PostsReturnedLetters(Defect):
    """返戻により送付を止めた人へも発送する。"""

    breaks = "013-3.5.9-09"

    def seed(self, patch: Patch) -> None:
        patch(dispatching, "mailable", dispatching.unposted)


class OutsourcesReturnedLetters(Defect):
    """送付を止めた人の通知書を委託データに残す。"""

    breaks = "013-3.5.9-09"

    def seed(self, patch: Patch) -> None:
        def only_bulk(desk: Any, year: int, vehicles: Any) -> Any:
            owners = addressing.owners_of(desk, year)
            return [one for one in vehicles if owners[one] not in addressing.bulk_payers(desk)]

        patch(addressing, "sent_one_by_one", only_bulk)


class LosesUnmailableNotices(Defect):
    """発送から除いた通知書を一覧に示さず、そのまま忘れる。"""

    breaks = "013-3.5.9-10"

    def seed(self, patch: Patch) -> None:
        patch(dispatching, "unmailable", lambda *_: [])


class ListsPostedAsUnmailable(Defect):
    """発送した後に返戻された通知書も、送付停止の一覧に示す。"""

    breaks = "013-3.5.9-10"

    def seed(self, patch: Patch) -> None:
        patch(dispatching, "unposted", notices.notices)


class ProtectsOnlyInside(Defect):
    """支援措置の初日と末日に、納税通知書へ住所を記載する。"""

    breaks, incident = "013-3.5.10-04", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(
            protection,
            "is_within",
            lambda period, desk: period.measure_from < desk.today < period.measure_through,
        )


class NeverEndsProtection(Defect):
    """支援措置が終わった後も、納税通知書に住所を記載しない。"""

    breaks = "013-3.5.10-04"

    def seed(self, patch: Patch) -> None:
        patch(protection, "is_within", lambda period, desk: period.measure_from <= desk.today)


class TellsTheRefugeInTheDestination(Defect):
    """住所は伏せるが、支援措置の対象者の送付先住所を記載する。"""

    breaks, incident = "013-3.5.10-05", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(
            addressing,
            "destination",
            lambda desk, owner: {
                key: mailing.decided(desk, owner, "light_vehicle")[key]
                for key in ("mailing_basis", "recipient_name", "mailing_address")
            },
        )


class HidesEverybodysDestination(Defect):
    """支援措置の対象者が一人でもいると、全ての人の送付先住所を記載しない。"""

    breaks = "013-3.5.10-05"

    def seed(self, patch: Patch) -> None:
        original = addressing.destination
        patch(addressing, "destination", lambda desk, owner: {**original(desk, owner), "mailing_address": None})


class ListsOnlyTheFlagged(Defect):
    """通知書の作成の後に届いた支援措置の期間を見ずに、発送一覧を作る。"""

    breaks, incident = "013-3.5.10-06", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(protection, "has_begun", lambda *_: False)


class ListsBeforeTheMeasure(Defect):
    """支援措置の始まる前の日から、対象者として発送を止める。"""

    breaks = "013-3.5.10-06"

    def seed(self, patch: Patch) -> None:
        patch(protection, "is_within", lambda *_: True)
        patch(protection, "has_begun", lambda *_: True)


class PostsDespiteAnEmptyList(Defect):
    """対象者がいるのに一覧が空でも、注意を示さない。"""

    breaks, incident = "013-3.5.10-07", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(dispatching_api, "empty_list_alerts", lambda *_: [])


class AlarmsAlways(Defect):
    """対象者の通知書があっても注意を示し、注意が読まれなくなる。"""

    breaks = "013-3.5.10-07"

    def seed(self, patch: Patch) -> None:
        patch(dispatching_api, "empty_list_alerts", lambda *_: [{"posting_alert": "no_protected_notice"}])

"""Named faults of batches, extraction, users, logs and data exchange."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from kijun.engine.defects import Defect, Patch
from kijun.reference import accounts, calendars, desk, displays, events, logbook, one_time, taxpayers
from kijun.reference.local_tax_common import (
    accounts_api,
    batches,
    batches_api,
    characters,
    exchange,
    exchange_api,
    extraction,
    extraction_api,
    ledger_rows,
    logs_api,
    remarks,
    remarks_api,
    schedules,
)
from kijun.reference.local_tax_common.office_records import BatchItem

# batches ------------------------------------------------------------------------------------------------------


class CountsWeekdaysFromSunday(Defect):
    """曜日を日曜から数え、金曜の予約が土曜に動く。"""

    breaks = "016-6.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(schedules, "WEEKDAYS", ("", *schedules.WEEKDAYS))


class BooksThePast(Defect):
    """過ぎた日の予約を受け付け、動かないまま残る。"""

    breaks = "016-6.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(schedules, "first", lambda one, today: (today, schedules.nominal_from(one, today) and today))


class ForgetsLeapDay(Defect):
    """二月の月末を毎年28日とし、うるう年の29日の締めが抜ける。"""

    breaks = "016-6.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = calendars.month_end
        patch(calendars, "month_end", lambda year, month: date(year, 2, 28) if month == 2 else original(year, month))


class RollsShortMonthsOver(Defect):
    """31日のない月の31日を、翌月1日とする。"""

    breaks = "016-6.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "day_of_month", lambda year, month, day: date(year, month, 1) + timedelta(days=day - 1))


class ForgetsSubstituteHolidays(Defect):
    """振替休日を開庁日とみなす。"""

    breaks = "016-6.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "_is_substitute", lambda day: False)


class ForgetsHolidayBetweenHolidays(Defect):
    """祝日に挟まれた国民の休日を開庁日とみなす。"""

    breaks = "016-6.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "_is_between", lambda day: False)


class WorksOverNewYear(Defect):
    """年末年始を開庁日とみなす。"""

    breaks = "016-6.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "is_closed", lambda day: day.weekday() >= 5 or calendars.is_national_holiday(day))


class StartsADayEarly(Defect):
    """起動日の前日にバッチが動く。"""

    breaks = "016-6.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(batches, "is_due", lambda on, today: on is not None and on <= today + timedelta(days=1))


class StartsTwiceADay(Defect):
    """起動した予約の次の起動日を進めず、同じ日に二度動く。"""

    breaks = "016-6.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(batches_api, "move_on", lambda one, job: None)


class StartsCancelledBookings(Defect):
    """予約を取り消しても起動日を残し、バッチが動く。"""

    breaks = "016-6.1.1-05"

    def seed(self, patch: Patch) -> None:
        patch(batches_api, "cancel_batch_booking", batches_api.get_batch_booking)


class ShowsAnotherBatchsConditions(Defect):
    """種類の違うバッチの条件を前回の条件として示す。"""

    breaks = "016-6.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = batches.last_run
        kinds = ("remark_posting", "character_check")
        patch(batches, "last_run", lambda one, _kind: next(filter(None, (original(one, kind) for kind in kinds)), None))


class MarksEveryCondition(Defect):
    """変えていない条件にも変更の印を付ける。"""

    breaks = "016-6.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(batches_api, "is_changed", lambda before, now: before is not None)


class MarksTheFirstRun(Defect):
    """前回のないバッチの条件にも変更の印を付け、見るべき印が埋もれる。"""

    breaks = "016-6.1.2-02"

    def seed(self, patch: Patch) -> None:
        patch(batches_api, "is_changed", lambda before, now: before != now)


class KeepsNoEndTime(Defect):
    """バッチの終了時刻を残さない。"""

    breaks = "016-6.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(batches_api, "run_items", lambda told: {**told, "batch_ended_time": None})


class CountsAllRunsTogether(Defect):
    """実行の件数に、前の実行の件数を加える。"""

    breaks = "016-6.1.3-01"

    def seed(self, patch: Patch) -> None:
        def together(one: Any, _run_id: str) -> dict[str, int]:
            question = select(BatchItem.state).where(BatchItem.tenant == one.id)
            return dict(Counter(one.session.scalars(question)))

        patch(batches, "tally", together)


class CallsFaultyRunsNormal(Defect):
    """処理できない件があってもバッチを正常終了とする。"""

    breaks = "016-6.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(batches_api, "run_items", lambda told: {**told, "batch_execution_state": "completed"})


class StopsAtTheFirstFault(Defect):
    """一件が処理できないと、後の件を処理しない。"""

    breaks = "016-6.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = batches.work_on

        def stopping(one: Any, run: Any, item: Any) -> None:
            if not batches.items(one, run.run_id, "failed"):
                original(one, run, item)

        patch(batches, "work_on", stopping)


class ListsOnlyTheFirstFault(Defect):
    """処理できなかった宛名の最初の一件だけを一覧にする。"""

    breaks = "016-6.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(batches_api, "run_items", lambda told: {**told, "batch_rejects": told["batch_rejects"][:1]})


class ChecksNoGaiji(Defect):
    """点検で外字を見つけない。"""

    breaks = "016-6.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(characters, "is_outside", lambda one: ord(one[0]) < 0x20)


class FailsSilently(Defect):
    """異常終了を誰にも知らせない。"""

    breaks = "016-6.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(batches, "raise_alarm", lambda *_: None)


class NeverTriesFailedAgain(Defect):
    """再実行しても、異常になった件を処理しない。"""

    breaks = "016-6.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(batches, "unfinished", lambda one, run: batches.items(one, run.run_id, "waiting"))


class BeginsAgainFromTheStart(Defect):
    """再実行が初めからやり直し、済んだ宛名に二度書く。"""

    breaks = "016-6.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(batches, "unfinished", lambda one, run: batches.items(one, run.run_id))


class TakesEntriesTwice(Defect):
    """新しい実行が、前の実行の済ませた明細をまた取り込む。"""

    breaks = "016-6.1.4-03"

    def seed(self, patch: Patch) -> None:
        original = batches.sources

        def again(one: Any, run: Any) -> list[str]:
            past = batches.last_run(one, run.batch_kind)
            return original(one, run) or [item.source_id for item in batches.items(one, "R000001") if past]

        patch(batches, "sources", again)


class RunsSideBySide(Defect):
    """終わっていないバッチと同じ種類のバッチを重ねて実行する。"""

    breaks = "016-6.1.4-03"

    def seed(self, patch: Patch) -> None:
        patch(batches, "is_open", lambda one, kind: False)


class LaunchesOneBookingADay(Defect):
    """同じ日の予約の最初の一つだけを起動する。"""

    breaks = "016-6.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(batches_api, "due_jobs", lambda jobs: jobs[:1])


class CancelsInNameOnly(Defect):
    """実行を取り消しても、書いた備考が残る。"""

    breaks = "016-6.1.4-04"

    def seed(self, patch: Patch) -> None:
        patch(batches, "take_back", lambda *_: None)


class CancelsOverLaterChanges(Defect):
    """実行の取消が、後から人の書いた備考まで消す。"""

    breaks = "016-6.1.4-04"

    def seed(self, patch: Patch) -> None:
        patch(batches, "take_back", lambda one, number, _version: remarks.write(one, number, ""))


class WritesOverTheCounter(Defect):
    """途中のバッチが、その間に画面から書いた備考を上書きする。"""

    breaks = "016-6.1.5-01"

    def seed(self, patch: Patch) -> None:
        original = batches.fault_of_entry
        patch(batches, "fault_of_entry", lambda one, entry, _overwrites: original(one, entry, True))


# extraction ---------------------------------------------------------------------------------------------------


class IgnoresTheCriterion(Defect):
    """条件を指定しても全ての宛名を抽出する。"""

    breaks = "016-7.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(extraction, "matches", lambda row, question: True)


class SkipsUnknownItems(Defect):
    """基本データにない項目名を黙って除いて抽出する。"""

    breaks = "016-7.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = extraction.item_names

        def lenient(text: str) -> tuple[str, ...]:
            return original("、".join(name for name in text.split("、") if name in extraction.ITEMS) or "氏名")

        patch(extraction, "check_item", lambda name: None)
        patch(extraction, "item_names", lenient)


class ExtractsProtectedAddresses(Defect):
    """支援措置の対象者の住所を抽出する。"""

    breaks, incident = "016-7.1.1-03", "INC-11"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: person.address)


class ExtractsNoAddresses(Defect):
    """支援措置の対象でない人の住所も空にする。"""

    breaks = "016-7.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(taxpayers, "printed_address", lambda person: None)


class SavesItemsOnly(Defect):
    """保存した抽出条件の項目だけを使い、条件を忘れて全員を抽出する。"""

    breaks = "016-7.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(extraction, "saved", lambda question: extraction.Question(tuple(reversed(question.items))))


class UsesTheLastSavedCondition(Defect):
    """どの条件番号を指定しても、最後に保存した条件で抽出する。"""

    breaks = "016-7.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = extraction.saved
        patch(extraction, "saved", lambda one, _number: original(one, extraction.readable(one)[-1].condition_id))


class SharesWithNobody(Defect):
    """共有した抽出条件を、保存した本人しか使えない。"""

    breaks = "016-7.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = extraction.readable
        patch(extraction, "readable", lambda one: [c for c in original(one) if c.owner == one.operator])


class SharesWithEverybody(Defect):
    """共有していない抽出条件を、ほかの利用者が使える。"""

    breaks = "016-7.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(extraction, "may_use", lambda one, condition: True)


class SharesWithEveryRoleAtOnce(Defect):
    """一つの役割に共有した抽出条件を、どの役割の利用者も使える。"""

    breaks = "016-7.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(
            extraction,
            "may_use",
            lambda one, condition: condition.owner == one.operator or condition.shared_role is not None,
        )


class ForgetsByteOrderMark(Defect):
    """BOM付きを選んでもBOMを付けず、表計算ソフトで文字が化ける。"""

    breaks = "016-7.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(characters, "ENCODINGS", {**characters.ENCODINGS, "unicode_signed": "utf-8"})


class OmitsHeaderWhenEmpty(Defect):
    """該当がないと見出しを出さない。"""

    breaks = "016-7.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_rows.csv_text
        patch(ledger_rows, "csv_text", lambda header, lines: original(header, lines) if list(lines) else "")


class ReplacesSilently(Defect):
    """表せない文字を代替しても、一覧で知らせない。"""

    breaks = "016-7.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(extraction, "as_written", lambda told: (told[0], []))


class RecordsNoCount(Defect):
    """抽出の記録の件数が、いつも0件になる。"""

    breaks = "016-7.1.3-03"

    def seed(self, patch: Patch) -> None:
        original = extraction.keep_record
        patch(extraction, "keep_record", lambda one, question, purpose, _count: original(one, question, purpose, 0))


class RecordsTheOwnerNotTheUser(Defect):
    """抽出の記録に、取り出した人でなく賦課担当を残す。"""

    breaks = "016-7.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(extraction_api, "record_line", lambda line: {**line, "operator_role": "assessor"})


class LetsFormulasThrough(Defect):
    """数式とみなされる値を、そのまま出力する。"""

    breaks = "016-7.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(extraction, "harmless", lambda value: value)


class GuardsAgainstEqualSignsOnly(Defect):
    """等号で始まる値だけを守り、ほかの数式の始まりを通す。"""

    breaks = "016-7.1.3-04"

    def seed(self, patch: Patch) -> None:
        patch(extraction, "_FORMULA", ("=",))


# users --------------------------------------------------------------------------------------------------------


class SharesUserIds(Defect):
    """使われている利用者IDの登録を受け付け、前の人を消す。"""

    breaks = "016-8.1.1-01"

    def seed(self, patch: Patch) -> None:
        def replacing(one: Any, given: Any) -> None:
            found = one.session.get(accounts.UserAccount, (one.id, given.user_id))
            if found is not None:
                one.session.delete(found)
                one.session.flush()

        patch(accounts_api, "check_new_user", replacing)


class LocksOutOnTheLastDay(Defect):
    """利用終了日の当日に使えなくなる。"""

    breaks = "016-8.1.1-02"

    def seed(self, patch: Patch) -> None:
        original = accounts.state_on
        patch(accounts, "state_on", lambda user, role, day: original(user, role, day + timedelta(days=1)))


class NeverExpires(Defect):
    """利用できる期間が過ぎても使える。"""

    breaks = "016-8.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "state_on", lambda user, role, day: "active")


class LetsEverybodyAdministrate(Defect):
    """賦課担当が利用者を登録できる。"""

    breaks = "016-8.1.1-03"

    def seed(self, patch: Patch) -> None:
        patch(desk, "ADMINISTRATION", desk.LOG_READING)


class RestrictsNobody(Defect):
    """一人についての処理の制限が効かない。"""

    breaks = "016-8.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "is_restricted", lambda *_: False)


class RestrictsTheWholeRole(Defect):
    """一人についての処理の制限が、同じ役割の全員に及ぶ。"""

    breaks = "016-8.1.1-04"

    def seed(self, patch: Patch) -> None:
        def anybody(session: Any, tenant: str, _user: str, operation: str) -> bool:
            rows = session.query(accounts.Restriction).filter_by(tenant=tenant, operation_name=operation)
            return bool(rows.count())

        patch(accounts, "is_restricted", anybody)


class HidesNothing(Defect):
    """見せないと定めた項目を、照会で示す。"""

    breaks = "016-8.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(displays, "masked", lambda answer, hidden: answer)


class HidesFromEverybody(Defect):
    """一つの役割についての表示の設定が、ほかの役割にも及ぶ。"""

    breaks = "016-8.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = displays.hidden_items
        patch(
            displays, "hidden_items", lambda session, tenant, _role, user: original(session, tenant, "inquirer", user)
        )


class PutsTheRoleFirst(Defect):
    """役割についての表示の設定が、個人の設定に優先する。"""

    breaks = "016-8.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = displays.hidden_items
        patch(displays, "hidden_items", lambda session, tenant, role, _user: original(session, tenant, role, ""))


class LeaksByExtraction(Defect):
    """画面で見せない項目が、抽出では出る。"""

    breaks = "016-8.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(extraction, "hidden_items", lambda one: set())


class BlanksAfterTheCriterion(Defect):
    """見せない項目を、結果では空にするが条件では使わせる。"""

    breaks = "016-8.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = extraction.extract

        def late(one: Any, question: Any, character_set: str) -> Any:
            latest, people = remarks.latest(one), ledger_rows.taxpayers_of(one)
            rows = [extraction.row(person, latest.get(person.taxpayer_id)) for person in people]
            count = sum(extraction.matches(row, question) for row in rows)
            return replace(original(one, question, character_set), count=count)

        patch(extraction, "extract", late)


class AsksForOneFactor(Defect):
    """合言葉を確かめず、認証番号だけでサインインできる。"""

    breaks = "016-8.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "digest", lambda salt, passphrase: salt)


class IgnoresTheOneTimeCode(Defect):
    """認証番号を確かめず、合言葉だけでサインインできる。"""

    breaks = "016-8.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(one_time, "matching_step", lambda secret, code, seconds, last_step: 0)


class AcceptsCodesTwice(Defect):
    """使った認証番号をもう一度受け付ける。"""

    breaks = "016-8.1.3-02"

    def seed(self, patch: Patch) -> None:
        original = one_time.matching_step
        patch(one_time, "matching_step", lambda secret, code, seconds, _last: original(secret, code, seconds, -1))


class ChangesCodesEveryMinute(Defect):
    """認証番号を60秒ごとに変え、市販の認証アプリと合わない。"""

    breaks = "016-8.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch(one_time, "STEP_SECONDS", 60)


class NeverLocks(Defect):
    """何度失敗しても停止しない。"""

    breaks = "016-8.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "is_locked", lambda user: False)


class LocksOneFailureEarly(Defect):
    """四回の失敗で停止する。"""

    breaks = "016-8.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "MAX_FAILURES", 4)


class NeverUnlocks(Defect):
    """停止を解いても、失敗の回数が残る。"""

    breaks = "016-8.1.3-03"

    def seed(self, patch: Patch) -> None:
        patch(accounts_api, "unlock_user", lambda one, given: {"user_id": given.user_id})


class TransfersADayLate(Defect):
    """人事異動が発令日の翌日から及ぶ。"""

    breaks = "016-8.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "has_begun", lambda on, day: on < day)


class TransfersAtOnce(Defect):
    """人事異動が、予約した日から及ぶ。"""

    breaks = "016-8.1.4-01"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "has_begun", lambda on, day: True)


class KeepsOneTransferOnly(Defect):
    """同じ日の人事異動が一人分しか及ばない。"""

    breaks = "016-8.1.4-02"

    def seed(self, patch: Patch) -> None:
        original = accounts.transfers_of
        patch(accounts, "transfers_of", lambda *given: [one for one in original(*given) if one.number == 1])


class TransfersEverybody(Defect):
    """一人の人事異動が、全ての利用者に及ぶ。"""

    breaks = "016-8.1.4-02"

    def seed(self, patch: Patch) -> None:
        patch(
            accounts,
            "transfers_of",
            lambda session, tenant, _user: session.query(accounts.Transfer).filter_by(tenant=tenant).all(),
        )


class KeepsLeaversIn(Defect):
    """転出した利用者が、発令日の後もサインインできる。"""

    breaks = "016-8.1.4-03"

    def seed(self, patch: Patch) -> None:
        original = accounts.state_on
        patch(accounts, "state_on", lambda user, role, day: original(user, role or "assessor", day))


class LastWriterWins(Defect):
    """古い内容を見て書いた人の更新を受け付け、先の人の更新が消える。"""

    breaks = "016-8.1.5-01"

    def seed(self, patch: Patch) -> None:
        patch(remarks, "check_base", lambda now, base: None)


class RefusesEverySecondWriter(Defect):
    """一度書かれた備考を、最新の内容を見ても変えられない。"""

    breaks = "016-8.1.5-01"

    def seed(self, patch: Patch) -> None:
        original = remarks.check_base
        patch(remarks, "check_base", lambda now, base: original(now, 0))


class WritesBeforeRefusing(Defect):
    """更新を拒否しても、後の人の内容が台帳に残る。"""

    breaks = "016-8.1.5-02"

    def seed(self, patch: Patch) -> None:
        original = remarks.change

        def writing(one: Any, taxpayer_id: str, text: str, base: int) -> int:
            if remarks.version(remarks.current(one, taxpayer_id)) != base:
                one.on_refusal.append(lambda session: _write_in(session, one, taxpayer_id, text))
            return original(one, taxpayer_id, text, base)

        patch(remarks, "change", writing)


def _write_in(session: Any, one: Any, taxpayer_id: str, text: str) -> None:
    one.session = session
    remarks.write(one, taxpayer_id, text)


class OffersUncheckedUpdates(Defect):
    """排他制御を外した更新を提供する。"""

    breaks = "016-8.1.5-03"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "modify_without_version_check")


class TakesAMissingVersionForTheLatest(Defect):
    """元の版番号を送らない更新を、排他の確認なしに受け付ける。"""

    breaks = "016-8.1.5-03"

    def seed(self, patch: Patch) -> None:
        original = remarks_api.revise_remark

        def trusting(one: Any, given: Any) -> Any:
            if "base_version" not in given.model_fields_set:
                now = remarks.version(remarks.current(one, given.taxpayer_id))
                given = given.model_copy(update={"base_version": now})
            return original(one, given)

        patch(remarks_api, "revise_remark", trusting)


class RefusesOnlyOlderVersions(Defect):
    """今の版より先の版番号を送れば、内容を見ていない更新を受け付ける。"""

    breaks = "016-8.1.5-03"

    def seed(self, patch: Patch) -> None:
        original = remarks.check_base
        patch(remarks, "check_base", lambda now, base: original(now, min(now, base)))


# logs ---------------------------------------------------------------------------------------------------------


class CallsEverythingAnUpdate(Defect):
    """操作ログの区分が、全て更新になる。"""

    breaks = "016-8.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(logbook, "category_of", lambda operation, is_query: "modification")


class LeavesExtractionsUnlogged(Defect):
    """抽出を操作ログに残さない。"""

    breaks = "016-8.2.1-01"

    def seed(self, patch: Patch) -> None:
        original = desk.record
        patch(
            desk,
            "record",
            lambda one, operation, outcome: None if operation == "extract_data" else original(one, operation, outcome),
        )


class CopiesScreensOfNobody(Defect):
    """画面の写しの操作ログに、対象の宛名番号を残さない。"""

    breaks = "016-8.2.1-02"

    def seed(self, patch: Patch) -> None:
        def anonymous(one: Any, given: Any) -> dict[str, Any]:
            one.target_id = None
            return {"screen_name": given.screen_name}

        patch(remarks_api, "copy_screen", anonymous)


class ForgetsWhoWasLookedAt(Defect):
    """照会の操作ログに、対象の宛名番号を残さない。"""

    breaks = "016-8.2.1-03"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.get_taxpayer

        def unnamed(one: Any, given: Any) -> dict[str, Any]:
            one.target_id = None
            return original(one, given)

        patch(taxpayers, "get_taxpayer", unnamed)


class RecordsSuccessOnly(Defect):
    """サインインの失敗を残さない。"""

    breaks = "016-8.2.2-01"

    def seed(self, patch: Patch) -> None:
        patch(accounts, "_failure_note", lambda *given, **named: lambda session: None)


class RecordsNoPrinting(Defect):
    """印刷の記録を残さない。"""

    breaks = "016-8.2.2-02"

    def seed(self, patch: Patch) -> None:
        _forget_events(patch, "printing")


class RecordsNoSettings(Defect):
    """設定変更の記録を残さない。"""

    breaks = "016-8.2.2-02"

    def seed(self, patch: Patch) -> None:
        _forget_events(patch, "administration")


class RecordsNoCommunication(Defect):
    """通信の記録を残さない。"""

    breaks = "016-8.2.2-02"

    def seed(self, patch: Patch) -> None:
        _forget_events(patch, "communication")


def _forget_events(patch: Patch, forgotten: str) -> None:
    original = events.note
    patch(events, "note", lambda *given: None if given[2] == forgotten else original(*given))


class StampsDeviceLogsOnArrival(Defect):
    """機器のログに、発生した時刻でなく届いた時刻を付ける。"""

    breaks = "016-8.2.2-03"

    def seed(self, patch: Patch) -> None:
        original = events.note
        patch(events, "note", lambda *given: original(*given[:7]))


class DatesDeviceLogsOnArrival(Defect):
    """機器のログに、発生した日でなく届いた日を付ける。"""

    breaks = "016-8.2.2-03"

    def seed(self, patch: Patch) -> None:
        original = logs_api.take_in_device_log
        patch(
            logs_api,
            "take_in_device_log",
            lambda one, given: original(one, given.model_copy(update={"logged_on": one.today})),
        )


class TampersWithTheLog(Defect):
    """データベースの操作ログを後から書き換えられる。"""

    breaks = "016-8.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = logbook.append

        def tampering(session: Any, entry: Any) -> None:
            original(session, entry)
            _lines(session, entry).update({"operator": "assessor-99"})

        patch(logbook, "append", tampering)


class LosesRefusalsFromTheChain(Defect):
    """拒否の行をつながりに入れずに、抜け落ちたままにする。"""

    breaks = "016-8.2.3-01"

    def seed(self, patch: Patch) -> None:
        original = logbook.append

        def losing(session: Any, entry: Any) -> None:
            original(session, entry)
            if entry.outcome == "refused":
                _lines(session, entry).delete()

        patch(logbook, "append", losing)


def _lines(session: Any, entry: Any) -> Any:
    return session.query(logs_api.LogEntry).filter_by(tenant=entry.tenant, sequence=entry.sequence)


class OffersLogRewriting(Defect):
    """操作ログの書換えを提供する。"""

    breaks = "016-8.2.3-02"

    def seed(self, patch: Patch) -> None:
        _offer(patch, "rewrite_operation_log")


class CountsTheFirstDay(Defect):
    """保存期間を操作日の当日から数え、一日早く過ぎたとする。"""

    breaks = "016-8.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(logs_api, "retained_through", lambda day: day - timedelta(days=1))


class IgnoresTheRetentionSetting(Defect):
    """保存年数を定めても、いつも七年とする。"""

    breaks = "016-8.2.3-03"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "retained_through", lambda day, _years: calendars.years_later(day, 7))


class ErasesWhenRetentionIsSet(Defect):
    """保存年数を定めると、過去の操作ログを消す。"""

    breaks = "016-8.2.3-03"

    def seed(self, patch: Patch) -> None:
        original = logs_api.set_log_retention

        def erasing(one: Any, given: Any) -> dict[str, Any]:
            one.session.query(logs_api.LogEntry).filter_by(tenant=one.id).delete()
            return original(one, given)

        patch(logs_api, "set_log_retention", erasing)


class SleepsBeforeDawn(Defect):
    """深夜を22時から24時までとし、夜明け前の利用を見落とす。"""

    breaks = "016-8.2.4-01"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "NIGHT_ENDS", "00:00")


class BeginsTheNightAtNine(Defect):
    """深夜を21時から数え、残業の多い人を皆該当とする。"""

    breaks = "016-8.2.4-01"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "NIGHT_BEGINS", "21:00")


class NeedsOneMoreThanTheThreshold(Defect):
    """しきい値を超えないと該当としない。"""

    breaks = "016-8.2.4-02"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "reaches", lambda count, threshold: count > threshold)


class CountsCopiesAsInquiries(Defect):
    """照会でない操作も照会の回数に数える。"""

    breaks = "016-8.2.4-02"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "is_inquiry", lambda line: True)


class OverlooksRefusals(Defect):
    """拒否された操作を、失敗として数えない。"""

    breaks = "016-8.2.4-03"

    def seed(self, patch: Patch) -> None:
        patch(logs_api, "is_failure", lambda line: line.outcome == "failed")


class KnowsWeekendsOnly(Defect):
    """土曜日と日曜日だけを閉庁日とし、祝日と年末年始の利用を見落とす。"""

    breaks = "016-8.2.4-04"

    def seed(self, patch: Patch) -> None:
        patch(calendars, "is_closed", lambda day: day.weekday() >= 5)


# data ---------------------------------------------------------------------------------------------------------


class ExportsLatestOnly(Defect):
    """基本データに最新の履歴だけを出力する。"""

    breaks = "016-10.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_rows, "rows", lambda rows: [one for one in rows if one["最新フラグ"] == "1"])


class LeavesMissingDaysBlank(Defect):
    """ない日付を空で出力する。"""

    breaks = "016-10.1.1-01"

    def seed(self, patch: Patch) -> None:
        patch(ledger_rows, "NO_DATE", "")


class ExportsTheAddressOfToday(Defect):
    """基本データの過去の履歴に、今の氏名と住所を入れる。"""

    breaks = "016-10.1.1-01"

    def seed(self, patch: Patch) -> None:
        original = ledger_rows.row
        patch(
            ledger_rows,
            "row",
            lambda person, *given: {**original(person, *given), "氏名": person.name, "住所": person.address},
        )


class LosesTheLastTaxpayer(Defect):
    """最後の宛名を出力しない。"""

    breaks = "016-10.1.1-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(ledger_rows, "taxpayers_of", lambda people: people[:-1])


class SwapsItems(Defect):
    """氏名と住所の順を入れ替えて出力する。"""

    breaks = "016-10.1.1-03"

    def seed(self, patch: Patch) -> None:
        items = list(ledger_rows.LEDGER_ITEMS)
        items[3], items[4] = items[4], items[3]
        patch(ledger_rows, "LEDGER_ITEMS", tuple(items))


class OmitsHeadingsWhenNobody(Defect):
    """宛名がないと、基本データに見出しを付けない。"""

    breaks = "016-10.1.1-03"

    def seed(self, patch: Patch) -> None:
        original = ledger_rows.csv_text
        patch(ledger_rows, "csv_text", lambda header, lines: original(header, lines) if lines else "")


class QuotesNothing(Defect):
    """区切りや引用符を含む値を囲まず、読み直すと列がずれる。"""

    breaks = "016-10.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch(
            ledger_rows,
            "csv_text",
            lambda header, lines: "".join(",".join(one) + "\r\n" for one in [list(header), *lines]),
        )


class ComparesNothing(Defect):
    """照合がいつも一致を示す。"""

    breaks = "016-10.1.1-04"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange_api, "reconcile_base_data", lambda told: {"mismatch_count": 0})


class DropsUnknownCharacters(Defect):
    """表せない文字を消す。"""

    breaks = "016-10.1.2-01"

    def seed(self, patch: Patch) -> None:
        patch(characters, "GETA", "")


class ReducesWhatFits(Defect):
    """文字コードにある字形まで、別の字形に替える。"""

    breaks = "016-10.1.2-01"

    def seed(self, patch: Patch) -> None:
        original = characters.fit
        patch(characters, "fit", lambda one, encoding: {"髙": "高", "﨑": "崎"}.get(one, original(one, encoding)))


class StripsVariationSelectors(Defect):
    """異体字セレクターを捨て、届け出た字形が失われる。"""

    breaks = "016-10.1.2-02"

    def seed(self, patch: Patch) -> None:
        original = characters.clusters
        patch(characters, "clusters", lambda text: [one[0] for one in original(text)])


class AcceptsGaiji(Defect):
    """団体の外字を、標準の文字として通す。"""

    breaks = "016-10.1.2-03"

    def seed(self, patch: Patch) -> None:
        patch(characters, "is_outside", lambda one: False)


class PassesGaijiThatTheEncodingHolds(Defect):
    """文字コードの外字の範囲に書ける外字を、そのまま渡す。"""

    breaks = "016-10.1.2-03"

    def seed(self, patch: Patch) -> None:
        original = characters.fit

        def passing(character: str, encoding: str) -> str:
            is_held = encoding == "cp932" and characters.can_write(character, encoding)
            return character if is_held else original(character, encoding)

        patch(characters, "fit", passing)


class DisposesADayEarly(Defect):
    """保存期間の末日に連携ファイルを廃棄する。"""

    breaks = "016-10.1.3-01"

    def seed(self, patch: Patch) -> None:
        original = exchange.is_over
        patch(exchange, "is_over", lambda file, years, today: original(file, years, today + timedelta(days=1)))


class DisposesOfNothing(Defect):
    """保存期間を過ぎた連携ファイルの内容が残る。"""

    breaks = "016-10.1.3-01"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "is_over", lambda *_: False)


class DisposesWithoutCounting(Defect):
    """廃棄の記録の件数が、いつも1件になる。"""

    breaks = "016-10.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange_api, "disposal_line", lambda line: {**line, "disposed_count": 1})


class KeepsTheLastDisposalOnly(Defect):
    """廃棄のたびに、前の廃棄の記録が消える。"""

    breaks = "016-10.1.3-02"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange_api, "list_disposals", lambda told: {"disposals": told["disposals"][-1:]})


class SendsEverythingAsDifference(Defect):
    """差分の送信で全件を送る。"""

    breaks = "016-10.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "difference", lambda now, before: now)


class ForgetsChangesInDifference(Defect):
    """差分に新しい宛名だけを入れ、変わった宛名を送らない。"""

    breaks = "016-10.2.1-01"

    def seed(self, patch: Patch) -> None:
        patch(
            exchange, "difference", lambda now, before: {key: value for key, value in now.items() if key not in before}
        )


class ResendsUnderANewSerial(Defect):
    """再送に新しい通番を付け、相手先が別のファイルとして取り込む。"""

    breaks = "016-10.2.1-02"

    def seed(self, patch: Patch) -> None:
        original = exchange.send_again

        def renumbered(one: Any, file: Any) -> None:
            original(one, file)
            file.serial += 1

        patch(exchange, "send_again", renumbered)


class ResendsAnything(Defect):
    """受領されたファイルも再送する。"""

    breaks = "016-10.2.1-02"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "send_again", lambda one, file: setattr(file, "state", "sent"))


class HidesTheirErrors(Defect):
    """相手先のエラーを一覧に示さない。"""

    breaks = "016-10.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange_api, "file_items", lambda told: {**told, "receipt_error": None})


class ListsTheLastFileOfEachPartner(Defect):
    """連携先ごとに最後の送信だけを示し、異常になった前の送信が見えなくなる。"""

    breaks = "016-10.2.1-03"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange, "sent_files", lambda files: list({one.partner: one for one in files}.values()))


class LosesHeldRecords(Defect):
    """宛名のないレコードを、どこにも数えずに捨てる。"""

    breaks, incident = "016-10.2.1-04", "INC-05"

    def seed(self, patch: Patch) -> None:
        patch.wrap(exchange, "take_in", lambda records: [one for one in records if one.state != "held"])


class TakesDuplicatesTwice(Defect):
    """同じレコードを二度取り込む。"""

    breaks = "016-10.2.1-04"

    def seed(self, patch: Patch) -> None:
        original = exchange.verdict
        patch(exchange, "verdict", lambda one, record, _seen: original(one, record, set()))


class TakesInPartially(Defect):
    """送り状の件数を確かめずに取り込む。"""

    breaks, incident = "016-10.2.1-05", "INC-05"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "check_declared", lambda arrived, declared: None)


class AcceptsTooMany(Defect):
    """送り状より多く届いても取り込む。"""

    breaks = "016-10.2.1-05"

    def seed(self, patch: Patch) -> None:
        original = exchange.check_declared
        patch(exchange, "check_declared", lambda arrived, declared: original(min(arrived, declared), declared))


class NeverTakesHeldRecords(Defect):
    """保留したレコードを直しても取り込まない。"""

    breaks = "016-10.2.1-06"

    def seed(self, patch: Patch) -> None:
        def corrected(one: Any, record_id: str, taxpayer_id: str) -> Any:
            found = one.session.get(exchange.ReceivedRecord, (one.id, record_id))
            found.taxpayer_id = taxpayer_id
            return found

        patch(exchange, "correct_held", corrected)


class PadsByBytes(Defect):
    """備考の桁をバイト数で数え、行の長さがそろわない。"""

    breaks = "016-10.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "padded", lambda text: text + "\u3000" * (20 - len(text.encode("cp932", "replace"))))


class PadsByCodePoints(Defect):
    """異体字セレクターを一字と数え、異体字のある行が短くなる。"""

    breaks = "016-10.2.3-01"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "padded", lambda text: text.ljust(exchange.FIXED_REMARK, "\u3000"))


class CutsTheFixedForm(Defect):
    """桁に収まらない備考を、切り詰めて出力する。"""

    breaks = "016-10.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "overflows", lambda row: False)
        patch(exchange, "padded", lambda text: text[:20].ljust(20, "\u3000"))


class RefusesWhatJustFits(Defect):
    """桁に丁度収まる備考も、あふれたとする。"""

    breaks = "016-10.2.3-02"

    def seed(self, patch: Patch) -> None:
        patch(exchange, "overflows", lambda row: characters.length(row["備考"]) >= exchange.FIXED_REMARK)


def _offer(patch: Patch, operation: str) -> None:
    """The product answers to an operation it must not have; only its driver knows the way."""
    from kijun.drivers.reference import ReferenceDriver

    original = ReferenceDriver._on_call

    def call(self: ReferenceDriver, params: dict[str, Any], deadline: float) -> dict[str, Any]:
        return {"result": {}} if params["operation"] == operation else original(self, params, deadline)

    patch(ReferenceDriver, "_on_call", call)

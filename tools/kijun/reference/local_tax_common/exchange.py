"""Files that leave and files that come: all rows or the difference, receipts, sending again, taking in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, func, select

from kijun.reference import calendars, events
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import characters, ledger_rows, remarks
from kijun.reference.local_tax_common.office_records import Disposal, ReceivedRecord, SentFile, SentRow
from kijun.reference.store import Taxpayer, next_number

FIXED_NUMBER, FIXED_REMARK = 12, 20


def current_rows(desk: Desk) -> dict[str, str]:
    """What a partner is told of every taxpayer: the latest row without its history."""
    found = {}
    for row in ledger_rows.rows(desk):
        if row["最新フラグ"] == "1":
            found[row["宛名番号"]] = ledger_rows.csv_text(row.values(), []).strip()
    return found


def send(desk: Desk, partner: str, kind: str) -> SentFile:
    """A file with the next serial number; what was sent is the ground of the next difference."""
    now, before = current_rows(desk), known_to(desk, partner)
    chosen = now if kind == "full" else difference(now, before)
    file = SentFile(
        tenant=desk.id,
        file_id=f"F{next_number(desk.session, SentFile, desk.id):06d}",
        partner=partner,
        kind=kind,
        serial=next_serial(desk, partner),
        sent_on=desk.today,
        times=1,
        text="\r\n".join(chosen.values()),
        count=len(chosen),
        state="sent",
        error=None,
    )
    desk.session.add(file)
    _remember(desk, partner, now)
    note(desk, f"送信 {partner} {file.serial}")
    return file


def difference(now: dict[str, str], before: dict[str, str]) -> dict[str, str]:
    return {number: content for number, content in now.items() if before.get(number) != content}


def known_to(desk: Desk, partner: str) -> dict[str, str]:
    question = select(SentRow).where(SentRow.tenant == desk.id, SentRow.partner == partner)
    return {one.taxpayer_id: one.content for one in desk.session.scalars(question)}


def _remember(desk: Desk, partner: str, rows: dict[str, str]) -> None:
    desk.session.execute(delete(SentRow).where(SentRow.tenant == desk.id, SentRow.partner == partner))
    for number, content in rows.items():
        desk.session.add(SentRow(tenant=desk.id, partner=partner, taxpayer_id=number, content=content))


def next_serial(desk: Desk, partner: str) -> int:
    question = select(func.max(SentFile.serial)).where(SentFile.tenant == desk.id, SentFile.partner == partner)
    return int(desk.session.scalar(question) or 0) + 1


def required(desk: Desk, file_id: str) -> SentFile:
    found = desk.session.get(SentFile, (desk.id, file_id))
    if found is None:
        raise Refusal("not_found", "その送信番号のファイルはありません。送信番号を確かめてください。")
    return found


def send_again(desk: Desk, file: SentFile) -> None:
    """The same content under the same serial number, after the partner told of an error."""
    if file.state != "failed":
        raise Refusal(
            "conflicting_state", "相手先で異常になったファイルだけを再送できます。送信の結果を確かめてください。"
        )
    file.state, file.error, file.times, file.sent_on = "sent", None, file.times + 1, desk.today
    note(desk, f"再送 {file.partner} {file.serial}")


def note(desk: Desk, detail: str) -> None:
    events.note(desk.session, desk.id, "communication", desk.today, desk.operator, detail, "completed")


def sent_files(desk: Desk) -> list[SentFile]:
    question = select(SentFile).where(SentFile.tenant == desk.id).order_by(SentFile.file_id)
    return list(desk.session.scalars(question))


def dispose(desk: Desk, years: int) -> int:
    """Erase the contents of every file whose years are over; that it was sent, and this, stays on record."""
    over = [one for one in sent_files(desk) if one.state != "disposed" and is_over(one, years, desk.today)]
    for one in over:
        one.state, one.text = "disposed", ""
    desk.session.add(
        Disposal(
            tenant=desk.id,
            number=next_number(desk.session, Disposal, desk.id),
            operator=desk.operator,
            operator_role=desk.role,
            disposed_on=desk.today,
            count=len(over),
        )
    )
    return len(over)


# 民法140条、143条: the day of sending is not counted
def is_over(file: SentFile, years: int, today: date) -> bool:
    return calendars.years_later(file.sent_on, years) < today


def received(desk: Desk, *states: str) -> list[ReceivedRecord]:
    question = select(ReceivedRecord).where(ReceivedRecord.tenant == desk.id, ReceivedRecord.state.in_(states))
    return list(desk.session.scalars(question.order_by(ReceivedRecord.record_id)))


def take_in(desk: Desk, declared: int) -> list[ReceivedRecord]:
    """Everything received, when it is as much as the sender declared; otherwise nothing."""
    records = received(desk, "waiting")
    check_declared(len(records), declared)
    settle(desk, records)
    note(desk, f"受信 {len(records)}件")
    return records


def check_declared(arrived: int, declared: int) -> None:
    if arrived != declared:
        raise Refusal(
            "invalid_value",
            f"届いた{arrived}件が送り状の{declared}件と合いません。相手先に確かめ、送り直しを受けてください。",
        )


def settle(desk: Desk, records: Iterable[ReceivedRecord]) -> None:
    """Each record is taken, held until its taxpayer is known, or discarded; the reason stays with it."""
    seen: set[tuple[str, str]] = set()
    for one in records:
        one.state, one.reason = verdict(desk, one, seen)
        seen.add((one.taxpayer_id, one.text))
        if one.state == "absorbed":
            remarks.write(desk, one.taxpayer_id, one.text)


def verdict(desk: Desk, one: ReceivedRecord, seen: set[tuple[str, str]]) -> tuple[str, str | None]:
    if (one.taxpayer_id, one.text) in seen:
        return "discarded", "same_record"
    if characters.length(one.text) > remarks.LONGEST:
        return "discarded", "remark_too_long"
    if desk.session.get(Taxpayer, (desk.id, one.taxpayer_id)) is None:
        return "held", "taxpayer_not_found"
    return "absorbed", None


def correct_held(desk: Desk, record_id: str, taxpayer_id: str) -> ReceivedRecord:
    """A held record with the number that a clerk found out."""
    found = desk.session.get(ReceivedRecord, (desk.id, record_id))
    if found is None or found.state != "held":
        raise Refusal("not_found", "その番号の保留中の受信レコードはありません。保留の一覧を確かめてください。")
    found.taxpayer_id = taxpayer_id
    settle(desk, [found])
    return found


def fixed_line(row: dict[str, str]) -> str:
    """宛名番号 12, 支援措置フラグ 1, 備考 20 full-width characters: the same length for every row."""
    number = row["宛名番号"].ljust(FIXED_NUMBER)
    return number + row["支援措置フラグ"] + padded(row["備考"])


def padded(text: str) -> str:
    return text + "\u3000" * (FIXED_REMARK - characters.length(text))


def overflows(row: dict[str, str]) -> bool:
    return characters.length(row["備考"]) > FIXED_REMARK

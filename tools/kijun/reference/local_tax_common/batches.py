"""Batches: a run is a list of records, worked off in short steps; what is done stays done when it goes on later."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date

from sqlalchemy import Select, func, select

from kijun.reference import events
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import characters, remarks
from kijun.reference.local_tax_common.office_records import Alarm, BatchItem, BatchRun, BulkEntry
from kijun.reference.store import Taxpayer, next_number

CHUNK = 50
NO_LIMIT = 10**9
OPEN_STATES = ("running", "interrupted")


def open_run(desk: Desk, kind: str, overwrites: bool, stop_after: int | None) -> BatchRun:
    """A run with everything it has to do. One kind of batch runs once at a time."""
    if is_open(desk, kind):
        raise Refusal(
            "conflicting_state", "同じ種類のバッチが終わっていません。終わるのを待つか、再実行又は取消をしてください。"
        )
    run = BatchRun(
        tenant=desk.id,
        run_id=f"R{next_number(desk.session, BatchRun, desk.id):06d}",
        batch_kind=kind,
        overwrites=overwrites,
        stop_after=stop_after,
        operator=desk.operator,
        started_on=desk.today,
        started_time=events.clock_time(),
        state="running",
    )
    desk.session.add(run)
    for number, source in enumerate(sources(desk, run), start=1):
        desk.session.add(BatchItem(tenant=desk.id, run_id=run.run_id, number=number, source_id=source, state="waiting"))
    desk.session.flush()
    return run


def is_open(desk: Desk, kind: str) -> bool:
    return desk.session.scalars(_runs(desk, kind).where(BatchRun.state.in_(OPEN_STATES))).first() is not None


def _runs(desk: Desk, kind: str) -> Select[BatchRun]:
    return select(BatchRun).where(BatchRun.tenant == desk.id, BatchRun.batch_kind == kind)


def sources(desk: Desk, run: BatchRun) -> list[str]:
    """Entries that no run has taken yet, or every taxpayer."""
    if run.batch_kind == "character_check":
        question = select(Taxpayer.taxpayer_id).where(Taxpayer.tenant == desk.id).order_by(Taxpayer.taxpayer_id)
        return list(desk.session.scalars(question))
    waiting = select(BulkEntry).where(BulkEntry.tenant == desk.id, BulkEntry.run_id.is_(None))
    entries = list(desk.session.scalars(waiting.order_by(BulkEntry.entry_id)))
    for one in entries:
        one.run_id = run.run_id
    return [one.entry_id for one in entries]


def required(desk: Desk, run_id: str) -> BatchRun:
    found = desk.session.get(BatchRun, (desk.id, run_id))
    if found is None:
        raise Refusal("not_found", "その実行番号のバッチはありません。実行番号を確かめてください。")
    return found


def last_run(desk: Desk, kind: str) -> BatchRun | None:
    return desk.session.scalars(_runs(desk, kind).order_by(BatchRun.run_id.desc()).limit(1)).first()


def items(desk: Desk, run_id: str, *states: str, limit: int = NO_LIMIT) -> list[BatchItem]:
    question = select(BatchItem).where(BatchItem.tenant == desk.id, BatchItem.run_id == run_id).limit(limit)
    if states:
        question = question.where(BatchItem.state.in_(states))
    return list(desk.session.scalars(question.order_by(BatchItem.number)))


def tally(desk: Desk, run_id: str) -> dict[str, int]:
    question = (
        select(BatchItem.state, func.count())
        .where(BatchItem.tenant == desk.id, BatchItem.run_id == run_id)
        .group_by(BatchItem.state)
    )
    return dict(desk.session.execute(question).all())


def process_chunk(desk: Desk, run_id: str) -> bool:
    """Work on the next records; True when nothing is left to do now."""
    began = time.monotonic()
    run = required(desk, run_id)
    room = room_of(desk, run)
    size = min(CHUNK, room)
    waiting = items(desk, run_id, "waiting", limit=size + 1)
    for item in waiting[:size]:
        work_on(desk, run, item)
    run.elapsed += int((time.monotonic() - began) * 1000)
    if len(waiting) <= size:
        return _ended(desk, run)
    if room <= CHUNK:
        run.state = "interrupted"
    return room <= CHUNK


def room_of(desk: Desk, run: BatchRun) -> int:
    """How many records may still be worked on before the run stops as it was told to."""
    if run.stop_after is None or run.is_resumed:
        return NO_LIMIT
    counts = tally(desk, run.run_id)
    return max(run.stop_after - counts.get("done", 0) - counts.get("failed", 0), 0)


def work_on(desk: Desk, run: BatchRun, item: BatchItem) -> None:
    """One record: done, or set aside with the reason. A faulty record does not stop the others."""
    item.error_code = _KINDS[run.batch_kind](desk, run, item)
    item.state = "failed" if item.error_code else "done"


def enter_remark(desk: Desk, run: BatchRun, item: BatchItem) -> str | None:
    entry = entry_of(desk, item.source_id)
    fault = fault_of_entry(desk, entry, run.overwrites)
    if fault is None:
        item.version_after = remarks.write(desk, entry.taxpayer_id, entry.text)
    return fault


def fault_of_entry(desk: Desk, entry: BulkEntry, overwrites: bool) -> str | None:
    if desk.session.get(Taxpayer, (desk.id, entry.taxpayer_id)) is None:
        return "taxpayer_not_found"
    if characters.length(entry.text) > remarks.LONGEST:
        return "remark_too_long"
    if not overwrites and remarks.current(desk, entry.taxpayer_id) is not None:
        return "remark_present"
    return None


def check_characters(desk: Desk, _run: BatchRun, item: BatchItem) -> str | None:
    remark = remarks.current(desk, item.source_id)
    return "character_outside_set" if remark and characters.outside(remark.text) else None


_KINDS: dict[str, Callable[[Desk, BatchRun, BatchItem], str | None]] = {
    "remark_posting": lambda desk, run, item: enter_remark(desk, run, item),
    "character_check": lambda desk, run, item: check_characters(desk, run, item),
}


def _ended(desk: Desk, run: BatchRun) -> bool:
    """The end, normal or abnormal; an abnormal one is told."""
    failed = items(desk, run.run_id, "failed")
    run.state = "failed" if failed else "completed"
    run.ended_time = events.clock_time()
    if failed:
        raise_alarm(desk, run, failed[0].error_code or "")
    return True


def raise_alarm(desk: Desk, run: BatchRun, error_code: str) -> None:
    number = next_number(desk.session, Alarm, desk.id)
    desk.session.add(
        Alarm(tenant=desk.id, number=number, run_id=run.run_id, error_code=error_code, raised_on=desk.today)
    )


def reopen(desk: Desk, run: BatchRun) -> None:
    """Go on from the middle: only what failed or was not reached is worked on again."""
    if run.state not in ("failed", "interrupted", "running"):
        raise Refusal(
            "conflicting_state", "正常に終わったバッチと取り消したバッチは再実行できません。新しく実行してください。"
        )
    for item in unfinished(desk, run):
        item.state, item.error_code = "waiting", None
    run.state, run.is_resumed = "running", True


def unfinished(desk: Desk, run: BatchRun) -> list[BatchItem]:
    return items(desk, run.run_id, "failed", "waiting")


def cancel(desk: Desk, run: BatchRun) -> int:
    """Take back everything the run has written. Refused as a whole when a remark was changed since."""
    if run.state == "cancelled":
        raise Refusal("conflicting_state", "このバッチの実行は取り消し済みです。")
    done = [item for item in reversed(items(desk, run.run_id, "done")) if item.version_after is not None]
    for item in done:
        take_back(desk, entry_of(desk, item.source_id).taxpayer_id, item.version_after or 0)
    _release(desk, run)
    run.state = "cancelled"
    return len(done)


def take_back(desk: Desk, taxpayer_id: str, version_after: int) -> None:
    past = remarks.history(desk, taxpayer_id)
    if past[-1].version != version_after:
        raise Refusal(
            "conflicting_state",
            f"宛名番号{taxpayer_id}の備考がバッチの後に変わっています。内容を確かめて個別に直してください。",
        )
    remarks.write(desk, taxpayer_id, past[-2].text if len(past) > 1 else "")


def _release(desk: Desk, run: BatchRun) -> None:
    for item in items(desk, run.run_id):
        entry = desk.session.get(BulkEntry, (desk.id, item.source_id))
        if entry is not None:
            entry.run_id = None


def entry_of(desk: Desk, entry_id: str) -> BulkEntry:
    found = desk.session.get(BulkEntry, (desk.id, entry_id))
    if found is None:
        raise Refusal("not_found", "その明細番号の一括登録の明細はありません。明細番号を確かめてください。")
    return found


def conditions(run: BatchRun | None) -> dict[str, str]:
    """The conditions of a run as a clerk reads them."""
    if run is None:
        return {}
    return condition_texts(run.overwrites, run.stop_after)


def condition_texts(overwrites: bool, stop_after: int | None) -> dict[str, str]:
    return {"overwrites": "はい" if overwrites else "いいえ", "stop_after": f"{stop_after}件" if stop_after else "なし"}


def alarms(desk: Desk) -> list[Alarm]:
    return list(desk.session.scalars(select(Alarm).where(Alarm.tenant == desk.id).order_by(Alarm.number)))


def source_taxpayer(desk: Desk, run: BatchRun, item: BatchItem) -> str:
    return item.source_id if run.batch_kind == "character_check" else entry_of(desk, item.source_id).taxpayer_id


def is_due(next_on: date | None, today: date) -> bool:
    return next_on is not None and next_on <= today

"""Operations on batches: entries, schedules, runs, results, re-runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import batches, schedules
from kijun.reference.local_tax_common.office_records import BatchJob, BulkEntry
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1")
Kind = Literal["remark_posting", "character_check"]


class NewEntry(BaseModel):
    taxpayer_id: str
    remark: str = Field(min_length=1)


class EntryChange(BaseModel):
    bulk_detail_id: str
    corrected_taxpayer_id: str | None = None
    remark: str | None = Field(default=None, min_length=1)


class NewJob(BaseModel):
    batch_kind: Kind
    schedule_kind: Literal["once", "daily", "weekly", "monthly", "month_end"]
    scheduled_on: date | None = None
    scheduled_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] | None = (
        None
    )
    scheduled_day: int | None = Field(default=None, ge=1, le=31)
    holiday_shift: Literal["none", "preceding", "next"] = "none"
    batch_launch_time: str = Field(default="18:00", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


class ByJob(BaseModel):
    batch_booking_id: str


class Nothing(BaseModel):
    """No input."""


class RunRequest(BaseModel):
    batch_kind: Kind
    overwrites_remark: bool = False
    stop_after_count: int | None = Field(default=None, ge=1)


class ByRun(BaseModel):
    batch_execution_id: str


def lodge_bulk_detail(desk: Desk, given: NewEntry) -> dict[str, Any]:
    """一括登録の明細の追加"""
    number = f"E{next_number(desk.session, BulkEntry, desk.id):08d}"
    desk.session.add(
        BulkEntry(tenant=desk.id, entry_id=number, taxpayer_id=given.taxpayer_id, text=given.remark, run_id=None)
    )
    return {"bulk_detail_id": number}


def amend_bulk_detail(desk: Desk, given: EntryChange) -> dict[str, Any]:
    """一括登録の明細の訂正"""
    entry = batches.entry_of(desk, given.bulk_detail_id)
    if entry.run_id and any(one.source_id == entry.entry_id for one in batches.items(desk, entry.run_id, "done")):
        raise Refusal("conflicting_state", "この明細は登録済みです。宛名の備考を直接直してください。")
    entry.taxpayer_id = given.corrected_taxpayer_id or entry.taxpayer_id
    entry.text = given.remark or entry.text
    return {"bulk_detail_id": entry.entry_id}


def reserve_batch(desk: Desk, given: NewJob) -> dict[str, Any]:
    """バッチの予約"""
    check_schedule(given)
    nominal, on = schedules.first(_schedule(given), desk.today)
    if on < desk.today:
        raise Refusal("invalid_value", "バッチの起動日が処理日より前です。処理日以後の日を指定してください。")
    job = BatchJob(
        tenant=desk.id,
        job_id=f"J{next_number(desk.session, BatchJob, desk.id):05d}",
        batch_kind=given.batch_kind,
        schedule_kind=given.schedule_kind,
        scheduled_on=given.scheduled_on,
        weekday=given.scheduled_weekday,
        day_of_month=given.scheduled_day,
        holiday_shift=given.holiday_shift,
        start_time=given.batch_launch_time,
        nominal_on=nominal,
        next_on=on,
        state="waiting",
    )
    desk.session.add(job)
    return _job_items(job)


def check_schedule(given: NewJob) -> None:
    needed = {"once": given.scheduled_on, "weekly": given.scheduled_weekday, "monthly": given.scheduled_day}
    if needed.get(given.schedule_kind, True) is None:
        raise Refusal("missing_item", "起動の種類に要る日、曜日又は日付がありません。入力してください。")


def _schedule(one: NewJob | BatchJob) -> schedules.Schedule:
    if isinstance(one, BatchJob):
        return schedules.Schedule(one.schedule_kind, one.scheduled_on, one.weekday, one.day_of_month, one.holiday_shift)
    return schedules.Schedule(
        one.schedule_kind, one.scheduled_on, one.scheduled_weekday, one.scheduled_day, one.holiday_shift
    )


def _job_items(job: BatchJob) -> dict[str, Any]:
    return {
        "batch_booking_id": job.job_id,
        "next_launch_on": job.next_on.isoformat() if job.next_on else None,
        "batch_booking_state": job.state,
    }


def _job(desk: Desk, job_id: str) -> BatchJob:
    found = desk.session.get(BatchJob, (desk.id, job_id))
    if found is None:
        raise Refusal("not_found", "その予約番号のバッチの予約はありません。予約番号を確かめてください。")
    return found


def get_batch_booking(desk: Desk, given: ByJob) -> dict[str, Any]:
    """バッチの予約の照会"""
    return _job_items(_job(desk, given.batch_booking_id))


def cancel_batch_booking(desk: Desk, given: ByJob) -> dict[str, Any]:
    """バッチの予約の取消"""
    job = _job(desk, given.batch_booking_id)
    if job.state != "waiting":
        raise Refusal("conflicting_state", "この予約は待機中ではないため、取り消せません。")
    job.state, job.next_on = "cancelled", None
    return _job_items(job)


def launch_due_batches(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """予約したバッチの起動"""
    return launch_in_turn(desk, [job.job_id for job in due_jobs(desk)], [])


def launch_in_turn(desk: Desk, waiting: list[str], started: list[tuple[str, str]]) -> dict[str, Any]:
    """One booking after another. One whose kind of batch has not ended stays due."""
    if not waiting:
        return launched(desk, started)
    job, rest = _job(desk, waiting[0]), waiting[1:]
    if batches.is_open(desk, job.batch_kind):
        return launch_in_turn(desk, rest, started)
    run = batches.open_run(desk, job.batch_kind, False, None)
    move_on(desk, job)
    now = [*started, (job.job_id, run.run_id)]
    return _work_off(
        desk, run.run_id, lambda later: launched(later, now), lambda later: launch_in_turn(later, rest, now)
    )


def launched(desk: Desk, started: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "launched_bookings": [
            {
                "batch_booking_id": job,
                "batch_execution_id": run,
                "batch_execution_state": batches.required(desk, run).state,
            }
            for job, run in started
        ]
    }


def due_jobs(desk: Desk) -> list[BatchJob]:
    question = select(BatchJob).where(BatchJob.tenant == desk.id, BatchJob.state == "waiting")
    jobs = desk.session.scalars(question.order_by(BatchJob.start_time, BatchJob.job_id))
    return [one for one in jobs if batches.is_due(one.next_on, desk.today)]


def move_on(desk: Desk, job: BatchJob) -> None:
    """To the next day of the schedule after today; a single job is over."""
    then = schedules.following(_schedule(job), job.nominal_on)
    while then and then[1] <= desk.today:
        then = schedules.following(_schedule(job), then[0])
    if then is None:
        job.state, job.next_on = "concluded", None
    else:
        job.nominal_on, job.next_on = then


Work = Callable[[Desk], dict[str, Any]]


def _work_off(desk: Desk, run_id: str, answer: Work, then: Work | None = None) -> dict[str, Any]:
    """A step of the run now, the other steps and what comes after it in transactions of their own."""
    has_ended = batches.process_chunk(desk, run_id)
    desk.more = then if has_ended else lambda later: _work_off(later, run_id, answer, then)
    return answer(desk)


def preview_batch(desk: Desk, given: RunRequest) -> dict[str, Any]:
    """バッチの実行条件の確認"""
    before = batches.conditions(batches.last_run(desk, given.batch_kind))
    now = batches.condition_texts(given.overwrites_remark, given.stop_after_count)
    return {"batch_conditions": [_condition(name, before.get(name), text) for name, text in now.items()]}


def _condition(name: str, before: str | None, now: str) -> dict[str, Any]:
    return {
        "batch_condition_kind": name,
        "preceding_condition": before,
        "present_condition": now,
        "is_condition_altered": is_changed(before, now),
    }


def is_changed(before: str | None, now: str) -> bool:
    return before is not None and before != now


def launch_batch(desk: Desk, given: RunRequest) -> dict[str, Any]:
    """バッチの実行"""
    run = batches.open_run(desk, given.batch_kind, given.overwrites_remark, given.stop_after_count)
    return _work_off(desk, run.run_id, lambda later: run_items(later, run.run_id))


def rerun_batch(desk: Desk, given: ByRun) -> dict[str, Any]:
    """バッチの途中からの再実行"""
    run = batches.required(desk, given.batch_execution_id)
    batches.reopen(desk, run)
    return _work_off(desk, run.run_id, lambda later: run_items(later, run.run_id))


def cancel_batch_execution(desk: Desk, given: ByRun) -> dict[str, Any]:
    """バッチの実行の取消"""
    run = batches.required(desk, given.batch_execution_id)
    count = batches.cancel(desk, run)
    return {"batch_execution_id": run.run_id, "batch_execution_state": run.state, "reverted_count": count}


def get_batch_execution(desk: Desk, given: ByRun) -> dict[str, Any]:
    """バッチの実行結果の照会"""
    return run_items(desk, given.batch_execution_id)


def run_items(desk: Desk, run_id: str) -> dict[str, Any]:
    run = batches.required(desk, run_id)
    counts = batches.tally(desk, run_id)
    failed = [
        {"taxpayer_id": batches.source_taxpayer(desk, run, one), "batch_error_code": one.error_code}
        for one in batches.items(desk, run_id, "failed")
    ]
    return {
        "batch_execution_id": run.run_id,
        "batch_kind": run.batch_kind,
        "batch_execution_state": run.state,
        "batch_target_count": sum(counts.values()),
        "batch_success_count": counts.get("done", 0),
        "batch_failed_count": counts.get("failed", 0),
        "batch_error_code": failed[0]["batch_error_code"] if failed else None,
        "batch_rejects": failed,
        "batch_launched_on": run.started_on.isoformat(),
        "batch_launched_time": run.started_time,
        "batch_ended_time": run.ended_time,
        "batch_milliseconds": run.elapsed,
    }


def list_batch_alarms(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """バッチの異常の通知の照会"""
    return {
        "batch_alarms": [
            {
                "batch_execution_id": one.run_id,
                "batch_error_code": one.error_code,
                "alarm_raised_on": one.raised_on.isoformat(),
            }
            for one in batches.alarms(desk)
        ]
    }


routing.add(router, "/bulk-entries", NewEntry, lodge_bulk_detail)
routing.add(router, "/bulk-entries/corrections", EntryChange, amend_bulk_detail)
routing.add(router, "/batch-jobs", NewJob, reserve_batch)
routing.add(router, "/batch-jobs/one", ByJob, get_batch_booking, is_query=True)
routing.add(router, "/batch-jobs/cancellations", ByJob, cancel_batch_booking)
routing.add(router, "/batch-jobs/due", Nothing, launch_due_batches)
routing.add(router, "/batch-runs/conditions", RunRequest, preview_batch, is_query=True)
routing.add(router, "/batch-runs", RunRequest, launch_batch)
routing.add(router, "/batch-runs/reruns", ByRun, rerun_batch)
routing.add(router, "/batch-runs/cancellations", ByRun, cancel_batch_execution)
routing.add(router, "/batch-runs/one", ByRun, get_batch_execution, is_query=True)
routing.add(router, "/batch-alarms", Nothing, list_batch_alarms, is_query=True)

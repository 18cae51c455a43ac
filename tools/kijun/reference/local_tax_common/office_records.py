"""Tables of batches, remarks, extraction, exchange and settings."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class Remark(Base):
    """One version of the remark on a taxpayer. A version is added at every change and none is removed."""

    __tablename__ = "taxpayer_remark"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    written_on: Mapped[date]
    operator: Mapped[str]


class BulkEntry(Base):
    """One line of a bulk change that waits for its batch."""

    __tablename__ = "bulk_entry"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    text: Mapped[str]
    run_id: Mapped[str | None]


class BatchJob(Base):
    __tablename__ = "batch_job"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    job_id: Mapped[str] = mapped_column(primary_key=True)
    batch_kind: Mapped[str]
    schedule_kind: Mapped[str]
    scheduled_on: Mapped[date | None]
    weekday: Mapped[str | None]
    day_of_month: Mapped[int | None]
    holiday_shift: Mapped[str]
    start_time: Mapped[str]
    nominal_on: Mapped[date]  # the day before it was shifted
    next_on: Mapped[date | None]
    state: Mapped[str]


class BatchRun(Base):
    __tablename__ = "batch_run"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    batch_kind: Mapped[str]
    overwrites: Mapped[bool]
    stop_after: Mapped[int | None]
    is_resumed: Mapped[bool] = mapped_column(default=False)
    operator: Mapped[str]
    started_on: Mapped[date]
    started_time: Mapped[str]
    ended_time: Mapped[str | None]
    elapsed: Mapped[int] = mapped_column(default=0)
    state: Mapped[str]


class BatchItem(Base):
    """One record that a run has to work on, and what became of it."""

    __tablename__ = "batch_item"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str]  # entry or taxpayer
    state: Mapped[str]  # waiting | done | failed
    error_code: Mapped[str | None]
    version_after: Mapped[int | None]


class Alarm(Base):
    """What the system tells whoever runs it."""

    __tablename__ = "office_alarm"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str]
    error_code: Mapped[str]
    raised_on: Mapped[date]


class SavedCondition(Base):
    __tablename__ = "extract_condition"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    condition_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    items: Mapped[str]
    item: Mapped[str | None]
    comparison: Mapped[str | None]
    value: Mapped[str | None]
    owner: Mapped[str]
    shared_role: Mapped[str | None]


class ExtractRecord(Base):
    __tablename__ = "extract_record"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    extract_id: Mapped[str] = mapped_column(primary_key=True)
    operator: Mapped[str]
    operator_role: Mapped[str]
    extracted_on: Mapped[date]
    items: Mapped[str]
    purpose: Mapped[str]
    count: Mapped[int]


class BaseDataFile(Base):
    __tablename__ = "base_data_file"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    export_id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]


class SentFile(Base):
    __tablename__ = "sent_file"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    file_id: Mapped[str] = mapped_column(primary_key=True)
    partner: Mapped[str]
    kind: Mapped[str]
    serial: Mapped[int]
    sent_on: Mapped[date]
    times: Mapped[int]
    text: Mapped[str]
    count: Mapped[int]
    state: Mapped[str]  # sent | accepted | failed | disposed
    error: Mapped[str | None]


class Disposal(Base):
    """That contents were disposed of: by whom, when, how many. Stays for good."""

    __tablename__ = "disposal"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    operator: Mapped[str]
    operator_role: Mapped[str]
    disposed_on: Mapped[date]
    count: Mapped[int]


class SentRow(Base):
    """What a partner was last given, row by row: the ground of the next difference."""

    __tablename__ = "sent_row"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    partner: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[str]


class ReceivedRecord(Base):
    __tablename__ = "received_record"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]  # waiting | taken | held | discarded
    reason: Mapped[str | None]


class Retention(Base):
    __tablename__ = "log_retention"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    years: Mapped[int]

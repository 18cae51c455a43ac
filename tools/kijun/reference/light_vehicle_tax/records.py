"""Tables of the business: the ledger as a stack of events, assessments, reductions, notices, payments."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class LedgerEvent(Base):
    """One event of one vehicle, with every column as it stood after the event. Nothing is ever changed or removed."""

    __tablename__ = "lvt_ledger"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    history_number: Mapped[int] = mapped_column(primary_key=True)
    is_latest: Mapped[bool]
    event_kind: Mapped[str]
    event_on: Mapped[date]
    restores: Mapped[int | None]  # for a cancellation: the history number whose state it brings back
    vehicle_state: Mapped[str]
    vehicle_class: Mapped[str]
    power: Mapped[str | None]
    is_trailer: Mapped[bool]
    environmental_performance: Mapped[str | None]
    first_inspection_month: Mapped[str | None]
    displacement_cc: Mapped[int | None]
    chassis_number: Mapped[str]
    plate_number: Mapped[str]
    base_location: Mapped[str]
    acquired_on: Mapped[date]
    declared_on: Mapped[date]
    declaration_reason: Mapped[str]
    taxpayer_id: Mapped[str]
    scrapped_on: Mapped[date | None]
    scrap_reason: Mapped[str | None]
    plate_returned: Mapped[bool | None]
    scrap_declared_on: Mapped[date | None]
    declaration_kind: Mapped[str]
    plate_change_reason: Mapped[str | None]
    plate_text: Mapped[str | None]
    plate_class_number: Mapped[str | None]
    plate_kana: Mapped[str | None]
    plate_serial: Mapped[str | None]
    manufacturer: Mapped[str | None]
    vehicle_type: Mapped[str | None]
    type_approval_number: Mapped[str | None]
    rated_output_w: Mapped[int | None]
    wheel_count: Mapped[int | None]
    highest_speed_kmh: Mapped[int | None]
    vehicle_purpose: Mapped[str | None]
    business_purpose: Mapped[str | None]
    owner_taxpayer_id: Mapped[str]
    user_taxpayer_id: Mapped[str | None]
    ownership_kind: Mapped[str]


class Category(Base):
    """課税区分 of a vehicle, when it is not simply taxable."""

    __tablename__ = "lvt_category"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    taxation_category: Mapped[str]
    category_reason: Mapped[str]


class CategoryEvent(Base):
    """One setting of the 課税区分 of a vehicle. Nothing is ever changed or removed."""

    __tablename__ = "lvt_category_event"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    history_number: Mapped[int] = mapped_column(primary_key=True)
    taxation_category: Mapped[str]
    category_reason: Mapped[str]
    event_on: Mapped[date]


class BulkPayer(Base):
    """A taxpayer whose many vehicles go into one notice (一括納税)."""

    __tablename__ = "lvt_bulk_payer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    is_bulk_payer: Mapped[bool]


class ForeignPlate(Base):
    """The plate of another municipality that a vehicle wore when it came, and whether it was handed in here."""

    __tablename__ = "lvt_foreign_plate"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    former_municipality: Mapped[str]
    former_plate_number: Mapped[str]
    former_plate_collected: Mapped[bool]


class Assessment(Base):
    """One state of the assessment of one vehicle and year; corrections are stacked."""

    __tablename__ = "lvt_assessment"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    is_latest: Mapped[bool]
    taxpayer_id: Mapped[str]
    vehicle_class: Mapped[str]
    rate_category: Mapped[str]
    tax_amount: Mapped[int]
    reason: Mapped[str]
    assessed_on: Mapped[date]
    operator: Mapped[str]


class Reduction(Base):
    __tablename__ = "lvt_reduction"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    reduction_id: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    fiscal_year: Mapped[int]
    reduction_kind: Mapped[str]
    beneficiary: Mapped[str]
    requested_on: Mapped[date]
    disability_category: Mapped[str | None]
    disability_grade: Mapped[int | None]
    decision: Mapped[str | None]  # approved, rejected, revoked
    decision_reason: Mapped[str | None]
    decided_on: Mapped[date | None]


class Notice(Base):
    __tablename__ = "lvt_notice"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    notice_number: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    fiscal_year: Mapped[int]
    payable_amount: Mapped[int]
    is_withdrawn: Mapped[bool]


class Payment(Base):
    __tablename__ = "lvt_payment"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    fiscal_year: Mapped[int]
    paid_on: Mapped[date]
    paid_amount: Mapped[int]
    payment_means: Mapped[str | None]

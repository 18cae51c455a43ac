"""Tables of what comes in from outside and of what has been handed on."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class Declaration(Base):
    """One declaration as it was received, and what became of it. It stays, whatever became of it."""

    __tablename__ = "lvt_declaration"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    declaration_number: Mapped[str] = mapped_column(primary_key=True)
    declaration_source: Mapped[str]
    declaration_medium: Mapped[str]
    declaration_type: Mapped[str]
    reception_number: Mapped[str]
    name: Mapped[str | None]
    address: Mapped[str | None]
    vehicle_class: Mapped[str]
    power: Mapped[str | None]
    environmental_performance: Mapped[str | None]
    first_inspection_month: Mapped[str | None]
    chassis_number: Mapped[str | None]
    plate_number: Mapped[str | None]
    base_location: Mapped[str | None]
    event_on: Mapped[date]
    declared_on: Mapped[date]
    other_municipality: Mapped[str | None]
    intake_state: Mapped[str]
    hold_reason: Mapped[str | None]
    discard_reason: Mapped[str | None]
    clerk_reason: Mapped[str | None]
    taxpayer_id: Mapped[str | None]
    vehicle_id: Mapped[str | None]


class Inspection(Base):
    """One record of the inspection information of a vehicle, and what became of it."""

    __tablename__ = "lvt_inspection"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    inspection_number: Mapped[str] = mapped_column(primary_key=True)
    chassis_number: Mapped[str]
    plate_number: Mapped[str | None]
    first_inspection_month: Mapped[str | None]
    environmental_performance: Mapped[str | None]
    information_on: Mapped[date]
    intake_state: Mapped[str]
    hold_reason: Mapped[str | None]
    discard_reason: Mapped[str | None]
    vehicle_id: Mapped[str | None]


class ResidentChange(Base):
    """One change of residence or a death, as the resident register told it."""

    __tablename__ = "lvt_resident_change"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    resident_change_kind: Mapped[str]
    event_on: Mapped[date]
    address: Mapped[str | None]
    intake_state: Mapped[str]
    hold_reason: Mapped[str | None]
    discard_reason: Mapped[str | None]


class HandedAssessment(Base):
    """What the collection side was last told about one vehicle and year."""

    __tablename__ = "lvt_handed_assessment"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    tax_amount: Mapped[int]
    payable_amount: Mapped[int]


class ArrearsNote(Base):
    """One line sent to 軽JNKS: whether the vehicle is in arrears, and what came back."""

    __tablename__ = "lvt_arrears_note"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    transmission_id: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    plate_number: Mapped[str]
    chassis_number: Mapped[str]
    arrears_state: Mapped[str]
    transmission_outcome: Mapped[str]


class MunicipalNotice(Base):
    """A scrapping of another municipality's plate that we told that municipality of."""

    __tablename__ = "lvt_municipal_notice"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    municipal_notice_id: Mapped[str] = mapped_column(primary_key=True)
    other_municipality: Mapped[str]
    plate_number: Mapped[str]
    chassis_number: Mapped[str]
    scrapped_on: Mapped[date]

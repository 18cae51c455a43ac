"""Tables of the optional exchanges: 環境性能割, handbooks, rows of a batch, whereabouts, terms of inspections."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class EnvironmentalDeclaration(Base):
    """What the prefecture told of one acquisition, and what the municipality decided about its tax."""

    __tablename__ = "lvt_environmental_declaration"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    environmental_declaration_id: Mapped[str] = mapped_column(primary_key=True)
    chassis_number: Mapped[str]
    plate_number: Mapped[str]
    acquired_on: Mapped[date]
    acquisition_value: Mapped[int]
    environmental_tax_amount: Mapped[int]
    decision: Mapped[str | None]
    decision_reason: Mapped[str | None]
    decided_on: Mapped[date | None]
    exported_on: Mapped[date | None]


class Remittance(Base):
    """One payment of the prefecture to the municipality, with what it kept for its work."""

    __tablename__ = "lvt_remittance"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int]
    remitted_on: Mapped[date]
    remitted_amount: Mapped[int]
    handling_charge: Mapped[int]


class Handbook(Base):
    """One handbook (手帳) of a person, as the welfare office told it."""

    __tablename__ = "lvt_handbook"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    beneficiary: Mapped[str]
    handbook_kind: Mapped[str]
    handbook_grade: Mapped[str]
    handbook_issued_on: Mapped[date]
    handbook_through: Mapped[date | None]
    handbook_surrendered_on: Mapped[date | None]


class Consignment(Base):
    """One row of a batch of registrations or scrappings, and what became of it. It stays, whatever became of it."""

    __tablename__ = "lvt_consignment"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    consignment_id: Mapped[str] = mapped_column(primary_key=True)
    consignment_type: Mapped[str]
    vehicle_class: Mapped[str]
    chassis_number: Mapped[str | None]
    plate_number: Mapped[str | None]
    base_location: Mapped[str | None]
    taxpayer_id: Mapped[str]
    event_on: Mapped[date]
    consignment_state: Mapped[str]
    consignment_fault: Mapped[str | None]
    vehicle_id: Mapped[str | None]


class Whereabouts(Base):
    """What an inquiry on the spot found about a vehicle."""

    __tablename__ = "lvt_whereabouts"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    vehicle_whereabouts: Mapped[str]
    whereabouts_inquired_on: Mapped[date]


class InspectionTerm(Base):
    """Until when the inspection of a vehicle holds, or since when its registration is struck off."""

    __tablename__ = "lvt_inspection_term"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    chassis_number: Mapped[str]
    inspection_through: Mapped[date | None]
    deregistered_on: Mapped[date | None]
    information_on: Mapped[date]

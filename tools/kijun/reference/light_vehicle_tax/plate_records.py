"""Tables of plates and certificates: the stock, its movements, loans, what became of a plate, what was certified."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class StockPlate(Base):
    """One plate the municipality has had made. A number that has left the stock never comes back, but for a loan."""

    __tablename__ = "lvt_stock_plate"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_class: Mapped[str] = mapped_column(primary_key=True)
    stock_number: Mapped[int] = mapped_column(primary_key=True)
    stock_prefix: Mapped[str]
    plate_design: Mapped[str]
    plate_state: Mapped[str]  # in_stock | handed_out | voided | lent
    void_reason: Mapped[str | None]
    voided_on: Mapped[date | None]


class StockMovement(Base):
    """One line of the register of receipts and issues (受払簿)."""

    __tablename__ = "lvt_stock_movement"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    stock_moved_on: Mapped[date]
    stock_movement_kind: Mapped[str]
    vehicle_class: Mapped[str]
    stock_number_from: Mapped[int]
    stock_number_to: Mapped[int]
    vehicle_id: Mapped[str | None]


class VehiclePlate(Base):
    """A plate handed out for a vehicle, and what became of it."""

    __tablename__ = "lvt_vehicle_plate"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    plate_number: Mapped[str]
    plate_outcome: Mapped[str | None]  # given_back | mislaid | stolen; None while it is on the vehicle
    plate_settled_on: Mapped[date | None]
    compensation: Mapped[int]
    compensation_paid: Mapped[bool]


class PlateLoan(Base):
    """A plate lent to a dealer for a trial run."""

    __tablename__ = "lvt_plate_loan"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    loan_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    vehicle_class: Mapped[str]
    stock_number: Mapped[int]
    lent_on: Mapped[date]
    lent_due_on: Mapped[date]
    lent_back_on: Mapped[date | None]


class TheftReport(Base):
    """A theft reported to the police, until the vehicle is found."""

    __tablename__ = "lvt_theft_report"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    theft_report_number: Mapped[str]
    theft_reported_on: Mapped[date]
    recovered_on: Mapped[date | None]


class LiabilityInsurance(Base):
    """The compulsory insurance (自賠責) as confirmed last."""

    __tablename__ = "lvt_liability_insurance"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    liability_insurance_number: Mapped[str]
    insurance_expires_on: Mapped[date]


class OrdinanceChoice(Base):
    """What the ordinance of a municipality chooses: the compensation for a plate, the expiry of a certificate."""

    __tablename__ = "lvt_ordinance_choice"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    compensation_rate: Mapped[int]
    waives_stolen: Mapped[bool]
    expiry_rule: Mapped[str]


class IssuedCertificate(Base):
    """One certificate that has left the counter."""

    __tablename__ = "lvt_issued_certificate"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    certificate_kind: Mapped[str]
    certified_on: Mapped[date]
    operator_role: Mapped[str]
    fiscal_year: Mapped[int | None]
    expires_on: Mapped[date | None]
    is_reissue: Mapped[bool]
    by_mail: Mapped[bool]

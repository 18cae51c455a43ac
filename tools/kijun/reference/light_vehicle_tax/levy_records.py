"""Tables around the levy after it was first decided: account transfers and notices of changed amounts."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class AccountTransfer(Base):
    """A taxpayer who pays by account transfer (口座振替) from a day on, and through a day where it has ended."""

    __tablename__ = "lvt_account_transfer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    transfers_from: Mapped[date]
    transfers_through: Mapped[date | None]


class LateDue(Base):
    """The due date of what one state of an assessment added after the regular due date."""

    __tablename__ = "lvt_late_due"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # of the assessment
    due_on: Mapped[date]


class HandedOverpayment(Base):
    """What the collection side was last told is overpaid for one vehicle and year."""

    __tablename__ = "lvt_handed_overpayment"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    overpaid_amount: Mapped[int]

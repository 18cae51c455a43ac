"""Tables of the business. Every table carries the tenant: one isolated municipality in a shared database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class Circumstance(Base):
    """What is known of a person for one fiscal year; a later one takes the place of an earlier one."""

    __tablename__ = "iit_circumstance"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    circumstance_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(index=True)
    fiscal_year: Mapped[int]
    birth_date: Mapped[date]
    disablement: Mapped[str]
    lone_status: Mapped[str]
    is_working_student: Mapped[bool]
    receives_public_aid: Mapped[bool]


class RelativeRow(Base):
    """A relative whom a taxpayer names for one fiscal year."""

    __tablename__ = "iit_relative"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    relative_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(index=True)
    fiscal_year: Mapped[int]
    kinship: Mapped[str]
    relative_birth_date: Mapped[date]
    relative_earnings: Mapped[int]
    disablement: Mapped[str]
    is_coresident_parent: Mapped[bool]
    is_coresident: Mapped[bool]
    lives_abroad: Mapped[bool]
    studies_abroad: Mapped[bool]
    remitted_sum: Mapped[int]  # yen, for living or schooling, in the income year
    is_kinship_vouched: Mapped[bool]
    is_remittance_vouched: Mapped[bool]
    is_study_vouched: Mapped[bool]


class RelativeWithdrawal(Base):
    """A relative no longer counted from a day on, and why; the registration stays on record."""

    __tablename__ = "iit_relative_withdrawal"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    relative_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(index=True)
    fiscal_year: Mapped[int]
    withdrawn_on: Mapped[date]
    relative_withdrawal_ground: Mapped[str]
    clerk_reason: Mapped[str]


class Dossier(Base):
    """課税資料 of one person and fiscal year. `figures` holds what it says, by the keys of the glossary."""

    __tablename__ = "iit_dossier"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(index=True)
    fiscal_year: Mapped[int]
    dossier_kind: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)

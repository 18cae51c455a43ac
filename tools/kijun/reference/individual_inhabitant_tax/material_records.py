"""Tables of what comes in, what it was tied to, and what is issued from it. What happened is never removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.local_tax_common.person_records import Numbered
from kijun.reference.store import Base


class IncomingReport(Base):
    """One report, return or notice as its sender sent it, and what became of it."""

    __tablename__ = "iit_incoming_report"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    incoming_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(index=True)
    submitter_number: Mapped[str]
    incoming_kind: Mapped[str]
    incoming_medium: Mapped[str]
    incoming_version: Mapped[str]
    incoming_reference: Mapped[str]
    addressee_name: Mapped[str | None]
    address: Mapped[str | None]
    birth_date: Mapped[date | None]
    filed_on: Mapped[date]
    other_municipality: Mapped[str | None]
    sender_municipality: Mapped[str | None]
    personal_number: Mapped[str | None]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    intake_state: Mapped[str]
    incoming_hold_reason: Mapped[str | None]
    incoming_discard_reason: Mapped[str | None]
    clerk_reason: Mapped[str | None]
    taxpayer_id: Mapped[str | None]
    dossier_id: Mapped[str | None] = mapped_column(index=True)
    is_incoming_effective: Mapped[bool]


class RetiredDossier(Base):
    """A dossier that the levy must not use any more: corrected, withdrawn, or another person's."""

    __tablename__ = "iit_retired_dossier"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    dossier_id: Mapped[str] = mapped_column(primary_key=True)


class Announcement(Numbered, Base):
    """How many reports a sender says to have sent, and their sum in yen."""

    __tablename__ = "iit_announcement"
    fiscal_year: Mapped[int]
    submitter_number: Mapped[str]
    incoming_kind: Mapped[str]
    announced_count: Mapped[int]
    announced_revenue: Mapped[int | None]


class IntakeConclusion(Numbered, Base):
    __tablename__ = "iit_intake_conclusion"
    fiscal_year: Mapped[int]
    concluded_on: Mapped[date]
    clerk_reason: Mapped[str | None]


class Identification(Numbered, Base):
    """Whom a report was tied to, on what ground and by whom."""

    __tablename__ = "iit_identification"
    incoming_id: Mapped[str]
    taxpayer_id: Mapped[str]
    identification_basis: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]
    clerk_reason: Mapped[str | None]
    is_identification_revoked: Mapped[bool]


class DossierInquiry(Numbered, Base):
    """A step of finding out whose report it is."""

    __tablename__ = "iit_dossier_inquiry"
    incoming_id: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]
    inquiry_account: Mapped[str]


class Amendment(Numbered, Base):
    """A figure that a clerk put in the place of the one added up. `seen` counts the dossiers at that time."""

    __tablename__ = "iit_amendment"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    consolidated_item: Mapped[str]
    unamended_amount: Mapped[int]
    amended_amount: Mapped[int]
    clerk_reason: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]
    is_amendment_revoked: Mapped[bool]
    seen: Mapped[int]


class RelativeLink(Base):
    """Which addressee a relative is whom a taxpayer names."""

    __tablename__ = "iit_relative_link"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    relative_id: Mapped[str] = mapped_column(primary_key=True)
    relative_taxpayer_id: Mapped[str]


class Reminder(Numbered, Base):
    __tablename__ = "iit_reminder"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    reminded_on: Mapped[date]


class Presence(Numbered, Base):
    """Why and how long somebody can be levied here."""

    __tablename__ = "iit_presence"
    taxpayer_id: Mapped[str]
    presence_kind: Mapped[str]
    present_from: Mapped[date]
    present_until: Mapped[date | None]
    other_municipality: Mapped[str | None]
    presence_end_ground: Mapped[str | None]


class ElsewhereNotice(Numbered, Base):
    """A notice between two municipalities that one of them levies a person whom the other one has on its register."""

    __tablename__ = "iit_elsewhere_notice"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    other_municipality: Mapped[str]
    is_ours: Mapped[bool]


class AidDecision(Numbered, Base):
    """A decision on public assistance, as the welfare office sent it."""

    __tablename__ = "iit_aid_decision"
    aid_decision_id: Mapped[str]
    addressee_name: Mapped[str]
    birth_date: Mapped[date]
    aid_kind: Mapped[str]
    aid_decision: Mapped[str]
    aid_effective_on: Mapped[date]
    taxpayer_id: Mapped[str | None]
    is_taken: Mapped[bool]


class IncomeCertificate(Numbered, Base):
    __tablename__ = "iit_income_certificate"
    income_certificate_number: Mapped[str]
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    income_certificate_kind: Mapped[str]
    issued_on: Mapped[date]
    operator: Mapped[str]
    undeclared_release_reason: Mapped[str | None]
    certificate_voided_on: Mapped[date | None]
    clerk_reason: Mapped[str | None]


class SharedInformation(Base):
    """What other offices were told of a person last."""

    __tablename__ = "iit_shared_information"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)

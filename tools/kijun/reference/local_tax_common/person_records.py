"""Tables around persons: numbers, versions, protection, mailing, agents, inquiries. What happened is never removed."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.store import Base, kept, scalar


class Numbered:
    """The first two columns of most tables here: the municipality and a serial within the table."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(index=True)


class SharedNumber(Base):
    """One number of the municipality's common numbering, given once and never again."""

    __tablename__ = "ltc_shared_number"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    name: Mapped[str]
    birth_date: Mapped[date | None]


class NumberingRule(Base):
    __tablename__ = "ltc_numbering_rule"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    remainder_one: Mapped[str]


class PersonVersion(Numbered, Base):
    """A person as they stood from a day on, with every column: a version is added at each change."""

    __tablename__ = "ltc_person_version"
    taxpayer_id: Mapped[str]
    effective_on: Mapped[date]
    change_kind: Mapped[str]
    name: Mapped[str]
    address: Mapped[str]
    representative_name: Mapped[str | None]
    common_name: Mapped[str | None]
    recorded_on: Mapped[date]
    operator: Mapped[str]


class ResidentNotice(Numbered, Base):
    """A record from the resident register, received and waiting to be taken in."""

    __tablename__ = "ltc_resident_notice"
    resident_number: Mapped[str]
    name: Mapped[str | None]
    name_kana: Mapped[str | None]
    birth_date: Mapped[date | None]
    address: Mapped[str | None]
    household_number: Mapped[str | None]
    moved_on: Mapped[date]
    resident_event: Mapped[str | None]
    is_taken: Mapped[bool] = mapped_column(default=False)


class Merge(Numbered, Base):
    __tablename__ = "ltc_merge"
    kept: Mapped[str]
    merged: Mapped[str]
    absorption_reason: Mapped[str]
    merged_on: Mapped[date]
    undone_on: Mapped[date | None]


class PersonalNumber(Base):
    """個人番号. Read only through personal_numbers.py, which checks the role and records the use."""

    __tablename__ = "ltc_personal_number"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    digits: Mapped[str]


class PersonalNumberUse(Numbered, Base):
    __tablename__ = "ltc_personal_number_use"
    taxpayer_id: Mapped[str]
    used_on: Mapped[date]
    operator: Mapped[str]
    handling_kind: Mapped[str]
    handling_purpose: Mapped[str]


class Town(Numbered, Base):
    """One town (町字) of the address dictionary with the days between which it exists."""

    __tablename__ = "ltc_town"
    town_code: Mapped[str]
    town_name: Mapped[str]
    postal_code: Mapped[str]
    effective_since: Mapped[date]
    effective_through: Mapped[date | None]


class MailingAddress(Numbered, Base):
    __tablename__ = "ltc_mailing_address"
    taxpayer_id: Mapped[str]
    related_tax: Mapped[str]
    recipient_name: Mapped[str | None]
    mailing_address: Mapped[str]
    mailing_reason: Mapped[str]
    mailing_priority: Mapped[int]
    effective_since: Mapped[date]
    effective_through: Mapped[date | None]


class Agent(Numbered, Base):
    """Somebody who acts or receives for the person: by statute, by court or by mandate."""

    __tablename__ = "ltc_agent"
    taxpayer_id: Mapped[str]
    related_tax: Mapped[str]
    agent_kind: Mapped[str]
    recipient_name: Mapped[str]
    mailing_address: Mapped[str]
    agent_title: Mapped[str | None]
    is_empowered: Mapped[bool]
    telecom_value: Mapped[str | None]
    effective_since: Mapped[date]
    effective_through: Mapped[date | None]


class Contact(Numbered, Base):
    __tablename__ = "ltc_contact"
    taxpayer_id: Mapped[str]
    telecom_kind: Mapped[str]
    telecom_value: Mapped[str]
    is_telecom_forbidden: Mapped[bool]


class RefundAccount(Numbered, Base):
    __tablename__ = "ltc_refund_account"
    taxpayer_id: Mapped[str]
    account_source: Mapped[str]
    bank_code: Mapped[str]
    branch_code: Mapped[str]
    account_number: Mapped[str]
    account_holder_kana: Mapped[str]


class ReturnedMail(Numbered, Base):
    __tablename__ = "ltc_returned_mail"
    taxpayer_id: Mapped[str]
    returned_on: Mapped[date]
    return_reason: Mapped[str]
    investigation_result: Mapped[str | None]


class SupportNotice(Numbered, Base):
    """A notice of support measures from the resident register, received and waiting to be taken in."""

    __tablename__ = "ltc_support_notice"
    taxpayer_id: Mapped[str]
    measure_from: Mapped[date]
    measure_through: Mapped[date]


class SupportPeriod(Numbered, Base):
    __tablename__ = "ltc_support_period"
    taxpayer_id: Mapped[str]
    measure_from: Mapped[date]
    measure_through: Mapped[date]


class SupportLift(Numbered, Base):
    """A temporary lift: between two moments and for so many times, whichever ends first."""

    __tablename__ = "ltc_support_lift"
    taxpayer_id: Mapped[str]
    lifted_process: Mapped[str]
    lift_from: Mapped[str]
    lift_through: Mapped[str]
    lift_allowance: Mapped[int]
    lift_spent: Mapped[int]
    lift_reason: Mapped[str]
    lifted_by: Mapped[str]


class Relation(Numbered, Base):
    __tablename__ = "ltc_relation"
    taxpayer_id: Mapped[str]
    related_taxpayer_id: Mapped[str]
    relation_kind: Mapped[str]


class Restraint(Numbered, Base):
    __tablename__ = "ltc_restraint"
    taxpayer_id: Mapped[str]
    restrained_process: Mapped[str]
    restraint_strength: Mapped[str]
    restraint_reason: Mapped[str]
    effective_since: Mapped[date]
    effective_through: Mapped[date | None]
    released_on: Mapped[date | None]
    released_by: Mapped[str | None]
    release_reason: Mapped[str | None]


class TaxRelation(Numbered, Base):
    """A tax tells that it has (or no longer has) something on this person, and under which number."""

    __tablename__ = "ltc_tax_relation"
    taxpayer_id: Mapped[str]
    related_tax: Mapped[str]
    ledger_reference: Mapped[str]
    is_tax_current: Mapped[bool]


class SavedSearch(Numbered, Base):
    __tablename__ = "ltc_saved_search"
    operator: Mapped[str]
    condition_name: Mapped[str]
    search_text: Mapped[str]


class Memo(Numbered, Base):
    __tablename__ = "ltc_memo"
    taxpayer_id: Mapped[str]
    related_tax: Mapped[str]
    remark_text: Mapped[str]
    remark_audience: Mapped[str]
    effective_through: Mapped[date | None]
    written_by: Mapped[str]


def rows(desk: Desk, table: Any, **where: Any) -> list[Any]:
    """The municipality's rows of a numbered table with these values, oldest first."""
    return kept(desk.session, table, desk.id, **where)


def add(desk: Desk, table: Any, **columns: Any) -> Any:
    """A new row of the municipality, already numbered."""
    row = table(tenant=desk.id, **columns)
    desk.session.add(row)
    desk.session.flush()
    return row


def holds_on(row: Any, day: date) -> bool:
    """Both ends belong to the period; an open end never ends."""
    return bool(row.effective_since <= day and (row.effective_through is None or day <= row.effective_through))


_LAST_SERIAL = select(func.max(SharedNumber.serial)).where(SharedNumber.tenant == bindparam("at"))


def last_serial(desk: Desk) -> int:
    return scalar(desk.session, _LAST_SERIAL, {"at": desk.id})

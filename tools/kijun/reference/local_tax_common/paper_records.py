"""Tables of printing: finished prints, what overflowed, who confirmed, who signs, what is said, what somebody needs."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.store import Base


class Print(Base):
    """One finished print with its file. No route changes or removes one."""

    __tablename__ = "ltc_print"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    print_number: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str]
    target_id: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]
    operator_role: Mapped[str]
    output_medium: Mapped[str]
    printer: Mapped[str | None]
    tray: Mapped[str | None]
    folio_count: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes]


class Overflow(Base):
    """An item of a print that did not fit its field and was printed whole in smaller lines, after confirmation."""

    __tablename__ = "ltc_print_overflow"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    print_number: Mapped[str] = mapped_column(primary_key=True)
    imprint_item: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str]
    target_id: Mapped[str]
    imprint_capacity: Mapped[int]
    imprint_extent: Mapped[int]


class Capacity(Base):
    """How many full-width characters a field of a document holds."""

    __tablename__ = "ltc_imprint_capacity"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str] = mapped_column(primary_key=True)
    imprint_item: Mapped[str] = mapped_column(primary_key=True)
    imprint_capacity: Mapped[int]


class ConfirmedAlert(Base):
    """Somebody went on after an alert. No route changes or removes one."""

    __tablename__ = "ltc_confirmed_alert"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    operated_on: Mapped[date]
    operator: Mapped[str]
    operator_role: Mapped[str]
    operation_name: Mapped[str]
    advice_kind: Mapped[str]
    target_id: Mapped[str | None]


class Issuer(Base):
    """Who signs from a day on; somebody acting in the place of the office holder only until a day."""

    __tablename__ = "ltc_issuer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    issuer_office: Mapped[str]
    issuer_name: Mapped[str]
    issuer_from: Mapped[date]
    issuer_expires_on: Mapped[date | None]
    is_acting_issuer: Mapped[bool]


class SealChoice(Base):
    __tablename__ = "ltc_official_seal"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str] = mapped_column(primary_key=True)
    official_seal: Mapped[bool]


class Wording(Base):
    """What a document says in a fiscal year beside its items."""

    __tablename__ = "ltc_wording"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    instruction: Mapped[str]
    inquiry_office: Mapped[str]


class PaperNeed(Base):
    """What somebody needs to be able to read the paper."""

    __tablename__ = "ltc_paper_need"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    enclosed_guide: Mapped[str] = mapped_column(primary_key=True)


class MailingCode(Base):
    """Postal code and the digits of the address (住所表示番号) for sorting machines."""

    __tablename__ = "ltc_mailing_code"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    postal_code: Mapped[str]
    address_numerals: Mapped[str]


class OutsourcedPrint(Base):
    """Data handed to a printing firm, and what came back."""

    __tablename__ = "ltc_outsourced_print"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    outsourcing_number: Mapped[str] = mapped_column(primary_key=True)
    document_kind: Mapped[str]
    record_count: Mapped[int]
    rows: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    is_reconciled: Mapped[bool]

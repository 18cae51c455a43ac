"""Operations on the care of forms: who signs, the seal, the words of a year, the codes for the post."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import papers, routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import barcode, findings, issuers, wording
from kijun.reference.local_tax_common.paper_records import MailingCode, SealChoice

router = APIRouter(prefix="/v1")


class NewIssuer(BaseModel):
    issuer_office: str = Field(min_length=1)
    issuer_name: str = Field(min_length=1)
    issuer_from: date


class ActingIssuer(NewIssuer):
    issuer_expires_on: date


class IssuerQuestion(BaseModel):
    issued_on: date


class SealOrder(BaseModel):
    document_kind: str
    official_seal: bool


class NewWording(BaseModel):
    document_kind: str
    fiscal_year: int
    instruction: str = Field(min_length=1)
    inquiry_office: str = Field(min_length=1)
    alert_confirmed: bool = False


class WordingQuestion(BaseModel):
    document_kind: str
    fiscal_year: int


class NewMailingCode(BaseModel):
    taxpayer_id: str
    postal_code: str
    address_numerals: str


class BarcodeQuestion(BaseModel):
    postal_code: str
    address_numerals: str | None = None  # a large office has a postal code of its own and needs no more


def appoint_issuer(desk: Desk, given: NewIssuer) -> dict[str, Any]:
    """発行者の設定"""
    issuers.add(desk, given.issuer_office, given.issuer_name, given.issuer_from, None, is_acting=False)
    return given.model_dump(mode="json")


def appoint_acting_issuer(desk: Desk, given: ActingIssuer) -> dict[str, Any]:
    """職務代理者の設定"""
    issuers.add(
        desk, given.issuer_office, given.issuer_name, given.issuer_from, given.issuer_expires_on, is_acting=True
    )
    return given.model_dump(mode="json")


def get_issuer(desk: Desk, given: IssuerQuestion) -> dict[str, Any]:
    """発行者の照会"""
    found = issuers.in_force(desk, given.issued_on)
    return {"issuer_office": found.post, "issuer_name": found.name, "is_acting_issuer": found.is_acting}


def choose_official_seal(desk: Desk, given: SealOrder) -> dict[str, Any]:
    """公印の設定"""
    papers.find(given.document_kind)
    desk.session.merge(SealChoice(tenant=desk.id, **given.model_dump()))
    return given.model_dump()


def set_wording(desk: Desk, given: NewWording) -> dict[str, Any]:
    """帳票の文言の設定"""
    kind = papers.find(given.document_kind)
    found = wording.check(desk, given.fiscal_year)
    findings.settle(desk, "set_wording", found, given.alert_confirmed)
    wording.put(desk, kind.title, given.fiscal_year, given.instruction, given.inquiry_office)
    return {"document_kind": kind.title, "fiscal_year": given.fiscal_year}


def get_wording(desk: Desk, given: WordingQuestion) -> dict[str, Any]:
    """帳票の文言の照会"""
    found = wording.of_year(desk, given.document_kind, given.fiscal_year)
    if found is None:
        raise Refusal("not_found", f"{given.fiscal_year}年度の文言がありません。帳票の文言の設定を行ってください。")
    return {"instruction": found.instruction, "inquiry_office": found.inquiry_office}


def set_mailing_code(desk: Desk, given: NewMailingCode) -> dict[str, Any]:
    """郵便宛先の設定"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    barcode.characters(given.postal_code, given.address_numerals)
    postal = given.postal_code.replace("-", "")
    desk.session.merge(MailingCode(tenant=desk.id, **{**given.model_dump(), "postal_code": postal}))
    return {"taxpayer_id": given.taxpayer_id}


def encode_customer_barcode(desk: Desk, given: BarcodeQuestion) -> dict[str, Any]:  # noqa: ARG001 - a pure rule
    """カスタマバーコードの作成"""
    found = barcode.text(given.postal_code, given.address_numerals or "")
    return {"customer_barcode": found, "barcode_checksum": found.split(" ")[-1]}


routing.add(router, "/papers/issuers", NewIssuer, appoint_issuer)
routing.add(router, "/papers/issuers/acting", ActingIssuer, appoint_acting_issuer)
routing.add(router, "/papers/issuers", IssuerQuestion, get_issuer, is_query=True)
routing.add(router, "/papers/seals", SealOrder, choose_official_seal)
routing.add(router, "/papers/wordings", NewWording, set_wording)
routing.add(router, "/papers/wordings", WordingQuestion, get_wording, is_query=True)
routing.add(router, "/papers/mailing-codes", NewMailingCode, set_mailing_code)
routing.add(router, "/papers/barcodes", BarcodeQuestion, encode_customer_barcode, is_query=True)

"""Operations on certificates, and on what other offices and reports get."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import certificates, presence, reasons, sharing
from kijun.reference.individual_inhabitant_tax.material_records import IncomeCertificate
from kijun.reference.local_tax_common.person_records import rows

router = APIRouter(prefix="/v1/inhabitant/certificates")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(BaseModel):
    taxpayer_id: str


class CertificateRequest(ByPerson):
    fiscal_year: int
    income_certificate_kind: Literal["income", "taxation", "exemption"]
    undeclared_release_reason: str | None = None


class Voiding(BaseModel):
    income_certificate_number: str
    clerk_reason: str | None = None


class SharingOrder(ByYear):
    intake_scope: Literal["full", "delta"]


def issue_income_certificate(desk: Desk, given: CertificateRequest) -> dict[str, Any]:
    """所得課税証明書の発行"""
    one = certificates.issue(
        desk,
        given.taxpayer_id,
        given.fiscal_year,
        given.income_certificate_kind,
        given.undeclared_release_reason,
    )
    return {
        "income_certificate": certificates.paper(desk, one),
        "income_certificate_number": one.income_certificate_number,
    }


def void_income_certificate(desk: Desk, given: Voiding) -> dict[str, Any]:
    """所得課税証明書の発行の取消"""
    one = certificates.void(desk, given.income_certificate_number, reasons.stated(given.clerk_reason))
    return {"income_certificate_number": one.income_certificate_number}


def list_income_certificates(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """所得課税証明書の発行履歴の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = rows(desk, IncomeCertificate, taxpayer_id=given.taxpayer_id)
    return {"income_certificate_register": [register_line(one) for one in found]}


def register_line(one: IncomeCertificate) -> dict[str, Any]:
    items = (
        *("income_certificate_number", "income_certificate_kind", "fiscal_year", "operator"),
        *("undeclared_release_reason", "clerk_reason"),
    )
    return {
        **{name: getattr(one, name) for name in items},
        "issued_on": one.issued_on.isoformat(),
        "certificate_voided_on": one.certificate_voided_on.isoformat() if one.certificate_voided_on else None,
    }


def offer_kiosk_certificates(desk: Desk, given: ByYear) -> dict[str, Any]:
    """コンビニ交付の証明データの作成"""
    numbers = [one for one, _ in presence.taxable(desk, given.fiscal_year)]
    offered = [one for one in numbers if certificates.may_be_issued_unattended(desk, one, given.fiscal_year)]
    return {"kiosk_certificates": [kiosk_line(desk, one, given.fiscal_year) for one in offered]}


def kiosk_line(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    items = certificates.statements(desk, taxpayer_id, fiscal_year)
    return {"taxpayer_id": taxpayer_id, **{key: items[key] for key in ("overall_income", "annual_levy", "liability")}}


def share_tax_information(desk: Desk, given: SharingOrder) -> dict[str, Any]:
    """課税情報の提供"""
    told = sharing.share(desk, given.fiscal_year, given.intake_scope)
    return {"shared_count": len(told), "tax_information": told}


def summarize_liability(desk: Desk, given: ByYear) -> dict[str, Any]:
    """課税の区分の集計の照会"""
    return {"liability_summary": sharing.by_liability(sharing.outcomes(desk, given.fiscal_year))}


def summarize_prefectural_levy(desk: Desk, given: ByYear) -> dict[str, Any]:
    """道府県民税と森林環境税の集計"""
    found = sharing.outcomes(desk, given.fiscal_year)
    return {"prefectural_levy_total": sharing.prefectural_total(found), "forest_tax_total": sharing.forest_total(found)}


routing.add(router, "", CertificateRequest, issue_income_certificate)
routing.add(router, "/voided", Voiding, void_income_certificate)
routing.add(router, "/register", ByPerson, list_income_certificates, is_query=True)
routing.add(router, "/kiosk", ByYear, offer_kiosk_certificates, is_query=True)
routing.add(router, "/shared", SharingOrder, share_tax_information)
routing.add(router, "/summaries/liability", ByYear, summarize_liability, is_query=True)
routing.add(router, "/summaries/prefecture", ByYear, summarize_prefectural_levy, is_query=True)

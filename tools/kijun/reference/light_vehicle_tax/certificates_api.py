"""Operations on payments and the certificates that depend on them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    certificates,
    documents,
    forms,
    ledger,
    payments,
    plate_forms,
    plate_settlement,
)
from kijun.reference.light_vehicle_tax.plate_records import IssuedCertificate
from kijun.reference.light_vehicle_tax.records import LedgerEvent

router = APIRouter(prefix="/v1")


def record_payment(desk: Desk, given: forms.PaymentNote) -> dict[str, Any]:
    """納付の記録"""
    payments.record_payment(
        desk, given.vehicle_id, given.fiscal_year, given.paid_on, given.paid_amount, given.payment_means
    )
    return {"vehicle_id": given.vehicle_id}


def issue_tax_certificate(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """納税証明書の発行"""
    event = ledger.latest(desk, given.vehicle_id)
    check_registered(event)
    certificates.check_no_arrears(desk, event)
    year = certificates.certified_year(desk, event)
    certificates.register(desk, given.vehicle_id, "tax", year)
    return {"tax_certificate": tax_certificate(desk, event, year)}


def check_registered(event: LedgerEvent) -> None:
    if event.vehicle_state == "scrapped":
        raise Refusal("conflicting_state", "廃車済みの車両に、継続検査用の納税証明書は発行できません。")


def tax_certificate(desk: Desk, event: LedgerEvent, fiscal_year: int) -> dict[str, Any]:
    """The paper of documents.tax_certificate with what is certified and the expiry this municipality has chosen."""
    return {
        **documents.tax_certificate(desk, event, fiscal_year),
        "expires_on": certificates.expires_on(desk, fiscal_year).isoformat(),
        "certified_state": certificates.certified_state(desk, event, fiscal_year),
    }


def set_certificate_expiry(desk: Desk, given: plate_forms.ExpiryRule) -> dict[str, Any]:
    """証明の有効期限の設定"""
    plate_settlement.choice(desk).expiry_rule = given.expiry_rule
    return {"expiry_rule": given.expiry_rule}


def list_certificates(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """証明発行記録の照会"""
    ledger.latest(desk, given.vehicle_id)
    return {"certificate_register": [register_line(one) for one in certificates.issued(desk, given.vehicle_id)]}


def register_line(one: IssuedCertificate) -> dict[str, Any]:
    return {
        "certified_on": one.certified_on.isoformat(),
        "certificate_kind": one.certificate_kind,
        "vehicle_id": one.vehicle_id,
        "fiscal_year": one.fiscal_year,
        "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        "operator_role": one.operator_role,
        "is_reissue": one.is_reissue,
    }


def settle_certificate_mailings(desk: Desk, given: forms.ByYear) -> dict[str, Any]:
    """証明書送付対象の確定"""
    found = certificates.mailings(desk, given.fiscal_year)
    for one in found:
        certificates.register(desk, one.vehicle_id, "tax", given.fiscal_year, by_mail=True)
    return {
        "count": len(found),
        "certificate_mailings": [mailing_line(desk, one, given.fiscal_year) for one in found],
    }


def mailing_line(desk: Desk, event: LedgerEvent, fiscal_year: int) -> dict[str, Any]:
    return {
        "vehicle_id": event.vehicle_id,
        "taxpayer_id": event.taxpayer_id,
        "name": taxpayers.taxpayer(desk, event.taxpayer_id).name,
        "expires_on": certificates.expires_on(desk, fiscal_year).isoformat(),
    }


routing.add(router, "/payments", forms.PaymentNote, record_payment)
routing.add(router, "/certificates", forms.ByVehicle, issue_tax_certificate)
routing.add(router, "/certificates", forms.ByVehicle, list_certificates, is_query=True)
routing.add(router, "/certificates/expiry-rules", plate_forms.ExpiryRule, set_certificate_expiry)
routing.add(router, "/certificates/mailings", forms.ByYear, settle_certificate_mailings)

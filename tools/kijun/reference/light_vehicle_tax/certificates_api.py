"""Operations on payments and the certificates that depend on them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, documents, forms, ledger, payments

router = APIRouter(prefix="/v1")


def record_payment(desk: Desk, given: forms.PaymentNote) -> dict[str, Any]:
    """納付の記録"""
    payments.record_payment(desk, given.vehicle_id, given.fiscal_year, given.paid_on, given.paid_amount)
    return {"vehicle_id": given.vehicle_id}


def issue_tax_certificate(desk: Desk, given: forms.ByVehicle) -> dict[str, Any]:
    """納税証明書の発行"""
    event = ledger.latest(desk, given.vehicle_id)
    assessed = assessment.of_vehicle(desk, given.vehicle_id)
    if not assessed:
        raise Refusal("not_found", "この車両の賦課はありません。")
    unpaid = payments.unpaid_years(desk, given.vehicle_id)
    if unpaid:
        raise Refusal("unpaid", f"{'、'.join(map(str, unpaid))}年度分に未納があります。")
    return {"tax_certificate": documents.tax_certificate(desk, event, assessed[-1].fiscal_year)}


routing.add(router, "/payments", forms.PaymentNote, record_payment)
routing.add(router, "/certificates", forms.ByVehicle, issue_tax_certificate)

"""Overpayments left by corrections, as the collection side (収納管理) is told of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, corrections, payments, reductions
from kijun.reference.light_vehicle_tax.levy_records import HandedOverpayment
from kijun.reference.light_vehicle_tax.records import Assessment, Payment


def hand_over(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Every overpayment of the year that the collection side does not know yet; one that is gone comes as nil."""
    found = [(one, corrections.overpaid(desk, one)) for one in paid_assessments(desk, fiscal_year)]
    news = [(one, yen) for one, yen in found if yen != known(desk, one)]
    for one, yen in news:
        keep(desk, one, yen)
    desk.session.flush()
    return [line(desk, one, yen) for one, yen in news]


def paid_assessments(desk: Desk, fiscal_year: int) -> list[Assessment]:
    question = select(Payment.vehicle_id).where(Payment.tenant == desk.id, Payment.fiscal_year == fiscal_year)
    paid = set(desk.session.scalars(question))
    return [one for one in assessment.of_year(desk, fiscal_year) if one.vehicle_id in paid]


def known(desk: Desk, one: Assessment) -> int:
    """What the collection side was last told."""
    before = desk.session.get(HandedOverpayment, (desk.id, one.vehicle_id, one.fiscal_year))
    return before.overpaid_amount if before else 0


def keep(desk: Desk, one: Assessment, yen: int) -> None:
    desk.session.merge(
        HandedOverpayment(tenant=desk.id, vehicle_id=one.vehicle_id, fiscal_year=one.fiscal_year, overpaid_amount=yen)
    )


# 地方税法17条の4: the interest on what is given back counts from the day after the payment, not from the correction
def line(desk: Desk, one: Assessment, yen: int) -> dict[str, Any]:
    return {
        "vehicle_id": one.vehicle_id,
        "taxpayer_id": one.taxpayer_id,
        "fiscal_year": one.fiscal_year,
        "paid_amount": payments.paid_amount(desk, one.vehicle_id, one.fiscal_year),
        "payable_amount": reductions.payable_amount(desk, one),
        "overpaid_amount": yen,
        "paid_on": last_payment(desk, one).paid_on.isoformat(),
    }


def last_payment(desk: Desk, one: Assessment) -> Payment:
    return payments.payments_of(desk, one.vehicle_id, one.fiscal_year)[-1]

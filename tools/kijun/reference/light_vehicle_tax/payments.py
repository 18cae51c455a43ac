"""Payments noted against a vehicle and year, and what is still owed."""

from __future__ import annotations

from datetime import date

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, reductions
from kijun.reference.light_vehicle_tax.records import Assessment, Payment
from kijun.reference.store import kept, next_number

CASHLESS = frozenset({"account_transfer", "electronic"})


def record_payment(
    desk: Desk, vehicle_id: str, fiscal_year: int, paid_on: date, amount: int, means: str | None = None
) -> None:
    assessment.required(desk, vehicle_id, fiscal_year)
    if amount <= 0:
        raise Refusal("invalid_value", "納付額は1円以上です。")
    number = next_number(desk.session, Payment, desk.id)
    desk.session.add(
        Payment(
            tenant=desk.id,
            number=number,
            vehicle_id=vehicle_id,
            fiscal_year=fiscal_year,
            paid_on=paid_on,
            paid_amount=amount,
            payment_means=means,
        )
    )


def payments_of(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Payment]:
    return kept(desk.session, Payment, desk.id, vehicle_id=vehicle_id, fiscal_year=fiscal_year)


def paid_amount(desk: Desk, vehicle_id: str, fiscal_year: int) -> int:
    return sum(one.paid_amount for one in payments_of(desk, vehicle_id, fiscal_year))


def is_cashless(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    """Whether the last payment left no stamped slip with the payer: by account or electronically."""
    found = payments_of(desk, vehicle_id, fiscal_year)
    return bool(found) and found[-1].payment_means in CASHLESS


def unpaid_years(desk: Desk, vehicle_id: str) -> list[int]:
    """Every year, former ones too, in which something is still owed for the vehicle."""
    return [one.fiscal_year for one in assessment.of_vehicle(desk, vehicle_id) if is_unpaid(desk, one)]


def is_unpaid(desk: Desk, one: Assessment) -> bool:
    return paid_amount(desk, one.vehicle_id, one.fiscal_year) < reductions.payable_amount(desk, one)

"""Rates a municipality sets by ordinance instead of the standard ones, from a fiscal year on."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rates, rules
from kijun.reference.store import Base, scalar


class OrdinanceRate(Base):
    """The standard amount of one class by ordinance; holds until a later one takes its place."""

    __tablename__ = "lvt_ordinance_rate"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    vehicle_class: Mapped[str] = mapped_column(primary_key=True)
    tax_amount: Mapped[int]
    ordinance_article: Mapped[str]


_OWN_RATES = select(func.count()).select_from(OrdinanceRate).where(OrdinanceRate.tenant == bindparam("at"))


def set_rate(desk: Desk, fiscal_year: int, vehicle_class: str, yen: int, article: str) -> None:
    """Raises Refusal above the ceiling and for a class without a standard rate in that year."""
    standard = rates.rates_of(rules.checked_year(fiscal_year)).standard
    if vehicle_class not in standard:
        raise Refusal("invalid_value", "この種別の標準税率は、その年度の税率表にありません。")
    if not 0 < yen <= ceiling(standard[vehicle_class]):
        most = ceiling(standard[vehicle_class])
        raise Refusal("invalid_value", f"条例の税率は1円以上{most:,}円（標準税率の1.5倍）以下にしてください。")
    desk.session.merge(
        OrdinanceRate(
            tenant=desk.id,
            fiscal_year=fiscal_year,
            vehicle_class=vehicle_class,
            tax_amount=yen,
            ordinance_article=article,
        )
    )


# 地方税法463条の15第2項（制限税率）
def ceiling(standard: int) -> int:
    return standard * 3 // 2


def standard_amounts(desk: Desk, fiscal_year: int) -> dict[str, int]:
    """The standard schedule of the year with the ordinance's amounts in place of the law's."""
    question = select(OrdinanceRate).where(OrdinanceRate.tenant == desk.id, OrdinanceRate.fiscal_year <= fiscal_year)
    amounts = dict(rates.rates_of(fiscal_year).standard)
    for one in desk.session.scalars(question.order_by(OrdinanceRate.fiscal_year)):
        amounts[one.vehicle_class] = one.tax_amount
    return amounts


def annual_amount(desk: Desk, vehicle: rules.Vehicle, fiscal_year: int) -> rules.Amount:
    """The annual amount in this municipality. Raises Refusal as rules.annual_amount does."""
    amount = rules.annual_amount(vehicle, fiscal_year)
    if amount.rate_category != "standard" or not has_own_rates(desk):
        return amount
    return rules.Amount("standard", standard_amounts(desk, fiscal_year)[vehicle.vehicle_class])


def has_own_rates(desk: Desk) -> bool:
    return scalar(desk.session, _OWN_RATES, {"at": desk.id}) > 0

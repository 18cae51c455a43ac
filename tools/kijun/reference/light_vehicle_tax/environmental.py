"""環境性能割, which the prefecture levies for the municipality: declarations, remittances, reductions."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import intake
from kijun.reference.light_vehicle_tax.option_records import EnvironmentalDeclaration, Remittance
from kijun.reference.store import next_number

# 令和8年度税制改正による廃止とされる日（確度B。公式の本文と未照合）
ABOLISHED_ON = date(2026, 4, 1)
_CONTENT = ("chassis_number", "plate_number", "acquired_on", "acquisition_value", "environmental_tax_amount")


def receive(desk: Desk, items: dict[str, Any]) -> EnvironmentalDeclaration:
    """One declaration as the prefecture told it; a corrected amount is a further one. Raises Refusal."""
    if is_abolished(items["acquired_on"]):
        raise Refusal(
            "invalid_value", "取得日が令和8年4月1日以後です。環境性能割は課されないため、送り手に確かめてください。"
        )
    if is_known(desk, items):
        raise Refusal("duplicate", "同じ内容の環境性能割の申告情報を、すでに受け取っています。")
    number = f"E{next_number(desk.session, EnvironmentalDeclaration, desk.id):08d}"
    undecided = dict.fromkeys(("decision", "decision_reason", "decided_on", "exported_on"))
    added = EnvironmentalDeclaration(tenant=desk.id, environmental_declaration_id=number, **items, **undecided)
    desk.session.add(added)
    desk.session.flush()
    return added


def is_abolished(acquired_on: date) -> bool:
    return acquired_on >= ABOLISHED_ON


def is_known(desk: Desk, items: dict[str, Any]) -> bool:
    return any(all(getattr(one, item) == items[item] for item in _CONTENT) for one in every(desk))


def every(desk: Desk) -> list[EnvironmentalDeclaration]:
    question = select(EnvironmentalDeclaration).where(EnvironmentalDeclaration.tenant == desk.id)
    return list(desk.session.scalars(question.order_by(EnvironmentalDeclaration.environmental_declaration_id)))


def vehicle_of(desk: Desk, one: EnvironmentalDeclaration) -> str | None:
    """The vehicle of the ledger it belongs to; none while the vehicle is not registered."""
    event = intake.matching_vehicle(desk, one.chassis_number, one.plate_number)
    return event.vehicle_id if event else None


def remit(desk: Desk, items: dict[str, Any]) -> Remittance:
    number = next_number(desk.session, Remittance, desk.id)
    added = Remittance(tenant=desk.id, number=number, **items)
    desk.session.add(added)
    desk.session.flush()
    return added


def remittances(desk: Desk, fiscal_year: int) -> list[Remittance]:
    question = select(Remittance).where(Remittance.tenant == desk.id, Remittance.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question.order_by(Remittance.number)))


def decide(desk: Desk, number: str, decision: str, reason: str) -> EnvironmentalDeclaration:
    """Decide on the reduction once."""
    one = desk.session.get(EnvironmentalDeclaration, (desk.id, number))
    if one is None:
        raise Refusal("not_found", "その申告番号の環境性能割の申告情報はありません。")
    if one.decision is not None:
        raise Refusal("conflicting_state", "この申告の減免は、すでに決定されています。")
    one.decision, one.decision_reason, one.decided_on = decision, reason, desk.today
    return one


def export(desk: Desk) -> list[EnvironmentalDeclaration]:
    """Every decision the prefecture does not know yet, approved or rejected; it is told once."""
    found = [one for one in every(desk) if is_untold(one)]
    for one in found:
        one.exported_on = desk.today
    return found


def is_untold(one: EnvironmentalDeclaration) -> bool:
    return one.decision is not None and one.exported_on is None

"""The settings of 課税区分 of a vehicle, each with its reason and day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax.records import CategoryEvent


def stack(desk: Desk, vehicle_id: str, taxation_category: str, reason: str, day: date) -> CategoryEvent:
    """Keep one more setting; the former ones stay."""
    added = CategoryEvent(
        tenant=desk.id,
        vehicle_id=vehicle_id,
        history_number=len(settings(desk, vehicle_id)) + 1,
        taxation_category=taxation_category,
        category_reason=reason,
        event_on=day,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def settings(desk: Desk, vehicle_id: str) -> list[CategoryEvent]:
    """All settings, oldest first."""
    question = select(CategoryEvent).where(CategoryEvent.tenant == desk.id, CategoryEvent.vehicle_id == vehicle_id)
    return list(desk.session.scalars(question.order_by(CategoryEvent.history_number)))

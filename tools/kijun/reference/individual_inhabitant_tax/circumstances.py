"""What is registered of a person for a fiscal year, the registrations since replaced included."""

from __future__ import annotations

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax.records import Circumstance


def of_year(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Circumstance]:
    """Every registration of the year, in the order of entry; the last one is what the computation goes by."""
    question = select(Circumstance).where(
        Circumstance.tenant == desk.id, Circumstance.taxpayer_id == taxpayer_id, Circumstance.fiscal_year == fiscal_year
    )
    return list(desk.session.scalars(question.order_by(Circumstance.circumstance_id)))

"""Which figures of a person's dossiers the levy is computed from."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax.records import Dossier


def of_person(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Dossier]:
    """The dossiers of one person and fiscal year, in the order of their arrival."""
    question = select(Dossier).where(
        Dossier.tenant == desk.id, Dossier.taxpayer_id == taxpayer_id, Dossier.fiscal_year == fiscal_year
    )
    return list(desk.session.scalars(question.order_by(Dossier.dossier_id)))


def adopted(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    """What the levy is computed from: amounts of all dossiers added up, other statements as said last."""
    figures: dict[str, Any] = {}
    for one in of_person(desk, taxpayer_id, fiscal_year):
        for key, value in one.figures.items():
            is_amount = isinstance(value, int) and not isinstance(value, bool)
            figures[key] = figures.get(key, 0) + value if is_amount else value
    return figures

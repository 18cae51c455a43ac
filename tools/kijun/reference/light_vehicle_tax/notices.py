"""Tax notices: one live notice per vehicle with something to pay, withdrawn when the amount is no longer right."""

from __future__ import annotations

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, reductions
from kijun.reference.light_vehicle_tax.records import Notice
from kijun.reference.store import count_rows


def issue_notices(desk: Desk, fiscal_year: int) -> int:
    """One notice per vehicle with something to pay; a vehicle that has a live notice gets no second one."""
    live = {one.vehicle_id for one in notices(desk, fiscal_year) if not one.is_withdrawn}
    due = [
        one
        for one in assessment.of_year(desk, fiscal_year)
        if reductions.payable_amount(desk, one) > 0 and one.vehicle_id not in live
    ]
    for one in due:
        desk.session.add(
            Notice(
                tenant=desk.id,
                notice_number=f"N{count_rows(desk.session, Notice, desk.id) + 1:08d}",
                vehicle_id=one.vehicle_id,
                fiscal_year=fiscal_year,
                payable_amount=reductions.payable_amount(desk, one),
                is_withdrawn=False,
            )
        )
        desk.session.flush()
    return len(due)


def notices(desk: Desk, fiscal_year: int) -> list[Notice]:
    question = select(Notice).where(Notice.tenant == desk.id, Notice.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question.order_by(Notice.notice_number)))


def withdraw_notices(desk: Desk, vehicle_id: str, fiscal_year: int) -> None:
    """A notice with the amount before the reduction must not leave the building."""
    for one in notices(desk, fiscal_year):
        if one.vehicle_id == vehicle_id:
            one.is_withdrawn = True

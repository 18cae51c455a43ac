"""Tax notices: one live notice per vehicle with something to pay, withdrawn when the amount is no longer right."""

from __future__ import annotations

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, postings, reductions
from kijun.reference.light_vehicle_tax.records import Assessment, Notice
from kijun.reference.store import kept, next_number


def issue_notices(desk: Desk, fiscal_year: int) -> int:
    """One notice per vehicle with something to pay; a vehicle that has a live notice gets no second one."""
    live = {one.vehicle_id for one in notices(desk, fiscal_year) if not one.is_withdrawn}
    reduced = reductions.reduced_vehicles(desk, fiscal_year)
    number = next_number(desk.session, Notice, desk.id)
    added: list[Notice] = []
    for one in assessment.of_year(desk, fiscal_year):
        payable = reductions.payable_amount(desk, one) if one.vehicle_id in reduced else one.tax_amount
        if payable > 0 and one.vehicle_id not in live:
            added.append(notice(desk, one, payable, number + len(added)))
    desk.session.add_all(added)
    desk.session.flush()
    return len(added)


def notice(desk: Desk, one: Assessment, payable: int, number: int) -> Notice:
    return Notice(
        tenant=desk.id,
        notice_number=f"N{number:08d}",
        vehicle_id=one.vehicle_id,
        fiscal_year=one.fiscal_year,
        payable_amount=payable,
        is_withdrawn=False,
    )


def live_notice(desk: Desk, vehicle_id: str, fiscal_year: int) -> Notice | None:
    """The notice of this vehicle and year that is to be sent."""
    return next((one for one in reversed(of_vehicle(desk, vehicle_id, fiscal_year)) if not one.is_withdrawn), None)


def of_vehicle(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Notice]:
    return kept(desk.session, Notice, desk.id, fiscal_year=fiscal_year, vehicle_id=vehicle_id)


def notices(desk: Desk, fiscal_year: int) -> list[Notice]:
    return kept(desk.session, Notice, desk.id, fiscal_year=fiscal_year)


def withdraw_notices(desk: Desk, vehicle_id: str, fiscal_year: int) -> None:
    """A notice with the amount before must not leave the building; one that has left cannot be pulled out."""
    gone = postings.posted_numbers(desk)
    for one in of_vehicle(desk, vehicle_id, fiscal_year):
        one.is_withdrawn = one.is_withdrawn or one.notice_number not in gone

"""Between printing and posting: pulling out notices that no longer tell the truth, and what has been posted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import (
    addressing,
    assessment,
    ledger,
    notices,
    ordinance,
    postings,
    reductions,
    rules,
)
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent, Notice
from kijun.reference.local_tax_common import protection
from kijun.reference.local_tax_common.person_records import SupportPeriod
from kijun.reference.store import Taxpayer


def record_postings(desk: Desk, fiscal_year: int, posted_on: date) -> int:
    """Note every live notice of the year that may be sent as posted, once. Raises Refusal for a day to come."""
    ledger.check_not_future(desk, posted_on, "発送日")
    waiting = mailable(desk, fiscal_year)
    desk.session.add_all(
        postings.Posting(tenant=desk.id, notice_number=one.notice_number, posted_on=posted_on) for one in waiting
    )
    return len(waiting)


def unposted(desk: Desk, fiscal_year: int) -> list[Notice]:
    """Live notices that are still in the building."""
    gone = postings.posted_numbers(desk)
    found = notices.notices(desk, fiscal_year)
    return [one for one in found if not one.is_withdrawn and one.notice_number not in gone]


def unmailable(desk: Desk, fiscal_year: int) -> list[tuple[Notice, str]]:
    """Notices still in the building that must not be sent, each with the number of the person."""
    people = addressing.stopped_people(desk)
    owners = addressing.owners_of(desk, fiscal_year)
    waiting = unposted(desk, fiscal_year)
    return [(one, owners[one.vehicle_id]) for one in waiting if owners[one.vehicle_id] in people]


def mailable(desk: Desk, fiscal_year: int) -> list[Notice]:
    """Notices still in the building that may be sent."""
    kept = {one.notice_number for one, _ in unmailable(desk, fiscal_year)}
    return [one for one in unposted(desk, fiscal_year) if one.notice_number not in kept]


def reconcile(desk: Desk, fiscal_year: int) -> list[tuple[Notice, str]]:
    """Withdraw every unposted notice that the ledger of today contradicts; returns them with the ground."""
    rules.checked_year(fiscal_year)
    assessed = {one.vehicle_id: one for one in assessment.of_year(desk, fiscal_year)}
    waiting = {one.vehicle_id: one for one in unposted(desk, fiscal_year)}
    judge = Judge(desk, fiscal_year)
    found = [
        (waiting[vehicle_id], ground)
        for vehicle_id, past in ledger.all_events(desk)
        if vehicle_id in waiting
        and (ground := judge.contradiction(past, waiting[vehicle_id], assessed[vehicle_id])) is not None
    ]
    for one, _ in found:
        one.is_withdrawn = True
    return found


class Judge:
    """Compares notices with the ledger of today; asks one by one only about vehicles with something special."""

    def __init__(self, desk: Desk, fiscal_year: int) -> None:
        self.desk, self.fiscal_year = desk, fiscal_year
        self.special = assessment.special_vehicles(desk)
        self.reduced = reductions.reduced_vehicles(desk, fiscal_year)
        self.amounts: dict[rules.Vehicle, int] = {}

    def contradiction(self, past: list[LedgerEvent], notice: Notice, one: Assessment) -> str | None:
        """Why the notice must not be posted, or None when it still tells the truth."""
        state = assessment.liable_state(past, self.fiscal_year)
        if state is None:
            return "not_registered_on_day"
        if one.vehicle_id in self.special and not assessment.is_assessable(self.desk, one.vehicle_id, self.fiscal_year):
            return "not_taxable"
        if state.taxpayer_id != one.taxpayer_id:
            return "other_taxpayer"
        return None if self.payable(state, one) == notice.payable_amount else "other_amount"

    def payable(self, state: LedgerEvent, one: Assessment) -> int | None:
        """What the ledger of today asks for; None when it can no longer tell, or asks for nothing any more."""
        if assessment.is_stopped(state):
            return None
        vehicle = ledger.vehicle_of(state)
        if vehicle not in self.amounts:
            self.amounts[vehicle] = ordinance.annual_amount(self.desk, vehicle, self.fiscal_year).tax_amount
        is_relieved = one.vehicle_id in self.reduced and reductions.payable_amount(self.desk, one) == 0
        return None if is_relieved else self.amounts[vehicle]


def replace_after_correction(desk: Desk, before: tuple[int, str], one: Assessment) -> None:
    """A correction that changes amount or taxpayer takes the printed notice out; the next run makes the right one."""
    if before != (one.tax_amount, one.taxpayer_id):
        notices.withdraw_notices(desk, one.vehicle_id, one.fiscal_year)


def protected(desk: Desk, fiscal_year: int) -> list[tuple[Notice, str]]:
    """Unposted notices to people under support measures, with the number of the person and nothing else of them."""
    people = protected_people(desk)
    owners = {one.vehicle_id: one.taxpayer_id for one in assessment.of_year(desk, fiscal_year)}
    waiting = unposted(desk, fiscal_year)
    return [(one, owners[one.vehicle_id]) for one in waiting if owners[one.vehicle_id] in people]


def protected_people(desk: Desk) -> set[str]:
    """Everybody whose address must not go out today; only those ever flagged have to be asked about."""
    mine = (Taxpayer.tenant == desk.id,)
    flagged = set(desk.session.scalars(select(Taxpayer.taxpayer_id).where(*mine, Taxpayer.support_measure)))
    flagged |= set(desk.session.scalars(select(SupportPeriod.taxpayer_id).where(SupportPeriod.tenant == desk.id)))
    question = select(Taxpayer.absorbed_by).where(*mine, Taxpayer.taxpayer_id.in_(flagged))
    kept = {number for number in desk.session.scalars(question) if number is not None}
    return {one for one in flagged | kept if protection.measure_holds(desk, taxpayers.taxpayer(desk, one))}

"""Notices of employment changes that come in electronically: each one taken in, held with a reason, or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import changes_api, collectors, employers, matching
from kijun.reference.local_tax_common.person_records import Numbered, rows
from kijun.reference.store import Base, Taxpayer, find


class ElectronicChange(Numbered, Base):
    """A notice as the employer sent it, and what became of it."""

    __tablename__ = "iit_electronic_change"
    fiscal_year: Mapped[int]
    change_reception: Mapped[str]
    designation_number: Mapped[str]
    addressee_name: Mapped[str]
    birth_date: Mapped[date]
    employment_change: Mapped[str]
    employment_changed_on: Mapped[date]
    change_notified_on: Mapped[date]
    lump_sum_requested: Mapped[bool]
    is_pay_sufficient: Mapped[bool]
    next_designation: Mapped[str | None]
    intake_state: Mapped[str]
    change_hold_reason: Mapped[str | None]
    taxpayer_id: Mapped[str | None]


def take_in(desk: Desk, fiscal_year: int) -> list[ElectronicChange]:
    """Settle every notice of the year not yet settled, in the order of their arrival."""
    waiting = rows(desk, ElectronicChange, fiscal_year=fiscal_year, intake_state="unprocessed")
    for one in waiting:
        settle(desk, one)
    desk.session.flush()
    return waiting


def settle(desk: Desk, one: ElectronicChange) -> None:
    if is_repeated(one, rows(desk, ElectronicChange, fiscal_year=one.fiscal_year)):
        one.intake_state = "discarded"
        return
    one.taxpayer_id, reason = employee(desk, one)
    if reason is None and not has_successor(desk, one):
        reason = "successor_not_designated"
    if reason is not None:
        one.intake_state, one.change_hold_reason = "held", reason
        return
    apply(desk, one)
    one.intake_state = "entered"


def is_repeated(one: ElectronicChange, known: Sequence[ElectronicChange]) -> bool:
    """Whether the employer's same notice came in before."""
    key = (one.designation_number, one.change_reception)
    return any((other.designation_number, other.change_reception) == key and other.id < one.id for other in known)


def employee(desk: Desk, one: ElectronicChange) -> tuple[str | None, str | None]:
    """The one person the employer withholds from, or else the reason why a clerk has to decide."""
    alike = [person for person in matching.namesakes(desk, one.addressee_name) if is_born_so(person, one)]
    if not alike:
        return None, "nobody_found"
    theirs = {levy.taxpayer_id for levy, _ in collectors.employees(desk, one.designation_number, one.fiscal_year)}
    here = [person.taxpayer_id for person in alike if person.taxpayer_id in theirs]
    if not here:
        return None, "withheld_elsewhere"
    return (here[0], None) if len(here) == 1 else (None, "unclear_person")


def is_born_so(person: Taxpayer, one: ElectronicChange) -> bool:
    return matching.is_born_on(person, one.birth_date)


def has_successor(desk: Desk, one: ElectronicChange) -> bool:
    """Whether the next employer, if one is named, can be told to withhold."""
    if one.next_designation is None:
        return True
    found = find(desk.session, employers.Employer, desk.id, one.next_designation)
    return found is not None and employers.may_withhold(found)


# 地方税法321条の5第3項、321条の7
def apply(desk: Desk, one: ElectronicChange) -> None:
    """The same as for a notice on paper."""
    items = ("fiscal_year", "employment_change", "employment_changed_on", "change_notified_on", "lump_sum_requested")
    said = {name: getattr(one, name) for name in (*items, "is_pay_sufficient", "next_designation", "taxpayer_id")}
    changes_api.notify_employment_change(desk, changes_api.EmploymentChange(**said))

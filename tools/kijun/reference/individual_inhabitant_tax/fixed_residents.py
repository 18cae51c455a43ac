"""Residents as they were on the assessment day, kept apart from whatever is notified later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax.presence import assessment_day
from kijun.reference.local_tax_common.person_records import Numbered, ResidentNotice, add, rows
from kijun.reference.store import Base


class FixedResident(Numbered, Base):
    """A resident as of the assessment day. Fixing anew adds a row; the former one stays and is current no more."""

    __tablename__ = "iit_fixed_resident"
    resident_number: Mapped[str]
    fiscal_year: Mapped[int]
    fixed_on: Mapped[date]
    addressee_name: Mapped[str]
    address: Mapped[str]
    household_number: Mapped[str | None]
    is_current: Mapped[bool]


@dataclass(frozen=True, slots=True)
class State:
    """What the levy is based on: name, address and household."""

    addressee_name: str
    address: str
    household_number: str | None


# 地方税法39条、294条、318条
def state_on(notices: Sequence[ResidentNotice], day: date) -> State | None:
    """A resident at the end of a day, by the notices taken in so far; None where none reaches back to it."""
    until = [one for one in notices if one.moved_on <= day]
    last = max(until, key=lambda one: (one.moved_on, one.id), default=None)
    return State(str(last.name), str(last.address), last.household_number) if last else None


def taken(desk: Desk) -> dict[str, list[ResidentNotice]]:
    """The notices the addressees have taken in, by resident."""
    found: dict[str, list[ResidentNotice]] = {}
    for one in rows(desk, ResidentNotice, is_taken=True):
        found.setdefault(one.resident_number, []).append(one)
    return found


def fix(desk: Desk, fiscal_year: int) -> int:
    """Keep every resident who is not kept yet. Returns how many were."""
    day = assessment_day(fiscal_year)
    known = {one.resident_number for one in of_year(desk, fiscal_year)}
    found = {number: state_on(notices, day) for number, notices in taken(desk).items() if number not in known}
    kept = {number: state for number, state in found.items() if state is not None}
    for number, state in kept.items():
        keep(desk, number, fiscal_year, state)
    return len(kept)


def keep(desk: Desk, resident_number: str, fiscal_year: int, state: State) -> None:
    add(
        desk,
        FixedResident,
        resident_number=resident_number,
        fiscal_year=fiscal_year,
        fixed_on=desk.today,
        addressee_name=state.addressee_name,
        address=state.address,
        household_number=state.household_number,
        is_current=True,
    )


def of_year(desk: Desk, fiscal_year: int) -> list[FixedResident]:
    return rows(desk, FixedResident, fiscal_year=fiscal_year, is_current=True)


def history(desk: Desk, resident_number: str, fiscal_year: int) -> list[FixedResident]:
    """All that was kept of a resident and year, oldest first. Raises Refusal where nothing was."""
    found = rows(desk, FixedResident, resident_number=resident_number, fiscal_year=fiscal_year)
    if not found:
        raise Refusal("not_found", "その者の賦課期日の住民情報は固定されていません。固定してから照会してください。")
    return found


def state_of(one: FixedResident) -> State:
    return State(one.addressee_name, one.address, one.household_number)


def to_refix(desk: Desk, fiscal_year: int) -> list[str]:
    """Those of whom something on or before the assessment day came in after they were kept."""
    day, notices = assessment_day(fiscal_year), taken(desk)
    kept = of_year(desk, fiscal_year)
    return [one.resident_number for one in kept if state_on(notices[one.resident_number], day) != state_of(one)]


def refix(desk: Desk, resident_number: str, fiscal_year: int) -> State:
    """Keep the resident anew as of the assessment day."""
    former = history(desk, resident_number, fiscal_year)[-1]
    state = state_on(taken(desk)[resident_number], assessment_day(fiscal_year)) or state_of(former)
    former.is_current = False
    keep(desk, resident_number, fiscal_year, state)
    return state

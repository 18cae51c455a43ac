"""Moves from the resident register, brought into who can be levied; and levies that a move calls into question."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment, departures, presence
from kijun.reference.individual_inhabitant_tax.material_records import Presence
from kijun.reference.local_tax_common import residents
from kijun.reference.local_tax_common.person_records import ResidentNotice, add, rows
from kijun.reference.store import Base, Taxpayer

ARRIVALS = frozenset({"moved_in", "born"})
DEPARTURES = frozenset({"moved_out", "emigrated", "died"})


class ReflectedMove(Base):
    """A notice of the resident register that has been brought into who can be levied."""

    __tablename__ = "iit_reflected_move"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    notice: Mapped[int] = mapped_column(primary_key=True)


@dataclass(frozen=True, slots=True)
class Reflected:
    received: int
    absorbed: int


def reflect(desk: Desk) -> Reflected:
    """Bring in every notice not brought in yet; one whose person is not among the addressees waits."""
    known = {one.notice for one in rows_of_tenant(desk)}
    waiting = [one for one in rows(desk, ResidentNotice) if one.id not in known]
    done = [one for one in waiting if is_ready(one) and take_in(desk, one)]
    for one in done:
        desk.session.add(ReflectedMove(tenant=desk.id, notice=one.id))
    desk.session.flush()
    return Reflected(len(waiting), len(done))


def rows_of_tenant(desk: Desk) -> list[ReflectedMove]:
    return list(desk.session.scalars(select(ReflectedMove).where(ReflectedMove.tenant == desk.id)))


def is_ready(one: ResidentNotice) -> bool:
    """Whether the addressees have taken it in: who is no addressee yet cannot be levied."""
    return one.is_taken


def take_in(desk: Desk, one: ResidentNotice) -> bool:
    person = residents.resident(desk, one.resident_number)
    if person is None:
        return False
    if one.resident_event in ARRIVALS:
        arrive(desk, person, one)
    elif one.resident_event in DEPARTURES:
        return depart(desk, person, one)
    return True


def arrive(desk: Desk, person: Taxpayer, one: ResidentNotice) -> None:
    add(
        desk,
        Presence,
        taxpayer_id=person.taxpayer_id,
        presence_kind="registered_resident",
        present_from=one.moved_on,
        present_until=None,
        other_municipality=None,
    )


def depart(desk: Desk, person: Taxpayer, one: ResidentNotice) -> bool:
    """False where no residence is known that could end."""
    known = rows(desk, Presence, taxpayer_id=person.taxpayer_id)
    if not any(presence.is_open_residence(each) for each in known):
        return False
    departures.end(desk, person.taxpayer_id, one.moved_on, str(one.resident_event))
    return True


# 地方税法24条、39条、294条、318条
def questionable_levies(desk: Desk, fiscal_year: int) -> list[str]:
    """People who are levied and, as is known now, were not here on the assessment day."""
    levied = [one.taxpayer_id for one in assessment.of_year(desk, fiscal_year) if one.annual_levy > 0]
    return [number for number in levied if presence.is_absent(desk, number, fiscal_year)]

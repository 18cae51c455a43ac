"""Employers who withhold the tax (特別徴収義務者): their numbers, their history, when they pay over."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import dues
from kijun.reference.store import Base, find, next_number

MOST_STAFF = 9  # 地方税法321条の5の2: fewer than ten


class Employer(Base):
    """As it stands now; what it was is in its events."""

    __tablename__ = "iit_employer"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    designation_number: Mapped[str] = mapped_column(primary_key=True)
    employer_name: Mapped[str]
    employer_address: Mapped[str]
    employer_phone: Mapped[str]
    is_sole_proprietor: Mapped[bool]
    employer_state: Mapped[str]
    absorbing_designation: Mapped[str | None]
    notice_delivery: Mapped[str]
    delivery_email: Mapped[str | None]
    half_year_from: Mapped[str | None]
    half_year_until: Mapped[str | None]


class EmployerEvent(Base):
    """One change, with name and address after it."""

    __tablename__ = "iit_employer_event"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    designation_number: Mapped[str] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    employer_changed_on: Mapped[date]
    employer_change: Mapped[str]
    employer_name: Mapped[str]
    employer_address: Mapped[str]


def register(desk: Desk, name: str, address: str, phone: str, is_sole_proprietor: bool) -> Employer:
    added = Employer(
        tenant=desk.id,
        designation_number=number_for(next_number(desk.session, Employer, desk.id)),
        employer_name=name,
        employer_address=address,
        employer_phone=phone,
        is_sole_proprietor=is_sole_proprietor,
        employer_state="designated",
        notice_delivery="hardcopy",
    )
    desk.session.add(added)
    desk.session.flush()
    note(desk, added, "registered", desk.today)
    return added


def number_for(place: int) -> str:
    """Nobody leaves the table, so a number never comes back."""
    return f"T{place:07d}"


def note(desk: Desk, employer: Employer, change: str, day: date) -> None:
    event = EmployerEvent(
        tenant=desk.id,
        designation_number=employer.designation_number,
        sequence=len(events(desk, employer.designation_number)) + 1,
        employer_changed_on=day,
        employer_change=change,
        employer_name=employer.employer_name,
        employer_address=employer.employer_address,
    )
    desk.session.add(event)
    desk.session.flush()


def events(desk: Desk, number: str) -> list[EmployerEvent]:
    question = select(EmployerEvent).where(EmployerEvent.tenant == desk.id, EmployerEvent.designation_number == number)
    return list(desk.session.scalars(question.order_by(EmployerEvent.sequence)))


def employer(desk: Desk, number: str) -> Employer:
    """Raises Refusal for a number that nobody has."""
    found = find(desk.session, Employer, desk.id, number)
    if found is None:
        raise Refusal("not_found", "その指定番号の特別徴収義務者はありません。")
    return found


def designated(desk: Desk, number: str) -> Employer:
    """An employer that may still be told to withhold. Raises Refusal."""
    found = employer(desk, number)
    if not may_withhold(found):
        raise Refusal("employer_not_designated", "廃止又は統合された指定番号です。今の指定番号を使ってください。")
    return found


def may_withhold(found: Employer) -> bool:
    return found.employer_state == "designated"


def amend(found: Employer, name: str | None, address: str | None) -> None:
    """What is not said stays."""
    found.employer_name = name or found.employer_name
    found.employer_address = address or found.employer_address


def all_employers(desk: Desk) -> list[Employer]:
    question = select(Employer).where(Employer.tenant == desk.id)
    return list(desk.session.scalars(question.order_by(Employer.designation_number)))


def matches(one: Employer, query: str) -> bool:
    return query in (one.designation_number, one.employer_phone) or query in one.employer_name


def likely_same(known: list[Employer]) -> list[tuple[Employer, Employer]]:
    """Pairs of designated employers with one telephone number, the earlier one first."""
    current = [one for one in known if may_withhold(one)]
    return [
        (one, other)
        for place, one in enumerate(current)
        for other in current[place + 1 :]
        if one.employer_phone == other.employer_phone
    ]


# 地方税法321条の5の2（納期の特例）
def approve_half_year(found: Employer, staff: int, since: str) -> None:
    if not is_small(staff):
        raise Refusal("half_year_dues_denied", "納期の特例は、給与の支払を受ける者が常時10人未満の事業所に限ります。")
    found.half_year_from, found.half_year_until = since, None


def is_small(staff: int) -> bool:
    return staff <= MOST_STAFF


def pays_half_yearly(found: Employer, month: str) -> bool:
    since, until = found.half_year_from, found.half_year_until
    return since is not None and since <= month and (until is None or month <= until)


def remit_by(found: Employer, month: str) -> date:
    """When the employer pays over what it withholds in a month (YYYY-MM)."""
    if not pays_half_yearly(found, month):
        return dues.monthly_due(month)
    return cut_short(dues.half_year_due(month), found.half_year_until)


# 地方税法321条の5の2（特例の終わった月以前の分は、その月の翌月10日まで。項は公式の本文と未照合）
def cut_short(half_year_due: date, until: str | None) -> date:
    """The due date of a half year that ends with the month `until` (YYYY-MM)."""
    return half_year_due if until is None else min(half_year_due, dues.monthly_due(until))

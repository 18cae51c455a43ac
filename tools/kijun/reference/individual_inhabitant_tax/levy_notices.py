"""Notices of what a person pays themselves: at most one that is to be sent or has been sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment, year_start
from kijun.reference.individual_inhabitant_tax.assessment import Levy
from kijun.reference.store import Base, find, next_number

APPEAL = (
    "この処分に不服があるときは、処分があったことを知った日の翌日から起算して3か月以内に、首長に審査請求ができます。"
)


class LevyNotice(Base):
    """One notice as it was made."""

    __tablename__ = "iit_levy_notice"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    notice_number: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    levy_to_pay: Mapped[int]
    levy_serial: Mapped[int | None]
    is_pulled: Mapped[bool]
    sent_on: Mapped[date | None]


class DirectDebit(Base):
    """Whether a person's instalments are taken from an account."""

    __tablename__ = "iit_direct_debit"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    uses_direct_debit: Mapped[bool]


def issue(desk: Desk, fiscal_year: int, withheld: Collection[str] = ()) -> int:
    """A notice for everybody with instalments and no notice yet, but for the `withheld`. Returns how many were made."""
    known = notices(desk, fiscal_year)
    passed_over = {*withheld, *(one.taxpayer_id for one in known if not one.is_pulled)}
    used = [one.levy_serial for one in known if one.levy_serial is not None]
    made = 0
    for levy in assessment.of_year(desk, fiscal_year):
        if needs_notice(levy, passed_over):
            serial = year_start.next_serial(desk, fiscal_year, used)
            used += [] if serial is None else [serial]
            desk.session.add(_notice(desk, levy, serial))
            desk.session.flush()
            made += 1
    return made


def needs_notice(levy: Levy, passed_over: set[str]) -> bool:
    return to_pay(levy) > 0 and levy.taxpayer_id not in passed_over


def _notice(desk: Desk, levy: Levy, serial: int | None) -> LevyNotice:
    return LevyNotice(
        tenant=desk.id,
        notice_number=f"L{next_number(desk.session, LevyNotice, desk.id):08d}",
        taxpayer_id=levy.taxpayer_id,
        fiscal_year=levy.fiscal_year,
        levy_to_pay=to_pay(levy),
        levy_serial=serial,
        is_pulled=False,
    )


def to_pay(levy: Levy) -> int:
    return assessment.total(assessment.of_method(assessment.lines_of(levy), "ordinary"))


def notices(desk: Desk, fiscal_year: int) -> list[LevyNotice]:
    question = select(LevyNotice).where(LevyNotice.tenant == desk.id, LevyNotice.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question.order_by(LevyNotice.notice_number)))


def pending(desk: Desk, fiscal_year: int) -> list[LevyNotice]:
    return [one for one in notices(desk, fiscal_year) if is_pending(one)]


def is_pending(one: LevyNotice) -> bool:
    return not one.is_pulled and one.sent_on is None


def send(desk: Desk, fiscal_year: int) -> int:
    going = pending(desk, fiscal_year)
    for one in going:
        one.sent_on = desk.today
    return len(going)


def pull(desk: Desk, taxpayer_id: str, fiscal_year: int) -> None:
    """A notice with the amount before must not leave the house; one that has left cannot be pulled."""
    for one in pending(desk, fiscal_year):
        if one.taxpayer_id == taxpayer_id:
            one.is_pulled = True


def uses_direct_debit(desk: Desk, taxpayer_id: str) -> bool:
    found = find(desk.session, DirectDebit, desk.id, taxpayer_id)
    return found is not None and found.uses_direct_debit


def slips(instalment_count: int, is_debited: bool) -> int:
    """How many payment slips come with the notice."""
    return 0 if is_debited else instalment_count

"""What the collection of taxes (収納管理) is told: amounts by person, method and month, each difference once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment
from kijun.reference.individual_inhabitant_tax.assessment import Levy
from kijun.reference.store import Base

Key = tuple[str, str, str]  # taxpayer, method, month


class Settled(Base):
    """What has been handed over so far, in yen."""

    __tablename__ = "iit_settled"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    method: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    amount: Mapped[int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A difference to what was handed over before, in yen."""

    taxpayer_id: str
    method: str
    month: str
    amount: int


def hand_over(desk: Desk, fiscal_year: int) -> list[Entry]:
    """The differences since the last time, which are then known."""
    known = {(one.taxpayer_id, one.method, one.month): one for one in settled(desk, fiscal_year)}
    now = amounts(assessment.of_year(desk, fiscal_year))
    entries = differences({key: one.amount for key, one in known.items()}, now)
    for one in entries:
        key = (one.taxpayer_id, one.method, one.month)
        if key in known:
            known[key].amount += one.amount
        else:
            row = Settled(
                tenant=desk.id,
                taxpayer_id=one.taxpayer_id,
                fiscal_year=fiscal_year,
                method=one.method,
                month=one.month,
                amount=one.amount,
            )
            desk.session.add(row)
    desk.session.flush()
    return entries


def settled(desk: Desk, fiscal_year: int) -> list[Settled]:
    question = select(Settled).where(Settled.tenant == desk.id, Settled.fiscal_year == fiscal_year)
    return list(desk.session.scalars(question))


def amounts(levies: list[Levy]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for levy in levies:
        for line in assessment.lines_of(levy):
            found[levy.taxpayer_id, line.method, line.month] += line.amount
    return found


def differences(before: dict[Key, int], now: dict[Key, int]) -> list[Entry]:
    """Person by person, method by method, month by month; nothing where nothing changed."""
    gaps = {key: now.get(key, 0) - before.get(key, 0) for key in {*before, *now}}
    return [Entry(*key, gaps[key]) for key in sorted(gaps) if gaps[key]]

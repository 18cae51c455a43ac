"""Who is withheld from by which employer, and what an employer is told of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment, instalments
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line
from kijun.reference.individual_inhabitant_tax.methods import Choice
from kijun.reference.store import Taxpayer


@dataclass(frozen=True, slots=True)
class MonthlyChange:
    """What an employer is to withhold in a month, before and after a change (yen)."""

    employer: str
    month: str
    before: int
    after: int


def employees(desk: Desk, number: str, fiscal_year: int) -> list[tuple[Levy, list[Line]]]:
    """Everybody with months that this employer withholds, and those months."""
    found = [(levy, withheld_by(assessment.lines_of(levy), number)) for levy in assessment.of_year(desk, fiscal_year)]
    return [(levy, lines) for levy, lines in found if lines]


def withheld_by(lines: Sequence[Line], number: str) -> list[Line]:
    return [one for one in lines if one.method == "salary" and one.employer == number]


def still_collects(desk: Desk, number: str, month: str) -> bool:
    """Whether months after `month` are withheld by this employer."""
    years = desk.session.scalars(select(Levy.fiscal_year).where(Levy.tenant == desk.id).distinct())
    return any(line.month > month for year in years for _, lines in employees(desk, number, year) for line in lines)


def move_employees(desk: Desk, old: str, new: str, month: str) -> int:
    """From `month` on another employer withholds the same amounts. Returns how many people it concerns."""
    moved = set()
    for known in desk.session.scalars(select(Choice).where(Choice.tenant == desk.id, Choice.designation_number == old)):
        known.designation_number = new
        moved.add(known.taxpayer_id)
        levy = assessment.latest(desk, known.taxpayer_id, known.fiscal_year)
        if levy is not None:
            lines = assessment.with_employer(assessment.lines_of(levy), old, new, month)
            assessment.follow(desk, levy, "collection_changed", lines)
    return len(moved)


def share_of(lines: Sequence[Line], fiscal_year: int, place: int) -> int:
    """What is withheld in the month at this place of the year (0: June)."""
    month = instalments.months_of(fiscal_year)[place]
    return sum(one.amount for one in lines if one.month == month)


def changes(former: Sequence[Line], now: Sequence[Line]) -> list[MonthlyChange]:
    """The months in which an employer withholds another amount than before."""
    before, after = _by_month(former), _by_month(now)
    keys = sorted({*before, *after}, key=lambda key: (key[1], key[0]))
    return [
        MonthlyChange(*key, before.get(key, 0), after.get(key, 0))
        for key in keys
        if before.get(key, 0) != after.get(key, 0)
    ]


def _by_month(lines: Sequence[Line]) -> dict[tuple[str, str], int]:
    return {(one.employer or "", one.month): one.amount for one in lines if one.method == "salary"}


# 住民基本台帳事務処理要領（支援措置）: an empty list of protected persons has been a failure before
def knows_protected_persons(desk: Desk) -> bool:
    question = select(Taxpayer.taxpayer_id).where(Taxpayer.tenant == desk.id, Taxpayer.support_measure.is_(True))
    return desk.session.scalars(question.limit(1)).first() is not None

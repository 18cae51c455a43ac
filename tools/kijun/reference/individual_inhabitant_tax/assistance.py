"""生活保護: decisions of the welfare office reach the circumstances of a person, and those that did not are found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import matching
from kijun.reference.individual_inhabitant_tax.material_records import AidDecision
from kijun.reference.individual_inhabitant_tax.presence import assessment_day
from kijun.reference.individual_inhabitant_tax.records import Circumstance
from kijun.reference.local_tax_common.person_records import rows
from kijun.reference.store import next_number


# 地方税法24条の5第1項1号、295条1項1号（賦課期日に生活保護法の規定による生活扶助を受けている者）
def receives_aid(decisions: Sequence[AidDecision], day: date) -> bool:
    """Whether the last decision on livelihood assistance up to the day was to begin it."""
    until = [one for one in decisions if one.aid_kind == "livelihood" and one.aid_effective_on <= day]
    last = max(until, key=lambda one: (one.aid_effective_on, one.id), default=None)
    return last is not None and last.aid_decision == "aid_begun"


def take_in(desk: Desk, fiscal_year: int) -> tuple[int, int]:
    """How many decisions were waiting, and how many of them found their person."""
    waiting = rows(desk, AidDecision, is_taken=False)
    for one in waiting:
        one.is_taken, one.taxpayer_id = True, person_of(desk, one)
    desk.session.flush()
    for number in sorted({one.taxpayer_id for one in rows(desk, AidDecision) if one.taxpayer_id}):
        reflect(desk, number, fiscal_year)
    return len(waiting), len([one for one in waiting if one.taxpayer_id])


def person_of(desk: Desk, one: AidDecision) -> str | None:
    """The only person with the name and birth date."""
    alike = [who for who in matching.namesakes(desk, one.addressee_name) if matching.is_born_on(who, one.birth_date)]
    return alike[0].taxpayer_id if len(alike) == 1 else None


def reflect(desk: Desk, taxpayer_id: str, fiscal_year: int) -> None:
    """Bring the circumstances of the year in line with the decisions."""
    decisions = rows(desk, AidDecision, taxpayer_id=taxpayer_id)
    receives = receives_aid(decisions, assessment_day(fiscal_year))
    known = circumstance(desk, taxpayer_id, fiscal_year)
    if known is None:
        known = blank(desk, taxpayer_id, fiscal_year, decisions[0].birth_date)
    known.receives_public_aid = receives


def circumstance(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Circumstance | None:
    """The one registered last, which the levy is computed from."""
    question = select(Circumstance).where(
        Circumstance.tenant == desk.id, Circumstance.taxpayer_id == taxpayer_id, Circumstance.fiscal_year == fiscal_year
    )
    return desk.session.scalars(question.order_by(Circumstance.circumstance_id.desc())).first()


def blank(desk: Desk, taxpayer_id: str, fiscal_year: int, birth_date: date) -> Circumstance:
    added = Circumstance(
        tenant=desk.id,
        circumstance_id=f"K{next_number(desk.session, Circumstance, desk.id):08d}",
        taxpayer_id=taxpayer_id,
        fiscal_year=fiscal_year,
        birth_date=birth_date,
        disablement="none",
        lone_status="none",
        is_working_student=False,
        receives_public_aid=False,
    )
    desk.session.add(added)
    return added


def unreflected(desk: Desk, fiscal_year: int) -> list[tuple[str | None, str]]:
    """Decisions that the levy of the year does not follow: number where it is known, and why."""
    decisions = rows(desk, AidDecision)
    waiting = [(None, "awaiting_intake") for one in decisions if not one.is_taken]
    unknown = [(None, "not_identified") for one in decisions if one.is_taken and one.taxpayer_id is None]
    people = sorted({one.taxpayer_id for one in decisions if one.taxpayer_id})
    return [
        *waiting,
        *unknown,
        *((one, "circumstances_mismatch") for one in people if deviates(desk, one, fiscal_year)),
    ]


def deviates(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether the circumstances say something else than the decisions do."""
    known = circumstance(desk, taxpayer_id, fiscal_year)
    receives = receives_aid(rows(desk, AidDecision, taxpayer_id=taxpayer_id), assessment_day(fiscal_year))
    return (known is not None and known.receives_public_aid) != receives

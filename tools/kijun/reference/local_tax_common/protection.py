"""支援措置 and 抑止: who must not be found, what must not be issued, and how either is lifted.

住民基本台帳事務処理要領 第5の10 (支援措置). The resident register decides; taxes obey on the day they act.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common.person_records import (
    Relation,
    Restraint,
    SupportLift,
    SupportPeriod,
    rows,
)
from kijun.reference.store import Taxpayer, fetch

FULL_VIEW = frozenset({"assessor"})
_ABSORBED = select(Taxpayer).where(Taxpayer.tenant == bindparam("at"), Taxpayer.absorbed_by == bindparam("by"))


def measure_holds(desk: Desk, person: Taxpayer) -> bool:
    """On the desk's day, for the person and for everybody merged into them."""
    return any(own_measure_holds(desk, one) for one in [person, *absorbed(desk, person)])


def own_measure_holds(desk: Desk, person: Taxpayer) -> bool:
    """Both ends of a period included. A person flagged without a period is protected until a first one begins."""
    begun = [one for one in rows(desk, SupportPeriod, taxpayer_id=person.taxpayer_id) if has_begun(one, desk)]
    return any(is_within(one, desk) for one in begun) if begun else person.support_measure


def absorbed(desk: Desk, person: Taxpayer) -> list[Taxpayer]:
    return fetch(desk.session, _ABSORBED, {"at": desk.id, "by": person.taxpayer_id})


def has_begun(period: SupportPeriod, desk: Desk) -> bool:
    return period.measure_from <= desk.today


def is_within(period: SupportPeriod, desk: Desk) -> bool:
    return period.measure_from <= desk.today <= period.measure_through


def may_see_address(desk: Desk, person: Taxpayer, desk_time: str | None = None) -> bool:
    """Whether an inquiry may show where the person is. Uses up one time of a lift where it is the lift that allows."""
    if not measure_holds(desk, person) or desk.role in FULL_VIEW:
        return True
    return use_lift(desk, person, "inquiry", desk_time)


def visible_address(desk: Desk, person: Taxpayer, desk_time: str | None = None) -> str | None:
    return person.address if may_see_address(desk, person, desk_time) else None


def use_lift(desk: Desk, person: Taxpayer, process: str, desk_time: str | None) -> bool:
    now = moment(desk, desk_time)
    for lift in rows(desk, SupportLift, taxpayer_id=person.taxpayer_id, lifted_process=process):
        if is_open(lift, now):
            lift.lift_spent += 1
            return True
    return False


def is_open(lift: SupportLift, now: str) -> bool:
    """A lift ends by itself: at its last minute or with its last time."""
    return lift.lift_from <= now <= lift.lift_through and lift.lift_spent < lift.lift_allowance


def moment(desk: Desk, desk_time: str | None) -> str:
    """The desk's day with the time of the test clock, or with the time on the wall."""
    return f"{desk.today.isoformat()} {desk_time or datetime.now().strftime('%H:%M')}"


def cautions(desk: Desk, person: Taxpayer) -> list[str]:
    """What the operator must see before going on: the person's own protection and that of people around them."""
    own = ["support_measure"] if measure_holds(desk, person) else []
    return own + related_cautions(desk, person)


def related_cautions(desk: Desk, person: Taxpayer) -> list[str]:
    """An address leaks through the household, a co-owner or an employer too (明和町, 2020)."""
    found = {kind for other, kind in related(desk, person) if measure_holds(desk, other)}
    return [f"{kind}_protected" for kind in sorted(found)]


def related(desk: Desk, person: Taxpayer) -> list[tuple[Taxpayer, str]]:
    """Everybody tied to the person, in whichever direction the tie was registered."""
    ties = [
        (one.related_taxpayer_id, one.relation_kind) for one in rows(desk, Relation, taxpayer_id=person.taxpayer_id)
    ]
    ties += [
        (one.taxpayer_id, one.relation_kind) for one in rows(desk, Relation, related_taxpayer_id=person.taxpayer_id)
    ]
    people = [(desk.session.get(Taxpayer, (desk.id, number)), kind) for number, kind in ties]
    found = [(one, kind) for one, kind in people if one is not None]
    return found + [(one, "household") for one in housemates(desk, person)]


def housemates(desk: Desk, person: Taxpayer) -> list[Taxpayer]:
    if not person.household_number:
        return []
    question = select(Taxpayer).where(Taxpayer.tenant == desk.id, Taxpayer.household_number == person.household_number)
    return [one for one in desk.session.scalars(question) if one.taxpayer_id != person.taxpayer_id]


def restraints(desk: Desk, person: Taxpayer, process: str) -> list[Restraint]:
    """Those in force. A restraint outlives its last day until somebody releases it, and never ends unseen."""
    found = rows(desk, Restraint, taxpayer_id=person.taxpayer_id, restrained_process=process)
    return [one for one in found if one.effective_since <= desk.today and one.released_on is None]


def obey_restraint(desk: Desk, person: Taxpayer, process: str) -> list[str]:
    """Refuses what is forbidden; what is only to be minded comes back as a caution."""
    found = restraints(desk, person, process)
    if any(one.restraint_strength == "forbid" for one in found):
        reasons = "、".join(one.restraint_reason for one in found)
        raise Refusal(
            "restrained", f"この宛名の処理は抑止されています（{reasons}）。抑止を解除してから行ってください。"
        )
    return ["restraint"] if found else []

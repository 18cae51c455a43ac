"""Due dates of their own for what is levied after the regular ones, and what is demanded by a day."""

from __future__ import annotations

from datetime import date, timedelta

from kijun.reference import calendars
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, due_dates, payments, reductions
from kijun.reference.light_vehicle_tax.levy_records import LateDue
from kijun.reference.light_vehicle_tax.records import Assessment
from kijun.reference.store import kept

Part = tuple[date, int]  # due on, yen
NOTICE_DAYS = 10


def decided(desk: Desk, fiscal_year: int, wanted: date | None) -> date:
    """The day asked for, or the usual one; never a closed day. Raises Refusal for one too near."""
    if wanted is None:
        return usual(desk.today, due_dates.regular(desk, fiscal_year))
    if not leaves_time(desk.today, wanted):
        raise Refusal("invalid_value", "随時の納期限は、処理日から10日以上後の日にしてください。")
    return open_day(wanted)


# 地方税法463条の18（条項は公式の本文と未照合）: the notice reaches the taxpayer ten days before the due date
def leaves_time(today: date, due_on: date) -> bool:
    return due_on >= today + timedelta(days=NOTICE_DAYS)


# 地方税法20条の5第2項
def open_day(day: date) -> date:
    return calendars.shifted(day, "next")


# 市区町村の税条例（例）: the end of the next month for what comes too late for the regular due date
def usual(today: date, regular: date) -> date:
    if leaves_time(today, regular):
        return regular
    following = calendars.month_end(today.year, today.month) + timedelta(days=1)
    return open_day(calendars.month_end(following.year, following.month))


def note(desk: Desk, one: Assessment, due_on: date) -> None:
    """Keep the due date of what this state of an assessment adds."""
    desk.session.merge(
        LateDue(
            tenant=desk.id, vehicle_id=one.vehicle_id, fiscal_year=one.fiscal_year, number=one.number, due_on=due_on
        )
    )
    desk.session.flush()


def noted(desk: Desk, vehicle_id: str, fiscal_year: int) -> dict[int, date]:
    """The due dates of their own, by the number of the assessment that added something."""
    found = kept(desk.session, LateDue, desk.id, vehicle_id=vehicle_id, fiscal_year=fiscal_year)
    return {one.number: one.due_on for one in found}


def first_due(desk: Desk, one: Assessment) -> date:
    """When the first part of what is owed for the year falls due: mostly the regular due date."""
    parts = parts_of(desk, one.vehicle_id, one.fiscal_year) if noted(desk, one.vehicle_id, one.fiscal_year) else []
    return parts[0][0] if parts else due_dates.regular(desk, one.fiscal_year)


def is_demanded(desk: Desk, one: Assessment) -> bool:
    """Whether more has fallen due than was paid. Without due dates of their own the regular one decides alone."""
    if not noted(desk, one.vehicle_id, one.fiscal_year):
        return True
    parts = parts_of(desk, one.vehicle_id, one.fiscal_year)
    fallen_due = sum(yen for day, yen in parts if day < desk.today)
    return payments.paid_amount(desk, one.vehicle_id, one.fiscal_year) < fallen_due


def parts_of(desk: Desk, vehicle_id: str, fiscal_year: int) -> list[Part]:
    own, regular = noted(desk, vehicle_id, fiscal_year), due_dates.regular(desk, fiscal_year)
    past = assessment.history(desk, vehicle_id, fiscal_year)
    return parts([(own.get(one.number, regular), reductions.payable_amount(desk, one)) for one in past])


def parts(states: list[Part]) -> list[Part]:
    """What each state of an assessment added, on its due date. A decrease takes from what falls due last."""
    found: list[Part] = []
    for due_on, payable in states:
        more = payable - sum(yen for _, yen in found)
        if more > 0:
            found.append((due_on, more))
        elif more < 0:
            found = less(found, -more)
    return sorted(found)


def less(found: list[Part], taken: int) -> list[Part]:
    left = []
    for due_on, yen in sorted(found, reverse=True):
        kept = max(0, yen - taken)
        taken -= yen - kept
        if kept:
            left.append((due_on, kept))
    return sorted(left)

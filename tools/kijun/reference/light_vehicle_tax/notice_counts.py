"""Every notice that was made is posted, waiting or withdrawn; and which ones were posted too late."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, due_dates, late_dues, notices, postings
from kijun.reference.light_vehicle_tax.levy_records import LateDue
from kijun.reference.light_vehicle_tax.records import Notice


def balance(desk: Desk, fiscal_year: int) -> dict[str, int]:
    """How many notices of the year there are of each state."""
    made = notices.notices(desk, fiscal_year)
    posted = postings.posted_days(desk)
    counted = Counter(state(one, posted) for one in made)
    return {
        "issued_notices": len(made),
        "posted_notices": counted["posted"],
        "waiting_notices": counted["waiting"],
        "pulled_notices": counted["pulled"],
        "late_postings": len(late(desk, fiscal_year, made, posted)),
    }


def state(one: Notice, posted: dict[str, date]) -> str:
    if one.notice_number in posted:
        return "posted"
    return "pulled" if one.is_withdrawn else "waiting"


def late(desk: Desk, fiscal_year: int, made: list[Notice], posted: dict[str, date]) -> list[Notice]:
    """Posted when the due date was nearer than the law leaves to the taxpayer."""
    own = own_dues(desk, fiscal_year)
    regular = due_dates.regular(desk, fiscal_year)
    sent = [one for one in made if one.notice_number in posted]
    return [one for one in sent if is_late(posted[one.notice_number], own.get(one.vehicle_id, regular))]


# 地方税法463条の18（条項は公式の本文と未照合）: the notice is handed over ten days before the due date at the latest
def is_late(posted_on: date, due_on: date) -> bool:
    return posted_on > due_on - timedelta(days=late_dues.NOTICE_DAYS)


def own_dues(desk: Desk, fiscal_year: int) -> dict[str, date]:
    """The first due date of every vehicle that was levied after the regular one."""
    question = select(LateDue.vehicle_id).where(LateDue.tenant == desk.id, LateDue.fiscal_year == fiscal_year)
    vehicles = set(desk.session.scalars(question))
    return {one: late_dues.first_due(desk, assessment.required(desk, one, fiscal_year)) for one in vehicles}

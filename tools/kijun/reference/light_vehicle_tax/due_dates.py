"""The regular due date of a year: by the ordinance of the municipality, moved off the days on which it is closed."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference import calendars
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import rules
from kijun.reference.store import Base, fetch

_KNOWN: Final = "lvt_due_days"  # what this transaction has read: asked for once per vehicle otherwise


class DueDay(Base):
    """The day of the year that an ordinance names; holds until a later one takes its place."""

    __tablename__ = "lvt_due_day"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    due_month: Mapped[int]
    due_day_of_month: Mapped[int]
    ordinance_article: Mapped[str]


_DAYS = select(DueDay).where(DueDay.tenant == bindparam("at"))


# 地方税法463条の18（条項は公式の本文と未照合）: in April as the ordinance names it, or another day for special reasons
def set_day(desk: Desk, fiscal_year: int, month: int, day: int, article: str) -> None:
    """From this year on. Raises Refusal before the assessment date and for a day the calendar lacks."""
    rules.checked_year(fiscal_year)
    if not is_nameable(fiscal_year, month, day):
        raise Refusal("invalid_value", "納期限の月日は、4月2日から12月31日までの、暦にある日にしてください。")
    desk.session.merge(
        DueDay(
            tenant=desk.id, fiscal_year=fiscal_year, due_month=month, due_day_of_month=day, ordinance_article=article
        )
    )
    desk.session.flush()
    desk.session.info.pop(_KNOWN, None)


def is_nameable(fiscal_year: int, month: int, day: int) -> bool:
    try:
        return date(fiscal_year, month, day) > rules.assessment_date(fiscal_year)
    except ValueError:
        return False


def regular(desk: Desk, fiscal_year: int) -> date:
    """The due date of the year in this municipality."""
    named = in_force(days(desk), fiscal_year)
    return rules.due_date(fiscal_year) if named is None else on_open_day(fiscal_year, named)


def in_force(known: list[DueDay], fiscal_year: int) -> DueDay | None:
    """The newest one that had begun by that year: a new ordinance leaves former years as they are."""
    begun = [one for one in known if one.fiscal_year <= fiscal_year]
    return max(begun, key=lambda one: one.fiscal_year, default=None)


# 地方税法20条の5第2項
def on_open_day(fiscal_year: int, named: DueDay) -> date:
    return calendars.shifted(date(fiscal_year, named.due_month, named.due_day_of_month), "next")


def days(desk: Desk) -> list[DueDay]:
    known: dict[str, list[DueDay]] = desk.session.info.setdefault(_KNOWN, {})
    if desk.id not in known:
        known[desk.id] = fetch(desk.session, _DAYS, {"at": desk.id})
    return known[desk.id]

"""What has left the building, and on which day."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.store import Base, kept


class Posting(Base):
    """A notice that has been posted."""

    __tablename__ = "lvt_posting"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    notice_number: Mapped[str] = mapped_column(primary_key=True)
    posted_on: Mapped[date]


def posted_days(desk: Desk) -> dict[str, date]:
    """The day of posting, by the number of the notice."""
    return {one.notice_number: one.posted_on for one in kept(desk.session, Posting, desk.id)}


def posted_numbers(desk: Desk) -> set[str]:
    return {one.notice_number for one in kept(desk.session, Posting, desk.id)}

"""What has left the building, and on which day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.store import Base


class Posting(Base):
    """A notice that has been posted."""

    __tablename__ = "lvt_posting"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    notice_number: Mapped[str] = mapped_column(primary_key=True)
    posted_on: Mapped[date]


def posted_numbers(desk: Desk) -> set[str]:
    return set(desk.session.scalars(select(Posting.notice_number).where(Posting.tenant == desk.id)))

"""Records of authentication, printing, settings, communication: what is not an operation on the ledger."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from sqlalchemy.orm import Mapped, Session, mapped_column

from kijun.reference.store import Base, enter

_TOKYO = timezone(timedelta(hours=9))


class EventEntry(Base):
    """One line of the system's log. No route changes or removes one."""

    __tablename__ = "event_log"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    tenant: Mapped[str] = mapped_column(index=True)
    event_kind: Mapped[str]
    occurred_on: Mapped[date]
    occurred_time: Mapped[str]
    operator: Mapped[str]
    detail: Mapped[str]
    outcome: Mapped[str]


def note(
    session: Session, tenant: str, kind: str, day: date, operator: str, detail: str, outcome: str, time: str = ""
) -> None:
    enter(
        session,
        EventEntry,
        tenant=tenant,
        event_kind=kind,
        occurred_on=day,
        occurred_time=time or clock_time(),
        operator=operator,
        detail=detail,
        outcome=outcome,
    )


def clock_time() -> str:
    return datetime.now(_TOKYO).strftime("%H:%M:%S")

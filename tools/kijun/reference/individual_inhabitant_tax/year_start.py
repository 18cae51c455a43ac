"""The start of a fiscal year: terms taken over, the year's due dates, and which numbers its notices may bear."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import dues, terms, years
from kijun.reference.store import Base, find


class LevyYear(Base):
    """A fiscal year that was started, with the first and the last number for its notices."""

    __tablename__ = "iit_levy_year"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    started_on: Mapped[date]
    levy_serial_from: Mapped[int | None]
    levy_serial_through: Mapped[int | None]


def start(desk: Desk, fiscal_year: int, first: int | None, last: int | None) -> list[date]:
    """Start the year once; the due dates of its instalments. Raises Refusal."""
    if is_started(desk, years.checked_year(fiscal_year)):
        raise Refusal("conflicting_state", "その年度はすでに開始しています。条件は課税条件の設定で変えてください。")
    if not is_range(first, last):
        raise Refusal("invalid_value", "通知書の番号の初めと終わりを、両方とも、この順に指定してください。")
    terms.carry_over(desk, fiscal_year)
    row = LevyYear(
        tenant=desk.id,
        fiscal_year=fiscal_year,
        started_on=desk.today,
        levy_serial_from=first,
        levy_serial_through=last,
    )
    desk.session.add(row)
    desk.session.flush()
    return dues.instalment_dues(fiscal_year, terms.terms_of(desk, fiscal_year).instalment_total)


def is_started(desk: Desk, fiscal_year: int) -> bool:
    return find(desk.session, LevyYear, desk.id, fiscal_year) is not None


def is_range(first: int | None, last: int | None) -> bool:
    """Neither is given, or both in their order."""
    if first is None or last is None:
        return first is None and last is None
    return first <= last


def next_serial(desk: Desk, fiscal_year: int, used: Sequence[int]) -> int | None:
    """The next number of the year's range; None for a year without one. Raises Refusal when all are used."""
    started = find(desk.session, LevyYear, desk.id, fiscal_year)
    if started is None or started.levy_serial_from is None or started.levy_serial_through is None:
        return None
    serial = following(started.levy_serial_from, used)
    if is_beyond(serial, started.levy_serial_through):
        raise Refusal("notice_numbers_exhausted", "年度の開始で定めた通知書の番号が足りません。一件も作っていません。")
    return serial


def following(first: int, used: Sequence[int]) -> int:
    """A number is never used again, not even one of a notice that was pulled."""
    return max(used, default=first - 1) + 1


def is_beyond(serial: int, last: int) -> bool:
    return serial > last

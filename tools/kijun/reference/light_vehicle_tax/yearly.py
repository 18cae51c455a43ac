"""The turn of the year: opening it, what changes in it, and which papers have been kept long enough."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, holds, ledger, ordinance, payments, rules
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import Base

RETENTION_YEARS = 5  # 文書管理規程の例; the claim itself lapses after five years (地方税法18条)


class OpenedYear(Base):
    """A fiscal year the office has switched to."""

    __tablename__ = "lvt_opened_year"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    opened_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class RateChange:
    """One vehicle whose schedule is another one than the year before; no amount before for one not taxed then."""

    vehicle_id: str
    before: rules.Amount | None
    after: rules.Amount


def open_year(desk: Desk, fiscal_year: int) -> None:
    """Switch to a year. Raises Refusal without rates, and for any year but the one after the current."""
    rules.checked_year(fiscal_year)
    now = current_year(desk)
    if now is not None and fiscal_year != now + 1:
        raise Refusal("conflicting_state", f"今の年度は{now}年度です。次に切り替えられるのは{now + 1}年度です。")
    desk.session.add(OpenedYear(tenant=desk.id, fiscal_year=fiscal_year, opened_on=desk.today))


def current_year(desk: Desk) -> int | None:
    return desk.session.scalar(select(func.max(OpenedYear.fiscal_year)).where(OpenedYear.tenant == desk.id))


def registered_vehicles(desk: Desk, fiscal_year: int) -> list[LedgerEvent]:
    """The vehicles the year's levy will look at, as the ledger knows them today."""
    states = (
        assessment.liable_state(ledger.events(desk, now.vehicle_id), fiscal_year) for now in ledger.all_latest(desk)
    )
    return [state for state in states if state is not None]


def blank_months(desk: Desk, fiscal_year: int) -> list[str]:
    found = [state for state in registered_vehicles(desk, fiscal_year) if assessment.is_stopped(state)]
    return [state.vehicle_id for state in found]


def rate_changes(desk: Desk, fiscal_year: int) -> list[RateChange]:
    """Vehicles that go from one schedule to another, so that people can be told before the notice comes."""
    rules.checked_year(fiscal_year - 1)
    rules.checked_year(fiscal_year)
    judged = [state for state in registered_vehicles(desk, fiscal_year) if not assessment.is_stopped(state)]
    return [one for one in (change_of(desk, state, fiscal_year) for state in judged) if is_change(one)]


def change_of(desk: Desk, state: LedgerEvent, fiscal_year: int) -> RateChange:
    vehicle, past = ledger.vehicle_of(state), ledger.events(desk, state.vehicle_id)
    was_taxed = assessment.liable_state(past, fiscal_year - 1) is not None
    before = ordinance.annual_amount(desk, vehicle, fiscal_year - 1) if was_taxed else None
    return RateChange(state.vehicle_id, before, ordinance.annual_amount(desk, vehicle, fiscal_year))


def is_change(one: RateChange) -> bool:
    """A vehicle new to the levy is told of only when it starts with a surcharge or a discount."""
    if one.before is None:
        return one.after.rate_category not in ("standard", "former")
    return one.before.rate_category != one.after.rate_category


def retention_expired(desk: Desk) -> list[LedgerEvent]:
    """Scrapped vehicles kept for the whole retention period with nothing owed. Extraction only: nothing is removed."""
    return [
        event
        for event in ledger.all_latest(desk)
        if event.scrapped_on and desk.today >= kept_until(event.scrapped_on) and not owes(desk, event.vehicle_id)
    ]


def kept_until(scrapped_on: date) -> date:
    """The period is counted from the first day of the fiscal year after the scrapping."""
    return date(holds.fiscal_year_of(scrapped_on) + 1 + RETENTION_YEARS, 4, 1)


def owes(desk: Desk, vehicle_id: str) -> bool:
    return bool(payments.unpaid_years(desk, vehicle_id))

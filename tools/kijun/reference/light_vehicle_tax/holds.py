"""Decisions that stop the levy of a vehicle for years: 非課税, 課税免除, 課税保留, each with its ground and period."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, rules
from kijun.reference.store import Base, fetch, kept, next_number

# 地方税法445条（非課税）、条例（課税免除）、要綱（課税保留の事由）
CATEGORY_OF = {
    "government_owned": "non_taxable",
    "jrcs_owned": "non_taxable",
    "theft": "suspended",
    "dismantling": "suspended",
    "disaster": "suspended",
    "vehicle_missing": "suspended",
    "owner_missing": "suspended",
    "stock_vehicle": "exempt",
}


class TaxHold(Base):
    """One decision. Lifting it ends the period and keeps the row."""

    __tablename__ = "lvt_tax_hold"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    hold_id: Mapped[str] = mapped_column(primary_key=True)
    vehicle_id: Mapped[str]
    taxation_category: Mapped[str]
    hold_ground: Mapped[str]
    occurred_on: Mapped[date]
    from_fiscal_year: Mapped[int]
    to_fiscal_year: Mapped[int | None]
    lifted_on: Mapped[date | None]


_HELD = select(TaxHold.vehicle_id).where(TaxHold.tenant == bindparam("at"))


def decide(desk: Desk, vehicle_id: str, category: str, ground: str, occurred_on: date, to_year: int | None) -> TaxHold:
    """Stop the levy from the year the ground gives. Raises Refusal for a ground that cannot carry the category."""
    ledger.latest(desk, vehicle_id)
    ledger.check_not_future(desk, occurred_on, "事実の発生日")
    if not carries(ground, category):
        raise Refusal("invalid_value", "この事由では、その課税区分にできません。事由又は課税区分を直してください。")
    from_year = first_year(category, occurred_on)
    if to_year is not None and to_year < from_year:
        raise Refusal("invalid_value", f"終了年度は、開始年度の{from_year}年度以後にしてください。")
    return add(desk, vehicle_id, ground, occurred_on, from_year, to_year)


def carries(ground: str, category: str) -> bool:
    return CATEGORY_OF[ground] == category


def first_year(category: str, occurred_on: date) -> int:
    """非課税 and 課税免除 look at 1 April itself; 課税保留 begins with the year after the fact (要綱の例)."""
    if category == "suspended":
        return fiscal_year_of(occurred_on) + 1
    return fiscal_year_of(occurred_on) + (0 if occurred_on == rules.assessment_date(occurred_on.year) else 1)


def fiscal_year_of(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def add(desk: Desk, vehicle_id: str, ground: str, occurred_on: date, from_year: int, to_year: int | None) -> TaxHold:
    if any(overlaps(one, from_year, to_year) for one in of_vehicle(desk, vehicle_id)):
        raise Refusal("duplicate", "この車両には、その年度の課税を止める決定がすでにあります。")
    added = TaxHold(
        tenant=desk.id,
        hold_id=f"H{next_number(desk.session, TaxHold, desk.id):06d}",
        vehicle_id=vehicle_id,
        taxation_category=CATEGORY_OF[ground],
        hold_ground=ground,
        occurred_on=occurred_on,
        from_fiscal_year=from_year,
        to_fiscal_year=to_year,
        lifted_on=None,
    )
    desk.session.add(added)
    desk.session.flush()
    desk.target_id = vehicle_id
    return added


def of_vehicle(desk: Desk, vehicle_id: str) -> list[TaxHold]:
    return kept(desk.session, TaxHold, desk.id, vehicle_id=vehicle_id)


def held_vehicles(desk: Desk) -> set[str]:
    """The vehicles with any decision, of whatever year."""
    return set(fetch(desk.session, _HELD, {"at": desk.id}))


def covers(one: TaxHold, fiscal_year: int) -> bool:
    """Whether the decision stops the levy of that year: a lifted one ends before the next 1 April."""
    ended = one.to_fiscal_year is not None and fiscal_year > one.to_fiscal_year
    lifted = one.lifted_on is not None and rules.assessment_date(fiscal_year) >= one.lifted_on
    return one.from_fiscal_year <= fiscal_year and not ended and not lifted


def overlaps(one: TaxHold, from_year: int, to_year: int | None) -> bool:
    """Whether a decision in force stops a year that the new one would stop too."""
    begins = max(one.from_fiscal_year, from_year)
    return covers(one, begins) and (to_year is None or begins <= to_year)


def is_held(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    return any(covers(one, fiscal_year) for one in of_vehicle(desk, vehicle_id))


def category_of(desk: Desk, vehicle_id: str, fiscal_year: int) -> str:
    """課税区分 in that year: a decision with a period comes before the standing mark of the ledger."""
    held = [one.taxation_category for one in of_vehicle(desk, vehicle_id) if covers(one, fiscal_year)]
    return held[0] if held else ledger.category(desk, vehicle_id)


def find(desk: Desk, hold_id: str) -> TaxHold:
    """A decision still in force. Raises Refusal."""
    found = desk.session.get(TaxHold, (desk.id, hold_id))
    if found is None:
        raise Refusal("not_found", "その停止番号の決定はありません。")
    if found.lifted_on is not None:
        raise Refusal("conflicting_state", "この決定はすでに解除されています。")
    desk.target_id = found.vehicle_id
    return found


def lift(found: TaxHold, lifted_on: date) -> None:
    found.lifted_on = lifted_on

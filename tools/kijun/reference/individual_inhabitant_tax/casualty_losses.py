"""雑損失 and what of it may still be carried forward (地方税法32条9項、313条9項)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, years
from kijun.reference.individual_inhabitant_tax.carryover_losses import is_unbroken
from kijun.reference.store import Base

YEARS_CARRIED = 3
# 所得税法71条の2（令和5年4月1日以後に発生する特定非常災害。令和5年法律第3号附則3条）
YEARS_CARRIED_SPECIFIED = 5
SPECIFIED_FROM = 2024


class CasualtyLoss(Base):
    """雑損失 of one person that arose in the income year of a fiscal year; a later entry takes its place."""

    __tablename__ = "iit_casualty_loss"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    loss_year: Mapped[int] = mapped_column(primary_key=True)
    is_specified_disaster: Mapped[bool] = mapped_column(primary_key=True)
    casualty_loss: Mapped[int]


@dataclass(frozen=True, slots=True)
class Remainder:
    """The loss of one fiscal year and what is left of it, in yen."""

    loss_year: int
    is_specified_disaster: bool
    casualty_loss: int
    deductible_casualty: int

    @property
    def deductible_through(self) -> int:
        """The last fiscal year it may be deducted in."""
        return last_year(self.loss_year, self.is_specified_disaster)


def register(desk: Desk, taxpayer_id: str, loss_year: int, casualty_loss: int, is_specified: bool) -> None:
    """Raises Refusal for a year without terms, a loss of nothing, and a specified disaster before there were any."""
    if casualty_loss <= 0:
        raise Refusal("invalid_value", "雑損失の金額は1円以上の正の額にしてください。")
    if is_specified and not can_be_specified(loss_year):
        raise Refusal("invalid_value", "特定非常災害の雑損失は、令和6年度（令和5年分）以後の年度で登録してください。")
    key = {"tenant": desk.id, "taxpayer_id": taxpayer_id, "loss_year": years.checked_year(loss_year)}
    desk.session.merge(CasualtyLoss(**key, is_specified_disaster=is_specified, casualty_loss=casualty_loss))


def can_be_specified(loss_year: int) -> bool:
    return loss_year >= SPECIFIED_FROM


def usable_in(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Remainder]:
    """What may be deducted in a fiscal year after the deductions of the years before, the oldest loss first."""
    former = range(years.first_year(), years.checked_year(fiscal_year))
    found = {year: calculation.calculate(desk, taxpayer_id, year) for year in former}
    losses = losses_of(desk, taxpayer_id, found)
    filed = [year for year in former if dossiers.has_return(desk, taxpayer_id, year)]
    deducted = {year: one.incomes.carried_casualty for year, one in found.items()}
    return usable(losses, deducted, filed, fiscal_year)


def losses_of(desk: Desk, taxpayer_id: str, found: Mapping[int, calculation.Outcome]) -> list[Remainder]:
    """Every loss, untouched, by year: as registered, else what the allowance of the year could not take off."""
    question = select(CasualtyLoss).where(CasualtyLoss.tenant == desk.id, CasualtyLoss.taxpayer_id == taxpayer_id)
    known = [
        _whole(one.loss_year, one.is_specified_disaster, one.casualty_loss) for one in desk.session.scalars(question)
    ]
    entered = {one.loss_year for one in known}
    left = [_whole(year, False, unallowed(one)) for year, one in found.items() if year not in entered]
    return sorted([*known, *left], key=lambda one: (one.loss_year, one.is_specified_disaster))


def _whole(loss_year: int, is_specified: bool, loss: int) -> Remainder:
    return Remainder(loss_year, is_specified, loss, loss)


# 地方税法34条1項1号、314条の2第1項1号; 雑損控除 is taken off before every other allowance
def unallowed(found: calculation.Outcome) -> int:
    """What of 雑損控除 exceeds the incomes of its year, in yen."""
    return max(found.allowances.casualty_allowance - found.incomes.aggregate_income, 0)


def usable(
    losses: Sequence[Remainder], deducted: Mapping[int, int], filed: Collection[int], fiscal_year: int
) -> list[Remainder]:
    """The pure rule: losses, what was deducted in yen by fiscal year, and the years with a return."""
    left = list(losses)
    for year in sorted(deducted):
        left = used_up(left, deducted[year], year)
    return [
        one
        for one in left
        if one.deductible_casualty and is_carried(one, fiscal_year) and is_unbroken(one.loss_year, filed, fiscal_year)
    ]


def is_carried(one: Remainder, fiscal_year: int) -> bool:
    return one.loss_year < fiscal_year <= one.deductible_through


# 地方税法32条9項、313条9項（前年前三年内に生じた雑損失の金額）、所得税法71条の2（五年内）
def last_year(loss_year: int, is_specified: bool) -> int:
    return loss_year + (YEARS_CARRIED_SPECIFIED if is_specified else YEARS_CARRIED)


# 所得税法施行令204条（最も古い年に生じたものから順次控除する。本文と未照合）
def used_up(losses: Sequence[Remainder], deducted: int, fiscal_year: int) -> list[Remainder]:
    """The losses after a deduction in yen in a fiscal year."""
    left = []
    for one in losses:
        used = min(one.deductible_casualty, deducted) if is_carried(one, fiscal_year) else 0
        deducted -= used
        left.append(replace(one, deductible_casualty=one.deductible_casualty - used))
    return left

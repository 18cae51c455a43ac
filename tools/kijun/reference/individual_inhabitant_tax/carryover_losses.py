"""純損失 and what of it may still be carried forward (地方税法32条8項、313条8項)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, years
from kijun.reference.store import Base

YEARS_CARRIED = 3


class CarryoverLoss(Base):
    """純損失 of one person that arose in the income year of a fiscal year; a later entry takes its place."""

    __tablename__ = "iit_carryover_loss"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    loss_year: Mapped[int] = mapped_column(primary_key=True)
    carryover_loss: Mapped[int]


@dataclass(frozen=True, slots=True)
class Remainder:
    """What is left of the loss of one fiscal year, in yen."""

    loss_year: int
    carryover_loss: int
    deductible_loss: int


def register(desk: Desk, taxpayer_id: str, loss_year: int, carryover_loss: int) -> None:
    """Raises Refusal for a year without terms and for a loss of nothing."""
    if carryover_loss <= 0:
        raise Refusal("invalid_value", "純損失の金額は1円以上の正の額にしてください。")
    years.checked_year(loss_year)
    desk.session.merge(
        CarryoverLoss(tenant=desk.id, taxpayer_id=taxpayer_id, loss_year=loss_year, carryover_loss=carryover_loss)
    )


def losses_of(desk: Desk, taxpayer_id: str) -> dict[int, int]:
    """Every registered loss: fiscal year → yen."""
    question = select(CarryoverLoss).where(CarryoverLoss.tenant == desk.id, CarryoverLoss.taxpayer_id == taxpayer_id)
    return {one.loss_year: one.carryover_loss for one in desk.session.scalars(question)}


def usable_in(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Remainder]:
    """What may be deducted in a fiscal year after the deductions of the years before, the oldest loss first."""
    losses = losses_of(desk, taxpayer_id)
    between = range(min(losses, default=fiscal_year), years.checked_year(fiscal_year))
    filed = [year for year in between if dossiers.has_return(desk, taxpayer_id, year)]
    left = usable(losses, {year: _deducted(desk, taxpayer_id, year) for year in between}, fiscal_year)
    return [one for one in left if is_unbroken(one.loss_year, filed, fiscal_year)]


# 地方税法32条8項・9項、313条8項・9項（その後の年度分について連続して申告書を提出しているとき）
def is_unbroken(loss_year: int, filed: Collection[int], fiscal_year: int) -> bool:
    return all(year in filed for year in range(loss_year, fiscal_year))


def _deducted(desk: Desk, taxpayer_id: str, fiscal_year: int) -> int:
    return calculation.calculate(desk, taxpayer_id, fiscal_year).incomes.carried_loss


def usable(losses: Mapping[int, int], deducted: Mapping[int, int], fiscal_year: int) -> list[Remainder]:
    """The pure rule: losses and deductions in yen by fiscal year."""
    unused = dict(sorted(losses.items()))
    for year in sorted(deducted):
        _use_up(unused, deducted[year], year)
    return [
        Remainder(year, losses[year], left) for year, left in unused.items() if left and is_carried(year, fiscal_year)
    ]


# 地方税法32条8項、313条8項（前年前三年内に生じた純損失の金額）
def is_carried(loss_year: int, fiscal_year: int) -> bool:
    return loss_year < fiscal_year <= loss_year + YEARS_CARRIED


# 所得税法施行令201条1号（最も古い年に生じたものから順次控除する）
def _use_up(unused: dict[int, int], deducted: int, fiscal_year: int) -> None:
    for year, left in unused.items():
        if is_carried(year, fiscal_year):
            used = min(left, deducted)
            unused[year] = left - used
            deducted -= used

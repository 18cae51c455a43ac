"""Levies as a stack of versions: each one holds the annual amount and the whole plan of collection after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import JSON, select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax.portions import rows_of
from kijun.reference.store import Base

PARTS = (
    *("municipal_income_levy", "municipal_capita_levy", "prefectural_income_levy", "prefectural_capita_levy"),
    "forest_environment_tax",
)


@dataclass(frozen=True, slots=True)
class Line:
    """What is collected by one method in one month. `number`: of an instalment; 0 for all else."""

    method: str
    number: int
    month: str  # YYYY-MM
    due_on: date
    amount: int  # yen
    employer: str | None = None


class Levy(Base):
    """One version of the levy of one person and fiscal year. Nothing is ever changed or removed."""

    __tablename__ = "iit_levy"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    levy_version: Mapped[int] = mapped_column(primary_key=True)
    levied_on: Mapped[date]
    levy_event: Mapped[str]
    revision_ground: Mapped[str | None]
    annual_before: Mapped[int]
    annual_levy: Mapped[int]
    remitted: Mapped[int]
    surplus: Mapped[int]
    pension_base: Mapped[int]  # tax of pension income before any flat cut: next spring's amounts are half of it
    overall_income: Mapped[int]
    parts: Mapped[dict[str, int]] = mapped_column(JSON)  # yen of every kind of tax, whatever was remitted
    plan: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


def versions(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Levy]:
    return rows_of(desk, Levy, taxpayer_id, fiscal_year)


def latest(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Levy | None:
    return next(iter(versions(desk, taxpayer_id, fiscal_year)[::-1]), None)


def required(desk: Desk, taxpayer_id: str, fiscal_year: int) -> Levy:
    """Raises Refusal where nothing is levied."""
    desk.target_id = taxpayer_id
    found = latest(desk, taxpayer_id, fiscal_year)
    if found is None:
        raise Refusal("not_found", "その年度の賦課がありません。当初賦課の後に行ってください。")
    return found


def of_year(desk: Desk, fiscal_year: int) -> list[Levy]:
    """The latest version of everybody's levy, in the order of their numbers."""
    question = select(Levy).where(Levy.tenant == desk.id, Levy.fiscal_year == fiscal_year)
    newest = {one.taxpayer_id: one for one in desk.session.scalars(question.order_by(Levy.levy_version))}
    return [newest[number] for number in sorted(newest)]


def lines_of(levy: Levy) -> list[Line]:
    return [Line(**{**one, "due_on": date.fromisoformat(one["due_on"])}) for one in levy.plan]


def ordered(lines: Iterable[Line]) -> list[Line]:
    """Without empty lines; by method in the order of the statute, then by month."""
    rank = ("salary", "pension", "ordinary")
    return sorted((one for one in lines if one.amount), key=lambda one: (rank.index(one.method), one.month, one.due_on))


def of_method(lines: Iterable[Line], method: str) -> list[Line]:
    return [one for one in lines if one.method == method]


def total(lines: Iterable[Line]) -> int:
    return sum(one.amount for one in lines)


_HANDED_DOWN = ("annual_levy", "remitted", "pension_base", "overall_income")


def add(
    desk: Desk, key: tuple[str, int], event: str, lines: Sequence[Line], former: Levy | None, **changed: Any
) -> Levy:
    """A version on top of the former one, which hands down whatever is not changed."""
    handed: dict[str, Any] = {"surplus": 0, "revision_ground": None, "parts": {}, **dict.fromkeys(_HANDED_DOWN, 0)}
    if former is not None:
        handed |= {name: getattr(former, name) for name in (*_HANDED_DOWN, "parts")}
    added = Levy(
        tenant=desk.id,
        taxpayer_id=key[0],
        fiscal_year=key[1],
        levy_version=former.levy_version + 1 if former else 1,
        levied_on=desk.today,
        levy_event=event,
        annual_before=former.annual_levy if former else 0,
        plan=[_stored(one) for one in ordered(lines)],
        **{**handed, **changed},
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def follow(desk: Desk, former: Levy, event: str, lines: Sequence[Line], **changed: Any) -> Levy:
    return add(desk, (former.taxpayer_id, former.fiscal_year), event, lines, former, **changed)


def _stored(line: Line) -> dict[str, Any]:
    return {
        "method": line.method,
        "number": line.number,
        "month": line.month,
        "due_on": line.due_on.isoformat(),
        "amount": line.amount,
        "employer": line.employer,
    }


def with_employer(lines: Iterable[Line], old: str, new: str, since: str) -> list[Line]:
    """The months from `since` (YYYY-MM) on are withheld by another employer; the amounts stay."""
    return [replace(one, employer=new) if one.employer == old and one.month >= since else one for one in lines]


# 地方税法45条（市町村民税の減免と同じ割合の道府県民税の減免）、森林環境税及び森林環境譲与税に関する法律11条
def apportioned(parts: Mapping[str, int], amount: int) -> dict[str, int]:
    """An amount in yen spread over the kinds of tax in proportion; what is left over goes to the largest one."""
    whole = sum(parts.values())
    if not whole:
        return dict.fromkeys(parts, 0)
    found = {part: value * amount // whole for part, value in parts.items()}
    largest = max(parts, key=lambda part: parts[part])
    return {**found, largest: found[largest] + amount - sum(found.values())}


def parts_to_pay(levy: Levy) -> dict[str, int]:
    """Yen of every kind of tax, less what was remitted."""
    remitted = apportioned(levy.parts, levy.remitted)
    return {part: value - remitted[part] for part, value in levy.parts.items()}

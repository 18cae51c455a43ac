"""What a municipality sets for a fiscal year: rates of a designated city, surcharges, limits, instalments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import portions, years
from kijun.reference.store import Base, Tenant, find


class TermsRow(Base):
    """The terms as set from a fiscal year on."""

    __tablename__ = "iit_terms"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    applies_designated_city_rates: Mapped[bool | None]
    living_area_grade: Mapped[str | None]
    prefectural_levy_rate: Mapped[int | None]
    municipal_capita_surcharge: Mapped[int | None]
    prefectural_capita_surcharge: Mapped[int | None]
    exemption_addition: Mapped[int | None]
    instalment_fraction: Mapped[int | None]
    instalment_total: Mapped[int | None]
    is_opening: Mapped[bool] = mapped_column(default=False)  # the year was started: no year before says anything more


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one fiscal year. Amounts in yen, `prefectural_levy_rate` in parts of 100,000."""

    is_designated: bool = False
    living_area_grade: str = "first_grade"
    prefectural_levy_rate: int = 4_000
    municipal_capita_surcharge: int = 0
    prefectural_capita_surcharge: int = 0
    exemption_addition: int | None = None
    instalment_fraction: int = 1_000
    instalment_total: int = 4

    @property
    def shares(self) -> tuple[int, int]:
        """Of ten parts of a credit or a separate levy, how many are the municipality's and the prefecture's."""
        return (8, 2) if self.is_designated else (6, 4)


def set_terms(desk: Desk, fiscal_year: int, given: dict[str, Any]) -> TermsRow:
    """Keep the terms of a fiscal year; what is not given keeps what it was."""
    known = find(desk.session, TermsRow, desk.id, years.checked_year(fiscal_year))
    if known is None:
        known = TermsRow(tenant=desk.id, fiscal_year=fiscal_year)
        desk.session.add(known)
    for name, value in given.items():
        if value is not None:
            setattr(known, name, value)
    return known


def carry_over(desk: Desk, fiscal_year: int) -> None:
    """Keep what holds in a fiscal year as the year's own: from now on no change to a year before reaches it."""
    set_terms(desk, fiscal_year, said(desk, fiscal_year)).is_opening = True


def terms_of(desk: Desk, fiscal_year: int) -> Terms:
    """The terms that hold in a fiscal year: those set last for it or for a year before, else the standard ones."""
    return portions.remembered(desk, (Terms, fiscal_year), lambda: _found(desk, fiscal_year))


def _found(desk: Desk, fiscal_year: int) -> Terms:
    tenant = find(desk.session, Tenant, desk.id)
    is_designated = tenant is not None and tenant.municipality_class == "designated_city"
    held = said(desk, fiscal_year)
    is_designated = held.pop("applies_designated_city_rates", is_designated)
    held.setdefault("prefectural_levy_rate", 2_000 if is_designated else 4_000)
    return Terms(is_designated=is_designated, **held)


def said(desk: Desk, fiscal_year: int) -> dict[str, Any]:
    """What was set for a fiscal year or a year before, back to the last year that was started."""
    question = select(TermsRow).where(TermsRow.tenant == desk.id, TermsRow.fiscal_year <= fiscal_year)
    found: dict[str, Any] = {}
    for one in desk.session.scalars(question.order_by(TermsRow.fiscal_year)):
        own = {name: getattr(one, name) for name in _NAMES if getattr(one, name) is not None}
        found = own if one.is_opening else found | own
    return found


_NAMES = [one.name for one in TermsRow.__table__.columns if one.name not in ("tenant", "fiscal_year", "is_opening")]

"""副本: what the municipality keeps ready for other bodies that ask through the information network (番号法22条)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import assessment, calculation, dossiers, presence
from kijun.reference.individual_inhabitant_tax.assessment import Levy
from kijun.reference.local_tax_common import personal_numbers
from kijun.reference.store import Base

ASKED = ("overall_income", "municipal_income_levy", "municipal_capita_levy", "liability")


class Replica(Base):
    """A person's copy as it was handed over last."""

    __tablename__ = "iit_replica"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str] = mapped_column(primary_key=True)
    fiscal_year: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


def make(desk: Desk, fiscal_year: int, scope: str) -> list[dict[str, Any]]:
    """Everybody's copy, or only those that are not as handed over last; both are remembered."""
    numbers = [number for number, _ in presence.taxable(desk, fiscal_year) if has_number(desk, number)]
    found = [one for number in numbers if (one := copy_of(desk, number, fiscal_year)) is not None]
    made = [one for one in found if scope == "full" or is_new(desk, one, fiscal_year)]
    for one in made:
        key = {"tenant": desk.id, "taxpayer_id": one["taxpayer_id"], "fiscal_year": fiscal_year}
        desk.session.merge(Replica(**key, content=dict(one)))
    return made


def has_number(desk: Desk, taxpayer_id: str) -> bool:
    """Without a personal number nobody can be asked about through the network."""
    return personal_numbers.is_held(desk, taxpayer_id)


def is_new(desk: Desk, one: Mapping[str, Any], fiscal_year: int) -> bool:
    known = desk.session.get(Replica, (desk.id, one["taxpayer_id"], fiscal_year))
    return known is None or known.content != one


# 番号法19条8号、22条1項
def copy_of(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any] | None:
    """What was decided on the person; None while the levy is still to be decided."""
    decided = decision(desk, taxpayer_id, fiscal_year)
    if decided is None:
        return None
    person = taxpayers.taxpayer(desk, taxpayer_id)
    return {
        "taxpayer_id": taxpayer_id,
        "is_income_known": decided["liability"] is not None,
        **decided,
        "is_automatic_answer_denied": is_denied(person.is_protected),
    }


def is_denied(is_protected: bool) -> bool:
    """An answer that nobody looks at could tell a perpetrator which municipality a person lives in."""
    return is_protected


def decision(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any] | None:
    levy = assessment.latest(desk, taxpayer_id, fiscal_year)
    if levy is not None:
        return of_levy(levy)
    if not dossiers.is_income_known(desk, taxpayer_id, fiscal_year):
        return dict.fromkeys(ASKED)
    found = calculation.calculate(desk, taxpayer_id, fiscal_year)
    if found.annual_levy > 0:
        return None
    nothing = {"municipal_income_levy": 0, "municipal_capita_levy": 0}
    return {"overall_income": found.incomes.overall_income, **nothing, "liability": found.liability}


def of_levy(levy: Levy) -> dict[str, Any]:
    """By the last decision, not by what came in after it."""
    income, capita = levy.parts.get("municipal_income_levy", 0), levy.parts.get("municipal_capita_levy", 0)
    return {
        "overall_income": levy.overall_income,
        "municipal_income_levy": income,
        "municipal_capita_levy": capita,
        "liability": "liable" if income else "capita_only" if capita else "exempt",
    }

"""What other terms would do to everybody: sums, and how many would be levied more or less. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import calculation, levying, portions, terms
from kijun.reference.individual_inhabitant_tax.terms import Terms


@dataclass(frozen=True, slots=True)
class Effect:
    """Sums of annual amounts in yen, and people whose amount rises or falls."""

    present: int
    amended: int
    raised: int
    lowered: int


def effect(desk: Desk, fiscal_year: int, said: dict[str, Any]) -> Effect:
    """Of terms in place of those on record, for everybody with a dossier."""
    found: list[tuple[int, int]] = []
    for some in portions.split(levying.persons(desk, fiscal_year)):
        with portions.portion(desk, some, fiscal_year):
            found += [amounts(desk, one, fiscal_year, said) for one in some]
    return summed(found)


def amounts(desk: Desk, taxpayer_id: str, fiscal_year: int, said: dict[str, Any]) -> tuple[int, int]:
    """The annual amount of one person under the terms on record, and under the others."""
    given = terms.terms_of(desk, fiscal_year)
    now = calculation.under(desk, given, taxpayer_id, fiscal_year).annual_levy
    return now, calculation.under(desk, amended(given, said), taxpayer_id, fiscal_year).annual_levy


def amended(given: Terms, said: dict[str, Any]) -> Terms:
    return replace(given, **said)


def summed(found: Sequence[tuple[int, int]]) -> Effect:
    return Effect(
        present=sum(now for now, _ in found),
        amended=sum(then for _, then in found),
        raised=len([now for now, then in found if then > now]),
        lowered=len([now for now, then in found if then < now]),
    )

"""What other offices and reports get: the levy of each person, all of them or the changes, and sums of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, presence
from kijun.reference.individual_inhabitant_tax.calculation import Outcome
from kijun.reference.individual_inhabitant_tax.material_records import SharedInformation
from kijun.reference.individual_inhabitant_tax.records import Dossier

_LIABILITIES = ("liable", "capita_only", "exempt")


def share(desk: Desk, fiscal_year: int, scope: str) -> list[dict[str, Any]]:
    """Everybody's levy, or only what is not as it was told last; both are remembered as told."""
    lines = [information(desk, number, fiscal_year) for number, _ in presence.taxable(desk, fiscal_year)]
    told = [one for one in lines if scope == "full" or is_news(desk, one, fiscal_year)]
    for one in told:
        desk.session.merge(
            SharedInformation(
                tenant=desk.id, taxpayer_id=one["taxpayer_id"], fiscal_year=fiscal_year, content=dict(one)
            )
        )
    return told


def information(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    """The levy of a person. Of somebody whose income is unknown nothing is said: zero would be a statement."""
    if not dossiers.is_income_known(desk, taxpayer_id, fiscal_year):
        return unknown(taxpayer_id)
    outcome = calculation.calculate(desk, taxpayer_id, fiscal_year)
    return {
        "taxpayer_id": taxpayer_id,
        "is_income_known": True,
        "overall_income": outcome.incomes.overall_income,
        "annual_levy": outcome.annual_levy,
        "liability": outcome.liability,
    }


def unknown(taxpayer_id: str) -> dict[str, Any]:
    silent = dict.fromkeys(("overall_income", "annual_levy", "liability"))
    return {"taxpayer_id": taxpayer_id, "is_income_known": False, **silent}


def is_news(desk: Desk, line: Mapping[str, Any], fiscal_year: int) -> bool:
    known = desk.session.get(SharedInformation, (desk.id, line["taxpayer_id"], fiscal_year))
    return known is None or known.content != line


def ledger(desk: Desk, taxpayer_id: str) -> list[tuple[int, Outcome]]:
    """The computation of every year in which the income of a person is known."""
    question = select(Dossier.fiscal_year).where(Dossier.tenant == desk.id, Dossier.taxpayer_id == taxpayer_id)
    found = sorted(set(desk.session.scalars(question)))
    known = [year for year in found if dossiers.is_income_known(desk, taxpayer_id, year)]
    return [(year, calculation.calculate(desk, taxpayer_id, year)) for year in known]


def outcomes(desk: Desk, fiscal_year: int) -> list[Outcome]:
    """The computation of everybody to be levied whose income is known."""
    numbers = [number for number, _ in presence.taxable(desk, fiscal_year)]
    known = [one for one in numbers if dossiers.is_income_known(desk, one, fiscal_year)]
    return [calculation.calculate(desk, one, fiscal_year) for one in known]


def by_liability(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Persons and levies in yen for each kind of liability, those without anybody included."""
    return [summary(kind, [one for one in found if one.liability == kind]) for kind in _LIABILITIES]


def summary(kind: str, found: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "liability": kind,
        "count": len(found),
        "municipal_income_levy": sum(one.income_levy.municipal for one in found),
        "municipal_capita_levy": sum(one.capita.municipal for one in found),
    }


# 地方税法42条3項（道府県への払込み）、森林環境税及び森林環境譲与税に関する法律（国への払込み。条番号は未照合）
def prefectural_total(found: Sequence[Outcome]) -> int:
    """In yen: what is the prefecture's, without the tax of the state."""
    return sum(one.income_levy.prefectural + one.capita.prefectural for one in found)


def forest_total(found: Sequence[Outcome]) -> int:
    return sum(one.forest_environment_tax for one in found)

"""Operations that answer at the counter: the ledger of a person over the years, and the levy of relatives."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import checks, sharing, years
from kijun.reference.individual_inhabitant_tax.calculation import Outcome
from kijun.reference.individual_inhabitant_tax.checks import Claim

router = APIRouter(prefix="/v1/inhabitant/inquiries")


class ByPerson(BaseModel):
    taxpayer_id: str


class ByPersonAndYear(ByPerson):
    fiscal_year: int


def get_tax_ledger(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """課税台帳の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return {"tax_ledger": [ledger_line(*one) for one in sharing.ledger(desk, given.taxpayer_id)]}


def ledger_line(fiscal_year: int, found: Outcome) -> dict[str, Any]:
    return {
        "fiscal_year": fiscal_year,
        "overall_income": found.incomes.overall_income,
        "allowance_sum": found.allowances.total,
        "annual_levy": found.annual_levy,
        "liability": found.liability,
    }


def list_kin_liabilities(desk: Desk, given: ByPersonAndYear) -> dict[str, Any]:
    """親族の課税状況の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    named = checks.claims(desk, years.checked_year(given.fiscal_year))
    own = [one for one in named if one.taxpayer_id == given.taxpayer_id]
    others = [one for one in named if one.relative_taxpayer_id == given.taxpayer_id]
    return {
        "kin_liabilities": [kin_line(desk, one, given.fiscal_year) for one in own],
        "named_by": [{"taxpayer_id": one.taxpayer_id, "kinship": one.kinship} for one in others],
    }


def kin_line(desk: Desk, one: Claim, fiscal_year: int) -> dict[str, Any]:
    known = sharing.information(desk, one.relative_taxpayer_id, fiscal_year)
    shown = {key: known[key] for key in ("is_income_known", "overall_income", "liability")}
    return {"relative_taxpayer_id": one.relative_taxpayer_id, "kinship": one.kinship, **shown}


routing.add(router, "/ledger", ByPerson, get_tax_ledger, is_query=True)
routing.add(router, "/kin", ByPersonAndYear, list_kin_liabilities, is_query=True)

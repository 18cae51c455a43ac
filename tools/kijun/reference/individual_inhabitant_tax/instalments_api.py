"""Operations that spread an annual amount over a year, without a taxpayer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import calculation, instalments, pension_collection, terms
from kijun.reference.individual_inhabitant_tax.instalments import Share
from kijun.reference.individual_inhabitant_tax.terms import Terms

_LAW = Terms()  # what holds where no ordinance says otherwise
router = APIRouter(prefix="/v1/inhabitant-tax")


class AnnualAmount(BaseModel):
    fiscal_year: int
    annual_levy: int = Field(ge=0)
    flat_cut_sum: int = Field(default=0, ge=0)


class InstalmentQuestion(AnnualAmount):
    instalment_total: int = Field(default=_LAW.instalment_total, ge=1, le=12)
    instalment_fraction: int = Field(default=_LAW.instalment_fraction, ge=1)


class PensionQuestion(BaseModel):
    fiscal_year: int
    pension_levy: int = Field(ge=0)
    former_pension_levy: int = Field(default=0, ge=0)
    is_first_pension_collection: bool = False
    flat_cut_sum: int = Field(default=0, ge=0)
    instalment_fraction: int = Field(default=_LAW.instalment_fraction, ge=1)


def calculate_instalments(desk: Desk, given: InstalmentQuestion) -> dict[str, Any]:
    """期割の計算"""
    amounts = instalments.by_instalment(
        given.annual_levy, given.fiscal_year, given.instalment_total, given.instalment_fraction, given.flat_cut_sum
    )
    return {"instalment_shares": numbered(gathered(desk, given, amounts))}


def gathered(desk: Desk, given: AnnualAmount, amounts: Sequence[int]) -> Sequence[int]:
    """All of it in the first one where the amount does not exceed what the body levies per head."""
    capita = calculation.capita_sum(terms.terms_of(desk, given.fiscal_year), given.fiscal_year)
    is_small = instalments.is_small(given.annual_levy, capita, given.fiscal_year, given.flat_cut_sum)
    return instalments.at_once(amounts) if is_small else amounts


def numbered(amounts: Sequence[int]) -> list[dict[str, Any]]:
    return [
        {"instalment_number": number, "instalment_amount": amount} for number, amount in enumerate(amounts, start=1)
    ]


def calculate_monthly_shares(desk: Desk, given: AnnualAmount) -> dict[str, Any]:
    """月割の計算"""
    shares = instalments.by_month(given.annual_levy, given.fiscal_year, given.flat_cut_sum)
    amounts = gathered(desk, given, [one.amount for one in shares])
    return {
        "monthly_shares": [
            {"collection_month": one.month, "monthly_share": amount}
            for one, amount in zip(shares, amounts, strict=True)
        ]
    }


def calculate_pension_shares(_desk: Desk, given: PensionQuestion) -> dict[str, Any]:
    """年金特別徴収額の計算"""
    plan = pension_plan(given)
    shares = [*_lines("ordinary", plan.ordinary), *_lines("pension", (*plan.provisional, *plan.final))]
    return {
        "pension_shares": shares,
        "provisional_excess": plan.excess,
        "coming_provisional_base": pension_collection.base_of_next_year(given.pension_levy, given.flat_cut_sum),
    }


def pension_plan(given: PensionQuestion) -> pension_collection.Plan:
    if given.is_first_pension_collection:
        return pension_collection.first_year(
            given.pension_levy, given.fiscal_year, given.instalment_fraction, given.flat_cut_sum
        )
    return pension_collection.continued(
        given.pension_levy, given.former_pension_levy, given.fiscal_year, given.flat_cut_sum
    )


def _lines(method: str, shares: Sequence[Share]) -> list[dict[str, Any]]:
    return [
        {"collection_method": method, "collection_month": one.month, "collection_share": one.amount} for one in shares
    ]


routing.add(router, "/instalments", InstalmentQuestion, calculate_instalments, is_query=True)
routing.add(router, "/months", AnnualAmount, calculate_monthly_shares, is_query=True)
routing.add(router, "/pension-shares", PensionQuestion, calculate_pension_shares, is_query=True)

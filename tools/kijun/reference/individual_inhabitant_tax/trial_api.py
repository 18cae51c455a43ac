"""A trial of the levy: what one person would be levied with other amounts, without keeping them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, terms, years
from kijun.reference.individual_inhabitant_tax.calculation import Outcome
from kijun.reference.individual_inhabitant_tax.calculation_api import ByPerson
from kijun.reference.store import Taxpayer, find

router = APIRouter(prefix="/v1/inhabitant")
Yen = Field(default=None, ge=0)
ANSWERED = (
    "taxable_base",
    "municipal_income_levy",
    "prefectural_income_levy",
    "municipal_capita_levy",
    "prefectural_capita_levy",
    "forest_environment_tax",
    "annual_levy",
    "liability",
)


class TrialForm(ByPerson):
    salary_revenue: int | None = Yen
    pension_revenue: int | None = Yen
    trade_profit: int | None = None
    social_premium: int | None = Yen
    medical_cost: int | None = Yen
    hometown_gift: int | None = Yen
    long_held_gain: int | None = Yen


def try_inhabitant_levy(desk: Desk, given: TrialForm) -> dict[str, Any]:
    """個人住民税の試算"""
    desk.target_id = given.taxpayer_id
    if find(desk.session, Taxpayer, desk.id, given.taxpayer_id) is None:
        raise Refusal("not_found", "その宛名番号の登録はありません。番号を確かめてください。")
    said = given.model_dump(exclude={"taxpayer_id", "fiscal_year"}, exclude_none=True)
    result = trial(desk, given.taxpayer_id, years.checked_year(given.fiscal_year), said).as_result()
    return {name: result[name] for name in ANSWERED}


def trial(desk: Desk, taxpayer_id: str, fiscal_year: int, said: dict[str, int]) -> Outcome:
    """The computation with some amounts (yen) in place of those on record; nothing is written."""
    figures = dossiers.adopted(desk, taxpayer_id, fiscal_year) | said
    person = calculation.person_of(desk, taxpayer_id, fiscal_year)
    return calculation.compute(figures, person, terms.terms_of(desk, fiscal_year), fiscal_year)


routing.add(router, "/trials", TrialForm, try_inhabitant_levy, is_query=True)

"""Operations on what a person earns and is levied: terms, circumstances, relatives, dossiers, the computation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, BeforeValidator, Field, create_model

from kijun.reference import routing, store
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import calculation, severance, terms, years
from kijun.reference.individual_inhabitant_tax.records import Circumstance, Dossier, RelativeRow
from kijun.reference.store import Taxpayer, find

router = APIRouter(prefix="/v1/inhabitant")
Yen = Field(default=None, ge=0)
Disablement = Literal["none", "ordinary", "special"]


def _as_number(told: Any) -> Any:
    """What came from a page or a file is text."""
    return int(told) if isinstance(told, str) and told.isdecimal() else told


Fraction = Annotated[Literal[100, 1000], BeforeValidator(_as_number)]


class TermsForm(BaseModel):
    fiscal_year: int
    applies_designated_city_rates: bool | None = None
    living_area_grade: Literal["first_grade", "second_grade", "third_grade"] | None = None
    prefectural_levy_rate: int | None = Field(default=None, ge=0, le=100_000)
    municipal_capita_surcharge: int | None = Yen
    prefectural_capita_surcharge: int | None = Yen
    exemption_addition: int | None = Yen
    instalment_fraction: Fraction | None = None
    instalment_total: int | None = Field(default=None, ge=1, le=10)


class ByPerson(BaseModel):
    taxpayer_id: str
    fiscal_year: int


class CircumstanceForm(ByPerson):
    birth_date: date
    disablement: Disablement = "none"
    lone_status: Literal["none", "widow", "lone_mother", "lone_father"] = "none"
    is_working_student: bool = False
    receives_public_aid: bool = False


class RelativeForm(ByPerson):
    kinship: Literal["spouse", "relative"]
    relative_birth_date: date
    relative_earnings: int = Field(default=0, ge=0)
    disablement: Disablement = "none"
    is_coresident_parent: bool = False
    is_coresident: bool = False
    lives_abroad: bool = False
    studies_abroad: bool = False
    remitted_sum: int = Field(default=0, ge=0)
    is_kinship_vouched: bool = False
    is_remittance_vouched: bool = False
    is_study_vouched: bool = False


MAY_BE_LOSS = ("trade_profit", "estate_profit", "sundry_profit", "aggregate_short_gain", "aggregate_long_gain")
AMOUNTS = (
    *("salary_revenue", "pension_revenue", "trade_profit", "estate_profit", "interest_profit", "dividend_profit"),
    *("sundry_profit", "aggregate_short_gain", "aggregate_long_gain", "occasional_gain", "carried_forward_loss"),
    *("social_premium", "mutual_aid_premium", "new_life_premium", "old_life_premium", "care_premium"),
    *("new_annuity_premium", "old_annuity_premium", "quake_premium", "old_casualty_premium"),
    *("medical_cost", "medical_refund", "switch_drug_cost", "casualty_damage", "disaster_cost"),
    *("long_held_gain", "preferred_site_gain", "dwelling_gain", "short_held_gain", "public_short_gain"),
    *("listed_dividend", "listed_share_gain", "unlisted_share_gain", "futures_gain", "forestry_gain"),
    *("home_loan_ceiling", "national_tax", "national_base"),
    *("hometown_gift", "charity_gift", "municipal_gift", "prefectural_gift"),
    *("foreign_tax_left", "withheld_dividend_levy", "withheld_share_levy", "national_foreign_ceiling"),
    *("carried_forward_casualty", "gain_deduction"),
)
_figures: dict[str, Any] = {
    name: (int | None, Field(default=None) if name in MAY_BE_LOSS else Field(default=None, ge=0)) for name in AMOUNTS
}
_figures["home_loan_period"] = (Literal["five_percent", "seven_percent"] | None, None)
_figures["uses_one_stop"] = (bool | None, None)


class _Statements(ByPerson):
    dossier_kind: Literal["salary_report", "pension_report", "income_tax_return", "inhabitant_tax_return"]


DossierForm: type[_Statements] = create_model("DossierForm", __base__=_Statements, **_figures)


class Sale(BaseModel):
    asset_bought_on: date
    asset_sold_on: date


class SeveranceForm(BaseModel):
    fiscal_year: int
    severance_pay: int = Field(ge=0)
    service_from: date
    service_until: date
    severance_kind: Literal["ordinary", "officer", "short_service"] = "ordinary"
    retired_by_disablement: bool = False


def set_inhabitant_tax_terms(desk: Desk, given: TermsForm) -> dict[str, Any]:
    """課税条件の設定"""
    terms.set_terms(desk, given.fiscal_year, given.model_dump(exclude={"fiscal_year"}))
    return {"fiscal_year": given.fiscal_year}


def register_circumstances(desk: Desk, given: CircumstanceForm) -> dict[str, Any]:
    """個人の状況の登録"""
    _check_person(desk, given)
    number = f"K{store.next_number(desk.session, Circumstance, desk.id):08d}"
    store.enter(desk.session, Circumstance, tenant=desk.id, circumstance_id=number, **given.model_dump())
    return {"circumstance_id": number}


def register_relative(desk: Desk, given: RelativeForm) -> dict[str, Any]:
    """親族の登録"""
    _check_person(desk, given)
    number = f"F{store.next_number(desk.session, RelativeRow, desk.id):08d}"
    store.enter(desk.session, RelativeRow, tenant=desk.id, relative_id=number, **given.model_dump())
    return {"relative_id": number}


def lodge_dossier(desk: Desk, given: _Statements) -> dict[str, Any]:
    """課税資料の登録"""
    _check_person(desk, given)
    number = f"S{store.next_number(desk.session, Dossier, desk.id):08d}"
    said = given.model_dump(exclude={"taxpayer_id", "fiscal_year", "dossier_kind"}, exclude_none=True)
    store.enter(
        desk.session,
        Dossier,
        tenant=desk.id,
        dossier_id=number,
        taxpayer_id=given.taxpayer_id,
        fiscal_year=given.fiscal_year,
        dossier_kind=given.dossier_kind,
        figures=said,
    )
    return {"dossier_id": number}


def calculate_inhabitant_tax(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """個人住民税の計算"""
    _check_person(desk, given)
    return calculation.calculate(desk, given.taxpayer_id, given.fiscal_year).as_result()


def judge_holding_term(_desk: Desk, given: Sale) -> dict[str, Any]:
    """譲渡の区分の判定"""
    if given.asset_sold_on < given.asset_bought_on:
        raise Refusal("invalid_value", "譲渡日が取得日より前です。日付を確かめてください。")
    return {"holding_term": severance.holding_term(given.asset_bought_on, given.asset_sold_on)}


def calculate_severance_levy(_desk: Desk, given: SeveranceForm) -> dict[str, Any]:
    """退職所得の計算"""
    if given.service_until < given.service_from:
        raise Refusal("invalid_value", "退職の日が就職の日より前です。日付を確かめてください。")
    found = severance.severance(
        given.severance_pay,
        given.service_from,
        given.service_until,
        given.severance_kind,
        given.retired_by_disablement,
        years.checked_year(given.fiscal_year),
    )
    return {
        "service_years": found.service_years,
        "severance_allowance": found.severance_allowance,
        "severance_income": found.severance_income,
        "municipal_severance_levy": found.levy.municipal,
        "prefectural_severance_levy": found.levy.prefectural,
    }


def _check_person(desk: Desk, given: ByPerson) -> None:
    """Raises Refusal for somebody unknown, and for a year without terms."""
    desk.target_id = given.taxpayer_id
    if find(desk.session, Taxpayer, desk.id, given.taxpayer_id) is None:
        raise Refusal("not_found", "その宛名番号の登録はありません。番号を確かめてください。")
    years.checked_year(given.fiscal_year)


routing.add(router, "/terms", TermsForm, set_inhabitant_tax_terms)
routing.add(router, "/circumstances", CircumstanceForm, register_circumstances)
routing.add(router, "/relatives", RelativeForm, register_relative)
routing.add(router, "/dossiers", DossierForm, lodge_dossier)
routing.add(router, "/calculation", ByPerson, calculate_inhabitant_tax, is_query=True)
routing.add(router, "/holding-term", Sale, judge_holding_term, is_query=True)
routing.add(router, "/severance", SeveranceForm, calculate_severance_levy, is_query=True)

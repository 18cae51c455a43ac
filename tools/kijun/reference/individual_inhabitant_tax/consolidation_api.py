"""Operations on what a person's dossiers add up to: the sum, amendments, doubles, notices of the special case."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import checks, consolidation, dossiers, reasons
from kijun.reference.individual_inhabitant_tax.consolidation import Material
from kijun.reference.individual_inhabitant_tax.material_records import Amendment
from kijun.reference.local_tax_common.person_records import add, rows

router = APIRouter(prefix="/v1/inhabitant/consolidation")
Item = Literal["salary_revenue", "pension_revenue", "trade_profit", "social_premium"]
_SHOWN = ("salary_revenue", "pension_revenue", "trade_profit", "social_premium", "hometown_gift", "listed_dividend")


class ByPerson(BaseModel):
    taxpayer_id: str
    fiscal_year: int


class ByYear(BaseModel):
    fiscal_year: int


class NewAmendment(ByPerson):
    consolidated_item: Item
    amended_amount: int
    clerk_reason: str | None = None


class Revocation(ByPerson):
    consolidated_item: Item


def get_consolidated_dossiers(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """合算結果の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    figures = dossiers.adopted(desk, given.taxpayer_id, given.fiscal_year)
    found = dossiers.materials(desk, given.taxpayer_id, given.fiscal_year)
    return {
        **{key: figures.get(key, 0) for key in _SHOWN},
        "uses_one_stop": bool(figures.get("uses_one_stop")),
        "dossier_adoptions": [adoption_line(*one) for one in consolidation.choices(found)],
    }


def adoption_line(one: Material, adoption: str, ground: str) -> dict[str, Any]:
    return {
        "dossier_id": one.dossier_id,
        "incoming_kind": one.kind,
        "dossier_adoption": adoption,
        "adoption_ground": ground,
    }


def amend_consolidated_item(desk: Desk, given: NewAmendment) -> dict[str, Any]:
    """合算結果の補正"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    figures = dossiers.adopted(desk, given.taxpayer_id, given.fiscal_year)
    add(
        desk,
        Amendment,
        **given.model_dump(exclude={"clerk_reason"}),
        clerk_reason=reasons.stated(given.clerk_reason),
        unamended_amount=figures.get(given.consolidated_item, 0),
        operated_on=desk.today,
        operator=desk.operator,
        is_amendment_revoked=False,
        seen=seen(desk, given.taxpayer_id, given.fiscal_year),
    )
    return {"consolidated_item": given.consolidated_item}


def seen(desk: Desk, taxpayer_id: str, fiscal_year: int) -> int:
    """How many dossiers of the person there are."""
    return len(dossiers.of_person(desk, taxpayer_id, fiscal_year))


def revoke_amendment(desk: Desk, given: Revocation) -> dict[str, Any]:
    """合算結果の補正の取消"""
    held = [
        one
        for one in dossiers.amendments(desk, given.taxpayer_id, given.fiscal_year)
        if one.consolidated_item == given.consolidated_item
    ]
    if not held:
        raise Refusal("not_found", "その項目の補正はありません。補正の照会で項目を確かめてください。")
    for one in held:
        one.is_amendment_revoked = True
    return {"consolidated_item": given.consolidated_item}


def list_consolidation_amendments(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """補正の照会"""
    found = rows(desk, Amendment, taxpayer_id=given.taxpayer_id, fiscal_year=given.fiscal_year)
    return {"consolidation_amendments": [amendment_line(one) for one in found]}


def amendment_line(one: Amendment) -> dict[str, Any]:
    items = ("consolidated_item", "unamended_amount", "amended_amount", "clerk_reason", "operator")
    return {
        **{name: getattr(one, name) for name in items},
        "operated_on": one.operated_on.isoformat(),
        "is_amendment_revoked": one.is_amendment_revoked,
    }


def list_outdated_amendments(desk: Desk, given: ByYear) -> dict[str, Any]:
    """見直す補正の照会"""
    held = rows(desk, Amendment, fiscal_year=given.fiscal_year, is_amendment_revoked=False)
    return {
        "outdated_amendments": [
            {"taxpayer_id": one.taxpayer_id, "consolidated_item": one.consolidated_item}
            for one in held
            if is_outdated(desk, one)
        ]
    }


def is_outdated(desk: Desk, one: Amendment) -> bool:
    """Whether dossiers came after the clerk decided."""
    return seen(desk, one.taxpayer_id, one.fiscal_year) > one.seen


def list_suspected_duplicates(desk: Desk, given: ByYear) -> dict[str, Any]:
    """重複の疑いの照会"""
    found = checks.suspected_duplicates(checks.dossiers_of_year(desk, given.fiscal_year))
    return {
        "suspected_duplicates": [
            {"taxpayer_id": person, "salary_revenue": salary, "count": times} for person, salary, times in found
        ]
    }


def list_return_discrepancies(desk: Desk, given: ByYear) -> dict[str, Any]:
    """申告書と報告書の相違の照会"""
    found = checks.return_discrepancies(desk, given.fiscal_year)
    return {
        "return_discrepancies": [
            {"taxpayer_id": person, "returned_salary": returned, "reported_salary": reported}
            for person, returned, reported in found
        ]
    }


def list_one_stop_notices(desk: Desk, given: ByYear) -> dict[str, Any]:
    """申告特例の照会"""
    found = [one for one in checks.dossiers_of_year(desk, given.fiscal_year) if one.dossier_kind == "one_stop_notice"]
    people = sorted({one.taxpayer_id for one in found})
    return {"one_stop_notices": [line for one in people for line in notice_lines(desk, one, given.fiscal_year)]}


def notice_lines(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[dict[str, Any]]:
    effective = [one for one in dossiers.materials(desk, taxpayer_id, fiscal_year) if one.is_effective]
    ground = consolidation.void_ground(effective)
    return [
        {
            "taxpayer_id": taxpayer_id,
            "submitter_number": one.submitter_number,
            "hometown_gift": one.figures.get("hometown_gift", 0),
            "is_one_stop_effective": ground is None,
            "one_stop_void_ground": ground,
        }
        for one in effective
        if one.kind == "one_stop_notice"
    ]


def issue_one_stop_disqualification(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """申告特例の非該当通知書の作成"""
    lines = [one for one in notice_lines(desk, given.taxpayer_id, given.fiscal_year) if one["one_stop_void_ground"]]
    if not lines:
        raise Refusal("not_found", "無効となった申告特例はありません。申告特例の照会で確かめてください。")
    return {
        "one_stop_disqualification": {
            "fiscal_year": given.fiscal_year,
            "name": taxpayers.taxpayer(desk, given.taxpayer_id).name,
            "one_stop_void_ground": lines[0]["one_stop_void_ground"],
            "hometown_gift": sum(one["hometown_gift"] for one in lines),
        }
    }


routing.add(router, "", ByPerson, get_consolidated_dossiers, is_query=True)
routing.add(router, "/amendments", NewAmendment, amend_consolidated_item)
routing.add(router, "/amendments/revocations", Revocation, revoke_amendment)
routing.add(router, "/amendments/list", ByPerson, list_consolidation_amendments, is_query=True)
routing.add(router, "/amendments/outdated", ByYear, list_outdated_amendments, is_query=True)
routing.add(router, "/duplicates", ByYear, list_suspected_duplicates, is_query=True)
routing.add(router, "/discrepancies", ByYear, list_return_discrepancies, is_query=True)
routing.add(router, "/one-stop", ByYear, list_one_stop_notices, is_query=True)
routing.add(router, "/one-stop/disqualification", ByPerson, issue_one_stop_disqualification, is_query=True)

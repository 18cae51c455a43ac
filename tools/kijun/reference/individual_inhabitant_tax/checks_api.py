"""Operations that look at dossiers and relatives before the levy, and remind those nobody knows of."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import checks, intake, years
from kijun.reference.individual_inhabitant_tax.checks import Claim
from kijun.reference.individual_inhabitant_tax.material_records import RelativeLink, Reminder
from kijun.reference.individual_inhabitant_tax.records import RelativeRow
from kijun.reference.local_tax_common.person_records import add

router = APIRouter(prefix="/v1/inhabitant/checks")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class Link(BaseModel):
    relative_id: str
    relative_taxpayer_id: str


def link_relative(desk: Desk, given: Link) -> dict[str, Any]:
    """親族のひも付け"""
    taxpayers.taxpayer(desk, given.relative_taxpayer_id)
    if desk.session.get(RelativeRow, (desk.id, given.relative_id)) is None:
        raise Refusal("not_found", "その親族番号の親族はありません。親族を登録してからひも付けてください。")
    desk.session.merge(RelativeLink(tenant=desk.id, **given.model_dump()))
    return {"relative_id": given.relative_id}


def check_dependencies(desk: Desk, given: ByYear) -> dict[str, Any]:
    """扶養の点検"""
    years.checked_year(given.fiscal_year)
    found = checks.dependency_remarks(checks.claims(desk, given.fiscal_year), given.fiscal_year)
    return {"dependency_remarks": [remark_line(*one) for one in found]}


def export_dependency_corrections(desk: Desk, given: ByYear) -> dict[str, Any]:
    """扶養是正情報の作成"""
    years.checked_year(given.fiscal_year)
    found = checks.corrections(checks.claims(desk, given.fiscal_year), given.fiscal_year)
    return {"dependency_corrections": [remark_line(*one) for one in found]}


def remark_line(one: Claim, kind: str) -> dict[str, Any]:
    return {
        "taxpayer_id": one.taxpayer_id,
        "relative_taxpayer_id": one.relative_taxpayer_id,
        "dependency_remark_kind": kind,
    }


def check_dossiers(desk: Desk, given: ByYear) -> dict[str, Any]:
    """課税資料の論理点検"""
    found = [
        {"dossier_id": one.dossier_id, "dossier_remark_level": level, "dossier_remark_kind": kind}
        for one in checks.dossiers_of_year(desk, given.fiscal_year)
        for level, kind in checks.dossier_remarks(one.figures)
    ]
    return {"dossier_remarks": found}


def list_undeclared_inhabitants(desk: Desk, given: ByYear) -> dict[str, Any]:
    """未申告者の抽出"""
    return {
        "undeclared_inhabitants": [
            {"taxpayer_id": one, "is_reminded": checks.is_reminded(desk, one, given.fiscal_year)}
            for one in checks.undeclared(desk, given.fiscal_year)
        ]
    }


def issue_filing_reminder(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """申告勧奨の作成"""
    if given.taxpayer_id not in checks.undeclared(desk, given.fiscal_year):
        raise Refusal("conflicting_state", "未申告者ではありません。未申告者の抽出で対象を確かめてください。")
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    add(desk, Reminder, reminded_on=desk.today, **given.model_dump())
    return {
        "filing_reminder": {
            "fiscal_year": given.fiscal_year,
            "name": person.name,
            "address": taxpayers.printed_address(person),
            "filing_deadline": intake.filing_deadline(given.fiscal_year).isoformat(),
        }
    }


routing.add(router, "/links", Link, link_relative)
routing.add(router, "/dependencies", ByYear, check_dependencies, is_query=True)
routing.add(router, "/dependencies/corrections", ByYear, export_dependency_corrections, is_query=True)
routing.add(router, "/dossiers", ByYear, check_dossiers, is_query=True)
routing.add(router, "/undeclared", ByYear, list_undeclared_inhabitants, is_query=True)
routing.add(router, "/reminders", ByPerson, issue_filing_reminder)

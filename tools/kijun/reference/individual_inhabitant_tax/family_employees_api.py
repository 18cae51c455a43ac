"""Operations on family who work in a taxpayer's business."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import family_employees, years
from kijun.reference.local_tax_common.person_records import add

router = APIRouter(prefix="/v1/inhabitant/family-employees")


class ByYear(BaseModel):
    fiscal_year: int


class NewEmployee(ByYear):
    taxpayer_id: str
    relative_taxpayer_id: str
    family_employee_kind: Literal["blue_return", "ordinary_return"]
    is_owners_spouse: bool = False
    family_employee_amount: int = Field(ge=0)


def register_family_employee(desk: Desk, given: NewEmployee) -> dict[str, Any]:
    """事業専従者の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    taxpayers.taxpayer(desk, given.relative_taxpayer_id)
    years.checked_year(given.fiscal_year)
    add(desk, family_employees.FamilyEmployee, **given.model_dump())
    return {"relative_taxpayer_id": given.relative_taxpayer_id}


def check_family_employees(desk: Desk, given: ByYear) -> dict[str, Any]:
    """事業専従者の点検"""
    lines = [
        {
            "taxpayer_id": one.taxpayer_id,
            "relative_taxpayer_id": one.relative_taxpayer_id,
            "family_employee_remark": kind,
        }
        for one, kind in family_employees.remarks(desk, years.checked_year(given.fiscal_year))
    ]
    return {"family_employee_remarks": lines}


routing.add(router, "", NewEmployee, register_family_employee)
routing.add(router, "/checks", ByYear, check_family_employees, is_query=True)

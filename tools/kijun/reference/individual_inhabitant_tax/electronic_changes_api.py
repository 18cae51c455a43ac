"""Operations on notices of employment changes that come in electronically."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import electronic_changes, employers, years
from kijun.reference.individual_inhabitant_tax.electronic_changes import ElectronicChange
from kijun.reference.local_tax_common.person_records import add, rows

router = APIRouter(prefix="/v1/inhabitant-tax/electronic-changes")


class ByYear(BaseModel):
    fiscal_year: int


class NewChange(ByYear):
    change_reception: str = Field(min_length=1)
    designation_number: str
    addressee_name: str = Field(min_length=1)
    birth_date: date
    employment_change: Literal["retired", "absent", "died", "transferred"]
    employment_changed_on: date
    change_notified_on: date
    lump_sum_requested: bool = False
    is_pay_sufficient: bool = True
    next_designation: str | None = None


def lodge_electronic_change(desk: Desk, given: NewChange) -> dict[str, Any]:
    """異動届の電子受信"""
    employers.employer(desk, given.designation_number)
    years.checked_year(given.fiscal_year)
    outcome = {"intake_state": "unprocessed", "change_hold_reason": None, "taxpayer_id": None}
    add(desk, ElectronicChange, **given.model_dump(), **outcome)
    return {"change_reception": given.change_reception}


def take_in_electronic_changes(desk: Desk, given: ByYear) -> dict[str, Any]:
    """異動届の電子取込"""
    states = [one.intake_state for one in electronic_changes.take_in(desk, given.fiscal_year)]
    return {
        "received_count": len(states),
        "absorbed_count": states.count("entered"),
        "held_count": states.count("held"),
        "discarded_count": states.count("discarded"),
    }


def list_electronic_changes(desk: Desk, given: ByYear) -> dict[str, Any]:
    """電子の異動届の照会"""
    items = ("change_reception", "designation_number", "intake_state", "change_hold_reason", "taxpayer_id")
    found = rows(desk, ElectronicChange, fiscal_year=given.fiscal_year)
    return {"electronic_changes": [{name: getattr(one, name) for name in items} for one in found]}


routing.add(router, "", NewChange, lodge_electronic_change)
routing.add(router, "/intakes", ByYear, take_in_electronic_changes)
routing.add(router, "/of-year", ByYear, list_electronic_changes, is_query=True)

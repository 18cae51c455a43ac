"""Operations on what is known of severance payments."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import employers, severance_payments, years
from kijun.reference.individual_inhabitant_tax.severance_payments import SeveranceRecord
from kijun.reference.local_tax_common.person_records import add, rows

router = APIRouter(prefix="/v1/inhabitant-tax/severance-records")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(BaseModel):
    taxpayer_id: str


class NewRecord(ByPerson):
    designation_number: str
    severance_paid_on: date
    severance_pay: int = Field(ge=0)
    service_from: date
    service_until: date
    severance_kind: Literal["ordinary", "officer", "short_service"] = "ordinary"
    retired_by_disablement: bool = False
    municipal_severance_levy: int = Field(ge=0)
    prefectural_severance_levy: int = Field(ge=0)


class NewReturn(BaseModel):
    designation_number: str
    severance_month: str = Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    filed_on: date
    declared_severance_levy: int = Field(ge=0)


def register_severance_dossier(desk: Desk, given: NewRecord) -> dict[str, Any]:
    """退職所得の資料の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    employers.employer(desk, given.designation_number)
    years.checked_year(given.severance_paid_on.year)
    if given.service_until < given.service_from:
        raise Refusal("invalid_value", "退職の日が就職の日より前です。日付を確かめてください。")
    row = add(desk, SeveranceRecord, **given.model_dump())
    return {"severance_due": severance_payments.remit_by(row).isoformat()}


def list_severance_dossiers(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """退職所得の資料の照会"""
    found = rows(desk, SeveranceRecord, taxpayer_id=given.taxpayer_id)
    return {"severance_dossiers": [line(one) for one in found]}


def line(one: SeveranceRecord) -> dict[str, Any]:
    return {
        "designation_number": one.designation_number,
        "severance_paid_on": one.severance_paid_on.isoformat(),
        "severance_pay": one.severance_pay,
        "municipal_severance_levy": one.municipal_severance_levy,
        "prefectural_severance_levy": one.prefectural_severance_levy,
        "severance_due": severance_payments.remit_by(one).isoformat(),
    }


def register_severance_return(desk: Desk, given: NewReturn) -> dict[str, Any]:
    """退職所得の納入申告の登録"""
    employers.employer(desk, given.designation_number)
    add(desk, severance_payments.SeveranceReturn, **given.model_dump())
    return {"designation_number": given.designation_number}


def check_severance_returns(desk: Desk, given: ByYear) -> dict[str, Any]:
    """退職所得の納入申告の照合"""
    lines = [
        {
            "designation_number": one.designation_number,
            "severance_month": one.severance_month,
            "declared_severance_levy": one.declared_severance_levy,
            "dossier_severance_levy": total,
        }
        for one, total in severance_payments.differing_returns(desk, years.checked_year(given.fiscal_year))
    ]
    return {"differing_severance_returns": lines}


def check_severance_dossiers(desk: Desk, given: ByYear) -> dict[str, Any]:
    """退職所得の資料の点検"""
    found = severance_payments.of_year(desk, years.checked_year(given.fiscal_year))
    remarks = [(one, "levy_differs") for one in severance_payments.wrong(found)]
    remarks += [(one, "lived_elsewhere") for one in severance_payments.misdirected(desk, found)]
    lines = [{"taxpayer_id": one.taxpayer_id, "severance_remark_kind": kind} for one, kind in remarks]
    return {"severance_remarks": lines}


routing.add(router, "", NewRecord, register_severance_dossier)
routing.add(router, "/of-person", ByPerson, list_severance_dossiers, is_query=True)
routing.add(router, "/returns", NewReturn, register_severance_return)
routing.add(router, "/returns/checks", ByYear, check_severance_returns, is_query=True)
routing.add(router, "/checks", ByYear, check_severance_dossiers, is_query=True)

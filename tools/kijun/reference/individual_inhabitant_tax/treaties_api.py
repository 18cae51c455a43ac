"""Operations on notices of exemption by a tax treaty."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import treaties, years
from kijun.reference.local_tax_common.person_records import add, rows

router = APIRouter(prefix="/v1/inhabitant/treaties")


class ByPerson(BaseModel):
    taxpayer_id: str


class NewNotice(ByPerson):
    fiscal_year: int
    treaty_country: str = Field(min_length=1)
    treaty_kind: Literal["covers_local_tax", "national_tax_only"]
    treaty_exempt_salary: int = Field(ge=0)
    treaty_from: date
    treaty_until: date | None = None
    filed_on: date


def register_treaty_notice(desk: Desk, given: NewNotice) -> dict[str, Any]:
    """租税条約の届出の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    years.checked_year(given.fiscal_year)
    return {"is_filed_late": treaties.is_late(add(desk, treaties.TreatyNotice, **given.model_dump()))}


def list_treaty_notices(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """租税条約の届出の照会"""
    items = ("fiscal_year", "treaty_country", "treaty_kind", "treaty_exempt_salary")
    lines = [
        {
            **{name: getattr(one, name) for name in items},
            "filed_on": one.filed_on.isoformat(),
            "is_filed_late": treaties.is_late(one),
        }
        for one in rows(desk, treaties.TreatyNotice, taxpayer_id=given.taxpayer_id)
    ]
    return {"treaty_notices": lines}


routing.add(router, "", NewNotice, register_treaty_notice)
routing.add(router, "/of-person", ByPerson, list_treaty_notices, is_query=True)

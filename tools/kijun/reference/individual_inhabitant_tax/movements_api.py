"""Operations on people who arrive, leave or die, and on who receives their papers."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import departures, heirs, resident_moves

router = APIRouter(prefix="/v1/inhabitant/movements")


class Nothing(BaseModel):
    pass


class ByYear(BaseModel):
    fiscal_year: int


class Ending(BaseModel):
    taxpayer_id: str
    present_until: date
    presence_end_ground: Literal["moved_out", "emigrated", "died"]


class NewHeir(BaseModel):
    taxpayer_id: str
    heir_name: str = Field(min_length=1)
    inherited_portion: str = Field(pattern=r"^[1-9]\d*/[1-9]\d*$")


class Inheritance(BaseModel):
    taxpayer_id: str
    inherited_dues: int = Field(ge=0)


def end_presence(desk: Desk, given: Ending) -> dict[str, Any]:
    """在住の終了の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    departures.end(desk, given.taxpayer_id, given.present_until, given.presence_end_ground)
    return {"taxpayer_id": given.taxpayer_id}


def list_emigrants_without_administrator(desk: Desk, given: ByYear) -> dict[str, Any]:
    """納税管理人のない国外転出者の照会"""
    found = departures.without_administrator(desk, given.fiscal_year)
    return {"emigrants_without_administrator": [{"taxpayer_id": one} for one in found]}


def list_dead_without_representative(desk: Desk, given: ByYear) -> dict[str, Any]:
    """相続人代表者のない死亡者の照会"""
    found = departures.to_be_represented(desk, given.fiscal_year)
    return {"dead_without_representative": [{"taxpayer_id": one} for one in found]}


def register_heir(desk: Desk, given: NewHeir) -> dict[str, Any]:
    """相続人の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    heirs.register(desk, *given.model_dump().values())
    return {"taxpayer_id": given.taxpayer_id}


def list_inherited_dues(desk: Desk, given: Inheritance) -> dict[str, Any]:
    """承継する徴収金の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    lines = [
        {"heir_name": one.heir_name, "heir_dues": heirs.apportioned(given.inherited_dues, heirs.share(one))}
        for one in heirs.of_person(desk, given.taxpayer_id)
    ]
    return {"heirs_dues": lines}


def reflect_resident_moves(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """課税対象への住民異動の反映"""
    found = resident_moves.reflect(desk)
    return {
        "received_count": found.received,
        "absorbed_count": found.absorbed,
        "held_count": found.received - found.absorbed,
    }


def list_questionable_levies(desk: Desk, given: ByYear) -> dict[str, Any]:
    """住民異動による賦課の見直しの照会"""
    found = resident_moves.questionable_levies(desk, given.fiscal_year)
    people = [taxpayers.taxpayer(desk, one) for one in found]
    lines = [{"taxpayer_id": one.taxpayer_id, "resident_number": one.resident_number} for one in people]
    return {"questionable_levies": lines}


routing.add(router, "/ends", Ending, end_presence)
routing.add(router, "/emigrants", ByYear, list_emigrants_without_administrator, is_query=True)
routing.add(router, "/dead", ByYear, list_dead_without_representative, is_query=True)
routing.add(router, "/heirs", NewHeir, register_heir)
routing.add(router, "/heirs/dues", Inheritance, list_inherited_dues, is_query=True)
routing.add(router, "/moves", Nothing, reflect_resident_moves)
routing.add(router, "/questionable-levies", ByYear, list_questionable_levies, is_query=True)

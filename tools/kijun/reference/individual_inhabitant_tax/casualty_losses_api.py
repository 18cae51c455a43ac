"""Operations on 雑損失: entering one, and what of it may still be deducted."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import casualty_losses
from kijun.reference.individual_inhabitant_tax.casualty_losses import Remainder

router = APIRouter(prefix="/v1/inhabitant/casualty-losses")


class CasualtyLossForm(BaseModel):
    taxpayer_id: str
    loss_year: int
    casualty_loss: int
    is_specified_disaster: bool = False


class CarriedCasualtyQuestion(BaseModel):
    taxpayer_id: str
    fiscal_year: int


def register_casualty_loss(desk: Desk, given: CasualtyLossForm) -> dict[str, Any]:
    """雑損失の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    loss = (given.loss_year, given.casualty_loss, given.is_specified_disaster)
    casualty_losses.register(desk, given.taxpayer_id, *loss)
    return {"loss_year": given.loss_year, "casualty_loss": given.casualty_loss}


def list_carried_casualties(desk: Desk, given: CarriedCasualtyQuestion) -> dict[str, Any]:
    """繰り越す雑損失の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    found = casualty_losses.usable_in(desk, given.taxpayer_id, given.fiscal_year)
    return {
        "carried_casualties": [_line(one) for one in found],
        "deductible_casualty_total": sum(one.deductible_casualty for one in found),
    }


def _line(one: Remainder) -> dict[str, Any]:
    return {
        "loss_year": one.loss_year,
        "is_specified_disaster": one.is_specified_disaster,
        "casualty_loss": one.casualty_loss,
        "deductible_casualty": one.deductible_casualty,
        "deductible_through": one.deductible_through,
    }


routing.add(router, "", CasualtyLossForm, register_casualty_loss)
routing.add(router, "/carried", CarriedCasualtyQuestion, list_carried_casualties, is_query=True)

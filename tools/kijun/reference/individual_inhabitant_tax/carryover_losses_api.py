"""Operations on 純損失: entering one, and what of it may still be deducted."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import carryover_losses
from kijun.reference.store import Taxpayer, find

router = APIRouter(prefix="/v1/inhabitant")


class CarryoverLossForm(BaseModel):
    taxpayer_id: str
    loss_year: int
    carryover_loss: int


class CarriedLossQuestion(BaseModel):
    taxpayer_id: str
    fiscal_year: int


def register_carryover_loss(desk: Desk, given: CarryoverLossForm) -> dict[str, Any]:
    """純損失の登録"""
    _check_person(desk, given.taxpayer_id)
    carryover_losses.register(desk, given.taxpayer_id, given.loss_year, given.carryover_loss)
    return {"loss_year": given.loss_year, "carryover_loss": given.carryover_loss}


def list_carried_losses(desk: Desk, given: CarriedLossQuestion) -> dict[str, Any]:
    """繰り越す純損失の照会"""
    _check_person(desk, given.taxpayer_id)
    found = carryover_losses.usable_in(desk, given.taxpayer_id, given.fiscal_year)
    return {
        "carried_losses": [
            {"loss_year": one.loss_year, "carryover_loss": one.carryover_loss, "deductible_loss": one.deductible_loss}
            for one in found
        ],
        "deductible_loss_total": sum(one.deductible_loss for one in found),
    }


def _check_person(desk: Desk, taxpayer_id: str) -> None:
    """Raises Refusal for somebody unknown."""
    desk.target_id = taxpayer_id
    if find(desk.session, Taxpayer, desk.id, taxpayer_id) is None:
        raise Refusal("not_found", "その宛名番号の登録はありません。番号を確かめてください。")


routing.add(router, "/carryover-losses", CarryoverLossForm, register_carryover_loss)
routing.add(router, "/carryover-losses/carried", CarriedLossQuestion, list_carried_losses, is_query=True)

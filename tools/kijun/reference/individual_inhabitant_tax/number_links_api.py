"""Operations on personal numbers that come from the municipality's own linking of persons (団体内統合宛名)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import personal_numbers

router = APIRouter(prefix="/v1/inhabitant/number-links")


class IntegratedNumber(BaseModel):
    taxpayer_id: str
    personal_number: str = Field(pattern=r"^\d{12}$")


def absorb_integrated_number(desk: Desk, given: IntegratedNumber) -> dict[str, Any]:
    """団体内統合宛名の個人番号の受取り"""
    personal_numbers.check_user(desk)
    taxpayers.taxpayer(desk, given.taxpayer_id)
    personal_numbers.keep(desk, given.taxpayer_id, given.personal_number, "団体内統合宛名からの受取り")
    return {"taxpayer_id": given.taxpayer_id}


routing.add(router, "", IntegratedNumber, absorb_integrated_number)

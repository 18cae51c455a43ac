"""Operations on rates: the table of a year, the ordinance's own rates, and the class a vehicle falls into."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import classes, forms, ordinance, rules

router = APIRouter(prefix="/v1")
Size = Field(default=None, ge=0)


class OrdinanceSetting(BaseModel):
    fiscal_year: int
    vehicle_class: forms.VehicleClass
    tax_amount: int
    ordinance_article: str = Field(min_length=1)


class ClassQuestion(BaseModel):
    fiscal_year: int
    wheel_count: int | None = Size
    displacement_cc: int | None = Size
    rated_output_w: int | None = Size
    peak_output_w: int | None = Size
    extent_mm: int | None = Size
    breadth_mm: int | None = Size
    height_mm: int | None = Size
    track_mm: int | None = Size
    cabin: Literal["no_cabin", "open_sides", "enclosed_cabin"] | None = None
    highest_speed_kmh: int | None = Size
    special_duty: Literal["agricultural", "other_duty"] | None = None


def set_ordinance_rate(desk: Desk, given: OrdinanceSetting) -> dict[str, Any]:
    """条例税率の設定"""
    ordinance.set_rate(desk, given.fiscal_year, given.vehicle_class, given.tax_amount, given.ordinance_article)
    return {"vehicle_class": given.vehicle_class, "tax_amount": given.tax_amount}


def propose_vehicle_class(_desk: Desk, given: ClassQuestion) -> dict[str, Any]:
    """種別の判定"""
    year = rules.checked_year(given.fiscal_year)
    found = classes.propose(classes.Facts(**given.model_dump(exclude={"fiscal_year"})), year)
    return {
        "is_levy_object": found.vehicle_class is not None,
        "vehicle_class": found.vehicle_class,
        "class_ground": found.ground,
    }


routing.add(router, "/rates/ordinance", OrdinanceSetting, set_ordinance_rate)
routing.add(router, "/rates/class", ClassQuestion, propose_vehicle_class, is_query=True)

"""What comes in for the operations around the ledger."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from kijun.reference.light_vehicle_tax.forms import ByVehicle


class Nothing(BaseModel):
    """An operation without items."""


class PlateChange(ByVehicle):
    event_on: date
    plate_text: str = Field(min_length=1)
    plate_class_number: str | None = None
    plate_kana: str = Field(min_length=1)
    plate_serial: str = Field(min_length=1)
    plate_change_reason: Literal["mislaid", "worn", "stolen", "reclassified"]


class Ownership(ByVehicle):
    event_on: date
    ownership_kind: Literal["owned", "retained", "leased"]
    owner_taxpayer_id: str
    user_taxpayer_id: str | None = None


class Wheels(BaseModel):
    wheel_count: int
    is_trailer: bool = False
    vehicle_purpose: Literal["passenger", "cargo"] | None = None
    business_purpose: Literal["private", "business"] | None = None


class BulkPayerMark(BaseModel):
    taxpayer_id: str
    is_bulk_payer: bool


class ForeignPlateNote(ByVehicle):
    former_municipality: str = Field(min_length=1)
    former_plate_number: str = Field(min_length=1)
    former_plate_collected: bool


class ForeignPlateQuestion(BaseModel):
    former_plate_collected: bool | None = None


class RemovalSlip(BaseModel):
    plate_number: str
    scrapped_on: date


class HolderRevision(BaseModel):
    taxpayer_id: str
    name: str | None = Field(default=None, min_length=1)
    address: str | None = Field(default=None, min_length=1)


class HistoryQuestion(ByVehicle):
    history_number: int


class Period(BaseModel):
    period_from: date
    period_to: date
    event_kind: str | None = None

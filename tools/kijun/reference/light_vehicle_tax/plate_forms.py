"""What comes in about plates and certificates, checked for shape before any rule is asked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from kijun.reference.light_vehicle_tax.forms import ByVehicle, VehicleClass

Design = Literal["ordinary_design", "local_design"]


class StockReceipt(BaseModel):
    vehicle_class: VehicleClass
    stock_prefix: str = Field(min_length=1)
    stock_number_from: int = Field(ge=1, le=9999)
    stock_number_to: int = Field(ge=1, le=9999)
    plate_design: Design = "ordinary_design"
    stocked_on: date


class StockQuestion(BaseModel):
    vehicle_class: VehicleClass | None = None


class PlateIssue(ByVehicle):
    plate_issued_on: date
    stock_number: int | None = None
    plate_design: Design = "ordinary_design"


class PlateVoid(BaseModel):
    vehicle_class: VehicleClass
    stock_number: int
    void_reason: Literal["never_made", "spoiled", "missing", "discarded"]
    voided_on: date


class CompensationRule(BaseModel):
    compensation_rate: int = Field(ge=0)
    waives_stolen: bool


class PlateSettlement(ByVehicle):
    plate_outcome: Literal["given_back", "mislaid", "stolen"]
    plate_settled_on: date


class Nothing(BaseModel):
    """A question without conditions."""


class PlateLending(BaseModel):
    taxpayer_id: str
    vehicle_class: VehicleClass
    lent_on: date
    lent_due_on: date


class PlateTakenBack(BaseModel):
    loan_id: str
    lent_back_on: date


class Theft(ByVehicle):
    theft_report_number: str = Field(min_length=1)
    theft_reported_on: date


class Recovery(ByVehicle):
    recovered_on: date


class Insurance(ByVehicle):
    liability_insurance_number: str = Field(min_length=1)
    insurance_expires_on: date


class ProofOfDay(ByVehicle):
    reference_date: date


class OfficialInquiry(BaseModel):
    plate_number: str = Field(min_length=1)
    reference_date: date
    inquiring_office: str = Field(min_length=1)
    inquiry_ground: str = Field(min_length=1)


class ExpiryRule(BaseModel):
    expiry_rule: Literal["on_next_due_date", "before_next_due_date", "may_30"]


class PartialSearch(BaseModel):
    plate_fragment: str | None = None
    chassis_fragment: str | None = None
    name_fragment: str | None = None


class ByTaxpayer(BaseModel):
    taxpayer_id: str

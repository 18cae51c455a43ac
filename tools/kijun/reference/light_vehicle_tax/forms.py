"""What comes in: one form per operation, checked for shape before any rule is asked."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

VehicleClass = Literal[
    "moped_50cc",
    "moped_new_standard",
    "specified_small_moped",
    "moped_90cc",
    "moped_125cc",
    "mini_car",
    "light_two_wheeler",
    "small_two_wheeler",
    "small_special_agricultural",
    "small_special_other",
    "snowmobile",
    "three_wheeler",
    "three_wheeler_passenger_business",
    "four_wheeler_passenger_business",
    "four_wheeler_passenger_private",
    "four_wheeler_cargo_business",
    "four_wheeler_cargo_private",
]
Power = Literal["gasoline", "diesel", "hybrid", "electric", "natural_gas", "methanol", "methanol_blend"]
Performance = Literal["electric_or_equivalent", "reduction_50", "reduction_25", "none"]
DisabilityCategory = Literal[
    "sight",
    "hearing",
    "balance",
    "voice",
    "arms",
    "legs",
    "trunk",
    "heart",
]
Month = Field(default=None, pattern=r"^\d{4}-(0[1-9]|1[0-2])$")


class ByVehicle(BaseModel):
    vehicle_id: str


class ByVehicleAndYear(ByVehicle):
    fiscal_year: int


class ByYear(BaseModel):
    fiscal_year: int


class ByTaxpayerAndYear(ByYear):
    taxpayer_id: str


class VehicleDetails(BaseModel):
    """Items of a vehicle that many vehicles have not, common to registering and amending."""

    manufacturer: str | None = None
    vehicle_type: str | None = None
    type_approval_number: str | None = None
    rated_output_w: int | None = Field(default=None, ge=0)
    wheel_count: int | None = Field(default=None, ge=1)
    highest_speed_kmh: int | None = Field(default=None, ge=0)
    vehicle_purpose: Literal["passenger", "cargo"] | None = None
    business_purpose: Literal["private", "business"] | None = None
    base_area: Literal["inside", "outside"] = "inside"
    declaration_kind: Literal["declared", "ex_officio"] = "declared"


class NewVehicle(VehicleDetails):
    vehicle_class: VehicleClass
    power: Power | None = None
    is_trailer: bool = False
    environmental_performance: Performance | None = None
    first_inspection_month: str | None = Month
    displacement_cc: int | None = Field(default=None, ge=0)
    chassis_number: str = Field(min_length=1)
    plate_number: str = Field(min_length=1)
    base_location: str = Field(min_length=1)
    acquired_on: date
    declared_on: date
    declaration_reason: Literal["new", "moved_in", "transferred"]
    taxpayer_id: str


class VehicleChange(ByVehicle, VehicleDetails):
    event_on: date
    vehicle_class: VehicleClass | None = None
    power: Power | None = None
    environmental_performance: Performance | None = None
    first_inspection_month: str | None = Month
    displacement_cc: int | None = Field(default=None, ge=0)
    plate_number: str | None = Field(default=None, min_length=1)
    base_location: str | None = Field(default=None, min_length=1)
    chassis_number: str | None = Field(default=None, min_length=1)
    is_trailer: bool | None = None


class Transfer(ByVehicle):
    new_taxpayer_id: str
    event_on: date


class Scrapping(ByVehicle):
    scrapped_on: date
    scrap_reason: Literal["dismantled", "moved_out", "given_away", "stolen"]
    plate_returned: bool
    scrap_declared_on: date | None = None


class VehicleQuestion(ByVehicle):
    reference_date: date | None = None


class Search(BaseModel):
    plate_number: str | None = None
    chassis_number: str | None = None
    name: str | None = None
    taxpayer_id: str | None = None
    vehicle_id: str | None = None


class CategoryChange(ByVehicle):
    taxation_category: Literal["taxable", "non_taxable", "suspended", "exempt"]
    category_reason: str = Field(min_length=1)
    event_on: date | None = None  # the business date when left out


class LateLevy(ByVehicleAndYear):
    late_due_date: date | None = None


class Correction(LateLevy):
    correction_reason: str = Field(min_length=1)


class ReductionRequest(ByVehicleAndYear):
    reduction_kind: Literal["disability", "public_interest", "structure"]
    beneficiary: str = Field(min_length=1)
    requested_on: date
    disability_category: DisabilityCategory | None = None
    disability_grade: int | None = Field(default=None, ge=1, le=7)


class ReductionDecision(BaseModel):
    reduction_id: str
    decision: Literal["approved", "rejected"]
    decision_reason: str = Field(min_length=1)


class PaymentNote(ByVehicleAndYear):
    paid_on: date
    paid_amount: int
    payment_means: Literal["at_window", "account_transfer", "electronic"] | None = None

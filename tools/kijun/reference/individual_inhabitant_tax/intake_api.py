"""Operations on reports that come in: receiving, taking in, working off what is held, concluding the intake."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import intake, reasons, reconciliation, years
from kijun.reference.individual_inhabitant_tax.material_records import (
    Announcement,
    DossierInquiry,
    Identification,
    IncomingReport,
)
from kijun.reference.local_tax_common.person_records import add, rows

router = APIRouter(prefix="/v1/inhabitant/incoming")
Kind = Literal[
    "salary_report",
    "pension_report",
    "income_tax_return",
    "inhabitant_tax_return",
    "one_stop_notice",
    "securities_statement",
]
Yen = Field(default=None, ge=0)
_FIGURES = (
    *("salary_revenue", "pension_revenue", "trade_profit", "social_premium", "hometown_gift"),
    *("listed_dividend", "withheld_dividend_levy", "medical_cost", "medical_refund", "switch_drug_cost"),
)


class NewReport(BaseModel):
    fiscal_year: int
    submitter_number: str = Field(min_length=1)
    incoming_kind: Kind
    incoming_medium: Literal["eltax", "optical_disc", "written", "national_tax_link"]
    incoming_version: Literal["newly_filed", "corrected", "withdrawn"]
    incoming_reference: str = Field(min_length=1)
    addressee_name: str | None = None
    address: str | None = None
    birth_date: date | None = None
    filed_on: date
    other_municipality: str | None = None
    sender_municipality: str | None = None
    salary_revenue: int | None = Yen
    pension_revenue: int | None = Yen
    trade_profit: int | None = None
    social_premium: int | None = Yen
    hometown_gift: int | None = Yen
    listed_dividend: int | None = Yen
    withheld_dividend_levy: int | None = Yen
    medical_cost: int | None = Yen
    medical_refund: int | None = Yen
    switch_drug_cost: int | None = Yen
    personal_number: str | None = Field(default=None, pattern=r"^\d{12}$")


class NewAnnouncement(BaseModel):
    fiscal_year: int
    submitter_number: str = Field(min_length=1)
    incoming_kind: Kind
    announced_count: int = Field(ge=0)
    announced_revenue: int | None = Yen


class IntakeOrder(BaseModel):
    fiscal_year: int
    submitter_number: str | None = None


class ByYear(BaseModel):
    fiscal_year: int


class Conclusion(ByYear):
    clerk_reason: str | None = None


class ReportQuestion(BaseModel):
    fiscal_year: int | None = None
    taxpayer_id: str | None = None
    submitter_number: str | None = None
    incoming_kind: Kind | None = None
    intake_state: Literal["unprocessed", "entered", "held", "discarded"] | None = None
    incoming_hold_reason: str | None = None


class ByReport(BaseModel):
    incoming_id: str


class Repair(ByReport):
    addressee_name: str | None = None
    address: str | None = None
    birth_date: date | None = None
    salary_revenue: int | None = Yen


class Reasoned(ByReport):
    clerk_reason: str | None = None


class Ascription(Reasoned):
    taxpayer_id: str


class NewInquiry(ByReport):
    inquiry_account: str = Field(min_length=1)


class Forwarding(ByReport):
    other_municipality: str = Field(min_length=1)


def lodge_incoming_report(desk: Desk, given: NewReport) -> dict[str, Any]:
    """課税資料の受信"""
    years.checked_year(given.fiscal_year)
    items = given.model_dump(exclude=set(_FIGURES))
    figures = {key: value for key in _FIGURES if (value := getattr(given, key)) is not None}
    return {"incoming_id": intake.receive(desk, {**items, "figures": figures}).incoming_id}


def announce_submission(desk: Desk, given: NewAnnouncement) -> dict[str, Any]:
    """送付の通知の受信"""
    add(desk, Announcement, **given.model_dump())
    return {"submitter_number": given.submitter_number}


def take_in_incoming_reports(desk: Desk, given: IntakeOrder) -> dict[str, Any]:
    """受信した課税資料の取込"""
    return reconciliation.tally(intake.take_in(desk, given.fiscal_year, given.submitter_number))


def reconcile_submissions(desk: Desk, given: ByYear) -> dict[str, Any]:
    """取込の照合"""
    found = intake.every(desk, fiscal_year=given.fiscal_year)
    return {
        **reconciliation.tally(found),
        "unprocessed_count": reconciliation.unprocessed(found),
        "submission_warnings": reconciliation.warnings(desk, given.fiscal_year),
    }


def conclude_intake(desk: Desk, given: Conclusion) -> dict[str, Any]:
    """取込の締切"""
    return {"fiscal_year": reconciliation.conclude(desk, given.fiscal_year, given.clerk_reason).fiscal_year}


def get_intake_conclusion(desk: Desk, given: ByYear) -> dict[str, Any]:
    """取込の締切の照会"""
    found = reconciliation.conclusion(desk, given.fiscal_year)
    return {
        "concluded_on": found.concluded_on.isoformat() if found else None,
        "clerk_reason": found.clerk_reason if found else None,
    }


def list_incoming_reports(desk: Desk, given: ReportQuestion) -> dict[str, Any]:
    """受信資料の照会"""
    return {"incoming_reports": [line(one) for one in intake.every(desk, **given.model_dump())]}


def line(one: IncomingReport) -> dict[str, Any]:
    items = (
        *("incoming_id", "submitter_number", "incoming_kind", "incoming_medium", "incoming_version", "intake_state"),
        *("incoming_hold_reason", "incoming_discard_reason", "taxpayer_id", "sender_municipality"),
        "is_incoming_effective",
    )
    return {**{name: getattr(one, name) for name in items}, "is_filed_late": intake.is_filed_late(one)}


def repair_incoming_report(desk: Desk, given: Repair) -> dict[str, Any]:
    """受信資料の修正"""
    repairs = given.model_dump(exclude={"incoming_id"}, exclude_none=True)
    one = intake.repair(desk, given.incoming_id, repairs)
    return {"intake_state": one.intake_state, "incoming_hold_reason": one.incoming_hold_reason}


def discard_incoming_report(desk: Desk, given: Reasoned) -> dict[str, Any]:
    """受信資料の破棄"""
    one = intake.held(desk, given.incoming_id)
    intake.discard(one, "clerk_decided", reasons.stated(given.clerk_reason))
    return {"intake_state": one.intake_state}


def ascribe_incoming_report(desk: Desk, given: Ascription) -> dict[str, Any]:
    """受信資料のひも付け"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    one = intake.ascribe(desk, given.incoming_id, given.taxpayer_id, reasons.stated(given.clerk_reason))
    return {"intake_state": one.intake_state}


def revoke_identification(desk: Desk, given: Reasoned) -> dict[str, Any]:
    """受信資料のひも付けの取消"""
    one = intake.revoke_identification(desk, given.incoming_id, reasons.stated(given.clerk_reason))
    return {"intake_state": one.intake_state}


def list_identifications(desk: Desk, given: ByReport) -> dict[str, Any]:
    """ひも付けの記録の照会"""
    intake.report(desk, given.incoming_id)
    return {
        "identifications": [
            {
                "taxpayer_id": one.taxpayer_id,
                "identification_basis": one.identification_basis,
                "operated_on": one.operated_on.isoformat(),
                "operator": one.operator,
                "clerk_reason": one.clerk_reason,
                "is_identification_revoked": one.is_identification_revoked,
            }
            for one in rows(desk, Identification, incoming_id=given.incoming_id)
        ]
    }


def record_dossier_inquiry(desk: Desk, given: NewInquiry) -> dict[str, Any]:
    """資料の調査の記録"""
    intake.report(desk, given.incoming_id)
    add(desk, DossierInquiry, operated_on=desk.today, operator=desk.operator, **given.model_dump())
    return {"incoming_id": given.incoming_id}


def list_dossier_inquiries(desk: Desk, given: ByReport) -> dict[str, Any]:
    """資料の調査の照会"""
    return {
        "dossier_inquiries": [
            {
                "operated_on": one.operated_on.isoformat(),
                "operator": one.operator,
                "inquiry_account": one.inquiry_account,
            }
            for one in rows(desk, DossierInquiry, incoming_id=given.incoming_id)
        ]
    }


def forward_incoming_report(desk: Desk, given: Forwarding) -> dict[str, Any]:
    """課税資料の回送"""
    one = intake.held(desk, given.incoming_id)
    intake.discard(one, "passed_on")
    one.other_municipality = given.other_municipality
    return {"intake_state": one.intake_state, "dossier_forwarding_slip": forwarding_slip(one)}


def forwarding_slip(one: IncomingReport) -> dict[str, Any]:
    items = ("other_municipality", "fiscal_year", "incoming_kind", "incoming_reference", "addressee_name")
    return {name: getattr(one, name) for name in items}


routing.add(router, "", NewReport, lodge_incoming_report)
routing.add(router, "/announcements", NewAnnouncement, announce_submission)
routing.add(router, "/intakes", IntakeOrder, take_in_incoming_reports)
routing.add(router, "/reconciliation", ByYear, reconcile_submissions, is_query=True)
routing.add(router, "/conclusions", Conclusion, conclude_intake)
routing.add(router, "/conclusions/one", ByYear, get_intake_conclusion, is_query=True)
routing.add(router, "/list", ReportQuestion, list_incoming_reports, is_query=True)
routing.add(router, "/repairs", Repair, repair_incoming_report)
routing.add(router, "/discards", Reasoned, discard_incoming_report)
routing.add(router, "/ascriptions", Ascription, ascribe_incoming_report)
routing.add(router, "/revocations", Reasoned, revoke_identification)
routing.add(router, "/identifications", ByReport, list_identifications, is_query=True)
routing.add(router, "/inquiries", NewInquiry, record_dossier_inquiry)
routing.add(router, "/inquiries/list", ByReport, list_dossier_inquiries, is_query=True)
routing.add(router, "/forwardings", Forwarding, forward_incoming_report)

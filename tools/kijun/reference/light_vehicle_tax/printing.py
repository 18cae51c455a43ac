"""Which documents of the business can be printed: each by the very rules that issue it."""

from __future__ import annotations

from typing import Any

from kijun.reference import papers, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    certificates_api,
    documents,
    forms,
    ledger,
    notices,
    notices_api,
)
from kijun.reference.papers import Paper, Request

BUSINESS = "light_vehicle_tax"
CERTIFIED = "上記のとおり証明します。"
NOTIFIED = "上記のとおり通知します。"


def plate_certificate(desk: Desk, request: Request) -> dict[str, Any]:
    """Only for a vehicle that bears its plate."""
    event = ledger.latest(desk, request.target_id)
    if event.vehicle_state != "registered":
        raise Refusal("conflicting_state", "この車両は廃車済みです。標識交付証明書は印刷できません。")
    return documents.plate_certificate(event, taxpayers.taxpayer(desk, event.taxpayer_id))


def scrap_receipt(desk: Desk, request: Request) -> dict[str, Any]:
    """For the scrapping in force: a cancelled one gives no receipt."""
    event = ledger.latest(desk, request.target_id)
    if event.vehicle_state != "scrapped" or event.scrapped_on is None:
        raise Refusal("conflicting_state", "この車両は廃車されていません。廃車申告受付書は印刷できません。")
    return documents.scrap_receipt(event, taxpayers.taxpayer(desk, event.taxpayer_id), event.scrapped_on)


def tax_notice(desk: Desk, request: Request) -> dict[str, Any]:
    """The live notice of the year; a withdrawn one must not leave the building."""
    question = forms.ByVehicleAndYear(vehicle_id=request.target_id, fiscal_year=request.year())
    content: dict[str, Any] = notices_api.get_tax_notice(desk, question)["tax_notice"]
    return content


def tax_certificate(desk: Desk, request: Request) -> dict[str, Any]:
    question = forms.ByVehicle(vehicle_id=request.target_id)
    content: dict[str, Any] = certificates_api.issue_tax_certificate(desk, question)["tax_certificate"]
    return content


def owner(desk: Desk, request: Request) -> str:
    return ledger.latest(desk, request.target_id).taxpayer_id


def assessed_person(desk: Desk, request: Request) -> str:
    """Who owned the vehicle on the day of assessment, not who owns it when the notice is printed."""
    return assessment.required(desk, request.target_id, request.year()).taxpayer_id


def live_notices(desk: Desk, fiscal_year: int | None) -> list[str]:
    """The vehicles whose notices are to be sent."""
    year = Request("", fiscal_year).year()
    return [one.vehicle_id for one in notices.notices(desk, year) if not one.is_withdrawn]


def register_papers() -> None:
    """Make every document of the business known to the printing of the common business."""
    papers.register(Paper(BUSINESS, "plate_certificate", plate_certificate, owner, CERTIFIED))
    papers.register(Paper(BUSINESS, "scrap_receipt", scrap_receipt, owner, "上記の廃車の申告を受け付けました。"))
    papers.register(Paper(BUSINESS, "tax_certificate", tax_certificate, owner, CERTIFIED))
    papers.register(
        Paper(
            BUSINESS,
            "tax_notice",
            tax_notice,
            assessed_person,
            NOTIFIED,
            notes=("legal_ground", "payment_place", "default_measures", "appeal_method"),
            targets=live_notices,
        )
    )

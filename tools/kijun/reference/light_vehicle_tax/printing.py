"""How documents of the business are printed: by the very rules that issue them, so that no stale paper goes out.

A document that is not named here is printed as it was last issued.
"""

from __future__ import annotations

from typing import Any

from kijun.reference import papers, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    addressing,
    after_levy_api,
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


def owner(desk: Desk, request: Request) -> str:
    return ledger.latest(desk, request.target_id).taxpayer_id


def assessed_person(desk: Desk, request: Request) -> str:
    """Who owned the vehicle on the day of assessment, not who owns it when the notice is printed."""
    return assessment.required(desk, request.target_id, request.year()).taxpayer_id


def live_notices(desk: Desk, fiscal_year: int | None) -> list[str]:
    """The vehicles whose notices are to be sent one by one."""
    year = Request("", fiscal_year).year()
    live = [one.vehicle_id for one in notices.notices(desk, year) if not one.is_withdrawn]
    return addressing.sent_one_by_one(desk, year, live)


def bulk_targets(desk: Desk, fiscal_year: int | None) -> list[str]:
    """The taxpayers to whom one notice for all their vehicles is to be sent."""
    return addressing.bulk_recipients(desk, Request("", fiscal_year).year())


def register_papers() -> None:
    """Make every document of the business known to the printing of the common business."""
    papers.open_business(BUSINESS)
    certificate = papers.issued_by(
        certificates_api, "issue_tax_certificate", forms.ByVehicle, "tax_certificate", "vehicle_id"
    )
    # a withdrawn notice is refused there: it must not leave the building
    notice = papers.issued_by(notices_api, "get_tax_notice", forms.ByVehicleAndYear, "tax_notice", "vehicle_id")
    # made when it is printed: what was reduced or withdrawn since is not in it
    bulk = papers.issued_by(after_levy_api, "get_bulk_notice", forms.ByTaxpayerAndYear, "bulk_notice", "taxpayer_id")
    sentences = ("legal_ground", "payment_place", "default_measures", "appeal_method")
    received = "上記の廃車の申告を受け付けました。"
    for paper in (
        Paper(BUSINESS, "plate_certificate", lambda *asked: plate_certificate(*asked), owner, CERTIFIED),
        Paper(BUSINESS, "scrap_receipt", lambda *asked: scrap_receipt(*asked), owner, received),
        Paper(BUSINESS, "tax_certificate", certificate, owner, CERTIFIED),
        Paper(
            BUSINESS,
            "tax_notice",
            notice,
            assessed_person,
            NOTIFIED,
            notes=sentences,
            targets=lambda *asked: live_notices(*asked),
        ),
        Paper(
            BUSINESS,
            "bulk_notice",
            bulk,
            lambda _desk, request: request.target_id,
            NOTIFIED,
            notes=sentences,
            targets=lambda *asked: bulk_targets(*asked),
        ),
    ):
        papers.register(paper)

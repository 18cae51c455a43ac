"""Where a notice goes, and whose notices go nowhere for now."""

from __future__ import annotations

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, notice_kinds
from kijun.reference.light_vehicle_tax.records import BulkPayer
from kijun.reference.local_tax_common import mailing
from kijun.reference.store import Taxpayer

TAX = "light_vehicle"


# 地方税法20条1項: served at the place of the taxpayer, or of who acts for them
def destination(desk: Desk, owner: Taxpayer) -> dict[str, str | None]:
    """Whose name and place stand on the envelope when not the taxpayer's own; no place under support measures."""
    found = mailing.decided(desk, owner, TAX)
    is_shown = taxpayers.printed_address(owner) is not None
    return {
        "mailing_basis": found["mailing_basis"],
        "recipient_name": found["recipient_name"],
        "mailing_address": found["mailing_address"] if is_shown else None,
    }


def stopped_people(desk: Desk) -> set[str]:
    """Everybody to whom nothing is sent since a letter came back."""
    question = select(Taxpayer.taxpayer_id).where(Taxpayer.tenant == desk.id, Taxpayer.is_mailing_stopped)
    return set(desk.session.scalars(question))


def owners_of(desk: Desk, fiscal_year: int) -> dict[str, str]:
    """Who was assessed, by vehicle."""
    return {one.vehicle_id: one.taxpayer_id for one in assessment.of_year(desk, fiscal_year)}


def sent_one_by_one(desk: Desk, fiscal_year: int, vehicles: list[str]) -> list[str]:
    """Without those whose letter goes nowhere, and without those that stand in a bulk notice already."""
    owners = owners_of(desk, fiscal_year)
    elsewhere = bulk_payers(desk) | stopped_people(desk)
    return [one for one in vehicles if owners[one] not in elsewhere]


def bulk_payers(desk: Desk) -> set[str]:
    question = select(BulkPayer.taxpayer_id).where(BulkPayer.tenant == desk.id, BulkPayer.is_bulk_payer)
    return set(desk.session.scalars(question))


def bulk_recipients(desk: Desk, fiscal_year: int) -> list[str]:
    """The taxpayers to whom a bulk notice of the year is to be sent."""
    people = sorted(bulk_payers(desk) - stopped_people(desk))
    return [one for one in people if notice_kinds.bulk_notices(desk, one, fiscal_year)]

"""What kind of notice a taxpayer gets, and what the certificate column of the notice may say."""

from __future__ import annotations

from datetime import date

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.light_vehicle_tax import assessment, certificates, ledger, notices, reductions, rules
from kijun.reference.light_vehicle_tax.levy_records import AccountTransfer
from kijun.reference.light_vehicle_tax.records import Assessment, BulkPayer, LedgerEvent, Notice


def set_transfer(desk: Desk, taxpayer_id: str, transfers_from: date) -> None:
    taxpayers.taxpayer(desk, taxpayer_id)
    desk.session.merge(AccountTransfer(tenant=desk.id, taxpayer_id=taxpayer_id, transfers_from=transfers_from))


def form_of(desk: Desk, one: Assessment) -> str:
    """A payment slip would be paid a second time by whoever pays by account transfer."""
    return "account_transfer" if pays_by_transfer(desk, one.taxpayer_id, one.fiscal_year) else "payment_slip"


def pays_by_transfer(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether the transfer has begun by the due date of the year."""
    found = desk.session.get(AccountTransfer, (desk.id, taxpayer_id))
    return found is not None and found.transfers_from <= rules.due_date(fiscal_year)


# 道路運送車両法97条の2: the column serves as the certificate for the inspection once the slip is stamped
def certificate_validity(desk: Desk, event: LedgerEvent, one: Assessment) -> str:
    """Void when the person assessed is in arrears with a former year of this vehicle (INC-16)."""
    return "void" if former_arrears(desk, event, one) else "usable"


def former_arrears(desk: Desk, event: LedgerEvent, one: Assessment) -> list[int]:
    return [year for year in certificates.arrears(desk, event) if year < one.fiscal_year]


def is_bulk_payer(desk: Desk, taxpayer_id: str) -> bool:
    found = desk.session.get(BulkPayer, (desk.id, taxpayer_id))
    return found is not None and found.is_bulk_payer


def bulk_notices(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[tuple[Notice, Assessment]]:
    """Every notice of the year that is to be sent to this taxpayer, with its assessment."""
    live = [one for one in notices.notices(desk, fiscal_year) if not one.is_withdrawn]
    assessed = {one.vehicle_id: one for one in assessment.of_year(desk, fiscal_year)}
    pairs = [(one, assessed[one.vehicle_id]) for one in live if one.vehicle_id in assessed]
    return [(notice, one) for notice, one in pairs if is_payable(desk, one, taxpayer_id)]


def is_payable(desk: Desk, one: Assessment, taxpayer_id: str) -> bool:
    return one.taxpayer_id == taxpayer_id and reductions.payable_amount(desk, one) > 0


def line(desk: Desk, notice: Notice, one: Assessment) -> dict[str, object]:
    event = ledger.latest(desk, one.vehicle_id)
    return {
        "vehicle_id": one.vehicle_id,
        "plate_number": event.plate_number,
        "vehicle_class": one.vehicle_class,
        "payable_amount": notice.payable_amount,
    }

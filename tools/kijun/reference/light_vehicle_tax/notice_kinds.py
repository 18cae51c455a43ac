"""What kind of notice a taxpayer gets, and what the certificate column of the notice may say."""

from __future__ import annotations

from datetime import date

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import assessment, certificates, due_dates, ledger, notices, reductions
from kijun.reference.light_vehicle_tax.levy_records import AccountTransfer
from kijun.reference.light_vehicle_tax.records import Assessment, BulkPayer, LedgerEvent, Notice


def set_transfer(desk: Desk, taxpayer_id: str, transfers_from: date, transfers_through: date | None = None) -> None:
    """Raises Refusal for an end before the beginning."""
    taxpayers.taxpayer(desk, taxpayer_id)
    if transfers_through is not None and transfers_through < transfers_from:
        raise Refusal("invalid_value", "口座振替の終了日が開始日より前です。期間を確かめてください。")
    desk.session.merge(
        AccountTransfer(
            tenant=desk.id,
            taxpayer_id=taxpayer_id,
            transfers_from=transfers_from,
            transfers_through=transfers_through,
        )
    )


def form_of(desk: Desk, one: Assessment) -> str:
    """A payment slip would be paid a second time by whoever pays by account transfer."""
    return "account_transfer" if pays_by_transfer(desk, one.taxpayer_id, one.fiscal_year) else "payment_slip"


def pays_by_transfer(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    """Whether the account is charged on the due date of the year."""
    found = desk.session.get(AccountTransfer, (desk.id, taxpayer_id))
    return found is not None and is_charged(found, due_dates.regular(desk, fiscal_year))


def is_charged(one: AccountTransfer, due_on: date) -> bool:
    has_ended = one.transfers_through is not None and one.transfers_through < due_on
    return one.transfers_from <= due_on and not has_ended


def certificate_column(desk: Desk, event: LedgerEvent, one: Assessment) -> str | None:
    """What the column says; nothing without a slip to be stamped, or it would certify what is not paid yet."""
    return None if form_of(desk, one) == "account_transfer" else certificate_validity(desk, event, one)


# 道路運送車両法97条の2: the column serves as the certificate for the inspection once the slip is stamped
def certificate_validity(desk: Desk, event: LedgerEvent, one: Assessment) -> str:
    """Void when the person assessed is in arrears with a former year of this vehicle (INC-16)."""
    return "void" if former_arrears(desk, event, one) else "usable"


def former_arrears(desk: Desk, event: LedgerEvent, one: Assessment) -> list[int]:
    state = last_state_of(desk, event, one.taxpayer_id)
    return [year for year in certificates.arrears(desk, state) if year < one.fiscal_year]


def last_state_of(desk: Desk, event: LedgerEvent, taxpayer_id: str) -> LedgerEvent:
    """The vehicle as the person assessed last had it: the debts that count are theirs, not a later owner's."""
    past = reversed(ledger.events(desk, event.vehicle_id))
    return next((one for one in past if one.taxpayer_id == taxpayer_id), event)


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

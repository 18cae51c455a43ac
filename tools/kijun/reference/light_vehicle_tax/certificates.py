"""The certificate for the periodic inspection (継続検査用): who gets one, for which year, until when.

道路運送車両法97条の2 asks for a paper that shows no arrears of the levy on the vehicle. The levy is a debt of who owned
the vehicle on 1 April (地方税法443条), so the arrears that count are those of the owner who asks: a former owner's
debt neither stops the new owner nor is told to them.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import (
    assessment,
    due_dates,
    late_dues,
    ledger,
    payments,
    plate_settlement,
    reductions,
    rules,
)
from kijun.reference.light_vehicle_tax.plate_records import IssuedCertificate
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent
from kijun.reference.store import next_number


def fiscal_year_of(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def check_no_arrears(desk: Desk, event: LedgerEvent) -> None:
    """Refuse when the owner is overdue with any year of this vehicle."""
    years = arrears(desk, event)
    if years:
        told = "、".join(f"{year}年度分" for year in years)
        raise Refusal("unpaid", f"この車両の{told}に未納があります。納付を確かめてから発行してください。")


def arrears(desk: Desk, event: LedgerEvent) -> list[int]:
    """The years of this vehicle that its owner has not paid by the due date."""
    unpaid = payments.unpaid_years(desk, event.vehicle_id)
    own = [own_assessment(desk, event, year) for year in unpaid if is_overdue(desk, year)]
    return [one.fiscal_year for one in own if one is not None and late_dues.is_demanded(desk, one)]


def is_overdue(desk: Desk, fiscal_year: int) -> bool:
    """Before the due date has passed nobody is in arrears (地方税法20条の5第2項 moves the date)."""
    return desk.today > due_dates.regular(desk, fiscal_year)


def own_assessment(desk: Desk, event: LedgerEvent, fiscal_year: int) -> Assessment | None:
    """The assessment of that year, when it is the present owner's."""
    one = assessment.current(desk, event.vehicle_id, fiscal_year)
    return one if one is not None and is_own(one, event) else None


def is_own(one: Assessment, event: LedgerEvent) -> bool:
    return one.taxpayer_id == event.taxpayer_id


def certified_year(desk: Desk, event: LedgerEvent) -> int:
    """The year the certificate speaks of: this one when nothing is open in it, else the one before."""
    year = fiscal_year_of(desk.today)
    if is_settled(desk, event, year):
        return year
    if own_assessment(desk, event, year) is not None and is_overdue(desk, year):
        raise Refusal("unpaid", f"{year}年度分の随時の税額に未納があります。納付を確かめてから発行してください。")
    if is_overdue(desk, year):
        raise Refusal("conflicting_state", f"{year}年度分の賦課が済んでいません。賦課してから発行してください。")
    return year - 1


def is_settled(desk: Desk, event: LedgerEvent, fiscal_year: int) -> bool:
    one = own_assessment(desk, event, fiscal_year)
    return not payments.is_unpaid(desk, one) if one else not is_liable(desk, event, fiscal_year)


def is_liable(desk: Desk, event: LedgerEvent, fiscal_year: int) -> bool:
    """Whether the present owner had the vehicle here on 1 April, so that a levy is still to come."""
    state = assessment.liable_state(ledger.events(desk, event.vehicle_id), fiscal_year)
    is_owner = state is not None and state.taxpayer_id == event.taxpayer_id
    return is_owner and assessment.is_taxed(desk, event.vehicle_id)


def certified_state(desk: Desk, event: LedgerEvent, fiscal_year: int) -> str:
    """What the paper says of that year: paid, reduced, or nothing levied on this owner."""
    one = own_assessment(desk, event, fiscal_year)
    if one is None or one.tax_amount == 0:
        return "not_levied"
    return "reduced" if reductions.payable_amount(desk, one) == 0 else "paid_in_full"


def expiry(rule: str, fiscal_year: int, due: date) -> date:
    """The last day of a certificate of that year, by the rule the municipality has chosen; `due`: of the next year."""
    if rule == "on_next_due_date":
        return due
    return due - timedelta(days=1) if rule == "before_next_due_date" else date(fiscal_year + 1, 5, 30)


def expires_on(desk: Desk, fiscal_year: int) -> date:
    return expiry(plate_settlement.choice(desk).expiry_rule, fiscal_year, due_dates.regular(desk, fiscal_year + 1))


def register(
    desk: Desk,
    vehicle_id: str,
    kind: str,
    fiscal_year: int | None = None,
    is_reissue: bool = False,
    by_mail: bool = False,
) -> None:
    """Every paper that leaves the counter is entered, with the day and who handed it out."""
    desk.session.add(
        IssuedCertificate(
            tenant=desk.id,
            number=next_number(desk.session, IssuedCertificate, desk.id),
            vehicle_id=vehicle_id,
            certificate_kind=kind,
            certified_on=desk.today,
            operator_role=desk.role,
            fiscal_year=fiscal_year,
            expires_on=expires_on(desk, fiscal_year) if fiscal_year else None,
            is_reissue=is_reissue,
            by_mail=by_mail,
        )
    )
    desk.session.flush()


def issued(desk: Desk, vehicle_id: str) -> list[IssuedCertificate]:
    question = select(IssuedCertificate).where(
        IssuedCertificate.tenant == desk.id, IssuedCertificate.vehicle_id == vehicle_id
    )
    return list(desk.session.scalars(question.order_by(IssuedCertificate.number)))


# 道路運送車両法58条: mopeds and two-wheelers up to 250cc are not inspected
def is_inspected(vehicle_class: str) -> bool:
    return rules.needs_first_inspection(vehicle_class) or vehicle_class == "small_two_wheeler"


def mailings(desk: Desk, fiscal_year: int) -> list[LedgerEvent]:
    """Vehicles whose owner paid by account or electronically, so that no stamped slip is in their hands."""
    return [one for one in ledger.all_latest(desk) if is_to_be_mailed(desk, one, fiscal_year)]


def is_to_be_mailed(desk: Desk, event: LedgerEvent, fiscal_year: int) -> bool:
    one = own_assessment(desk, event, fiscal_year)
    return (
        one is not None
        and event.vehicle_state == "registered"
        and is_inspected(event.vehicle_class)
        and not payments.is_unpaid(desk, one)
        and payments.is_cashless(desk, event.vehicle_id, fiscal_year)
        and not arrears(desk, event)
        and not is_mailed(desk, event.vehicle_id, fiscal_year)
    )


def is_mailed(desk: Desk, vehicle_id: str, fiscal_year: int) -> bool:
    return any(one.by_mail and one.fiscal_year == fiscal_year for one in issued(desk, vehicle_id))

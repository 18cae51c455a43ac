"""What the counter notes beside the ledger: theft reports and the compulsory insurance."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger
from kijun.reference.light_vehicle_tax.plate_records import LiabilityInsurance, TheftReport
from kijun.reference.store import next_number


def reports(desk: Desk, vehicle_id: str) -> list[TheftReport]:
    question = select(TheftReport).where(TheftReport.tenant == desk.id, TheftReport.vehicle_id == vehicle_id)
    return list(desk.session.scalars(question.order_by(TheftReport.number)))


def report(desk: Desk, given: Any) -> None:
    ledger.latest(desk, given.vehicle_id)
    ledger.check_not_future(desk, given.theft_reported_on, "盗難届の日")
    desk.session.add(
        TheftReport(
            tenant=desk.id,
            number=next_number(desk.session, TheftReport, desk.id),
            vehicle_id=given.vehicle_id,
            theft_report_number=given.theft_report_number,
            theft_reported_on=given.theft_reported_on,
            recovered_on=None,
        )
    )
    desk.session.flush()


def recover(desk: Desk, vehicle_id: str, day: date) -> None:
    """The vehicle is found: the mark goes, the report stays on record."""
    found = open_report(reports(desk, vehicle_id))
    if found is None:
        raise Refusal("not_found", "盗難中の記録がありません。盗難届の記録を確かめてください。")
    if day < found.theft_reported_on:
        raise Refusal("invalid_value", "発見日が盗難届の日より前です。")
    ledger.check_not_future(desk, day, "発見日")
    found.recovered_on = day


def open_report(found: list[TheftReport]) -> TheftReport | None:
    return next((one for one in reversed(found) if one.recovered_on is None), None)


def is_reported(desk: Desk, vehicle_id: str, day: date) -> bool:
    """Whether the police had been told by that day."""
    return any(one.theft_reported_on <= day for one in reports(desk, vehicle_id))


def insure(desk: Desk, given: Any) -> None:
    ledger.latest(desk, given.vehicle_id)
    desk.session.merge(LiabilityInsurance(tenant=desk.id, **given.model_dump()))


def is_insured(insurance: LiabilityInsurance | None, day: date) -> bool:
    """The insurance runs through its last day (自動車損害賠償保障法5条)."""
    return insurance is not None and day <= insurance.insurance_expires_on


def related(desk: Desk, vehicle_id: str) -> dict[str, Any]:
    ledger.latest(desk, vehicle_id)
    past = reports(desk, vehicle_id)
    last = past[-1] if past else None
    insurance = desk.session.get(LiabilityInsurance, (desk.id, vehicle_id))
    return {
        "theft_report_number": last.theft_report_number if last else None,
        "theft_reported_on": last.theft_reported_on.isoformat() if last else None,
        "recovered_on": last.recovered_on.isoformat() if last and last.recovered_on else None,
        "is_stolen": open_report(past) is not None,
        "liability_insurance_number": insurance.liability_insurance_number if insurance else None,
        "insurance_expires_on": insurance.insurance_expires_on.isoformat() if insurance else None,
        "is_insured": is_insured(insurance, desk.today),
    }

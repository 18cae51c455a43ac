"""Many registrations and scrappings at once (dealers, companies): every row succeeds or fails by itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import forms, intake, ledger_api
from kijun.reference.light_vehicle_tax.option_records import Consignment
from kijun.reference.store import next_number

_NEEDED = {
    "registration": ("chassis_number", "plate_number", "base_location"),
    "scrapping": ("chassis_number", "plate_number"),
}


def stage(desk: Desk, items: dict[str, Any]) -> Consignment:
    number = f"L{next_number(desk.session, Consignment, desk.id):08d}"
    open_row = {"consignment_state": "unprocessed", "consignment_fault": None, "vehicle_id": None}
    added = Consignment(tenant=desk.id, consignment_id=number, **items, **open_row)
    desk.session.add(added)
    desk.session.flush()
    return added


def waiting(desk: Desk) -> list[Consignment]:
    question = select(Consignment).where(Consignment.tenant == desk.id, Consignment.consignment_state == "unprocessed")
    return list(desk.session.scalars(question.order_by(Consignment.consignment_id)))


def run(desk: Desk) -> list[Consignment]:
    """Work off every row that waits; a faulty one is told with its reason and stops nobody else's."""
    rows = waiting(desk)
    for row in rows:
        settle(row, intake.attempt(desk, partial(perform, desk, row)))
    return rows


def settle(row: Consignment, fault: str | None) -> None:
    row.consignment_state, row.consignment_fault = ("failed", fault) if fault else ("established", None)


def perform(desk: Desk, row: Consignment) -> None:
    if any(not getattr(row, item) for item in _NEEDED[row.consignment_type]):
        raise Refusal("missing_item", "この行には、車台番号、標識番号又は主たる定置場がありません。")
    row.vehicle_id = register(desk, row) if row.consignment_type == "registration" else scrap(desk, row)


def register(desk: Desk, row: Consignment) -> str:
    items = ("vehicle_class", "chassis_number", "plate_number", "base_location", "taxpayer_id")
    taken = {name: getattr(row, name) for name in items}
    form = forms.NewVehicle(**taken, acquired_on=row.event_on, declared_on=desk.today, declaration_reason="new")
    return str(ledger_api.register_vehicle(desk, form)["vehicle_id"])


def scrap(desk: Desk, row: Consignment) -> str:
    """Only the vehicle of this chassis, this plate and this person."""
    found = intake.matching_vehicle(desk, row.chassis_number, row.plate_number)
    if found is None or found.taxpayer_id != row.taxpayer_id:
        raise Refusal("not_found", "この行の車台番号、標識番号及び宛名番号の登録中の車両はありません。")
    form = forms.Scrapping(
        vehicle_id=found.vehicle_id, scrapped_on=row.event_on, scrap_reason="dismantled", plate_returned=True
    )
    return str(ledger_api.scrap_vehicle(desk, form)["vehicle_id"])

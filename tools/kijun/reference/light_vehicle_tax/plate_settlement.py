"""What becomes of a plate on a vehicle, and what its loss costs (弁償金: 条例)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, thefts
from kijun.reference.light_vehicle_tax.plate_records import OrdinanceChoice, VehiclePlate
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import next_number

COMPENSATION_RATE = 200  # what many ordinances ask; a municipality sets its own


def choice(desk: Desk) -> OrdinanceChoice:
    """What this municipality has chosen, or the usual."""
    found = desk.session.get(OrdinanceChoice, desk.id)
    if found is None:
        found = OrdinanceChoice(
            tenant=desk.id, compensation_rate=COMPENSATION_RATE, waives_stolen=True, expiry_rule="may_30"
        )
        desk.session.add(found)
        desk.session.flush()
    return found


def compensation(rule: OrdinanceChoice, outcome: str, is_reported: bool) -> int:
    """Nothing for a plate given back; nothing for a theft reported to the police where the ordinance waives it."""
    if outcome == "given_back":
        return 0
    if outcome == "stolen" and is_reported and rule.waives_stolen:
        return 0
    return rule.compensation_rate


def plates_of(desk: Desk, vehicle_id: str | None = None) -> list[VehiclePlate]:
    question = select(VehiclePlate).where(VehiclePlate.tenant == desk.id)
    if vehicle_id:
        question = question.where(VehiclePlate.vehicle_id == vehicle_id)
    return list(desk.session.scalars(question.order_by(VehiclePlate.number)))


def check_no_plate(desk: Desk, vehicle_id: str) -> None:
    """A vehicle bears one plate: the old one is settled before a new one is handed out."""
    if any(one.plate_outcome is None for one in plates_of(desk, vehicle_id)):
        raise Refusal("conflicting_state", "交付済みの標識があります。先に返納又は紛失を記録してください。")


def attach(desk: Desk, vehicle_id: str, plate_number: str) -> VehiclePlate:
    added = VehiclePlate(
        tenant=desk.id,
        number=next_number(desk.session, VehiclePlate, desk.id),
        vehicle_id=vehicle_id,
        plate_number=plate_number,
        plate_outcome=None,
        plate_settled_on=None,
        compensation=0,
        compensation_paid=False,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def plate_to_settle(desk: Desk, vehicle_id: str) -> VehiclePlate:
    """The plate on the vehicle; one declared in the ledger but not from this stock is taken up here."""
    event, own = ledger.latest(desk, vehicle_id), plates_of(desk, vehicle_id)
    if any(one.plate_outcome is not None and one.plate_number == event.plate_number for one in own):
        raise Refusal("conflicting_state", "この車両の標識の返納は記録済みです。")
    open_plates = [one for one in own if one.plate_outcome is None]
    return open_plates[-1] if open_plates else attach(desk, vehicle_id, event.plate_number)


def settle(desk: Desk, vehicle_id: str, outcome: str, day: date) -> VehiclePlate:
    ledger.check_not_future(desk, day, "標識返納日")
    plate = plate_to_settle(desk, vehicle_id)
    plate.plate_outcome, plate.plate_settled_on = outcome, day
    plate.compensation = compensation(choice(desk), outcome, thefts.is_reported(desk, vehicle_id, day))
    return plate


def pay(desk: Desk, vehicle_id: str) -> VehiclePlate:
    owed = [one for one in plates_of(desk, vehicle_id) if is_owed(one)]
    if not owed:
        raise Refusal("not_found", "この車両に、納付すべき弁償金はありません。")
    owed[0].compensation_paid = True
    return owed[0]


def is_owed(plate: VehiclePlate) -> bool:
    return plate.compensation > 0 and not plate.compensation_paid


def unreturned(desk: Desk) -> list[LedgerEvent]:
    """Scrapped vehicles whose plate was not handed in, until somebody records what became of it."""
    settled = {one.vehicle_id for one in plates_of(desk) if one.plate_outcome is not None}
    return [one for one in ledger.all_latest(desk) if is_unreturned(one) and one.vehicle_id not in settled]


def is_unreturned(event: LedgerEvent) -> bool:
    return event.vehicle_state == "scrapped" and not event.plate_returned

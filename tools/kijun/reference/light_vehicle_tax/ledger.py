"""The vehicle ledger: every change is a new event with all columns; a cancellation stacks the earlier state again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Select, bindparam, false, func, or_, select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import consistency, plate_numbers, rules
from kijun.reference.light_vehicle_tax.records import Category, LedgerEvent
from kijun.reference.store import fetch, find, kept, scalar, write

STATE_COLUMNS = (
    "vehicle_state",
    "vehicle_class",
    "power",
    "is_trailer",
    "environmental_performance",
    "first_inspection_month",
    "displacement_cc",
    "chassis_number",
    "plate_number",
    "base_location",
    "acquired_on",
    "declared_on",
    "declaration_reason",
    "taxpayer_id",
    "scrapped_on",
    "scrap_reason",
    "plate_returned",
    "scrap_declared_on",
    "declaration_kind",
    "plate_change_reason",
    "plate_text",
    "plate_class_number",
    "plate_kana",
    "plate_serial",
    "manufacturer",
    "vehicle_type",
    "type_approval_number",
    "rated_output_w",
    "wheel_count",
    "highest_speed_kmh",
    "vehicle_purpose",
    "business_purpose",
    "owner_taxpayer_id",
    "user_taxpayer_id",
    "ownership_kind",
)
DECLARATION_DAYS = 15  # 条例（例）: an acquisition is declared within 15 days
OF_THE_EVENT = {"declaration_kind": "declared", "plate_change_reason": None}  # said of one event, not carried on
State = dict[str, Any]
_EVENTS = (
    select(LedgerEvent)
    .where(LedgerEvent.tenant == bindparam("at"), LedgerEvent.vehicle_id == bindparam("of"))
    .order_by(LedgerEvent.history_number)
)
_VEHICLES = select(func.count(LedgerEvent.vehicle_id)).where(
    LedgerEvent.tenant == bindparam("at"), LedgerEvent.is_latest
)
_WITH_CATEGORY = select(Category.vehicle_id).where(Category.tenant == bindparam("at"))


def events(desk: Desk, vehicle_id: str) -> list[LedgerEvent]:
    """All events of a vehicle, oldest first. Raises Refusal when there is no such vehicle."""
    found = list(desk.session.scalars(_EVENTS, {"at": desk.id, "of": vehicle_id}))
    if not found:
        raise Refusal("not_found", "その軽自管理番号の車両はありません。")
    return found


def latest(desk: Desk, vehicle_id: str) -> LedgerEvent:
    return events(desk, vehicle_id)[-1]


def all_events(desk: Desk) -> Iterator[tuple[str, list[LedgerEvent]]]:
    """Every vehicle with its events, oldest first, in one question."""
    question = select(LedgerEvent).where(LedgerEvent.tenant == desk.id)
    ordered = question.order_by(LedgerEvent.vehicle_id, LedgerEvent.history_number)
    found = desk.session.scalars(ordered.execution_options(yield_per=2000))
    for vehicle_id, past in groupby(found, key=attrgetter("vehicle_id")):
        yield vehicle_id, list(past)


def with_category(desk: Desk) -> set[str]:
    """The vehicles that are not simply taxable, or once were not."""
    return set(fetch(desk.session, _WITH_CATEGORY, {"at": desk.id}))


def all_latest(desk: Desk) -> list[LedgerEvent]:
    return kept(desk.session, LedgerEvent, desk.id, is_latest=True)


def state_of(event: LedgerEvent) -> State:
    return {name: getattr(event, name) for name in STATE_COLUMNS}


def vehicle_of(event: LedgerEvent) -> rules.Vehicle:
    return rules.Vehicle(
        event.vehicle_class,
        event.first_inspection_month,
        event.power,
        event.environmental_performance,
        event.is_trailer,
    )


def append(desk: Desk, vehicle_id: str, kind: str, day: date, state: State, restores: int | None = None) -> LedgerEvent:
    """Stack one event; the former latest stays as it was but for its mark."""
    past = [] if kind == "registered" else events(desk, vehicle_id)
    for event in past:
        unmark(event)
    added = LedgerEvent(
        tenant=desk.id,
        vehicle_id=vehicle_id,
        history_number=len(past) + 1,
        is_latest=True,
        event_kind=kind,
        event_on=day,
        restores=restores,
        **completed(state),
    )
    write(desk.session, added)
    desk.target_id = vehicle_id
    return added


def completed(state: State) -> State:
    """Every column of an event: what nobody stated is empty, and the plate number is held in its four parts."""
    plate = plate_numbers.divided(state["plate_number"])
    usual = {
        "declaration_kind": "declared",
        "owner_taxpayer_id": state["taxpayer_id"],
        "ownership_kind": "owned",
    }
    parts = {
        "plate_text": plate.text if plate else None,
        "plate_class_number": plate.class_number if plate else None,
        "plate_kana": plate.kana if plate else None,
        "plate_serial": plate.serial if plate else None,
    }
    known = {name: state[name] for name in STATE_COLUMNS if name in state}
    return {**dict.fromkeys(STATE_COLUMNS), **usual, **known, **parts}


def unmark(event: LedgerEvent) -> None:
    event.is_latest = False


def change(desk: Desk, vehicle_id: str, kind: str, day: date, changes: State) -> LedgerEvent:
    """An event on a registered vehicle. Refused for scrapped ones, future days, and days before the last event."""
    past = events(desk, vehicle_id)
    now = past[-1]
    check_changeable(now)
    check_not_future(desk, day, "異動日")
    check_order(last_effective(past), day)
    check_not_taken(desk, vehicle_id, changes)
    return append(desk, vehicle_id, kind, day, {**state_of(now), **OF_THE_EVENT, **changes})


def last_effective(past: list[LedgerEvent]) -> LedgerEvent:
    """The event after which a new one may be dated: a cancelled one no longer counts."""
    return effective_events(past)[-1]


def check_changeable(now: LedgerEvent) -> None:
    if now.vehicle_state == "scrapped":
        raise Refusal("conflicting_state", "廃車済みの車両は変更できません。")


def check_order(now: LedgerEvent, day: date) -> None:
    if day < now.event_on:
        raise Refusal("invalid_value", "異動日が直前の異動より前です。")


def check_not_future(desk: Desk, day: date, what: str) -> None:
    if day > desk.today:
        raise Refusal("invalid_value", f"{what}が処理日より後です。")


def cancel(desk: Desk, vehicle_id: str) -> LedgerEvent:
    """Bring back the state before the last effective event by stacking it once more."""
    past = events(desk, vehicle_id)
    before = state_before_last(past)
    if before is None:
        raise Refusal("conflicting_state", "取り消して戻る状態がありません。")
    if before.vehicle_state == "registered":
        check_not_taken(desk, vehicle_id, state_of(before))
    return append(desk, vehicle_id, "cancelled", past[-1].event_on, state_of(before), before.history_number)


def state_before_last(past: list[LedgerEvent]) -> LedgerEvent | None:
    """The event whose state stood before the effective one; cancellations are seen through."""
    effective = past[-1]
    while effective.restores is not None:
        effective = past[effective.restores - 1]
    return past[effective.history_number - 2] if effective.history_number > 1 else None


def effective_events(past: list[LedgerEvent]) -> list[LedgerEvent]:
    """Events that still count: a cancellation takes away itself and what it undid."""
    kept: list[LedgerEvent] = []
    for event in past:
        if event.restores is None:
            kept.append(event)
        else:
            kept = [one for one in kept if one.history_number <= event.restores]
    return kept


def as_of(past: list[LedgerEvent], day: date) -> LedgerEvent | None:
    """The state that held at the end of a day; None before the vehicle was acquired."""
    found = [event for event in effective_events(past) if holds_on(event, day)]
    return found[-1] if found else None


def holds_on(event: LedgerEvent, day: date) -> bool:
    """Whether an event had happened by the end of the day."""
    return event.event_on <= day


def check_unique(desk: Desk, chassis: str, plate: str) -> list[str]:
    """Refuse a chassis or plate already in use; tell of a scrapped vehicle with the same chassis."""
    alerts = []
    for other in with_number(desk, {"chassis_number": chassis, "plate_number": plate}):
        in_use = other.vehicle_state == "registered"
        if in_use and is_same_number(other.chassis_number, chassis):
            raise Refusal("duplicate", "同じ車台番号の車両が登録されています。")
        if in_use and is_same_number(other.plate_number, plate):
            raise Refusal("duplicate", "同じ標識番号の車両が登録されています。")
        if not in_use and is_same_number(other.chassis_number, chassis):
            alerts.append("scrapped_vehicle_with_same_chassis")
    return alerts


def check_not_taken(desk: Desk, vehicle_id: str, changes: State) -> None:
    """Refuse a change to a chassis or plate that another registered vehicle has."""
    numbers = {"chassis_number": "車台番号", "plate_number": "標識番号"}
    for other in with_number(desk, {name: changes[name] for name in numbers if name in changes}):
        if other.vehicle_id == vehicle_id or other.vehicle_state != "registered":
            continue
        for column, label in numbers.items():
            if column in changes and is_same_number(getattr(other, column), changes[column]):
                raise Refusal("duplicate", f"登録中の他の車両が、同じ{label}を使っています。")


def with_number(desk: Desk, numbers: State) -> list[LedgerEvent]:
    """Vehicles whose chassis or plate, as it stands now, is one of these: found by the database, not one by one."""
    return fetch(desk.session, _numbered(tuple(numbers)), {"at": desk.id, **numbers})


@cache
def _numbered(names: tuple[str, ...]) -> Select[LedgerEvent]:
    wanted = or_(false(), *(getattr(LedgerEvent, name) == bindparam(name) for name in names))
    question = select(LedgerEvent).where(LedgerEvent.tenant == bindparam("at"), LedgerEvent.is_latest, wanted)
    return question.order_by(LedgerEvent.vehicle_id)


def is_same_number(one: str, other: str) -> bool:
    return one == other


def alerts_of(state: State) -> list[str]:
    """What deserves a second look but does not stop the entry."""
    found = consistency.faults(state)
    if is_early_declaration(state["acquired_on"], state["declared_on"]):
        found.append("declared_before_acquired")
    if is_late_declaration(state["acquired_on"], state["declared_on"]):
        found.append("late_declaration")
    return found


def is_late_declaration(acquired_on: date, declared_on: date) -> bool:
    return declared_on > acquired_on + timedelta(days=DECLARATION_DAYS)


def is_early_declaration(acquired_on: date, declared_on: date) -> bool:
    return declared_on < acquired_on


def new_number(desk: Desk) -> str:
    """The next 軽自管理番号; the number of a scrapped vehicle is never given again."""
    return f"V{scalar(desk.session, _VEHICLES, {'at': desk.id}) + 1:08d}"


def category(desk: Desk, vehicle_id: str) -> str:
    found = find(desk.session, Category, desk.id, vehicle_id)
    return found.taxation_category if found else "taxable"

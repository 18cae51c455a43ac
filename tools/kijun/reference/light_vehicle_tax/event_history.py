"""Lists over the events of all vehicles: by period and kind, and what contradicts itself today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import consistency, ledger, rules
from kijun.reference.light_vehicle_tax.records import LedgerEvent


def in_period(desk: Desk, first: date, last: date, kind: str | None) -> list[LedgerEvent]:
    """Events dated from the first to the last day, both included, in order of day, vehicle and number."""
    if last < first:
        raise Refusal("invalid_value", "期間の終了日が開始日より前です。")
    question = select(LedgerEvent).where(LedgerEvent.tenant == desk.id)
    found = [event for event in desk.session.scalars(question) if is_listed(event, first, last, kind)]
    return sorted(found, key=lambda event: (event.event_on, event.vehicle_id, event.history_number))


def is_listed(event: LedgerEvent, first: date, last: date, kind: str | None) -> bool:
    return first <= event.event_on <= last and kind in (None, event.event_kind)


def is_undone(desk: Desk, event: LedgerEvent) -> bool:
    """Whether a later cancellation took the event away; a cancellation itself is never undone."""
    kept = ledger.effective_events(ledger.events(desk, event.vehicle_id))
    return event.restores is None and event.history_number not in {one.history_number for one in kept}


def numbered(desk: Desk, vehicle_id: str, history_number: int) -> LedgerEvent:
    """One event of a vehicle. Raises Refusal."""
    for event in ledger.events(desk, vehicle_id):
        if event.history_number == history_number:
            return event
    raise Refusal("not_found", "その履歴番号の異動はありません。")


def contradictions(desk: Desk) -> list[tuple[str, str]]:
    """Vehicle and kind of alert for every registered vehicle whose items do not fit together."""
    return [
        (event.vehicle_id, kind)
        for event in ledger.all_latest(desk)
        if event.vehicle_state == "registered"
        for kind in faults_of(event)
    ]


def faults_of(event: LedgerEvent) -> list[str]:
    found = consistency.faults(ledger.state_of(event))
    if rules.needs_first_inspection(event.vehicle_class) and not event.first_inspection_month:
        found.append("lacks_first_inspection")
    return found

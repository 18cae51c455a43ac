"""What every intake shares: received = imported + held + discarded, and an alarm when that is not so."""

from __future__ import annotations

import logging
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger
from kijun.reference.light_vehicle_tax.records import LedgerEvent
from kijun.reference.store import Taxpayer

_log = logging.getLogger("kijun.reference")


class Received(Protocol):
    intake_state: Any
    hold_reason: Any
    discard_reason: Any


def tally(received: Sequence[Received], waiting: int | None = None) -> dict[str, int]:
    """What became of the records. `waiting` was counted before the intake, so that a lost record shows."""
    counts = Counter(one.intake_state for one in received)
    return {
        "received_count": len(received) if waiting is None else waiting,
        "absorbed_count": counts["entered"],
        "held_count": counts["held"],
        "discarded_count": counts["discarded"],
    }


def alarms(counts: dict[str, int], announced: int | None) -> list[dict[str, str]]:
    """Silence is not success: nothing received, fewer than announced, or a record that went nowhere."""
    parts = counts["absorbed_count"] + counts["held_count"] + counts["discarded_count"]
    found = []
    if is_silent(counts):
        found.append("reception_absent")
    if announced is not None and announced != counts["received_count"]:
        found.append("announced_count_differs")
    if parts != counts["received_count"]:
        found.append("counts_unbalanced")
    return [{"intake_alarm_kind": kind} for kind in found]


def attempt(desk: Desk, work: Callable[[], None]) -> str | None:
    """Do the work on one record as a transaction within the intake; the code of what stood against it, or None.

    What fails is undone to the last row and the intake goes on: one record must not take the others with it.
    """
    try:
        with desk.session.begin_nested():
            work()
    except Refusal as refusal:
        return refusal.code
    except Exception:  # noqa: BLE001 - held for a clerk, and told to the operator with its trace
        _log.exception("a record could not be taken in")
        return "processing_fault"
    return None


def is_silent(counts: dict[str, int]) -> bool:
    return counts["received_count"] == 0


def hold(one: Received, reason: str) -> None:
    one.intake_state, one.hold_reason = "held", reason


def discard(one: Received, reason: str) -> None:
    one.intake_state, one.hold_reason, one.discard_reason = "discarded", None, reason


def entered(one: Received) -> None:
    one.intake_state, one.hold_reason = "entered", None


def folded(text: str | None) -> str:
    """Half and full width and blanks do not make two people or two vehicles."""
    return unicodedata.normalize("NFKC", text or "").replace(" ", "")


def matching_taxpayer(desk: Desk, name: str | None, address: str | None) -> str | None:
    """The one person of that name at that address. A name alone never decides (a namesake would be taxed)."""
    people = desk.session.scalars(select(Taxpayer).where(Taxpayer.tenant == desk.id))
    found = [one.taxpayer_id for one in people if is_same_person(one, name, address)]
    return found[0] if len(found) == 1 else None


def is_same_person(one: Taxpayer, name: str | None, address: str | None) -> bool:
    return folded(one.name) == folded(name) and folded(one.address) == folded(address)


def matching_vehicle(desk: Desk, chassis: str | None, plate: str | None) -> LedgerEvent | None:
    """The registered vehicle of that chassis and, where one is stated, that plate."""
    for event in ledger.all_latest(desk):
        if event.vehicle_state == "registered" and is_same_vehicle(event, chassis, plate):
            return event
    return None


def is_same_vehicle(event: LedgerEvent, chassis: str | None, plate: str | None) -> bool:
    return folded(event.chassis_number) == folded(chassis) and (
        not plate or folded(event.plate_number) == folded(plate)
    )

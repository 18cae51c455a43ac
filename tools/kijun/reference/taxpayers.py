"""Taxpayers (宛名) and the reading of the operation log: what every business shares."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import numbering, person_records, protection
from kijun.reference.store import LogEntry, Taxpayer, enter, find, write

router = APIRouter(prefix="/v1")


class NewTaxpayer(BaseModel):
    name: str = Field(min_length=1)
    address: str = Field(min_length=1)
    support_measure: bool = False


class ByTaxpayer(BaseModel):
    taxpayer_id: str


class LogQuestion(BaseModel):
    operation_name: str | None = None
    target_id: str | None = None


def register_taxpayer(desk: Desk, given: NewTaxpayer) -> dict[str, Any]:
    """納税義務者の登録"""
    person = add_person(desk, given.name, given.address, support_measure=given.support_measure)
    return {"taxpayer_id": person.taxpayer_id}


def add_person(desk: Desk, name: str, address: str, number: str | None = None, **columns: Any) -> Taxpayer:
    """A person under a number nobody else has had, with the first version of their history."""
    number = number or numbering.allocate(desk, name, columns.get("birth_date"))
    person = Taxpayer(
        tenant=desk.id, taxpayer_id=number, name=name, address=address, **{"support_measure": False, **columns}
    )
    write(desk.session, person)
    add_version(desk, person, "registered", desk.today)
    desk.target_id = number
    return person


def add_version(desk: Desk, person: Taxpayer, change_kind: str, effective_on: date) -> None:
    """The person as they stand now, kept for whoever asks about that day later."""
    kept = ("taxpayer_id", "name", "address", "representative_name", "common_name")
    enter(
        desk.session,
        person_records.PersonVersion,
        tenant=desk.id,
        effective_on=effective_on,
        change_kind=change_kind,
        recorded_on=desk.today,
        operator=desk.operator,
        **{name: getattr(person, name) for name in kept},
    )


def taxpayer(desk: Desk, taxpayer_id: str) -> Taxpayer:
    """The person, who knows whether support measures hold on the desk's day."""
    found = find(desk.session, Taxpayer, desk.id, taxpayer_id)
    if found is None:
        raise Refusal("not_found", "その宛名番号の納税義務者はいません。")
    found.protect(protection.measure_holds(desk, found))
    return found


def get_taxpayer(desk: Desk, given: ByTaxpayer) -> dict[str, Any]:
    """納税義務者の照会"""
    found = taxpayer(desk, given.taxpayer_id)
    protection.obey_restraint(desk, found, "inquiry")
    return {
        "taxpayer_id": found.taxpayer_id,
        "name": found.name,
        "address": protection.visible_address(desk, found),
        "support_measure": found.is_protected,
    }


def printed_address(person: Taxpayer) -> str | None:
    """Nothing for a person under support measures (支援措置): an address on paper can cost a life."""
    return None if person.is_protected else person.address


def get_operation_log(desk: Desk, given: LogQuestion) -> dict[str, Any]:
    """操作ログの照会"""
    question = select(LogEntry).where(LogEntry.tenant == desk.id).order_by(LogEntry.id)
    if given.operation_name:
        question = question.where(LogEntry.operation_name == given.operation_name)
    if given.target_id:
        question = question.where(LogEntry.target_id == given.target_id)
    return {"operation_log": [log_line(entry) for entry in desk.session.scalars(question)]}


def log_line(entry: LogEntry) -> dict[str, Any]:
    return {
        "operated_on": entry.operated_on.isoformat(),
        "operator": entry.operator,
        "operator_role": entry.operator_role,
        "operation_name": entry.operation_name,
        "target_id": entry.target_id,
        "outcome": entry.outcome,
        "operated_time": entry.operated_time,
        "log_category": entry.log_category,
    }


routing.add(router, "/taxpayers", NewTaxpayer, register_taxpayer)
routing.add(router, "/taxpayers/one", ByTaxpayer, get_taxpayer, is_query=True)
routing.add(router, "/operation-log", LogQuestion, get_operation_log, is_query=True)

"""Taxpayers (宛名) and the reading of the operation log: what every business shares."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.store import LogEntry, Taxpayer, count_rows

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
    number = f"T{count_rows(desk.session, Taxpayer, desk.id) + 1:08d}"
    desk.session.add(
        Taxpayer(
            tenant=desk.id,
            taxpayer_id=number,
            name=given.name,
            address=given.address,
            support_measure=given.support_measure,
        )
    )
    desk.target_id = number
    return {"taxpayer_id": number}


def taxpayer(desk: Desk, taxpayer_id: str) -> Taxpayer:
    found = desk.session.get(Taxpayer, (desk.id, taxpayer_id))
    if found is None:
        raise Refusal("not_found", "その宛名番号の納税義務者はいません。")
    return found


def get_taxpayer(desk: Desk, given: ByTaxpayer) -> dict[str, Any]:
    """納税義務者の照会"""
    found = taxpayer(desk, given.taxpayer_id)
    return {name: getattr(found, name) for name in ("taxpayer_id", "name", "address", "support_measure")}


def printed_address(person: Taxpayer) -> str | None:
    """Nothing for a person under support measures (支援措置): an address on paper can cost a life."""
    return None if person.support_measure else person.address


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

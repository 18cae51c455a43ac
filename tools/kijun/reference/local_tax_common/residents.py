"""Residents from the resident register: everybody or the differences, taken in with counts that balance."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import person_records
from kijun.reference.local_tax_common.person_records import ResidentNotice
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/residents")
ADDED, CHANGED, UNCHANGED, REJECTED = "added", "changed", "unchanged", "rejected"


class Notice(BaseModel):
    resident_number: str = Field(min_length=1)
    addressee_name: str | None = None
    address: str | None = None
    name_kana: str | None = None
    birth_date: date | None = None
    household_number: str | None = None
    moved_on: date
    resident_event: (
        Literal["moved_in", "born", "relocated", "moved_out", "emigrated", "died", "resident_amended"] | None
    ) = None


class Intake(BaseModel):
    intake_scope: Literal["full", "delta"]


def register_resident_notice(desk: Desk, given: Notice) -> dict[str, Any]:
    """住民の異動の受信"""
    row = given.model_dump()
    person_records.add(desk, ResidentNotice, name=row.pop("addressee_name"), **row)
    return {"resident_number": given.resident_number}


def import_residents(desk: Desk, given: Intake) -> dict[str, Any]:
    """住民記録の取込"""
    outcomes = [take_in(desk, one) for one in received(desk, given.intake_scope)]
    return {
        "residents_received": len(outcomes),
        "residents_added": outcomes.count(ADDED),
        "residents_amended": outcomes.count(CHANGED),
        "residents_identical": outcomes.count(UNCHANGED),
        "residents_rejected": outcomes.count(REJECTED),
    }


def received(desk: Desk, scope: str) -> list[ResidentNotice]:
    """Differences are what nobody has taken in yet, in their order; the full set is everybody's last record."""
    notices: list[ResidentNotice] = person_records.rows(desk, ResidentNotice)
    if scope == "delta":
        return [one for one in notices if not one.is_taken]
    return list({one.resident_number: one for one in notices}.values())


def take_in(desk: Desk, notice: ResidentNotice) -> str:
    """What became of one record. A record without a name or an address is nobody's and changes nothing."""
    notice.is_taken = True
    if not notice.name or not notice.address:
        return REJECTED
    person = resident(desk, notice.resident_number)
    if person is None:
        enter(desk, notice)
        return ADDED
    if is_older(desk, person, notice) or not differs(person, notice):
        return UNCHANGED
    update(desk, person, notice)
    return CHANGED


def resident(desk: Desk, number: str) -> Taxpayer | None:
    question = select(Taxpayer).where(Taxpayer.tenant == desk.id, Taxpayer.resident_number == number)
    return desk.session.scalar(question)


def fields(notice: ResidentNotice) -> dict[str, Any]:
    names = ("name", "address", "name_kana", "birth_date", "household_number")
    return {name: getattr(notice, name) for name in names}


def differs(person: Taxpayer, notice: ResidentNotice) -> bool:
    return any(getattr(person, name) != value for name, value in fields(notice).items())


def is_older(desk: Desk, person: Taxpayer, notice: ResidentNotice) -> bool:
    """A record that comes late must not bring back an old address."""
    latest = person_records.rows(desk, person_records.PersonVersion, taxpayer_id=person.taxpayer_id)[-1]
    return bool(notice.moved_on < latest.effective_on)


def enter(desk: Desk, notice: ResidentNotice) -> None:
    columns = {**fields(notice), "addressee_kind": "resident", "resident_number": notice.resident_number}
    person = taxpayers.add_person(desk, **columns)
    person_records.rows(desk, person_records.PersonVersion, taxpayer_id=person.taxpayer_id)[
        -1
    ].effective_on = notice.moved_on


def update(desk: Desk, person: Taxpayer, notice: ResidentNotice) -> None:
    for name, value in fields(notice).items():
        setattr(person, name, value)
    taxpayers.add_version(desk, person, "resident_record", notice.moved_on)


routing.add(router, "/notices", Notice, register_resident_notice)
routing.add(router, "/intakes", Intake, import_residents)

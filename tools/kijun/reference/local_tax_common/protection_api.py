"""Operations on support measures (支援措置), relations and restraints (抑止)."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import mailing, person_records
from kijun.reference.local_tax_common.person_records import (
    Relation,
    Restraint,
    SupportLift,
    SupportNotice,
    SupportPeriod,
)

router = APIRouter(prefix="/v1/protection")
_TIME = r"^([01]\d|2[0-3]):[0-5]\d$"


class Notice(BaseModel):
    taxpayer_id: str
    measure_from: date
    measure_through: date


class Intake(BaseModel):
    is_zero_confirmed: bool = False


class NewLift(BaseModel):
    taxpayer_id: str
    lifted_process: Literal["inquiry", "issue"]
    lift_from_day: date
    lift_from_time: str = Field(pattern=_TIME)
    lift_through_day: date
    lift_through_time: str = Field(pattern=_TIME)
    lift_allowance: int = Field(ge=1)
    lift_reason: str = Field(min_length=1)


class NewRelation(BaseModel):
    taxpayer_id: str
    related_taxpayer_id: str
    relation_kind: Literal["household", "co_owner", "employer"]


class NewRestraint(mailing.Period):
    taxpayer_id: str
    restrained_process: Literal["issue", "amend", "inquiry"]
    restraint_strength: Literal["caution", "forbid"]
    restraint_reason: str = Field(min_length=1)


class Release(BaseModel):
    restraint_id: str
    release_reason: str = Field(min_length=1)


class ByPerson(BaseModel):
    taxpayer_id: str


def register_support_notice(desk: Desk, given: Notice) -> dict[str, Any]:
    """支援措置の通知の受信"""
    if given.measure_through < given.measure_from:
        raise Refusal("invalid_value", "支援措置の終了日が開始日より前です。通知を確かめてください。")
    person_records.add(desk, SupportNotice, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def import_support_measures(desk: Desk, given: Intake) -> dict[str, Any]:
    """支援措置の取込"""
    notices = person_records.rows(desk, SupportNotice)
    check_not_empty(notices, given.is_zero_confirmed)
    outcomes = [take_in(desk, one) for one in notices]
    return {
        "measures_received": len(outcomes),
        "measures_added": outcomes.count("added"),
        "measures_identical": outcomes.count("unchanged"),
    }


def check_not_empty(notices: list[SupportNotice], is_confirmed: bool) -> None:
    """A list of nobody is more likely a broken delivery than a town without anybody in danger (明和町, 2020)."""
    if not notices and not is_confirmed:
        raise Refusal(
            "zero_received", "支援措置の受信が0件です。送信元に確かめてから、確認済みとして取り込んでください。"
        )


def take_in(desk: Desk, notice: SupportNotice) -> str:
    taxpayers.taxpayer(desk, notice.taxpayer_id)
    row = {key: getattr(notice, key) for key in ("taxpayer_id", "measure_from", "measure_through")}
    if person_records.rows(desk, SupportPeriod, **row):
        return "unchanged"
    person_records.add(desk, SupportPeriod, **row)
    return "added"


def lift_support_measure(desk: Desk, given: NewLift) -> dict[str, Any]:
    """支援措置の一時解除"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    first = f"{given.lift_from_day.isoformat()} {given.lift_from_time}"
    last = f"{given.lift_through_day.isoformat()} {given.lift_through_time}"
    if last < first:
        raise Refusal("invalid_value", "解除の終了が開始より前です。日時を確かめてください。")
    person_records.add(
        desk,
        SupportLift,
        taxpayer_id=given.taxpayer_id,
        lifted_process=given.lifted_process,
        lift_from=first,
        lift_through=last,
        lift_allowance=given.lift_allowance,
        lift_spent=0,
        lift_reason=given.lift_reason,
        lifted_by=desk.operator,
    )
    return {"taxpayer_id": given.taxpayer_id}


def list_support_lifts(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """一時解除の記録の照会"""
    keys = ("lifted_process", "lift_allowance", "lift_spent", "lift_reason")
    found = person_records.rows(desk, SupportLift, taxpayer_id=given.taxpayer_id)
    return {"support_lifts": [{**{key: getattr(one, key) for key in keys}, "operator": one.lifted_by} for one in found]}


def register_relation(desk: Desk, given: NewRelation) -> dict[str, Any]:
    """関係者の登録"""
    for number in (given.taxpayer_id, given.related_taxpayer_id):
        taxpayers.taxpayer(desk, number)
    person_records.add(desk, Relation, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def set_restraint(desk: Desk, given: NewRestraint) -> dict[str, Any]:
    """抑止の設定"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    mailing.check_period(given)
    row = person_records.add(
        desk, Restraint, released_on=None, released_by=None, release_reason=None, **given.model_dump()
    )
    return {"restraint_id": f"R{row.id:08d}"}


def release_restraint(desk: Desk, given: Release) -> dict[str, Any]:
    """抑止の解除"""
    found = next((one for one in person_records.rows(desk, Restraint) if f"R{one.id:08d}" == given.restraint_id), None)
    if found is None:
        raise Refusal("not_found", "その番号の抑止はありません。抑止の照会で番号を確かめてください。")
    if found.released_on is not None:
        raise Refusal("conflicting_state", "その抑止は解除されています。")
    release(desk, found, given.release_reason)
    return {"restraint_id": given.restraint_id}


def release(desk: Desk, one: Restraint, reason: str) -> None:
    """The restraint stays on record with who released it, when and why."""
    one.released_on, one.released_by, one.release_reason = desk.today, desk.operator, reason


def list_restraints(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """抑止の照会"""
    return {
        "restraints": [
            restraint_line(desk, one) for one in person_records.rows(desk, Restraint, taxpayer_id=given.taxpayer_id)
        ]
    }


def restraint_line(desk: Desk, one: Restraint) -> dict[str, Any]:
    return {
        "restrained_process": one.restrained_process,
        "restraint_strength": one.restraint_strength,
        "restraint_reason": one.restraint_reason,
        "is_restraint_overdue": is_overdue(desk, one),
        "released_on": one.released_on.isoformat() if one.released_on else None,
        "operator": one.released_by,
        "release_reason": one.release_reason,
    }


def is_overdue(desk: Desk, one: Restraint) -> bool:
    return one.released_on is None and one.effective_through is not None and one.effective_through < desk.today


routing.add(router, "/notices", Notice, register_support_notice)
routing.add(router, "/intakes", Intake, import_support_measures)
routing.add(router, "/lifts", NewLift, lift_support_measure)
routing.add(router, "/lifts/list", ByPerson, list_support_lifts, is_query=True)
routing.add(router, "/relations", NewRelation, register_relation)
routing.add(router, "/restraints", NewRestraint, set_restraint)
routing.add(router, "/restraints/release", Release, release_restraint)
routing.add(router, "/restraints/list", ByPerson, list_restraints, is_query=True)

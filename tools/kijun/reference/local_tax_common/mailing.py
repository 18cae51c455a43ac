"""Where a person's papers go: own address, another address, somebody who acts for them, or nowhere for now.

地方税法20条1項 (書類の送達; 納税管理人があるときはその住所), 9条の2 (相続人代表者), 20条の2 (公示送達).
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import person_records, protection, towns
from kijun.reference.local_tax_common.person_records import Agent, MailingAddress, ReturnedMail
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/mailing")
ALL_TAXES = "all"
Tax = Literal["all", "resident", "property", "corporate", "light_vehicle"]
AgentKind = Literal["tax_administrator", "heirs_representative", "adult_guardian", "curator", "assistant", "mandatary"]
# Who receives by office, first before last. The others receive only with a power of representation.
RECEIVE_BY_OFFICE = ("heirs_representative", "tax_administrator", "adult_guardian")
RECEIVE_BY_POWER = ("curator", "assistant", "mandatary")


class Period(BaseModel):
    effective_since: date
    effective_through: date | None = None


class NewMailingAddress(Period):
    taxpayer_id: str
    related_tax: Tax
    recipient_name: str | None = None
    mailing_address: str = Field(min_length=1)
    mailing_reason: Literal["facility", "forwarding", "abroad", "request"]
    mailing_priority: int = Field(ge=1)


class NewAgent(Period):
    taxpayer_id: str
    related_tax: Tax
    agent_kind: AgentKind
    recipient_name: str = Field(min_length=1)
    mailing_address: str = Field(min_length=1)
    agent_title: str | None = None
    is_empowered: bool = False
    telecom_value: str | None = None


class MailingQuestion(BaseModel):
    taxpayer_id: str
    related_tax: Tax


class ByPerson(BaseModel):
    taxpayer_id: str


class ReturnNote(BaseModel):
    taxpayer_id: str
    returned_on: date
    return_reason: Literal["not_at_address", "moved", "refused", "not_collected"]


class Investigation(BaseModel):
    taxpayer_id: str
    investigation_result: Literal["found", "untraceable"]


class Nothing(BaseModel):
    pass


def register_mailing_address(desk: Desk, given: NewMailingAddress) -> dict[str, Any]:
    """送付先の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    check_period(given)
    rank = {"related_tax": given.related_tax, "mailing_priority": given.mailing_priority}
    for one in person_records.rows(desk, MailingAddress, taxpayer_id=given.taxpayer_id, **rank):
        if towns.overlap(one, given.effective_since, given.effective_through):
            raise Refusal("duplicate", "同じ税目と優先順位の送付先が、重なる期間にあります。優先順位を変えてください。")
    row = person_records.add(desk, MailingAddress, **given.model_dump())
    return {"mailing_id": f"M{row.id:08d}"}


def check_period(given: Period) -> None:
    if given.effective_through is not None and given.effective_through < given.effective_since:
        raise Refusal("invalid_value", "終了日が開始日より前です。期間を確かめてください。")


def register_agent(desk: Desk, given: NewAgent) -> dict[str, Any]:
    """代理人の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    check_period(given)
    person_records.add(desk, Agent, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def list_agents(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """代理人の照会"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    seen = protection.may_see_address(desk, person)
    return {
        "agents": [
            agent_line(desk, one, seen) for one in person_records.rows(desk, Agent, taxpayer_id=given.taxpayer_id)
        ]
    }


def agent_line(desk: Desk, one: Agent, seen: bool) -> dict[str, Any]:
    return {
        "agent_kind": one.agent_kind,
        "recipient_name": one.recipient_name,
        "mailing_address": one.mailing_address if seen else None,
        "agent_title": one.agent_title,
        "telecom_value": one.telecom_value,
        "effective_since": one.effective_since.isoformat(),
        "effective_through": one.effective_through.isoformat() if one.effective_through else None,
        "is_agency_current": is_active(desk, one),
    }


def is_active(desk: Desk, one: Any) -> bool:
    return person_records.holds_on(one, desk.today)


def is_for(one: Any, tax: str) -> bool:
    return one.related_tax in (ALL_TAXES, tax)


def receiving_agent(desk: Desk, person: Taxpayer, tax: str) -> Agent | None:
    """Who receives in the person's stead today."""
    found: list[Agent] = person_records.rows(desk, Agent, taxpayer_id=person.taxpayer_id)
    fit = [one for one in found if is_active(desk, one) and is_for(one, tax) and may_receive(one)]
    order = (*RECEIVE_BY_OFFICE, *RECEIVE_BY_POWER)
    return min(fit, key=lambda one: (order.index(one.agent_kind), one.id), default=None)


def may_receive(one: Agent) -> bool:
    """A curator or an assistant represents only where the court gave the power (民法876条の4, 876条の9)."""
    return one.agent_kind in RECEIVE_BY_OFFICE or one.is_empowered


def chosen_mailing_address(desk: Desk, person: Taxpayer, tax: str) -> MailingAddress | None:
    """One for this very tax before one for all taxes; among equals the smaller priority."""
    found: list[MailingAddress] = person_records.rows(desk, MailingAddress, taxpayer_id=person.taxpayer_id)
    fit = [one for one in found if is_active(desk, one) and is_for(one, tax)]
    return min(fit, key=rank, default=None)


def rank(one: MailingAddress) -> tuple[bool, int]:
    return one.related_tax == ALL_TAXES, one.mailing_priority


def decide_mailing(desk: Desk, given: MailingQuestion) -> dict[str, Any]:
    """送付先の判定"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    found = decided(desk, person, given.related_tax)
    if not protection.may_see_address(desk, person):
        found.update(address=None, mailing_address=None)
    return found


def decided(desk: Desk, person: Taxpayer, tax: str) -> dict[str, Any]:
    if is_stopped(person):
        return recipient("stopped")
    agent = receiving_agent(desk, person, tax)
    if agent:
        where = {"recipient_name": agent.recipient_name, "mailing_address": agent.mailing_address}
        return recipient(agent.agent_kind, agent_title=agent.agent_title, **where)
    other = chosen_mailing_address(desk, person, tax)
    if other:
        return recipient("mailing_address", recipient_name=other.recipient_name, mailing_address=other.mailing_address)
    return recipient("home_address", address=person.address)


def recipient(basis: str, **known: Any) -> dict[str, Any]:
    empty = {"address": None, "mailing_address": None, "recipient_name": None, "agent_title": None}
    return {**empty, **known, "mailing_basis": basis}


def is_stopped(person: Taxpayer) -> bool:
    return person.is_mailing_stopped


def register_returned_mail(desk: Desk, given: ReturnNote) -> dict[str, Any]:
    """返戻の登録"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    person_records.add(desk, ReturnedMail, investigation_result=None, **given.model_dump())
    person.is_mailing_stopped = True
    return {"taxpayer_id": given.taxpayer_id}


def record_investigation(desk: Desk, given: Investigation) -> dict[str, Any]:
    """返戻の調査結果の登録"""
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    open_ones = person_records.rows(desk, ReturnedMail, taxpayer_id=given.taxpayer_id, investigation_result=None)
    if not open_ones:
        raise Refusal("conflicting_state", "調査中の返戻がありません。返戻を登録してください。")
    for one in open_ones:
        one.investigation_result = given.investigation_result
    if given.investigation_result == "found":
        person.is_mailing_stopped = False
    return {"taxpayer_id": given.taxpayer_id}


def list_public_notice_targets(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """公示送達の対象の照会"""
    unknown = person_records.rows(desk, ReturnedMail, investigation_result="untraceable")
    numbers = dict.fromkeys(one.taxpayer_id for one in unknown)
    people = [taxpayers.taxpayer(desk, number) for number in numbers]
    return {"public_notice_targets": [{"taxpayer_id": one.taxpayer_id} for one in people if is_stopped(one)]}


routing.add(router, "/addresses", NewMailingAddress, register_mailing_address)
routing.add(router, "/agents", NewAgent, register_agent)
routing.add(router, "/agents/list", ByPerson, list_agents, is_query=True)
routing.add(router, "/decision", MailingQuestion, decide_mailing, is_query=True)
routing.add(router, "/returns", ReturnNote, register_returned_mail)
routing.add(router, "/investigations", Investigation, record_investigation)
routing.add(router, "/public-notice-candidates", Nothing, list_public_notice_targets, is_query=True)

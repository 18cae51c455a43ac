"""Operations on who can be levied on the assessment day, and on what welfare decided about them."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assistance, presence
from kijun.reference.individual_inhabitant_tax.material_records import AidDecision, ElsewhereNotice, Presence
from kijun.reference.local_tax_common.person_records import add
from kijun.reference.store import next_number

router = APIRouter(prefix="/v1/inhabitant/presence")


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


class NewPresence(BaseModel):
    taxpayer_id: str
    presence_kind: Literal["registered_resident", "unregistered_resident", "house_owner", "office_owner"]
    present_from: date
    present_until: date | None = None
    other_municipality: str | None = None


class NoticeFromElsewhere(ByPerson):
    other_municipality: str = Field(min_length=1)


class NewAidDecision(BaseModel):
    addressee_name: str = Field(min_length=1)
    birth_date: date
    aid_kind: Literal["livelihood", "medical"]
    aid_decision: Literal["aid_begun", "aid_ended"]
    aid_effective_on: date


def register_presence(desk: Desk, given: NewPresence) -> dict[str, Any]:
    """在住の期間の登録"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    if given.present_until is not None and given.present_until < given.present_from:
        raise Refusal("invalid_value", "在住の終了日が開始日より前です。日付を確かめてください。")
    add(desk, Presence, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def list_taxable_inhabitants(desk: Desk, given: ByYear) -> dict[str, Any]:
    """課税対象者の抽出"""
    return {
        "taxable_inhabitants": [
            {"taxpayer_id": number, "presence_kind": kind} for number, kind in presence.taxable(desk, given.fiscal_year)
        ]
    }


def list_unregistered_residents(desk: Desk, given: ByYear) -> dict[str, Any]:
    """住登外課税者の照会"""
    return {
        "unregistered_residents": [
            {
                "taxpayer_id": one.taxpayer_id,
                "other_municipality": one.other_municipality,
                "is_elsewhere_notified": presence.is_notified(desk, one.taxpayer_id, given.fiscal_year),
            }
            for one in presence.unregistered(desk, given.fiscal_year)
        ]
    }


def issue_elsewhere_notice(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """住登外課税通知書の作成"""
    known = presence.notifiable(desk, given.taxpayer_id, given.fiscal_year)
    if not known.other_municipality:
        raise Refusal("missing_item", "住民票のある市区町村が登録されていません。登録してから通知を作ってください。")
    person = taxpayers.taxpayer(desk, given.taxpayer_id)
    add(desk, ElsewhereNotice, other_municipality=known.other_municipality, is_ours=True, **given.model_dump())
    return {
        "elsewhere_taxation_notice": {
            "other_municipality": known.other_municipality,
            "fiscal_year": given.fiscal_year,
            "name": person.name,
            "address": taxpayers.printed_address(person),
        }
    }


def acknowledge_elsewhere_notice(desk: Desk, given: NoticeFromElsewhere) -> dict[str, Any]:
    """住登外課税通知の受理"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    add(desk, ElsewhereNotice, is_ours=False, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def lodge_aid_decision(desk: Desk, given: NewAidDecision) -> dict[str, Any]:
    """保護の決定の受信"""
    number = f"H{next_number(desk.session, AidDecision, desk.id):08d}"
    add(desk, AidDecision, aid_decision_id=number, taxpayer_id=None, is_taken=False, **given.model_dump())
    return {"aid_decision_id": number}


def take_in_aid_decisions(desk: Desk, given: ByYear) -> dict[str, Any]:
    """保護の決定の取込"""
    received, identified = assistance.take_in(desk, given.fiscal_year)
    return {"received_count": received, "absorbed_count": identified, "held_count": received - identified}


def list_unreflected_aid(desk: Desk, given: ByYear) -> dict[str, Any]:
    """保護の未反映の照会"""
    return {
        "unreflected_aid": [
            {"taxpayer_id": number, "unreflected_ground": ground}
            for number, ground in assistance.unreflected(desk, given.fiscal_year)
        ]
    }


routing.add(router, "", NewPresence, register_presence)
routing.add(router, "/taxable", ByYear, list_taxable_inhabitants, is_query=True)
routing.add(router, "/unregistered", ByYear, list_unregistered_residents, is_query=True)
routing.add(router, "/notices", ByPerson, issue_elsewhere_notice)
routing.add(router, "/notices/acknowledged", NoticeFromElsewhere, acknowledge_elsewhere_notice)
routing.add(router, "/aid", NewAidDecision, lodge_aid_decision)
routing.add(router, "/aid/intakes", ByYear, take_in_aid_decisions)
routing.add(router, "/aid/unreflected", ByYear, list_unreflected_aid, is_query=True)

"""Who has left: people abroad without a tax administrator, the dead without a representative of their heirs."""

from __future__ import annotations

from datetime import date

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, levy_notices, presence
from kijun.reference.individual_inhabitant_tax.material_records import Presence
from kijun.reference.local_tax_common import mailing
from kijun.reference.local_tax_common.person_records import Agent, rows

TAX = "resident"


def end(desk: Desk, taxpayer_id: str, day: date, ground: str) -> None:
    """End the residence that has no end yet. Raises Refusal."""
    found = [one for one in rows(desk, Presence, taxpayer_id=taxpayer_id) if presence.is_open_residence(one)]
    if not found:
        raise Refusal("not_found", "終わっていない在住の期間がありません。在住の期間を登録してください。")
    ending = found[-1]
    if day < ending.present_from:
        raise Refusal("invalid_value", "在住の終了日が開始日より前です。日付を確かめてください。")
    ending.present_until, ending.presence_end_ground = day, ground
    desk.session.flush()


def ended_by(desk: Desk, ground: str) -> list[str]:
    """Numbers of those whose residence ended for this reason up to today, each once."""
    found = [one for one in rows(desk, Presence, presence_end_ground=ground) if has_ended(one, desk.today)]
    return sorted({one.taxpayer_id for one in found})


def has_ended(one: Presence, today: date) -> bool:
    return one.present_until is not None and one.present_until <= today


def has_agent(desk: Desk, taxpayer_id: str, kind: str) -> bool:
    """Whether somebody of this kind acts for the person in this tax today."""
    agents = rows(desk, Agent, taxpayer_id=taxpayer_id, agent_kind=kind)
    return any(mailing.is_active(desk, one) and mailing.is_for(one, TAX) for one in agents)


# 地方税法300条（納税管理人）
def without_administrator(desk: Desk, fiscal_year: int) -> list[str]:
    """People abroad who pay by notice and have nobody here to receive it."""
    return [
        one
        for one in ended_by(desk, "emigrated")
        if pays_by_notice(desk, one, fiscal_year) and not has_agent(desk, one, "tax_administrator")
    ]


# 地方税法9条の2（相続人の代表者の指定・届出）
def without_representative(desk: Desk) -> list[str]:
    """The dead of whom nobody has said who receives for their heirs."""
    return [one for one in ended_by(desk, "died") if not has_agent(desk, one, "heirs_representative")]


def pays_by_notice(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    levy = assessment.latest(desk, taxpayer_id, fiscal_year)
    return levy is not None and levy_notices.to_pay(levy) > 0


def to_be_represented(desk: Desk, fiscal_year: int) -> list[str]:
    """The dead who would be sent a notice if somebody could receive it."""
    return [one for one in without_representative(desk) if pays_by_notice(desk, one, fiscal_year)]

"""公用照会: answers to other bodies that ask about a taxpayer, where a statute lifts the secrecy of the tax."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, sharing
from kijun.reference.local_tax_common.person_records import Numbered, add
from kijun.reference.store import Base

# 地方税法22条; 内閣法制局昭和38年3月15日一発第6号（弁護士法23条の2は秘密を解かない）
LIFTING = frozenset({"statutory_power", "consented"})
_ITEMS = {"overall_income": ("income", "income_and_levy"), "annual_levy": ("levy", "income_and_levy")}


class OfficialAnswer(Numbered, Base):
    """An answer as it was given."""

    __tablename__ = "iit_official_answer"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    inquiring_office: Mapped[str]
    inquiry_ground: Mapped[str]
    secrecy_lift: Mapped[str]
    inquired_items: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]


def is_lifted(lift: str) -> bool:
    """Whether the ground allows to tell what is known of a taxpayer."""
    return lift in LIFTING


def answer(desk: Desk, question: dict[str, Any]) -> dict[str, Any]:
    """What was asked for and nothing else, noted. Raises Refusal where secrecy holds."""
    if not is_lifted(question["secrecy_lift"]):
        raise Refusal("forbidden", "回答の義務を定めた法律も本人の同意もありません。税務の秘密を答えられません。")
    add(desk, OfficialAnswer, operated_on=desk.today, operator=desk.operator, **question)
    return told(known(desk, question["taxpayer_id"], question["fiscal_year"]), question["inquired_items"])


def known(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, Any]:
    """By the last decision; by the computation where nothing was levied."""
    levy = assessment.latest(desk, taxpayer_id, fiscal_year)
    if levy is None:
        return sharing.information(desk, taxpayer_id, fiscal_year)
    return {"is_income_known": True, "overall_income": levy.overall_income, "annual_levy": levy.annual_levy}


def told(found: dict[str, Any], asked: str) -> dict[str, Any]:
    """Of somebody whose income is unknown no amount is told: zero would be a statement."""
    amounts = {name: found[name] for name, kinds in _ITEMS.items() if asked in kinds}
    return {
        "is_income_known": found["is_income_known"],
        **{name: value for name, value in amounts.items() if value is not None},
    }

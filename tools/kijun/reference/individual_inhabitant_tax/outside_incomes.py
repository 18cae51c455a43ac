"""Incomes asked from the municipality a person lived in before: for other offices, never for the levy here."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import presence
from kijun.reference.individual_inhabitant_tax.material_records import Presence
from kijun.reference.local_tax_common import personal_numbers
from kijun.reference.local_tax_common.person_records import Numbered, add, rows
from kijun.reference.store import Base

LIVING = frozenset({"registered_resident", "unregistered_resident"})


class OutsideInquiry(Numbered, Base):
    """A question to another body through the network, and its answer. Income in yen."""

    __tablename__ = "iit_outside_inquiry"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    other_municipality: Mapped[str]
    handling_purpose: Mapped[str]
    operated_on: Mapped[date]
    operator: Mapped[str]
    outside_answer: Mapped[str | None]
    outside_income: Mapped[int | None]


def targets(desk: Desk, fiscal_year: int) -> list[str]:
    """Those who live here today and did not on the assessment day of the year."""
    here = {one.taxpayer_id for one in presence.every(desk) if lives_here(one, desk.today)}
    return sorted(one for one in here if presence.is_absent(desk, one, fiscal_year))


def lives_here(one: Presence, day: date) -> bool:
    return one.presence_kind in LIVING and presence.is_present(one, day)


# 番号法9条、19条8号、21条、23条
def ask(desk: Desk, taxpayer_id: str, fiscal_year: int, other: str, purpose: str) -> None:
    """Put the question on record. Raises Refusal for somebody without a personal number."""
    if not personal_numbers.is_held(desk, taxpayer_id):
        raise Refusal(
            "not_found", "個人番号の登録がないので照会できません。個人番号を登録するか、文書で照会してください。"
        )
    personal_numbers.note_use(desk, taxpayer_id, "inquire", purpose)
    add(
        desk,
        OutsideInquiry,
        taxpayer_id=taxpayer_id,
        fiscal_year=fiscal_year,
        other_municipality=other,
        handling_purpose=purpose,
        operated_on=desk.today,
        operator=desk.operator,
        outside_answer=None,
        outside_income=None,
    )


def answer(desk: Desk, taxpayer_id: str, fiscal_year: int, kind: str, income: int | None) -> OutsideInquiry:
    """The answer to the last open question. Raises Refusal."""
    waiting = [one for one in of_person(desk, taxpayer_id, fiscal_year) if one.outside_answer is None]
    if not waiting:
        raise Refusal("not_found", "回答を待っている照会がありません。所得照会の登録を先に行ってください。")
    found = waiting[-1]
    found.outside_answer, found.outside_income = kind, told(kind, income)
    desk.session.flush()
    return found


def told(kind: str, income: int | None) -> int | None:
    """Only a known income is one: who declared nothing or is not known did not earn zero."""
    return income if kind == "income_disclosed" else None


def of_person(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[OutsideInquiry]:
    return rows(desk, OutsideInquiry, taxpayer_id=taxpayer_id, fiscal_year=fiscal_year)

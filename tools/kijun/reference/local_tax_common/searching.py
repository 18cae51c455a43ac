"""Finding a person although their name is written in another way, and keeping a search for another day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import select

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import person_records, protection
from kijun.reference.local_tax_common.person_records import SavedSearch, TaxRelation
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/searches")

# Characters one writes for another in names. 斉 and 齋 are different characters and the same surname to a searcher.
VARIANTS = dict(
    zip(
        "髙﨑嵜邉邊齋齊斉濵濱澤廣櫻國眞𠮷桒德增瀨惠榮龍㔟槇峯嶋嶌島",
        "高崎崎辺辺斎斎斎浜浜沢広桜国真吉桑徳増瀬恵栄竜勢槙峰島島島",
        strict=True,
    )
)
SMALL = dict(zip("ァィゥェォッャュョヮヵヶヲヂヅ", "アイウエオツヤユヨワカケオジズ", strict=True))
_SKIPPED = re.compile("[\\s・\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BARS = re.compile("[-‐‑–—―−－ｰ]")


class Question(BaseModel):
    taxpayer_id: str | None = None
    search_text: str | None = None
    birth_date: date | None = None
    resident_number: str | None = None
    corporate_number: str | None = None


class NewSavedSearch(BaseModel):
    condition_name: str = Field(min_length=1)
    search_text: str = Field(min_length=1)


class ByCondition(BaseModel):
    condition_name: str


class Nothing(BaseModel):
    pass


class TaxNote(BaseModel):
    taxpayer_id: str
    related_tax: str
    ledger_reference: str = Field(min_length=1)
    is_tax_current: bool


class ByPerson(BaseModel):
    taxpayer_id: str


def fold(text: str) -> str:
    """What two writings of one name have in common. For comparing only: a name is never stored in this form."""
    plain = unicodedata.normalize("NFKC", _BARS.sub("ー", text))
    plain = "".join(chr(ord(one) + 0x60) if "ぁ" <= one <= "ゖ" else one for one in _SKIPPED.sub("", plain))
    return "".join(SMALL.get(one, VARIANTS.get(one, one)) for one in plain).upper()


def everybody(desk: Desk) -> list[Taxpayer]:
    """All persons who stand for themselves; one merged into another is found through the other."""
    question = select(Taxpayer).where(Taxpayer.tenant == desk.id, Taxpayer.absorbed_by.is_(None))
    return list(desk.session.scalars(question.order_by(Taxpayer.taxpayer_id)))


def names_of(person: Taxpayer) -> list[str]:
    return [
        one
        for one in (person.name, person.name_kana, person.common_name, person.former_surname, person.roman_name)
        if one
    ]


def matches(person: Taxpayer, text: str) -> bool:
    return any(fold(text) in fold(name) for name in names_of(person))


def found_by(desk: Desk, given: Question) -> list[Taxpayer]:
    exact = given.model_dump(exclude={"search_text"}, exclude_none=True)
    found = [one for one in everybody(desk) if all(getattr(one, key) == value for key, value in exact.items())]
    return [one for one in found if not given.search_text or matches(one, given.search_text)]


def search_addressees(desk: Desk, given: Question) -> dict[str, Any]:
    """宛名の検索"""
    if not given.model_dump(exclude_none=True):
        raise Refusal("missing_item", "検索の条件がありません。一つ以上入れてください。")
    return {"addressees": [line(desk, one) for one in found_by(desk, given)]}


def line(desk: Desk, person: Taxpayer) -> dict[str, Any]:
    return {
        "taxpayer_id": person.taxpayer_id,
        "addressee_name": person.name,
        "name_kana": person.name_kana,
        "address": protection.visible_address(desk, person),
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "resident_number": person.resident_number,
        "support_measure": protection.measure_holds(desk, person),
    }


def store_search(desk: Desk, given: NewSavedSearch) -> dict[str, Any]:
    """検索条件の保存"""
    if own_searches(desk, given.condition_name):
        raise Refusal("duplicate", "その名前の検索条件があります。別の名前にしてください。")
    person_records.add(desk, SavedSearch, operator=desk.operator, **given.model_dump())
    return {"condition_name": given.condition_name}


def own_searches(desk: Desk, name: str | None = None) -> list[SavedSearch]:
    """The operator's own only: what a colleague looked for is none of their business."""
    found: list[SavedSearch] = person_records.rows(desk, SavedSearch, operator=desk.operator)
    return [one for one in found if name in (None, one.condition_name)]


def recall_search(desk: Desk, given: ByCondition) -> dict[str, Any]:
    """保存した検索の実行"""
    saved = own_searches(desk, given.condition_name)
    if not saved:
        raise Refusal("not_found", "その名前の検索条件を、この利用者は保存していません。")
    return search_addressees(desk, Question(search_text=saved[0].search_text))


def list_saved_searches(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """検索条件の照会"""
    found = own_searches(desk)
    return {"saved_searches": [{"condition_name": one.condition_name, "search_text": one.search_text} for one in found]}


def note_taxation(desk: Desk, given: TaxNote) -> dict[str, Any]:
    """課税の通知"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    person_records.add(desk, TaxRelation, **given.model_dump())
    return {"taxpayer_id": given.taxpayer_id}


def list_taxes_of_addressee(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """宛名の税目の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    return {
        "related_taxes": [
            {"related_tax": one.related_tax, "ledger_reference": one.ledger_reference}
            for one in current_taxes(desk, given.taxpayer_id)
        ]
    }


def current_taxes(desk: Desk, taxpayer_id: str) -> list[TaxRelation]:
    """The last word of every tax about every ledger of the person, where that word is that there is something."""
    notes: list[TaxRelation] = person_records.rows(desk, TaxRelation, taxpayer_id=taxpayer_id)
    last = {(one.related_tax, one.ledger_reference): one for one in notes}
    return [one for one in last.values() if one.is_tax_current]


routing.add(router, "/addressees", Question, search_addressees, is_query=True)
routing.add(router, "/saved", NewSavedSearch, store_search)
routing.add(router, "/saved/run", ByCondition, recall_search, is_query=True)
routing.add(router, "/saved/list", Nothing, list_saved_searches, is_query=True)
routing.add(router, "/taxation-notes", TaxNote, note_taxation)
routing.add(router, "/taxes", ByPerson, list_taxes_of_addressee, is_query=True)

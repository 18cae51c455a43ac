"""One person under two numbers: found, merged by somebody who is sure, and separated again.

A wrong merge sends one person's notices to another (新潟市, 藍住町), so a merge is a pointer that can be taken away.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import person_records, searching
from kijun.reference.local_tax_common.person_records import Merge
from kijun.reference.store import Taxpayer

router = APIRouter(prefix="/v1/identities")
AUTOMATIC_REASON = "氏名、生年月日、住所の一致"


class Nothing(BaseModel):
    pass


class MergeOrder(BaseModel):
    taxpayer_id: str
    absorbed_id: str
    absorption_reason: str = Field(min_length=1)
    is_identity_confirmed: bool = False


class UndoOrder(BaseModel):
    absorbed_id: str


def candidates(desk: Desk) -> list[tuple[Taxpayer, Taxpayer, str]]:
    """Pairs of people with one name, and on what ground they may be one person."""
    people = [one for one in searching.everybody(desk) if one.addressee_kind != "corporation"]
    alike = [(a, b) for a, b in combinations(people, 2) if searching.fold(a.name) == searching.fold(b.name)]
    return [(a, b, ground(a, b)) for a, b in alike]


def ground(one: Taxpayer, other: Taxpayer) -> str:
    if not same_birth_date(one, other):
        return "name_only"
    return "name_birth_and_address" if one.address == other.address else "name_and_birth"


def same_birth_date(one: Taxpayer, other: Taxpayer) -> bool:
    """Two unknown dates are no equal dates."""
    return one.birth_date is not None and one.birth_date == other.birth_date


def list_likely_twins(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """同一人候補の照会"""
    return {
        "likely_twins": [
            {"taxpayer_id": a.taxpayer_id, "absorbed_id": b.taxpayer_id, "identity_ground": why}
            for a, b, why in candidates(desk)
        ]
    }


def unify_identical_addressees(desk: Desk, _given: Nothing) -> dict[str, Any]:
    """自動の名寄せ"""
    found = candidates(desk)
    sure = [(a, b) for a, b, why in found if may_merge_automatically(why)]
    for kept, merged in sure:
        if kept.absorbed_by is None and merged.absorbed_by is None:
            join(desk, kept, merged, AUTOMATIC_REASON)
    return {"absorbed_addressees": len(sure), "addressees_to_confirm": len(found) - len(sure)}


def may_merge_automatically(why: str) -> bool:
    return why == "name_birth_and_address"


def unify_addressees(desk: Desk, given: MergeOrder) -> dict[str, Any]:
    """宛名の統合"""
    kept, merged = taxpayers.taxpayer(desk, given.taxpayer_id), taxpayers.taxpayer(desk, given.absorbed_id)
    check_mergeable(kept, merged)
    if not same_birth_date(kept, merged) and not given.is_identity_confirmed:
        raise Refusal("conflicting_state", "生年月日が一致しません。本人と確認した上で、その旨を入れてください。")
    join(desk, kept, merged, given.absorption_reason)
    return {"taxpayer_id": kept.taxpayer_id}


def check_mergeable(kept: Taxpayer, merged: Taxpayer) -> None:
    if kept.taxpayer_id == merged.taxpayer_id:
        raise Refusal("invalid_value", "統合する宛名が同じです。二つの宛名を選んでください。")
    if kept.absorbed_by or merged.absorbed_by:
        raise Refusal("conflicting_state", "既に統合された宛名です。統合先を確かめてください。")


def join(desk: Desk, kept: Taxpayer, merged: Taxpayer, reason: str) -> None:
    merged.absorbed_by = kept.taxpayer_id
    person_records.add(
        desk,
        Merge,
        kept=kept.taxpayer_id,
        merged=merged.taxpayer_id,
        absorption_reason=reason,
        merged_on=desk.today,
        undone_on=None,
    )


def separate_addressees(desk: Desk, given: UndoOrder) -> dict[str, Any]:
    """宛名の統合の取消"""
    person = taxpayers.taxpayer(desk, given.absorbed_id)
    if person.absorbed_by is None:
        raise Refusal("conflicting_state", "統合されていない宛名です。宛名番号を確かめてください。")
    separate(desk, person)
    return {"absorbed_id": person.taxpayer_id}


def separate(desk: Desk, person: Taxpayer) -> None:
    """Nothing was moved when they were joined, so nothing has to be moved back."""
    person.absorbed_by = None
    person_records.rows(desk, Merge, merged=person.taxpayer_id)[-1].undone_on = desk.today


def numbers_of(desk: Desk, taxpayer_id: str) -> list[str]:
    """The person's own number and those merged into it: their contacts and notes belong to the person too."""
    merges = person_records.rows(desk, Merge, kept=taxpayer_id)
    return [taxpayer_id, *(one.merged for one in merges if one.undone_on is None)]


routing.add(router, "/candidates", Nothing, list_likely_twins, is_query=True)
routing.add(router, "/automatic-merges", Nothing, unify_identical_addressees)
routing.add(router, "/merges", MergeOrder, unify_addressees)
routing.add(router, "/separations", UndoOrder, separate_addressees)

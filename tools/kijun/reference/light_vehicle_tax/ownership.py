"""Who owns, who uses, who is taxed."""

from __future__ import annotations

from typing import Any

from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax.records import LedgerEvent


# 地方税法443条1項・444条1項: 所有権留保の売買では買主を所有者とみなす
def liable_person(kind: str, owner: str, user: str | None) -> str:
    """The buyer when the seller retains ownership, the owner otherwise, a lessor among them."""
    if kind != "retained":
        return owner
    if user is None:
        raise Refusal("missing_item", "所有権留保では、買主（使用者）の宛名番号を入力してください。")
    if user == owner:
        raise Refusal("invalid_value", "所有権留保の売主と買主が同じ者です。")
    return user


# 地方税法444条2項: 買主の変更があったときは、新たに買主となる者を所有者とみなす
def after_transfer(before: LedgerEvent, new_taxpayer_id: str) -> dict[str, Any]:
    """What a change of hands changes: a retaining seller stays the owner and the buyer is another."""
    if before.ownership_kind == "retained":
        return {"taxpayer_id": new_taxpayer_id, "user_taxpayer_id": new_taxpayer_id}
    return {
        "taxpayer_id": new_taxpayer_id,
        "owner_taxpayer_id": new_taxpayer_id,
        "user_taxpayer_id": None,
        "ownership_kind": "owned",
    }


def check_new_owner(before: LedgerEvent, new_taxpayer_id: str) -> None:
    if before.taxpayer_id == new_taxpayer_id:
        raise Refusal(
            "conflicting_state", "既にこの車両の納税義務者です。新しい納税義務者の宛名番号を確かめてください。"
        )

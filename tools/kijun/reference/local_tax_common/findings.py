"""Errors stop, alerts ask. An error leaves everything as it was; an alert goes on once somebody has confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common.paper_records import ConfirmedAlert
from kijun.reference.store import next_number

ERROR, ALERT = "error", "alert"

# kind → level, code of the refusal, cause, what to do
TOLD = {
    "no_glyph": (
        ERROR,
        "unprintable_character",
        "帳票の書体にない文字があります。",
        "行政事務標準文字に置き換えて入力してください。",
    ),
    "overflow": (
        ALERT,
        "alert_not_confirmed",
        "印字する文字が印字欄に収まりません。",
        "プレビューで全文が読めることを確かめ、アラートの確認を「はい」にして続けてください。",
    ),
    "past_year_wording": (
        ALERT,
        "alert_not_confirmed",
        "過ぎた年度の文言を変えようとしています。",
        "再発行する帳票の文言が変わってよいことを確かめ、アラートの確認を「はい」にして続けてください。",
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing the check found, and where."""

    kind: str
    item: str

    @property
    def level(self) -> str:
        return TOLD[self.kind][0]

    def row(self) -> dict[str, Any]:
        level, _, cause, remedy = TOLD[self.kind]
        return {
            "advice_level": level,
            "advice_kind": self.kind,
            "imprint_item": self.item,
            "advice_reason": cause,
            "advice_measure": remedy,
        }


def settle(desk: Desk, operation: str, found: list[Finding], is_confirmed: bool) -> None:
    """Let the operation go on, or raise Refusal with place, cause and remedy."""
    stopping = [one for one in found if stops(one, is_confirmed)]
    if stopping:
        _, code, cause, remedy = TOLD[stopping[0].kind]
        raise Refusal(code, f"「{'」「'.join(one.item for one in stopping)}」: {cause}{remedy}")
    for one in found:
        keep(desk, operation, one)


def stops(one: Finding, is_confirmed: bool) -> bool:
    return one.level == ERROR or not is_confirmed


def keep(desk: Desk, operation: str, one: Finding) -> None:
    """Who confirmed which alert, on which day."""
    desk.session.add(
        ConfirmedAlert(
            tenant=desk.id,
            number=next_number(desk.session, ConfirmedAlert, desk.id),
            operated_on=desk.today,
            operator=desk.operator,
            operator_role=desk.role,
            operation_name=operation,
            advice_kind=one.kind,
            target_id=desk.target_id,
        )
    )
    desk.session.flush()


def confirmed(desk: Desk) -> list[ConfirmedAlert]:
    question = select(ConfirmedAlert).where(ConfirmedAlert.tenant == desk.id).order_by(ConfirmedAlert.number)
    return list(desk.session.scalars(question))

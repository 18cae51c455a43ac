"""The remark (備考) on a taxpayer, version by version, with a guard against two writers."""

from __future__ import annotations

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import characters
from kijun.reference.local_tax_common.office_records import Remark

LONGEST = 50


def history(desk: Desk, taxpayer_id: str) -> list[Remark]:
    question = select(Remark).where(Remark.tenant == desk.id, Remark.taxpayer_id == taxpayer_id)
    return list(desk.session.scalars(question.order_by(Remark.version)))


def latest(desk: Desk) -> dict[str, Remark]:
    """The current remark of every taxpayer who has one."""
    question = select(Remark).where(Remark.tenant == desk.id).order_by(Remark.version)
    return {one.taxpayer_id: one for one in desk.session.scalars(question)}


def current(desk: Desk, taxpayer_id: str) -> Remark | None:
    question = select(Remark).where(Remark.tenant == desk.id, Remark.taxpayer_id == taxpayer_id)
    return desk.session.scalars(question.order_by(Remark.version.desc()).limit(1)).first()


def version(one: Remark | None) -> int:
    return one.version if one else 0


def write(desk: Desk, taxpayer_id: str, text: str) -> int:
    """Add the next version; its number."""
    number = version(current(desk, taxpayer_id)) + 1
    desk.session.add(
        Remark(
            tenant=desk.id,
            taxpayer_id=taxpayer_id,
            version=number,
            text=text,
            written_on=desk.today,
            operator=desk.operator,
        )
    )
    desk.session.flush()
    return number


def change(desk: Desk, taxpayer_id: str, text: str, base_version: int) -> int:
    """What a clerk wrote, when nobody else has written since the clerk looked."""
    taxpayers.taxpayer(desk, taxpayer_id)
    check_length(text)
    check_base(version(current(desk, taxpayer_id)), base_version)
    return write(desk, taxpayer_id, text)


def check_length(text: str) -> None:
    if characters.length(text) > LONGEST:
        raise Refusal("invalid_value", f"備考は{LONGEST}字までです。短くしてください。")


def check_base(now: int, base_version: int) -> None:
    if now != base_version:
        raise Refusal(
            "conflicting_state",
            "ほかの利用者がこの宛名の備考を先に変えました。最新の内容を照会してから入力し直してください。",
        )

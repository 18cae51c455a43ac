"""Finding vehicles by parts of what somebody remembers, and a person's payments over the years."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from sqlalchemy import select

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger, payments, reductions
from kijun.reference.light_vehicle_tax.records import Assessment, LedgerEvent

_BLANKS = re.compile(r"[\s・-]")
_SERIAL = re.compile(r"\d+$")
_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}  # ァ to ヶ


def folded(text: str) -> str:
    """Width, case, blanks and the two kana are the same to a person who searches; stored text is never changed."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return to_hiragana(_BLANKS.sub("", plain))


def to_hiragana(text: str) -> str:
    return text.translate(_KATAKANA)


def find(desk: Desk, given: Any) -> list[dict[str, Any]]:
    """Every vehicle, scrapped ones too, that fits all the parts. A search without a part is refused."""
    wanted = {name: folded(text) for name, text in given.model_dump(exclude_none=True).items()}
    if not any(wanted.values()):
        raise Refusal(
            "missing_item", "検索の条件がありません。標識番号、車台番号、氏名のどれかの一部を入力してください。"
        )
    return [found_line(desk, one) for one in ledger.all_latest(desk) if fits(desk, one, wanted)]


def fits(desk: Desk, event: LedgerEvent, wanted: dict[str, str]) -> bool:
    have = {
        "plate_fragment": folded(event.plate_number),
        "chassis_fragment": folded(event.chassis_number),
        "name_fragment": folded(taxpayers.taxpayer(desk, event.taxpayer_id).name),
    }
    return all(contains(name, have[name], part) for name, part in wanted.items())


def contains(name: str, text: str, part: str) -> bool:
    """A plate asked for by digits alone is compared with its serial number (一連指定番号), not with other digits."""
    if name == "plate_fragment" and part.isdigit():
        return part in serial(text)
    return part in text


def serial(plate: str) -> str:
    found = _SERIAL.search(plate)
    return found[0] if found else ""


def found_line(desk: Desk, event: LedgerEvent) -> dict[str, Any]:
    """With the mark of 支援措置, so that nobody reads out an address before having seen it."""
    owner = taxpayers.taxpayer(desk, event.taxpayer_id)
    return {
        "vehicle_id": event.vehicle_id,
        "plate_number": event.plate_number,
        "vehicle_class": event.vehicle_class,
        "vehicle_state": event.vehicle_state,
        "taxpayer_id": event.taxpayer_id,
        "name": owner.name,
        "support_measure": owner.support_measure,
    }


def payment_states(desk: Desk, taxpayer_id: str) -> list[dict[str, Any]]:
    """Every year levied on the person, of vehicles they no longer own too: the debt stays with them."""
    question = select(Assessment).where(
        Assessment.tenant == desk.id, Assessment.taxpayer_id == taxpayer_id, Assessment.is_latest
    )
    found = desk.session.scalars(question.order_by(Assessment.fiscal_year, Assessment.vehicle_id))
    return [payment_line(desk, one) for one in found]


def payment_line(desk: Desk, one: Assessment) -> dict[str, Any]:
    payable, paid = reductions.payable_amount(desk, one), payments.paid_amount(desk, one.vehicle_id, one.fiscal_year)
    return {
        "vehicle_id": one.vehicle_id,
        "fiscal_year": one.fiscal_year,
        "payable_amount": payable,
        "paid_amount": paid,
        "owed_amount": owed(payable, paid),
    }


def owed(payable: int, paid: int) -> int:
    return max(payable - paid, 0)

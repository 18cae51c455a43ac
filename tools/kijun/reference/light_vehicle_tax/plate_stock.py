"""The stock of plates: received by number ranges, handed out once, voided for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.light_vehicle_tax import ledger
from kijun.reference.light_vehicle_tax.plate_records import StockMovement, StockPlate
from kijun.reference.store import next_number

COUNTED = {"handed_out": "issued_plate_count", "voided": "void_plate_count", "lent": "lent_plate_count"}


def receive(desk: Desk, given: Any) -> int:
    """Take a range into stock; a number already known is refused with the whole range."""
    ledger.check_not_future(desk, given.stocked_on, "受入日")
    if given.stock_number_to < given.stock_number_from:
        raise Refusal("invalid_value", "番号帯の終わりが初めより前です。番号帯を確かめてください。")
    numbers = range(given.stock_number_from, given.stock_number_to + 1)
    check_new_range(desk, given.vehicle_class, numbers)
    for number in numbers:
        desk.session.add(
            StockPlate(
                tenant=desk.id,
                vehicle_class=given.vehicle_class,
                stock_number=number,
                stock_prefix=given.stock_prefix,
                plate_design=given.plate_design,
                plate_state="in_stock",
                void_reason=None,
                voided_on=None,
            )
        )
    note(desk, given.stocked_on, "stocked", given.vehicle_class, numbers)
    return len(numbers)


def check_new_range(desk: Desk, vehicle_class: str, numbers: range) -> None:
    if any(one.stock_number in numbers for one in plates(desk, vehicle_class)):
        raise Refusal("duplicate", "番号帯に、受入れ済みの番号があります。重ならない番号帯を入力してください。")


def note(desk: Desk, day: date, kind: str, vehicle_class: str, numbers: range, vehicle_id: str | None = None) -> None:
    """One line in the register of receipts and issues."""
    desk.session.add(
        StockMovement(
            tenant=desk.id,
            number=next_number(desk.session, StockMovement, desk.id),
            stock_moved_on=day,
            stock_movement_kind=kind,
            vehicle_class=vehicle_class,
            stock_number_from=numbers[0],
            stock_number_to=numbers[-1],
            vehicle_id=vehicle_id,
        )
    )
    desk.session.flush()


def single(stock_number: int) -> range:
    return range(stock_number, stock_number + 1)


def plates(desk: Desk, vehicle_class: str | None = None) -> list[StockPlate]:
    question = select(StockPlate).where(StockPlate.tenant == desk.id)
    if vehicle_class:
        question = question.where(StockPlate.vehicle_class == vehicle_class)
    return list(desk.session.scalars(question.order_by(StockPlate.vehicle_class, StockPlate.stock_number)))


def plate_at(desk: Desk, vehicle_class: str, stock_number: int) -> StockPlate:
    found = desk.session.get(StockPlate, (desk.id, vehicle_class, stock_number))
    if found is None:
        raise Refusal("not_found", "その番号は、この種別の番号帯にありません。番号と種別を確かめてください。")
    return found


def is_free(plate: StockPlate) -> bool:
    """Neither on a vehicle, nor lent, nor void: what is void is never handed out again."""
    return plate.plate_state == "in_stock"


def next_free(desk: Desk, vehicle_class: str, design: str) -> StockPlate:
    """The smallest number in stock of that class and design."""
    free = [one for one in plates(desk, vehicle_class) if is_free(one) and one.plate_design == design]
    if not free:
        raise Refusal("out_of_stock", "この種別の標識の在庫がありません。標識の受入れを記録してください。")
    return free[0]


def chosen(desk: Desk, vehicle_class: str, stock_number: int | None, design: str) -> StockPlate:
    """The number asked for, or the next free one. Raises Refusal."""
    if stock_number is None:
        return next_free(desk, vehicle_class, design)
    plate = plate_at(desk, vehicle_class, stock_number)
    if plate.plate_state == "handed_out":
        raise Refusal("duplicate", "その番号の標識は交付済みです。別の番号を指定してください。")
    if not is_free(plate):
        raise Refusal(
            "conflicting_state", "その番号の標識は交付できません（欠番又は貸与中）。別の番号を指定してください。"
        )
    return plate


def take(desk: Desk, plate: StockPlate, state: str, day: date, vehicle_id: str | None = None) -> None:
    """A plate leaves the stock."""
    plate.plate_state = state
    note(desk, day, state, plate.vehicle_class, single(plate.stock_number), vehicle_id)


def notation(plate: StockPlate) -> str:
    return f"{plate.stock_prefix}　{plate.stock_number}"


def void(desk: Desk, given: Any) -> StockPlate:
    """Strike a number off the stock for good. A plate on a vehicle is settled there, not here."""
    ledger.check_not_future(desk, given.voided_on, "欠番日")
    plate = plate_at(desk, given.vehicle_class, given.stock_number)
    if not is_free(plate):
        raise Refusal("conflicting_state", "その番号の標識は在庫にありません。交付済みの標識は返納を記録してください。")
    plate.void_reason, plate.voided_on = given.void_reason, given.voided_on
    take(desk, plate, "voided", given.voided_on)
    return plate


def stock_line(vehicle_class: str, own: list[StockPlate]) -> dict[str, Any]:
    """受入 − 交付 − 欠番 − 貸与 = 在庫, counted plate by plate."""
    free = [one.stock_number for one in own if is_free(one)]
    counts = {label: sum(one.plate_state == state for one in own) for state, label in COUNTED.items()}
    return {
        "vehicle_class": vehicle_class,
        "stocked_count": len(own),
        **counts,
        "stock_count": len(free),
        "next_stock_number": min(free, default=None),
    }


def stock(all_plates: Iterable[StockPlate]) -> list[dict[str, Any]]:
    by_class: dict[str, list[StockPlate]] = {}
    for one in all_plates:
        by_class.setdefault(one.vehicle_class, []).append(one)
    return [stock_line(name, own) for name, own in by_class.items()]


def movements(desk: Desk, vehicle_class: str | None) -> list[StockMovement]:
    question = select(StockMovement).where(StockMovement.tenant == desk.id)
    if vehicle_class:
        question = question.where(StockMovement.vehicle_class == vehicle_class)
    return list(desk.session.scalars(question.order_by(StockMovement.number)))

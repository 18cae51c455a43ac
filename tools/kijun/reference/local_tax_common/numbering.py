"""The numbers of persons: a serial with a check digit, given once by the numbering all businesses share.

Also the check digits of the two numbers that come from the state: 法人番号 and 個人番号.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.local_tax_common import person_records
from kijun.reference.local_tax_common.person_records import NumberingRule, SharedNumber
from kijun.reference.store import enter, find

SKIP, ZERO = "vacant", "zero"
SERIAL_DIGITS = 8


def allocate(desk: Desk, name: str, birth_date: date | None) -> str:
    """The next number that nobody has had. Serials without a check digit under the setting are passed over."""
    serial = person_records.last_serial(desk) + 1
    while (digit := check_digit(f"{serial:0{SERIAL_DIGITS}d}", remainder_one(desk))) is None:
        serial += 1
    number = f"{serial:0{SERIAL_DIGITS}d}{digit}"
    enter(desk.session, SharedNumber, tenant=desk.id, serial=serial, number=number, name=name, birth_date=birth_date)
    return number


def known_number(desk: Desk, name: str, birth_date: date | None) -> str | None:
    """The number the shared numbering already has for this person; without a birth date nobody is recognised."""
    if birth_date is None:
        return None
    question = select(SharedNumber.number).where(
        SharedNumber.tenant == desk.id, SharedNumber.name == name, SharedNumber.birth_date == birth_date
    )
    return desk.session.scalar(question.order_by(SharedNumber.serial))


def check_digit(serial: str, remainder_one: str) -> str | None:
    """Modulus 11, weights 2 to 7 from the right (住民記録システム標準仕様書 1.1.13).

    The text is silent on remainder 1, where 11 − 1 is no digit: a setting skips the serial or takes 0.
    """
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(serial)))
    remainder = total % 11
    if remainder == 1:
        return "0" if remainder_one == ZERO else None
    return str((11 - remainder) % 11)


def remainder_one(desk: Desk) -> str:
    rule = find(desk.session, NumberingRule, desk.id)
    return rule.remainder_one if rule else SKIP


def is_corporate_number(number: str) -> bool:
    """法人番号: 9 less the remainder by 9 of the other twelve digits weighted 1, 2 from the right stands first."""
    if len(number) != 13 or not number.isdecimal():
        return False
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number[1:])))
    return int(number[0]) == 9 - total % 9


def is_personal_number(number: str) -> bool:
    """個人番号: 11 less the remainder by 11, 0 where the remainder is 0 or 1. Only to refuse, never to make one."""
    if len(number) != 12 or not number.isdecimal():
        return False
    weights = [place + 1 if place <= 6 else place - 5 for place in range(1, 12)]
    remainder = sum(int(d) * w for d, w in zip(reversed(number[:11]), weights, strict=True)) % 11
    return int(number[11]) == (0 if remainder <= 1 else 11 - remainder)

"""A plate number (標識番号) and its four parts: municipality, class number, kana, serial."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kijun.reference.errors import Refusal

_GAP = "　"
_CLASS_NUMBER = re.compile(r"[0-9A-Z]{1,3}")
_KANA = re.compile(r"[ぁ-んァ-ヶ]")
_SERIAL = re.compile(r"[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class PlateNumber:
    """標板文字, 分類番号 (mopeds and small special vehicles have none), かな文字, 一連指定番号."""

    text: str
    class_number: str | None
    kana: str
    serial: str


def composed(plate: PlateNumber) -> str:
    """The notation people read and search for."""
    return _GAP.join(part for part in (plate.text, plate.class_number, plate.kana, plate.serial) if part)


def divided(notation: str) -> PlateNumber | None:
    """The parts of a notation, or None when it is not written in parts."""
    parts = notation.replace(" ", _GAP).split(_GAP)
    if len(parts) == 3:
        return PlateNumber(parts[0], None, parts[1], parts[2])
    return PlateNumber(*parts) if len(parts) == 4 else None


def checked(text: str, class_number: str | None, kana: str, serial: str) -> PlateNumber:
    """The plate number of these parts, digits in half width without leading zeros. Raises Refusal."""
    digits = unicodedata.normalize("NFKC", serial)
    if not is_serial(digits):
        raise Refusal("invalid_value", "一連指定番号は1から9999までの数字で入力してください。")
    if not is_kana(kana):
        raise Refusal("invalid_value", "かな文字はかな1文字で入力してください。")
    if class_number and not _CLASS_NUMBER.fullmatch(class_number):
        raise Refusal("invalid_value", "分類番号は3文字までの数字又は英字で入力してください。")
    return PlateNumber(text, class_number or None, kana, str(int(digits)))


def is_serial(digits: str) -> bool:
    return bool(_SERIAL.fullmatch(digits)) and int(digits) > 0


def is_kana(text: str) -> bool:
    return bool(_KANA.fullmatch(text))

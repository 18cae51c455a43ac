"""The customer barcode (カスタマバーコード) of Japan Post: digits, check digit, bars.

Source: https://post.japanpost.jp/zipcode/zipmanual/p12.html (format), p20 (length), p21 (check digit).
"""

from __future__ import annotations

import re

from kijun.reference.errors import Refusal

# the 19 characters in the order of their check values 0 to 18
_CHARACTERS: tuple[str, ...] = (*"0123456789", "-", *(f"CC{number}" for number in range(1, 9)))
# four states: 1 long, 2 upper, 3 lower, 4 timing
_BARS = dict(
    zip(_CHARACTERS, re.findall("...", "144114132312123141321213231411414324342234432243423441111"), strict=True)
)
_START, _STOP = "13", "31"
_LENGTH = 20  # postal code 7, address digits 13
_FILLER = "CC4"


def characters(postal_code: str, address_numerals: str) -> list[str]:
    """The 20 characters before the check digit: what is too long is cut, what is short is filled with CC4."""
    postal = postal_code.replace("-", "")
    if not re.fullmatch(r"\d{7}", postal):
        raise Refusal("invalid_value", "郵便番号が7桁の数字ではありません。「1000013」の形で入力してください。")
    if not re.fullmatch(r"[0-9A-Z-]*", address_numerals):
        raise Refusal(
            "invalid_value", "住所表示番号に使えない文字があります。半角の数字、英大文字、- を使ってください。"
        )
    plain = [part for letter in postal + address_numerals for part in encode(letter)]
    return (plain + [_FILLER] * _LENGTH)[:_LENGTH]


def encode(letter: str) -> list[str]:
    """A letter takes two places: CC1 for A to J, CC2 for K to T, CC3 for U to Z, and a digit."""
    if not letter.isalpha():
        return [letter]
    group, digit = divmod(ord(letter) - ord("A"), 10)
    return [f"CC{group + 1}", str(digit)]


def check_character(found: list[str]) -> str:
    """What makes the sum of all check values a multiple of 19."""
    return _CHARACTERS[-sum(_CHARACTERS.index(one) for one in found) % len(_CHARACTERS)]


def text(postal_code: str, address_numerals: str) -> str:
    """The 21 characters with the check digit, separated by spaces: a control code is three letters long."""
    found = characters(postal_code, address_numerals)
    return " ".join([*found, check_character(found)])


def bars(postal_code: str, address_numerals: str) -> str:
    """67 bars, as digits of their state."""
    found = characters(postal_code, address_numerals)
    return _START + "".join(_BARS[one] for one in [*found, check_character(found)]) + _STOP

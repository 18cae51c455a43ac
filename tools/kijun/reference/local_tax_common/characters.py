"""Characters: what stands outside the standard set, and what is written where a set lacks a character."""

from __future__ import annotations

from dataclasses import dataclass

GETA = "〓"
ENCODINGS = {"unicode": "utf-8", "unicode_signed": "utf-8-sig", "cp932": "cp932"}

# 縮退: the form of the same character that the smaller set has
_REDUCED = {
    "𠮷": "吉",
    "𠀋": "丈",
    "𡈽": "土",
    "鷗": "鴎",
    "𣘺": "橋",
    "\u301c": "\uff5e",
    "\u2212": "\uff0d",
    "\u2014": "\u2015",
}


@dataclass(frozen=True)
class Replaced:
    character: str
    code_point: str
    substitute: str


def clusters(text: str) -> list[str]:
    """The text in characters as people count them: a variation selector belongs to the character before it."""
    found: list[str] = []
    for one in text:
        if found and is_selector(one):
            found[-1] += one
        else:
            found.append(one)
    return found


def is_selector(one: str) -> bool:
    return 0xE0100 <= ord(one) <= 0xE01EF or 0xFE00 <= ord(one) <= 0xFE0F


def length(text: str) -> int:
    return len(clusters(text))


def code_points(character: str) -> str:
    return " ".join(f"U+{ord(one):04X}" for one in character)


def is_outside(character: str) -> bool:
    """Gaiji of one municipality (private use of plane 0), controls, a selector without its character.

    Private use of the planes 15 and 16 is the place of the characters that 行政事務標準文字 adds; it is inside.
    """
    first = ord(character[0])
    return 0xE000 <= first <= 0xF8FF or first < 0x20 or 0x7F <= first < 0xA0 or is_selector(character[0])


def outside(text: str) -> list[str]:
    return [one for one in clusters(text) if is_outside(one)]


def converted(text: str, encoding: str) -> tuple[str, list[Replaced]]:
    """The text as the encoding can hold it, and every replacement. Nothing is dropped, nothing normalised."""
    written, replaced = [], []
    for one in clusters(text):
        fitting = fit(one, encoding)
        written.append(fitting)
        if fitting != one:
            replaced.append(Replaced(one, code_points(one), fitting))
    return "".join(written), replaced


def fit(character: str, encoding: str) -> str:
    """The character itself, its reduced form, its form without selector, or 〓."""
    if is_outside(character):
        return GETA
    for candidate in (character, _REDUCED.get(character[0], character[0])):
        if can_write(candidate, encoding):
            return candidate
    return GETA


def can_write(character: str, encoding: str) -> bool:
    try:
        character.encode(ENCODINGS[encoding])
    except UnicodeEncodeError:
        return False
    return True


def size(text: str, encoding: str) -> int:
    return len(text.encode(ENCODINGS[encoding]))

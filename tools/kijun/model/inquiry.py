"""What bodies are asked about a table (意見照会): the codes of their answers, and the text a row was asked with."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass

from kijun.model.requirement import Requirement

_FINGERPRINT = 16  # hexadecimal digits: enough to tell two texts of one row apart, short enough for a cell
_ANSWER = re.compile(r"[(\[]?([0-9]{1,2})[)\]]?[.、,:]?\s*(.*)", re.DOTALL)
# white on black and sans-serif circled digits, which NFKC leaves alone
_CIRCLED = {start + number: str(number + 1) for start in (0x2776, 0x2780, 0x278A) for number in range(10)}


@dataclass(frozen=True, slots=True)
class OpinionCode:
    """One answer that can be given to a row."""

    code: str
    sign: str
    label: str
    meaning: str
    is_opinion: bool

    @property
    def shown(self) -> str:
        """As it is printed and chosen: ①認識相違なし."""
        return f"{self.sign}{self.label}"


@dataclass(frozen=True, slots=True)
class OpinionCodes:
    """All codes in the order of the form; exactly one of them is no opinion."""

    source: str
    codes: tuple[OpinionCode, ...]

    @property
    def agreement(self) -> OpinionCode:
        """The one code that is no opinion: a blank row may stand for it."""
        return next(one for one in self.codes if not one.is_opinion)

    @property
    def opinions(self) -> tuple[OpinionCode, ...]:
        return tuple(one for one in self.codes if one.is_opinion)

    def of(self, code: str) -> OpinionCode:
        return next(one for one in self.codes if one.code == code)

    def read(self, text: str) -> OpinionCode | None:
        """The code meant by ③, 3, ３, (3), 3. or 必須→任意; None where number and name disagree, or there are two."""
        plain = squeezed(text.translate(_CIRCLED))
        for one in self.codes:
            if plain in (squeezed(one.label), squeezed(one.sign)):
                return one
        found = _ANSWER.fullmatch(plain)
        return next((one for one in self.codes if found and _is(one, *found.groups())), None)


def _is(one: OpinionCode, number: str, label: str) -> bool:
    return one.code == number and label in ("", squeezed(one.label))


def squeezed(text: str) -> str:
    """A text for comparing: one form of every sign (NFKC), no blanks, no line ends."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def fingerprint(one: Requirement) -> str:
    """What the row is held to, in 16 hexadecimal digits: a form carries it, so that another text is noticed."""
    content = json.dumps([one.id, one.normative], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()[:_FINGERPRINT]

"""個人番号: the only place where the harness knows its check digit, and finds what looks like one.

Only to refuse, never to make one. What is found is told by its place; the number itself is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTH = 12
_SPACES = " \u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\uff0d\uff70\u2500"
_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys(_SPACES, " "),
        **dict.fromkeys(_HYPHENS, "-"),
        "．": ".",
    }
)
# Groups of digits with one and the same separator between them: 1234 5678 9012, 1234-5678-9012, 1 2 3 …
_RUN = re.compile(r"[0-9]+(?:(?P<between>[ -])[0-9]+(?:(?P=between)[0-9]+)*)?")
_GROUP = re.compile(r"[0-9]+")
_DIGEST = re.compile(r"(?i)(?<![0-9a-z])(?=[0-9]*[a-f])[0-9a-f]{32,}(?![0-9a-z])")  # a SHA-256 is nobody's number


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where in a text, both counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}行目の{self.column}文字目"


def is_personal_number(digits: str) -> bool:
    """Twelve digits of which the last is the check digit of the other eleven.

    行政手続における特定の個人を識別するための番号の利用等に関する法律の規定による通知カード及び個人番号カード並びに
    情報提供ネットワークシステムによる特定個人情報の提供等に関する省令5条: 11 less the remainder by 11 of the sum
    weighted 2 to 7, 2 to 6 from the right; 0 where the remainder is 0 or 1.
    """
    if len(digits) != _LENGTH or not (digits.isascii() and digits.isdecimal()):
        return False
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def personal_numbers_in(text: str) -> Iterator[Place]:
    """Every place where twelve digits pass the check digit: half or full width, with spaces or hyphens between."""
    for number, line in enumerate(text.split("\n"), start=1):
        plain = line.translate(_PLAIN)  # one character for one: columns stay
        plain = _DIGEST.sub(lambda found: "x" * len(found.group()), plain)
        columns = sorted({column for run in _runs(plain) for column in _begins(plain, run)})
        yield from (Place(number, column + 1) for column in columns)


def _runs(line: str) -> Iterator[tuple[int, int]]:
    """Stretches that may hold a number. A group may end one stretch and begin the next (2026-11-24 1234…)."""
    at = 0
    while found := _RUN.search(line, at):
        yield found.span()
        last = list(_GROUP.finditer(found.group()))[-1]
        at = found.start() + last.start() if last.start() else found.end()


def _begins(line: str, run: tuple[int, int]) -> Iterator[int]:
    groups = [(found.start(), found.group()) for found in _GROUP.finditer(line, *run)]
    for first, (start, _) in enumerate(groups):
        digits = ""
        for _, group in groups[first:]:
            digits += group
            if len(digits) >= _LENGTH:
                break
        if is_personal_number(digits) and not re.search(r"[0-9]\.$", line[:start]):  # not the fraction of a decimal
            yield start


def without_personal_numbers(text: str) -> str:
    """The same text, the digits of whatever looks like such a number made unreadable."""
    lines = text.split("\n")
    for place in personal_numbers_in(text):
        signs, left = list(lines[place.line - 1]), _LENGTH
        for at in range(place.column - 1, len(signs)):
            if left and signs[at].isdecimal():
                signs[at], left = "＊", left - 1
        lines[place.line - 1] = "".join(signs)
    return "\n".join(lines)

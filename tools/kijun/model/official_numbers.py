"""Numbers that offices issue: only their form is known here, never whether they were issued."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CONFORMITY = re.compile(r"([0-9]{3}(?:-[0-9])?)_([0-9]{13}(?:／[0-9]{13})*)_([1-9][0-9]*)")


def corporate_check_digit(last_twelve: str) -> str:
    """First digit of 法人番号: 9 − (Σ digit × 1, 2, 1, 2… from the right, mod 9) (法人番号の指定等に関する省令)."""
    total = sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(last_twelve)))
    return str(9 - total % 9)


@dataclass(frozen=True, slots=True)
class ConformityNumber:
    """適合確認番号 of デジタル庁: 標準仕様ID _ 法人番号 (／ 法人番号)* _ 連番, as read off its list of passes.

    It tells of data and exchange alone, nothing of functions.
    """

    system: str
    companies: tuple[str, ...]
    serial: int

    @classmethod
    def parse(cls, text: str) -> ConformityNumber | None:
        """The parts of a number, or None when it has not the form; check digits are not looked at."""
        found = _CONFORMITY.fullmatch(text)
        return cls(found[1], tuple(found[2].split("／")), int(found[3])) if found else None

"""Amounts as they are stated, and rounding as the statute prescribes it, on whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def stated(figures: Mapping[str, Any], key: str) -> int:
    """An amount of the dossiers in yen; of what they do not state there is nothing."""
    return int(figures.get(key, 0))


def share(yen: int, part: int, whole: int) -> int:
    """`part`/`whole` of an amount, fractions of a yen dropped."""
    return yen * part // whole


def share_up(yen: int, part: int, whole: int) -> int:
    """`part`/`whole` of an amount, fractions of a yen raised."""
    return -(-yen * part // whole)


# 地方税法20条の4の2第1項（課税標準額の端数）
def tax_base(yen: int) -> int:
    return max(yen, 0) // 1000 * 1000


# 地方税法20条の4の2第3項（確定金額の端数）
def settled(yen: int) -> int:
    return yen // 100 * 100

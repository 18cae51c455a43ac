"""What was levied, for budget and accounts: by kind of tax, and by method and month of collection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from kijun.reference.individual_inhabitant_tax import assessment
from kijun.reference.individual_inhabitant_tax.assessment import PARTS, Levy


def by_part(levies: Sequence[Levy]) -> list[dict[str, Any]]:
    """Yen of every kind of tax by the last decision on each person, kinds with nothing included."""
    found = [assessment.parts_to_pay(one) for one in levies]
    return [{"levy_part": part, "part_total": sum(one.get(part, 0) for one in found)} for part in PARTS]


def by_month(levies: Sequence[Levy]) -> list[dict[str, Any]]:
    """Yen of every method and month, in their order."""
    found: Counter[tuple[str, str]] = Counter()
    for line in assessment.ordered([line for one in levies for line in assessment.lines_of(one)]):
        found[line.method, line.month] += line.amount
    return [
        {"collection_method": method, "collection_month": month, "collection_share": amount}
        for (method, month), amount in found.items()
    ]

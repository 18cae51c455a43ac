"""What becomes of the months still to come when somebody leaves an employer (給与所得者異動届)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kijun.reference.individual_inhabitant_tax import assessment, dues, planning
from kijun.reference.individual_inhabitant_tax.assessment import Line


# 地方税法321条の5第2項、321条の7第1項
def residual_collection(
    change: str, changed_on: date, rest: int, is_requested: bool, is_sufficient: bool, has_next: bool
) -> str:
    """How the rest of the year's amount is collected after the change."""
    if rest == 0:
        return "fully_collected"
    if has_next:
        return "successor"
    if change == "died" or not is_sufficient:
        return "to_ordinary"
    return "lump_sum" if must_withhold(changed_on) or is_requested else "to_ordinary"


# 地方税法321条の5第2項ただし書: from January to April without being asked
def must_withhold(changed_on: date) -> bool:
    return 1 <= changed_on.month <= 4


# 地方税法321条の5第3項、20条の5第2項: by the tenth of the month after
def deadline(changed_on: date) -> date:
    return dues.monthly_due(dues.month_of(changed_on))


def is_late(changed_on: date, notified_on: date) -> bool:
    return notified_on > deadline(changed_on)


def still_to_come(lines: Sequence[Line], changed_on: date) -> list[Line]:
    """The months after the one in which the employer pays for the last time."""
    return planning.split_at(lines, "salary", dues.month_of(changed_on))[1]


def with_lump_sum(lines: Sequence[Line], changed_on: date) -> list[Line]:
    """The rest is withheld from the last pay."""
    stays, gone = planning.split_at(lines, "salary", dues.month_of(changed_on))
    month = dues.month_of(changed_on)
    return [
        replace(one, amount=one.amount + assessment.total(gone))
        if one.method == "salary" and one.month == month
        else one
        for one in stays
    ]

"""When the collection from a pension stops during the year."""

from __future__ import annotations

from datetime import timedelta

from kijun.reference.individual_inhabitant_tax import dues

_STOPPING = ("died", "annuity_suspended", "care_stopped")


# 地方税法321条の7の7、321条の7の9; since October 2016 moving out of the municipality stops nothing
def stops(change: str) -> bool:
    return change in _STOPPING


def month_before(month: str) -> str:
    return dues.month_of(dues.first_day(month) - timedelta(days=1))

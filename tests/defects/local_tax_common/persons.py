"""Named faults of the reference system around persons and their numbers."""

from __future__ import annotations

from kijun.engine.defects import Defect, Patch
from kijun.reference import taxpayers


class NumbersEverybodyAlike(Defect):
    """照会すると、いつも後に登録した人を示す（番号が二人に付いている）。"""

    breaks = "016-1.1.4-01"

    def seed(self, patch: Patch) -> None:
        original = taxpayers.taxpayer
        patch(taxpayers, "taxpayer", lambda desk, number: original(desk, f"T{_last(desk):08d}"))


def _last(desk: object) -> int:
    return taxpayers.count_rows(desk.session, taxpayers.Taxpayer, desk.id)  # type: ignore[attr-defined]

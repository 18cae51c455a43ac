"""What is different from an earlier run of the same product or of another one."""

from __future__ import annotations

from dataclasses import dataclass

from kijun.model.conformance import RequirementOutcome
from kijun.reporting import wording
from kijun.reporting.run_view import RunView


@dataclass(frozen=True, slots=True)
class Change:
    """One requirement that is judged otherwise now; None where one of the runs did not know it."""

    id: str
    then: RequirementOutcome | None
    now: RequirementOutcome | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Changed requirements in the order of the tables, how many are the same, and conditions that differ."""

    changed: tuple[Change, ...]
    same: int
    conditions: tuple[tuple[str, str, str], ...]  # label, then, now


def changes_between(earlier: RunView, view: RunView) -> Changes:
    """Compare two judged runs requirement by requirement.

    Whatever differs between their conditions stands beside it: a status may change because another edition, another
    day or another municipality was asked for.
    """
    then = {one.requirement.id: one for one in earlier.report.outcomes}
    now = {one.requirement.id: one for one in view.report.outcomes}
    changed = tuple(
        Change(one, then.get(one), now.get(one))
        for one in {**now, **then}
        if one not in then or one not in now or then[one].status is not now[one].status
    )
    pairs = zip(wording.summary_rows(earlier), wording.summary_rows(view), strict=True)
    conditions = tuple((label, before, after) for (label, before), (_, after) in pairs if before != after)
    return Changes(
        changed, len(now.keys() & then.keys()) - sum(bool(one.then and one.now) for one in changed), conditions
    )

"""Which operations open which requirements, and which to implement next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kijun.engine.planner import why_not_applicable
from kijun.model.plan import TestPlan
from kijun.model.profile import Profile
from kijun.model.requirement import Requirement
from kijun.model.statement import ImplementationConformanceStatement

Needs = Mapping[str, frozenset[str]]  # requirement → keys of all operations that its scenarios call


@dataclass(frozen=True, slots=True)
class Worth:
    """What one operation means for the requirements: how many call it, and how many hinge on it.

    Of an offered operation, the unlocked requirements that would be lost without it; of a missing one, the locked
    requirements that it alone would unlock.
    """

    operation: str
    offered: bool
    needed_by: int
    unlocks: int


@dataclass(frozen=True, slots=True)
class Advance:
    """The operations to implement next, mostly one, and how many requirements they unlock together."""

    operations: tuple[str, ...]
    unlocks: int


def needs_of(
    plan: TestPlan,
    requirements: Mapping[str, Requirement],
    profile: Profile,
    statement: ImplementationConformanceStatement,
) -> dict[str, frozenset[str]]:
    """What every applicable requirement of a plan (compiled for a driver that offers everything) calls."""
    needs: dict[str, frozenset[str]] = {}
    for case in plan.cases:
        for one in case.scenario.requirements:
            if one in requirements and not why_not_applicable([requirements[one]], profile, statement):
                needs[one] = needs.get(one, frozenset()) | case.scenario.operations
    return needs


def unlocked(needs: Needs, offered: frozenset[str]) -> set[str]:
    """The requirements whose scenarios can all be run."""
    return {one for one, called in needs.items() if called <= offered}


def worths(needs: Needs, offered: frozenset[str]) -> list[Worth]:
    """Every operation that some requirement calls, the most valuable first."""
    found = []
    for key in {key for called in needs.values() for key in called}:
        calling = [called for called in needs.values() if key in called]
        unlocks = sum(called <= offered | {key} for called in calling)
        found.append(Worth(key, key in offered, len(calling), unlocks))
    return sorted(found, key=lambda one: (-one.unlocks, -one.needed_by, one.operation))


def next_best(needs: Needs, offered: frozenset[str], steps: int = 5) -> list[Advance]:
    """The greedy way up: at each step the one missing operation that unlocks most.

    Where no single one unlocks anything, the small set that unlocks most for each operation in it.
    """
    way: list[Advance] = []
    while len(way) < steps and (advance := _best(needs, offered)):
        way.append(advance)
        offered = offered | set(advance.operations)
    return way


def _best(needs: Needs, offered: frozenset[str]) -> Advance | None:
    gaps = [called - offered for called in needs.values() if not called <= offered]
    fewest = min(map(len, gaps), default=0)
    candidates = {gap for gap in gaps if fewest > 1 or len(gap) == 1}
    found = [Advance(tuple(sorted(gap)), sum(other <= gap for other in gaps)) for gap in candidates]
    return min(
        found, key=lambda one: (-one.unlocks / len(one.operations), len(one.operations), one.operations), default=None
    )

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
    gain: int


@dataclass(frozen=True, slots=True)
class Advance:
    """Operations to implement together, and how many requirements they unlock."""

    operations: tuple[str, ...]
    gain: int


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
        gain = sum(called <= offered | {key} for called in calling)
        found.append(Worth(key, key in offered, len(calling), gain))
    return sorted(found, key=lambda one: (-one.gain, -one.needed_by, one.operation))


def best_alone(found: list[Worth]) -> Worth | None:
    """The missing operation that unlocks most by itself; None when no single one unlocks anything."""
    return next((one for one in found if not one.offered and one.gain), None)


def next_best(needs: Needs, offered: frozenset[str], steps: int = 5) -> list[Advance]:
    """The greedy way up: at each step the operations that unlock most requirements for each operation to be written.

    Often no single operation opens much (a thing must be registered before it can be changed), so what one locked
    requirement lacks is taken together.
    """
    way: list[Advance] = []
    while len(way) < steps and (advance := _best(needs, offered)):
        way.append(advance)
        offered = offered | set(advance.operations)
    return way


def _best(needs: Needs, offered: frozenset[str]) -> Advance | None:
    gaps = [called - offered for called in needs.values() if not called <= offered]
    found = [Advance(tuple(sorted(gap)), sum(other <= gap for other in gaps)) for gap in set(gaps)]
    return min(
        found, key=lambda one: (-one.gain / len(one.operations), len(one.operations), one.operations), default=None
    )

"""What is going to be run, and what not and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kijun.model.errors import Position


@dataclass(frozen=True, slots=True)
class DataTable:
    """A table under a step: headings and rows of cells, as behave's own tables behave."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BoundStep:
    """One step of a scenario, bound to the function that performs it."""

    keyword: str
    text: str
    line: int
    function: Callable[..., None]
    arguments: dict[str, Any]
    table: DataTable | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, or one row of an outline: what is executed and judged as a whole."""

    id: str  # file:line#hash of the text; never the name
    name: str
    at: Position
    business: str
    tags: tuple[str, ...]
    requirements: tuple[str, ...]
    steps: Sequence[BoundStep]
    operations: frozenset[str]  # keys its steps name, so that a missing one is known before the run
    probes: frozenset[str] = frozenset()  # operations it expects not to exist

    @property
    def is_canary(self) -> bool:
        return "canary" in self.tags


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario planned for one run; seq is its place in the plan."""

    seq: int
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Unplanned:
    """A scenario left out, with the reason a reader is told."""

    scenario: Scenario
    because: str


@dataclass(frozen=True, slots=True)
class TestPlan:
    """Everything decided before anything runs."""

    cases: tuple[Case, ...]
    canaries: tuple[Scenario, ...]
    not_applicable: tuple[Unplanned, ...]
    untestable: tuple[Unplanned, ...]
    digest: str
    filtered: bool = False

    __test__ = False  # pytest: not a test class

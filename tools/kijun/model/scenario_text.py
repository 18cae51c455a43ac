"""A scenario as its author wrote it: what a reader is shown. What is executed is `model.plan.Scenario`."""

from __future__ import annotations

from dataclasses import dataclass

from kijun.model.plan import DataTable


@dataclass(frozen=True, slots=True)
class StepText:
    """One step: its keyword, its sentence, and the table under it."""

    keyword: str
    text: str
    table: DataTable | None = None


@dataclass(frozen=True, slots=True)
class ExamplesText:
    """The examples of an outline: a row stands for one scenario that is executed."""

    name: str
    table: DataTable


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """One scenario or one outline, steps of its background included."""

    key: str  # stays while file and name stay, wherever in the file it stands
    name: str
    feature: str
    file: str  # below the root, with slashes
    line: int
    business: str
    requirements: tuple[str, ...]
    steps: tuple[StepText, ...]
    examples: tuple[ExamplesText, ...] = ()
    operations: tuple[str, ...] = ()  # keys that its steps name

    @property
    def cases(self) -> int:
        """How many scenarios are executed."""
        return sum(len(one.table.rows) for one in self.examples) if self.examples else 1

"""The scenarios of a suite as they are printed: an outline once, with its examples, not once for every example."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from behave import model as behave_model

from kijun.engine.features import read_feature, scenarios_of
from kijun.engine.suite import Suite
from kijun.model.plan import DataTable
from kijun.model.scenario_text import ExamplesText, ScenarioText, StepText

Reach = dict[tuple[str, int], frozenset[str]]  # file and line of what is executed → operations


def scenario_texts(suite: Suite) -> tuple[ScenarioText, ...]:
    """Every scenario that cites a requirement, in the order of files and lines."""
    root = suite.catalog.root
    reach: Reach = defaultdict(frozenset)
    for one in suite.scenarios:
        reach[one.at.path, one.at.line] |= one.operations
    found: list[ScenarioText] = []
    for path in sorted((root / "features").rglob("*.feature")):
        found.extend(one for one in _texts(root, path, reach) if one.requirements)
    return tuple(found)


def _texts(root: Path, path: Path, reach: Reach) -> Iterator[ScenarioText]:
    file = path.relative_to(root).as_posix()
    feature = read_feature(path.read_text(encoding="utf-8"), file)
    seen: Counter[str] = Counter()
    for one in scenarios_of(feature):
        blocks = [block for block in getattr(one, "examples", ()) if block.table is not None]
        tags = [str(tag) for tag in (*one.tags, *(tag for block in blocks for tag in block.tags))]
        lines = [row.line for block in blocks for row in block.table.rows] or [one.line]
        seen[one.name] += 1
        yield ScenarioText(
            key=_key(file, one.name, seen[one.name]),
            name=one.name,
            feature=feature.name,
            file=file,
            line=one.line,
            business=path.parent.name,
            requirements=tuple(dict.fromkeys(tag[4:].split("~")[0] for tag in tags if tag.startswith("req:"))),
            steps=tuple(_step(step) for step in (*(one.background_steps or ()), *one.steps)),
            examples=tuple(ExamplesText(block.name, _table(block.table)) for block in blocks)
            if isinstance(one, behave_model.ScenarioOutline)
            else (),
            operations=tuple(sorted(frozenset().union(*(reach[str(path), line] for line in lines)))),
        )


def _key(file: str, name: str, place: int) -> str:
    """Scenarios of one name in one file are told apart by their order."""
    return hashlib.sha256(f"{file}\n{name}\n{place}".encode()).hexdigest()[:12]


def _step(step: Any) -> StepText:
    return StepText(step.keyword, step.name, _table(step.table) if step.table else None)


def _table(table: Any) -> DataTable:
    return DataTable(tuple(table.headings), tuple(tuple(row.cells) for row in table.rows))

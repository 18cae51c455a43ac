"""Running the miniature standard against a character, and reading what came of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from miniature import InProcess, Miniature

from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, prepare
from kijun.reporting.run_view import RunView


def run(
    mini: Miniature,
    make: Any,
    name: str = "r",
    sessions: int = 2,
    resume: bool = False,
    every_deadline: float = 0,
    **request: Any,
) -> RunView:
    """One whole run in this process; returns it judged."""
    assignment, _ = prepare(Request(root=mini.root, **{"seed": "seed", **request}))
    deadlines = {one.key: every_deadline for one in assignment.catalog.glossary.operations} if every_deadline else {}
    assignment = replace(assignment, deadlines={"price_pot": 0.3, **deadlines})
    folder = mini.root / "out" / name
    folder.mkdir(parents=True, exist_ok=True)
    system = InProcess(make) if isinstance(make, type) else make
    with Run(assignment, system, folder, resume=resume) as opened:
        Scheduler(opened, sessions).go()
        opened.finish()
    return RunView.read(folder)


def statuses(view: RunView) -> dict[str, str]:
    return {one.requirement.id: one.status.value for one in view.report.outcomes}


def verdicts(view: RunView, requirement: str) -> set[tuple[str, str | None]]:
    """Verdict and fault of every case of a requirement."""
    outcome = next(one for one in view.report.outcomes if one.requirement.id == requirement)
    return {(case.verdict.value, case.fault.value if case.fault else None) for case in outcome.cases}


def folder(mini: Miniature, name: str = "r") -> Path:
    return mini.root / "out" / name

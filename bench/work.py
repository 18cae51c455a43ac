"""What one measured process does. Prints one JSON object: CPU seconds by phase, and what came of it.

Heavy imports stand inside the functions.
"""

# ruff: noqa: PLC0415 - a process pays for what it measures and no more
from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Phases:
    """CPU and wall seconds of this process between marks."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {"start": time.process_time()}
        self.wall: dict[str, float] = {}
        self._cpu, self._wall = time.process_time(), time.perf_counter()

    def mark(self, name: str) -> None:
        cpu, wall = time.process_time(), time.perf_counter()
        self.cpu[name], self.wall[name] = cpu - self._cpu, wall - self._wall
        self._cpu, self._wall = cpu, wall

    def tell(self, **more: Any) -> None:
        print(json.dumps({"cpu": self.cpu, "wall": self.wall, **more}))


def _assignment(root: str, cache: str) -> Any:
    from kijun.engine.setup import Request, prepare

    return prepare(Request(root=Path(root), seed="seed", cache=Path(cache) if cache else None))[0]


class _System:
    """The trivial product, reached as the in-process driver of a vendor is, or by direct call."""

    def __init__(self, direct: bool = False) -> None:
        self._direct = direct

    def connect(self) -> Any:
        from corpus import Product

        from kijun.drivers.in_process import InProcessDriver

        return _Direct(Product()) if self._direct else InProcessDriver(Product)

    def shut(self) -> None:
        """Nothing to release."""


class _Direct:
    """A driver without a thread of its own: what the harness costs when the driver costs nothing."""

    honours_deadlines = True

    def __init__(self, product: Any) -> None:
        self._product = product

    def exchange(self, method: str, params: Any, deadline_seconds: float) -> Any:
        return getattr(self._product, method)(params)

    def shut(self) -> None:
        """Nothing to release."""


def _execute(assignment: Any, system: Any, folder: str, sessions: int, phases: Phases) -> Any:
    from kijun.engine.run import Run
    from kijun.engine.scheduler import Scheduler

    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    with Run(assignment, system, place) as run:
        phases.mark("open")
        Scheduler(run, sessions).go()
        phases.mark("cases")
        run.finish()
        phases.mark("finish")
        return run.plan


def _render(view: Any, names: list[str], folder: Path, phases: Phases) -> dict[str, int]:
    sizes = {}
    for name in names:
        content: bytes = importlib.import_module(f"kijun.reporting.{name}_report").render(view)
        (folder / f"report.{name}").write_bytes(content)
        sizes[name] = len(content)
        phases.mark(name)
    return sizes


def run(root: str, cache: str, folder: str, driver: str) -> None:
    """A run in one session, log written; the plan is warm when the cache holds it."""
    phases = Phases()
    assignment = _assignment(root, cache)
    phases.mark("prepare")
    plan = _execute(assignment, _System(driver == "direct"), folder, 1, phases)
    phases.tell(cases=len(plan.cases))


def whole(root: str, cache: str, folder: str, reports: str) -> None:
    """Plan, run, log and reports in one process: what `kijun run` does."""
    phases = Phases()
    assignment = _assignment(root, cache)
    phases.mark("prepare")
    _execute(assignment, _System(), folder, 1, phases)
    from kijun.reporting.run_view import RunView

    view = RunView.read(Path(folder))
    phases.mark("fold")
    sizes = _render(view, reports.split(","), Path(folder), phases)
    phases.tell(sizes=sizes, **_verdicts(view))


def report(folder: str, reports: str) -> None:
    """Reports of a finished run; no names: only read and judged."""
    phases = Phases()
    from kijun.reporting.run_view import RunView

    view = RunView.read(Path(folder))
    phases.mark("fold")
    sizes = _render(view, [name for name in reports.split(",") if name], Path(folder), phases)
    phases.tell(sizes=sizes, **_verdicts(view))


def _verdicts(view: Any) -> dict[str, Any]:
    return {"claim": view.report.claim.value, "verdicts": view.report.counts()["cases"]}


def loop(root: str, cache: str) -> None:
    """The step loop alone: a session over a conversation that costs nothing."""
    from kijun.engine.session import Session

    assignment = _assignment(root, cache)
    scenarios = [one for one in assignment.scenarios if not one.is_canary]
    talk = _Mute()
    session = Session(talk, assignment.catalog.glossary, assignment.profile, "seed", {}, {})  # type: ignore[arg-type]  # the driver is all that a timing needs of it
    print(json.dumps({"seconds": _quickest(lambda: [session.run(one, "s") for one in scenarios])}))


class _Mute:
    """A conversation in which nothing is said."""

    transcript = ()

    def open(self, name: str, profile: Any) -> None:
        """Nothing."""

    def attachments(self) -> tuple[()]:
        return ()

    def close(self) -> dict[str, str]:
        return {}


def bare(scenarios: str) -> None:
    """A loop over the same functions with the same arguments."""
    import bodies
    import corpus

    steps = [(getattr(bodies, name), given) for name, given in corpus.all_steps(corpus.Corpus(int(scenarios)))]
    context = type("Context", (), {"world": type("Tally", (), {"assertions": 0})()})()

    def go() -> None:
        for function, arguments in steps:
            function(context, **arguments)

    print(json.dumps({"seconds": _quickest(go)}))


def _quickest(work: Callable[[], object], times: int = 5) -> float:
    """CPU seconds, the median of five, without a collection in between."""
    seconds = []
    for _ in range(times):
        gc.collect()
        gc.disable()
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
        gc.enable()
    return sorted(seconds)[times // 2]


def first(root: str, cache: str, folder: str) -> None:
    """CPU seconds of this process until the first case of the first feature has its result."""
    from kijun.engine.run import Run
    from kijun.engine.scheduler import Scheduler

    seen: list[float] = []
    assignment = _assignment(root, cache)
    Path(folder).mkdir(parents=True)
    with Run(assignment, _System(), Path(folder)) as opened:
        Scheduler(opened, 1, lambda case, result: seen.append(time.process_time())).go()
        opened.finish()
    print(json.dumps({"first": seen[0]}))


def http(root: str, cache: str, folder: str, port: str, sessions: str) -> None:
    """A run against the loopback system."""
    from loopback import LoopbackSystem

    phases = Phases()
    assignment = _assignment(root, cache)
    phases.mark("prepare")
    plan = _execute(assignment, LoopbackSystem(int(port)), folder, int(sessions), phases)
    phases.tell(cases=len(plan.cases))


WORKS = {"run": run, "whole": whole, "report": report, "loop": loop, "bare": bare, "first": first, "http": http}

if __name__ == "__main__":
    WORKS[sys.argv[1]](*sys.argv[2:])

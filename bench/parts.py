"""The measurements: every part is a function of a bench and a size, and yields rows."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus import STEPS, Corpus, write_behave, write_kijun, write_pytest_bdd
from loopback import REQUESTS, running
from measure import Cost, Failed, measure, median

BENCH = Path(__file__).resolve().parent
PYTHON = sys.executable
REPORTS = ("json", "html", "junit", "excel")
LOOPBACKS = ((0.020, 32, 1600), (0.001, 8, 4000))  # latency in seconds, sessions, scenarios
EXTRA = 1500
CONFORMANT, UNDETERMINED = 0, 2


@dataclass(frozen=True)
class Row:
    """One line of the figures. `steps` is what the microseconds a step are counted over; 0: not counted."""

    part: str
    name: str
    scenarios: int
    cost: Cost | None
    note: str = ""
    figures: dict[str, float] = field(default_factory=dict)

    @property
    def step_microseconds(self) -> float | None:
        return self.cost.cpu / (self.scenarios * STEPS) * 1e6 if self.cost and self.scenarios else None

    def as_record(self) -> dict[str, Any]:
        cost = self.cost.as_record() if self.cost else None
        return {"part": self.part, "name": self.name, "scenarios": self.scenarios, "cost": cost} | {
            "note": self.note,
            "figures": self.figures,
        }


class Bench:
    """A folder with corpora written on demand and a cache for each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._runs = 0

    def root(self, corpus: Corpus) -> Path:
        root = self._place("kijun", corpus)
        return root if root.exists() else write_kijun(root, corpus)

    def behave(self, corpus: Corpus) -> Path:
        root = self._place("behave", corpus)
        return root if root.exists() else write_behave(root, corpus)

    def pytest_bdd(self, corpus: Corpus) -> Path:
        root = self._place("pytest-bdd", corpus)
        return root if root.exists() else write_pytest_bdd(root, corpus)

    def _place(self, kind: str, corpus: Corpus) -> Path:
        return self.folder / f"{kind}-{corpus.scenarios}-{corpus.extra}-{'asking' if corpus.asking else 'trivial'}"

    def cache(self, root: Path, warm: bool) -> Path:
        """A cache that holds the plan of this root, or an empty one."""
        cache = self.folder / f"cache-{root.name}"
        if not warm:
            shutil.rmtree(cache, ignore_errors=True)
        elif not cache.exists():
            self.kijun("plan", root, cache)
        return cache

    def fresh(self) -> Path:
        """A run folder that does not exist yet."""
        self._runs += 1
        return self.folder / "runs" / f"run-{self._runs}"

    def kijun(self, command: str, root: Path, cache: Path | str = "") -> Cost:
        return self.command([PYTHON, "-m", "kijun", command, "--spec", str(root)], cache)

    def command(self, argv: list[str], cache: Path | str = "") -> Cost:
        self.folder.mkdir(parents=True, exist_ok=True)
        return measure(argv, self.folder, {"KIJUN_CACHE": str(cache)})

    def work(self, name: str, *arguments: object) -> Cost:
        return self.command([PYTHON, str(BENCH / "work.py"), name, *map(str, arguments)])


Part = Callable[[Bench, int], Iterator[Row]]


def lint(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.root(Corpus(size))
    yield Row("lint", "lint", size, median(lambda: bench.kijun("lint", root)), "both Gherkin parsers, no cache")


def plan(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.root(Corpus(size))
    yield Row("plan", "plan, cold", size, median(lambda: bench.kijun("plan", root, bench.cache(root, warm=False))))
    cache = bench.cache(root, warm=True)
    yield Row("plan", "plan, warm", size, median(lambda: bench.kijun("plan", root, cache)))


def run(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.root(Corpus(size))
    cache = bench.cache(root, warm=True)
    for driver, note in (("in-process", "as a vendor's driver in Python"), ("direct", "driver without a thread")):
        cost = median(lambda driver=driver: bench.work("run", root, cache, bench.fresh(), driver))
        yield Row("run", f"run, warm, {driver}", size, cost, f"{note}; {_phases(cost)}", dict(cost.told["cpu"]))


def loop(bench: Bench, size: int) -> Iterator[Row]:
    """The step loop without system and log, beside the bare loop: seconds of the loop alone."""
    root = bench.root(Corpus(size))
    for name, cost in (
        ("step loop", bench.work("loop", root, bench.cache(root, warm=True))),
        ("bare loop", bench.work("bare", size)),
    ):
        alone = Cost(cost.told["seconds"], cost.told["seconds"], cost.megabytes)
        yield Row("loop", name, size, alone, "the loop alone, median of 5 in one process")


def report(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.root(Corpus(size))
    folder = bench.fresh()
    bench.work("run", root, bench.cache(root, warm=True), folder, "direct")
    fold = median(lambda: bench.work("report", folder, ""))
    yield Row("report", "fold", size, fold, "read and judge the log, no report")
    for name in REPORTS:
        yield _report_row(bench, size, folder, name)


def _report_row(bench: Bench, size: int, folder: Path, name: str) -> Row:
    if not available(name):
        return Row("report", f"fold + {name}", size, None, "no such renderer yet")
    try:
        cost = median(lambda: bench.work("report", folder, name))
    except Failed as error:
        return Row("report", f"fold + {name}", size, None, str(error).splitlines()[-1])
    figures = {"alone": cost.told["cpu"][name], "bytes": cost.told["sizes"][name]}
    note = f"{name} alone {figures['alone']:.2f} s, {figures['bytes'] / 1e6:.1f} MB on disk"
    return Row("report", f"fold + {name}", size, cost, note, figures)


def available(name: str) -> bool:
    return importlib.util.find_spec(f"kijun.reporting.{name}_report") is not None


def whole(bench: Bench, size: int) -> Iterator[Row]:
    """Plan, run, log, JSON and HTML report in one process."""
    root = bench.root(Corpus(size))
    names = [name for name in ("json", "html") if available(name)]
    note = "" if len(names) == 2 else "without HTML: no such renderer yet; "
    for state in ("cold", "warm"):
        cost = median(
            lambda warm=state == "warm": bench.work(
                "whole", root, bench.cache(root, warm), bench.fresh(), ",".join(names)
            )
        )
        if cost.told["verdicts"]["pass"] != size:
            raise Failed(f"not every scenario passed: {cost.told}")
        yield Row("whole", f"all in, {state}", size, cost, note + _phases(cost), dict(cost.told["cpu"]))


def _phases(cost: Cost) -> str:
    return ", ".join(f"{name} {seconds:.2f}" for name, seconds in cost.told["cpu"].items())


def start(bench: Bench, size: int) -> Iterator[Row]:
    """Start-up: measured on one feature; stats also on the given size."""
    one = bench.root(Corpus(20))
    cache = bench.cache(one, warm=True)
    python = median(lambda: bench.command([PYTHON, "-c", "pass"]), 5)
    yield Row("start", "python -c pass", 0, python)
    yield Row("start", "kijun --help", 0, median(lambda: bench.command([PYTHON, "-m", "kijun", "--help"]), 5))
    yield Row("start", "kijun stats, one feature", 0, median(lambda: bench.kijun("stats", one, cache), 5))
    large = bench.root(Corpus(size))
    kept = bench.cache(large, warm=True)
    yield Row("start", f"kijun stats, {size} scenarios", 0, median(lambda: bench.kijun("stats", large, kept)))
    for state in ("cold", "warm"):
        cost = median(lambda warm=state == "warm": bench.work("first", one, bench.cache(one, warm), bench.fresh()), 5)
        beside = cost.told["first"] - python.cpu
        note = f"first result after {beside:.2f} s CPU beside the interpreter"
        yield Row("start", f"one feature, {state}", 0, cost, note, {"first": beside})


def evidence(bench: Bench, size: int) -> Iterator[Row]:
    """Three operations a scenario, every exchange kept as evidence."""
    root = bench.root(Corpus(size, asking=True))
    cache = bench.cache(root, warm=True)
    cost = median(lambda: bench.work("run", root, cache, bench.fresh(), "direct"))
    yield Row("evidence", "run, evidence on", size, cost, _phases(cost), dict(cost.told["cpu"]))


def extra(bench: Bench, size: int) -> Iterator[Row]:
    """Definitions and words that nobody uses: what each step pays for them, the start-up taken away."""
    few = {warm: _plan_alone(bench, 0, size, warm) for warm in (False, True)}
    many = {warm: _plan_alone(bench, EXTRA, size, warm) for warm in (False, True)}
    for warm, state in ((False, "cold"), (True, "warm")):
        (base, small), (cost, small_many) = few[warm], many[warm]
        before, after = base.cpu - small.cpu, cost.cpu - small_many.cpu
        figures = {"before": before, "after": after, "load": small_many.cpu - small.cpu}
        steps = (size - 20) * STEPS / 1e6
        note = (
            f"{before / steps:.1f} → {after / steps:.1f} µs a step; loading them {figures['load']:.2f} s, once a start"
        )
        yield Row("extra", f"plan, {state}, {EXTRA} more definitions and words", size, cost, note, figures)


def _plan_alone(bench: Bench, more: int, size: int, warm: bool) -> tuple[Cost, Cost]:
    """The plan of a corpus, and of one feature with the same definitions."""
    roots = [bench.root(Corpus(scenarios, extra=more)) for scenarios in (size, 20)]
    large, small = (median(lambda root=root: bench.kijun("plan", root, bench.cache(root, warm)), 5) for root in roots)
    return large, small


def loopback(bench: Bench, size: int) -> Iterator[Row]:
    """Wall time of the cases against latency × requests ÷ sessions."""
    for latency, sessions, scenarios in LOOPBACKS:
        root = bench.root(Corpus(scenarios, asking=True))
        cache = bench.cache(root, warm=True)
        with running(latency) as port:
            cost = median(lambda: bench.work("http", root, cache, bench.fresh(), port, sessions))  # noqa: B023
        ideal = latency * REQUESTS * scenarios / sessions
        ratio = cost.told["wall"]["cases"] / ideal
        each = cost.told["cpu"]["cases"] / (scenarios * REQUESTS) * 1000
        name = f"{latency * 1000:g} ms, {sessions} sessions"
        note = f"{cost.told['wall']['cases']:.2f} s against {ideal:.2f} s: {ratio:.2f}; {each:.2f} ms CPU a request"
        yield Row("loopback", name, 0, cost, note, {"ratio": ratio, "request_ms": each})


def peer_behave(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.behave(Corpus(size))
    argv = [PYTHON, "-m", "behave", "--no-capture", "--format", "null", "--no-summary"]
    yield Row("peer", "behave", size, median(lambda: measure(argv, root)), "no formatter, no capture, no summary")


def peer_pytest_bdd(bench: Bench, size: int) -> Iterator[Row]:
    root = bench.pytest_bdd(Corpus(size))
    argv = [PYTHON, "-m", "pytest", "-q", "-p", "pytest_bdd.plugin", "-p", "no:cacheprovider"]
    env = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "PYTHONDONTWRITEBYTECODE": "1"}
    yield Row("peer", "pytest-bdd", size, median(lambda: measure(argv, root, env)), "no other plug-in")


PARTS: dict[str, Part] = {
    "whole": whole,
    "lint": lint,
    "plan": plan,
    "run": run,
    "loop": loop,
    "evidence": evidence,
    "report": report,
    "start": start,
    "extra": extra,
    "loopback": loopback,
}
ONCE = frozenset({"start", "extra", "evidence", "loopback"})  # measured at the smallest size only
PEERS: dict[str, Part] = {"behave": peer_behave, "pytest-bdd": peer_pytest_bdd, "bare": loop}
LOAD = os.getloadavg

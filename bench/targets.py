"""The targets of the engine's design, each computed from the rows of one run of the bench."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from parts import Row


@dataclass(frozen=True)
class Target:
    """What was promised and what was measured. `met` is None when the rows do not tell."""

    work: str
    limit: float
    unit: str
    measured: float | None

    @property
    def met(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.limit

    @property
    def verdict(self) -> str:
        return {True: "met", False: "not met", None: "not measured"}[self.met]


class Rows:
    """Rows by name and size; what was not measured is None."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.sizes = sorted({row.scenarios for row in rows if row.part in ("whole", "peer") and row.scenarios})

    def cpu(self, name: str, size: int = 0) -> float | None:
        row = self.row(name, size)
        return row.cost.cpu if row and row.cost else None

    def megabytes(self, name: str, size: int) -> float | None:
        row = self.row(name, size)
        return row.cost.megabytes if row and row.cost else None

    def figure(self, name: str, key: str, size: int = 0) -> float | None:
        row = self.row(name, size)
        return row.figures.get(key) if row else None

    def row(self, name: str, size: int) -> Row | None:
        return next((row for row in self.rows if row.name == name and row.scenarios == size), None)

    def ratio(self, one: str, other: str, size: int) -> float | None:
        return over(self.cpu(one, size), self.cpu(other, size))

    def growth(self, name: str) -> float | None:
        """Cost a scenario at the largest size over cost a scenario at the smallest."""
        small, large = self.sizes[0], self.sizes[-1]
        return over(self.cpu(name, large), self.cpu(name, small), small / large) if small != large else None


def over(one: float | None, other: float | None, scale: float = 1.0) -> float | None:
    return one / other * scale if one is not None and other else None


def times(one: float | None, factor: float) -> float | None:
    return None if one is None else one * factor


def targets(found: Sequence[Row]) -> list[Target]:
    """Every target, at the size it was promised for: the largest measured up to 20,000 scenarios."""
    rows = Rows(found)
    fitting = [size for size in rows.sizes if size <= 20000]
    if not fitting:
        return []
    return [
        *_peers(rows, fitting[-1]),
        *_steps(rows, fitting[-1]),
        *_reports(rows, fitting[-1]),
        *_growth(rows),
        *_start(rows),
    ]


def _peers(rows: Rows, size: int) -> list[Target]:
    return [
        Target(f"all in, {state}, {size}: over {peer}", 1 / part, "ratio", rows.ratio(f"all in, {state}", peer, size))
        for state, peer, part in (
            ("cold", "behave", 3),
            ("cold", "pytest-bdd", 8),
            ("warm", "behave", 8),
            ("warm", "pytest-bdd", 20),
        )
    ]


def _steps(rows: Rows, size: int) -> list[Target]:
    steps = size * 5 / 1e6
    evidence = [row for row in rows.rows if row.part == "evidence" and row.cost]
    kept = evidence[0].figures["cases"] / (evidence[0].scenarios * 5) * 1e6 if evidence else None
    return [
        Target(
            "bind, run, log a step, warm, in-process driver",
            20,
            "µs",
            over(rows.cpu("run, warm, in-process", size), steps),
        ),
        Target(
            "bind, run, log a step, warm, direct driver", 20, "µs", over(rows.cpu("run, warm, direct", size), steps)
        ),
        Target("step loop over bare loop", 5, "ratio", rows.ratio("step loop", "bare loop", size)),
        Target("run a step with evidence on", 40, "µs", kept),
    ]


def _reports(rows: Rows, size: int) -> list[Target]:
    html, junit = f"report of {size}: HTML", f"report of {size}: JUnit"
    memory = [rows.megabytes(f"fold + {name}", size) for name in ("json", "html", "junit")]
    return [
        Target(f"{html}, fold included", 2, "s", rows.cpu("fold + html", size)),
        Target(f"{html}, size", 5, "MB", times(rows.figure("fold + html", "bytes", size), 1e-6)),
        Target(f"report of {size}: JSON, size", 5, "MB", times(rows.figure("fold + json", "bytes", size), 1e-6)),
        Target(f"{junit}, alone", 0.5, "s", rows.figure("fold + junit", "alone", size)),
        Target("report memory, largest", 250, "MB", max((one for one in memory if one), default=None)),
    ]


def _growth(rows: Rows) -> list[Target]:
    names = ("all in, cold", "all in, warm")
    return [
        Target(f"growth a scenario, {rows.sizes[0]} → {rows.sizes[-1]}: {name}", 1.15, "ratio", rows.growth(name))
        for name in names
    ]


def _start(rows: Rows) -> list[Target]:
    stats = next((row.cost.cpu for row in rows.rows if row.name.startswith("kijun stats, ") and row.cost), None)
    found = [
        Target("first result of one feature, cold", 0.2, "s", rows.figure("one feature, cold", "first")),
        Target("first result of one feature, warm", 0.2, "s", rows.figure("one feature, warm", "first")),
        Target("kijun --help", 0.2, "s", rows.cpu("kijun --help")),
        Target("kijun stats, one feature, warm", 0.5, "s", stats),
        Target(
            "loopback 20 ms, 32 sessions, over the ideal", 1.10, "ratio", rows.figure("20 ms, 32 sessions", "ratio")
        ),
        Target("loopback 1 ms, 8 sessions, over the ideal", 2.0, "ratio", rows.figure("1 ms, 8 sessions", "ratio")),
    ]
    for row in rows.rows:
        if row.part == "extra":
            change = over(row.figures["after"], row.figures["before"])
            found.append(Target(f"{row.name}: change a step", 1.10, "ratio", change))
    return found

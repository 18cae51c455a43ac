"""Costs of a command: CPU seconds of its whole process tree, wall seconds, peak memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ENOUGH_SECONDS = 6.0  # what takes longer is measured once


class Failed(Exception):
    """The measured command did not do its work: its figures mean nothing."""


@dataclass(frozen=True)
class Cost:
    """One measurement. `cpu` and `wall` in seconds, `megabytes` the largest resident set of one process."""

    cpu: float
    wall: float
    megabytes: float
    told: dict[str, Any] = field(default_factory=dict)  # the JSON object of the last line, if there was one
    samples: int = 1

    def as_record(self) -> dict[str, Any]:
        return asdict(self)


def measure(
    command: Sequence[str], cwd: Path, env: Mapping[str, str] | None = None, codes: Sequence[int] = (0,)
) -> Cost:
    """Run a command to its end. The tree is counted by the kernel: children that were waited for are included."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, env={**os.environ, **(env or {})}, stdout=output, stderr=errors)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in codes:
            errors.seek(0)
            output.seek(0)
            told = (errors.read()[-2000:] or output.read()[-2000:]).decode(errors="replace")
            raise Failed(f"{' '.join(command)}: exit code {child.returncode}\n{told}")
        return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, _last_record(output))


def _last_record(output: Any) -> dict[str, Any]:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - 20000))
    lines = output.read().decode(errors="replace").strip().splitlines()
    try:
        found = json.loads(lines[-1]) if lines else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def median(once: Callable[[], Cost], times: int = 3) -> Cost:
    """The middle of several measurements by CPU; a long one is not repeated."""
    costs = [once()]
    while len(costs) < times and costs[0].cpu < ENOUGH_SECONDS:
        costs.append(once())
    middle = sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]
    wall = statistics.median(cost.wall for cost in costs)
    return Cost(middle.cpu, wall, max(cost.megabytes for cost in costs), middle.told, len(costs))


def interpreter() -> Cost:
    """What starting Python costs by itself."""
    return median(lambda: measure([sys.executable, "-c", "pass"], Path.cwd()), 5)

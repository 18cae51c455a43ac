"""Measures kijun beside its peers in one run: `python bench/run.py`, or `make bench`.

Figures are CPU seconds of process trees, so that other load on the machine distorts them less; read ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from measure import Failed
from parts import ONCE, PARTS, PEERS, Bench, Row
from targets import Rows, Target, targets

COMPARED = ("behave", "pytest-bdd")


def main(argv: Sequence[str]) -> int:
    arguments = _parser().parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="kijun-bench-") as folder:
        rows = list(_measured(Bench(arguments.keep or Path(folder)), arguments))
    found = targets(rows)
    print("\n".join([*machine(), "", *figures(rows), "", *target_lines(found)]))
    if arguments.json:
        record = {
            "machine": machine(),
            "rows": [row.as_record() for row in rows],
            "targets": [_record(one) for one in found],
        }
        arguments.json.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure kijun beside its peers.")
    parser.add_argument("--size", type=int, nargs="+", default=[2000, 20000], help="scenarios of a corpus")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"of {','.join(PEERS)}; empty for none")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {','.join(PARTS)}; empty for none")
    parser.add_argument("--json", type=Path, help="also write everything here")
    parser.add_argument("--keep", type=Path, help="write corpora and runs here and leave them")
    return parser


def _measured(bench: Bench, arguments: argparse.Namespace) -> Iterator[Row]:
    """Every row as it comes; a part that breaks is noted and does not take the others with it."""
    sizes = sorted(arguments.size)
    wanted = [(name, PARTS[name]) for name in arguments.parts.split(",") if name]
    wanted += [
        (name, PEERS[name]) for name in arguments.peers.split(",") if name and PEERS[name] not in dict(wanted).values()
    ]
    for name, part in wanted:
        for size in sizes[:1] if name in ONCE else sizes:
            print(f"{name}, {size} scenarios …", file=sys.stderr, flush=True)
            try:
                yield from part(bench, size)
            except Failed as error:
                yield Row(name, name, size, None, f"failed: {str(error).splitlines()[-1]}")


def machine() -> list[str]:
    versions = ", ".join(f"{name} {version(name)}" for name in ("kijun", "behave", "pytest", "pytest-bdd"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return [f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, {python}, load {load}; {versions}"]


def figures(rows: Sequence[Row]) -> list[str]:
    """One table: seconds, microseconds a step, memory, and cost over that of the peers at the same size."""
    found = Rows(rows)
    lines = ["| scenarios | work | CPU s | wall s | µs a step | MB | ÷ behave | ÷ pytest-bdd | ÷ bare loop | note |"]
    lines.append("|---|---|---|---|---|---|---|---|---|---|")
    for row in sorted(rows, key=lambda one: one.scenarios):
        ratios = [_number(_ratio(found, row, peer)) for peer in (*COMPARED, "bare loop")]
        cost = row.cost
        cells = [
            str(row.scenarios or "–"),
            row.name,
            _number(cost.cpu if cost else None),
            _number(cost.wall if cost else None),
            _number(row.step_microseconds),
            f"{cost.megabytes:.0f}" if cost else "–",
            *ratios,
            row.note,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _ratio(found: Rows, row: Row, peer: str) -> float | None:
    base = found.cpu(peer, row.scenarios) if row.scenarios else None
    return row.cost.cpu / base if row.cost and base else None


def target_lines(found: Sequence[Target]) -> list[str]:
    lines = ["| target | at most | measured | |", "|---|---|---|---|"]
    return lines + [
        f"| {one.work} | {_number(one.limit)} {one.unit} | {_number(one.measured)} | {one.verdict} |" for one in found
    ]


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def _record(one: Target) -> dict[str, Any]:
    return {"work": one.work, "limit": one.limit, "unit": one.unit, "measured": one.measured, "met": one.met}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

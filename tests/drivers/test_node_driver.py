"""A driver in another language, in a hundred lines, certifies the same real system over HTTP."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kijun.catalog.root import shipped_root
from kijun.drivers.stdio import StdioSystem
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, prepare
from kijun.model.statement import SystemUnderTest
from kijun.reference.server import EmbeddedServer
from kijun.reporting import json_report
from kijun.reporting.run_view import RunView

FOLDER = shipped_root() / "examples" / "node-driver"


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed on this machine")
def test_the_node_driver_comes_to_the_same_statuses_as_the_driver_in_process(tmp_path: Path) -> None:
    root = shipped_root()
    assert len((FOLDER / "driver.mjs").read_text(encoding="utf-8").splitlines()) < 100
    assignment, _ = prepare(Request(root=root, system=FOLDER, select=("heavy_surcharge", "access", "search.feature")))
    with EmbeddedServer() as server:
        sut = SystemUnderTest(FOLDER, "stdio", ("node", "driver.mjs"), settings={"base_url": server.url})
        system = StdioSystem(sut)
        try:
            with Run(assignment, system, tmp_path) as run:
                Scheduler(run, 2).go()
                run.finish()
        finally:
            system.shut()
    view = RunView.read(tmp_path)
    assert json_report.render(view)
    verdicts = [case.verdict.value for case in view.report.facts.cases.values()]
    assert len(verdicts) >= 10
    assert set(verdicts) == {"pass"}

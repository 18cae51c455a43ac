"""The benchmark of the reports makes a run that can be read, and every report of it; how fast they are is no test."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path
from typing import Any

import pytest

from kijun.cli.report_command import ON_REQUEST, STANDARD
from kijun.reporting.run_view import RunView


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    return importlib.import_module("reports")


def test_the_run_is_a_finished_one_of_the_size_asked_for(reports: Any, tmp_path: Path) -> None:
    view = RunView.read(reports.write(tmp_path / "run", reports.Size(100, 200)))
    counts = view.report.counts()
    assert counts["cases"] == {"pass": 192, "fail": 2, "inconclusive": 2, "error": 2, "none": 2}
    assert len(view.report.outcomes) == 100
    assert len({one.requirement.business for one in view.report.outcomes}) == reports.BUSINESSES
    assert all(one.cases for one in view.report.outcomes)
    assert view.report.facts.finished
    assert sum(counts["all"][name] > 0 for name in counts["all"]) >= 5


def test_the_same_size_gives_the_same_run(reports: Any, tmp_path: Path) -> None:
    first, second = (reports.write(tmp_path / name, reports.Size(20, 40)) for name in ("one", "two"))
    assert (first / "run.jsonl").read_bytes() == (second / "run.jsonl").read_bytes()


def test_every_report_is_measured(reports: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    figures = list(reports.measured(reports.Size(20, 40), tmp_path))
    papers = [paper.name for paper in (*STANDARD, *ON_REQUEST.values())]
    assert [one.name for one in figures[1:-1]] == papers
    assert all(one.seconds is not None and one.megabytes > 10 for one in figures[:-1])
    assert next(one.files for one in figures if one.name == "allure-results") == 42
    assert "npm" in figures[-1].note

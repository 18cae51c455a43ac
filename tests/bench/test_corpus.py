"""The corpus that is measured is a sound one: what the bench times is work, not failure."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import runs

from kijun.catalog.root import shipped_root
from kijun.engine.lint import lint


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(shipped_root() / "bench")
    return pytest.importorskip("corpus")


@pytest.mark.parametrize("asking", [False, True])
def test_every_scenario_of_a_generated_corpus_passes(corpus: Any, tmp_path: Path, asking: bool) -> None:
    root = corpus.write_kijun(tmp_path / "root", corpus.Corpus(40, asking=asking))
    assert lint(root) == []
    view = runs.run(SimpleNamespace(root=root), corpus.Product)  # type: ignore[arg-type]  # stands in for an office: only the root is read
    assert view.report.counts()["cases"] == {"pass": 40, "fail": 0, "inconclusive": 0, "error": 0, "none": 0}
    assert view.report.claim.value == "conformant"


def test_the_step_loop_alone_is_measured(corpus: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = corpus.write_kijun(tmp_path / "root", corpus.Corpus(20))
    pytest.importorskip("work").loop(str(root), str(tmp_path / "cache"))
    assert json.loads(capsys.readouterr().out)["seconds"] > 0


def test_a_run_asks_the_loopback_system(corpus: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = corpus.write_kijun(tmp_path / "root", corpus.Corpus(20, asking=True))
    with pytest.importorskip("loopback").running(0.0) as port:
        pytest.importorskip("work").http(str(root), str(tmp_path / "cache"), str(tmp_path / "run"), str(port), "2")
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["cases"] == 20

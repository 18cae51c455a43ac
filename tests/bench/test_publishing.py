"""The benchmark of publishing makes a whole specification and hands the others the same rows; how fast is no test."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from kijun.publishing import site
from kijun.publishing.traces import traces


@pytest.fixture
def publishing(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    return importlib.import_module("publishing")


def test_every_row_has_a_number_of_its_own_and_a_page(publishing: Any) -> None:
    spec = publishing.gathered([*publishing.rows_of(1000)])
    assert len(spec.known) == 1000
    assert len(spec.businesses) == publishing.BUSINESSES
    assert all(len(row.scenarios) == 1 for row in spec.rows)
    graph = traces(spec)
    assert graph.dangling == ()
    pages = b"".join(content for name, content in site.render(spec, graph).items() if name.startswith("functions-"))
    assert pages.count(b'<article class="requirement"') == 1000
    assert pages.count(b'<section class="scenario"') == 1000


def test_every_paper_holds_the_rows(publishing: Any, capsys: pytest.CaptureFixture[str]) -> None:
    publishing.papers(40)
    told = capsys.readouterr().out
    assert [line.partition(":")[0] for line in told.splitlines() if " files, " in line] == [
        "xlsx",
        "reqif",
        "docx",
        "pdf",
    ]


def test_the_others_are_given_every_row(publishing: Any, tmp_path: Path) -> None:
    rows = [*publishing.rows_of(100)]
    for name, write in (("*.sdoc", publishing.strictdoc_source), ("*.rst", publishing.sphinx_source)):
        write(rows, tmp_path)
        text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob(name))
        assert all(f"{one['id']}\n" in text and one["text"] in text for one in rows)

"""The benchmark of procurement makes bidders that differ, and papers of them; how fast they are is no test."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from kijun.catalog.root import shipped_root
from kijun.catalog.scoring_reader import read_rules, room
from kijun.procurement.comparison import Kind, compare
from kijun.procurement.scoring import score


@pytest.fixture
def procurement(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    return importlib.import_module("procurement")


def test_the_three_bidders_are_who_they_are_called(procurement: Any) -> None:
    rules = read_rules(room(shipped_root()) / "shares.yaml")
    tender = procurement.tender(200, rules)
    found = score(tender, rules)
    honest, claims_everything, house_codes = found.bids
    assert not honest.out
    assert not claims_everything.out
    assert len(house_codes.out) > 10
    comparison = compare(tender, {})
    assert len(comparison.rows) == 200
    prohibited = [row for row in comparison.of(Kind.UNDECIDED) if row.obligation.value == "prohibited"]
    assert len(prohibited) == 40  # all of them, since the second claims even these


def test_it_writes_every_paper(
    procurement: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(procurement, "ROWS", 30)
    procurement.main([str(tmp_path)])
    names = ["assembly.pdf", "comparison.html", "comparison.xlsx", "score.json", "score.xlsx"]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert "MB at most" in capsys.readouterr().out

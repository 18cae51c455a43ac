"""The benchmark of the transports reaches every one of them; how fast they are is no test."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest


def test_every_transport_is_measured_at_three_heights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "bench"))
    rows = list(importlib.import_module("transports").measured(20))
    names = [row.name.split(",")[0] for row in rows]
    expected = ["in process", "stdio", "HTTP keep-alive", "HTTP keep-alive"]
    assert names == (expected if shutil.which("node") else [expected[0], *expected[2:]])
    assert all(min(row.bare, row.driver, row.harness) > 0 for row in rows)

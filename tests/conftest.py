"""Fixtures that every room of the tests shares."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command_line import over_stdio
from miniature import Miniature


@pytest.fixture
def mini(tmp_path: Path) -> Miniature:
    """A miniature standard in a path with Japanese and a space, as on a municipal file server."""
    root = tmp_path / "税務課 共有"
    root.mkdir()
    return Miniature(root)


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    """The miniature standard with a vendor's folder that is reached over stdio."""
    over_stdio(mini, "honest")
    return mini


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A Chromium without a window; what needs one is skipped where none is installed."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pages are tested in a browser driven by playwright")
    found = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()

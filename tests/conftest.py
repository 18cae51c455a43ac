"""Fixtures that every room of the tests shares."""

from __future__ import annotations

from pathlib import Path

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

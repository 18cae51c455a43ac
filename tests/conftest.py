"""Fixtures that every room of the tests shares."""

from __future__ import annotations

from pathlib import Path

import pytest
from miniature import Miniature


@pytest.fixture
def mini(tmp_path: Path) -> Miniature:
    """A miniature standard in a path with Japanese and a space, as on a municipal file server."""
    root = tmp_path / "税務課 共有"
    root.mkdir()
    return Miniature(root)

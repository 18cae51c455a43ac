"""Fixtures that every room of the tests shares."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from miniature import Miniature


@pytest.fixture
def mini(tmp_path: Path) -> Miniature:
    """A miniature standard in a path with Japanese and a space, as on a municipal file server."""
    root = tmp_path / "税務課 共有"
    root.mkdir()
    return Miniature(root)

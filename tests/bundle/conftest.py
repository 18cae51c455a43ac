"""A vendor's desk, and a key made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from bundles import Desk, desk
from miniature import Miniature

from kijun.bundle.keys import new_key


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("鍵")
    new_key(folder)
    return folder


@pytest.fixture
def vendor(mini: Miniature, keys: Path) -> Desk:
    return desk(mini, keys)

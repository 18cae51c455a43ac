"""Packages that make things faster or stricter when they are installed, and are not missed otherwise."""

from __future__ import annotations

import importlib
from typing import Any


def optional(name: str) -> Any:
    """The module, or None when it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None

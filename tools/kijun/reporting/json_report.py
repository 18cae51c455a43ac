"""The canonical report: JSON, sorted, checked against its own schema before it leaves."""

from __future__ import annotations

import json
from typing import Any

from kijun.catalog.schemas import json_path, schema
from kijun.reporting.run_view import RunView


def render(view: RunView) -> bytes:
    """report.json. Equal runs give equal bytes, whatever the clock, the seed and the number of workers."""
    record = view.report.as_record()
    for path, message in schema("report").errors(record):
        raise AssertionError(f"report {json_path(path)}: {message}")
    return as_bytes(record)


def as_bytes(record: dict[str, Any]) -> bytes:
    """JSON as every report writes it: sorted, one space of indentation, UTF-8, a line feed at the end."""
    return (json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()

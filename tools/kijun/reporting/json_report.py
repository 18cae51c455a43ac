"""The canonical report: JSON, sorted, checked against its own schema before it leaves."""

from __future__ import annotations

import io
import json
from itertools import islice
from typing import Any

from kijun.catalog.schemas import json_path, schema
from kijun.reporting.run_view import RunView

_BATCH = 100_000  # pieces of a text held at once: all of them take twelve times the file


def render(view: RunView) -> bytes:
    """report.json. Equal runs give equal bytes, whatever the clock, the seed and the number of workers."""
    record = view.report.as_record()
    for path, message in schema("report").errors(record):
        raise AssertionError(f"report {json_path(path)}: {message}")
    return as_bytes(record)


def as_bytes(record: dict[str, Any]) -> bytes:
    """JSON as every report writes it: sorted, one space of indentation, UTF-8, a line feed at the end."""
    chunks = json.JSONEncoder(ensure_ascii=False, indent=1, sort_keys=True).iterencode(record)
    content = io.BytesIO()
    while part := "".join(islice(chunks, _BATCH)):
        content.write(part.encode())
    content.write(b"\n")
    return content.getvalue()

"""Writes YAML that every reader understands alike: keys plain, values in quotes, a row a block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_WIDE = 80  # letters of a line


def as_yaml(content: dict[str, Any]) -> bytes:
    return ("\n".join(_lines(content)) + "\n").encode()


def _lines(content: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, value in content.items():
        if isinstance(value, dict) and not _is_small(value):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{indent}{key}:"
            for entry in value:
                first, *rest = _lines(entry, indent + "    ")
                yield f"{indent}  - {first.strip()}"
                yield from rest
        elif isinstance(value, list) and sum(len(str(one)) for one in value) > _WIDE:
            yield f"{indent}{key}:"
            yield from (f"{indent}  - {_flow(one)}" for one in value)
        else:
            yield f"{indent}{key}: {_flow(value)}"


def _is_small(value: dict[str, Any]) -> bool:
    return all(isinstance(one, str) for one in value.values()) and sum(map(len, value.values())) < _WIDE


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value, ensure_ascii=False)

"""Values that depend on the seed of the run, so that an answer learnt by heart is found out."""

from __future__ import annotations

import hashlib
import re

_DIGITS = re.compile(r"\{digits:(\d+)\}")


def synthesize(template: str, *parts: str) -> str:
    """Fill every {digits:N} of a glossary template with N digits drawn from the parts (seed, scenario, …)."""
    stream = str(int.from_bytes(hashlib.sha256("\x1f".join(parts).encode()).digest(), "big"))
    position = 0

    def draw(found: re.Match[str]) -> str:
        nonlocal position
        width = int(found[1])
        position += width
        return stream[position - width : position]

    return _DIGITS.sub(draw, template)

"""Values that depend on the seed of the run, so that an answer learnt by heart is found out."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from kijun.model.glossary import FieldUse, Glossary, Operation
from kijun.model.profile import Profile

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


def example_input(operation: Operation, glossary: Glossary, profile: Profile, seed: str) -> dict[str, Any]:
    """A well-formed input that means nobody: numbers that were never given, names that are plainly fictional."""
    return {use.word: _example(use, glossary, profile, seed) for use in operation.input if not use.optional}


def _example(use: FieldUse, glossary: Glossary, profile: Profile, seed: str) -> Any:
    word, day = glossary.word_of(use.word), profile.as_of
    if use.default is not None:
        return day.isoformat() if use.default == "as_of" else use.default
    if word.synthetic:
        return synthesize(word.synthetic, seed, "example", word.key)
    examples: dict[str, Any] = {
        "text": "架空",
        "identifier": synthesize("0{digits:9}", seed, "example", word.key),
        "yen": 0,
        "count": 0,
        "flag": False,
        "date": day.isoformat(),
        "year_month": f"{day:%Y-%m}",
        "fiscal_year": day.year - (day.month < 4),
        "code": next(iter(word.codes.values()), ""),
        "role": glossary.roles[0].key if glossary.roles else "operator",
        "operation": glossary.operations[0].key,
        "list": [],
        "document": {},
    }
    return examples[word.type]

"""The words of the standard: what a value is called, of which type it is, and what its codes mean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Word:
    """One item of data. Types are those of the glossary: yen, date, code, identifier and so on."""

    label: str
    type: str
    codes: Mapping[str, str] = field(default_factory=dict)  # code → what a clerk calls it
    same_as: str = ""  # the identifier that this one is another use of


@cache
def known() -> Mapping[str, Word]:
    """Key → word, of every business, as tools/write_labels.py has copied them."""
    told = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
    return {key: Word(**one) for key, one in told.items()}


def type_of(key: str) -> str:
    """The type of a word; empty for a key that is none."""
    return known()[key].type if key in known() else ""

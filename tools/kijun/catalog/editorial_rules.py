"""Reads requirements/lint/editorial.yaml: the words and weights by which the text of the tables is graded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import CatalogError


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What all findings of a kind share; `weight` is what one costs a row, of 100 points."""

    key: str
    label: str
    weight: int
    why: str
    suggestion: str


@dataclass(frozen=True, slots=True)
class DoubtfulWord:
    """A word that is marked wherever it stands, longer words that contain it (`not_in`) excepted."""

    word: str
    kind: str
    not_in: tuple[str, ...] = ()
    why: str = ""  # instead of that of the kind
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class EditorialRules:
    """Everything the editorial lint knows of words; nothing of it decides a verdict."""

    kinds: Mapping[str, FindingKind]
    words: tuple[DoubtfulWord, ...]
    placeholders: frozenset[str]
    together: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (first verbs, then verbs) that make one claim
    terms: frozenset[str]


def read_editorial_rules(root: Path) -> EditorialRules:
    """The rules of a root; a root without its own uses the shipped ones. Raises CatalogError with every problem."""
    place = Path("requirements", "lint", "editorial.yaml")
    own = root / place
    file = read_yaml(own if own.exists() else shipped_root() / place)
    problems = file.problems or schema_problems("editorial", file)
    if problems:
        raise CatalogError(problems)
    data: dict[str, Any] = file.data
    return EditorialRules(
        kinds={key: FindingKind(key, **entry) for key, entry in data["kinds"].items()},
        words=tuple(DoubtfulWord(**{**entry, "not_in": tuple(entry.get("not_in", ()))}) for entry in data["words"]),
        placeholders=frozenset(data["placeholders"]),
        together=tuple((tuple(entry["first"]), tuple(entry["then"])) for entry in data["together"]),
        terms=frozenset(data["terms"]),
    )

"""One remark of an editor on one row, and the nouns that all checks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kijun.model.errors import Position
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement


@dataclass(frozen=True, slots=True)
class Remark:
    """What one check says of a row; the kind tells why it matters unless the remark does."""

    kind: str
    told: str
    marked: tuple[str, ...] = ()  # words as they stand in the text
    others: tuple[str, ...] = ()  # numbers of other rows that are concerned
    why: str = ""
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A remark with its place; `requirement` is empty for what belongs to no row."""

    at: Position
    business: str
    requirement: str
    text: str
    kind: str
    label: str
    told: str
    marked: tuple[str, ...]
    others: tuple[str, ...]
    why: str
    suggestion: str


def common_classes(one: Requirement, other: Requirement) -> Iterator[tuple[MunicipalityClass, Obligation, Obligation]]:
    """Groups for which both rows ask something on the same day, with what each asks."""
    if not _share_a_day(one, other):
        return
    for kind in MunicipalityClass:
        ours, theirs = one.category[kind], other.category[kind]
        if Obligation.NONE not in (ours, theirs):
            yield kind, ours, theirs


def is_asked(one: Requirement, *obligations: Obligation) -> bool:
    """Whether the row has one of the obligations for any group."""
    return any(value in obligations for value in one.category.values())


def class_names(kinds: Iterable[MunicipalityClass]) -> str:
    return "、".join(kind.label for kind in kinds)


def _share_a_day(one: Requirement, other: Requirement) -> bool:
    start = max(one.effective_from, other.effective_from)
    return all(end is None or start <= end for end in (one.effective_to, other.effective_to))

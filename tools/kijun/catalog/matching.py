"""Which rows of two editions belong together though their numbers differ: as declared, else as their words suggest."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kijun.model.edition import Edition
from kijun.model.requirement import Requirement

Rows = tuple[Requirement, ...]
ById = Mapping[str, Requirement]

_ALIKE = 0.7  # of the words of both rows together: the same row in other words
_OWN = 0.6  # of the words of a part: it comes from the whole
_TOLD = 0.7  # of the words of the whole: its parts tell it
_SHARE = 0.15  # of the words of the whole: what a part must add to the other parts
_CLUE, _RARE, _COMMON = 4, 12, 40  # letters of a clue; how many of its rarest a row is found by; rows that have one


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the old edition that became rows of the new one; either side may have several."""

    old: Rows
    new: Rows
    is_guess: bool = False


def declared(old: Edition, new: Edition) -> list[Group]:
    """Groups that the tables themselves tell, by `supersedes` of a row and `superseded_by` of a retired number."""
    before, after = old.requirements, new.requirements
    sets = _Sets()
    for source, target in _edges(new):
        if source in before and target in after and (source not in after or target not in before):
            sets.join(("old", source), ("new", target))
    for _, one in list(sets.members()):
        if one in before and one in after:
            sets.join(("old", one), ("new", one))
    return [
        Group(
            tuple(before[one] for side, one in members if side == "old"),
            tuple(after[one] for side, one in members if side == "new"),
        )
        for members in sets.groups()
    ]


def _edges(new: Edition) -> Iterator[tuple[str, str]]:
    for table in new.tables:
        for one in table.requirements:
            yield from ((source, one.id) for source in one.row.get("supersedes", ()))
        for one_id, row in table.retired.items():
            yield from ((one_id, target) for target in row.get("superseded_by", ()))


@dataclass
class _Sets:
    """Members joined into sets."""

    parent: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)

    def root(self, one: tuple[str, str]) -> tuple[str, str]:
        while (above := self.parent.setdefault(one, one)) != one:
            one = above
        return one

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        self.parent[self.root(one)] = self.root(other)

    def members(self) -> Iterable[tuple[str, str]]:
        return self.parent

    def groups(self) -> list[list[tuple[str, str]]]:
        found = defaultdict(list)
        for one in self.parent:
            found[self.root(one)].append(one)
        return [sorted(members) for members in found.values()]


def guessed(removed: ById, added: ById) -> Iterator[Group]:
    """Groups among the rows of one business that nothing declares: same text, then parts of a whole, then likeness."""
    left, right = dict(removed), dict(added)
    for old, new in [*_same_text(left, right)]:
        yield Group((left.pop(old),), (right.pop(new),), is_guess=True)
    words = _Words([*left.values(), *right.values()])
    for whole, parts in _divided(words, left, right):
        yield Group((left.pop(whole),), tuple(right.pop(one) for one in parts), is_guess=True)
    for whole, parts in _divided(words, right, left):
        yield Group(tuple(left.pop(one) for one in parts), (right.pop(whole),), is_guess=True)
    for old, new in _alike(words, left, right):
        yield Group((left.pop(old),), (right.pop(new),), is_guess=True)


def _same_text(left: ById, right: ById) -> Iterator[tuple[str, str]]:
    """Rows whose text is the same but for widths and spaces, those of the same function before the others."""
    open_left, open_right = dict(left), dict(right)
    for key in (lambda one: (plain(one.text), one.name), lambda one: plain(one.text)):
        found = defaultdict[Any, deque[str]](deque)
        for one in open_right.values():
            found[key(one)].append(one.id)
        for one in [*open_left.values()]:
            if candidates := found[key(one)]:
                yield open_left.pop(one.id).id, open_right.pop(candidates.popleft()).id


def _divided(words: _Words, wholes: ById, parts: ById) -> list[tuple[str, list[str]]]:
    """Rows whose words are found again in two or more rows of the other side, each telling something of its own."""
    index, taken = words.index(parts), set[str]()
    order = {one: place for place, one in enumerate(parts)}
    found = []
    for whole in wholes:
        near = [
            one
            for one in words.near(whole, index)
            if one not in taken and words.shared(whole, one) >= _OWN * words.weight(one)
        ]
        chosen = words.cover(whole, near)
        if len(chosen) > 1:
            taken.update(chosen)
            found.append((whole, sorted(chosen, key=order.__getitem__)))
    return found


def _alike(words: _Words, left: ById, right: ById) -> list[tuple[str, str]]:
    """Pairs of rows in nearly the same words, the most alike first; a row is in one pair at most."""
    index = words.index(right)
    scored = [(words.likeness(one, other), one, other) for one in left for other in words.near(one, index)]
    pairs, taken = dict[str, str](), set[str]()
    for score, one, other in sorted(scored, key=lambda entry: (-entry[0], entry[1], entry[2])):
        if score >= _ALIKE and one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return list(pairs.items())


def plain(text: str) -> str:
    """The text without what nobody reads: widths of letters and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


class _Words:
    """Pairs of neighbouring letters of each row, a rare pair weighing more than a common one."""

    def __init__(self, rows: Sequence[Requirement]) -> None:
        texts = {one.id: plain(one.text) for one in rows}
        self._clues = {one: _pieces(text, _CLUE) for one, text in texts.items()}
        self._pairs = {one: _pieces(text, 2) for one, text in texts.items()}
        counts = Counter(pair for pairs in self._pairs.values() for pair in pairs)
        self._weights = {pair: math.log1p(len(rows) / count) for pair, count in counts.items()}
        self._sums = {one: self._sum(pairs) for one, pairs in self._pairs.items()}

    def index(self, rows: Iterable[str]) -> dict[str, list[str]]:
        """Rows by the longer pieces of their texts."""
        found = defaultdict(list)
        for one in rows:
            for clue in self._clues[one]:
                found[clue].append(one)
        return found

    def near(self, one: str, index: Mapping[str, list[str]]) -> list[str]:
        """Rows that share some rare longer piece: the only ones worth a closer look."""
        rarest = sorted((len(index[clue]), clue) for clue in self._clues[one] if clue in index)
        return list(dict.fromkeys(other for count, clue in rarest[:_RARE] if count <= _COMMON for other in index[clue]))

    def weight(self, one: str) -> float:
        return self._sums[one]

    def shared(self, one: str, other: str) -> float:
        return self._sum(self._pairs[one] & self._pairs[other])

    def likeness(self, one: str, other: str) -> float:
        """0 for nothing in common, 1 for the same pairs (Sørensen–Dice, weighted)."""
        return 2 * self.shared(one, other) / ((self.weight(one) + self.weight(other)) or 1)

    def cover(self, whole: str, parts: Sequence[str]) -> list[str]:
        """Parts that together tell most of the whole, each a share of its own; empty when they do not."""
        left, chosen = set(self._pairs[whole]), list[str]()
        while rest := [one for one in parts if one not in chosen]:
            best = max(rest, key=lambda one: self._sum(left & self._pairs[one]))
            if self._sum(left & self._pairs[best]) < _SHARE * self.weight(whole):
                break
            left -= self._pairs[best]
            chosen.append(best)
        return chosen if self._sum(left) <= (1 - _TOLD) * self.weight(whole) else []

    def _sum(self, pairs: Iterable[str]) -> float:
        return math.fsum(self._weights[pair] for pair in pairs)  # the same in whatever order a set gives them


def _pieces(text: str, length: int) -> frozenset[str]:
    return frozenset(text[index : index + length] for index in range(max(len(text) - length + 1, 1)))

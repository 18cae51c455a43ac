"""What became of every requirement between two editions, and whether a product is held to something else now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kijun.catalog.matching import Group, declared, guessed
from kijun.model.edition import Edition
from kijun.model.errors import UsageError
from kijun.model.requirement import NORMATIVE, Requirement, RequirementTable

PLACE = ("major", "middle", "name")
# what is compared, in the order in which it is shown; `history` tells of changes and is none itself
CELLS = (
    *PLACE,
    *NORMATIVE,
    "category_source",
    "official_ids",
    "documents",
    "legal_basis",
    "rationale",
    "incidents",
)


class Kind(StrEnum):
    """What happened to a requirement."""

    SAME = "same"
    CHANGED = "changed"
    MOVED = "moved"
    ADDED = "added"
    REMOVED = "removed"
    RENUMBERED = "renumbered"
    REPLACED = "replaced"
    SPLIT = "split"
    MERGED = "merged"
    REGROUPED = "regrouped"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.SAME: "変わらない",
    Kind.CHANGED: "改正",
    Kind.MOVED: "移動",
    Kind.ADDED: "新設",
    Kind.REMOVED: "削除",
    Kind.RENUMBERED: "番号の変更",
    Kind.REPLACED: "置換え",
    Kind.SPLIT: "分割",
    Kind.MERGED: "統合",
    Kind.REGROUPED: "再編",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Old rows and the new rows that they became; one row each, but for splits and merges."""

    kind: Kind
    old: tuple[Requirement, ...]
    new: tuple[Requirement, ...]
    is_guess: bool = False  # nobody declared that these rows belong together

    @property
    def business(self) -> str:
        return (self.new or self.old)[0].business

    @property
    def ids(self) -> tuple[str, ...]:
        """Every number concerned, each once, the new ones first."""
        return tuple(dict.fromkeys(one.id for one in (*self.new, *self.old)))

    @property
    def pair(self) -> tuple[Requirement, Requirement] | None:
        """New and old row, when there is exactly one of each."""
        return (self.new[0], self.old[0]) if len(self.new) == len(self.old) == 1 else None

    @property
    def cells(self) -> tuple[str, ...]:
        """Names of the cells that differ within a pair."""
        return _differing(*self.pair) if self.pair else ()

    @property
    def is_moved(self) -> bool:
        return any(name in self.cells for name in PLACE)

    @property
    def has_effect(self) -> bool:
        """Whether a product may be held to something else: what no pair shows is taken to have an effect."""
        return self.kind is not Kind.SAME and (self.pair is None or any(name in self.cells for name in NORMATIVE))


def _differing(new: Requirement, old: Requirement) -> tuple[str, ...]:
    return tuple(name for name in CELLS if (new.row.get(name) or None) != (old.row.get(name) or None))


@dataclass(frozen=True)
class Comparison:
    """Every row of both editions, once; in the order of the new tables, removed rows where they stood."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]

    @property
    def counts(self) -> Mapping[Kind, int]:
        found = Counter(one.kind for one in self.changes)
        return {kind: found[kind] for kind in Kind}

    def reasons(self, change: Change) -> tuple[str, ...]:
        """Why, as far as the tables say: the latest word of a row's history, and of a number's retirement."""
        known = [entry for one in change.old for entry in one.row["history"]]
        latest = [one.row["history"][-1] for one in change.new if one.row["history"]]
        told = [entry.get("summary", "") for entry in latest if entry not in known]
        gone = [table.retired[one.id] for table in self.new.tables for one in change.old if one.id in table.retired]
        return tuple(filter(None, dict.fromkeys([*told, *(row["because"] for row in gone)])))

    def of(self, business: str) -> tuple[Change, ...]:
        return tuple(one for one in self.changes if one.business == business)

    @property
    def businesses(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.new.businesses, *self.old.businesses)))


def compare(old: Edition, new: Edition) -> Comparison:
    """Compare two editions. Raises UsageError when they have no business in common."""
    if not set(old.businesses) & set(new.businesses):
        told = "、".join(f"{one.label}は {'・'.join(one.businesses) or 'なし'}" for one in (old, new))
        raise UsageError(f"二つの版に共通の業務がないため、比べられません（{told}）。")
    before, after = old.requirements, new.requirements
    groups = declared(old, new)
    told_old = {one.id for group in groups for one in group.old}
    told_new = {one.id for group in groups for one in group.new}
    removed = {one: row for one, row in before.items() if one not in after and one not in told_old}
    added = {one: row for one, row in after.items() if one not in before and one not in told_new}
    for business in old.businesses:
        groups += guessed(_rows_of(business, removed), _rows_of(business, added))
    return Comparison(old, new, tuple(_in_order(old, new, [_grouped(one) for one in groups])))


def _rows_of(business: str, rows: Mapping[str, Requirement]) -> dict[str, Requirement]:
    return {one: row for one, row in rows.items() if row.business == business}


def _grouped(group: Group) -> Change:
    if len(group.old) > 1:
        kind = Kind.MERGED if len(group.new) == 1 else Kind.REGROUPED
    elif len(group.new) > 1:
        kind = Kind.SPLIT
    else:
        kind = Kind.RENUMBERED if group.old[0].text == group.new[0].text else Kind.REPLACED
    return Change(kind, group.old, group.new, group.is_guess)


def _kept(new: Requirement, old: Requirement) -> Change:
    cells = _differing(new, old)
    if not cells:
        return Change(Kind.SAME, (old,), (new,))
    return Change(Kind.MOVED if set(cells) <= set(PLACE) else Kind.CHANGED, (old,), (new,))


def _in_order(old: Edition, new: Edition, grouped: Iterable[Change]) -> Iterator[Change]:
    before, after = old.requirements, new.requirements
    group_of = {one: change for change in grouped for one in change.ids}
    done: set[int] = set()
    for business in dict.fromkeys((*new.businesses, *old.businesses)):
        for one in _ids(new.table(business), old.table(business), after):
            change = group_of.get(one)
            if change is None:
                yield _alone(one, before, after)
            elif id(change) not in done:
                done.add(id(change))
                yield change


def _alone(one: str, before: Mapping[str, Requirement], after: Mapping[str, Requirement]) -> Change:
    """What became of a number that is in no group."""
    if one in before and one in after:
        return _kept(after[one], before[one])
    return Change(Kind.ADDED, (), (after[one],)) if one in after else Change(Kind.REMOVED, (before[one],), ())


def _ids(new: RequirementTable | None, old: RequirementTable | None, after: Container[str]) -> Iterator[str]:
    """Numbers in the order of the new table; what is gone follows the row before it in the old table."""
    ours = [one.id for one in new.requirements] if new else []
    known, anchor, followers = set(ours), "", dict[str, list[str]]()
    for one in old.requirements if old else ():
        if one.id in known:
            anchor = one.id
        elif one.id not in after:
            followers.setdefault(anchor, []).append(one.id)
    for mine in ("", *ours):
        yield from [mine] if mine else []
        yield from followers.get(mine, [])

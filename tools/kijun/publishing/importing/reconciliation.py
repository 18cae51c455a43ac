"""An official table beside ours: which rows belong together, and in what they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kijun.catalog.matching import guessed
from kijun.model.errors import Position
from kijun.model.requirement import Method, MunicipalityClass, Requirement, RequirementTable
from kijun.publishing.importing.rows import ImportedRow


class State(StrEnum):
    """What became of a row."""

    EQUAL = "equal"
    DIFFERING = "differing"
    ONLY_THEIRS = "only_theirs"
    ONLY_OURS = "only_ours"
    DELETED = "deleted"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.EQUAL: "一致",
    State.DIFFERING: "相違",
    State.ONLY_THEIRS: "本表にない",
    State.ONLY_OURS: "ブックにない",
    State.DELETED: "ブックで削除",
}
_NO_DAY = date.min
MATCHES = {"our_number": "本表の要件番号", "official_id": "機能ID", "words": "文の近さ（推定）", "": ""}


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that differs; `cell` is its address in the book."""

    name: str
    label: str
    theirs: str
    ours: str
    cell: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """Rows that belong together, at least one on one side."""

    state: State
    business: str
    theirs: tuple[ImportedRow, ...]
    ours: tuple[Requirement, ...]
    matched_by: str
    differences: tuple[Difference, ...] = ()


def reconcile(rows: Sequence[ImportedRow], tables: Iterable[RequirementTable]) -> tuple[Pairing, ...]:
    """All rows of the book in its order, then ours that it lacks, business by business.

    Only tables of businesses that the book knows are looked at.
    """
    by_slug = {table.business: table for table in tables}
    found: list[Pairing] = []
    for business in dict.fromkeys(row.business for row in rows):
        table = by_slug.get(business)
        theirs = [row for row in rows if row.business == business]
        found += _business(business, theirs, table.requirements if table else ())
    return tuple(found)


Rows = dict[int, ImportedRow]  # rows of the book by their order, those that belong to nothing yet
Group = tuple[tuple[int, ...], tuple[Requirement, ...], str]


def _business(business: str, rows: Sequence[ImportedRow], ours: Sequence[Requirement]) -> Iterator[Pairing]:
    groups = sorted(_groups(rows, ours), key=lambda entry: entry[0])
    taken = {one.id for _, group, _ in groups for one in group}
    for places, group, matched_by in groups:
        theirs = tuple(rows[place] for place in places)
        differences = tuple(_differences(theirs, group))
        if all(row.is_deleted for row in theirs):
            state = State.DELETED
        elif not group:
            state = State.ONLY_THEIRS
        else:
            state = State.DIFFERING if differences else State.EQUAL
        yield Pairing(state, business, theirs, group, matched_by, differences)
    for one in ours:
        if one.id not in taken:
            yield Pairing(State.ONLY_OURS, business, (), (one,), "")


def _groups(rows: Sequence[ImportedRow], ours: Sequence[Requirement]) -> list[Group]:
    """By our number, then by official number, then by words; a row of the book is in one group, and so is ours."""
    left, right = dict(enumerate(rows)), {one.id: one for one in ours}
    groups = [*_by_our_number(left, right), *_by_official(left, right), *_by_words(left, right)]
    return groups + [((place,), (), "") for place in left]


def _by_our_number(left: Rows, right: dict[str, Requirement]) -> Iterator[Group]:
    for place, row in [*left.items()]:
        if row.ours in right:
            del left[place]
            yield (place,), (right.pop(row.ours),), "our_number"


def _by_official(left: Rows, right: dict[str, Requirement]) -> Iterator[Group]:
    """Rows joined by the official numbers they share; several rows may bear the same one."""
    ours, theirs = defaultdict[str, list[Requirement]](list), defaultdict[str, list[int]](list)
    for one in right.values():
        for number in one.row["official_ids"]:
            ours[number].append(one)
    for place, row in left.items():
        for number in row.official_ids:
            theirs[number].append(place)
    for number, places in theirs.items():
        group = [one for one in ours[number] if one.id in right]
        members = [place for place in places if place in left]
        if group and members:
            for one in group:
                del right[one.id]
            for place in members:
                del left[place]
            yield from ((*pair, "official_id") for pair in _paired(members, group))


def _paired(
    places: Sequence[int], ours: Sequence[Requirement]
) -> Iterator[tuple[tuple[int, ...], tuple[Requirement, ...]]]:
    """Under one number: one by one when there are as many on either side, in their order, else all together."""
    if len(places) == len(ours):
        yield from (((place,), (one,)) for place, one in zip(places, ours, strict=True))
    else:
        yield tuple(places), tuple(ours)


def _by_words(left: Rows, right: dict[str, Requirement]) -> Iterator[Group]:
    theirs = {str(place): _as_requirement(str(place), row) for place, row in left.items() if row.text}
    for group in [*guessed(theirs, right)]:
        places = tuple(int(one.id) for one in group.old)
        for place in places:
            del left[place]
        for one in group.new:
            del right[one.id]
        yield places, group.new, "words"


def _as_requirement(key: str, row: ImportedRow) -> Requirement:
    """What matching by words looks at."""
    return Requirement(
        id=key,
        business=row.business,
        text=row.text,
        category=row.category,
        category_source=row.certainty,
        effective_from=row.effective_from or _NO_DAY,
        effective_to=row.effective_to,
        method=Method.NOT_TESTABLE,
        row=row.place,
        at=Position.of(row.at),
    )


def _differences(rows: Sequence[ImportedRow], ours: Sequence[Requirement]) -> Iterator[Difference]:
    if not rows or not ours:
        return
    if len(rows) != 1 or len(ours) != 1:
        told = (f"{len(rows)} 行", f"{len(ours)} 行")
        yield Difference("rows", "行の数", *told, "、".join(row.at for row in rows))
        return
    row, one = rows[0], ours[0]
    yield from _place(row, one)
    if row.official_ids or "official_id" in row.cells:
        yield from _difference(
            row, "official_id", "機能ID", "、".join(row.official_ids), "、".join(one.row["official_ids"])
        )
    for kind in MunicipalityClass:
        if kind.value in row.cells:
            theirs, own = row.category[kind], one.category[kind]
            yield from _difference(row, kind.value, f"実装区分（{kind.label}）", theirs.label, own.label)
    if row.effective_from is not None:
        theirs_day, our_day = _days(row.effective_from, row.effective_to), _days(one.effective_from, one.effective_to)
        yield from _difference(row, "effective", "適合基準日", theirs_day, our_day)


def _place(row: ImportedRow, one: Requirement) -> Iterator[Difference]:
    labels: Mapping[str, str] = {"major": "大項目", "middle": "中項目", "name": "機能名称"}
    for name, label in labels.items():
        if name in row.cells:
            yield from _difference(row, name, label, row.place[name], str(one.row[name]))


def _difference(row: ImportedRow, name: str, label: str, theirs: str, ours: str) -> Iterator[Difference]:
    if theirs != ours:
        yield Difference(name, label, theirs, ours, row.cells[name])


def _days(start: object, end: object) -> str:
    return f"{start} から {end} まで" if end else f"{start} から"

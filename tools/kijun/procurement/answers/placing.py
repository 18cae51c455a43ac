"""Which requirement a row of an answer book answers: by its number, else as confirmed, and never by guess alone."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kijun.catalog.answer_mapping import RowReading
from kijun.catalog.matching import guessed, plain
from kijun.model.errors import Position
from kijun.model.requirement import Method, Requirement, RequirementTable
from kijun.procurement.answers.tables import Row

_OURS = re.compile(r"(?<![0-9])[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]{2}(?![0-9])")
_OFFICIAL = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_NUMBERS = ("ours", "official_id", "number")
_OFFICIAL_DIGITS = 7
SEEN = 40  # letters by which a row is recognised


@dataclass(frozen=True, slots=True)
class Placed:
    """The requirement of a row, or why there is none."""

    requirement: Requirement | None
    because: str = ""


class Index:
    """Requirements by what a row may call them."""

    def __init__(self, tables: Iterable[RequirementTable]) -> None:
        tables = tuple(tables)
        self.editions = {table.business: table.edition for table in tables}
        self.by_id = {one.id: one for table in tables for one in table.requirements}
        self._official = defaultdict[str, list[Requirement]](list)
        self._texts = defaultdict[str, list[Requirement]](list)
        for one in self.by_id.values():
            self._texts[plain(one.text)].append(one)
            for number in one.row["official_ids"]:
                self._official[number].append(one)

    def by_number(self, row: Row) -> Placed:
        """The requirement that a row's numbers name, by our own number before an official one."""
        written = [_narrow(row.text(name)) for name in _NUMBERS]
        ours = _found(_OURS, written)
        known = [self.by_id[one] for one in ours if one in self.by_id]
        if len(known) == 1 and len(ours) == 1:
            return Placed(known[0])
        if len(ours) > 1:
            return Placed(None, f"一つの行に番号が {len(ours)} 個あります（{'、'.join(ours)}）。")
        if ours:
            return Placed(None, f"要件番号 {ours[0]} は要件表にありません。")
        official = _found(_OFFICIAL, written)
        official += [f"0{one}" for one in _short(row)]
        found = {one.id: one for number in official for one in self._official[number]}
        if len(found) == 1:
            return Placed(next(iter(found.values())))
        if len(found) > 1:
            return Placed(*self._by_text_among(list(found.values()), row, official))
        return Placed(None, f"機能ID {'、'.join(official)} は要件表にありません。" if official else "")

    def _by_text_among(
        self, many: Sequence[Requirement], row: Row, official: Sequence[str]
    ) -> tuple[Requirement | None, str]:
        same = [one for one in many if plain(one.text) == plain(row.text("text"))]
        if len(same) == 1:
            return same[0], ""
        return None, f"機能ID {'、'.join(official)} の要件が {len(many)} 件あり、文からも一つに決まりません。"

    def by_text(self, row: Row) -> list[Requirement]:
        return self._texts.get(plain(row.text("text")), []) if row.text("text") else []


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("‐", "-").replace("−", "-")


def _found(form: re.Pattern[str], written: Sequence[str]) -> list[str]:
    """Numbers as they stand; a number that only white space breaks where there is none."""
    whole = [number for text in written for number in form.findall(text)]
    joined = [number for text in written for number in form.findall("".join(text.split()))]
    return list(dict.fromkeys(whole or joined))


def _short(row: Row) -> list[str]:
    """An official number that a sheet holds as a number has lost its first zero."""
    column = row.table.sheet.columns.get("official_id")
    text = row.text("official_id")
    is_short = column is not None and row.table.grid.is_number(row.line, column) and len(text) == _OFFICIAL_DIGITS - 1
    return [text] if is_short else []


def guessed_rows(rows: Sequence[Row], index: Index) -> Iterator[RowReading]:
    """A proposal for every row that no number places and that asks for something, to be confirmed one by one."""
    placed = [index.by_number(row) for row in rows]
    taken = {one.requirement.id for one in placed if one.requirement}
    left = [
        (row, one.because) for row, one in zip(rows, placed, strict=True) if not one.requirement and row.text("text")
    ]
    exact = dict[int, Requirement]()
    for row, _ in left:
        free = [one for one in index.by_text(row) if one.id not in taken]
        if len(free) == 1:
            exact[id(row)] = free[0]
            taken.add(free[0].id)
    near = _near([row for row, _ in left if id(row) not in exact], index, taken)
    for row, because in left:
        one = exact.get(id(row)) or near.get(id(row))
        ground = "文が同じ" if id(row) in exact else "文が近い（推定）" if one else "似た要件が見つからない"
        told = f"{because}{ground}" if because else ground
        yield RowReading(row.cell("text"), one.id if one else "", row.words[:SEEN], told)


def _near(rows: Sequence[Row], index: Index, taken: set[str]) -> dict[int, Requirement]:
    ours = {str(place): _as_requirement(str(place), row) for place, row in enumerate(rows)}
    free = {one: row for one, row in index.by_id.items() if one not in taken}
    groups = [one for one in guessed(ours, free) if len(one.old) == len(one.new) == 1]
    return {id(rows[int(one.old[0].id)]): one.new[0] for one in groups}


def _as_requirement(key: str, row: Row) -> Requirement:
    """What matching by words looks at."""
    return Requirement(
        id=key,
        business="",
        text=row.text("text"),
        category={},
        category_source="",
        effective_from=date.min,
        effective_to=None,
        method=Method.NOT_TESTABLE,
        row={"name": ""},
        at=Position.of(row.place),
    )

"""The rows of an official table: numbers, place, obligations and dates, and where the wording stands."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from kijun.catalog.import_columns import ColumnWords, bare
from kijun.catalog.matching import plain
from kijun.model.errors import Position, Problem
from kijun.model.requirement import MunicipalityClass, Obligation
from kijun.model.values import read_date
from kijun.publishing.importing.columns import Layout

_OFFICIAL = re.compile(r"(?<![0-9])[0-9]{7}(?![0-9])")
_OURS = re.compile(r"[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]{2}")
_NUMBERS = ("official_id", "number", "ours")
_PLACE = ("major", "middle", "name")
_SHEET_DAY_ZERO, _SHEET_DAYS = date(1899, 12, 30), range(36526, 73051)  # 2000 to 2099 as a sheet counts days
_DAY = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:令和|平成|R)(?:元|\d{1,2})[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{4}年\d{1,2}月\d{1,2}日"
)
_CERTAINTY = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row of a book. `text` is only compared and never written anywhere."""

    business: str
    ours: str  # our own number, when the book carries it
    official_ids: tuple[str, ...]
    number: str
    place: Mapping[str, str]  # major, middle, name
    category: Mapping[MunicipalityClass, Obligation]
    certainty: str
    effective_from: date | None
    effective_to: date | None
    effective_certainty: str
    change: str
    former_ids: tuple[str, ...]
    is_marked: bool
    is_deleted: bool
    text: str = field(repr=False)
    cells: Mapping[str, str]  # what → address of its cell

    @property
    def at(self) -> str:
        return self.cells["text"]

    @property
    def text_sha256(self) -> str:
        """Of the text without widths and white space, so that a book saved anew has the same."""
        return hashlib.sha256(plain(self.text).encode()).hexdigest()


@dataclass(slots=True)
class Reading:
    """Rows, what must be mended before they count, and what a person should know."""

    rows: list[ImportedRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_rows(
    path: str, layouts: Iterable[Layout], words: ColumnWords, systems: Mapping[str, str], business: str, certainty: str
) -> Reading:
    """All rows of all tables. `systems` maps 標準仕様ID to slug; `business` is for rows whose number tells none."""
    reading = Reading()
    for layout in layouts:
        _Sheet(path, layout, words, systems, business, certainty, reading).read()
    return reading


@dataclass(slots=True)
class _Sheet:
    """One table, row after row; places are filled from above where cells are blank."""

    path: str
    layout: Layout
    words: ColumnWords
    systems: Mapping[str, str]
    business: str
    certainty: str
    reading: Reading
    above: dict[str, str] = field(default_factory=dict)
    is_deleted: bool = False  # the row that is being read

    def read(self) -> None:
        for row in range(self.layout.first_row, len(self.layout.grid.texts)):
            if self._is_heading(row):
                continue
            self.is_deleted = self._is_deleted(row)
            place = self._place(row)
            if self._text(row, "text") and not self._is_continued(row):
                self._row(row, place)

    def _is_continued(self, row: int) -> bool:
        """Whether the row only lies under a merged text and has no number of its own."""
        grid, fields = self.layout.grid, self.layout.fields
        numbers = [fields[name] for name in _NUMBERS if name in fields]
        own = [column for column in numbers if grid.starts(row, column) and self._read(row, column)]
        return not grid.starts(row, fields["text"]) and not own

    def _is_deleted(self, row: int) -> bool:
        """As the row says, or because its text or its number is struck out whole."""
        self.is_deleted = False
        change = self.words.changes.get(bare(self._text(row, "change")))
        return change == "deleted" or self._struck(row, "text") or self._struck(row, "official_id")

    def _row(self, row: int, place: Mapping[str, str]) -> None:
        official, number = self._numbers(row)
        category = dict(self._category(row))
        start, end, certainty = self._effective(row)
        change = self.words.changes.get(bare(self._text(row, "change")), "")
        cells = {name: self.layout.grid.cell(row, column) for name, column in self.layout.fields.items()}
        cells |= {kind.value: self.layout.grid.cell(row, column) for kind, column in self.layout.classes.items()}
        named = _OURS.search(self._text(row, "ours"))
        business = self._business(row, official, named[0] if named else "")
        self.reading.rows.append(
            ImportedRow(
                business=business,
                ours=named[0] if named else "",
                official_ids=official,
                number=number,
                place=place,
                category=category,
                certainty=self.words.certainties.get(bare(self._text(row, "certainty")), self.certainty),
                effective_from=start,
                effective_to=end,
                effective_certainty=certainty,
                change=change,
                former_ids=tuple(_OFFICIAL.findall(_narrow(self._text(row, "former")))),
                is_marked=any(self.layout.grid.is_red(row, column) for column in self._columns()),
                is_deleted=self.is_deleted,
                text=self._text(row, "text"),
                cells=cells,
            )
        )

    def _columns(self) -> Iterator[int]:
        yield from self.layout.fields.values()
        yield from self.layout.classes.values()

    def _text(self, row: int, name: str) -> str:
        column = self.layout.fields.get(name)
        return self._read(row, column) if column is not None else ""

    def _read(self, row: int, column: int) -> str:
        """A cell; of a deleted row also what is struck out, since that is all there is."""
        return self.layout.grid.whole(row, column) if self.is_deleted else self.layout.grid.text(row, column)

    def _struck(self, row: int, name: str) -> bool:
        column = self.layout.fields.get(name)
        return column is not None and self.layout.grid.is_struck(row, column)

    def _is_heading(self, row: int) -> bool:
        """A heading that is repeated on every page says the name of its column."""
        return bare(self._text(row, "text")) in self.words.fields["text"]

    def _place(self, row: int) -> dict[str, str]:
        """Place of the row; a new 大項目 ends the 中項目 above it."""
        for depth, name in enumerate(_PLACE):
            given = _line(self._text(row, name))
            if given and given != self.above.get(name):
                self.above[name] = given
                for lower in _PLACE[depth + 1 :]:
                    self.above.pop(lower, None)
        return {name: self.above.get(name, "") for name in _PLACE}

    def _numbers(self, row: int) -> tuple[tuple[str, ...], str]:
        """Official numbers, and the number of the book that is none."""
        given = _narrow(self._text(row, "official_id"))
        column = self.layout.fields.get("official_id")
        if column is not None and self.layout.grid.is_number(row, column) and len(given) == 6:
            cell = self.layout.grid.cell(row, column)
            self.reading.notes.append(f"{cell}: 数で入っている {given} を 0{given} と読みました。")
            given = f"0{given}"
        official = tuple(dict.fromkeys(_OFFICIAL.findall(given)))
        rest = "" if official else " ".join(given.split())
        return official, " ".join(_narrow(self._text(row, "number")).split()) or rest

    def _category(self, row: int) -> Iterator[tuple[MunicipalityClass, Obligation]]:
        for kind in MunicipalityClass:
            column = self.layout.classes.get(kind)
            if column is None:
                continue  # not asked about is not the same as nothing asked
            sign = self._read(row, column)
            known = self.words.signs.get(bare(sign))
            if known is None:
                hint = "セルの値を確かめ、正しければ --mapping の対応表の signs に意味を書いてください。"
                self._complain(row, column, f"実装区分の記号「{sign}」を知りません。", hint)
            yield kind, known or Obligation.NONE

    def _effective(self, row: int) -> tuple[date | None, date | None, str]:
        given = self._text(row, "effective")
        if not given:
            return None, None, self.certainty
        column = self.layout.fields["effective"]
        if self.layout.grid.is_number(row, column) and given.isdecimal() and int(given) in _SHEET_DAYS:
            return _SHEET_DAY_ZERO + timedelta(int(given)), None, self.certainty
        days = [read_date(found) for found in _DAY.findall(_narrow(given))]
        told = [self.words.certainties.get(bare(one)) for one in _CERTAINTY.findall(_narrow(given))]
        if not days or days[0] is None or len(days) > 2 or days[-1] is None:
            cell = self.layout.grid.cell(row, column)
            unread = f"適合基準日「{_line(given)}」は日付として読めないので、空のままにしました。"
            self.reading.notes.append(f"{cell}: {unread}")
            return None, None, self.certainty
        return days[0], days[1] if len(days) > 1 else None, next(filter(None, told), None) or self.certainty

    def _business(self, row: int, official: tuple[str, ...], ours: str) -> str:
        system = (official[0] if official else ours)[:3]
        found = self.systems.get(system, self.business)
        if not found:
            hint = "--business で業務を示してください。"
            self._complain(row, self.layout.fields["text"], "どの業務の行か、番号から分かりません。", hint)
        return found

    def _complain(self, row: int, column: int, message: str, hint: str) -> None:
        at = Position.of(f"{self.path} セル {self.layout.grid.cell(row, column)}")
        self.reading.problems.append(Problem(at, message, hint))


def _line(text: str) -> str:
    """One line: breaks in a cell of a narrow column are no part of a name."""
    return "".join(text.split("\n")).strip()


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)

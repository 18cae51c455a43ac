"""A table file as grids of texts with their marks: .xlsx whole; .xls, .ods and CSV as far as their readers tell."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kijun.catalog.open_document_marks import read_open_document_marks
from kijun.catalog.workbook_checks import Fault, Kind, Limits, WorkbookTrouble, content_of, kind_of, reading
from kijun.catalog.workbook_marks import SheetMarks, read_marks
from kijun.catalog.workbook_values import SheetValues, old_sheet_values, sheet_values

_ENCODINGS = ("utf-8", "cp932")  # of a text without a mark; the first that fits every byte is taken
_MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DELIMITERS = ",\t;"
_HEAD_LINES = 20  # that show which one a text uses

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet; rows and columns count from 0. A merged area shows its first cell everywhere (`source`)."""

    name: str
    texts: tuple[tuple[str, ...], ...]
    source: dict[Place, Place]  # cell of a merged area → its first cell
    marks: SheetMarks
    numbers: frozenset[Place]  # cells that hold a number, not a text

    def text(self, row: int, column: int) -> str:
        """What is to be read: struck-out signs are left out."""
        place = self.source.get((row, column), (row, column))
        marked = self.marks.cells.get(place)
        return marked.kept.strip() if marked and marked.has_struck else self.whole(row, column)

    def whole(self, row: int, column: int) -> str:
        """Everything that stands in a cell, struck out or not."""
        row, column = self.source.get((row, column), (row, column))
        return self.texts[row][column].strip() if row < len(self.texts) and column < len(self.texts[row]) else ""

    def starts(self, row: int, column: int) -> bool:
        """Whether the cell is no part of a merged area that begins in a row above."""
        return self.source.get((row, column), (row, column))[0] == row

    def is_red(self, row: int, column: int) -> bool:
        marked = self.marks.cells.get(self.source.get((row, column), (row, column)))
        return marked is not None and marked.is_red

    def is_struck(self, row: int, column: int) -> bool:
        marked = self.marks.cells.get(self.source.get((row, column), (row, column)))
        return marked is not None and marked.is_struck

    def is_number(self, row: int, column: int) -> bool:
        return self.source.get((row, column), (row, column)) in self.numbers

    def comment(self, row: int, column: int) -> str:
        return self.marks.comments.get(self.source.get((row, column), (row, column)), "")

    def fill(self, row: int, column: int) -> str:
        return self.marks.fills.get(self.source.get((row, column), (row, column)), "")

    def is_empty_formula(self, row: int, column: int) -> bool:
        return self.source.get((row, column), (row, column)) in self.marks.empty_formulas

    def cell(self, row: int, column: int) -> str:
        """The address as people say it, of the first cell when the place is merged: 機能要件!F12."""
        row, column = self.source.get((row, column), (row, column))
        return f"{self.name}!{column_name(column)}{row + 1}"

    @property
    def width(self) -> int:
        return max(map(len, self.texts), default=0)


@dataclass(frozen=True, slots=True)
class Book:
    """The visible sheets of a workbook, and what had to be told about it."""

    name: str
    sha256: str
    kind: Kind
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]
    hidden: tuple[str, ...] = ()  # names of sheets that are not shown, and not read


def column_name(column: int) -> str:
    """A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_book(path: Path, wanted: Collection[Kind], limits: Limits) -> Book:
    """Read one of the wanted kinds. Raises WorkbookTrouble."""
    content = content_of(path, limits)
    kind, digest = kind_of(content, wanted, limits), hashlib.sha256(content).hexdigest()
    if kind is Kind.CSV:
        return Book(path.name, digest, kind, (_text_grid(content, limits),), ())
    sheets, marks = _sheets(content, kind, limits)
    return Book(
        name=path.name,
        sha256=digest,
        kind=kind,
        grids=tuple(_grid(one, marks.get(one.name, SheetMarks())) for one in sheets if one.is_shown),
        notes=tuple(_notes(sheets, marks)),
        hidden=tuple(one.name for one in sheets if not one.is_shown),
    )


def _sheets(content: bytes, kind: Kind, limits: Limits) -> tuple[tuple[SheetValues, ...], dict[str, SheetMarks]]:
    """Values and marks; of an .xls the marks cannot be known."""
    if kind is Kind.XLS:
        return old_sheet_values(content, limits.cells), {}
    with reading(), zipfile.ZipFile(io.BytesIO(content)) as archive:
        marks = read_marks(archive) if kind is Kind.XLSX else read_open_document_marks(archive)
    _check_reach(marks, limits)
    return tuple(one for one in sheet_values(content, limits.cells) if one.name in marks), marks


def _notes(sheets: Sequence[SheetValues], marks: Mapping[str, SheetMarks]) -> Iterator[str]:
    for one in sheets:
        if not one.is_shown:
            yield f"隠しシート「{one.name}」は読みませんでした。"
        elif one.name in marks and (hidden := len(marks[one.name].hidden_rows)):
            yield f"シート「{one.name}」の隠れた {hidden} 行も読みました。"


def _check_reach(marks: Mapping[str, SheetMarks], limits: Limits) -> None:
    """A single cell far out would make the reader of values lay out every cell before it."""
    for name, sheet in marks.items():
        bottom, right = sheet.reach
        if bottom * right > limits.cells:
            raise WorkbookTrouble(Fault.SPREAD, f"シート「{name}」の内容が {bottom} 行 {right} 列")


def _text_grid(content: bytes, limits: Limits) -> Grid:
    """A text has no sheets; it is called by its kind, since names of files change."""
    text = _decoded(content)
    head = "".join(text.splitlines(keepends=True)[:_HEAD_LINES])
    delimiter = max(_DELIMITERS, key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        texts = tuple(tuple(cell.replace("\r\n", "\n") for cell in row) for row in rows)
    except csv.Error as error:
        raise WorkbookTrouble(Fault.BROKEN, f"{rows.line_num} 行目の引用符か区切り") from error
    if len(texts) * max(map(len, texts), default=0) > limits.cells:
        raise WorkbookTrouble(Fault.SPREAD, f"{len(texts)} 行")
    return Grid("CSV", texts, {}, SheetMarks(), frozenset())


def _decoded(content: bytes) -> str:
    """The text by its mark, else by trial. Raises WorkbookTrouble where no encoding fits."""
    marked = next((name for mark, name in _MARKED.items() if content.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
    raise WorkbookTrouble(Fault.ENCODING, f"{line} 行目")


def _grid(sheet: SheetValues, marks: SheetMarks) -> Grid:
    width = max(map(len, sheet.texts), default=0)
    source = {
        (row, column): top
        for top, bottom in sheet.merged or marks.merged
        for row in range(top[0], min(bottom[0] + 1, len(sheet.texts)))
        for column in range(top[1], min(bottom[1] + 1, width))
    }
    return Grid(sheet.name, sheet.texts, source, marks, sheet.numbers)

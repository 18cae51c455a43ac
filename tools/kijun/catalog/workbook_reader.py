"""A table file as grids of texts with their marks: .xlsx whole; .xls, .ods and CSV as far as their readers tell."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kijun.catalog.open_document_marks import read_open_document_marks
from kijun.catalog.workbook_checks import Fault, Kind, Limits, WorkbookTrouble, content_of, kind_of, reading
from kijun.catalog.workbook_marks import SheetMarks, read_marks

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
    kind = kind_of(content, wanted, limits)
    grids, notes, hidden = tuple[Grid, ...](), tuple[str, ...](), tuple[str, ...]()
    with reading():
        if kind is Kind.CSV:
            grids = (_text_grid(content, limits),)
        else:
            marks = _marks(content, kind)
            _check_reach(marks, limits)
            with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
                hidden = tuple(one.name for one in book.sheets_metadata if one.visible is not SheetVisibleEnum.Visible)
                grids, notes = _grids(book, marks, limits)
    return Book(path.name, hashlib.sha256(content).hexdigest(), kind, grids, notes, hidden)


def _marks(content: bytes, kind: Kind) -> dict[str, SheetMarks] | None:
    """Sheet name → marks; None when nothing can be known of them."""
    if kind is Kind.XLS:
        return None
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return read_marks(archive) if kind is Kind.XLSX else read_open_document_marks(archive)


def _check_reach(marks: dict[str, SheetMarks] | None, limits: Limits) -> None:
    """A single cell far out would make the reader of values lay out every cell before it."""
    for name, sheet in (marks or {}).items():
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


def _grids(book: Any, marks: dict[str, SheetMarks] | None, limits: Limits) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    grids, notes = [], []
    for entry in book.sheets_metadata:
        if entry.typ is not SheetTypeEnum.WorkSheet or (marks is not None and entry.name not in marks):
            continue
        if entry.visible is not SheetVisibleEnum.Visible:
            notes.append(f"隠しシート「{entry.name}」は読みませんでした。")
            continue
        sheet, own = book.get_sheet_by_name(entry.name), (marks or {}).get(entry.name, SheetMarks())
        if sheet.end and (sheet.end[0] + 1) * (sheet.end[1] + 1) > limits.cells:
            raise WorkbookTrouble(
                Fault.SPREAD, f"シート「{entry.name}」の内容が {sheet.end[0] + 1} 行 {sheet.end[1] + 1} 列"
            )
        grids.append(_grid(entry.name, sheet, own))
        if hidden := len(own.hidden_rows):
            notes.append(f"シート「{entry.name}」の隠れた {hidden} 行も読みました。")
    return tuple(grids), tuple(notes)


def _grid(name: str, sheet: Any, marks: SheetMarks) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    width = max(map(len, rows), default=0)
    source = {
        (row, column): top
        for top, bottom in sheet.merged_cell_ranges or marks.merged
        for row in range(top[0], min(bottom[0] + 1, len(rows)))
        for column in range(top[1], min(bottom[1] + 1, width))
    }
    return Grid(
        name=name,
        texts=tuple(tuple(map(_text, row)) for row in rows),
        source=source,
        marks=marks,
        numbers=frozenset(
            (line, place)
            for line, row in enumerate(rows)
            for place, value in enumerate(row)
            if isinstance(value, int | float) and not isinstance(value, bool)
        ),
    )


def _text(value: Any) -> str:
    """What a person sees, as far as the value tells it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n") if value is not None else ""

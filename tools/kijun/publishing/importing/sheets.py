"""A workbook as a grid of texts with their marks; what cannot be read is told with what to do, and read by nobody."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.publishing.importing.marks import SheetMarks, read_marks

_MOST_BYTES = 50_000_000  # of the file; the largest tables known have a few megabytes
_MOST_UNPACKED = 300_000_000
_MOST_PARTS = 5_000
_MOST_CELLS = 2_000_000  # of a sheet, empty ones within its bounds counted
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」にしてください。"

# what a damaged file makes of the readers below; RuntimeError is a part with a password or an unknown packing
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    etree.LxmlError,
    CalamineError,
)

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
    grids: tuple[Grid, ...]
    notes: tuple[str, ...]


def column_name(column: int) -> str:
    """A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_book(path: Path) -> Book:
    """Read an .xlsx. Raises ConfigurationError with what is wrong with the file and what to do."""
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        raise _unreadable(
            path, f"ファイルを読めません（{error.strerror}）。", "場所と権限を確かめてください。"
        ) from error
    if not content:
        limit = _MOST_BYTES // 1_000_000
        raise _unreadable(path, f"空か、{limit} MB を超えるファイルです。", "図や写真を除いて保存し直してください。")
    _check_kind(path, content)
    try:
        with zipfile.ZipFile(path) as archive:
            _check_size(path, archive)
            marks = read_marks(archive)
        _check_reach(path, marks)
        with CalamineWorkbook.from_path(path) as book:
            grids, notes = _grids(book, marks)
    except _BROKEN as error:
        told = f"Excel のブックとして読めません（途中で切れているか、壊れています: {type(error).__name__}）。"
        raise _unreadable(path, told, f"配布元から取り直すか、{_SAVE_AS}") from error
    return Book(path.name, hashlib.sha256(content).hexdigest(), grids, notes)


def _unreadable(path: Path, told: str, hint: str) -> ConfigurationError:
    return ConfigurationError([Problem(Position.of(path), told, hint)])


def _check_kind(path: Path, content: bytes) -> None:
    """Refuse what is no .xlsx, by content: names lie."""
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            hint = "パスワードを知る人が開き、パスワードを外して保存してください。"
            raise _unreadable(path, "パスワードで保護されたブックです。", hint)
        raise _unreadable(path, "古い形式（.xls）のブックです。赤字や取り消し線を読めません。", _SAVE_AS)
    if content.startswith(b"%PDF"):
        raise _unreadable(path, "PDF です。表として読めません。", "配布元の Excel のブックを使ってください。")
    if not content.startswith(b"PK"):
        raise _unreadable(path, "Excel のブック（.xlsx）ではありません。", _SAVE_AS)


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names:
        raise _unreadable(path, "バイナリ形式（.xlsb）のブックです。赤字や取り消し線を読めません。", _SAVE_AS)
    if "[Content_Types].xml" not in names:
        raise _unreadable(path, "ZIP ですが、Excel のブック（.xlsx）ではありません。", _SAVE_AS)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        limit = _MOST_UNPACKED // 1_000_000
        told = f"広げると {limit} MB か部品 {_MOST_PARTS} 個を超えます（ZIP 爆弾のおそれ）。開きません。"
        raise _unreadable(path, told, "配布元から取り直し、正しいファイルなら図や使わないシートを除いてください。")


def _check_reach(path: Path, marks: dict[str, SheetMarks]) -> None:
    """A single cell far out would make the reader of values lay out every cell before it."""
    for name, sheet in marks.items():
        bottom, right = sheet.reach
        if bottom * right > _MOST_CELLS:
            told = f"シート「{name}」の内容が {bottom} 行 {right} 列に広がっています。"
            raise _unreadable(path, told, "離れた所にある余分なセルを削除して保存し直してください。")


def _grids(book: Any, marks: dict[str, SheetMarks]) -> tuple[tuple[Grid, ...], tuple[str, ...]]:
    grids, notes = [], []
    for entry in book.sheets_metadata:
        if entry.name not in marks:
            continue
        if entry.visible is not SheetVisibleEnum.Visible:
            notes.append(f"隠しシート「{entry.name}」は読みませんでした。")
            continue
        grids.append(_grid(entry.name, book.get_sheet_by_name(entry.name), marks[entry.name]))
        if hidden := len(marks[entry.name].hidden_rows):
            notes.append(f"シート「{entry.name}」の隠れた {hidden} 行も読みました。")
    return tuple(grids), tuple(notes)


def _grid(name: str, sheet: Any, marks: SheetMarks) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    source = {
        (row, column): top
        for top, bottom in sheet.merged_cell_ranges or ()
        for row in range(top[0], min(bottom[0] + 1, len(rows)))
        for column in range(top[1], bottom[1] + 1)
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
            if isinstance(value, float)
        ),
    )


def _text(value: Any) -> str:
    """What a person sees, as far as the value tells it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n") if value is not None else ""

"""What readers of values do not tell of an .ods: merged areas, comments, hidden rows and columns, and its reach."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from kijun.catalog.workbook_marks import Place, SheetMarks

_T = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_O = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_X = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_HIDDEN = ("collapse", "filter")
_MOST = 20_000  # of repeated hidden rows that are named one by one


def read_open_document_marks(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """Sheet name → its marks. Raises KeyError, ValueError or lxml's errors for a damaged book."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    tree = etree.fromstring(archive.read("content.xml"), parser)
    return {table.get(f"{_T}name", ""): _Table().read(table) for table in tree.iter(f"{_T}table")}


@dataclass
class _Table:
    """Walks one table; repeated rows and cells are counted, not laid out."""

    comments: dict[Place, str] = field(default_factory=dict)
    merged: list[tuple[Place, Place]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    bottom: int = 0
    right: int = 0

    def read(self, table: Any) -> SheetMarks:
        line = 0
        for row in table.iter(f"{_T}table-row"):
            times = int(row.get(f"{_T}number-rows-repeated", 1))
            if row.get(f"{_T}visibility") in _HIDDEN:
                self.hidden_rows.update(range(line, line + min(times, _MOST)))
            self._row(row, line, times)
            line += times
        return SheetMarks(
            hidden_rows=frozenset(one for one in self.hidden_rows if one < self.bottom),
            reach=(self.bottom, self.right),
            hidden_columns=frozenset(_hidden_columns(table)),
            comments=self.comments,
            merged=tuple(self.merged),
        )

    def _row(self, row: Any, line: int, times: int) -> None:
        column = 0
        for cell in row:
            if cell.tag not in (f"{_T}table-cell", f"{_T}covered-table-cell"):
                continue
            wide = int(cell.get(f"{_T}number-columns-repeated", 1))
            if cell.get(f"{_O}value-type") or cell.find(f"{_X}p") is not None:
                self.bottom, self.right = max(self.bottom, line + times), max(self.right, column + wide)
            if (note := cell.find(f"{_O}annotation")) is not None:
                self.comments[line, column] = "\n".join("".join(one.itertext()) for one in note.iter(f"{_X}p"))
            tall, across = (int(cell.get(f"{_T}number-{one}-spanned", 1)) for one in ("rows", "columns"))
            if tall * across > 1:
                self.merged.append(((line, column), (line + tall - 1, column + across - 1)))
            column += wide


def _hidden_columns(table: Any) -> list[int]:
    found, place = list[int](), 0
    for column in table.iter(f"{_T}table-column"):
        times = int(column.get(f"{_T}number-columns-repeated", 1))
        if column.get(f"{_T}visibility") in _HIDDEN:
            found += range(place, place + min(times, _MOST))
        place += times
    return found

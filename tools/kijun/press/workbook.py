"""A workbook for an office: formats, headings, row heights, print set-up. It knows nothing of what it holds.

Every text stays text: nothing is ever taken for a formula or a link, and what a cell cannot hold is cut with a word
about it. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Final

import xlsxwriter

Cell = str | int

FONT: Final = "BIZ UDPゴシック"
CELL: Final = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
HEAD: Final = {**CELL, "bold": True, "bg_color": "#E6E6E6"}
CELL_LIMIT: Final = 32_767  # UTF-16 units, of Excel
CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # of every book, so that its bytes depend on its content alone
_LINE_POINTS, _MAX_POINTS = 15, 405  # of 10-point text, in a substitute font as well
_CUT: Final = "…（長いので省きました。全文は実行フォルダーにあります）"
_NAME_LIMIT: Final = 31
_PART_LIMITS: Final = (40, 60, 20)  # of a page header, which holds 255 signs, each & twice


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; `width` in half-width signs. Neighbours of the same group share a heading above theirs."""

    label: str
    width: int
    group: str = ""
    centred: bool = False


def open_book(target: io.BytesIO, title: str) -> Any:
    """A workbook of XlsxWriter whose bytes depend on its content alone and in which text is never a formula."""
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": CREATED})
    return book


def row_points(cells: Iterable[tuple[str, int]]) -> int:
    """Height of a row of wrapped cells, each a text and the width of its column."""
    return _height(max(_lines(text, width) for text, width in cells))


class Workbook:
    """Sheets in the order in which they are added; `head` is printed left, middle and right above every page."""

    def __init__(self, title: str, head: tuple[str, str, str]) -> None:
        self._target = io.BytesIO()
        self._book = open_book(self._target, title)
        self._head = _page_head(head)
        self._names: set[str] = set()
        self._cell = self._book.add_format(CELL)
        self._sign = self._book.add_format({**CELL, "align": "center"})
        self._label = self._book.add_format(HEAD)
        self._group = self._book.add_format({**CELL, "bold": True, "bg_color": "#CCCCCC"})
        self._title = self._book.add_format({"font_name": FONT, "font_size": 16, "bold": True})

    def add_table(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
        """A sheet of rows under headings that stay in sight, also on paper; the first column stays as well."""
        sheet = self._sheet(name, paper=8)  # A3
        top = self._headings(sheet, columns)
        widths = [column.width for column in columns]
        forms = [self._sign if column.centred else self._cell for column in columns]
        last = top
        for last, row in enumerate(rows, start=top + 1):
            _write(sheet, last, row, widths, forms)
        sheet.freeze_panes(top + 1, 1)
        sheet.autofilter(top, 0, max(last, top + 1), len(columns) - 1)
        sheet.repeat_rows(0, top)
        sheet.repeat_columns(0)

    def add_summary(
        self, name: str, title: str, rows: Iterable[tuple[str, str]], table: Sequence[Sequence[str]]
    ) -> None:
        """A sheet for the first look: a title, labels with their texts, a small table under its head row."""
        sheet = self._sheet(name, paper=9)  # A4
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 8, 16)
        sheet.write_string(0, 0, title, self._title)
        line = 1
        for line, (label, text) in enumerate(rows, start=2):
            sheet.set_row(line, _height(_lines(text, 110)))
            sheet.write_string(line, 0, label, self._label)
            sheet.merge_range(line, 1, line, 7, fitting(text), self._cell)
        for place, row in enumerate(table):
            for column, text in enumerate(row):
                sheet.write_string(line + 2 + place, column, text, self._cell if place and column else self._label)

    def finish(self) -> bytes:
        """The file. Nothing can be added afterwards."""
        self._book.close()
        return self._target.getvalue()

    def _sheet(self, name: str, paper: int) -> Any:
        sheet = self._book.add_worksheet(self._free(name))
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(self._head)
        sheet.set_footer("&L&A&R&P / &N")
        return sheet

    def _headings(self, sheet: Any, columns: Sequence[Column]) -> int:
        """The line of the labels: the second when there are groups above."""
        line = 0
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        if any(column.group for column in columns):
            self._groups(sheet, columns)
            line = 1
        sheet.set_row(line, _height(max(_lines(column.label, column.width) for column in columns)))
        for place, column in enumerate(columns):
            sheet.write_string(line, place, column.label, self._label)
        return line

    def _groups(self, sheet: Any, columns: Sequence[Column]) -> None:
        first = 0
        for group, members in groupby(columns, key=lambda column: column.group):
            last = first + len(list(members)) - 1
            if first == last:
                sheet.write_string(0, first, group, self._group)
            else:
                sheet.merge_range(0, first, 0, last, group, self._group)
            first = last + 1

    def _free(self, name: str) -> str:
        """A name that Excel takes: short, without its seven forbidden signs, and used once."""
        plain = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'") or "_"
        found, number = plain[:_NAME_LIMIT], 1
        while found.casefold() in self._names:
            number += 1
            ending = f"（{number}）"
            found = plain[: _NAME_LIMIT - len(ending)] + ending
        self._names.add(found.casefold())
        return found


def _page_head(parts: tuple[str, str, str]) -> str:
    texts = [" ".join(part.split())[:limit].replace("&", "&&") for part, limit in zip(parts, _PART_LIMITS, strict=True)]
    return "&L{}&C{}&R{}".format(*texts)


def _write(sheet: Any, line: int, row: Sequence[Cell], widths: Sequence[int], forms: Sequence[Any]) -> None:
    # without a height, wrapped rows lie over one another in LibreOffice
    lines = [_lines(text, width) for text, width in zip(row, widths, strict=True) if isinstance(text, str)]
    sheet.set_row(line, _height(max(lines, default=1)))
    for place, content in enumerate(row):
        if isinstance(content, str):
            sheet.write_string(line, place, fitting(content), forms[place])
        else:
            sheet.write_number(line, place, content, forms[place])


def _height(lines: int) -> int:
    return min(lines * _LINE_POINTS, _MAX_POINTS)


def _lines(text: str, width: int) -> int:
    """Lines a wrapped cell needs: a full-width sign, which is three bytes of UTF-8, takes two of the column's units."""
    if "\n" in text:
        return sum(_lines(part, width) for part in text.split("\n"))
    units = len(text) + (len(text.encode(errors="replace")) - len(text)) // 2
    return max(1, -(-units // max(width - 1, 1)))


def fitting(text: str) -> str:
    """As much of a text as a cell holds, and a word about the rest."""
    if len(text) * 2 <= CELL_LIMIT or _utf16_units(text) <= CELL_LIMIT:
        return text
    room = (CELL_LIMIT - len(_CUT)) * 2
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + _CUT


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "replace")) // 2

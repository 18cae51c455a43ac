"""What every workbook of ours has in common: text is never a formula, and a row is as high as its words need."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

import xlsxwriter

FONT: Final = "BIZ UDPゴシック"
CELL_LIMIT: Final = 32_000  # a spreadsheet program refuses 32,768 characters
CELL: Final = {"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top", "border": 1}
HEAD: Final = {**CELL, "bold": True, "bg_color": "#E6E6E6"}
_CREATED = datetime(2000, 1, 1)
_LINE_POINTS, _MAX_POINTS = 15, 405


def open_book(target: io.BytesIO, title: str) -> Any:
    """A workbook whose bytes depend on its content alone."""
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title, "created": _CREATED})
    return book


def row_points(cells: Iterable[tuple[str, int]]) -> int:
    """Height of a row of wrapped cells, each a text and the width of its column."""
    return min(max(_lines(text, width) for text, width in cells) * _LINE_POINTS, _MAX_POINTS)


def _lines(text: str, width: int) -> int:
    """Lines a wrapped cell needs: a full-width character takes two of the column's units."""
    return sum(max(1, -(-_units(part) // max(width - 1, 1))) for part in text.split("\n"))


def _units(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)

"""Looks through files for what looks like a 個人番号: texts in any usual encoding, and the cells of workbooks."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import PurePath

from python_calamine import CalamineError, CalamineWorkbook

from kijun.model.personal_number import personal_numbers_in

_TEXTS = frozenset([".txt", ".csv", ".tsv", ".json", ".jsonl", ".xml", ".html", ".htm", ".md", ".log", ".yaml", ".yml"])
_WORKBOOKS = frozenset([".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"])


def is_searched(name: str) -> bool:
    """Whether a file of this name can be looked into; pictures and the like cannot."""
    return PurePath(name).suffix.lower() in _TEXTS | _WORKBOOKS


def personal_numbers_in_file(name: str, content: bytes) -> list[str]:
    """Where in a file, in words. The suffix of the name says how to read it; a workbook nobody can read holds none."""
    if PurePath(name).suffix.lower() in _WORKBOOKS:
        return list(_in_workbook(content))
    return list(map(str, personal_numbers_in(text_of(content))))


def text_of(content: bytes) -> str:
    """The words of a file in any of the usual encodings; what cannot be read does not hide the digits beside it."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content[:1000]:
        either = [content.decode(order, errors="replace") for order in ("utf-16-le", "utf-16-be")]
        return max(either, key=lambda text: sum(char.isdecimal() or char.isspace() for char in text))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932", errors="replace")


def _in_workbook(content: bytes) -> Iterator[str]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except CalamineError:
        return
    for name, rows in sheets:
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells, start=1):
                whole = isinstance(cell, float) and cell.is_integer()
                if any(personal_numbers_in(f"{cell:.0f}" if whole else str(cell))):
                    yield f"シート「{name}」の{row}行{column}列"

"""Values of the sheets of a workbook, by calamine; an .xls in a process of its own.

A damaged .xls may ask the reader for a terabyte, which ends the process that runs it: nothing can be caught.
Run as a module it reads an .xls from its standard input and writes its sheets as JSON.
"""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kijun.catalog.workbook_checks import (
    Fault,
    Kind,
    Limits,
    WorkbookTrouble,
    check_rectangles,
    content_of,
    kind_of,
    reading,
)

Place = tuple[int, int]
Rows = list[list[Any]]  # values as calamine gives them, from A1
_SECONDS = 120
_MEMORY = 2_000_000_000  # bytes of the process that reads an .xls


@dataclass(frozen=True, slots=True)
class SheetValues:
    """One sheet as texts from A1; a hidden one has none."""

    name: str
    is_shown: bool
    texts: tuple[tuple[str, ...], ...] = ()
    numbers: frozenset[Place] = frozenset()  # cells that hold a number, not a text
    merged: tuple[tuple[Place, Place], ...] = ()  # first and last cell, as far as the reader tells


def rows_of(path: Path, limits: Limits, but: Collection[str] = ()) -> dict[str, Rows]:
    """Rows of every sheet of an .xlsx `but` some, hidden ones included, by name in order. Raises WorkbookTrouble."""
    content = content_of(path, limits)
    kind_of(content, (Kind.XLSX,), limits)
    with reading():
        check_rectangles(content, limits)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = [name for name in book.sheet_names if name not in but]
            return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def sheet_values(content: bytes, most_cells: int) -> tuple[SheetValues, ...]:
    """Every sheet of cells. Raises WorkbookTrouble."""
    with reading(), CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        return tuple(
            _values(book, entry, most_cells) for entry in book.sheets_metadata if entry.typ is SheetTypeEnum.WorkSheet
        )


def old_sheet_values(content: bytes, most_cells: int) -> tuple[SheetValues, ...]:
    """The sheets of an .xls, read by a child. Raises WorkbookTrouble."""
    command = [sys.executable, "-m", "kijun.catalog.workbook_values", str(most_cells)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired as error:
        raise WorkbookTrouble(Fault.BROKEN, f"{_SECONDS} 秒で読めない") from error
    if done.returncode:
        raise WorkbookTrouble(Fault.BROKEN, "読み取りの途中で止まった")
    told = json.loads(done.stdout)
    if "fault" in told:
        raise WorkbookTrouble(Fault(told["fault"]), told["detail"])
    return tuple(
        SheetValues(
            one["name"],
            one["is_shown"],
            tuple(map(tuple, one["texts"])),
            frozenset((line, place) for line, place in one["numbers"]),
            tuple(((top[0], top[1]), (bottom[0], bottom[1])) for top, bottom in one["merged"]),
        )
        for one in told["sheets"]
    )


def _values(book: Any, entry: Any, most_cells: int) -> SheetValues:
    if entry.visible is not SheetVisibleEnum.Visible:
        return SheetValues(entry.name, is_shown=False)
    sheet = book.get_sheet_by_name(entry.name)
    bottom, right = (place + 1 for place in sheet.end or (-1, -1))
    if bottom * right > most_cells:
        raise WorkbookTrouble(Fault.SPREAD, f"シート「{entry.name}」の内容が {bottom} 行 {right} 列")
    rows = sheet.to_python(skip_empty_area=False)
    return SheetValues(
        entry.name,
        is_shown=True,
        texts=tuple(tuple(map(_text, row)) for row in rows),
        numbers=frozenset(
            (line, place)
            for line, row in enumerate(rows)
            for place, value in enumerate(row)
            if isinstance(value, int | float) and not isinstance(value, bool)
        ),
        merged=tuple(sheet.merged_cell_ranges or ()),
    )


def _text(value: Any) -> str:
    """What a person sees, as far as the value tells it."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\r\n", "\n") if value is not None else ""


def _child() -> None:
    with suppress(ImportError):  # Windows has no such limits; its own ends the child as well
        limits: Any = importlib.import_module("resource")
        limits.setrlimit(limits.RLIMIT_AS, (_MEMORY, _MEMORY))
    try:
        sheets = sheet_values(sys.stdin.buffer.read(), int(sys.argv[1]))
    except WorkbookTrouble as trouble:
        told: dict[str, Any] = {"fault": trouble.fault.value, "detail": trouble.detail}
    else:
        told = {
            "sheets": [
                {
                    "name": one.name,
                    "is_shown": one.is_shown,
                    "texts": one.texts,
                    "numbers": sorted(one.numbers),
                    "merged": one.merged,
                }
                for one in sheets
            ]
        }
    sys.stdout.write(json.dumps(told))  # ASCII: no console changes it


if __name__ == "__main__":
    _child()

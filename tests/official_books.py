"""Workbooks in the layout that the papers describe, made here: no official one lies in this repository."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

HEAD = ("大項目", "中項目", "小項目\n（機能名称）", "機能ＩＤ", "機能要件")
TAIL = ("要件の考え方・理由", "備考", "改定種別", "適合基準日", "前版の機能ID・要件")
CLASSES = ("指定都市", "中核市", "特別区", "一般市", "町村")

Cell = str | int | Sequence[Any]  # a sequence is rich text: strings and ("red"|"struck", string)


def official_row(number: Cell, text: Cell, /, **cells: Cell) -> dict[str, Cell]:
    """One row; a cell that is not given is blank, every group is asked ◎."""
    return {"機能ＩＤ": number, "機能要件": text, **dict.fromkeys(CLASSES, "◎"), **cells}


def official_book(
    path: Path,
    *rows: Mapping[str, Cell],
    classes: Sequence[str] = CLASSES,
    sheet: str = "機能要件",
    lines: int = 2,
    merged: Sequence[tuple[str, str]] = (),
) -> Path:
    """A title, a heading of two lines with merged cells, then the rows."""
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet(sheet)
    looks = {
        "red": book.add_format({"font_color": "#FF0000"}),
        "struck": book.add_format({"font_strikeout": True}),
        "day": book.add_format({"num_format": "yyyy/m/d"}),
    }
    page.write(0, 0, "標準仕様書（案）　機能要件一覧")
    columns = [*HEAD, *classes, *TAIL]
    for place, label in enumerate(columns):
        if label in classes and lines == 2:
            page.write(3, place, label)
        elif lines == 2:
            page.merge_range(2, place, 3, place, label)
        else:
            page.write(3, place, label)
    if lines == 2 and len(classes) > 1:
        page.merge_range(2, len(HEAD), 2, len(HEAD) + len(classes) - 1, "実装区分")
    for line, row in enumerate(rows, start=4):
        for place, label in enumerate(columns):
            _write(page, line, place, row.get(label.split("\n")[0], row.get(label, "")), looks)
    for area, text in merged:
        page.merge_range(area, text)
    book.close()
    return path


def _write(page: Any, line: int, place: int, content: Cell, looks: Mapping[str, Any]) -> None:
    if isinstance(content, str):
        page.write_string(line, place, content)
    elif isinstance(content, int):
        page.write_number(line, place, content)
    elif len(content) == 1:
        look, text = content[0]
        page.write_string(line, place, text, looks[look])
    else:
        pieces: list[Any] = []
        for one in content:
            pieces += [one] if isinstance(one, str) else [looks[one[0]], one[1]]
        page.write_rich_string(line, place, *pieces)


def plain_book(path: Path, rows: Sequence[Sequence[Cell]], sheet: str = "Sheet1") -> Path:
    """Cells as they are given, from A1."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet(sheet)
    looks = {"struck": book.add_format({"font_strikeout": True})}
    for line, row in enumerate(rows):
        for place, content in enumerate(row):
            _write(page, line, place, content, looks)
    book.close()
    path.write_bytes(target.getvalue())
    return path

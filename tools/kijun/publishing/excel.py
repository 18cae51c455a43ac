"""The 新旧対照表 as a workbook: one sheet for each business, changed words underlined, ready for A4 landscape."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from kijun.press.legible import legible
from kijun.press.workbook import CELL, FONT, HEAD, open_book, row_points
from kijun.publishing.comparative_table import HEAD as TITLES
from kijun.publishing.comparative_table import Chapter, ComparativeTable
from kijun.publishing.words import Run, Runs

_COLUMNS = (("位置", 18), (TITLES[0], 54), (TITLES[1], 54), (TITLES[2], 26))
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_CELL_LIMIT = 32_000  # a spreadsheet program holds 32,767
_CUT = "…（以下は PDF か Word で読めます）"


def render(table: ComparativeTable) -> bytes:
    """comparison.xlsx. Every cell is text: nothing in it is ever taken for a formula."""
    target = io.BytesIO()
    book = open_book(target, table.title)
    forms = _Forms(book)
    _cover(book, forms, table)
    names = {"概要"}
    for chapter in table.chapters:
        _chapter(book.add_worksheet(_sheet_name(chapter.title, names)), forms, chapter)
    book.close()
    return target.getvalue()


class _Forms:
    """The few formats of the workbook; rich text needs a font of its own for every run."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": FONT, "font_size": 10}
        self.cell = book.add_format(CELL)
        self.marked_cell = book.add_format({**CELL, "underline": 1})
        self.head = book.add_format(HEAD)
        self.title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
        self.run, self.marked_run = book.add_format(font), book.add_format({**font, "underline": 1})


def _sheet_name(title: str, names: set[str]) -> str:
    """A name that a spreadsheet program accepts: 31 letters, some forbidden, none twice."""
    base = _FORBIDDEN.sub("", legible(title))[:28] or "業務"
    name = next(one for one in (base, *(f"{base}{number}" for number in range(2, 100))) if one.lower() not in names)
    names.add(name.lower())
    return name


def _cover(book: Any, forms: _Forms, table: ComparativeTable) -> None:
    sheet = book.add_worksheet("概要")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, table.title, forms.title)
    rows = [*table.editions, *(("注意", one) for one in table.caveats), *table.counts]
    rows += [(one.title, one.summary) for one in table.chapters]
    for line, (label, text) in enumerate(rows, start=2):
        sheet.write_string(line, 0, legible(label), forms.head)
        sheet.write_string(line, 1, legible(text)[:_CELL_LIMIT], forms.cell)
        sheet.set_row(line, row_points([(text, 110)]))
    _on_paper(sheet)


def _chapter(sheet: Any, forms: _Forms, chapter: Chapter) -> None:
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, forms.head)
    widths = [width for _, width in _COLUMNS]
    last = 0
    for last, (place, new, old, remarks) in enumerate(_rows(chapter), start=1):
        texts = (place, _text(new), _text(old), remarks)
        sheet.set_row(last, row_points(zip(texts, widths, strict=True)))
        sheet.write_string(last, 0, place, forms.cell)
        _write(sheet, last, 1, new, forms)
        _write(sheet, last, 2, old, forms)
        sheet.write_string(last, 3, remarks[:_CELL_LIMIT], forms.cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    _on_paper(sheet)


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&A")
    sheet.set_footer("&P / &N")


def _rows(chapter: Chapter) -> Iterator[tuple[str, Runs, Runs, str]]:
    for section in chapter.sections:
        for line in section.lines:
            yield legible(section.title), _cell(line.new), _cell(line.old), legible("\n".join(line.remarks))


def _cell(paragraphs: Sequence[Runs]) -> Runs:
    """The paragraphs of one cell as runs of either kind by turns, cut where a cell can hold no more."""
    found: list[Run] = []
    for number, runs in enumerate(paragraphs):
        for run in (*([Run("\n")] if number else []), *runs):
            text = legible(run.text)
            if found and found[-1].is_marked == run.is_marked:
                text = found.pop().text + text
            found.append(Run(text, run.is_marked))
    return tuple(_cut(found))


def _cut(runs: Sequence[Run]) -> Iterator[Run]:
    left = _CELL_LIMIT
    for run in runs:
        if len(run.text) > left:
            yield Run(run.text[:left] + _CUT, run.is_marked)
            return
        left -= len(run.text)
        yield run


def _text(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _write(sheet: Any, line: int, column: int, runs: Runs, forms: _Forms) -> None:
    filled = [run for run in runs if run.text]
    if len(filled) < 2:  # a rich text has at least two pieces
        marked = bool(filled) and filled[0].is_marked
        sheet.write_string(line, column, _text(runs), forms.marked_cell if marked else forms.cell)
        return
    pieces = [piece for run in filled for piece in (forms.marked_run if run.is_marked else forms.run, run.text)]
    sheet.write_rich_string(line, column, *pieces, forms.cell)

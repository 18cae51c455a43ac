"""Tables of answers in a book: where they seem to stand, and their rows once that is known."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kijun.catalog.answer_mapping import CELLS, COMMENTS, FILLS, AnswerSheet
from kijun.catalog.import_columns import ColumnWords, bare, field_of, heading_labels
from kijun.catalog.workbook_reader import Book, Grid
from kijun.model.personal_number import without_personal_numbers

_SEARCHED = 40  # rows from the top in which a heading is looked for
_MOST_LINES = 3  # of a heading
KEYS = ("ours", "official_id", "number", "text")  # by one of these a row is known
_UNIT = re.compile(r"単位[:は]?(百万円|千円|万円|億円|円)|[(（](百万円|千円|万円|億円|円)")
FILL = "塗り:"  # a code that is a colour begins so


@dataclass(frozen=True, slots=True)
class Table:
    """One table of answers in its sheet."""

    grid: Grid
    sheet: AnswerSheet

    def rows(self) -> Iterator[Row]:
        """Every row below the heading in which anything stands of its own."""
        for line in range(self.sheet.first_row, len(self.grid.texts)):
            row = Row(self, line)
            if row.has_content:
                yield row


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; `line` counts from 0."""

    table: Table
    line: int

    @property
    def has_content(self) -> bool:
        grid = self.table.grid
        own = (place for place in range(grid.width) if grid.starts(self.line, place))
        return any(grid.whole(self.line, place) for place in own) or bool(self.answer)

    def text(self, field: str) -> str:
        column = self.table.sheet.columns.get(field)
        return "" if column is None else self.table.grid.text(self.line, column)

    def struck(self, field: str) -> str:
        """What stands in a cell and is struck out whole."""
        column = self.table.sheet.columns.get(field)
        grid = self.table.grid
        return grid.whole(self.line, column) if column is not None and grid.is_struck(self.line, column) else ""

    def cell(self, field: str) -> str:
        """Address of a cell; of the first of the row where the table has no such column."""
        return self.table.grid.cell(self.line, self.table.sheet.columns.get(field, 0))

    def is_empty_formula(self, field: str) -> bool:
        column = self.table.sheet.columns.get(field)
        return column is not None and self.table.grid.is_empty_formula(self.line, column)

    def is_shared(self, field: str) -> bool:
        """Whether a cell is part of a merged area that begins in a row above."""
        column = self.table.sheet.columns.get(field)
        return column is not None and not self.table.grid.starts(self.line, column)

    @property
    def place(self) -> str:
        return self.cell("answer")

    @property
    def comment(self) -> str:
        return self.table.grid.comment(self.line, self.table.sheet.columns["answer"])

    @property
    def fill(self) -> str:
        return self.table.grid.fill(self.line, self.table.sheet.columns["answer"])

    @property
    def answer(self) -> str:
        """What is read as the answer: the cell, else its comment, else its fill, as far as the mapping lets these."""
        taken = self.table.sheet.answer_from
        if CELLS in taken and self.text("answer"):
            return self.text("answer")
        if self.table.grid.starts(self.line, self.table.sheet.columns["answer"]):
            if COMMENTS in taken and self.comment:
                return self.comment
            if FILLS in taken and self.fill:
                return FILL + self.fill
        return ""

    @property
    def words(self) -> str:
        """The row as a person recognises it; what looks like a 個人番号 is masked."""
        whole = self.text("text") or " ".join(
            dict.fromkeys(filter(None, (self.table.grid.whole(self.line, one) for one in range(self.table.grid.width))))
        )
        return without_personal_numbers(" ".join(whole.split()))


@dataclass(frozen=True, slots=True)
class Found:
    """Tables that the headings show, and what is doubtful about them."""

    tables: tuple[Table, ...]
    questions: tuple[str, ...]
    names: tuple[str, ...]  # of all sheets that are shown

    @property
    def structure(self) -> str:
        """SHA-256 of the names of sheets and the headings of tables: the same when only answers differ."""
        shown = [
            [one.grid.name, *(one.grid.text(one.sheet.first_row - 1, place) for place in range(one.grid.width))]
            for one in self.tables
        ]
        return hashlib.sha256(
            json.dumps([self.names, shown], ensure_ascii=False).encode("utf-8", "backslashreplace")
        ).hexdigest()


def found_tables(book: Book, words: ColumnWords) -> Found:
    """The tables of a book by their headings; a book without any shows its fullest row, without an answer column."""
    fields = {name: words.fields[name] for name in KEYS} | dict(words.answers)
    tables, questions = list[Table](), list[str]()
    for grid in book.grids:
        sheet, doubts = _sheet(grid, fields)
        if sheet:
            table = Table(grid, sheet)
            tables.append(Table(grid, _with_sources(table)))
            questions += [*doubts, *_doubts(tables[-1])]
        elif any(map(any, grid.texts)):
            questions.append(f"シート「{grid.name}」に回答の列が見つからないので、読みません。")
    if not tables:
        questions = [_told_headings(grid) for grid in book.grids if any(map(any, grid.texts))]
    return Found(tuple(tables), tuple(questions), tuple(grid.name for grid in book.grids))


def mapped_tables(book: Book, sheets: Sequence[AnswerSheet]) -> tuple[list[Table], list[str]]:
    """The tables where a person says they are, and names of sheets that the book does not have."""
    grids = {grid.name: grid for grid in book.grids}
    tables = [Table(grids[one.sheet], one) for one in sheets if one.sheet in grids]
    return tables, [one.sheet for one in sheets if one.sheet not in grids]


def other_headings(table: Table, words: ColumnWords) -> Iterator[str]:
    """Cells below a table where one with other columns begins: its rows would be read in the wrong columns."""
    grid, sheet = table.grid, table.sheet
    heads = range(max(sheet.first_row - _MOST_LINES, 0), sheet.first_row)
    answers = set(words.answers["answer"])
    keys = {label for name in KEYS for label in words.fields[name]}
    for row in table.rows():
        texts = {bare(grid.text(row.line, place)) for place in range(grid.width)}
        if not (texts & answers and texts & keys):
            continue
        for column in sheet.columns.values():
            text = bare(grid.text(row.line, column))
            if text and text not in {bare(grid.text(line, column)) for line in heads}:
                yield grid.cell(row.line, column)
                break


def legends(book: Book, tables: Sequence[Table]) -> Iterator[str]:
    """Rows in which a book may explain its codes: above a table, in sheets without one, in shapes."""
    ends = {one.grid.name: one.sheet.first_row for one in tables}
    for grid in book.grids:
        for line in range(min(ends.get(grid.name, _SEARCHED), len(grid.texts))):
            if text := " ".join(filter(None, dict.fromkeys(grid.text(line, one) for one in range(grid.width)))):
                yield text
        yield from grid.marks.shapes


def _told_headings(grid: Grid) -> str:
    rows = [[text for place in range(grid.width) if (text := grid.text(row, place))] for row in range(_SEARCHED)]
    return f"シート「{grid.name}」で見た見出し: {'、'.join(max(rows, key=len)[:12])}。"


def _sheet(grid: Grid, fields: Mapping[str, Sequence[str]]) -> tuple[AnswerSheet | None, list[str]]:
    best: tuple[int, int, AnswerSheet, list[str]] | None = None
    for first in range(min(_SEARCHED, len(grid.texts))):
        for lines in range(1, _MOST_LINES + 1):
            columns, doubts = _columns(grid, range(first, first + lines), fields)
            if "answer" not in columns or not any(one in columns for one in KEYS):
                continue
            if best is None or (len(columns), -lines) > best[:2]:
                best = (len(columns), -lines, _found(grid, range(first, first + lines), columns), doubts)
    return (best[2], best[3]) if best else (None, [])


def _columns(grid: Grid, rows: range, fields: Mapping[str, Sequence[str]]) -> tuple[dict[str, int], list[str]]:
    """Field → its first column by the preferred heading; what is doubtful."""
    places: dict[str, list[tuple[int, int]]] = {}
    for column in range(grid.width):
        labels = heading_labels(grid, rows, column)
        if found := next(filter(None, (field_of(one, fields) for one in labels)), None):
            places.setdefault(found[0], []).append((found[1], column))
    doubts = [
        f"見出し「{grid.text(rows[-1], min(many)[1])}」と同じ意味の列が {len(many)} 列あります"
        f"（{'、'.join(grid.cell(rows[-1], column) for _, column in many)}）。使う列を確かめてください。"
        for many in places.values()
        if len(many) > 1
    ]
    return {name: min(many)[1] for name, many in places.items()}, doubts


def _found(grid: Grid, rows: range, columns: dict[str, int]) -> AnswerSheet:
    return AnswerSheet(grid.name, rows[-1] + 1, columns, (CELLS,), _unit(grid, rows, columns))


def _unit(grid: Grid, rows: range, columns: Mapping[str, int]) -> str:
    """The unit of sums by the heading of their column, else by a line above the table; yen without either."""
    if "cost" not in columns:
        return "円"
    above = [grid.text(row, columns["cost"]) for row in reversed(rows)]
    above += [grid.text(row, place) for row in range(rows[0]) for place in range(grid.width)]
    for text in above:
        if found := _UNIT.search(bare(text)):
            return found[1] or found[2]
    return "円"


def _with_sources(table: Table) -> AnswerSheet:
    """The sheet, answers taken from comments and fills where cells are blank and these are not."""
    blank = [row for row in table.rows() if not row.text("answer") and any(map(row.text, KEYS))]
    sources = [CELLS]
    sources += [COMMENTS] if any(row.comment for row in blank) else []
    sources += [FILLS] if any(row.fill and not row.comment for row in blank) else []
    sheet = table.sheet
    return AnswerSheet(sheet.sheet, sheet.first_row, sheet.columns, tuple(sources), sheet.cost_unit)


def _doubts(table: Table) -> Iterator[str]:
    grid, sheet = table.grid, table.sheet
    name = f"シート「{grid.name}」"
    if COMMENTS in sheet.answer_from:
        yield f"{name}では、空欄にコメントがあるので、コメントも答えとして読みます。違えば answer_from から除きます。"
    if FILLS in sheet.answer_from:
        yield f"{name}では、空欄に塗りの色があるので、色も答えとして読みます。違えば answer_from から除きます。"
    hidden = [field for field, column in sheet.columns.items() if column in grid.marks.hidden_columns]
    for field in hidden:
        yield f"{name}の {grid.cell(sheet.first_row - 1, sheet.columns[field])} の列は隠れています。"
    if "cost" in sheet.columns and sheet.cost_unit == "円":
        yield f"{name}の費用に単位が書かれていません。円として読みます。違えば cost_unit を直します。"
    if not any(one in sheet.columns for one in KEYS[:3]):
        yield f"{name}に番号の列がありません。行は文だけで要件に結び付けます。"
    for text in grid.marks.shapes:
        yield f"{name}の図形に「{text[:40]}」と書かれています。図形の中の答えは読みません。"
    numbers = Counter(text for row in table.rows() for text in [row.text("number")] if text)
    if twice := [one for one, count in numbers.items() if count > 1][:3]:
        yield f"{name}で同じ番号が二度あります（{'、'.join(twice)}）。"

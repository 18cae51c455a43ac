"""What we would read an answer book as. It counts for nothing until a person has looked at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kijun.catalog.answer_mapping import AnswerMapping, AnswerSheet, CodeReading
from kijun.catalog.import_columns import ColumnWords
from kijun.catalog.workbook_reader import Book, Grid
from kijun.procurement import legend, request_book
from kijun.procurement.answers.placing import Index, guessed_rows
from kijun.procurement.answers.tables import FILL, Table, found_tables, legends

_NO_TABLE = "回答の列が見つかりません。sheets の columns に answer の列を書いてください。"


def proposed(book: Book, words: ColumnWords, index: Index, bidder: str, product: str, version: str) -> AnswerMapping:
    """A mapping of a book, not confirmed, with everything that is open."""
    found = found_tables(book, words)
    rows = [row for table in found.tables for row in table.rows()]
    told = [*legends(book, found.tables)]
    questions = [*book.notes, *found.questions, *_kind_notes(book)]
    return AnswerMapping(
        name=book.name,
        sha256=book.sha256,
        structure=found.structure,
        is_confirmed=False,
        bidder=bidder,
        product=product,
        version=version,
        sheets=tuple(one.sheet for one in found.tables) or tuple(_skeleton(book)),
        legend=tuple(_codes(found.tables, told)),
        rows=tuple(guessed_rows(rows, index)),
        questions=tuple(questions if found.tables else [_NO_TABLE, *questions]),
    )


def _codes(tables: Sequence[Table], told: Sequence[str]) -> Iterator[CodeReading]:
    answers = [row.answer for table in tables for row in table.rows()]
    colours = [one for one in answers if one.startswith(FILL)]
    used = legend.proposed([one for one in answers if not one.startswith(FILL)], told)
    unused = [one for one in legend.explained(told) if one.code not in {known.code for known in used}]
    for one in [*used, *unused]:
        yield CodeReading(one.code, one.status, one.cells, one.ground)
    for colour in sorted(set(colours)):
        yield CodeReading(colour, None, colours.count(colour), "塗りの色です。意味を書いてください。")


def _kind_notes(book: Book) -> Iterator[str]:
    if request_book.HIDDEN in book.hidden:
        yield "kijun rfp new の依頼書です。kijun rfp check で読むと、書き換えも分かり、対応表も要りません。"
    if book.kind in ("xls", "csv"):
        yield "この形式からは、コメント、塗り、隠れた行と列、取り消し線を読めません。"
    elif book.kind == "ods":
        yield "この形式からは、塗りと取り消し線を読めません。"


def _skeleton(book: Book) -> Iterator[AnswerSheet]:
    """The fullest sheet without columns, for a person to fill in."""

    def size(grid: Grid) -> int:
        return sum(map(bool, (text for row in grid.texts for text in row)))

    if book.grids:
        yield AnswerSheet(max(book.grids, key=size).name, 1, {})

"""One official workbook, from file to reconciliation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.import_columns import ColumnWords, SheetMapping
from kijun.catalog.workbook_reader import Book
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.publishing.importing.columns import Layout, found_layout, headings, mapped_layout
from kijun.publishing.importing.opening import read_book
from kijun.publishing.importing.reconciliation import reconcile
from kijun.publishing.importing.rows import read_rows
from kijun.publishing.importing.told import Told

_HINT = "列を --mapping の対応表で示してください（書き方は「標準仕様を書く方へ」にあります）。"


def import_standard(
    path: Path,
    catalog: Catalog,
    words: ColumnWords,
    mappings: Sequence[SheetMapping] = (),
    business: str = "",
    certainty: str = "draft",
) -> Told:
    """Read a book, an official one or one that we published, and set it beside our tables.

    `certainty` is what a person says of a book that does not say it. Raises ConfigurationError with every problem.
    """
    book = read_book(path)
    layouts = _layouts(str(path), book, words, mappings)
    systems = {str(row["id"]): slug for slug, row in catalog.systems.items() if "id" in row}
    reading = read_rows(str(path), layouts, words, systems, business, certainty)
    problems = reading.problems
    if not reading.rows and not problems:
        problems = [Problem(Position.of(path), "見出しの下に要件の行がありません。", _HINT)]
    if problems:
        raise ConfigurationError(problems)
    return Told(
        book=book,
        layouts=tuple(f"シート「{one.grid.name}」 {one.told(words)}" for one in layouts),
        notes=(*book.notes, *reading.notes),
        pairings=reconcile(reading.rows, catalog.tables),
        names=_names(catalog),
    )


def _names(catalog: Catalog) -> Mapping[str, str]:
    return {slug: str(row["name"]) for slug, row in catalog.systems.items()}


def _layouts(path: str, book: Book, words: ColumnWords, mappings: Sequence[SheetMapping]) -> list[Layout]:
    found = (
        [mapped_layout(path, book.grids, one) for one in mappings]
        if mappings
        else [found_layout(path, grid, words) for grid in book.grids]
    )
    problems = [problem for _, faults in found for problem in faults]
    layouts = [layout for layout, _ in found if layout]
    if not layouts and not problems:
        seen = "".join(f"シート「{grid.name}」で見た見出し: {'、'.join(headings(grid)[:12])}。" for grid in book.grids)
        told = f"要件の表が見つかりません（要件文、番号、実装区分の三つの見出しがある表を探しました）。{seen}"
        problems = [Problem(Position.of(path), told, _HINT)]
    if problems:
        raise ConfigurationError(problems)
    return layouts

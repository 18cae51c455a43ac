"""Which column of a sheet is which: found by its headings, or as a person says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kijun.catalog.import_columns import ColumnWords, SheetMapping, field_of, heading_labels
from kijun.catalog.workbook_reader import Grid, column_name
from kijun.model.errors import Position, Problem
from kijun.model.requirement import MunicipalityClass

_SEARCHED = 40  # rows from the top in which a heading is looked for
_MOST_LINES = 3  # of a heading
_NUMBERS = ("official_id", "number", "ours")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a table stands in a sheet; rows and columns count from 0."""

    grid: Grid
    first_row: int
    fields: Mapping[str, int]  # field → column
    classes: Mapping[MunicipalityClass, int]

    def told(self, words: ColumnWords) -> str:
        """The columns as a person checks them."""
        names = [f"{words.fields[field][0]}={column_name(place)}" for field, place in self.fields.items()]
        return "、".join(names + [f"{kind.label}={column_name(place)}" for kind, place in self.classes.items()])


def found_layout(path: str, grid: Grid, words: ColumnWords) -> tuple[Layout | None, list[Problem]]:
    """The table of a sheet by its headings; None for a sheet that holds none; problems when headings are ambiguous."""
    best: tuple[int, int, Layout, list[Problem]] | None = None
    for first in range(min(_SEARCHED, len(grid.texts))):
        for lines in range(1, _MOST_LINES + 1):
            layout, problems, weight = _layout(path, grid, range(first, first + lines), words)
            if _is_table(layout) and (best is None or (weight, -lines) > best[:2]):
                best = (weight, -lines, layout, problems)
    return (best[2], best[3]) if best else (None, [])


def mapped_layout(path: str, grids: Sequence[Grid], mapping: SheetMapping) -> tuple[Layout | None, list[Problem]]:
    """The table of a sheet where a person says it is."""
    grid = next((one for one in grids if one.name == mapping.sheet), None)
    if grid is None:
        names = "」「".join(one.name for one in grids)
        told = f"対応表のシート「{mapping.sheet}」がありません（あるのは「{names}」）。"
        return None, [Problem(Position.of(path), told, "対応表の sheet を直してください。")]
    kinds = {kind.value: kind for kind in MunicipalityClass}
    fields = {name: place for name, place in mapping.columns.items() if name not in kinds}
    classes = {kinds[name]: place for name, place in mapping.columns.items() if name in kinds}
    return Layout(grid, mapping.header_row, fields, _filled(fields, classes)), []


def headings(grid: Grid) -> list[str]:
    """Texts of the fullest row near the top: what a person should see when no heading was understood."""
    rows = [[text for place in range(grid.width) if (text := grid.text(row, place))] for row in range(_SEARCHED)]
    return max(rows, key=len, default=[])


def _layout(path: str, grid: Grid, rows: range, words: ColumnWords) -> tuple[Layout, list[Problem], int]:
    """What a heading of these rows would mean, what is doubtful, and how many different things it names."""
    fields, classes = (
        defaultdict[str, list[tuple[int, int]]](list),
        defaultdict[tuple[MunicipalityClass, ...], list[int]](list),
    )
    for column in range(grid.width):
        labels = list(heading_labels(grid, rows, column))
        if groups := next((words.classes[one] for one in labels if one in words.classes), None):
            classes[groups].append(column)
        elif found := next(filter(None, (field_of(one, words.fields) for one in labels)), None):
            fields[found[0]].append((found[1], column))
    chosen, problems = dict[str, int](), list[Problem]()
    for field, places in fields.items():
        rank = min(places)[0]
        same = [column for found_rank, column in places if found_rank == rank]
        chosen[field] = same[0]
        if len(same) > 1:
            problems.append(_ambiguous(path, grid, rows[-1], same))
    by_kind = dict[MunicipalityClass, int]()
    for groups, same in sorted(classes.items(), key=lambda entry: len(entry[0])):
        if len(same) > 1:
            problems.append(_ambiguous(path, grid, rows[-1], same))
        for kind in groups:
            by_kind.setdefault(kind, same[0])
    return Layout(grid, rows[-1] + 1, chosen, _filled(chosen, by_kind)), problems, len(fields) + len(classes)


def _filled(fields: Mapping[str, int], classes: Mapping[MunicipalityClass, int]) -> dict[MunicipalityClass, int]:
    """Groups in their order; where no column is for groups, one column of obligations is for all."""
    if not classes and "obligation" in fields:
        return dict.fromkeys(MunicipalityClass, fields["obligation"])
    return {kind: classes[kind] for kind in MunicipalityClass if kind in classes}


def _is_table(layout: Layout) -> bool:
    return "text" in layout.fields and bool(layout.classes) and any(one in layout.fields for one in _NUMBERS)


def _ambiguous(path: str, grid: Grid, row: int, columns: Sequence[int]) -> Problem:
    cells = "、".join(grid.cell(row, column) for column in columns)
    told = f"同じ意味の見出しが {len(columns)} 列にあります（{cells}）。"
    return Problem(Position.of(path), told, "使う列を --mapping の対応表で示してください。")

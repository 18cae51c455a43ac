"""The specification as PDF: A4, tagged, bookmarks, contents, running headers, numbers that lead to requirements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kijun import __version__
from kijun.catalog.root import shipped_root
from kijun.model.errors import UsageError
from kijun.press.legible import legible
from kijun.press.typesetter import typeset
from kijun.publishing import flow_svg
from kijun.publishing.blocks import (
    Block,
    Cell,
    CellPart,
    Grid,
    Heading,
    Numbers,
    Paragraph,
    Picture,
    Strong,
    Table,
    blocks_of,
    control,
)
from kijun.publishing.flow_chart import width_in
from kijun.publishing.specification import Part, Specification

_LIMIT = 9_000  # requirements, every scenario printed with one counted twice: measured below 3 GB (adr 0022)
_NEW_LINE = re.compile("\n(?!　)")  # an indented line stays with the one that it belongs to
_ROOM = (180, 205)  # of a picture, in millimetres


def render(document: Specification, at: datetime) -> bytes:
    """specification.pdf; `at` is the moment that the file carries. What no font draws stands as its code.

    Raises UsageError for more than the memory of an office's computer holds.
    """
    if reason := beyond_limit(document):
        raise UsageError(reason)
    form = shipped_root() / "reports" / "templates" / "specification.typ"
    return typeset(form, legible(_content(document)), at)


def beyond_limit(document: Specification) -> str:
    """Why this would take more memory than the computer of an office has, or nothing."""
    printed = sum(len(row.scenarios) for row in document.rows)
    if len(document.rows) + 2 * printed <= _LIMIT:
        return ""
    told = f"要件 {len(document.rows):,} 件とシナリオ {printed:,} 件は、一つの PDF には多すぎます。"
    return f"{told}メモリーが足りません。--business で業務を分けてください。"


def _content(document: Specification) -> dict[str, Any]:
    cover = document.cover
    parts = [[_block(one) for one in blocks_of(part, document)] for part in Part]
    place = [*Part].index(Part.FUNCTIONS)  # every requirement has its place here
    return {
        "title": cover.title,
        "author": f"kijun {__version__}",
        "edition": cover.label,
        "names": [one.name for one in document.businesses],
        "caveats": cover.caveats,
        "control": _table(control(document)),
        "before": parts[:place],
        "requirements": parts[place],
        "behind": parts[place + 1 :],
    }


def _block(one: Block) -> dict[str, Any]:
    if isinstance(one, Heading):
        return {"heading": one.text, "depth": one.depth}
    if isinstance(one, Paragraph):
        return {"framed" if one.is_framed else "text": one.text}
    return _picture(one) if isinstance(one, Picture) else _table(one)


def _picture(one: Picture) -> dict[str, Any]:
    words = f"業務フロー「{one.process.title}」。{flow_svg.in_words(one.process)}"
    return {"picture": flow_svg.render(one.process), "words": words, "width": round(width_in(one.process, _ROOM), 2)}


def _table(one: Table) -> dict[str, Any]:
    return {
        "widths": one.widths,
        "head": one.head,
        "rows": [[_cell(cell) for cell in row] for row in one.rows],
    }


def _cell(one: Cell) -> Any:
    return one if isinstance(one, str) else [_part(part) for part in one]


def _part(one: CellPart) -> Any:
    if isinstance(one, Strong):
        return {"strong": one.text, "anchor": one.anchor}
    if isinstance(one, Numbers):
        return {"numbers": one.ids}
    return {"grid": _even(one)} if isinstance(one, Grid) else {"lines": _NEW_LINE.split(one)}


def _even(one: Grid) -> Sequence[Sequence[str]]:
    """Every row as long as the head."""
    return [[*row, *[""] * (len(one.rows[0]) - len(row))] for row in one.rows]

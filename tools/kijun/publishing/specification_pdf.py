"""The specification as PDF: A4, tagged, bookmarks, contents, running headers, numbers that lead to requirements."""

from __future__ import annotations

from collections.abc import Container, Sequence
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
    blocks,
    control,
)
from kijun.publishing.flow_chart import width_in
from kijun.publishing.specification import Specification

_LIMIT = 9_000  # requirements, every scenario printed with one counted twice: the compiler then holds 3 GB (adr 0022)
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
    known = {row.id for row in document.rows}
    cover = document.cover
    return {
        "title": cover.title,
        "author": f"kijun {__version__}",
        "edition": cover.label,
        "names": [one.name for one in document.businesses],
        "caveats": cover.caveats,
        "control": _table(control(document), known),
        "blocks": [_block(one, known) for one in blocks(document)],
    }


def _block(one: Block, known: Container[str]) -> dict[str, Any]:
    if isinstance(one, Heading):
        return {"heading": one.text, "depth": one.depth}
    if isinstance(one, Paragraph):
        return {"framed" if one.is_framed else "text": one.text}
    return _picture(one) if isinstance(one, Picture) else _table(one, known)


def _picture(one: Picture) -> dict[str, Any]:
    words = f"業務フロー「{one.process.title}」。{flow_svg.in_words(one.process)}"
    return {"picture": flow_svg.render(one.process), "words": words, "width": round(width_in(one.process, _ROOM), 2)}


def _table(one: Table, known: Container[str]) -> dict[str, Any]:
    return {
        "widths": one.widths,
        "head": one.head,
        "rows": [[_cell(cell, known) for cell in row] for row in one.rows],
    }


def _cell(one: Cell, known: Container[str]) -> Any:
    return one if isinstance(one, str) else [_part(part, known) for part in one]


def _part(one: CellPart, known: Container[str]) -> Any:
    if isinstance(one, Strong):
        return {"strong": one.text, "anchor": one.anchor}
    if isinstance(one, Numbers):
        return {"numbers": [(number, number in known) for number in one.ids]}
    return {"grid": _even(one)} if isinstance(one, Grid) else one


def _even(one: Grid) -> Sequence[Sequence[str]]:
    """Every row as long as the head."""
    return [[*row, *[""] * (len(one.rows[0]) - len(row))] for row in one.rows]

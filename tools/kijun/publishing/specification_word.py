"""The specification as a Word document: the same blocks as the PDF, for offices that go on writing in it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import zip_longest
from typing import Any

from docx.shared import Mm

from kijun.catalog.root import shipped_root
from kijun.press.legible import legible
from kijun.press.typesetter import raster
from kijun.press.word_document import SIZES, Cell, add_field, add_table, finished, new_document
from kijun.publishing import blocks, flow_svg
from kijun.publishing.blocks import Block, CellPart, Grid, Heading, Numbers, Paragraph, Picture, Strong, Table
from kijun.publishing.flow_chart import width_in
from kijun.publishing.specification import Specification
from kijun.publishing.words import Run

_SIZES = {**SIZES, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 10.5, "Heading 5": 10}
_WIDTH = 182  # millimetres between the margins
_ROOM = (_WIDTH, 190)
_DOTS_PER_INCH = 160
_CONTENTS = 'TOC \\o "1-4" \\h'


def render(document: Specification, at: datetime) -> bytes:
    """specification.docx; `at` is the moment that the document carries.

    The table of contents is a field: the word processor fills it in when it is asked to.
    """
    cover = document.cover
    paper = new_document(cover.title, at, _SIZES)
    head = paper.sections[0].header.paragraphs[0]
    head.text = legible(f"{cover.title}　{cover.label}")
    paper.add_heading(legible(cover.title), 0)
    paper.add_paragraph(legible(f"{cover.label}　{'、'.join(one.name for one in document.businesses)}"))
    for words in cover.caveats:
        paper.add_paragraph(legible(f"※ {words}"))
    _add(paper, blocks.control(document))
    paper.add_paragraph("目次").paragraph_format.page_break_before = True
    add_field(paper.add_paragraph(), _CONTENTS)
    for one in blocks.blocks(document):
        _add(paper, one)
    return finished(paper)


def _add(paper: Any, one: Block) -> None:
    if isinstance(one, Heading):
        paper.add_heading(legible(one.text), one.depth).paragraph_format.page_break_before = one.depth == 1
    elif isinstance(one, Paragraph):
        paper.add_paragraph(legible(f"※ {one.text}" if one.is_framed else one.text))
    elif isinstance(one, Picture):
        _picture(paper, one)
    else:
        widths = [share * _WIDTH / sum(one.widths) for share in one.widths]
        add_table(paper, widths, one.head, _rows(one))
        paper.add_paragraph()


def _rows(one: Table) -> Iterator[tuple[Cell, ...]]:
    for row in one.rows:
        yield tuple(_cell((cell,) if isinstance(cell, str) else cell) for cell in row)


def _cell(parts: Iterable[CellPart]) -> Cell:
    return [(Run(line, isinstance(part, Strong)),) for part in parts for line in _lines(part)]


def _lines(part: CellPart) -> list[str]:
    if isinstance(part, Strong):
        return [part.text]
    if isinstance(part, Numbers):
        return ["、".join(part.ids)]
    return [*_bars(part)] if isinstance(part, Grid) else part.split("\n")


def _bars(one: Grid) -> Iterator[str]:
    """A small table as lines: a table inside a cell is more than most offices want to edit."""
    for row in one.rows:
        yield "　｜" + "｜".join(cell for cell, _ in zip_longest(row, one.rows[0], fillvalue="")) + "｜"


def _picture(paper: Any, one: Picture) -> None:
    form = shipped_root() / "reports" / "templates" / "picture.typ"
    content = raster(form, {"picture": flow_svg.render(one.process)}, _DOTS_PER_INCH)
    shape = paper.add_picture(io.BytesIO(content), width=Mm(width_in(one.process, _ROOM)))
    told = shape._inline.docPr
    told.set("descr", legible(f"業務フロー「{one.process.title}」。{flow_svg.in_words(one.process)}"))
    told.set("name", legible(one.process.title))

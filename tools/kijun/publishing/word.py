"""The 新旧対照表 as a Word document: A4 landscape, tables whose head is on every page, changed words underlined."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kijun.press.legible import legible
from kijun.press.word_document import Cell, add_table, finished, new_document
from kijun.publishing.comparative_table import HEAD, ComparativeTable, Section
from kijun.publishing.words import Run

_WIDTHS = (110, 110, 49)  # millimetres
_COVER_WIDTHS = (50, 219)


def render(table: ComparativeTable, at: datetime) -> bytes:
    """comparison.docx; `at` is the moment that the document carries."""
    document = new_document(table.title, at, landscape=True)
    document.add_heading(table.title, 0)
    add_table(document, _COVER_WIDTHS, ("項目", "内容"), [_cover_row(*one) for one in (*table.editions, *table.counts)])
    for words in table.caveats:
        document.add_paragraph(legible(words))
    document.add_paragraph(
        "左が改正後、右が改正前です。変わった語に下線を引いています。「（略）」は変わらない部分です。"
    )
    for chapter in table.chapters:
        document.add_heading(legible(chapter.title), 1).paragraph_format.page_break_before = True
        document.add_paragraph(chapter.summary)
        for section in chapter.sections:
            document.add_heading(legible(section.title), 2)
            add_table(document, _WIDTHS, HEAD, _rows(section))
    return finished(document)


def _cover_row(label: str, text: str) -> tuple[Cell, ...]:
    return ((Run(label),),), ((Run(text),),)


def _rows(section: Section) -> Iterable[tuple[Cell, ...]]:
    for line in section.lines:
        yield line.new, line.old, tuple((Run(one),) for one in line.remarks)

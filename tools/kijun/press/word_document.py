"""A Word document for an office: A4, tables whose head is on every page, the same bytes for the same content.

It knows nothing of what it holds. Rows of tables are copied as XML: adding them through the library takes ten times as
long.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any, Final, Protocol

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kijun.press.legible import legible

_FONT: Final = "BIZ UDPゴシック"
_STAMP: Final = (1980, 1, 1, 0, 0, 0)  # of every file within the document
_TO_TWIPS: Final = 1440 / 25.4
SIZES: Final = {"Normal": 9, "Title": 18, "Heading 1": 14, "Heading 2": 10.5}


class Piece(Protocol):
    """Some words of a paragraph, underlined or not."""

    @property
    def text(self) -> str: ...
    @property
    def is_marked(self) -> bool: ...


Cell = Sequence[Sequence[Piece]]  # paragraphs


def new_document(title: str, at: datetime, sizes: Mapping[str, float] = SIZES, landscape: bool = False) -> Any:
    """An empty A4 document; `sizes` are points by style, `at` is the moment that it carries."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Mm(14)
    page.top_margin, page.bottom_margin = Mm(18), Mm(16)
    for name, size in sizes.items():
        _font(document.styles[name], size)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    footer = page.footer.paragraphs[0]
    add_field(footer, "PAGE")
    footer.add_run(" / ")
    add_field(footer, "NUMPAGES")
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = title, "kijun", "", "ja-JP"
    facts.created = facts.modified = at.replace(tzinfo=None)
    return document


def finished(document: Any) -> bytes:
    """The file."""
    target = io.BytesIO()
    document.save(target)
    return _restamped(target.getvalue())


def _font(style: Any, size: float) -> None:
    """One font for every script; a theme would overrule it."""
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), _FONT, docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.keys() if name.endswith("Theme")]:  # noqa: SIM118 - an element is no mapping
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def add_field(paragraph: Any, name: str) -> None:
    """Something that the word processor works out, such as PAGE or a table of contents."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def add_table(document: Any, widths: Sequence[float], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A table; `widths` in millimetres. Every row stays on one page if it can."""
    table = document.add_table(rows=1, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(round(width * _TO_TWIPS)))
    first = table.rows[0]._tr
    for cell, width in zip(first.tc_lst, widths, strict=True):
        cell.width = Mm(width)
    pattern = deepcopy(first)
    _fill(first, [((_Word(one),),) for one in head])
    _row_setting(first, "w:tblHeader")
    _row_setting(pattern, "w:cantSplit")
    for cells in rows:
        row = deepcopy(pattern)
        _fill(row, cells)
        table._tbl.append(row)


class _Word:
    """A piece that is not underlined."""

    is_marked = False

    def __init__(self, text: str) -> None:
        self.text = text


def _row_setting(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _fill(row: Any, cells: Sequence[Cell]) -> None:
    for cell, paragraphs in zip(row.tc_lst, cells, strict=True):
        first = cell.p_lst[0]
        for number, runs in enumerate(paragraphs):
            paragraph = first if number == 0 else cell.add_p()
            for run in runs:
                _run(paragraph, run)


def _run(paragraph: Any, run: Piece) -> None:
    element = paragraph.add_r()
    if run.is_marked:
        line = OxmlElement("w:u")
        line.set(qn("w:val"), "single")
        element.get_or_add_rPr().append(line)
    element.text = legible(run.text)


def _restamped(content: bytes) -> bytes:
    """The same document with one fixed time in place of the clock's."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(entry, old.read(name))
    return target.getvalue()

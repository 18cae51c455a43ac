"""The 新旧対照表 as a Word document: A4 landscape, tables whose head is on every page, changed words underlined."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kijun.press.legible import legible
from kijun.publishing.comparative_table import HEAD, ComparativeTable, Section
from kijun.publishing.words import Run, Runs

_FONT = "BIZ UDPゴシック"
_WIDTHS = (110, 110, 49)  # millimetres
_COVER_WIDTHS = (50, 219)
_STAMP = (1980, 1, 1, 0, 0, 0)  # of every file within the document
_TO_TWIPS = 1440 / 25.4


def render(table: ComparativeTable, at: datetime) -> bytes:
    """comparison.docx; `at` is the moment that the document carries."""
    document = docx.Document()
    _set_up(document, table, at)
    document.add_heading(table.title, 0)
    _table(document, _COVER_WIDTHS, ("項目", "内容"), [_cover_row(*one) for one in (*table.editions, *table.counts)])
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
            _table(document, _WIDTHS, HEAD, _rows(section))
    target = io.BytesIO()
    document.save(target)
    return _restamped(target.getvalue())


Cell = Sequence[Runs]  # paragraphs


def _cover_row(label: str, text: str) -> tuple[Cell, ...]:
    return ((Run(label),),), ((Run(text),),)


def _rows(section: Section) -> Iterable[tuple[Cell, ...]]:
    for line in section.lines:
        yield line.new, line.old, tuple((Run(one),) for one in line.remarks)


def _set_up(document: Any, table: ComparativeTable, at: datetime) -> None:
    page = document.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(14)
    page.top_margin, page.bottom_margin = Mm(18), Mm(16)
    for name, size in (("Normal", 9), ("Title", 18), ("Heading 1", 14), ("Heading 2", 10.5)):
        _font(document.styles[name], size)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    footer = page.footer.paragraphs[0]
    _field(footer, "PAGE")
    footer.add_run(" / ")
    _field(footer, "NUMPAGES")
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = table.title, "kijun", "", "ja-JP"
    facts.created = facts.modified = at.replace(tzinfo=None)


def _font(style: Any, size: float) -> None:
    """One font for every script; a theme would overrule it."""
    style.font.size, style.font.name, style.font.color.rgb = Pt(size), _FONT, docx.shared.RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.keys() if name.endswith("Theme")]:  # noqa: SIM118 - an element is no mapping
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), _FONT)


def _field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _table(document: Any, widths: Sequence[float], head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A table whose rows are copies of one row: adding them through the library takes ten times as long."""
    table = document.add_table(rows=1, cols=len(widths))
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.set(qn("w:w"), str(round(width * _TO_TWIPS)))
    first = table.rows[0]._tr
    for cell, width in zip(first.tc_lst, widths, strict=True):
        cell.width = Mm(width)
    pattern = deepcopy(first)
    _fill(first, [((Run(one),),) for one in head])
    _row_setting(first, "w:tblHeader")
    _row_setting(pattern, "w:cantSplit")
    for cells in rows:
        row = deepcopy(pattern)
        _fill(row, cells)
        table._tbl.append(row)


def _row_setting(row: Any, name: str) -> None:
    row.get_or_add_trPr().append(OxmlElement(name))


def _fill(row: Any, cells: Sequence[Cell]) -> None:
    for cell, paragraphs in zip(row.tc_lst, cells, strict=True):
        first = cell.p_lst[0]
        for number, runs in enumerate(paragraphs):
            paragraph = first if number == 0 else cell.add_p()
            for run in runs:
                _run(paragraph, run)


def _run(paragraph: Any, run: Run) -> None:
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

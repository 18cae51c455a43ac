"""Fit&Gap books as five 課 of a made-up city hand them in: the real workbook, filled, its author changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from edition_rows import SLUG, edition, row
from returned_books import CITY, Book, request

from kijun.model.edition import Edition
from kijun.model.office import Office
from kijun.procurement.fitgap.book import Paper, render
from kijun.procurement.fitgap.judgements import FitGap, blank
from kijun.procurement.request import RequestForProposal

OFFICES = ("園芸課", "台帳課", "会計課", "情報課", "広報課")
PER_OFFICE = 4
N = "999-1.1.1-"
FIRST_SHEET = 3


def majors() -> Edition:
    """Twenty rows, four for each of five 課: 01–04 園芸課, 05–08 台帳課, 09–12 会計課, 13–16 情報課, 17–20 広報課."""
    rows = [
        row(f"{number:02}", f"鉢の記録その{number}を保存できること。", major=f"章{(number - 1) // PER_OFFICE + 1}")
        for number in range(1, len(OFFICES) * PER_OFFICE + 1)
    ]
    return edition("0.1", *rows)


def five(tables: Edition | None = None) -> RequestForProposal:
    offices = tuple(
        Office(name, chapters=frozenset([(SLUG, f"章{place}")])) for place, name in enumerate(OFFICES, start=1)
    )
    return request(CITY, tables or majors(), offices=offices)


def sent(asked: RequestForProposal, fitgap: FitGap | None = None) -> bytes:
    """One book with a sheet for each 課."""
    return render(fitgap or blank(asked), asked.sheets, Paper.A4)


def entry(line: int, judgement: str, gap: str = "", who: str = "", when: str = "") -> dict[str, str]:
    """Cells of one row that an office fills; line 2 is the first row."""
    cells = {f"E{line}": judgement, f"F{line}": gap, f"I{line}": who, f"J{line}": when}
    return {place: text for place, text in cells.items() if text}


def saved_by(book: Book, who: str, when: str) -> Book:
    """What a spreadsheet program writes into the properties of the file."""
    part = book.parts["docProps/core.xml"].decode()
    part = re.sub(r"(<cp:lastModifiedBy>)[^<]*|<cp:lastModifiedBy/>", rf"<cp:lastModifiedBy>{who}", part, count=1)
    part = re.sub(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{when}", part, count=1)
    assert who in part
    assert when in part
    book.parts["docProps/core.xml"] = part.encode()
    return book


def handed_in(
    folder: Path, name: str, content: bytes, sheets: Mapping[int, Mapping[str, object]], who: str = "", when: str = ""
) -> Path:
    """A copy of the book with cells filled on sheets counted from the first 課 (0)."""
    book = Book(content)
    for sheet, cells in sheets.items():
        book.fill(cells, FIRST_SHEET + sheet)
    if who:
        saved_by(book, who, when)
    return book.save(folder / name)

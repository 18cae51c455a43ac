"""One sheet of paper as PDF: A4, tagged for screen readers, its font inside, the same bytes for the same content."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from importlib.resources import files
from pathlib import Path
from typing import Any

from kijun.press.typesetter import Printed, Unprintable, typeset_and_count

MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True)
class Sheet:
    """What stands on the paper, already in the words a citizen reads."""

    title: str
    printed_on: date
    printed_on_text: str
    addressee: list[str]  # lines of the window: postal code and address (not under support measures), name
    items: list[tuple[str, str]]  # the table, in the order of the form
    tables: list[dict[str, Any]] = field(default_factory=list)  # title, rows (the first one: headings)
    notes: list[tuple[str, str]] = field(default_factory=list)  # instructions in whole sentences
    closing: str = ""
    issuer: list[str] = field(default_factory=list)  # post, name
    seal: str = ""  # the words of the official seal; none without
    contact: str = ""
    number: str = ""
    bars: str = ""  # 4-state bars of the customer barcode
    is_preview: bool = False  # crossed with a word, so that looking first is no way to print without a record


def render(sheet: Sheet) -> Printed:
    """Set the sheet. Raises Unprintable."""
    form = Path(str(files("kijun.reference").joinpath("paper.typ")))
    midnight = datetime.combine(sheet.printed_on, time(), UTC)
    return typeset_and_count(form, {**asdict(sheet), "printed_on": sheet.printed_on.isoformat()}, midnight)


def can_draw(text: str) -> bool:
    """Whether the font has every character of the text."""
    try:
        render(Sheet("字形の確認", date(2000, 1, 1), "", [], [("", text)]))
    except Unprintable:
        return False
    return True

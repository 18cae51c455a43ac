"""One sheet of paper as PDF: A4, tagged for screen readers, its font inside, the same bytes for the same content."""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import noto_cjk_sans_jp_regular
import typst

MEDIA_TYPE = "application/pdf"
_STANDARD: Final = "ua-1"  # PDF/UA-1: tags, title and language are there, or the compiler refuses
_turn = threading.Lock()  # a compiler keeps state between calls


class Unprintable(ValueError):
    """The sheet holds a character that the font cannot draw. Nothing is printed instead of a blank box."""


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


@dataclass(frozen=True)
class Printed:
    """The finished file and how many pages it has."""

    content: bytes
    pages: int


def render(sheet: Sheet) -> Printed:
    """Set the sheet. Raises Unprintable."""
    midnight = datetime.combine(sheet.printed_on, time(), UTC)
    given = {"sheet": json.dumps({**asdict(sheet), "printed_on": sheet.printed_on.isoformat()}, ensure_ascii=False)}
    with _turn:
        try:
            content = compiler().compile(
                format="pdf", sys_inputs=given, pdf_standards=[_STANDARD], timestamp=int(midnight.timestamp())
            )
            pages = json.loads(compiler().query("<pages>", field="value", one=True))
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
            raise Unprintable(error.message) from error
    if not isinstance(content, bytes):
        raise TypeError("the compiler gave no file")
    return Printed(content, int(pages))


def can_draw(text: str) -> bool:
    """Whether the font has every character of the text."""
    try:
        render(Sheet("字形の確認", date(2000, 1, 1), "", [], [("", text)]))
    except Unprintable:
        return False
    return True


@cache
def compiler() -> typst.Compiler:
    """The template with its font, read once: the font alone is 16 MB. No font of the machine is used."""
    form = Path(str(files("kijun.reference").joinpath("paper.typ")))
    font = Path(str(noto_cjk_sans_jp_regular.FONT_PATH)).parent
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font)])
    return typst.Compiler(str(form), root=str(form.parent), font_paths=fonts)

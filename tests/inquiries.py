"""Replies to an inquiry, as offices return them: the real form with cells filled in, at some milliseconds each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from edition_rows import edition, row

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.inquiry_codes import read_codes
from kijun.catalog.root import shipped_root
from kijun.model.edition import Edition
from kijun.publishing.inquiry import form
from kijun.publishing.inquiry.asked import Inquiry

BODY, OTHERS, DAY, OFFICE, BLANKS, GENERAL, EDITION = "B2", "B4", "B3", "F2", "F3", "F4", "F1"
FIRST = 6  # the line of the first requirement
AGREES, NONE = "①認識相違なしとみなす", "回答なしとする"
_SHEET = "xl/worksheets/sheet2.xml"
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?[^>]*?(?:/>|>.*?</c>)')


def pots(count: int = 3, text: str = "鉢の{}を登録できること。") -> Edition:
    return edition("0.1", *(row(f"{number:02}", text.format(number)) for number in range(1, count + 1)))


def inquiry_about(asked: Edition) -> Inquiry:
    return Inquiry(asked, read_codes(shipped_root()), read_municipalities())


class BlankForm:
    """The form of an inquiry, taken apart once."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.sheet = self.parts[_SHEET].decode()

    @classmethod
    def of(cls, inquiry: Inquiry) -> BlankForm:
        return cls(form.render(inquiry))

    @staticmethod
    def sheet_of(content: bytes) -> bytes:
        """The sheet of answers of a filled form."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(_SHEET)

    def filled(self, cells: Mapping[str, object], sheet: str = "") -> bytes:
        """The workbook with these cells filled: text, or a number, or a date as the day a sheet counts."""
        missing = dict(cells)
        content = _CELL.sub(
            lambda found: _cell(found[1], found[2] or "", missing.pop(found[1])) if found[1] in missing else found[0],
            sheet or self.sheet,
        )
        assert not missing
        return packed({**self.parts, _SHEET: content.encode()})


def answers(*given: tuple[str, str, str] | str) -> dict[str, object]:
    """Cells of the rows from the first on: a code, or code, opinion, proposal."""
    cells: dict[str, object] = {}
    for line, one in enumerate(given, start=FIRST):
        for column, text in zip("EFG", (one,) if isinstance(one, str) else one, strict=False):
            if text:
                cells[f"{column}{line}"] = text
    return cells


def packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def _cell(place: str, style: str, value: object) -> str:
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    if isinstance(value, int):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    text = escape(str(value)).replace("\n", "&#10;")
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'

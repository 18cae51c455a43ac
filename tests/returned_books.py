"""Requests as bidders return them: the real workbook with cells changed, rows taken out or put in."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from edition_rows import CLASSES, edition, row
from python_calamine import CalamineWorkbook

from kijun.catalog.catalog import read_municipalities
from kijun.model.edition import Edition
from kijun.model.profile import Profile
from kijun.procurement import request_book
from kijun.procurement.request import RequestForProposal

COVER, FIRST = 1, 3  # numbers of the sheets: the cover, the first one of answers
_CELL = re.compile(r'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?[^>]*?(?:/>|>.*?</c>)')
TOWN, CITY, GREAT_CITY = "993018", "992011", "991309"
ONLY_GREAT = dict.fromkeys(CLASSES, "none") | {"designated_city": "mandatory"}


def tables() -> Edition:
    """Five rows: two mandatory, one optional, one prohibited, one for 指定都市 only."""
    return edition(
        "0.1",
        row("01", "鉢を登録できること。"),
        row("02", "鉢の大きさを直せること。"),
        row("03", "鉢の絵を印刷できること。", category=dict.fromkeys(CLASSES, "optional")),
        row("04", "鉢を壊す機能を持たないこと。", category=dict.fromkeys(CLASSES, "prohibited")),
        row("05", "区ごとに鉢を数えられること。", category=ONLY_GREAT),
    )


def request(code: str = TOWN, asked: Edition | None = None, **more: object) -> RequestForProposal:
    body = read_municipalities()[code]
    profile = Profile("town", "鉢の調達", body, date(2026, 6, 1), ("pot_register",), **more)  # type: ignore[arg-type]
    return RequestForProposal.compose(profile, asked or tables(), {"pot_register": "鉢植え台帳"})


class Book:
    """A workbook taken apart; every change returns the whole of it to `content`."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    @classmethod
    def sent(cls, asked: RequestForProposal | None = None) -> Book:
        """As it goes out, its cover filled in."""
        asked = asked or request()
        book = cls(request_book.render(asked))
        line = 1 + book.column(COVER).index(request_book.BIDDER)
        return book.fill({f"B{line}": "甲社", f"B{line + 1}": "鉢名人", f"B{line + 2}": "3.1"}, COVER)

    def column(self, sheet: int) -> list[str]:
        opened = CalamineWorkbook.from_filelike(io.BytesIO(self.content))
        return [str(one[0]) for one in opened.get_sheet_by_index(sheet - 1).to_python(False)]

    def fill(self, cells: Mapping[str, object], sheet: int = FIRST) -> Book:
        """Put text or numbers into cells that are there."""
        missing = dict(cells)
        self._change(
            sheet,
            lambda text: _CELL.sub(
                lambda found: (
                    _cell(found[1], found[2] or "", missing.pop(found[1])) if found[1] in missing else found[0]
                ),
                text,
            ),
        )
        assert not missing, missing
        return self

    def drop(self, line: int, sheet: int = FIRST) -> Book:
        """Take a row out, as a person does who clears it."""
        self._change(sheet, lambda text: re.sub(rf'<row r="{line}".*?</row>', "", text))
        return self

    def add(self, line: int, cells: Mapping[str, str], sheet: int = FIRST) -> Book:
        """Put a row behind the last one."""
        new = "".join(_cell(f"{column}{line}", "", text) for column, text in cells.items())
        self._change(sheet, lambda text: text.replace("</sheetData>", f'<row r="{line}">{new}</row></sheetData>'))
        return self

    def _change(self, sheet: int, change: Callable[[str], str]) -> None:
        name = f"xl/worksheets/sheet{sheet}.xml"
        before = self.parts[name].decode()
        after = change(before)
        assert after != before
        self.parts[name] = after.encode()

    @property
    def content(self) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for name, content in self.parts.items():
                archive.writestr(zipfile.ZipInfo(name), content)
        return target.getvalue()

    def save(self, path: Path) -> Path:
        path.write_bytes(self.content)
        return path


def _cell(place: str, style: str, value: object) -> str:
    if isinstance(value, int):
        return f'<c r="{place}"{style}><v>{value}</v></c>'
    return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'

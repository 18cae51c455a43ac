"""What a question points at, as people write it: p.12 15行目, 12頁, 機能ID 0100123, 様式3 No.45, 税務課!C12."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_OURS: Final = re.compile(r"(?<![0-9])[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]{2}(?![0-9])")
_OFFICIAL: Final = re.compile(r"(?:機能|帳票)?ID[^0-9]{0,3}([0-9]{7})(?![0-9])")
_SEVEN: Final = re.compile(r"(?<![0-9.-])[0-9]{7}(?![0-9.-])")
_RANGE: Final = r"([0-9]{1,4})\)?(?:(?:から|[-~～〜])\(?([0-9]{1,4})\)?)?"
_NO_LENGTH: Final = r"(?!以内|以上|以下|程度|まで|数|分|超)"
_PAGES: Final = (
    re.compile(rf"\(?{_RANGE}(?:\s*(?:頁|ページ)|p(?![A-Za-z0-9.])){_NO_LENGTH}", re.IGNORECASE),
    re.compile(rf"(?<![A-Za-z])(?:pp?\.?|page)\s*\(?{_RANGE}", re.IGNORECASE),
    re.compile(rf"(?:頁|ページ)[\s:]*\(?{_RANGE}"),
)
_LINES: Final = re.compile(rf"\(?{_RANGE}\s*行|(?<![A-Za-z])L\.?([0-9]{{1,4}})")
_LINE_ORDINALS: Final = re.compile(rf"{_RANGE}\s*行目")
_FROM_BELOW: Final = re.compile(r"下から|最終行|末尾")
_FORM: Final = re.compile(r"(?:様式|別紙|別添|シート)\s*(?:第)?\s*[0-9０-９]*(?:号)?")
_ROW_NUMBER: Final = re.compile(r"(?:No|№|項番|番号)[.:\s]*([0-9]{1,4})(?![0-9.-])", re.IGNORECASE)
_CELL: Final = re.compile(r"([^\s!「」'、,]+)'?!\$?[A-Z]{1,3}\$?([0-9]{1,6})")
NAMELESS: Final = "名前のない資料"
_PLAIN_RANGE: Final = re.compile(_RANGE)


@dataclass(frozen=True, slots=True)
class Citation:
    """Everything by which one question says what it is about."""

    requirements: tuple[str, ...] = ()  # numbers of ours, as they are written
    official_ids: tuple[str, ...] = ()
    loose_digits: tuple[str, ...] = ()  # seven digits that nothing calls an ID
    document: str = ""
    pages: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()
    from_below: bool = False
    form: str = ""  # 様式3
    row_number: int | None = None  # No.45
    cells: tuple[tuple[str, int], ...] = ()  # sheet and row

    @property
    def says_something(self) -> bool:
        return bool(
            self.requirements
            or self.official_ids
            or self.loose_digits
            or self.pages
            or self.cells
            or self.row_number is not None
        )


def cited(*, document: str, page: str, line: str, place: str, ids: Sequence[str], question: str) -> Citation:
    """Read the cells of one row. The words of the question count only where no cell says as much."""
    document, page, line, place, question = (_narrow(one) for one in (document, page, line, place, question))
    numbers = " ".join(map(_narrow, ids))
    located = " ".join(filter(None, (document, page, line, place)))
    official = _OFFICIAL.findall(f"{numbers} {located}") + _SEVEN.findall(numbers)
    ours = _OURS.findall(f"{numbers} {located}")
    if not ours and not official:
        ours, official = _OURS.findall(question), _OFFICIAL.findall(question)
    words = f"{located} {question}"
    pages = _plain_numbers(page) or _pages(located)
    source, lines = located, _plain_numbers(line) or _all(_LINES, located)
    if not pages and (pages := _pages(question)):
        source, lines = question, _all(_LINE_ORDINALS, question)
    form, row = _FORM.search(words), _ROW_NUMBER.search(located) or _ROW_NUMBER.search(question)
    return Citation(
        requirements=tuple(dict.fromkeys(ours)),
        official_ids=tuple(dict.fromkeys(official)),
        loose_digits=tuple(one for one in dict.fromkeys(_SEVEN.findall(words)) if one not in official),
        document=_document(document, place) if source == located else _document_before(question),
        pages=pages,
        lines=lines,
        from_below=bool(_FROM_BELOW.search(source)),
        form=form[0].strip() if form else "",
        row_number=int(row[1]) if row else None,
        cells=tuple((sheet, int(number)) for sheet, number in _CELL.findall(words)),
    )


def _document(cell: str, place: str) -> str:
    """The name of the paper: its cell, else what stands before the page in the cell of the place."""
    cut = min((found.start() for form in _PAGES if (found := form.search(cell))), default=len(cell))
    at = min((found.start() for form in _PAGES if (found := form.search(place))), default=0)
    return bare_name(cell[:cut] or place[:at])


def _document_before(question: str) -> str:
    """The name that stands right before a page in a sentence; a page without one is nobody's."""
    at = min(found.start() for form in _PAGES if (found := form.search(question)))
    return bare_name(re.split(r"[、。,.\s(「『]", question[:at].rstrip())[-1]) or NAMELESS


def bare_name(text: str) -> str:
    """The name of a paper without brackets, white space and the particle behind it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s「」『』()【】\[\]:、,]", "", plain).removesuffix("の")


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("‐", "-").replace("−", "-").replace("\n", " ")


def _pages(text: str) -> tuple[int, ...]:
    return next((found for form in _PAGES if (found := _all(form, text))), ())


def _plain_numbers(cell: str) -> tuple[int, ...]:
    """A cell that holds nothing but numbers, under a heading that says what they are."""
    parts = re.split(r"[、,・/\s]+", cell.strip())
    if not cell.strip() or not all(_PLAIN_RANGE.fullmatch(one) for one in parts):
        return ()
    return _all(_PLAIN_RANGE, " ".join(parts))


def _all(form: re.Pattern[str], text: str) -> tuple[int, ...]:
    found: list[int] = []
    for match in form.finditer(text):
        numbers = [int(one) for one in match.groups() if one]
        first, last = numbers[0], numbers[-1]
        found += range(first, last + 1) if first <= last <= first + _MOST else numbers
    return tuple(dict.fromkeys(found))


_MOST: Final = 50  # pages or lines of a range that are looked at one by one

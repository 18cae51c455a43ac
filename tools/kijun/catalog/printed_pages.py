"""Which requirement stands at which page and line of a PDF that was handed out, read from where its words are printed.

A row of a table begins where a requirement's number fills the first column of a line, and goes on, over pages, until
the next such line or a line further left, which is a heading. A number in smaller letters than others is a reference,
and rows out of order make a page doubtful. Nothing is known of how the PDF was made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kijun.model.errors import ConfigurationError, Position, Problem

MOST_BYTES: Final = 200_000_000
_NUMBER: Final = re.compile(r"[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]+")
_FOOT: Final = re.compile(r"([0-9]+)\s*/\s*[0-9]+")
_SAME_LINE: Final = 0.35  # of the size of the letters: what stands no further apart is read as one line
_MOST_PAGES: Final = 6  # over which a row is followed
_INDENT: Final = 2.0  # points: a line that begins so much further left is no part of the row
_SAME_SIZE: Final = 0.1  # points
_NO_SIZE: Final = 8.0  # points, where a PDF names none


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page: where it begins, in points from the lower left corner, and what it says."""

    left: float
    baseline: float
    text: str
    first: str  # what stands in its first column
    size: float  # of its first letters


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place: the rows that it may mean, one for every way to count the lines."""

    candidates: tuple[str, ...]
    because: str = ""  # why it is not sure; empty when it is

    @property
    def requirement(self) -> str:
        """The one row that every way to count leads to; empty when there is none."""
        return self.candidates[0] if not self.because else ""


@dataclass
class PrintedPages:
    """A PDF, its pages read as they are asked for; `known` are the numbers that may begin a row, in their order."""

    path: Path
    known: Sequence[str]
    _lines: dict[int, tuple[PrintedLine, ...]] = field(default_factory=dict)
    _found: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def count(self) -> int:
        return len(self._reader.pages)

    def check(self) -> None:
        """Raises ConfigurationError for what is no PDF that can be read."""
        told = ""
        try:
            if self.path.stat().st_size > MOST_BYTES:
                told = f"{MOST_BYTES // 1_000_000} MB を超えるファイルです。"
            elif not self.path.read_bytes().startswith(b"%PDF"):
                told = "PDF ではありません。"
            elif self._reader.is_encrypted or not self.count:
                told = "パスワードの付いた PDF か、頁のない PDF です。"
        except OSError as error:
            told = f"ファイルを読めません（{error.strerror}）。"
        except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
            told = f"PDF として読めません（壊れています: {type(error).__name__}）。"
        if told:
            hint = (
                "質問した人に配った資料そのもの（kijun publish の PDF、回答依頼書を印刷した PDF）を指定してください。"
            )
            raise ConfigurationError([Problem(Position.of(self.path), told, hint)])

    def at(self, page: int, lines: Iterable[int] = ()) -> Spot:
        """The row at the lines of a page, both counted from 1; without lines, the rows of the whole page."""
        if not 1 <= page <= self.count:
            return Spot((), f"{page} 頁はありません（{self.count} 頁までの資料です）。")
        if (printed := self._printed_number(page - 1)) not in (None, page):
            return Spot((), f"{page} 枚目に刷られている頁番号は {printed} で、どちらの頁か決まりません。")
        wanted = list(lines)
        whole = self._rows_on(page - 1)[self._head(page - 1) :]
        found = list(self._read(page - 1, wanted)) if wanted else list(whole)
        rows = tuple(dict.fromkeys(one for one in found if one))
        if not rows:
            return Spot((), "そこに要件はありません。" if wanted else f"{page} 頁に要件はありません。")
        if len(rows) > 1 or "" in found:
            return Spot(
                rows, "行の数え方によって、別の所になります。" if wanted else f"{page} 頁のどの要件か決まりません。"
            )
        return Spot(rows)

    # how lines may be counted ---------------------------------------------------------------------------------

    def _read(self, page: int, wanted: Sequence[int]) -> Iterator[str]:
        """What each line means, counted with and without what stands above every page, and by the first column.

        A way to count that does not reach the line is not the one that was used.
        """
        lines, rows = self._of(page), self._rows_on(page)
        head = self._head(page)
        begins = [line.left for line in lines if self._number(line)] or [line.left for line in lines[head:]]
        right = min(begins, default=0.0) + _INDENT
        every = list(rows)
        column = [row for line, row in zip(lines, rows, strict=True) if line.left <= right]
        heads = sum(line.left <= right for line in lines[:head])
        for counted, skipped in ((every, head), (column, heads)):
            for start in range(skipped + 1):
                for number in wanted:
                    at = start + number - 1
                    if at < len(counted):
                        yield counted[at]

    def _rows_on(self, page: int) -> tuple[str, ...]:
        """For every line of a page the row that it belongs to, or nothing."""
        if page not in self._found:
            first = self._first_of_table(page)
            left = min((line.left for line in self._of(first) if self._number(line)), default=0.0)
            size = max(
                (line.size for each in range(first, page + 1) for line in self._of(each) if self._number(line)),
                default=0.0,
            )
            row = ""
            for each in range(first, page + 1):
                rows = tuple(self._follow(each, row, left, size - _SAME_SIZE))
                rows = rows if self._is_in_order([row, *rows]) else ("",) * len(rows)
                row = rows[-1] if rows else row
            self._found[page] = rows
        return self._found[page]

    def _first_of_table(self, page: int) -> int:
        """The nearest page, no later than this one's predecessor, from which a row may go on to it; else itself."""
        for each in range(page - 1, max(page - _MOST_PAGES, -1), -1):
            if self._top(each) != self._top(page):
                break
            if any(map(self._number, self._of(each))):
                return each
        return page

    def _top(self, page: int) -> str:
        """What stands above a page: another chapter or sheet has another one, and no row goes on into it."""
        lines = self._of(page)
        return lines[0].text if lines else ""

    def _is_in_order(self, rows: Iterable[str]) -> bool:
        places = [self._order[one] for one in dict.fromkeys(rows) if one]
        return places == sorted(places)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {one: place for place, one in enumerate(self.known)}

    def _follow(self, page: int, row: str, left: float, size: float) -> Iterator[str]:
        head = self._head(page)
        for place, line in enumerate(self._of(page)):
            if place < head:
                yield ""
                continue
            if (number := self._number(line)) and line.size >= size:
                row, left = number, line.left
            elif line.left < left - _INDENT:
                row = ""
            yield row

    def _number(self, line: PrintedLine) -> str:
        """The number that fills the first column of a line, or nothing."""
        return line.first if _NUMBER.fullmatch(line.first) and line.first in self._order else ""

    def _head(self, page: int) -> int:
        """How many lines at the top of a page stand at the top of its neighbours as well."""
        near = {
            (round(line.baseline), line.text)
            for other in (page - 1, page + 1)
            if 0 <= other < self.count
            for line in self._of(other)
        }
        lines = self._of(page)
        return next((at for at, line in enumerate(lines) if (round(line.baseline), line.text) not in near), len(lines))

    # the words of a page --------------------------------------------------------------------------------------

    def _of(self, page: int) -> tuple[PrintedLine, ...]:
        """The lines of a page from the top, its number at the foot left out."""
        lines = self._with_foot(page)
        return lines[:-1] if lines and _FOOT.fullmatch(lines[-1].text) else lines

    def _printed_number(self, page: int) -> int | None:
        lines = self._with_foot(page)
        found = _FOOT.fullmatch(lines[-1].text) if lines else None
        return int(found[1]) if found else None

    def _with_foot(self, page: int) -> tuple[PrintedLine, ...]:
        if page not in self._lines:
            try:
                self._lines[page] = tuple(_lines(self._words(page)))
            except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
                told = f"{page + 1} 頁を読めません（{type(error).__name__}）。"
                raise ConfigurationError(
                    [Problem(Position.of(self.path), told, "配った PDF を確かめてください。")]
                ) from error
        return self._lines[page]

    def _words(self, page: int) -> list[_Piece]:
        found: list[_Piece] = []

        def keep(text: str, outer: Sequence[float], inner: Sequence[float], _: Any, size: float) -> None:
            if text.strip():
                left = outer[0] * inner[4] + outer[2] * inner[5] + outer[4]
                baseline = outer[1] * inner[4] + outer[3] * inner[5] + outer[5]
                scale = math.hypot(outer[2], outer[3]) * math.hypot(inner[2], inner[3])
                found.append(_Piece(baseline, left, (size or _NO_SIZE) * (scale or 1), text))

        visitor: Callable[..., None] = keep
        self._reader.pages[page].extract_text(visitor_text=visitor)
        return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """Letters that stand together."""

    baseline: float
    left: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """About where it ends: letters are as wide as high, those of ASCII half as wide."""
        return self.left + self.size * sum(0.6 if one.isascii() else 1.0 for one in self.text.rstrip())


def _lines(words: Iterable[_Piece]) -> Iterator[PrintedLine]:
    """Pieces of text that stand beside each other, as lines from the top."""
    line: list[_Piece] = []
    for one in sorted(words, key=lambda each: (-each.baseline, each.left)):
        if line and line[0].baseline - one.baseline > _SAME_LINE * one.size:
            yield _joined(line)
            line = []
        line.append(one)
    if line:
        yield _joined(line)


def _joined(pieces: Iterable[_Piece]) -> PrintedLine:
    ordered = sorted(pieces, key=lambda one: one.left)
    first = [ordered[0]]
    for one in ordered[1:]:
        if one.left - first[-1].right > first[-1].size:
            break
        first.append(one)
    return PrintedLine(
        ordered[0].left, max(one.baseline for one in ordered), _text(ordered), _text(first), ordered[0].size
    )


def _text(pieces: Iterable[_Piece]) -> str:
    return "".join(one.text.replace("\n", "").replace("\u200b", "") for one in pieces).strip()


def printed_pages(papers: Mapping[str, Path], known: Sequence[str]) -> dict[str, PrintedPages]:
    """Papers by the names under which they are cited. Raises ConfigurationError with all problems."""
    found = {name: PrintedPages(path, known) for name, path in papers.items()}
    problems: list[Problem] = []
    for one in found.values():
        try:
            one.check()
        except ConfigurationError as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(problems)
    return found

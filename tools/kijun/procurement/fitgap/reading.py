"""Reads books that offices filled: rows by hidden keys, else by the number that is seen; whatever else is listed.

A row counts as written by whoever its cells name, else by whoever saved the file last.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any, Final

from kijun.catalog.workbook_checks import Limits, WorkbookTrouble, content_of
from kijun.catalog.workbook_properties import LastChange, last_change
from kijun.catalog.workbook_reader import column_name
from kijun.catalog.workbook_values import Rows, rows_of
from kijun.model.bid import UnplacedRow
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.personal_number import personal_numbers_in
from kijun.press.workbook import CREATED
from kijun.procurement import notation
from kijun.procurement.answers.opening import problem_of
from kijun.procurement.fitgap import book
from kijun.procurement.fitgap.judgements import Entry, Version, folded, judgement_of
from kijun.procurement.fitgap.manifest import HIDDEN, Manifest, read_manifest
from kijun.procurement.request import Asked, RequestForProposal
from kijun.procurement.returned_book import cell_text

_SEARCHED: Final = 20  # lines in which the headings are looked for
_NEEDED: Final = (book.NUMBER, *book.FILLED)
_OURS: Final = frozenset([book.COVER, book.LEGEND, book.RIVALS, book.BEFORE, book.PAST, HIDDEN])
_SHEET_DAY: Final = re.compile(r"[3-7]\d{4}")
_BY_FILE: Final = "（ファイルを最後に保存した人）"
_UNKNOWN: Final = "不明"
_JAPAN: Final = timezone(timedelta(hours=9))
_SENDER: Final = "記入した課"
_CLOSE: Final = "開いている人に保存して閉じてもらい、もう一度実行してください。"


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row of one book, and what stood there when the book was made."""

    requirement: str
    version: Version
    bases: tuple[Version, ...]


@dataclass(frozen=True)
class FilledBook:
    """One book: every row of its sheets is in `rows` or in `listed`."""

    name: str
    manifest: Manifest
    rows: tuple[FilledRow, ...]
    listed: tuple[UnplacedRow, ...]
    edited: tuple[UnplacedRow, ...]  # words of printed cells that were changed; the row itself is taken
    notes: tuple[str, ...]


def books_in(places: Iterable[Path]) -> list[Path]:
    """The workbooks of files and folders. Raises ConfigurationError for books that are open, or not there."""
    found: list[Path] = []
    problems: list[Problem] = []
    for place in places:
        inside = sorted(one for one in place.rglob("*") if one.is_file()) if place.is_dir() else [place]
        problems += _open_books(inside)
        books = [one for one in inside if one.is_file() and not _is_lock(one) and not _is_leaving(one)]
        if place.is_dir() and not books:
            told = "フォルダーに本がありません。"
            problems.append(Problem(Position.of(place), told, "記入した本（.xlsx）を入れてください。"))
        elif not place.exists():
            told = "ファイルがありません。"
            problems.append(Problem(Position.of(place), told, "場所と名前を確かめてください。"))
        found += books
    if problems:
        raise ConfigurationError(problems)
    return list(dict.fromkeys(found))


def _open_books(paths: Sequence[Path]) -> Iterator[Problem]:
    for path in paths:
        if _is_lock(path):
            told = f"表計算ソフトが「{_opened_name(path)}」を開いている間に作る印のファイルです。本は開かれたままです。"
            yield Problem(Position.of(path), told, f"{_CLOSE}誰も開いていなければ、この印を消してください。")
            continue
        for lock in (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")):
            if lock.exists() and lock not in paths:
                told = (
                    f"表計算ソフトで開かれたままで（印のファイル「{lock.name}」）、保存されていない記入がありえます。"
                )
                yield Problem(Position.of(path), told, f"{_CLOSE}誰も開いていなければ、印を消してください。")


def _is_lock(path: Path) -> bool:
    return path.name.startswith(("~$", ".~lock."))


def _is_leaving(path: Path) -> bool:
    """Whether the operating system put it there."""
    return path.name.startswith(".") or path.name.lower() in ("desktop.ini", "thumbs.db")


def _opened_name(path: Path) -> str:
    return path.name.removeprefix("~$").removeprefix(".~lock.").removesuffix("#")


def open_filled(path: Path) -> tuple[dict[str, Rows], Manifest, LastChange]:
    """Sheets of a book of ours, its hidden sheet, who saved it. Raises ConfigurationError."""
    try:
        opened = rows_of(path, Limits())
        change = last_change(content_of(path, Limits()))
    except WorkbookTrouble as trouble:
        raise ConfigurationError([problem_of(path, trouble, _SENDER)]) from trouble
    return opened, read_manifest(path, opened), change


def read_filled(path: Path, request: RequestForProposal) -> FilledBook:
    """Read a book that was made for this request. Raises ConfigurationError with all problems."""
    opened, manifest, change = open_filled(path)
    if told := manifest.differences(request):
        hint = "この条件と版から作った本かを確かめてください。前の版の本は kijun fitgap new の --from で引き継ぎます。"
        raise ConfigurationError([Problem(Position.of(path), one, hint) for one in told])
    asked = {one.requirement.id: one for one in request.rows}
    reader = _Reader(path, manifest, change, asked)
    return reader.read(opened)


def read_before(path: Path) -> FilledBook:
    """Read last year's book or another body's for its own rows, whatever edition it was made for."""
    opened, manifest, change = open_filled(path)
    return _Reader(path, manifest, change, {}).read(opened)


class _Reader:
    """Reads one sheet after another; `asked` is empty where the book is not held against a request."""

    def __init__(self, path: Path, manifest: Manifest, change: LastChange, asked: Mapping[str, Asked]) -> None:
        self._path, self._manifest, self._change, self._asked = path, manifest, change, asked
        self._known, self._bases = frozenset(manifest.rows), manifest.bases
        self._rows: list[FilledRow] = []
        self._listed: list[UnplacedRow] = []
        self._edited: list[UnplacedRow] = []
        self._notes: list[str] = []
        self._problems: list[Problem] = []

    def read(self, opened: Mapping[str, Rows]) -> FilledBook:
        for name, rows in opened.items():
            if name == book.LISTED:
                self._listed += _listed_again(rows)
            elif name not in _OURS:
                self._sheet(name, rows)
        if self._problems:
            raise ConfigurationError(self._problems)
        return FilledBook(
            self._path.name,
            self._manifest,
            tuple(self._rows),
            tuple(self._listed),
            tuple(self._edited),
            (*self._notes, *self._missing()),
        )

    def _sheet(self, name: str, rows: Rows) -> None:
        head = next((at for at, row in enumerate(rows[:_SEARCHED]) if _is_head(row)), None)
        if head is None:
            is_ours = bool(rows and rows[0] and cell_text(rows[0][0]) in (book.TITLE, book.LEGEND))
            for line, row in enumerate(rows, start=1):
                if not is_ours and (words := _words(map(cell_text, row))):
                    self._beside(f"{name}!A{line}", words, "配った本にないシートです。")
            return
        labels = [_folded(cell) for cell in rows[head]]
        if missing := [one for one in _NEEDED if folded(one) not in labels]:
            told = f"見出しの行（{name}!A{head + 1}）に、「{'」「'.join(missing)}」の列がありません。"
            self._problems.append(
                Problem(Position.of(self._path), told, "見出しを、配ったときのままに直してください。")
            )
            return
        columns = {one: labels.index(folded(one)) for one in (*_LABELS,) if folded(one) in labels}
        for line, cells in enumerate(rows[head + 1 :], start=head + 2):
            texts = {one: cell_text(cells[at]) if at < len(cells) else "" for one, at in columns.items()}
            others = [cell_text(cell) for at, cell in enumerate(cells) if at not in columns.values()]
            if any(texts.values()) or any(others):
                self._line(name, line, texts, columns, [one for one in others if one])

    def _line(
        self, sheet: str, line: int, texts: Mapping[str, str], columns: Mapping[str, int], others: Sequence[str]
    ) -> None:
        def at(label: str) -> str:
            return f"{sheet}!{column_name(columns[label])}{line}"

        hidden, seen = texts.get(book.KEY, ""), unicodedata.normalize("NFKC", texts[book.NUMBER])
        key = hidden or seen
        words = _words([*(texts[one] for one in texts if one != book.KEY), *others])
        if hidden and seen in self._known and seen != hidden:
            told = f"見える要件番号 {seen} と、隠れた番号 {hidden} が違います。"
            self._beside(at(book.NUMBER), words, told)
            return
        if key not in self._known:
            told = f"要件番号「{key}」は、この本の要件にありません。" if key else "要件番号のない行です。"
            self._beside(at(book.NUMBER), words, told)
            return
        entry = Entry(*(texts[one] for one in book.FILLED[:4]))
        self._rows.append(
            FilledRow(key, self._version(key, entry, texts, at(book.JUDGEMENT)), self._bases.get(key, ()))
        )
        if others:
            self._edited.append(
                UnplacedRow(f"{self._path.name} {sheet}!A{line}", _words(others), "欄のない所に書かれています。")
            )
        self._look_at(key, entry, texts, at)

    def _version(self, key: str, entry: Entry, texts: Mapping[str, str], place: str) -> Version:
        """The entry with its author: as it was made for the book if nobody changed it."""
        bases = self._bases.get(key, ())
        kept = next((one for one in bases if one.entry.meaning == entry.meaning), None)
        if kept:
            return kept
        who, when = texts[book.WHO], _day(texts[book.WHEN])
        if any((who, when) == (one.who, one.when) for one in bases):
            who = when = ""  # the cells still name whoever wrote the entry that was changed
        by_file = f"{self._change.who}{_BY_FILE}" if self._change.who else _UNKNOWN
        return Version(entry, who or by_file, when or _moment(self._change), f"{self._path.name} {place}")

    def _look_at(self, key: str, entry: Entry, texts: Mapping[str, str], at: Any) -> None:
        """What a person should know of a row that is taken."""
        if entry.judgement and judgement_of(entry.judgement) is None:
            told = f"判定「{entry.judgement}」は一覧にありません。書かれたまま残し、判定済みには数えません。"
            self._notes.append(f"{self._path.name} {at(book.JUDGEMENT)} {told}")
        for label, text in zip(book.FILLED, entry.cells, strict=False):
            if any(personal_numbers_in(text)):
                self._notes.append(
                    f"{self._path.name} {at(label)} 個人番号のように見える数字があります。消してください。"
                )
        if asked := self._asked.get(key):
            for label, sent in zip(book.PRINTED, book.printed_cells(asked), strict=True):
                if label in texts and folded(texts[label]) != folded(sent):
                    told = f"{key} の「{label}」の欄が書き換えられています。記入は取り込み、元の文に戻しました。"
                    self._edited.append(UnplacedRow(f"{self._path.name} {at(label)}", texts[label], told))

    def _beside(self, place: str, words: str, because: str) -> None:
        self._listed.append(UnplacedRow(f"{self._path.name} {place}", words, because))

    def _missing(self) -> Iterator[str]:
        """Rows of this book's own 課 that stand on no sheet any more."""
        there = {one.requirement for one in self._rows}
        wanted = [one for one, asked in self._asked.items() if asked.sheet in self._manifest.sheets]
        if gone := [one for one in wanted if one not in there]:
            shown = "、".join(gone[:5]) + (" ほか" if gone[5:] else "")
            yield f"{self._path.name} 消された行が {len(gone)} 行あります（{shown}）。合わせた本には戻します。"


_LABELS: Final = (*book.PRINTED, *book.FILLED, book.STATE, book.KEY)


def _listed_again(rows: Rows) -> Iterator[UnplacedRow]:
    for row in rows[1:]:
        place, text, because = ([cell_text(cell) for cell in row] + [""] * 3)[:3]
        if place or text:
            yield UnplacedRow(place, text, because)


def _is_head(row: Sequence[Any]) -> bool:
    labels = set(map(_folded, row))
    return book.KEY in labels or {book.NUMBER, book.JUDGEMENT} <= labels


def _folded(cell: Any) -> str:
    return folded(cell_text(cell))


def _words(cells: Iterable[str]) -> str:
    return " / ".join(one for one in cells if one)


def _moment(change: LastChange) -> str:
    """When a file was saved, in Japanese time; a book that was never saved since it was made tells nothing."""
    if change.when is None or change.when == CREATED:
        return _UNKNOWN
    return change.when.astimezone(_JAPAN).strftime("%Y-%m-%d %H:%M")


def _day(text: str) -> str:
    """The day as it is written; a number of the spreadsheet's calendar as a day."""
    due = notation.due(text) if _SHEET_DAY.fullmatch(text) else None
    return due.last_day.isoformat() if due and due.last_day else text

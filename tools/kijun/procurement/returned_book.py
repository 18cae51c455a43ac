"""Reads a workbook of ours that a bidder returned: answers by hidden keys, and everything that is not as it was sent.

Sheets may be renamed, rows sorted and columns moved. Nothing is dropped: what belongs to no requirement is listed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from kijun.catalog.schemas import schema
from kijun.catalog.workbook_checks import Limits, WorkbookTrouble
from kijun.catalog.workbook_values import Rows, rows_of
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, UnplacedRow
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Obligation
from kijun.procurement import notation
from kijun.procurement import request_book as book
from kijun.procurement.request import Asked, check_code, mark
from kijun.procurement.tables import tables_of

_HEAD_LINES: Final = 20  # a reader may have put words above the headings
_NOT_ROWS: Final = frozenset([book.COVER, book.LEGEND, book.LEFT_OUT, book.HIDDEN])
_BY_LABEL: Final = {notation.sign(one.label): one for one in book.ANSWERS}
_AGAIN: Final = "事業者に、依頼したブックへ記入して返すよう頼んでください。"


class Kind(StrEnum):
    """In what way a returned book is not as it was sent."""

    EDITED = "edited"
    DELETED = "deleted"
    ADDED = "added"
    DOUBLED = "doubled"
    UNKNOWN = "unknown"
    OWN = "own"

    @property
    def label(self) -> str:
        return _KIND_LABELS[self]


_KIND_LABELS = {
    Kind.EDITED: "標準仕様書と異なる記載",
    Kind.DELETED: "消された行",
    Kind.ADDED: "加えられた行",
    Kind.DOUBLED: "重なった行",
    Kind.UNKNOWN: "依頼にない要件番号",
    Kind.OWN: "独自",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, and where it is seen."""

    kind: Kind
    place: str
    text: str
    is_mandatory: bool = False


@dataclass(frozen=True)
class ReturnedBook:
    """What the bidder answers, to which request, and what was changed in the book."""

    bid: Bid
    manifest: Mapping[str, Any]
    asked: Mapping[str, Asked]
    findings: tuple[Finding, ...]

    @property
    def code(self) -> str:
        return check_code(self.manifest)

    def of(self, kind: Kind) -> list[Finding]:
        return [one for one in self.findings if one.kind is kind]


def is_ours(path: Path) -> bool:
    """Whether the file is a workbook of this kind; anything that cannot be opened is none."""
    try:
        return book.HIDDEN in rows_of(path, Limits())
    except WorkbookTrouble:
        return False


def read_manifest(path: Path) -> dict[str, Any]:
    """What was asked, as the hidden sheet tells it. Raises ConfigurationError."""
    return _manifest(_opened(path), path)


def read_returned(path: Path, root: Path) -> ReturnedBook:
    """Read a returned workbook against the tables of a root, in the edition that the book names; see `read_book`."""
    return read_book(path, tables_of(root, read_manifest(path)["edition"]))


def rows_in(path: Path, edition: Edition) -> dict[str, dict[int, str]]:
    """Where the requirements of a request stand: sheet → row from 1 → requirement. Raises ConfigurationError."""
    opened = _opened(path)
    asked, problems = _asked(path, _manifest(opened, path), edition)
    if problems:
        raise ConfigurationError(problems)
    found: dict[str, dict[int, str]] = {}
    for name, rows in opened.items():
        head = next((row for row in rows[:_HEAD_LINES] if book.KEY in map(cell_text, row)), None)
        column = [cell_text(cell) for cell in head].index(book.KEY) if head else 0
        for line, row in enumerate(rows if head else (), start=1):
            if column < len(row) and (one := cell_text(row[column])) in asked:
                found.setdefault(name, {})[line] = one
    return found


def read_book(path: Path, edition: Edition) -> ReturnedBook:
    """Read a returned workbook against the tables that it was made from (`tables_of` its manifest's edition).

    Raises ConfigurationError with every problem that keeps it from being read; a changed row is a finding, not one.
    """
    opened = _opened(path)
    manifest = _manifest(opened, path)
    asked, problems = _asked(path, manifest, edition)
    names, faults = _bidder(opened, path)
    reader = _Reader(path, asked)
    if not problems:
        for name, rows in opened.items():
            reader.sheet(name, rows)
    problems += faults + reader.problems
    if problems:
        raise ConfigurationError(problems)
    reader.miss()
    bid = Bid(
        bidder=names[book.BIDDER],
        product=names[book.PRODUCT],
        version=names[book.VERSION],
        editions=dict(manifest["tables"]),
        answers=reader.answers,
        source=path.name,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        legend={one.label: one for one in book.ANSWERS},
        unplaced=tuple(reader.unplaced),
    )
    return ReturnedBook(bid, manifest, asked, tuple(reader.findings))


# the book -------------------------------------------------------------------------------------------------


def _opened(path: Path) -> dict[str, Rows]:
    if not path.is_file():
        raise ConfigurationError(
            [Problem(Position.of(path), "ファイルがありません。", "場所と名前を確かめてください。")]
        )
    try:
        return rows_of(path, Limits())
    except WorkbookTrouble as error:
        told = "Excel のファイルとして読めません（壊れている、パスワードが付いている、形式が違うなど）。"
        raise ConfigurationError([Problem(Position.of(path), told, _AGAIN)]) from error


def _manifest(opened: Mapping[str, Rows], path: Path) -> dict[str, Any]:
    at = Position.of(path)
    if book.HIDDEN not in opened:
        told = f"回答依頼書ではありません（隠しシート「{book.HIDDEN}」がありません）。"
        hint = "ほかの様式の回答表なら、kijun answers import で読みます。依頼書のはずなら、" + _AGAIN
        raise ConfigurationError([Problem(at, told, hint)])
    rows = opened[book.HIDDEN]
    try:
        content = json.loads("".join(str(row[0]) for row in rows[1:] if row))
    except (ValueError, RecursionError):
        content = None
    if next(schema("rfp_manifest").errors(content), None):
        told = f"隠しシート「{book.HIDDEN}」が書き換えられていて、何を尋ねたブックか分かりません。"
        raise ConfigurationError([Problem(at, told, _AGAIN)])
    found: dict[str, Any] = content
    return found


def _asked(path: Path, manifest: Mapping[str, Any], edition: Edition) -> tuple[dict[str, Asked], list[Problem]]:
    """The rows that the book asked, and a problem when the tables are no longer those that it was made from."""
    known = edition.requirements
    other = [row[0] for row in manifest["rows"] if row[0] not in known or known[row[0]].fingerprint != row[1]]
    if other or (manifest["edition"] and manifest["edition_digest"] != edition.digest):
        shown = "、".join(other[:5]) + (" ほか" if len(other) > 5 else "")
        told = f"依頼を作った要件表と、今ある要件表が違います（{len(other)} 件: {shown}）。"
        hint = "依頼を作ったときの仕様の根を --spec に指定してください。凍結した版で依頼すれば、こうなりません。"
        return {}, [Problem(Position.of(path), told, hint)]
    return {
        one: Asked(known[one], Obligation(obligation), is_chosen, weight, "")
        for one, _, obligation, is_chosen, weight in manifest["rows"]
    }, []


def _bidder(opened: Mapping[str, Rows], path: Path) -> tuple[dict[str, str], list[Problem]]:
    """Name, product and version from whichever sheet has their labels in its first column."""
    wanted = (book.BIDDER, book.PRODUCT, book.VERSION)
    found: dict[str, tuple[str, str]] = {}
    for name, rows in opened.items():
        for line, row in enumerate(rows, start=1):
            label = cell_text(row[0]) if row else ""
            if label in wanted and label not in found:
                found[label] = (cell_text(row[1]) if len(row) > 1 else "", f"{name}!B{line}")
    hint = "事業者に尋ね、表紙に記入してもらってください。"
    places = {label: place for label, (_, place) in found.items()}
    problems = [
        Problem(Position.of(path), f"「{label}」が空欄です（{places.get(label, book.COVER)}）。", hint)
        for label in wanted
        if not found.get(label, ("", ""))[0]
    ]
    return {label: text for label, (text, _) in found.items()}, problems


# rows -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of a sheet by its headings."""

    sheet: str
    line: int
    cells: Mapping[str, str]
    columns_of: Mapping[str, str]

    def at(self, label: str) -> str:
        return f"{self.sheet}!{self.columns_of[label]}{self.line}"

    @property
    def key(self) -> str:
        return self.cells[book.KEY]

    @property
    def words(self) -> str:
        """Everything that a person wrote or reads in the row."""
        return " / ".join(text for label, text in self.cells.items() if text and label not in (book.KEY, book.MARK))


class _Reader:
    """Reads one sheet after another."""

    def __init__(self, path: Path, asked: Mapping[str, Asked]) -> None:
        self.path, self.asked = path, asked
        self.answers: dict[str, BidAnswer] = {}
        self.unplaced: list[UnplacedRow] = []
        self.findings: list[Finding] = []
        self.problems: list[Problem] = []

    def sheet(self, name: str, rows: Sequence[Sequence[Any]]) -> None:
        head = next((at for at, row in enumerate(rows[:_HEAD_LINES]) if book.KEY in map(cell_text, row)), None)
        if head is None:
            if name not in _NOT_ROWS and not _is_cover(rows) and any(cell_text(cell) for row in rows for cell in row):
                self._beside(Kind.ADDED, f"{name}!A1", f"シート「{name}」", "依頼にないシートです。")
            return
        labels = [cell_text(cell) for cell in rows[head]]
        if missing := [one for one in book.LABELS if one not in labels]:
            told = f"シート「{name}」の {head + 1} 行目に、見出し「{'」「'.join(missing)}」の列がありません。"
            self.problems.append(Problem(Position.of(self.path), told, _AGAIN))
            return
        columns = {one: labels.index(one) for one in book.LABELS}
        columns_of = {one: _letter(column) for one, column in columns.items()}
        for line, cells in enumerate(rows[head + 1 :], start=head + 2):
            texts = {one: cell_text(cells[at]) if at < len(cells) else "" for one, at in columns.items()}
            if any(texts.values()):
                self._row(_Row(name, line, texts, columns_of))

    def miss(self) -> None:
        """What was asked and stands on no sheet any more."""
        for one, row in self.asked.items():
            if one not in self.answers:
                told = f"{one}（{row.obligation_text}）{row.requirement.text}"
                self.findings.append(Finding(Kind.DELETED, "", told, row.obligation is Obligation.MANDATORY))

    def _row(self, row: _Row) -> None:
        if row.key.startswith(book.OWN_KEY):
            if any(row.cells[one] for one in _FILLED):
                self._beside(Kind.OWN, row.at(book.TEXT), row.words, "標準にない、依頼元の独自の要件です（独自）。")
            return
        asked = self.asked.get(row.key)
        if asked is None:
            kind = Kind.UNKNOWN if row.key else Kind.ADDED
            because = f"要件番号 {row.key} は、この依頼にありません。" if row.key else "依頼にない行です（独自）。"
            self._beside(kind, row.at(book.NUMBER), row.words, because)
            return
        answer = _answer(row)
        if first := self.answers.get(row.key):
            self._beside(Kind.DOUBLED, row.at(book.NUMBER), row.words, f"{row.key} は {first.place} にもあります。")
            if _said(first) != _said(answer):
                question = f"{first.place} と {answer.place} の答えが違います。どちらが正しいかを確かめてください。"
                self.answers[row.key] = replace(
                    first, status=AnswerStatus.CONFLICT, questions=(*first.questions, question)
                )
            return
        edits = list(_edits(row, asked))
        self.findings += edits
        questions = (*answer.questions, *(one.text for one in edits))
        self.answers[row.key] = replace(answer, questions=questions)

    def _beside(self, kind: Kind, place: str, words: str, because: str) -> None:
        self.findings.append(Finding(kind, place, f"{because} {words}"))
        self.unplaced.append(UnplacedRow(place, words, because))


_FILLED: Final = (book.NAME, book.TEXT, book.ANSWER, book.COST, book.DUE, book.REMARKS)


def _is_cover(rows: Sequence[Sequence[Any]]) -> bool:
    firsts = {cell_text(row[0]) for row in rows if row}
    return {book.BIDDER, book.PRODUCT} <= firsts or {one.label for one in book.ANSWERS} <= firsts


def _edits(row: _Row, asked: Asked) -> Iterator[Finding]:
    """Locked words that are not those of the request."""
    is_mandatory = asked.obligation is Obligation.MANDATORY
    sent = dict(zip(book.PRINTED, book.printed_cells(asked), strict=True)) | {book.MARK: mark(asked.requirement)}
    for label, text in sent.items():
        if _plain(row.cells[label]) != _plain(text):
            shown = "隠した指紋" if label == book.MARK else label
            told = f"{asked.requirement.id} 「{shown}」の欄が標準仕様書と異なる記載です。"
            told += f"依頼は「{text}」、返ったものは「{row.cells[label]}」です。"
            yield Finding(Kind.EDITED, row.at(label), told, is_mandatory)


def _answer(row: _Row) -> BidAnswer:
    written = row.cells[book.ANSWER]
    status = _BY_LABEL.get(notation.sign(written)) if written else AnswerStatus.UNANSWERED
    questions = []
    if status is None:
        questions.append(f"回答「{written}」は一覧にありません。一覧から選び直してもらってください。")
    cost, due = notation.cost(row.cells[book.COST]), notation.due(row.cells[book.DUE])
    if cost and cost.yen is None:
        questions.append(f"費用「{cost.written}」: {cost.note}")
    if due and due.last_day is None:
        questions.append(f"対応予定日「{due.written}」: {due.note}")
    return BidAnswer(
        requirement=row.key,
        status=status or AnswerStatus.CONFLICT,
        written=written,
        place=row.at(book.ANSWER),
        cost=cost,
        due=due,
        remarks=row.cells[book.REMARKS],
        questions=tuple(questions),
    )


def _said(answer: BidAnswer) -> tuple[Any, ...]:
    return answer.written, answer.cost, answer.due, answer.remarks


def _plain(text: str) -> str:
    return "".join(text.split())


def _letter(column: int) -> str:
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_text(cell: Any) -> str:
    """What a person sees in a cell: whole numbers without a point, days as ISO dates."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""

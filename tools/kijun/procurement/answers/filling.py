"""Writes own answers into a body's sheet in its codes; what cannot be placed is listed with its cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kijun.catalog.answer_mapping import AnswerMapping
from kijun.catalog.import_columns import ColumnWords
from kijun.catalog.workbook_editor import Guards, read_guards, with_cells
from kijun.catalog.workbook_reader import Book, Place
from kijun.model.bid import AnswerStatus, BidAnswer, UnplacedRow
from kijun.model.errors import ConfigurationError
from kijun.procurement import notation
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.reading import confirmed_rows, fitting_tables, read_legend, requirement_of
from kijun.procurement.answers.tables import Row

_LONGEST = 32_767  # characters of a cell
_OPEN = (AnswerStatus.UNANSWERED, AnswerStatus.CONFLICT)


@dataclass(frozen=True, slots=True)
class Filling:
    """A filled book, and what a person has to do by hand."""

    content: bytes
    rows: int
    filled: tuple[str, ...]  # requirements
    unplaced: tuple[UnplacedRow, ...]
    notes: tuple[str, ...]
    codes: Mapping[AnswerStatus, str]
    unused: tuple[str, ...]  # requirements that are answered and have no row


def fill(
    path: str,
    content: bytes,
    book: Book,
    mapping: AnswerMapping,
    words: ColumnWords,
    index: Index,
    answers: Mapping[str, BidAnswer],
) -> Filling:
    """Fill every row that can be filled. Raises ConfigurationError where book and mapping do not fit."""
    tables = fitting_tables(path, book, mapping, words)
    _, problems = read_legend(mapping)
    rows = [row for table in tables for row in table.rows()]
    confirmed, faults = confirmed_rows(rows, mapping, index)
    if problems := [*problems, *faults]:
        raise ConfigurationError(problems)
    filler = _Filler(_codes(mapping), answers, read_guards(content))
    for row in rows:
        requirement, because = requirement_of(row, index, confirmed, words)
        filler.enter(row, requirement.id if requirement else "", because)
    return Filling(
        content=with_cells(content, filler.cells),
        rows=len(rows),
        filled=tuple(filler.filled),
        unplaced=tuple(filler.unplaced),
        notes=tuple(filler.notes),
        codes={status: filler.codes[status] for status in AnswerStatus if status in filler.codes},
        unused=tuple(one for one in answers if one not in filler.met),
    )


def _codes(mapping: AnswerMapping) -> dict[AnswerStatus, str]:
    """The code for each answer, the first where a legend has two."""
    codes = dict[AnswerStatus, str]()
    for one in mapping.legend:
        if one.status:
            codes.setdefault(one.status, one.code)
    return codes


class _Filler:
    """Takes one row after another and collects what is to be written."""

    def __init__(
        self, codes: Mapping[AnswerStatus, str], answers: Mapping[str, BidAnswer], guards: Mapping[str, Guards]
    ) -> None:
        self.codes, self.answers, self.guards = codes, answers, guards
        self.cells: dict[str, dict[Place, str | int]] = {}
        self.filled: list[str] = []
        self.met: set[str] = set()
        self.unplaced: list[UnplacedRow] = []
        self.notes: list[str] = []

    def enter(self, row: Row, requirement: str, because: str) -> None:
        """Fill one row, or list it."""
        self.met.add(requirement)
        because = because if not requirement else self._refusal(row, requirement)
        if because:
            self.unplaced.append(UnplacedRow(row.place, row.words, because))
            return
        answer = self.answers[requirement]
        self._put(row, "answer", self.codes[answer.status])
        self.filled.append(requirement)
        for field, content in _extras(row, answer):
            if content == "":
                continue
            if told := self._hindrance(row, field, content):
                self.notes.append(f"{row.cell(field)} に「{str(content)[:40]}」を書けません。{told}")
            else:
                self._put(row, field, content)

    def _refusal(self, row: Row, requirement: str) -> str:
        answer = self.answers.get(requirement)
        if answer is None:
            return f"要件 {requirement} の回答がありません。"
        if answer.status in _OPEN:
            return f"要件 {requirement} の回答が「{answer.status.label}」です。"
        code = self.codes.get(answer.status)
        if code is None:
            return f"「{answer.status.label}」に当たる符号が、この様式の凡例にありません。"
        return self._hindrance(row, "answer", code)

    def _hindrance(self, row: Row, field: str, content: str | int) -> str:
        """Why nothing may be written into a cell; empty when it may."""
        place, guards = _place(row, field), self.guards[row.table.grid.name]
        if not _is_writable(str(content)):
            return f"制御文字があるか、{_LONGEST:,} 文字を超えています。"
        if place in guards.formulas:
            return "式が入っています。"
        there = row.text(field)
        if there and notation.sign(there) != notation.sign(str(content)):
            return f"すでに「{there[:20]}」と書かれています。"
        if place in self.cells.get(row.table.grid.name, {}):
            return "上の行と結合されたセルです。"
        if guards.is_closed(place):
            return "シートが保護され、このセルはロックされています。"
        choices = next((one for one in guards.choices if one.has(place)), None)
        if choices and choices.entries is not None and str(content) not in choices.entries:
            return f"入力規則で選べるのは「{'」「'.join(choices.entries)}」です。"
        return ""

    def _put(self, row: Row, field: str, content: str | int) -> None:
        self.cells.setdefault(row.table.grid.name, {})[_place(row, field)] = content


def _is_writable(text: str) -> bool:
    """Whether a cell can hold a text: Excel calls a book broken that has more, or other signs."""
    return len(text) <= _LONGEST and not any(
        unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t" for one in text
    )


def _place(row: Row, field: str) -> Place:
    """Where a cell is written: the first of its merged area."""
    place = (row.line, row.table.sheet.columns[field])
    return row.table.grid.source.get(place, place)


def _extras(row: Row, answer: BidAnswer) -> Iterator[tuple[str, str | int]]:
    """Sum, day and remarks, as far as the sheet has columns for them."""
    columns = row.table.sheet.columns
    if "cost" in columns and answer.cost and answer.cost.yen:
        yield "cost", notation.in_unit(answer.cost.yen, row.table.sheet.cost_unit)
    if "due" in columns and answer.due:
        yield "due", answer.due.last_day.isoformat() if answer.due.last_day else answer.due.written
    if "remarks" in columns:
        yield "remarks", answer.remarks


def told_filling(filling: Filling, names: Sequence[str]) -> Iterator[str]:
    """Lines for the screen: counts, codes used, and everything left to a person; `names` are what it was made from."""
    yield f"{'　'.join(names)}　{filling.rows} 行のうち {len(filling.filled)} 行に書き入れました。"
    yield "使った符号: " + "　".join(f"{status.label}＝{code}" for status, code in filling.codes.items())
    yield f"\n書き入れなかった行 {len(filling.unplaced)}"
    yield from (f"・{one.place}　{one.text[:40]}　{one.because}" for one in filling.unplaced)
    yield from (f"注意: {one}" for one in filling.notes)
    told = f"　{'、'.join(filling.unused)}" if filling.unused else ""
    yield f"様式に行のない回答 {len(filling.unused)}{told}"

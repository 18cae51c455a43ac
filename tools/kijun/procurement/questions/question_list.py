"""Reads a list of questions, with or without answers, as offices and bidders write it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kijun.catalog.import_columns import ColumnWords, field_of, heading_labels
from kijun.catalog.workbook_reader import Grid
from kijun.model.bid import UnplacedRow
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.procurement.answers.opening import open_book
from kijun.procurement.questions.citing import Citation, cited

COVER, QUESTIONS, SAME, AFFECTED, LISTED = (
    "表紙",
    "質問",
    "同じ要件への質問",
    "見直す回答",
    "読めない行",
)  # of our own book
_SEARCHED: Final = 40  # rows in which the headings are looked for
_POINTING: Final = ("document", "page", "line", "place", "requirement", "official_id", "number", "settled")
_OURS: Final = (COVER, SAME, AFFECTED)
_SENDER: Final = "質問回答を作った人"


@dataclass(frozen=True, slots=True)
class Question:
    """One row of a list of questions."""

    number: str
    asker: str
    where: str  # what it points at, in its own words
    question: str
    answer: str
    settled: str  # the number that a person wrote down, or 「なし」
    citation: Citation
    place: str  # sheet and cell
    settled_place: str


@dataclass(frozen=True)
class QuestionList:
    """Every row of the sheets of questions is in `questions` or in `listed`."""

    name: str
    sha256: str
    questions: tuple[Question, ...]
    listed: tuple[UnplacedRow, ...]
    notes: tuple[str, ...]


def read_questions(path: Path, words: ColumnWords) -> QuestionList:
    """Read .xlsx, .xls, .ods or CSV. Raises ConfigurationError."""
    book = open_book(path, sender=_SENDER)
    questions: list[Question] = []
    listed: list[UnplacedRow] = []
    notes = list(book.notes)
    heads = {grid.name: _head(grid, words) for grid in book.grids}
    is_ours = {COVER, QUESTIONS} <= {grid.name for grid in book.grids}
    for grid in book.grids:
        if head := heads[grid.name]:
            sheet = _Sheet(grid, *head)
            for line in range(sheet.first, len(grid.texts)):
                _read_row(sheet, line, questions, listed)
        elif is_ours and grid.name == LISTED:
            listed += [
                UnplacedRow(*(grid.text(line, column) for column in range(3))) for line in range(1, len(grid.texts))
            ]
        elif not (is_ours and grid.name in _OURS) and any(cell.strip() for row in grid.texts for cell in row):
            notes.append(f"シート「{grid.name}」には質問の見出しがないので、読みませんでした。")
    if not any(heads.values()):
        raise ConfigurationError([_no_heading(path, [grid.name for grid in book.grids])])
    if not questions:
        hint = "見出しの下に質問を書いたものを指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "質問が一つもありません。", hint)])
    return QuestionList(book.name, book.sha256, tuple(questions), tuple(listed), (*notes, *_doubled(questions)))


def _no_heading(path: Path, names: Sequence[str]) -> Problem:
    told = (
        f"「質問内容」と、資料名・頁・要件番号などの見出しのある行が、どのシート（{'、'.join(names)}）にもありません。"
    )
    hint = "一行に一つの質問を書き、見出しを「質問内容」「資料名」「頁」「行」「回答」などに直してください。"
    return Problem(Position.of(path), told, hint)


def _head(grid: Grid, words: ColumnWords) -> tuple[int, Mapping[str, int]] | None:
    """The first row below the headings, and field → column; None where no row is one of headings."""
    for row in range(min(_SEARCHED, len(grid.texts))):
        if columns := _columns(grid, range(row, row + 1), words):
            two = _columns(grid, range(row, row + 2), words) if _is_second_line(grid, row + 1, words) else None
            return (row + 2, two) if two else (row + 1, columns)
    return None


def _is_second_line(grid: Grid, row: int, words: ColumnWords) -> bool:
    """Whether every cell that begins in this row is a heading as well."""
    if row >= len(grid.texts):
        return False
    cells = [column for column in range(grid.width) if grid.starts(row, column) and grid.text(row, column)]
    return bool(cells) and all(_field(grid, range(row, row + 1), column, words) for column in cells)


def _field(grid: Grid, rows: range, column: int, words: ColumnWords) -> tuple[str, int] | None:
    labels = heading_labels(grid, rows, column)
    return next((hit for label in labels if (hit := field_of(label, words.questions))), None)


def _columns(grid: Grid, rows: range, words: ColumnWords) -> dict[str, int] | None:
    best: dict[str, tuple[int, int]] = {}
    for column in range(grid.width):
        found = _field(grid, rows, column, words)
        if found and (found[0] not in best or found[1] < best[found[0]][0]):
            best[found[0]] = (found[1], column)
    columns = {field: column for field, (_, column) in best.items()}
    is_head = "question" in columns and any(field in columns for field in _POINTING)
    return columns if is_head else None


@dataclass(frozen=True)
class _Sheet:
    grid: Grid
    first: int
    columns: Mapping[str, int]

    def text(self, line: int, field: str) -> str:
        column = self.columns.get(field)
        return "" if column is None else self.grid.text(line, column)

    def cell(self, line: int, field: str) -> str:
        return self.grid.cell(line, self.columns.get(field, self.columns["question"]))


def _read_row(sheet: _Sheet, line: int, questions: list[Question], listed: list[UnplacedRow]) -> None:
    grid = sheet.grid
    own = [grid.whole(line, column) for column in range(grid.width) if grid.starts(line, column)]
    if not any(own):
        return
    text, place = sheet.text(line, "question"), sheet.cell(line, "question")
    column = sheet.columns["question"]
    if not text or not grid.starts(line, column):
        told = "質問の欄が空です。" if not text else "質問の欄が上の行とつながっています。"
        if grid.is_empty_formula(line, column):
            told = "質問の欄の式に、値が残っていません。"
        only_number = [one for one in own if one] == [sheet.text(line, "number")]
        if not only_number:  # forms are printed with numbers for more questions than there are
            listed.append(UnplacedRow(place, " / ".join(one for one in own if one), told))
        return
    cells = {field: sheet.text(line, field) for field in ("document", "page", "line", "place")}
    ids = [sheet.text(line, field) for field in ("requirement", "official_id")]
    questions.append(
        Question(
            number=sheet.text(line, "number"),
            asker=sheet.text(line, "asker"),
            where=" ".join(one for one in (*_labelled(cells), *ids) if one),
            question=text,
            answer=sheet.text(line, "answer"),
            settled=sheet.text(line, "settled"),
            citation=cited(**cells, ids=ids, question=text),
            place=place,
            settled_place=sheet.cell(line, "settled"),
        )
    )


def _labelled(cells: Mapping[str, str]) -> Iterator[str]:
    """Bare numbers with the word that their heading gave them."""
    for field, text in cells.items():
        unit = {"page": "頁", "line": "行目"}.get(field, "")
        yield f"{text}{unit}" if unit and text.isdecimal() else text


def _doubled(questions: Sequence[Question]) -> Iterator[str]:
    seen: dict[tuple[str, str], Question] = {}
    for one in questions:
        first = seen.setdefault((one.asker, one.number), one)
        if one.number and first is not one:
            yield f"{one.place} 質問番号「{one.number}」は {first.place} にもあります。"

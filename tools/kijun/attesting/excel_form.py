"""The form for offices that work on sheets: one row per requirement, written blank and read back as a whole."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kijun.attesting import answers
from kijun.attesting.agenda import Ground, Item
from kijun.attesting.answers import VERDICTS, Attestation, Complaint, read_attestation
from kijun.attesting.evidence import EvidenceFile, Unacceptable, evidence_file
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.press.workbook import CELL, HEAD, open_book, row_points

SHEET, _HELP = "人の確認", "書き方"
_PRINTED = 3
# field → heading and width; the first three are printed for the reader, the rest is filled in
_COLUMNS = {
    "requirement": ("要件番号", 16),
    "text": ("要件", 44),
    "procedure": ("手順", 56),
    "verdict": ("判定", 9),
    "office": ("担当 office", 18),
    "date": ("実施日", 13),
    "expires": ("有効期限", 13),
    "remark": ("備考", 36),
    "evidence": ("証拠ファイル", 36),
}
_FIELDS, _DAYS = tuple(_COLUMNS), ("date", "expires")
_SHEET_DAY_ZERO, _SHEET_DAYS = date(1899, 12, 30), range(36526, 73051)  # 2000 to 2099 as a sheet counts days
_HOW = (
    ("要件番号・要件・手順", "書き換えないでください。"),
    ("判定", "一覧から「適合」「不適合」「後で」を選びます。空欄と「後で」は読み込まれません。"),
    ("担当 office", "確かめた部署の名前です。個人名は書きません。"),
    ("実施日", "手順に沿って確かめた日です（今日まで）。"),
    ("有効期限", "この日を過ぎると「未検証」に戻ります。空欄なら実施日の翌年度の末日です。"),
    ("備考", "「不適合」のときは、手順のどこで何が違ったかを必ず書きます。個人番号は書きません。"),
    ("証拠ファイル", "このファイルから見た場所と名前です。二つ以上のときは、セルの中で改行（Alt+Enter）して並べます。"),
)


# writing --------------------------------------------------------------------------------------------------


def blank_form(items: Sequence[Item], office: str, today: date) -> bytes:
    """The form with one row for every item. Every printed cell is text: nothing is ever taken for a formula."""
    target = io.BytesIO()
    book = open_book(target, "人による確認の記入用紙")
    head = book.add_format(HEAD)
    printed = book.add_format({**CELL, "bg_color": "#F5F5F5"})
    cell, day = book.add_format(CELL), book.add_format({**CELL, "num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(SHEET)
    for column, (label, width) in enumerate(_COLUMNS.values()):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, head)
    for line, item in enumerate(items, start=1):
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(item.procedure, start=1))
        known = {
            "requirement": item.requirement.id,
            "text": item.requirement.text,
            "procedure": steps,
            "office": office,
        }
        for column, name in enumerate(_FIELDS):
            form = printed if column < _PRINTED else day if name in _DAYS else cell
            sheet.write_blank(line, column, None, form)
            if known.get(name):
                sheet.write_string(line, column, known[name], form)
        sheet.write_datetime(line, _FIELDS.index("expires"), _moment(answers.default_expires(today)), day)
        widths = (_COLUMNS[name][1] for name in ("text", "procedure"))
        sheet.set_row(line, row_points(zip((item.requirement.text, steps), widths, strict=True)))
    _validate(sheet, len(items), today)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&P / &N")
    _help(book, head, cell)
    book.close()
    return target.getvalue()


def _validate(sheet: Any, count: int, today: date) -> None:
    def rule(name: str, **options: Any) -> None:
        column = _FIELDS.index(name)
        sheet.data_validation(1, column, count, column, {"ignore_blank": True, "error_title": "書き方", **options})

    rule("verdict", validate="list", source=list(VERDICTS.values()), error_message="一覧から選んでください。")
    days = {"validate": "date", "criteria": ">=", "error_type": "warning"}
    rule("date", **days, value=_moment(date(2000, 1, 1)), error_message="確かめた日を日付で書いてください。")
    rule("expires", **days, value=_moment(today), error_message="今日以後の日付を書いてください。")


def _help(book: Any, head: Any, cell: Any) -> None:
    sheet = book.add_worksheet(_HELP)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for line, (label, told) in enumerate(_HOW):
        sheet.write_string(line, 0, label, head)
        sheet.write_string(line, 1, told, cell)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


# reading --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What a faultless form says."""

    attestations: tuple[Attestation, ...]
    put_off: int


def read_form(path: Path, ground: Ground) -> FilledForm:
    """Read a filled form. Raises ConfigurationError with every problem, each with its cell; then nothing counts."""
    rows = _rows(path)
    columns = _headings(path, rows[0] if rows else [])
    reader = _Reader(path, ground, columns)
    attestations = [one for line, row in enumerate(rows[1:], start=2) if (one := reader.read(line, row)) is not None]
    if not attestations and not reader.problems:
        hint = "確かめた要件の「判定」に「適合」か「不適合」を選び、保存してから読み込んでください。"
        reader.problems.append(Problem(_sheet(path), "判定が一つも記入されていません。", hint))
    if reader.problems:
        raise ConfigurationError(reader.problems)
    return FilledForm(tuple(attestations), reader.put_off)


def _rows(path: Path) -> list[list[Any]]:
    hint = "kijun attest --export で作った用紙を、.xlsx の形式で保存したものを指定してください。"
    if not path.is_file():
        raise ConfigurationError(
            [Problem(Position.of(path), "ファイルがありません。", "場所と名前を確かめてください。")]
        )
    try:
        book = CalamineWorkbook.from_path(path)
    except (CalamineError, OSError) as error:
        told = "Excel のファイルとして読めません（壊れている、パスワードが付いている、形式が違うなど）。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)]) from error
    if SHEET not in book.sheet_names:
        told = f"シート「{SHEET}」がありません（あるのは「{'」「'.join(book.sheet_names)}」）。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)])
    rows: list[list[Any]] = book.get_sheet_by_name(SHEET).to_python(
        False
    )  # places of cells stay: nothing empty is skipped
    return rows


def _headings(path: Path, row: Sequence[Any]) -> dict[str, int]:
    """Field → column. Columns may have been moved, but none may be missing."""
    found = [_text(cell) for cell in row]
    missing = [label for label, _ in _COLUMNS.values() if label not in found]
    if missing:
        hint = "1行目の見出しを元に戻すか、--export で作り直した用紙に写してください。"
        told = f"見出し「{'」「'.join(missing)}」の列がありません。"
        raise ConfigurationError([Problem(_sheet(path, 1), told, hint)])
    return {name: found.index(label) for name, (label, _) in _COLUMNS.items()}


class _Reader:
    """Reads one row after another, gathering problems."""

    def __init__(self, path: Path, ground: Ground, columns: dict[str, int]) -> None:
        self.path, self.ground, self.columns = path, ground, columns
        self.problems: list[Problem] = []
        self.put_off = 0
        self._lines: dict[str, int] = {}
        self._said = {(row["requirement"], row["date"], row["verdict"], row["office"]) for row in ground.rows}

    def read(self, line: int, row: Sequence[Any]) -> Attestation | None:
        """The attestation of a row; None for a row that is empty, put off or faulty."""
        given = {name: _text(row[column], name) if column < len(row) else "" for name, column in self.columns.items()}
        if not any(given.values()):
            return None
        if answers.plain(given["verdict"]) in ("", VERDICTS[answers.LATER]):
            self.put_off += 1
            return None
        before = len(self.problems)
        self._requirement(line, given)
        evidence = tuple(self._evidence(line, given["evidence"]))
        one, complaints = read_attestation(given["requirement"], given, evidence, self.ground.today)
        for complaint in complaints:
            self._complain(line, complaint)
        if one is None or len(self.problems) > before:
            return None
        if (one.requirement, one.day.isoformat(), one.verdict, one.office) in self._said:
            hint = "読込み済みの行です。判定を空欄に戻すか、確かめ直した日を実施日に書いてください。"
            self._complain(line, Complaint("requirement", "同じ日の同じ確認が、すでに記録されています。", hint))
            return None
        try:
            self.ground.item(one.requirement).admit(one.verdict, one.day)
        except Unacceptable as error:
            self._complain(line, Complaint("date", error.message, error.hint))
            return None
        return one

    def _requirement(self, line: int, given: dict[str, str]) -> None:
        name = given["requirement"]
        try:
            item = self.ground.item(name)
        except Unacceptable as error:
            self._complain(line, Complaint("requirement", error.message, error.hint))
            return
        if "".join(given["text"].split()) != "".join(item.requirement.text.split()):
            hint = "--export で作り直した用紙の文で、確かめ直してください。"
            self._complain(line, Complaint("text", "要件の文が、今の要件表と違います。", hint))
        if name in self._lines:
            hint = "一つの行にまとめ、ほかの行の判定を空欄にしてください。"
            told = f"要件 {name} は {self._lines[name]} 行目でも判定されています。"
            self._complain(line, Complaint("requirement", told, hint))
        self._lines.setdefault(name, line)

    def _evidence(self, line: int, text: str) -> Iterator[EvidenceFile]:
        for name in dict.fromkeys(part.strip().strip('"').strip() for part in text.splitlines()):
            if name:
                try:
                    yield evidence_file(self.path.parent / Path(name).expanduser())
                except Unacceptable as error:
                    self._complain(line, Complaint("evidence", error.message, error.hint))

    def _complain(self, line: int, one: Complaint) -> None:
        label = _COLUMNS[one.field][0]
        cell = f"{_letter(self.columns[one.field])}{line}"
        self.problems.append(Problem(_sheet(self.path, line), f"セル {cell}（{label}）: {one.message}", one.hint))


def _sheet(path: Path, line: int = 0) -> Position:
    return Position.of(f"{path} シート「{SHEET}」", line)


def _letter(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _text(cell: Any, field: str = "") -> str:
    """What a person sees in a cell; a bare number where a date belongs is the day the sheet counts it as."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        is_day = field in _DAYS and cell in _SHEET_DAYS
        return (_SHEET_DAY_ZERO + timedelta(int(cell))).isoformat() if is_day else str(int(cell))
    return str(cell).strip() if cell is not None else ""

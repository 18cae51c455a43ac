"""Reads what judges wrote: one row for each bidder, criterion and judge, as CSV or as the first sheet of a workbook."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from fractions import Fraction
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.tender import StaffScore

HEADINGS = ("事業者", "項目", "評価員", "点")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
_HINT = f"1行目の見出しを「{'」「'.join(HEADINGS)}」にし、一つの点を一行に書いてください。"


def read_staff_scores(path: Path) -> tuple[StaffScore, ...]:
    """All scores, exactly as written. Raises ConfigurationError with everything that is wrong."""
    rows = _rows(path)
    missing = [name for name in HEADINGS if not rows or name not in rows[0]]
    if missing:
        told = f"見出し「{'」「'.join(missing)}」がありません。"
        raise ConfigurationError([Problem(Position.of(path, 1), told, _HINT)])
    columns = [rows[0].index(name) for name in HEADINGS]
    scores, problems, seen = list[StaffScore](), list[Problem](), dict[tuple[str, ...], int]()
    for line, row in enumerate(rows[1:], start=2):
        cells = [row[column] if column < len(row) else "" for column in columns]
        if not any(cells):
            continue
        at, key = Position.of(path, line), tuple(cells[:3])
        if not all(key):
            problems.append(Problem(at, "事業者、項目、評価員のどれかが空です。", _HINT))
        elif not _NUMBER.fullmatch(cells[3]):
            told = f"点「{cells[3]}」を数として読めません。"
            problems.append(Problem(at, told, "0 以上の数を書いてください（例 7.5）。"))
        elif key in seen:
            told = f"{'、'.join(key)} の点は {seen[key]} 行目にもあります。"
            problems.append(Problem(at, told, "どちらか一方を消してください。"))
        else:
            seen[key] = line
            scores.append(StaffScore(cells[0], cells[1], cells[2], Fraction(cells[3]), f"{path.name}:{line}"))
    if problems:
        raise ConfigurationError(problems)
    return tuple(scores)


def _rows(path: Path) -> list[list[str]]:
    hint = "CSV（UTF-8）か .xlsx の形式で保存したものを指定してください。"
    try:
        if path.suffix.lower() == ".csv":
            lines = csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
            return [[_text(cell) for cell in row] for row in lines]
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        return [[_text(cell) for cell in row] for row in sheet.to_python(False)]
    except OSError as error:
        told = f"職員の採点を読めません（{error.strerror}）。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)]) from error
    except (CalamineError, csv.Error, UnicodeDecodeError) as error:
        raise ConfigurationError([Problem(Position.of(path), "職員の採点として読めません。", hint)]) from error


def _text(cell: object) -> str:
    """What a person sees: full-width digits as digits, a whole number without a decimal point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return unicodedata.normalize("NFKC", str(cell)).strip() if cell is not None else ""

"""The programme of a demonstration as A4 sheets, one for each bidder, and what a filled sheet says of the rows."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from kijun.catalog.workbook_checks import Limits, WorkbookTrouble
from kijun.catalog.workbook_values import Rows, rows_of
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.personal_number import personal_numbers_in
from kijun.model.tender import Bidder, Tender
from kijun.press.legible import unhidden
from kijun.press.workbook import CELL, FONT, HEAD, open_book, row_points
from kijun.procurement.demonstration import Programme, Scene
from kijun.procurement.veil import Veil

RESULTS: Final = {
    "できた": "agreed",
    "言葉どおりだが仕事に使えない": "wording_only",
    "代わりの手順でできた": "workaround_accepted",
    "できなかった": "rejected",
    "実施しなかった": "not_reviewed",
}
_DONE: Final = "できた"
_NUMBER, _RESULT, _REASON = "要件番号", "結果", "できなかった理由"
_COLUMNS: Final = (
    ("番号", 5),
    ("分", 5),
    (_NUMBER, 15),
    ("確かめること", 30),
    ("データと操作", 40),
    ("期待する結果", 30),
    (_RESULT, 14),
    (_REASON, 26),
)
_OFFICE, _DAY = "部署", "実施日"
_TOP: Final = 4  # line of the headings, from 0
_SHEET_DAY_ZERO: Final = date(1899, 12, 30)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


# writing --------------------------------------------------------------------------------------------------


def render(programme: Programme, veil: Veil) -> bytes:
    """demo.xlsx."""
    target = io.BytesIO()
    book = open_book(target, f"実演の台本と採点表 {veil.tender.title}")
    for bidder in veil.tender.bidders:
        if not veil.tender.is_late(bidder):
            _sheet(book, programme, veil, bidder)
    _rest(book, programme)
    book.close()
    return target.getvalue()


def _sheet(book: Any, programme: Programme, veil: Veil, bidder: Bidder) -> None:
    cell, head = book.add_format(CELL), book.add_format(HEAD)
    printed = book.add_format({**CELL, "font_size": 9})
    sheet = book.add_worksheet(_FORBIDDEN.sub("", bidder.label))
    title = book.add_format({"font_name": FONT, "font_size": 14, "bold": True})
    sheet.write_string(0, 0, f"実演の台本と採点表　{unhidden(veil.name(bidder))}", title)
    told = f"{len(programme.scenes)} 場面、合わせて {programme.minutes} 分。"
    told += f"結果を一つずつ選び、「{_DONE}」のほかは理由を書きます。"
    sheet.write_string(1, 0, told, book.add_format({"font_name": FONT, "font_size": 10}))
    for column, name in ((2, _OFFICE), (5, _DAY)):
        sheet.write_string(2, column, name, head)
        sheet.write_blank(2, column + 1, None, book.add_format({**CELL, "num_format": "@"}))
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(_TOP, column, name, head)
    for number, scene in enumerate(programme.scenes, start=1):
        _scene(sheet, _TOP + number, number, scene, (printed, cell))
    last = _TOP + max(len(programme.scenes), 1)
    place = [name for name, _ in _COLUMNS].index(_RESULT)
    sheet.data_validation(
        _TOP + 1,
        place,
        last,
        place,
        {"validate": "list", "source": list(RESULTS), "error_message": "一覧から選んでください。"},
    )
    sheet.freeze_panes(_TOP + 1, 0)
    sheet.repeat_rows(_TOP)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R&P / &N")


def _scene(sheet: Any, line: int, number: int, scene: Scene, forms: tuple[Any, Any]) -> None:
    printed, cell = forms
    what = "\n".join([scene.script.name, *(f"・{one.text}" for one in scene.rows), f"（{'、'.join(scene.grounds)}）"])
    texts = (
        str(number),
        str(scene.minutes),
        "\n".join(one.id for one in scene.rows),
        what,
        "\n".join(scene.script.data),
        "\n".join(scene.script.expected),
    )
    for column, text in enumerate(texts):
        sheet.write_string(line, column, unhidden(text), printed)
    for column in range(len(texts), len(_COLUMNS)):
        sheet.write_blank(line, column, None, cell)
    widths = (width for _, width in _COLUMNS)
    sheet.set_row(line, row_points(zip(texts, widths, strict=False)))


def _rest(book: Any, programme: Programme) -> None:
    """What is risky and not in the programme: nobody is to think that it was looked at."""
    sheet = book.add_worksheet("見ないもの")
    head, cell = book.add_format(HEAD), book.add_format(CELL)
    for column, (name, width) in enumerate(((_NUMBER, 18), ("理由", 60))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, head)
    rows = [(one, "時間に入りません。") for one in programme.without_time]
    rows += [(one, "シナリオも手順もありません。書類などで確かめてください。") for one in programme.without_script]
    for line, row in enumerate(rows or [("（なし）", "")], start=1):
        for column, text in enumerate(row):
            sheet.write_string(line, column, text, cell)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


# reading --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """What one filled sheet says: reviews of rows, and how many scenes nobody marked."""

    bidder: Bidder
    reviews: tuple[Mapping[str, str], ...]
    unmarked: int


def read(path: Path, tender: Tender) -> tuple[Seen, ...]:
    """Every sheet on which something is marked. Raises ConfigurationError with every problem, each with its cell."""
    book = _book(path)
    labels = {one.label: one for one in tender.bidders}
    problems: list[Problem] = []
    found: list[Seen] = []
    for name, rows in book.items():
        if name in labels:
            sheet = _Sheet(path, name, rows, tender)
            reviews = tuple(sheet.reviews())
            problems += sheet.problems
            found += [Seen(labels[name], reviews, sheet.unmarked)] if reviews or sheet.problems else []
    if not found:
        told = "結果が一つも選ばれていません。"
        problems.append(Problem(Position.of(path), told, "結果の列で一覧から選び、保存してから読み込んでください。"))
    if problems:
        raise ConfigurationError(problems)
    return tuple(found)


def written(seen: Seen) -> bytes:
    """A file of reviews as `--reviews` and a tender take it."""
    lines = ["reviews:"]
    for one in seen.reviews:
        cells = ", ".join(f"{name}: {json.dumps(text, ensure_ascii=False)}" for name, text in one.items())
        lines.append(f"  - {{ {cells} }}")
    return ("\n".join(lines) + "\n").encode()


def _book(path: Path) -> dict[str, Rows]:
    hint = "kijun demo で作った採点表に書き込み、.xlsx の形式で保存したものを指定してください。"
    try:
        return rows_of(path, Limits())
    except WorkbookTrouble as error:
        raise ConfigurationError([Problem(Position.of(path), "採点表として読めません。", hint)]) from error


class _Sheet:
    """One sheet; collects what is wrong with it."""

    def __init__(self, path: Path, name: str, rows: Sequence[Sequence[Any]], tender: Tender) -> None:
        self._at = f"{path} シート「{name}」"
        self._rows, self._known = rows, {one.id for one in tender.rows}
        self.problems: list[Problem] = []
        self.unmarked = 0

    def reviews(self) -> Iterator[Mapping[str, str]]:
        heads = [_text(cell) for cell in self._rows[_TOP]] if len(self._rows) > _TOP else []
        missing = [name for name in (_NUMBER, _RESULT, _REASON) if name not in heads]
        if missing:
            told = f"見出し「{'」「'.join(missing)}」がありません。"
            self._complain(_TOP, told, f"{_TOP + 1} 行目の見出しを、作られたときのままにしてください。")
            return
        number, result, reason = (heads.index(name) for name in (_NUMBER, _RESULT, _REASON))
        marked = []
        for line, row in enumerate(self._rows[_TOP + 1 :], start=_TOP + 1):
            cells = [_text(row[column]) if column < len(row) else "" for column in (number, result, reason)]
            if cells[0] and not cells[1]:
                self.unmarked += 1
            elif any(cells):
                marked.append((line, cells))
        if not marked:
            return
        office, day = self._head()
        for line, (ids, outcome, why) in marked:
            yield from self._line(line, ids, outcome, why, {"office": office, "date": day})

    def _head(self) -> tuple[str, str]:
        given = self._rows[2]
        found = {}
        for column, cell in enumerate(given[:-1]):
            if _text(cell) in (_OFFICE, _DAY):
                found[_text(cell)] = given[column + 1]
        office, day = _text(found.get(_OFFICE)), _day(found.get(_DAY))
        if not office:
            self._complain(2, "部署が書かれていません。", "確かめた部署を書いてください（個人名は書きません）。")
        if not day:
            self._complain(2, "実施日がないか、日付として読めません。", "2026-08-20 のように書いてください。")
        return office, day

    def _line(
        self, line: int, ids: str, outcome: str, why: str, facts: Mapping[str, str]
    ) -> Iterator[Mapping[str, str]]:
        value = RESULTS.get(outcome)
        if value is None:
            self._complain(line, f"結果「{outcome}」は使えません。", f"使えるのは {'、'.join(RESULTS)} です。")
        elif outcome != _DONE and not why:
            self._complain(
                line, f"「{outcome}」の理由がありません。", f"「{_REASON}」に、どこで何が違ったかを書いてください。"
            )
        elif any(personal_numbers_in(why)):
            self._complain(line, "理由に個人番号のように見える数字があります。", "番号を消してください。")
        numbers = ids.split()
        for one in numbers:
            if one not in self._known:
                self._complain(
                    line, f"要件 {one} は、この調達にありません。", "この調達で作った採点表を使ってください。"
                )
            elif value:
                remark = f"実演: {outcome}" + (f"。{why}" if why else "")
                yield {"requirement": one, "value": value, **facts, "remark": remark}
        if not numbers:
            self._complain(line, "要件番号がありません。", "番号の列を、作られたときのままにしてください。")

    def _complain(self, line: int, told: str, hint: str) -> None:
        self.problems.append(Problem(Position.of(self._at, line + 1), told, hint))


def _text(cell: object) -> str:
    return str(cell).strip() if cell is not None else ""


def _day(cell: object) -> str:
    """A day as ISO, from a date, a date's number or a text; empty when it is none."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return (_SHEET_DAY_ZERO + timedelta(int(cell))).isoformat()
    try:
        return date.fromisoformat(_text(cell)).isoformat()
    except ValueError:
        return ""

"""The book that offices fill: a sheet for each 課, progress that counts itself, and what a person has to settle.

Printed cells are locked, without a password. Six cells of a row are filled; wherever else an entry is shown they stand
side by side in the same order, so that a choice is one copy of six cells.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from kijun.model.values import japanese_date
from kijun.press.legible import legible
from kijun.press.workbook import CELL, FONT, HEAD, fitting, open_book, row_points
from kijun.procurement import request_book
from kijun.procurement.fitgap import manifest
from kijun.procurement.fitgap.judgements import Fate, FitGap, Judgement, Row, Version
from kijun.procurement.request import Asked

_HEADER: Final = "標準仕様との比較分析"  # of printed pages, where & commands
TITLE: Final = f"{_HEADER}（Fit&Gap）"
COVER, LEGEND = "表紙", "凡例・書き方"
RIVALS, BEFORE, PAST, LISTED = "食い違い", "前回から", "置き換わった記入", "要確認の行"
NUMBER, NAME, TEXT, OBLIGATION = "要件番号", "機能名称", "要件", "実装区分"
JUDGEMENT, GAP, MEASURE, REMARKS = "判定", "現行との差", "対応の方針", "備考"
WHO, WHEN, STATE, PLACE = "記入者（課・係）", "記入日", "状態", "場所"
KEY: Final = "kijun:id"
PRINTED: Final = (NUMBER, NAME, TEXT, OBLIGATION)
FILLED: Final = (JUDGEMENT, GAP, MEASURE, REMARKS, WHO, WHEN)
WRITTEN, BECAUSE = "書かれていたこと", "理由"

Columns = Sequence[tuple[str, int]]
_ENTRY: Final = ((JUDGEMENT, 15), (GAP, 26), (MEASURE, 26), (REMARKS, 16), (WHO, 12), (WHEN, 11))
_COLUMNS: Final = ((NUMBER, 15), (NAME, 14), (TEXT, 36), (OBLIGATION, 11), *_ENTRY, (STATE, 16), (KEY, 18))
_RIVAL_COLUMNS: Final = ((NUMBER, 15), (TEXT, 36), ("記入", 6), *_ENTRY, (PLACE, 24))
_BEFORE_COLUMNS: Final = ((NUMBER, 15), ("どうなったか", 13), ("何が変わったか", 50), *_ENTRY, (PLACE, 24))
_LISTED_COLUMNS: Final = ((PLACE, 30), (WRITTEN, 90), (BECAUSE, 50))
_FIRST_FILLED: Final = len(PRINTED)
_STATE: Final = _FIRST_FILLED + len(FILLED)
_HIDDEN: Final = _STATE + 1
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_CODE_LINE: Final = 3  # of the first judgement on the legend, where the list of choices begins
_PROGRESS: Final = ("課・業務", "行", "判定済み", "別途検討", "残り")


class Paper(StrEnum):
    """What the sheets are set up for."""

    A4 = "A4"
    A3 = "A3"

    @property
    def code(self) -> int:
        return {Paper.A4: 9, Paper.A3: 8}[self]


def render(fitgap: FitGap, sheets: Iterable[str], paper: Paper) -> bytes:
    """The book of these 課 (keys of `request.sheets`). The same judgements give the same bytes."""
    target = io.BytesIO()
    chosen = {title: fitgap.request.sheets[title] for title in sheets}
    names = request_book.sheet_names(chosen, (COVER, LEGEND, RIVALS, BEFORE, PAST, LISTED, manifest.HIDDEN))
    writer = _Writer(open_book(target, TITLE), fitgap, paper)
    writer.cover(dict(zip(names, chosen.items(), strict=True)))
    writer.legend()
    for name, rows in zip(names, chosen.values(), strict=True):
        writer.office(name, rows)
    known = {one.requirement.id for rows in chosen.values() for one in rows}
    writer.table(RIVALS, _RIVAL_COLUMNS, _rivals(fitgap, known))
    writer.table(BEFORE, _BEFORE_COLUMNS, _before(fitgap, known))
    writer.table(PAST, _RIVAL_COLUMNS, _past(fitgap, known))
    writer.table(LISTED, _LISTED_COLUMNS, ((one.place, one.text, one.because) for one in fitgap.listed))
    writer.hidden(manifest.lines(fitgap, list(chosen)))
    return writer.finish(target)


class _Writer:
    """Writes one sheet after another; what is filled in is white and unlocked, what is printed is grey."""

    def __init__(self, book: Any, fitgap: FitGap, paper: Paper) -> None:
        self._book, self._fitgap, self._paper = book, fitgap, paper
        self._head = book.add_format(HEAD)
        self._printed = book.add_format({**CELL, "bg_color": "#F5F5F5"})
        self._cell = book.add_format({**CELL, "locked": False})
        self._title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
        self._plain = book.add_format({"font_name": FONT, "font_size": 10})

    def cover(self, sheets: Mapping[str, tuple[str, Sequence[Asked]]]) -> None:
        sheet = self._book.add_worksheet(COVER)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 4, 12)
        sheet.set_column(5, 5, 60)
        sheet.write_string(0, 0, TITLE, self._title)
        line = 2
        for line, (label, told) in enumerate(_facts(self._fitgap), start=2):
            sheet.write_string(line, 0, label, self._head)
            sheet.merge_range(line, 1, line, 5, legible(told), self._printed)
            sheet.set_row(line, row_points([(label, 26), (told, 108)]))
        line += 2
        for column, label in enumerate(_PROGRESS):
            sheet.write_string(line, column, label, self._head)
        first = line + 1
        for line, (name, (title, rows)) in enumerate(sheets.items(), start=first):
            self._count(sheet, line, name, title, rows)
        sheet.write_string(line + 1, 0, "合計", self._head)
        found = [self._fitgap.progress(rows) for _, rows in sheets.values()]
        totals = [sum(counts) for counts in zip(*map(_shown, found), strict=True)] or [0] * 4
        for column, total in enumerate(totals, start=1):
            letter = "ABCDE"[column]
            formula = f"=SUM({letter}{first + 1}:{letter}{line + 1})"
            sheet.write_formula(line + 1, column, formula, self._printed, total)
        self._set_up(sheet)

    def _count(self, sheet: Any, line: int, name: str, title: str, rows: Sequence[Asked]) -> None:
        """One line of the progress; formulas, so that it is right while the book is filled."""
        counts = _shown(self._fitgap.progress(rows))
        cells = f"'{name}'!$E$2:$E${len(rows) + 1}"
        decided = "+".join(f'COUNTIF({cells},"{one.symbol}*")' for one in Judgement if one is not Judgement.OPEN)
        formulas = (
            f"={decided}",
            f'=COUNTIF({cells},"{Judgement.OPEN.symbol}*")',
            f"=B{line + 1}-C{line + 1}-D{line + 1}",
        )
        sheet.write_string(line, 0, legible(title), self._printed)
        sheet.write_number(line, 1, counts[0], self._printed)
        for column, (formula, count) in enumerate(zip(formulas, counts[1:], strict=True), start=2):
            sheet.write_formula(line, column, formula, self._printed, count)

    def legend(self) -> None:
        sheet = self._book.add_worksheet(LEGEND)
        sheet.set_column(0, 0, 26)
        sheet.set_column(1, 1, 106)
        sheet.write_string(0, 0, LEGEND, self._title)
        pairs = [(JUDGEMENT, "意味"), *((one.label, one.meaning) for one in Judgement), ("", ""), *_HOW]
        for line, (label, told) in enumerate(pairs, start=_CODE_LINE - 1):
            if label:
                sheet.write_string(line, 0, label, self._head)
                sheet.write_string(line, 1, told, self._printed)
                sheet.set_row(line, row_points([(label, 26), (told, 106)]))
        self._set_up(sheet)

    def office(self, name: str, rows: Sequence[Asked]) -> None:
        sheet = self._book.add_worksheet(name)
        self._headings(sheet, _COLUMNS, hidden=_HIDDEN)
        for line, asked in enumerate(rows, start=1):
            one = asked.requirement
            row = self._fitgap.rows[one.id]
            printed, filled = printed_cells(asked), _filled(row.version)
            state = _state(self._fitgap, one.id, row)
            cells = [*printed, *filled, state, one.id]
            for column, text in enumerate(cells):
                self._write(sheet, line, column, text, self._form(column))
            sheet.set_row(line, row_points(zip(cells, (width for _, width in _COLUMNS), strict=True)))
        codes = f"='{LEGEND}'!$A${_CODE_LINE + 1}:$A${_CODE_LINE + len(Judgement)}"
        told = {"error_title": "書き方", "error_message": "一覧から一つ選んでください。"}
        sheet.data_validation(
            1,
            _FIRST_FILLED,
            len(rows),
            _FIRST_FILLED,
            {"validate": "list", "source": codes, "ignore_blank": True, **told},
        )
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), _STATE)
        sheet.print_area(0, 0, len(rows), _STATE)
        sheet.repeat_rows(0)
        self._set_up(sheet)

    def table(self, name: str, columns: Columns, rows: Iterable[Sequence[str]]) -> None:
        """A sheet to read and to copy from; none when there is nothing to show."""
        shown = list(rows)
        if not shown:
            return
        sheet = self._book.add_worksheet(name)
        self._headings(sheet, columns, hidden=len(columns))
        for line, cells in enumerate(shown, start=1):
            for column, text in enumerate(cells):
                self._write(sheet, line, column, text, self._printed)
            sheet.set_row(line, row_points(zip(cells, (width for _, width in columns), strict=True)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(shown), len(columns) - 1)
        sheet.repeat_rows(0)
        self._set_up(sheet)

    def hidden(self, texts: Sequence[str]) -> None:
        sheet = self._book.add_worksheet(manifest.HIDDEN)
        for line, text in enumerate(texts):
            sheet.write_string(line, 0, text)
        sheet.protect()
        sheet.hide()

    def finish(self, target: io.BytesIO) -> bytes:
        self._book.close()
        return target.getvalue()

    def _form(self, column: int) -> Any:
        """What is hidden stands on one line, since a PDF may hold it."""
        if column >= _HIDDEN:
            return self._plain
        return self._cell if _FIRST_FILLED <= column < _STATE else self._printed

    def _headings(self, sheet: Any, columns: Columns, hidden: int) -> None:
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width, None, {"hidden": column >= hidden})
            sheet.write_string(0, column, label, self._head)
        sheet.set_row(0, row_points(columns))

    def _write(self, sheet: Any, line: int, column: int, text: str, form: Any) -> None:
        if text:
            sheet.write_string(line, column, fitting(text), form)
        else:
            sheet.write_blank(line, column, None, form)

    def _set_up(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(self._paper.code)
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{_HEADER}&R&A")
        sheet.set_footer("&R&P / &N")
        sheet.protect("", _ALLOWED)


_HOW: Final = (
    (JUDGEMENT, "一覧から一つ選びます。空欄は「まだ」です。"),
    (GAP, "今の業務や今のシステムと、要件のどこが違うかを書きます。違わなければ空欄のままにします。"),
    (MEASURE, "どうするか（変える手順、残す仕組み、誰といつ決めるか）を書きます。"),
    (WHO, "課と係を書きます。個人の氏名や個人番号は書きません。空欄なら、ファイルを最後に保存した人を示します。"),
    (WHEN, "書いた日を書きます（例 2026-12-01）。空欄なら、ファイルを最後に保存した日時を示します。"),
    (STATE, "前回から引き継いだか、確かめ直すかを示します。書き換えられません。"),
    (
        RIVALS,
        "二つの課が同じ行に違うことを書いたとき、合わせた本にこのシートができます。どちらも選ばず、課のシートの行は空欄に"
        "します。話し合って採る方の「判定」から「記入日」までの六つの欄を写し、課のシートの同じ行に貼り付けてください。",
    ),
    (
        "してはいけないこと",
        "行の追加・削除、要件の文の書換え、Word への貼付け。隠れた欄の番号が消えた行は、見える要件番号で探し、それも"
        "なければ「要確認の行」に並べます。",
    ),
    ("返し方", "保存して閉じてから、Excel ブック（.xlsx）のまま返します。ファイルの名前は変えてかまいません。"),
)


def printed_cells(asked: Asked) -> tuple[str, str, str, str]:
    """The locked words of a row, in the order of PRINTED."""
    one = asked.requirement
    name, text, obligation = legible((one.name, one.text, asked.obligation_text))
    return one.id, name, text, obligation


def _facts(fitgap: FitGap) -> Iterator[tuple[str, str]]:
    request = fitgap.request
    profile, body = request.profile, request.profile.municipality
    yield "件名", profile.title
    yield "団体", f"{body.prefecture}{body.name}（{body.kind.label}、団体コード {body.code}）"
    yield "基準日", f"{japanese_date(profile.as_of.isoformat())}（この日に適用される要件を並べます）"
    yield "要件表の版", request_book.edition_text(request)
    counts = [(fate, sum(one.fate is fate for one in fitgap.before)) for fate in Fate]
    if fitgap.before:
        yield "前回から", "、".join(f"{fate.label} {count} 件" for fate, count in counts)
    if fitgap.conflicts:
        yield "食い違い", f"{len(fitgap.conflicts)} 件（シート「{RIVALS}」。採る方の欄を、課のシートに写してください）"
    if fitgap.listed:
        yield "要確認の行", f"{len(fitgap.listed)} 件（シート「{LISTED}」）"
    yield from (("注意", told) for told in request_book.caveats(request))


def _shown(found: Any) -> tuple[int, int, int, int]:
    return found.rows, found.decided, found.open, found.rows - found.decided - found.open


def _filled(version: Version) -> tuple[str, ...]:
    return (*version.entry.cells, version.who, version.when)


def _state(fitgap: FitGap, one: str, row: Row) -> str:
    if row.rivals:
        return f"食い違い {len(row.rivals)} 通り（シート「{RIVALS}」）"
    before = fitgap.fates.get(one)
    if before is None:
        return ""
    more = f"（シート「{BEFORE}」）" if before.fate is Fate.RECHECK else ""
    return before.fate.label + more


def _rivals(fitgap: FitGap, known: set[str]) -> Iterator[Sequence[str]]:
    for asked in fitgap.request.rows:
        one = asked.requirement
        if one.id in known:
            yield from _numbered(one.id, legible(one.text), fitgap.rows[one.id].rivals)


def _past(fitgap: FitGap, known: set[str]) -> Iterator[Sequence[str]]:
    for asked in fitgap.request.rows:
        one = asked.requirement
        if one.id in known:
            yield from _numbered(one.id, legible(one.text), fitgap.rows[one.id].past)


def _numbered(one: str, text: str, versions: Sequence[Version]) -> Iterator[Sequence[str]]:
    for number, version in enumerate(versions, start=1):
        yield one, text, str(number), *_filled(version), version.place


def _before(fitgap: FitGap, known: set[str]) -> Iterator[Sequence[str]]:
    for one in fitgap.before:
        is_shown = one.requirement in known or one.fate is Fate.GONE
        if is_shown and one.fate is not Fate.CARRIED:
            yield one.requirement, one.fate.label, one.told, *_filled(one.version), one.version.place

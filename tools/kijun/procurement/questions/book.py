"""The list of questions with what each is about, to be settled by a person and read again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from kijun.catalog.own_answers import OwnAnswer
from kijun.model.requirement import Requirement
from kijun.press.legible import unhidden
from kijun.press.workbook import CELL, FONT, HEAD, fitting, open_book, row_points
from kijun.procurement.questions.linking import MOST_CANDIDATES, NOTHING, Affected, Fate, Link, Linked
from kijun.procurement.questions.question_list import AFFECTED, COVER, LISTED, QUESTIONS, SAME, Question

TITLE: Final = "質問回答と要件"
SETTLED: Final = "要件番号（確定）"
_COLUMNS: Final = (
    ("質問番号", 9),
    ("質問者", 12),
    ("該当箇所", 22),
    ("質問内容", 46),
    ("回答内容", 46),
    (SETTLED, 18),
    ("状態", 12),
    ("根拠・候補", 46),
    ("元の場所", 18),
)
_SETTLED: Final = 5
Columns = Sequence[tuple[str, int]]
_SAME: Final = (("対象の要件", 16), ("本文", 50), ("番号", 9), ("質問文", 46), ("回答文", 46))
_AFFECTED: Final = (
    ("対象の要件", 16),
    ("本文", 44),
    ("自社の回答", 18),
    ("備考", 26),
    ("番号", 9),
    ("質問文", 40),
    ("回答文", 46),
)
_LISTED: Final = (("元の場所", 20), ("書かれていたこと", 90), ("理由", 40))


def render(linked: Linked, papers: Mapping[str, str], own: Mapping[str, OwnAnswer] | None) -> bytes:
    """The workbook; `papers` are the papers that pages were looked up in, with their SHA-256."""
    target = io.BytesIO()
    writer = _Writer(open_book(target, TITLE))
    writer.cover(_facts(linked, papers))
    writer.table(QUESTIONS, _COLUMNS, (_cells(linked, one) for one in linked.links), filled=_SETTLED)
    writer.table(SAME, _SAME, _same(linked))
    if own is not None:
        writer.table(AFFECTED, _AFFECTED, _affected(linked, linked.affected(own)))
    writer.table(LISTED, _LISTED, ((one.place, one.text, one.because) for one in linked.listed))
    writer.finish()
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any) -> None:
        self._book = book
        self._head = book.add_format(HEAD)
        self._printed = book.add_format({**CELL, "bg_color": "#F5F5F5"})
        self._cell = book.add_format(CELL)
        self._title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})

    def cover(self, facts: Iterable[tuple[str, str]]) -> None:
        sheet = self._book.add_worksheet(COVER)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, TITLE, self._title)
        for line, (label, told) in enumerate(facts, start=2):
            sheet.write_string(line, 0, label, self._head)
            sheet.write_string(line, 1, unhidden(told), self._printed)
            sheet.set_row(line, row_points([(label, 24), (told, 100)]))
        self._set_up(sheet)

    def table(self, name: str, columns: Columns, rows: Iterable[Sequence[str]], filled: int = -1) -> None:
        """A sheet of rows; the column that a person fills is white. None when there is nothing to show."""
        shown = list(rows)
        if not shown:
            return
        sheet = self._book.add_worksheet(name)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, self._head)
        for line, cells in enumerate(shown, start=1):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, fitting(text), self._cell if column == filled else self._printed)
            sheet.set_row(line, row_points(zip(cells, (width for _, width in columns), strict=True)))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(shown), len(columns) - 1)
        sheet.repeat_rows(0)
        self._set_up(sheet)

    def finish(self) -> None:
        self._book.close()

    def _set_up(self, sheet: Any) -> None:
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L{TITLE}&R&A")
        sheet.set_footer("&R&P / &N")


def _facts(linked: Linked, papers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "版", linked.edition.label
    counted = "、".join(f"{fate.label} {len(linked.of(fate))} 件" for fate in Fate)
    yield "質問", f"{len(linked.links)} 件（{counted}）。ほかに、読めない行 {len(linked.listed)} 件"
    for name, digest in papers.items():
        yield f"資料「{name}」", f"頁と行、シートとセルは、このファイルから読みました（SHA-256 {digest}）。"
    yield (
        "要確認の決め方",
        f"シート「{QUESTIONS}」の「{SETTLED}」に要件番号を書き（幾つでも）、同じ命令でこの本を読みます。",
    )
    yield "関わらない質問", f"どの要件にも関わらない質問には「{NOTHING[0]}」と書きます。"
    yield from (("注意", one) for one in linked.notes)


def _cells(linked: Linked, link: Link) -> tuple[str, ...]:
    one = link.question
    settled = "、".join(link.requirements) or (NOTHING[0] if link.fate is Fate.NOTHING else "")
    ground = "\n".join(filter(None, (link.because, *_candidates(linked, link))))
    return one.number, one.asker, one.where, one.question, one.answer, settled, link.fate.label, ground, one.place


def _candidates(linked: Linked, link: Link) -> Iterator[str]:
    rows = linked.edition.requirements
    yield from (f"候補 {one} {rows[one].text}" for one in link.candidates[:MOST_CANDIDATES])
    if (more := len(link.candidates) - MOST_CANDIDATES) > 0:
        yield f"ほか {more} 件"


def _same(linked: Linked) -> Iterator[Sequence[str]]:
    """Rows that several questions are about: whoever answers has to see them side by side."""
    for one, asked in linked.by_requirement.items():
        if len(asked) > 1:
            yield from (_row(linked.edition.requirements[one], each) for each in asked)


def _row(one: Requirement, each: Question) -> tuple[str, ...]:
    return one.id, one.text, each.number, each.question, each.answer or "（回答なし）"


def _affected(linked: Linked, affected: Iterable[Affected]) -> Iterator[Sequence[str]]:
    for one in affected:
        label = one.own.label if one.own else "（回答していません）"
        remarks = one.own.answer.remarks if one.own else ""
        row = linked.edition.requirements[one.requirement]
        for each in one.questions:
            yield one.requirement, row.text, label, remarks, each.number, each.question, each.answer

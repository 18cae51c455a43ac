"""The workbook that a section of an office works on: summary, requirement by requirement, scenario by scenario."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from kijun.model.conformance import RequirementOutcome
from kijun.model.requirement import Obligation
from kijun.model.verdict import Status, Verdict
from kijun.press.sheets import CELL, CELL_LIMIT, FONT, HEAD, open_book, row_points
from kijun.reporting import wording
from kijun.reporting.run_view import RunView

_REQUIREMENTS = (
    ("要件番号", 15),
    ("業務", 14),
    ("大項目", 18),
    ("中項目", 16),
    ("機能名称", 22),
    ("要件文", 48),
    ("実装区分", 14),
    ("区分の出所", 10),
    ("宣言", 9),
    ("検証", 12),
    ("判定の理由", 42),
    ("団体の確認", 18),
    ("検査方法", 10),
    ("根拠", 36),
    ("シナリオ", 9),
    ("不合格", 8),
)
_SCENARIOS = (("場所", 44), ("シナリオ", 50), ("要件番号", 18), ("結果", 12), ("誰の問題か", 12), ("内容", 60))


def render(view: RunView) -> bytes:
    """report.xlsx. Every cell is text: nothing in it is ever taken for a formula."""
    target = io.BytesIO()
    book = open_book(target, "適合報告")
    forms = _Forms(book)
    _summary(book, forms, view)
    _sheet(book, forms, "要件別結果", _REQUIREMENTS, (_requirement(view, one) for one in view.report.outcomes))
    _sheet(book, forms, "シナリオ", _SCENARIOS, _scenarios(view))
    _legend(book, forms)
    book.close()
    return target.getvalue()


class _Forms:
    """The few cell formats of the workbook."""

    def __init__(self, book: Any) -> None:
        self.cell = book.add_format(CELL)
        self.head = book.add_format(HEAD)
        self.title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})


def _sheet(book: Any, forms: _Forms, name: str, columns: Sequence[tuple[str, int]], rows: Iterable[list[str]]) -> None:
    sheet = book.add_worksheet(name)
    widths = [width for _, width in columns]
    for column, (label, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, forms.head)
    last = 0
    for last, row in enumerate(rows, start=1):
        _write(sheet, last, row, widths, forms.cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&P / &N")


def _write(sheet: Any, line: int, row: Sequence[str], widths: Sequence[int], form: Any) -> None:
    sheet.set_row(line, row_points(zip(row, widths, strict=True)))
    for column, text in enumerate(row):
        sheet.write_string(line, column, text[:CELL_LIMIT], form)


def _requirement(view: RunView, one: RequirementOutcome) -> list[str]:
    row = one.requirement.row
    return [
        one.requirement.id,
        view.snapshot["names"][one.requirement.business],
        row["major"],
        row["middle"],
        row["name"],
        one.requirement.text,
        wording.obligation_text(one.obligation),
        wording.CERTAINTIES[one.requirement.category_source],
        one.claimed.label,
        wording.status_text(one.status),
        one.because,
        wording.review_text(one),
        one.requirement.method.label,
        "\n".join(map(str, one.requirement.legal_basis)),
        str(len(one.cases)),
        str(sum(case.verdict is Verdict.FAIL for case in one.cases)),
    ]


def _scenarios(view: RunView) -> Iterable[list[str]]:
    for case in view.report.facts.cases.values():
        scenario = view.scenario(case)
        yield [
            f"{scenario['file']}:{scenario['line']}",
            case.name,
            "\n".join(scenario["requirements"]),
            case.verdict.label,
            case.fault.label if case.fault else "",
            "\n".join([case.message, *(f"異議 {wording.dispute_text(one)}" for one in case.disputes)]),
        ]


def _summary(book: Any, forms: _Forms, view: RunView) -> None:
    sheet = book.add_worksheet("概要")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 8, 16)
    claim = view.report.claim
    sheet.write_string(0, 0, f"判定: {claim.label}", forms.title)
    rows = [("意味", wording.CLAIM_MEANINGS[claim]), *wording.summary_rows(view)]
    rows += [("判定の理由", reason) for reason in view.report.reasons]
    rows += [(f"事前確認 {mark}", message) for mark, message in wording.preflight_rows(view)]
    rows += [(f"人の確認 {one}", f"{method}: 証言 {state}") for one, method, state in wording.people_rows(view)]
    line = 2
    for label, text in rows:
        sheet.write_string(line, 0, label, forms.head)
        sheet.merge_range(line, 1, line, 7, text, forms.cell)
        sheet.set_row(line, row_points([(text, 110)]))
        line += 1
    for row in wording.count_rows(view):
        line += 1
        for column, text in enumerate(row):
            sheet.write_string(line, column, text, forms.head if row[0] == "実装区分" or not column else forms.cell)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _legend(book: Any, forms: _Forms) -> None:
    rows = [[wording.status_text(status), wording.MEANINGS[status]] for status in Status]
    rows += [[wording.obligation_text(one), _OBLIGATIONS[one]] for one in Obligation]
    _sheet(book, forms, "凡例", (("記号", 22), ("意味", 80)), rows)


_OBLIGATIONS = {
    Obligation.MANDATORY: "実装していなければ不適合です。",
    Obligation.OPTIONAL: "実装しなくてもよい機能です。実装すると宣言したものは必須と同じに判定します。",
    Obligation.PROHIBITED: "実装していれば不適合です。",
    Obligation.NONE: "この団体区分には規定がありません。",
}

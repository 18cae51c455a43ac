"""The checklist for staff who accept a delivered system: one row a requirement, what is known, and boxes to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from kijun.model.values import japanese_date
from kijun.press.legible import legible
from kijun.press.workbook import CELL, FONT, HEAD, open_book, row_points
from kijun.procurement.acceptance import Acceptance, Row, State, todo
from kijun.procurement.request_book import caveats, edition_text

TITLE: Final = "受入チェック表"
_COLUMNS: Final = (
    ("要件番号", 15),
    ("要件", 40),
    ("実装区分", 11),
    ("確かめ方", 20),
    ("合意した差異", 18),
    ("実行の結果", 10),
    ("理由・未実施のシナリオ", 26),
    ("判定", 8),
    ("確かめた課", 12),
    ("確かめた日", 11),
    ("所見", 18),
)
_FIRST_BOX, _DAY = 7, 9
_VERDICTS: Final = ("合格", "不合格", "後で")


def render(found: Acceptance) -> bytes:
    """The workbook; the same contract and run give the same bytes."""
    target = io.BytesIO()
    book = open_book(target, TITLE)
    forms = {
        "head": book.add_format(HEAD),
        "cell": book.add_format(CELL),
        "day": book.add_format({**CELL, "num_format": "yyyy-mm-dd"}),
        "title": book.add_format({"font_name": FONT, "font_size": 16, "bold": True}),
    }
    _cover(book.add_worksheet("表紙"), forms, found)
    _check(book.add_worksheet(TITLE), forms, found)
    book.close()
    return target.getvalue()


def _cover(sheet: Any, forms: dict[str, Any], found: Acceptance) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, TITLE, forms["title"])
    for line, (label, told) in enumerate(_facts(found), start=2):
        sheet.write_string(line, 0, legible(label), forms["head"])
        sheet.write_string(line, 1, legible(told), forms["cell"])
        sheet.set_row(line, row_points([(told, 90)]))
    _on_paper(sheet)


def _facts(found: Acceptance) -> Iterator[tuple[str, str]]:
    contract, body = found.contract, found.request.profile.municipality
    yield "件名", contract.title
    yield "団体", f"{body.prefecture}{body.name}（{body.kind.label}）"
    yield (
        "契約",
        f"{japanese_date(contract.signed.isoformat())}、{contract.vendor} {contract.product} {contract.version}",
    )
    yield "契約の版", edition_text(found.request)
    yield "確かめる要件", f"{len(found.rows)} 件（実装必須、実装不可と、採用した標準オプション）"
    yield "合意した差異", f"{len(contract.deviations)} 件"
    if found.delivered is None:
        yield "実行の結果", "まだありません。実行フォルダーを --run に指定して作り直すと、結果が入ります。"
    elif found.mismatches:
        yield "実行の結果", f"「{found.delivered.name}」は受け取れません。結果は入れていません。"
        yield from (("受け取れない理由", one) for one in found.mismatches)
    else:
        yield "実行の結果", f"{found.delivered.name}（{japanese_date(found.delivered.day.isoformat())}）"
        yield "結果の数", "、".join(f"{state.label} {len(found.of(state))}" for state in State)
    yield from (("注意", told) for told in caveats(found.request))


def _check(sheet: Any, forms: dict[str, Any], found: Acceptance) -> None:
    widths = [width for _, width in _COLUMNS]
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, forms["head"])
    for line, row in enumerate(found.rows, start=1):
        texts = legible(_texts(row, found))
        for column, text in enumerate(texts):
            sheet.write_string(line, column, text, forms["cell"])
        for column in range(_FIRST_BOX, len(_COLUMNS)):
            sheet.write_blank(line, column, None, forms["day" if column == _DAY else "cell"])
        sheet.set_row(line, row_points(zip(texts, widths, strict=False)))
    last = max(len(found.rows), 1)
    told = {"error_title": "書き方", "error_message": "一覧から選んでください。"}
    sheet.data_validation(1, _FIRST_BOX, last, _FIRST_BOX, {"validate": "list", "source": list(_VERDICTS), **told})
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
    sheet.repeat_rows(0)
    _on_paper(sheet)


def _texts(row: Row, found: Acceptance) -> tuple[str, ...]:
    is_known = found.delivered is not None and not found.mismatches
    one = row.asked.requirement
    steps = one.row["verification"].get("procedure", ())
    how = "\n".join([todo(row.asked), *(f"{number}. {step}" for number, step in enumerate(steps, start=1))])
    reason = "\n".join([row.because, *(f"未実施: {name}" for name in row.skipped)]) if is_known else ""
    state = row.state.label if is_known else ""
    return one.id, one.text, row.asked.obligation_text, how, row.deviation, state, reason


def _on_paper(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{TITLE}")
    sheet.set_footer("&P / &N")

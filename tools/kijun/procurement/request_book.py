"""The workbook that goes out to bidders: cover, legend, answer sheets, the buyer's own rows, rows left out.

Printed cells are locked, without a password. Hidden cells of every row carry its number and the fingerprint of its
text, and a hidden sheet lists all rows: moved, changed, deleted and added rows are found when the book comes back.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kijun.model.bid import AnswerStatus
from kijun.model.requirement import Obligation
from kijun.model.values import japanese_date
from kijun.press.legible import legible
from kijun.press.workbook import CELL, FONT, HEAD, open_book, row_points
from kijun.procurement.request import CHOSEN, Asked, RequestForProposal, mark, outside_reasons

TITLE: Final = "機能要件 回答依頼書"
COVER, LEGEND, OWN, LEFT_OUT, HIDDEN = "表紙", "凡例・書き方", "独自要件", "対象外の要件", "_kijun"
BIDDER, PRODUCT, VERSION = "事業者名", "製品名", "製品の版"
NUMBER, NAME, TEXT, OBLIGATION, WEIGHT = "要件番号", "機能名称", "要件", "実装区分", "重み"
ANSWER, COST, DUE, REMARKS = "回答", "費用（円）", "対応予定日", "備考・根拠"
KEY, MARK = "kijun:id", "kijun:mark"
OWN_KEY: Final = "own:"  # before the number of a row that the buyer adds
OWN_ROWS: Final = 20
MANIFEST_PART: Final = 30_000  # signs of the manifest in one hidden cell; a cell holds 32,767

ANSWERS: Final = tuple(
    one for one in AnswerStatus if one not in (AnswerStatus.UNANSWERED, AnswerStatus.CONFLICT)
)  # what a bidder may choose
_COLUMNS: Final = (
    (NUMBER, 16),
    (NAME, 20),
    (TEXT, 46),
    (OBLIGATION, 13),
    (WEIGHT, 6),
    (ANSWER, 20),
    (COST, 13),
    (DUE, 13),
    (REMARKS, 34),
    (KEY, 18),
    (MARK, 18),
)
PRINTED: Final = (NUMBER, NAME, TEXT, OBLIGATION, WEIGHT)
LABELS: Final = tuple(label for label, _ in _COLUMNS)
_FIRST_ANSWER, _FIRST_HIDDEN = 5, 9
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "autofilter": True}
_MEANINGS: Final = {
    AnswerStatus.STANDARD: "製品の標準の機能で、そのまま満たす。",
    AnswerStatus.SETTING: "設定やパラメータで満たす。備考に、どの設定かを書く。",
    AnswerStatus.WORKAROUND: "運用や別の手順で代える。備考に、その手順を書く。",
    AnswerStatus.CUSTOMIZE: "改修して満たす。費用と対応予定日を書く。",
    AnswerStatus.EXTERNAL: "別の製品で満たす。備考に、製品の名前を書く。",
    AnswerStatus.PLANNED: "今はないが、対応予定日までに満たす。対応予定日を必ず書く。",
    AnswerStatus.NOT_SUPPORTED: "満たさない。実装不可の行では「その機能がない」ことを表し、満たす答えになる。",
    AnswerStatus.NOT_APPLICABLE: "当てはまらない。備考に理由を書く。実装必須の行では選べない。",
}


def render(request: RequestForProposal) -> bytes:
    """The workbook. Every printed cell is text or a number, never a formula; the same request gives the same bytes."""
    target = io.BytesIO()
    book = open_book(target, TITLE)
    forms = _Forms(book)
    _cover(book.add_worksheet(COVER), forms, request)
    _legend(book.add_worksheet(LEGEND), forms)
    names = sheet_names(request.sheets, (COVER, LEGEND, OWN, LEFT_OUT, HIDDEN))
    for name, rows in zip(names, request.sheets.values(), strict=True):
        _answers(book.add_worksheet(name), forms, rows, name)
    _own(book.add_worksheet(OWN), forms)
    _left_out(book.add_worksheet(LEFT_OUT), forms, request)
    _manifest(book.add_worksheet(HIDDEN), request)
    book.close()
    return target.getvalue()


def sheet_names(titles: Iterable[str], others: Iterable[str]) -> list[str]:
    """A name for every title that a spreadsheet program takes: 31 signs, some forbidden, none twice or of others."""
    taken = set(others)
    found = []
    for title in titles:
        base = "".join("＿" if char in "[]:*?/\\'" else char for char in legible(title))[:27]
        name = next(one for one in (base, *(f"{base}（{number}）" for number in range(2, 99))) if one not in taken)
        taken.add(name)
        found.append(name)
    return found


class _Forms:
    """The formats: what is filled in is white and unlocked, what is printed is grey."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(HEAD)
        self.printed = book.add_format({**CELL, "bg_color": "#F5F5F5"})
        self.cell = book.add_format({**CELL, "locked": False})
        self.sum = book.add_format({**CELL, "locked": False, "num_format": "#,##0"})
        self.day = book.add_format({**CELL, "locked": False, "num_format": "yyyy-mm-dd"})
        self.title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
        self.plain = book.add_format({"font_name": FONT, "font_size": 10})


# cover and legend -----------------------------------------------------------------------------------------


def _cover(sheet: Any, forms: _Forms, request: RequestForProposal) -> None:
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, TITLE, forms.title)
    line = 2
    for label, told in _facts(request):
        _pair(sheet, forms, line, label, told)
        line += 1
    line += 1
    sheet.write_string(line, 0, "次の欄に記入してください（事業者）。", forms.plain)
    for label in (BIDDER, PRODUCT, VERSION):
        line += 1
        sheet.write_string(line, 0, label, forms.head)
        sheet.write_blank(line, 1, None, forms.cell)
    _on_paper(sheet)


def _facts(request: RequestForProposal) -> Iterator[tuple[str, str]]:
    profile, body = request.profile, request.profile.municipality
    yield "件名", profile.title
    yield "団体", f"{body.prefecture}{body.name}（{body.kind.label}、団体コード {body.code}）"
    yield "適合の基準日", f"{japanese_date(profile.as_of.isoformat())}（この日に適用される要件を尋ねます）"
    yield "要件表の版", edition_text(request)
    yield "尋ねる要件", f"{len(request.rows)} 件（{_counted(request)}）"
    if request.outside:
        reasons = "、".join(
            f"{told.rstrip('。')} {count} 件" for told, count in outside_reasons(request.outside).items()
        )
        yield "対象外の要件", f"{len(request.outside)} 件（{reasons}）。シート「{LEFT_OUT}」に理由を付けて並べました。"
    for labels, count in request.of_others.items():
        yield f"{labels}だけの要件", f"{count} 件は、{body.name}に当てはまらないので尋ねません。"
    yield "照合コード", f"{request.code}（依頼元が控えたものと同じなら、同じ依頼です）"
    yield from (("注意", told) for told in caveats(request))


def edition_text(request: RequestForProposal) -> str:
    tables = "、".join(f"{request.names[table.business]} {table.edition}" for table in request.edition.tables)
    if request.edition.frozen_on:
        return f"{request.edition.name} 版（{japanese_date(request.edition.frozen_on.isoformat())}に凍結。{tables}）"
    return f"凍結していない要件表（{tables}）"


def caveats(request: RequestForProposal) -> Iterator[str]:
    """What a reader has to know about the standing of the tables; nothing for published ones without estimates."""
    if any(table.status != "published" for table in request.edition.tables):
        yield "要件表は本標準の作成者の案で、国の標準仕様書ではありません。"
    estimated = sum(row.requirement.category_source == "estimated" for row in request.rows)
    if estimated:
        told = f"実装区分のうち {estimated} 件は推定です。公式の表で確かめてから、調達の根拠にしてください。"
        yield told


def _counted(request: RequestForProposal) -> str:
    labels = [Obligation.MANDATORY.label, CHOSEN, Obligation.OPTIONAL.label, Obligation.PROHIBITED.label]
    return "、".join(f"{label} {request.counts[label]}" for label in labels if request.counts[label])


def _legend(sheet: Any, forms: _Forms) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 0, LEGEND, forms.title)
    _pair(sheet, forms, 2, ANSWER, "意味と、書き添えるもの", forms.head)
    for line, one in enumerate(ANSWERS, start=_CODE_LINE):
        _pair(sheet, forms, line, one.label, _MEANINGS[one])
    for line, (label, told) in enumerate(_HOW, start=_CODE_LINE + len(ANSWERS) + 1):
        _pair(sheet, forms, line, label, told)
    _on_paper(sheet)


_CODE_LINE: Final = 3  # of the first answer on the legend, where the list of choices begins
_HOW: Final = (
    (
        OBLIGATION,
        "◎ 実装必須、○ 標準オプション（採用とあるものは求めます）、× 実装不可（持ってはならない機能）。",
    ),
    (WEIGHT, "評価のときの重みです。書き換えられません。"),
    (ANSWER, "一覧から一つ選びます。空欄は「未回答」で、対応とも対応不可とも読みません。"),
    (COST, "その行だけに掛かる費用を、円の数字で書きます。別の費用がなければ空欄のままにします。"),
    (
        DUE,
        "日付で書きます（例 2027-03-31）。「令和8年度中」でもかまいません。「未定」は期日になりません。",
    ),
    (REMARKS, "設定の名前、代わりの手順、製品の名前、証拠の資料と頁を書きます。個人の氏名や番号は書きません。"),
    (OWN, f"シート「{OWN}」には、依頼元が標準にない要件を書き加えます（独自）。標準の要件とは別に扱います。"),
    (
        "してはいけないこと",
        "要件の行の追加・削除、要件の文の書換え。保護は間違いを防ぐためのもので、パスワードはありません。"
        "書き換えた行は、返った後に「標準仕様書と異なる記載」として依頼元に示されます。",
    ),
    (
        "返し方",
        "Excel ブック（.xlsx）のまま、パスワードを付けずに返します。ファイルの名前は変えてかまいません。",
    ),
)


def _pair(sheet: Any, forms: _Forms, line: int, label: str, told: str, form: Any = None) -> None:
    sheet.write_string(line, 0, legible(label), forms.head)
    sheet.write_string(line, 1, legible(told), form or forms.printed)
    sheet.set_row(line, row_points([(label, 24), (told, 96)]))


# rows -----------------------------------------------------------------------------------------------------


def _answers(sheet: Any, forms: _Forms, rows: Sequence[Asked], name: str) -> None:
    _headings(sheet, forms)
    for line, row in enumerate(rows, start=1):
        one = row.requirement
        printed = printed_cells(row)
        for column, text in enumerate(printed[:-1]):
            sheet.write_string(line, column, text, forms.printed)
        sheet.write_number(line, len(printed) - 1, row.weight, forms.printed)
        _blanks(sheet, forms, line)
        sheet.write_string(line, _FIRST_HIDDEN, one.id, forms.plain)  # on one line: a PDF may hold what is hidden
        sheet.write_string(line, _FIRST_HIDDEN + 1, mark(one), forms.plain)
        sheet.set_row(line, row_points(zip(printed, (width for _, width in _COLUMNS), strict=False)))
    _finish(sheet, len(rows), name)


def printed_cells(row: Asked) -> tuple[str, ...]:
    """The locked words of a row, in the order of PRINTED."""
    one = row.requirement
    name, text, obligation = legible((one.name, one.text, row.obligation_text))
    return one.id, name, text, obligation, str(row.weight)


def _own(sheet: Any, forms: _Forms) -> None:
    _headings(sheet, forms)
    for line in range(1, OWN_ROWS + 1):
        sheet.write_string(line, 0, f"独自-{line:02}", forms.printed)
        for column in (1, 2):
            sheet.write_blank(line, column, None, forms.cell)
        sheet.write_string(line, 3, "独自", forms.printed)
        sheet.write_blank(line, 4, None, forms.cell)
        _blanks(sheet, forms, line)
        sheet.write_string(line, _FIRST_HIDDEN, f"{OWN_KEY}{line:02}", forms.plain)
        sheet.set_row(line, 30)
    _finish(sheet, OWN_ROWS, OWN)


def _headings(sheet: Any, forms: _Forms) -> None:
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": column >= _FIRST_HIDDEN})
        sheet.write_string(0, column, label, forms.head)


def _blanks(sheet: Any, forms: _Forms, line: int) -> None:
    for column, form in zip(
        range(_FIRST_ANSWER, _FIRST_HIDDEN), (forms.cell, forms.sum, forms.day, forms.cell), strict=True
    ):
        sheet.write_blank(line, column, None, form)


def _finish(sheet: Any, count: int, name: str) -> None:
    def rule(column: int, told: str, **options: Any) -> None:
        sheet.data_validation(
            1, column, count, column, {"ignore_blank": True, "error_title": "書き方", "error_message": told, **options}
        )

    codes = f"='{LEGEND}'!$A${_CODE_LINE + 1}:$A${_CODE_LINE + len(ANSWERS)}"
    rule(_FIRST_ANSWER, "一覧から一つ選んでください。", validate="list", source=codes)
    rule(_FIRST_ANSWER + 1, "円の数字を、0 以上で入れてください。", validate="decimal", criteria=">=", value=0)
    day = {"validate": "custom", "value": f"=AND(ISNUMBER({_DUE}2),{_DUE}2>=36526,{_DUE}2<73051)"}
    rule(_FIRST_ANSWER + 2, "日付（例 2027-03-31）で書くと、確実に読めます。", error_type="warning", **day)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, count, _FIRST_HIDDEN - 1)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, count, _FIRST_HIDDEN - 1)
    _on_paper(sheet, name)


_DUE: Final = "$H"


def _on_paper(sheet: Any, name: str = "") -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{TITLE}&R&A" if name else f"&L{TITLE}")
    sheet.set_footer("&P / &N")
    sheet.protect("", _ALLOWED)


def _left_out(sheet: Any, forms: _Forms, request: RequestForProposal) -> None:
    widths = (16, 20, 60, 50)
    for column, (label, width) in enumerate(zip((NUMBER, NAME, TEXT, "対象外の理由"), widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, forms.head)
    for line, out in enumerate(request.outside, start=1):
        one = out.requirement
        cells = legible((one.id, one.name, one.text, out.because))
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text, forms.printed)
        sheet.set_row(line, row_points(zip(cells, widths, strict=True)))
    if not request.outside:
        sheet.write_string(1, 0, "ありません。", forms.plain)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _on_paper(sheet, LEFT_OUT)


def _manifest(sheet: Any, request: RequestForProposal) -> None:
    whole = json.dumps(request.manifest, ensure_ascii=False, separators=(",", ":"))
    parts = [whole[start : start + MANIFEST_PART] for start in range(0, len(whole), MANIFEST_PART)]
    for line, text in enumerate(["kijun:manifest", *parts]):
        sheet.write_string(line, 0, text)
    sheet.protect()
    sheet.hide()

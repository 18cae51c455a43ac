"""The answer form: one protected sheet with a row for every requirement, how to fill it, and the list of bodies.

A clerk with nothing but a spreadsheet program fills it. Printed cells are locked, without a password; two hidden cells
of every row carry its id and the fingerprint of its text, so that nothing depends on a number typed by hand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from kijun.model.requirement import Requirement
from kijun.press.legible import legible
from kijun.press.workbook import CELL, FONT, HEAD, open_book, row_points
from kijun.publishing.cells import obligation_text
from kijun.publishing.inquiry import asked
from kijun.publishing.inquiry.asked import Inquiry, full_name

TITLE: Final = "意見照会の回答用紙"
_COLUMNS: Final = (
    (asked.NUMBER, 17),
    (asked.PLACE, 20),
    (asked.TEXT, 44),
    (asked.OBLIGATION, 26),
    (asked.CODE, 20),
    (asked.OPINION, 38),
    (asked.PROPOSAL, 38),
    (asked.HIDDEN_ID, 17),
    (asked.MARK, 18),
)
_PRINTED, _HIDDEN, _HEADINGS = 4, 7, 4  # columns that are printed, the first hidden one, the line of the headings
_ALLOWED: Final = {"format_columns": True, "format_rows": True, "autofilter": True}
_UNKNOWN = "登録簿にない団体コードです。シート「団体一覧」で確かめてください。"
_HINT = "左に6桁を入れると、団体名が出ます。"


def render(inquiry: Inquiry) -> bytes:
    """The form for one edition. Every printed cell but the name of the body is text, never a formula."""
    target = io.BytesIO()
    book = open_book(target, TITLE)
    forms = _Forms(book)
    help_sheet, sheet, bodies = (book.add_worksheet(name) for name in (asked.HELP, asked.SHEET, asked.BODIES))
    _help(help_sheet, forms, inquiry)
    _head(sheet, forms, inquiry)
    rows = tuple(inquiry.requirements.values())
    for line, one in enumerate(rows, start=_HEADINGS + 1):
        _row(sheet, forms, line, one, inquiry)
    _validate(sheet, len(rows), inquiry)
    _finish(sheet, len(rows))
    _bodies(bodies, forms, inquiry)
    book.close()
    return target.getvalue()


class _Forms:
    """The formats of the form; what is filled in is unlocked and white, what is printed is grey."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format(HEAD)
        self.printed = book.add_format({**CELL, "bg_color": "#F5F5F5"})
        self.cell = book.add_format({**CELL, "locked": False})
        self.code = book.add_format({**CELL, "locked": False, "num_format": "@"})
        self.day = book.add_format({**CELL, "locked": False, "num_format": "yyyy-mm-dd"})
        self.title = book.add_format({"font_name": FONT, "font_size": 16, "bold": True})
        self.text = book.add_format({"font_name": FONT, "font_size": 10, "text_wrap": True, "valign": "top"})


# the answers ----------------------------------------------------------------------------------------------


def _head(sheet: Any, forms: _Forms, inquiry: Inquiry) -> None:
    for column, (label, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, None, {"hidden": column >= _HIDDEN})
        sheet.write_string(_HEADINGS, column, label, forms.head)
    sheet.write_string(0, 0, TITLE, forms.title)
    labels = (
        (0, 4, asked.EDITION),
        (1, 0, asked.BODY),
        (1, 4, asked.OFFICE),
        (2, 0, asked.DAY),
        (2, 4, asked.BLANKS),
        (3, 0, asked.OTHERS),
        (3, 4, asked.GENERAL),
    )
    for line, column, label in labels:
        sheet.write_string(line, column, label, forms.head)
    sheet.write_string(0, 5, asked.edition_text(inquiry.edition), forms.printed)
    sheet.write_blank(1, 1, None, forms.code)
    sheet.write_formula(1, 2, _name_formula(len(inquiry.asked)), forms.printed, _HINT)
    sheet.write_blank(1, 5, None, forms.cell)
    sheet.write_blank(2, 1, None, forms.day)
    sheet.write_string(2, 2, "出し直すときは、新しい日付にします。", forms.printed)
    sheet.write_blank(2, 5, None, forms.cell)
    sheet.write_string(2, 6, "空欄にした行をどう数えるかを選びます。", forms.printed)
    sheet.write_blank(3, 1, None, forms.code)
    told = "町村会などが何団体かの回答を一つにまとめて出すときだけ、残りの団体コードを「、」でつないで書きます。"
    sheet.write_string(3, 2, told, forms.printed)
    sheet.merge_range(3, 5, 3, 6, None, forms.cell)
    sheet.set_row(0, 24)
    sheet.set_row(3, 45)


def _name_formula(count: int) -> str:
    found = f'VLOOKUP(TEXT($B$2,"000000"),{asked.BODIES}!$A$2:$C${count + 1},2,FALSE)'
    return f'=IF($B$2="","{_HINT}",IFERROR({found},"{_UNKNOWN}"))'


def _row(sheet: Any, forms: _Forms, line: int, one: Requirement, inquiry: Inquiry) -> None:
    printed = tuple(map(legible, (one.id, inquiry.place(one), one.text, _obligation(one))))
    for column, text in enumerate(printed):
        sheet.write_string(line, column, text, forms.printed)
    for column in range(_PRINTED, _HIDDEN):
        sheet.write_blank(line, column, None, forms.cell)
    sheet.write_string(line, _HIDDEN, one.id, forms.printed)
    sheet.write_string(line, _HIDDEN + 1, inquiry.marks[one.id], forms.printed)
    sheet.set_row(line, row_points(zip(printed, (width for _, width in _COLUMNS), strict=False)))


def _obligation(one: Requirement) -> str:
    return obligation_text(one).replace("【実装区分】", "").replace("【適用】", "\n")


def _validate(sheet: Any, count: int, inquiry: Inquiry) -> None:
    def rule(first: tuple[int, int], last: tuple[int, int], told: str, **options: Any) -> None:
        sheet.data_validation(*first, *last, {"ignore_blank": True, "error_title": "書き方", **options} | _told(told))

    codes = f"={asked.HELP}!$A${_CODE_LINE + 1}:$A${_CODE_LINE + len(inquiry.codes.codes)}"
    bodies = f"={asked.BODIES}!$A$2:$A${len(inquiry.asked) + 1}"
    first, last = _HEADINGS + 1, _HEADINGS + count
    rule((first, _PRINTED), (last, _PRINTED), "一覧から一つ選んでください。", validate="list", source=codes)
    rule((1, 1), (1, 1), "6桁の団体コードを入れてください（シート「団体一覧」）。", validate="list", source=bodies)
    rule((2, 5), (2, 5), "一覧から選んでください。", validate="list", source=list(inquiry.blank_choices))
    day = {"validate": "custom", "value": "=AND(ISNUMBER($B$3),$B$3>=36526,$B$3<73051)"}
    rule((2, 1), (2, 1), "日付で入れてください（例 2026-11-24）。", **day)


def _told(message: str) -> dict[str, str]:
    return {"error_message": message}


def _finish(sheet: Any, count: int) -> None:
    sheet.freeze_panes(_HEADINGS + 1, 1)
    sheet.autofilter(_HEADINGS, 0, _HEADINGS + count, _HIDDEN - 1)
    sheet.repeat_rows(_HEADINGS)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.print_area(0, 0, _HEADINGS + count, _HIDDEN - 1)
    sheet.fit_to_pages(1, 0)
    sheet.set_header(f"&L{TITLE}&R&A")
    sheet.set_footer("&P / &N")
    sheet.protect("", _ALLOWED)


# how to fill it -------------------------------------------------------------------------------------------

_CODE_LINE: Final = 5  # the first code on the sheet of help, where the list of choices begins


def _help(sheet: Any, forms: _Forms, inquiry: Inquiry) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, TITLE, forms.title)
    sheet.write_string(
        2, 0, f"対象は {asked.edition_text(inquiry.edition)} の要件 {len(inquiry.requirements)} 件です。"
    )
    _pair(sheet, forms, _CODE_LINE - 1, "回答", "意味", forms.head)
    pairs = [(one.shown, one.meaning) for one in inquiry.codes.codes]
    pairs += [("", ""), *_steps(inquiry), ("", "")]
    pairs += [("注意", legible(told)) for told in asked.caveats(inquiry.edition)]
    for line, (label, told) in enumerate(pairs, start=_CODE_LINE):
        if label:
            _pair(sheet, forms, line, label, told)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.protect("", _ALLOWED)


def _pair(sheet: Any, forms: _Forms, line: int, label: str, told: str, form: Any = None) -> None:
    sheet.write_string(line, 0, label, forms.head)
    sheet.write_string(line, 1, told, form or forms.printed)
    sheet.set_row(line, row_points([(told, 100)]))


def _steps(inquiry: Inquiry) -> Iterator[tuple[str, str]]:
    agrees, none = inquiry.blank_choices
    yield (
        "1. 団体コード",
        "シート「回答」の上の欄に、6桁の数字で入れます。右に団体名が出たら、自分の団体かを確かめます。",
    )
    yield "2. 回答日・担当部署", "回答した日と、部署の名前を入れます。個人名は書かないでください。"
    yield (
        "3. 空欄の行",
        f"意見のある行だけに回答するときは「{agrees}」を、見ていない行があるときは「{none}」を選びます。"
        f"選ばなければ「{none}」とみなします。",
    )
    yield (
        "4. 回答",
        "要件の行ごとに、一覧から一つだけ選びます。二つ以上あるときは、主なものを選び、ほかは意見に書きます。",
    )
    yield (
        f"5. {asked.OPINION}、{asked.PROPOSAL}",
        f"{inquiry.codes.agreement.shown}のほかを選んだ行に書きます。回答を選ばずに意見だけを書くと、数えられません。"
        "セルの中の改行は Alt+Enter です。",
    )
    yield "6. 全体への意見", "どの行にも結び付かない意見や、新しい要件の提案を書きます。"
    yield "7. 保存", "Excel ブック（.xlsx）のまま、パスワードを付けずに保存します。ファイルの名前は変えてかまいません。"
    yield (
        "してはいけないこと",
        "行や列の追加・削除、並べ替え、要件番号や要件の文の書換え。保護は間違いを防ぐためのもので、"
        f"パスワードはありません。要件の文を直したいときは「{asked.PROPOSAL}」に書いてください。",
    )
    yield "書かないもの", "個人番号、氏名など、個人の情報は、どの欄にも書かないでください。"


def _bodies(sheet: Any, forms: _Forms, inquiry: Inquiry) -> None:
    for column, (label, width) in enumerate((("団体コード", 14), ("団体名", 36), ("団体区分", 14))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, label, forms.head)
    for line, (code, body) in enumerate(inquiry.asked.items(), start=1):
        for column, text in enumerate((code, full_name(body), body.kind.label)):
            sheet.write_string(line, column, text, forms.text)
    sheet.freeze_panes(1, 0)
    sheet.protect("", _ALLOWED)

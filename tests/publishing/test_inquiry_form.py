"""The answer form of an inquiry: what a clerk sees, may touch, and can choose."""

from __future__ import annotations

import io
import re
import zipfile

from edition_rows import edition, row
from inquiries import BODY, FIRST, BlankForm, inquiry_about, pots
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from kijun.model.inquiry import fingerprint
from kijun.publishing.inquiry import asked, form
from kijun.publishing.inquiry.asked import Inquiry

ASKED = inquiry_about(pots())
CONTENT = form.render(ASKED)


def rows_of(content: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(False)


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


SHEET = part(CONTENT, "xl/worksheets/sheet2.xml")


def style(place: str) -> int:
    found = re.search(rf'<c r="{place}" s="([0-9]+)"', SHEET)
    assert found, place
    return int(found[1])


def unlocked_styles() -> set[int]:
    forms = part(CONTENT, "xl/styles.xml").split("<cellXfs")[1].split("</cellXfs>")[0]
    cells = re.split(r"(?=<xf )", forms)[1:]
    return {number for number, one in enumerate(cells) if 'locked="0"' in one}


def test_every_row_carries_its_id_and_the_fingerprint_of_its_text_out_of_sight() -> None:
    lines = rows_of(CONTENT, asked.SHEET)
    assert lines[FIRST - 2] == [
        "要件番号",
        "機能",
        "要件",
        "実装区分・適用",
        "回答",
        "意見・理由",
        "修正案",
        "用紙の要件番号",
        "指紋",
    ]
    ids = list(ASKED.requirements)
    assert [line[0] for line in lines[FIRST - 1 :]] == ids
    assert [line[7:] for line in lines[FIRST - 1 :]] == [[one, ASKED.marks[one]] for one in ids]
    for column in (8, 9):
        assert re.search(rf'<col min="{column}" max="{column}" [^>]*hidden="1"', SHEET)


def test_where_several_businesses_are_asked_about_every_row_names_its_own() -> None:
    one, other = pots(1), edition("0.1", row("09", "鍋を登録できること。"), business="pan_register")
    both = Inquiry(
        type(one)("0.1", (*one.tables, *other.tables)), ASKED.codes, ASKED.bodies, {"pan_register": "鍋台帳"}
    )
    lines = rows_of(form.render(both), asked.SHEET)[FIRST - 1 :]
    assert [line[1] for line in lines] == ["pot_register＞台帳＞登録", "鍋台帳＞台帳＞登録"]
    assert rows_of(CONTENT, asked.SHEET)[FIRST - 1][1] == "台帳＞登録"


def test_the_fingerprint_follows_what_a_product_is_held_to_and_nothing_else() -> None:
    one, other, explained = (
        edition("1", row("01", "登録できること。", **cells)).requirements["999-1.1.1-01"]
        for cells in ({}, {"category": {}}, {"rationale": "別の理由。"})
    )
    assert fingerprint(one) != fingerprint(other)
    assert fingerprint(one) == fingerprint(explained)


def test_only_what_is_filled_in_is_unlocked() -> None:
    assert "<sheetProtection sheet=" in SHEET
    unlocked = unlocked_styles()
    for place in ("B2", "B3", "B4", "F2", "F3", "F4", "E6", "F6", "G6", "E8"):
        assert style(place) in unlocked, place
    for place in ("A6", "B6", "C6", "D6", "H6", "I6", "C2", "F1", "A5"):
        assert style(place) not in unlocked, place


def test_codes_bodies_and_blank_rows_are_chosen_from_lists() -> None:
    rules = dict(re.findall(r'<dataValidation type="list"[^>]* sqref="([A-Z0-9:]+)"><formula1>(.*?)</formula1>', SHEET))
    assert rules == {
        "E6:E8": "書き方!$A$6:$A$14",
        "B2": "団体一覧!$A$2:$A$1742",
        "F3": '"①認識相違なしとみなす,回答なしとする"',
    }
    help_lines = rows_of(CONTENT, asked.HELP)
    assert [line[0] for line in help_lines[5:14]] == [one.shown for one in ASKED.codes.codes]
    assert all(line[1] for line in help_lines[5:14])


def test_the_name_of_the_body_follows_its_code() -> None:
    found = re.search(r'<c r="C2"[^>]*><f>(.*?)</f><v>(.*?)</v>', SHEET)
    assert found
    assert "VLOOKUP(TEXT($B$2,&quot;000000&quot;),団体一覧!$A$2:$C$1742,2,FALSE)" in found[1].replace('"', "&quot;")
    assert found[2] == "左に6桁を入れると、団体名が出ます。"
    assert SHEET.count("<f>") == 1


def test_all_1741_bodies_are_listed_and_no_fictional_one() -> None:
    head, *bodies = rows_of(CONTENT, asked.BODIES)
    assert head == ["団体コード", "団体名", "団体区分"]
    assert len(bodies) == 1741
    assert ["011002", "北海道札幌市", "指定都市"] in bodies
    assert not [code for code, *_ in bodies if str(code).startswith("99")]


def test_our_draft_says_that_it_is_nobodys_inquiry() -> None:
    told = str(rows_of(CONTENT, asked.HELP))
    assert "公表された版ではない表（案）を含みます。省庁が行う照会ではありません。" in told
    assert rows_of(CONTENT, asked.SHEET)[0][5] == "0.1版（2026-11-24） 案"


def test_a_text_is_never_a_formula_and_what_is_unseen_is_shown() -> None:
    content = form.render(inquiry_about(edition("0.1", row("01", '=HYPERLINK("http://x")\u202e逆'))))
    line = rows_of(content, asked.SHEET)[FIRST - 1]
    assert line[2] == '=HYPERLINK("http://x")〔U+202E〕逆'
    assert part(content, "xl/worksheets/sheet2.xml").count("<f>") == 1


def test_nothing_is_hidden_from_the_clerk_but_two_columns() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(CONTENT))
    assert book.sheet_names == ["書き方", "回答", "団体一覧"]
    assert all(one.visible == SheetVisibleEnum.Visible for one in book.sheets_metadata)


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert form.render(inquiry_about(pots())) == CONTENT


def test_a_form_can_be_filled_as_an_office_fills_it() -> None:
    filled = BlankForm(CONTENT).filled({BODY: "011002"})
    assert rows_of(filled, asked.SHEET)[1][1] == "011002"

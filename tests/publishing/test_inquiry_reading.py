"""Replies as people write them: every answer is counted as it was meant, or told as one that is not."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from inquiries import (
    AGREES,
    BLANKS,
    BODY,
    DAY,
    EDITION,
    GENERAL,
    NONE,
    OFFICE,
    OTHERS,
    BlankForm,
    answers,
    inquiry_about,
    packed,
    pots,
)

from kijun.catalog.inquiry_codes import read_codes
from kijun.catalog.root import shipped_root
from kijun.model.errors import CatalogError
from kijun.publishing.inquiry.reading import ReplyReader
from kijun.publishing.inquiry.replies import UNCLEAR, Answer, Remark, Reply

ASKED = inquiry_about(pots())
ONE, TWO, THREE = ASKED.requirements
BLANK = BlankForm.of(ASKED)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def replies(folder: Path, content: bytes) -> list[Reply]:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    found = ReplyReader(ASKED).read("a.xlsx", path)
    assert isinstance(found, list), found
    return found


def read(folder: Path, cells: dict[str, object], sheet: str = "") -> Reply:
    (one,) = replies(folder, BLANK.filled({BODY: "011002"} | cells, sheet))
    return one


def told(reply: Reply) -> list[str]:
    return [f"{one.place}: {one.message}" for one in reply.notes]


# codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["③必須→任意", "③", "3", "３", "(3)", "（３）", "3.", "３．必須→任意", "❸", "必須→任意", " ③　"]
)
def test_a_code_is_read_however_it_is_written(folder: Path, written: str) -> None:
    reply = read(folder, answers((written, "理由", "案")))
    assert reply.answers == {ONE: Answer("3", "理由", "案")}
    assert reply.notes == ()


def test_a_code_may_be_a_number(folder: Path) -> None:
    assert read(folder, {"E6": 3}).answers == {ONE: Answer("3")}


@pytest.mark.parametrize("written", ["②、③", "②③", "23", "3表現", "○", "同左", "10", "3.5"])
def test_what_is_not_one_code_is_unclear_and_told(folder: Path, written: str) -> None:
    reply = read(folder, {BLANKS: AGREES, **answers((written, "理由", ""))})
    assert reply.answers == {ONE: Answer(UNCLEAR, "理由")}
    assert told(reply) == [f"6 行目: 回答「{written}」を一つの符号に読めません（不明としました）。"]


def test_words_without_a_code_are_unclear_and_never_agreement(folder: Path) -> None:
    reply = read(folder, {BLANKS: AGREES, **answers(("", "ここは困る", ""))})
    assert reply.code_of(ONE, "1") == UNCLEAR
    assert told(reply) == ["6 行目: 意見があるのに、回答が選ばれていません（不明としました）。"]


@pytest.mark.parametrize(("chosen", "code"), [(AGREES, "1"), (NONE, None), ("", None), ("お任せします", None)])
def test_blank_rows_are_agreement_only_where_the_body_says_so(folder: Path, chosen: str, code: str | None) -> None:
    reply = read(folder, {BLANKS: chosen, **answers("③")} if chosen else answers("③"))
    assert reply.code_of(TWO, "1") == code
    assert [one for one in told(reply) if "選択肢にありません" in one] == (
        ["空欄の行: 「お任せします」は選択肢にありません。空欄の行は回答なしとしました。"]
        if chosen == "お任せします"
        else []
    )


def test_the_shipped_codes_and_a_list_that_contradicts_itself(folder: Path) -> None:
    codes = read_codes(shipped_root())
    assert [one.shown for one in codes.codes][:3] == ["①認識相違なし", "②表現", "③必須→任意"]
    assert codes.agreement.code == "1"
    (folder / "requirements").mkdir()
    content = (shipped_root() / "requirements/inquiry.yaml").read_text(encoding="utf-8")
    content = content.replace("opinion: false", "opinion: true").replace('sign: "②"', 'sign: "③"')
    (folder / "requirements/inquiry.yaml").write_text(content.replace('"削除"', '"質問"'), encoding="utf-8")
    with pytest.raises(CatalogError) as error:
        read_codes(folder)
    assert [one.message for one in error.value.problems] == [
        "意見でない符号（opinion: false）が一つではありません。",
        "印「③」は番号 2 と読めません。",
        "「質問」が二つの符号にあります。",
    ]


# the body -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "bodies", "note"),
    [
        ("011002", ("011002",), None),
        ("０１１００２", ("011002",), None),
        (11002, ("011002",), "5桁の「11002」を 011002（北海道札幌市）と読みました。"),
        ("13101", ("131016",), "5桁の「13101」を 131016（東京都千代田区）と読みました。"),
        ("北海道札幌市", ("011002",), "団体名「北海道札幌市」から団体コード 011002 としました。"),
        ("見本市", ("992011",), "団体名「見本市」から団体コード 992011 としました。"),
        ("府中市", (), "「府中市」は団体コードでも、一つに決まる団体名でもありません。"),
        ("011003", (), "団体コード 011003 の検査数字が合いません（打ち間違いのおそれ）。"),
        ("016951", (), "団体コード 016951 の団体は登録簿にありません。"),
        ("架空県町村会", (), "「架空県町村会」は団体コードでも、一つに決まる団体名でもありません。"),
    ],
)
def test_the_body_is_told_by_code_or_by_a_name_that_is_its_alone(
    folder: Path, written: object, bodies: tuple[str, ...], note: str | None
) -> None:
    reply = read(folder, {BODY: written, **answers("①")})
    assert reply.bodies == bodies
    assert told(reply) == ([f"団体コード: {note}"] if note else [])


def test_an_association_names_all_its_bodies(folder: Path) -> None:
    reply = read(folder, {OTHERS: "012025、０１２０３３\n013331 011002 012041x", **answers("①")})
    assert reply.bodies == ("011002", "012025", "012033", "013331")
    assert reply.is_joint
    assert told(reply) == ["団体コード: 「012041x」は団体コードでも、一つに決まる団体名でもありません。"]


def test_an_association_puts_sheets_of_several_bodies_into_one_book(folder: Path) -> None:
    parts = dict(BLANK.parts)
    first, second = (BLANK.filled({BODY: one, **answers(code)}) for one, code in (("011002", "①"), ("012025", "③")))
    taken = {one: BlankForm.sheet_of(content) for one, content in (("a", first), ("b", second))}
    parts["xl/worksheets/sheet2.xml"], parts["xl/worksheets/sheet3.xml"] = taken["a"], taken["b"]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('団体一覧" sheetId'.encode(), '函館" sheetId'.encode())
    one, two = replies(folder, packed(parts))
    assert [(each.file, each.bodies, each.answers[ONE].code) for each in (one, two)] == [
        ("a.xlsx［回答］", ("011002",), "1"),
        ("a.xlsx［函館］", ("012025",), "3"),
    ]


@pytest.mark.parametrize(
    "written", [date(2026, 11, 30), "46356", "2026/11/30", "令和8年11月30日", "R8.11.30", "２０２６－１１－３０"]
)
def test_the_day_of_the_reply_is_read(folder: Path, written: object) -> None:
    reply = read(folder, {DAY: written, OFFICE: "税務課", **answers("①")})
    assert (reply.day, reply.office) == (date(2026, 11, 30), "税務課")


def test_a_day_that_is_none_is_told(folder: Path) -> None:
    reply = read(folder, {DAY: "11月末", **answers("①")})
    assert reply.day is None
    assert told(reply) == ["回答日: 回答日「11月末」を日付として読めません。"]


# rows -----------------------------------------------------------------------------------------------------


def test_an_edited_number_is_noticed_and_its_words_are_kept(folder: Path) -> None:
    reply = read(folder, {BLANKS: AGREES, "A6": "999-1.1.1-99", **answers(("③", "理由", "案"))})
    assert ONE not in reply.rows
    assert reply.code_of(ONE, "1") is None
    assert reply.remarks == (Remark("999-1.1.1-99（6 行目）", "③\n理由\n案"),)
    assert told(reply)[1] == "6 行目「999-1.1.1-99」: 見える要件番号が、用紙が刷った番号と違います（数えていません）。"


def test_a_row_of_another_text_is_not_counted(folder: Path) -> None:
    other = inquiry_about(pots(text="鉢の{}を登録し、照会できること。"))
    content = BlankForm.of(other).filled(
        {BODY: "011002", BLANKS: AGREES, EDITION: "0.0版", **answers(("③", "理由", ""))}
    )
    (reply,) = replies(folder, content)
    assert (reply.rows, reply.answers) == (frozenset(), {})
    assert reply.remarks == (Remark("999-1.1.1-01（6 行目）", "③\n理由"),)
    assert told(reply) == [
        "対象の版: 「0.0版」の用紙です（照会したのは「0.1版（2026-11-24） 案」）。文が同じ行だけを数えました。",
        "6 行目「999-1.1.1-01」、7 行目「999-1.1.1-02」、8 行目「999-1.1.1-03」: "
        "照会した文と違う行です（数えていません）。",
    ]


def test_a_form_of_another_edition_counts_where_the_text_is_the_same(folder: Path) -> None:
    other = inquiry_about(pots(4))
    (reply,) = replies(folder, BlankForm.of(other).filled({BODY: "011002", **answers("③", "", "", "②")}))
    assert reply.answers == {ONE: Answer("3")}
    assert told(reply) == ["9 行目「999-1.1.1-04」: 照会した版にない要件番号の行です（数えていません）。"]


def without_hidden(sheet: str) -> str:
    return re.sub(r'<c r="[HI][0-9]+".*?</c>', "", sheet)


def test_rows_without_hidden_cells_count_where_number_and_text_agree(folder: Path) -> None:
    cells = {"A7": "999-1.1.1-02 ", "C8": "鉢の別のものを登録できること。", **answers("③", "②", ("④", "理由", ""))}
    reply = read(folder, cells, without_hidden(BLANK.sheet))
    assert {name: one.code for name, one in reply.answers.items()} == {ONE: "3", TWO: "2"}
    assert reply.remarks == (Remark("999-1.1.1-03（8 行目）", "④\n理由"),)
    assert "6 行目、7 行目: 手で書いた行ですが、番号と文が要件表と同じなので数えました。" in told(reply)
    assert "8 行目「999-1.1.1-03」: 照会した文と違う行です（数えていません）。" in told(reply)


def test_a_row_number_typed_by_hand_is_tied_to_nothing(folder: Path) -> None:
    sheet = re.sub(r'<c r="[ABCDHI]8".*?(?:</c>|/>)', lambda found: found[0].split(" t=")[0] + "/>", BLANK.sheet)
    sheet = sheet.replace("//>", "/>")
    reply = read(folder, {"A8": "3番", **answers("①", "①", ("③", "三番目の行について", ""))}, sheet)
    assert set(reply.answers) == {ONE, TWO}
    assert reply.remarks == (Remark("3番（8 行目）", "③\n三番目の行について"),)
    assert "8 行目「3番」: 照会した版にない要件番号の行です（数えていません）。" in told(reply)


def test_moved_columns_and_more_lines_above_do_no_harm(folder: Path) -> None:
    moved = str.maketrans({"E": "K", "F": "L"})
    sheet = re.sub(r'r="([EF])([0-9]+)"', lambda found: f'r="{found[1].translate(moved)}{int(found[2])}"', BLANK.sheet)
    sheet = re.sub(r'(<row r=")([0-9]+)"', lambda found: f'{found[1]}{int(found[2]) + 3}"', sheet)
    sheet = re.sub(r'(<c r="[A-Z]+)([0-9]+)"', lambda found: f'{found[1]}{int(found[2]) + 3}"', sheet)
    content = BLANK.filled({"B5": "011002", "K9": "③必須→任意", "L9": "理由"}, sheet)
    (reply,) = replies(folder, content)
    assert (reply.bodies, reply.answers) == (("011002",), {ONE: Answer("3", "理由")})


def test_a_text_that_was_edited_is_kept_as_a_remark(folder: Path) -> None:
    reply = read(folder, {"C6": "鉢の1を登録し、消せること。", **answers("②")})
    assert reply.answers == {ONE: Answer("2")}
    assert reply.remarks == (Remark(f"{ONE} の要件の欄（6 行目）", "鉢の1を登録し、消せること。"),)


def test_one_row_answered_twice_is_joined_or_unclear(folder: Path) -> None:
    copied = {"A7": ONE, "C7": "鉢の1を登録できること。", "H7": ONE, "I7": ASKED.marks[ONE]}
    same = read(folder, {**copied, **answers(("③", "一つ目", ""), ("③", "二つ目", ""))})
    assert same.answers == {ONE: Answer("3", "一つ目\n二つ目")}
    other = read(folder, {**copied, **answers(("③", "一つ目", ""), ("②", "二つ目", "案"))})
    assert other.answers == {ONE: Answer(UNCLEAR, "一つ目\n二つ目", "案")}
    assert "7 行目: 同じ要件に二つの行で答えています。回答が違うので不明としました。" in told(other)
    assert "pot_register: 照会した 3 行のうち 1 行がありません。その行は回答なしとしました。" in told(other)


def test_a_sheet_of_ones_own_is_told(folder: Path) -> None:
    parts = dict(BLANK.parts)
    parts["xl/worksheets/sheet2.xml"] = BlankForm.sheet_of(BLANK.filled({BODY: "011002", **answers("①")}))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('書き方" sheetId'.encode(), '補足" sheetId'.encode())
    (reply,) = replies(folder, packed(parts))
    assert told(reply) == ["ファイル: 用紙にないシート「補足」があります。読んでいません。"]


# words ----------------------------------------------------------------------------------------------------


def test_words_on_the_whole_are_kept(folder: Path) -> None:
    reply = read(folder, {GENERAL: "表が長い。\n索引がほしい。"})
    assert reply.remarks == (Remark("全体への意見", "表が長い。\n索引がほしい。"),)


def test_what_looks_like_a_personal_number_is_masked_and_told(folder: Path) -> None:
    number = "1234 5678 9018"  # right check digit, nobody's
    reply = read(folder, {GENERAL: f"例 {number}。", **answers(("②", f"番号は{number}と\n1234 5678 9019", ""))})
    assert reply.answers[ONE].opinion == "番号は＊＊＊＊ ＊＊＊＊ ＊＊＊＊と\n1234 5678 9019"
    assert reply.remarks[0].text == "例 ＊＊＊＊ ＊＊＊＊ ＊＊＊＊。"
    assert told(reply) == [
        "6 行目、全体への意見: 個人番号のように見える数字を伏せました。元のファイルの扱いを決めてください。"
    ]


def test_many_like_notes_become_one(folder: Path) -> None:
    many = inquiry_about(pots(9))
    content = BlankForm.of(many).filled({BODY: "011002", **answers(*["○"] * 9)})
    path = folder / "b.xlsx"
    path.write_bytes(content)
    (reply,) = ReplyReader(many).read("b.xlsx", path)
    assert told(reply) == [
        "6 行目、7 行目、8 行目、9 行目、10 行目、ほか 4 行: 回答「○」を一つの符号に読めません（不明としました）。"
    ]

"""Questions of a tender: each is linked to the requirement that it names or points at, or asked; nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from answer_books import HEAD as ANSWER_HEAD
from answer_books import open_document
from edition_rows import edition, row

from kijun.catalog.import_columns import read_column_words
from kijun.catalog.own_answers import OwnAnswer
from kijun.catalog.printed_pages import PrintedPages, Spot
from kijun.catalog.root import shipped_root
from kijun.model.bid import AnswerStatus, BidAnswer
from kijun.model.errors import ConfigurationError
from kijun.press.typesetter import typeset
from kijun.procurement.questions import book, told
from kijun.procurement.questions.citing import Citation, cited
from kijun.procurement.questions.linking import Fate, Linked, Papers, link
from kijun.procurement.questions.question_list import QuestionList, read_questions

N = "999-1.1.1-0"
TABLES = edition(
    "0.1",
    row("01", "鉢を登録できること。", official_ids=["0100123"]),
    row("02", "鉢の大きさを直せること。", official_ids=["0100124"]),
    row("03", "鉢の絵を印刷できること。", official_ids=["0100124"]),
    row("04", "鉢を数えられること。"),
)
WORDS = read_column_words(shipped_root())
HEAD = ("No", "資料名", "頁", "行", "質問内容", "回答内容")


@dataclass
class Map:
    """A paper of which every line is known; remembers what was asked of it."""

    spots: Mapping[tuple[int, tuple[int, ...]], Spot]
    asked: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def at(self, page: int, lines: Sequence[int] = ()) -> Spot:
        self.asked.append((page, tuple(lines)))
        return self.spots.get((page, tuple(lines)), Spot((), "そこに要件はありません。"))


def write(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "質問") -> Path:
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet(sheet)
    for line, cells in enumerate(rows):
        page.write_row(line, 0, cells)
    made.close()
    return path


def listed(folder: Path, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> QuestionList:
    return read_questions(write(folder / "質問.xlsx", [["質問書"], head, *rows]), WORDS)


def linked(
    folder: Path,
    *rows: Sequence[Any],
    pages: Mapping[str, Map] | None = None,
    sheets: Mapping[str, Mapping[int, str]] | None = None,
    head: Sequence[str] = HEAD,
) -> Linked:
    questions = listed(folder, *rows, head=head)
    return link(questions, TABLES, Papers(pages or {}, sheets or {}), folder / "質問.xlsx")


PAGES = {
    (12, (15,)): Spot((f"{N}1",)),
    (12, ()): Spot((f"{N}1", f"{N}2"), "12 頁のどの要件か決まりません。"),
    (9, ()): Spot((f"{N}3",)),
}


@pytest.mark.parametrize(
    ("cells", "pages", "lines", "document"),
    [
        ({"place": "p.12 15行目"}, (12,), (15,), ""),
        ({"place": "Ｐ１２　１５行目"}, (12,), (15,), ""),
        ({"place": "12頁"}, (12,), (), ""),
        ({"place": "仕様書 12ページ 15〜17行"}, (12,), (15, 16, 17), "仕様書"),
        ({"place": "（12）ページ（15）行目"}, (12,), (15,), ""),
        ({"document": "「仕様書」", "page": "12", "line": "15"}, (12,), (15,), "仕様書"),
        ({"document": "仕様書", "page": "12、14", "line": ""}, (12, 14), (), "仕様書"),
        ({"document": "仕様書 p.12", "page": "", "line": ""}, (12,), (), "仕様書"),
        ({"page": "P.12-13"}, (12, 13), (), ""),
        ({"question": "仕様書p.12の15行目は必須ですか。"}, (12,), (15,), "仕様書"),
        ({"question": "必須ですか。p.12 15行目"}, (12,), (15,), "名前のない資料"),
        ({"question": "提案書は10ページ以内ですか。"}, (), (), ""),
        ({"question": "仕様書p.12に3行程度の説明を足せますか。"}, (12,), (), "仕様書"),
        ({"page": "12", "question": "3行目は何ですか。"}, (12,), (), ""),
        ({"place": "P12 上から L.3"}, (12,), (3,), ""),
    ],
)
def test_pages_and_lines_are_read_as_people_write_them(
    cells: dict[str, str], pages: tuple[int, ...], lines: tuple[int, ...], document: str
) -> None:
    found = citation(**cells)
    assert (found.pages, found.lines, found.document) == (pages, lines, document)


def citation(ids: Sequence[str] = (), **cells: str) -> Citation:
    return cited(**{"document": "", "page": "", "line": "", "place": "", "question": "", **cells}, ids=ids)  # type: ignore[arg-type]


def test_numbers_of_ours_and_official_ones_are_told_apart() -> None:
    assert citation(place="機能ID 0100123").official_ids == ("0100123",)
    assert citation(ids=["", "０１００１２３"]).official_ids == ("0100123",)
    assert citation(question="電話 0100123 まで").loose_digits == ("0100123",)
    assert citation(question=f"{N}1 と {N}2 の違い").requirements == (f"{N}1", f"{N}2")
    assert citation(ids=[f"{N}1"], question=f"{N}2 とは違うか").requirements == (f"{N}1",)
    found = citation(place="様式３ №４５")
    assert (found.form, found.row_number) == ("様式3", 45)
    assert citation(place="税務課!C12").cells == (("税務課", 12),)
    assert not citation(question="契約はいつですか。").says_something


def test_11_page_and_line_are_mapped_by_what_was_papers_or_asked_never_guessed(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [1, "仕様書", "12", "15", "必須ですか。", "はい。"],
        [2, "仕様書", "p.12", "", "どちらですか。", ""],
        [3, "審査要領", "12", "15", "配点は。", ""],
        [4, "", "", "", "機能ID 0100123 は版で変わりますか。", "変わりません。"],
        [5, "", "", "", "機能ID 0100124 は。", ""],
        [6, "様式3", "", "", "No.2 の意味は。", ""],
        [7, "", "", "", "契約はいつですか。", ""],
        [8, "仕様書", "99", "1", "ない頁。", ""],
        [9, "仕様書", "9", "", "一つだけの頁。", ""],
        pages={"仕様書": Map(PAGES)},
        sheets={"鉢の課": {2: f"{N}1", 3: f"{N}2"}},
    )
    links = {one.question.number: one for one in found.links}
    assert {number: one.requirements for number, one in links.items() if one.fate is Fate.LINKED} == {
        "1": (f"{N}1",),
        "4": (f"{N}1",),
        "9": (f"{N}3",),
    }
    assert links["1"].because == "「仕様書」12 頁 15 行目"
    assert (links["2"].because, links["2"].candidates) == (
        "「仕様書」12 頁: 12 頁のどの要件か決まりません。",
        (f"{N}1", f"{N}2"),
    )
    assert links["3"].because == "12 頁 15 行目: 資料「審査要領」は渡されていません（渡された資料は 仕様書）。"
    assert links["5"].candidates == (f"{N}2", f"{N}3")
    assert (links["6"].candidates, "様式3 No.2" in links["6"].because) == ((f"{N}2",), True)
    assert links["7"].because == "要件番号も機能ID も頁も書かれていません。"
    assert links["8"].because.endswith("そこに要件はありません。")
    assert [one.requirement for one in found.affected({})] == [f"{N}1"]


def test_without_the_paper_and_with_two_of_them_a_page_is_asked(tmp_path: Path) -> None:
    (none,) = linked(tmp_path, [1, "仕様書", 12, 15, "必須ですか。", ""]).links
    assert none.because == "12 頁 15 行目: 頁の対応が分かりません。配った PDF を --paper で渡してください。"
    two = {"仕様書": Map(PAGES), "別紙": Map({})}
    (which,) = linked(tmp_path, [1, "", 12, 15, "必須ですか。", ""], pages=two).links
    assert which.because == "12 頁 15 行目: どの資料の頁か決まりません（渡された資料は 仕様書、別紙）。"
    (named,) = linked(tmp_path, [1, "『仕様書』", 12, 15, "必須ですか。", ""], pages=two).links
    assert named.requirements == (f"{N}1",)


def test_a_number_that_contradicts_the_page_is_asked(tmp_path: Path) -> None:
    (one,) = linked(tmp_path, [1, "仕様書", 12, 15, f"{N}2 は必須ですか。", ""], pages={"仕様書": Map(PAGES)}).links
    assert (one.fate, one.candidates) == (Fate.OPEN, (f"{N}2", f"{N}1"))
    assert one.because == f"書かれた番号（{N}2）と、頁にある要件（{N}1）が違います。"
    (same,) = linked(tmp_path, [1, "仕様書", 12, 15, f"{N}1 は必須ですか。", ""], pages={"仕様書": Map(PAGES)}).links
    assert same.requirements == (f"{N}1",)


def test_lines_from_below_and_of_several_pages_are_asked(tmp_path: Path) -> None:
    paper = Map(PAGES)
    rows = ([1, "仕様書", "12", "下から15行目", "何か。", ""], [2, "仕様書", "12、9", "15", "何か。", ""])
    found = linked(tmp_path, *rows, pages={"仕様書": paper})
    assert [one.fate for one in found.links] == [Fate.OPEN, Fate.OPEN]
    assert found.links[0].candidates == (f"{N}1", f"{N}2")
    assert (12, (15,)) not in paper.asked


def test_a_cell_of_the_request_is_exact_and_other_sheets_are_asked(tmp_path: Path) -> None:
    sheets = {"鉢の課": {2: f"{N}1", 3: f"{N}2"}}
    rows = [[number, place, "何か。"] for number, place in enumerate(("鉢の課!C3", "鉢の課!C9", "庭!C3"), start=1)]
    found = linked(tmp_path, *rows, sheets=sheets, head=("No", "該当箇所", "質問"))
    assert [one.requirements for one in found.links] == [(f"{N}2",), (), ()]
    assert "そこに要件はありません。" in found.links[1].because
    assert "依頼書にないシートです。" in found.links[2].because


def test_a_person_settles_what_was_asked_and_the_word_of_the_person_stands(tmp_path: Path) -> None:
    rows = (
        [1, "仕様書", 12, "", "どちらですか。", "両方です。"],
        [2, "仕様書", 12, 15, "必須ですか。", ""],
        [3, "", "", "", "契約はいつですか。", ""],
        ["", "", "", "", "", "質問のない回答"],
    )
    first = linked(tmp_path, *rows, pages={"仕様書": Map(PAGES)})
    path = tmp_path / "質問と要件.xlsx"
    path.write_bytes(book.render(first, {"仕様書": "0" * 64}, None))
    again = read_questions(path, WORDS)
    assert [(one.number, one.question, one.answer, one.settled) for one in again.questions] == [
        ("1", "どちらですか。", "両方です。", ""),
        ("2", "必須ですか。", "", f"{N}1"),
        ("3", "契約はいつですか。", "", ""),
    ]
    assert again.listed == first.listed
    assert again.notes == ()
    head = ["No", "質問内容", "要件番号（確定）", "回答"]
    settled = linked(
        tmp_path, [1, "どちらですか。", f"{N}1、{N}2", "両方です。"], [3, "契約は。", "なし", ""], head=head
    )
    assert [(one.fate, one.requirements) for one in settled.links] == [
        (Fate.LINKED, (f"{N}1", f"{N}2")),
        (Fate.NOTHING, ()),
    ]
    for wrong, expected in (("999-9.9.9-99", "は要件表にありません"), ("たぶん一行目", "は要件番号ではありません")):
        with pytest.raises(ConfigurationError) as caught:
            linked(tmp_path, [1, "何か。", wrong, ""], head=head)
        assert "質問!C3 の" in str(caught.value)
        assert expected in str(caught.value)


def test_own_answers_to_look_at_are_those_that_somebody_answered_a_question_about(tmp_path: Path) -> None:
    found = linked(
        tmp_path,
        [1, f"{N}1", "必須ですか。", "設定で足ります。"],
        [2, f"{N}1", "別の聞き方。", ""],
        [3, f"{N}2", "まだ答えのない質問。", ""],
        [4, f"{N}4", "数え方は。", "年度ごとです。"],
        head=("No", "要件番号", "質問", "回答"),
    )
    own = {f"{N}1": OwnAnswer("実装", BidAnswer(f"{N}1", AnswerStatus.STANDARD, "実装", ""))}
    assert [(one.requirement, one.own and one.own.label) for one in found.affected(own)] == [
        (f"{N}1", "実装"),
        (f"{N}4", None),
    ]
    lines = told.render(found, own)
    assert "回答書により見直す自社の回答: 2 件" in lines
    assert f"  {N}1 実装" in lines
    assert f"  {N}4 （回答していません）" in lines
    assert "同じ要件への質問: 1 件（回答をそろえてください）" in lines
    path = tmp_path / "表.xlsx"
    path.write_bytes(book.render(found, {}, own))
    assert book.render(found, {}, own) == path.read_bytes()
    assert told.as_record(found, own)["affected"][0] == {
        "requirement": f"{N}1",
        "own": "実装",
        "questions": ["質問!C3"],
    }


def test_rows_read_are_linked_asked_or_listed(tmp_path: Path) -> None:
    rows = [
        ["1", "仕様書", 12, 15, "必須ですか。", ""],
        ["", "仕様書", 13, "", "", "質問の欄が空"],
        ["2", "", "", "", "", ""],
        ["1", "", "", "", "番号が重なる", ""],
    ]
    found = listed(tmp_path, *rows)
    assert [one.question for one in found.questions] == ["必須ですか。", "番号が重なる"]
    assert [(one.place, one.because) for one in found.listed] == [("質問!E4", "質問の欄が空です。")]
    assert found.notes == ("質問!E6 質問番号「1」は 質問!E3 にもあります。",)


def test_lists_of_two_headings_lines_and_in_other_formats_are_read(tmp_path: Path) -> None:
    two = write(
        tmp_path / "二段.xlsx",
        [
            ["質問書", "", "", ""],
            ["番号", "該当箇所", "", "質問"],
            ["", "ページ", "行", ""],
            [1, 12, 15, "必須ですか。"],
        ],
    )
    (one,) = read_questions(two, WORDS).questions
    assert (one.citation.pages, one.citation.lines) == ((12,), (15,))
    path = tmp_path / "質問.csv"
    path.write_bytes("No,資料名,ページ,行,質問事項\r\n1,仕様書,12,15,ｼｽﾃﾑは。\r\n".encode("cp932"))
    (one,) = read_questions(path, WORDS).questions
    assert (one.citation.pages, one.place, one.citation.document) == ((12,), "CSV!E2", "仕様書")


# what was handed out --------------------------------------------------------------------------------------

FORM = """\
#let given = json(bytes(sys.inputs.at("content")))
#set document(title: "試験")
#set text(font: "Noto Sans CJK JP", lang: "ja", size: 9pt)
#set page(paper: "a4", margin: 20mm, header: [鉢の仕様書], footer: context align(center)[#counter(page).display() / 3])
#for page in given.pages {
  for line in page.heads [#line \\ ]
  table(columns: (1fr,), inset: 3mm, ..page.rows)
  if page.last { } else { pagebreak() }
}
"""


def printed(folder: Path, pages: Sequence[tuple[Sequence[str], Sequence[str]]], look: str = FORM) -> PrintedPages:
    """A PDF of these pages, each with headings and rows; a row may have several lines."""
    form = folder / "form.typ"
    form.write_text(look, encoding="utf-8")
    content = {
        "pages": [
            {"heads": heads, "rows": rows, "last": place == len(pages) - 1} for place, (heads, rows) in enumerate(pages)
        ]
    }
    path = folder / "仕様書.pdf"
    path.write_bytes(typeset(form, content, datetime(2026, 1, 1, tzinfo=UTC)))
    found = PrintedPages(path, tuple(TABLES.requirements))
    found.check()
    return found


def long(number: str, lines: int) -> str:
    return "\n".join([number, *(f"{place} 行目の文である。" for place in range(2, lines + 1))])


@pytest.fixture
def paper(tmp_path: Path) -> PrintedPages:
    pages = [
        (["第1章　鉢"], [long(f"{N}1", 8), long(f"{N}2", 8)]),
        ([], ["前の頁から続く文。", f"{N}1 を参照。", long(f"{N}3", 6)]),
        (["第2章　庭"], ["庭の話であり、要件はない。"]),
    ]
    return printed(tmp_path, pages)


def test_a_line_is_mapped_where_every_way_to_count_leads_to_one_row(paper: PrintedPages) -> None:
    assert paper.at(1, [6]) == Spot((f"{N}1",))
    assert paper.at(1, [13]) == Spot((f"{N}2",))
    assert paper.at(1, [10]).candidates == (f"{N}1", f"{N}2")  # line 10 of the page, or of what stands below its head
    assert paper.at(1, [10]).requirement == ""
    assert paper.at(1, [6, 7]) == Spot((f"{N}1",))
    assert paper.at(1, [6, 13]).candidates == (f"{N}1", f"{N}2")


def test_a_page_alone_is_mapped_only_where_it_holds_one_row(paper: PrintedPages) -> None:
    assert paper.at(1).candidates == (f"{N}1", f"{N}2")
    assert paper.at(2).candidates == (f"{N}2", f"{N}3")
    assert paper.at(3).because == "3 頁に要件はありません。"
    assert paper.at(4).because == "4 頁はありません（3 頁までの資料です）。"
    assert paper.at(0).because.startswith("0 頁はありません")


def test_a_page_that_one_row_fills_is_mapped_without_a_line(tmp_path: Path) -> None:
    pages = printed(tmp_path, [([], [long(f"{N}1", 5)]), ([], [long(f"{N}2", 5)]), ([], ["付録"])])
    assert pages.at(2) == Spot((f"{N}2",))


def test_a_row_goes_on_over_the_page_and_ends_at_a_heading(paper: PrintedPages) -> None:
    assert paper.at(2, [2]).candidates[0] == f"{N}2"
    assert paper.at(2, [7]) == Spot((f"{N}3",))
    assert paper.at(3, [3]).candidates == ()


TWO_COLUMNS = FORM.replace(
    "table(columns: (1fr,), inset: 3mm, ..page.rows)",
    """table(
    columns: (1fr, 1fr), inset: 3mm, ..page.rows.map(row => (row.split("|").at(0), row.split("|").at(1))).flatten()
  )""",
)


def test_columns_side_by_side_are_counted_both_ways(tmp_path: Path) -> None:
    left, right = f"{N}1\n文である。\n文である。", "\n".join(f"場面 {place}" for place in range(1, 13))
    rows = [f"{left}|{right}", f"{N}2\n文である。\n小さな字の参照|場面"]
    pages = printed(tmp_path, [([], rows)], TWO_COLUMNS)
    assert pages.at(1, [3]) == Spot((f"{N}1",))
    assert pages.at(1, [5]).candidates == (f"{N}1", f"{N}2")  # of all lines, or of the first column
    assert pages.at(1, [10]) == Spot((f"{N}1",))  # the first column has no ten lines


def styled(style: str) -> str:
    """The form with every number that ends in 03 set in another style."""
    shown = f'{{ show regex("[0-9.-]+-03"): set text({style}); row }}'
    return FORM.replace("..page.rows", f"..page.rows.map(row => {shown})")


def test_a_number_in_smaller_letters_is_a_reference(tmp_path: Path) -> None:
    first = "\n".join([f"{N}1", "文である。", "文である。"])
    pages = printed(tmp_path, [([], [first, f"{N}3", long(f"{N}2", 5)])], styled("size: 7pt"))
    assert f"{N}3" not in pages.at(1).candidates
    assert pages.at(1, [3]) == Spot((f"{N}1",))


def test_a_number_that_words_follow_at_once_is_a_reference(tmp_path: Path) -> None:
    first = "\n".join([f"{N}1", "文である。", f"{N}3を参照。", "文である。"])
    pages = printed(tmp_path, [([], [first, long(f"{N}4", 5)])], styled("fill: luma(40%)"))
    assert f"{N}3" not in pages.at(1).candidates
    assert pages.at(1, [4]) == Spot((f"{N}1",))


def test_a_reference_begins_no_row_and_rows_out_of_order_are_doubtful(tmp_path: Path) -> None:
    words = f"{N}3 を参照。"
    pages = printed(tmp_path, [([], [f"{N}1\n文である。\n{words}\n文である。\n文である。", long(f"{N}2", 4)])])
    assert pages.at(1, [3]) == Spot((f"{N}1",))
    assert f"{N}3" not in pages.at(1).candidates
    jumbled = printed(tmp_path, [([], [long(f"{N}1", 4), long(f"{N}4", 4), long(f"{N}2", 4)])])
    assert jumbled.at(1, [2]).candidates == ()


def test_a_page_that_is_printed_with_another_number_is_asked(tmp_path: Path) -> None:
    pages = printed(tmp_path, [([], [long(f"{N}1", 5)])])
    form = FORM.replace("counter(page).display()", "7")
    (tmp_path / "form.typ").write_text(form, encoding="utf-8")
    content = {"pages": [{"heads": [], "rows": [long(f"{N}1", 5)], "last": True}]}
    path = tmp_path / "別.pdf"
    path.write_bytes(typeset(tmp_path / "form.typ", content, datetime(2026, 1, 1, tzinfo=UTC)))
    assert pages.at(1, [3]).requirement == f"{N}1"
    other = PrintedPages(path, tuple(TABLES.requirements))
    assert other.at(1, [3]).because == "1 枚目に刷られている頁番号は 7 で、どちらの頁か決まりません。"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "PDF ではありません。"),
        (b"PK\x03\x04", "PDF ではありません。"),
        (b"%PDF-1.7\nbroken", "PDF として読めません"),
        (None, "ファイルを読めません"),
    ],
)
def test_what_is_no_pdf_is_told(content: bytes | None, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "仕様書.pdf"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        PrintedPages(path, ()).check()
    assert expected in str(caught.value)
    assert " → " in str(caught.value)


# lists as they arrive -------------------------------------------------------------------------------------

BAD: dict[str, tuple[Any, str]] = {
    "空.xlsx": (b"", "空のファイルです（0 バイト）。"),
    "半分.xlsx": (b"PK\x03\x04broken", "ZIP として最後まで読めません"),
    "鍵.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "パスワードで保護されています。",
    ),
    "壊れた.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "表として読めません"),
    "紙.pdf": (b"%PDF-1.7\n", "PDF です。"),
    "写真.png": (b"\x89PNG\r\n\x1a\n", "画像です。"),
    "画面.xls": (b"<html><table></table></html>", "HTML か XML です"),
    "文字.csv": ("質問内容,頁\n".encode() + b"\xff\x81\n", "文字コードが UTF-8 でも CP932"),
    "引用符.csv": ('質問内容,頁\n"どこ,1\n'.encode(), "行目の引用符か区切り"),
    "見出しなし.csv": ("あ,い\n1,2\n".encode(), "見出しのある行が、どのシート（CSV）にもありません。"),
    "頁なし.csv": ("質問内容\nどこですか\n".encode(), "見出しのある行が、どのシート（CSV）にもありません。"),
    "質問なし.csv": ("質問内容,頁\n".encode(), "質問が一つもありません。"),
    "番号.csv": ("No,質問内容,要件番号（確定）\n1,何,999-9.9.9-99\n".encode(), "CSV!C2 の要件番号 999-9.9.9-99 は"),
    "言葉.csv": (
        "No,質問内容,要件番号（確定）\n1,何,鉢の行\n".encode(),
        "CSV!C2 の「鉢の行」は要件番号ではありません。",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_list_that_cannot_be_read_is_told_with_what_to_do(name: str, tmp_path: Path) -> None:
    content, expected = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        link(read_questions(path, WORDS), TABLES, Papers({}, {}), path)
    assert expected in str(caught.value)
    assert all(one.hint.endswith("。") for one in caught.value.problems)
    assert "事業者" not in str(caught.value)


def test_an_open_document_is_read(tmp_path: Path) -> None:
    assert ANSWER_HEAD
    path = tmp_path / "質問.ods"
    open_document(path, [list(HEAD), ["1", "仕様書", "12", "15", "必須ですか。", ""]])
    (one,) = read_questions(path, WORDS).questions
    assert one.citation.pages == (12,)

"""kijun questions as whoever answers a tender meets it, with papers that the other commands made."""

from __future__ import annotations

import json
from pathlib import Path

import xlsxwriter
from command_line import kijun, text
from miniature import FEES, LEDGER, PROFILE, SYSTEM, VISITORS, Miniature
from returned_books import Book

from kijun.catalog.printed_pages import PrintedPages

QUESTIONS = "質問回答.xlsx"
HEAD = ("質問番号", "資料名", "ページ", "行", "質問内容", "回答内容")
OWN = f"{SYSTEM}/statement.yaml"


def ask(mini: Miniature, *rows: tuple[object, ...]) -> None:
    made = xlsxwriter.Workbook(mini.root / QUESTIONS)
    sheet = made.add_worksheet("質問")
    for line, cells in enumerate((HEAD, *rows)):
        sheet.write_row(line, 0, cells)
    made.close()


def line_of(path: Path, words: str) -> tuple[int, int]:
    """Page and line, both counted by eye from 1, where these words are printed."""
    pages = PrintedPages(path, (FEES, LEDGER))
    for page in range(pages.count):
        for number, line in enumerate(pages._of(page), start=1):
            if words in line.text:
                return page + 1, number
    raise AssertionError(words)


def test_11_a_page_and_a_line_of_the_published_pdf_lead_to_the_requirement_that_is_printed_there(
    mini: Miniature,
) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    made = kijun(mini, "publish", "--edition", "0.1", "--format", "pdf", "--out", "配布")
    assert made.returncode == 0, text(made)
    page, line = line_of(mini.root / "配布" / "specification.pdf", "登録した鉢を一覧にできること。")
    ask(
        mini,
        (1, "仕様書", f"p.{page}", f"{line + 1}行目", "一覧は印刷できますか。", "印刷は求めません。"),
        (2, "仕様書", f"p.{page}", "", "どの行のことですか。", ""),
        (3, "", "", "", f"{VISITORS} の見学者とは誰ですか。", ""),
    )
    words = ("questions", QUESTIONS, "--edition", "0.1", "--own", OWN, "--out", "質問と要件.xlsx")
    done = kijun(mini, *words, "--paper", "仕様書=配布/specification.pdf")
    told = text(done)
    assert done.returncode == 1, told
    assert f"  質問!E2 {LEDGER}（「仕様書」{page} 頁 {line + 1} 行目）" in told
    assert f"  質問!E4 {VISITORS}（要件番号 {VISITORS}）" in told
    assert f"質問!E3 どの行のことですか。 → 「仕様書」{page} 頁: {page} 頁のどの要件か決まりません。 候補: " in told
    assert "回答書により見直す自社の回答: 1 件" in told
    assert f"  {LEDGER} 実装" in told
    again = kijun(mini, "questions", "質問と要件.xlsx", "--edition", "0.1", "--json")
    assert [one["fate"] for one in json.loads(again.stdout)["questions"]] == ["linked", "open", "linked"]
    book = Book((mini.root / "質問と要件.xlsx").read_bytes())
    book.fill({"F3": FEES}, 2).save(mini.root / "決めた.xlsx")
    settled = kijun(mini, "questions", "決めた.xlsx", "--edition", "0.1", "--out", "済.xlsx")
    assert settled.returncode == 0, text(settled)
    assert "結び付いた 3、要確認 0" in text(settled)


def test_a_cell_of_the_request_workbook_leads_to_its_requirement(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    assert kijun(mini, "rfp", "new", PROFILE, "--edition", "0.1", "--out", "依頼書.xlsx").returncode == 0
    ask(mini, (1, "依頼書", "", "", "鉢植え台帳!C3 の一覧とは。", ""), (2, "様式3", "", "", "No.1 の意味は。", ""))
    done = kijun(mini, "questions", QUESTIONS, "--edition", "0.1", "--paper", "依頼書.xlsx")
    assert done.returncode == 1
    assert f"  質問!E2 {LEDGER}（セル 鉢植え台帳 の 3 行目）" in text(done)
    assert f"様式3 No.1: 依頼書には No. の欄がないので、1 番目の行の候補です。 候補: {FEES}" in text(done)
    mini.edit(mini.table, "登録した鉢を一覧にできること。", "登録した鉢を数えられること。")
    other = kijun(mini, "questions", QUESTIONS, "--paper", "依頼書.xlsx")
    assert (other.returncode, "依頼を作った要件表と、今ある要件表が違います" in text(other)) == (3, True)


def test_what_is_wrong_with_list_papers_and_places_is_told_and_nothing_written(mini: Miniature) -> None:
    ask(mini, (1, "", "", "", "何ですか。", ""))
    (mini.root / "紙.pdf").write_bytes(b"PK")
    (mini.root / "表.xlsx").write_bytes(b"")
    cases = (
        (("questions", "ない.xlsx"), 3, "ファイルを読めません"),
        (("questions", QUESTIONS, "--paper", "紙.pdf"), 3, "紙.pdf: PDF ではありません。"),
        (("questions", QUESTIONS, "--paper", "ない.pdf"), 3, "ない.pdf: ファイルを読めません"),
        (("questions", QUESTIONS, "--paper", "表.xlsx"), 3, "表.xlsx: Excel のファイルとして読めません"),
        (("questions", QUESTIONS, "--paper", "a=紙.pdf", "--paper", "a=ない.pdf"), 4, "資料「a」が二つ"),
        (("questions", QUESTIONS, "--own", "ない.yaml"), 3, "ない.yaml"),
        (("questions", QUESTIONS, "--edition", "9"), 4, "「9」という版はありません。"),
        (("questions", QUESTIONS, "--out", "a.csv"), 4, "末尾を .xlsx にしてください。"),
        (("questions", QUESTIONS, "--out", QUESTIONS), 3, "その名前のファイルがすでにあります。"),
    )
    for words, code, expected in cases:
        done = kijun(mini, *words, *(() if "--out" in words else ("--out", "b.xlsx")))
        assert (done.returncode, expected in text(done)) == (code, True), text(done)
        assert not (mini.root / "b.xlsx").exists()

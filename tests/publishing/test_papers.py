"""The 新旧対照表 read with foreign eyes: PDF, workbook and Word document, whatever a table says."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from edition_rows import SLUG, edition, row
from pdf_reading import A4, bookmarks, fonts, opened, squeezed, tags, words
from python_calamine import CalamineWorkbook

from kijun.publishing import excel, pdf, plain, record, word
from kijun.publishing.comparative_table import ComparativeTable, comparative_table
from kijun.publishing.comparison import Comparison, compare
from kijun.publishing.reach import Reach

AT = datetime(2026, 11, 24, tzinfo=UTC)
REACH = Reach(names={SLUG: "鉢植え台帳"}, scenarios={"999-1.1.1-02": ["a", "b"]})
HOSTILE = '=HYPERLINK("http://x")\u202e逆\ue000\x07\ud800#strong[x]<b>&amp;[[@A1' + "A" * 200
WATER = "水の量を記録できること。"


def comparison() -> Comparison:
    old = edition("1", row("01", WATER), row("02", "百円未満を切り捨てること。"), row("03", "消える要件であること。"))
    new = edition("2", row("01", WATER), row("02", "十円未満を切り捨てること。"), row("04", HOSTILE, middle="[帳票]"))
    return compare(old, new)


@pytest.fixture(scope="module")
def table() -> ComparativeTable:
    return comparative_table(comparison(), REACH)


def same(count: int = 1) -> ComparativeTable:
    one = edition("1", *(row(f"{index:02}", WATER) for index in range(count)))
    return comparative_table(compare(one, one), REACH)


# pdf -------------------------------------------------------------------------------------------------------


def test_the_pdf_is_a4_landscape_tagged_and_numbered_with_its_font_inside(table: ComparativeTable) -> None:
    reader = opened(pdf.render(table, AT))
    for number, page in enumerate(reader.pages, start=1):
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4[::-1], abs=0.01)
        assert f"{number}/{len(reader.pages)}" in squeezed(page.extract_text())
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts(reader))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= tags(reader)
    assert [title for _, title in bookmarks(reader.outline)] == ["鉢植え台帳", "鉢 ＞ 台帳", "鉢 ＞ [帳票]"]


def test_the_pdf_tells_both_sides_and_what_it_may_not_be_taken_for(table: ComparativeTable) -> None:
    text = words(opened(pdf.render(table, AT)))
    for one in (
        "改正後改正前備考",
        "（新設）",
        "（削る）",
        "（略）",
        "十円未満を切り捨てる",
        "百円未満を切り捨てる",
        "シナリオ2件",
    ):
        assert one in text
    assert "省庁が公表した新旧対照表ではありません。" in text
    assert '=HYPERLINK("http://x")〔U+202E〕逆〔U+E000〕〔U+0007〕〔U+D800〕#strong[x]<b>' in text


def test_the_head_of_the_table_stands_on_every_page() -> None:
    rows = [row(f"{index:02}", f"第{index}号の様式を印刷できること。") for index in range(90)]
    new = edition("2", *({**one, "text": f"第{index}号の帳票を出力すること。"} for index, one in enumerate(rows)))
    reader = opened(pdf.render(comparative_table(compare(edition("1", *rows), new), REACH), AT))
    pages = [squeezed(page.extract_text()) for page in reader.pages][1:]
    assert len(pages) > 3
    assert all("改正後改正前備考" in page for page in pages)


# workbook --------------------------------------------------------------------------------------------------


def test_every_cell_of_the_workbook_is_text(table: ComparativeTable) -> None:
    content = excel.render(table)
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert sheets.sheet_names == ["概要", "鉢植え台帳"]
    head, *lines = sheets.get_sheet_by_name("鉢植え台帳").to_python()
    assert head == ["位置", "改正後", "改正前", "備考"]
    assert [line[1].split("\n")[0] for line in lines] == [
        "（略）",
        "999-1.1.1-02　登録",
        "（削る）",
        "999-1.1.1-04　登録",
    ]
    assert '=HYPERLINK("http://x")〔U+202E〕逆' in lines[3][1]
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        pages = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert not any("<f>" in page for page in pages)
    assert "<u/>" in strings
    assert all('paperSize="9"' in page and 'orientation="landscape"' in page for page in pages)
    assert "'鉢植え台帳'!$1:$1" in workbook_names(content)


def workbook_names(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return book.read("xl/workbook.xml").decode().replace("鉢植え台帳!", "'鉢植え台帳'!")


def test_a_cell_that_no_spreadsheet_could_hold_is_cut_and_says_so() -> None:
    new = edition("2", row("01", WATER + "長い文。" * 20_000))
    content = excel.render(comparative_table(compare(edition("1", row("01", WATER)), new), REACH))
    _, line = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()
    assert len(line[1]) < 32_767
    assert line[1].endswith("…（以下は PDF か Word で読めます）")


def test_sheets_have_names_that_a_spreadsheet_accepts() -> None:
    names = {SLUG: "鉢/植え:" + "長" * 40, "pan_register": "鉢植え" + "長" * 40}
    one = edition("1", row("01", WATER))
    other = edition("1", row("02", WATER), business="pan_register")
    both = type(one)("2", (*one.tables, *other.tables))
    found = comparative_table(compare(both, both), Reach(names=names))
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(excel.render(found))).sheet_names
    assert sheets == ["概要", "鉢植え" + "長" * 25, "鉢植え" + "長" * 25 + "2"]


# word ------------------------------------------------------------------------------------------------------


def runs(cell: Any) -> Iterator[tuple[str, bool]]:
    return ((run.text, bool(run.underline)) for paragraph in cell.paragraphs for run in paragraph.runs)


def test_the_word_document_underlines_what_changed_on_both_sides(table: ComparativeTable) -> None:
    document = docx.Document(io.BytesIO(word.render(table, AT)))
    _, first, second = document.tables
    assert [cell.text for cell in first.rows[0].cells] == ["改正後", "改正前", "備考"]
    left, right, remarks = first.rows[2].cells
    assert [*runs(left)] == [("999-1.1.1-02　登録", False), ("十円未満", True), ("を切り捨てること。", False)]
    assert [*runs(right)] == [("999-1.1.1-02　登録", False), ("百円未満", True), ("を切り捨てること。", False)]
    assert "シナリオ 2 件" in remarks.text
    assert first.rows[3].cells[0].text == "（削る）"
    assert all(marked for _, marked in runs(first.rows[3].cells[1]))
    assert second.rows[1].cells[1].text == "（新設）"
    assert "〔U+202E〕逆〔U+E000〕〔U+0007〕〔U+D800〕#strong[x]<b>&amp;" in second.rows[1].cells[0].text


def test_the_word_document_is_landscape_and_repeats_the_head(table: ComparativeTable) -> None:
    document = docx.Document(io.BytesIO(word.render(table, AT)))
    page = document.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (297, 210)  # type: ignore[union-attr]
    for one in document.tables:
        first, *others = (row._tr for row in one.rows)
        assert first.xpath("./w:trPr/w:tblHeader")
        assert not any(other.xpath("./w:trPr/w:tblHeader") for other in others)
    assert document.core_properties.created == AT


# all of them -----------------------------------------------------------------------------------------------


def test_the_same_editions_give_the_same_bytes() -> None:
    first, second = (comparative_table(comparison(), REACH) for _ in range(2))
    assert pdf.render(first, AT) == pdf.render(second, AT)
    assert excel.render(first) == excel.render(second)
    content = word.render(first, AT)
    assert content == word.render(second, AT)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {one.date_time for one in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}  # no clock has left its mark


def test_editions_that_do_not_differ_make_papers_that_say_so() -> None:
    assert "変更0件" in words(opened(pdf.render(same(), AT)))
    assert excel.render(same())
    assert len(docx.Document(io.BytesIO(word.render(same(), AT))).tables) == 1


def test_what_did_not_change_between_changes_is_one_line() -> None:
    rows = [row(f"{index:02}", f"第{index}号の様式を印刷できること。") for index in range(9)]
    new = [{**one, "text": "帳票を出力すること。"} if index in (0, 6) else one for index, one in enumerate(rows)]
    (chapter,) = comparative_table(compare(edition("1", *rows), edition("2", *new)), REACH).chapters
    (section,) = chapter.sections
    assert [line.remarks[0] for line in section.lines] == [
        "改正",
        "999-1.1.1-01 から 999-1.1.1-05 まで（5 件）は変わらない",
        "改正",
        "999-1.1.1-07 から 999-1.1.1-08 まで（2 件）は変わらない",
    ]


def test_parts_of_a_split_stand_under_their_own_numbers() -> None:
    new = [
        row(end, text, supersedes=["999-1.1.1-01"])
        for end, text in (("02", "印刷できること。"), ("03", "郵送できること。"))
    ]
    (chapter,) = comparative_table(
        compare(edition("1", row("01", "印刷し、郵送できること。")), edition("2", *new)), REACH
    ).chapters
    ((line,),) = (section.lines for section in chapter.sections)
    assert ["".join(run.text for run in runs) for runs in line.new][::3] == ["999-1.1.1-02　登録", "999-1.1.1-03　登録"]
    assert ["".join(run.text for run in runs) for runs in line.new][1::3] == ["印刷できること。", "郵送できること。"]


def test_a_guess_is_called_one_on_every_paper() -> None:
    found = comparative_table(compare(edition("1", row("01", WATER)), edition("2", row("02", WATER))), REACH)
    assert found.chapters[0].sections[0].lines[0].remarks[:2] == ("番号の変更（推定）", "機能への影響なし")
    assert any("文の近さから計算" in one for one in found.caveats)
    declared = edition("2", row("02", WATER, supersedes=["999-1.1.1-01"]))
    told = comparative_table(compare(edition("1", row("01", WATER)), declared), REACH)
    assert told.chapters[0].sections[0].lines[0].remarks[0] == "番号の変更"
    assert not any("文の近さから計算" in one for one in told.caveats)


def test_the_terminal_marks_changed_words_and_shows_hidden_signs() -> None:
    text = plain.render(comparison(), REACH)
    assert "≪十円未満≫を切り捨てること。" in text
    assert "≪百円未満≫を切り捨てること。" in text
    assert "変わらない 1　改正 1　新設 1　削除 1" in text
    assert "〔U+202E〕" in text
    assert not set("\u202e\x07\ud800") & set(text)


def test_the_record_holds_every_change_with_its_scenarios() -> None:
    told = record.as_record(comparison(), REACH)
    assert [(one["kind"], one["old"], one["new"]) for one in told["changes"]] == [
        ("changed", ["999-1.1.1-02"], ["999-1.1.1-02"]),
        ("removed", ["999-1.1.1-03"], []),
        ("added", [], ["999-1.1.1-04"]),
    ]
    changed = told["changes"][0]
    assert changed["scenarios"] == ["a", "b"]
    assert changed["functional_effect"]
    assert changed["cells"][0]["new"][0] == {"text": "十円未満", "changed": True}
    assert told["counts"]["same"] == 1

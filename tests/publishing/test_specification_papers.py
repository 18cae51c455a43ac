"""The specification on paper and for offices, read with foreign eyes: PDF, workbook and Word document."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from edition_rows import SLUG, row, table
from flow_files import flowing
from lxml import etree
from miniature import EXTRA, FEES, LEDGER, SEEN, SMASHING, VISITORS, Miniature
from pdf_reading import A4, bookmarks, fonts, leads, opened, pieces, squeezed, tags, words
from published import dressed, gathered
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kijun.catalog.catalog import Catalog
from kijun.model.edition import Edition
from kijun.model.errors import UsageError
from kijun.model.plan import DataTable
from kijun.model.scenario_text import ExamplesText, ScenarioText, StepText
from kijun.publishing import specification_excel, specification_pdf, specification_word
from kijun.publishing.blocks import Grid, Heading, Numbers, Paragraph, Picture, Strong, Table, blocks, heading_of
from kijun.publishing.specification import Part, Specification, specification

AT = datetime(2026, 11, 24, tzinfo=UTC)
HEAD, FOOT = 46, 50  # points of a page above and below what it holds
ALL = (FEES, LEDGER, VISITORS, SMASHING, EXTRA, SEEN)
HOSTILE = '=HYPERLINK("http://x")\u202e逆\ue000\x07\ud800#strong[x]<b>&amp;[[@A1' + "A" * 200
TITLES = [
    "第1章　本仕様書について",
    "第2章　業務フロー",
    "第3章　機能要件",
    "第4章　帳票要件",
    "第5章　データ要件",
    "第6章　連携要件",
    "第7章　非機能要件",
    "第8章　用語",
    "別紙1　接続方式（操作・項目・コード）",
    "別紙2　根拠法令と要件",
    "別紙3　検査の欠陥一覧",
    "別紙4　改定履歴",
]


@pytest.fixture
def whole(mini: Miniature) -> Specification:
    return gathered(flowing(dressed(mini)))


def of_rows(mini: Miniature, *rows: dict[str, Any], scenarios: tuple[ScenarioText, ...] = ()) -> Specification:
    return specification(Edition("1", (table(rows),)), Catalog.load(mini.root), scenarios)


def scenario(*steps: StepText, examples: tuple[ExamplesText, ...] = ()) -> ScenarioText:
    return ScenarioText(
        key="k",
        name="水をやる",
        feature="鉢",
        file="a.feature",
        line=1,
        business=SLUG,
        requirements=("999-1.1.1-01",),
        steps=steps,
        examples=examples,
    )


def hostile(mini: Miniature) -> Specification:
    steps = (StepText("前提", HOSTILE, DataTable(("項目", "値"), ((HOSTILE, HOSTILE),))),)
    cells = {"name": HOSTILE, "rationale": HOSTILE, "major": HOSTILE, "legal_basis": [{"law": HOSTILE, "article": "1"}]}
    return of_rows(mini, row("01", HOSTILE, **cells), scenarios=(scenario(*steps),))


# blocks ----------------------------------------------------------------------------------------------------


def test_parts_stand_in_the_order_of_a_standard_specification(whole: Specification) -> None:
    assert [one.text for one in blocks(whole) if isinstance(one, Heading) and one.depth == 1] == TITLES
    assert heading_of(Part.FUNCTIONS) == TITLES[2]
    levels = [one.depth for one in blocks(whole) if isinstance(one, Heading)]
    assert all(two <= one + 1 for one, two in itertools.pairwise(levels))


def test_what_is_missing_is_said_and_what_is_ours_is_said_to_be(mini: Miniature) -> None:
    told = [one.text for one in blocks(gathered(mini)) if isinstance(one, Paragraph)]
    assert "業務フローは収録していません。" in told
    assert any("非機能要件は、この仕様の要件表に章として設けていません" in one for one in told)
    flows = [one for one in blocks(gathered(flowing(mini))) if isinstance(one, Paragraph) and one.is_framed]
    assert "試験用の案" in [one.text for one in flows]


def test_a_requirement_stands_beside_the_scenarios_that_check_it(whole: Specification) -> None:
    rows = {
        row[0][0].text: row
        for one in blocks(whole)
        if isinstance(one, Table) and one.head[0] == "要件"
        for row in one.rows
    }
    assert [*rows] == [*ALL]
    left, right = rows[FEES]
    assert left[0] == Strong(FEES, anchor=FEES)
    assert "【実装区分】" in left[2]
    assert "【欠陥】RoundsUp" in left[2]
    assert "【根拠】架空法 1条" in left[2]
    assert right[0] == Strong("■ <大きさ>の鉢の料金は<料金>である")
    assert right[1].split("\n")[:2] == ["前提　「年度」は「令和8年度」である", "かつ　次の「鉢」が登録されている"]
    assert right[-1] == Grid((("大きさ", "料金"), ("小", "100円"), ("大", "1,000円")))
    assert rows[SEEN][1] == ("シナリオはありません。検査方法は書類確認です。",)


def test_one_thing_with_its_items_is_a_line_and_several_things_are_a_table(mini: Miniature) -> None:
    items = DataTable(("項目", "値"), (("大きさ", "小"), ("名札", "")))
    single, several = DataTable(("鉢", "色"), (("甲", "赤"),)), DataTable(("鉢",), (("甲",), ("乙",)))
    told = scenario(StepText("前提 ", "一", items), StepText("もし", "二", single), StepText("ならば", "三", several))
    document = of_rows(mini, row("01", "水の量を記録できること。"), scenarios=(told,))
    [found] = [one for one in blocks(document) if isinstance(one, Table) and one.head[0] == "要件"]
    _, right = found.rows[0]
    lines = "前提　一\n　　大きさ「小」、名札（空）\nもし　二\n　　鉢「甲」、色「赤」\nならば　三"
    assert right == (Strong("■ 水をやる"), lines, Grid((("鉢",), ("甲",), ("乙",))))


def test_flows_come_with_picture_and_table_of_their_tasks(whole: Specification) -> None:
    inside = [*blocks(whole)]
    place = next(index for index, one in enumerate(inside) if isinstance(one, Picture))
    tasks = inside[place + 1]
    assert isinstance(tasks, Table)
    assert [row[1] for row in tasks.rows] == ["鉢を登録する", "料金を計算する", "包む", "水をやる", "鉢を数える"]
    assert tasks.rows[0] == ("店", "鉢を登録する", "鉢の登録、鉢の照会", (Numbers((LEDGER,)),))


# pdf -------------------------------------------------------------------------------------------------------


def outline(reader: PdfReader) -> list[tuple[int, str]]:
    return [*bookmarks(reader.outline)]


def test_the_pdf_is_a4_tagged_and_its_font_is_inside(whole: Specification) -> None:
    reader = opened(specification_pdf.render(whole, AT))
    for number, page in enumerate(reader.pages, start=1):
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.01)
        assert f"{number}/{len(reader.pages)}" in squeezed(page.extract_text())
    assert all("/FontFile3" in one or "/FontFile2" in one for one in fonts(reader))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "ja-JP"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/H5", "/Table", "/TH", "/TD", "/Figure", "/TOC", "/Link"} <= tags(reader)


def test_bookmarks_follow_the_chapters_and_the_table(whole: Specification) -> None:
    found = outline(opened(specification_pdf.render(whole, AT)))
    assert [title for level, title in found if level == 1] == TITLES
    place = found.index((1, TITLES[2]))
    assert found[place + 1 : place + 5] == [(2, "鉢植え台帳"), (3, "1　鉢"), (4, "1.1　台帳"), (5, "1.1.1　料金")]


def test_the_pages_tell_where_one_is_and_what_the_document_is_not(whole: Specification) -> None:
    reader = opened(specification_pdf.render(whole, AT))
    first, contents = (squeezed(reader.pages[index].extract_text()) for index in (0, 1))
    assert "標準仕様書（案）" in first
    assert "省庁が公表した標準仕様書ではなく、その代わりになりません" in first
    assert "文書の管理" in first
    assert "目次" in contents
    assert re.search(r"第3章機能要件[.…]*\d", contents)
    functions = next(
        squeezed(page.extract_text())
        for page in reader.pages
        if FEES in page.extract_text() and "確かめるシナリオ" in page.extract_text()
    )
    assert "第3章機能要件＞鉢植え台帳" in functions


def long(mini: Miniature) -> Specification:
    """A document with contents of several pages."""
    titles = ({"middle": f"{number}の世話", "name": f"鉢{number}"} for number in range(80))
    return of_rows(mini, *(row(f"{one:02}", "水の量を記録できること。", **cells) for one, cells in enumerate(titles)))


def test_contents_and_numbers_lead_where_they_say(whole: Specification, mini: Miniature) -> None:
    for document in (whole, long(mini)):
        found = [*leads(opened(specification_pdf.render(document, AT)))]
        assert all(any(told.startswith(line) for line in there) for told, there, _, _ in found)
        assert all(said == true for _, _, said, true in found)
        contents = [(told, true) for told, _, _, true in found if "..." in told]
        assert {told.split("\u3000")[0] for told, _ in contents} >= {"第1章", "第8章", "別紙4"}
        assert all(re.fullmatch(rf".*\.{true}", told) for told, true in contents)
        numbers = {told for told, *_ in found if "..." not in told}
        assert numbers == {one.id for one in document.rows if any(one.id in law for law in cited(document))}


def cited(document: Specification) -> list[tuple[str, ...]]:
    """The numbers that blocks lead to."""
    cells = (cell for one in blocks(document) if isinstance(one, Table) for row in one.rows for cell in row)
    return [part.ids for cell in cells for part in cell if isinstance(part, Numbers)]


def test_the_head_of_every_page_names_what_the_page_ends_in(whole: Specification, mini: Miniature) -> None:
    for document in (whole, long(mini)):
        reader = opened(specification_pdf.render(document, AT))
        titles = [*headings(reader, reader.outline)]
        for number, page in enumerate(reader.pages):
            begun = [(level, title) for level, title, place in titles if place <= number]
            part = max((index for index, (level, _) in enumerate(begun) if level == 1), default=len(begun))
            names = [title for level, title in begun[part:] if level == 1]
            names += [title for level, title in begun[part:] if level == 2][-1:]
            head = "".join(text for _, height, text in pieces(page) if height > A4[1] - HEAD)
            document_name = f"{document.cover.title}{document.cover.label}" if number else ""
            assert squeezed(head) == squeezed(document_name + "＞".join(names))


def headings(reader: PdfReader, entries: Any, level: int = 1) -> Iterator[tuple[int, str, int]]:
    """Level, title and page of every bookmark."""
    for one in entries:
        if isinstance(one, list):
            yield from headings(reader, one, level + 1)
        else:
            yield level, str(one.title), reader.get_destination_page_number(one)


def test_what_does_not_fit_a_page_goes_on_the_next(mini: Miniature) -> None:
    heads = tuple(f"鉢{number}" for number in range(5))
    steps = (
        StepText("前提", "葉" * 4_000),
        StepText("もし", "次の表のとおりにする", DataTable(heads, (("砂" * 900,) * 5, ("土",) * 5))),
        StepText("ならば", "鉢は次のとおりである", DataTable(heads[:2], (("岩\n" * 120, "土"),) * 2)),
    )
    texts = "枝" * 4_000, "幹\n　" * 80
    document = of_rows(
        mini, *(row(f"0{one}", text) for one, text in enumerate(texts, 1)), scenarios=(scenario(*steps),)
    )
    reader = opened(specification_pdf.render(document, AT))
    runs = [run for page in reader.pages for run in pieces(page)]
    assert all(FOOT < height < A4[1] for _, height, text in runs if set(text) & set("枝葉砂土岩幹"))
    told = "".join(text for *_, text in runs)
    assert [told.count(one) for one in "枝葉砂土岩幹"] == [4_000, 4_000, 4_500, 7, 240, 80]


def test_the_picture_of_a_flow_tells_itself_in_words(whole: Specification) -> None:
    content = specification_pdf.render(whole, AT)
    alternatives = list(figures(opened(content).trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]
    assert any("店: 育ったか → 育ったなら「料金を計算する」" in one for one in alternatives)


def figures(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from figures(one)
    elif hasattr(node, "get"):
        if "/Alt" in node:
            yield str(node["/Alt"])
        if "/K" in node and not isinstance(node["/K"], int):
            yield from figures(node["/K"])


def test_whatever_a_table_says_is_only_text(mini: Miniature) -> None:
    told = words(opened(specification_pdf.render(hostile(mini), AT)))
    assert "#strong[x]<b>&amp;[[@A1" in told
    assert "〔U+202E〕逆〔U+E000〕〔U+0007〕〔U+D800〕" in told


def test_more_than_the_memory_of_an_office_holds_is_refused(mini: Miniature) -> None:
    rows = [row(f"{number:04}", "水の量を記録できること。") for number in range(9_001)]
    with pytest.raises(UsageError, match="要件 9,001 件とシナリオ 0 件は、一つの PDF には多すぎます"):
        specification_pdf.render(of_rows(mini, *rows), AT)
    assert not specification_pdf.beyond_limit(of_rows(mini, *rows[1:]))


# workbook --------------------------------------------------------------------------------------------------


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_the_columns_of_a_requirement_table(whole: Specification) -> None:
    found = sheets(specification_excel.render(whole))
    names = [
        "概要",
        "鉢植え台帳",
        "帳票要件",
        "データ要件",
        "連携要件",
        "業務フロー",
        "操作",
        "欠陥",
        "改定履歴",
        "凡例",
    ]
    assert [*found] == names
    head, *rows = found["鉢植え台帳"][1:]
    classes = ["指定都市", "中核市", "特別区", "一般市", "町村"]
    assert head[:6] == ["本表の要件番号", "大項目", "中項目", "機能名称", "機能ID", "機能要件"]
    assert head[6:11] == classes
    assert head[11:15] == ["要件の考え方・理由", "備考", "改定種別", "適合基準日"]
    assert [one[0] for one in rows] == [*ALL]
    fees = dict(zip(head, rows[0], strict=True))
    assert [fees[name] for name in classes] == ["◎", "◎", "◎", "◎", ""]
    assert (fees["機能ID"], fees["検査の件数"], fees["欠陥"]) == ("", 2, "RoundsUp 料金を切り上げる。")
    assert "推定" in fees["適合基準日"]
    assert rows[3][6] == "×"


def test_the_other_sheets_hold_what_surrounds_the_table(whole: Specification) -> None:
    found = sheets(specification_excel.render(whole))
    assert found["帳票要件"][1] == ["札", "tag", "", "名札、大きさ、料金", "鉢の登録", FEES]
    assert [row[3] for row in found["業務フロー"][1:4]] == ["鉢が欲しい", "鉢を登録する", "育ったか"]
    assert next(row[1:3] for row in found["データ要件"] if row[1] == "大きさ") == ["大きさ", "size"]
    assert any("省庁が公表した標準仕様書ではなく" in str(cell) for row in found["概要"] for cell in row)


def test_no_cell_of_the_workbook_is_a_formula(mini: Miniature) -> None:
    content = specification_excel.render(hostile(mini))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        pages = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not [one for one in pages if b"<f>" in one or b"<hyperlink" in one]
    told = "".join(str(cell) for rows in sheets(content).values() for row in rows for cell in row)
    assert '=HYPERLINK("http://x")〔U+202E〕逆' in told


# word ------------------------------------------------------------------------------------------------------


def test_the_word_document_has_the_same_chapters_rows_and_pictures(whole: Specification) -> None:
    paper = docx.Document(io.BytesIO(specification_word.render(whole, AT)))
    assert [one.text for one in paper.paragraphs if one.style.name == "Heading 1"] == TITLES
    cells = [cell.text for found in paper.tables for line in found.rows for cell in line.cells]
    assert all(any(cell.startswith(one) for cell in cells) for one in ALL)
    assert any("｜大きさ｜料金｜\n　｜小｜100円｜" in cell for cell in cells)
    [picture] = paper.inline_shapes
    assert "店: 育ったか →" in picture._inline.docPr.get("descr")
    fields = [one.get(qualified("instr")) for one in paper.element.body.iter(qualified("fldSimple"))]
    assert fields == ['TOC \\o "1-4" \\h']
    heads = [found._tbl.tr_lst[0].find(f".//{qualified('tblHeader')}") for found in paper.tables]
    assert heads
    assert all(one is not None for one in heads)


def qualified(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"


def test_whatever_a_table_says_is_only_text_in_word_too(mini: Miniature) -> None:
    content = specification_word.render(hostile(mini), AT)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))
    assert "#strong[x]<b>&amp;[[@A1" in "".join(body.itertext())
    assert "〔U+202E〕" in "".join(body.itertext())


# all -------------------------------------------------------------------------------------------------------


def test_the_same_specification_gives_the_same_bytes(whole: Specification) -> None:
    assert specification_pdf.render(whole, AT) == specification_pdf.render(whole, AT)
    assert specification_excel.render(whole) == specification_excel.render(whole)
    assert specification_word.render(whole, AT) == specification_word.render(whole, AT)

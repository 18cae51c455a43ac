"""Bids side by side: what a run contradicts first, a page for the assembly, and names closed until they are opened."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import tenders
from accessibility import assert_usable
from miniature import EXTRA, FEES, LEDGER, REQUIREMENTS, SEEN, SMASHING, VISITORS, Miniature, table_text
from pdf_reading import A4, opened, squeezed, words
from python_calamine import CalamineWorkbook
from tenders import HONEST, S, answer, bid

from kijun.catalog.plain_words import read_plain_words
from kijun.model.bid import Cost, Due, UnplacedRow
from kijun.model.errors import ConfigurationError
from kijun.model.requirement import MunicipalityClass
from kijun.model.statement import Answer
from kijun.model.verdict import Status
from kijun.procurement import assembly_sheet, comparison_book, comparison_page
from kijun.procurement.assembly_sheet import yen_text
from kijun.procurement.claims import Assurance, Evidence, Finding, misfits
from kijun.procurement.comparison import Comparison, Kind, compare
from kijun.procurement.veil import Veil

HOSTILE = '<script>document.title="owned"</script>'


def finding(status: Status, declared: Answer = Answer.YES, **more: Any) -> Finding:
    return Finding(status, "", declared, more.pop("by_declaration", False), more.pop("cases", 1), False)


def evidence(findings: dict[str, Finding], **more: Any) -> Evidence:
    facts = {
        "source": "run-1",
        "product": "鉢",
        "version": "1",
        "kind": MunicipalityClass.GENERAL_CITY,
        "editions": {"pot_register": "1"},
        "on": date(2026, 7, 22),
        "assurance": Assurance.UNSIGNED,
        **more,
    }
    return Evidence(findings=findings, **facts)


def compared(path: Path, **by_label: Evidence) -> Comparison:
    return compare(tenders.read(path)[0], by_label)


def closed(comparison: Comparison) -> Veil:
    return Veil(comparison.tender, is_open=False)


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(False)]
        for name in book.sheet_names
    }


# order and content ----------------------------------------------------------------------------------------


def test_what_a_run_contradicts_stands_first_and_what_is_alike_last(mini: Miniature) -> None:
    found = {FEES: finding(Status.NOT_SATISFIED), LEDGER: finding(Status.SATISFIED)}
    rows = compared(tenders.three(mini), B社=evidence(found)).rows
    assert [(row.requirement.id, row.kind) for row in rows] == [
        (FEES, Kind.DISPROVED),
        (SMASHING, Kind.UNDECIDED),
        (LEDGER, Kind.DIFFERENT),
        (VISITORS, Kind.DIFFERENT),
        (EXTRA, Kind.DIFFERENT),
        (SEEN, Kind.ALIKE),
    ]
    assert rows[0].cells[1].disproof == "実行で確かめると、満たしていませんでした。"
    assert rows[0].cells[0].disproof == ""


def test_a_row_that_nobody_meets_is_a_gap(mini: Miniature) -> None:
    lacks = {**HONEST, LEDGER: S.NOT_SUPPORTED}
    comparison = compared(tenders.tender(mini, [bid(0, lacks), bid(1, lacks)]))
    assert [row.requirement.id for row in comparison.of(Kind.GAP)] == [LEDGER]
    assert [one.missing for one in comparison.columns] == [1, 1]


@pytest.mark.parametrize(
    ("one", "status", "found", "told"),
    [
        (FEES, S.STANDARD, finding(Status.NOT_SATISFIED), "実行で確かめると"),
        (FEES, S.SETTING, finding(Status.NOT_VERIFIED, Answer.NO), "宣言書では「未実装」"),
        (FEES, S.STANDARD, finding(Status.NOT_SATISFIED, Answer.PLANNED, by_declaration=True), "宣言書では「予定」"),
        (FEES, S.STANDARD, finding(Status.INCONCLUSIVE), ""),
        (FEES, S.NOT_SUPPORTED, finding(Status.NOT_SATISFIED), ""),
        (SMASHING, S.NOT_SUPPORTED, finding(Status.NOT_SATISFIED, Answer.NO), "実行で確かめると"),
        (SMASHING, S.NOT_SUPPORTED, finding(Status.SATISFIED, Answer.NO), ""),
    ],
)
def test_a_claim_is_disproved_by_a_run_or_by_its_own_statement(
    mini: Miniature, one: str, status: S, found: Finding, told: str
) -> None:
    path = tenders.tender(mini, [bid(0, {**HONEST, one: status})])
    row = next(row for row in compared(path, A社=evidence({one: found})).rows if row.requirement.id == one)
    assert (told in row.cells[0].disproof) if told else row.cells[0].disproof == ""


def test_a_late_answer_is_in_no_column(mini: Miniature) -> None:
    path = tenders.three(mini, bidders=[{}, {"received": "2026-08-01T09:00"}])
    comparison = compared(path)
    assert [one.bidder.label for one in comparison.columns] == ["A社", "C社"]
    assert [one.label for one in comparison.late] == ["B社"]
    page = comparison_page.render(comparison, closed(comparison)).decode()
    assert "B社の答えは、締切（2026-07-31 17:00）の後（2026-08-01 09:00）に届いたので、読んでいません。" in page


def test_without_an_answer_in_time_there_is_nothing_to_compare(mini: Miniature) -> None:
    path = tenders.three(mini, bidders=[{"received": "2026-08-01T09:00"}] * 3)
    with pytest.raises(ConfigurationError) as caught:
        compared(path)
    assert "締切（2026-07-31 17:00）までに届いた答えがありません。" in str(caught.value)


# claim against evidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"product": "釜"}, "別の製品「釜」のものです（回答は「鉢」）"),
        ({"version": "0.9"}, "製品の別の版「0.9」のものです（回答は「1」）"),
        ({"editions": {"pot_register": "0"}}, "版が一致しません。"),
        ({"kind": MunicipalityClass.CORE_CITY}, "団体区分「中核市」のものです（この団体は「一般市」）"),
    ],
)
def test_evidence_of_something_else_is_rejected_by_name(mini: Miniature, facts: dict[str, Any], told: str) -> None:
    tender = tenders.read(tenders.three(mini))[0]
    bidder = tender.bidders[1]
    assert list(misfits(bidder, evidence({}), tender)) == []
    assert list(misfits(bidder, evidence({}, product=" 鉢　"), tender)) == []
    (problem,) = misfits(bidder, evidence({}, **facts), tender)
    assert told in problem.message
    assert "見本商会の記録「run-1」は" in problem.message


def test_the_workbook_shows_claimed_verified_reviewed_and_what_the_record_is_worth(mini: Miniature) -> None:
    review = f'requirement: "{FEES}", value: "rejected", office: "園芸課", date: "2026-08-01", remark: "実演で誤り"'
    waiver = f'requirement: "{LEDGER}", issuer: "見本市", reason: "改修中", scope: "一年", expires: "2027-03-31"'
    mini.write("reviews.yaml", f"reviews:\n  - {{ {review} }}\n")
    mini.write("waivers.yaml", f"waivers:\n  - {{ {waiver} }}\n")
    path = tenders.three(mini, bidders=[{}, {"reviews": "reviews.yaml", "waivers": "waivers.yaml"}])
    found = {FEES: finding(Status.NOT_SATISFIED, cases=2), SEEN: finding(Status.NOT_VERIFIED, cases=0)}
    comparison = compared(path, B社=evidence(found))
    book = sheets(comparison_book.render(comparison, closed(comparison)))
    head, first, *rest = book["言い分と証拠"]
    assert dict(zip(head, first, strict=True)) == {
        "食い違い": "×",
        "事業者": "B社",
        "要件番号": FEES,
        "要件": "大きさに応じた料金を計算できること。",
        "答え（言い分）": "標準機能で対応",
        "検証（実行の結果）": "【食い違い】不適合（試験 2 件）実行で確かめると、満たしていませんでした。",
        "確認（団体）": "不同意（園芸課、令和8年8月1日）実演で誤り",
        "実行した日からの日数": "10 日前",
        "要件表の版": "1",
        "製品の版": "（開札まで伏せる）",
        "記録の確からしさ": "署名なし（実行フォルダー）",
    }
    assert [row[0] for row in rest] == [""] * 5
    assert next(row for row in rest if row[2] == SEEN)[5] == "未検証（確かめていない）"
    assert book["免除"][1] == ["B社", LEDGER, "見本市: 改修中（範囲 一年、2027-03-31 まで）"]
    assert book["違いから順に"][2][:2] == [FEES, "答えと、確かめた結果が食い違う"]
    assert book["違いから順に"][2][4:8] == [
        "○ 満たす\n標準機能で対応",
        "記録なし",
        "未確認",
        "○ 満たす\n標準機能で対応",
    ]
    assert "実装不可の機能に、対応すると答えています。" in book["違いから順に"][3][7]


def test_sums_and_days_are_shown_as_read_and_as_written(mini: Miniature) -> None:
    path = tenders.three(mini)
    comparison = compared(path)
    rows = sheets(comparison_book.render(comparison, closed(comparison)))["費用と期日"]
    assert [row[1:8] for row in rows[1:]] == [
        [LEDGER, "登録した鉢を一覧にできること。", "カスタマイズで対応", "300,000 円", "300千円", "", ""],
        [VISITORS, "見学者が鉢を登録できないこと。", "期日までに対応予定", "", "", "日付が読めない（未定）", "未定"],
    ]


def test_rows_of_a_book_that_belong_to_nothing_are_listed(mini: Miniature) -> None:
    path = tenders.tender(mini, [bid(0, HONEST, unplaced=(UnplacedRow("回答!A99", "独自の行", "番号がありません。"),))])
    comparison = compared(path)
    rows = sheets(comparison_book.render(comparison, closed(comparison)))["結び付かない行"]
    assert rows[1] == ["A社", "回答!A99", "独自の行", "番号がありません。"]


# names ----------------------------------------------------------------------------------------------------


def papers(comparison: Comparison, veil: Veil) -> str:
    book = sheets(comparison_book.render(comparison, veil))
    cells = "\n".join(cell for rows in book.values() for row in rows for cell in row)
    page = comparison_page.render(comparison, veil).decode()
    return squeezed(cells + page) + words(opened(assembly_sheet.render(comparison, veil)))


def test_no_paper_tells_a_name_before_it_is_opened(mini: Miniature) -> None:
    comparison = compared(tenders.three(mini), B社=evidence({}, source="架空園芸株式会社.zip"))
    told = papers(comparison, closed(comparison))
    assert not any(name in told for name in (*tenders.NAMES, "架空園芸", "鉢製品"))
    assert "B社と同じ方式" in told
    told = papers(comparison, Veil(comparison.tender, is_open=True))
    assert all(name in told for name in (*tenders.NAMES, "鉢製品2"))


# the page -------------------------------------------------------------------------------------------------


@pytest.fixture
def page_of(browser: Any, tmp_path: Path) -> Any:
    """Opens a comparison in a browser without scripts and without a network; gives the page."""
    contexts = []

    def show(comparison: Comparison, *, scripts: bool = False) -> Any:
        path = tmp_path / "comparison.html"
        path.write_bytes(comparison_page.render(comparison, closed(comparison)))
        context = browser.new_context(offline=True, java_script_enabled=scripts, bypass_csp=scripts)
        contexts.append(context)
        page = context.new_page()
        page.goto(path.as_uri())
        return page

    yield show
    for one in contexts:
        one.close()


def test_everybody_can_read_the_page(mini: Miniature, page_of: Any) -> None:
    found = {FEES: finding(Status.NOT_SATISFIED), LEDGER: finding(Status.SATISFIED)}
    page = page_of(compared(tenders.three(mini), B社=evidence(found)), scripts=True)
    assert_usable(page)
    page.click("summary")
    assert_usable(page)


def test_the_page_needs_no_script_and_lets_none_in(mini: Miniature, page_of: Any) -> None:
    hostile = {**HONEST, FEES: answer(FEES, S.STANDARD, written=HOSTILE, cost=Cost(1, HOSTILE))}
    comparison = compared(tenders.tender(mini, [bid(0, hostile), bid(1, HONEST)]))
    text = comparison_page.render(comparison, closed(comparison)).decode()
    assert "<script" not in text
    assert re.search(r"content=\"default-src 'none'; style-src 'sha256-[^;]+'; base-uri 'none'", text)
    page = page_of(comparison)
    assert HOSTILE in page.inner_text("main")
    headings = [one.split("（")[0] for one in page.locator("section h2").all_inner_texts()]
    assert headings[1:6] == [kind.label for kind in Kind]
    page.click("summary")
    assert SEEN in page.inner_text(f"section[aria-labelledby={Kind.ALIKE.value}]")
    assert page.evaluate("getComputedStyle(document.querySelector('.band')).display") == "flex"  # the policy lets it in


def test_the_same_bids_give_the_same_bytes(mini: Miniature) -> None:
    comparison = compared(tenders.three(mini))
    for module in (comparison_book, comparison_page, assembly_sheet):
        assert module.render(comparison, closed(comparison)) == module.render(comparison, closed(comparison))


# the assembly ---------------------------------------------------------------------------------------------


def many(mini: Miniature) -> Comparison:
    """Sixty mandatory rows in a vendor's language, most of them missing, before three bidders."""
    jargon = list(read_plain_words().meanings)
    rows = [
        (
            f"999-2.1.1-{number:02}",
            "機能",
            f"{jargon[number % len(jargon)]}を登録し照会できること。",
            "mandatory",
            "test",
        )
        for number in range(60)
    ]
    mini.write(mini.table, table_text((*REQUIREMENTS, *rows)))
    lacks = {one[0]: tenders.BidAnswer(one[0], S.NOT_SUPPORTED, "×", "回答!F1") for one in rows}
    due, cost = Due(date(2027, 3, 31), "R9.3.31"), Cost(4_300_000, "4,300千円")
    later = {one: tenders.BidAnswer(one, S.CUSTOMIZE, "△", "回答!F1", cost, due) for one in lacks}
    bids = [bid(0, {**HONEST, **lacks}), bid(1, {**HONEST, **later}), bid(2, HONEST)]
    return compared(tenders.tender(mini, bids, accepts_customization=True))


def test_22_the_assembly_gets_one_page_in_plain_words_with_days_of_the_era_and_no_colour(mini: Miniature) -> None:
    comparison = many(mini)
    content = assembly_sheet.render(comparison, closed(comparison))
    reader = opened(content)
    assert len(reader.pages) == 1
    box = reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(A4, abs=0.1)
    told, plain = words(reader), read_plain_words()
    explained = told.partition("ことばの説明")[2]
    used = plain.found_in(told.partition("ことばの説明")[0])
    assert len(used) <= plain.most == 5
    assert all(f"{one}…{plain.meanings[one]}" in explained for one in used)
    assert used  # the rows are full of such words: some were let in, and explained
    assert "令和8年8月1日現在" in told
    assert "△令和9年3月31日まで430万円" in told
    assert "架空法1条" in told
    assert not re.search(r"20[0-9]{2}[-/年]", told)
    colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG|scn|SCN)\b", reader.pages[0].get_contents().get_data())
    assert [one for one in colours if len(set(one)) > 1] == []
    assert "ほかに" in told


def test_the_page_for_the_assembly_names_the_law_the_cost_and_who_lacks_what(mini: Miniature) -> None:
    found = {FEES: finding(Status.NOT_SATISFIED)}
    comparison = compared(tenders.three(mini), B社=evidence(found))
    told = words(opened(assembly_sheet.render(comparison, closed(comparison))))
    assert "足りないか、これから用意するものがある機能は3あります。" in told
    assert "料金大きさに応じた料金を計算できること。架空法1条○●○" in told
    assert "台帳登録した鉢を一覧にできること。架空法1条○○△30万円" in told
    assert "必ず要る機能がそろう日（答えの上で）今ある確かめ直しが要るそろわない" in told
    assert "比べるもとにした機能の表は案で、国が公表したものではありません。" in told


def test_a_law_is_named_without_the_remarks_of_whoever_cited_it(mini: Miniature) -> None:
    mini.edit(mini.table, 'law: "架空法", article: "1条"', 'law: "架空法（仮）", article: "1条（項は未照合、要確認）"')
    comparison = compared(tenders.three(mini))
    told = words(opened(assembly_sheet.render(comparison, closed(comparison))))
    assert "架空法1条○○×" in told
    assert "未照合" not in told


@pytest.mark.parametrize(
    ("yen", "text"),
    [(0, "0円"), (1_234, "1,234円"), (4_300_000, "430万円"), (1_230_000_000, "12億3,000万円"), (100_000_000, "1億円")],
)
def test_a_sum_is_written_as_it_is_said(yen: int, text: str) -> None:
    assert yen_text(yen) == text


def test_more_bidders_than_a_page_holds_are_refused(mini: Miniature) -> None:
    comparison = compared(tenders.three(mini))
    crowd = replace(comparison, columns=comparison.columns * 40, rows=())
    with pytest.raises(ConfigurationError) as caught:
        assembly_sheet.render(crowd, closed(crowd))
    assert "120 者の数字が A4 一枚に収まりません。" in str(caught.value)

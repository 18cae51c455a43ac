"""The report on paper: told without colour, tagged, with bookmarks, whatever a product or a person has written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import characters
import pytest
from miniature import EXTRA, FEES, REQUIREMENTS, SEEN, SYSTEM, HonestPots, Miniature, statement_text
from pdf_reading import A4, bookmarks, fonts, opened, squeezed, tags, words
from runs import run

from kijun.model.errors import ConfigurationError
from kijun.press.legible import legible
from kijun.reporting import pdf_report, wording
from kijun.reporting.run_view import RunView

WAIVER = f"""\
waivers:
  - {{ requirement: "{FEES}", issuer: "見本市 税務課", reason: "次の改修まで", scope: "大鉢", expires: "2099-03-31" }}
"""


class SpeaksOddly(HonestPots):
    """Refuses with signs that hide or that no font has, and a word that no line can hold."""

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {
            "refused": {
                "code": "not_found",
                "message": "逆\u202e順\ue000\x07e\u0301\u0302#strong[x]" + "長" + "A" * 300,
            }
        }


def printed(view: RunView) -> str:
    return words(opened(pdf_report.render(view)))


def test_every_page_is_a4_and_numbered_with_its_font_inside(mini: Miniature) -> None:
    reader = opened(pdf_report.render(run(mini, HonestPots)))
    for number, page in enumerate(reader.pages, start=1):
        assert [float(side) for side in page.mediabox[2:]] == pytest.approx(A4, abs=0.01)
        assert f"{number}/{len(reader.pages)}" in squeezed(page.extract_text())
    found = list(fonts(reader))
    assert found
    assert all("/FontFile3" in one or "/FontFile2" in one for one in found)


def test_a_screen_reader_finds_language_title_headings_and_tables(mini: Miniature) -> None:
    reader = opened(pdf_report.render(run(mini, HonestPots)))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert (reader.metadata.title, root["/Lang"]) == (pdf_report.TITLE, "ja-JP")
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/TOC", "/L"} <= tags(reader)


def test_bookmarks_lead_from_chapters_to_functions(mini: Miniature) -> None:
    found = list(bookmarks(opened(pdf_report.render(run(mini, characters.RoundsUp))).outline))
    assert [title for depth, title in found if depth == 1] == [
        "文書の管理",
        "目次",
        "1. 要約",
        "2. 宣言・検証・団体の確認",
        "3. 要件別の結果",
        "4. 満たさない要件と判定できない要件",
        "5. この報告の限界",
        "6. 期限付きの免除",
        "7. 確かめていないこと",
    ]
    assert {(2, "鉢植え台帳"), (3, "鉢"), (4, "台帳"), (2, f"{FEES}\u3000料金")} <= set(found)


def test_it_says_what_was_judged_and_what_came_of_every_requirement(mini: Miniature) -> None:
    view = run(mini, HonestPots)
    text = printed(view)
    for said in [one for row in (*wording.summary_rows(view), *wording.preflight_rows(view)) for one in row]:
        assert squeezed(said) in text, said
    for one in view.report.outcomes:
        assert f"{one.requirement.id}{squeezed(wording.obligation_text(one.obligation))}" in text
        assert squeezed(one.requirement.text) in text
    assert "判定○適合" in text
    assert "案の要件表による判定です（鉢植え台帳）。" in text
    assert squeezed(f"{len(REQUIREMENTS)} 件のうち {len(REQUIREMENTS)} 件の実装区分は推定") in text
    assert all(squeezed(limit) in text for limit in wording.LIMITS)


def test_what_failed_stands_with_message_and_remedy(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp)
    failed = next(case for case in view.report.facts.cases.values() if case.message)
    assert failed.fault
    text = printed(view)
    for said in (*view.report.reasons, failed.name, failed.message, failed.fault.remedy, view.scenario(failed)["file"]):
        assert squeezed(said) in text, said
    assert "判定×不適合" in text


def test_a_waiver_does_not_hide_what_lies_under_it(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp, waivers=mini.write("waivers.yaml", WAIVER))
    text = printed(view)
    assert "判定◇条件付適合" in text
    assert squeezed("◇ 免除（期限付）元の判定 × 不適合") in text
    assert squeezed(f"{FEES} × 不適合 見本市 税務課 次の改修まで 範囲 大鉢 令和81年3月31日") in text


def test_what_was_not_verified_is_told_with_its_reason(mini: Miniature) -> None:
    mini.write(f"{SYSTEM}/statement.yaml", statement_text(r05=""))
    mini.write(f"{SYSTEM}/attestations/seen.yaml", "attestations: []\n")
    view = run(mini, HonestPots)
    text = printed(view).split("確かめていないこと")[-1]
    for one in view.report.outcomes:
        if one.requirement.id in (EXTRA, SEEN):
            assert squeezed(f"{one.requirement.id}{one.requirement.text}{one.because}") in text
    assert squeezed(f"{SEEN} 札の現物が読めることを目で確かめられること。 書類確認 なし") in text


def test_signs_that_hide_or_cannot_be_drawn_are_shown_by_their_code(mini: Miniature) -> None:
    mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「権限がない」として拒否される")
    text = printed(run(mini, SpeaksOddly))
    assert "逆〔U+202E〕順〔U+E000〕〔U+0007〕e\u0301〔U+0302〕#strong[x]" in text
    assert "\u202e" not in text
    assert "A" * 300 in text


def test_digests_stay_in_one_piece_and_long_words_may_break() -> None:
    assert legible(["f" * 64, f"照合値 {'0' * 64}", "x" * 50]) == [
        "f" * 64,
        f"照合値 {'0' * 64}",
        "x" * 40 + "\u200b" + "x" * 10,
    ]


def test_claimed_reviewed_and_verified_are_counted_side_by_side(mini: Miniature) -> None:
    view = run(mini, HonestPots)
    agreed = replace(view.report.outcomes[0], review={"value": "agreed", "office": "税務課"})
    outcomes = (agreed, *view.report.outcomes[1:])
    text = printed(replace(view, report=replace(view.report, outcomes=outcomes)))
    assert squeezed("実装 同意 1 0 0 0 0 0 0 実装 未確認 4 0 0 0 0 0 0 未実装 未確認 1 0 0 0 0 0 0") in text


def test_more_than_an_office_s_computer_can_hold_is_refused(mini: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    view = run(mini, characters.RoundsUp)
    monkeypatch.setattr(pdf_report, "_LIMIT", 6 + 4)
    pdf_report.render(view)
    monkeypatch.setattr(pdf_report, "_LIMIT", 6 + 3)
    with pytest.raises(ConfigurationError, match=r"要件が 6 件、うち.*が 1 件.*PDF にしません.*report\.xlsx"):
        pdf_report.render(view)


def test_cases_beyond_the_limit_of_all_are_counted(mini: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    view = run(mini, characters.LosesItsNetwork)
    doubtful = next(one for one in view.report.outcomes if one.underlying.value == "inconclusive")
    count = sum(case.verdict.value == "error" for case in doubtful.cases)
    twice = replace(view, report=replace(view.report, outcomes=(doubtful, doubtful)))
    monkeypatch.setattr(pdf_report, "_CASES_IN_ALL", 1)
    shown = squeezed(printed(twice))
    assert shown.count("次にすること") == 1
    assert f"ほか{count}件のシナリオはreport.htmlにあります。" in shown

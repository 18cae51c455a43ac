"""The report page in a real browser: what a reader can find, ask and print with it, without a network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import characters
import pytest
from accessibility import assert_usable
from miniature import EXTRA, FEES, REQUIREMENTS, HonestPots, Miniature
from pypdf import PdfReader
from runs import run

from kijun.reporting import html_report
from kijun.reporting.run_view import RunView

HOSTILE = '<img src=x onerror="document.title=\'owned\'"><script>document.title="owned"</script>'


class SpeaksMarkup(characters.RoundsUp):
    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "not_found", "message": HOSTILE}}


class Reader:
    """Somebody with the file and a browser, and nothing else."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page = page
        self._folder = folder
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda message: self.troubles.append(message.text))

    def open(self, view: RunView, at: str = "") -> None:
        path = self._folder / "report.html"
        path.write_bytes(html_report.render(view))
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + at)
        self.page.wait_for_selector("html[data-ready]")

    def rows(self) -> list[str]:
        """Ids of the requirements in the list, from above."""
        return [str(one) for one in self.page.locator("#list tbody th").all_inner_texts()]

    def search(self, words: str) -> list[str]:
        self.page.fill("#words", words)
        return self.rows()


@pytest.fixture
def reader(browser: Any, tmp_path: Path) -> Iterator[Reader]:
    context = browser.new_context(offline=True)
    found = Reader(context.new_page(), tmp_path)
    yield found
    context.close()
    assert found.troubles == []


@pytest.mark.parametrize("character", [HonestPots, characters.RoundsUp, characters.NeverWaters])
def test_everybody_can_read_it_in_both_languages(browser: Any, mini: Miniature, character: type[HonestPots]) -> None:
    view = run(mini, character)
    context = browser.new_context(bypass_csp=True)  # for the examiner's own script
    reader = Reader(context.new_page(), mini.root)
    for at in ("", f"#{FEES}"):
        reader.open(view, at)
        for language in ("ja", "en"):
            assert reader.page.get_attribute("html", "lang") == language
            assert_usable(reader.page)
            reader.page.click("#language")
    context.close()


def test_a_search_does_not_mind_width_case_or_kind_of_kana(mini: Miniature, reader: Reader) -> None:
    mini.edit(mini.table, "鉢を一覧に", "鉢をＣＳＶの一覧に")
    reader.open(run(mini, HonestPots))
    assert len(reader.rows()) == len(REQUIREMENTS)
    found = reader.search("csv")
    assert 0 < len(found) < len(REQUIREMENTS)
    assert reader.search("ＣＳＶ　ニデキル") == found
    assert reader.search("csv 水やり") == []
    assert reader.page.inner_text("#count") == f"{len(REQUIREMENTS)} 件のうち 0 件"


def test_filters_and_order_narrow_and_turn_the_list(mini: Miniature, reader: Reader) -> None:
    reader.open(run(mini, characters.RoundsUp))
    everything = reader.rows()
    reader.page.click("#sort-status")
    assert reader.rows()[0] == FEES
    assert reader.page.locator("#list thead th[aria-sort=ascending]").count() == 1
    reader.page.click("#sort-status")
    assert reader.rows()[-1] == FEES
    reader.page.click("#sort-status")
    assert reader.rows() == everything
    reader.page.select_option("#f-status", "not_satisfied")
    assert reader.rows() == [FEES]


def test_a_failure_says_what_it_means_whom_to_ask_and_what_to_ask(mini: Miniature, reader: Reader) -> None:
    reader.open(run(mini, characters.RoundsUp), f"#{FEES}")
    told = reader.page.inner_text("#detail")
    for fact in ("× 不適合", "「料金」が期待と違います", "製品の事業者", "← ここで止まりました"):
        assert fact in told
    letter = reader.page.input_value("#detail textarea")
    for fact in (FEES, "期待「", "実際「", "鉢 1", "【お尋ね】", "見本市"):
        assert fact in letter
    assert not reader.page.is_visible("#overview")


def test_an_operation_that_is_not_there_is_one_cause_with_all_that_waits_for_it(
    mini: Miniature, reader: Reader
) -> None:
    reader.open(run(mini, characters.NeverWaters))
    cards = reader.page.locator("#cause-list details")
    assert cards.count() == 1
    assert "提供されていません" in cards.first.inner_text()
    cards.first.locator("summary").click()
    cards.first.get_by_text("一覧をこの原因で絞る").click()
    assert EXTRA in reader.rows()
    assert len(reader.rows()) < len(REQUIREMENTS)
    assert "この原因を待つ要件" in reader.page.inner_text("#tools")


def test_what_changed_since_an_earlier_run_is_told(mini: Miniature, reader: Reader) -> None:
    earlier = run(mini, HonestPots, "before")
    view = run(mini, characters.RoundsUp, "after")
    reader.open(RunView.read(view.folder, earlier))
    told = reader.page.inner_text("section[aria-labelledby=h-changes]")
    assert "判定が変わった要件 1 件" in told
    assert f"{FEES}" in told
    assert "○ 適合\t× 不適合" in told
    reader.page.select_option("#f-then", "1")
    assert reader.rows() == [FEES]


def test_nothing_a_product_says_runs(mini: Miniature, reader: Reader) -> None:
    reader.open(run(mini, SpeaksMarkup), f"#{FEES}")
    assert HOSTILE in reader.page.inner_text("#detail")
    reader.page.click("#language")
    assert reader.page.title().startswith("Conformance report")
    assert reader.page.locator("img").count() == 0


def test_a_script_that_slipped_in_would_not_run(browser: Any, mini: Miniature, tmp_path: Path) -> None:
    page = html_report.render(run(mini, HonestPots)).replace(
        b"</body>", b'<script>window.owned = 1</script><p style="color: red" id="slipped">in</p></body>'
    )
    (tmp_path / "report.html").write_bytes(page)
    shown = browser.new_page()
    shown.goto((tmp_path / "report.html").as_uri())
    shown.wait_for_selector("html[data-ready]")
    assert shown.evaluate("window.owned") is None
    assert shown.evaluate("getComputedStyle(document.getElementById('slipped')).color") != "rgb(255, 0, 0)"
    shown.close()


def test_a_reader_needs_no_mouse_and_comes_back_to_where_he_was(mini: Miniature, reader: Reader) -> None:
    reader.open(run(mini, HonestPots))
    link = reader.page.locator(f"#list a[href='#{FEES}']")
    link.focus()
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_selector("#detail h1")
    assert reader.page.evaluate("document.activeElement.id") == "h-detail"
    reader.page.keyboard.press("Tab")
    reader.page.go_back()
    reader.page.wait_for_selector("#overview", state="visible")
    assert link.is_visible()


def test_at_twice_the_size_nothing_is_cut(mini: Miniature, reader: Reader) -> None:
    reader.page.set_viewport_size({"width": 640, "height": 512})  # 1280 by 1024 at 200 %
    for at in ("", f"#{FEES}"):
        reader.open(run(mini, characters.RoundsUp, at or "whole"), at)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 640


def test_without_scripts_summary_and_table_remain(browser: Any, mini: Miniature) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    path = mini.root / "report.html"
    path.write_bytes(html_report.render(run(mini, characters.RoundsUp)))
    page.goto(path.as_uri())
    told = page.inner_text("body")
    assert "× 不適合" in told
    assert "これより良い判定にならない理由" in told
    assert "Why the claim is not better" not in told
    assert all(row[0] in told for row in REQUIREMENTS)
    context.close()


def test_it_prints_every_row_that_is_chosen(mini: Miniature, reader: Reader) -> None:
    reader.open(run(mini, HonestPots))
    reader.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    path = mini.root / "print.pdf"
    reader.page.pdf(path=path)
    paper = "".join(page.extract_text() for page in PdfReader(path).pages)
    assert all(row[0] in paper for row in REQUIREMENTS)
    assert "English" not in paper


def test_too_many_messages_are_left_out_and_said_to_be(
    mini: Miniature, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html_report, "_ROOM", 1)
    reader.open(run(mini, HonestPots), f"#{FEES}")
    assert "ステップは、大きさのためここにはありません" in reader.page.inner_text("#detail")
    assert "証跡のファイル" in reader.page.inner_text("#detail")

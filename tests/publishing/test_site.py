"""The site as its readers meet it: in a folder, without network, with and without scripts, by mouse, key and ear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest
from axe_playwright_python.sync_playwright import Axe
from edition_rows import edition, row
from flow_files import flowing
from miniature import FEES, LEDGER, SEEN, VISITORS, Miniature
from published import DEFECTS, dressed, gathered
from pypdf import PdfReader

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import edition_names, read_edition
from kijun.catalog.root import shipped_root
from kijun.engine.printed import scenario_texts
from kijun.engine.suite import Suite
from kijun.model.edition import Edition
from kijun.publishing import site
from kijun.publishing.specification import DefectText, Specification, specification
from kijun.publishing.traces import traces

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HOSTILE = "<img src=x onerror=\"document.title='owned'\">"
FUNCTIONS = "functions-999-1-1.html"


def rendered(spec: Specification) -> dict[str, bytes]:
    return site.render(spec, traces(spec))


def dead_ends(files: dict[str, bytes]) -> list[str]:
    """Every link of every page that leads to no file or to no place in it, and every anchor that stands twice."""
    pages = {name: lxml.html.fromstring(content.decode()) for name, content in files.items() if name.endswith(".html")}
    anchors = {name: Counter(page.xpath("//@id")) for name, page in pages.items()}
    found = [f"{name}: twice {one}" for name, all_ids in anchors.items() for one, times in all_ids.items() if times > 1]
    for name, page in pages.items():
        for href in dict.fromkeys(page.xpath("//a/@href")):
            link = urlsplit(href)
            target = unquote(link.path) or name
            if not link.scheme and (
                target not in files or (link.fragment and unquote(link.fragment) not in anchors[target])
            ):
                found.append(f"{name}: {href}")
        found += [f"{name}: loads {one}" for one in page.xpath("//@src | //link/@href | //@action") if one not in files]
    return found


@cache
def suite() -> Suite:
    return Suite.load(shipped_root())


def whole(businesses: list[str], name: str = "") -> Specification:
    """The shipped standard, with a defect for every row."""
    editions = [read_edition(shipped_root(), one) for one in edition_names(shipped_root())]
    chosen = next((one for one in editions if one.name == name), Edition("今の要件表", suite().catalog.tables))
    limited = chosen.limited_to(businesses) if businesses else chosen
    defects = [
        DefectText(f"Breaks{one.id}", "壊す。", one.id, "", one.business) for one in limited.requirements.values()
    ]
    return specification(limited, suite().catalog, scenario_texts(suite()), defects, editions)


@pytest.mark.parametrize("name", ["", "0.1"])
def test_every_link_of_the_shipped_standard_leads_somewhere(name: str) -> None:
    assert dead_ends(rendered(whole([], name))) == []


def test_every_link_leads_somewhere_when_a_business_is_left_out() -> None:
    businesses = [one.business for one in suite().catalog.tables]
    for one in businesses:
        assert dead_ends(rendered(whole([one]))) == []


def test_a_dead_end_is_noticed(mini: Miniature) -> None:
    files = rendered(gathered(mini))
    broken = files[FUNCTIONS].replace(b'id="999-1.1.1-02"', b'id="elsewhere"')
    assert broken != files[FUNCTIONS]
    assert any(f"{LEDGER}" in one for one in dead_ends({**files, FUNCTIONS: broken}))


def test_a_requirement_shows_its_edges_and_every_other_end_leads_back(mini: Miniature) -> None:
    spec = gathered(dressed(mini))
    graph, files = traces(spec), rendered(spec)
    pages = {name: content.decode() for name, content in files.items()}
    own = pages[FUNCTIONS].partition(f'<article class="requirement" id="{FEES}"')[2].partition("</article>")[0]
    for told in (
        "架空法 1条",
        "料金の計算",
        "札",
        "INC-01",
        "今の要件表",
        "料金を切り上げる。",
        "<大きさ>".replace("<", "&lt;").replace(">", "&gt;"),
    ):
        assert told in own
    back = f'href="{FUNCTIONS}#{FEES}"'
    for name in ("laws.html", "connection-pot_register.html", "documents.html", "defects.html"):
        assert back in pages[name], name
    assert graph.dangling == ()


def test_a_scenario_is_printed_once_and_pointed_to_elsewhere(mini: Miniature) -> None:
    mini.edit(mini.feature, "@req:999-1.1.1-03", "@req:999-1.1.1-03 @req:999-1.1.1-02")
    page = rendered(gathered(mini))[FUNCTIONS].decode()
    assert page.count("<h4>見学者は鉢を登録できない</h4>") == 1
    visitors = page.partition(f'id="{VISITORS}"')[2].partition("</article>")[0]
    assert f'<a href="{FUNCTIONS}#scenario-' in visitors
    assert "のシナリオを読む" not in visitors


def test_what_a_table_says_is_text_and_never_markup(mini: Miniature) -> None:
    rows = edition(
        "1",
        row(
            "01",
            f"{HOSTILE}を記録できること。",
            name=HOSTILE,
            middle=HOSTILE,
            operations=[HOSTILE],
            legal_basis=[{"law": HOSTILE, "article": HOSTILE, "url": "javascript:document.title='owned'"}],
            rationale="右\u202eから読む",
        ),
        business="../../etc",
    )
    spec = specification(rows, Catalog.load(mini.root), [], [DefectText(HOSTILE, HOSTILE, "999-1.1.1-01", HOSTILE, "")])
    files = rendered(spec)
    assert all("<img" not in content.decode() for name, content in files.items() if name.endswith(".html"))
    assert all("/" not in name for name in files)
    assert "javascript:" not in files["laws.html"].decode()
    assert any("〔U+202E〕" in content.decode() for content in files.values())
    assert not any("\u202e" in content.decode() for content in files.values())
    assert dead_ends(files) == []


def test_a_part_without_content_tells_so_on_its_page(mini: Miniature) -> None:
    files = rendered(gathered(mini, defects=()))
    assert "章として設けていません" in files["quality.html"].decode()
    assert "収録されていません" in files["defects.html"].decode()
    assert "業務フローは収録していません" in files["flows.html"].decode()


def test_the_cover_says_what_this_is_not(mini: Miniature) -> None:
    for name, content in rendered(gathered(mini)).items():
        if name.endswith(".html"):
            assert "標準仕様書（案）" in content.decode(), name
            assert "省庁が公表した標準仕様書ではなく" in content.decode(), name


def test_the_same_specification_gives_the_same_bytes(mini: Miniature) -> None:
    assert rendered(gathered(mini)) == rendered(gathered(mini))


def test_the_page_of_flows_has_picture_and_tasks_with_links(mini: Miniature) -> None:
    told = rendered(gathered(flowing(dressed(mini))))["flows.html"].decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in told
    assert "試験用の案" in told
    assert f'#{LEDGER}">{LEDGER}</a>' in told
    assert '">料金の計算</a>' in told


def test_a_flow_may_name_what_a_frozen_edition_lacks(mini: Miniature) -> None:
    catalog = Catalog.load(flowing(mini).root)
    without = replace(
        catalog.tables[0], requirements=tuple(one for one in catalog.tables[0].requirements if one.id != LEDGER)
    )
    told = rendered(specification(Edition("0.1", (without,), date(2026, 1, 1)), catalog))["flows.html"].decode()
    assert "鉢を登録する" in told
    assert f">{LEDGER}</a>" not in told


# in a browser ---------------------------------------------------------------------------------------------


@pytest.fixture
def folder(mini: Miniature) -> Path:
    before = Edition("0.1", Catalog.load(mini.root).tables, date(2026, 1, 1), digest="0" * 64)
    spec = gathered(flowing(dressed(mini)), [before], DEFECTS)
    there = mini.root / "site"
    there.mkdir()
    for name, content in rendered(spec).items():
        (there / name).write_bytes(content)
    return there


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(offline=True)
    troubles: list[str] = []
    found = context.new_page()
    found.on("pageerror", lambda error: troubles.append(str(error)))
    found.on("console", lambda message: troubles.append(message.text))
    yield found
    context.close()
    assert troubles == []


def test_everybody_can_read_every_page(browser: Any, folder: Path) -> None:
    context = browser.new_context(bypass_csp=True)  # for the examiner's own script
    page = context.new_page()
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found = Axe().run(page, options=RULES)
        assert found.violations_count == 0, f"{path.name}\n{found.generate_report()}"
        assert page.get_attribute("html", "lang") == "ja"
    context.close()


def test_the_style_is_loaded_although_only_own_files_may_be(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"


def test_nothing_spills_over_on_a_narrow_or_enlarged_screen(page: Any, folder: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 800})  # 1280 pixels at 400 %
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path.name


def test_a_search_does_not_mind_width_or_kind_of_kana(page: Any, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.fill("#words", "ノ　量ヲ")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#found a").all_inner_texts() == ["999-1.1.1-05"]
    page.fill("#words", "９９９－１．１．１－０２")
    assert page.locator("#found a").all_inner_texts() == [LEDGER]
    page.fill("#words", "見つからない語")
    assert page.inner_text("#count") == "0 件あります。"


def test_a_number_is_resolved_to_its_page(page: Any, folder: Path) -> None:
    page.goto(f"{(folder / 'find.html').as_uri()}?id={SEEN}")
    page.wait_for_url(f"**/{FUNCTIONS}#{SEEN}")
    assert page.locator("article:target h3").inner_text() == SEEN
    page.goto(f"{(folder / 'find.html').as_uri()}?id=constructor")
    page.wait_for_selector("html[data-ready]")
    assert page.inner_text("#count") == "要件 constructor はこの仕様書にありません。"


def test_a_link_to_a_scenario_opens_it(page: Any, folder: Path) -> None:
    page.goto((folder / FUNCTIONS).as_uri())
    assert not page.locator(".scenario").first.is_visible()
    page.locator("dd a[href*='#scenario-']").first.click()
    assert page.locator(".scenario:target").is_visible()


def test_without_scripts_all_is_read_and_numbers_are_found(browser: Any, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "find.html").as_uri())
    page.click(f"main a[href='{FUNCTIONS}']")
    assert page.locator("article").count() == 6
    page.locator("summary").first.click()
    assert page.locator(".scenario").first.is_visible()
    context.close()


def test_the_first_tab_stop_leads_past_the_header(page: Any, folder: Path) -> None:
    page.goto((folder / FUNCTIONS).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "本文へ移る"
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_scenarios_are_on_paper_although_they_are_folded(page: Any, folder: Path) -> None:
    page.goto((folder / FUNCTIONS).as_uri())
    pages = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    told = "".join(one.extract_text() for one in pages).replace("\n", "")
    assert "もし" in told
    assert "要件を探す" not in told
    assert round(float(pages[0].mediabox.width)) == 595  # A4

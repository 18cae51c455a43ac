"""A product that has nothing but pages, driven by screens.yaml alone in a real browser, and all that can be wrong."""

# ruff: noqa: E501 - pages and their cases read best in one line

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from miniature import FEES, LEDGER, SYSTEM, VISITORS, HonestPots, InProcess, Miniature
from pot_pages import SCREENS, Greenhouse
from runs import statuses

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.catalog.run_folder import EVIDENCE
from kijun.catalog.screens_reader import read_screens
from kijun.drivers import reach
from kijun.drivers.browser import BrowserDriver, BrowserSystem
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, prepare
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, DriverBroke, Problem
from kijun.model.statement import SystemUnderTest
from kijun.reference.server import EmbeddedServer
from kijun.reporting.run_view import RunView

EXAMPLE = shipped_root() / "examples" / "browser"
PLACE = f"{SYSTEM}/screens.yaml"


@pytest.fixture
def house() -> Iterator[Greenhouse]:
    with Greenhouse() as one:
        yield one


class Seat:
    """One connection to the greenhouse through a browser; keeps the systems it opened, to shut them."""

    def __init__(self, mini: Miniature) -> None:
        self.mini = mini
        self.systems: list[BrowserSystem] = []

    def system(self, url: str, screens: str = SCREENS, **settings: Any) -> BrowserSystem:
        path = self.mini.write(PLACE, screens)
        text = f'sut:\n  driver: "browser"\n  settings: {{ url: "{url}" }}\n'
        self.mini.write(f"{SYSTEM}/sut.yaml", text)
        mapping = read_screens(path.parent, Catalog.load(self.mini.root).glossary)
        made = reach(SystemUnderTest(path.parent, "browser", settings={"url": url, **settings}, mapping=mapping))
        assert isinstance(made, BrowserSystem)
        self.systems.append(made)
        return made

    def open(self, url: str, *changes: tuple[str, str]) -> BrowserDriver:
        driver = self.system(url, edited(*changes)).connect()
        driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 20)
        return driver


@pytest.fixture
def seat(tmp_path: Path) -> Iterator[Seat]:
    one = Seat(Miniature(tmp_path))
    yield one
    for system in one.systems:
        system.shut()


def edited(*changes: tuple[str, str]) -> str:
    text = SCREENS
    for old, new in changes:
        assert old in text, f"{old!r} is not in the file"
        text = text.replace(old, new)
    return text


def call(driver: BrowserDriver, operation: str, actor: str = "gardener", deadline: float = 20, **given: Any) -> Any:
    params = {"session": "s", "operation": operation, "input": given, "actor": actor, "as_of": "2026-06-01"}
    return driver.exchange("call", params, deadline)


def plant(driver: BrowserDriver, label: str = "架空の花子", size: str = "large", **more: Any) -> Any:
    return call(driver, "plant_pot", size=size, label=label, planted_on="2026-06-01", **more)


# one conversation ------------------------------------------------------------------------------------------


def test_pages_laid_out_by_tables_are_written_and_read_by_names(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url)
    hello = driver.exchange("hello", {}, 20)
    assert hello["identity"] == {"product": "鉢", "vendor": "架空園", "version": "1", "build": "b1"}
    assert plant(driver) == {"result": {"pot_id": "P1", "tag": {"label": "架空の花子", "size": "large", "fee": None}}}
    assert plant(driver, "架空　次郎", "small")["result"]["pot_id"] == "P2"
    assert call(driver, "list_pots")["result"]["pots"] == [
        {"pot_id": "P1", "label": "架空の花子", "size": "large"},
        {"pot_id": "P2", "label": "架空　次郎", "size": "small"},
    ]
    assert call(driver, "price_pot", pot_id="P1", year=2026) == {"result": {"fee": 1000}}  # a script brings it late
    assert call(driver, "water_pot", pot_id="P1", water=3) == {"result": {"water": 3}}  # a window asked back


def test_a_page_is_read_when_the_last_of_it_has_come(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url)
    house.halts = "登録結果</h1>"
    assert plant(driver) == {"result": {"pot_id": "P1", "tag": {"label": "架空の花子", "size": "large", "fee": None}}}


def test_messages_of_the_page_become_reasons(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url)
    assert call(driver, "price_pot", pot_id="P9", year=2026)["refused"] == {
        "code": "not_found",
        "message": "E404 鉢がありません。",
    }
    assert call(driver, "water_pot", "visitor", pot_id="P1", water=1)["refused"]["code"] == "forbidden"
    assert call(driver, "list_pots") == {"result": {"pots": []}}
    assert call(driver, "smash_pot") == {"unsupported": {"operation": "smash_pot"}}


def test_evidence_shows_the_page_without_personal_data(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url)
    plant(driver, "架空の花子<b>")
    call(driver, "water_pot", pot_id="P1", water=3)
    kept = driver.exchange("attach", {"session": "s"}, 20)["attachments"]
    assert [one["name"] for one in kept] == [
        f"{place}.{ending}" for place in ("01-plant_pot", "02-water_pot") for ending in ("png", "html")
    ]
    page = base64.b64decode(kept[1]["content_base64"]).decode()
    assert "登録結果" in page
    assert "●●●●●" in page
    assert "花子" not in page
    assert base64.b64decode(kept[0]["content_base64"]).startswith(b"\x89PNG")
    driver.exchange("close", {"session": "s"}, 20)
    driver.exchange("open", {"session": "t", "profile": {}, "as_of": "2026-06-01"}, 20)
    assert driver.exchange("attach", {"session": "t"}, 20) == {"attachments": []}


def test_numbers_like_a_personal_number_are_covered_and_scripts_are_gone(seat: Seat, house: Greenhouse) -> None:
    page = "<h1>水やり結果</h1><p id=water onclick='x()'>3</p><p>番号 123456789012、電話 1234567890123</p><script>1</script>"
    house.instead["/water"] = (200, page, 0)
    driver = seat.open(house.url)
    call(driver, "water_pot", pot_id="P1", water=3)
    kept = driver.exchange("attach", {"session": "s"}, 20)["attachments"]
    content = base64.b64decode(kept[1]["content_base64"]).decode()
    assert "番号 ●●●●●●●●●●●●、電話 1234567890123" in content
    assert "script" not in content
    assert "onclick" not in content


FAULTS = [
    (("名札", "名前札"), "画面に欄「名前札」がありません"),
    (('menu: "鉢の登録"', 'menu: "鉢の登記"'), "画面にボタン又はリンク「鉢の登記」がありません"),
    (('large: "大鉢"', 'large: "巨大"'), "一覧「種類」に「巨大」がありません（あるのは 、小鉢、大鉢）"),
    (('heading: "登録結果"', 'heading: "鉢の登録"'), "押す前から見出し「鉢の登録」があり"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS)
def test_what_the_page_does_not_have_is_a_fault_of_the_file(
    seat: Seat, house: Greenhouse, change: tuple[str, str], told: str
) -> None:
    fault = plant(seat.open(house.url, change))["fault"]
    assert fault["kind"] == "driver"
    assert told in fault["message"]


def test_a_button_that_never_comes_costs_the_deadline_and_says_what_stands_there(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url, ('"確定する"', '"決める"'))
    params = {"size": "small", "label": "甲", "planted_on": "2026-06-01"}
    with pytest.raises(DeadlinePassed, match=r"ボタン「決める」が期限内に現れません（今の見出しは 登録の確認）"):
        call(driver, "plant_pot", deadline=6, **params)
    driver.reconnect()
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 20)
    assert call(driver, "list_pots") == {"result": {"pots": []}}


PAGES = [
    ((500, "<h1>落ちました</h1>", 0), "product", "HTTP 500: 落ちました"),
    ((200, "<h1>水やり結果</h1><p id=water>三</p>", 0), "driver", "製品の値「三」は整数ではありません"),
    ((200, "<h1>水やり結果</h1>", 0), "driver", "画面に「#water」がありません"),
    (
        (200, "<div role=alert>W01 知らない言葉</div>", 0),
        "driver",
        "refusals にない知らせが出ました:「W01 知らない言葉」",
    ),
]


@pytest.mark.parametrize(("page", "kind", "told"), PAGES)
def test_pages_that_nobody_can_read_are_told(
    seat: Seat, house: Greenhouse, page: tuple[int, str, float], kind: str, told: str
) -> None:
    house.instead["/water"] = page
    fault = call(seat.open(house.url), "water_pot", pot_id="P1", water=3)["fault"]
    assert fault["kind"] == kind
    assert told in fault["message"]


TABLES = [
    ("<h1>鉢の一覧</h1><table><tr><th>鉢番号<th>名札</tr><tr><td>P1<td>甲</table>", "列「種類」がありません"),
    (
        "<h1>鉢の一覧</h1><table><tr><th>鉢番号<th>名札<th>種類</tr><tr><td>P1<td>甲</table>",
        "行の欄の数が見出しと違います",
    ),
    ("<h1>鉢の一覧</h1><table><tr><th>鉢番号<td>P1</table>", "下にあるのは一覧ではありません"),
]


@pytest.mark.parametrize(("page", "told"), TABLES)
def test_a_list_is_never_read_by_half(seat: Seat, house: Greenhouse, page: str, told: str) -> None:
    house.instead["/list"] = (200, page, 0)
    driver = seat.open(house.url, ('menu: "鉢の一覧"', 'page: "/list?at=0"'))
    assert told in call(driver, "list_pots")["fault"]["message"]


def test_an_input_without_a_box_is_never_dropped(seat: Seat, house: Greenhouse) -> None:
    seat.mini.edit(seat.mini.glossary, '"water"]\n    result: ["water"]', '"water", "label?"]\n    result: ["water"]')
    driver = seat.open(house.url)
    fault = call(driver, "water_pot", pot_id="P1", water=3, label="甲")["fault"]
    assert (fault["kind"], "入力「label」の欄" in fault["message"]) == ("driver", True)


@pytest.mark.parametrize(("section", "is_there"), [("入力", True), ("別の見出し", False)])
def test_a_button_may_be_narrowed_by_the_heading_above_it(
    seat: Seat, house: Greenhouse, section: str, is_there: bool
) -> None:
    driver = seat.open(house.url, ('press: "実行"', f'press: {{ section: "{section}", name: "実行" }}'))
    reply = call(driver, "water_pot", pot_id="P1", water=3)
    told = reply["result"] if is_there else reply["fault"]["message"]
    assert told == (
        {"water": 3} if is_there else f"操作「water_pot」: 画面にボタン又はリンク「{section}」の「実行」がありません。"
    )


def test_a_product_that_is_away_is_a_lost_connection(seat: Seat) -> None:
    driver = seat.system("http://127.0.0.1:9").connect()
    with pytest.raises(ConnectionLost, match=r"ERR_UNSAFE_PORT|ERR_CONNECTION_REFUSED"):
        driver.exchange("hello", {}, 20)


def test_a_browser_that_died_is_started_again(seat: Seat, house: Greenhouse) -> None:
    system = seat.system(house.url)
    driver = system.connect()
    driver.exchange("hello", {}, 20)
    system.wait(_killed(system), 20, "終了")
    with pytest.raises((ConnectionLost, DriverBroke)):
        driver.exchange("hello", {}, 20)
    driver.reconnect()
    assert driver.exchange("hello", {}, 20)["identity"]["product"] == "鉢"


async def _killed(system: BrowserSystem) -> None:
    await (await system.browser()).close()


def test_what_a_page_proposes_is_not_sent_for_what_was_not_given(seat: Seat, house: Greenhouse) -> None:
    driver = seat.open(house.url)
    assert call(driver, "plant_pot", size="small", label="甲")["refused"]["message"].endswith("植えた日がありません。")


# the file --------------------------------------------------------------------------------------------------

WRONG = [
    (("  plant_pot:", "  plant_pod:"), "用語集に操作「plant_pod」はありません", "「plant_pot」のことですか"),
    (('pot_id: "鉢番号"', 'pot_ib: "鉢番号"'), "用語集に項目「pot_ib」はありません", "「pot_id」のことですか"),
    (("{kept.garden}", "{kent.garden}"), "差し込む値「kent」はありません", "「kept」のことですか"),
    (('code: "forbidden"', 'code: "forbiden"'), "用語集に理由「forbiden」はありません", "「forbidden」のことですか"),
    (('says: "見学者"', 'says: "見学者("'), "正規表現として読めません", "括弧や記号"),
    (('says: "見学者", code: "forbidden"', 'says: "見学者"'), "どの理由による拒否なのか決まりません", "code に"),
    (('small: "小鉢", ', ""), "区分「大きさ」の値「small」の写し先がありません", "null と書きます"),
    (('    arrives: { heading: "登録結果" }\n', ""), "結果が来たことを知る手がかりがありません", "arrives に"),
    (("#,##0円", "円"), "screens.yaml", ""),
    (('{ water: "水の量" }', '{ watr: "水の量" }'), "入力「watr」はありません", "「water」のことですか"),
    (
        ('label: "名札", size: "種類" } } }\n', 'label: "名札" } } }\n'),
        "「size」の取り出し先がありません",
        "画面での名前",
    ),
]


@pytest.mark.parametrize(("change", "message", "hint"), WRONG)
def test_what_the_glossary_does_not_know_is_told_with_its_place(
    seat: Seat, change: tuple[str, str], message: str, hint: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        seat.system("http://127.0.0.1:9", edited(change))
    told = [str(one) for one in caught.value.problems]
    assert any(message in one and hint in one and "screens.yaml" in one for one in told), told


def test_without_a_file_or_a_browser_the_next_step_is_told(seat: Seat) -> None:
    with pytest.raises(ConfigurationError, match=r"screens\.yaml"):
        read_screens(seat.mini.root, Catalog.load(seat.mini.root).glossary)
    with pytest.raises(ConfigurationError) as caught:
        seat.system("http://127.0.0.1:9", browser="/nowhere/chromium")
    (problem,) = caught.value.problems
    assert isinstance(problem, Problem)
    assert "ブラウザー「/nowhere/chromium」が見つかりません" in str(problem)


# whole runs ------------------------------------------------------------------------------------------------


def whole(request: Request, system: Any, folder: Path, **settings: str) -> RunView:
    """One whole run against what a folder names, or against a character."""
    assignment, sut = prepare(request)
    reached = system or reach(replace(sut, settings={**sut.settings, **settings}))
    folder.mkdir()
    try:
        with Run(assignment, reached, folder) as opened:
            Scheduler(opened, 2).go()
            opened.finish()
    finally:
        reached.shut()
    return RunView.read(folder)


def test_a_run_over_pages_ends_as_one_without(seat: Seat, house: Greenhouse, tmp_path: Path) -> None:
    request = Request(root=seat.mini.root, seed="seed")
    expected = statuses(whole(request, InProcess(HonestPots), tmp_path / "bare"))
    seat.mini.write(PLACE, SCREENS)
    seat.mini.write(f"{SYSTEM}/sut.yaml", f'sut: {{ driver: "browser", settings: {{ url: "{house.url}" }} }}\n')
    view = whole(request, None, tmp_path / "pages")
    assert statuses(view) == expected
    assert {expected[one] for one in (FEES, LEDGER, VISITORS)} == {"satisfied"}
    kept = [one for case in view.report.facts.cases.values() for one in case.attachments]
    assert len(kept) > 10
    names = {path.name for path in (view.folder / EVIDENCE).iterdir()}
    assert {one["sha256"] + Path(one["name"]).suffix for one in kept} <= names


SHARE = tuple(f"local_tax/light_vehicle_tax/{name}.feature" for name in ("access", "due_date", "totals", "transfer"))


def test_the_clerks_pages_of_the_reference_system_satisfy_what_its_interface_does(tmp_path: Path) -> None:
    request = Request(root=shipped_root(), seed="seed", select=SHARE)
    with EmbeddedServer() as server:
        pages = whole(replace(request, system=EXAMPLE), None, tmp_path / "pages", url=server.url)
    interface = whole(request, None, tmp_path / "interface")
    ended = {one: case.verdict.value for one, case in pages.report.facts.cases.items()}
    passed = {one for one, verdict in ended.items() if verdict == "pass"}
    assert len(passed) >= 15
    assert {verdict for one, verdict in ended.items() if one not in passed} <= {"none"}
    reference = {one: case.verdict.value for one, case in interface.report.facts.cases.items()}
    assert {reference[one] for one in passed} == {"pass"}

"""A product with a web API of its own, driven by mapping.yaml alone over real sockets, and all that can be wrong."""

# ruff: noqa: E501 - a case a line reads best

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from miniature import FEES, SYSTEM, HonestPots, InProcess, Miniature, events
from pot_shop import MAPPING, OPENAPI, Shop
from runs import folder, run, statuses, verdicts

from kijun.catalog.catalog import Catalog
from kijun.catalog.mapping_reader import read_mapping
from kijun.catalog.root import shipped_root
from kijun.cli.main import main
from kijun.drivers import reach
from kijun.drivers.declarative import MappingDriver, MappingSystem
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.session import IdentityChanged
from kijun.engine.setup import Request, prepare
from kijun.model.api_mapping import Dates, NumberText, Unsayable
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, DriverBroke, Problem, RunStopped
from kijun.model.statement import SystemUnderTest
from kijun.reference.server import EmbeddedServer
from kijun.reporting.run_view import RunView

EXAMPLE = shipped_root() / "examples" / "http-mapping"
PLACE = f"{SYSTEM}/mapping.yaml"


@pytest.fixture
def shop() -> Iterator[Shop]:
    with Shop() as one:
        yield one


def edited(*changes: tuple[str, str]) -> str:
    text = MAPPING
    for old, new in changes:
        assert old in text, f"{old!r} is not in the mapping"
        text = text.replace(old, new)
    return text


def system(mini: Miniature, url: str, mapping: str = MAPPING) -> MappingSystem:
    path = mini.write(PLACE, mapping)
    glossary = Catalog.load(mini.root).glossary
    sut = SystemUnderTest(path.parent, "mapping", settings={"url": url}, mapping=read_mapping(path.parent, glossary))
    made = reach(sut)
    assert isinstance(made, MappingSystem)
    return made


def opened(mini: Miniature, shop: Shop, mapping: str = MAPPING) -> MappingDriver:
    driver = system(mini, shop.url, mapping).connect()
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 5)
    return driver


def call(driver: MappingDriver, operation: str, actor: str = "gardener", deadline: float = 5, **given: Any) -> Any:
    params = {"session": "s", "operation": operation, "input": given, "actor": actor, "as_of": "2026-06-01"}
    return driver.exchange("call", params, deadline)


def plant(driver: MappingDriver, label: str = "甲", size: str = "large") -> Any:
    return call(driver, "plant_pot", size=size, label=label, planted_on="2026-06-01")


def problems(mini: Miniature, mapping: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationError) as caught:
        system(mini, "http://127.0.0.1:9", mapping)
    return caught.value.problems


# translation ------------------------------------------------------------------------------------------------


def test_words_codes_dates_and_amounts_go_over_and_come_home(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop)
    tag = {"label": "甲", "size": "large", "fee": None}
    assert plant(driver) == {"result": {"pot_id": "P/1", "tag": tag}}
    sent = {"channel": "test", "pot": {"kind": 2, "name": "甲", "day": "2026/06/01"}}
    assert shop.asked[-1] == ("POST", "/api/pots", sent)
    assert call(driver, "price_pot", pot_id="P/1", year=2026) == {"result": {"fee": 1000}}
    assert shop.asked[-1] == ("GET", "/api/pots/P%2F1/price?nendo=2026", None)
    assert call(driver, "water_pot", pot_id="P/1", water=3) == {"result": {"water": 3}}
    assert shop.asked[-1] == ("POST", "/api/pots/P%2F1/water?litres=3", {})


def test_opening_keeps_what_the_product_gave_and_closing_uses_it(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop)
    bodies = [body for _, _, body in shop.asked if body]
    assert bodies == [{"opened": {"day": "2026-06-01", "beds": 3}}, {"user": "gardener"}, {"user": "visitor"}]
    closed = driver.exchange("close", {"session": "s"}, 5)
    assert ("DELETE", "/api/gardens/1", None) in shop.asked
    assert closed["identity"] == {"product": "鉢", "vendor": "架空園", "version": "1", "build": "r9"}
    hello = driver.exchange("hello", {}, 5)
    assert hello["operations"] == ["list_pots", "plant_pot", "price_pot", "water_pot"]


def test_refusals_are_found_by_status_and_by_content(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop)
    assert call(driver, "price_pot", pot_id="P9", year=2026) == {
        "refused": {"code": "not_found", "message": "ありません。"}
    }
    assert call(driver, "plant_pot", "visitor", size="small", label="甲", planted_on="2026-06-01") == {
        "refused": {"code": "forbidden", "message": "見学者です。"}
    }
    assert call(driver, "kijun_trap_1") == {"unsupported": {"operation": "kijun_trap_1"}}


@pytest.mark.parametrize("paging", ['page: "page", pages: "pages"', 'page: "page"', 'next: "next"'])
def test_every_page_of_a_list_is_read(mini: Miniature, shop: Shop, paging: str) -> None:
    driver = opened(mini, shop, edited(('page: "page", pages: "pages"', paging)))
    assert call(driver, "list_pots") == {"result": {"pots": []}}
    for label in ("甲", "乙", "丙"):
        plant(driver, label)
    rows = call(driver, "list_pots")["result"]["pots"]
    assert [(row["pot_id"], row["label"], row["size"]) for row in rows] == [
        ("P/1", "甲", "large"),
        ("P/2", "乙", "large"),
        ("P/3", "丙", "large"),
    ]


def test_a_whole_run_by_mapping_comes_to_the_statuses_of_the_driver_in_process(mini: Miniature, shop: Shop) -> None:
    expected = statuses(run(mini, InProcess(HonestPots), "inside"))
    view = run(mini, system(mini, shop.url))
    assert statuses(view) == expected
    assert expected[FEES] == "satisfied"


def test_the_reference_system_comes_to_the_same_verdicts_by_mapping_alone(tmp_path: Path) -> None:
    assignment, sut = prepare(
        Request(root=shipped_root(), system=EXAMPLE, select=("heavy_surcharge", "access", "search.feature"))
    )
    with EmbeddedServer() as server:
        product = reach(replace(sut, settings={"url": server.url}))
        with Run(assignment, product, tmp_path) as opened_run:
            Scheduler(opened_run, 2).go()
            opened_run.finish()
    found = [case.verdict.value for case in RunView.read(tmp_path).report.facts.cases.values()]
    assert len(found) >= 10
    assert set(found) == {"pass"}


def test_the_example_reaches_every_operation_that_the_reference_system_has() -> None:
    glossary = Catalog.load(shipped_root()).glossary
    mapped = set(read_mapping(EXAMPLE, glossary).operations)
    assert {one.key for one in glossary.operations if not one.prohibited} <= mapped


@pytest.mark.parametrize(
    ("pattern", "day", "told"),
    [
        ("YYYYMMDD", "2026-04-01", "20260401"),
        ("DD.MM.YYYY", "2026-04-01", "01.04.2026"),
        ("GEE.MM.DD", "2019-05-01", "R01.05.01"),
        ("GEE.MM.DD", "2019-04-30", "H31.04.30"),
        ("NEEMMDD", "1989-01-07", "3640107"),
        ("NEEMMDD", "1868-02-01", "1010201"),
        ("NEEMM", "2019-04", "43104"),
        ("GEE/MM", "2013-03", "H25/03"),
        ("NEEMM", "1989-01", "36401"),
    ],
)
def test_days_and_months_are_written_in_the_patterns_of_products(pattern: str, day: str, told: str) -> None:
    form = Dates(pattern)
    assert Dates.understands(pattern)
    assert form.to_product(day) == told
    assert form.to_glossary(told) == day
    with pytest.raises(Unsayable, match="書き方"):
        form.to_glossary("昨日")


@pytest.mark.parametrize(
    ("pattern", "told"), [("#,##0", "-12,900"), ("0", "-12900"), ("#,##0円", "-12,900円"), ("¥0-", "¥-12900-")]
)
def test_amounts_are_written_as_text(pattern: str, told: str) -> None:
    assert NumberText(pattern).to_product(-12900) == told
    assert NumberText(pattern).to_glossary(told) == -12900
    with pytest.raises(Unsayable, match="整数ではありません"):
        NumberText(pattern).to_glossary("12.5")


def test_rows_and_papers_are_taken_over_part_by_part_as_inputs(mini: Miniature, shop: Shop) -> None:
    mini.edit(mini.glossary, '"size", "label", {', '"size", "label", "tag?", "pots?", {')
    nested = 'inputs: { tag: { to: "pot.paper", fields: { size: "kind" } }, pots: { to: "rows", fields: { pot_id: { to: "a.b" } } }, '
    text = edited(("inputs: { size:", nested + "size:"), ('openapi: "/openapi.json"', "same_names: false"))
    driver = opened(mini, shop, text)
    row = {"pot_id": "P9", "label": None, "size": "small"}
    given = {"size": "small", "label": "甲", "planted_on": "2026-06-01", "tag": {"size": "large"}, "pots": [row]}
    call(driver, "plant_pot", **given)
    sent = shop.asked[-1][2] or {}
    assert sent["pot"]["paper"] == {"kind": 2}
    assert sent["rows"] == [{"a": {"b": "P9"}, "label": None, "size": "S"}]


def test_a_place_in_a_list_is_a_number(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop, edited(('fee: "data.yen"', 'fee: "data.all.1"')))
    shop.instead["price"] = (200, json.dumps({"data": {"all": [False, "1,200"]}}), 0)
    assert call(driver, "price_pot", pot_id="P1", year=2026) == {"result": {"fee": 1200}}


def test_an_input_may_go_into_a_header(mini: Miniature, shop: Shop) -> None:
    shop.openapi = without("paths", "/pots/{potNumber}/water", "post", "parameters")
    driver = opened(mini, shop, edited(('to: "litres", in: "query"', 'to: "X-Litres", in: "header"')))
    shop.instead["water"] = (200, json.dumps({"data": {"litres": "3"}}), 0)
    call(driver, "water_pot", pot_id="P1", water=3)
    assert shop.headers["X-Litres"] == "3"


def test_truth_values_and_codes_of_one_field_are_written_as_told(mini: Miniature, shop: Shop) -> None:
    sunny = '  - { label: "日なた", key: "sunny", type: "flag" }\nfacts:'
    mini.edit(mini.glossary, "facts:", sunny)
    mini.edit(mini.glossary, '"size", "label", {', '"size", "label", "sunny?", {')
    codes = 'size: { to: "pot.kind", codes: { small: true, large: false } }, sunny: "pot.sun"'
    flags = ("formats:", 'formats:\n  flag: { "true": 1, "false": "no" }')
    driver = opened(mini, shop, edited(('size: "pot.kind"', codes), flags))
    given = {"size": "large", "label": "甲", "planted_on": "2026-06-01"}
    for value, told in ((True, 1), (False, "no")):
        call(driver, "plant_pot", sunny=value, **given)
        body = shop.asked[-1][2] or {}
        assert (body["pot"]["sun"], body["pot"]["kind"]) == (told, False)


def test_a_placeholder_gets_the_value_as_the_product_writes_it(mini: Miniature, shop: Shop) -> None:
    text = edited(
        (', planted_on: "pot.day"', ""), ('channel: "test"', 'channel: "{planted_on}", pot.day: "D{planted_on}"')
    )
    plant(opened(mini, shop, text))
    assert shop.asked[-1][2] == {"channel": "2026/06/01", "pot": {"kind": 2, "name": "甲", "day": "D2026/06/01"}}


def test_an_item_that_the_paper_lacks_is_left_for_the_judgement(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop, edited(('size: "kind", fee: { from: "price", absent: "null" }', 'size: "kind"')))
    assert plant(driver)["result"]["tag"] == {"label": "甲", "size": "large"}


# what cannot be translated ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "operation", "given", "message"),
    [
        ([], "price_pot", {"year": 2026}, "「{pot_id}」に入れる値がありません"),
        ([], "price_pot", {"pot_id": "", "year": 2026}, "「{pot_id}」に入れる値がありません"),
        ([], "price_pot", {"pot_id": "..", "year": 2026}, "道筋に入れられません"),
        ([], "plant_pot", {"size": "huge"}, "項目「size」: 値「huge」の写し先がありません"),
        (
            [('small: "S", large: 2', 'small: "s", large: "l"')],
            "list_pots",
            {},
            "data.rows.0.kind（size）: 製品の値 2 の写し元",
        ),
        ([('yen: "grouped"', 'yen: "text"')], "price_pot", {"pot_id": "P/1", "year": 2026}, "「1,000」は整数では"),
        ([('from: "data.rows"', 'from: "data"')], "list_pots", {}, "応答の data（pots）が並びではありません"),
        (
            [("kept.tokens[actor]", "kept.tokens[session]")],
            "list_pots",
            {},
            "「{kept.tokens[session]}」に入れる値",
        ),
        ([('pages: "pages"', 'pages: "page"')], "list_pots", {}, "応答の page がページの総数ではありません"),
        ([("E404:", "E405:")], "price_pot", {"pot_id": "P9", "year": 2026}, "符号「E404」が refusals の codes に"),
        ([('["4xx"]', "[409]")], "price_pot", {"pot_id": "P9", "year": 2026}, "refusals にない応答です（HTTP 404"),
    ],
)
def test_what_cannot_be_translated_is_a_fault_of_the_driver(
    mini: Miniature, shop: Shop, changes: list[tuple[str, str]], operation: str, given: dict[str, Any], message: str
) -> None:
    honest = opened(mini, shop)
    plant(honest)
    driver = system(mini, shop.url, edited(*changes)).connect()
    driver._sessions = honest._sessions
    reply = call(driver, operation, **given)
    assert reply["fault"]["kind"] == "driver"
    assert message in reply["fault"]["message"]


def test_a_code_that_the_product_lacks_is_unsupported(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop, edited(("large: 2", "large: null")))
    assert plant(driver, size="large") == {"unsupported": {"operation": "plant_pot"}}
    assert "result" in plant(driver, size="small")


def test_an_input_without_a_place_is_never_lost_silently(mini: Miniature, shop: Shop) -> None:
    mini.edit(
        mini.glossary, '"size", "label", { word: "planted_on", default: "as_of" }', '"size", "label", "planted_on?"'
    )
    driver = opened(mini, shop, edited((', planted_on: "pot.day"', "")))
    assert "入力「planted_on」の写し先が mapping.yaml にありません" in plant(driver)["fault"]["message"]
    assert "result" in call(driver, "plant_pot", size="large", label="甲")


@pytest.mark.parametrize(
    ("instead", "reply"),
    [
        ((500, "壊れました", 0), {"kind": "product", "message": "HTTP 500: 壊れました"}),
        ((200, "<html>", 0), {"kind": "driver", "message": "の応答が JSON ではありません: <html>"}),
        ((302, "", 0), {"kind": "driver", "message": "refusals にない応答です（HTTP 302"}),
    ],
)
def test_a_reply_that_is_no_answer_is_told_apart(
    mini: Miniature, shop: Shop, instead: tuple[int, str, float], reply: dict[str, str]
) -> None:
    driver = opened(mini, shop)
    plant(driver)
    shop.instead["price"] = instead
    fault = call(driver, "price_pot", pot_id="P/1", year=2026)["fault"]
    assert fault["kind"] == reply["kind"]
    assert reply["message"] in fault["message"]


def test_a_reply_after_its_deadline_and_a_product_that_is_gone_are_told(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop)
    shop.instead["price"] = (200, "{}", 0.6)
    with pytest.raises(DeadlinePassed, match="期限内の応答がありません"):
        call(driver, "price_pot", deadline=0.2, pot_id="P1", year=2026)
    unpublished = edited(('  openapi: "/openapi.json"\n', ""))
    with pytest.raises(ConnectionLost, match="につながりません"):
        system(mini, "http://127.0.0.1:9", unpublished).connect().exchange("hello", {}, 5)


def test_opening_that_fails_names_the_request(mini: Miniature, shop: Shop) -> None:
    shop.instead["gardens"] = (409, "満杯", 0)
    with pytest.raises(DriverBroke, match="POST /gardens が HTTP 409 を返しました: 満杯"):
        opened(mini, shop)
    shop.instead["gardens"] = (201, "{}", 0)
    with pytest.raises(DriverBroke, match=r"POST /gardens の応答に「garden\.number」がありません"):
        opened(mini, shop)


def test_a_next_link_to_somebody_else_is_not_followed(mini: Miniature, shop: Shop) -> None:
    driver = opened(mini, shop, edited(('page: "page", pages: "pages"', 'next: "next"')))
    row = {"number": "P/1", "name": "甲", "kind": "S"}
    for link, message in (
        ("http://elsewhere.invalid/api/pots", "の外を指しています"),
        ("?page=1", "ページが終わりません"),
    ):
        shop.instead["pots"] = (200, json.dumps({"data": {"rows": [row]}, "next": link}), 0)
        assert message in call(driver, "list_pots")["fault"]["message"]


@pytest.mark.parametrize(("instead", "fault"), [((200, "<", 0.0), "driver"), ((200, "{}", 0.6), "environment")])
def test_what_the_wire_spoils_is_never_satisfied(
    mini: Miniature, shop: Shop, instead: tuple[int, str, float], fault: str
) -> None:
    product = system(mini, shop.url)
    shop.instead["price"] = instead
    view = run(mini, product, sessions=1)
    assert statuses(view)[FEES] == "inconclusive"
    assert {one[1] for one in verdicts(view, FEES)} == {fault}


def test_a_product_that_is_upgraded_in_the_middle_ends_the_run(mini: Miniature, shop: Shop) -> None:
    product = system(mini, shop.url)
    made = len(shop.gardens)

    class Upgraded(dict[str, Any]):
        def __contains__(self, key: object) -> bool:
            shop.major = 2 if len(shop.gardens) > made + 4 else 1
            return False

    shop.instead = Upgraded()
    with pytest.raises((RunStopped, IdentityChanged), match="名乗り"):
        run(mini, product, sessions=1)
    assert events(folder(mini))[-1]["event"] == "run_stopped"


# mapping.yaml -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told", "hint"),
    [
        ("  plant_pot:", "  plant_pots:", "用語集に操作「plant_pots」はありません", "「plant_pot」のことですか"),
        ('size: "pot.kind"', 'sise: "pot.kind"', "操作「鉢の登録」に入力「sise」はありません", "「size」のことですか"),
        ('size: "pot.kind", ', "", "操作「鉢の登録」の入力「size」の写し先がありません", "omit"),
        ('fee: "data.yen"', 'fees: "data.yen"', "操作「料金の計算」に結果「fees」はありません", "「fee」のことですか"),
        ('pot_id: "number", label', "label", "「鉢の一覧」に項目「pot_id」の取り出し先がありません", "応答での場所"),
        ("size: { small", "sizes: { small", "用語集に区分「sizes」はありません", "「size」のことですか"),
        ('{ small: "S", large: 2 }', '{ smal: "S", large: 2, small: "s" }', "値「smal」はありません", "「small」のことですか"),
        ('small: "S", ', "", "区分「大きさ」の値「small」の写し先がありません", "null と書きます"),
        ('"S", large: 2', '2, large: 2', "「small」と「large」が同じ製品の値に写ります", "別の値"),
        ('"not_found"', '"not_fund"', "用語集に理由「not_fund」はありません", "「not_found」のことですか"),
        ("/pots/{pot_id}/price", "/pots/{pot_number}/price", "差し込む値「pot_number」はありません", "「pot_id」のことですか"),
        ("DELETE /gardens/{kept.garden}", "DELETE /gardens/{kept..garden}", "「{kept..garden}」は書き方に合いません", "{kept.名前}"),
        ('"data.litres", format: "text"', '"data.litres", format: "YYYY"', "書き方「YYYY」は型 count の項目「water」に使えません", "formats"),
        ('paging: { page: "page", pages: "pages" }', 'result: {}', "項目「result」が重複しています", "一方"),
        ('result: { fee: "data.yen" }', 'result: { fee: "data.yen" }\n    paging: { page: "p" }', "どの一覧をつなぐ", "一覧が一つ"),
        ('date: "YYYY/MM/DD"', 'date: "YYYY/EE/MM/DD"', "書き方「YYYY/EE/MM/DD」は型 date", "formats"),
        ("parallel_sessions: 2", 'parallel_sessions: "2"', "「parallel_sessions」の型が違います", "mapping.json"),
        ('"GET /pots/', '"FETCH /pots/', "「request」の値", "mapping.json"),
        ('isolation: "tenant"', 'isolation: "tenants"', "「tenant」のことですか", "mapping.json"),
        ("refusals:\n", "refusal:\n", "知らない項目「refusal」があります。「refusals」のことですか", "mapping.json"),
        ('openapi: "/openapi.json"', 'openapi: "none.json"', "「none.json」を読めません（FileNotFoundError）", "場所と中身"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_the_glossary_is_told_with_its_line(
    mini: Miniature, old: str, new: str, told: str, hint: str
) -> None:
    text = edited((old, new))
    found = [one for one in problems(mini, text) if told in one.message]
    assert len(found) == 1, problems(mini, text)
    assert hint in found[0].hint
    assert found[0].at.path.endswith("mapping.yaml")
    assert (found[0].at.line > 1) == (not new.startswith("refusal"))  # which is wrong with the whole file


def test_all_problems_of_a_mapping_are_told_at_once_and_end_with_code_3(
    mini: Miniature, capsys: pytest.CaptureFixture[str]
) -> None:
    mini.write(f"{SYSTEM}/sut.yaml", 'sut:\n  driver: "mapping"\n  settings: { url: "http://127.0.0.1:9" }\n')
    mini.write(PLACE, edited(("  plant_pot:", "  plant_pots:"), ('fee: "data', 'fees: "data'), ("not_found", "gone")))
    assert main(["doctor", "--spec", str(mini.root)]) == 3
    told = capsys.readouterr().err
    assert "4 件の誤りがあります。" in told, told
    (mini.root / PLACE).unlink()
    assert main(["run", "--spec", str(mini.root)]) == 3
    assert "mapping.yaml）がありません" in capsys.readouterr().err


def test_secrets_of_templates_come_from_the_environment(
    mini: Miniature, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = edited(("Token {kept.tokens[actor]}", "Token {env.POT_SHOP_TOKEN}"))
    monkeypatch.delenv("POT_SHOP_TOKEN", raising=False)
    assert "環境変数 POT_SHOP_TOKEN がありません。" in problems(mini, text)[0].message
    monkeypatch.setenv("POT_SHOP_TOKEN", "t-visitor")
    assert "refused" in plant(opened(mini, shop, text))


# OpenAPI ----------------------------------------------------------------------------------------------------


def without(*path: str) -> dict[str, Any]:
    document = copy.deepcopy(OPENAPI)
    part: Any = document
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return document


@pytest.mark.parametrize(
    ("changes", "document", "told", "hint"),
    [
        ([], without("paths", "/pots/{potNumber}/price"), "道筋 /pots/{}/price が OpenAPI 文書にありません", "「/pots/{}/water」"),
        ([], without("paths", "/pots", "post"), "/pots に POST がありません", "あるのは GET です"),
        ([], without("paths", "/gardens/{number}"), "「DELETE /gardens/{}」の道筋", "「/gardens」"),
        ([('year: "nendo"', 'year: "nendou"')], OPENAPI, "クエリーに必須の「nendo」を写していません", "inputs か query"),
        ([('year: "nendo"', 'year: "nendou"')], OPENAPI, "「nendou」は OpenAPI 文書にありません", "「nendo」のことですか"),
        ([("X-Garden", "X-Graden")], OPENAPI, "「list_pots」のヘッダーに必須の「X-Garden」を写していません", "headers"),
        ([('body: { channel: "test" }', "body: {}")], OPENAPI, "本文に必須の「channel」を写していません", "inputs か body"),
        ([("channel:", "chanel:")], OPENAPI, "本文「chanel」は OpenAPI 文書にありません", "「channel」のことですか"),
        ([], {"swagger": "none"}, "paths がありません", "openapi の場所"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("published", [True, False])
def test_a_mapping_is_held_against_the_document_of_the_product(
    mini: Miniature,
    shop: Shop,
    changes: list[tuple[str, str]],
    document: dict[str, Any],
    told: str,
    hint: str,
    published: bool,
) -> None:
    shop.openapi = document
    mini.write(f"{SYSTEM}/openapi.json", json.dumps(document))
    place = [] if published else [('"/openapi.json"', '"openapi.json"')]
    with pytest.raises(ConfigurationError) as caught:
        system(mini, shop.url, edited(*changes, *place))
    found = [one for one in caught.value.problems if told in one.message]
    assert len(found) == 1, caught.value.problems
    assert hint in found[0].hint
    assert found[0].at.line > 1


def test_a_document_in_yaml_beside_the_mapping_is_read_as_well(mini: Miniature, shop: Shop) -> None:
    import yaml

    mini.write(f"{SYSTEM}/openapi.yaml", yaml.safe_dump(OPENAPI))
    assert system(mini, shop.url, edited(('"/openapi.json"', '"openapi.yaml"')))
    mini.write(f"{SYSTEM}/openapi.yaml", "paths: {}")
    assert len(problems(mini, edited(('"/openapi.json"', '"openapi.yaml"')))) == 9

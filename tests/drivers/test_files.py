"""A product that knows only files, driven by files.yaml and layouts, and all that can be wrong with either."""

# ruff: noqa: E501 - a case a line reads best

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import yaml
from miniature import FEES, PROFILE, SLUG, SYSTEM, HonestPots, InProcess, Miniature
from pot_batch import FILES, LAYOUTS, WATCHED
from runs import run, statuses, verdicts

from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_profile
from kijun.catalog.files_reader import read_files
from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_reader import read_yaml
from kijun.cli.main import main
from kijun.drivers import csv_text, reach
from kijun.drivers.files import FilesDriver, FilesSystem
from kijun.engine.lint import lint
from kijun.engine.run import Run
from kijun.engine.scheduler import Scheduler
from kijun.engine.setup import Request, assign
from kijun.engine.suite import Suite
from kijun.model.api_mapping import Unsayable
from kijun.model.errors import ConfigurationError, ConnectionLost, DeadlinePassed, DriverBroke, Problem
from kijun.model.layout import seen_length
from kijun.model.profile import FileForm
from kijun.model.statement import SystemUnderTest
from kijun.reporting.run_view import RunView

EXAMPLE = shipped_root() / "examples" / "file-batch"
PLACE = f"{SYSTEM}/files.yaml"
LAYOUT = f"requirements/layouts/{SLUG}.yaml"
Connect = Callable[..., FilesDriver]


def edited(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text, f"{old!r} is not there"
        text = text.replace(old, new)
    return text


def system(mini: Miniature, files: str = WATCHED, **settings: Any) -> FilesSystem:
    if not (mini.root / LAYOUT).exists():
        mini.write(LAYOUT, LAYOUTS)
    path = mini.write(PLACE, files)
    mapping = read_files(path.parent, Catalog.load(mini.root))
    made = reach(SystemUnderTest(path.parent, "files", settings=settings, mapping=mapping))
    assert isinstance(made, FilesSystem)
    return made


@pytest.fixture
def connect(mini: Miniature) -> Iterator[Connect]:
    """Opens a session `s` over one connection; everything that was started ends with the test."""
    systems: list[FilesSystem] = []

    def opened(files: str = WATCHED, form: FileForm | None = None, **settings: Any) -> FilesDriver:
        systems.append(system(mini, files, **settings))
        driver = systems[-1].connect()
        profile = {"files": {"encoding": form.encoding, "newline": form.newline}} if form else {}
        driver.exchange("open", {"session": "s", "profile": profile, "as_of": "2026-06-01"}, 10)
        return driver

    yield opened
    for one in systems:
        one.shut()


def call(driver: FilesDriver, operation: str, actor: str = "gardener", deadline: float = 10, **given: Any) -> Any:
    params = {"session": "s", "operation": operation, "input": given, "actor": actor, "as_of": "2026-06-01"}
    return driver.exchange("call", params, deadline)


def plant(driver: FilesDriver, label: str = "甲", size: str = "large", **given: Any) -> Any:
    return call(driver, "plant_pot", size=size, label=label, planted_on="2026-06-01", **given)


def work(driver: FilesDriver) -> Path:
    return driver._work


# translation ------------------------------------------------------------------------------------------------

FORMS = [
    FileForm(encoding, newline)
    for encoding in ("utf-8", "utf-8-bom", "utf-16", "cp932")
    for newline in ("crlf", "lf")
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS, ids=lambda one: f"{one.encoding}-{one.newline}")
def test_words_codes_dates_and_amounts_go_over_and_come_home_in_every_encoding(
    connect: Connect, form: FileForm
) -> None:
    driver = connect(form=form)
    name = '架空　髙橋 "甲",\r\n乙\n丙'
    assert plant(driver, name) == {"result": {"pot_id": "P1", "tag": {"label": name, "size": "large", "fee": None}}}
    sent = next(work(driver).glob("*/plant_pot.csv")).read_bytes()
    python, newline = csv_text._CODECS[form.encoding], csv_text.NEWLINES[form.newline]
    quoted = name.replace('"', '""')
    rows = ['"通番","大きさ","名札","植えた日"', f'"2","L","{quoted}","20260601"']
    assert sent.decode(python) == newline.join([*rows, ""])
    assert call(driver, "price_pot", pot_id="P1", year=2026) == {"result": {"fee": 1000}}
    assert call(driver, "list_pots") == {"result": {"pots": [{"pot_id": "P1", "label": name, "size": "large"}]}}


@pytest.mark.parametrize("files", [FILES, WATCHED], ids=["command", "watcher"])
def test_refusals_have_their_reason_and_empty_lists_are_lists(connect: Connect, files: str) -> None:
    driver = connect(files)
    assert call(driver, "list_pots") == {"result": {"pots": []}}
    assert call(driver, "price_pot", pot_id="P9", year=2026) == {
        "refused": {"code": "not_found", "message": "ありません。"}
    }
    refused = {"code": "forbidden", "message": "見学者です。"}
    assert call(driver, "plant_pot", "visitor", size="small", label="甲") == {"refused": refused}
    assert call(driver, "kijun_trap_1") == {"unsupported": {"operation": "kijun_trap_1"}}


def test_greeting_and_closing_name_the_product_and_a_closed_session_leaves_no_files(connect: Connect) -> None:
    driver = connect()
    hello = driver.exchange("hello", {}, 10)
    assert hello["operations"] == ["list_pots", "plant_pot", "price_pot", "water_pot"]
    assert hello["identity"] == {"product": "鉢", "vendor": "架空園", "version": "1", "build": "r9"}
    call(driver, "list_pots")
    assert list(work(driver).glob("*/list_pots.csv"))
    assert driver.exchange("close", {"session": "s"}, 10)["identity"] == hello["identity"]
    assert not [one for one in work(driver).iterdir() if one.is_dir()]
    assert driver.exchange("bye", {}, 10) == {"identity": hello["identity"]}
    assert driver.exchange("ics", {}, 10) == {"answers": None}


def test_who_the_product_is_may_stand_in_a_file_beside_the_mapping(mini: Miniature, connect: Connect) -> None:
    start = WATCHED[WATCHED.index("  start: {") : WATCHED.index('  reads: "about.csv"')]
    mini.write(f"{SYSTEM}/about.csv", "製品,version\n鉢,2\n")
    assert connect(edited(WATCHED, (start, ""))).exchange("bye", {}, 10)["identity"]["version"] == "2"


def test_files_stay_where_the_vendor_wants_them(mini: Miniature, connect: Connect) -> None:
    driver = connect(work="files")
    call(driver, "list_pots")
    driver.exchange("close", {"session": "s"}, 10)
    connect(work="files")
    assert list((mini.root / SYSTEM / "files").glob("*/connection-01/*/list_pots_pots.csv"))


def test_one_operation_may_have_a_command_of_its_own(connect: Connect) -> None:
    driver = connect(
        edited(WATCHED, ("  price_pot:\n", '  price_pot: { command: ["{python}", "-c", "print(7); exit(3)"] }\n'))
    )
    plant(driver)
    fault = call(driver, "price_pot", pot_id="P1", year=2026)["fault"]
    assert fault == {"kind": "product", "message": "製品のコマンドが終了コード 3 で終わりました。7"}


def test_a_vendor_may_bring_layouts_of_its_own(mini: Miniature, connect: Connect) -> None:
    mini.write(f"{SYSTEM}/own.yaml", edited(LAYOUTS, ("length: 6", "length: 1"), ('"draft"', '"vendor"')))
    driver = connect(edited(WATCHED, ("files: {", 'files: { layouts: "own.yaml",')))
    assert "「P1」は 2 文字です（1 文字まで）" in plant(driver)["fault"]["message"]
    mini.edit(f"{SYSTEM}/own.yaml", 'carries: "tag"', 'carries: "tags"')
    with pytest.raises(ConfigurationError, match="「tag」のことですか"):
        connect(edited(WATCHED, ("files: {", 'files: { layouts: "own.yaml",')))


def test_a_code_that_the_product_lacks_is_unsupported(connect: Connect) -> None:
    driver = connect(edited(WATCHED, ('large: "L"', "large: null")))
    assert plant(driver, size="large") == {"unsupported": {"operation": "plant_pot"}}
    assert "result" in plant(driver, size="small")


@pytest.mark.parametrize("files", [FILES, WATCHED], ids=["command", "watcher"])
def test_a_whole_run_by_files_comes_to_the_statuses_of_the_driver_in_process(mini: Miniature, files: str) -> None:
    expected = statuses(run(mini, InProcess(HonestPots), "inside"))
    product = system(mini, files)
    if files is FILES:
        mini.edit(PROFILE, '["pot_register"]\n', '["pot_register"]\n  files: { encoding: "cp932", newline: "lf" }\n')
    try:
        view = run(mini, product, every_deadline=10)
    finally:
        product.shut()
    assert statuses(view) == expected
    assert expected[FEES] == "satisfied"


# what cannot be written -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("cp932", "架空　𠮷田", "項目「名札」の文字「𠮷」（U+20BB7）は cp932 で書けません"),
        ("cp932", "架空〜", "項目「名札」の文字「〜」（U+301C）は cp932 で書けません"),
        ("utf-8", "架空\ud842", "（U+D842）は utf-8 で書けません"),
        ("utf-16", "架空\ud842", "（U+D842）は utf-16 で書けません"),
    ],
)
def test_a_character_that_the_encoding_lacks_is_named_and_never_replaced(
    connect: Connect, encoding: str, name: str, told: str
) -> None:
    driver = connect(form=FileForm(encoding, "crlf"))
    fault = plant(driver, name)["fault"]
    assert fault["kind"] == "driver"
    assert told in fault["message"]
    assert not list(work(driver).glob("*/plant_pot.csv*"))


def test_a_character_that_would_come_back_as_another_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(Unsayable, match=r"U\+00A5"):
        csv_text.write(tmp_path / "a.csv", ["値"], [["\xa5"]], "cp932", "lf")


def test_an_input_without_an_item_is_never_lost_silently(mini: Miniature, connect: Connect) -> None:
    mini.edit(mini.glossary, '"size", "label", {', '"size", "label", "water?", {')
    driver = connect()
    assert "入力「water」の項目がレイアウトにありません" in plant(driver, water=3)["fault"]["message"]
    assert "result" in plant(driver)


def test_what_the_layout_forbids_is_written_for_the_product_to_refuse(connect: Connect) -> None:
    driver = connect()
    refused = call(driver, "price_pot", pot_id="P/12345678", year=None)
    assert refused == {"refused": {"code": "not_found", "message": "ありません。"}}


# what cannot be read ----------------------------------------------------------------------------------------

RESULT, POTS = "plant_pot_result.csv", "list_pots_pots.csv"


@pytest.mark.parametrize(
    ("trick", "told"),
    [
        (f"encode|{RESULT}|cp932", f"{RESULT} 1 行目に utf-8 ではないところがあります"),
        (f"encode|{RESULT}|utf-8-sig", f"{RESULT} の先頭に BOM があります（期待は BOM のない utf-8）"),
        (f"encode|{RESULT}|utf-16", f"{RESULT} の先頭に BOM があります"),
        (f"remove|{RESULT}", f"{RESULT} を読めません（No such file or directory）"),
        ("remove|plant_pot_tag.csv", "plant_pot_tag.csv を読めません"),
        (f"replace|{RESULT}|\r\n|\n", f"{RESULT} 1 行目の改行が違います（期待は CRLF）"),
        (f"replace|{RESULT}|OK,|OK,,", f"{RESULT} 2 行目の項目が 6 個です（期待は 5 個）"),
        (f"replace|{RESULT}|,P1|", f"{RESULT} 2 行目の項目が 4 個です（期待は 5 個）"),
        (f"replace|{RESULT}|鉢の番号|鉢番号", f"{RESULT} 1 行目: 知らない見出し「鉢番号」、見出し「鉢の番号」がない"),
        (f"replace|{RESULT}|理由,説明|説明,理由", "見出しの順か数が違う（期待は 通番、結果、理由、説明、鉢の番号）"),
        (f"replace|{RESULT}|,P1|,", f"{RESULT} 2 行目の項目「鉢の番号」: 空です（必須の項目です）"),
        (f"replace|{RESULT}|,P1|,P-1", "項目「鉢の番号」: 「P-1」に半角英数字でない文字があります"),
        (f"replace|{RESULT}|,P1|,P123456", "項目「鉢の番号」: 「P123456」は 7 文字です（6 文字まで）"),
        (f"replace|{RESULT}|OK|YES", f"{RESULT} 2 行目の結果が「YES」です（期待は OK、NG、ERR のどれか）"),
        (f"replace|{RESULT}|OK,|NG,E999", "拒否の理由「E999」が files.yaml の reasons にありません"),
        (f"replace|{RESULT}|OK,|NG,", "拒否の理由「」が files.yaml の reasons にありません"),
        (f"replace|{RESULT}|2,OK|3,OK", "2 行目の項目「通番」が「3」です（期待は「2」）"),
        (f"replace|{RESULT}|2,OK,,,P1\r\n|", f"{RESULT} の結果が 0 行です（期待は 1 行）"),
        (f"replace|{RESULT}|,P1|,\"P1", f"{RESULT} 2 行目が CSV ではありません"),
        (f"replace|{RESULT}|P1\r\n|P1\r\n\r\n", f"{RESULT} 3 行目の項目が 0 個です"),
        ("replace|plant_pot_tag.csv|L,*|X,*", "plant_pot_tag.csv 2 行目の項目「大きさ」: 製品の値 \"X\" の写し元がありません"),
        ("replace|plant_pot_tag.csv|L,*|L,1.5", "項目「料金（円）」: 製品の値「1.5」は整数ではありません"),
        ("replace|plant_pot_tag.csv|2,甲,L,*\r\n|", "plant_pot_tag.csv の帳票が 0 行です（期待は 1 行）"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_laid_out_is_told_with_file_line_and_item(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, trick: str, told: str
) -> None:
    monkeypatch.setenv("POT_TRICK", trick)
    fault = plant(connect())["fault"]
    assert fault["kind"] == "driver"
    assert fault["message"].startswith("操作「plant_pot」: ")
    assert told in fault["message"]


@pytest.mark.parametrize(
    ("form", "raw", "told"),
    [
        (FileForm("utf-8-bom", "lf"), "値\n".encode(), "の先頭に BOM がありません（期待は utf-8-bom）"),
        (FileForm("utf-16", "lf"), "値\n".encode("utf-16-le"), "の先頭に BOM がありません（期待は utf-16）"),
        (FileForm("cp932", "lf"), "値\n".encode("cp932") + b"\x81", "2 行目に cp932 ではないところがあります"),
        (FileForm("utf-8", "lf"), "値\n\"a\nb\"\r\nc\n".encode(), "3 行目の改行が違います（期待は LF）"),
        (FileForm("utf-8", "crlf"), "値\r\nc\rd\r\n".encode(), "2 行目の改行が違います（期待は CRLF）"),
        (FileForm("utf-8", "lf"), b"", "が空です。見出しの行が要ります"),
    ],
)  # fmt: skip
def test_encoding_and_newlines_are_those_that_were_agreed(
    tmp_path: Path, form: FileForm, raw: bytes, told: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    with pytest.raises(Unsayable) as caught:
        csv_text.read(path, ["値"], form.encoding, form.newline)
    assert told in str(caught.value)


def test_a_variation_selector_is_no_character_of_its_own() -> None:
    assert seen_length("辻\U000e0100") == 1
    assert seen_length("辻辻") == 2


def test_a_product_that_says_it_failed_is_faulty(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POT_TRICK", f"replace|{RESULT}|OK,,|ERR,,満杯です。")
    assert plant(connect())["fault"] == {"kind": "product", "message": "製品が「ERR」と答えました。満杯です。"}


# programs that do not come to their end ---------------------------------------------------------------------


def is_gone(pid: int) -> bool:
    for _ in range(200):
        with suppress(FileNotFoundError, ProcessLookupError):
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                time.sleep(0.01)
                continue
        return True
    return False


@pytest.mark.parametrize("files", [FILES, WATCHED], ids=["command", "watcher"])
def test_a_command_that_hangs_is_ended_with_its_children(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, files: str
) -> None:
    monkeypatch.setenv("POT_TRICK", "hang|price_pot")
    driver = connect(files)
    plant(driver)
    with pytest.raises(DeadlinePassed, match=r"期限内に price_pot\.end がありません（製品のコマンドは動いています）"):
        call(driver, "price_pot", deadline=1, pot_id="P1", year=2026)
    assert is_gone(int((work(driver) / "child.pid").read_text()))
    driver.reconnect()
    assert driver.exchange("hello", {}, 10)["identity"]["product"] == "鉢"


def test_an_end_that_is_never_written_is_told_as_such(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POT_TRICK", "endless|list_pots")
    driver = connect(FILES)
    with pytest.raises(DeadlinePassed, match=r"期限内に list_pots\.end がありません（製品のコマンドは終わっています）"):
        call(driver, "list_pots", deadline=0.5)


def test_a_command_that_crashes_midway_is_the_products_fault(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POT_TRICK", "crash|list_pots")
    fault = call(connect(FILES), "list_pots")["fault"]
    assert fault == {"kind": "product", "message": "製品のコマンドが終了コード 7 で終わりました。disk full"}


def test_a_watcher_that_crashes_is_a_lost_connection_and_can_be_started_again(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POT_TRICK", "crash|list_pots")
    driver = connect()
    with pytest.raises(ConnectionLost, match="製品の見張り役が終了コード 7 で終わりました。disk full"):
        call(driver, "list_pots")
    assert driver.stderr_tail() == "disk full"
    monkeypatch.setenv("POT_TRICK", "")
    driver.reconnect()
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 10)
    assert call(driver, "list_pots") == {"result": {"pots": []}}


def test_an_end_of_before_is_not_taken_for_that_of_now(connect: Connect) -> None:
    driver = connect(edited(FILES, ('end: "{operation}.end"', 'end: "{work}/{operation}.end"')))
    call(driver, "list_pots")
    assert "が始める前からあります" in call(driver, "list_pots")["fault"]["message"]


@pytest.mark.parametrize(
    ("old", "new", "error", "told"),
    [
        ('"open", "out', '"opens", "out', DriverBroke, "open: files.yaml のとおりに運びません。製品のコマンドが終了コード 1"),
        ('garden: "garden"', 'garden: "yard"', DriverBroke, "opened.csv に見出し「yard」がありません"),
        ('"{python}", ', '"no-such-program", ', ConnectionLost, "「no-such-program .*を起動できません"),
    ],
)  # fmt: skip
def test_opening_that_fails_says_why(connect: Connect, old: str, new: str, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        connect(edited(FILES, (old, new)))


def test_a_missing_environment_variable_is_told_before_anything_runs(mini: Miniature) -> None:
    with pytest.raises(ConfigurationError, match="環境変数 POT_SECRET がありません"):
        system(mini, edited(WATCHED, ('"watch", ', '"watch", "key={env.POT_SECRET}", ')))


def test_what_a_file_spoils_is_never_satisfied(mini: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POT_TRICK", "replace|price_pot_result.csv|料金（円）|料金")
    product = system(mini)
    try:
        view = run(mini, product, sessions=1, every_deadline=10)
    finally:
        product.shut()
    assert statuses(view)[FEES] == "inconclusive"
    assert {one[1] for one in verdicts(view, FEES)} == {"driver"}


# the reference system ---------------------------------------------------------------------------------------

LEVY = ("initial_assessment", "late_assessment", "due_date.", "totals.")
COLLECTION = ("tax_certificate", "arrears_transmission", "collection_handover")
INCOME = ("collect_year", "dossier_consolidation", "income_certificates")


@pytest.fixture(scope="module")
def shipped() -> Suite:
    return Suite.load(shipped_root())


def judged(
    suite: Suite, profile: Path | None, vendor: Path, out: Path, select: Sequence[str] = (*LEVY, *COLLECTION)
) -> RunView:
    """One run of levy and collection, or of what is selected, in two sessions."""
    asked = Request(suite.catalog.root, profile, vendor, seed="seed", select=select)
    assignment, sut = assign(suite, asked)
    product = reach(sut)
    try:
        with Run(assignment, product, out) as opened:
            Scheduler(opened, 2).go()
            opened.finish()
    finally:
        product.shut()
    return RunView.read(out)


def test_levy_and_collection_by_batch_come_to_the_statuses_of_the_run_in_process(
    shipped: Suite, tmp_path: Path
) -> None:
    profile = (shipped_root() / PROFILE).read_text(encoding="utf-8")
    told = tmp_path / "cp932.yaml"
    told.write_text(profile.rstrip() + '\n  files: { encoding: "cp932", newline: "crlf" }\n', encoding="utf-8")
    for name in ("files", "inside"):
        (tmp_path / name).mkdir()
    by_files = judged(shipped, told, EXAMPLE, tmp_path / "files")
    inside = judged(shipped, None, shipped_root() / "requirements" / "systems" / "reference", tmp_path / "inside")
    cases = {one: case.verdict.value for one, case in by_files.report.facts.cases.items()}
    assert cases == {one: case.verdict.value for one, case in inside.report.facts.cases.items()}
    assert set(cases.values()) == {"pass"}
    features = {one.split("::")[0].rsplit("/", 1)[-1] for one in cases}
    assert len(cases) >= 20
    assert any(name.startswith(COLLECTION) for name in features)
    reached = {one.requirement.id for one in by_files.report.outcomes if one.cases}
    assert {one: status for one, status in statuses(by_files).items() if one in reached} == {
        one: status for one, status in statuses(inside).items() if one in reached
    }


def test_the_inhabitant_tax_by_batch_passes_from_the_dossiers_to_the_certificate(
    shipped: Suite, tmp_path: Path
) -> None:
    profile = shipped_root() / "requirements" / "profiles" / "sample_city_inhabitant_tax.yaml"
    run = judged(shipped, profile, EXAMPLE, tmp_path, select=INCOME)
    verdicts = [case.verdict.value for case in run.report.facts.cases.values()]
    assert len(verdicts) >= 40
    assert set(verdicts) == {"pass"}


def command_by_command(text: str) -> str:
    """The example without its watcher: what it writes for the watcher is given to the command itself."""
    told = yaml.safe_load(text)
    command = told.pop("watcher")[:-2]
    for job in (told["identity"], *told["open"], *told["close"], told["call"]):
        job["command"] = [*command, *job.pop("start")["lines"]]
    return json.dumps(told, ensure_ascii=False)


def test_the_batch_command_answers_a_call_at_a_time_as_well(tmp_path: Path) -> None:
    text = (EXAMPLE / "files.yaml").read_text(encoding="utf-8")
    shorter = text[: text.index("operations:")] + "operations:\n  register_taxpayer: {}\n  assess_year: {}\n"
    (tmp_path / "files.yaml").write_text(command_by_command(shorter), encoding="utf-8")
    mapping = read_files(tmp_path, Catalog.load(shipped_root()))
    product = FilesSystem(SystemUnderTest(tmp_path, "files", mapping=mapping))
    try:
        driver = product.connect()
        profile = {"municipality_code": "992011", "municipality_class": "general_city"}
        driver.exchange("open", {"session": "s", "profile": profile, "as_of": "2026-06-01"}, 30)
        person = {"name": '架空　髙橋\n"甲"', "address": "架空県見本市見本町1番地"}
        assert call(driver, "register_taxpayer", "assessor", 30, **person)["result"]["taxpayer_id"]
        refused = call(driver, "register_taxpayer", "inquirer", 30, **person)["refused"]
        assert refused == {"code": "forbidden", "message": "この利用者には、この処理の権限がありません。"}
        none = {"assessed_count": 0, "total_tax": 0, "stopped_vehicles": []}
        assert call(driver, "assess_year", "assessor", 30, fiscal_year=2026) == {"result": none}
        closed = driver.exchange("close", {"session": "s"}, 30)
        assert closed["identity"]["product"] == "kijun 参照システム"
    finally:
        product.shut()


def test_the_example_reaches_every_operation_of_every_business_that_has_layouts() -> None:
    catalog = Catalog.load(shipped_root())
    glossaries = [
        read_yaml(path).data for path in sorted((shipped_root() / "requirements" / "glossary").glob("*.yaml"))
    ]
    businesses = {"common", *(path.stem for path in (shipped_root() / "requirements" / "layouts").glob("*.yaml"))}
    expected = {
        one["key"]
        for glossary in glossaries
        for one in glossary["operations"]
        if glossary["glossary"]["business"] in businesses and not one.get("prohibited")
    }
    assert set(read_files(EXAMPLE, catalog).operations) == expected
    assert "register_vehicle" in expected


# files.yaml and layouts -------------------------------------------------------------------------------------


def problems(mini: Miniature, files: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigurationError) as caught:
        system(mini, files)
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "told", "hint"),
    [
        ("  price_pot:\n", "  price_pots:\n", "レイアウトのある操作「price_pots」はありません", "「price_pot」のことですか"),
        ("  price_pot:\n", "  smash_pot:\n", "レイアウトのある操作「smash_pot」はありません", "のことですか"),
        ('E404: "not_found"', 'E404: "not_fund"', "用語集に理由「not_fund」はありません", "「not_found」のことですか"),
        ("garden={kept.garden}", "garden={keep.garden}", "差し込む値「keep」はありません", "「kept」のことですか"),
        ('part: "{operation}_{part}', 'part: "{operation}_{in}', "差し込む値「in」はありません", "使えるのは"),
        ('input: "{operation}', 'input: "{end}', "差し込む値「end」はありません", "「env」のことですか"),
        ("size: { small", "sise: { small", "用語集に区分「sise」はありません", "「size」のことですか"),
        ('small: "S", ', "", "区分「大きさ」の値「small」の写し先がありません", "null と書きます"),
        ('reasons: {', 'formats: { date: "YYYY/EE" }\nreasons: {', "「date」の値", "files.json"),
        ('reasons: {', 'formats: { date: "YYYY/EE/MM/DD" }\nreasons: {', "書き方「YYYY/EE/MM/DD」は型 dateに使えません", "formats"),
        ("parallel_sessions: 2", 'parallel_sessions: "2"', "「parallel_sessions」の型が違います", "files.json"),
        ('  end: "a.end"\n', "", "「start」があるときは「end」も要ります", "files.json"),
        ('  start: { file: "c.go"', '  command: ["x"]\n  start: { file: "c.go"', "は書けません", "files.json"),
        ("files: {", 'files: { layouts: "none.yaml",', "ファイルを読めません", "場所と権限"),
    ],
)  # fmt: skip
def test_a_mapping_that_does_not_fit_is_told_with_its_line(
    mini: Miniature, old: str, new: str, told: str, hint: str
) -> None:
    found = [one for one in problems(mini, edited(WATCHED, (old, new))) if told in one.message]
    assert found, problems(mini, edited(WATCHED, (old, new)))
    assert hint in found[0].hint


def test_start_needs_somebody_who_watches(mini: Miniature) -> None:
    lines = [line for line in WATCHED.splitlines() if not line.startswith("watcher:")]
    found = problems(mini, "\n".join(lines) + "\n")
    assert {one.message for one in found} == {"start の見張り役（watcher）がありません。"}
    assert len({one.at.line for one in found}) == 3


def test_all_problems_are_told_at_once_and_end_with_code_3(mini: Miniature, capsys: pytest.CaptureFixture[str]) -> None:
    mini.write(LAYOUT, LAYOUTS)
    mini.write(f"{SYSTEM}/sut.yaml", 'sut:\n  driver: "files"\n')
    assert main(["run", "--spec", str(mini.root)]) == 3
    assert "files.yaml）がありません" in capsys.readouterr().err
    mini.write(PLACE, edited(WATCHED, ("  price_pot:\n", "  price_pots:\n"), ('"not_found"', '"not_fund"')))
    assert main(["run", "--spec", str(mini.root)]) == 3
    told = capsys.readouterr().err
    assert all(one in told for one in ("price_pots", "not_fund", "2 件の誤り"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('items: ["@number", "size", "label", "planted_on"]', 'items: ["@number", "sise", "label", "planted_on"]', "入れられる項目「sise」はありません。 → 「size」のことですか"),
        ('"pot_id", "label", "size"] }', '"pot_id", "label", "size", "water"] }', "レイアウト「鉢の一覧」に入れられる項目「water」はありません"),
        ('"@message?", "pot_id"]', '"@message?", "tag", "pot_id"]', "レイアウト「登録結果」に入れられる項目「tag」はありません"),
        ('"size", "label", "planted_on"]', '"size", "label"]', "レイアウト「鉢の登録」に項目「planted_on」がありません"),
        ('["@number", "@outcome", "@reason?", "@message?", "water"]', '["@number", "@outcome", "water"]', "レイアウト「水やり結果」に項目「@reason」がありません"),
        ('["@number", "pot_id", "water"]', '["@number", "pot_id", "water", "water?"]', "レイアウト「水やり」に「water」が二度あります"),
        ('fee: { name: "料金（円）" }', 'fee: { name: "説明" }', "レイアウト「計算結果」に「説明」が二度あります"),
        ('operation: "water_pot", carries: "input"', 'operation: "water_pots", carries: "input"', "用語集に操作「water_pots」はありません。 → 「water_pot」のことですか"),
        ('carries: "pots"', 'carries: "pot"', "操作「鉢の照会」に「pot」はありません。 → 「pots」のことですか"),
        ('id: "watered"', 'id: "water"', "レイアウト「water」が重複しています"),
        ('carries: "tag"', 'carries: "result"', "操作「plant_pot」のレイアウト「tag」がありません"),
        ("    fee: {", "    fees: {", "用語集に項目「fees」はありません。 → 「fee」のことですか"),
        ('yen: "grouped"', 'yen: "grouping"', "書き方「grouping」は型 yenに使えません"),
        ('business: "pot_register"', 'business: "pots"', "の業務「pots」の要件表がないか、ファイルの名前と違います"),
        ('status: "draft"', 'status: "official"', "「status」の値「official」は使えません"),
    ],
)  # fmt: skip
def test_lint_holds_layouts_against_the_glossary(mini: Miniature, old: str, new: str, told: str) -> None:
    mini.write(LAYOUT, LAYOUTS)
    assert lint(mini.root) == []
    mini.write(LAYOUT, edited(LAYOUTS, (old, new)))
    assert told in "\n".join(map(str, lint(mini.root)))


def test_how_files_are_written_is_the_buyers_choice_and_told_only_when_made(mini: Miniature) -> None:
    catalog = Catalog.load(mini.root)
    assert "files" not in read_profile(mini.root / PROFILE, catalog).as_record()
    mini.edit(PROFILE, '["pot_register"]\n', '["pot_register"]\n  files: { encoding: "utf-16" }\n')
    told = read_profile(mini.root / PROFILE, catalog).as_record()["files"]
    assert told == {"encoding": "utf-16", "newline": "crlf"}
    mini.edit(PROFILE, "utf-16", "euc-jp")
    with pytest.raises(ConfigurationError, match="使えるのは utf-8, utf-8-bom, utf-16, cp932 です"):
        read_profile(mini.root / PROFILE, catalog)

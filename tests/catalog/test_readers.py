"""Tables, glossary, registries, configuration and run folders: every fault with its place and its mend."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from miniature import PROFILE, SYSTEM, Miniature, statement_text

from kijun.catalog import configuration, schemas
from kijun.catalog.catalog import Catalog, read_municipalities
from kijun.catalog.root import ROOMS, shipped_root, spec_root, suite_digest
from kijun.catalog.run_folder import read_events, read_evidence
from kijun.catalog.schemas import Schema, json_path, schema
from kijun.catalog.wire import WireSchemas
from kijun.model.errors import CatalogError, ConfigurationError
from kijun.model.profile import municipality_check_digit
from kijun.model.requirement import MunicipalityClass


def problems(mini: Miniature) -> str:
    return "\n".join(map(str, Catalog.inspect(mini.root)[1]))


HISTORY = '      - { edition: "1", date: "2020-04-01", change: "added" }'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"999-1.1.1-02"', '"999-1.1.1-01"', "要件番号 999-1.1.1-01 が重複しています。"),
        ('"mandatory"', '"mandatry"', "「mandatory」のことですか。"),
        ("general_city:", "general_town:", "知らない項目「general_town」があります。「general_city」のことですか。"),
        ('rationale: "試験のため。"', 'rationel: "試験のため。"', "項目「rationale」がありません。"),
        ('from: "2020-04-01"', 'from: "2026-02-30"', "date として正しくありません"),
        ('from: "2020-04-01"', 'from: "2020-04-01", to: "2019-01-01"', "適用終了日が開始日より前です。"),
        (HISTORY, HISTORY.replace("2020", "2021") + "\n" + HISTORY, "history が日付の順ではありません。"),
        ("operations: []", 'operations: ["paint_pot"]', "操作・帳票「paint_pot」は用語集にありません。"),
        ("operations: []", 'operations: ["plant_pot"]\n    documents: ["no_tag"]', "操作・帳票「no_tag」"),
        ('business: "pot_register"', 'business: "pan_register"', "業務「pan_register」は登録簿にありません。"),
        (
            "requirements:",
            'retired:\n  - { id: "999-1.1.1-01", edition: "0", because: "試験" }\nrequirements:',
            "廃止した要件番号 999-1.1.1-01 を再び使っています。",
        ),
        ('method: "test"', 'method: "not_testable"', "項目「because」がありません。"),
        ("official_ids: []", 'official_ids: ["123"]', "書き方"),
        ('id: "999-1.1.1-03"', "id: 5", "型が違います"),
        ('text: "大きさに応じた料金を計算できること。"', 'text: "短い"', "短すぎます"),
    ],
)
def test_a_fault_of_a_table_is_told(mini: Miniature, old: str, new: str, expected: str) -> None:
    mini.edit(mini.table, old, new)
    text = problems(mini)
    assert expected in text
    assert "pot_register.yaml:" in text
    with pytest.raises(CatalogError):
        Catalog.load(mini.root)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('result: ["fee"]', 'result: ["fees"]', "用語集にないキー「fees」を使っています。"),
        ('operation: "plant_pot"', 'operation: "plant_pan"', "「plant_pan」"),
        ('from: "plant_pot"', 'from: "plant_pan"', "「plant_pan」"),
        ('fields: ["label",', 'fields: ["lable",', "「lable」"),
        ('label: "見学者", key: "visitor"', 'label: "園芸係", key: "visitor"', "「園芸係」が重複しています。"),
        ('type: "code", codes: { "小": "small", "大": "large" }', 'type: "code"', "項目「codes」がありません。"),
        ('kind: "query"', 'kind: "question"', "値「question」は使えません。"),
    ],
)
def test_a_fault_of_the_glossary_is_told(mini: Miniature, old: str, new: str, expected: str) -> None:
    mini.edit(mini.glossary, old, new)
    assert expected in problems(mini)


def test_a_broken_registry_is_told(mini: Miniature) -> None:
    mini.edit("requirements/businesses.yaml", 'world: "closed"', 'world: "flat"')
    assert "「flat」" in problems(mini)


def test_a_registry_row_with_a_number_but_without_its_companions_is_told(mini: Miniature) -> None:
    mini.edit("requirements/businesses.yaml", '    world: "closed"\n', "")
    assert "「id」があるときは「world」も要ります。" in problems(mini)


def test_a_pack_without_a_registry_uses_the_shipped_one(mini: Miniature) -> None:
    (mini.root / "requirements" / "businesses.yaml").unlink()
    catalog, found = Catalog.inspect(mini.root)
    assert "light_vehicle_tax" in catalog.systems
    assert any("pot_register" in str(one) for one in found)


def test_a_catalog_can_be_limited_to_a_business(mini: Miniature) -> None:
    catalog = Catalog.load(mini.root)
    assert catalog.limited_to([]).tables == ()
    assert catalog.table("nothing") is None
    assert len(catalog.limited_to(["pot_register"]).requirements) == 6


STATEMENT, SUT, SEEN = f"{SYSTEM}/statement.yaml", f"{SYSTEM}/sut.yaml", f"{SYSTEM}/attestations/seen.yaml"


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (PROFILE, '"992011"', '"992012"', "検査数字が合いません。 → 先頭5桁が正しければ末尾は 1 です。"),
        (PROFILE, '"992011"', '"990027"', "登録簿にありません"),
        (PROFILE, '"general_city"', '"core_city"', "見本市の団体区分は「一般市」です。 → class を general_city"),
        (PROFILE, '"pot_register"', '"pan_register"', "業務「pan_register」の要件表がありません。"),
        (PROFILE, '"2026-06-01"', '"2026-06-31"', "暦にない日"),
        (STATEMENT, 'pot_register: "1"', 'pot_register: "2"', "宣言書は「2」版、要件表は「1」版です。"),
        (STATEMENT, "999-1.1.1-02", "999-1.1.1-01", "二度答えています。"),
        (STATEMENT, "999-1.1.1-02", "999-1.1.1-77", "要件表にありません。"),
        (STATEMENT, 'pot_register: "1"', 'other: "1"', "業務の版が editions にありません。"),
        (STATEMENT, 'answer: "yes"', 'answer: "planned"', "項目「due」がありません。"),
        (SUT, 'driver: "reference"', 'driver: "stdio"', "項目「command」がありません。"),
        (SEEN, "999-1.1.1-06", "999-1.1.1-66", "要件表にありません。"),
        (SEEN, "expires", "expired", "知らない項目「expired」"),
        (
            SEEN,
            "架空園 品質係",
            "番号 1234 5678 9018",
            "「office」に個人番号のように見える数字があります。 → 番号を消すか",
        ),
    ],
)
def test_a_fault_of_a_configuration_is_told(mini: Miniature, name: str, old: str, new: str, expected: str) -> None:
    mini.edit(name, old, new)
    catalog, folder = Catalog.load(mini.root), mini.root / SYSTEM

    def read_all() -> None:
        configuration.read_profile(mini.root / PROFILE, catalog)
        configuration.read_system(folder)
        configuration.read_statement(folder, catalog)
        configuration.read_records([mini.root / SEEN], "attestations", catalog.requirements)

    with pytest.raises(ConfigurationError) as caught:
        read_all()
    assert expected in str(caught.value)


WAIVER = """\
waivers:
  - {{ requirement: "{one}", issuer: "見本市", reason: "移行中", scope: "当初", expires: "{expires}" }}
"""
DISPUTE = """\
disputes:
  - {{ scenario: "{one}", issuer: "架空園", reason: "端数の扱い", scope: "大", expires: "2027-03-31"{more} }}
"""


def test_a_waiver_counts_until_its_last_day(mini: Miniature) -> None:
    known, day = Catalog.load(mini.root).requirements, date(2027, 3, 31)
    path = mini.write("waivers.yaml", WAIVER.format(one="999-1.1.1-01", expires="2027-03-31"))
    assert len(configuration.read_records([path], "waivers", known, day)) == 1
    mini.write("waivers.yaml", WAIVER.format(one="999-1.1.1-66", expires="2027-03-30") + "  - { requirement: '13' }\n")
    with pytest.raises(ConfigurationError, match="がありません"):
        configuration.read_records([path], "waivers", known, day)
    mini.write("waivers.yaml", WAIVER.format(one="999-1.1.1-66", expires="2027-03-30"))
    with pytest.raises(ConfigurationError) as caught:
        configuration.read_records([path], "waivers", known, day)
    assert "waivers.yaml:2: 要件 999-1.1.1-66 は要件表にありません。" in str(caught.value)
    assert "waivers.yaml:2: 期限（2027-03-30）が過ぎています。 → 延ばすのなら" in str(caught.value)


def test_a_review_may_end_too(mini: Miniature) -> None:
    row = '{ requirement: "999-1.1.1-01", value: "agreed", office: "税務課", date: "2026-07-01", scope: "当初",'
    path = mini.write("reviews.yaml", f'reviews:\n  - {row} expires: "2027-03-31" }}\n')
    known = Catalog.load(mini.root).requirements
    assert configuration.read_records([path], "reviews", known, date(2027, 3, 31))
    with pytest.raises(ConfigurationError, match=r"期限（2027-03-31）が過ぎています。"):
        configuration.read_records([path], "reviews", known, date(2027, 4, 1))


@pytest.mark.parametrize(
    ("one", "more", "expected"),
    [
        ("plants/pots.feature:9#abcdef01", "", "移っています。plants/pots.feature:5#abcdef01 と書いてください。"),
        ("plants/pots.feature:5#00000000", "", "直されたか、なくなりました。見直してください。"),
        ("plants/pots.feature:5#abcdef01", ', link: "ftp://x"', "link"),
        ("plants/pots.feature:5#abcdef01", ', expired: "2027-03-31"', "知らない項目「expired」"),
    ],
)
def test_a_dispute_speaks_of_a_scenario_as_it_stands(mini: Miniature, one: str, more: str, expected: str) -> None:
    path = mini.write("disputes.yaml", DISPUTE.format(one=one, more=more))
    with pytest.raises(ConfigurationError) as caught:
        configuration.read_records([path], "disputes", ["plants/pots.feature:5#abcdef01"], date(2026, 12, 1))
    assert expected in str(caught.value)


def test_evidence_that_is_kept_is_compared_with_its_digest(mini: Miniature) -> None:
    catalog, folder = Catalog.load(mini.root), mini.root / SYSTEM
    digest = hashlib.sha256("見た。".encode()).hexdigest()
    mini.edit(SEEN, '"2099-03-31"', f'"2099-03-31", evidence: [{{ name: "記録.txt", sha256: "{digest}" }}]')

    def changed() -> list[str]:
        [row] = configuration.read_attestations(folder, catalog)
        return list(row.get("changed_evidence", ()))

    assert changed() == []  # kept elsewhere: the digest stands as declared
    mini.write(f"{SYSTEM}/attestations/evidence/記録.txt", "見た。")
    assert changed() == []
    mini.write(f"{SYSTEM}/attestations/evidence/記録.txt", "見ていない。")
    assert changed() == ["記録.txt"]


def test_a_missing_declaration_is_told(mini: Miniature) -> None:
    catalog, folder = Catalog.load(mini.root), mini.root / SYSTEM
    (mini.root / STATEMENT).unlink()
    (mini.root / SUT).unlink()
    with pytest.raises(ConfigurationError, match=r"sut\.yaml）がありません"):
        configuration.read_system(folder)
    with pytest.raises(ConfigurationError, match="kijun statement new"):
        configuration.read_statement(folder, catalog)


def test_unanswered_rows_are_counted_and_named(mini: Miniature) -> None:
    catalog, folder = Catalog.load(mini.root), mini.root / SYSTEM
    assert configuration.unanswered(configuration.read_statement(folder, catalog), catalog, folder) == []
    mini.write(STATEMENT, statement_text(**{f"r0{number}": "" for number in range(1, 7)}))
    mini.edit(STATEMENT, "answers:\n", "answers: []\n")
    [problem] = configuration.unanswered(configuration.read_statement(folder, catalog), catalog, folder)
    assert "6 件の要件に答えていません" in problem.message
    assert "ほか" in problem.message


def test_a_sut_says_how_it_is_reached(mini: Miniature) -> None:
    mini.write(
        SUT,
        'sut:\n  driver: "stdio"\n  command: ["node", "driver.mjs"]\n  sessions: 2\n'
        '  settings: { base_url: "http://127.0.0.1:1" }\n  deadline_milliseconds: { price_pot: 500 }\n',
    )
    sut = configuration.read_system(mini.root / SYSTEM)
    assert (sut.command, sut.sessions, sut.deadlines) == (("node", "driver.mjs"), 2, {"price_pot": 0.5})


def test_every_municipality_code_recomputes() -> None:
    bodies = read_municipalities()
    real = [code for code in bodies if not code.startswith("99")]
    assert len(real) == 1741
    assert all(municipality_check_digit(code[:5]) == code[5] for code in bodies)
    assert [bodies[code].kind for code in real].count(MunicipalityClass.DESIGNATED_CITY) == 20
    for code in ("131016", "011002", "014036", "016969"):  # published examples of the check digit
        assert municipality_check_digit(code[:5]) == code[5]


def test_the_digest_names_what_judges_and_nothing_else(mini: Miniature) -> None:
    before = suite_digest(mini.root)
    mini.edit(PROFILE, "見本市の鉢", "別の名")
    path = mini.root / mini.feature
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert suite_digest(mini.root) == before
    mini.edit(mini.feature, "「3」である", "「4」である")
    assert suite_digest(mini.root) != before


def test_the_root_is_the_chosen_the_current_or_the_shipped_one(
    mini: Miniature, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert spec_root(mini.root) == mini.root.resolve()
    monkeypatch.chdir(mini.root)
    assert spec_root() == mini.root
    monkeypatch.chdir(tmp_path)
    assert spec_root() == shipped_root()
    assert all((shipped_root() / room).is_dir() for room in ROOMS)


def test_a_run_folder_without_a_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="実行記録がありません。"):
        list(read_events(tmp_path))


def test_a_broken_line_is_told_by_its_number_and_a_torn_one_is_left_out(tmp_path: Path) -> None:
    good = '{"event":"run_resumed","time":"2026-11-24T00:00:00Z"}\n'
    log = tmp_path / "run.jsonl"
    log.write_text(good + good + '{"event":"case', encoding="utf-8")
    assert len(list(read_events(tmp_path))) == 2
    for bad in ('{"event":"flown"}\n', "not json\n"):
        log.write_text(good + bad, encoding="utf-8")
        with pytest.raises(ConfigurationError, match=r"run.jsonl:2: 実行記録の行が形式に合いません"):
            list(read_events(tmp_path))


def test_evidence_that_is_gone_or_changed_is_told(tmp_path: Path) -> None:
    digest = hashlib.sha256(b"{}").hexdigest()
    with pytest.raises(ConfigurationError, match="証跡がありません。"):
        read_evidence(tmp_path, digest)
    (tmp_path / "evidence").mkdir()
    kept = tmp_path / "evidence" / f"{digest}.json"
    kept.write_bytes(b"{}")
    assert read_evidence(tmp_path, digest) == {}
    kept.write_bytes(b"[]")
    with pytest.raises(ConfigurationError, match="証跡が書き換えられています。"):
        read_evidence(tmp_path, digest)


def test_the_explaining_validator_agrees_with_the_fast_one(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = schema("profile")
    monkeypatch.setattr(schemas, "jsonschema_rs", None)
    slow = Schema(fast.document)
    bad = {"profile": {"id": "X", "businesses": []}}
    assert not slow.is_valid(bad)
    assert not fast.is_valid(bad)
    assert list(slow.errors(bad)) == list(fast.errors(bad))
    assert json_path(("a", 0)) == "$.a[0]"
    assert "…" in dict(Schema({"type": "integer"}).errors("あ" * 100))[()]


def test_schemas_of_operations_come_from_the_glossary(mini: Miniature) -> None:
    glossary = Catalog.load(mini.root).glossary
    wire = WireSchemas(glossary)
    plant = glossary.operation("鉢の登録")
    good = {"size": "small", "label": "a", "planted_on": "2026-06-01"}
    assert wire.input(plant).is_valid(good)
    assert wire.input(plant) is wire.input(plant)
    for bad in ({**good, "size": "huge"}, {**good, "extra": 1}, {"size": "small"}, {**good, "planted_on": "6/1"}):
        assert not wire.input(plant).is_valid(bad)
    tag = {"label": "a", "size": "small", "fee": None}
    assert wire.result(plant).is_valid({"pot_id": "P1", "tag": tag})
    assert wire.result(plant).is_valid({"pot_id": "P1", "tag": {}})  # a missing item is judged, not refused
    assert not wire.result(plant).is_valid({"pot_id": None, "tag": tag})
    assert not wire.result(glossary.operation("鉢の照会")).is_valid({"pots": [{"pot_id": "P1"}]})

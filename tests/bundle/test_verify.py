"""What a stranger sent: every way of changing it is found, and what it says is judged again."""

from __future__ import annotations

import base64
import dataclasses
import gzip
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bundles import (
    LOOKED_AT,
    Desk,
    KnowsSomebody,
    Members,
    desk,
    flipped,
    hostile,
    lines_of,
    members_of,
    patched,
    problems,
    write_lines,
)
from characters import RoundsUp
from miniature import FEES, HonestPots, Miniature, table_text
from runs import folder, run

from kijun.bundle import archive, layout, statement
from kijun.bundle.envelope import Envelope
from kijun.bundle.keys import new_key
from kijun.bundle.verify import State
from kijun.model.errors import ConfigurationError


def test_an_untouched_bundle_is_intact_and_judged_alike(vendor: Desk) -> None:
    path, sealed = vendor.seal()
    found = vendor.verify(path)
    assert (found.findings, found.unchecked, found.exit_code) == ((), (), 0)
    assert set(found.files.values()) == {State.INTACT}
    assert len(found.files) == sealed.files
    assert (found.code, found.signer) == (sealed.code, sealed.key)
    assert found.played == 6


def test_a_bundle_of_a_product_that_failed_is_intact_too(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, RoundsUp)
    found = vendor.verify(vendor.seal()[0])
    assert found.exit_code == 0
    assert found.predicate[statement.OURS]["claim"] == "not_conformant"


def test_one_turned_bit_in_any_member_is_found(vendor: Desk) -> None:
    names = list(members_of(vendor.seal()[0]))
    assert len(names) > 15
    for name in names:
        found = vendor.verify(
            vendor.doctored(lambda members, name=name: members.update({name: flipped(members[name])}))
        )
        changed = [one for one, state in found.files.items() if state is State.CHANGED]
        assert changed == [name]
        assert found.exit_code == 1


def test_one_turned_bit_in_the_packed_bytes_is_found(vendor: Desk) -> None:
    path, _ = vendor.seal()
    with zipfile.ZipFile(path) as file:
        entry = file.getinfo("data/report.html")
        start = entry.header_offset + 30 + len(entry.filename)
    raw = bytearray(path.read_bytes())
    raw[start + entry.compress_size // 2] ^= 1
    path.write_bytes(raw)
    assert vendor.verify(path).files["data/report.html"] is State.CHANGED


def test_missing_and_added_files_are_named(vendor: Desk) -> None:
    def change(members: Members) -> None:
        del members["data/report.xlsx"]
        members["data/notes.txt"] = b"1"

    found = vendor.verify(vendor.doctored(change))
    assert found.files["data/report.xlsx"] is State.MISSING
    assert found.files["data/notes.txt"] is State.ADDED
    assert "欠落が 1 件あります（data/report.xlsx）" in found.findings[0]
    assert "追加が 1 件あります（data/notes.txt）" in found.findings[1]
    assert found.exit_code == 1


def resaved(content: bytes) -> bytes:
    return json.dumps(json.loads(content), ensure_ascii=False).encode()


def shortened(content: bytes) -> bytes:
    return b"".join(line for line in content.splitlines(True) if b'"seq":2,' not in line)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("data/report.html", lambda content: content.replace("適合".encode(), "不適合".encode(), 1)),
        ("data/report.json", resaved),
        ("statement.dsse.json", resaved),
        ("data/run.jsonl", shortened),
        ("data/run.jsonl", lambda content: content[:-30]),
        ("data/run.jsonl", lambda content: content + content),
    ],
)
def test_the_edits_people_make_are_found(vendor: Desk, name: str, change: Callable[[bytes], bytes]) -> None:
    found = vendor.verify(vendor.doctored(lambda members: members.update({name: change(members[name])})))
    assert found.files[name] is State.CHANGED
    assert found.exit_code == 1


def test_evidence_changed_after_signing_is_found(vendor: Desk) -> None:
    def change(members: Members) -> None:
        name = next(one for one in members if one.startswith("data/evidence/") and b'"fee":1000' in members[one])
        members[name] = members[name].replace(b'"fee":1000', b'"fee":1001')

    found = vendor.verify(vendor.doctored(change))
    assert next(name for name, state in found.files.items() if state is State.CHANGED).startswith("data/evidence/")
    assert "計算し直していません" in found.findings[-1]


def test_another_key_is_told_and_nothing_it_signed_is_repeated(vendor: Desk, tmp_path: Path) -> None:
    path, sealed = vendor.seal()
    new_key(tmp_path / "other")
    found = dataclasses.replace(vendor, keys=tmp_path / "other").verify(path)
    assert not found.is_signed
    assert found.predicate == {}
    assert set(found.files.values()) == {State.UNKNOWN}
    assert found.findings == (f"別の鍵（指紋 {sealed.key}）で署名したと書かれています。",)
    assert found.exit_code == 1


def test_a_stolen_name_of_a_key_does_not_help(vendor: Desk, tmp_path: Path) -> None:
    """Somebody else signs, and writes the trusted fingerprint beside it."""
    new_key(tmp_path / "other")
    thief = dataclasses.replace(vendor, keys=tmp_path / "other")

    def change(members: Members) -> None:
        mine = Envelope.read(members[layout.STATEMENT])
        trusted = Envelope.sign(b"", vendor.private).key
        members[layout.STATEMENT] = dataclasses.replace(mine, key=trusted).as_bytes()

    found = vendor.verify(thief.doctored(change))
    assert found.findings == ("署名が、指定した鍵のものと確かめられません。署名の後で変わりました。",)


def test_a_bundle_without_a_signature_says_so(vendor: Desk) -> None:
    found = vendor.verify(vendor.doctored(lambda members: members.pop(layout.STATEMENT)))
    assert found.files[layout.STATEMENT] is State.MISSING
    assert found.exit_code == 1


# a signer who lies ------------------------------------------------------------------------------------


def told_better(members: Members) -> None:
    """The report says that everything is satisfied; the log says otherwise."""
    report = json.loads(members[layout.REPORT])
    report["claim"] = "conformant"
    for one in report["requirements"]:
        one["status"] = "satisfied"
    members[layout.REPORT] = layout.as_json(report)


def test_a_report_that_says_better_than_the_log_is_found(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, RoundsUp)
    found = vendor.verify(vendor.lied(told_better))
    assert set(found.files.values()) == {State.INTACT}
    assert "全体の判定: 報告書は「conformant」、計算し直すと「not_conformant」です。" in found.findings
    assert f"要件 {FEES}: 報告書は「satisfied」、計算し直すと「not_satisfied」です。" in found.findings
    assert found.exit_code == 1


def test_a_verdict_that_the_evidence_contradicts_is_found(mini: Miniature, keys: Path) -> None:
    """The signer turns a failure into a pass in the log, and makes every report again from it."""
    vendor = desk(mini, keys, RoundsUp)
    log = vendor.run / "run.jsonl"
    text = log.read_text(encoding="utf-8")
    events = [json.loads(line) for line in text.splitlines()]
    [failed] = [one for one in events if one["event"] == "case" and one["verdict"] == "fail"]
    failed.update(verdict="pass", fault=None, message="", failed_step=None)
    log.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in events), encoding="utf-8")
    path, _ = vendor.seal()
    found = vendor.verify(path)
    assert found.predicate["result"] == "PASSED"
    [told] = found.findings
    assert told.startswith("証跡から判定し直すと違います。")
    assert "記録は「合格」、証跡からは「不合格」" in told


def test_a_requirement_made_easier_in_the_snapshot_is_found(mini: Miniature, keys: Path) -> None:
    """The signer ran a table in which nothing is mandatory, and names the digest of the real suite."""
    right = desk(mini, keys)
    real = json.loads((right.run / "run.jsonl").read_bytes().splitlines()[0])["suite_digest"]
    mini.write(mini.table, table_text().replace('general_city: "mandatory"', 'general_city: "optional"'))
    run(mini, HonestPots, "easy")
    log = folder(mini, "easy") / "run.jsonl"
    own = json.loads(log.read_bytes().splitlines()[0])["suite_digest"]
    log.write_bytes(log.read_bytes().replace(own.encode(), real.encode()))
    mini.write(mini.table, table_text())

    class Easy(Desk):
        run = folder(mini, "easy")  # type: ignore[assignment]  # a value in the place of a property

    vendor = Easy(mini, keys)
    found = vendor.verify(vendor.seal()[0])
    assert any(
        "実行のときの控え（requirements）が、試験一式から作り直したものと違います" in one for one in found.findings
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("data/report.html", "data/report.html が、記録から作り直した報告書と違います。"),
        ("data/ics.json", "data/ics.json の宣言が、実行記録の宣言と違います。"),
        ("data/privacy.json", "調べの結果（data/privacy.json）が、調べ直したものと違います。"),
    ],
)
def test_other_papers_of_a_liar_are_compared_too(vendor: Desk, name: str, told: str) -> None:
    def change(members: Members) -> None:
        members[name] = members[name].replace(b"yes", b"no").replace(b'"numbers": 0', b'"numbers": 1')
        members[name] = members[name].replace("適合".encode(), "不適合".encode(), 1)

    assert any(told in one for one in vendor.verify(vendor.lied(change)).findings)


def test_a_workbook_of_a_liar_is_compared_by_its_words(vendor: Desk) -> None:
    def change(members: Members) -> None:
        inner = vendor.mini.root / "book.zip"
        inner.write_bytes(members["data/report.xlsx"])
        cells = members_of(inner)
        cells["xl/sharedStrings.xml"] = cells["xl/sharedStrings.xml"].replace("適合".encode(), "不適合".encode(), 1)
        archive.write(inner, cells)
        members["data/report.xlsx"] = inner.read_bytes()

    assert "data/report.xlsx が、記録から作り直した報告書と違います。" in vendor.verify(vendor.lied(change)).findings


def test_a_manifest_of_a_liar_is_compared_with_the_files(vendor: Desk) -> None:
    found = vendor.verify(vendor.lied(lambda members: None, manifest=f"{'0' * 64}  data/run.jsonl\n".encode()))
    assert found.findings == ("manifest-sha256.txt が、署名されたファイルの一覧と違います。",)


def test_findings_that_no_office_let_pass_are_told_by_the_receiver_too(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, KnowsSomebody)
    ours = vendor.verify(vendor.seal(clearance=LOOKED_AT)[0]).predicate[statement.OURS]
    silent = {"office": "", "reason": ""}

    def hush(members: Members) -> None:
        members[layout.PRIVACY] = layout.as_json({**json.loads(members[layout.PRIVACY]), **silent})

    told = {statement.OURS: {**ours, "privacy": {**ours["privacy"], **silent}}}
    [finding] = vendor.verify(vendor.lied(hush, told)).findings
    assert "認めた部署と理由がありません" in finding


def test_a_page_compressed_on_another_machine_is_the_same_page(vendor: Desk) -> None:
    def recompress(members: Members) -> None:
        page = members["data/report.html"]
        members["data/report.html"] = re.sub(rb"(?<=>)H4sI[^<]+", again, page)
        assert members["data/report.html"] != page

    def again(island: re.Match[bytes]) -> bytes:
        raw = gzip.decompress(base64.b64decode(island.group()))
        return base64.b64encode(gzip.compress(raw, compresslevel=1, mtime=0))

    assert vendor.verify(vendor.lied(recompress)).findings == ()


def test_reports_by_another_version_are_not_taken_for_compared(vendor: Desk) -> None:
    def older(members: Members) -> None:
        start, *others = lines_of(members)
        write_lines(members, [{**start, "kijun": "0.0.1"}, *others])
        members["data/junit.xml"] = b"<testsuites/>"

    ours = vendor.verify(vendor.seal()[0]).predicate[statement.OURS]
    found = vendor.verify(vendor.lied(older, {statement.OURS: {**ours, "kijun": "0.0.1"}}))
    assert found.findings == ()
    assert len(found.unchecked) == 3
    assert "data/junit.xml は、別の版の kijun（0.0.1）が書いたので、文面を照らしていません。" in found.unchecked
    assert found.exit_code == 2


def test_a_statement_that_says_better_than_the_files_is_found(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, RoundsUp)
    found = vendor.verify(vendor.lied(lambda members: None, {"result": "PASSED"}))
    assert any("署名された内容" in one for one in found.findings)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda events: [*events[:-1], events[1], events[-1]], "続きからの実行ではない接続があります"),
        (lambda events: [one for one in events if one.get("seq") != 2], "結果の行は 5 件です"),
        (lambda events: [{**one, "time": one["time"].replace("2026", "2099")} for one in events], "より先です"),
        (lambda events: [{**one, "time": "2026-02-30T00:00:00Z"} for one in events], "暦にない日時"),
        (lambda events: [{**events[0], "profile": {}}, *events[1:]], "判定できません"),
        (lambda events: events[1:], "判定できません"),
    ],
)
def test_a_log_that_no_run_writes_is_found_though_it_is_signed(vendor: Desk, change: Any, told: str) -> None:
    path = vendor.lied(lambda members: write_lines(members, change(lines_of(members))))
    found = vendor.verify(path, now=datetime(2027, 1, 1, tzinfo=UTC))
    assert any(told in one for one in found.findings), found.findings
    assert found.exit_code == 1


def test_a_torn_log_is_found_though_it_is_signed(vendor: Desk) -> None:
    def tear(members: Members) -> None:
        members[layout.LOG] = members[layout.LOG][:-20]

    assert "実行記録の最後の行が途中で切れています。" in vendor.verify(vendor.lied(tear)).findings


def test_evidence_that_was_not_packed_is_missed(vendor: Desk) -> None:
    def leave_out(members: Members) -> None:
        del members[next(name for name in members if name.startswith("data/evidence/") and b'"fee"' in members[name])]

    assert any("証跡がありません" in one for one in vendor.verify(vendor.lied(leave_out)).findings)


@pytest.mark.parametrize("name", ["data/report.json", "data/privacy.json", "data/run.jsonl"])
def test_a_bundle_without_its_papers_is_found(vendor: Desk, name: str) -> None:
    found = vendor.verify(vendor.lied(lambda members: members.pop(name)))
    assert any(f"あるべき {name} がありません" in one for one in found.findings)


def test_files_that_run_by_themselves_are_not_part_of_a_bundle(vendor: Desk) -> None:
    found = vendor.verify(vendor.lied(lambda members: members.update({"data/setup.exe": b"MZ"})))
    assert any("束に入れない種類" in one for one in found.findings)


@pytest.mark.parametrize("payload", [b"1", b"{}", b"not json", b'{"subject":[],"predicate":{}}'])
def test_a_signed_something_else_is_no_bundle(vendor: Desk, payload: bytes) -> None:
    def change(members: Members) -> None:
        members[layout.STATEMENT] = Envelope.sign(payload, vendor.private).as_bytes()

    found = vendor.verify(vendor.doctored(change))
    assert found.findings == ("署名は正しいのですが、署名された内容がこの形式の束のものではありません。",)
    assert found.exit_code == 1


@pytest.mark.parametrize(
    "name", ["kijun", "recorded", "product", "claim", "counts", "left_out", "privacy", "configuration"]
)
def test_a_statement_that_leaves_something_out_is_no_statement(vendor: Desk, name: str) -> None:
    told = vendor.verify(vendor.seal()[0]).predicate
    ours = {key: one for key, one in told[statement.OURS].items() if key != name}
    less = {statement.OURS: ours, **({name: []} if name == "configuration" else {})}
    found = vendor.verify(vendor.lied(lambda members: None, less))
    assert found.findings == ("署名は正しいのですが、署名された内容がこの形式の束のものではありません。",)


# another edition --------------------------------------------------------------------------------------


def test_a_bundle_of_another_edition_is_named_and_not_taken_for_checked(vendor: Desk) -> None:
    path, _ = vendor.seal()
    vendor.mini.write(vendor.mini.table, table_text().replace('edition: "1"', 'edition: "2"', 1))
    found = vendor.verify(path)
    assert found.findings == ()
    assert found.played == 0
    [told] = found.unchecked
    assert "束の試験一式（pot_register 1、" in told
    assert found.exit_code == 2


def test_a_clock_of_2099_is_found(vendor: Desk) -> None:
    path, _ = vendor.seal()
    found = vendor.verify(path, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert any("この機械の日付（2020-01-01）より先です" in one for one in found.findings)


# zip files that hurt ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/etc/passwd",
        "data/../../evil.txt",
        "data\\evil.txt",
        "C:evil.txt",
        "data/\u202etxt.exe",
        "データ.txt",
        "data/a\nb.txt",
        "data//a.txt",
        ".hidden",
        "a" * 201,
    ],
)
def test_names_that_mean_harm_are_refused_and_spelt_out(vendor: Desk, name: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        vendor.verify(hostile(vendor, name))
    told = problems(refused.value)
    assert "の名前は使えません" in told
    assert "\u202e" not in told
    assert "\n" not in told


@pytest.mark.parametrize("name", ["data/report.json", "DATA/Report.json"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_members_of_one_name_are_refused(vendor: Desk, name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"同じ名前「data/report\.json」のファイルが 2 個"):
        vendor.verify(hostile(vendor, name))


def test_an_empty_folder_in_the_zip_is_harmless(vendor: Desk) -> None:
    assert vendor.verify(hostile(vendor, "data/", b"")).exit_code == 0


def test_a_member_that_unfolds_to_two_gigabytes_is_refused_unread(vendor: Desk) -> None:
    path = patched(vendor.seal()[0], "data/run.jsonl", 24, "<I", 2 << 30)
    with pytest.raises(ConfigurationError, match="256 MiB を超えます（2147483648 バイト）"):
        vendor.verify(path)


def test_many_members_that_unfold_to_too_much_together_are_refused(vendor: Desk, monkeypatch: Any) -> None:
    path, _ = vendor.seal()
    monkeypatch.setattr(archive, "MOST_BYTES_IN_ALL", 1 << 20)
    big = {f"data/{number}.txt": b"0" * 200_000 for number in range(6)}
    archive.write(path.with_name("bomb.zip"), {**members_of(path), **big})
    with pytest.raises(ConfigurationError, match="広げると 1 MiB を超えます"):
        vendor.verify(path.with_name("bomb.zip"))


def test_too_many_members_are_refused(vendor: Desk, monkeypatch: Any) -> None:
    path, _ = vendor.seal()
    monkeypatch.setattr(archive, "MOST_MEMBERS", 10)
    with pytest.raises(ConfigurationError, match="10 個まで"):
        vendor.verify(path)


def test_a_member_longer_than_it_says_is_not_read_on(vendor: Desk) -> None:
    path = patched(vendor.seal()[0], "data/run.jsonl", 24, "<I", 100)
    assert vendor.verify(path).files["data/run.jsonl"] is State.CHANGED


def test_members_that_share_their_bytes_are_refused(vendor: Desk) -> None:
    path, _ = vendor.seal()
    size = path.stat().st_size
    with pytest.raises(ConfigurationError, match="置き場所が重なっています"):
        vendor.verify(patched(path, "data/run.jsonl", 20, "<I", size))


def test_a_locked_zip_is_refused(vendor: Desk) -> None:
    with pytest.raises(ConfigurationError, match=r"「data/ics\.json」にパスワードが掛かっています"):
        vendor.verify(patched(vendor.seal()[0], "data/ics.json", 8, "<H", 1))


def test_links_and_unusual_compression_are_refused(vendor: Desk) -> None:
    with pytest.raises(ConfigurationError, match="はリンクです"):
        vendor.verify(patched(vendor.seal("one.zip")[0], "data/ics.json", 38, "<I", 0o120777 << 16))
    with pytest.raises(ConfigurationError, match="圧縮の方式は使えません"):
        vendor.verify(patched(vendor.seal("two.zip")[0], "data/ics.json", 10, "<H", 12))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\x00" * 18, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_zip_is_told(vendor: Desk, content: bytes) -> None:
    path = vendor.mini.root / "x.zip"
    path.write_bytes(content)
    if content.endswith(b"\x00"):  # a zip without files: readable, but nothing in it is signed
        assert vendor.verify(path).exit_code == 1
    else:
        with pytest.raises(ConfigurationError, match="zip ファイルとして読めません"):
            vendor.verify(path)
    with pytest.raises(ConfigurationError, match="束を読めません"):
        vendor.verify(vendor.mini.root / "nowhere.zip")

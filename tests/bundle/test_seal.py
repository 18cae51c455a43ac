"""What leaves the house: the same bytes for the same run, nothing that no run writes, and nobody's data."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bundles import LOOKED_AT, LOOKS_REAL, NOW, Desk, KnowsSomebody, desk, members_of, problems
from characters import RoundsUp
from miniature import HonestPots, Miniature
from runs import folder, run

from kijun.bundle import layout, statement
from kijun.bundle.envelope import Envelope
from kijun.bundle.privacy import search
from kijun.bundle.seal import seal
from kijun.model.errors import ConfigurationError


def edit_log(vendor: Desk, change: Any) -> None:
    path = vendor.run / "run.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(change(lines)))


def test_equal_runs_and_keys_give_equal_bytes(vendor: Desk) -> None:
    one, sealed = vendor.seal("one.zip")
    for path in vendor.run.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    two, again = vendor.seal("two.zip")
    assert one.read_bytes() == two.read_bytes()
    assert sealed == again


def test_a_bundle_is_a_bag_with_a_statement_about_every_file(vendor: Desk) -> None:
    path, sealed = vendor.seal()
    members = members_of(path)
    payload = Envelope.read(members[layout.STATEMENT]).payload
    signed, predicate = statement.read(payload)
    assert set(members) - set(signed) == {layout.STATEMENT, layout.TAG_MANIFEST}
    assert {layout.LOG, layout.ICS, "data/report.html", "data/report.xlsx", "data/junit.xml"} < set(signed)
    assert {Path(name).suffix for name in members} <= layout.SUFFIXES
    assert len(members) == sealed.files
    record = json.loads(payload)
    assert (record["_type"], record["predicateType"]) == (statement.TYPE, statement.PREDICATE)
    assert predicate["result"] == "PASSED"
    assert all(one.get("digest") for one in predicate["configuration"])  # in-toto: one of uri, digest, content
    assert len(predicate["passedTests"]) == 6
    assert predicate["failedTests"] == []
    with zipfile.ZipFile(path) as file:
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.namelist() == sorted(file.namelist())


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the program that archivists use is not on this machine")
def test_an_unpacked_bundle_has_the_manifests_that_archivists_check(vendor: Desk, tmp_path: Path) -> None:
    path, _ = vendor.seal()
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "bag")
    for name in (layout.MANIFEST, layout.TAG_MANIFEST):
        done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", name], cwd=tmp_path / "bag")
        assert done.returncode == 0


def test_the_result_of_a_run_that_failed_is_failed(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, RoundsUp)
    _, predicate = statement.read(Envelope.read(members_of(vendor.seal()[0])[layout.STATEMENT]).payload)
    assert predicate["result"] == "FAILED"
    assert len(predicate["failedTests"]) == 1
    assert predicate[statement.OURS]["claim"] == "not_conformant"


def test_a_bundle_is_never_overwritten(vendor: Desk) -> None:
    path, _ = vendor.seal()
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match="その名前のファイルがすでにあります"):
        vendor.seal()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: [*lines[:-1], lines[-1][:-20]], "最後の行が途中で切れています"),
        (lambda lines: [one for one in lines if b'"seq":2,' not in one], "6 件実施とありますが、結果の行は 5 件"),
        (lambda lines: [*lines, *lines], "始まりの行が二つあります"),
        (lambda lines: [*lines[:-1], lines[1], lines[-1]], "続きからの実行ではない接続があります"),
        (lambda lines: [*lines[:-1], lines[-2], lines[-1]], "同じシナリオの結果が二度あります"),
        (lambda lines: [*lines[:-1], lines[-2].replace(b"#", b"#f", 1), lines[-1]], "控えにありません"),
        (lambda lines: [lines[0].replace(b'"seed":"seed"', b'"seed":"other"'), *lines[1:]], "別の実行のものです"),
        (lambda lines: [lines[0].replace(b'"scenarios":6', b'"scenarios":5'), *lines[1:]], "控えと違います"),
        (
            lambda lines: [lines[0].replace(b'"time":"', b'"time":"2026-13-01T00:00:00Z","x":"', 1), *lines[1:]],
            "形式に",
        ),
    ],
)
def test_a_log_that_no_single_run_writes_is_not_sealed(vendor: Desk, change: Any, told: str) -> None:
    reports = vendor.reports()
    edit_log(vendor, change)
    with pytest.raises(ConfigurationError, match=told):
        seal_with(vendor, reports)
    assert not (vendor.mini.root / "a.zip").exists()


def seal_with(vendor: Desk, reports: dict[str, bytes]) -> None:
    seal(vendor.run, reports, vendor.private, vendor.mini.root / "a.zip", NOW)


def test_two_real_runs_joined_by_hand_are_not_sealed(vendor: Desk) -> None:
    run(vendor.mini, HonestPots, "other", seed="another")
    other = folder(vendor.mini, "other")
    for piece in (other / "evidence").iterdir():
        (vendor.run / "evidence" / piece.name).write_bytes(piece.read_bytes())
    foreign = [one for one in (other / "run.jsonl").read_bytes().splitlines(True) if b'"event":"case"' in one]

    def join(lines: list[bytes]) -> list[bytes]:
        """The cases of another run in the place of the own ones: numbers and counts fit."""
        own = [one for one in lines if b'"event":"case"' not in one]
        return [*own[:-1], *foreign, own[-1]]

    edit_log(vendor, join)
    with pytest.raises(ConfigurationError, match="の証跡は、別の実行のものです"):
        seal_with(vendor, vendor.reports())


def test_a_run_of_the_future_is_not_sealed(vendor: Desk) -> None:
    with pytest.raises(ConfigurationError, match="この機械の日付（2020-01-01）より先です"):
        vendor.seal(now=datetime(2020, 1, 1, tzinfo=UTC))


def test_evidence_of_two_gigabytes_is_refused_before_it_is_read(vendor: Desk) -> None:
    reports = vendor.reports()
    with (vendor.run / "evidence" / f"{'0' * 64}.json").open("wb") as file:
        file.truncate(2 << 30)  # a hole: no byte of it is on the disk
    with pytest.raises(ConfigurationError, match="大きすぎます（2147483648 バイト。256 MiB まで）"):
        seal_with(vendor, reports)


def test_what_may_be_somebodys_keeps_the_bundle_in_the_house(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, KnowsSomebody)
    with pytest.raises(ConfigurationError) as refused:
        vendor.seal()
    told = problems(refused.value)
    assert "個人番号のように見える数字があります" in told
    assert "の「label」 に、架空と分からない氏名・住所などがあります" in told
    assert "--privacy-office" in told
    assert LOOKS_REAL not in told
    assert "山田" not in told
    assert not (mini.root / "a.zip").exists()


def test_an_office_with_a_reason_lets_it_pass_and_the_bundle_says_so(mini: Miniature, keys: Path) -> None:
    vendor = desk(mini, keys, KnowsSomebody)
    path, sealed = vendor.seal(clearance=LOOKED_AT)
    assert len(sealed.privacy.numbers) > 0
    assert len(sealed.privacy.persons) > 0
    members = members_of(path)
    _, predicate = statement.read(Envelope.read(members[layout.STATEMENT]).payload)
    assert predicate[statement.OURS]["privacy"] == {
        **sealed.privacy.counts(),
        "office": LOOKED_AT.office,
        "reason": LOOKED_AT.reason,
    }
    assert json.loads(members[layout.PRIVACY])["places"] == list(sealed.privacy.places)
    assert vendor.verify(path).exit_code == 0


def test_invented_and_masked_values_pass(mini: Miniature, keys: Path) -> None:
    class Masks(HonestPots):
        def list_pots(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
            return {"result": {"pots": [{**one, "label": "＊＊＊＊"} for one in pots.values()]}}

    _, sealed = desk(mini, keys, Masks).seal()
    assert sealed.privacy.places == ()


def test_a_run_without_templates_cannot_say_that_its_persons_are_invented(vendor: Desk) -> None:
    found = search([("data/evidence/x.json", b"[]")], ["data/evidence/x.json"], {})
    assert found.persons == ("実行記録に架空の値のひな形がなく、氏名などが架空かどうかを照らせません",)

"""The command line as a user meets it: exit codes, messages, files, consoles."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import kijun, over_stdio, text
from miniature import PROFILE, SYSTEM, Miniature, events

from kijun.catalog.root import shipped_root


def test_run_certifies_and_leaves_every_report(office: Miniature) -> None:
    done = kijun(office, "run")
    assert done.returncode == 0, text(done)
    assert "判定: 適合（conformant）" in text(done)
    latest = office.root / "kijun-out" / "latest"
    names = {path.name for path in latest.iterdir()}
    assert names == {"run.jsonl", "evidence", "report.html", "report.json", "report.xlsx", "junit.xml"}
    report = json.loads((latest / "report.json").read_text(encoding="utf-8"))
    assert {"claim", "counts", "edition", "suite_digest", "profile", "product"} <= set(report)
    assert {"id", "obligation", "claimed", "status", "reviewed", "derivation"} <= set(report["requirements"][0])


def test_report_makes_the_same_bytes_again(office: Miniature) -> None:
    kijun(office, "run", "--run-id", "one")
    folder = office.root / "kijun-out" / "one"
    names = ("report.json", "report.html", "report.xlsx", "junit.xml")
    before = {name: (folder / name).read_bytes() for name in names}
    for name in before:
        (folder / name).unlink()
    assert kijun(office, "report", "one").returncode == 0
    assert {name: (folder / name).read_bytes() for name in before} == before


def test_report_writes_what_another_tool_reads_and_nothing_else(office: Miniature) -> None:
    kijun(office, "run", "--run-id", "one")
    folder = office.root / "kijun-out" / "one"
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    done = kijun(
        office,
        "report",
        "one",
        "--format",
        "ctrf",
        "--format",
        "earl",
        "--format",
        "oscal",
        "--format",
        "badge",
        "--format",
        "pdf",
        "--format",
        "allure",
    )
    assert done.returncode == 0, text(done)
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    papers = {"ctrf.json", "earl.jsonld", "oscal.json", "badge.svg", "report.pdf", "allure-results"}
    assert after.keys() - before.keys() == papers
    assert {name: after[name] for name in before if name != "evidence"} == {
        name: at for name, at in before.items() if name != "evidence"
    }
    assert all(f"報告書: kijun-out/one/{name}" in text(done).replace("\\", "/") for name in papers)
    assert kijun(office, "report", "one", "--format", "word").returncode == 4


@pytest.mark.parametrize(
    ("habit", "code", "claim"), [("malformed", 2, "未確定"), ("honest", 0, "適合"), ("free", 1, "不適合")]
)
def test_the_exit_code_follows_the_claim(office: Miniature, habit: str, code: int, claim: str) -> None:
    over_stdio(office, habit)
    done = kijun(office, "run")
    assert (done.returncode, f"判定: {claim}" in text(done)) == (code, True), text(done)


def test_the_end_of_a_run_names_what_to_mend_first(office: Miniature) -> None:
    assert "直すと進むもの" not in text(kijun(office, "run"))
    over_stdio(office, "free")
    told = text(kijun(office, "run"))
    assert re.search(r"直すと進むもの（原因 1 件のうち 1 件）:\n  1\. 操作「.+」: .+。要件 1 件（うち、", told), told


def test_a_folder_with_another_run_is_refused(office: Miniature) -> None:
    assert kijun(office, "run", "--run-id", "one").returncode == 0
    done = kijun(office, "run", "--run-id", "one")
    assert done.returncode == 3
    assert "別の実行の結果がすでにあります。 → 別の --run-id を付けるか、続きなら --resume を使ってください。" in text(
        done
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fly",), "使い方は kijun --help で見られます。"),
        (("run", "--run-id", "../oops"), "実行の名前「../oops」は使えません。"),
        (("run", "--workers", "many"), "使い方は kijun run --help で見られます。"),
    ],
)
def test_a_command_that_is_not_understood_ends_with_4(office: Miniature, words: tuple[str, ...], told: str) -> None:
    done = kijun(office, *words)
    assert done.returncode == 4
    assert told in text(done)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            PROFILE,
            '"992011"',
            '"992012"',
            "団体コード 992012 の検査数字が合いません。 → 先頭5桁が正しければ末尾は 1 です。",
        ),
        (PROFILE, '"992011"', '"990001"', "登録簿にありません"),
        (PROFILE, "pot_register", "pot_registry", "業務「pot_registry」の要件表がありません。"),
        (
            f"{SYSTEM}/statement.yaml",
            'pot_register: "1"',
            'pot_register: "2"',
            "宣言書は「2」版、要件表は「1」版です。",
        ),
        (f"{SYSTEM}/sut.yaml", "stdio", "telnet", "ドライバー「telnet」が見つかりません。"),
    ],
)
def test_bad_configuration_ends_with_3_and_its_line(
    office: Miniature, name: str, old: str, new: str, told: str
) -> None:
    office.edit(name, old, new)
    done = kijun(office, "run")
    assert done.returncode == 3
    assert told in text(done)
    assert re.search(re.escape(name) + r"(:\d+)?: ", text(done))


def test_all_faults_are_told_at_once(office: Miniature) -> None:
    office.edit(office.feature, "「年度」は", "「年渡」は")
    office.edit(office.table, '"mandatory"', '"mandatry"')
    done = kijun(office, "lint")
    assert done.returncode == 3
    assert "年渡" in text(done)
    assert "「mandatory」のことですか。" in text(done)
    assert re.search(r"\d+ 件の誤りがあります。", text(done))


def test_doctor_finds_what_would_spoil_the_run(office: Miniature) -> None:
    from miniature import statement_text

    assert kijun(office, "doctor").returncode == 0
    office.write(f"{SYSTEM}/statement.yaml", statement_text(r01="", r02=""))
    over_stdio(office, "everything")
    done = kijun(office, "doctor")
    assert done.returncode == 3
    assert "2 件の要件に答えていません（999-1.1.1-01、999-1.1.1-02）。" in text(done)
    assert "知らない操作には unsupported を返してください。" in text(done)


def test_doctor_says_when_nobody_answers(office: Miniature) -> None:
    office.write(f"{SYSTEM}/sut.yaml", 'sut:\n  driver: "stdio"\n  command: ["no-such-driver"]\n')
    done = kijun(office, "doctor")
    assert done.returncode == 3
    assert "起動できません" in text(done)


def test_a_cp932_console_shows_japanese_and_breaks_on_nothing(office: Miniature) -> None:
    office.edit(office.feature, "機能: 鉢植え台帳", "機能: 鉢植え𠮷台帳")
    office.edit(office.feature, "「水の量」は「3」", "「𠮷の量」は「3」")
    done = kijun(office, "lint", PYTHONIOENCODING="cp932", PYTHONUTF8="0")
    assert done.returncode == 3
    assert "用語集にない項目「\\U00020bb7の量」です。" in done.stderr.decode("cp932")


def test_kill_9_and_resume_give_the_report_of_an_undisturbed_run(office: Miniature) -> None:
    assert kijun(office, "run", "--run-id", "undisturbed", "--workers", "1").returncode == 0
    over_stdio(office, "honest", delay="0.6")
    command = [sys.executable, "-m", "kijun", "run", "--run-id", "killed", "--workers", "1"]
    process = subprocess.Popen(command, cwd=office.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = office.root / "kijun-out" / "killed" / "run.jsonl"
    wait_for(lambda: log.exists() and log.read_text(encoding="utf-8").count('"event":"case"') >= 2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done_before = [one["scenario"] for one in events(log.parent) if one["event"] == "case"]
    assert 2 <= len(done_before) < 6
    resumed = kijun(office, "run", "--resume", "killed")
    assert resumed.returncode == 0, text(resumed)
    one, two = (office.root / "kijun-out" / name / "report.json" for name in ("undisturbed", "killed"))
    assert one.read_bytes() == two.read_bytes()
    after = [one["scenario"] for one in events(log.parent) if one["event"] == "case"]
    assert len(after) == len(set(after)) == 6


def test_an_interrupt_says_how_to_go_on(office: Miniature) -> None:
    over_stdio(office, "honest", delay="0.6")
    command = [sys.executable, "-m", "kijun", "run", "--run-id", "cut", "--workers", "1"]
    process = subprocess.Popen(
        command,
        cwd=office.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a test run in the background ignores it
    )
    log = office.root / "kijun-out" / "cut" / "run.jsonl"
    wait_for(lambda: log.exists() and '"event":"case"' in log.read_text(encoding="utf-8"))
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=30)[0].decode("utf-8")
    assert process.returncode == 3
    assert "kijun run --resume cut" in told
    assert kijun(office, "run", "--resume", "cut").returncode == 0


def test_an_interrupt_of_a_console_reaches_the_reference_system_and_makes_no_noise(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kijun", "run", "--spec", str(shipped_root()), "--run-id", "cut", "--no-progress"]
    process = subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    log = tmp_path / "kijun-out" / "cut" / "run.jsonl"
    wait_for(lambda: log.exists() and '"event":"case"' in log.read_text(encoding="utf-8"))
    os.killpg(process.pid, signal.SIGINT)
    told = process.communicate(timeout=30)[0].decode("utf-8")
    assert process.returncode == 3
    assert told.splitlines() == [
        "中断しました。",
        "続きは kijun run --resume cut で実行できます（済んだ結果は残っています）。",
    ]
    assert events(log.parent)[-1]["event"] == "run_stopped"
    assert {one["verdict"] for one in events(log.parent) if one["event"] == "case"} <= {"pass", "fail"}


def test_a_reader_that_has_enough_makes_no_noise(office: Miniature) -> None:
    command = [sys.executable, "-m", "kijun", "stats"]
    process = subprocess.Popen(command, cwd=office.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout and process.stderr
    process.stdout.close()
    told = process.stderr.read()
    assert (process.wait(30), told) == (3, b"")


def test_resume_without_a_run_is_told(office: Miniature) -> None:
    done = kijun(office, "run", "--resume")
    assert done.returncode == 3
    assert "続きから実行する記録がありません。" in text(done)


def test_a_blank_statement_answers_nothing_for_the_vendor(office: Miniature) -> None:
    done = kijun(office, "statement", "new", "--out", "新しい 事業者")
    assert done.returncode == 0, text(done)
    folder = office.root / "新しい 事業者"
    assert "999-1.1.1-01" in (folder / "statement.yaml").read_text(encoding="utf-8")
    (folder / "sut.yaml").write_text((office.root / SYSTEM / "sut.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    told = kijun(office, "doctor", "--system", "新しい 事業者")
    assert told.returncode == 3
    assert "6 件の要件に答えていません" in text(told)
    assert kijun(office, "statement", "new", "--out", "新しい 事業者").returncode == 3


def test_plan_says_what_is_run_and_what_not_and_why(office: Miniature) -> None:
    office.edit(PROFILE, '"992011", class: "general_city"', '"993018", class: "town_village"')
    told = text(kijun(office, "plan"))
    assert "試験するシナリオ 0 件" in told
    assert "団体区分「町村」に規定がありません。" in told
    assert json.loads(kijun(office, "plan", "--json").stdout)["canaries"]


def test_stats_count_what_there_is(office: Miniature) -> None:
    counts = json.loads(kijun(office, "stats", "--json").stdout)
    assert counts["requirements"]["total"] == 6
    assert counts["requirements"]["by_business"] == {"pot_register": 6}
    assert (counts["scenarios"], counts["example_rows"], counts["operations"], counts["defects"]) == (6, 2, 5, 0)


def wait_for(condition: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "not in time"
        time.sleep(0.02)


def test_a_folder_without_a_specification_is_told(office: Miniature) -> None:
    done = kijun(office, "run", "--spec", "features")
    assert done.returncode == 3
    assert "features: 仕様のフォルダーではありません" in text(done)

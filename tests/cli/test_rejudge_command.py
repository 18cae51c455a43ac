"""kijun rejudge, as the publisher of a suite or an office calls it."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import characters
import pytest
from command_line import kijun, text
from miniature import FEES, LEDGER, HonestPots, Miniature
from runs import run

EXPIRED = "2026-01-31"


def kept(mini: Miniature, character: type[HonestPots] = HonestPots, **request: Any) -> Path:
    """A run as a user keeps it: below kijun-out/."""
    run(mini, character, **request)
    (mini.root / "out").rename(mini.root / "kijun-out")
    return mini.root / "kijun-out" / "r"


@pytest.fixture
def new(mini: Miniature) -> Miniature:
    root = mini.root / "new"
    root.mkdir()
    return Miniature(root)


def rejudge(mini: Miniature, *words: str) -> tuple[int, str]:
    done = kijun(mini, "rejudge", "r", *words)
    return done.returncode, text(done)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_nothing_changes_before_the_same_suite(mini: Miniature) -> None:
    before = digests(kept(mini))
    code, told = rejudge(mini)
    assert code == 0, told
    assert "判定: 適合 → 適合（" in told
    assert "シナリオ: 6 件の判定は、どれも変わりません。" in told
    assert "要件: 結果はそのまま 6 件" in told
    assert "結果: この実行の結果は、この試験一式でもそのまま使えます。" in told
    assert digests(mini.root / "kijun-out" / "r") == before


def test_whom_a_corrected_test_affects(mini: Miniature, new: Miniature) -> None:
    folder = kept(mini, characters.RoundsUp)
    before = digests(folder)
    new.edit(new.feature, "1,000円", "1,001円")
    code, told = rejudge(mini, "--suite", "new")
    assert code == 1, told
    for line in (
        "判定: 不適合 → 適合（",
        "  大の鉢の料金は1,001円である: 不合格 → 合格（シナリオが変わった）",
        "要件: 判定が変わります 1 件",
        f"  {FEES} 料金: 不適合 → 適合",
        "結果: 判定が変わります。製品の事業者と、この実行の報告書を受け取った先に知らせてください。",
    ):
        assert line in told
    assert digests(folder) == before


def test_a_new_edition_as_data(mini: Miniature, new: Miniature) -> None:
    folder = kept(mini)
    new.edit(new.table, 'edition: "1"\n  status', 'edition: "2"\n  status')
    new.edit(new.table, "登録した鉢を一覧にできること。", "登録した鉢を全て一覧にできること。")
    code, told = rejudge(mini, "--suite", "new", "--json")
    assert code == 2, told
    record = json.loads(told)
    assert record["run"]["log_sha256"] == hashlib.sha256((folder / "run.jsonl").read_bytes()).hexdigest()
    assert (record["run"]["edition"], record["rejudged"]["edition"]) == ({"pot_register": "1"}, {"pot_register": "2"})
    assert (record["run"]["claim"], record["rejudged"]["claim"]) == ("conformant", "undetermined")
    assert record["run"]["suite_digest"] != record["rejudged"]["suite_digest"]
    open_ones = [one for one in record["requirements"] if one["standing"] != "valid"]
    assert [(one["id"], one["standing"], one["then"], one["now"]) for one in open_ones] == [
        (LEDGER, "must_run_again", "satisfied", "not_verified")
    ]
    code, told = rejudge(mini, "--suite", "new")
    assert "結果: 記録から変わる判定はありません。記録だけでは答えられないものは、" in told


def spoil(folder: Path, change: Any) -> None:
    path = folder / "run.jsonl"
    path.write_bytes(change(path.read_bytes()))


def test_two_runs_joined_by_hand_are_refused(mini: Miniature) -> None:
    folder = kept(mini)
    spoil(folder, lambda log: log + log)
    code, told = rejudge(mini)
    assert code == 3
    assert "実行記録に始まりの行が二つあります。別の実行の記録がつながれています。" in told
    assert "同じシナリオの結果が二度あります。" in told
    assert "元の実行フォルダーに戻してください。" in told


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda log: log[:-20], "実行記録の最後の行が途中で切れています。"),
        (lambda log: log[:40], "実行記録に始まりの行がありません。"),
        (lambda log: log.replace(b'"attempt":1', b'"attempt', 1), "実行記録の行が形式に合いません。"),
        (lambda log: b"", "実行記録に始まりの行がありません。"),
    ],
)
def test_a_log_that_was_cut_or_written_over_is_refused(mini: Miniature, change: Any, expected: str) -> None:
    spoil(kept(mini), change)
    code, told = rejudge(mini)
    assert (code, expected in told) == (3, True), told


def test_a_run_that_never_finished_stays_undetermined(mini: Miniature) -> None:
    spoil(kept(mini), lambda log: b"".join(log.splitlines(keepends=True)[:-1]))
    code, told = rejudge(mini)
    assert code == 0, told
    assert "判定: 未確定 → 未確定" in told
    assert "実行が終わっていません。" in told


def test_a_suite_that_is_none_or_faulty_or_of_another_business_is_refused(mini: Miniature, new: Miniature) -> None:
    kept(mini)
    code, told = rejudge(mini, "--suite", "features")
    assert (code, "features: 仕様のフォルダーではありません" in told) == (3, True), told
    new.edit(new.feature, "「権限がない」として", "「権利がない」として")
    new.edit(new.feature, "@req:999-1.1.1-04", "@req:999-1.1.1-40")
    code, told = rejudge(mini, "--suite", "new")
    assert (code, "用語集にない拒否の理由「権利がない」" in told) == (3, True), told
    assert "シナリオが知らない要件 999-1.1.1-40" in told
    shutil.rmtree(new.root / "features")
    shutil.rmtree(new.root / "requirements" / "plants")
    code, told = rejudge(mini, "--suite", "new")
    assert (code, "業務「pot_register」の要件表がありません。" in told) == (3, True), told


def test_a_run_that_is_not_there_is_told(mini: Miniature) -> None:
    code, told = rejudge(mini)
    assert code == 3
    assert "kijun-out の下にある実行の名前を指定してください。" in told
    assert kijun(mini, "rejudge", "r", "--what").returncode == 4


def test_a_waiver_of_the_run_that_has_ended_no_longer_carries(mini: Miniature) -> None:
    """The run is older than the end of its waiver, and we are younger."""
    waivers = (
        f'waivers:\n  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初",'
        ' expires: "2099-03-31" }\n'
    )
    folder = kept(mini, characters.RoundsUp, waivers=mini.write("waivers.yaml", waivers))

    def older(log: bytes) -> bytes:
        lines = [json.loads(line) for line in log.splitlines()]
        lines = [{**one, "time": "2025" + one["time"][4:]} for one in lines]
        lines[0]["waivers"][0]["expires"] = EXPIRED
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines).encode()

    spoil(folder, older)
    code, told = rejudge(mini)
    assert code == 1, told
    assert "判定: 条件付適合 → 不適合" in told
    assert f"免除の期限（{EXPIRED}）が過ぎました。" in told


def test_words_of_a_product_cannot_steer_the_terminal(mini: Miniature, new: Miniature) -> None:
    class Hostile(HonestPots):
        def call(self, params: dict[str, Any]) -> dict[str, Any]:
            answer = super().call(params)
            if "refused" in answer:
                answer["refused"]["message"] = "\x1b[2J\u202e消えた"
            return answer

        observe = call

    kept(mini, Hostile)
    new.edit(new.feature, "「権限がない」として拒否", "「対象がない」として拒否")
    code, told = rejudge(mini, "--suite", "new")
    assert (code, "\\x1b[2J\\u202e消えた" in told, "\x1b" in told) == (1, True, False), told

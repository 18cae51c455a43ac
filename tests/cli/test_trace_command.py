"""kijun trace: what was said, to be read in a terminal by somebody who looks for a fault."""

from __future__ import annotations

import json
import re
from typing import Any

from characters import RefusesToPlant, RoundsUp
from command_line import kijun, over_stdio, text
from miniature import FEES, LEDGER, HonestPots, Miniature, events
from runs import folder, run

from kijun.reporting import transcript
from kijun.reporting.run_view import RunView

LARGE = "大の鉢の料金は1,000円である"


def trace(mini: Miniature, *words: str) -> str:
    done = kijun(mini, "trace", "r", "--out", "out", *words)
    assert done.returncode == 0, text(done)
    return text(done)


def test_the_failing_case_is_shown_with_its_step_and_every_message(mini: Miniature) -> None:
    run(mini, RoundsUp)
    told = trace(mini)
    assert f"[1] 不合格（製品） {LARGE}" in told
    assert "features/plants/pot_register/pots.feature:" in told
    assert f"要件 {FEES}" in told
    assert "わけ: 「料金」: 期待「1,000円」、実際「1,001円」" in told
    assert "  ○ もし 「料金の計算」を行う\n  × ならば 「料金」は「1,000円」である" in told
    first, second = re.findall(r"  \d\. .*\n.*\n.*\n.*", told)
    assert re.search(
        r'1\. call「鉢の登録」（plant_pot）  [0-9.]+ ミリ秒\n     gardener、2026-06-01\n     → \{"label"', first
    )
    assert '← 結果 {"pot_id": "P1"' in first
    assert "2. call「料金の計算」（price_pot）" in second
    assert second.endswith('← 結果 {"fee": 1001}')
    assert "小の鉢" not in told


def test_at_most_a_few_are_shown_and_the_others_counted(mini: Miniature) -> None:
    run(mini, RefusesToPlant)
    told = trace(mini)
    assert told.count("判定不能（製品）") == 3
    assert "ほか 1 件: 5（--case 番号 で示します）" in told
    assert '← 拒否 {"code": "forbidden", "message": "満員です。"}' in told


def test_nothing_failed_is_said_and_a_passed_case_can_be_chosen(mini: Miniature) -> None:
    run(mini, HonestPots)
    assert "合格しなかったシナリオはありません。" in trace(mini)
    assert trace(mini, "--case", "1").startswith(f"[1] 合格 {LARGE}")
    assert trace(mini, "--scenario", "大の鉢") == trace(mini, "--case", "1")
    told = trace(mini, "--requirement", LEDGER)
    assert told.startswith("[2] 合格 登録した鉢が一覧にある")
    assert "× " not in told
    assert "・ " not in told
    assert told.count("observe「鉢の照会」（list_pots）") == 1


def test_what_is_not_in_the_run_ends_with_4(mini: Miniature) -> None:
    run(mini, HonestPots)
    for words, what in (
        (("--case", "99"), "番号 99"),
        (("--scenario", "象"), "「象」を含むもの"),
        (("--requirement", "999-9.9.9-99"), "要件 999-9.9.9-99 のもの"),
    ):
        done = kijun(mini, "trace", "r", "--out", "out", *words)
        assert done.returncode == 4
        assert f"この実行の 6 件のシナリオに、{what}はありません。" in text(done)


def test_a_question_without_an_answer_is_shown_last(office: Miniature) -> None:
    over_stdio(office, "malformed")
    assert kijun(office, "run").returncode == 2  # the page with the same exchanges was written as well
    told = text(kijun(office, "trace", "--case", "0"))
    assert "[0] 試験側の誤り（ドライバー）" in told
    assert re.search(
        r"2\. call「料金の計算」（price_pot）.*\n.*\n.*\n     ← 応答なし: call の応答が JSON ではありません", told
    )
    assert "× もし 「料金の計算」を行う" in told


class ComesBackSpeechless(HonestPots):
    """Breaks at the first price, and after the restart answers hello with nothing."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        ComesBackSpeechless.made += 1

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["operation"] == "price_pot" and "canary" not in params["session"]:
            return {"result": {"fee": "たくさん"}}
        return super().call(params)

    def hello(self, params: dict[str, Any]) -> dict[str, Any]:
        return super().hello(params) if self.made == 1 else {}


def test_a_case_that_could_not_begin_does_not_show_what_another_one_said(mini: Miniature) -> None:
    ComesBackSpeechless.made = 0
    run(mini, ComesBackSpeechless, sessions=1)
    assert "price_pot" in trace(mini, "--case", "0")
    told = trace(mini, "--case", "1")
    assert "hello への応答が形式に合いません" in told
    assert "やり取りはありません。" in told


def test_a_long_content_is_cut_unless_asked_for(mini: Miniature) -> None:
    view = run(mini, RoundsUp)
    [case] = [one for one in view.report.facts.cases.values() if one.message]
    assert '→ {"label"…（全 ' in transcript.render(view, case, limit=8)
    assert "…" not in transcript.render(view, case, limit=None)


def test_a_run_recorded_without_labels_and_times_is_still_shown(mini: Miniature) -> None:
    view = run(mini, RoundsUp)
    [case] = [one for one in view.report.facts.cases.values() if one.message]
    old = RunView(view.folder, view.report, {**view.snapshot, "operations": {}})
    assert "1. call「plant_pot」（plant_pot）" in transcript.render(old, case)


def test_every_exchange_is_kept_with_its_time(mini: Miniature) -> None:
    run(mini, HonestPots)
    kept = [one["evidence"] for one in events(folder(mini)) if one["event"] == "case"]
    for digest in kept:
        for one in json.loads((folder(mini) / "evidence" / f"{digest}.json").read_text(encoding="utf-8")):
            assert one["milliseconds"] > 0

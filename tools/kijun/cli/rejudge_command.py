"""kijun rejudge"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kijun.bundle.log_check import contradictions
from kijun.catalog.root import spec_root
from kijun.catalog.run_folder import LOG_NAME, log_digest, read_events
from kijun.cli.common import cache, clean, editions_text, say
from kijun.engine.rejudge import CaseChange, Rejudgement, RequirementChange, Standing, rejudge
from kijun.engine.run_place import existing_folder
from kijun.engine.suite import Suite
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import dispute_text, product_text


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="", metavar="実行", help="実行の名前かフォルダー（既定は最新）")
    parser.add_argument("--out", type=Path, default=Path("kijun-out"), metavar="フォルダー", help="結果の置き場所")
    parser.add_argument(
        "--suite", type=Path, metavar="フォルダー", help="判定し直す仕様の根（既定は今のフォルダー、なければ同梱）"
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    folder = existing_folder(arguments.out, arguments.run)
    suite = Suite.load(spec_root(arguments.suite), cache())
    view, now = RunView.read(folder), datetime.now(UTC)
    _refuse_joined(folder, now)
    found = rejudge(folder, view.report, suite, now.date())
    if arguments.json:
        say(json.dumps(_record(view, found), ensure_ascii=False, indent=1))
    else:
        for line in _told(view, found):
            say(clean(line))
    return found.exit_code


def _refuse_joined(folder: Path, now: datetime) -> None:
    """Nothing is judged on a log that no single run wrote."""
    found = contradictions(folder, list(read_events(folder)), now)
    if found:
        at, hint = Position.of(folder / LOG_NAME), "元の実行フォルダーに戻してください。"
        raise ConfigurationError([Problem(at, one, hint) for one in found])


_OPEN = "記録だけでは答えられないものは、宣言し直したうえで、製品の実行か人の確認で確かめ直してください。"
_RESULTS = {
    0: "この実行の結果は、この試験一式でもそのまま使えます。",
    1: "判定が変わります。製品の事業者と、この実行の報告書を受け取った先に知らせてください。",
    2: f"記録から変わる判定はありません。{_OPEN}",
}


def _told(view: RunView, found: Rejudgement) -> Iterator[str]:
    then, now = found.then.facts.start, found.now.facts.start
    yield f"製品: {product_text(view)}"
    yield f"実行: {then['time']}（実行記録の SHA-256 {log_digest(view.folder)}）"
    yield f"実行のときの試験一式: {editions_text(then['edition'])}（{then['suite_digest']}）"
    yield f"判定し直した試験一式: {editions_text(now['edition'])}（{now['suite_digest']}）"
    yield f"判定: {found.then.claim.label} → {found.now.claim.label}（{now['time'][:10]} 現在）"
    yield from (f"  - {reason}" for reason in found.now.reasons)
    yield "事前確認と製品の名乗りは、実行のときのままです。"
    yield ""
    total = f"シナリオ: {len(found.now.facts.cases)} 件"
    yield f"{total}のうち、次のほかは判定が変わりません。" if found.cases else f"{total}の判定は、どれも変わりません。"
    for one in found.cases:
        yield from _case_lines(one)
    for standing in Standing:
        chosen = [one for one in found.requirements if one.standing is standing]
        if chosen:
            yield ""
            yield f"要件: {standing.label} {len(chosen)} 件"
            if standing is not Standing.VALID:
                yield from (line for one in chosen for line in _requirement_lines(one))
    yield ""
    yield f"結果: {_RESULTS[found.exit_code]}"
    if found.exit_code == 1 and found.is_open:
        yield f"      {_OPEN}"


def _case_lines(one: CaseChange) -> Iterator[str]:
    then = one.then.label if one.then else "なし"
    now = "実行し直し" if one.must_run else one.now.label if one.now else "なし"
    yield f"  {one.name}: {then} → {now}（{one.cause.label}）"
    yield f"    {one.scenario}" + (f"（{'、'.join(one.requirements)}）" if one.requirements else "")
    if one.message:
        yield f"    {one.message}"
    yield from (f"    異議 {dispute_text(dispute)}" for dispute in one.disputes)


def _requirement_lines(one: RequirementChange) -> Iterator[str]:
    statuses = " → ".join(status.label for status in dict.fromkeys((one.then, one.now)) if status)
    yield f"  {one.id} {one.name}: {statuses}"
    yield from (f"    {because}" for because in one.because)


def _record(view: RunView, found: Rejudgement) -> dict[str, Any]:
    then, now = found.then.facts.start, found.now.facts.start
    return {
        "run": {
            "log_sha256": log_digest(view.folder),
            "suite_digest": then["suite_digest"],
            "edition": then["edition"],
            "claim": found.then.claim.value,
        },
        "rejudged": {
            "on": now["time"][:10],
            "suite_digest": now["suite_digest"],
            "edition": now["edition"],
            "claim": found.now.claim.value,
            "claim_reasons": list(found.now.reasons),
        },
        "cases": [
            {
                "scenario": one.scenario,
                "name": one.name,
                "requirements": list(one.requirements),
                "then": one.then,
                "now": one.now,
                "message": one.message,
                "cause": one.cause,
                "must_run_again": one.must_run,
                "disputes": list(one.disputes),
            }
            for one in found.cases
        ],
        "requirements": [
            {
                "id": one.id,
                "name": one.name,
                "then": one.then,
                "now": one.now,
                "standing": one.standing,
                "because": list(one.because),
            }
            for one in found.requirements
        ],
    }

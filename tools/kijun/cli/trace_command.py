"""kijun trace"""

from __future__ import annotations

import argparse
from pathlib import Path

from kijun.cli.common import say
from kijun.engine.run_place import existing_folder
from kijun.model.conformance import CaseOutcome
from kijun.model.errors import UsageError
from kijun.model.verdict import Verdict
from kijun.reporting import transcript
from kijun.reporting.run_view import RunView

_FEW = 3


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", nargs="?", default="", metavar="実行", help="実行の名前かフォルダー（既定は最新）")
    parser.add_argument("--out", type=Path, default=Path("kijun-out"), metavar="フォルダー", help="結果の置き場所")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--case", type=int, metavar="番号", help="角括弧の中の番号で一件を選ぶ")
    which.add_argument("--scenario", metavar="文字", help="シナリオの名前か場所に含まれる文字で選ぶ")
    which.add_argument("--requirement", metavar="要件番号", help="要件のシナリオを全て選ぶ")
    parser.add_argument("--long", action="store_true", help="長い内容も略さない")


def execute(arguments: argparse.Namespace) -> int:
    view = RunView.read(existing_folder(arguments.out, arguments.run))
    chosen = _chosen(view, arguments)
    is_asked_for = arguments.case is not None or arguments.scenario or arguments.requirement
    shown = chosen if is_asked_for else chosen[:_FEW]
    for case in shown:
        say(transcript.render(view, case, None if arguments.long else transcript.BRIEF) + "\n")
    if len(shown) < len(chosen):
        say(f"ほか {len(chosen) - len(shown)} 件: {_numbers(view, chosen[len(shown) :])}（--case 番号 で示します）")
    if not chosen:
        say("合格しなかったシナリオはありません。--case、--scenario、--requirement で、合格したものも示せます。")
    return 0


def _chosen(view: RunView, arguments: argparse.Namespace) -> list[CaseOutcome]:
    """The cases asked for, or those that ended badly. Raises UsageError when what was asked for is not there."""
    order = view.report.facts.order
    cases = list(view.report.facts.cases.values())
    if arguments.case is not None:
        found, what = [case for case in cases if order[case.scenario] == arguments.case], f"番号 {arguments.case}"
    elif arguments.scenario:
        text, what = arguments.scenario, f"「{arguments.scenario}」を含むもの"
        found = [case for case in cases if text in case.name or text in case.scenario]
    elif arguments.requirement:
        one, what = arguments.requirement, f"要件 {arguments.requirement} のもの"
        found = [case for case in cases if one in view.scenario(case)["requirements"]]
    else:
        return [case for case in cases if case.verdict not in (Verdict.PASS, Verdict.NONE)]
    if not found:
        raise UsageError(f"この実行の {len(cases)} 件のシナリオに、{what}はありません。")
    return found


def _numbers(view: RunView, cases: list[CaseOutcome]) -> str:
    numbers = [str(view.report.facts.order[case.scenario]) for case in cases[:20]]
    return "、".join(numbers) + (" など" if len(cases) > len(numbers) else "")

"""kijun driver new, kijun driver check"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from kijun.catalog.root import spec_root
from kijun.cli.common import add_parties, add_spec, cache, say
from kijun.drivers import reach
from kijun.engine.driver_check import Fitness, check_driver
from kijun.engine.driver_kit import LANGUAGES, example_of, write_driver
from kijun.engine.setup import Request, prepare
from kijun.engine.suite import Suite
from kijun.engine.unlocking import Worth, best_alone
from kijun.model.errors import ConfigurationError, ConnectionLost, Position, Problem
from kijun.model.glossary import Glossary

_ROWS = 15


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="new | check", required=True)
    new = actions.add_parser("new", help="埋めれば動くドライバーのひな形を書く")
    add_spec(new)
    new.add_argument("--lang", choices=LANGUAGES, required=True, help="言語")
    new.add_argument("folder", type=Path, metavar="フォルダー", help="新しい（空の）フォルダー")
    check = actions.add_parser("check", help="ドライバーが約束どおりに話すか、次に何を実装するとよいかを示す")
    add_parties(check)
    check.add_argument("--map", action="store_true", help="全ての操作と要件の対応を示す")
    check.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    return new(arguments) if arguments.action == "new" else check(arguments)


def new(arguments: argparse.Namespace) -> int:
    suite = Suite.load(spec_root(arguments.spec), cache())
    example = example_of(suite)
    for path in write_driver(arguments.lang, arguments.folder, example):
        say(f"{path} を書きました。")
    if example:
        say(f"例として操作「{example.label}」（{example.key}）だけを提供します。")
    say(f"次は kijun driver check --system {arguments.folder} で確かめてください。")
    return 0


def check(arguments: argparse.Namespace) -> int:
    asked = Request(
        root=spec_root(arguments.spec),
        profile=arguments.profile,
        system=arguments.system,
        businesses=tuple(arguments.business),
        cache=cache(),
        needs_statement=False,
    )
    assignment, sut = prepare(asked)
    try:
        system = reach(sut)
    except ConnectionLost as error:
        hint = "製品が起動しているか、sut.yaml の宛先を確かめてください。"
        at = Position.of(sut.folder / "sut.yaml")
        raise ConfigurationError([Problem(at, f"試験対象につながりません: {error}", hint)]) from error
    try:
        fitness = check_driver(assignment, system, sut.folder)
    finally:
        system.shut()
    if arguments.json:
        say(json.dumps(_record(fitness), ensure_ascii=False, indent=1))
    else:
        say(_text(fitness, assignment.catalog.glossary, whole=arguments.map))
    if fitness.problems:
        raise ConfigurationError(fitness.problems)
    return 0


def _record(fitness: Fitness) -> dict[str, object]:
    return {**asdict(fitness), "fit": not fitness.problems, "problems": [str(one) for one in fitness.problems]}


def _text(fitness: Fitness, glossary: Glossary, whole: bool) -> str:
    lines = list(fitness.notes)
    if fitness.worths:
        lines.append(f"確かめられる要件: {fitness.unlocked} / {fitness.requirements} 件")
        lines += _map(fitness.worths, glossary, whole)
        lines += _next(fitness, glossary)
    if not fitness.problems:
        lines.append("このドライバーは実行に使えます。")
    return "\n".join(lines)


def _next(fitness: Fitness, glossary: Glossary) -> list[str]:
    alone = best_alone(fitness.worths)
    lines = ["次に実装するとよい操作"] if fitness.advances else []
    if alone:
        named = _named([alone.operation], glossary)
        lines.append(f"  一つだけなら {named} … さらに {alone.gain} 件")
    if fitness.advances:
        lines.append("  手間に見合う順に（前のものに続けて）")
    for number, advance in enumerate(fitness.advances, start=1):
        lines.append(f"  {number}. {_named(advance.operations, glossary)} … さらに {advance.gain} 件")
    return lines


def _named(keys: Iterable[str], glossary: Glossary) -> str:
    return "と".join(f"「{glossary.operation_of(key).label}」（{key}）" for key in keys)


def _map(worths: list[Worth], glossary: Glossary, whole: bool) -> list[str]:
    """One line for each operation: offered or not, requirements that hinge on it, requirements that call it."""
    shown = worths if whole else worths[:_ROWS]
    lines = ["操作ごとの要件（○ 提供、・ 未提供。左は、その操作の有無で変わる要件、右は、その操作を使う要件）"]
    for one in shown:
        mark = "○" if one.offered else "・"
        lines.append(f"  {mark} {one.gain:4} / {one.needed_by:4} 件  {_named([one.operation], glossary)}")
    if len(shown) < len(worths):
        lines.append(f"  ほか {len(worths) - len(shown)} 操作（--map で全て示します）")
    return lines

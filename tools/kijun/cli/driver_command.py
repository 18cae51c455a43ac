"""kijun driver new, kijun driver check"""

from __future__ import annotations

import argparse
from pathlib import Path

from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, say
from kijun.engine.driver_kit import LANGUAGES, example_of, write_driver
from kijun.engine.suite import Suite


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="new | check", required=True)
    new = actions.add_parser("new", help="埋めれば動くドライバーのひな形を書く")
    add_spec(new)
    new.add_argument("--lang", choices=LANGUAGES, required=True, help="言語")
    new.add_argument("folder", type=Path, metavar="フォルダー", help="新しい（空の）フォルダー")


def execute(arguments: argparse.Namespace) -> int:
    return new(arguments)


def new(arguments: argparse.Namespace) -> int:
    suite = Suite.load(spec_root(arguments.spec), cache())
    example = example_of(suite)
    for path in write_driver(arguments.lang, arguments.folder, example):
        say(f"{path} を書きました。")
    if example:
        say(f"例として操作「{example.label}」（{example.key}）だけを提供します。")
    say(f"次は kijun driver check --system {arguments.folder} で確かめてください。")
    return 0

"""kijun key new"""

from __future__ import annotations

import argparse
from pathlib import Path

from kijun.bundle.keys import PRIVATE, PUBLIC, new_key
from kijun.cli.common import say


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="new", required=True)
    new = actions.add_parser("new", help="署名の鍵と公開鍵を作る")
    new.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="鍵を置くフォルダー")


def execute(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.out
    print_of_key = new_key(folder)
    say(f"{folder / PRIVATE}  署名の鍵。誰にも渡さず、控えを安全な所に置いてください。")
    say(f"{folder / PUBLIC}  公開鍵。束を受け取る相手に、束とは別の方法で渡してください。")
    say(f"指紋: {print_of_key}")
    return 0

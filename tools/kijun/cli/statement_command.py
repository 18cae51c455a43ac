"""kijun statement new"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_profile
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, say
from kijun.engine.setup import DEFAULT_PROFILE
from kijun.model.errors import ConfigurationError, Position, Problem


def configure(parser: argparse.ArgumentParser) -> None:
    add_spec(parser)
    parser.add_argument("action", choices=["new"], metavar="new", help="空の宣言書を作る")
    parser.add_argument("--profile", type=Path, metavar="ファイル", help="調達側の条件（既定は見本市の見本）")
    parser.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="事業者のフォルダー")


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    catalog = Catalog.load(root)
    profile = read_profile(arguments.profile or root / DEFAULT_PROFILE, catalog)
    path = arguments.out / "statement.yaml"
    if path.exists():
        hint = "消さないよう、別のフォルダーを --out に指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "宣言書がすでにあります。", hint)])
    chosen = catalog.limited_to(profile.businesses)
    arguments.out.mkdir(parents=True, exist_ok=True)
    path.write_text(blank_statement(chosen), encoding="utf-8")
    say(f"{path} を作りました。{len(chosen.requirements)} 件の要件に yes、no、planned のいずれかで答えてください。")
    return 0


def blank_statement(catalog: Catalog) -> str:
    """A form with every requirement as a comment to be answered: nothing is answered for the vendor."""
    lines = [
        "statement:",
        '  product: "製品名"',
        '  vendor: "事業者名"',
        '  version: "版"',
        f'  date: "{date.today().isoformat()}"',
        "  editions:",
        *(f'    {business}: "{edition}"' for business, edition in sorted(catalog.editions.items())),
        "# 各行の # を消し、answer を yes、no、planned のいずれかにしてください（planned は due も要ります）。",
        "answers: []",
    ]
    lines += [f'#  - {{ requirement: "{one.id}", answer: "" }}  # {one.text}' for one in catalog.requirements.values()]
    return "\n".join(lines) + "\n"

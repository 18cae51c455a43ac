"""kijun freeze"""

from __future__ import annotations

import argparse
from datetime import date

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import frozen, place
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, put, say
from kijun.engine.lint import lint
from kijun.model.errors import CatalogError


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="版", help="版の名前（例 0.3）。凍結済みの名前は使えない")
    parser.add_argument("--note", default="", metavar="文", help="どの状態を凍結したか（版のファイルに書く）")
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    path = place(root, arguments.edition)
    problems = lint(root, cache())
    if problems:
        raise CatalogError(problems)
    tables = Catalog.load(root).tables
    path.parent.mkdir(exist_ok=True)
    put(path, frozen(arguments.edition, date.today(), arguments.note, tables))
    count = sum(len(table.requirements) for table in tables)
    say(f"{path}: {len(tables)} 業務、{count} 件の要件を凍結しました。")
    return 0

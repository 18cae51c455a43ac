"""kijun import-standard"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.import_columns import read_column_words, read_sheet_mappings
from kijun.catalog.root import spec_root
from kijun.catalog.yaml_writer import as_yaml
from kijun.cli.common import add_spec, put, say
from kijun.model.errors import CatalogError, UsageError
from kijun.publishing.importing import told
from kijun.publishing.importing.draft import draft
from kijun.publishing.importing.standard import import_standard


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book", type=Path, metavar="ブック", help="公式の、又は本表から作った機能要件表（.xlsx）")
    parser.add_argument("--business", default="", metavar="SLUG", help="番号から分からない行の業務")
    parser.add_argument("--mapping", type=Path, metavar="ファイル", help="列の対応表（見出しから分からないとき）")
    parser.add_argument(
        "--official", action="store_true", help="公表された確定版であると人が確かめた（既定は案として扱う）"
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")
    parser.add_argument(
        "--out", type=Path, metavar="フォルダー", help="表の案（draft.yaml）と照合表（reconciliation.xlsx）を作る"
    )
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    catalog, problems = Catalog.inspect(root)
    if not catalog.has_all_rows:
        raise CatalogError(problems)
    if arguments.business and arguments.business not in catalog.systems:
        raise UsageError(f"業務「{arguments.business}」は登録簿（requirements/businesses.yaml）にありません。")
    words = read_column_words(root)
    mappings, words = read_sheet_mappings(arguments.mapping, words) if arguments.mapping else ((), words)
    certainty = "official" if arguments.official else "draft"
    found = import_standard(arguments.book, catalog, words, mappings, arguments.business, certainty)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        for name, content in (
            ("draft.yaml", as_yaml(draft(found.book, found.pairings))),
            ("reconciliation.xlsx", told.as_workbook(found)),
        ):
            put(arguments.out / name, content)
            sys.stderr.write(f"{arguments.out / name} を作りました。\n")
    say(json.dumps(told.as_record(found), ensure_ascii=False, indent=1) if arguments.json else told.render(found))
    return 0

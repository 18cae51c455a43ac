"""kijun lint"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.editorial_rules import read_editorial_rules
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, say
from kijun.engine.lint import lint
from kijun.model.errors import CatalogError, UsageError
from kijun.publishing.editorial import told
from kijun.publishing.editorial.review import review


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--editorial", action="store_true", help="文の質も見る（指摘は誤りではなく、大項目ごとに評点）")
    parser.add_argument(
        "--business", action="append", default=[], metavar="SLUG", help="--editorial の業務を絞る（繰返し可）"
    )
    parser.add_argument("--json", action="store_true", help="--editorial の結果を機械が読む形で出す")
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    if not arguments.editorial and (arguments.json or arguments.business):
        raise UsageError("--json と --business は --editorial と一緒に使います。")
    root = spec_root(arguments.spec)
    problems = lint(root, cache())
    if arguments.editorial:
        _editorial(root, arguments.business, as_json=arguments.json)
    if problems:
        raise CatalogError(problems)
    if not arguments.editorial:
        say(f"{root}: 誤りはありません。")
    return 0


def _editorial(root: Path, businesses: list[str], *, as_json: bool) -> None:
    """Print the remarks on the tables. Raises CatalogError when tables or glossary cannot be read, UsageError."""
    catalog, problems = Catalog.inspect(root)
    if not (catalog.has_all_rows and catalog.has_all_words and catalog.tables):
        raise CatalogError(problems)
    known = [table.business for table in catalog.tables]
    if unknown := [one for one in businesses if one not in known]:
        raise UsageError(f"業務「{'」「'.join(unknown)}」の要件表はありません。あるのは {'、'.join(known)} です。")
    found = review(catalog, read_editorial_rules(root))
    found = found.limited_to(businesses) if businesses else found
    names = {slug: str(row["name"]) for slug, row in catalog.systems.items()}
    record = told.as_record(found, root) if as_json else None
    say(json.dumps(record, ensure_ascii=False, indent=1) if record else told.render(found, names, root))

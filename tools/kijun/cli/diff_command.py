"""kijun diff"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import edition_names, last_edition, read_edition
from kijun.catalog.own_answers import read_own_answers
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, cache, put, say
from kijun.engine.suite import Suite
from kijun.model.edition import Edition
from kijun.model.errors import CatalogError, UsageError
from kijun.publishing import excel, pdf, plain, word
from kijun.publishing.comparative_table import ComparativeTable, comparative_table
from kijun.publishing.comparison import Comparison, compare
from kijun.publishing.reach import Reach
from kijun.publishing.record import as_record

PRESENT = "今の要件表"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # what nobody froze has no day; a clock would change the bytes
FORMATS: Mapping[str, Callable[[ComparativeTable, datetime], bytes]] = {
    "pdf": pdf.render,
    "xlsx": lambda table, _: excel.render(table),
    "docx": word.render,
}


def configure(parser: argparse.ArgumentParser) -> None:
    which = "版の名前か、仕様の根のフォルダー"
    parser.add_argument("old", nargs="?", default="", metavar="旧", help=f"{which}（既定は最後に凍結した版）")
    parser.add_argument("new", nargs="?", default="", metavar="新", help=f"{which}（既定は今の要件表）")
    parser.add_argument("--business", action="append", default=[], metavar="SLUG", help="業務を絞る（繰返し可）")
    parser.add_argument(
        "--statement", type=Path, metavar="ファイル", help="自社の回答（statement.yaml か bid.json）。見直す回答を示す"
    )
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")
    parser.add_argument("--out", type=Path, metavar="フォルダー", help="新旧対照表（comparison.*）を作る")
    parser.add_argument(
        "--format",
        action="append",
        default=[],
        choices=FORMATS,
        metavar="形式",
        help=f"新旧対照表の形式（{'、'.join(FORMATS)}。繰返し可。既定は全て）",
    )
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    root = spec_root(arguments.spec)
    comparison = compare(*_editions(arguments, root))
    around = _folder(arguments.new) or root
    reach = _reach(around, comparison, arguments.statement)
    for path, content in _papers(arguments, comparison, reach):
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, content)
        sys.stderr.write(f"{path} を作りました。\n")
    record = as_record(comparison, reach) if arguments.json else None
    say(json.dumps(record, ensure_ascii=False, indent=1) if record else plain.render(comparison, reach))
    return 0


def _editions(arguments: argparse.Namespace, root: Path) -> tuple[Edition, Edition]:
    """Old and new edition, limited to the businesses asked for. Raises UsageError for what is not there."""
    old = _edition(arguments.old, root) if arguments.old else last_edition(root)
    if old is None:
        raise UsageError("凍結した版がありません。kijun freeze で凍結するか、比べるフォルダーを挙げてください。")
    new = _edition(arguments.new, root) if arguments.new else _tables(root, PRESENT)
    known = {*old.businesses, *new.businesses}
    if unknown := [one for one in arguments.business if one not in known]:
        raise UsageError(
            f"業務「{'」「'.join(unknown)}」はどちらの版にもありません。あるのは {'、'.join(sorted(known))} です。"
        )
    return (
        (old.limited_to(arguments.business), new.limited_to(arguments.business)) if arguments.business else (old, new)
    )


def _edition(word: str, root: Path) -> Edition:
    names = edition_names(root)
    if word in names:
        return read_edition(root, word)
    if folder := _folder(word):
        return _tables(folder, f"フォルダー {word}")
    told = f"凍結した版は {'、'.join(names)} です。" if names else "凍結した版はまだありません。"
    raise UsageError(f"「{word}」という版も、仕様の根のフォルダーもありません。{told}")


def _folder(word: str) -> Path | None:
    return Path(word).resolve() if word and (Path(word) / "requirements").is_dir() else None


def _tables(root: Path, name: str) -> Edition:
    """The present tables of a root; faults elsewhere in it do not matter. Raises CatalogError."""
    catalog, problems = Catalog.inspect(root)
    if not catalog.has_all_rows or not catalog.tables:
        raise CatalogError(problems)
    return Edition(name, catalog.tables)


def _reach(root: Path, comparison: Comparison, statement: Path | None) -> Reach:
    suite, problems = Suite.inspect(root, cache())
    if suite is None:
        raise CatalogError(problems)
    if problems:
        told = f"{root} に {len(problems)} 件の誤りがあります（kijun lint）。シナリオは読めた分だけを数えます。"
        sys.stderr.write(f"kijun: {told}\n")
    own = read_own_answers(statement, comparison.old, comparison.new) if statement else None
    catalog, scenarios = suite.catalog, defaultdict[str, list[str]](list)
    for scenario in suite.scenarios:
        where = Path(scenario.at.path).relative_to(root).as_posix()
        for one in scenario.requirements:
            scenarios[one].append(f"{where}:{scenario.at.line} {scenario.name}")
    return Reach(
        names={slug: row["name"] for slug, row in catalog.systems.items()},
        labels={one.key: one.label for one in catalog.glossary.words}
        | {one.key: one.label for one in catalog.glossary.operations},
        scenarios=scenarios,
        answers={one: given.label for one, given in own.items()} if own is not None else None,
    )


def _papers(arguments: argparse.Namespace, comparison: Comparison, reach: Reach) -> Iterator[tuple[Path, bytes]]:
    """Every paper asked for; `--format` alone puts it where all results go."""
    if not arguments.out and not arguments.format:
        return
    table = comparative_table(comparison, reach)
    day = comparison.new.frozen_on
    at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else _UNDATED
    for name in dict.fromkeys(arguments.format or FORMATS):
        yield (arguments.out or Path("kijun-out")) / f"comparison.{name}", FORMATS[name](table, at)

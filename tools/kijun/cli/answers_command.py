"""kijun answers import"""

from __future__ import annotations

import argparse
from pathlib import Path

import orjson

from kijun.catalog.answer_mapping import AnswerMapping, as_record, read_answer_mapping
from kijun.catalog.bid_reader import as_record as bid_record
from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_profile
from kijun.catalog.import_columns import read_column_words
from kijun.catalog.root import spec_root
from kijun.catalog.workbook_reader import Book
from kijun.catalog.yaml_writer import as_yaml
from kijun.cli.common import add_spec, put, say
from kijun.model.errors import CatalogError, UsageError
from kijun.model.requirement import Obligation, Requirement
from kijun.procurement.answers import told
from kijun.procurement.answers.opening import open_book
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.proposal import proposed
from kijun.procurement.answers.reading import Asked, read_answers

NOT_CONFIRMED = 2


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="import", required=True)
    read = actions.add_parser("import", help="事業者の回答表を読み、bid.json にする")
    read.add_argument("book", type=Path, metavar="回答表", help="事業者の回答表（.xlsx、.xls、.ods、CSV）")
    read.add_argument("--out", type=Path, default=Path("bid.json"), metavar="ファイル", help="結果（既定は bid.json）")
    read.add_argument("--profile", type=Path, metavar="ファイル", help="調達側の条件（必須・不可を団体区分で決める）")
    for name, help_text in (("bidder", "事業者の名前"), ("product", "製品の名前"), ("product-version", "製品の版")):
        read.add_argument(f"--{name}", default="", metavar="文字", help=f"{help_text}（提案に書き入れる）")
    for one in (read,):
        one.add_argument(
            "--mapping", type=Path, metavar="ファイル", help="回答表の読み方（既定は --out の隣の *.mapping.yaml）"
        )
        add_spec(one)


def execute(arguments: argparse.Namespace) -> int:
    return import_book(arguments)


def import_book(arguments: argparse.Namespace) -> int:
    """First a proposal, then, once a person has confirmed it, the bid."""
    _refuse_same(arguments.book, arguments.out)
    catalog = _catalog(arguments.spec)
    book = open_book(arguments.book)
    index = Index(catalog.tables)
    mapping = _mapping(arguments, book, index, catalog.root)
    if mapping is None:
        return NOT_CONFIRMED
    obligation = _obligation(arguments.profile, catalog)
    reading = read_answers(str(arguments.book), book, mapping, read_column_words(catalog.root), index, obligation)
    record = orjson.dumps(bid_record(reading.bid), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    put(arguments.out, record, make_folder=True)
    say(told.told_reading(reading))
    say(f"\n{arguments.out} を作りました。")
    return 0


def _refuse_same(book: Path, out: Path) -> None:
    if book.resolve() == out.resolve():
        raise UsageError("--out が読むファイルと同じです。別の名前を指定してください。")


def _catalog(spec: Path | None) -> Catalog:
    catalog, problems = Catalog.inspect(spec_root(spec))
    if not catalog.has_all_rows or not catalog.tables:
        raise CatalogError(problems)
    return catalog


def _mapping(arguments: argparse.Namespace, book: Book, index: Index, root: Path) -> AnswerMapping | None:
    """The mapping as confirmed; None, with the next step told, as long as it is not."""
    path: Path = arguments.mapping or arguments.out.with_suffix(".mapping.yaml")
    _refuse_same(path, arguments.out)
    if path.exists():
        mapping = read_answer_mapping(path)
        if mapping.is_confirmed:
            return mapping
        say(f"{path} はまだ確かめられていません（confirmed: false）。")
    else:
        names = (arguments.bidder, arguments.product, arguments.product_version)
        mapping = proposed(book, read_column_words(root), index, *names)
        put(path, told.HEAD.encode() + as_yaml(as_record(mapping)), make_folder=True)
        say(told.told_proposal(mapping))
        say(f"\n{path} を作りました。")
    say("次にすること: 読み方を確かめて直し、confirmed を true にして、同じ命令をもう一度実行してください。")
    return None


def _obligation(profile: Path | None, catalog: Catalog) -> Asked:
    """What is asked of the buyer's group; without a profile, what is asked of every group alike, else nothing."""
    if profile:
        return read_profile(profile, catalog).obligation
    return _common


def _common(requirement: Requirement) -> Obligation:
    asked = {one for one in requirement.category.values() if one is not Obligation.NONE}
    return asked.pop() if len(asked) == 1 else Obligation.NONE

"""kijun answers import, kijun answers fill"""

from __future__ import annotations

import argparse
from pathlib import Path

import orjson

from kijun.catalog.answer_mapping import AnswerMapping, as_record, read_answer_mapping
from kijun.catalog.bid_reader import as_record as bid_record
from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_profile
from kijun.catalog.import_columns import read_column_words
from kijun.catalog.own_answers import read_own_answers
from kijun.catalog.root import spec_root
from kijun.catalog.workbook_checks import Kind
from kijun.catalog.workbook_editor import is_signed
from kijun.catalog.workbook_reader import Book
from kijun.catalog.yaml_writer import as_yaml
from kijun.cli.common import add_spec, put, say
from kijun.model.edition import Edition
from kijun.model.errors import CatalogError, ConfigurationError, Position, Problem, UsageError
from kijun.model.requirement import Obligation, Requirement
from kijun.procurement.answers import told
from kijun.procurement.answers.filling import fill, told_filling
from kijun.procurement.answers.opening import open_book
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.proposal import proposed
from kijun.procurement.answers.reading import Asked, read_answers

NOT_CONFIRMED = 2


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="import | fill", required=True)
    read = actions.add_parser("import", help="事業者の回答表を読み、bid.json にする")
    read.add_argument("book", type=Path, metavar="回答表", help="事業者の回答表（.xlsx、.xls、.ods、CSV）")
    read.add_argument("--out", type=Path, default=Path("bid.json"), metavar="ファイル", help="結果（既定は bid.json）")
    read.add_argument("--profile", type=Path, metavar="ファイル", help="調達側の条件（必須・不可を団体区分で決める）")
    for name, help_text in (("bidder", "事業者の名前"), ("product", "製品の名前"), ("product-version", "製品の版")):
        read.add_argument(f"--{name}", default="", metavar="文字", help=f"{help_text}（提案に書き入れる）")
    write = actions.add_parser("fill", help="自社の回答を、団体の様式（.xlsx）に書き入れる")
    write.add_argument("answers", type=Path, metavar="回答", help="自社の回答（statement.yaml か bid.json）")
    write.add_argument("book", type=Path, metavar="様式", help="団体が配った回答表（.xlsx）")
    write.add_argument("--out", type=Path, required=True, metavar="ファイル", help="書き入れた回答表（新しい名前）")
    for one in (read, write):
        one.add_argument(
            "--mapping", type=Path, metavar="ファイル", help="回答表の読み方（既定は --out の隣の *.mapping.yaml）"
        )
        add_spec(one)


def execute(arguments: argparse.Namespace) -> int:
    return import_book(arguments) if arguments.action == "import" else fill_book(arguments)


def import_book(arguments: argparse.Namespace) -> int:
    """First a proposal, then, once a person has confirmed it, the bid."""
    _refuse_same(arguments.book, arguments.out)
    catalog = _catalog(arguments.spec)
    book = open_book(arguments.book)
    index = Index(catalog.tables)
    names = (arguments.bidder, arguments.product, arguments.product_version)
    mapping = _mapping(arguments, book, index, catalog.root, names)
    if mapping is None:
        return NOT_CONFIRMED
    obligation = _obligation(arguments.profile, catalog)
    reading = read_answers(str(arguments.book), book, mapping, read_column_words(catalog.root), index, obligation)
    record = orjson.dumps(bid_record(reading.bid), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    put(arguments.out, record, make_folder=True)
    say(told.told_reading(reading))
    say(f"\n{arguments.out} を作りました。")
    return 0


def fill_book(arguments: argparse.Namespace) -> int:
    """First a proposal for the body's sheet, then a copy of it with the answers."""
    path, out = arguments.book, arguments.out
    _refuse_same(path, out)
    if out.suffix.lower() != path.suffix.lower():
        raise UsageError(f"--out のファイル名「{out.name}」は、末尾を様式と同じ {path.suffix} にしてください。")
    if out.exists():
        hint = "記入したものを消さないよう、別の名前を --out に指定してください。"
        raise ConfigurationError([Problem(Position.of(out), "その名前のファイルがすでにあります。", hint)])
    catalog = _catalog(arguments.spec)
    own = read_own_answers(arguments.answers, Edition("今の要件表", catalog.tables))
    book, index = open_book(path, (Kind.XLSX,)), Index(catalog.tables)
    content = path.read_bytes()
    if is_signed(content):
        hint = "書き入れると署名が無効になります。署名のない様式を団体からもらってください。"
        raise ConfigurationError([Problem(Position.of(path), "署名の付いたブックです。", hint)])
    mapping = _mapping(arguments, book, index, catalog.root)
    if mapping is None:
        return NOT_CONFIRMED
    answers = {one: given.answer for one, given in own.items()}
    filling = fill(str(path), content, book, mapping, read_column_words(catalog.root), index, answers)
    put(out, filling.content, make_folder=True)
    say("\n".join(told_filling(filling, (arguments.answers.name, path.name))))
    say(f"\n{out} を作りました。元の様式は変えていません。")
    return 0


def _refuse_same(book: Path, out: Path) -> None:
    if book.resolve() == out.resolve():
        raise UsageError("--out が読むファイルと同じです。別の名前を指定してください。")


def _catalog(spec: Path | None) -> Catalog:
    catalog, problems = Catalog.inspect(spec_root(spec))
    if not catalog.has_all_rows or not catalog.tables:
        raise CatalogError(problems)
    return catalog


def _mapping(
    arguments: argparse.Namespace, book: Book, index: Index, root: Path, names: tuple[str, str, str] = ("", "", "")
) -> AnswerMapping | None:
    """The mapping as confirmed; None, with the next step told, as long as it is not."""
    path: Path = arguments.mapping or arguments.out.with_suffix(".mapping.yaml")
    _refuse_same(path, arguments.out)
    if path.exists():
        mapping = read_answer_mapping(path)
        if mapping.is_confirmed:
            return mapping
        say(f"{path} はまだ確かめられていません（confirmed: false）。")
    else:
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

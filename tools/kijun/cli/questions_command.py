"""kijun questions"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from kijun.catalog.import_columns import read_column_words
from kijun.catalog.own_answers import read_own_answers
from kijun.catalog.printed_pages import printed_pages
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, clean, put, say
from kijun.cli.rfp_command import free_book
from kijun.model.edition import Edition
from kijun.model.errors import UsageError
from kijun.procurement.questions import book, told
from kijun.procurement.questions.linking import Papers, link
from kijun.procurement.questions.question_list import read_questions
from kijun.procurement.returned_book import rows_in
from kijun.procurement.tables import tables_of


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "book", type=Path, metavar="質問回答", help="質問の一覧（.xlsx、.xls、.ods、CSV）。回答があってもよい"
    )
    parser.add_argument(
        "--paper",
        action="append",
        default=[],
        metavar="資料名=ファイル",
        help="配った資料。仕様書などの PDF か、回答依頼書（.xlsx）。繰返し可。資料名がなければファイルの名前",
    )
    parser.add_argument("--edition", default="", metavar="版", help="凍結した版（既定は今の要件表）")
    parser.add_argument("--own", type=Path, metavar="ファイル", help="自社の回答（statement.yaml か bid.json）")
    parser.add_argument("--out", type=Path, metavar="ファイル", help="質問と要件を並べた表（.xlsx）")
    parser.add_argument("--json", action="store_true", help="機械が読む形で出す")
    add_spec(parser)


def execute(arguments: argparse.Namespace) -> int:
    out = free_book(arguments.out) if arguments.out else None
    papers = _papers(arguments.paper)
    root = spec_root(arguments.spec)
    edition = tables_of(root, arguments.edition)
    own = read_own_answers(arguments.own, edition) if arguments.own else None
    questions = read_questions(arguments.book, read_column_words(root))
    linked = link(questions, edition, _opened(papers, edition), arguments.book)
    if out:
        digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in papers.items()}
        put(out, book.render(linked, digests, own), make_folder=True)
    if arguments.json:
        say(json.dumps(told.as_record(linked, own), ensure_ascii=False, indent=1))
    else:
        say("\n".join(clean(line) for line in told.render(linked, own)))
        if out:
            say(f"{out} を作りました。要確認の行は「{book.SETTLED}」に書き、同じ命令でこの本を読みます。")
    return int(told.has_to_be_asked(linked))


def _papers(words: list[str]) -> dict[str, Path]:
    """Papers by the names under which questions cite them. Raises UsageError for a name that is given twice."""
    found: dict[str, Path] = {}
    for word in words:
        name, _, file = word.rpartition("=")
        path = Path(file)
        name = name or path.stem
        if name in found:
            raise UsageError(f"資料「{name}」が二つ指定されています。--paper 資料名=ファイル の名前を変えてください。")
        found[name] = path
    return found


def _opened(papers: dict[str, Path], edition: Edition) -> Papers:
    sheets = {name: path for name, path in papers.items() if path.suffix.lower() == ".xlsx"}
    pages = {name: path for name, path in papers.items() if name not in sheets}
    rows: dict[str, dict[int, str]] = {}
    for path in sheets.values():
        rows |= rows_in(path, edition)
    return Papers(printed_pages(pages, tuple(edition.requirements)), rows)

"""kijun fitgap new, kijun fitgap merge"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from kijun.cli.common import add_spec, clean, put, say
from kijun.cli.rfp_command import free_book, request_of
from kijun.model.errors import ConfigurationError, Position, Problem, ProblemsFound
from kijun.procurement.fitgap import told
from kijun.procurement.fitgap.book import Paper, render
from kijun.procurement.fitgap.carrying import carry
from kijun.procurement.fitgap.judgements import FitGap, blank
from kijun.procurement.fitgap.merging import merge
from kijun.procurement.fitgap.reading import FilledBook, books_in, open_filled, read_before, read_filled
from kijun.procurement.request import RequestForProposal
from kijun.procurement.request_book import sheet_names


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="new | merge", required=True)
    new = actions.add_parser("new", help="各課が記入する本を作る（前回の判定を引き継げる）")
    join = actions.add_parser("merge", help="記入された本を合わせ、進み具合と食い違いを示す")
    for one in (new, join):
        one.add_argument("profile", type=Path, metavar="プロファイル", help="調達側の条件（profile.yaml）")
        one.add_argument(
            "--paper", choices=[one.value for one in Paper], default="A4", metavar="紙", help="A4（既定）か A3"
        )
        add_spec(one)
    new.add_argument("--edition", default="", metavar="版", help="凍結した版（既定は今の要件表）")
    new.add_argument(
        "--from", dest="before", type=Path, metavar="ブック", help="前回の本か、似た団体の本。同じ要件の判定を引き継ぐ"
    )
    new.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="場所",
        help="課ごとのシートの一冊（.xlsx）か、課ごとに一冊のフォルダー",
    )
    join.add_argument("books", type=Path, nargs="+", metavar="ブック", help="記入された本（.xlsx）か、そのフォルダー")
    join.add_argument("--out", type=Path, metavar="ファイル", help="合わせた本（.xlsx）。書かなければ示すだけ")
    join.add_argument("--json", action="store_true", help="機械が読む形で出す")


def execute(arguments: argparse.Namespace) -> int:
    return write(arguments) if arguments.action == "new" else join(arguments)


def write(arguments: argparse.Namespace) -> int:
    """Books for the offices to fill: one with a sheet for each, or a folder with a book for each."""
    out: Path = arguments.out
    one_book = out.suffix.lower() == ".xlsx"
    _ = free_book(out) if one_book else _free_folder(out)
    request = request_of(arguments, arguments.edition)
    fitgap = carry(request, read_before(arguments.before)) if arguments.before else blank(request)
    paper = Paper(arguments.paper)
    for path, sheets in _books(request, out, one_book).items():
        put(path, render(fitgap, sheets, paper), make_folder=True)
        say(f"{path} を作りました（{'、'.join(sheets)}）。")
    _say_before(fitgap, arguments.before)
    if not request.edition.frozen_on:
        say("凍結していない要件表から作りました。後で表が変わると合わせられません。--edition で版を指定してください。")
    say("記入された本がそろったら、次の命令で合わせます。")
    say(f"kijun fitgap merge {arguments.profile} 記入された本のフォルダー --out 合わせた本.xlsx")
    return 0


def join(arguments: argparse.Namespace) -> int:
    """One book from many; nothing is written when one of them cannot be read."""
    out = free_book(arguments.out) if arguments.out else None
    paths = books_in(arguments.books)
    request = request_of(arguments, _edition(paths))
    merged = merge(request, _read(paths, request))
    if out:
        put(out, render(merged.fitgap, request.sheets, Paper(arguments.paper)), make_folder=True)
    if arguments.json:
        say(json.dumps(told.as_record(merged), ensure_ascii=False, indent=1))
    else:
        say("\n".join(clean(line) for line in told.render(merged)))
        if out:
            say(
                f"{out} を作りました。食い違いは、この本の課のシートで決めてください。"
                if merged.fitgap.conflicts
                else f"{out} を作りました。"
            )
    return int(told.has_to_be_looked_at(merged))


def _books(request: RequestForProposal, out: Path, one_book: bool) -> dict[Path, list[str]]:
    titles = list(request.sheets)
    if one_book:
        return {out: titles}
    return {out / f"{name}.xlsx": [title] for name, title in zip(sheet_names(titles, ()), titles, strict=True)}


def _say_before(fitgap: FitGap, before: Path | None) -> None:
    if before:
        say("\n".join(clean(line) for line in told.carried(fitgap)))


def _edition(paths: list[Path]) -> str:
    """The edition that the first readable book names; whether the others agree is told of each of them."""
    problems: list[Problem] = []
    for path in paths:
        try:
            return open_filled(path)[1].edition
        except ProblemsFound as error:
            problems += error.problems
    raise ConfigurationError(problems)


def _read(paths: list[Path], request: RequestForProposal) -> list[FilledBook]:
    found: list[FilledBook] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(read_filled(path, request))
        except ProblemsFound as error:
            problems += error.problems
    if problems:
        raise ConfigurationError(problems)
    return found


def _free_folder(path: Path) -> Path:
    """A place for new books. Raises ConfigurationError when something lies there."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        hint = "配ったものや記入したものを消さないよう、別の名前を --out に指定してください（一冊なら .xlsx）。"
        raise ConfigurationError([Problem(Position.of(path), "その名前の場所には、すでに何かがあります。", hint)])
    return path

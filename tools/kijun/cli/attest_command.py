"""kijun attest"""

from __future__ import annotations

import argparse
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from kijun.attesting import excel_form
from kijun.attesting.agenda import Agenda, Ground
from kijun.attesting.evidence import Unacceptable
from kijun.attesting.journal import Journal
from kijun.attesting.terminal import Dialogue, Tally
from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_attestations, read_profile, read_statement
from kijun.catalog.root import spec_root
from kijun.cli.common import add_parties, say
from kijun.engine.setup import DEFAULT_PROFILE
from kijun.model.errors import ConfigurationError, Position, Problem, RunStopped, UsageError

MOST_MINUTES = 480


def configure(parser: argparse.ArgumentParser) -> None:
    add_parties(parser, needs_system=True)
    parser.add_argument(
        "--requirement",
        action="append",
        default=[],
        metavar="要件番号",
        help="確認済みでも、この要件を尋ねる（繰返し可）",
    )
    parser.add_argument("--office", default="", metavar="部署", help="担当の部署の初めの値（個人名は書かない）")
    parser.add_argument(
        "--file", default="attested", metavar="名前", help="attestations/ の中のファイルの名前（既定 attested）"
    )
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--web", action="store_true", help="実演のための画面を、この機械の中だけで開く")
    ways.add_argument("--export", type=Path, metavar="ファイル", help="Excel の記入用紙を作る")
    ways.add_argument("--import", dest="filled", type=Path, metavar="ファイル", help="記入した Excel の用紙を読み込む")
    parser.add_argument("--minutes", type=int, default=10, metavar="分", help="--web の一件の目安（既定 10）")
    parser.add_argument("--port", type=int, default=0, metavar="番号", help="--web のポート（既定は空いている番号）")


def execute(arguments: argparse.Namespace) -> int:
    if not Journal.is_name(arguments.file):
        raise UsageError(f"ファイルの名前「{arguments.file}」は使えません。半角の英数字と . _ - で付けてください。")
    if not 1 <= arguments.minutes <= MOST_MINUTES:
        raise UsageError(f"--minutes は 1 から {MOST_MINUTES} までの分で指定してください。")
    ground = read_ground(arguments)
    journal = Journal(arguments.system, arguments.file)
    journal.examine()
    if arguments.filled:
        return _import(arguments, ground, journal)
    agenda = ground.agenda(arguments.requirement)
    if not agenda.items:
        return _nothing(agenda)
    if arguments.export:
        return _export(arguments, agenda, ground.today)
    if arguments.web:
        return _on_the_page(arguments, agenda, journal)
    return _at_the_terminal(arguments, agenda, journal)


def read_ground(arguments: argparse.Namespace) -> Ground:
    """Tables, profile, statement and everything said before. Raises CatalogError, ConfigurationError, UsageError."""
    root = spec_root(arguments.spec)
    whole = Catalog.load(root)
    profile = read_profile(arguments.profile or root / DEFAULT_PROFILE, whole)
    if arguments.business:
        profile = replace(profile, businesses=tuple(arguments.business))
        missing = [one for one in profile.businesses if whole.table(one) is None]
        if missing:
            known = "、".join(table.business for table in whole.tables)
            raise UsageError(f"業務「{missing[0]}」の要件表がありません。使えるのは {known} です。")
    catalog = whole.limited_to(profile.businesses)
    statement = read_statement(arguments.system, catalog)
    rows = read_attestations(arguments.system, whole)
    return Ground(catalog, profile, statement, tuple(rows), date.today())


def _nothing(agenda: Agenda) -> int:
    say("人の確認を待っている要件はありません。確かめ直すときは --requirement に要件番号を指定してください。")
    _tell_unanswered(agenda)
    return 0


def _tell_unanswered(agenda: Agenda) -> None:
    if agenda.unanswered:
        say(f"ほかに {agenda.unanswered} 件は、宣言書（statement.yaml）に答えがないので尋ねません。")


def _export(arguments: argparse.Namespace, agenda: Agenda, today: date) -> int:
    path: Path = arguments.export
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--export のファイル名「{path.name}」は、末尾を .xlsx にしてください。")
    if path.exists():
        hint = "記入したものを消さないよう、別の名前を --export に指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "その名前のファイルがすでにあります。", hint)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(excel_form.blank_form(agenda.items, arguments.office, today))
    except OSError as error:
        hint = "場所と書込みの権限を確かめてください。"
        raise ConfigurationError([Problem(Position.of(path), f"書けません（{error.strerror}）。", hint)]) from error
    say(f"{path} を作りました。{len(agenda.items)} 件の要件に記入し、次の命令で読み込んでください。")
    say(f'kijun attest --system "{arguments.system}" --import "{path}"')
    return 0


def _import(arguments: argparse.Namespace, ground: Ground, journal: Journal) -> int:
    """Everything in the form or nothing: a form with a fault is mended and read again, whole."""
    form = excel_form.read_form(arguments.filled, ground)
    try:
        journal.add(form.attestations)
    except Unacceptable as error:
        raise ConfigurationError([Problem(Position.of(arguments.filled), error.message, error.hint)]) from error
    tally = Tally(len(form.attestations), form.put_off)
    say(f"読み込みました。{_counts(tally)}")
    _next(arguments, tally)
    return 0


def _at_the_terminal(arguments: argparse.Namespace, agenda: Agenda, journal: Journal) -> int:
    say(f"人の確認を待っている要件が {len(agenda.items)} 件あります。")
    say("担当には部署の名前を書きます。個人名と個人番号は、どこにも書きません。")
    say("一件ごとに保存します。途中でやめるときは Ctrl-C を押してください。答えた分は残ります。")
    _tell_unanswered(agenda)
    dialogue = Dialogue(input, say, journal, date.today(), arguments.office)
    try:
        dialogue.walk(agenda.items)
    except (EOFError, KeyboardInterrupt):
        told = f"途中でやめました。{_counts(dialogue.tally)}同じ命令で、残りから続けられます。"
        say()
        raise RunStopped(told) from None
    say()
    say(f"終わりました。{_counts(dialogue.tally)}")
    _next(arguments, dialogue.tally)
    return 0


def _on_the_page(arguments: argparse.Namespace, agenda: Agenda, journal: Journal) -> int:
    from kijun.attesting.web import PageServer, Sitting  # noqa: PLC0415 - only the page needs a server

    sitting = Sitting(agenda.items, journal, date.today(), arguments.minutes, arguments.office)
    server = PageServer(sitting, arguments.port)
    say(f"人の確認を待っている要件が {len(agenda.items)} 件あります。")
    say("この機械のブラウザーで、次の URL を開いてください。")
    say(server.url)
    say("終えるときは、画面の「確認を終える」か Ctrl-C を押してください。記録したものは残ります。")
    with suppress(KeyboardInterrupt):
        server.serve()
    tally = Tally(len(sitting.recorded), len(agenda.items) - len(sitting.recorded))
    say(f"終わりました。{_counts(tally)}")
    _next(arguments, tally)
    return 0


def _counts(tally: Tally) -> str:
    return f"記録したもの {tally.recorded} 件、後に回したもの {tally.put_off} 件。"


def _next(arguments: argparse.Namespace, tally: Tally) -> None:
    if tally.put_off:
        say("後に回したものは、同じ命令でもう一度尋ねます。")
    if tally.recorded:
        say(f'判定に加えるには kijun run --system "{arguments.system}" を実行してください。')

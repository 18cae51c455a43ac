"""kijun rfp scope, kijun rfp new, kijun rfp check, kijun rfp accept"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from pathlib import Path

from kijun.bundle.keys import read_public
from kijun.bundle.verify import Retrial, verify
from kijun.catalog.bid_reader import as_record as bid_record
from kijun.catalog.catalog import read_systems
from kijun.catalog.configuration import read_profile
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, clean, put, say
from kijun.cli.verify_command import judge
from kijun.model.errors import CatalogError, ConfigurationError, Position, Problem, UsageError
from kijun.model.verdict import Verdict
from kijun.procurement import acceptance, acceptance_book, request_book, returned_text, scope
from kijun.procurement.acceptance import Came, Delivered
from kijun.procurement.contract import edition_of, read_contract
from kijun.procurement.request import RequestForProposal, differences
from kijun.procurement.returned_book import ReturnedBook, read_manifest, read_returned
from kijun.procurement.tables import tables_of
from kijun.reporting.run_view import RunView


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="scope | new | check | accept", required=True)
    shown = actions.add_parser("scope", help="条件に関係する要件と実装区分、関係しない要件と理由を示す")
    new = actions.add_parser("new", help="事業者に配る回答依頼書（Excel）を作る")
    check = actions.add_parser("check", help="返ってきた依頼書の書き換え・欠け・追加を見付け、回答を読む")
    accept = actions.add_parser(
        "accept", help="契約の版と合意した差異から受入チェック表を作り、実行の結果と突き合わせる"
    )
    for one in (shown, new, check, accept):
        one.add_argument("profile", type=Path, metavar="プロファイル", help="調達側の条件（profile.yaml）")
        add_spec(one)
    for one in (shown, new):
        one.add_argument("--edition", default="", metavar="版", help="凍結した版（既定は今の要件表）")
    for one in (shown, check, accept):
        one.add_argument("--json", action="store_true", help="機械が読む形で出す")
    new.add_argument("--out", type=Path, required=True, metavar="ファイル", help="依頼書（.xlsx）")
    check.add_argument("book", type=Path, metavar="ブック", help="返ってきた依頼書（.xlsx）")
    check.add_argument("--bid", type=Path, metavar="ファイル", help="読み取った回答（bid.json）を書く")
    accept.add_argument("contract", type=Path, metavar="契約", help="契約の版と合意した差異（contract.yaml）")
    accept.add_argument("--run", type=Path, metavar="フォルダー", help="納められた製品の実行フォルダーか束（.zip）")
    accept.add_argument("--trust", type=Path, metavar="key.pub", help="束とは別に受け取った公開鍵")
    accept.add_argument("--out", type=Path, metavar="ファイル", help="受入チェック表（.xlsx）")


def execute(arguments: argparse.Namespace) -> int:
    actions = {"scope": show, "new": write, "check": check, "accept": accept}
    return actions[arguments.action](arguments)


def show(arguments: argparse.Namespace) -> int:
    request = request_of(arguments, arguments.edition)
    say(json.dumps(scope.as_record(request), ensure_ascii=False, indent=1) if arguments.json else scope.render(request))
    return 0


def write(arguments: argparse.Namespace) -> int:
    path = free_book(arguments.out)
    request = request_of(arguments, arguments.edition)
    put(path, request_book.render(request), make_folder=True)
    left_out = f"、対象外 {len(request.outside)} 件" if request.outside else ""
    say(f"{path} を作りました（要件 {len(request.rows)} 件{left_out}）。")
    say(f"照合コード: {request.code}（控えておき、返ってきたものと比べてください）")
    if not request.edition.frozen_on:
        say("凍結していない要件表から作りました。後で表が変わると読めません。--edition で凍結した版を使ってください。")
    say("返ってきたら、次の命令で確かめます。")
    say(f"kijun rfp check {arguments.profile} 返ってきたブック.xlsx --bid 回答.json")
    return 0


def check(arguments: argparse.Namespace) -> int:
    manifest = read_manifest(arguments.book)
    request = request_of(arguments, manifest["edition"])
    if told := differences(manifest, request):
        hint = "このプロファイルと版から作った依頼書かを確かめてください。照合コードが控えと違えば、別の依頼書です。"
        raise ConfigurationError([Problem(Position.of(arguments.book), one, hint) for one in told])
    found = read_returned(arguments.book, spec_root(arguments.spec))
    if arguments.bid:
        put(arguments.bid, _bid(found), make_folder=True)
    if arguments.json:
        say(json.dumps(returned_text.as_record(found), ensure_ascii=False, indent=1))
    else:
        say("\n".join(clean(line) for line in returned_text.render(found).splitlines()))
    return int(returned_text.has_to_be_asked(found))


def accept(arguments: argparse.Namespace) -> int:
    out = free_book(arguments.out) if arguments.out else None
    request = request_of(arguments, edition_of(arguments.contract))
    contract = read_contract(arguments.contract, request)
    delivered = _run(arguments) if arguments.run else None
    found = acceptance.accept(contract, request, delivered)
    if out:
        put(out, acceptance_book.render(found), make_folder=True)
    if arguments.json:
        say(json.dumps(acceptance.as_record(found), ensure_ascii=False, indent=1))
    else:
        say("\n".join(clean(line) for line in acceptance.render(found).splitlines()))
    return found.exit_code if delivered else 0


def _run(arguments: argparse.Namespace) -> Delivered:
    """A run folder as it lies there, or a bundle whose signature holds, read while it is unpacked and judged again."""
    path: Path = arguments.run
    if not path.is_file():
        return _delivered(RunView.read(path), path.resolve().name)
    if arguments.trust is None:
        raise UsageError("束（.zip）を受け入れるには、束とは別に受け取った公開鍵を --trust に指定してください。")
    read: list[Delivered] = []

    def keep(folder: Path) -> Retrial:
        read.append(_delivered(RunView.read(folder), path.name))
        return judge(folder, spec_root(arguments.spec))

    found = verify(path, read_public(arguments.trust), keep, datetime.now(UTC))
    if found.findings or not read:
        hint = "kijun verify で詳しく確かめ、送り主にもう一度送るよう頼んでください。"
        told = "".join(found.findings) or "記録を読めません。"
        raise ConfigurationError([Problem(Position.of(path), f"束を信じられません。{clean(told)}", hint)])
    return read[0]


def _delivered(view: RunView, name: str) -> Delivered:
    """A run as acceptance looks at it; waivers are the vendor's and the run's, not the contract's."""
    facts = view.report.facts
    incomplete = "絞り込んだ実行なので、受入には使えません。" if facts.start["selection"]["filtered"] else ""
    if not facts.finished:
        incomplete = "終わっていない実行なので、受入には使えません。kijun run --resume で続けてください。"
    return Delivered(
        name=name,
        day=facts.day,
        editions=facts.start["edition"],
        municipality=facts.start["profile"]["municipality_code"],
        as_of=facts.start["profile"]["as_of"],
        product=view.product,
        incomplete=incomplete,
        came={
            one.requirement.id: Came(
                status=one.underlying,
                because=one.because,
                fingerprint=one.requirement.fingerprint,
                skipped=tuple(case.name for case in one.cases if case.verdict is Verdict.NONE),
            )
            for one in view.report.outcomes
        },
    )


def free_book(path: Path) -> Path:
    """A place for a new workbook. Raises UsageError for another ending, ConfigurationError when it is taken."""
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--out のファイル名「{path.name}」は、末尾を .xlsx にしてください。")
    if path.exists():
        hint = "配ったものや記入したものを消さないよう、別の名前を --out に指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "その名前のファイルがすでにあります。", hint)])
    return path


def _bid(found: ReturnedBook) -> bytes:
    return (json.dumps(bid_record(found.bid), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")


def request_of(arguments: argparse.Namespace, edition: str) -> RequestForProposal:
    root = spec_root(arguments.spec)
    tables = tables_of(root, edition)
    systems, problems = read_systems(root)
    if problems:
        raise CatalogError(problems)
    names = {slug: str(row["name"]) for slug, row in systems.items()}
    return RequestForProposal.compose(read_profile(arguments.profile, tables), tables, names)

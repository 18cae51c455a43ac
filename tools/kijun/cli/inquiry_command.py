"""kijun inquiry form, kijun inquiry count"""

from __future__ import annotations

import argparse
from pathlib import Path

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.editions import edition_names, last_edition, read_edition
from kijun.catalog.inquiry_codes import read_codes
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, put, say
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError
from kijun.publishing.inquiry import form
from kijun.publishing.inquiry.asked import Inquiry


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="form | count", required=True)
    blank = actions.add_parser("form", help="団体に配る Excel の回答用紙を作る")
    blank.add_argument("--out", type=Path, required=True, metavar="ファイル", help="用紙（.xlsx）")
    count = actions.add_parser("count", help="返ってきた用紙をフォルダーから読み、団体区分ごとに集計する")
    count.add_argument("folder", type=Path, metavar="フォルダー", help="返ってきた用紙（下のフォルダーも読む）")
    count.add_argument("--out", type=Path, required=True, metavar="フォルダー", help="集計（inquiry.*）の置き場所")
    for one in (blank, count):
        one.add_argument("--edition", default="", metavar="版", help="照会する凍結した版（既定は最後に凍結した版）")
        one.add_argument("--business", action="append", default=[], metavar="SLUG", help="業務を絞る（繰返し可）")
        add_spec(one)


def execute(arguments: argparse.Namespace) -> int:
    return write_form(arguments) if arguments.action == "form" else count(arguments)


def write_form(arguments: argparse.Namespace) -> int:
    path: Path = arguments.out
    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"--out のファイル名「{path.name}」は、末尾を .xlsx にしてください。")
    if path.exists():
        hint = "配った用紙や記入したものを消さないよう、別の名前を --out に指定してください。"
        raise ConfigurationError([Problem(Position.of(path), "その名前のファイルがすでにあります。", hint)])
    inquiry = _inquiry(arguments)
    put(path, form.render(inquiry), make_folder=True)
    say(f"{path} を作りました（{inquiry.edition.label}、要件 {len(inquiry.requirements)} 件）。")
    say("返ってきた用紙を一つのフォルダーに集めたら、次の命令で集計します。")
    say(f'kijun inquiry count フォルダー --out 集計 --edition "{inquiry.edition.name}"')
    return 0


def _inquiry(arguments: argparse.Namespace) -> Inquiry:
    """The inquiry asked for. Raises UsageError for an edition or a business that is not there, CatalogError."""
    root = spec_root(arguments.spec)
    edition = _edition(arguments.edition, root)
    if unknown := [one for one in arguments.business if one not in edition.businesses]:
        known = "、".join(edition.businesses)
        raise UsageError(f"業務「{'」「'.join(unknown)}」は {edition.label} にありません。あるのは {known} です。")
    chosen = edition.limited_to(arguments.business) if arguments.business else edition
    return Inquiry(chosen, read_codes(root), read_municipalities())


def _edition(name: str, root: Path) -> Edition:
    names = edition_names(root)
    if name and name not in names:
        told = f"凍結した版は {'、'.join(names)} です。" if names else "凍結した版はまだありません。"
        raise UsageError(f"「{name}」という版はありません。{told}")
    edition = read_edition(root, name) if name else last_edition(root)
    if edition is None:
        told = "照会の間に文が変わらないよう、kijun freeze で凍結した版について照会します。"
        raise UsageError(f"凍結した版がありません。{told}")
    return edition


def count(arguments: argparse.Namespace) -> int:
    return 0

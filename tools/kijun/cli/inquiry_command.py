"""kijun inquiry form, kijun inquiry count"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import orjson
from tqdm import tqdm

from kijun.catalog.catalog import read_municipalities, read_systems
from kijun.catalog.editions import edition_names, last_edition, read_edition
from kijun.catalog.inquiry_codes import read_codes
from kijun.catalog.root import spec_root
from kijun.cli.common import add_spec, put, say
from kijun.model.edition import Edition
from kijun.model.errors import CatalogError, ConfigurationError, Position, Problem, UsageError
from kijun.publishing.inquiry import form, plain, sheets
from kijun.publishing.inquiry.asked import Inquiry
from kijun.publishing.inquiry.counting import Count
from kijun.publishing.inquiry.counting import count as add_up
from kijun.publishing.inquiry.files import Unreadable, files_in
from kijun.publishing.inquiry.reading import ReplyReader
from kijun.publishing.inquiry.record import as_record
from kijun.publishing.inquiry.replies import Reply


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
    systems, problems = read_systems(root)
    if problems:
        raise CatalogError(problems)
    names = {slug: str(row["name"]) for slug, row in systems.items()}
    return Inquiry(chosen, read_codes(root), read_municipalities(), names)


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
    folder, out = arguments.folder, arguments.out
    if not folder.is_dir():
        hint = "返ってきた用紙を集めたフォルダーを指定してください。"
        raise ConfigurationError([Problem(Position.of(folder), "フォルダーがありません。", hint)])
    if out.resolve().is_relative_to(folder.resolve()):
        raise UsageError("--out には、返ってきた用紙のフォルダーの外を指定してください（集計が次の回答に混ざります）。")
    result = _counted(_inquiry(arguments), folder)
    record = orjson.dumps(as_record(result), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    papers = {"txt": plain.render(result).encode(), "json": record, "xlsx": sheets.render(result)}
    for name, content in papers.items():
        path = out / f"inquiry.{name}"
        put(path, content, make_folder=True)
        sys.stderr.write(f"{path} を作りました。\n")
    say(plain.summary(result))
    return 0


def _counted(inquiry: Inquiry, folder: Path) -> Count:
    """Read and add up. Raises ConfigurationError where no file holds a reply."""
    files, passed_over = files_in(folder)
    reader = ReplyReader(inquiry)
    replies, unreadable = list[Reply](), list[Unreadable]()
    for name, path in tqdm(files, desc="回答", unit="件", disable=None):
        found = reader.read(name, path)
        if isinstance(found, Unreadable):
            unreadable.append(found)
        else:
            replies += found
    if not replies:
        problems = [Problem(Position.of(folder / one.file), one.reason, one.hint) for one in unreadable]
        hint = "返ってきた用紙（.xlsx）を集めたフォルダーを指定してください。"
        raise ConfigurationError(problems or [Problem(Position.of(folder), "回答が一つもありません。", hint)])
    return add_up(inquiry, replies, unreadable, passed_over, len(files))

"""What several commands share: options, places, and how a claim is told."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from kijun.catalog.root import spec_root
from kijun.engine.setup import Request
from kijun.model.errors import ConfigurationError, Position, Problem

CACHE = Path("kijun-out", ".cache")


def add_spec(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--spec", type=Path, metavar="フォルダー", help="仕様の根（既定は今のフォルダー、なければ同梱）"
    )


def add_target(parser: argparse.ArgumentParser) -> None:
    """Options that say what is tested against what, and how."""
    add_parties(parser)
    parser.add_argument("--seed", default="", metavar="文字", help="氏名・番号などを作る種（既定は毎回変わる）")
    parser.add_argument("--select", action="append", default=[], metavar="文字", help="要件番号かシナリオの場所で絞る")
    parser.add_argument("--waivers", type=Path, metavar="ファイル", help="期限付きの免除")
    parser.add_argument("--reviews", type=Path, metavar="ファイル", help="団体による確認")
    parser.add_argument("--disputes", type=Path, metavar="ファイル", help="シナリオへの異議（判定は変わらない）")


def add_parties(parser: argparse.ArgumentParser, *, needs_system: bool = False) -> None:
    """Options that name the standard, the buyer and the vendor."""
    add_spec(parser)
    parser.add_argument("--profile", type=Path, metavar="ファイル", help="調達側の条件（既定は見本市の見本）")
    default = "" if needs_system else "（既定は参照システム）"
    parser.add_argument(
        "--system", type=Path, required=needs_system, metavar="フォルダー", help=f"事業者のフォルダー{default}"
    )
    parser.add_argument("--business", action="append", default=[], metavar="SLUG", help="業務を一つに絞る（繰返し可）")


def request(arguments: argparse.Namespace) -> Request:
    return Request(
        root=spec_root(arguments.spec),
        profile=arguments.profile,
        system=arguments.system,
        businesses=tuple(arguments.business),
        seed=arguments.seed,
        select=tuple(arguments.select),
        waivers=arguments.waivers,
        reviews=arguments.reviews,
        disputes=arguments.disputes,
        cache=cache(),
    )


def cache() -> Path | None:
    """Where plans are kept; KIJUN_CACHE names another folder, and an empty value turns it off."""
    chosen = os.environ.get("KIJUN_CACHE")
    return (Path(chosen) if chosen else None) if chosen is not None else CACHE


def say(text: str = "") -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def put(path: Path, content: bytes, make_folder: bool = False) -> None:
    """Write a finished paper whole, into a folder that is there or is made: it is never left half written."""
    beside = path.with_name(f".{path.name}.part")
    try:
        if make_folder:
            path.parent.mkdir(exist_ok=True)
        beside.write_bytes(content)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        hint = "場所、空き容量、権限（開いたままの表計算ソフトなど）を確かめ、作り直してください。"
        raise ConfigurationError([Problem(Position.of(path), f"書けません（{error.strerror}）。", hint)]) from error


def make_folder(path: Path) -> None:
    """The folder and those above it, as far as they are not there. Raises ConfigurationError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "同じ名前のファイルがないか、場所と権限を確かめてください。"
        told = f"フォルダーを作れません（{error.strerror}）。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)]) from error


CONTENTS = "contents.txt"  # lies in a folder that we wrote and names every file in it


def put_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder whole in place of the one that an earlier call wrote.

    Raises ConfigurationError when it cannot be written, or when it holds a file that no earlier call put there.
    """
    _refuse_to_lose(folder)
    beside, before = (folder.with_name(f".{folder.name}.{end}") for end in ("part", "before"))
    listed = "".join(f"{name}\n" for name in sorted([*files, CONTENTS]))
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        for name, content in {**files, CONTENTS: listed.encode()}.items():
            (beside / name).write_bytes(content)
        if folder.exists():
            folder.rename(before)
        beside.rename(folder)
    except OSError as error:
        if before.exists() and not folder.exists():
            before.rename(folder)
        hint = "場所、空き容量、権限（開いたままのファイルなど）を確かめ、作り直してください。"
        raise ConfigurationError([Problem(Position.of(folder), f"書けません（{error.strerror}）。", hint)]) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if folder.exists():
            shutil.rmtree(before, ignore_errors=True)


def _refuse_to_lose(folder: Path) -> None:
    if not folder.exists():
        return
    there = {one.name for one in folder.iterdir()} if folder.is_dir() else {folder.name}
    listed = folder / CONTENTS
    ours = set(listed.read_text(encoding="utf-8").split("\n")) if listed.is_file() else set[str]()
    if others := sorted(there - ours):
        some = clean("、".join(others[:3])) + (" など" if others[3:] else "")
        told = f"この命令が作ったのではないファイルがあります（{some}）。"
        raise ConfigurationError(
            [Problem(Position.of(folder), told, "別の場所を --out に指定するか、移してください。")]
        )


def editions_text(editions: Mapping[str, str]) -> str:
    return "、".join(clean(f"{business} {edition}") for business, edition in editions.items())


def clean(words: object) -> str:
    """Words of a stranger: what a terminal would act upon, or turn around, is spelt out."""
    return "".join(
        char if unicodedata.category(char)[0] not in "CZ" or char in " \u3000" else ascii(char)[1:-1]
        for char in str(words)
    )

"""kijun bundle"""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from kijun.bundle.keys import read_private
from kijun.bundle.seal import Clearance, check_words, seal
from kijun.cli.common import say
from kijun.cli.report_command import RENDERERS
from kijun.engine.run_place import existing_folder
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError
from kijun.reporting.run_view import RunView

PAGE = "verify.html"
RUNS = Path("kijun-out")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="実行", help="kijun-out の下の実行の名前か、実行フォルダー")
    parser.add_argument("--key", type=Path, required=True, metavar="フォルダー", help="kijun key new で作った鍵")
    parser.add_argument("--out", type=Path, required=True, metavar="ファイル.zip", help="書き出す束")
    parser.add_argument("--timestamp", type=Path, metavar="ファイル.tsr", help="この束の署名に対するタイムスタンプ")
    parser.add_argument("--privacy-office", default="", metavar="部署", help="疑わしい番号・氏名を調べて認めた部署")
    parser.add_argument("--privacy-reason", default="", metavar="理由", help="認めた理由（束に記録される）")


def execute(arguments: argparse.Namespace) -> int:
    clearance = Clearance(arguments.privacy_office.strip(), arguments.privacy_reason.strip())
    faults = check_words(clearance)
    if arguments.out.suffix.lower() != ".zip":
        faults.append(f"--out のファイル名「{arguments.out.name}」は、末尾を .zip にしてください。")
    if faults:
        raise UsageError(" ".join(faults))
    key = read_private(arguments.key)
    token = _token(arguments.timestamp) if arguments.timestamp else None
    folder = existing_folder(RUNS, arguments.run)
    view = RunView.read(folder)
    reports = {name: render(view) for name, render in RENDERERS.items()}
    sealed = seal(folder, reports, key, arguments.out, datetime.now(UTC), clearance, token)
    page = _write_page(arguments.out.parent)
    found = sealed.privacy
    say(f"{arguments.out} に署名して書きました（{sealed.files} 個のファイル）。")
    say(f"個人番号のように見える数字 {len(found.numbers)} か所、架空と分からない氏名など {len(found.persons)} か所。")
    if found.unsearched:
        say(f"画像など {found.unsearched} 件の中は調べられません。渡す前に、人の目で確かめてください。")
    say(f"鍵の指紋: {sealed.key}")
    say(f"確認コード: {sealed.code}")
    say(f"{page} は、ブラウザーで束を確かめるための頁です。束とは別に、公開鍵とともに配ってください。")
    return 0


def _token(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "時刻認証局から受け取った .tsr ファイルを指定してください。"
        raise ConfigurationError(
            [Problem(Position.of(path), f"タイムスタンプを読めません（{error.strerror}）。", hint)]
        ) from error


def _write_page(folder: Path) -> Path:
    """The page that verifies without this program; never inside a bundle, which must not vouch for itself."""
    path, beside = folder / PAGE, folder / f".{PAGE}.part"
    try:
        beside.write_bytes((resources.files("kijun.bundle") / PAGE).read_bytes())
        os.replace(beside, path)
    except OSError as error:
        hint = "束は書けています。場所と権限を確かめてください。"
        problem = Problem(Position.of(path), f"確かめる頁を書けません（{error.strerror}）。", hint)
        raise ConfigurationError([problem]) from error
    return path

"""kijun declare"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from kijun.cli.common import put, say
from kijun.engine.run_place import existing_folder
from kijun.model.errors import ConfigurationError, Position, Problem, UsageError
from kijun.reporting.declaration import DECLARABLE, declare
from kijun.reporting.run_view import RunView


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", metavar="実行", help="kijun-out の下の実行の名前か、実行フォルダー")
    parser.add_argument("--by", type=Path, required=True, metavar="ファイル", help="発行者・対象・署名者を書いた YAML")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="ファイル.pdf", help="宣言書（同じ名前の .json も作る）"
    )


def execute(arguments: argparse.Namespace) -> int:
    pdf, beside = _places(arguments.out)
    view = RunView.read(existing_folder(Path("kijun-out"), arguments.run))
    claim = view.report.claim
    if claim not in DECLARABLE:
        told = "\n".join(f"  - {reason}" for reason in view.report.reasons)
        sys.stderr.write(f"kijun: 判定が「{claim.label}」の実行からは、宣言書を作れません。\n{told}\n")
        return claim.exit_code()
    declaration = declare(view, arguments.by, date.today())
    put(pdf, declaration.pdf)
    put(beside, declaration.json)
    say(f"{pdf} と {beside} を作りました。内容を確かめ、署名する人が署名してください。")
    return 0


def _places(pdf: Path) -> tuple[Path, Path]:
    """Where paper and data go; what was declared before is never overwritten."""
    if pdf.suffix != ".pdf":
        raise UsageError(f"--out の「{pdf}」は .pdf で終わるようにしてください。")
    places = pdf, pdf.with_suffix(".json")
    hint = "前の宣言を消さないよう、別の名前を --out に指定してください。"
    taken = [Problem(Position.of(one), "同じ名前のファイルがすでにあります。", hint) for one in places if one.exists()]
    if taken:
        raise ConfigurationError(taken)
    return places

"""The command kijun. Every subcommand is a module; nothing heavy is imported until it is asked for."""

from __future__ import annotations

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from kijun import __version__
from kijun.model.errors import KijunError, ProblemsFound, UsageError

COMMANDS = {
    "run": "製品を試験し、適合報告を作る",
    "lint": "要件表・用語集・機能ファイルの誤りを全て挙げる",
    "freeze": "今の要件表を、名前の付いた版として凍結する",
    "diff": "二つの版を比べ、変わった要件を示し、新旧対照表を作る",
    "import-standard": "公式の機能要件表のブックを読み、表の案を起こして本表と照合する",
    "inquiry": "意見照会の回答用紙を作り、返ってきた回答を団体区分ごとに集計する",
    "answers": "事業者の回答表を、どの様式でも読み、団体の様式に書き入れる",
    "publish": "仕様書の全体を、ウェブページとデータにする",
    "plan": "何を試験し、何をしないかを、理由とともに示す",
    "doctor": "実行の前に、設定とつながりの誤りを全て挙げる",
    "trace": "実行記録から、シナリオごとの製品とのやり取りを示す",
    "report": "実行記録から報告書を作り直す",
    "rejudge": "済んだ実行を、直した試験一式や新しい版で判定し直し、何が変わるかを示す",
    "declare": "適合した実行から、自己適合宣言書（A4 一枚）を作る",
    "key": "束に署名する鍵を作る",
    "bundle": "実行の記録・証跡・報告書を、署名した一つの束にする",
    "verify": "受け取った束の署名とファイルを確かめ、判定を計算し直す",
    "prove": "仕込んだ欠陥を試験一式が捕まえることを示す",
    "statement": "実装適合宣言書（ICS）のひな形を作る",
    "attest": "機械で確かめられない要件を、人が手順に沿って確かめて記録する",
    "rfp": "条件から回答依頼書（Excel）を作り、返ってきた回答と、納められた製品を確かめる",
    "fitgap": "標準仕様と今の業務の比較表（Fit&Gap）を課ごとに作り、前回から引き継ぎ、記入された本を合わせる",
    "questions": "質問回答の一つずつを要件に結び付け、回答書の後に見直す自社の回答を示す",
    "kpi": "標準化の指標を、定義とともに計算する",
    "driver": "ドライバーのひな形を書き、約束どおりに話すかを確かめる",
    "serve": "参照システムだけを起動する",
    "score": "集めた回答を、決まりに従って採点する（同じ入力からは、いつも同じ点）",
    "compare": "集めた回答を並べ、違い・不足・費用・期日と、実行で確かめた結果を示す",
    "demo": "実演で確かめる要件を危ない順に選び、台本と採点表を作り、結果を読み込む",
    "stats": "要件・シナリオ・語などの数を示す",
}
EXIT_TROUBLE, EXIT_USAGE = 3, 4
_SELDOM = (50_000, 20, 50)  # new objects before garbage is looked for: a specification is large and makes little of it


class Parser(argparse.ArgumentParser):
    """Usage errors end with code 4 and say where help is."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        sys.stderr.write(f"kijun: {message}\n使い方は {self.prog} --help で見られます。\n")
        raise SystemExit(EXIT_USAGE)


def parser(chosen: str | None) -> argparse.ArgumentParser:
    """The whole command line; only the chosen subcommand's module is loaded."""
    top = Parser(prog="kijun", description="自治体システムの標準仕様への適合を、要件ごとに計算して示します。")
    top.add_argument("--version", action="version", version=f"kijun {__version__}")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, parser_class=Parser)
    for name, summary in COMMANDS.items():
        sub = commands.add_parser(name, help=summary, description=summary)
        if name == chosen:
            _module(name).configure(sub)
    return top


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    speak_any_console()
    gc.set_threshold(*_SELDOM)
    chosen = next((word for word in argv if word in COMMANDS), None)
    arguments = parser(chosen).parse_args(argv)
    try:
        code: int = _module(arguments.command).execute(arguments)
    except UsageError as error:
        sys.stderr.write(f"kijun: {error}\n")
        return EXIT_USAGE
    except ProblemsFound as error:
        sys.stderr.write(f"{error}\n{len(error.problems)} 件の誤りがあります。\n")
        return EXIT_TROUBLE
    except KijunError as error:
        sys.stderr.write(f"kijun: {error}\n")
        return EXIT_TROUBLE
    except KeyboardInterrupt:
        sys.stderr.write("\nkijun: 中断しました。\n")
        return EXIT_TROUBLE
    except BrokenPipeError:  # whoever read our output, as head does, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_TROUBLE
    return code


def speak_any_console() -> None:
    """A console that lacks a character (cp932 and the like) shows its code point instead of breaking off."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _module(name: str) -> Any:
    return importlib.import_module(f"kijun.cli.{name.replace('-', '_')}_command")


def run() -> NoReturn:
    """Entry point of the installed command."""
    raise SystemExit(main(sys.argv[1:]))

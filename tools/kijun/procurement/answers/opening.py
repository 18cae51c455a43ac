"""Opens an answer book of any kind, and tells what is wrong with a file that is none."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kijun.catalog import workbook_reader
from kijun.catalog.workbook_checks import Fault, Kind, Limits, WorkbookTrouble
from kijun.catalog.workbook_reader import Book
from kijun.model.errors import ConfigurationError, Position, Problem

_LIMITS = Limits(unpacked=150_000_000)  # read as a tree, ten times as much memory
_ASK = "事業者に、Excel ブック（.xlsx）で出し直してもらってください。"
_SAVE_AS = "表計算ソフトで開き、Excel ブック（.xlsx）として保存し直してください。"
_UNLOCK = "事業者にパスワードを聞いて開き、パスワードを外して保存したものを読んでください。"
_TOLD: dict[Fault, tuple[str, str]] = {
    Fault.UNREACHABLE: ("ファイルを読めません（{}）。", "場所と権限を確かめてください。"),
    Fault.EMPTY: ("空のファイルです（0 バイト）。", _ASK),
    Fault.LARGE: (
        f"{_LIMITS.file // 1_000_000} MB を超えるファイルです。",
        "図や写真を除いて保存し直してください。",
    ),
    Fault.PASSWORD: ("パスワードで保護されています。", _UNLOCK),
    Fault.ENCRYPTED: ("パスワードで保護された ZIP です。", _UNLOCK),
    Fault.XLS: ("古い形式（.xls）のブックです。", _SAVE_AS),
    Fault.XLSB: ("バイナリ形式（.xlsb）のブックです。", _SAVE_AS),
    Fault.OPEN_DOCUMENT: ("OpenDocument の表（.ods）です。", _SAVE_AS),
    Fault.TEXT: ("文字だけのファイル（CSV など）です。", _SAVE_AS),
    Fault.PDF: (
        "PDF です。罫線の中の文字がどの欄のものかは PDF に書かれていないため、答えを表として読めません。",
        "事業者に、元の Excel か CSV を出してもらってください。PDF を写した表は、事業者の確認を得てから読みます。",
    ),
    Fault.WORD: ("Word の文書です。", "表を Excel に貼り付けて保存するか、事業者に Excel で出してもらってください。"),
    Fault.PICTURE: ("画像です。", _ASK),
    Fault.MARKUP: ("HTML か XML です（拡張子が .xls でも、Excel のブックではありません）。", _SAVE_AS),
    Fault.OTHER_ARCHIVE: (
        "圧縮フォルダー（ZIP）か、別の種類のファイルです。",
        "展開し、中の回答表を一つずつ読んでください。",
    ),
    Fault.OTHER: ("表のファイル（.xlsx、.xls、.ods、CSV）ではありません。", _ASK),
    Fault.BOMB: (
        f"広げると {_LIMITS.unpacked // 1_000_000} MB か部品 {_LIMITS.parts} 個を超えます（ZIP 爆弾のおそれ）。",
        _ASK,
    ),
    Fault.SPREAD: ("{}に広がっています。", "離れた所にある余分なセルを削除して保存し直してください。"),
    Fault.TORN: ("ZIP として最後まで読めません（途中で切れているか、壊れています）。", "もう一度受け取ってください。"),
    Fault.ENCODING: (
        "文字コードが UTF-8 でも CP932（Windows の日本語）でもありません（{}）。",
        "Excel で開いて .xlsx で保存し直すか、事業者に文字コードを確かめてください。",
    ),
    Fault.BROKEN: ("表として読めません（壊れています: {}）。", f"もう一度受け取るか、{_SAVE_AS}"),
}


def open_book(path: Path, wanted: Collection[Kind] = tuple(Kind), sender: str = "事業者") -> Book:
    """Read a book of a `sender`. Raises ConfigurationError with what is wrong with the file and what to do."""
    try:
        return workbook_reader.read_book(path, wanted, _LIMITS)
    except WorkbookTrouble as trouble:
        raise ConfigurationError([problem_of(path, trouble, sender)]) from trouble


def problem_of(path: Path, trouble: WorkbookTrouble, sender: str) -> Problem:
    """Why a table is not read, and what its `sender` can do about it."""
    told, hint = _TOLD[trouble.fault]
    return Problem(Position.of(path), told.format(trouble.detail), hint.replace("事業者", sender))

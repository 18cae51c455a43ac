"""Opens an official workbook, and tells what is wrong with a file that is none."""

from __future__ import annotations

from pathlib import Path

from kijun.catalog import workbook_reader
from kijun.catalog.workbook_checks import Fault, Kind, Limits, WorkbookTrouble
from kijun.catalog.workbook_reader import Book
from kijun.model.errors import ConfigurationError, Position, Problem

_LIMITS = Limits()
_SAVE_AS = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」にしてください。"
_UNLOCK = "パスワードを知る人が開き、パスワードを外して保存してください。"
_TORN = "Excel のブックとして読めません（途中で切れているか、壊れています{}）。"
_SIZE = (
    f"空か、{_LIMITS.file // 1_000_000} MB を超えるファイルです。",
    "図や写真を除いて保存し直してください。",
)
_TOLD: dict[Fault, tuple[str, str]] = {
    Fault.UNREACHABLE: ("ファイルを読めません（{}）。", "場所と権限を確かめてください。"),
    Fault.EMPTY: _SIZE,
    Fault.LARGE: _SIZE,
    Fault.PASSWORD: ("パスワードで保護されたブックです。", _UNLOCK),
    Fault.ENCRYPTED: ("パスワードで保護された ZIP です。", _UNLOCK),
    Fault.XLS: ("古い形式（.xls）のブックです。赤字や取り消し線を読めません。", _SAVE_AS),
    Fault.XLSB: ("バイナリ形式（.xlsb）のブックです。赤字や取り消し線を読めません。", _SAVE_AS),
    Fault.PDF: ("PDF です。表として読めません。", "配布元の Excel のブックを使ってください。"),
    **dict.fromkeys(
        (Fault.WORD, Fault.OPEN_DOCUMENT, Fault.OTHER_ARCHIVE),
        ("ZIP ですが、Excel のブック（.xlsx）ではありません。", _SAVE_AS),
    ),
    **dict.fromkeys(
        (Fault.TEXT, Fault.PICTURE, Fault.MARKUP, Fault.OTHER, Fault.ENCODING),
        ("Excel のブック（.xlsx）ではありません。", _SAVE_AS),
    ),
    Fault.BOMB: (
        f"広げると {_LIMITS.unpacked // 1_000_000} MB か部品 {_LIMITS.parts} 個を超えます"
        "（ZIP 爆弾のおそれ）。開きません。",
        "配布元から取り直し、正しいファイルなら図や使わないシートを除いてください。",
    ),
    Fault.SPREAD: ("{}に広がっています。", "離れた所にある余分なセルを削除して保存し直してください。"),
    Fault.TORN: (_TORN, f"配布元から取り直すか、{_SAVE_AS}"),
    Fault.BROKEN: (_TORN, f"配布元から取り直すか、{_SAVE_AS}"),
}


def read_book(path: Path) -> Book:
    """Read an .xlsx. Raises ConfigurationError with what is wrong with the file and what to do."""
    try:
        return workbook_reader.read_book(path, (Kind.XLSX,), _LIMITS)
    except WorkbookTrouble as trouble:
        told, hint = _TOLD[trouble.fault]
        detail = f": {trouble.detail}" if trouble.fault is Fault.BROKEN else trouble.detail
        raise ConfigurationError([Problem(Position.of(path), told.format(detail), hint)]) from trouble

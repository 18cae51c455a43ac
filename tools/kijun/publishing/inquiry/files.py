"""From a folder to sheets: which files are looked at, and why a file cannot be read.

Files come from 1,741 offices, so that the limits are narrower than elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kijun.catalog.workbook_checks import Fault, Limits, WorkbookTrouble
from kijun.catalog.workbook_values import Rows, rows_of

MOST_BYTES: Final = 30_000_000  # of a file; a filled form of 602 rows has 0.2 MB
MOST_UNPACKED: Final = 150_000_000
MOST_CELLS: Final = 2_000_000  # of one sheet, counted as the rectangle from A1 to its last cell
_RESAVE = "Excel で開き直し、Excel ブック（.xlsx）として、パスワードを付けずに保存したものを出してもらってください。"
_AGAIN = "もう一度送ってもらってください（途中で切れた、記憶媒体や無害化で壊れた、など）。"
_NOT_A_FORM = "配った回答用紙に記入したものを出してもらってください。手で写すときは、新しい用紙に写します。"
_OFFICE_LEAVINGS: Final = ("desktop.ini", "thumbs.db")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that is not counted: why, and what to do next."""

    file: str
    reason: str
    hint: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that is no reply by its name alone."""

    file: str
    reason: str


class Refused(Exception):
    """A file cannot be read as a workbook."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


def files_in(folder: Path) -> tuple[list[tuple[str, Path]], list[PassedOver]]:
    """Every file of a folder and the folders in it, by its name there, sorted; and what is passed over.

    Of a name that is not UTF-8 (another machine's) the bytes are spelt out.
    """
    found, passed = [], []
    for path in sorted(one for one in folder.rglob("*") if not one.is_dir()):
        name = path.relative_to(folder).as_posix().encode("utf-8", "backslashreplace").decode()
        if path.name.startswith(("~$", ".~lock.")):
            passed.append(PassedOver(name, "開いている間だけできる、表計算ソフトの作業用ファイルです。"))
        elif path.name.startswith(".") or path.name.lower() in _OFFICE_LEAVINGS:
            passed.append(PassedOver(name, "OS が作る、目に見えないファイルです。"))
        else:
            found.append((name, path))
    return found, passed


def sheets_of(path: Path, but: Collection[str] = ()) -> Iterator[tuple[str, Rows]]:
    """Every sheet of a workbook `but` some, with its rows; places of cells stay. Raises Refused."""
    limits = Limits(MOST_BYTES, MOST_UNPACKED, 1_000, MOST_CELLS)
    try:
        yield from rows_of(path, limits, but).items()
    except WorkbookTrouble as trouble:
        reason, hint = _TOLD[trouble.fault]
        raise Refused(reason.format(trouble.detail), hint) from trouble


_ANOTHER = "Excel のファイルではありません（CSV、HTML、文書などの名前を変えたものかもしれません）。"
_TOLD: dict[Fault, tuple[str, str]] = {
    Fault.UNREACHABLE: ("ファイルを開けません（{}）。", "場所と権限を確かめてください。"),
    Fault.EMPTY: ("ファイルが空です（0 バイト）。", _AGAIN),
    Fault.LARGE: (f"ファイルが大きすぎます（{MOST_BYTES // 1_000_000} MB まで）。", _NOT_A_FORM),
    Fault.PASSWORD: ("パスワードが付いています。", _RESAVE),
    Fault.ENCRYPTED: ("パスワードが付いています（ZIP の暗号）。", _RESAVE),
    Fault.XLS: ("古い形式です（.xls など、Excel 97-2003 の時代のもの）。", _RESAVE),
    Fault.XLSB: ("Excel バイナリ ブック（.xlsb）です。", _RESAVE),
    Fault.OPEN_DOCUMENT: ("OpenDocument の文書（.ods など）です。", _RESAVE),
    Fault.PDF: ("PDF です。", _NOT_A_FORM),
    Fault.WORD: ("Word の文書です。", _NOT_A_FORM),
    **dict.fromkeys((Fault.TEXT, Fault.PICTURE, Fault.MARKUP, Fault.OTHER, Fault.ENCODING), (_ANOTHER, _NOT_A_FORM)),
    Fault.OTHER_ARCHIVE: (
        "圧縮フォルダー（ZIP）か、別の種類のファイルです。",
        "展開し、中の回答用紙をこのフォルダーに置いてください。",
    ),
    Fault.BOMB: (
        f"展開すると大きすぎます（{MOST_UNPACKED // 1_000_000} MB まで）。圧縮爆弾のおそれがあります。",
        _NOT_A_FORM,
    ),
    Fault.SPREAD: (f"シートが大きすぎます（{{}} セル。{MOST_CELLS:,} まで）。", _NOT_A_FORM),
    Fault.TORN: ("ファイルが壊れています（ZIP として最後まで読めません）。", _AGAIN),
    Fault.BROKEN: ("Excel のファイルとして読めません（中の表が壊れています）。", _RESAVE),
}

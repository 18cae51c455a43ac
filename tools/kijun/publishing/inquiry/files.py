"""From a folder to sheets: which files are looked at, and why a file cannot be read.

Files come from 1,741 offices. Nothing is opened before its size is known: not the archive, not what it unpacks to, not
the rectangle of cells that a sheet claims.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

Rows = list[list[Any]]

MOST_BYTES: Final = 30_000_000  # of a file; a filled form of 602 rows has 0.2 MB
MOST_UNPACKED: Final = 150_000_000
MOST_CELLS: Final = 2_000_000  # of one sheet, counted as the rectangle from A1 to its last cell
_RESAVE = "Excel で開き直し、Excel ブック（.xlsx）として、パスワードを付けずに保存したものを出してもらってください。"
_AGAIN = "もう一度送ってもらってください（途中で切れた、記憶媒体や無害化で壊れた、など）。"
_NOT_A_FORM = "配った回答用紙に記入したものを出してもらってください。手で写すときは、新しい用紙に写します。"
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")  # of a cell, or of a line: without letters
_BEGINS = re.compile(rb"[<:](row|c)[\s/>]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Refused(f"ファイルが大きすぎます（{MOST_BYTES // 1_000_000} MB まで）。", _NOT_A_FORM)
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"ファイルを開けません（{error.strerror}）。", "場所と権限を確かめてください。") from error
    _examine(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        yield from [
            (name, book.get_sheet_by_name(name).to_python(False)) for name in book.sheet_names if name not in but
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Refused("Excel のファイルとして読めません（中の表が壊れています）。", _RESAVE) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's way to give up; it is no Exception
            raise
        raise Refused("Excel のファイルとして読めません（中の表が壊れています）。", _RESAVE) from error


def _examine(content: bytes) -> None:
    """Refuse what is no workbook, and what would fill the memory. Raises Refused."""
    if told := _other_kind(content):
        raise Refused(*told)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _examine_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise Refused("ファイルが壊れています（ZIP として最後まで読めません）。", _AGAIN) from error
    except RuntimeError as error:  # how zipfile tells of a password
        raise Refused("パスワードが付いています（ZIP の暗号）。", _RESAVE) from error


def _other_kind(content: bytes) -> tuple[str, str] | None:
    """Reason and hint for a file that is another kind of file."""
    if not content:
        return "ファイルが空です（0 バイト）。", _AGAIN
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            return "パスワードが付いています。", _RESAVE
        return "古い形式です（.xls など、Excel 97-2003 の時代のもの）。", _RESAVE
    if content.startswith(b"%PDF"):
        return "PDF です。", _NOT_A_FORM
    if not content.startswith(b"PK"):
        return "Excel のファイルではありません（CSV、HTML、文書などの名前を変えたものかもしれません）。", _NOT_A_FORM
    return None


def _examine_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 1000:
        limit = MOST_UNPACKED // 1_000_000
        raise Refused(f"展開すると大きすぎます（{limit} MB まで）。圧縮爆弾のおそれがあります。", _NOT_A_FORM)
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Refused(*_other_archive(names))
    for part in parts:
        data = archive.read(part)  # no more than the size it states; then its checksum must agree
        if b"sheetData" in data and (size := _rectangle(data)) > MOST_CELLS:
            raise Refused(f"シートが大きすぎます（{size:,} セル。{MOST_CELLS:,} まで）。", _NOT_A_FORM)


def _other_archive(names: set[str]) -> tuple[str, str]:
    if "xl/workbook.bin" in names:
        return "Excel バイナリ ブック（.xlsb）です。", _RESAVE
    if "content.xml" in names:
        return "OpenDocument の文書（.ods など）です。", _RESAVE
    if "word/document.xml" in names:
        return "Word の文書です。", _NOT_A_FORM
    return "圧縮フォルダー（ZIP）か、別の種類のファイルです。", "展開し、中の回答用紙をこのフォルダーに置いてください。"


def _rectangle(sheet: bytes) -> int:
    """No fewer cells than from A1 to the last column and the last row, whether they are named or only counted."""
    places = set(_PLACE.findall(sheet))
    lines = b"".join(_BEGINS.findall(sheet)).split(b"row")  # each as many c as it has cells
    columns = max((_number(column) for column in {column for column, _ in places}), default=0)
    last = max((int(row) for _, row in places), default=0)
    return (columns + max(map(len, lines))) * (last + len(lines))


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number

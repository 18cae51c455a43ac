"""What a file is, by its content, before any reader of tables opens it: names lie, and files come from everywhere.

Nothing is opened before its size is known: not the file, not what it unpacks to, not the rectangle of cells that a
sheet claims. Whoever asks says in its own words what is wrong and what to do.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{0,3})([0-9]{1,9})["']""")  # of a cell, or of a line: without letters
_BEGINS = re.compile(rb"[<:](row|c)[\s/>]")
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[!?]|html|table|meta|head|body|\w+:)", re.IGNORECASE)
WORKBOOK = re.compile(r"xl/workbook\w*\.xml")  # Excel on the web numbers it
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")


class Fault(StrEnum):
    """Why a file is not read."""

    UNREACHABLE = "unreachable"  # detail: what the system says
    EMPTY = "empty"
    LARGE = "large"
    PASSWORD = "password"  # noqa: S105 - a word, not a secret
    ENCRYPTED = "encrypted"  # an archive with a password
    XLS = "xls"
    XLSB = "xlsb"
    OPEN_DOCUMENT = "open_document"
    TEXT = "text"  # CSV, or what else is made of letters
    PDF = "pdf"
    WORD = "word"
    PICTURE = "picture"
    MARKUP = "markup"  # HTML and XML, often named .xls
    OTHER_ARCHIVE = "other_archive"
    OTHER = "other"
    BOMB = "bomb"
    SPREAD = "spread"  # detail: where, or how many cells
    TORN = "torn"  # the archive cannot be read to its end
    ENCODING = "encoding"  # of a text: none of those that are known
    BROKEN = "broken"  # detail: what the reader stumbled on


class WorkbookTrouble(Exception):
    """A file is not read."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault, self.detail = fault, detail


class Kind(StrEnum):
    """Tables that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_UNWANTED = {Kind.XLS: Fault.XLS, Kind.ODS: Fault.OPEN_DOCUMENT, Kind.CSV: Fault.TEXT}


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a file in bytes, of what it unpacks to in bytes and in parts, and of a sheet in cells from A1."""

    file: int = 50_000_000  # the largest tables known have a few megabytes
    unpacked: int = 300_000_000
    parts: int = 5_000
    cells: int = 2_000_000


def content_of(path: Path, limits: Limits) -> bytes:
    """The file whole. Raises WorkbookTrouble."""
    try:
        if path.stat().st_size > limits.file:
            raise WorkbookTrouble(Fault.LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise WorkbookTrouble(Fault.UNREACHABLE, error.strerror or "") from error
    if not content:
        raise WorkbookTrouble(Fault.EMPTY)
    return content


def kind_of(content: bytes, wanted: Collection[Kind], limits: Limits) -> Kind:
    """Which table this is; an archive is unpacked once within the limits. Raises WorkbookTrouble for all others."""
    kind = _archive_kind(content, limits) if content.startswith(b"PK") else _plain_kind(content)
    if kind not in wanted:
        raise WorkbookTrouble(_UNWANTED.get(kind, Fault.OTHER))
    return kind


def _plain_kind(content: bytes) -> Kind:
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise WorkbookTrouble(Fault.PASSWORD)
        return Kind.XLS
    if content.startswith(b"%PDF"):
        raise WorkbookTrouble(Fault.PDF)
    if content.startswith(_PICTURES):
        raise WorkbookTrouble(Fault.PICTURE)
    if _MARKUP.match(content):
        raise WorkbookTrouble(Fault.MARKUP)
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkbookTrouble(Fault.OTHER)
    return Kind.CSV


def _archive_kind(content: bytes, limits: Limits) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > limits.unpacked or len(parts) > limits.parts:
                raise WorkbookTrouble(Fault.BOMB)
            kind = _office_kind({part.filename for part in parts})
            for part in parts:
                archive.read(part)  # no more than the size it states; then its checksum must agree
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError) as error:
        raise WorkbookTrouble(Fault.TORN) from error
    except RuntimeError as error:  # how zipfile tells of a password
        raise WorkbookTrouble(Fault.ENCRYPTED) from error


def _office_kind(names: Collection[str]) -> Kind:
    if "xl/workbook.bin" in names:
        raise WorkbookTrouble(Fault.XLSB)
    if "word/document.xml" in names:
        raise WorkbookTrouble(Fault.WORD)
    if "content.xml" in names:
        return Kind.ODS
    if any(map(WORKBOOK.fullmatch, names)):
        return Kind.XLSX
    raise WorkbookTrouble(Fault.OTHER_ARCHIVE)


def check_rectangles(content: bytes, limits: Limits) -> None:
    """Refuse an .xlsx with a sheet whose cells, empty ones counted, fill too large a rectangle."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            data = archive.read(part)
            if b"sheetData" in data and (size := _rectangle(data)) > limits.cells:
                raise WorkbookTrouble(Fault.SPREAD, f"{size:,}")


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


@contextmanager
def reading() -> Iterator[None]:
    """Tells as BROKEN whatever a damaged file makes of the readers, the panic of calamine's included."""
    try:
        yield
    except (KeyError, ValueError, TypeError, IndexError, EOFError, OSError, etree.LxmlError, CalamineError) as error:
        fault = Fault.PASSWORD if "password" in str(error).lower() else Fault.BROKEN
        raise WorkbookTrouble(fault, type(error).__name__) from error
    except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise WorkbookTrouble(Fault.BROKEN, type(error).__name__) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader's way to give up; it is no Exception
            raise
        raise WorkbookTrouble(Fault.BROKEN, type(error).__name__) from error

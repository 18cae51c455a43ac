"""The zip file: written so that equal contents give equal bytes, and read as what a stranger sent."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kijun.model.errors import ConfigurationError, Position, Problem

MOST_MEMBERS = 100_000
MOST_BYTES = 256 << 20  # of one member, as it is declared
MOST_BYTES_IN_ALL = 2 << 30
_NAME = re.compile(r"(?:[0-9A-Za-z][0-9A-Za-z._-]*/)*[0-9A-Za-z][0-9A-Za-z._-]*")
_LONGEST_NAME = 200
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_HINT = "開かずに、送り主にもう一度送るよう頼んでください。"


def write(path: Path, members: Mapping[str, bytes]) -> None:
    """Write the members in the order of their names, without a clock, an owner or a machine in any byte."""
    with zipfile.ZipFile(path, "w") as file:
        for name, content in sorted(members.items()):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = 3, (stat.S_IFREG | 0o644) << 16
            file.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=9)


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened archive whose names, sizes and flags are harmless. Use as a context manager."""

    path: Path
    file: zipfile.ZipFile

    @classmethod
    def open(cls, path: Path) -> Archive:
        """Raises ConfigurationError with everything that makes the file unfit to be read."""
        try:
            file = zipfile.ZipFile(path)
        except OSError as error:
            hint = "ファイルの場所と、読む権限を確かめてください。"
            raise ConfigurationError(
                [Problem(Position.of(path), f"束を読めません（{error.strerror}）。", hint)]
            ) from error
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise ConfigurationError([Problem(Position.of(path), "zip ファイルとして読めません。", _HINT)]) from error
        problems = list(_problems(path, file.infolist()))
        if problems:
            file.close()
            raise ConfigurationError(problems)
        return cls(path, file)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()

    @property
    def names(self) -> list[str]:
        return sorted(entry.filename for entry in self.file.infolist() if not entry.is_dir())

    def digest(self, name: str) -> str:
        """SHA-256 of a member in hexadecimal, empty when its bytes cannot be unpacked."""
        total = hashlib.sha256()
        try:
            with self.file.open(name) as content:
                while chunk := content.read(1 << 20):
                    total.update(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            return ""
        return total.hexdigest()

    def read(self, name: str) -> bytes:
        """A member whole; call for members whose digest was taken."""
        return self.file.read(name)


def is_name(name: str) -> bool:
    """Whether a member may be called so: plain characters, relative, nothing that any system takes for another name."""
    return bool(_NAME.fullmatch(name)) and len(name) <= _LONGEST_NAME


def _problems(path: Path, entries: list[zipfile.ZipInfo]) -> Iterator[Problem]:
    at = Position.of(path)
    if len(entries) > MOST_MEMBERS:
        yield Problem(at, f"中のファイルが {len(entries)} 個あります（{MOST_MEMBERS} 個まで）。", _HINT)
        return
    for entry in entries:
        yield from (Problem(at, f"中のファイル「{_shown(entry)}」{told}", _HINT) for told in _faults(entry))
    seen = Counter(entry.orig_filename.rstrip("/").casefold() for entry in entries)
    for name, count in seen.items():
        if count > 1:
            yield Problem(at, f"中に同じ名前「{ascii(name)[1:-1]}」のファイルが {count} 個あります。", _HINT)
    if sum(entry.file_size for entry in entries) > MOST_BYTES_IN_ALL:
        yield Problem(at, f"広げると {MOST_BYTES_IN_ALL >> 20} MiB を超えます。", _HINT)
    if sum(entry.compress_size for entry in entries) > path.stat().st_size:
        yield Problem(at, "中のファイルの置き場所が重なっています。", _HINT)


def _faults(entry: zipfile.ZipInfo) -> Iterator[str]:
    if not is_name(entry.orig_filename.removesuffix("/")):
        yield "の名前は使えません（半角の英数字と . _ - と / だけ。.. や絶対パスも使えません）。"
    if entry.flag_bits & 1:
        yield "にパスワードが掛かっています。"
    if stat.S_ISLNK(entry.external_attr >> 16):
        yield "はリンクです。"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        yield "の圧縮の方式は使えません。"
    if entry.file_size > MOST_BYTES:
        yield f"は広げると {MOST_BYTES >> 20} MiB を超えます（{entry.file_size} バイト）。"
    if entry.is_dir() and entry.file_size:
        yield "はフォルダーなのに中身があります。"


def _shown(entry: zipfile.ZipInfo) -> str:
    """A name that may be hostile, with everything but plain characters spelt out."""
    return ascii(entry.orig_filename[:_LONGEST_NAME])[1:-1]

"""CSV files in the encodings of offices: written without losing a character, read without guessing at one."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from kijun.model.api_mapping import Unsayable

NEWLINES = {"crlf": "\r\n", "lf": "\n"}
_BOMS = {"utf-8-bom": (codecs.BOM_UTF8,), "utf-16": (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)}
_CODECS = {"utf-8": "utf-8", "utf-8-bom": "utf-8-sig", "utf-16": "utf-16", "cp932": "cp932"}
_QUOTED = re.compile(r'"[^"]*"')
Row = tuple[int, list[str]]  # the line it begins in, its cells


def write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]], encoding: str, newline: str) -> None:
    """Write a file whole: nobody sees it before. Raises Unsayable for a character that the encoding has not."""
    told = io.StringIO()
    writer = csv.writer(told, quoting=csv.QUOTE_ALL, lineterminator=NEWLINES[newline])
    writer.writerow(headings)
    for row in rows:
        for heading, cell in zip(headings, row, strict=True):
            _check_cell(heading, cell, encoding)
        writer.writerow(row)
    put(path, _encoded(told.getvalue(), encoding))


def put(path: Path, content: bytes) -> None:
    """A file under another name first, so that whoever watches never reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".tmp")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)


def _encoded(text: str, encoding: str) -> bytes:
    if encoding == "utf-16":
        return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    return text.encode(_CODECS[encoding])


def _check_cell(heading: str, cell: str, encoding: str) -> None:
    for one in cell:
        try:
            is_kept = one.encode(_CODECS[encoding]).decode(_CODECS[encoding]) == one
        except UnicodeError:
            is_kept = False
        if not is_kept:
            raise Unsayable(f"項目「{heading}」の文字「{one}」（U+{ord(one):04X}）は {encoding} で書けません。")


def read(path: Path, headings: Sequence[str], encoding: str, newline: str) -> list[Row]:
    """The rows under exactly these headings. Raises Unsayable with file, line and what was expected."""
    text = _text(path, encoding)
    _check_newlines(path, text, newline)
    rows = _rows(path, text)
    if not rows:
        raise Unsayable(f"{path.name} が空です。見出しの行が要ります。")
    _check_headings(path, rows[0][1], headings)
    for line, cells in rows[1:]:
        if len(cells) != len(headings):
            raise Unsayable(f"{path.name} {line} 行目の項目が {len(cells)} 個です（期待は {len(headings)} 個）。")
    return rows[1:]


def read_one(path: Path, encoding: str, newline: str) -> dict[str, str]:
    """The only row of a file by its headings, whatever they are. Raises Unsayable."""
    rows = _rows(path, _text(path, encoding))
    if len(rows) != 2 or len(rows[0][1]) != len(rows[1][1]):
        raise Unsayable(f"{path.name} は見出しと一行だけのはずです（実際は {len(rows)} 行）。")
    _check_newlines(path, _text(path, encoding), newline)
    return dict(zip(rows[0][1], rows[1][1], strict=True))


def _text(path: Path, encoding: str) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Unsayable(f"{path.name} を読めません（{error.strerror}）。") from None
    boms = _BOMS.get(encoding, ())
    if boms and not raw.startswith(boms):
        raise Unsayable(f"{path.name} の先頭に BOM がありません（期待は {encoding}）。")
    if not boms and raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unsayable(f"{path.name} の先頭に BOM があります（期待は BOM のない {encoding}）。")
    try:
        return raw.decode(_CODECS[encoding])
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Unsayable(f"{path.name} {line} 行目に {encoding} ではないところがあります。") from None


def _check_newlines(path: Path, text: str, newline: str) -> None:
    """Only between rows: within quotation marks a value keeps the newlines it has."""
    bare = _QUOTED.sub(lambda found: "x" * len(found[0]), text)
    wrong = re.search(r"(?<!\r)\n|\r(?!\n)" if newline == "crlf" else r"\r", bare)
    if wrong:
        line = text[: wrong.start()].count("\n") + 1
        raise Unsayable(f"{path.name} {line} 行目の改行が違います（期待は {newline.upper()}）。")


def _rows(path: Path, text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Unsayable(f"{path.name} {line} 行目が CSV ではありません（{error}）。") from None
    return rows


def _check_headings(path: Path, found: Sequence[str], expected: Sequence[str]) -> None:
    if list(found) == list(expected):
        return
    faults = [f"知らない見出し「{one}」" for one in found if one not in expected]
    faults += [f"見出し「{one}」がない" for one in expected if one not in found]
    told = "、".join(faults[:3]) or f"見出しの順か数が違う（期待は {'、'.join(expected)}）"
    raise Unsayable(f"{path.name} 1 行目: {told}。")

"""A form and its content as PDF: A4, tagged, its font inside, the same bytes for the same content."""

from __future__ import annotations

import json
import struct
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import noto_cjk_sans_jp_regular
import typst

_STANDARD: Final = "ua-1"  # PDF/UA-1: tags, title and language are there, or the compiler refuses
_REFUSALS = ("could not be displayed", "disallowed codepoint")
_FONT = Path(str(noto_cjk_sans_jp_regular.FONT_PATH))
_SELECTORS = frozenset([*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
_turn = threading.Lock()  # a compiler keeps state between calls


class Unprintable(ValueError):
    """The content holds a character that the font cannot draw. Nothing is printed instead of a blank box."""


@dataclass(frozen=True)
class Printed:
    """The finished file and how many pages it has."""

    content: bytes
    pages: int


def typeset(form: Path, content: Mapping[str, Any], at: datetime) -> bytes:
    """Set a form, which reads its content as JSON from the input `content`; `at` is the date the file carries.

    Raises Unprintable.
    """
    with _turn:
        return _compile(form, content, at)


def typeset_and_count(form: Path, content: Mapping[str, Any], at: datetime) -> Printed:
    """Like typeset, for a form that tells its number of pages under the label <pages>."""
    with _turn:
        finished = _compile(form, content, at)
        return Printed(finished, int(json.loads(_compiler(form).query("<pages>", field="value", one=True))))


def raster(form: Path, content: Mapping[str, Any], dots_per_inch: int) -> bytes:
    """The one page of a form as PNG, for programs that do not draw what PDF can."""
    given = {"content": json.dumps(content, ensure_ascii=False)}
    with _turn:
        finished = _compiler(form).compile(format="png", sys_inputs=given, ppi=dots_per_inch)
    if not isinstance(finished, bytes):
        raise TypeError("the compiler gave not one page")
    return finished


def undrawable(text: str) -> list[str]:
    """The characters of a text that the font lacks, each once, in order. Line ends and tabs need no glyph."""
    return [one for one in dict.fromkeys(text) if one not in "\n\r\t" and ord(one) not in _drawable()]


def _compile(form: Path, content: Mapping[str, Any], at: datetime) -> bytes:
    given = {"content": json.dumps(content, ensure_ascii=False)}
    try:
        finished = _compiler(form).compile(
            format="pdf", sys_inputs=given, pdf_standards=[_STANDARD], timestamp=int(at.timestamp())
        )
    except typst.TypstError as error:
        if not any(one in error.message for one in _REFUSALS):
            raise
        raise Unprintable(error.message) from error
    if not isinstance(finished, bytes):
        raise TypeError("the compiler gave no file")
    return finished


@cache
def _compiler(form: Path) -> typst.Compiler:
    return typst.Compiler(str(form), root=str(form.parent), font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """The one font, read once: it is 16 MB. No font of the machine is used."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONT.parent)])


@cache
def _drawable() -> frozenset[int]:
    """Every code point of the font's character map, and the selectors that choose among forms of a character."""
    return _SELECTORS.union(*_ranges(_FONT.read_bytes()))


def _ranges(font: bytes) -> Iterator[range]:
    """Groups of the first subtable of format 12 (OpenType, cmap)."""
    count = struct.unpack_from(">H", font, 4)[0]
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * index) for index in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    offsets = (start + struct.unpack_from(">I", font, start + 8 + 8 * index)[0] for index in range(subtables))
    chosen = next(offset for offset in offsets if struct.unpack_from(">H", font, offset)[0] == 12)
    for index in range(struct.unpack_from(">I", font, chosen + 12)[0]):
        first, last, _ = struct.unpack_from(">III", font, chosen + 16 + 12 * index)
        yield range(first, last + 1)

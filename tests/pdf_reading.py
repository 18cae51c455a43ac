"""PDF files read with foreign eyes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

A4 = (595.276, 841.89)


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def words(reader: PdfReader) -> str:
    """The text of all pages without white space."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def fonts(reader: PdfReader) -> Iterator[Any]:
    """The descriptor of every font of every page."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]  # pypdf types every object alike
            for part in font.get_object().get("/DescendantFonts", [font]):
                yield part.get_object()["/FontDescriptor"]


def bookmarks(entries: Any, depth: int = 1) -> Iterator[tuple[int, str]]:
    """Level and title of every bookmark, in order."""
    for one in entries:
        if isinstance(one, list):
            yield from bookmarks(one, depth + 1)
        else:
            yield depth, str(one.title)


def tags(reader: PdfReader) -> set[str]:
    """The kinds of elements in the structure tree."""
    found: set[str] = set()
    left: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]  # as above
    while left:
        one = left.pop().get_object()
        if isinstance(one, list):
            left.extend(one)
        elif isinstance(one, dict):
            found.add(str(one.get("/S")))
            left.extend([one["/K"]] if "/K" in one else [])
    return found

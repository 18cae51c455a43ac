"""PDF files read with foreign eyes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader

A4 = (595.276, 841.89)


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def words(reader: PdfReader) -> str:
    """The text of all pages without white space."""
    return squeezed("".join(page.extract_text() for page in reader.pages))


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def pieces(page: PageObject) -> list[tuple[float, float, str]]:
    """Left, bottom and text of every run of glyphs, in points from the lower left corner of the page."""
    found: list[tuple[float, float, str]] = []

    def see(text: str, outer: list[float], inner: list[float], *_: Any) -> None:
        if text.strip():
            left = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            found.append((left, inner[4] * outer[1] + inner[5] * outer[3] + outer[5], text.strip()))

    page.extract_text(visitor_text=see)
    return found


def leads(reader: PdfReader) -> Iterator[tuple[str, list[str], int, int]]:
    """Of every link inside the document: its text, the lines where it leads, and the page by its words and in truth."""
    found = [pieces(page) for page in reader.pages]
    for page, runs in zip(reader.pages, found, strict=True):
        for one in page.get("/Annots", ()):
            link = one.get_object()
            left, bottom, right, top = (float(side) for side in link["/Rect"])
            told = "".join(text for x, y, text in runs if left - 1 <= x < right and bottom - 1 <= y < top)
            target, _, _, height, *_ = link["/Dest"].get_object()
            number = reader.get_page_number(target.get_object())
            there = [text for _, y, text in found[number] if float(height) - 30 < y < float(height)]
            yield told, there, int(str(link["/Contents"]).split()[-1]), number + 1


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

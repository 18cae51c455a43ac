"""What readers of values do not tell of an .xlsx: red and struck-out signs, fills, comments, shapes, what is hidden."""

from __future__ import annotations

import colorsys
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_P = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_MOST_COLUMNS = 16_384
# a book saved as "strict" says the same in other names
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_INDEXED_RED = {"2", "10"}
_INDEXED_WHITE = {"1", "9", "64", "65"}
_THEME_PARTS = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is written."""

    is_red: bool = False
    is_struck: bool = False
    fill: str = ""  # of the cell


@dataclass(frozen=True, slots=True)
class CellMarks:
    """One cell: what remains when struck-out signs are left out, and what stands in red."""

    kept: str
    is_red: bool
    has_struck: bool
    is_struck: bool  # all of it


Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Marked cells of a sheet by (row, column) from 0, what is hidden, and how far the sheet reaches."""

    cells: dict[Place, CellMarks] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    reach: Place = (0, 0)  # rows and columns up to the last cell that holds something
    hidden_columns: frozenset[int] = frozenset()
    comments: dict[Place, str] = field(default_factory=dict)
    fills: dict[Place, str] = field(default_factory=dict)  # RRGGBB, or the number of a colour; white ones are left out
    empty_formulas: frozenset[Place] = frozenset()  # without a stored value, or with an error as their value
    merged: tuple[tuple[Place, Place], ...] = ()  # first and last cell, where the reader of values tells none
    shapes: tuple[str, ...] = ()  # texts of shapes that lie over the cells


def read_marks(archive: zipfile.ZipFile) -> dict[str, SheetMarks]:
    """Sheet name → its marks. Raises KeyError or lxml's errors for a book whose parts are missing or broken."""
    theme = _theme(archive)
    looks = _cell_looks(archive, theme)
    strings = _shared_strings(archive, theme)
    return {
        name: replace(
            _sheet(_tree(archive, part), looks, strings, theme),
            comments=_comments(archive, part),
            shapes=tuple(_shapes(archive, part)),
        )
        for name, part in sheet_parts(archive)
    }


def _tree(archive: zipfile.ZipFile, part: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    content = archive.read(part)
    for strict, usual in _STRICT.items():
        content = content.replace(strict, usual)
    return etree.fromstring(content, parser)


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of every worksheet; sheets of charts have none."""
    book = _book_part(archive)
    folder = posixpath.dirname(book)
    links = _tree(archive, f"{folder}/_rels/{posixpath.basename(book)}.rels")
    by_id = {link.get("Id"): link for link in links.iter(f"{_P}Relationship")}
    for sheet in _tree(archive, book).iter(f"{_S}sheet"):
        link = by_id[sheet.get(f"{_R}id")]
        if link.get("Type", "").endswith("/worksheet"):
            yield sheet.get("name"), posixpath.normpath(posixpath.join("/", folder, link.get("Target"))).lstrip("/")


def _book_part(archive: zipfile.ZipFile) -> str:
    for link in _tree(archive, "_rels/.rels").iter(f"{_P}Relationship"):
        if link.get("Type", "").endswith("/officeDocument"):
            return str(link.get("Target")).lstrip("/")
    raise KeyError("officeDocument")


def _theme(archive: zipfile.ZipFile) -> dict[str, str]:
    """Number of a theme colour → RRGGBB."""
    part = next((name for name in archive.namelist() if re.fullmatch(r"xl/theme/theme\d*\.xml", name)), None)
    if part is None:
        return {}
    colours = {}
    tree = _tree(archive, part)
    for number, name in enumerate(_THEME_PARTS):
        for entry in tree.iter(f"{_A}{name}"):
            for colour in entry:
                colours[str(number)] = colour.get("val") if colour.tag == f"{_A}srgbClr" else colour.get("lastClr", "")
    return colours


def _cell_looks(archive: zipfile.ZipFile, theme: dict[str, str]) -> list[Look]:
    """The look of each cell format, by its number."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    tree = _tree(archive, "xl/styles.xml")
    fonts = [_look(font, theme) for font in tree.iterfind(f"{_S}fonts/{_S}font")]
    fills = [_fill(fill, theme) for fill in tree.iterfind(f"{_S}fills/{_S}fill")]
    looks = []
    for one in tree.iterfind(f"{_S}cellXfs/{_S}xf"):
        font, fill = int(one.get("fontId", 0)), int(one.get("fillId", 0))
        look = fonts[font] if font < len(fonts) else Look()
        looks.append(replace(look, fill=fills[fill] if fill < len(fills) else ""))
    return looks


def _fill(fill: Any, theme: dict[str, str]) -> str:
    """The colour of a solid fill; empty for none, for a pattern and for white."""
    colour = fill.find(f"{_S}patternFill[@patternType='solid']/{_S}fgColor")
    if colour is None:
        return ""
    code = (colour.get("rgb") or theme.get(colour.get("theme", ""), ""))[-6:].upper()
    if not code:
        number = colour.get("indexed") or colour.get("theme") or ""
        return "" if number in _INDEXED_WHITE else f"色番号{number}"
    tint = colour.get("tint", "0")
    return ("" if code == "FFFFFF" else code) if float(tint) == 0 else f"{code}{float(tint):+.2f}"


def _look(font: Any, theme: dict[str, str]) -> Look:
    strike, colour = font.find(f"{_S}strike"), font.find(f"{_S}color")
    is_struck = strike is not None and strike.get("val", "1") not in ("0", "false")
    return Look(colour is not None and _is_red(colour, theme), is_struck)


def _is_red(colour: Any, theme: dict[str, str]) -> bool:
    """Whether people call it red: a hue near 0, strong, neither dark nor pale; Excel's standard reds are all in."""
    if colour.get("indexed"):
        return colour.get("indexed") in _INDEXED_RED
    code = (colour.get("rgb") or theme.get(colour.get("theme", ""), ""))[-6:]
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", code):
        return False
    hue, light, saturation = colorsys.rgb_to_hls(*(int(code[place : place + 2], 16) / 255 for place in (0, 2, 4)))
    return (hue < 0.04 or hue > 0.96) and saturation > 0.5 and 0.2 < light < 0.75


def _shared_strings(archive: zipfile.ZipFile, theme: dict[str, str]) -> list[list[tuple[str, Look | None]]]:
    """Each shared string as runs; a run without a font of its own looks like its cell."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_runs(entry, theme) for entry in _tree(archive, "xl/sharedStrings.xml").iterfind(f"{_S}si")]


def _runs(entry: Any, theme: dict[str, str]) -> list[tuple[str, Look | None]]:
    runs: list[tuple[str, Look | None]] = []
    for one in entry:
        if one.tag == f"{_S}t":
            runs.append((one.text or "", None))
        elif one.tag == f"{_S}r":  # readings of names (rPh) are no part of the text
            font = one.find(f"{_S}rPr")
            text = "".join(part.text or "" for part in one.iterfind(f"{_S}t"))
            runs.append((text, None if font is None else _look(font, theme)))
    return runs


def _sheet(
    tree: Any, looks: list[Look], strings: list[list[tuple[str, Look | None]]], theme: dict[str, str]
) -> SheetMarks:
    cells, hidden, bottom, right = {}, set(), 0, 0
    fills, empty_formulas = dict[Place, str](), set[Place]()
    line = -1
    for row in tree.iterfind(f"{_S}sheetData/{_S}row"):
        line = int(row.get("r", line + 2)) - 1  # numbers of rows and names of cells may be left out
        if row.get("hidden") in ("1", "true"):
            hidden.add(line)
        place = (line, -1)
        for cell in row.iterfind(f"{_S}c"):
            place = _place(cell.get("r")) if cell.get("r") else (line, place[1] + 1)
            number = int(cell.get("s", 0))
            look = looks[number] if number < len(looks) else Look()
            if look.fill:
                fills[place] = look.fill
            if cell.get("t") == "e" or (cell.find(f"{_S}f") is not None and _is_without_value(cell)):
                empty_formulas.add(place)
            runs = [(text, own or look) for text, own in _cell_runs(cell, strings, theme)]
            if runs:
                bottom, right = max(bottom, place[0] + 1), max(right, place[1] + 1)
            if any(one.is_red or one.is_struck for text, one in runs if text.strip()):
                cells[place] = CellMarks(
                    kept="".join(text for text, one in runs if not one.is_struck),
                    is_red=any(one.is_red for text, one in runs if text.strip()),
                    has_struck=any(one.is_struck for text, one in runs if text.strip()),
                    is_struck=all(one.is_struck for text, one in runs if text.strip()),
                )
    columns = (range(int(one.get("min")) - 1, int(one.get("max"))) for one in _hidden_columns(tree))
    return SheetMarks(
        cells=cells,
        hidden_rows=frozenset(hidden),
        reach=(bottom, right),
        hidden_columns=frozenset(column for one in columns for column in one[:_MOST_COLUMNS]),
        fills=fills,
        empty_formulas=frozenset(empty_formulas),
    )


def _hidden_columns(tree: Any) -> list[Any]:
    return [one for one in tree.iterfind(f"{_S}cols/{_S}col") if one.get("hidden") in ("1", "true")]


def _is_without_value(cell: Any) -> bool:
    value = cell.find(f"{_S}v")
    return value is None or (not value.text and cell.get("t") != "str")  # a text may have come out empty


def _linked(archive: zipfile.ZipFile, part: str, kind: str) -> Iterator[str]:
    """Parts of a kind that a part refers to."""
    links = f"{posixpath.dirname(part)}/_rels/{posixpath.basename(part)}.rels"
    if links in archive.namelist():
        for link in _tree(archive, links).iter(f"{_P}Relationship"):
            target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), link.get("Target"))).lstrip("/")
            if link.get("Type", "").endswith(f"/{kind}") and target in archive.namelist():
                yield target


def _comments(archive: zipfile.ZipFile, part: str) -> dict[Place, str]:
    """Cell → its comment, without the name of the writer that programs put into the first line."""
    found = {}
    for target in _linked(archive, part, "comments"):
        for comment in _tree(archive, target).iter(f"{_S}comment"):
            text = "".join(one.text or "" for one in comment.iterfind(f"{_S}text//{_S}t")).strip()
            found[_place(comment.get("ref"))] = re.sub(r"\A[^\n]{1,40}:\n", "", text)
    return found


def _shapes(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    for target in _linked(archive, part, "drawing"):
        for body in _tree(archive, target).iter(f"{_D}txBody"):
            if text := "".join(one.text or "" for one in body.iter(f"{_A}t")).strip():
                yield text


def _cell_runs(
    cell: Any, strings: list[list[tuple[str, Look | None]]], theme: dict[str, str]
) -> list[tuple[str, Look | None]]:
    inline, value = cell.find(f"{_S}is"), cell.find(f"{_S}v")
    if inline is not None:
        return _runs(inline, theme)
    if value is None or not value.text:
        return []
    if cell.get("t") == "s":
        return strings[int(value.text)]
    return [(value.text, None)]


def _place(name: str) -> Place:
    found = re.fullmatch(r"([A-Z]+)([0-9]+)", name)
    if found is None:
        raise KeyError(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1

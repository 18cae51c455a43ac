"""Writes into single cells of an .xlsx and leaves every other byte of its parts alone.

Formats, validations, protection, shapes, macros and whatever else a body has put into its sheet stay, since nothing of
them is read and written anew.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from kijun.catalog.import_columns import place_of
from kijun.catalog.workbook_checks import WORKBOOK
from kijun.catalog.workbook_marks import Place, sheet_parts
from kijun.catalog.workbook_reader import column_name

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]+)")
_LITERAL = re.compile(r'"([^"]*)"')
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Choices:
    """Cells that take only certain entries; None when these stand in other cells."""

    areas: tuple[tuple[Place, Place], ...]
    entries: tuple[str, ...] | None

    def has(self, place: Place) -> bool:
        return any(top[0] <= place[0] <= bottom[0] and top[1] <= place[1] <= bottom[1] for top, bottom in self.areas)


@dataclass(frozen=True, slots=True)
class Guards:
    """What a sheet says of its cells: formulas, locks, choices."""

    formulas: frozenset[Place]
    is_closed_off: bool
    unlocked: frozenset[Place]  # cells with a format of their own that opens them
    open_columns: frozenset[int]
    choices: tuple[Choices, ...]

    def is_closed(self, place: Place) -> bool:
        return self.is_closed_off and place not in self.unlocked and place[1] not in self.open_columns


def is_signed(content: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.startswith("_xmlsignatures/") for name in archive.namelist())


def read_guards(content: bytes) -> dict[str, Guards]:
    """Sheet name → its guards."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        unlocked = _unlocked_formats(archive)
        return {name: _guards(_tree(archive.read(part)), unlocked) for name, part in sheet_parts(archive)}


def with_cells(content: bytes, cells: Mapping[str, Mapping[Place, str | int]]) -> bytes:
    """The workbook with texts and numbers in some cells; other programs calculate anew when they open it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w") as target_archive:
        parts = {part: cells[name] for name, part in sheet_parts(archive) if cells.get(name)}
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename in parts:
                data = _written(data, parts[info.filename])
            elif WORKBOOK.fullmatch(info.filename):
                data = _calculated_anew(data)
            fresh = zipfile.ZipInfo(info.filename, info.date_time)
            fresh.compress_type, fresh.external_attr = info.compress_type, info.external_attr
            target_archive.writestr(fresh, data)
    return target.getvalue()


def _tree(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _bytes(tree: Any) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _named(tree: Any, name: str) -> Iterator[Any]:
    """Elements of a name, whichever of its namespaces a program has chosen."""
    return iter(tree.iter(f"{{*}}{name}"))


def _calculated_anew(data: bytes) -> bytes:
    tree = _tree(data)
    for one in _named(tree, "calcPr"):
        one.set("fullCalcOnLoad", "1")
    return _bytes(tree)


# guards ---------------------------------------------------------------------------------------------------


def _unlocked_formats(archive: zipfile.ZipFile) -> frozenset[int]:
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats = next(_named(_tree(archive.read("xl/styles.xml")), "cellXfs"), ())
    return frozenset(
        number
        for number, one in enumerate(formats)
        if any(lock.get("locked") in ("0", "false") for lock in _named(one, "protection"))
    )


def _guards(tree: Any, unlocked: frozenset[int]) -> Guards:
    formulas, opened = set[Place](), set[Place]()
    for place, cell in _cells(tree):
        if next(_named(cell, "f"), None) is not None:
            formulas.add(place)
        if int(cell.get("s", 0)) in unlocked:
            opened.add(place)
    columns = (one for one in _named(tree, "col") if int(one.get("style", 0)) in unlocked)
    return Guards(
        formulas=frozenset(formulas),
        is_closed_off=any(one.get("sheet") in ("1", "true") for one in _named(tree, "sheetProtection")),
        unlocked=frozenset(opened),
        open_columns=frozenset(
            column for one in columns for column in range(int(one.get("min")) - 1, int(one.get("max")))
        ),
        choices=tuple(_choices(tree)),
    )


def _cells(tree: Any) -> Iterator[tuple[Place, Any]]:
    line = -1
    for row in _named(tree, "row"):
        line, column = int(row.get("r", line + 2)) - 1, -1
        for cell in _named(row, "c"):
            column = _place(cell.get("r"))[1] if cell.get("r") else column + 1
            yield (line, column), cell


def _choices(tree: Any) -> Iterator[Choices]:
    for one in _named(tree, "dataValidation"):
        if one.get("type") == "list":
            areas = one.get("sqref") or next(("".join(each.itertext()) for each in _named(one, "sqref")), "")
            formula = next(("".join(each.itertext()) for each in _named(one, "formula1")), "")
            literal = _LITERAL.fullmatch(formula.strip())
            entries = tuple(entry.strip() for entry in literal[1].split(",")) if literal else None
            yield Choices(tuple(_area(area) for area in areas.split()), entries)


def _area(area: str) -> tuple[Place, Place]:
    first, _, last = area.partition(":")
    return _place(first), _place(last or first)


def _place(name: str) -> Place:
    """Raises KeyError for what is no address."""
    found = _PLACE.fullmatch(name)
    if found is None:
        raise KeyError(name)
    return int(found[2]) - 1, place_of(found[1])


# writing --------------------------------------------------------------------------------------------------


def _written(data: bytes, cells: Mapping[Place, str | int]) -> bytes:
    tree = _tree(data)
    sheet = next(_named(tree, "sheetData"))
    space = f"{{{etree.QName(sheet).namespace}}}"
    for one in [*tree.iterfind(f"{space}dimension")]:
        tree.remove(one)  # what it says may not be true any more, and nobody needs it
    there = dict(_cells(tree))
    rows = _rows(sheet)
    for place in sorted(cells):
        if place not in there:
            there[place] = _added(sheet, rows, place, space)
        _fill(there[place], cells[place], space)
    return _bytes(tree)


def _rows(sheet: Any) -> dict[int, Any]:
    line, rows = -1, {}
    for row in _named(sheet, "row"):
        line = int(row.get("r", line + 2)) - 1
        rows[line] = row
    return rows


def _added(sheet: Any, rows: dict[int, Any], place: Place, space: str) -> Any:
    """A new cell where it belongs, in the format of its row; a row is made where there is none."""
    if place[0] not in rows:
        row = etree.Element(f"{space}row", r=str(place[0] + 1))
        sheet.insert(sum(line < place[0] for line in rows), row)
        rows[place[0]] = row
    row = rows[place[0]]
    row.attrib.pop("spans", None)
    cell = etree.Element(f"{space}c", r=f"{column_name(place[1])}{place[0] + 1}")
    if row.get("s"):
        cell.set("s", row.get("s"))
    before = sum(_place(one.get("r"))[1] < place[1] for one in _named(row, "c") if one.get("r"))
    row.insert(before, cell)
    return cell


def _fill(cell: Any, content: str | int, space: str) -> None:
    for one in [*cell]:
        cell.remove(one)
    cell.attrib.pop("t", None)
    if isinstance(content, int):
        etree.SubElement(cell, f"{space}v").text = str(content)
        return
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, f"{space}is"), f"{space}t")
    text.set(_SPACE, "preserve")
    text.text = content

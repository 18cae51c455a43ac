"""How one answer book is to be read, as a person confirmed it: sheets, columns, codes, and rows without a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kijun.catalog.configuration import read_checked
from kijun.catalog.import_columns import place_of
from kijun.catalog.workbook_reader import column_name
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.bid import AnswerStatus
from kijun.model.errors import ConfigurationError, Problem

CELLS, COMMENTS, FILLS = "cells", "comments", "fills"


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """Where a table of answers stands; columns and `first_row` count from 0."""

    sheet: str
    first_row: int  # the first below the heading
    columns: Mapping[str, int]  # field → column
    answer_from: tuple[str, ...] = (CELLS,)
    cost_unit: str = "円"


@dataclass(frozen=True, slots=True)
class CodeReading:
    """What a code means; None as long as nobody has said it."""

    code: str
    status: AnswerStatus | None
    cells: int = 0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class RowReading:
    """The requirement of a row that its number does not tell; empty when it belongs to none."""

    at: str  # sheet and cell
    requirement: str
    sees: str  # how the row begins
    ground: str = ""


@dataclass(frozen=True, slots=True)
class AnswerMapping:
    """A proposal, or what became of it in a person's hands."""

    name: str
    sha256: str
    structure: str
    is_confirmed: bool
    bidder: str
    product: str
    version: str
    sheets: tuple[AnswerSheet, ...]
    legend: tuple[CodeReading, ...]
    rows: tuple[RowReading, ...] = ()
    questions: tuple[str, ...] = ()
    file: YamlFile | None = field(default=None, compare=False, repr=False)


def read_answer_mapping(path: Path) -> AnswerMapping:
    """Read a mapping; one that is confirmed leaves nothing open. Raises ConfigurationError with all problems."""
    file, problems = read_checked(path, "answer_mapping")
    if not problems and file.data["book"]["confirmed"]:
        problems = [*_open(file)]
    if problems:
        raise ConfigurationError(problems)
    return _mapping(file)


def _open(file: YamlFile) -> Iterator[Problem]:
    for number, entry in enumerate(file.data["legend"]):
        if not entry["status"]:
            told = f"符号「{entry['code']}」の意味がまだ決まっていません。"
            hint = "status に答えを書いてください。決められない符号は unanswered とし、事業者に確かめます。"
            yield Problem(file.at("legend", number, "status"), told, hint)


def _mapping(file: YamlFile) -> AnswerMapping:
    book = file.data["book"]
    return AnswerMapping(
        name=book["name"],
        sha256=book["sha256"],
        structure=book["structure"],
        is_confirmed=book["confirmed"],
        bidder=book["bidder"],
        product=book.get("product", ""),
        version=book.get("version", ""),
        sheets=tuple(
            AnswerSheet(
                one["sheet"],
                one["header_row"],
                {name: place_of(column) for name, column in one["columns"].items()},
                tuple(one["answer_from"]),
                one.get("cost_unit", "円"),
            )
            for one in file.data["sheets"]
        ),
        legend=tuple(
            CodeReading(one["code"], AnswerStatus(one["status"]) if one["status"] else None)
            for one in file.data["legend"]
        ),
        rows=tuple(RowReading(one["at"], one["requirement"], one["sees"]) for one in file.data.get("rows", ())),
        file=file,
    )


def as_record(mapping: AnswerMapping) -> dict[str, Any]:
    """A mapping as its file holds it."""
    return {
        "book": {
            "name": mapping.name,
            "sha256": mapping.sha256,
            "structure": mapping.structure,
            "bidder": mapping.bidder,
            "product": mapping.product,
            "version": mapping.version,
            "confirmed": mapping.is_confirmed,
        },
        "questions": list(mapping.questions),
        "sheets": [
            {
                "sheet": one.sheet,
                "header_row": one.first_row,
                "answer_from": list(one.answer_from),
                "cost_unit": one.cost_unit,
                "columns": {name: column_name(place) for name, place in one.columns.items()},
            }
            for one in mapping.sheets
        ],
        "legend": [
            {
                "code": one.code,
                "status": one.status.value if one.status else "",
                "cells": one.cells,
                "ground": one.ground,
            }
            for one in mapping.legend
        ],
        "rows": [
            {"at": one.at, "requirement": one.requirement, "sees": one.sees, "ground": one.ground}
            for one in mapping.rows
        ],
    }

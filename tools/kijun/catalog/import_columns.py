"""Reads requirements/import/columns.yaml, the headings and signs of official workbooks, and a mapping for one book."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema_problems
from kijun.catalog.workbook_reader import Grid
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import ConfigurationError
from kijun.model.requirement import MunicipalityClass, Obligation

_NOTE = re.compile(r"\([^()]*\)|[※*].*$")
_INSIDE = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class ColumnWords:
    """What headings and signs mean; every word is normalised by `bare`."""

    fields: Mapping[str, tuple[str, ...]]  # field → headings, the preferred first
    classes: Mapping[str, tuple[MunicipalityClass, ...]]  # heading → groups
    signs: Mapping[str, Obligation]
    changes: Mapping[str, str]
    certainties: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]  # field of an answer book → headings, the preferred first
    questions: Mapping[str, tuple[str, ...]]  # field of a list of questions → headings, the preferred first


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """Where a person says the columns of one sheet are: `header_row` counts from 1, columns from 0."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]


def read_column_words(root: Path) -> ColumnWords:
    """The words of a root; a root without its own uses the shipped ones. Raises ConfigurationError."""
    place = Path("requirements", "import", "columns.yaml")
    own = root / place
    data = _checked("import_columns", own if own.exists() else shipped_root() / place).data
    return ColumnWords(
        fields={field: tuple(map(bare, labels)) for field, labels in data["fields"].items()},
        classes={
            bare(label): tuple(map(MunicipalityClass, entry["classes"]))
            for entry in data["classes"]
            for label in entry["labels"]
        },
        signs={bare(sign): Obligation(key) for key, signs in data["signs"].items() for sign in signs},
        changes={bare(word): key for key, words in data["changes"].items() for word in words},
        certainties={bare(word): key for key, words in data["certainties"].items() for word in words},
        answers={field: tuple(map(bare, labels)) for field, labels in data["answers"].items()},
        questions={field: tuple(map(bare, labels)) for field, labels in data["questions"].items()},
    )


def read_sheet_mappings(path: Path, words: ColumnWords) -> tuple[tuple[SheetMapping, ...], ColumnWords]:
    """What a person wrote for one book, and the words with its own signs. Raises ConfigurationError."""
    data = _checked("import_mapping", path).data
    sheets = tuple(
        SheetMapping(
            entry["sheet"], entry["header_row"], {field: place_of(name) for field, name in entry["columns"].items()}
        )
        for entry in data["sheets"]
    )
    signs = {bare(sign): Obligation(key) for sign, key in data.get("signs", {}).items()}
    return sheets, replace(words, signs={**words.signs, **signs})


def bare(text: str) -> str:
    """A heading or a sign without what does not count: widths, white space, dots."""
    return re.sub(r"[\s.．]", "", unicodedata.normalize("NFKC", text))


def heading_labels(grid: Grid, rows: range, column: int) -> Iterator[str]:
    """The headings above a column, the lowest first: whole, without remarks in brackets, inside the brackets."""
    for row in reversed(rows):
        text = bare(grid.text(row, column))
        if text:
            yield text
            yield _NOTE.sub("", text)
            yield from _INSIDE.findall(text)


def field_of(label: str, fields: Mapping[str, Sequence[str]]) -> tuple[str, int] | None:
    """The field of a heading and how much it is preferred (0 is best)."""
    found = [(labels.index(label), field) for field, labels in fields.items() if label in labels]
    return (min(found)[1], min(found)[0]) if found else None


def place_of(name: str) -> int:
    """The place of a column, counted from 0: A is 0, AA is 26."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _checked(name: str, path: Path) -> YamlFile:
    file = read_yaml(path)
    if problems := file.problems or schema_problems(name, file):
        raise ConfigurationError(problems)
    return file

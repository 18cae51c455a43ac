"""JSON Schemas of operations, generated from the glossary: what a driver may hear and say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from kijun.catalog.schemas import Schema
from kijun.model.glossary import FieldUse, Glossary, Operation, Word

_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "identifier": {"type": "string", "minLength": 1},
    "yen": {"type": "integer"},
    "count": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "year_month": {"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"},
    "fiscal_year": {"type": "integer", "minimum": 1989, "maximum": 2200},
    "role": {"type": "string", "minLength": 1},
    "operation": {"type": "string", "minLength": 1},
}


class WireSchemas:
    """Input and result schema of every operation, compiled on first use."""

    def __init__(self, glossary: Glossary) -> None:
        self.glossary = glossary
        self._compiled: dict[tuple[str, str], Schema] = {}

    def input(self, operation: Operation) -> Schema:
        return self._schema(operation, "input", operation.input)

    def result(self, operation: Operation) -> Schema:
        return self._schema(operation, "result", operation.result)

    def _schema(self, operation: Operation, side: str, uses: Iterable[FieldUse]) -> Schema:
        key = (operation.key, side)
        if key not in self._compiled:
            # Not checked for a second thread compiling the same schema: the result is the same.
            self._compiled[key] = Schema(record_schema(uses, self.glossary))
        return self._compiled[key]


def record_schema(uses: Iterable[FieldUse], glossary: Glossary) -> dict[str, Any]:
    """Schema of an object with these fields and no others."""
    uses = tuple(uses)
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [use.word for use in uses if not use.optional],
        "properties": {use.word: _field(use, glossary) for use in uses},
    }


def _field(use: FieldUse, glossary: Glossary) -> dict[str, Any]:
    word = glossary.word_of(use.word)
    form = {"title": word.label, **_form(word, glossary)}
    return {"oneOf": [form, {"type": "null"}]} if use.nullable or use.optional else form


def _form(word: Word, glossary: Glossary) -> dict[str, Any]:
    if word.type == "code":
        return {"enum": sorted(set(word.codes.values()))}
    if word.type == "list":
        return {"type": "array", "items": record_schema(word.fields, glossary)}
    if word.type == "document":
        # An item missing on paper is the product's failure to be judged, not a malformed reply of its driver.
        return record_schema((replace(use, optional=True) for use in word.fields), glossary)
    return _TYPES[word.type]

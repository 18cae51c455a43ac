"""The whole document as JSON, for programs: the tables as they are, and what belongs to each row."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from kijun.model.glossary import FieldUse, Label, Operation, Word
from kijun.model.plan import DataTable
from kijun.model.scenario_text import ScenarioText
from kijun.publishing.specification import Field, Part, Row, Specification

FORMAT = "1"


def render(spec: Specification) -> bytes:
    """specification.json, as requirements/schema/specification.json describes it."""
    content = json.dumps(as_record(spec), ensure_ascii=False, separators=(",", ":"))
    return content.encode("utf-8", "backslashreplace") + b"\n"  # half a character becomes its JSON escape


def as_record(spec: Specification) -> dict[str, Any]:
    """The document as plain values."""
    return {
        "specification_version": FORMAT,
        "cover": _cover(spec),
        "parts": [
            {"key": one.value, "number": one.number, "title": one.label, "silence": spec.silence(one)} for one in Part
        ],
        "businesses": [
            {
                "slug": business.slug,
                "number": business.number,
                "name": business.name,
                "chapters": [
                    {"number": middle.number, "major": major.title, "middle": middle.title, "functions": functions}
                    for major in business.majors
                    for middle in major.middles
                    for functions in [
                        [
                            {"number": one.number, "name": one.name, "requirements": [_row(row) for row in one.rows]}
                            for one in middle.functions
                        ]
                    ]
                ],
            }
            for business in spec.businesses
        ],
        "scenarios": [_scenario(one) for one in spec.scenarios],
        "documents": [
            {
                "key": one.word.key,
                "label": one.word.label,
                "fields": _fields(one.fields),
                "named_by": list(one.named_by),
                "result_of": list(one.result_of),
            }
            for one in spec.documents
        ],
        "vocabularies": [
            {"business": one.business, "name": one.name, "words": [_word(word) for word in one.words]}
            for one in spec.vocabularies
        ],
        "linkages": [
            {
                "business": one.business,
                "name": one.name,
                "source": one.source,
                "files": [
                    {
                        "id": layout.id,
                        "title": layout.title,
                        "operation": layout.operation,
                        "carries": layout.carries,
                        "items": [
                            {
                                "word": item.word,
                                "name": item.name,
                                "required": item.required,
                                "class": item.char_class,
                                "length": item.length,
                            }
                            for item in layout.items
                        ],
                    }
                    for layout in one.layouts
                ],
            }
            for one in spec.linkages
        ],
        "roles": _labels(spec.roles),
        "reasons": _labels(spec.reasons),
        "operations": [
            {
                **_operation(one.operation),
                "known": one.is_known,
                "input": _fields(one.input),
                "result": _fields(one.result),
                "requirements": list(one.requirements),
            }
            for one in spec.operations
        ],
        "laws": [
            {
                "law": law.name,
                "articles": [
                    {
                        "key": one.key,
                        "article": one.basis.article,
                        "url": one.basis.url,
                        "requirements": list(one.requirements),
                    }
                    for one in law.articles
                ],
            }
            for law in spec.laws
        ],
        "defects": [
            {
                "name": one.name,
                "summary": one.summary,
                "breaks": one.breaks,
                "incident": one.incident,
                "business": one.business,
            }
            for one in spec.defects
        ],
        "editions": [
            {
                "name": one.edition,
                "date": _day(one.day),
                "note": one.note,
                "digest": one.digest,
                "requirements": len(one.requirements),
                "changes": dict(one.counts),
            }
            for one in spec.editions
        ],
        "retired": [
            {
                "id": one.id,
                "business": one.business,
                "edition": one.edition,
                "because": one.because,
                "superseded_by": list(one.superseded_by),
            }
            for one in spec.retired
        ],
    }


def _cover(spec: Specification) -> dict[str, Any]:
    cover = spec.cover
    return {
        "title": cover.title,
        "edition": cover.edition,
        "date": _day(cover.day),
        "status": cover.status,
        "note": cover.note,
        "digest": cover.digest,
        "sources": [
            {
                "business": one.business,
                "name": one.name,
                "edition": one.edition,
                "status": one.status,
                "source": one.source,
                "requirements": one.requirements,
            }
            for one in cover.sources
        ],
        "caveats": list(cover.caveats),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _row(row: Row) -> dict[str, Any]:
    return {
        "row": dict(row.requirement.row),
        "scenarios": [one.key for one in row.scenarios],
        "defects": [one.name for one in row.defects],
        "editions": [
            {"edition": one.edition, "date": _day(one.day), "change": one.kind, "cells": list(one.cells)}
            for one in row.editions
        ],
    }


def _scenario(one: ScenarioText) -> dict[str, Any]:
    return {
        "key": one.key,
        "name": one.name,
        "feature": one.feature,
        "file": one.file,
        "line": one.line,
        "requirements": list(one.requirements),
        "operations": list(one.operations),
        "steps": [
            {"keyword": step.keyword, "text": step.text, **({"table": _table(step.table)} if step.table else {})}
            for step in one.steps
        ],
        "examples": [{"name": block.name, "table": _table(block.table)} for block in one.examples],
    }


def _table(table: DataTable) -> dict[str, Any]:
    return {"headings": list(table.headings), "rows": [list(row) for row in table.rows]}


def _labels(entries: Iterable[Label]) -> list[dict[str, str]]:
    return [{"label": one.label, "key": one.key} for one in entries]


def _word(word: Word) -> dict[str, Any]:
    return {
        "label": word.label,
        "key": word.key,
        "type": word.type,
        "unit": word.unit,
        "codes": dict(word.codes),
        "fields": [_use(use) for use in word.fields],
        "note": word.note,
        "source": word.source,
    }


def _operation(operation: Operation) -> dict[str, Any]:
    return {
        "label": operation.label,
        "key": operation.key,
        "kind": operation.kind,
        "business": operation.business,
        "prohibited": operation.prohibited,
        "repeatable": operation.repeatable,
        "deadline_seconds": operation.deadline_seconds,
        "note": operation.note,
        "source": operation.source,
    }


def _fields(fields: Iterable[Field]) -> list[dict[str, Any]]:
    return [{**_use(one.use), "label": one.word.label} for one in fields]


def _use(use: FieldUse) -> dict[str, Any]:
    return {
        "word": use.word,
        "optional": use.optional,
        "nullable": use.nullable,
        "default": use.default,
        "provider": use.provider,
    }

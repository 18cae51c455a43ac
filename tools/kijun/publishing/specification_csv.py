"""The rows as CSV, as a spreadsheet program opens it by a double click: UTF-8 with a mark, and no formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from kijun.model.requirement import MunicipalityClass, Obligation, Requirement
from kijun.press.legible import unhidden
from kijun.publishing.cells import TITLES, cell_text
from kijun.publishing.specification import Row, Specification

_FORMULA_SIGNS = ("=", "+", "-", "@")  # tab and carriage return are shown by their code
_TEXTS = ("legal_basis", "rationale", "verification", "operations", "documents", "incidents")
HEAD = (
    "業務",
    "要件番号",
    *(TITLES[name] for name in ("official_ids", "major", "middle", "name", "text")),
    *(kind.label for kind in MunicipalityClass),
    TITLES["category_source"],
    "適用開始日",
    "適用終了日",
    "適用の根拠",
    *(TITLES[name] for name in _TEXTS),
    "シナリオ",
    "検査の件数",
    "欠陥",
    "改定",
)


def render(spec: Specification) -> bytes:
    """requirements.csv: a row a line, in the order of the document."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    for business in spec.businesses:
        writer.writerows([*map(harmless, _cells(business.name, row, spec.labels))] for row in business.rows)
    return text.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """The same words, seen whole and never taken for a formula."""
    shown = unhidden(text)
    return f"'{shown}" if shown.startswith(_FORMULA_SIGNS) else shown


def _cells(business: str, row: Row, labels: Mapping[str, str]) -> Iterator[str]:
    one = row.requirement
    yield from (business, one.id, "、".join(one.row.get("official_ids", ())))
    yield from (one.row["major"], one.row["middle"], one.name, one.text)
    yield from (one.category.get(kind, Obligation.NONE).symbol for kind in MunicipalityClass)
    yield _filled(one, "category_source", labels)
    yield one.effective_from.isoformat()
    yield one.effective_to.isoformat() if one.effective_to else ""
    yield one.row["effective"]["basis"]
    yield from (_filled(one, name, labels) for name in _TEXTS)
    yield "\n".join(scenario.name for scenario in row.scenarios)
    yield str(sum(scenario.cases for scenario in row.scenarios))
    yield "\n".join(f"{defect.name} {defect.summary}" for defect in row.defects)
    yield "\n".join(f"{mark.edition}: {mark.kind}" for mark in row.editions)


def _filled(one: Requirement, name: str, labels: Mapping[str, str]) -> str:
    return cell_text(one, name, labels) if one.row.get(name) else ""

"""Specifications to print: the miniature standard as a document, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from miniature import FEES, LEDGER, Miniature

from kijun.engine.printed import scenario_texts
from kijun.engine.suite import Suite
from kijun.model.edition import Edition
from kijun.publishing.specification import DefectText, Specification, specification

PRESENT = "今の要件表"
DEFECTS = (
    DefectText("RoundsUp", "料金を切り上げる。", FEES, "INC-01", "pot_register"),
    DefectText("Elsewhere", "ほかの業務の欠陥。", "998-1.1.1-01", "", "other"),
)
CELLS = (
    (FEES, "operations: []", 'operations: ["price_pot"]\n    documents: ["tag"]\n    incidents: ["INC-01"]'),
    (LEDGER, "operations: []", 'operations: ["list_pots"]'),
)


def dressed(mini: Miniature) -> Miniature:
    """The same standard with rows that name operations, a document and an incident."""
    text = (mini.root / mini.table).read_text(encoding="utf-8")
    for one, old, new in CELLS:
        before, _, after = text.partition(f'- id: "{one}"')
        text = f'{before}- id: "{one}"{after.replace(old, new, 1)}'
    mini.write(mini.table, text)
    return mini


def gathered(
    mini: Miniature, editions: Sequence[Edition] = (), defects: Iterable[DefectText] = DEFECTS
) -> Specification:
    suite = Suite.load(mini.root)
    return specification(
        Edition(PRESENT, suite.catalog.tables), suite.catalog, scenario_texts(suite), defects, editions
    )

"""The rows of a book as a draft table: everything but the wording, of which only the cell and a digest are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kijun.catalog.workbook_reader import Book
from kijun.publishing.importing.reconciliation import Pairing
from kijun.publishing.importing.rows import ImportedRow

CAVEAT = (
    "ブックから機械で起こした案。要件文は写さず、セルと SHA-256 で指す。番号・区分・日付が公式かどうかは、"
    "ブックの出所を人が確かめるまで分からない。"
)


def draft(book: Book, pairings: Sequence[Pairing]) -> dict[str, Any]:
    """What requirements/schema/import_draft.json describes; deleted rows are told as such."""
    businesses = dict.fromkeys(one.business for one in pairings if one.theirs)
    return {
        "draft": {"book": book.name, "sha256": book.sha256, "caveat": CAVEAT},
        "tables": [
            {
                "business": business,
                "requirements": [_row(row, one) for one in pairings if one.business == business for row in one.theirs],
            }
            for business in businesses
        ],
    }


def _row(row: ImportedRow, pairing: Pairing) -> dict[str, Any]:
    told: dict[str, Any] = {
        "at": row.at,
        "text_sha256": row.text_sha256,
        "official_ids": list(row.official_ids),
        **({"number": row.number} if row.number else {}),
        **row.place,
        "category": {kind.value: obligation.value for kind, obligation in row.category.items()},
        "category_source": row.certainty,
    }
    if row.effective_from:
        end = {"to": row.effective_to.isoformat()} if row.effective_to else {}
        told["effective"] = {"from": row.effective_from.isoformat(), **end, "source": row.effective_certainty}
    if change := "deleted" if row.is_deleted else row.change:
        told["change"] = change
    if row.former_ids:
        told["former_ids"] = list(row.former_ids)
    if row.is_marked:
        told["is_marked"] = True
    if pairing.ours:
        told |= {"ours": [one.id for one in pairing.ours], "matched_by": pairing.matched_by}
    return told

"""A comparison as data, for programs."""

from __future__ import annotations

from typing import Any

from kijun.model.edition import Edition
from kijun.publishing.cells import cell_text
from kijun.publishing.comparative_table import caveats
from kijun.publishing.comparison import Change, Comparison, Kind
from kijun.publishing.reach import Reach
from kijun.publishing.words import Runs, compared


def as_record(comparison: Comparison, reach: Reach) -> dict[str, Any]:
    """Both editions, the counts by kind, and every change; rows that did not change are only counted."""
    return {
        "old": _edition(comparison.old),
        "new": _edition(comparison.new),
        "caveats": list(caveats(comparison)),
        "counts": {kind.value: count for kind, count in comparison.counts.items()},
        "changes": [_change(one, comparison, reach) for one in comparison.changes if one.kind is not Kind.SAME],
    }


def _edition(edition: Edition) -> dict[str, Any]:
    return {
        "name": edition.name,
        "date": edition.frozen_on.isoformat() if edition.frozen_on else None,
        "note": edition.note,
        "digest": edition.digest,
        "tables": [
            {"business": one.business, "edition": one.edition, "status": one.status, "source": one.source}
            for one in edition.tables
        ],
    }


def _change(change: Change, comparison: Comparison, reach: Reach) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": change.kind.value,
        "business": change.business,
        "old": [one.id for one in change.old],
        "new": [one.id for one in change.new],
        "guess": change.is_guess,
        "moved": change.is_moved,
        "functional_effect": change.has_effect,
        "cells": [_cell(change, name, reach) for name in change.cells],
        "reasons": list(comparison.reasons(change)),
        "scenarios": list(reach.scenarios_of(change)),
    }
    if reach.answers is not None:
        told["answers"] = list(reach.revisits(change))
    return told


def _cell(change: Change, name: str, reach: Reach) -> dict[str, Any]:
    new, old = (cell_text(one, name, reach.labels) for one in change.pair or ())
    ours, theirs = compared(new, old)
    return {"name": name, "new": _runs(ours), "old": _runs(theirs)}


def _runs(runs: Runs) -> list[dict[str, Any]]:
    return [{"text": run.text, "changed": run.is_marked} for run in runs]

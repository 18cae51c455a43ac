"""The 新旧対照表 as PDF: A4 landscape, tagged, bookmarks, the head of the table on every page, no colour."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kijun import __version__
from kijun.catalog.root import shipped_root
from kijun.press.legible import legible
from kijun.press.typesetter import typeset
from kijun.publishing.comparative_table import HEAD, ComparativeTable, Line
from kijun.publishing.words import Runs

_LONG = 700  # letters of a row that may be broken over two pages


def render(table: ComparativeTable, at: datetime) -> bytes:
    """comparison.pdf; `at` is the moment that the file carries. What no font draws stands as its code."""
    form = shipped_root() / "reports" / "templates" / "comparison.typ"
    return typeset(form, legible(_content(table)), at)


def _content(table: ComparativeTable) -> dict[str, Any]:
    return {
        "title": table.title,
        "author": f"kijun {__version__}",
        "head": HEAD,
        "cover": [*table.editions, *table.counts],
        "caveats": table.caveats,
        "chapters": [
            {
                "title": chapter.title,
                "summary": chapter.summary,
                "sections": [
                    {"title": section.title, "lines": [_line(one) for one in section.lines]}
                    for section in chapter.sections
                ],
            }
            for chapter in table.chapters
        ],
    }


def _line(line: Line) -> dict[str, Any]:
    length = sum(len(run.text) for side in (line.new, line.old) for runs in side for run in runs)
    return {
        "new": [_runs(one) for one in line.new],
        "old": [_runs(one) for one in line.old],
        "remarks": line.remarks,
        "long": length > _LONG,
    }


def _runs(runs: Runs) -> list[tuple[str, bool]]:
    return [(run.text, run.is_marked) for run in runs]

"""A reconciliation for the terminal, for programs and as a workbook. The wording of the book is in none of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kijun.catalog.workbook_reader import Book
from kijun.press.legible import unhidden
from kijun.press.workbook import Cell, Column, Workbook
from kijun.publishing.importing.reconciliation import MATCHES, Difference, Pairing, State

_CAVEAT = "公式のブックの形は見込みによる。照合の結果は人が確かめ、推定の組は番号を書いて確定させること。"
_COLUMNS = (
    Column("結果", 11),
    Column("ブックのセル", 20),
    Column("機能ID", 10),
    Column("ブックの機能名称", 20),
    Column("本表の要件番号", 16),
    Column("本表の要件文", 44),
    Column("結び付け", 14),
    Column("違う項目", 16),
    Column("違うセル", 18),
    Column("ブックの値", 20),
    Column("本表の値", 20),
    Column("赤字", 6, centred=True),
)


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the papers are made of."""

    book: Book
    layouts: tuple[str, ...]  # how the columns of each table were understood
    notes: tuple[str, ...]
    pairings: tuple[Pairing, ...]
    names: Mapping[str, str]  # slug → name of a business

    @property
    def counts(self) -> dict[State, int]:
        found = Counter(one.state for one in self.pairings)
        return {state: found[state] for state in State}


def render(told: Told) -> str:
    """Lines for the terminal: equal rows are only counted."""
    return "\n".join(map(unhidden, _lines(told)))


def _lines(told: Told) -> Iterator[str]:
    yield f"{told.book.name}（SHA-256 {told.book.sha256[:16]}…）"
    yield from (f"列の対応: {one}" for one in told.layouts)
    yield from (f"注意: {one}" for one in (*told.notes, _CAVEAT))
    for one in told.pairings:
        if one.state is not State.EQUAL:
            yield from _pairing(one, told.names)
    yield "\n" + "　".join(f"{state.label} {count}" for state, count in told.counts.items())


def _pairing(one: Pairing, names: Mapping[str, str]) -> Iterator[str]:
    cells = "、".join(row.at for row in one.theirs)
    numbers = "、".join(ours.id for ours in one.ours)
    official = "、".join(number for row in one.theirs for number in row.official_ids)
    by = f"［{MATCHES[one.matched_by]}］" if one.matched_by else ""
    head = " ↔ ".join(filter(None, (" ".join(filter(None, (cells, official))), numbers)))
    yield f"\n{one.state.label}　{names.get(one.business, one.business)}　{head}{by}"
    for row in one.theirs:
        yield f"    ブック　{' ／ '.join(filter(None, row.place.values())) or '（項目名なし）'}"
    yield from (f"    本表　　{ours.text}" for ours in one.ours)
    yield from (
        f"    {each.label}（{each.cell}）　ブック「{each.theirs or '空'}」　本表「{each.ours or '空'}」"
        for each in one.differences
    )


def as_record(told: Told) -> dict[str, Any]:
    """The reconciliation as data."""
    return {
        "book": told.book.name,
        "sha256": told.book.sha256,
        "columns": list(told.layouts),
        "notes": list(told.notes),
        "counts": {state.value: count for state, count in told.counts.items()},
        "rows": [
            {
                "state": one.state.value,
                "business": one.business,
                "cells": [row.at for row in one.theirs],
                "official_ids": list(dict.fromkeys(number for row in one.theirs for number in row.official_ids)),
                "ours": [ours.id for ours in one.ours],
                "matched_by": one.matched_by,
                "marked": any(row.is_marked for row in one.theirs),
                "differences": [
                    {"name": each.name, "cell": each.cell, "theirs": each.theirs, "ours": each.ours}
                    for each in one.differences
                ],
            }
            for one in told.pairings
        ],
    }


def as_workbook(told: Told) -> bytes:
    """reconciliation.xlsx: a summary, then a sheet of all rows for each business, a difference a line."""
    title = "公式のブックとの照合"
    book = Workbook(title, (title, told.book.name, told.book.sha256[:16]))
    rows = [("ブック", told.book.name), ("SHA-256", told.book.sha256)]
    rows += [("列の対応", one) for one in told.layouts]
    rows += [("注意", one) for one in (*told.notes, _CAVEAT)]
    table = [["結果", "行"], *([state.label, str(count)] for state, count in told.counts.items())]
    book.add_summary("概要", title, rows, table)
    for business in dict.fromkeys(one.business for one in told.pairings):
        lines = [line for one in told.pairings if one.business == business for line in _table(one)]
        book.add_table(told.names.get(business, business), _COLUMNS, lines)
    return book.finish()


def _table(one: Pairing) -> Iterator[Sequence[Cell]]:
    differences: Sequence[Difference | None] = one.differences or (None,)
    for each in differences:
        yield [
            one.state.label,
            "\n".join(row.at for row in one.theirs),
            "\n".join(number for row in one.theirs for number in row.official_ids),
            "\n".join(row.place["name"] for row in one.theirs),
            "\n".join(ours.id for ours in one.ours),
            "\n".join(ours.text for ours in one.ours),
            MATCHES[one.matched_by],
            *((each.label, each.cell, each.theirs, each.ours) if each else ("", "", "", "")),
            "有" if any(row.is_marked for row in one.theirs) else "",
        ]

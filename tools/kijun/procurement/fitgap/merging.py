"""Joins the books of several 課: nobody's words win over another's by chance, and nothing is dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kijun.procurement.fitgap.judgements import Before, FitGap, Row, Version, distinct
from kijun.procurement.fitgap.reading import FilledBook, FilledRow
from kijun.procurement.request import RequestForProposal


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows read, and what became of them: `read` is the sum of the other three."""

    read: int
    joined: int
    in_conflict: int
    listed: int


@dataclass(frozen=True)
class Merged:
    """The joined judgements, and the count of the rows that they were made from."""

    fitgap: FitGap
    tally: Tally


def merge(request: RequestForProposal, books: Sequence[FilledBook]) -> Merged:
    """Every requirement with the one entry that all books agree on, or with its rivals."""
    filled = [row for book in books for row in book.rows]
    past = defaultdict[str, list[Version]](list)
    before: dict[str, Before] = {}
    for book in books:
        for one, versions in book.manifest.past.items():
            past[one] += versions
        for each in book.manifest.before:
            before.setdefault(each.requirement, each)
    found = joined(filled, past)
    fitgap = FitGap(
        request,
        {one.requirement.id: found.get(one.requirement.id, Row()) for one in request.rows},
        tuple(before.values()),
        tuple(dict.fromkeys(row for book in books for row in (*book.listed, *book.edited))),
        tuple(note for book in books for note in book.notes),
    )
    rivals = set(fitgap.conflicts)
    in_conflict = sum(row.requirement in rivals for row in filled)
    listed = sum(len(book.listed) for book in books)
    return Merged(fitgap, Tally(len(filled) + listed, len(filled) - in_conflict, in_conflict, listed))


def joined(rows: Iterable[FilledRow], past: Mapping[str, Sequence[Version]]) -> dict[str, Row]:
    """Requirement → where it stands, for every requirement that any of these rows is about."""
    found = defaultdict[str, list[FilledRow]](list)
    for row in rows:
        found[row.requirement].append(row)
    return {one: _joined(group, past.get(one, ())) for one, group in found.items()}


def _joined(rows: Sequence[FilledRow], past: Sequence[Version]) -> Row:
    """What several books say of one requirement.

    An entry is replaced when somebody who had it before their eyes wrote another one; what nobody replaced lives. Of
    several that live a person has to choose.
    """
    there = distinct(one for row in rows for one in _said(row))
    replaced = {one.entry.meaning for one in (*past, *(base for row in rows for base in _replaced(row)))}
    living = tuple(one for one in there if one.entry.meaning not in replaced) or there  # or each replaced the other
    alive = {one.entry.meaning for one in living}
    seen = [*past, *(base for row in rows for base in row.bases), *there]
    history = tuple(one for one in distinct(seen) if one.entry.meaning not in alive and not one.entry.is_blank)
    if len(living) > 1:
        return Row(rivals=living, past=history)
    return Row(living[0], past=history) if living and not living[0].entry.is_blank else Row(past=history)


def _said(row: FilledRow) -> tuple[Version, ...]:
    """What a row stands for: its entry, the rivals between which nobody has chosen, or nothing."""
    if _is_open(row):
        return row.bases
    return (row.version,) if row.bases or not row.version.entry.is_blank else ()


def _replaced(row: FilledRow) -> list[Version]:
    """What whoever wrote the row had before the eyes and did not keep."""
    if _is_open(row):
        return []
    return [one for one in row.bases if one.entry.meaning != row.version.entry.meaning]


def _is_open(row: FilledRow) -> bool:
    return len(row.bases) > 1 and row.version.entry.is_blank

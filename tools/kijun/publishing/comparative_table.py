"""The 新旧対照表 before it is set: what stands left (改正後), right (改正前) and in the remarks, in every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kijun.model.edition import Edition
from kijun.model.requirement import Requirement
from kijun.publishing.cells import TITLES, cell_text, obligation_text
from kijun.publishing.comparison import Change, Comparison, Kind
from kijun.publishing.reach import Reach
from kijun.publishing.words import Run, Runs, compared

TITLE = "新旧対照表"
HEAD = ("改正後", "改正前", "備考")
NO_EFFECT = "機能への影響なし"
_ADDED, _REMOVED, _LEFT_OUT = "（新設）", "（削る）", "（略）"
_STATUSES = {"draft": "案", "consultation": "意見照会中", "published": "公表"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: paragraphs on either side, and the remarks."""

    kind: Kind
    new: tuple[Runs, ...]
    old: tuple[Runs, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The changed rows of one place in the tree; what did not change between them is told as left out."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One business. Without sections nothing changed."""

    title: str
    summary: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class ComparativeTable:
    """The whole document."""

    title: str
    editions: tuple[tuple[str, str], ...]  # what is told of each side: label, text
    caveats: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]


def comparative_table(comparison: Comparison, reach: Reach) -> ComparativeTable:
    """Lay out a comparison."""
    return ComparativeTable(
        title=TITLE,
        editions=tuple(_editions(comparison)),
        caveats=tuple(caveats(comparison)),
        counts=tuple((kind.label, f"{count} 件") for kind, count in comparison.counts.items() if count),
        chapters=tuple(_chapter(business, comparison, reach) for business in comparison.businesses),
    )


def _editions(comparison: Comparison) -> Iterator[tuple[str, str]]:
    for side, one in zip(HEAD[:2], (comparison.new, comparison.old), strict=True):
        yield side, f"{one.label}　{status(one)}" + (f"\n{one.note}" if one.note else "")
        if one.digest:
            yield f"{side}の内容の SHA-256", one.digest


def status(edition: Edition) -> str:
    """Where the tables of an edition stand, in one word each."""
    return "・".join(dict.fromkeys(_STATUSES.get(table.status, table.status) for table in edition.tables))


def caveats(comparison: Comparison) -> Iterator[str]:
    """What nobody may take this comparison for."""
    tables = (*comparison.new.tables, *comparison.old.tables)
    if any(table.status != "published" for table in tables):
        yield "公表された版ではない表を含みます。省庁が公表した新旧対照表ではありません。"
    yield from dict.fromkeys(table.source for table in tables if table.status != "published")
    if any(one.is_guess for one in comparison.changes):
        yield "「推定」と記した対応は、表に宣言がなく、文の近さから計算したものです。人が確かめてください。"


def _chapter(business: str, comparison: Comparison, reach: Reach) -> Chapter:
    changes = comparison.of(business)
    by_place: dict[str, list[Change]] = {}
    for one in changes:
        by_place.setdefault(_place(one), []).append(one)
    sections = [
        Section(title, tuple(_lines(rows, comparison, reach)))
        for title, rows in by_place.items()
        if any(one.kind is not Kind.SAME for one in rows)
    ]
    return Chapter(reach.names.get(business, business), _summary(changes), tuple(sections))


def _summary(changes: Sequence[Change]) -> str:
    changed = [one for one in changes if one.kind is not Kind.SAME]
    harmless = sum(not one.has_effect for one in changed)
    same = len(changes) - len(changed)
    return f"変更 {len(changed)} 件（うち{NO_EFFECT} {harmless} 件）、変わらない {same} 件"


def _place(change: Change) -> str:
    row = (change.new or change.old)[0].row
    return f"{row['major']} ＞ {row['middle']}"


def _lines(changes: Iterable[Change], comparison: Comparison, reach: Reach) -> Iterator[Line]:
    for is_same, rows in groupby(changes, key=lambda one: one.kind is Kind.SAME):
        if is_same:
            yield _left_out([*rows])
        else:
            yield from (_line(one, comparison, reach) for one in rows)


def _left_out(changes: Sequence[Change]) -> Line:
    first, last = changes[0].new[0].id, changes[-1].new[0].id
    which = first if first == last else f"{first} から {last} まで"
    words = ((Run(_LEFT_OUT),),)
    return Line(Kind.SAME, words, words, (f"{which}（{len(changes)} 件）は変わらない",))


def _line(change: Change, comparison: Comparison, reach: Reach) -> Line:
    remarks = tuple(_remarks(change, comparison, reach))
    if change.kind is Kind.ADDED:
        return Line(change.kind, tuple(_whole(change.new)), ((Run(_ADDED),),), remarks)
    if change.kind is Kind.REMOVED:
        return Line(change.kind, ((Run(_REMOVED),),), tuple(_whole(change.old)), remarks)
    if change.pair is None:
        return Line(change.kind, *_regrouped(change), remarks)
    return Line(change.kind, *_pair(change, *change.pair, reach), remarks)


def _heading(one: Requirement) -> str:
    return f"{one.id}　{one.name}"


def _whole(rows: Iterable[Requirement]) -> Iterator[Runs]:
    for one in rows:
        for text in (_heading(one), one.text, obligation_text(one)):
            yield (Run(text, is_marked=True),)


def _pair(
    change: Change, new: Requirement, old: Requirement, reach: Reach
) -> tuple[tuple[Runs, ...], tuple[Runs, ...]]:
    """Number and name, the text or 「（略）」, then every other cell that differs."""
    both = [compared(_heading(new), _heading(old))]
    both.append(compared(new.text, old.text) if "text" in change.cells else ((Run(_LEFT_OUT),), (Run(_LEFT_OUT),)))
    for name in change.cells:
        if name not in ("name", "text"):
            left, right = (cell_text(one, name, reach.labels) for one in (new, old))
            title = Run(f"【{TITLES[name]}】")
            ours, theirs = compared(left, right)
            both.append(((title, *ours), (title, *theirs)))
    return tuple(one for one, _ in both), tuple(other for _, other in both)


def _regrouped(change: Change) -> tuple[tuple[Runs, ...], tuple[Runs, ...]]:
    """Several rows on a side: their texts are compared as one."""
    ours, theirs = compared(*("\n".join(one.text for one in rows) for rows in (change.new, change.old)))
    return tuple(_under(change.new, ours, change.old)), tuple(_under(change.old, theirs, change.new))


def _under(rows: Sequence[Requirement], runs: Runs, others: Sequence[Requirement]) -> Iterator[Runs]:
    """The compared texts under their headings, each with its obligation, marked when the other side has none such."""
    left, known = list(runs), {obligation_text(one) for one in others}
    for one in rows:
        yield (Run(_heading(one)),)
        paragraph, wanted = list[Run](), len(one.text)
        while wanted:
            run = left.pop(0)
            paragraph.append(Run(run.text[:wanted], run.is_marked))
            if rest := run.text[wanted:]:
                left.insert(0, Run(rest, run.is_marked))
            wanted -= min(wanted, len(run.text))
        yield tuple(paragraph)
        yield (Run(obligation_text(one), obligation_text(one) not in known),)
        if left:  # the line end between two texts
            left[0] = Run(left[0].text[1:], left[0].is_marked)
            left = left if left[0].text else left[1:]


def _remarks(change: Change, comparison: Comparison, reach: Reach) -> Iterator[str]:
    guess = "（推定）" if change.is_guess else ""
    yield change.kind.label + guess
    if change.kind is not Kind.MOVED and change.is_moved:
        yield "移動を含む"
    if not change.has_effect:
        yield NO_EFFECT
    yield from comparison.reasons(change)
    if found := reach.scenarios_of(change):
        yield f"シナリオ {len(found)} 件"
    yield from reach.revisits(change)

"""Carries judgements over from last year's book, or from that of a similar body, where nothing was changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kijun.model.requirement import Obligation
from kijun.procurement.fitgap.judgements import Before, Fate, FitGap, Row, Version, blank
from kijun.procurement.fitgap.manifest import Stated
from kijun.procurement.fitgap.merging import joined
from kijun.procurement.fitgap.reading import FilledBook
from kijun.procurement.request import Asked, RequestForProposal


@dataclass(frozen=True, slots=True)
class _Old:
    """One row of the other book: what it asked, and what stands there."""

    stated: Stated
    row: Row

    @property
    def version(self) -> Version:
        """What is shown of it; of several rivals the first, the others are told in words."""
        return self.row.rivals[0] if self.row.rivals else self.row.version

    @property
    def is_blank(self) -> bool:
        return not self.row.rivals and self.row.version.entry.is_blank


def carry(request: RequestForProposal, book: FilledBook) -> FitGap:
    """The request with each judgement whose requirement has the same text and obligation as in the other book.

    Whatever else was judged there is in `before`, with what changed.
    """
    old = _old(book)
    retired = {one: row for table in request.edition.tables for one, row in table.retired.items()}
    found = _Carrying(request, old, retired)
    rows = dict(blank(request).rows)
    before = [found.of(one) for one in request.rows]
    for one in before:
        if one.fate is Fate.CARRIED:
            rows[one.requirement] = Row(one.version)
    told = tuple(one for one in before if one.fate is not Fate.CARRIED or not one.version.entry.is_blank)
    return FitGap(request, rows, (*told, *found.gone()), book.listed, book.notes)


def _old(book: FilledBook) -> dict[str, _Old]:
    rows = joined(book.rows, book.manifest.past)
    return {one: _Old(stated, rows.get(one, Row())) for one, stated in book.manifest.rows.items()}


class _Carrying:
    """Looks for every requirement in the other book."""

    def __init__(
        self, request: RequestForProposal, old: Mapping[str, _Old], retired: Mapping[str, Mapping[str, object]]
    ) -> None:
        self._request, self._old, self._retired = request, old, retired
        self._asked = {one.requirement.id: one for one in request.rows}
        gone = [one for one in old.values() if one.stated.requirement not in self._asked]
        self._by_text = {one.stated.text: one for one in reversed(gone)}
        self._led: set[str] = set()  # rows of the other book that a new row was led to

    def of(self, asked: Asked) -> Before:
        one = asked.requirement
        old = self._old.get(one.id)
        if old is None:
            return self._new(asked)
        if old.is_blank:
            return Before(one.id, Fate.CARRIED)
        if changes := [*_changes(asked, old)]:
            return Before(one.id, Fate.RECHECK, "".join(changes), old.version)
        if old.row.rivals:
            told = "".join(["前回の食い違いが残っています。", *_others(old)])
            return Before(one.id, Fate.RECHECK, told, old.version)
        return Before(one.id, Fate.CARRIED, "", old.version)

    def _new(self, asked: Asked) -> Before:
        """A number that the other book has not; perhaps the row had another one there."""
        one = asked.requirement
        declared = [self._old[each] for each in one.row.get("supersedes", ()) if each in self._old]
        found = declared or [each for each in [self._by_text.get(one.text)] if each]
        if not found:
            return Before(one.id, Fate.NEW)
        self._led |= {each.stated.requirement for each in found}
        numbers = "、".join(each.stated.requirement for each in found)
        changes = "".join(_changes(asked, found[0])) if len(found) == 1 else "いくつかの要件を合わせたものです。"
        more = "".join(
            f"{each.stated.requirement} の記入: {_words(each.version)}。" for each in found[1:] if not each.is_blank
        )
        return Before(one.id, Fate.RECHECK, f"前回は {numbers} でした。{changes}{more}", found[0].version)

    def gone(self) -> Iterator[Before]:
        """What was judged there and is not asked here; where it went, as far as the tables tell."""
        outside = {one.requirement.id: one.because for one in self._request.outside}
        for one, old in self._old.items():
            if one in self._asked or old.is_blank:
                continue
            because = (
                outside.get(one) or str(self._retired.get(one, {}).get("because", "")) or "今回の要件表にありません。"
            )
            led = "記入は、新しい番号の行の「要再確認」にもあります。" if one in self._led else ""
            yield Before(
                one, Fate.GONE, "".join([because, led, f"前回の要件: {old.stated.text}", *_others(old)]), old.version
            )


def _changes(asked: Asked, old: _Old) -> Iterator[str]:
    """What a judgement made there was made on, and what stands here instead."""
    if asked.requirement.text != old.stated.text:
        yield f"本文が変わりました。前: {old.stated.text} 今: {asked.requirement.text}"
    if asked.obligation.value != old.stated.obligation:
        before = Obligation(old.stated.obligation)
        yield f"実装区分が「{before.label}」から「{asked.obligation.label}」に変わりました。"


def _others(old: _Old) -> Iterator[str]:
    for number, one in enumerate(old.row.rivals[1:], start=2):
        yield f"{number} つ目の記入: {_words(one)}。"


def _words(version: Version) -> str:
    return " / ".join(filter(None, (*version.entry.cells, version.who, version.when)))

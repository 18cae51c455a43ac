"""What offices judge of requirements: entries, who made them and when, and the whole of one municipality."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from kijun.model.bid import UnplacedRow
from kijun.procurement.notation import sign
from kijun.procurement.request import Asked, RequestForProposal


class Judgement(StrEnum):
    """What becomes of the present work where the standard has this row; our own list, after published templates."""

    STANDARD = "standard"
    CHANGE = "change"
    STOP = "stop"
    APART = "apart"
    OPEN = "open"

    @property
    def symbol(self) -> str:
        return _WORDS[self][0]

    @property
    def label(self) -> str:
        return f"{_WORDS[self][0]} {_WORDS[self][1]}"

    @property
    def meaning(self) -> str:
        return _WORDS[self][2]


_WORDS: Final = {
    Judgement.STANDARD: ("◎", "標準で対応", "今の業務のまま、標準の機能で足りる。"),
    Judgement.CHANGE: (
        "○",
        "運用で対応",
        "業務のやり方を標準に合わせて変える。何をどう変えるかを「対応の方針」に書く。",
    ),
    Judgement.STOP: ("－", "利用しない", "この機能を使わない。又は、今の業務をやめる。"),
    Judgement.APART: ("□", "独自施策で残す", "標準の外に、別の仕組みで残す。その仕組みを「対応の方針」に書く。"),
    Judgement.OPEN: (
        "×",
        "別途検討",
        "まだ決められない。誰といつ決めるかを「対応の方針」に書く。判定済みには数えない。",
    ),
}
_READ: Final = {
    sign(words): one
    for one in Judgement
    for words in (one.label, one.symbol, _WORDS[one][1], one.label.replace(" ", ""))
}


def judgement_of(cell: str) -> Judgement | None:
    """What a cell says, in whatever width and with whichever of the many circles; None when it is no judgement."""
    return _READ.get(sign(cell))


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the cells of one row that an office fills, as it is written."""

    judgement: str = ""
    gap: str = ""  # between the present work and the requirement
    measure: str = ""
    remarks: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.judgement, self.gap, self.measure, self.remarks

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)

    @property
    def meaning(self) -> tuple[str, ...]:
        """What it says but for widths, half-width kana, white space and the spelling of the judgement."""
        read = judgement_of(self.judgement)
        first = read.value if read else folded(self.judgement)
        return first, *(folded(one) for one in self.cells[1:])


def folded(text: str) -> str:
    """A text without what nobody reads: widths (ｶﾅ is カナ) and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True)
class Version:
    """An entry, who made it, when, and where it stands."""

    entry: Entry
    who: str = ""
    when: str = ""
    place: str = ""  # file, sheet and cell


class Fate(StrEnum):
    """What became of a row of last year's book, or of another body's."""

    CARRIED = "carried"
    RECHECK = "recheck"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        return _FATES[self]


_FATES: Final = {
    Fate.CARRIED: "前回から引継ぎ",
    Fate.RECHECK: "要再確認",
    Fate.NEW: "新しい要件",
    Fate.GONE: "今回の対象にない要件",
}


@dataclass(frozen=True, slots=True)
class Before:
    """One row of the book that judgements were taken from; `told` says what changed."""

    requirement: str
    fate: Fate
    told: str = ""
    version: Version = Version(Entry())


@dataclass(frozen=True, slots=True)
class Row:
    """Where one requirement stands: one version, or rivals of which a person has to choose."""

    version: Version = Version(Entry())
    rivals: tuple[Version, ...] = ()
    past: tuple[Version, ...] = ()  # what was written before and was replaced by whoever saw it

    @property
    def judgement(self) -> Judgement | None:
        return judgement_of(self.version.entry.judgement)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many rows of one sheet are where; the parts add up to `rows`."""

    rows: int
    decided: int
    unchanged: int  # of the decided: as they were carried over
    open: int
    rivals: int
    blank: int
    unread: int  # something is written, but no judgement


@dataclass(frozen=True)
class FitGap:
    """All judgements of one municipality on one edition."""

    request: RequestForProposal
    rows: Mapping[str, Row]  # every row of the request
    before: tuple[Before, ...] = ()
    listed: tuple[UnplacedRow, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @cached_property
    def fates(self) -> Mapping[str, Before]:
        return {one.requirement: one for one in self.before}

    @property
    def conflicts(self) -> list[str]:
        return [one for one, row in self.rows.items() if row.rivals]

    def progress(self, asked: Sequence[Asked]) -> Progress:
        found = Counter(self._standing(one.requirement.id) for one in asked)
        unchanged = sum(self._is_unchanged(one.requirement.id) for one in asked)
        return Progress(
            len(asked), found["decided"], unchanged, found["open"], found["rivals"], found["blank"], found["unread"]
        )

    def of_sheets(self) -> dict[str, Progress]:
        return {name: self.progress(rows) for name, rows in self.request.sheets.items()}

    def _standing(self, one: str) -> str:
        row = self.rows[one]
        if row.rivals:
            return "rivals"
        if row.judgement:
            return "open" if row.judgement is Judgement.OPEN else "decided"
        return "blank" if row.version.entry.is_blank else "unread"

    def _is_unchanged(self, one: str) -> bool:
        before = self.fates.get(one)
        if before is None or before.fate is not Fate.CARRIED or self._standing(one) != "decided":
            return False
        return self.rows[one].version.entry.meaning == before.version.entry.meaning


def blank(request: RequestForProposal) -> FitGap:
    """Nothing is judged yet."""
    return FitGap(request, {one.requirement.id: Row() for one in request.rows})


def distinct(versions: Iterable[Version]) -> tuple[Version, ...]:
    """Each entry once, the first who made it."""
    found: dict[tuple[str, ...], Version] = {}
    for one in versions:
        found.setdefault(one.entry.meaning, one)
    return tuple(found.values())

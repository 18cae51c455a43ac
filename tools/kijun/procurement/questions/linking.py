"""Which requirement each question is about: by its number, by page and line of what was handed out, or asked."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

from kijun.catalog.own_answers import OwnAnswer
from kijun.catalog.printed_pages import Spot
from kijun.model.bid import UnplacedRow
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.procurement.questions.citing import Citation, bare_name
from kijun.procurement.questions.question_list import Question, QuestionList

_OURS: Final = re.compile(r"[0-9]{3}-[0-9]+(?:\.[0-9]+)*-[0-9]{2}")
NOTHING: Final = ("なし", "対象外", "該当なし")  # a person says that a question is about no requirement
MOST_CANDIDATES: Final = 12


class Pages(Protocol):
    """A paper that was handed out."""

    def at(self, page: int, lines: Sequence[int] = ()) -> Spot:
        """The row at the lines of a page."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What a question may point at, by the names of the papers."""

    pages: Mapping[str, Pages]
    sheets: Mapping[str, Mapping[int, str]]  # sheet of the request workbook → its rows from 1 → requirement


class Fate(StrEnum):
    """What is known of a question."""

    LINKED = "linked"
    OPEN = "open"
    NOTHING = "nothing"

    @property
    def label(self) -> str:
        return {Fate.LINKED: "結び付いた", Fate.OPEN: "要確認", Fate.NOTHING: "要件に関わらない"}[self]


@dataclass(frozen=True, slots=True)
class Link:
    """One question and what it is about."""

    question: Question
    fate: Fate
    requirements: tuple[str, ...]
    because: str  # the ground of a link, or why there is none
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Affected:
    """An answer of the vendor's own that has to be looked at, since the buyer answered a question about its row."""

    requirement: str
    own: OwnAnswer | None  # None where the vendor has not answered the row
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Linked:
    """The whole list: every row read is in `links` or in `listed`."""

    edition: Edition
    links: tuple[Link, ...]
    listed: tuple[UnplacedRow, ...]
    notes: tuple[str, ...]

    def of(self, fate: Fate) -> list[Link]:
        return [one for one in self.links if one.fate is fate]

    @property
    def by_requirement(self) -> dict[str, list[Question]]:
        """Requirement → the questions about it, in the order of the tables."""
        found = defaultdict[str, list[Question]](list)
        for link in self.links:
            for one in link.requirements:
                found[one].append(link.question)
        return {one: found[one] for one in self.edition.requirements if one in found}

    def affected(self, own: Mapping[str, OwnAnswer]) -> list[Affected]:
        """Rows about which something was answered; what was only asked changes nothing yet."""
        rows = {one: tuple(each for each in asked if each.answer) for one, asked in self.by_requirement.items()}
        return [Affected(one, own.get(one), asked) for one, asked in rows.items() if asked]


def link(questions: QuestionList, edition: Edition, papers: Papers, path: Path) -> Linked:
    """Link every question. Raises ConfigurationError for numbers that a person wrote down and that do not exist."""
    linker = _Linker(edition, papers)
    if problems := list(linker.faults(questions, path)):
        raise ConfigurationError(problems)
    links = tuple(linker.link(one) for one in questions.questions)
    return Linked(edition, links, questions.listed, questions.notes)


class _Linker:
    def __init__(self, edition: Edition, papers: Papers) -> None:
        self._known, self._papers = edition.requirements, papers
        self._official = defaultdict[str, list[str]](list)
        for one in self._known.values():
            for number in one.row["official_ids"]:
                self._official[number].append(one.id)

    def faults(self, questions: QuestionList, path: Path) -> Iterator[Problem]:
        for one in questions.questions:
            written = _settled(one)
            for number in written:
                if number not in self._known:
                    told = f"{one.settled_place} の要件番号 {number} は要件表にありません。"
                    yield Problem(Position.of(path), told, "番号と版（--edition）を確かめてください。")
            if one.settled and not written and one.settled.strip() not in NOTHING:
                told = f"{one.settled_place} の「{one.settled}」は要件番号ではありません。"
                hint = f"要件番号を書くか、どの要件にも関わらなければ「{NOTHING[0]}」と書いてください。"
                yield Problem(Position.of(path), told, hint)

    def link(self, one: Question) -> Link:
        if settled := _settled(one):
            return Link(one, Fate.LINKED, settled, "人が決めた要件番号です。")
        if one.settled:
            return Link(one, Fate.NOTHING, (), "どの要件にも関わらないと、人が決めました。")
        citation = one.citation
        if not citation.says_something:
            return Link(one, Fate.OPEN, (), "要件番号も機能ID も頁も書かれていません。")
        named = [*self._by_number(citation), *self._by_official_id(citation), *self._by_cell(citation)]
        placed = list(self._by_page(citation))
        found = [*named, *placed, *self._hints(citation)]
        sure = tuple(dict.fromkeys(spot.requirement for spot, _ in found if spot.requirement))
        doubts = [f"{where}: {spot.because}" for spot, where in found if spot.because]
        candidates = tuple(dict.fromkeys(each for spot, _ in found for each in spot.candidates))
        if doubts or not sure:
            return Link(one, Fate.OPEN, (), " ".join(doubts), candidates)
        by_name = {spot.requirement for spot, _ in named}
        by_page = {spot.requirement for spot, _ in placed}
        if by_name and by_page and by_page != by_name:
            ours, theirs = "、".join(sorted(by_name)), "、".join(sorted(by_page))
            told = f"書かれた番号（{ours}）と、頁にある要件（{theirs}）が違います。"
            return Link(one, Fate.OPEN, (), told, candidates)
        return Link(one, Fate.LINKED, sure, "、".join(dict.fromkeys(where for _, where in found)))

    def _by_number(self, citation: Citation) -> Iterator[tuple[Spot, str]]:
        for number in citation.requirements:
            known = number in self._known
            yield Spot((number,) if known else (), "" if known else "要件表にない番号です。"), f"要件番号 {number}"

    def _by_official_id(self, citation: Citation) -> Iterator[tuple[Spot, str]]:
        for number in citation.official_ids:
            rows = tuple(self._official.get(number, ()))
            told = "" if len(rows) == 1 else f"要件が {len(rows)} 件あります。" if rows else "要件表にない機能ID です。"
            yield Spot(rows, told), f"機能ID {number}"

    def _by_cell(self, citation: Citation) -> Iterator[tuple[Spot, str]]:
        for sheet, row in citation.cells:
            rows = self._papers.sheets.get(sheet)
            where = f"セル {sheet} の {row} 行目"
            if rows is None:
                yield Spot((), "依頼書にないシートです。" if self._papers.sheets else _NO_REQUEST), where
            elif row in rows:
                yield Spot((rows[row],)), where
            else:
                yield Spot((), "そこに要件はありません。"), where

    def _by_page(self, citation: Citation) -> Iterator[tuple[Spot, str]]:
        if not citation.pages:
            return
        where = "、".join(f"{page} 頁" for page in citation.pages[:3])
        if citation.lines:
            where += f" {citation.lines[0]}{f'〜{citation.lines[-1]}' if citation.lines[1:] else ''} 行目"
        papers = [(name, paper) for name, paper in self._papers.pages.items() if _is_meant(name, citation.document)]
        if len(papers) != 1:
            yield Spot((), _no_paper(citation, len(papers), list(self._papers.pages))), where
            return
        ((name, paper),) = papers
        if citation.from_below or (citation.lines and len(citation.pages) > 1):
            spots = [paper.at(page) for page in citation.pages]
            rows = tuple(dict.fromkeys(one for spot in spots for one in spot.candidates))
            yield Spot(rows, "どの頁のどの行か、決まりません。"), f"「{name}」{where}"
            return
        for page in citation.pages:
            yield paper.at(page, citation.lines), f"「{name}」{where}"

    def _hints(self, citation: Citation) -> Iterator[tuple[Spot, str]]:
        """What points at something without saying enough; it is asked unless something better stands beside it."""
        if citation.requirements or citation.official_ids or citation.cells or citation.pages:
            return
        for number in citation.loose_digits:
            yield Spot(tuple(self._official.get(number, ())), "機能ID かどうか分かりません。"), f"7桁の数字 {number}"
        if citation.row_number is not None:
            rows = tuple(self._rows_at(citation.row_number))
            told = f"依頼書には No. の欄がないので、{citation.row_number} 番目の行の候補です。" if rows else _NO_REQUEST
            yield Spot(rows, told), f"{citation.form or '表'} No.{citation.row_number}"

    def _rows_at(self, number: int) -> Iterator[str]:
        for rows in self._papers.sheets.values():
            ordered = [rows[line] for line in sorted(rows)]
            if number <= len(ordered):
                yield ordered[number - 1]


_NO_REQUEST: Final = "依頼書（--paper 依頼書.xlsx）が渡されていません。"


def _no_paper(citation: Citation, count: int, names: Sequence[str]) -> str:
    if not names:
        return "頁の対応が分かりません。配った PDF を --paper で渡してください。"
    if count > 1 or not citation.document:
        return f"どの資料の頁か決まりません（渡された資料は {'、'.join(names)}）。"
    return f"資料「{citation.document}」は渡されていません（渡された資料は {'、'.join(names)}）。"


def _is_meant(name: str, document: str) -> bool:
    """Whether a paper is the one that is cited; cells that name none mean any."""
    return document in ("", bare_name(name))


def _settled(one: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_OURS.findall(unicodedata.normalize("NFKC", one.settled))))

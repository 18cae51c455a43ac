"""How a product's pages say what the glossary says: the content of screens.yaml, and what was read from a page.

Everything here is a value; nothing drives a browser. What a page does not say in the way the file promises raises
Unsayable.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kijun.model.api_mapping import MISSING, Form, Template, Unsayable
from kijun.model.errors import Position

_BLANK = re.compile(r"\s+")


def plain(name: str) -> str:
    """A name as it is compared: without blanks, and without the marks that pages put behind labels."""
    return _BLANK.sub("", name).rstrip(":：*＊※")


@dataclass(frozen=True, slots=True)
class Spot:
    """Something on a page: by its name first, by a selector of CSS last."""

    name: str = ""
    section: str = ""  # heading above it; empty: anywhere
    css: str = ""

    @property
    def shown(self) -> str:
        return f"「{self.section}」の「{self.name}」" if self.section else f"「{self.name or self.css}」"


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table with a row of headings."""

    section: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page says: headings, messages, pairs of name and value, tables."""

    headings: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str, str], ...] = ()  # section, name, value
    tables: tuple[PageTable, ...] = ()
    is_whole: bool = True  # nothing of it is still on its way

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> PageReading:
        """From what the script in the page returns."""
        return cls(
            tuple(told["headings"]),
            tuple(told["regions"]),
            tuple(told["alerts"]),
            tuple(told["statuses"]),
            tuple((section, name, value) for section, name, value in told["pairs"]),
            tuple(
                PageTable(one["section"], tuple(one["columns"]), tuple(map(tuple, one["rows"])))
                for one in told["tables"]
            ),
            told["whole"],
        )

    def value(self, spot: Spot) -> Any:
        """The text beside this name, or MISSING. Raises Unsayable when several differ."""
        found = {
            value
            for section, name, value in self.pairs
            if plain(name) == plain(spot.name) and (not spot.section or plain(section) == plain(spot.section))
        }
        if len(found) > 1:
            raise Unsayable(f"画面に{spot.shown}が二つあり、値が違います。section で絞ってください。")
        return found.pop() if found else MISSING

    def table(self, spot: Spot) -> PageTable | None:
        """The table under this heading; one without rows where the heading stands alone; None without either."""
        found = [one for one in self.tables if plain(one.section) == plain(spot.name)]
        if len(found) > 1:
            raise Unsayable(f"見出し{spot.shown}の下に表が {len(found)} つあります。")
        if found:
            return found[0]
        if any(plain(section) == plain(spot.name) for section, _, _ in self.pairs):
            raise Unsayable(f"見出し{spot.shown}の下にあるのは一覧ではありません。")
        is_there = any(plain(one) == plain(spot.name) for one in self.headings)
        return PageTable(spot.name, (), ()) if is_there else None

    def under(self, heading: str) -> PageReading | None:
        """What stands under this heading alone; None where there is no such heading."""
        if all(plain(one) != plain(heading) for one in self.headings):
            return None
        return PageReading(
            pairs=tuple(one for one in self.pairs if plain(one[0]) == plain(heading)),
            tables=tuple(one for one in self.tables if plain(one.section) == plain(heading)),
        )


@dataclass(frozen=True, slots=True)
class Sign:
    """How one sees that a page has come: by a heading, a region or a message of success."""

    kind: str  # heading, region, status
    text: str

    def stands(self, reading: PageReading) -> bool:
        if self.kind == "status":
            return any(self.text in one for one in reading.statuses)
        names = reading.headings if self.kind == "heading" else reading.regions
        return any(plain(one) == plain(self.text) for one in names)

    @property
    def shown(self) -> str:
        return f"{ {'heading': '見出し', 'region': '領域', 'status': '知らせ'}[self.kind] }「{self.text}」"


@dataclass(frozen=True, slots=True)
class ShownField:
    """One word of the glossary and where a page shows or takes it; `fields` are the columns or pairs within."""

    key: str
    spot: Spot
    form: Form
    kind: str = ""  # list or document
    fields: tuple[ShownField, ...] = ()
    is_absent_if_empty: bool = False  # an empty place says nothing, rather than that there is none

    def read(self, page: PageReading, empty: str) -> Any:
        """What the page says of this word, in the glossary's way; MISSING when it says nothing."""
        if self.kind == "list":
            table = page.table(self.spot)
            return MISSING if table is None else self._rows(table, empty)
        if self.kind == "document":
            part = page.under(self.spot.name)
            return MISSING if part is None else read_page(self.fields, part, empty)
        return self.glossary_value(page.value(self.spot), empty)

    def _rows(self, table: PageTable, empty: str) -> list[dict[str, Any]]:
        places = [(one, self._column(one, table)) for one in self.fields] if table.rows else []
        columns = [(one, at) for one, at in places if at is not None]
        if any(len(row) != len(table.columns) for row in table.rows):
            raise Unsayable(f"表「{table.section}」の行の欄の数が見出しと違います。")
        told = [{one.key: one.glossary_value(row[at], empty) for one, at in columns} for row in table.rows]
        return [{key: value for key, value in row.items() if value is not MISSING} for row in told]

    def _column(self, one: ShownField, table: PageTable) -> int | None:
        found = [index for index, name in enumerate(table.columns) if plain(name) == plain(one.spot.name)]
        if not found and one.is_absent_if_empty:
            return None
        if len(found) != 1:
            told = "ありません" if not found else "二つあります"
            shown = "、".join(table.columns)
            raise Unsayable(f"表「{table.section}」に列「{one.spot.name}」が{told}（あるのは {shown}）。")
        return found[0]

    def glossary_value(self, text: Any, empty: str) -> Any:
        """A text of the page in the glossary's way."""
        if text is MISSING:
            return MISSING
        if text in ("", empty):
            return MISSING if self.is_absent_if_empty else None
        try:
            return self.form.to_glossary(text)
        except Unsayable as error:
            raise Unsayable(f"画面の{self.spot.shown}（{self.key}）: {error}") from None

    def product_value(self, value: Any) -> Any:
        """A value as it is written into a box or chosen from a list."""
        try:
            return self.form.to_product(value)
        except Unsayable as error:
            raise type(error)(f"項目「{self.key}」: {error}") from None


def read_page(fields: Iterable[ShownField], page: PageReading, empty: str) -> dict[str, Any]:
    """Every field that the page says something of."""
    told = ((one.key, one.read(page, empty)) for one in fields)
    return {key: value for key, value in told if value is not MISSING}


@dataclass(frozen=True, slots=True)
class Visit:
    """One errand: go to a page, fill boxes, press buttons, see what comes."""

    at: Position
    page: Template | None  # path behind the product's address; None: stay where one is
    menu: tuple[str, ...] = ()  # links pressed one after another, from the home page
    fill: tuple[tuple[Spot, Template], ...] = ()
    press: tuple[Spot, ...] = ()
    arrives: Sign | None = None
    keep: Mapping[str, Spot] = field(default_factory=dict)  # dotted name under `kept` → where the value is shown


@dataclass(frozen=True, slots=True)
class Complaint:
    """A message on a page that is a rejection by the business."""

    says: re.Pattern[str]
    code: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    def reason(self, message: str) -> str | None:
        """The glossary's key of the reason, or None when this is another message."""
        found = self.says.search(message)
        if found is None:
            return None
        told = self.code or found["code"]
        if self.codes and not self.code:
            if told not in self.codes:
                raise Unsayable(f"拒否の符号「{told}」が refusals の codes にありません。")
            return self.codes[told]
        return told


@dataclass(frozen=True, slots=True)
class MappedScreen:
    """One operation of the glossary as an errand at a page of the product."""

    key: str
    visit: Visit
    inputs: tuple[ShownField, ...]
    result: tuple[ShownField, ...]
    unmapped: frozenset[str] = frozenset()  # inputs that have no box: they must not be lost silently
    more: Spot | None = None  # what leads to the next page of a long list


@dataclass(frozen=True, slots=True)
class ScreenMapping:
    """The whole of screens.yaml."""

    identity_page: Visit
    identity: Mapping[str, Spot]
    isolation: str
    parallel_sessions: int
    clock_control: bool
    home: str
    empty: str
    masked: tuple[str, ...]  # names of what must not be seen in kept pictures and pages
    opening: tuple[Visit, ...]
    signing_in: tuple[Visit, ...]
    closing: tuple[Visit, ...]
    complaints: tuple[Complaint, ...]
    operations: Mapping[str, MappedScreen]
    environment: frozenset[str] = frozenset()

    def reason(self, alerts: Iterable[str]) -> tuple[str, str] | None:
        """Reason and words of the first message that is a rejection."""
        for message in alerts:
            for one in self.complaints:
                reason = one.reason(message)
                if reason is not None:
                    return reason, message
        return None

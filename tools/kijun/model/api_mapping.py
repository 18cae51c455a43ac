"""How a product's web API says what the glossary says: the content of mapping.yaml, ready to be used.

Everything here is a value; nothing speaks to anybody. What cannot be said in the other language raises Unsayable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from kijun.model.errors import Position

Sources = Mapping[str, Any]
Path = tuple[str, ...]

MISSING: Any = object()


class Unsayable(ValueError):
    """A value has no counterpart on the other side; the message says which and where."""


class NotThere(Unsayable):
    """The mapping says that the product has no counterpart for this value."""


# places -----------------------------------------------------------------------------------------------------


def dotted(text: str) -> Path:
    """`data.rows.0.id` as a path; `.` is the whole."""
    return () if text == "." else tuple(text.split("."))


def look(data: Any, path: Path) -> Any:
    """What stands there, or MISSING. A number is a place in a list."""
    for part in path:
        if isinstance(data, Mapping) and part in data:
            data = data[part]
        elif isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        else:
            return MISSING
    return data


def put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Write a value there, making the objects on the way."""
    for part in path[:-1]:
        data = data.setdefault(part, {})
    data[path[-1]] = value


# templates --------------------------------------------------------------------------------------------------

_BRACES = re.compile(r"\{([^{}]*)\}")
_NAME = r"[A-Za-z_][A-Za-z0-9_-]*"
_REFERENCE = re.compile(rf"({_NAME})((?:\.[\w-]+)*)(?:\[({_NAME})\])?")


@dataclass(frozen=True, slots=True)
class Reference:
    """`kept.tokens[actor]`: a source, a way into it, and perhaps a last part that is itself looked up."""

    text: str
    source: str
    path: Path = ()
    chosen_by: str = ""

    @classmethod
    def parse(cls, text: str) -> Reference:
        """Raises Unsayable when it is none."""
        found = _REFERENCE.fullmatch(text)
        if found is None:
            raise Unsayable(f"「{{{text}}}」は書き方に合いません。")
        return cls(text, found[1], tuple(found[2].split(".")[1:]), found[3] or "")

    def value(self, sources: Sources) -> Any:
        """Raises Unsayable when nothing is there."""
        path = (*self.path, str(sources.get(self.chosen_by, ""))) if self.chosen_by else self.path
        found = look(sources, (self.source, *path))
        if found is MISSING or found is None or found == "":
            raise Unsayable(f"「{{{self.text}}}」に入れる値がありません。")
        return found


@dataclass(frozen=True, slots=True)
class Template:
    """Text with references in braces, or a value of JSON that is sent as it is."""

    pieces: tuple[Any, ...]

    @classmethod
    def parse(cls, raw: Any) -> Template:
        if not isinstance(raw, str):
            return cls((raw,))
        pieces: list[Any] = []
        for index, piece in enumerate(_BRACES.split(raw)):
            if index % 2:
                pieces.append(Reference.parse(piece))
            elif piece:
                pieces.append(piece)
        return cls(tuple(pieces))

    @property
    def references(self) -> Iterator[Reference]:
        return (piece for piece in self.pieces if isinstance(piece, Reference))

    @property
    def shape(self) -> str:
        """The text with every reference as {}: for comparing paths whose placeholders have other names."""
        return "".join("{}" if isinstance(piece, Reference) else str(piece) for piece in self.pieces)

    def value(self, sources: Sources) -> Any:
        """A single reference or a constant keeps its type; everything else is text."""
        values = [piece.value(sources) if isinstance(piece, Reference) else piece for piece in self.pieces]
        return values[0] if len(values) == 1 else "".join(map(text_of, values))


def text_of(value: Any) -> str:
    """A value as it stands in a path, a query or a header."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


# forms ------------------------------------------------------------------------------------------------------


class Form(Protocol):
    """How one kind of value is written on either side."""

    def to_product(self, value: Any) -> Any:
        """The product's way of writing it. Raises Unsayable."""
        ...

    def to_glossary(self, value: Any) -> Any:
        """The glossary's way of writing it. Raises Unsayable."""
        ...


class AsIs:
    """Both sides write it alike."""

    def to_product(self, value: Any) -> Any:
        return value

    def to_glossary(self, value: Any) -> Any:
        return value


class Table:
    """Pairs of values; codes and truth values. A value whose counterpart is null has none on purpose."""

    def __init__(self, pairs: Mapping[Any, Any]) -> None:
        self._for_product = {json.dumps(one): other for one, other in pairs.items()}
        self._for_glossary = {json.dumps(other): one for one, other in pairs.items() if other is not None}

    def to_product(self, value: Any) -> Any:
        found = self._for_product.get(json.dumps(value), MISSING)
        if found is None:
            raise NotThere(f"値「{value}」に当たるものが製品にありません。")
        if found is MISSING:
            raise Unsayable(f"値「{value}」の写し先がありません。")
        return found

    def to_glossary(self, value: Any) -> Any:
        found = self._for_glossary.get(json.dumps(value), MISSING)
        if found is MISSING:
            known = "、".join(self._for_glossary)
            raise Unsayable(
                f"製品の値 {json.dumps(value, ensure_ascii=False)} の写し元がありません（あるのは {known}）。"
            )
        return found


# First years and days of the eras, latest first; the letter and the number that products write for them.
_ERAS = (
    (2019, "2019-05-01", "R", "5"),
    (1989, "1989-01-08", "H", "4"),
    (1926, "1926-12-25", "S", "3"),
    (1912, "1912-07-30", "T", "2"),
    (1868, "1868-01-25", "M", "1"),
)
_DATE_PARTS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "EE": r"(?P<era_year>[0-9]{2})",
    "G": r"(?P<letter>[MTSHR])",
    "N": r"(?P<number>[1-5])",
    "MM": r"(?P<month>[0-9]{2})",
    "DD": r"(?P<day>[0-9]{2})",
}
_DATE_TOKEN = re.compile("|".join(_DATE_PARTS))


class Dates:
    """Days and months in another pattern: YYYY or an era (G letter or N number, EE year), MM and DD.

    A month is of the era that its first day is of.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        pieces = re.split(f"({_DATE_TOKEN.pattern})", pattern)
        self._read = re.compile("".join(_DATE_PARTS.get(piece, re.escape(piece)) for piece in pieces))

    @staticmethod
    def understands(pattern: str) -> bool:
        """Whether a pattern names each part at most once, the month, and the year in one way."""
        parts = sorted(_DATE_TOKEN.findall(pattern))
        return [one for one in parts if one != "DD"] in (["MM", "YYYY"], ["EE", "G", "MM"], ["EE", "MM", "N"])

    def to_product(self, value: Any) -> str:
        year, month, *day = str(value).split("-")
        first = "-".join([year, month, *(day or ["01"])])
        era = next((one for one in _ERAS if one[1] <= first), _ERAS[-1])
        told = {"YYYY": year, "EE": f"{int(year) - era[0] + 1:02}", "G": era[2], "N": era[3], "MM": month}
        told["DD"] = day[0] if day else ""
        return _DATE_TOKEN.sub(lambda found: told[found[0]], self.pattern)

    def to_glossary(self, value: Any) -> str:
        found = self._read.fullmatch(str(value))
        if found is None:
            raise Unsayable(f"製品の値「{value}」は書き方 {self.pattern} に合いません。")
        parts = found.groupdict()
        era = next((one for one in _ERAS if parts.get("letter") == one[2] or parts.get("number") == one[3]), None)
        year = f"{era[0] + int(parts['era_year']) - 1:04}" if era else parts["year"]
        return "-".join(part for part in (year, parts["month"], parts.get("day")) if part)


_NUMBER = re.compile(r"(?P<before>[^0#]*)(?P<digits>#,##0|0)(?P<after>[^0#]*)")


class NumberText:
    """Whole numbers that the product writes as text: `0`, `#,##0`, perhaps with words around, as in `#,##0円`."""

    def __init__(self, pattern: str) -> None:
        found = _NUMBER.fullmatch(pattern)
        if found is None:
            raise ValueError(pattern)
        self._before, self._after = found["before"], found["after"]
        self._grouped = found["digits"] != "0"

    @staticmethod
    def understands(pattern: str) -> bool:
        return _NUMBER.fullmatch(pattern) is not None

    def to_product(self, value: Any) -> str:
        return self._before + (f"{value:,}" if self._grouped else str(value)) + self._after

    def to_glossary(self, value: Any) -> int:
        text = str(value).removeprefix(self._before).removesuffix(self._after)
        text = text.replace(",", "") if self._grouped else text
        if not re.fullmatch(r"-?[0-9]+", text):
            raise Unsayable(f"製品の値「{value}」は整数ではありません。")
        return int(text)


# the mapping ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """One word of the glossary and where the product keeps it; `fields` are the parts of a row or a document."""

    key: str
    path: Path
    form: Form
    place: str = "body"  # body, query, header, or template: a placeholder has it
    kind: str = ""  # list, document or empty
    fields: tuple[Field, ...] = ()
    absent_is_null: bool = False

    def product_value(self, value: Any) -> Any:
        """The product's way of writing a value of this word."""
        if value is None:
            return None
        if self.kind == "list":
            return [self._parts(row) for row in value]
        if self.kind == "document":
            return self._parts(value)
        try:
            return self.form.to_product(value)
        except Unsayable as error:
            raise type(error)(f"項目「{self.key}」: {error}") from None

    def _parts(self, row: Mapping[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = {}
        for one in self.fields:
            if one.key in row:
                put(told, one.path, one.product_value(row[one.key]))
        return told

    def read(self, data: Any, at: Path = ()) -> Any:
        """What the product says of this word, in the glossary's way; MISSING when it says nothing."""
        place, value = (*at, *self.path), look(data, self.path)
        if value is MISSING and self.absent_is_null:
            return None
        if value is MISSING or value is None:
            return value
        if self.kind == "list":
            rows = self._expect(value, list, place)
            return [self._whole(row, (*place, str(index))) for index, row in enumerate(rows)]
        if self.kind == "document":
            return self._whole(value, place)
        try:
            return self.form.to_glossary(value)
        except Unsayable as error:
            raise Unsayable(f"応答の {_shown(place)}（{self.key}）: {error}") from None

    def _whole(self, row: Any, at: Path) -> dict[str, Any]:
        return read_all(self.fields, self._expect(row, dict, at), at)

    def _expect(self, value: Any, kind: type, at: Path) -> Any:
        if not isinstance(value, kind):
            wanted = "並び" if kind is list else "オブジェクト"
            raise Unsayable(f"応答の {_shown(at)}（{self.key}）が{wanted}ではありません。")
        return value


def read_all(fields: tuple[Field, ...], data: Any, at: Path = ()) -> dict[str, Any]:
    """Every field that the product says something of."""
    told = ((one.key, one.read(data, at)) for one in fields)
    return {key: value for key, value in told if value is not MISSING}


def _shown(path: Path) -> str:
    return ".".join(path) or "全体"


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: method, path, and what is always sent with it."""

    at: Position
    method: str
    path: Template
    query: Mapping[str, Template] = field(default_factory=dict)
    headers: Mapping[str, Template] = field(default_factory=dict)
    body: Mapping[str, Template] = field(default_factory=dict)
    keep: Mapping[str, str] = field(default_factory=dict)  # name under `kept` → dotted path in the reply


@dataclass(frozen=True, slots=True)
class Paging:
    """How the next page of a long list is asked for: by a link in the reply, or by counting."""

    next: Path = ()
    page: str = ""
    first: int = 1
    pages: Path = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Replies that are a rejection by the business: by status and perhaps by content, and where the reason stands."""

    statuses: tuple[str, ...]
    when: Mapping[str, Any]
    code: str = ""
    code_at: Path = ()
    message_at: Path = ()
    codes: Mapping[str, str] = field(default_factory=dict)

    def matches(self, status: int, content: Any) -> bool:
        if str(status) not in self.statuses and f"{status // 100}xx" not in self.statuses:
            return False
        if any(look(content, dotted(path)) != wanted for path, wanted in self.when.items()):
            return False
        return bool(self.code) or look(content, self.code_at) not in (MISSING, None, "")

    def reason(self, content: Any) -> str:
        """The glossary's key of the reason. Raises Unsayable for a code that the table does not know."""
        told = self.code or text_of(look(content, self.code_at))
        if self.codes and not self.code:
            if told not in self.codes:
                raise Unsayable(f"拒否の符号「{told}」が refusals の codes にありません。")
            return self.codes[told]
        return told

    def message(self, content: Any) -> str:
        told = look(content, self.message_at) if self.message_at else MISSING
        return "" if told is MISSING or told is None else text_of(told)


@dataclass(frozen=True, slots=True)
class MappedOperation:
    """One operation of the glossary as a request of the product."""

    key: str
    ask: Ask
    inputs: tuple[Field, ...]
    result: tuple[Field, ...]
    unmapped: frozenset[str] = frozenset()  # inputs that have no place: they must not be lost silently
    envelope: Path = ()
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class ApiMapping:
    """The whole of mapping.yaml."""

    identity: Mapping[str, Template]
    identity_ask: Ask | None
    isolation: str
    parallel_sessions: int
    clock_control: bool
    opening: tuple[Ask, ...]
    closing: tuple[Ask, ...]
    headers: Mapping[str, Template]
    refusals: tuple[Refusal, ...]
    operations: Mapping[str, MappedOperation]
    openapi: str = ""  # a file beside mapping.yaml, or where the product publishes it
    environment: frozenset[str] = frozenset()  # names of environment variables that are asked for

    @property
    def publishes_openapi(self) -> bool:
        """Whether the document is to be fetched from the product."""
        return self.openapi.startswith(("/", "http://", "https://"))

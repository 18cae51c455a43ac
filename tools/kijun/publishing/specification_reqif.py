"""The specification as ReqIF 1.2, for the tools that manage requirements.

One SpecObject for each requirement with every cell of its row, for every heading above it, for every scenario and for
every number that is not used again; one Specification for each business; relations for what follows what and for
what checks what. `cells_of` gives the cells back as they were. Prose is XHTML, since other programs lose the line ends
of attributes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from kijun import __version__
from kijun.model.requirement import Method, MunicipalityClass, Obligation
from kijun.model.scenario_text import ScenarioText
from kijun.publishing.cells import TITLES, certainty_text
from kijun.publishing.specification import Business, Retired, Row, Specification

_SPACE: Final = "http://www.omg.org/spec/ReqIF/20110401/reqif.xsd"
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_TEXT_LIMIT: Final = 1_000_000
# what no XML can hold: most controls, halves of a pair, two that are no characters
_UNTOLD = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Kind(StrEnum):
    """How a cell is told in ReqIF."""

    TEXT = "STRING"
    PROSE = "XHTML"
    DATE = "DATE"
    CHOICE = "ENUMERATION"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a requirement: where its cell is in the row, and how it is told."""

    path: tuple[str, ...]
    title: str
    kind: Kind = Kind.TEXT
    choices: str = ""  # the enumeration
    shape: str = ""  # of a list: "keys", "lines" of prose, or "records", which are JSON

    @property
    def id(self) -> str:
        return "attribute_" + ".".join(self.path)


CHOICES: Mapping[str, Mapping[str, str]] = {
    "obligation": {one.value: one.label for one in Obligation},
    "certainty": {one: certainty_text(one) for one in ("official", "draft", "estimated")},
    "method": {one.value: one.label for one in Method},
}
ATTRIBUTES = (
    Attribute(("id",), "ReqIF.ForeignID"),
    Attribute(("name",), "ReqIF.Name"),
    Attribute(("text",), "ReqIF.Text", Kind.PROSE),
    Attribute(("major",), TITLES["major"]),
    Attribute(("middle",), TITLES["middle"]),
    Attribute(("official_ids",), TITLES["official_ids"], shape="keys"),
    *(
        Attribute(("category", one.value), f"{TITLES['category']}（{one.label}）", Kind.CHOICE, "obligation")
        for one in MunicipalityClass
    ),
    Attribute(("category_source",), TITLES["category_source"], Kind.CHOICE, "certainty"),
    Attribute(("effective", "from"), "適合基準日", Kind.DATE),
    Attribute(("effective", "to"), "適用の終わりの日", Kind.DATE),
    Attribute(("effective", "basis"), "適合基準日の根拠", Kind.PROSE),
    Attribute(("effective", "source"), "適合基準日の確からしさ", Kind.CHOICE, "certainty"),
    Attribute(("legal_basis",), "根拠法令", shape="records"),
    Attribute(("rationale",), "要件の考え方・理由", Kind.PROSE),
    Attribute(("verification", "method"), TITLES["verification"], Kind.CHOICE, "method"),
    Attribute(("verification", "because"), "試験しない理由", Kind.PROSE),
    Attribute(("verification", "procedure"), "確認の手順", Kind.PROSE, shape="lines"),
    Attribute(("operations",), TITLES["operations"], shape="keys"),
    Attribute(("documents",), TITLES["documents"], shape="keys"),
    Attribute(("incidents",), TITLES["incidents"], shape="keys"),
    Attribute(("supersedes",), "前の要件", shape="keys"),
    Attribute(("history",), "改定の経緯", shape="records"),
)
_HEADING = (Attribute(("heading", "title"), "ReqIF.ChapterName", Kind.PROSE),)
_SCENARIO = (
    Attribute(("scenario", "name"), "ReqIF.Name"),
    Attribute(("scenario", "place"), "場所"),
    Attribute(("scenario", "text"), "ReqIF.Text", Kind.PROSE),
)
_RETIRED = (
    Attribute(("retired", "id"), "ReqIF.ForeignID"),
    Attribute(("retired", "edition"), "使うのをやめた版"),
    Attribute(("retired", "because"), "ReqIF.Text", Kind.PROSE),
)
_TYPES = {
    "requirement": ("要件", ATTRIBUTES),
    "heading": ("見出し", _HEADING),
    "scenario": ("シナリオ", _SCENARIO),
    "retired": ("使わない要件番号", _RETIRED),
}
_RELATIONS = {"supersedes": "前の要件から続く", "checks": "要件を確かめる"}


def render(document: Specification, at: datetime) -> bytes:
    """specification.reqif; `at` is the moment that every object carries."""
    return _Writer(document, at).content()


def cells_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row as it was read, from the values of its attributes: id of the definition → what the tool holds.

    A value of an enumeration is its key, of a date its moment, of prose its text.
    """
    row: dict[str, Any] = {}
    for one in ATTRIBUTES:
        if one.id in values:
            place = row
            for name in one.path[:-1]:
                place = place.setdefault(name, {})
            place[one.path[-1]] = _read(one, values[one.id])
    return row


# values ---------------------------------------------------------------------------------------------------


def _told(one: Attribute, value: Any) -> str:
    if one.kind is Kind.DATE:
        return f"{value}T00:00:00Z"
    if one.shape == "keys":
        return " ".join(value)
    if one.shape == "lines":
        return "\n".join(line.replace("\\", "\\\\").replace("\n", "\\n") for line in value)
    return json.dumps(value, ensure_ascii=False) if one.shape == "records" else str(value)


def _read(one: Attribute, told: str) -> Any:
    if one.kind is Kind.DATE:
        return told.partition("T")[0]
    if one.shape == "keys":
        return told.split()
    if one.shape == "lines":
        return [re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), line) for line in told.split("\n")]
    return json.loads(told) if one.shape == "records" else told


def _cell(row: Mapping[str, Any], path: Sequence[str]) -> Any:
    """A cell by its path; None when it is not there."""
    found: Any = row
    for name in path:
        found = found.get(name) if found is not None else None
    return found


# xml ------------------------------------------------------------------------------------------------------


def _safe(text: str) -> str:
    """What XML cannot hold stands as its code."""
    return _UNTOLD.sub(lambda found: f"〔U+{ord(found.group()):04X}〕", text)


def _quoted(text: str) -> str:
    return quoteattr(_safe(text))


def _prose(text: str) -> str:
    lines = escape(_safe(text), {"\r": "&#13;"}).split("\n")
    return "<xhtml:div>" + "<xhtml:br/>".join(lines) + "</xhtml:div>"


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode(errors="surrogatepass")).hexdigest()[:20]


def _name_of(one: str) -> str:
    """The identifier of a requirement: a name in XML begins with a letter."""
    return f"requirement_{one}"


def _scenario_name(one: ScenarioText) -> str:
    return f"scenario_{one.key}"


class _Writer:
    """Writes one file from top to bottom: 20,000 requirements as a tree would take a gigabyte."""

    def __init__(self, document: Specification, at: datetime) -> None:
        self._document = document
        self._moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._retired = [one for one in document.retired if one.id not in {row.id for row in document.rows}]

    def content(self) -> bytes:
        target = io.BytesIO()
        for part in self._parts():
            target.write(part.encode("utf-8"))
        return target.getvalue()

    def _parts(self) -> Iterator[str]:
        yield f'<?xml version="1.0" encoding="UTF-8"?>\n<REQ-IF xmlns="{_SPACE}" xmlns:xhtml="{_XHTML}">\n'
        yield from self._header()
        yield "<CORE-CONTENT>\n<REQ-IF-CONTENT>\n<DATATYPES>\n"
        yield from self._datatypes()
        yield "</DATATYPES>\n<SPEC-TYPES>\n"
        yield from self._types()
        yield "</SPEC-TYPES>\n<SPEC-OBJECTS>\n"
        yield from self._objects()
        yield "</SPEC-OBJECTS>\n<SPEC-RELATIONS>\n"
        yield from self._relations()
        yield "</SPEC-RELATIONS>\n<SPECIFICATIONS>\n"
        for business in self._document.businesses:
            yield from self._specification(business)
        yield "</SPECIFICATIONS>\n</REQ-IF-CONTENT>\n</CORE-CONTENT>\n</REQ-IF>\n"

    def _header(self) -> Iterator[str]:
        cover = self._document.cover
        told = "\n".join([cover.label, cover.status, *cover.caveats])
        yield f'<THE-HEADER>\n<REQ-IF-HEADER IDENTIFIER="header_{_key(cover.edition, cover.digest)}">\n'
        yield f"<COMMENT>{escape(_safe(told))}</COMMENT>\n<CREATION-TIME>{self._moment}</CREATION-TIME>\n"
        yield f"<REQ-IF-TOOL-ID>kijun {__version__}</REQ-IF-TOOL-ID>\n<REQ-IF-VERSION>1.0</REQ-IF-VERSION>\n"
        yield f"<SOURCE-TOOL-ID>kijun {__version__}</SOURCE-TOOL-ID>\n<TITLE>{escape(cover.title)}</TITLE>\n"
        yield "</REQ-IF-HEADER>\n</THE-HEADER>\n"

    def _open(self, element: str, identifier: str, title: str = "", more: str = "") -> str:
        name = f" LONG-NAME={_quoted(title)}" if title else ""
        return f'<{element} IDENTIFIER="{identifier}" LAST-CHANGE="{self._moment}"{name}{more}>\n'

    def _datatypes(self) -> Iterator[str]:
        limit = f' MAX-LENGTH="{_TEXT_LIMIT}"'
        yield (
            self._open("DATATYPE-DEFINITION-STRING", "type_STRING", "文字列", limit) + "</DATATYPE-DEFINITION-STRING>\n"
        )
        yield self._open("DATATYPE-DEFINITION-XHTML", "type_XHTML", "文章") + "</DATATYPE-DEFINITION-XHTML>\n"
        yield self._open("DATATYPE-DEFINITION-DATE", "type_DATE", "日付") + "</DATATYPE-DEFINITION-DATE>\n"
        for name, choices in CHOICES.items():
            yield self._open("DATATYPE-DEFINITION-ENUMERATION", f"type_{name}", name) + "<SPECIFIED-VALUES>\n"
            for number, (key, label) in enumerate(choices.items(), start=1):
                yield self._open("ENUM-VALUE", f"choice_{name}_{key}", label)
                inner = f'<EMBEDDED-VALUE KEY="{number}" OTHER-CONTENT="{key}"/>'
                yield f"<PROPERTIES>{inner}</PROPERTIES>\n</ENUM-VALUE>\n"
            yield "</SPECIFIED-VALUES>\n</DATATYPE-DEFINITION-ENUMERATION>\n"

    def _types(self) -> Iterator[str]:
        for name, (title, attributes) in _TYPES.items():
            yield self._open("SPEC-OBJECT-TYPE", f"type_{name}", title) + "<SPEC-ATTRIBUTES>\n"
            for one in attributes:
                yield from self._definition(one)
            yield "</SPEC-ATTRIBUTES>\n</SPEC-OBJECT-TYPE>\n"
        for name, title in _RELATIONS.items():
            yield self._open("SPEC-RELATION-TYPE", f"type_{name}", title) + "</SPEC-RELATION-TYPE>\n"
        yield self._open("SPECIFICATION-TYPE", "type_specification", "要件表") + "</SPECIFICATION-TYPE>\n"

    def _definition(self, one: Attribute) -> Iterator[str]:
        element = f"ATTRIBUTE-DEFINITION-{one.kind}"
        several = ' MULTI-VALUED="false"' if one.kind is Kind.CHOICE else ""
        datatype = f"DATATYPE-DEFINITION-{one.kind}-REF"
        yield self._open(element, one.id, one.title, several)
        yield f"<TYPE><{datatype}>type_{one.choices or one.kind}</{datatype}></TYPE>\n</{element}>\n"

    # objects ----------------------------------------------------------------------------------------------

    def _objects(self) -> Iterator[str]:
        for business in self._document.businesses:
            for identifier, title in _headings(business):
                yield self._object("heading", identifier, _HEADING, {"heading": {"title": title}})
        for row in self._document.rows:
            yield self._object("requirement", _name_of(row.id), ATTRIBUTES, row.requirement.row)
        for one in self._document.scenarios:
            told = {"name": one.name, "place": f"{one.file}:{one.line}", "text": _scenario_text(one)}
            yield self._object("scenario", _scenario_name(one), _SCENARIO, {"scenario": told})
        for gone in self._retired:
            told = {"id": gone.id, "edition": gone.edition, "because": gone.because}
            yield self._object("retired", _name_of(gone.id), _RETIRED, {"retired": told})

    def _object(self, kind: str, identifier: str, attributes: Sequence[Attribute], row: Mapping[str, Any]) -> str:
        values = ((one, _cell(row, one.path)) for one in attributes)
        told = "".join(_value(one, value) for one, value in values if value is not None)
        return (
            f"{self._open('SPEC-OBJECT', identifier)}<VALUES>\n{told}</VALUES>\n"
            f"<TYPE><SPEC-OBJECT-TYPE-REF>type_{kind}</SPEC-OBJECT-TYPE-REF></TYPE>\n</SPEC-OBJECT>\n"
        )

    def _relations(self) -> Iterator[str]:
        for kind, source, target in dict.fromkeys((*self._succession(), *self._checks())):
            yield self._open("SPEC-RELATION", f"{kind}_{_key(source, target)}")
            yield f"<TARGET><SPEC-OBJECT-REF>{target}</SPEC-OBJECT-REF></TARGET>\n"
            yield f"<SOURCE><SPEC-OBJECT-REF>{source}</SPEC-OBJECT-REF></SOURCE>\n"
            yield f"<TYPE><SPEC-RELATION-TYPE-REF>type_{kind}</SPEC-RELATION-TYPE-REF></TYPE>\n</SPEC-RELATION>\n"

    def _succession(self) -> Iterator[tuple[str, str, str]]:
        """What follows what, as far as both are in the file."""
        rows: Iterable[Row] = self._document.rows
        there = {row.id for row in rows}
        known = there | {one.id for one in self._retired}
        pairs = [(row.id, former) for row in rows for former in row.requirement.row.get("supersedes", ())]
        pairs += [(follower, one.id) for one in self._retired for follower in _followers(one, there)]
        for follower, former in pairs:
            if former in known:
                yield "supersedes", _name_of(follower), _name_of(former)

    def _checks(self) -> Iterator[tuple[str, str, str]]:
        for row in self._document.rows:
            for one in row.scenarios:
                yield "checks", _scenario_name(one), _name_of(row.id)

    # hierarchy --------------------------------------------------------------------------------------------

    def _specification(self, business: Business) -> Iterator[str]:
        yield self._open("SPECIFICATION", f"specification_{business.slug}", business.name)
        yield "<TYPE><SPECIFICATION-TYPE-REF>type_specification</SPECIFICATION-TYPE-REF></TYPE>\n<CHILDREN>\n"
        for major in business.majors:
            yield from self._below(_heading(business, major.number))
            for middle in major.middles:
                yield from self._below(_heading(business, middle.number))
                for function in middle.functions:
                    yield from self._below(_heading(business, function.number))
                    for row in function.rows:
                        yield from self._last(_name_of(row.id))
                    yield _END
                yield _END
            yield _END
        yield "</CHILDREN>\n</SPECIFICATION>\n"

    def _below(self, identifier: str) -> Iterator[str]:
        yield self._open("SPEC-HIERARCHY", f"place_{identifier}")
        yield f"<OBJECT><SPEC-OBJECT-REF>{identifier}</SPEC-OBJECT-REF></OBJECT>\n<CHILDREN>\n"

    def _last(self, identifier: str) -> Iterator[str]:
        yield self._open("SPEC-HIERARCHY", f"place_{identifier}")
        yield f"<OBJECT><SPEC-OBJECT-REF>{identifier}</SPEC-OBJECT-REF></OBJECT>\n</SPEC-HIERARCHY>\n"


_END: Final = "</CHILDREN>\n</SPEC-HIERARCHY>\n"


def _value(one: Attribute, value: Any) -> str:
    element, reference = f"ATTRIBUTE-VALUE-{one.kind}", f"ATTRIBUTE-DEFINITION-{one.kind}-REF"
    definition = f"<DEFINITION><{reference}>{one.id}</{reference}></DEFINITION>"
    if one.kind is Kind.CHOICE:
        chosen = f"<VALUES><ENUM-VALUE-REF>choice_{one.choices}_{value}</ENUM-VALUE-REF></VALUES>"
        return f"<{element}>{chosen}{definition}</{element}>\n"
    if one.kind is Kind.PROSE:
        return f"<{element}>{definition}<THE-VALUE>{_prose(_told(one, value))}</THE-VALUE></{element}>\n"
    return f"<{element} THE-VALUE={_quoted(_told(one, value))}>{definition}</{element}>\n"


def _headings(business: Business) -> Iterator[tuple[str, str]]:
    for major in business.majors:
        yield _heading(business, major.number), f"{major.number} {major.title}"
        for middle in major.middles:
            yield _heading(business, middle.number), f"{middle.number} {middle.title}"
            for function in middle.functions:
                yield _heading(business, function.number), f"{function.number} {function.name}"


def _heading(business: Business, number: str) -> str:
    return f"heading_{business.slug}_{number}"


def _followers(one: Retired, there: Iterable[str]) -> list[str]:
    return [follower for follower in one.superseded_by if follower in there]


def _scenario_text(one: ScenarioText) -> str:
    """The steps as an author wrote them, tables with bars."""
    lines: list[str] = []
    for step in one.steps:
        lines.append(f"{step.keyword.strip()} {step.text}")
        if step.table:
            lines += [_bars(row) for row in (step.table.headings, *step.table.rows)]
    for examples in one.examples:
        lines.append(f"例: {examples.name}" if examples.name else "例")
        lines += [_bars(row) for row in (examples.table.headings, *examples.table.rows)]
    return "\n".join(lines)


def _bars(row: Iterable[str]) -> str:
    return f"| {' | '.join(row)} |"

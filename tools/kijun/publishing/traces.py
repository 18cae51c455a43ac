"""What a requirement rests on, what proves it and what it touches: one graph, in which every edge has two ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson

from kijun.press.legible import unhidden
from kijun.publishing.specification import Row, Specification


class Thing(StrEnum):
    """What may stand at an end of an edge."""

    REQUIREMENT = "requirement"
    ARTICLE = "article"
    LAW = "law"
    SCENARIO = "scenario"
    OPERATION = "operation"
    DOCUMENT = "document"
    FILE = "file"
    DEFECT = "defect"
    INCIDENT = "incident"
    EDITION = "edition"
    BUSINESS = "business"


class Link(StrEnum):
    """Named from the source; `label` and `inverse` say it from either end."""

    IN_BUSINESS = "inBusiness"
    RESTS_ON = "restsOn"
    PART_OF = "partOf"
    VERIFIED_BY = "verifiedBy"
    NEEDS = "needs"
    CALLS = "calls"
    CONCERNS = "concerns"
    RETURNS = "returns"
    FEEDS = "feeds"
    BREAKS = "breaks"
    REFERS_TO = "refersTo"
    STANDS_IN = "standsIn"
    SUPERSEDES = "supersedes"

    @property
    def label(self) -> str:
        return _LABELS[self][0]

    @property
    def inverse(self) -> str:
        return _LABELS[self][1]


_LABELS = {
    Link.IN_BUSINESS: ("業務", "属する要件"),
    Link.RESTS_ON: ("根拠", "基づく要件"),
    Link.PART_OF: ("法令", "条項"),
    Link.VERIFIED_BY: ("確かめるシナリオ", "確かめる要件"),
    Link.NEEDS: ("確かめる操作", "要る要件"),
    Link.CALLS: ("使う操作", "使うシナリオ"),
    Link.CONCERNS: ("関係する帳票", "関係する要件"),
    Link.RETURNS: ("結果にある帳票", "作る操作"),
    Link.FEEDS: ("運ぶ操作", "運ぶファイル"),
    Link.BREAKS: ("破る要件", "気付くべき欠陥"),
    Link.REFERS_TO: ("関係する公表事故", "関係する要件・欠陥"),
    Link.STANDS_IN: ("載っている版", "載っている要件"),
    Link.SUPERSEDES: ("前の要件", "後の要件"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing, by kind and key; `label` is what people call it."""

    thing: Thing
    key: str
    label: str

    @property
    def id(self) -> str:
        return node_id(self.thing, self.key)


class Edge(NamedTuple):
    """One link between the ids of two nodes."""

    source: str
    link: Link
    target: str


@cache
def node_id(thing: Thing, key: str) -> str:
    """`urn:kijun:requirement:013-1.1.1-01`; what a URN may not hold is escaped."""
    return f"urn:kijun:{thing}:{quote(key, safe='')}"


@dataclass(frozen=True)
class Graph:
    """All nodes by id, and all edges."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    @cached_property
    def outward(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by their source."""
        return _by(self.edges, "source")

    @cached_property
    def inward(self) -> Mapping[str, tuple[Edge, ...]]:
        """Edges by their target."""
        return _by(self.edges, "target")

    @property
    def dangling(self) -> tuple[Edge, ...]:
        """Edges that lead from or to something that is not in the document."""
        return tuple(one for one in self.edges if one.source not in self.nodes or one.target not in self.nodes)


def _by(edges: Iterable[Edge], end: str) -> dict[str, tuple[Edge, ...]]:
    found: dict[str, list[Edge]] = defaultdict(list)
    for one in edges:
        found[getattr(one, end)].append(one)
    return {node: tuple(some) for node, some in found.items()}


def traces(spec: Specification) -> Graph:
    """The graph of a specification. What is named but not there stays a dangling edge, to be found."""
    return Graph({one.id: one for one in _nodes(spec)}, tuple(dict.fromkeys(_edges(spec))))


def _nodes(spec: Specification) -> Iterator[Node]:
    for business in spec.businesses:
        yield Node(Thing.BUSINESS, business.slug, business.name)
    for row in spec.rows:
        yield Node(Thing.REQUIREMENT, row.id, row.requirement.name)
    for law in spec.laws:
        yield Node(Thing.LAW, law.name, law.name)
        for article in law.articles:
            yield Node(Thing.ARTICLE, article.key, str(article.basis))
    for scenario in spec.scenarios:
        yield Node(Thing.SCENARIO, scenario.key, scenario.name)
    for operation in spec.operations:
        yield Node(Thing.OPERATION, operation.operation.key, operation.operation.label)
    for document in spec.documents:
        yield Node(Thing.DOCUMENT, document.word.key, document.word.label)
    for linkage in spec.linkages:
        for layout in linkage.layouts:
            yield Node(Thing.FILE, f"{linkage.business}/{layout.id}", layout.title)
    for defect in spec.defects:
        yield Node(Thing.DEFECT, defect.name, defect.summary)
    incidents = (one for row in spec.rows for one in row.incidents)
    for incident in sorted({*incidents, *(one.incident for one in spec.defects if one.incident)}):
        yield Node(Thing.INCIDENT, incident, incident)
    for edition in spec.editions:
        yield Node(Thing.EDITION, edition.edition, edition.edition)
    yield from (Node(Thing.REQUIREMENT, one, why) for one, why in absent(spec).items())


def absent(spec: Specification) -> dict[str, str]:
    """Numbers that are no rows of this document and yet are known → what they are."""
    former = (one for edition in spec.editions for one in edition.requirements)
    found = dict.fromkeys(sorted(spec.left_out), "この文書に収めていない業務の要件")
    found |= dict.fromkeys(former, "前の版の要件") | {one.id: "廃止した要件" for one in spec.retired}
    return {one: why for one, why in found.items() if one not in spec.known}


def _edges(spec: Specification) -> Iterator[Edge]:
    for row in spec.rows:
        yield from _edges_of(row)
    for law in spec.laws:
        for article in law.articles:
            yield _edge(Thing.ARTICLE, article.key, Link.PART_OF, Thing.LAW, law.name)
            for one in article.requirements:
                yield _edge(Thing.REQUIREMENT, one, Link.RESTS_ON, Thing.ARTICLE, article.key)
    for scenario in spec.scenarios:
        for one in scenario.operations:
            yield _edge(Thing.SCENARIO, scenario.key, Link.CALLS, Thing.OPERATION, one)
    for document in spec.documents:
        for one in document.result_of:
            yield _edge(Thing.OPERATION, one, Link.RETURNS, Thing.DOCUMENT, document.word.key)
    for linkage in spec.linkages:
        for layout in linkage.layouts:
            key = f"{linkage.business}/{layout.id}"
            yield _edge(Thing.FILE, key, Link.FEEDS, Thing.OPERATION, layout.operation)
    for defect in spec.defects:
        yield _edge(Thing.DEFECT, defect.name, Link.BREAKS, Thing.REQUIREMENT, defect.breaks)
        if defect.incident:
            yield _edge(Thing.DEFECT, defect.name, Link.REFERS_TO, Thing.INCIDENT, defect.incident)
    for edition in spec.editions:
        for one in edition.requirements:
            yield _edge(Thing.REQUIREMENT, one, Link.STANDS_IN, Thing.EDITION, edition.edition)
    for retired in spec.retired:
        for one in retired.superseded_by:
            yield _edge(Thing.REQUIREMENT, one, Link.SUPERSEDES, Thing.REQUIREMENT, retired.id)


def _edges_of(row: Row) -> Iterator[Edge]:
    own = row.id
    yield _edge(Thing.REQUIREMENT, own, Link.IN_BUSINESS, Thing.BUSINESS, row.requirement.business)
    for scenario in row.scenarios:
        yield _edge(Thing.REQUIREMENT, own, Link.VERIFIED_BY, Thing.SCENARIO, scenario.key)
    for link, thing, keys in (
        (Link.NEEDS, Thing.OPERATION, row.requirement.operations),
        (Link.CONCERNS, Thing.DOCUMENT, row.documents),
        (Link.REFERS_TO, Thing.INCIDENT, row.incidents),
        (Link.SUPERSEDES, Thing.REQUIREMENT, row.requirement.row.get("supersedes", ())),
    ):
        for key in keys:
            yield _edge(Thing.REQUIREMENT, own, link, thing, key)


def _edge(source: Thing, source_key: str, link: Link, target: Thing, target_key: str) -> Edge:
    return Edge(node_id(source, source_key), link, node_id(target, target_key))


# as JSON-LD ----------------------------------------------------------------------------------------------

VOCABULARY = "https://kijun.example/ns/specification#"
_CONTEXT: dict[str, Any] = {
    "@vocab": VOCABULARY,
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "key": f"{VOCABULARY}key",
    **{link.value: {"@id": f"{VOCABULARY}{link}", "@type": "@id"} for link in Link},
}


def as_jsonld(graph: Graph) -> bytes:
    """graph.jsonld: the context stands in the file, nothing has to be fetched to read it."""
    content = {"@context": _CONTEXT, "@graph": [_record(one, graph) for one in graph.nodes.values()]}
    return orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n"


def _record(node: Node, graph: Graph) -> dict[str, Any]:
    record: dict[str, Any] = {
        "@id": node.id,
        "@type": node.thing.value.capitalize(),
        "key": node.key,
        "label": unhidden(node.label),
    }
    for edge in graph.outward.get(node.id, ()):
        record.setdefault(edge.link.value, []).append(edge.target)
    return record

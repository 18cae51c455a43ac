"""The specification as plain pages: read from a folder, without network, and without scripts but for search."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kijun.catalog.root import shipped_root
from kijun.model.flow import FlowBook, Node, NodeKind, Process
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement
from kijun.model.scenario_text import ScenarioText
from kijun.press.legible import unhidden
from kijun.publishing import flow_svg
from kijun.publishing.cells import TITLES, cell_text, certainty_text, use_text, word_type
from kijun.publishing.comparison import Kind
from kijun.publishing.site_places import (
    Places,
    edition_anchor,
    law_anchor,
    middle_page,
    named,
    page,
    scenario_anchor,
    word_href,
)
from kijun.publishing.specification import DefectText, Part, Row, Specification, content_text
from kijun.publishing.traces import Graph, Link, Thing, absent, node_id

Jump = Markup  # a link to something else in the site
# what a row says of its neighbours: from the row, then to the row
_OUTWARD = (
    Link.RESTS_ON,
    Link.NEEDS,
    Link.CONCERNS,
    Link.VERIFIED_BY,
    Link.REFERS_TO,
    Link.SUPERSEDES,
    Link.STANDS_IN,
)
_INWARD = (Link.BREAKS, Link.SUPERSEDES)


def render(spec: Specification, graph: Graph) -> dict[str, bytes]:
    """Every file of the site by name, index.html first; the same specification gives the same bytes."""
    return {name: content.encode() for name, content in _Site(spec, graph).files()}


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(shipped_root() / "reports" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_seen,
    )
    found.globals["links"] = _links
    return found


def _links(jumps: Iterable[Jump]) -> Markup:
    """A list of links, or nothing."""
    lines = "".join(f"<li>{one}</li>" for one in jumps)
    return Markup(f'<ul class="links">{lines}</ul>' if lines else "")  # noqa: S704 - every link is escaped in _jump


def _seen(value: Any) -> Any:
    """Characters that hide, or turn words round, are shown by their code."""
    return value if type(value) is not str or value.isprintable() else unhidden(value)


def _source(name: str) -> str:
    loader = _templates().loader
    return loader.get_source(_templates(), name)[0] if loader else ""


@dataclass(frozen=True, slots=True)
class _ScenarioView:
    """One scenario where it is printed, with the operations it uses and the other requirements it proves."""

    scenario: ScenarioText
    anchor: str
    operations: list[Jump]
    others: list[Jump]


@dataclass(frozen=True, slots=True)
class _RowView:
    """One requirement as its page shows it."""

    row: Row
    obligations: tuple[str, ...]  # one for all classes, or one each
    facts: tuple[tuple[str, str], ...]
    traces: tuple[tuple[str, tuple[Jump, ...]], ...]
    printed: tuple[_ScenarioView, ...]
    cases: int


class _Site:
    """Holds what all pages need while they are made."""

    def __init__(self, spec: Specification, graph: Graph) -> None:
        self._spec, self._graph, self._places = spec, graph, Places(spec)
        self._links_to: dict[str, Jump] = {}  # by id of the node: many rows lead to the same
        self._shared = {
            "spec": spec,
            "Part": Part,
            "page": page,
            "middle_page": middle_page,
            "named": named,
            "parts": [(one, page(one)) for one in Part],
            "law_anchor": law_anchor,
            "edition_anchor": edition_anchor,
            "jump": self._jump,
            "jumps": self._jumps,
            "outward": self._outward,
            "inward": self._inward,
            "Thing": Thing,
            "Link": Link,
            "titles": TITLES,
            "word_type": word_type,
            "use_text": lambda use: use_text(use, spec.labels),
            "word_href": word_href,
            "content_text": content_text,
            "obligations": list(Obligation),
        }

    def files(self) -> Iterator[tuple[str, str]]:
        spec = self._spec
        yield page(Part.ABOUT), self._page("index", Part.ABOUT)
        yield page(Part.FUNCTIONS), self._page("businesses", Part.FUNCTIONS)
        yield from self._functions()
        yield page(Part.FLOWS), self._page("flows" if spec.flows else "silent", Part.FLOWS, flows=[*self._flows()])
        yield page(Part.DOCUMENTS), self._page("documents", Part.DOCUMENTS)
        yield page(Part.DATA), self._page("data", Part.DATA)
        for vocabulary in spec.vocabularies:
            name = named(Part.DATA, vocabulary.business) + ".html"
            yield name, self._page("words", Part.DATA, vocabulary=vocabulary, subtitle=vocabulary.name)
        yield page(Part.LINKAGE), self._page("linkages", Part.LINKAGE)
        for linkage in spec.linkages:
            name = named(Part.LINKAGE, linkage.business) + ".html"
            yield name, self._page("files", Part.LINKAGE, linkage=linkage, subtitle=linkage.name)
        yield page(Part.QUALITY), self._page("silent", Part.QUALITY)
        yield page(Part.TERMS), self._page("terms", Part.TERMS)
        yield page(Part.CONNECTION), self._page("connection", Part.CONNECTION, groups=self._operations())
        for business, name, operations in self._operations():
            where = named(Part.CONNECTION, business or "former") + ".html"
            yield where, self._page("operations", Part.CONNECTION, operations=operations, subtitle=name)
        yield page(Part.LAWS), self._page("laws", Part.LAWS)
        yield (
            page(Part.DEFECTS),
            self._page("defects", Part.DEFECTS, defects=self._defects(), incidents=self._of(Thing.INCIDENT)),
        )
        yield page(Part.HISTORY), self._page("history", Part.HISTORY, changes=self._changes(), gone=self._gone())
        yield "find.html", self._page("find", None, ranges=list(self._ranges()))
        yield "style.css", _source("report.css") + _source("site/site.css")
        yield "find.js", _source("fold.js") + _source("site/find.js")
        yield "rows.js", self._rows_script()

    def _page(self, template: str, part: Part | None, **content: Any) -> str:
        subtitle = content.pop("subtitle", "")
        return (
            _templates()
            .get_template(f"site/{template}.html.j2")
            .render(part=part, subtitle=subtitle, **self._shared, **content)
        )

    # pages of functions -------------------------------------------------------------------------------

    def _functions(self) -> Iterator[tuple[str, str]]:
        stops = [
            (business, major, middle)
            for business in self._spec.businesses
            for major in business.majors
            for middle in major.middles
        ]
        names = [middle_page(business, middle) for business, _, middle in stops]
        for place, (business, major, middle) in enumerate(stops):
            around = [
                (names[one], stops[one][2].title) if 0 <= one < len(stops) else None for one in (place - 1, place + 1)
            ]
            views = [(one, [self._row(row) for row in one.rows]) for one in middle.functions]
            yield (
                names[place],
                self._page(
                    "functions",
                    Part.FUNCTIONS,
                    business=business,
                    major=major,
                    middle=middle,
                    functions=views,
                    around=around,
                    subtitle=f"{middle.title}（{business.name}）",
                ),
            )

    def _row(self, row: Row) -> _RowView:
        one = row.requirement
        return _RowView(
            row=row,
            obligations=tuple(_obligations(one)),
            facts=tuple(self._facts(one)),
            traces=tuple(self._traces(row.id)),
            printed=tuple(
                self._scenario(found, row.id) for found in row.scenarios if self._places.home[found.key] == row.id
            ),
            cases=sum(found.cases for found in row.scenarios),
        )

    def _scenario(self, one: ScenarioText, home: str) -> _ScenarioView:
        others = [number for number in one.requirements if number != home and number in self._spec.known]
        operations = self._jumps(Thing.OPERATION, one.operations)
        return _ScenarioView(one, scenario_anchor(one.key), operations, self._jumps(Thing.REQUIREMENT, others))

    def _facts(self, one: Requirement) -> Iterator[tuple[str, str]]:
        for name in ("effective", "verification", "rationale"):
            yield TITLES[name], cell_text(one, name, self._spec.labels)
        if one.row.get("official_ids"):
            yield TITLES["official_ids"], cell_text(one, "official_ids", self._spec.labels)
        for entry in one.row["history"]:
            yield (
                "改定の経緯",
                " ".join(
                    filter(
                        None,
                        (entry["date"], entry["edition"], _CHANGES.get(entry["change"], ""), entry.get("summary", "")),
                    )
                ),
            )

    def _traces(self, own: str) -> Iterator[tuple[str, tuple[Jump, ...]]]:
        node = node_id(Thing.REQUIREMENT, own)
        for edges, kinds, is_outward in (
            (self._graph.outward.get(node, ()), _OUTWARD, True),
            (self._graph.inward.get(node, ()), _INWARD, False),
        ):
            by_kind: dict[Link, list[str]] = defaultdict(list)
            for edge in edges:
                by_kind[edge.link].append(edge.target if is_outward else edge.source)
            for kind in kinds:
                if kind in by_kind:
                    yield kind.label if is_outward else kind.inverse, tuple(map(self._jump, by_kind[kind]))

    # edges --------------------------------------------------------------------------------------------

    def _jump(self, node: str) -> Jump:
        if node not in self._links_to:
            found = self._graph.nodes[node]
            shown = found.key if found.thing in (Thing.REQUIREMENT, Thing.INCIDENT) else found.label
            href, text = escape(self._places.hrefs[node]), escape(unhidden(shown))
            self._links_to[node] = Markup(f'<a href="{href}">{text}</a>')  # noqa: S704 - both are escaped
        return self._links_to[node]

    def _jumps(self, thing: Thing, keys: Iterable[str]) -> list[Jump]:
        return [self._jump(node_id(thing, key)) for key in keys]

    def _outward(self, thing: Thing, key: str, link: Link) -> list[Jump]:
        return [self._jump(one.target) for one in self._graph.outward.get(node_id(thing, key), ()) if one.link is link]

    def _inward(self, thing: Thing, key: str, link: Link) -> list[Jump]:
        return [self._jump(one.source) for one in self._graph.inward.get(node_id(thing, key), ()) if one.link is link]

    def _of(self, thing: Thing) -> list[str]:
        return [one.key for one in self._graph.nodes.values() if one.thing is thing]

    # the other parts ----------------------------------------------------------------------------------

    def _operations(self) -> list[tuple[str, str, list[Any]]]:
        """Slug and name of a business, and its operations; those that the glossary lost come last."""
        groups = groupby(self._spec.operations, key=lambda one: (one.operation.business, one.name))
        return [(slug, name or "今の用語集にない操作", [*found]) for (slug, name), found in groups]

    def _defects(self) -> list[tuple[str, list[DefectText]]]:
        """Name of a business, and the defects that break its requirements."""
        found: dict[str, list[DefectText]] = {one.slug: [] for one in self._spec.businesses}
        for defect in self._spec.defects:
            found[self._spec.known[defect.breaks].requirement.business].append(defect)
        return [(one.name, found[one.slug]) for one in self._spec.businesses if found[one.slug]]

    def _flows(self) -> Iterator[tuple[str, FlowBook, list[Any]]]:
        """Name of a business, its flows, and of each the picture and the tasks with what they lead to."""
        names = {one.slug: one.name for one in self._spec.businesses}
        for book in self._spec.flows:
            yield names[book.business], book, [self._flow(process) for process in book.processes]

    def _flow(self, process: Process) -> tuple[Process, Markup, list[tuple[Node, Markup, Markup]]]:
        tasks = [
            (one, self._known(Thing.OPERATION, one.operations), self._known(Thing.REQUIREMENT, one.requirements))
            for one in process.nodes
            if one.kind is NodeKind.TASK
        ]
        return process, Markup(flow_svg.render(process)), tasks  # noqa: S704 - every text in it is escaped

    def _known(self, thing: Thing, keys: Iterable[str]) -> Markup:
        """Links to what is in the site; a frozen edition may lack what a flow of today names."""
        nodes = (node_id(thing, key) for key in keys)
        return _links(self._jump(one) for one in nodes if one in self._graph.nodes)

    def _changes(self) -> list[list[tuple[str, str, list[Jump], list[str]]]]:
        """For every edition what it changed: kind, title of the row, numbers, and titles of the cells."""
        return [
            [
                (
                    change.kind.label + ("（推定）" if change.is_guess else ""),
                    (change.new or change.old)[0].name,
                    self._jumps(Thing.REQUIREMENT, change.ids),
                    [TITLES[name] for name in change.cells],
                )
                for change in (edition.comparison.changes if edition.comparison else ())
                if change.kind is not Kind.SAME
            ]
            for edition in self._spec.editions
        ]

    def _gone(self) -> list[tuple[str, str, str, list[Jump]]]:
        """Numbers that are no rows of this document: what they are, why, and what follows them."""
        retired = {one.id: one for one in self._spec.retired}
        return [
            (
                number,
                why,
                retired[number].because if number in retired else "",
                self._inward(Thing.REQUIREMENT, number, Link.SUPERSEDES),
            )
            for number, why in absent(self._spec).items()
        ]

    # finding ------------------------------------------------------------------------------------------

    def _ranges(self) -> Iterator[tuple[str, str, str, str]]:
        """Page, title, first and last number: what is needed to find a number without scripts."""
        for business in self._spec.businesses:
            for middle in business.middles:
                first, last = middle.rows[0].id, middle.rows[-1].id
                yield middle_page(business, middle), f"{business.name}　{middle.number} {middle.title}", first, last

    def _rows_script(self) -> str:
        pages = list(dict.fromkeys(self._places.page_of.values()))
        number = {name: place for place, name in enumerate(pages)}
        rows = [
            [row.id, number[self._places.page_of[row.id]], f"{middle.title} ＞ {one.name}", row.requirement.text]
            for business in self._spec.businesses
            for middle in business.middles
            for one in middle.functions
            for row in one.rows
        ]
        gone = {one: f"{page(Part.HISTORY)}#{one}" for one in absent(self._spec)}
        data = json.dumps({"pages": pages, "rows": rows, "gone": gone}, ensure_ascii=True, separators=(",", ":"))
        return f"const SPECIFICATION = JSON.parse({json.dumps(data)});\n"


_CHANGES = {"added": Kind.ADDED.label, "modified": Kind.CHANGED.label, "moved": Kind.MOVED.label}


def _obligations(one: Requirement) -> Iterator[str]:
    certainty = certainty_text(one.category_source)
    by_class = {kind: one.category.get(kind, Obligation.NONE) for kind in MunicipalityClass}
    if len(kinds := set(by_class.values())) == 1:
        yield f"{_obligation(*kinds)}　全ての団体区分（{certainty}）"
        return
    for kind, found in by_class.items():
        yield f"{kind.label}　{_obligation(found)}（{certainty}）"


def _obligation(found: Obligation) -> str:
    return f"{found.symbol or '－'} {found.label}"

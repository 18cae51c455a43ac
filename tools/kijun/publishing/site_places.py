"""Where everything of a specification stands in its site: page and anchor of every node of the graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote

from kijun.model.glossary import Word
from kijun.model.scenario_text import ScenarioText
from kijun.publishing.specification import Business, Middle, Part, Specification
from kijun.publishing.traces import Thing, absent, node_id

_UNSAFE = re.compile(r"[^0-9A-Za-z_.-]")


@dataclass(frozen=True)
class Places:
    """Pages and anchors of one specification. A page is named after what it shows, so that links to it last."""

    spec: Specification

    @cached_property
    def hrefs(self) -> dict[str, str]:
        """Id of a node → `page#anchor`."""
        return dict(self._hrefs())

    @cached_property
    def home(self) -> dict[str, str]:
        """Key of a scenario → the requirement beside which it is printed; the others point there."""
        return {one.key: row.id for row in reversed(self.spec.rows) for one in row.scenarios}

    @cached_property
    def page_of(self) -> dict[str, str]:
        """Requirement → page."""
        return {
            row.id: middle_page(business, middle)
            for business in self.spec.businesses
            for middle in business.middles
            for row in middle.rows
        }

    def scenario_href(self, one: ScenarioText) -> str:
        return f"{self.page_of[self.home[one.key]]}#{scenario_anchor(one.key)}"

    def _hrefs(self) -> Iterator[tuple[str, str]]:
        spec = self.spec
        for one in absent(spec):
            yield node_id(Thing.REQUIREMENT, one), f"{page(Part.HISTORY)}#{quote(one)}"
        for one, where in self.page_of.items():
            yield node_id(Thing.REQUIREMENT, one), f"{where}#{quote(one)}"
        for business in spec.businesses:
            yield node_id(Thing.BUSINESS, business.slug), f"{page(Part.FUNCTIONS)}#{named('business', business.slug)}"
        for law in spec.laws:
            yield node_id(Thing.LAW, law.name), f"{page(Part.LAWS)}#{law_anchor(law.name)}"
            for article in law.articles:
                yield node_id(Thing.ARTICLE, article.key), f"{page(Part.LAWS)}#{named('article', article.key)}"
        for scenario in spec.scenarios:
            yield node_id(Thing.SCENARIO, scenario.key), self.scenario_href(scenario)
        for operation in spec.operations:
            key = operation.operation.key
            where = named(Part.CONNECTION, operation.operation.business or "former") + ".html"
            yield node_id(Thing.OPERATION, key), f"{where}#{named('operation', key)}"
        for document in spec.documents:
            key = document.word.key
            yield node_id(Thing.DOCUMENT, key), f"{page(Part.DOCUMENTS)}#{named('document', key)}"
        for linkage in spec.linkages:
            for layout in linkage.layouts:
                where = named(Part.LINKAGE, linkage.business) + ".html"
                yield node_id(Thing.FILE, f"{linkage.business}/{layout.id}"), f"{where}#{named('file', layout.id)}"
        for defect in spec.defects:
            yield node_id(Thing.DEFECT, defect.name), f"{page(Part.DEFECTS)}#{named('defect', defect.name)}"
        for incident in sorted(
            {*(one for row in spec.rows for one in row.incidents), *(one.incident for one in spec.defects)}
        ):
            yield node_id(Thing.INCIDENT, incident), f"{page(Part.DEFECTS)}#{named('incident', incident)}"
        for place, edition in enumerate(spec.editions):
            yield node_id(Thing.EDITION, edition.edition), f"{page(Part.HISTORY)}#{edition_anchor(place)}"


def page(part: Part) -> str:
    """The page on which a part begins."""
    return "index.html" if part is Part.ABOUT else f"{part.value}.html"


def middle_page(business: Business, middle: Middle) -> str:
    """The page of one 中項目: `functions-013-1-1.html`."""
    return named(Part.FUNCTIONS, business.number or business.slug, middle.number.replace(".", "-")) + ".html"


def named(*parts: str) -> str:
    """A name for a file or an anchor, whatever stands in a table."""
    return "-".join(_UNSAFE.sub(lambda found: f"_{ord(found[0]):x}", part) for part in parts)


def scenario_anchor(key: str) -> str:
    return f"scenario-{key}"


def law_anchor(name: str) -> str:
    return f"law-{sha256(name.encode()).hexdigest()[:10]}"


def edition_anchor(place: int) -> str:
    return f"edition-{place + 1}"


def word_href(word: Word) -> str:
    """Where an item of the glossary stands."""
    return f"{named(Part.DATA, word.business)}.html#{named('word', word.key)}"

"""All findings of a catalog and the score of every chapter (大項目)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kijun.catalog.catalog import Catalog
from kijun.catalog.editorial_rules import EditorialRules
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import Position
from kijun.model.requirement import Requirement
from kijun.publishing.editorial import contradictions, gaps, references, wording
from kijun.publishing.editorial.findings import Finding, Remark

FULL = 100


@dataclass(frozen=True, slots=True)
class Chapter:
    """One 大項目 of one business. `score` is from 0 to 100, rounded down."""

    business: str
    title: str
    rows: int
    score: int
    counts: Mapping[str, int]  # kind → findings


@dataclass(frozen=True, slots=True)
class Review:
    """What an editor would mark in all tables, in the order of the tables; `loose` belongs to no row."""

    rules: EditorialRules
    chapters: tuple[Chapter, ...]
    findings: tuple[Finding, ...]
    loose: tuple[Finding, ...]
    rows: int

    def limited_to(self, businesses: Sequence[str]) -> Review:
        """The same review, the findings and chapters of these businesses only."""
        chapters = tuple(one for one in self.chapters if one.business in businesses)
        findings = tuple(one for one in self.findings if one.business in businesses)
        loose = tuple(one for one in self.loose if one.business in businesses)
        return Review(self.rules, chapters, findings, loose, sum(one.rows for one in chapters))

    @property
    def everything(self) -> tuple[Finding, ...]:
        return self.findings + self.loose

    def word_rows(self) -> dict[str, list[str]]:
        """Listed word → the numbers of the rows in which it is marked."""
        listed = {one.word for one in self.rules.words}
        found = defaultdict[str, list[str]](list)
        for one in self.findings:
            for word in one.marked:
                if word in listed:
                    found[word].append(one.requirement)
        return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))


def review(catalog: Catalog, rules: EditorialRules) -> Review:
    """Read every row as an editor does. Pure but for the places of glossary entries."""
    found = defaultdict[str, list[Remark]](list)
    marks = references.Landmarks.of(catalog, rules)
    functions = defaultdict[tuple[str, str], list[Requirement]](list)
    for one in catalog.requirements.values():
        functions[one.business, one.name].append(one)
    for one in catalog.requirements.values():
        found[one.id] += wording.remarks(one, rules)
        found[one.id] += references.remarks(one, marks)
        found[one.id] += gaps.remarks(one, functions[one.business, one.name])
    for one, remark in contradictions.remarks(catalog):
        found[one.id].append(remark)
    findings = [_finding(one, remark, rules) for one in catalog.requirements.values() for remark in found[one.id]]
    chapters = tuple(_chapters(catalog, findings, rules))
    return Review(rules, chapters, tuple(findings), tuple(_loose(catalog, rules)), len(catalog.requirements))


def _finding(one: Requirement, remark: Remark, rules: EditorialRules) -> Finding:
    return _told(one.at, one.business, one.id, one.text, remark, rules)


def _told(at: Position, business: str, number: str, text: str, remark: Remark, rules: EditorialRules) -> Finding:
    kind = rules.kinds[remark.kind]
    return Finding(
        at=at,
        business=business,
        requirement=number,
        text=text,
        kind=kind.key,
        label=kind.label,
        told=remark.told,
        marked=remark.marked,
        others=remark.others,
        why=remark.why or kind.why,
        suggestion=remark.suggestion or kind.suggestion,
    )


def _chapters(catalog: Catalog, findings: list[Finding], rules: EditorialRules) -> Iterator[Chapter]:
    by_row = defaultdict[str, list[Finding]](list)
    for one in findings:
        by_row[one.requirement].append(one)
    for table in catalog.tables:
        titles = defaultdict[str, list[Requirement]](list)
        for row in table.requirements:
            titles[str(row.row["major"])].append(row)
        for title, rows in titles.items():
            lost = sum(min(FULL, sum(rules.kinds[one.kind].weight for one in by_row[row.id])) for row in rows)
            counts = Counter(one.kind for row in rows for one in by_row[row.id])
            score = (FULL * len(rows) - lost) // len(rows)
            yield Chapter(table.business, title, len(rows), score, {key: counts[key] for key in rules.kinds})


def _loose(catalog: Catalog, rules: EditorialRules) -> Iterator[Finding]:
    places = _glossary_places(catalog)
    for key, remark in references.orphans(catalog):
        at, business = places.get(key, (Position.of(catalog.root / "requirements" / "glossary"), ""))
        yield _told(at, business, "", "", remark, rules)
    for business, number, remark in references.broken_successors(catalog):
        at = Position.of(catalog.root / "requirements")
        yield _told(at, business, number, "", remark, rules)


def _glossary_places(catalog: Catalog) -> dict[str, tuple[Position, str]]:
    """Key of a glossary word → where it stands and of which business."""
    found = {}
    for path in sorted((catalog.root / "requirements" / "glossary").glob("*.yaml")):
        file = read_yaml(path)
        for index, entry in enumerate(file.data["words"]):
            found[entry["key"]] = (file.at("words", index), str(file.data["glossary"]["business"]))
    return found

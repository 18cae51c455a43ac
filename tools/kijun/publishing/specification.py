"""The whole specification as one document, before it is set: what every format shows, in the order of the parts."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from kijun.catalog.catalog import Catalog
from kijun.model.edition import Edition
from kijun.model.flow import FlowBook
from kijun.model.glossary import FieldUse, Glossary, Label, Operation, Word
from kijun.model.layout import INPUT, RESULT, Layout, LayoutBook
from kijun.model.requirement import LegalBasis, Requirement, RequirementTable
from kijun.model.scenario_text import ScenarioText
from kijun.publishing.cells import TITLES
from kijun.publishing.comparison import Comparison, Kind, compare

TITLE = "標準仕様書"
SHARED = "全業務に共通"  # the glossary of a business without a table of its own
_STATUSES = {"draft": "案", "consultation": "意見照会中", "published": "公表"}


class Part(StrEnum):
    """The parts in their order: a standard specification's chapters, then what is annexed to them."""

    ABOUT = "about"
    FLOWS = "flows"
    FUNCTIONS = "functions"
    DOCUMENTS = "documents"
    DATA = "data"
    LINKAGE = "linkage"
    QUALITY = "quality"
    TERMS = "terms"
    CONNECTION = "connection"
    LAWS = "laws"
    DEFECTS = "defects"
    HISTORY = "history"

    @property
    def label(self) -> str:
        return _PART_TITLES[self]

    @property
    def is_annex(self) -> bool:
        return self in _ANNEXES

    @property
    def number(self) -> str:
        """`1` … `8` for chapters, `別紙1` … for annexes."""
        return f"別紙{_ANNEXES.index(self) + 1}" if self.is_annex else str([*Part].index(self) + 1)


_ANNEXES = (Part.CONNECTION, Part.LAWS, Part.DEFECTS, Part.HISTORY)
_PART_TITLES = {
    Part.ABOUT: "本仕様書について",
    Part.FLOWS: "業務フロー",
    Part.FUNCTIONS: "機能要件",
    Part.DOCUMENTS: "帳票要件",
    Part.DATA: "データ要件",
    Part.LINKAGE: "連携要件",
    Part.QUALITY: "非機能要件",
    Part.TERMS: "用語",
    Part.CONNECTION: "接続方式（操作・項目・コード）",
    Part.LAWS: "根拠法令と要件",
    Part.DEFECTS: "検査の欠陥一覧",
    Part.HISTORY: "改定履歴",
}


# what the command knows and no catalog has ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DefectText:
    """A fault that is put into the reference system on purpose; a scenario of `breaks` must notice it."""

    name: str
    summary: str
    breaks: str  # requirement
    incident: str
    business: str


# 本仕様書について ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where the table of one business comes from, and how sure that is."""

    business: str
    name: str
    edition: str
    status: str
    source: str
    requirements: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What is told before anything else."""

    title: str
    edition: str  # name of the edition
    day: date | None  # on which it was frozen; None for tables that nobody froze
    status: str
    note: str
    digest: str  # SHA-256 of the frozen edition
    sources: tuple[Source, ...]
    caveats: tuple[str, ...]

    @property
    def label(self) -> str:
        return f"{self.edition}版（{self.day.isoformat()}）" if self.day else self.edition


# 機能要件 --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """What one edition did to a requirement."""

    edition: str
    day: date | None
    kind: str
    cells: tuple[str, ...] = ()  # titles of the cells that differ from the edition before


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement with everything that is known of it; `requirement.row` has the cells as read."""

    requirement: Requirement
    scenarios: tuple[ScenarioText, ...]
    defects: tuple[DefectText, ...]
    editions: tuple[Mark, ...]

    @property
    def id(self) -> str:
        return self.requirement.id

    @property
    def documents(self) -> tuple[str, ...]:
        """Keys of the documents that the row names."""
        return tuple(self.requirement.row.get("documents", ()))

    @property
    def incidents(self) -> tuple[str, ...]:
        return tuple(self.requirement.row.get("incidents", ()))


@dataclass(frozen=True, slots=True)
class Function:
    """One 機能名称: `number` is 大項目.中項目.機能 as counted here, no official number."""

    number: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Middle:
    """One 中項目."""

    number: str
    title: str
    functions: tuple[Function, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for function in self.functions for row in function.rows)


@dataclass(frozen=True, slots=True)
class Major:
    """One 大項目."""

    number: str
    title: str
    middles: tuple[Middle, ...]


@dataclass(frozen=True, slots=True)
class Business:
    """The functional requirements of one business."""

    slug: str
    number: str  # of the registry of systems, or nothing
    name: str
    majors: tuple[Major, ...]

    @property
    def middles(self) -> tuple[Middle, ...]:
        return tuple(middle for major in self.majors for middle in major.middles)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for middle in self.middles for row in middle.rows)


# the parts behind it ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """An item where it is used: in a document, a list, an input or a result."""

    use: FieldUse
    word: Word


@dataclass(frozen=True, slots=True)
class Document:
    """One 帳票 with its items. A row names it, or has it issued by an operation that it needs."""

    word: Word
    fields: tuple[Field, ...]
    named_by: tuple[str, ...]  # requirements
    result_of: tuple[str, ...]  # operations whose result has it


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The items of one glossary."""

    business: str
    name: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Linkage:
    """The files of one business."""

    business: str
    name: str
    source: str
    layouts: tuple[Layout, ...]


@dataclass(frozen=True, slots=True)
class OperationText:
    """One operation of the connection, its items, and the requirements that need it."""

    operation: Operation
    name: str  # of the business whose glossary has it
    input: tuple[Field, ...]
    result: tuple[Field, ...]
    requirements: tuple[str, ...]
    is_known: bool = True  # False: a frozen edition names it and the glossary of today has it no more


@dataclass(frozen=True, slots=True)
class Article:
    """One article and the requirements that rest on it."""

    basis: LegalBasis
    requirements: tuple[str, ...]

    @property
    def key(self) -> str:
        """Short, and the same in every edition."""
        return hashlib.sha256(f"{self.basis.law}\n{self.basis.article}".encode()).hexdigest()[:10]


@dataclass(frozen=True, slots=True)
class Law:
    """One law with its articles, in the order in which requirements cite them."""

    name: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class EditionText:
    """One edition, and what it changed in the edition before."""

    edition: str
    day: date | None
    note: str
    digest: str
    requirements: tuple[str, ...]
    comparison: Comparison | None  # None: nothing to compare with

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """What became of how many rows."""
        found = self.comparison.counts if self.comparison else {}
        return tuple((kind.label, count) for kind, count in found.items() if count)


@dataclass(frozen=True, slots=True)
class Retired:
    """A number that is not used again."""

    id: str
    business: str
    edition: str
    because: str
    superseded_by: tuple[str, ...]


@dataclass(frozen=True)
class Specification:
    """The document. Every part is there; one without content tells why in `silence`."""

    cover: Cover
    businesses: tuple[Business, ...]
    documents: tuple[Document, ...]
    vocabularies: tuple[Vocabulary, ...]
    linkages: tuple[Linkage, ...]
    roles: tuple[Label, ...]
    reasons: tuple[Label, ...]
    operations: tuple[OperationText, ...]
    laws: tuple[Law, ...]
    defects: tuple[DefectText, ...]
    editions: tuple[EditionText, ...]
    retired: tuple[Retired, ...]
    glossary: Glossary
    left_out: frozenset[str] = frozenset()  # numbers of businesses that are left out
    flows: tuple[FlowBook, ...] = ()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for business in self.businesses for row in business.rows)

    @cached_property
    def known(self) -> Mapping[str, Row]:
        """Rows by number."""
        return {row.id: row for row in self.rows}

    @cached_property
    def scenarios(self) -> tuple[ScenarioText, ...]:
        """Every scenario once, in the order of the rows."""
        return tuple({one.key: one for row in self.rows for one in row.scenarios}.values())

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Key of an operation or an item → what it is called."""
        words = {one.key: one.label for one in self.glossary.words}
        return words | {one.operation.key: one.operation.label for one in self.operations}

    def silence(self, part: Part) -> str:
        """Why a part has no content, or nothing when it has."""
        content: Mapping[Part, Sequence[object]] = {
            Part.FLOWS: self.flows,
            Part.DOCUMENTS: self.documents,
            Part.DATA: self.vocabularies,
            Part.LINKAGE: self.linkages,
            Part.QUALITY: (),
            Part.CONNECTION: self.operations,
            Part.LAWS: self.laws,
            Part.DEFECTS: self.defects,
        }
        return "" if content.get(part, (self.cover,)) else _SILENCES[part]


_SILENCES = {
    Part.FLOWS: "業務フローは収録していません。",
    Part.DOCUMENTS: "用語集に帳票がありません。",
    Part.DATA: "用語集に項目がありません。",
    Part.LINKAGE: "ファイルのレイアウトを収録していません。",
    Part.QUALITY: (
        "性能、可用性、移行、運用などの非機能要件は、この仕様の要件表に章として設けていません。"
        "機能要件の中にある権限、記録、安全管理の要件は、第3章の各業務に示します。"
        "要件がないことは、非機能の定めが要らないことを意味しません。"
    ),
    Part.CONNECTION: "用語集に操作がありません。",
    Part.LAWS: "根拠を示した要件がありません。",
    Part.DEFECTS: "検査に仕込む欠陥は、この仕様の根に収録されていません。",
}


# building --------------------------------------------------------------------------------------------------


def specification(
    edition: Edition,
    catalog: Catalog,
    scenarios: Iterable[ScenarioText] = (),
    defects: Iterable[DefectText] = (),
    editions: Sequence[Edition] = (),
) -> Specification:
    """Gather one edition and what surrounds it.

    `edition` may be limited to some businesses; the others' rows, files and scenarios are then left out, and their
    words as far as nothing needs them. `editions` are the frozen ones, oldest first; none after `edition` is told.
    """
    known = edition.requirements
    cited = tuple(one for one in scenarios if known.keys() & set(one.requirements))
    seeded = tuple(one for one in defects if one.breaks in known)
    told = _told(edition, editions)
    history = _editions(told)
    needed = _needed(edition, catalog, cited)
    names = {slug: row["name"] for slug, row in catalog.systems.items()}
    return Specification(
        cover=_cover(edition, names, told),
        businesses=_businesses(edition, catalog, _rows(known, cited, seeded, history)),
        documents=_documents(known, needed),
        vocabularies=_vocabularies(needed, names),
        linkages=_linkages(catalog.layouts, edition.businesses, names),
        roles=catalog.glossary.roles,
        reasons=catalog.glossary.reasons,
        operations=_operations(known, needed, names),
        laws=_laws(known.values()),
        defects=seeded,
        editions=history,
        retired=tuple(_retired(edition.tables)),
        glossary=needed,
        left_out=frozenset(_numbers(one for one in catalog.tables if one.business not in edition.businesses)),
        flows=tuple(book for book in catalog.flows if book.business in edition.businesses),
    )


def _numbers(tables: Iterable[RequirementTable]) -> Iterator[str]:
    for table in tables:
        yield from (one.id for one in table.requirements)
        yield from table.retired


def _told(edition: Edition, editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions up to the one that is published, with its businesses only, it being the last."""
    before: list[Edition] = []
    for one in editions:
        if one.name == edition.name and one.frozen_on:
            break
        limited = one.limited_to(edition.businesses)
        before += [limited] if limited.tables else []
    return (*before, edition)


def _editions(told: Sequence[Edition]) -> tuple[EditionText, ...]:
    comparisons = [None, *(compare(old, new) if _share(old, new) else None for old, new in pairwise(told))]
    return tuple(
        EditionText(one.name, one.frozen_on, one.note, one.digest, tuple(one.requirements), comparison)
        for one, comparison in zip(told, comparisons, strict=True)
    )


def _share(old: Edition, new: Edition) -> bool:
    return bool(set(old.businesses) & set(new.businesses))


def _cover(edition: Edition, names: Mapping[str, str], told: Sequence[Edition]) -> Cover:
    status = "・".join(dict.fromkeys(_STATUSES.get(one.status, one.status) for one in edition.tables))
    return Cover(
        title=TITLE if status == _STATUSES["published"] else f"{TITLE}（{status}）",
        edition=edition.name,
        day=edition.frozen_on,
        status=status,
        note=edition.note,
        digest=edition.digest,
        sources=tuple(
            Source(
                one.business,
                names.get(one.business, one.business),
                one.edition,
                _STATUSES.get(one.status, one.status),
                one.source,
                len(one.requirements),
            )
            for one in edition.tables
        ),
        caveats=tuple(_caveats(edition, told)),
    )


def _caveats(edition: Edition, told: Sequence[Edition]) -> Iterator[str]:
    """What nobody may take this document for."""
    if any(table.status != "published" for table in edition.tables):
        yield "公表された版ではない表を含みます。省庁が公表した標準仕様書ではなく、その代わりになりません。"
    rows = edition.requirements.values()
    estimated = sum("estimated" in (one.category_source, one.row["effective"]["source"]) for one in rows)
    if estimated:
        yield f"実装区分又は適用日が推定の要件が {estimated} 件あります。公式の要件表とは照合していません。"
    if not any(one.row.get("official_ids") for one in rows):
        yield "要件番号は本標準の体系によるもので、公式の機能IDではありません。"
    if edition.frozen_on:
        yield "要件は凍結した版のもの、シナリオ、用語、レイアウト、欠陥は作成したときのものです。"
    elif len(told) > 1:
        yield f"凍結していない要件表から作りました。最後に凍結した版は {told[-2].label} です。"
    else:
        yield "凍結していない要件表から作りました。"


def _rows(
    known: Mapping[str, Requirement],
    scenarios: Iterable[ScenarioText],
    defects: Iterable[DefectText],
    history: Iterable[EditionText],
) -> dict[str, Row]:
    proven: dict[str, list[ScenarioText]] = defaultdict(list)
    for scenario in scenarios:
        for one in scenario.requirements:
            proven[one].append(scenario)
    broken: dict[str, list[DefectText]] = defaultdict(list)
    for defect in defects:
        broken[defect.breaks].append(defect)
    marks = _marks(history)
    return {
        one: Row(row, tuple(proven.get(one, ())), tuple(broken.get(one, ())), tuple(marks.get(one, ())))
        for one, row in known.items()
    }


def _marks(history: Iterable[EditionText]) -> dict[str, list[Mark]]:
    """What every edition did to every number; an edition that left it alone is not told."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for told in history:
        for change in told.comparison.changes if told.comparison else ():
            if change.kind is not Kind.SAME:
                cells = tuple(TITLES[name] for name in change.cells)
                for one in change.new:
                    marks[one.id].append(Mark(told.edition, told.day, change.kind.label, cells))
    return marks


def _businesses(edition: Edition, catalog: Catalog, rows: Mapping[str, Row]) -> tuple[Business, ...]:
    return tuple(
        Business(
            slug=table.business,
            number=catalog.systems.get(table.business, {}).get("id", ""),
            name=catalog.systems.get(table.business, {}).get("name", table.business),
            majors=tuple(_majors([rows[one.id] for one in table.requirements])),
        )
        for table in edition.tables
    )


def _majors(rows: Sequence[Row]) -> Iterator[Major]:
    for number, (title, inside) in enumerate(_grouped(rows, "major"), start=1):
        yield Major(str(number), title, tuple(_middles(str(number), inside)))


def _middles(above: str, rows: Sequence[Row]) -> Iterator[Middle]:
    for number, (title, inside) in enumerate(_grouped(rows, "middle"), start=1):
        own = f"{above}.{number}"
        functions = enumerate(_grouped(inside, "name"), start=1)
        yield Middle(
            own, title, tuple(Function(f"{own}.{place}", name, tuple(some)) for place, (name, some) in functions)
        )


def _grouped(rows: Sequence[Row], cell: str) -> list[tuple[str, list[Row]]]:
    """Rows by one cell, in the order in which its values first come."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.requirement.row[cell]].append(row)
    return [*groups.items()]


# what the glossary lends -----------------------------------------------------------------------------------


def _needed(edition: Edition, catalog: Catalog, scenarios: Iterable[ScenarioText]) -> Glossary:
    """The glossary without what only businesses that are left out need."""
    whole = catalog.glossary
    others = {table.business for table in catalog.tables} - set(edition.businesses)
    named = {key for one in edition.requirements.values() for key in one.operations}
    named |= {key for one in scenarios for key in one.operations}
    named |= {one.operation for book in catalog.layouts if book.business in edition.businesses for one in book.layouts}
    operations = _closed(named, whole, others)
    papers = {key for one in edition.requirements.values() for key in one.row.get("documents", ())}
    used = {use.word for one in operations for use in (*one.input, *one.result)} | papers
    words = _with_fields(used | {one.key for one in whole.words if one.business not in others}, whole)
    kept = {one.key for one in operations}
    return Glossary(
        words=tuple(one for one in whole.words if one.key in words),
        operations=operations,
        facts=tuple(one for one in whole.facts if one.operation in kept),
        reasons=whole.reasons,
        roles=whole.roles,
    )


def _closed(named: Iterable[str], whole: Glossary, others: Iterable[str]) -> tuple[Operation, ...]:
    """Operations of the businesses kept, those named, and those that supply an item to one of them."""
    left_out = set(others)
    wanted = {*named} | {one.key for one in whole.operations if one.business not in left_out}
    queue = [one for one in wanted if whole.has_operation_key(one)]
    while queue:
        providers = {use.provider for use in whole.operation_of(queue.pop()).input if use.provider} - wanted
        wanted |= providers
        queue += providers
    return tuple(one for one in whole.operations if one.key in wanted)


def _with_fields(keys: Iterable[str], whole: Glossary) -> set[str]:
    found = set[str]()
    queue = [one for one in keys if whole.has_word_key(one)]
    while queue:
        one = queue.pop()
        if one not in found:
            found.add(one)
            queue += [use.word for use in whole.word_of(one).fields]
    return found


def _fields(uses: Iterable[FieldUse], glossary: Glossary) -> tuple[Field, ...]:
    return tuple(Field(use, glossary.word_of(use.word)) for use in uses)


def _documents(known: Mapping[str, Requirement], glossary: Glossary) -> tuple[Document, ...]:
    naming, making = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for one in known.values():
        for key in one.row.get("documents", ()):
            naming[key].append(one.id)
    for operation in glossary.operations:
        for use in operation.result:
            making[use.word].append(operation.key)
    there = [one for one in glossary.words if one.type == "document"]
    gone = [Word(key, key, "document") for key in naming if not glossary.has_word_key(key)]
    return tuple(
        Document(one, _fields(one.fields, glossary), tuple(naming[one.key]), tuple(making[one.key]))
        for one in (*there, *gone)
    )


def _vocabularies(glossary: Glossary, names: Mapping[str, str]) -> tuple[Vocabulary, ...]:
    by_business: dict[str, list[Word]] = defaultdict(list)
    for one in glossary.words:
        by_business[one.business].append(one)
    return tuple(
        Vocabulary(business, names.get(business, SHARED), tuple(words)) for business, words in by_business.items()
    )


def _linkages(books: Iterable[LayoutBook], businesses: Sequence[str], names: Mapping[str, str]) -> tuple[Linkage, ...]:
    found = {one.business: one for one in books}
    return tuple(
        Linkage(one, names.get(one, one), found[one].source, found[one].layouts) for one in businesses if one in found
    )


def _operations(
    known: Mapping[str, Requirement], glossary: Glossary, names: Mapping[str, str]
) -> tuple[OperationText, ...]:
    needing: dict[str, list[str]] = defaultdict(list)
    for one in known.values():
        for key in one.operations:
            needing[key].append(one.id)
    gone = [key for key in needing if not glossary.has_operation_key(key)]
    return (
        *(
            OperationText(
                one,
                names.get(one.business, SHARED),
                _fields(one.input, glossary),
                _fields(one.result, glossary),
                tuple(needing[one.key]),
            )
            for one in glossary.operations
        ),
        *(OperationText(Operation(key, key, "", (), ()), "", (), (), tuple(needing[key]), False) for key in gone),
    )


def content_text(layout: Layout, labels: Mapping[str, str]) -> str:
    """What a file carries, in words."""
    return {INPUT: "入力", RESULT: "結果"}.get(layout.carries) or "の".join(
        labels.get(part, part) for part in layout.carries.split(".")
    )


def _laws(rows: Iterable[Requirement]) -> tuple[Law, ...]:
    resting: dict[str, dict[str, tuple[LegalBasis, list[str]]]] = defaultdict(dict)
    for one in rows:
        for basis in one.legal_basis:
            resting[basis.law].setdefault(basis.article, (basis, []))[1].append(one.id)
    return tuple(
        Law(law, tuple(Article(basis, tuple(dict.fromkeys(ids))) for basis, ids in articles.values()))
        for law, articles in resting.items()
    )


def _retired(tables: Iterable[RequirementTable]) -> Iterator[Retired]:
    for table in tables:
        for one, row in table.retired.items():
            yield Retired(one, table.business, row["edition"], row["because"], tuple(row.get("superseded_by", ())))

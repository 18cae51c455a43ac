"""The specification as it is read from the first page to the last: headings, paragraphs, tables, pictures.

PDF and Word document are set from these blocks; neither knows what it sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kijun.model.flow import FlowBook, NodeKind, Process
from kijun.model.layout import Item, Layout
from kijun.model.plan import DataTable
from kijun.model.requirement import Obligation
from kijun.model.scenario_text import ScenarioText
from kijun.publishing.cells import TITLES, cell_text, obligation_text, use_text, word_type
from kijun.publishing.specification import (
    Business,
    Document,
    EditionText,
    Field,
    Function,
    OperationText,
    Part,
    Row,
    Specification,
    Vocabulary,
    content_text,
)

ITEM_AND_VALUE: Final = ("項目", "値")
_NONE: Final = "（なし）"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of depth 1 (a part) to 5 (a function)."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a caveat stands in a frame."""

    text: str
    is_framed: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """A line of a cell that stands out; `anchor` makes it a place that numbers lead to."""

    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers of requirements, which lead to them where they are in the document."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A small table inside a cell, its first row being its head."""

    rows: tuple[tuple[str, ...], ...]


CellPart = str | Strong | Numbers | Grid
Cell = str | Sequence[CellPart]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that fills the width of the page; `widths` are shares of it."""

    widths: tuple[int, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a flow."""

    process: Process


Block = Heading | Paragraph | Table | Picture


def heading_of(part: Part) -> str:
    """What stands above a part: its number and its name."""
    return f"{part.number}　{part.label}" if part.is_annex else f"第{part.number}章　{part.label}"


def control(document: Specification) -> Table:
    """The document control of the cover."""
    cover = document.cover
    rows = [
        ("版", cover.label),
        ("凍結した日", cover.day.isoformat() if cover.day else "凍結していない"),
        ("位置付け", cover.status),
        ("業務", "、".join(one.name for one in document.businesses)),
        ("要件", f"{len(document.rows)} 件"),
        ("シナリオ", f"{len(document.scenarios)} 件（{sum(one.cases for one in document.scenarios)} 件の検査）"),
    ]
    rows += [("版の説明", cover.note)] if cover.note else []
    rows += [("内容の SHA-256", cover.digest)] if cover.digest else []
    return Table((22, 78), ("文書の管理", "内容"), tuple(rows))


def blocks(document: Specification) -> Iterator[Block]:
    """Everything behind the contents, part by part."""
    for part in Part:
        yield from blocks_of(part, document)


def blocks_of(part: Part, document: Specification) -> Iterator[Block]:
    """One part, its heading first."""
    yield Heading(1, heading_of(part))
    if silence := document.silence(part):
        yield Paragraph(silence)
    yield from _PARTS[part](document)


# chapters -------------------------------------------------------------------------------------------------


def _about(document: Specification) -> Iterator[Block]:
    yield Paragraph(
        "業務ごとの要件を、それを確かめるシナリオ、根拠、操作、帳票とともに示します。"
        "要件は一つの文で一つのことを求め、満たしていないと示せる形で書いています。"
    )
    for words in document.cover.caveats:
        yield Paragraph(words, is_framed=True)
    yield Heading(2, "要件表の出所")
    sources = ((one.name, one.edition, one.status, str(one.requirements), one.source) for one in document.cover.sources)
    yield Table((18, 12, 10, 8, 52), ("業務", "表の版", "位置付け", "要件", "作成の経緯と確からしさ"), tuple(sources))
    yield Heading(2, "読み方")
    meanings = [(one.symbol or "－", one.label) for one in Obligation]
    meanings += [
        ("推定", "公式の要件表と照合していない実装区分又は日付です。"),
        ("シナリオ", "要件を確かめる手順です。前提、もし（行うこと）、ならば（確かめること）の順に読みます。"),
        ("例", "シナリオの〈　〉に入る値です。一行が一件の検査です。"),
        ("欠陥", "検査が働くことを示すため、参照システムにわざと入れる誤りです。"),
    ]
    yield Table((18, 82), ("記号・語", "意味"), tuple(meanings))


def _flows(document: Specification) -> Iterator[Block]:
    for book in document.flows:
        yield from _flow_book(book, document)


def _flow_book(book: FlowBook, document: Specification) -> Iterator[Block]:
    yield Heading(2, next((one.name for one in document.businesses if one.slug == book.business), book.business))
    yield Paragraph(book.source, is_framed=True)
    for process in book.processes:
        yield Heading(3, process.title)
        yield Paragraph(process.purpose)
        yield Picture(process)
        tasks = [node for node in process.nodes if node.kind is NodeKind.TASK]
        yield Table(
            (16, 30, 27, 27),
            ("担当", "作業", "操作", "要件"),
            tuple(
                (
                    process.lane_of(node).title,
                    node.title,
                    _labels(node.operations, document.labels),
                    (Numbers(node.requirements),),
                )
                for node in tasks
            ),
        )


def _functions(document: Specification) -> Iterator[Block]:
    for business in document.businesses:
        yield from _business(business, document)


def _business(business: Business, document: Specification) -> Iterator[Block]:
    yield Heading(2, business.name)
    for major in business.majors:
        yield Heading(3, f"{major.number}　{major.title}")
        for middle in major.middles:
            yield Heading(4, f"{middle.number}　{middle.title}")
            for function in middle.functions:
                yield Heading(5, f"{function.number}　{function.name}")
                yield _function(function, document.labels)


def _function(function: Function, labels: Mapping[str, str]) -> Table:
    """A requirement left, what checks it right."""
    rows = ((tuple(_told(row, labels)), tuple(_checked(row))) for row in function.rows)
    return Table((42, 58), ("要件", "確かめるシナリオ"), tuple(rows))


def _told(row: Row, labels: Mapping[str, str]) -> Iterator[CellPart]:
    one = row.requirement
    yield Strong(row.id, anchor=row.id)
    yield one.text
    lines = [obligation_text(one)]
    for name in ("rationale", "legal_basis", "verification", "operations", "documents", "incidents", "official_ids"):
        if one.row.get(name):
            lines.append(f"【{TITLES[name]}】{cell_text(one, name, labels)}")
    if row.defects:
        lines.append(f"【欠陥】{'、'.join(defect.name for defect in row.defects)}")
    lines += [f"【改定】{_mark(edition.edition, edition.kind, edition.cells)}" for edition in row.editions]
    yield "\n".join(lines)


def _mark(edition: str, kind: str, cells: Sequence[str]) -> str:
    return f"{edition}版 {kind}" + (f"（{'、'.join(cells)}）" if cells else "")


def _checked(row: Row) -> Iterator[CellPart]:
    for one in row.scenarios:
        yield from _scenario(one)
    if not row.scenarios:
        yield f"シナリオはありません。検査方法は{row.requirement.method.label}です。"


def _scenario(one: ScenarioText) -> Iterator[CellPart]:
    """A scenario as it is read aloud, and what may stand in its brackets."""
    yield Strong(f"■ {one.name}")
    lines: list[str] = []
    for step in one.steps:
        lines.append(f"{step.keyword.strip()}　{step.text}")
        if step.table and _reads_as_line(step.table):
            lines.append(f"　　{_line(step.table)}")
        elif step.table:
            yield "\n".join(lines)
            yield _grid(step.table)
            lines = []
    if lines:
        yield "\n".join(lines)
    for examples in one.examples:
        yield f"例　{examples.name}".rstrip()
        yield _grid(examples.table)


def _reads_as_line(table: DataTable) -> bool:
    """Whether a table is one thing with its items: a line of them is read faster than a table."""
    return table.headings == ITEM_AND_VALUE or len(table.rows) == 1


def _line(table: DataTable) -> str:
    pairs = table.rows if table.headings == ITEM_AND_VALUE else zip(table.headings, table.rows[0], strict=False)
    return "、".join(f"{name}「{value}」" if value else f"{name}（空）" for name, value in pairs)


def _grid(table: DataTable) -> Grid:
    return Grid((table.headings, *table.rows))


def _documents(document: Specification) -> Iterator[Block]:
    for one in document.documents:
        yield Heading(2, one.word.label)
        yield from _document(one, document)


def _document(one: Document, document: Specification) -> Iterator[Block]:
    makers = _labels(one.result_of, document.labels) or _NONE
    named: Cell = (Numbers(one.named_by),) if one.named_by else _NONE
    yield Table((22, 78), ("帳票", "内容"), (("キー", one.word.key), ("作成する操作", makers), ("要件", named)))
    if one.fields:
        yield _fields(one.fields, document.labels)


def _fields(fields: Iterable[Field], labels: Mapping[str, str]) -> Table:
    rows = ((one.word.label, one.word.key, word_type(one.word), use_text(one.use, labels)) for one in fields)
    return Table((28, 30, 18, 24), ("項目", "キー", "型", "使い方"), tuple(rows))


def _data(document: Specification) -> Iterator[Block]:
    for vocabulary in document.vocabularies:
        yield Heading(2, vocabulary.name)
        yield _words(vocabulary, document.labels)


def _words(vocabulary: Vocabulary, labels: Mapping[str, str]) -> Table:
    rows = tuple(
        (
            one.label,
            one.key,
            word_type(one),
            "、".join(f"{label}（{key}）" for label, key in one.codes.items())
            or _labels([use.word for use in one.fields], labels),
        )
        for one in vocabulary.words
    )
    return Table((22, 30, 14, 34), ("項目", "キー", "型", "コード・構成"), rows)


def _linkages(document: Specification) -> Iterator[Block]:
    for linkage in document.linkages:
        yield Heading(2, linkage.name)
        yield Paragraph(linkage.source, is_framed=True)
        yield Paragraph("項目は並ぶ順に、必須でないものは〔　〕に入れて示します。括弧の中は字類と文字数です。")
        rows = tuple(_layout(one, document.labels) for one in linkage.layouts)
        yield Table((30, 70), ("ファイル", "項目"), rows)


def _layout(layout: Layout, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    content = f"{labels.get(layout.operation, layout.operation)}の{content_text(layout, labels)}"
    return (Strong(layout.title), content), "、".join(map(_item, layout.items))


def _item(one: Item) -> str:
    length = f"{one.length} 文字" if one.length is not None else ""
    form = " ".join(filter(None, (one.char_class, length)))
    told = one.name + (f"（{form}）" if form else "")
    return told if one.required else f"〔{told}〕"


def _quality(_: Specification) -> Iterator[Block]:
    yield from ()


def _terms(document: Specification) -> Iterator[Block]:
    for title, entries in (("役割", document.roles), ("拒否の理由", document.reasons)):
        if entries:
            yield Heading(2, title)
            yield Table((50, 50), ("語", "キー"), tuple((one.label, one.key) for one in entries))
    for vocabulary in document.vocabularies:
        told = [one for one in vocabulary.words if one.note]
        if told:
            yield Heading(2, f"{vocabulary.name}の語")
            rows = ((one.label, one.note + (f"（出典: {one.source}）" if one.source else "")) for one in told)
            yield Table((30, 70), ("語", "意味"), tuple(rows))


# annexes --------------------------------------------------------------------------------------------------


def _connection(document: Specification) -> Iterator[Block]:
    yield Paragraph(
        "操作は、要件を確かめるために製品へ求める一つの処理です。項目は第5章、結果の帳票は第4章にあります。"
    )
    by_name: dict[str, list[OperationText]] = {}
    for one in document.operations:
        by_name.setdefault(one.name or "今の用語集にない操作", []).append(one)
    for name, operations in by_name.items():
        yield Heading(2, name)
        rows = tuple(_operation(one, document.labels) for one in operations)
        yield Table((30, 24, 20, 26), ("操作", "入力", "結果", "要件"), rows)


def _operation(one: OperationText, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    kind = "持ってはならない機能" if one.operation.prohibited else "照会" if one.operation.is_query else "更新"
    told: Cell = (Strong(one.operation.label), one.operation.key, kind)
    return told, _uses(one.input, labels), _uses(one.result, labels), (Numbers(one.requirements),)


def _uses(fields: Iterable[Field], labels: Mapping[str, str]) -> str:
    told = ((one.word.label, use_text(one.use, labels)) for one in fields)
    return "、".join(f"{label}（{use}）" if use else label for label, use in told) or _NONE


def _laws(document: Specification) -> Iterator[Block]:
    for law in document.laws:
        yield Heading(2, law.name)
        rows = tuple((_article(one.basis.article, one.basis.url), (Numbers(one.requirements),)) for one in law.articles)
        yield Table((45, 55), ("条項", "要件"), rows)


def _article(article: str, url: str) -> Cell:
    return (article, url) if url else article


def _defects(document: Specification) -> Iterator[Block]:
    if not document.defects:
        return
    yield Paragraph("参照システムにわざと入れる誤りと、それに気付かなければならない要件です。")
    for business in document.businesses:
        own = {row.id for row in business.rows}
        found = [one for one in document.defects if one.breaks in own]
        if found:
            yield Heading(2, business.name)
            rows = ((one.name, one.summary, (Numbers((one.breaks,)),), one.incident) for one in found)
            yield Table((30, 44, 15, 11), ("欠陥", "内容", "要件", "公表事故"), tuple(rows))


def _history(document: Specification) -> Iterator[Block]:
    rows = ((_edition(one), one.note, str(len(one.requirements)), _counts(one)) for one in document.editions)
    yield Table((24, 36, 10, 30), ("版", "説明", "要件", "前の版からの変更"), tuple(rows))
    if document.retired:
        yield Heading(2, "使わない要件番号")
        gone = tuple((one.id, one.edition, one.because, (Numbers(one.superseded_by),)) for one in document.retired)
        yield Table((18, 14, 44, 24), ("要件番号", "版", "理由", "引き継ぐ要件"), gone)


def _edition(one: EditionText) -> str:
    return f"{one.edition}版（{one.day.isoformat()}）" if one.day else one.edition


def _counts(one: EditionText) -> str:
    return "、".join(f"{kind} {count} 件" for kind, count in one.counts) or _NONE


def _labels(keys: Iterable[str], labels: Mapping[str, str]) -> str:
    return "、".join(labels.get(key, key) for key in keys)


_PARTS = {
    Part.ABOUT: _about,
    Part.FLOWS: _flows,
    Part.FUNCTIONS: _functions,
    Part.DOCUMENTS: _documents,
    Part.DATA: _data,
    Part.LINKAGE: _linkages,
    Part.QUALITY: _quality,
    Part.TERMS: _terms,
    Part.CONNECTION: _connection,
    Part.LAWS: _laws,
    Part.DEFECTS: _defects,
    Part.HISTORY: _history,
}

"""The specification as a workbook in the columns of a 機能要件表, with documents, items, files, flows and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kijun.press.legible import unhidden
from kijun.press.workbook import Cell, Column, Workbook
from kijun.publishing import requirement_sheet
from kijun.publishing.cells import use_text, word_type
from kijun.publishing.specification import Business, Field, Linkage, Row, Specification, content_text

_CHECKS = "検査"
_CHECKED = (
    Column("シナリオ", 40, _CHECKS),
    Column("検査の件数", 7, _CHECKS),
    Column("欠陥", 20, _CHECKS),
    Column("帳票", 16, _CHECKS),
)
_DOCUMENTS = (
    Column("帳票", 24),
    Column("キー", 24),
    Column("帳票ID", 9),
    Column("印字する項目", 60),
    Column("作成する操作", 30),
    Column("要件", 40),
)
_ITEMS = (
    Column("業務", 16),
    Column("項目", 24),
    Column("キー", 28),
    Column("型", 14),
    Column("コード・構成", 60),
    Column("説明", 40),
)
_FILES = (
    Column("業務", 14),
    Column("ファイル", 36),
    Column("内容", 36),
    Column("順", 5),
    Column("見出し", 24),
    Column("項目", 24),
    Column("必須", 6, centred=True),
    Column("字類", 12),
    Column("文字数", 8),
)
_OPERATIONS = (
    Column("操作", 26),
    Column("キー", 28),
    Column("種類", 8),
    Column("入力", 50),
    Column("結果", 50),
    Column("要件", 40),
)
_FLOWS = (
    Column("業務", 14),
    Column("業務フロー", 30),
    Column("担当", 14),
    Column("作業", 36),
    Column("操作", 36),
    Column("要件", 40),
)
_DEFECTS = (Column("欠陥", 28), Column("内容", 60), Column("要件", 16), Column("公表事故", 10))
_HISTORY = (Column("版", 26), Column("説明", 60), Column("要件", 8), Column("前の版からの変更", 40))
_LEGEND = (Column("記号・列", 24), Column("意味", 90))
_MEANINGS = (
    ("◎", "実装必須機能です。"),
    ("○", "標準オプション機能です。"),
    ("×", "実装不可機能です。"),
    ("空欄", "この団体区分には規定がありません。"),
    ("本表の要件番号", "この要件表が付けた番号です。公式の機能ID ではありません。"),
    ("機能ID、帳票ID", "公式の表で確かめた番号だけを入れます。確かめていないものは空欄です。"),
    ("適合基準日、区分の出所", "「案」「推定」とあるものは、公式の表と照らし合わせていません。"),
)


def render(document: Specification) -> bytes:
    """specification.xlsx. Every cell is text or a number: nothing in it is ever taken for a formula."""
    cover = document.cover
    book = Workbook(cover.title, (cover.title, cover.label, cover.status))
    _summary(book, document)
    for business in document.businesses:
        columns = (*requirement_sheet.columns(), *_CHECKED)
        book.add_table(business.name, columns, _requirements(business, document))
    for name, columns, rows in (
        ("帳票要件", _DOCUMENTS, _documents(document)),
        ("データ要件", _ITEMS, _items(document)),
        ("連携要件", _FILES, _files(document)),
        ("業務フロー", _FLOWS, _flows(document)),
        ("操作", _OPERATIONS, _operations(document)),
        ("欠陥", _DEFECTS, _defects(document)),
        ("改定履歴", _HISTORY, _history(document)),
        ("凡例", _LEGEND, _MEANINGS),
    ):
        book.add_table(name, columns, ([_shown(cell) for cell in row] for row in rows))
    return book.finish()


def _shown(cell: Cell) -> Cell:
    return unhidden(cell) if isinstance(cell, str) else cell


def _summary(book: Workbook, document: Specification) -> None:
    cover = document.cover
    rows = [("版", cover.label), ("位置付け", cover.status), ("説明", cover.note), ("内容の SHA-256", cover.digest)]
    rows += [("注意", caveat) for caveat in cover.caveats]
    rows += [(f"出所 {one.name}", f"{one.edition}版（{one.status}）: {one.source}") for one in cover.sources]
    counts = [("業務", "要件"), *((one.name, str(len(one.rows))) for one in document.businesses)]
    book.add_summary("概要", unhidden(cover.title), [(label, unhidden(text)) for label, text in rows if text], counts)


def _requirements(business: Business, document: Specification) -> Iterator[list[Cell]]:
    labels = document.labels
    for row in business.rows:
        yield [*map(_shown, requirement_sheet.cells(row.requirement)), *map(_shown, _checked(row, labels))]


def _checked(row: Row, labels: Mapping[str, str]) -> Iterator[Cell]:
    yield "\n".join(one.name for one in row.scenarios)
    yield sum(one.cases for one in row.scenarios)
    yield "\n".join(f"{one.name} {one.summary}" for one in row.defects)
    yield _labels(row.documents, labels)


def _documents(document: Specification) -> Iterator[list[Cell]]:
    for one in document.documents:
        fields = "、".join(field.word.label for field in one.fields)
        makers = _labels(one.result_of, document.labels)
        yield [one.word.label, one.word.key, "", fields, makers, "、".join(one.named_by)]


def _items(document: Specification) -> Iterator[list[Cell]]:
    for vocabulary in document.vocabularies:
        for one in vocabulary.words:
            codes = "、".join(f"{label}（{key}）" for label, key in one.codes.items())
            content = codes or _labels((use.word for use in one.fields), document.labels)
            yield [vocabulary.name, one.label, one.key, word_type(one), content, one.note]


def _files(document: Specification) -> Iterator[list[Cell]]:
    for linkage in document.linkages:
        yield from _layouts(linkage, document.labels)


def _layouts(linkage: Linkage, labels: Mapping[str, str]) -> Iterator[list[Cell]]:
    for layout in linkage.layouts:
        content = f"{labels.get(layout.operation, layout.operation)}の{content_text(layout, labels)}"
        for number, one in enumerate(layout.items, start=1):
            length: Cell = one.length if one.length is not None else ""
            needed = "○" if one.required else ""
            yield [linkage.name, layout.title, content, number, one.name, one.word, needed, one.char_class, length]


def _flows(document: Specification) -> Iterator[list[Cell]]:
    names = {one.slug: one.name for one in document.businesses}
    for book in document.flows:
        for process in book.processes:
            for node in process.nodes:
                lane, operations = process.lane_of(node).title, _labels(node.operations, document.labels)
                row = [names[book.business], process.title, lane, node.title, operations, "、".join(node.requirements)]
                yield [*row]


def _operations(document: Specification) -> Iterator[list[Cell]]:
    for one in document.operations:
        kind = "不可" if one.operation.prohibited else "照会" if one.operation.is_query else "更新"
        uses = [_uses(fields, document.labels) for fields in (one.input, one.result)]
        yield [one.operation.label, one.operation.key, kind, *uses, "、".join(one.requirements)]


def _uses(fields: Iterable[Field], labels: Mapping[str, str]) -> str:
    told = ((one.word.label, use_text(one.use, labels)) for one in fields)
    return "、".join(f"{label}（{use}）" if use else label for label, use in told)


def _defects(document: Specification) -> Iterator[list[Cell]]:
    for one in document.defects:
        yield [one.name, one.summary, one.breaks, one.incident]


def _history(document: Specification) -> Iterator[list[Cell]]:
    for one in document.editions:
        name = f"{one.edition}版（{one.day.isoformat()}）" if one.day else one.edition
        yield [name, one.note, len(one.requirements), "、".join(f"{kind} {count} 件" for kind, count in one.counts)]


def _labels(keys: Iterable[str], labels: Mapping[str, str]) -> str:
    return "、".join(labels.get(key, key) for key in keys)

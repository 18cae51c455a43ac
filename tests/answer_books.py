"""Answer books as bidders hand them in, made here, and the way from a book to a bid as a person walks it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import xlsxwriter
from edition_rows import row, table

from kijun.catalog.answer_mapping import AnswerMapping, as_record, read_answer_mapping
from kijun.catalog.import_columns import read_column_words
from kijun.catalog.root import shipped_root
from kijun.catalog.yaml_writer import as_yaml
from kijun.model.bid import AnswerStatus
from kijun.model.requirement import Obligation
from kijun.procurement.answers.opening import open_book
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.proposal import proposed
from kijun.procurement.answers.reading import Reading, read_answers

HEAD = ("機能ID", "機能要件", "回答", "費用（千円）", "対応予定時期", "備考")
THINGS = ("如雨露", "腐葉土", "支柱", "肥料", "温室", "剪定", "植替え", "害虫", "種子", "球根", "収穫", "挿し木")
TEXTS = tuple(f"{thing}の記録を{number}年間保存し、一覧で照会できること。" for number, thing in enumerate(THINGS, 1))
IDS = tuple(f"999-1.1.1-{number:02}" for number in range(1, len(TEXTS) + 1))
OFFICIAL = tuple(f"0990{number:03}" for number in range(1, len(TEXTS) + 1))
WORDS = read_column_words(shipped_root())
S = AnswerStatus


def pots(count: int = len(TEXTS)) -> Index:
    """The first rows of a made-up table, all mandatory."""
    rows = [row(one[-2:], text, official_ids=[number]) for one, text, number in zip(IDS, TEXTS, OFFICIAL, strict=True)]
    return Index([table(rows[:count])])


def line(place: int, answer: Any = "◎", cost: Any = "", due: Any = "", remarks: Any = "") -> list[Any]:
    """The row of an answer book for the requirement at `place`."""
    return [OFFICIAL[place], TEXTS[place], answer, cost, due, remarks]


def book(
    path: Path, rows: Sequence[Sequence[Any]], sheet: str = "回答", then: Callable[[Any, Any], None] | None = None
) -> Path:
    """A workbook with these rows from A1; `then` does the rest to book and sheet."""
    made = xlsxwriter.Workbook(path)
    page = made.add_worksheet(sheet)
    for at, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(at, place, cell)
            elif cell is not None:
                page.write_number(at, place, cell)
    if then:
        then(made, page)
    made.close()
    return path


def answered(path: Path, *rows: Sequence[Any], then: Callable[[Any, Any], None] | None = None) -> Path:
    return book(path, [HEAD, *rows], then=then)


def patched(path: Path, part: str, old: str, new: str) -> Path:
    """The same workbook, one piece of one part written anew."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part], f"{old!r} is not in {part}"
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def open_document(path: Path, rows: Sequence[Sequence[str]], extra: str = "") -> Path:
    """An .ods by hand; `extra` is the XML of more rows."""
    lines = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{one}</text:p></table:table-cell>'
            if one
            else "<table:table-cell/>"
            for one in cells
        )
        + "</table:table-row>"
        for cells in rows
    )
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="回答">{lines}{extra}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


@dataclass(frozen=True)
class Read:
    """A book, what was proposed for it, and what came of it."""

    mapping: AnswerMapping
    reading: Reading

    def status(self, place: int) -> AnswerStatus:
        return self.reading.bid.answer(IDS[place]).status

    @property
    def rows(self) -> int:
        return len(self.reading.bid.answers) + len(self.reading.bid.unplaced)


def confirmed(path: Path, mapping: AnswerMapping, legend: Mapping[str, AnswerStatus]) -> AnswerMapping:
    """The mapping as a person hands it back: through its file, codes decided, what stays open to be asked about."""
    codes = tuple(replace(one, status=legend.get(one.code, one.status) or S.UNANSWERED) for one in mapping.legend)
    decided = replace(mapping, is_confirmed=True, bidder=mapping.bidder or "架空園", legend=codes)
    path.write_bytes(as_yaml(as_record(decided)))
    return read_answer_mapping(path)


def read(path: Path, legend: Mapping[str, AnswerStatus] | None = None, index: Index | None = None) -> Read:
    """Open, propose, confirm, read. Raises ConfigurationError."""
    index = index or pots()
    opened = open_book(path)
    mapping = proposed(opened, WORDS, index, "架空園", "鉢", "1")
    decided = confirmed(path.with_name(f"{path.name}.mapping.yaml"), mapping, legend or {})
    return Read(mapping, read_answers(str(path), opened, decided, WORDS, index, lambda _: Obligation.MANDATORY))


def in_code(done: Read, *, with_remarks: bool) -> list[tuple[object, ...]]:
    """What the answers of a reading mean, without where they stand."""
    return [
        (
            one.requirement,
            one.status,
            one.cost.yen if one.cost else None,
            one.due.last_day if one.due else None,
            one.remarks if with_remarks else "",
        )
        for one in done.reading.bid.answers.values()
    ]

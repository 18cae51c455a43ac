"""A count as a workbook: numbers first, then rows, classes, the dialogue, and everything that needs a hand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from kijun.model.requirement import MunicipalityClass
from kijun.press.legible import unhidden
from kijun.press.workbook import Cell, Column, Workbook
from kijun.publishing.inquiry import asked
from kijun.publishing.inquiry.asked import full_name
from kijun.publishing.inquiry.counting import TOP, Count, RowCount
from kijun.publishing.inquiry.outliers import RULES, odd_bodies, odd_rows
from kijun.publishing.inquiry.replies import UNCLEAR
from kijun.publishing.inquiry.wording import (
    NO_CODE,
    TITLE,
    body_name,
    body_names,
    duplicate_text,
    odd_body_text,
    odd_row_text,
    opinion_code,
    overview,
    percent,
    top_texts,
    turnout,
)

MOST_LINES: Final = 100_000  # of the dialogue in the workbook; a spreadsheet program opens no more with ease
_ROW: Final = (Column("要件番号", 17), Column("機能", 30), Column("要件", 50))


def render(count: Count) -> bytes:
    """inquiry.xlsx. Words of the bodies are text, never formulas; what cannot be seen stands as its code."""
    book = Workbook(TITLE, (count.inquiry.edition.label, TITLE, ""))
    _summary(book, count)
    _rows(book, count)
    _classes(book, count)
    _dialogue(book, count)
    _outliers(book, count)
    _trouble(book, count)
    return book.finish()


def _summary(book: Workbook, count: Count) -> None:
    rows = [*overview(count), *(("注意", one) for one in asked.caveats(count.inquiry.edition))]
    rows += [("外れの決め方", one) for one in RULES]
    table = [("団体区分", "照会", "回答", "割合")]
    table += [(label, str(all_of), str(some), percent(some, all_of)) for label, all_of, some in turnout(count)]
    book.add_summary("概要", TITLE, rows, table)


def _rows(book: Workbook, count: Count) -> None:
    codes = count.inquiry.codes
    columns = (
        *_ROW,
        Column("回答", 8, "団体"),
        Column("意見あり", 8, "団体"),
        Column("割合", 9, "団体"),
        *(Column(f"論点 {place + 1}", 30, "多い意見") for place in range(TOP)),
        *(Column(one.shown, 11, "回答した団体") for one in codes.codes),
        Column(NO_CODE, 8, "回答した団体"),
    )
    book.add_table("要件別", columns, (_row(count, row) for row in count.rows))


def _start(count: Count, row: RowCount) -> tuple[str, str, str]:
    return row.requirement.id, count.inquiry.place(row.requirement), row.requirement.text


def _row(count: Count, row: RowCount) -> tuple[Cell, ...]:
    codes, counts, answered = count.inquiry.codes, row.counts(), row.answered()
    opinions = row.opinions(codes.agreement.code)
    top = [*top_texts(count, row), *[""] * TOP][:TOP]
    numbers = [counts[one.code] for one in codes.codes]
    return (*_start(count, row), answered, opinions, percent(opinions, answered), *top, *numbers, counts[UNCLEAR])


def _classes(book: Workbook, count: Count) -> None:
    codes = count.inquiry.codes.codes
    columns = [*_ROW]
    for kind in MunicipalityClass:
        group = f"{kind.label}（回答 {count.answering(kind)} 団体）"
        columns += [Column("回答", 8, group), Column("意見の割合", 9, group)]
        columns += [Column(one.shown, 11, group) for one in codes] + [Column(NO_CODE, 8, group)]
    book.add_table("団体区分別", columns, (_class_row(count, row) for row in count.rows))


def _class_row(count: Count, row: RowCount) -> tuple[Cell, ...]:
    codes = count.inquiry.codes
    cells: list[Cell] = [*_start(count, row)]
    for kind in MunicipalityClass:
        counts, answered = row.counts(kind), row.answered(kind)
        cells += [answered, percent(row.opinions(codes.agreement.code, kind), answered)]
        cells += [*(counts[one.code] for one in codes.codes), counts[UNCLEAR]]
    return tuple(cells)


def _dialogue(book: Workbook, count: Count) -> None:
    """The words of the bodies with two empty columns, in which whoever asked answers."""
    columns = (
        Column("要件番号など", 20),
        Column("機能", 28),
        Column("回答", 16),
        Column(f"{asked.OPINION}（原文）", 50),
        Column(f"{asked.PROPOSAL}（原文）", 50),
        Column("団体数", 8),
        Column("団体", 36),
        Column("対応", 14, "照会した側が書く"),
        Column("考え方", 40, "照会した側が書く"),
    )
    book.add_table("対話記録", columns, islice(_dialogue_rows(count), MOST_LINES))
    if len(count.opinions) > MOST_LINES:
        told = f"{len(count.opinions):,} 行のうち初めの {MOST_LINES:,} 行です。全文は inquiry.json にあります。"
        book.add_table("対話記録の続き", (Column("注意", 100),), [(told,)])


def _dialogue_rows(count: Count) -> Iterator[tuple[Cell, ...]]:
    known = count.inquiry.requirements
    for one in count.opinions:
        name = count.inquiry.place(known[one.row]) if one.row in known else ""
        words = (unhidden(one.row), name, opinion_code(count, one), unhidden(one.opinion), unhidden(one.proposal))
        yield (*words, len(one.bodies), unhidden(body_names(count, one.bodies)), "", "")


def _outliers(book: Workbook, count: Count) -> None:
    columns = (Column("種類", 12), Column("団体・要件", 34), Column("どう外れているか", 100))
    rows: list[tuple[Cell, ...]] = [
        ("団体", body_name(count, one.body), odd_body_text(one)) for one in odd_bodies(count)
    ]
    for two in odd_rows(count):
        name = count.inquiry.requirements[two.row].name
        rows.append(("団体区分" if two.kind else "要件", f"{two.row} {name}", odd_row_text(two)))
    book.add_table("外れ", columns, rows)


def _trouble(book: Workbook, count: Count) -> None:
    file, reason, hint = Column("ファイル", 44), Column("理由", 60), Column("次にすること", 60)
    rows = [(unhidden(one.file), one.reason, one.hint) for one in count.unreadable]
    book.add_table("読めないファイル", (file, reason, hint), rows)
    doubles = [
        (body_name(count, one.body), unhidden("\n".join(one.files)), duplicate_text(one)) for one in count.duplicates
    ]
    book.add_table("重複", (Column("団体", 30), file, Column("扱い", 80)), doubles)
    unknown = [(unhidden(one.file), unhidden(one.stated), one.reason, one.hint) for one in count.uncounted]
    book.add_table("団体が決まらない", (file, Column("記入", 24), reason, hint), unknown)
    joint = [(unhidden(one.file), len(one.bodies), body_names(count, one.bodies)) for one in count.joint]
    book.add_table("取りまとめ", (file, Column("団体数", 8), Column("団体", 90)), joint)
    notes = [(unhidden(name), unhidden(note.place), unhidden(note.message)) for name, note in count.notes]
    book.add_table("気付いた点", (file, Column("場所", 40), Column("内容", 90)), notes)
    passed = [(unhidden(one.file), one.reason) for one in count.passed_over]
    book.add_table("見なかったファイル", (file, reason), passed)
    bodies = [(one, count.inquiry.bodies[one]) for one in count.silent]
    silent = [(code, full_name(body), body.kind.label) for code, body in bodies]
    columns = (Column("団体コード", 14), Column("団体名", 36), Column("団体区分", 14))
    book.add_table("回答のない団体", columns, silent)

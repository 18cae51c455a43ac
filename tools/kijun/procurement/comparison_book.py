"""The comparison as a workbook: what differs first, then claims against evidence, sums and days, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from kijun.press.legible import unhidden
from kijun.press.workbook import Cell as Written
from kijun.press.workbook import Column as Heading
from kijun.press.workbook import Workbook
from kijun.procurement.cells import (
    claim_text,
    due_text,
    evidence_line,
    questions_text,
    reviewed_text,
    standing_text,
    summary_rows,
    verified_text,
)
from kijun.procurement.comparison import Cell, Column, Comparison, Row, cost_text
from kijun.procurement.veil import Veil

_Line = tuple[Written, ...]
_ROW = (
    Heading("要件番号", 16),
    Heading("なぜ見るか", 14),
    Heading("実装区分", 12),
    Heading("要件", 36),
)
_EVIDENCE = (
    Heading("食い違い", 8, centred=True),
    Heading("事業者", 10),
    Heading("要件番号", 16),
    Heading("要件", 40),
    Heading("答え（言い分）", 26),
    Heading("検証（実行の結果）", 28),
    Heading("確認（団体）", 28),
    Heading("実行した日からの日数", 14),
    Heading("要件表の版", 12),
    Heading("製品の版", 14),
    Heading("記録の確からしさ", 26),
)
_COSTS = (
    Heading("事業者", 10),
    Heading("要件番号", 16),
    Heading("要件", 40),
    Heading("答え", 22),
    Heading("費用", 18),
    Heading("費用のセル", 16),
    Heading("期日", 20),
    Heading("期日のセル", 16),
    Heading("備考", 40),
    Heading("場所", 16),
)


def render(comparison: Comparison, veil: Veil) -> bytes:
    """comparison.xlsx."""
    tender = comparison.tender
    book = Workbook(f"回答の比較 {tender.title}", ("回答の比較", tender.title, tender.profile.municipality.name))
    book.add_summary("概要", f"回答の比較　{tender.title}", _summary(comparison, veil), _counts(comparison, veil))
    book.add_table("違いから順に", _headings(comparison), (_line(row, veil) for row in comparison.rows))
    book.add_table("言い分と証拠", _EVIDENCE, _claims(comparison, veil))
    book.add_table("費用と期日", _COSTS, _costs(comparison, veil))
    book.add_table("免除", [Heading("事業者", 10), Heading("要件番号", 16), Heading("内容", 100)], _waivers(comparison))
    titles = [Heading("事業者", 10), Heading("場所", 20), Heading("行", 60), Heading("理由", 50)]
    book.add_table("結び付かない行", titles, _unplaced(comparison, veil))
    return book.finish()


def _summary(comparison: Comparison, veil: Veil) -> Iterator[tuple[str, str]]:
    tender = comparison.tender
    yield "団体", f"{tender.profile.municipality.name}（{tender.profile.municipality.kind.label}）"
    yield "要件", f"{tender.edition.label}　{len(comparison.rows)} 件"
    yield "見た日と期日", f"{tender.policy.as_of} に見て、{tender.policy.deadline} までにそろうか"
    yield "価格", tender.amount_text
    for column in comparison.columns if veil.is_open else ():
        yield column.bidder.label, unhidden(f"{column.bidder.bid.bidder}　{veil.product(column.bidder)}")
    for kind, count in comparison.counts.items():
        yield kind.label, f"{count} 件"
    for one in comparison.late:
        yield veil.name(one), f"締切の後（{one.received:%Y-%m-%d %H:%M}）に届いたので、答えを読んでいません。"
    for column in comparison.columns:
        yield f"{column.bidder.label}の記録", unhidden(evidence_line(column, veil))


def _counts(comparison: Comparison, veil: Veil) -> list[list[str]]:
    head = ["", *(column.bidder.label for column in comparison.columns)]
    return [head, *([label, *values] for label, values in summary_rows(comparison, veil))]


def _headings(comparison: Comparison) -> list[Heading]:
    groups = [
        [
            Heading("答え（言い分）", 24, label),
            Heading("検証", 18, label),
            Heading("確認", 18, label),
        ]
        for label in (column.bidder.label for column in comparison.columns)
    ]
    return [*_ROW, *chain.from_iterable(groups)]


def _line(row: Row, veil: Veil) -> _Line:
    one = row.requirement
    cells = ((_said(cell, veil), verified_text(cell), reviewed_text(cell, veil)) for cell in row.cells)
    return one.id, row.kind.label, row.obligation.label, f"{one.name}\n{one.text}", *chain.from_iterable(cells)


def _said(cell: Cell, veil: Veil) -> str:
    """A claim with what it is worth if it is true, and what to ask about it."""
    lines = (standing_text(cell), claim_text(cell, veil), questions_text(cell, veil))
    return "\n".join(line for line in lines if line)


def _claims(comparison: Comparison, veil: Veil) -> Iterator[_Line]:
    """One line for each claim that can be held against something; those that a run contradicts stand first."""
    lines = [(column, row, cell) for column, row, cell in _each(comparison) if column.evidence or cell.review]
    for column, row, cell in sorted(lines, key=lambda line: not line[2].disproof):
        one = column.evidence
        facts = (
            (one.days_before(comparison.tender.policy.as_of), one.editions.get(row.requirement.business, "なし"))
            if one
            else ("記録なし", "")
        )
        yield (
            "×" if cell.disproof else "",
            column.bidder.label,
            row.requirement.id,
            row.requirement.text,
            claim_text(cell, veil),
            verified_text(cell),
            reviewed_text(cell, veil),
            *facts,
            (one.version if veil.is_open else "（開札まで伏せる）") if one else "",
            one.assurance.label if one else "",
        )


def _costs(comparison: Comparison, veil: Veil) -> Iterator[_Line]:
    for column, row, cell in _each(comparison):
        if cell.answer.cost or cell.answer.due:
            yield (
                column.bidder.label,
                row.requirement.id,
                row.requirement.text,
                cell.answer.status.label,
                cost_text(cell.answer),
                cell.answer.cost.written if cell.answer.cost else "",
                due_text(cell),
                cell.answer.due.written if cell.answer.due else "",
                unhidden(veil.words(cell.answer.remarks)),
                unhidden(veil.words(cell.answer.place)),
            )


def _waivers(comparison: Comparison) -> Iterator[_Line]:
    for column, row, cell in _each(comparison):
        if cell.waiver:
            told = "{issuer}: {reason}（範囲 {scope}、{expires} まで）".format(**cell.waiver)
            yield column.bidder.label, row.requirement.id, unhidden(told)


def _unplaced(comparison: Comparison, veil: Veil) -> Iterator[_Line]:
    for column in comparison.columns:
        for one in column.bidder.bid.unplaced:
            words = (unhidden(veil.words(part)) for part in (one.place, one.text, one.because))
            yield column.bidder.label, *words


def _each(comparison: Comparison) -> Iterator[tuple[Column, Row, Cell]]:
    for place, column in enumerate(comparison.columns):
        for row in comparison.rows:
            yield column, row, row.cells[place]

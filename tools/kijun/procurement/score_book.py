"""Points as a workbook: the result, the rules in words, every decision, and one line for every row that counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kijun.catalog.scoring_reader import number
from kijun.model.scoring import ScoringRules
from kijun.model.tender import Tender
from kijun.press.legible import unhidden
from kijun.press.workbook import Cell, Column, Workbook
from kijun.procurement.score_record import code
from kijun.procurement.scoring import BidScore, Placing, Scoring, formula
from kijun.procurement.veil import Veil

_ROWS = (
    Column("事業者", 12),
    Column("部分", 18),
    Column("要件番号", 16),
    Column("実装区分", 14),
    Column("課", 14),
    Column("答え", 22),
    Column("書かれた答え", 16),
    Column("場所", 18),
    Column("重み", 8),
    Column("点", 8),
    Column("満点", 8),
    Column("理由", 44),
)
_PARTS = (
    Column("事業者", 12),
    Column("部分", 24),
    Column("点", 12),
    Column("丸める前", 18),
    Column("計算", 60),
)
_STAFF = (
    Column("事業者", 12),
    Column("項目", 30),
    Column("評価員", 18),
    Column("点", 10),
    Column("書かれた所", 24),
)


def render(tender: Tender, rules: ScoringRules, scoring: Scoring, record: Mapping[str, Any], *, is_open: bool) -> bytes:
    """score.xlsx; `record` is the score.json that it belongs to."""
    veil = Veil(tender, is_open)
    book = Workbook(f"採点の結果 {tender.title}", ("採点の結果", tender.title, f"照合 {code(record)}"))
    book.add_summary("結果", f"採点の結果　{tender.title}", _summary(tender, record, is_open), _order(scoring))
    told = [Column("決まり", 30), Column("内容", 110)]
    book.add_table("決まり", told, formula(tender, rules))
    book.add_table("決めた順", [Column("番号", 8), Column("決めたこと", 130)], _numbered(scoring.decisions))
    book.add_table("部分の点", _PARTS, _parts(scoring))
    book.add_table("失格の理由", [Column("事業者", 12), Column("理由", 120)], _reasons(scoring))
    book.add_table("要件ごとの記録", _ROWS, _rows(scoring, veil))
    if tender.staff:
        rows = ((one.bidder, one.criterion, one.judge, number(one.points), one.place) for one in tender.staff)
        book.add_table("職員の採点", _STAFF, rows)
    return book.finish()


def _summary(tender: Tender, record: Mapping[str, Any], is_open: bool) -> Iterator[tuple[str, str]]:
    yield "調達", tender.title
    yield "団体", f"{tender.profile.municipality.name}（{tender.profile.municipality.kind.label}）"
    yield "要件", f"{tender.edition.label}　{len(tender.rows)} 件"
    if is_open:
        yield from ((one.label, f"{one.bid.bidder}　{one.bid.product} {one.bid.version}") for one in tender.bidders)
    else:
        yield "事業者の名前", "開札まで伏せています（A社、B社…は受け付けた順）"
    yield "価格", tender.amount_text
    yield "照合コード", f"{code(record)}（同じ入力で計算し直すと、同じになります）"
    yield "SHA-256", str(record["digest"])


def _order(scoring: Scoring) -> list[list[str]]:
    """The best first, then those without a place, then those who are out."""
    placed = {one.label: one for one in scoring.placings}
    order = [one.label for one in scoring.placings]
    order += [one.label for one in scoring.bids if one.label not in placed and not one.out]
    order += [one.label for one in scoring.bids if one.out]
    rows = [_line(placed.get(label), scoring.bid(label)) for label in order]
    return [["順位", "事業者", "合計", "価格（円）", "どこまで", "失格の理由"], *rows]


def _line(place: Placing | None, one: BidScore) -> list[str]:
    if one.out:
        return ["失格", one.label, "―", f"{one.amount:,}", "", f"{len(one.out)} 件"]
    if place is None:
        return ["―", one.label, "―", f"{one.amount:,}", "失格の理由なし", ""]
    shown = f"{place.place}（同点、くじ）" if place.needs_lot else str(place.place)
    return [shown, one.label, str(one.total), f"{one.amount:,}", place.stage, ""]


def _numbered(decisions: tuple[str, ...]) -> Iterator[tuple[Cell, ...]]:
    yield from enumerate(decisions or ("同点はありません。",), start=1)


def _parts(scoring: Scoring) -> Iterator[tuple[Cell, ...]]:
    for one in scoring.bids:
        for part in one.parts:
            yield one.label, part.label, str(part.points), number(part.exact), part.because
        if one.parts:
            yield one.label, "合計", str(one.total), "", "部分の点の合計"


def _reasons(scoring: Scoring) -> Iterator[tuple[Cell, ...]]:
    for one in scoring.bids:
        yield from ((one.label, reason) for reason in one.out or ("失格の理由はありません。",))


def _rows(scoring: Scoring, veil: Veil) -> Iterator[tuple[Cell, ...]]:
    for bid in scoring.bids:
        labels = {part.part: part.label for part in bid.parts}
        for one in bid.rows:
            yield (
                bid.label,
                labels.get(one.part, one.part),
                one.requirement,
                one.obligation.label,
                one.office,
                one.status.label,
                unhidden(veil.words(one.written)),
                unhidden(veil.words(one.place)),
                number(one.weight),
                number(one.points),
                number(one.full),
                unhidden(veil.words(one.because)),
            )

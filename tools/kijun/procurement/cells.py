"""What stands in the cells of every paper about bids: shapes that survive black and white, and words beside them."""

from __future__ import annotations

from collections.abc import Iterator

from kijun.model.bid import Standing
from kijun.model.requirement import Obligation
from kijun.model.values import japanese_date
from kijun.press.legible import unhidden
from kijun.procurement.claims import evidence_text
from kijun.procurement.comparison import REVIEWS, Cell, Column, Comparison, cost_text
from kijun.procurement.veil import Veil

SHAPES = {
    Standing.MET: "○",
    Standing.PROMISED: "△",
    Standing.UNMET: "×",
    Standing.UNDECIDED: "？",
    Standing.OUTSIDE: "－",
}
MEANINGS = {
    Standing.MET: "答えのとおりなら、求めるものを満たします。",
    Standing.PROMISED: "今はありませんが、期日までに用意すると答えています。",
    Standing.UNMET: "満たしません。または、期日に間に合いません。",
    Standing.UNDECIDED: "答えがないか、矛盾していて、事業者に確かめないと分かりません。",
    Standing.OUTSIDE: "事業者が「対象外」と答えています。",
}


def standing_text(cell: Cell) -> str:
    return f"{SHAPES[cell.standing]} {cell.standing.label}"


def due_text(cell: Cell) -> str:
    due = cell.answer.due
    if due is None:
        return ""
    return japanese_date(due.last_day.isoformat()) if due.last_day else f"日付が読めない（{due.written}）"


def claim_text(cell: Cell, veil: Veil) -> str:
    """What the bidder says of the row: answer, sum and day."""
    parts = [cell.answer.status.label, cost_text(cell.answer), due_text(cell)]
    return unhidden(veil.words("　".join(part for part in parts if part)))


def verified_text(cell: Cell) -> str:
    return f"{'【食い違い】' if cell.disproof else ''}{evidence_text(cell.finding)}{cell.disproof}"


def reviewed_text(cell: Cell, veil: Veil) -> str:
    """What the municipality says of the row, with the end of a waiver."""
    parts = []
    if cell.review:
        day = japanese_date(cell.review["date"])
        parts.append(
            f"{REVIEWS[cell.review['value']]}（{cell.review['office']}、{day}）{cell.review.get('remark', '')}"
        )
    if cell.waiver:
        parts.append(f"免除（{japanese_date(cell.waiver['expires'])}まで。{cell.waiver['reason']}）")
    return unhidden(veil.words("　".join(parts))) or "未確認"


def questions_text(cell: Cell, veil: Veil) -> str:
    return unhidden(veil.words(" ".join(cell.questions)))


def evidence_line(column: Column, veil: Veil) -> str:
    """Which run stands behind a column, and how far it can be trusted."""
    one = column.evidence
    if one is None:
        return "実行の記録はありません。答えは、確かめられていない言い分です。"
    editions = "、".join(dict.fromkeys(one.editions.values()))
    source = f"{one.source}　{one.product} {one.version}　" if veil.is_open else ""
    day = japanese_date(one.on.isoformat())
    when = f"{day}に実行（{one.days_before(veil.tender.policy.as_of)}）"
    return f"{source}{when}　要件表の版 {editions}　{one.assurance.label}"


def summary_rows(comparison: Comparison, veil: Veil) -> Iterator[tuple[str, list[str]]]:
    """What is counted of every bidder, for every paper alike: label, and one text for each bidder."""
    columns = comparison.columns
    yield "製品", [unhidden(veil.product(one.bidder)) for one in columns]
    yield "実装必須で満たさない・不明", [f"{one.missing} 件" for one in columns]
    yield "実装必須で予定", [f"{one.count(Obligation.MANDATORY, Standing.PROMISED)} 件" for one in columns]
    yield (
        "標準オプションで満たす・予定",
        [f"{one.count(Obligation.OPTIONAL, Standing.MET, Standing.PROMISED)} 件" for one in columns],
    )
    yield "実行で適合", [f"{one.verified} 件" if one.evidence else "記録なし" for one in columns]
    yield "答えと食い違う結果", [f"{one.disproved} 件" if one.evidence else "記録なし" for one in columns]
    yield "免除", [f"{one.waived} 件" for one in columns]
    yield "価格", [f"{one.amount:,} 円" for one in columns]
    yield "うち要件ごとの費用", [_row_costs(one) for one in columns]
    yield "予定の最後の日", [one.ready_on.isoformat() if one.ready_on else "予定なし" for one in columns]


def _row_costs(column: Column) -> str:
    unknown = f"（ほかに金額の分からない行 {column.costs.unknown} 件）" if column.costs.unknown else ""
    return f"{column.costs.yen:,} 円{unknown}"


def caveats(comparison: Comparison) -> Iterator[str]:
    """What nobody must overlook who reads any paper of this comparison."""
    tables = [one for one in comparison.tender.edition.tables if one.business in comparison.tender.profile.businesses]
    if any(table.status != "published" for table in tables):
        yield "比べるもとにした要件表は案です。国が公表した表ではありません。"
    estimated = sum(row.requirement.category_source == "estimated" for row in comparison.rows)
    if estimated:
        yield f"「必ず要る」かどうかが推定の要件が {estimated} 件あります。公式の表で確かめてください。"

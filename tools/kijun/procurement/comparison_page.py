"""The comparison as one page: no script, no network, what differs first, the rest folded."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kijun.catalog.root import shipped_root
from kijun.model.bid import Standing
from kijun.model.values import japanese_date
from kijun.press.legible import unhidden
from kijun.procurement.cells import (
    MEANINGS,
    SHAPES,
    caveats,
    claim_text,
    evidence_line,
    questions_text,
    reviewed_text,
    summary_rows,
    verified_text,
)
from kijun.procurement.comparison import Cell, Comparison, Kind, Row
from kijun.procurement.veil import Veil

_FORMS = shipped_root() / "reports" / "templates"
_NO_WAY_OUT = "base-uri 'none'; form-action 'none'"
_WHY = {
    Kind.DISPROVED: "満たすという答えですが、実行で確かめた結果か、そのときの宣言書と合いません。初めに尋ねます。",
    Kind.UNDECIDED: "答えがないか、答えの中で矛盾しています。尋ねるまで、満たすとも満たさないとも言えません。",
    Kind.DIFFERENT: "事業者を選ぶ手がかりになる要件です。",
    Kind.GAP: "どの提案を選んでも足りません。要件を見直すか、ほかの手立てを考えます。",
    Kind.ALIKE: "答えの上では差がありません。",
}


def render(comparison: Comparison, veil: Veil) -> bytes:
    """comparison.html. Words of bidders are text, never markup."""
    css = "".join((_FORMS / name).read_text(encoding="utf-8") for name in ("report.css", "bids.css"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    tender = comparison.tender
    policy = tender.policy
    page: str = _template().render(
        css=css,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; {_NO_WAY_OUT}",
        title=tender.title,
        body=f"{tender.profile.municipality.name}（{tender.profile.municipality.kind.label}）",
        lead=(
            f"{tender.edition.label}の {len(comparison.rows)} 件について、{len(comparison.columns)} 者の答えを、"
            f"{japanese_date(policy.as_of.isoformat())}に見て、"
            f"{japanese_date(policy.deadline.isoformat())}までにそろうかどうかで比べました。"
        ),
        notes=[*_notes(comparison, veil)],
        names=[unhidden(veil.name(column.bidder)) for column in comparison.columns],
        labels=[column.bidder.label for column in comparison.columns],
        summary=[*summary_rows(comparison, veil)],
        price=tender.amount_text,
        evidence=[(one.bidder.label, unhidden(evidence_line(one, veil))) for one in comparison.columns],
        groups=[_group(kind, comparison.of(kind), veil) for kind in Kind],
        waivers=[*_waivers(comparison, veil)],
        unplaced=[(one.bidder.label, len(one.bidder.bid.unplaced)) for one in comparison.columns],
        legend=[(f"{SHAPES[one]} {one.label}", MEANINGS[one]) for one in Standing],
    )
    return page.encode()


@cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(_FORMS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("bids.html.j2")


def _notes(comparison: Comparison, veil: Veil) -> Iterator[str]:
    tender = comparison.tender
    if not veil.is_open:
        yield "事業者の名前は、開札まで伏せています。A社、B社…は受け付けた順です。"
    yield from caveats(comparison)
    for one in comparison.late:
        yield (
            f"{veil.name(one)}の答えは、締切（{tender.answers_due:%Y-%m-%d %H:%M}）の後"
            f"（{one.received:%Y-%m-%d %H:%M}）に届いたので、読んでいません。"
        )


def _group(kind: Kind, rows: Sequence[Row], veil: Veil) -> dict[str, Any]:
    return {
        "id": kind.value,
        "label": kind.label,
        "why": _WHY[kind],
        "folded": kind is Kind.ALIKE,
        "rows": [
            {
                "id": row.requirement.id,
                "name": row.requirement.name,
                "text": row.requirement.text,
                "obligation": f"{row.obligation.symbol} {row.obligation.label}",
                "cells": [_cell(cell, veil) for cell in row.cells],
            }
            for row in rows
        ],
    }


def _cell(cell: Cell, veil: Veil) -> dict[str, str]:
    return {
        "standing": cell.standing.value,
        "shape": SHAPES[cell.standing],
        "label": cell.standing.label,
        "claim": claim_text(cell, veil),
        "verified": verified_text(cell),
        "disproved": "1" if cell.disproof else "",
        "reviewed": reviewed_text(cell, veil) if cell.review or cell.waiver else "",
        "questions": questions_text(cell, veil),
    }


def _waivers(comparison: Comparison, veil: Veil) -> Iterator[tuple[str, str, str]]:
    for place, column in enumerate(comparison.columns):
        for row in comparison.rows:
            if row.cells[place].waiver:
                yield column.bidder.label, row.requirement.id, reviewed_text(row.cells[place], veil)

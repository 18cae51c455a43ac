"""Made-up tenders before the miniature standard: three bidders, each a character."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from miniature import EXTRA, FEES, LEDGER, SEEN, SLUG, SMASHING, VISITORS, Miniature

from kijun.catalog.bid_reader import as_record
from kijun.catalog.tender_reader import read_tender
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, Cost, Due
from kijun.model.scoring import ScoringRules
from kijun.model.tender import Tender
from kijun.procurement.scoring import Scoring, score

S = AnswerStatus
ALL = (FEES, LEDGER, VISITORS, SMASHING, EXTRA, SEEN)
HONEST: Mapping[str, AnswerStatus] = {**dict.fromkeys(ALL, S.STANDARD), SMASHING: S.NOT_SUPPORTED}
NAMES = ("架空園芸株式会社", "見本商会", "試験工房")
CRITERIA = {"実施体制と工程": "8", "導入後の支援": "7.5", "データの移行": "4", "実演": "5", "質問への答え": "3"}
LOT = '  - { by: "lot" }\n'
PLAIN = "{ mandatory: { standard: 2 }, optional: { standard: 1 } }"
ROWS = f'      - {{ id: "function", label: "機能", kind: "rows", weight: 100, points: {PLAIN} }}\n'


def answer(one: str, status: AnswerStatus, **more: Any) -> BidAnswer:
    return BidAnswer(one, status, more.pop("written", status.label), f"回答!F{ALL.index(one) + 2}", **more)


def bid(index: int, answers: Mapping[str, AnswerStatus | BidAnswer], **more: Any) -> Bid:
    rows = {one: it if isinstance(it, BidAnswer) else answer(one, it) for one, it in answers.items()}
    facts = {"bidder": NAMES[index], "product": f"鉢製品{index}", "version": "1", "editions": {SLUG: "1"}, **more}
    return Bid(answers=rows, source=f"{index}.xlsx", digest=f"{index:064x}", **facts)


def tender_text(bidders: Sequence[Mapping[str, Any]], **head: Any) -> str:
    """A tender of these bidders, each given as what differs from a punctual one of 100万円."""
    facts = {
        "title": "見本市 鉢の台帳",
        "profile": "requirements/profiles/sample_city.yaml",
        "scoring": "shares",
        "answers_due": "2026-07-31T17:00",
        "as_of": "2026-08-01",
        "deadline": "2027-03-31",
        "years": 5,
        "row_costs": "added",
        **head,
    }
    lines = ["tender:", *(f"  {name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items())]
    lines.append("bidders:")
    for index, one in enumerate(bidders):
        row = {
            "bid": f"bids/{index}.json",
            "received": "2026-07-30T15:00",
            "price": {"initial": 1_000_000, "yearly": 0},
            **one,
        }
        lines.append(f"  - {json.dumps(row, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def price(initial: int, yearly: int = 0) -> dict[str, Any]:
    return {"price": {"initial": initial, "yearly": yearly}}


def staff_text(points: Mapping[str, Mapping[str, str]], judges: Sequence[str] = ("評価員1", "評価員2")) -> str:
    """label → criterion → points, alike from every judge."""
    rows = [
        f"{label},{criterion},{judge},{value}"
        for label, given in points.items()
        for criterion, value in given.items()
        for judge in judges
    ]
    return "事業者,項目,評価員,点\n" + "\n".join(rows) + "\n"


def put_bids(mini: Miniature, *bids: Bid) -> None:
    for index, one in enumerate(bids):
        mini.write(f"bids/{index}.json", json.dumps(as_record(one), ensure_ascii=False))


def tender(mini: Miniature, bids: Sequence[Bid], bidders: Sequence[Mapping[str, Any]] = (), **head: Any) -> Path:
    """The tender file of these bids, with facts of each bidder where they differ."""
    put_bids(mini, *bids)
    facts = [bidders[index] if index < len(bidders) else {} for index in range(len(bids))]
    return mini.write("tender.yaml", tender_text(facts, **head))


def three(mini: Miniature, *, bidders: Sequence[Mapping[str, Any]] = (), **head: Any) -> Path:
    """Honest; claims everything, even what is prohibited; a third with costs, a day that is none, and a name in words.

    The second calls its product as the miniature system calls itself.
    """
    third = {
        **HONEST,
        LEDGER: answer(LEDGER, S.CUSTOMIZE, cost=Cost(300_000, "300千円"), remarks="見本商会と同じ方式"),
        VISITORS: answer(VISITORS, S.PLANNED, due=Due(None, "未定")),
        EXTRA: S.NOT_SUPPORTED,
    }
    bids = (bid(0, HONEST), bid(1, dict.fromkeys(ALL, S.STANDARD), product="鉢"), bid(2, third))
    mini.write("staff.csv", staff_text(dict.fromkeys(("A社", "B社", "C社"), CRITERIA)))
    facts = [{**price(initial), **(bidders[index] if index < len(bidders) else {})} for index, initial in
             enumerate((1_000_000, 2_000_000, 4_000_000))]  # fmt: skip
    return tender(mini, bids, facts, **{"staff": "staff.csv", "accepts_customization": True, **head})


def read(path: Path) -> tuple[Tender, ScoringRules]:
    return read_tender(path, path.parent)


def scored(path: Path) -> Scoring:
    return score(*read(path))


def rules_text(parts: str, ties: str = LOT, knockout: str = "", rounding: str = '"half_up", decimals: 2') -> str:
    """Rules of one stage; `parts`, `ties` and `knockout` are lines of YAML."""
    return (
        'scoring: { id: "own", title: "自前の決まり", source: "試験用" }\n'
        + (f"knockout:\n{knockout}" if knockout else "")
        + f'stages:\n  - label: "審査"\n    parts:\n{parts}'
        + f"rounding: {{ mode: {rounding} }}\nties:\n{ties}"
    )

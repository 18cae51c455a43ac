"""Made-up tenders before the miniature standard: three bidders, each a character."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
HONEST = {**dict.fromkeys(ALL, S.STANDARD), SMASHING: S.NOT_SUPPORTED}
NAMES = ("架空園芸株式会社", "見本商会", "試験工房")
_BLANK = "  []\n"


def answer(one: str, status: AnswerStatus, **more: Any) -> BidAnswer:
    return BidAnswer(one, status, more.pop("written", status.label), f"回答!F{ALL.index(one) + 2}", **more)


def bid(index: int, answers: Mapping[str, AnswerStatus | BidAnswer], **more: Any) -> Bid:
    rows = {one: it if isinstance(it, BidAnswer) else answer(one, it) for one, it in answers.items()}
    facts = {"bidder": NAMES[index], "product": f"鉢製品{index}", "version": "1", "editions": {SLUG: "1"}, **more}
    return Bid(answers=rows, source=f"{index}.xlsx", digest=f"{index:064x}", **facts)


def tender_text(count: int = 3, prices: tuple[int, ...] = (100, 200, 400), bidders: Mapping[int, str] = {}, **head: Any) -> str:  # noqa: B006, E501 - read only
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
    for index in range(count):
        lines += [
            f'  - bid: "bids/{index}.json"',
            f'    received: "{bidders.get(index, "2026-07-30T15:00")}"',
            f"    price: {{ initial: {prices[index]}0000, yearly: 0 }}",
        ]
    return "\n".join(lines) + "\n"


def staff_text(points: Mapping[str, Mapping[str, str]], judges: tuple[str, ...] = ("評価員1", "評価員2")) -> str:
    """label → criterion → points, alike from every judge."""
    rows = [
        f"{label},{criterion},{judge},{value}"
        for label, given in points.items()
        for criterion, value in given.items()
        for judge in judges
    ]
    return "事業者,項目,評価員,点\n" + "\n".join(rows) + "\n"


CRITERIA = {"実施体制と工程": "8", "導入後の支援": "7.5", "データの移行": "4", "実演": "5", "質問への答え": "3"}


def put_bids(mini: Miniature, *bids: Bid) -> None:
    for index, one in enumerate(bids):
        mini.write(f"bids/{index}.json", json.dumps(as_record(one), ensure_ascii=False))


def three(mini: Miniature, **head: Any) -> Path:
    """Honest and dear; claims everything, even what is prohibited; house codes, late dates, costs."""
    third = {
        **HONEST,
        LEDGER: answer(LEDGER, S.CUSTOMIZE, cost=Cost(300_000, "300千円"), remarks="見本商会と同じ方式"),
        EXTRA: answer(EXTRA, S.PLANNED, due=Due(None, "未定")),
    }
    put_bids(mini, bid(0, HONEST), bid(1, dict.fromkeys(ALL, S.STANDARD)), bid(2, third))
    mini.write("staff.csv", staff_text({one: CRITERIA for one in ("A社", "B社", "C社")}))
    return mini.write("tender.yaml", tender_text(**{"staff": "staff.csv", "accepts_customization": True, **head}))


def read(path: Path) -> tuple[Tender, ScoringRules]:
    return read_tender(path, path.parent)


def scored(path: Path) -> Scoring:
    return score(*read(path))


def rules_text(parts: str, ties: str = '  - { by: "lot" }\n', knockout: str = "", decimals: int = 2, mode: str = "half_up") -> str:  # noqa: E501
    return (
        'scoring: { id: "own", title: "自前の決まり", source: "試験用" }\n'
        + (f"knockout:\n{knockout}" if knockout else "")
        + f'stages:\n  - label: "審査"\n    parts:\n{parts}'
        + f'rounding: {{ mode: "{mode}", decimals: {decimals} }}\nties:\n{ties}'
    )


ROWS = '      - { id: "function", label: "機能", kind: "rows", weight: 100, points: { mandatory: { standard: 2 }, optional: { standard: 1 } } }\n'  # noqa: E501

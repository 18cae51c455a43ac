"""Measures `kijun score` and `kijun compare`: three made-up bidders before 1,000 rows. `python bench/procurement.py`

Honest; claims everything; a bidder of house codes with dates, sums and contradictions. Prints seconds of wall clock and
the most memory of the process.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

from editions import row, text

from kijun.catalog.root import shipped_root
from kijun.catalog.scoring_reader import read_rules, room
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, Cost, Due, Policy
from kijun.model.edition import Edition
from kijun.model.errors import Position
from kijun.model.profile import Municipality, Profile
from kijun.model.requirement import MunicipalityClass, Requirement, RequirementTable
from kijun.model.scoring import ScoringRules, StaffPart
from kijun.model.tender import Bidder, Price, StaffScore, Tender, label
from kijun.procurement import assembly_sheet, comparison_book, comparison_page, score_book
from kijun.procurement.comparison import compare
from kijun.procurement.score_record import as_record, written
from kijun.procurement.scoring import score
from kijun.procurement.veil import Veil

ROWS, SLUG = 1_000, "bench_ledger"
LAWS = [{"law": "架空法", "article": "第一条"}]
S = AnswerStatus


def table(random: Random, count: int) -> RequirementTable:
    rows = []
    for number in range(count):
        obligation = "mandatory" if number % 5 < 3 else "optional" if number % 5 == 3 else "prohibited"
        cells = {"category": {kind.value: obligation for kind in MunicipalityClass}, "legal_basis": LAWS}
        rows.append({**row(number, text(random, number)), **cells})
    made = tuple(Requirement.from_row(one, SLUG, Position("bench")) for one in rows)
    return RequirementTable(SLUG, "1", "draft", "made up", made)


def honest(_: Random, one: Requirement, prohibited: bool) -> BidAnswer:
    return BidAnswer(one.id, S.NOT_SUPPORTED if prohibited else S.STANDARD, "○", f"回答!F{one.id[-3:]}")


def claims_everything(_: Random, one: Requirement, __: bool) -> BidAnswer:
    return BidAnswer(one.id, S.STANDARD, "◎", f"回答!F{one.id[-3:]}")


def house_codes(random: Random, one: Requirement, prohibited: bool) -> BidAnswer:
    place = f"回答!F{one.id[-3:]}"
    if prohibited:
        return BidAnswer(one.id, S.NOT_SUPPORTED, "E", place)
    match random.randrange(8):
        case 0:
            return BidAnswer(one.id, S.CUSTOMIZE, "D", place, Cost(random.randrange(1, 90) * 10_000, "千円"))
        case 1:
            return BidAnswer(one.id, S.PLANNED, "P", place, due=Due(date(2027, 3, 31), "R9.3末"))
        case 2:
            return BidAnswer(one.id, S.STANDARD, "A", place, Cost(80_000, "80千円"))
        case 3:
            return BidAnswer(one.id, S.UNANSWERED, "", place)
    return BidAnswer(one.id, S.SETTING, "B", place, remarks="設定の画面で切り替えます。")


CHARACTERS: dict[str, Callable[[Random, Requirement, bool], BidAnswer]] = {
    "正直商会": honest,
    "全部対応株式会社": claims_everything,
    "独自記号工房": house_codes,
}


def tender(count: int, rules: ScoringRules) -> Tender:
    random = Random(1)
    made = table(random, count)
    kind = MunicipalityClass.GENERAL_CITY
    profile = Profile("bench", "見本市", Municipality("992011", "", "見本市", kind), date(2026, 6, 1), (SLUG,))
    bidders = []
    for place, (name, answers) in enumerate(CHARACTERS.items()):
        rows = {one.id: answers(random, one, one.category[kind].value == "prohibited") for one in made.requirements}
        bid = Bid(name, f"製品{place}", "1", {SLUG: "1"}, rows, f"{place}.xlsx", f"{place:064x}")
        received, price = datetime(2026, 7, 30), Price(50_000_000 + place * 9_000_000, 4_000_000)
        bidders.append(Bidder(label(place), bid, received, price, {}, {}))
    criteria = [one for part in rules.parts if isinstance(part, StaffPart) for one in part.criteria]
    staff = [
        StaffScore(bidder.label, one.label, f"評価員{judge}", one.full * Fraction(random.randrange(4, 9), 8), "bench")
        for bidder in bidders
        for one in criteria
        for judge in range(12)
    ]
    policy = Policy(date(2026, 8, 1), date(2027, 3, 31), accepts_customization=True)
    edition = Edition("bench", (made,), date(2026, 11, 24))
    due = datetime(2026, 7, 31, 17)
    return Tender("見本市 税務システム", profile, edition, policy, due, bidders, 5, True, staff=staff)


def timed(work: str, call: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = call()
    size = f", {len(result) / 1e3:,.0f} kB" if isinstance(result, bytes) else ""
    print(f"{work}: {time.perf_counter() - start:.2f} s{size}")
    return result


def main(words: list[str]) -> None:
    rules = read_rules(room(shipped_root()) / "shares.yaml")
    made = timed("make", lambda: tender(ROWS, rules))
    start = time.perf_counter()
    scoring = timed("score", lambda: score(made, rules))
    record = timed("record and digest", lambda: as_record(made, rules, scoring, is_open=False))
    papers = {"score.json": timed("score.json", lambda: written(record))}
    papers["score.xlsx"] = timed("score.xlsx", lambda: score_book.render(made, rules, scoring, record, is_open=False))
    comparison, veil = timed("compare", lambda: compare(made, {})), Veil(made, False)
    for name, module in (
        ("comparison.xlsx", comparison_book),
        ("comparison.html", comparison_page),
        ("assembly.pdf", assembly_sheet),
    ):
        papers[name] = timed(name, lambda module=module: module.render(comparison, veil))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"all: {time.perf_counter() - start:.2f} s, {most:.0f} MB at most, digest {record['digest'][:16]}")
    for out in words:
        for name, content in papers.items():
            (Path(out) / name).write_bytes(content)


if __name__ == "__main__":
    main(sys.argv[1:])

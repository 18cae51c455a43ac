"""All bids through the lens of one municipality: every row before every bidder, what differs first. Runs nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kijun.model.bid import AnswerStatus, BidAnswer, Standing, contradictions, standing
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Obligation, Requirement
from kijun.model.tender import Bidder, RowCosts, Tender
from kijun.model.verdict import Status
from kijun.procurement.claims import Evidence, Finding, disproof

REVIEWS = {
    "agreed": "同意",
    "wording_only": "文言のみ充足",
    "workaround_accepted": "代替運用を容認",
    "rejected": "不同意",
    "not_reviewed": "未確認",
}


class Kind(StrEnum):
    """Why a reader looks at a row, the most urgent first."""

    DISPROVED = "disproved"
    UNDECIDED = "undecided"
    DIFFERENT = "different"
    GAP = "gap"
    ALIKE = "alike"

    @property
    def label(self) -> str:
        return _KINDS[self]


_KINDS = {
    Kind.DISPROVED: "答えと、確かめた結果が食い違う",
    Kind.UNDECIDED: "事業者に確かめる",
    Kind.DIFFERENT: "事業者によって違う",
    Kind.GAP: "どの事業者も満たさない",
    Kind.ALIKE: "どの事業者も同じ",
}
_OBLIGATIONS = (Obligation.MANDATORY, Obligation.PROHIBITED, Obligation.OPTIONAL)


@dataclass(frozen=True, slots=True)
class Cell:
    """One row of one bidder: claimed, verified, reviewed, and what does not fit together."""

    answer: BidAnswer
    standing: Standing
    questions: tuple[str, ...]
    finding: Finding | None
    disproof: str
    review: Mapping[str, Any] | None
    waiver: Mapping[str, Any] | None

    @property
    def is_missing(self) -> bool:
        """Not there, not promised in time, or not known; a waiver does not make it be there."""
        return self.standing in (Standing.UNMET, Standing.UNDECIDED, Standing.OUTSIDE)

    @property
    def is_verified(self) -> bool:
        return self.finding is not None and self.finding.status is Status.SATISFIED


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement before all bidders."""

    requirement: Requirement
    obligation: Obligation
    cells: tuple[Cell, ...]

    @property
    def kind(self) -> Kind:
        if any(cell.disproof for cell in self.cells):
            return Kind.DISPROVED
        if any(cell.standing is Standing.UNDECIDED for cell in self.cells):
            return Kind.UNDECIDED
        if len({cell.standing for cell in self.cells}) > 1:
            return Kind.DIFFERENT
        return Kind.GAP if all(cell.is_missing for cell in self.cells) else Kind.ALIKE


@dataclass(frozen=True, slots=True)
class Column:
    """What stands above the rows of one bidder."""

    bidder: Bidder
    evidence: Evidence | None
    costs: RowCosts
    amount: int
    counts: Mapping[tuple[Obligation, Standing], int]
    verified: int  # rows that a run found satisfied
    disproved: int
    waived: int
    ready_on: date | None  # the last day that is promised for a row that counts as promised

    def count(self, obligation: Obligation, *standings: Standing) -> int:
        return sum(self.counts.get((obligation, one), 0) for one in standings)

    @property
    def missing(self) -> int:
        """Mandatory rows that are not there, not promised in time, or not known."""
        return self.count(Obligation.MANDATORY, Standing.UNMET, Standing.UNDECIDED, Standing.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole comparison. Answers that came too late are not read: `late` names who sent them."""

    tender: Tender
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]  # the most urgent first
    late: tuple[Bidder, ...]

    @property
    def counts(self) -> Mapping[Kind, int]:
        found = Counter(row.kind for row in self.rows)
        return {kind: found[kind] for kind in Kind}

    def of(self, *kinds: Kind) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind in kinds)


def compare(tender: Tender, evidence: Mapping[str, Evidence]) -> Comparison:
    """Put all bids that came in time side by side; `evidence` by label, already known to speak of the bid.

    Raises ConfigurationError when none came in time.
    """
    late = tuple(one for one in tender.bidders if tender.is_late(one))
    bidders = [one for one in tender.bidders if one not in late]
    if not bidders:
        told = f"締切（{tender.answers_due:%Y-%m-%d %H:%M}）までに届いた答えがありません。"
        hint = "answers_due と received を確かめてください。"
        raise ConfigurationError([Problem(Position.of(tender.title), told, hint)])
    rows = [
        Row(
            one,
            tender.obligation(one),
            tuple(_cell(one, tender, bidder, evidence.get(bidder.label)) for bidder in bidders),
        )
        for one in tender.rows
    ]
    kinds, obligations = list(Kind), list(_OBLIGATIONS)
    ordered = sorted(rows, key=lambda row: (kinds.index(row.kind), obligations.index(row.obligation)))
    columns = (_column(tender, one, evidence.get(one.label), rows, place) for place, one in enumerate(bidders))
    return Comparison(tender, tuple(columns), tuple(ordered), late)


def _cell(one: Requirement, tender: Tender, bidder: Bidder, evidence: Evidence | None) -> Cell:
    obligation, answer = tender.obligation(one), bidder.bid.answer(one.id)
    found = [entry.text for entry in contradictions(answer, obligation)]
    finding = evidence.findings.get(one.id) if evidence else None
    return Cell(
        answer=answer,
        standing=standing(answer, obligation, tender.policy),
        questions=tuple(dict.fromkeys([*found, *answer.questions])),
        finding=finding,
        disproof=disproof(answer, obligation, finding),
        review=bidder.reviews.get(one.id),
        waiver=bidder.waivers.get(one.id),
    )


def _column(tender: Tender, bidder: Bidder, evidence: Evidence | None, rows: Sequence[Row], place: int) -> Column:
    cells = [(row.obligation, row.cells[place]) for row in rows]
    days = [
        cell.answer.due.last_day
        for _, cell in cells
        if cell.standing is Standing.PROMISED and cell.answer.due and cell.answer.due.last_day
    ]
    return Column(
        bidder=bidder,
        evidence=evidence,
        costs=tender.row_costs(bidder),
        amount=tender.amount(bidder),
        counts=Counter((obligation, cell.standing) for obligation, cell in cells),
        verified=sum(cell.is_verified for _, cell in cells),
        disproved=sum(bool(cell.disproof) for _, cell in cells),
        waived=sum(cell.waiver is not None for _, cell in cells),
        ready_on=max(days, default=None),
    )


def cost_text(answer: BidAnswer) -> str:
    """The sum of a row in yen, and the cell as it stands when it names none."""
    if answer.cost is None:
        return "費用の記載なし" if answer.status is AnswerStatus.CUSTOMIZE else ""
    if answer.cost.yen is None:
        return f"金額が読めない（{answer.cost.written}）" if answer.cost.written else ""
    return f"{answer.cost.yen:,} 円"

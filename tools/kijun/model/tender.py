"""A tender: what one municipality asked, when, of whom, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from kijun.model.bid import AnswerStatus, Bid, Policy
from kijun.model.edition import Edition
from kijun.model.office import Office, office_of
from kijun.model.profile import Profile
from kijun.model.requirement import Obligation, Requirement


@dataclass(frozen=True, slots=True)
class Price:
    """What a bidder asks for the whole, in yen: once, and every year."""

    initial: int
    yearly: int

    def over(self, years: int) -> int:
        return self.initial + self.yearly * years


@dataclass(frozen=True, slots=True)
class RowCosts:
    """What a bidder asks for single rows: the sum, and how many rows need a sum and name none."""

    yen: int
    unknown: int


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """Where the proof of a bidder's claims lies: a run folder, or a bundle with the key to trust."""

    path: Path
    key: Path | None = None


@dataclass(frozen=True, slots=True)
class Bidder:
    """One bidder with all it handed in. Until the tender is opened it is known by its label alone."""

    label: str
    bid: Bid
    received: datetime
    price: Price
    waivers: Mapping[str, Mapping[str, Any]]
    reviews: Mapping[str, Mapping[str, Any]]
    evidence: EvidencePlace | None = None


@dataclass(frozen=True, slots=True)
class JudgingOffice:
    """An office that judges its rows, and its share of the 100 that all offices have together."""

    office: Office
    weight: Fraction


@dataclass(frozen=True, slots=True)
class StaffScore:
    """One cell of a judge's sheet."""

    bidder: str  # label
    criterion: str
    judge: str
    points: Fraction
    place: str


@dataclass(frozen=True, slots=True)
class Tender:
    """Everything that points and comparisons are made from."""

    title: str
    profile: Profile
    edition: Edition
    policy: Policy
    answers_due: datetime
    bidders: Sequence[Bidder]
    years: int  # of running costs that count
    adds_row_costs: bool  # sums named in the rows come on top; else they are taken to be in the price
    ceiling: int | None = None
    offices: Sequence[JudgingOffice] = ()
    outside: frozenset[str] = frozenset()  # rows that the buyer takes out for all bidders alike
    staff: Sequence[StaffScore] = ()

    def obligation(self, one: Requirement) -> Obligation:
        return self.profile.obligation(one)

    @property
    def rows(self) -> tuple[Requirement, ...]:
        """The requirements that apply to this municipality on the day of its profile, in the order of the tables."""
        return tuple(
            one
            for table in self.edition.tables
            if table.business in self.profile.businesses
            for one in table.requirements
            if self.obligation(one) is not Obligation.NONE
            and one.in_force_on(self.profile.as_of)
            and one.id not in self.outside
        )

    def office(self, one: Requirement) -> Office | None:
        return office_of(one, [each.office for each in self.offices])

    def row_costs(self, bidder: Bidder) -> RowCosts:
        """What the rows add to the price. A cost beside an answer that needs none is a contradiction and not added."""
        answers = [bidder.bid.answer(one.id) for one in self.rows]
        priced = [one for one in answers if one.is_offered and not one.is_offered_now]
        return RowCosts(
            yen=sum(one.cost.yen or 0 for one in priced if one.cost),
            unknown=sum(one.status is AnswerStatus.CUSTOMIZE and one.yen is None for one in priced),
        )

    def amount(self, bidder: Bidder) -> int:
        """The price in yen that points, ties and papers speak of."""
        extra = self.row_costs(bidder).yen if self.adds_row_costs else 0
        return bidder.price.over(self.years) + extra

    @property
    def amount_text(self) -> str:
        rest = "に、要件ごとの費用を足した額" if self.adds_row_costs else "（要件ごとの費用は含まれるとみる）"
        return f"初期の費用と {self.years} 年分の運用の費用{rest}"

    def is_late(self, bidder: Bidder) -> bool:
        return bidder.received > self.answers_due


def label(index: int) -> str:
    """A社, B社, … Z社, AA社: who is meant while names are closed."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = ascii_uppercase[rest] + name
    return f"{name}社"

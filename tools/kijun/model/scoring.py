"""How a buyer turns bids into points: rules as data, exact numbers, and a word for every step that decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from kijun.model.bid import AnswerStatus, Standing
from kijun.model.profile import Profile
from kijun.model.requirement import Obligation, Requirement

WHOLE = Fraction(100)  # what weights add up to


class RoundingMode(StrEnum):
    """What becomes of the digits that are not written."""

    HALF_UP = "half_up"
    DOWN = "down"

    @property
    def label(self) -> str:
        return {RoundingMode.HALF_UP: "四捨五入", RoundingMode.DOWN: "切捨て"}[self]


@dataclass(frozen=True, slots=True)
class Rounding:
    """How points are written: the mode and the number of decimals."""

    mode: RoundingMode
    decimals: int

    def of(self, value: Fraction) -> Decimal:
        """A value that is not negative, with exactly the decimals stated."""
        scaled = value * 10**self.decimals
        whole = floor(scaled + Fraction(1, 2)) if self.mode is RoundingMode.HALF_UP else floor(scaled)
        return Decimal(whole).scaleb(-self.decimals)

    @property
    def label(self) -> str:
        if self.decimals == 0:
            return f"小数点以下を{self.mode.label}"
        return f"小数第{self.decimals + 1}位を{self.mode.label}し、小数第{self.decimals}位まで"


@dataclass(frozen=True, slots=True)
class Knockout:
    """Rows of one obligation that put a bid out when they stand like this."""

    obligation: Obligation
    standings: frozenset[Standing]


@dataclass(frozen=True, slots=True)
class RowWeight:
    """How much the rows weigh that meet every condition given; an empty condition asks for nothing."""

    weight: Fraction
    requirements: frozenset[str] = frozenset()
    businesses: frozenset[str] = frozenset()
    majors: frozenset[str] = frozenset()
    obligation: Obligation | None = None

    def covers(self, one: Requirement, obligation: Obligation) -> bool:
        return (
            (not self.requirements or one.id in self.requirements)
            and (not self.businesses or one.business in self.businesses)
            and (not self.majors or one.row["major"] in self.majors)
            and (self.obligation is None or obligation is self.obligation)
        )


@dataclass(frozen=True, slots=True)
class RowsPart:
    """Points for the answers to the rows. Without a weight they are added up as they are."""

    id: str
    label: str
    weight: Fraction | None
    points: Mapping[Obligation, Mapping[AnswerStatus, Fraction]]
    weights: Sequence[RowWeight] = ()  # the first that covers a row counts; else what the buyer told the bidders
    by_office: bool = False

    def row_weight(self, one: Requirement, profile: Profile) -> Fraction:
        found = (rule.weight for rule in self.weights if rule.covers(one, profile.obligation(one)))
        return next(found, Fraction(profile.weights.get(one.id, 1)))

    def full(self, obligation: Obligation) -> Fraction | None:
        """The most that a row of this obligation can earn; None when such rows earn nothing here."""
        table = self.points.get(obligation)
        return max(table.values()) if table else None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of a judge's sheet."""

    id: str
    label: str
    full: Fraction


class Combination(StrEnum):
    """How the sheets of several judges become one number."""

    MEAN = "mean"
    RANKS = "ranks"


@dataclass(frozen=True, slots=True)
class StaffPart:
    """Points that people give. With RANKS every judge's first, second … earns `rank_points`."""

    id: str
    label: str
    weight: Fraction
    criteria: Sequence[Criterion]
    combination: Combination = Combination.MEAN
    rank_points: Sequence[Fraction] = ()


class PriceFormula(StrEnum):
    """How a price becomes points."""

    LOWEST_OVER_OWN = "lowest_over_own"
    UNDER_CEILING = "under_ceiling"

    @property
    def label(self) -> str:
        return {
            PriceFormula.LOWEST_OVER_OWN: "配点 × 最も低い価格 ÷ 自社の価格",
            PriceFormula.UNDER_CEILING: "配点 ×（上限額 － 自社の価格）÷ 上限額",
        }[self]


@dataclass(frozen=True, slots=True)
class PricePart:
    """Points for what the tender takes as the price."""

    id: str
    label: str
    weight: Fraction
    formula: PriceFormula


Part = RowsPart | StaffPart | PricePart


@dataclass(frozen=True, slots=True)
class Stage:
    """Parts that are judged together; `advance` bids go on from here, all of them when it is None."""

    label: str
    parts: Sequence[Part]
    advance: int | None = None


class TieRule(StrEnum):
    """What parts bids with the same total."""

    PART = "part"
    PRICE = "price"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class TieStep:
    """One step of the tie-break, with the part whose points decide."""

    rule: TieRule
    part: str = ""


@dataclass(frozen=True, slots=True)
class ScoringRules:
    """One way to score, whole."""

    id: str
    title: str
    source: str
    knockouts: Sequence[Knockout]
    stages: Sequence[Stage]
    rounding: Rounding
    ties: Sequence[TieStep]

    @property
    def parts(self) -> tuple[Part, ...]:
        return tuple(part for stage in self.stages for part in stage.parts)

"""A bid: what one bidder answers to every requirement, in one canonical vocabulary whatever its house codes are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kijun.model.requirement import Obligation


class AnswerStatus(StrEnum):
    """What a cell of an answer book means. Nothing is read as 対応 or 対応不可 that does not say so."""

    STANDARD = "standard"
    SETTING = "setting"
    WORKAROUND = "workaround"
    CUSTOMIZE = "customize"
    EXTERNAL = "external"
    PLANNED = "planned"
    NOT_SUPPORTED = "not_supported"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    CONFLICT = "conflict"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    AnswerStatus.STANDARD: "標準機能で対応",
    AnswerStatus.SETTING: "設定・パラメータで対応",
    AnswerStatus.WORKAROUND: "運用・代替で対応",
    AnswerStatus.CUSTOMIZE: "カスタマイズで対応",
    AnswerStatus.EXTERNAL: "別製品で対応",
    AnswerStatus.PLANNED: "期日までに対応予定",
    AnswerStatus.NOT_SUPPORTED: "対応不可",
    AnswerStatus.NOT_APPLICABLE: "対象外",
    AnswerStatus.UNANSWERED: "未回答",
    AnswerStatus.CONFLICT: "矛盾（要確認）",
}
_NOW = (AnswerStatus.STANDARD, AnswerStatus.SETTING)
_OFFERED = (*_NOW, AnswerStatus.WORKAROUND, AnswerStatus.CUSTOMIZE, AnswerStatus.EXTERNAL, AnswerStatus.PLANNED)


class Standing(StrEnum):
    """Whether an answer would satisfy its requirement, if it is true. No machine has looked yet."""

    MET = "met"
    PROMISED = "promised"  # by a day that has not passed and is not later than the deadline
    UNMET = "unmet"
    UNDECIDED = "undecided"  # unanswered, contradictory, or not readable: a person has to ask
    OUTSIDE = "outside"  # left out of every denominator, and listed

    @property
    def label(self) -> str:
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.MET: "満たす",
    Standing.PROMISED: "満たす予定",
    Standing.UNMET: "満たさない",
    Standing.UNDECIDED: "要確認",
    Standing.OUTSIDE: "対象外",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a bidder asks for one row. `yen` is None when the cell names no sum."""

    yen: int | None
    written: str  # the cell as it stands
    note: str = ""  # how it was read, when that is not plain


@dataclass(frozen=True, slots=True)
class Due:
    """By when a bidder promises a row: the last day that the words allow, or None when they name none."""

    last_day: date | None
    written: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class BidAnswer:
    """One row of an answer book."""

    requirement: str
    status: AnswerStatus
    written: str  # the answer cell as it stands
    place: str  # sheet and cell
    cost: Cost | None = None
    due: Due | None = None
    remarks: str = ""
    questions: tuple[str, ...] = ()  # what reading the row left open

    @property
    def is_offered(self) -> bool:
        """The bidder says that its system does this, now or later, by itself or with something beside it."""
        return self.status in _OFFERED

    @property
    def is_offered_now(self) -> bool:
        """The bidder says that the product as it is does this by itself."""
        return self.status in _NOW

    @property
    def yen(self) -> int | None:
        return self.cost.yen if self.cost else None


@dataclass(frozen=True, slots=True)
class Policy:
    """What this buyer lets count, and when. Both switches are off in the standard's own sense of conformance."""

    as_of: date  # the day on which the answers are weighed
    deadline: date  # the day by which everything has to be there
    accepts_workaround: bool = False
    accepts_customization: bool = False


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two cells that cannot both be true, or a cell that lacks what its answer needs."""

    rule: str
    text: str
    is_fatal: bool = True  # the answer cannot be used before somebody has asked


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """A row of an answer book that belongs to no requirement. It is listed, never dropped."""

    place: str
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class Bid:
    """All answers of one bidder for one product against the editions it names."""

    bidder: str
    product: str
    version: str
    editions: Mapping[str, str]  # business → edition
    answers: Mapping[str, BidAnswer]
    source: str  # name of the book
    digest: str  # its SHA-256
    legend: Mapping[str, AnswerStatus] = field(default_factory=dict)  # as a person confirmed it
    unplaced: tuple[UnplacedRow, ...] = ()

    def answer(self, requirement_id: str) -> BidAnswer:
        return self.answers.get(requirement_id) or BidAnswer(requirement_id, AnswerStatus.UNANSWERED, "", "")


def contradictions(answer: BidAnswer, obligation: Obligation) -> Iterator[Contradiction]:
    """Everything about one row that a person has to ask the bidder about."""
    status, cost, due = answer.status, answer.cost, answer.due
    if status in _NOW and cost and cost.yen:
        told = f"「{answer.written}」（{status.label}）なのに費用 {cost.yen:,} 円が付いています。"
        yield Contradiction("supported_with_cost", told)
    if status is AnswerStatus.NOT_SUPPORTED and due and due.written:
        yield Contradiction("refused_with_date", f"対応不可なのに対応予定「{due.written}」が書かれています。")
    if obligation is Obligation.PROHIBITED and answer.is_offered:
        yield Contradiction("prohibited_offered", "実装不可の機能に、対応すると答えています。")
    if obligation is Obligation.MANDATORY and status is AnswerStatus.NOT_APPLICABLE:
        yield Contradiction("mandatory_left_out", "実装必須の機能に、対象外と答えています。")
    if status is AnswerStatus.PLANNED and (due is None or due.last_day is None):
        told = (
            f"予定の期日「{due.written}」から日付を決められません。"
            if due and due.written
            else "予定に期日がありません。"
        )
        yield Contradiction("planned_without_date", told, is_fatal=False)
    if status is AnswerStatus.CUSTOMIZE and (cost is None or cost.yen is None):
        yield Contradiction("customized_without_cost", "カスタマイズの費用が分かりません。", is_fatal=False)
    if status in (AnswerStatus.WORKAROUND, AnswerStatus.EXTERNAL) and not answer.remarks:
        what = "代わりの手順" if status is AnswerStatus.WORKAROUND else "製品の名前"
        yield Contradiction("nothing_named", f"{what}が備考にありません。", is_fatal=False)


def standing(answer: BidAnswer, obligation: Obligation, policy: Policy) -> Standing:
    """What the answer is worth for this obligation; a prohibited function is met by not being there."""
    if answer.status in (AnswerStatus.UNANSWERED, AnswerStatus.CONFLICT):
        return Standing.UNDECIDED
    if any(one.is_fatal for one in contradictions(answer, obligation)):
        return Standing.UNDECIDED
    if obligation is Obligation.PROHIBITED:
        return Standing.MET
    match answer.status:
        case AnswerStatus.NOT_APPLICABLE:
            return Standing.OUTSIDE
        case AnswerStatus.STANDARD | AnswerStatus.SETTING:
            return Standing.MET
        case AnswerStatus.WORKAROUND if policy.accepts_workaround:
            return Standing.MET
        case AnswerStatus.CUSTOMIZE if policy.accepts_customization:
            return Standing.PROMISED if answer.due is None or is_promise(answer.due, policy) else Standing.UNMET
        case AnswerStatus.PLANNED if answer.due and is_promise(answer.due, policy):
            return Standing.PROMISED
    return Standing.UNMET


def is_promise(due: Due, policy: Policy) -> bool:
    """A day is named, it has not passed while the row is still only planned, and it is not too late."""
    return due.last_day is not None and policy.as_of <= due.last_day <= policy.deadline

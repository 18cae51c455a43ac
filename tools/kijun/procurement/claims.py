"""Claim against evidence: what a bidder says of a row, what a run found of it, and what the municipality says."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kijun.model.bid import BidAnswer
from kijun.model.edition import Edition
from kijun.model.errors import Position, Problem
from kijun.model.requirement import MunicipalityClass, Obligation
from kijun.model.statement import Answer
from kijun.model.tender import Bidder, Tender
from kijun.model.verdict import Status


class Assurance(StrEnum):
    """How far the record of a run can be trusted."""

    REJUDGED = "rejudged"
    SIGNED = "signed"
    UNSIGNED = "unsigned"

    @property
    def label(self) -> str:
        return _ASSURANCES[self]


_ASSURANCES = {
    Assurance.REJUDGED: "署名あり・全て判定し直した",
    Assurance.SIGNED: "署名あり・判定し直していない所がある",
    Assurance.UNSIGNED: "署名なし（実行フォルダー）",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a run came to for one requirement."""

    status: Status
    because: str
    declared: Answer  # in the statement of the run
    by_declaration: bool  # the status follows from the statement alone
    cases: int  # scenarios that were run
    by_people: bool  # rests on an attestation


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run of one product, as far as claims are held against it."""

    source: str
    product: str
    version: str
    kind: MunicipalityClass
    editions: Mapping[str, str]  # business → edition
    on: date  # of its last event
    assurance: Assurance
    findings: Mapping[str, Finding]

    def days_before(self, day: date) -> str:
        """How old the run was on a day."""
        days = (day - self.on).days
        return f"{days} 日前" if days >= 0 else "評価の日より後"


def misfits(bidder: Bidder, evidence: Evidence, tender: Tender) -> Iterator[Problem]:
    """Why evidence does not speak of this bid: another product, version, edition or class of municipality."""
    bid, at = bidder.bid, Position.of(evidence.source)
    hint = "回答した製品・版・要件表の版で実行した記録を受け取ってください。"
    who = f"{bid.bidder}の記録「{evidence.source}」は"
    if _plain(evidence.product) != _plain(bid.product):
        yield Problem(at, f"{who}、別の製品「{evidence.product}」のものです（回答は「{bid.product}」）。", hint)
    elif _plain(evidence.version) != _plain(bid.version):
        told = f"{who}、製品の別の版「{evidence.version}」のものです（回答は「{bid.version}」）。"
        yield Problem(at, told, hint)
    for business, name in _editions(tender.edition):
        if business in evidence.editions and evidence.editions[business] != name:
            told = (
                f"{who}、{business} の「{evidence.editions[business]}」版を確かめたもので、「{name}」版ではありません。"
            )
            yield Problem(at, f"版が一致しません。{told}", hint)
    own = tender.profile.municipality.kind
    if evidence.kind is not own:
        told = f"{who}、団体区分「{evidence.kind.label}」のものです（この団体は「{own.label}」）。"
        yield Problem(at, told, "この団体の区分で実行した記録を受け取ってください。")


def _editions(edition: Edition) -> Sequence[tuple[str, str]]:
    return [(table.business, table.edition) for table in edition.tables]


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def disproof(answer: BidAnswer, obligation: Obligation, finding: Finding | None) -> str:
    """Why the claim cannot stand beside the record; empty when it can."""
    if finding is None:
        return ""
    claims = answer.is_offered_now if obligation is not Obligation.PROHIBITED else not answer.is_offered
    if claims and finding.status is Status.NOT_SATISFIED and not finding.by_declaration:
        return "実行で確かめると、満たしていませんでした。"
    if obligation is Obligation.PROHIBITED or not answer.is_offered_now:
        return ""
    if finding.declared in (Answer.NO, Answer.PLANNED):
        return f"実行のときの宣言書では「{finding.declared.label}」です。"
    return ""


def evidence_text(finding: Finding | None) -> str:
    """A finding for a cell: the status, and what it rests on."""
    if finding is None:
        return "記録なし"
    ground = [f"試験 {finding.cases} 件"] if finding.cases else []
    ground += ["人による確認"] if finding.by_people else []
    ground = ["宣言書から"] if finding.by_declaration else ground
    return f"{finding.status.label}（{'・'.join(ground) or '確かめていない'}）"

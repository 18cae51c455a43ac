"""A request to bidders: which rows of which edition one buyer asks about, on which sheet, and how much each weighs."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kijun.model.edition import Edition
from kijun.model.office import office_of
from kijun.model.profile import Profile
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement

CHOSEN = "標準オプション（採用）"


@dataclass(frozen=True, slots=True)
class Asked:
    """One row that bidders answer."""

    requirement: Requirement
    obligation: Obligation
    is_chosen: bool  # an option that this buyer asks for
    weight: int
    sheet: str  # the 課 that looks after it, else the business

    @property
    def obligation_text(self) -> str:
        return f"{self.obligation.symbol} {CHOSEN if self.is_chosen else self.obligation.label}"


@dataclass(frozen=True, slots=True)
class Outside:
    """One row that does not concern this buyer."""

    requirement: Requirement
    because: str


@dataclass(frozen=True)
class RequestForProposal:
    """Everything that is asked, and what is not and why."""

    profile: Profile
    edition: Edition
    rows: tuple[Asked, ...]
    outside: tuple[Outside, ...]
    names: Mapping[str, str]  # of businesses

    @classmethod
    def compose(cls, profile: Profile, edition: Edition, names: Mapping[str, str]) -> RequestForProposal:
        """Rows in the order of the tables; `names` gives the Japanese name of each business."""
        chosen = edition.limited_to(profile.businesses)
        rows: list[Asked] = []
        outside: list[Outside] = []
        for one in chosen.requirements.values():
            if because := profile.why_outside(one):
                outside.append(Outside(one, because))
                continue
            weight = profile.weights.get(one.id, 1)
            office = office_of(one, profile.offices)
            sheet = office.name if office else names[one.business]
            rows.append(Asked(one, profile.obligation(one), one.id in profile.options, weight, sheet))
        return cls(profile, chosen, tuple(rows), tuple(outside), names)

    @cached_property
    def sheets(self) -> dict[str, list[Asked]]:
        """Rows by sheet; sheets in the order in which the tables first need them."""
        found: dict[str, list[Asked]] = {}
        for row in self.rows:
            found.setdefault(row.sheet, []).append(row)
        return found

    @cached_property
    def counts(self) -> Counter[str]:
        """How many rows there are of each obligation; chosen options are counted apart."""
        return Counter(CHOSEN if row.is_chosen else row.obligation.label for row in self.rows)

    @cached_property
    def of_others(self) -> Counter[str]:
        """Rows left out because they concern other classes only, by the labels of those classes."""
        kind = self.profile.municipality.kind
        return Counter(
            "・".join(other.label for other in MunicipalityClass if one.requirement.category[other] in _STATED)
            for one in self.outside
            if one.requirement.category[kind] is Obligation.NONE
        )

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the workbook carries hidden, so that a returned one can be held against it."""
        profile = self.profile
        return {
            "format": "kijun-rfp-1",
            "profile": profile.id,
            "municipality": profile.municipality.code,
            "class": profile.municipality.kind.value,
            "as_of": profile.as_of.isoformat(),
            "edition": self.edition.name if self.edition.frozen_on else "",
            "edition_digest": self.edition.digest,
            "tables": {table.business: table.edition for table in self.edition.tables},
            "rows": [
                [row.requirement.id, row.requirement.fingerprint, row.obligation.value, row.is_chosen, row.weight]
                for row in self.rows
            ],
        }

    @property
    def code(self) -> str:
        return check_code(self.manifest)


_STATED = (Obligation.MANDATORY, Obligation.OPTIONAL, Obligation.PROHIBITED)


def check_code(manifest: Mapping[str, Any]) -> str:
    """Twice eight signs by which two people compare, on paper or by telephone, that they mean the same request."""
    whole = json.dumps(manifest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(whole.encode()).hexdigest().upper()
    return f"{digest[:8]}-{digest[8:16]}"


def differences(manifest: Mapping[str, Any], request: RequestForProposal) -> list[str]:
    """In what a book says that it asks something else than this request."""
    return differing(manifest, request.manifest, _PARTS, "依頼")


def differing(theirs: Mapping[str, Any], ours: Mapping[str, Any], labels: Mapping[str, str], name: str) -> list[str]:
    """In which of the labelled parts two manifests differ; `name` is what ours is called."""
    return [
        f"{label}が、この{name}のものと違います（ブックは {_shown(theirs[key])}、{name}は {_shown(ours[key])}）。"
        for key, label in labels.items()
        if theirs[key] != ours[key]
    ]


_PARTS = {
    "profile": "プロファイル",
    "municipality": "団体コード",
    "class": "団体区分",
    "as_of": "基準日",
    "edition": "版",
    "edition_digest": "版の SHA-256",
    "tables": "要件表の版",
    "rows": "尋ねた要件（番号、本文、実装区分、採用、重み）",
}


def _shown(part: Any) -> str:
    if isinstance(part, dict):
        return "、".join(f"{key} {value}" for key, value in part.items())
    return f"{len(part)} 件" if isinstance(part, list) else str(part) or "凍結していない表"


def mark(one: Requirement) -> str:
    """The short fingerprint that stands hidden beside a row."""
    return one.fingerprint[:16]


def outside_reasons(outside: Iterable[Outside]) -> Counter[str]:
    return Counter(one.because for one in outside)

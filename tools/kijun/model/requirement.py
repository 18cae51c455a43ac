"""A requirement: one sentence that can be found false, and what surrounds it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from kijun.model.errors import Position


class MunicipalityClass(StrEnum):
    """The groups for which the published tables set obligations."""

    DESIGNATED_CITY = "designated_city"
    CORE_CITY = "core_city"
    SPECIAL_WARD = "special_ward"
    GENERAL_CITY = "general_city"
    TOWN_VILLAGE = "town_village"

    @property
    def label(self) -> str:
        return _CLASS_LABELS[self]


_CLASS_LABELS = {
    MunicipalityClass.DESIGNATED_CITY: "指定都市",
    MunicipalityClass.CORE_CITY: "中核市",
    MunicipalityClass.SPECIAL_WARD: "特別区",
    MunicipalityClass.GENERAL_CITY: "一般市",
    MunicipalityClass.TOWN_VILLAGE: "町村",
}


class Obligation(StrEnum):
    """What the standard asks: ◎ 実装必須, ○ 標準オプション, × 実装不可, blank."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    PROHIBITED = "prohibited"
    NONE = "none"

    @property
    def label(self) -> str:
        return _OBLIGATION_LABELS[self]

    @property
    def symbol(self) -> str:
        return _OBLIGATION_SYMBOLS[self]


_OBLIGATION_LABELS = {
    Obligation.MANDATORY: "実装必須",
    Obligation.OPTIONAL: "標準オプション",
    Obligation.PROHIBITED: "実装不可",
    Obligation.NONE: "規定なし",
}
_OBLIGATION_SYMBOLS = {
    Obligation.MANDATORY: "◎",
    Obligation.OPTIONAL: "○",
    Obligation.PROHIBITED: "×",
    Obligation.NONE: "",
}


class Method(StrEnum):
    """How a requirement is verified (ISO/IEC/IEEE 29148 methods, and two honest exits)."""

    TEST = "test"
    DEMONSTRATION = "demonstration"
    INSPECTION = "inspection"
    ANALYSIS = "analysis"
    CONTRACT = "contract"
    NOT_TESTABLE = "not_testable"

    @property
    def label(self) -> str:
        return _METHOD_LABELS[self]


_METHOD_LABELS = {
    Method.TEST: "自動試験",
    Method.DEMONSTRATION: "実演",
    Method.INSPECTION: "書類確認",
    Method.ANALYSIS: "分析",
    Method.CONTRACT: "契約",
    Method.NOT_TESTABLE: "検査しない",
}


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """One source of the duty, as cited in Japanese."""

    law: str
    article: str
    url: str = ""

    def __str__(self) -> str:
        return f"{self.law} {self.article}"


NORMATIVE = ("text", "category", "effective", "verification", "operations")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row. Its id never changes meaning; a changed text gets a new history entry."""

    id: str
    business: str
    text: str
    category: Mapping[MunicipalityClass, Obligation]
    category_source: str
    effective_from: date
    effective_to: date | None
    method: Method
    row: Mapping[str, Any] = field(repr=False)  # the table row as read: everything only reports show
    at: Position = field(compare=False)

    @property
    def name(self) -> str:
        return str(self.row["name"])

    @property
    def major(self) -> str:
        return str(self.row["major"])

    @property
    def operations(self) -> tuple[str, ...]:
        return tuple(self.row["operations"])

    @property
    def legal_basis(self) -> tuple[LegalBasis, ...]:
        return tuple(LegalBasis(**basis) for basis in self.row["legal_basis"])

    @property
    def normative(self) -> dict[str, Any]:
        """What a product is held to; every other cell of the row explains it, dates it or tells where it stands."""
        return {name: self.row[name] for name in NORMATIVE}

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what a product is held to: the same as long as no answer and no test has to be looked at again."""
        whole = json.dumps(self.normative, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(whole.encode("utf-8", "backslashreplace")).hexdigest()

    def in_force_on(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @classmethod
    def from_row(cls, row: Mapping[str, Any], business: str, at: Position) -> Requirement:
        """Build from a row that the requirement-table schema has already accepted."""
        end = row["effective"].get("to")
        return cls(
            id=row["id"],
            business=business,
            text=row["text"],
            category={MunicipalityClass(name): Obligation(value) for name, value in row["category"].items()},
            category_source=row["category_source"],
            effective_from=date.fromisoformat(row["effective"]["from"]),
            effective_to=date.fromisoformat(end) if end else None,
            method=Method(row["verification"]["method"]),
            row=row,
            at=at,
        )


@dataclass(frozen=True, slots=True)
class RequirementTable:
    """All rows of one business in one edition."""

    business: str
    edition: str
    status: str
    source: str
    requirements: tuple[Requirement, ...]
    retired: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # id → why, and what follows it

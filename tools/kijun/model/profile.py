"""What a buyer asks: which municipality, as of which day, which businesses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from kijun.model.office import Office
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement


def municipality_check_digit(first_five: str) -> str:
    """Last digit of 全国地方公共団体コード: (11 − Σ digit × 6..2 mod 11) mod 10."""
    total = sum(int(digit) * weight for digit, weight in zip(first_five, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


@dataclass(frozen=True, slots=True)
class Municipality:
    """A body by its six-digit code; codes beginning with 99 are fictional."""

    code: str
    prefecture: str
    name: str
    kind: MunicipalityClass


@dataclass(frozen=True, slots=True)
class FileForm:
    """How files are written where a product is driven by files."""

    encoding: str = "utf-8"  # utf-8, utf-8-bom, utf-16 or cp932
    newline: str = "crlf"  # or lf


@dataclass(frozen=True, slots=True)
class Profile:
    """The buyer's side of a run."""

    id: str
    title: str
    municipality: Municipality
    as_of: date
    businesses: tuple[str, ...]
    files: FileForm = FileForm()
    options: frozenset[str] = frozenset()  # optional requirements that this buyer asks for; they change no verdict
    offices: tuple[Office, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)  # requirement → weight; 1 where none is given

    def obligation(self, requirement: Requirement) -> Obligation:
        return requirement.category[self.municipality.kind]

    def is_asked(self, requirement: Requirement) -> bool:
        """Whether this buyer cannot do without it: what is mandatory, and the options chosen."""
        return self.obligation(requirement) is Obligation.MANDATORY or requirement.id in self.options

    def why_outside(self, requirement: Requirement) -> str:
        """Why the requirement does not concern this buyer on the day of judgement; empty when it does."""
        if self.obligation(requirement) is Obligation.NONE:
            return f"団体区分「{self.municipality.kind.label}」に規定がありません。"
        if not requirement.in_force_on(self.as_of):
            return f"基準日 {self.as_of.isoformat()} に適用されません。"
        return ""

    def as_record(self) -> dict[str, Any]:
        """The profile as the run log, the driver and the report carry it; `files` only where the buyer asks for it.

        What a buyer asks of bidders beyond the standard (options, offices, weights) is no part of a run.
        """
        record: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "municipality_code": self.municipality.code,
            "municipality_name": self.municipality.name,
            "municipality_class": self.municipality.kind.value,
            "as_of": self.as_of.isoformat(),
            "businesses": list(self.businesses),
        }
        if self.files != FileForm():
            record["files"] = asdict(self.files)
        return record

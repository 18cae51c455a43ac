"""What was agreed: an edition, a product in a version, and the rows in which it may differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from kijun.catalog.configuration import read_checked
from kijun.catalog.yaml_reader import YamlFile
from kijun.model.errors import ConfigurationError, Problem
from kijun.model.values import japanese_date
from kijun.procurement.request import RequestForProposal


class Deviation(StrEnum):
    """In what way a row may differ from the standard."""

    POSTPONED = "postponed"
    WORKAROUND = "workaround"
    EXCLUDED = "excluded"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Deviation.POSTPONED: "後日の実装",
    Deviation.WORKAROUND: "運用・代替",
    Deviation.EXCLUDED: "契約から除く",
}


@dataclass(frozen=True, slots=True)
class Agreed:
    """One agreed deviation."""

    kind: Deviation
    until: date | None
    reason: str
    office: str
    on: date

    def is_valid_on(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def __str__(self) -> str:
        until = f"{japanese_date(self.until.isoformat())}まで、" if self.until else ""
        return f"{self.kind.label}（{until}{self.office}、{japanese_date(self.on.isoformat())}合意）{self.reason}"


@dataclass(frozen=True)
class Contract:
    """What has to be delivered."""

    title: str
    edition: str
    product: str
    vendor: str
    version: str
    signed: date
    deviations: Mapping[str, Agreed]


def edition_of(path: Path) -> str:
    """The edition that a contract names. Raises ConfigurationError."""
    return str(_checked(path).data["contract"]["edition"])


def read_contract(path: Path, request: RequestForProposal) -> Contract:
    """Read a contract about what this request asks. Raises ConfigurationError with all problems."""
    file = _checked(path)
    if problems := list(_problems(file, request)):
        raise ConfigurationError(problems)
    head = file.data["contract"]
    return Contract(
        title=head["title"],
        edition=head["edition"],
        product=head["product"],
        vendor=head["vendor"],
        version=head["version"],
        signed=date.fromisoformat(head["signed"]),
        deviations={row["requirement"]: _agreed(row) for row in file.data.get("deviations", ())},
    )


def _checked(path: Path) -> YamlFile:
    file, problems = read_checked(path, "contract")
    if problems:
        raise ConfigurationError(problems)
    return file


def _problems(file: YamlFile, request: RequestForProposal) -> Iterator[Problem]:
    asked, seen = {row.requirement.id for row in request.rows}, set[str]()
    for index, row in enumerate(file.data.get("deviations", ())):
        at, one = file.at("deviations", index), row["requirement"]
        if one not in asked:
            hint = "番号と版を確かめるか、対象外の要件なら行を消してください。"
            yield Problem(at, f"要件 {one} は、契約の版でこの団体に尋ねる要件ではありません。", hint)
        if one in seen:
            yield Problem(at, f"要件 {one} の差異が二つあります。", "一方を消してください。")
        seen.add(one)


def _agreed(row: Mapping[str, Any]) -> Agreed:
    until = row.get("until")
    return Agreed(
        kind=Deviation(row["kind"]),
        until=date.fromisoformat(until) if until else None,
        reason=row["reason"],
        office=row["office"],
        on=date.fromisoformat(row["agreed"]),
    )

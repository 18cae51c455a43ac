"""What a Fit&Gap book carries hidden: for which rows of which edition it was made, and what stood in it then."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kijun.catalog.schemas import schema
from kijun.catalog.workbook_values import Rows
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.procurement.fitgap.judgements import Before, Entry, Fate, FitGap, Version
from kijun.procurement.request import RequestForProposal, differing

HIDDEN: Final = "_kijun_fitgap"
FORMAT: Final = "kijun-fitgap-1"
_PART: Final = 30_000  # signs in one hidden cell; a cell holds 32,767
_FACTS: Final = ("profile", "municipality", "class", "as_of", "edition", "edition_digest", "tables")
_LABELS: Final = {
    "profile": "プロファイル",
    "municipality": "団体コード",
    "class": "団体区分",
    "as_of": "基準日",
    "edition": "版",
    "edition_digest": "版の SHA-256",
    "tables": "要件表の版",
    "rows": "要件（番号、本文、実装区分）",
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One row as the book was made for it."""

    requirement: str
    obligation: str  # value of Obligation
    text: str


@dataclass(frozen=True)
class Manifest:
    """The hidden sheet, read."""

    content: Mapping[str, Any]

    @property
    def edition(self) -> str:
        return str(self.content["edition"])

    @property
    def sheets(self) -> tuple[str, ...]:
        """The 課 or businesses that the book was made for."""
        return tuple(self.content["sheets"])

    @property
    def rows(self) -> dict[str, Stated]:
        return {one: Stated(one, obligation, text) for one, _, obligation, text in self.content["rows"]}

    @property
    def bases(self) -> dict[str, tuple[Version, ...]]:
        """What stood in each row when the book was made: one version, or the rivals between which to choose."""
        return _versions(self.content["base"])

    @property
    def past(self) -> dict[str, tuple[Version, ...]]:
        return _versions(self.content["past"])

    @property
    def before(self) -> tuple[Before, ...]:
        return tuple(
            Before(one, Fate(fate), told, _version(version)) for one, fate, told, version in self.content["before"]
        )

    def differences(self, request: RequestForProposal) -> list[str]:
        """In what the book was made for something else than this request."""
        return differing(self.content, _made_for(request), _LABELS, "条件")


def lines(fitgap: FitGap, sheets: Sequence[str]) -> list[str]:
    """The hidden sheet of a book, a text for every cell."""
    rows = fitgap.rows.items()
    content = {
        **_made_for(fitgap.request),
        "sheets": list(sheets),
        "base": {
            one: [_cells(each) for each in row.rivals or (row.version,)]
            for one, row in rows
            if row.rivals or not row.version.entry.is_blank
        },
        "past": {one: [_cells(each) for each in row.past] for one, row in rows if row.past},
        "before": [[one.requirement, one.fate.value, one.told, _cells(one.version)] for one in fitgap.before],
    }
    whole = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return [FORMAT, *(whole[start : start + _PART] for start in range(0, len(whole), _PART))]


def read_manifest(path: Path, opened: Mapping[str, Rows]) -> Manifest:
    """Raises ConfigurationError for a book that is none of ours, or whose hidden sheet was changed."""
    if HIDDEN not in opened:
        told = f"Fit&Gap の本ではありません（隠しシート「{HIDDEN}」がありません）。"
        hint = "kijun fitgap new で作って配った本に記入したものを指定してください（無害化で隠しシートを消さないで）。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)])
    try:
        content = json.loads("".join(str(row[0]) for row in opened[HIDDEN][1:] if row))
    except (ValueError, RecursionError):
        content = None
    if next(schema("fitgap_manifest").errors(content), None):
        told = f"隠しシート「{HIDDEN}」が書き換えられていて、何について作った本か分かりません。"
        hint = "配ったときの本に、記入した欄を写し直してください。"
        raise ConfigurationError([Problem(Position.of(path), told, hint)])
    return Manifest(content)


def _made_for(request: RequestForProposal) -> dict[str, Any]:
    whole = request.manifest
    return {
        "format": FORMAT,
        **{name: whole[name] for name in _FACTS},
        "rows": [
            [one.requirement.id, one.requirement.fingerprint, one.obligation.value, one.requirement.text]
            for one in request.rows
        ],
    }


def _cells(version: Version) -> list[str]:
    return [*version.entry.cells, version.who, version.when, version.place]


def _version(cells: Sequence[str]) -> Version:
    judgement, gap, measure, remarks, who, when, place = cells
    return Version(Entry(judgement, gap, measure, remarks), who, when, place)


def _versions(content: Mapping[str, Any]) -> dict[str, tuple[Version, ...]]:
    return {one: tuple(_version(each) for each in versions) for one, versions in content.items()}

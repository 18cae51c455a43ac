"""Where the list of bodies comes from, and the codes that are not, or no longer, in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import YamlFile, read_yaml
from kijun.model.errors import CatalogError, Problem
from kijun.model.profile import Municipality, municipality_check_digit

FICTIONAL = "99"
SHIPPED: Final = shipped_root() / "requirements" / "kpi" / "registry.yaml"


@dataclass(frozen=True, slots=True)
class Ended:
    """A body that is no more."""

    code: str
    prefecture: str
    name: str
    ended_on: date
    successor: str


@dataclass(frozen=True)
class BodyRegistry:
    """All bodies with their origin."""

    bodies: Mapping[str, Municipality]  # the fictional ones among them
    made_on: date
    source: str
    has_official_classes: bool
    not_counted: Mapping[str, Mapping[str, str]]  # code → row
    ended: Mapping[str, Ended]

    @cached_property
    def counted(self) -> dict[str, Municipality]:
        """The real bodies: what every count is over."""
        return {code: body for code, body in self.bodies.items() if not code.startswith(FICTIONAL)}


def read_registry(path: Path = SHIPPED) -> BodyRegistry:
    """The registry that came with this program. Raises CatalogError for one that does not fit its own description."""
    file, bodies = read_yaml(path), read_municipalities()
    problems = file.problems or schema_problems("kpi_registry", file) or list(_problems(file, bodies))
    if problems:
        raise CatalogError(problems)
    data: Mapping[str, Any] = file.data
    head = data["registry"]
    return BodyRegistry(
        bodies=bodies,
        made_on=date.fromisoformat(head["made_on"]),
        source=head["source"],
        has_official_classes=head["class_certainty"] == "official",
        not_counted={row["code"]: row for row in data["not_counted"]},
        ended={
            row["code"]: Ended(**{**row, "ended_on": date.fromisoformat(row["ended_on"])}) for row in data["changes"]
        },
    )


def _problems(file: YamlFile, bodies: Mapping[str, Municipality]) -> Iterator[Problem]:
    told, count = file.data["registry"]["bodies"], sum(not code.startswith(FICTIONAL) for code in bodies)
    if told != count:
        hint = "municipalities.csv の変更に合わせて、数と made_on を直してください。"
        yield Problem(file.at("registry", "bodies"), f"団体の数は {count} です（{told} と書かれています）。", hint)
    for kind in ("not_counted", "changes"):
        for index, row in enumerate(file.data[kind]):
            at, code = file.at(kind, index), row["code"]
            if municipality_check_digit(code[:5]) != code[5]:
                yield Problem(at, f"団体コード {code} の検査数字が合いません。", "コードを確かめてください。")
            if code in bodies:
                yield Problem(at, f"団体コード {code} は municipalities.csv にもあります。", "一方から消してください。")
            if row.get("successor", code) not in {code, *bodies}:
                yield Problem(at, f"後継の団体 {row['successor']} がありません。", "コードを確かめてください。")

"""Where the list of bodies comes from, and the codes that are not, or no longer, in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema_problems
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import CatalogError
from kijun.model.profile import Municipality

FICTIONAL = "99"


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


def read_registry() -> BodyRegistry:
    """The registry that came with this program. Raises CatalogError for one that does not fit its own description."""
    file = read_yaml(shipped_root() / "requirements" / "kpi" / "registry.yaml")
    problems = file.problems or schema_problems("kpi_registry", file)
    if problems:
        raise CatalogError(problems)
    data: Mapping[str, Any] = file.data
    head = data["registry"]
    return BodyRegistry(
        bodies=read_municipalities(),
        made_on=date.fromisoformat(head["made_on"]),
        source=head["source"],
        has_official_classes=head["class_certainty"] == "official",
        not_counted={row["code"]: row for row in data["not_counted"]},
        ended={
            row["code"]: Ended(**{**row, "ended_on": date.fromisoformat(row["ended_on"])}) for row in data["changes"]
        },
    )

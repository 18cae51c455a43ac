"""Made-up editions, a row a line: what a test of differences needs and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from kijun.model.edition import Edition
from kijun.model.errors import Position
from kijun.model.requirement import MunicipalityClass, Requirement, RequirementTable

SLUG = "pot_register"
CLASSES = [kind.value for kind in MunicipalityClass]


def row(number: str, text: str, /, **cells: Any) -> dict[str, Any]:
    """A row of the made-up business; `number` is the end of its id."""
    return {
        "id": f"999-1.1.1-{number}",
        "official_ids": [],
        "major": "鉢",
        "middle": "台帳",
        "name": "登録",
        "text": text,
        "category": dict.fromkeys(CLASSES, "mandatory"),
        "category_source": "estimated",
        "effective": {"from": "2020-04-01", "basis": "試験用", "source": "estimated"},
        "legal_basis": [{"law": "架空法", "article": "1条"}],
        "rationale": "試験のため。",
        "verification": {"method": "test"},
        "operations": ["plant_pot"],
        "history": [{"edition": "1", "date": "2020-04-01", "change": "added"}],
        **cells,
    }


def table(rows: Iterable[Mapping[str, Any]], business: str = SLUG, retired: Iterable[Any] = ()) -> RequirementTable:
    return RequirementTable(
        business=business,
        edition="1",
        status="draft",
        source="試験用",
        requirements=tuple(Requirement.from_row(one, business, Position("t.yaml")) for one in rows),
        retired={one["id"]: one for one in retired},
    )


def edition(name: str, *rows: Mapping[str, Any], retired: Iterable[Any] = (), business: str = SLUG) -> Edition:
    return Edition(name, (table(rows, business, retired),), date(2026, 11, 24), digest="0" * 64)

"""The rate tables as dated data: read once, keyed by the fiscal year in which they take effect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from kijun.reference.tables import read_table


@dataclass(frozen=True, slots=True)
class Rates:
    """Annual amounts in yen of one fiscal year, by vehicle class."""

    fiscal_year: int
    standard: dict[str, int]
    former: dict[str, int]
    heavy: dict[str, int]
    reduced: dict[str, dict[str, int]]  # reduced_75 … → class → yen


@cache
def data() -> dict[str, Any]:
    return read_table(__package__, "rates.yaml")


def first_year() -> int:
    return int(data()["years"]["first"])


def last_year() -> int:
    return int(data()["years"]["last"])


def is_known_year(fiscal_year: int) -> bool:
    return first_year() <= fiscal_year <= last_year()


def rates_of(fiscal_year: int) -> Rates:
    """The tables in force; classes that do not exist yet in that year are left out."""
    period = max((one for one in data()["periods"] if one["from"] <= fiscal_year), key=lambda one: int(one["from"]))
    reductions = [one for one in data()["reductions"] if one["from"] <= fiscal_year <= one["to"]]
    return Rates(
        fiscal_year,
        {name: yen for name, yen in period["standard"].items() if exists(name, fiscal_year)},
        period["former"],
        period["heavy"],
        reductions[0]["amounts"] if reductions else {},
    )


def exists(vehicle_class: str, fiscal_year: int) -> bool:
    """Whether the class is known to the law of that fiscal year (新基準原付: 令和7年度から)."""
    return int(data()["classes"][vehicle_class].get("from", first_year())) <= fiscal_year


def has_three_wheels_or_more(vehicle_class: str) -> bool:
    return bool(data()["classes"][vehicle_class]["three_or_more"])

"""Values that change with the fiscal year, read once from years.yaml."""

from __future__ import annotations

from functools import cache
from typing import Any

from kijun.reference.errors import Refusal
from kijun.reference.tables import read_table


@cache
def _tables() -> dict[str, Any]:
    return read_table(__package__, "years.yaml")


def checked_year(fiscal_year: int) -> int:
    """The fiscal year itself. Raises Refusal for one the tables say nothing of."""
    span = _tables()["years"]
    if not span["first"] <= fiscal_year <= span["last"]:
        raise Refusal("year_without_terms", f"{span['name']}の条件しかありません。")
    return fiscal_year


def first_year() -> int:
    """The first fiscal year the tables tell of."""
    return int(_tables()["years"]["first"])


def row(name: str, fiscal_year: int) -> dict[str, Any]:
    """The row of a value that holds in a fiscal year."""
    rows = [one for one in _tables()[name] if one["from"] <= fiscal_year]
    return dict(rows[-1])


def amount(name: str, fiscal_year: int) -> int:
    """The value of a fiscal year, in yen (ages in years)."""
    return int(row(name, fiscal_year)["amount"])

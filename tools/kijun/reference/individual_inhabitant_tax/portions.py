"""Work on everybody: the rows of a portion of persons are asked for once a table, and forgotten with the portion."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax.records import Dossier
from kijun.reference.store import Base, kept, table_of

SIZE = 1_000
_KEY = "iit_portion"
Row = TypeVar("Row", bound=Base)
Found = TypeVar("Found")


def split(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    """The numbers of everybody in portions, in their order."""
    for start in range(0, len(numbers), SIZE):
        yield numbers[start : start + SIZE]


class Portion:
    """Some persons of one fiscal year, with every row asked for so far, by table and number."""

    def __init__(self, desk: Desk, numbers: Sequence[str], fiscal_year: int) -> None:
        self._desk, self._numbers, self._fiscal_year = desk, frozenset(numbers), fiscal_year
        self._of_persons: dict[type[Base], dict[str, list[Any]]] = {}
        self._of_dossiers: dict[type[Base], dict[str, list[Any]]] = {}
        self.remembered: dict[Any, Any] = {}

    def covers(self, taxpayer_id: str, fiscal_year: int) -> bool:
        return fiscal_year == self._fiscal_year and taxpayer_id in self._numbers

    def of_person(self, table: type[Row], taxpayer_id: str) -> list[Row]:
        if table not in self._of_persons:
            year = _of_year(table, self._fiscal_year)
            self._of_persons[table] = self._asked(table, "taxpayer_id", self._numbers, **year)
        return self._of_persons[table].get(taxpayer_id, [])

    def of_dossier(self, table: type[Row], dossier_id: str) -> list[Row]:
        if table not in self._of_dossiers:
            self._of_dossiers[table] = self._asked(table, "dossier_id", self._dossiers)
        return self._of_dossiers[table].get(dossier_id, [])

    def has_dossier(self, dossier_id: str) -> bool:
        return dossier_id in self._dossiers

    @cached_property
    def _dossiers(self) -> frozenset[str]:
        """The dossiers of the portion; asked for when the first of them is being looked at."""
        return frozenset(row.dossier_id for rows in self._of_persons.get(Dossier, {}).values() for row in rows)

    def _asked(self, table: type[Row], column: str, numbers: Any, **equal: Any) -> dict[str, list[Row]]:
        wanted = [getattr(table, name) == value for name, value in {"tenant": self._desk.id, **equal}.items()]
        question = select(table).where(*wanted, getattr(table, column).in_(sorted(numbers)))
        found: dict[str, list[Row]] = {}
        for row in self._desk.session.scalars(question.order_by(*table_of(table).primary_key)):
            found.setdefault(getattr(row, column), []).append(row)
        return found


def _of_year(table: type[Any], fiscal_year: int) -> dict[str, int]:
    return {"fiscal_year": fiscal_year} if hasattr(table, "fiscal_year") else {}


@contextmanager
def portion(desk: Desk, numbers: Sequence[str], fiscal_year: int) -> Iterator[None]:
    """While this holds, rows of these persons are read from what was asked for once; afterwards nothing is kept."""
    desk.session.info[_KEY] = Portion(desk, numbers, fiscal_year)
    try:
        yield
    finally:
        del desk.session.info[_KEY]
    desk.session.flush()
    desk.session.expunge_all()


def rows_of(desk: Desk, table: type[Row], taxpayer_id: str, fiscal_year: int) -> list[Row]:
    """The rows of one person and fiscal year, in the order of their numbers; of any year where the table has none."""
    held: Portion | None = desk.session.info.get(_KEY)
    if held is not None and held.covers(taxpayer_id, fiscal_year):
        return held.of_person(table, taxpayer_id)
    return kept(desk.session, table, desk.id, taxpayer_id=taxpayer_id, **_of_year(table, fiscal_year))


def rows_of_dossier(desk: Desk, table: type[Row], dossier_id: str) -> list[Row]:
    """The rows about one dossier."""
    held: Portion | None = desk.session.info.get(_KEY)
    if held is not None and held.has_dossier(dossier_id):
        return held.of_dossier(table, dossier_id)
    return kept(desk.session, table, desk.id, dossier_id=dossier_id)


def remembered(desk: Desk, key: Any, find: Callable[[], Found]) -> Found:
    """What is the same for everybody is found once in a portion."""
    held: Portion | None = desk.session.info.get(_KEY)
    if held is None:
        return find()
    if key not in held.remembered:
        held.remembered[key] = find()
    found: Found = held.remembered[key]
    return found

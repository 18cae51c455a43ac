"""An edition: all requirement tables as they stood on one day, under one name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kijun.model.requirement import Requirement, RequirementTable


@dataclass(frozen=True, slots=True)
class Edition:
    """Frozen tables, or the present ones of a root, which have neither day nor digest yet."""

    name: str
    tables: tuple[RequirementTable, ...]
    frozen_on: date | None = None
    note: str = ""  # which state this is, in the words of whoever froze it
    digest: str = ""  # SHA-256 of the content

    @property
    def requirements(self) -> dict[str, Requirement]:
        return {one.id: one for table in self.tables for one in table.requirements}

    @property
    def businesses(self) -> tuple[str, ...]:
        return tuple(table.business for table in self.tables)

    @property
    def label(self) -> str:
        return f"{self.name}版（{self.frozen_on.isoformat()}）" if self.frozen_on else self.name

    def table(self, business: str) -> RequirementTable | None:
        return next((table for table in self.tables if table.business == business), None)

    def limited_to(self, businesses: Iterable[str]) -> Edition:
        """The same edition with the tables of these businesses only."""
        wanted = set(businesses)
        return replace(self, tables=tuple(table for table in self.tables if table.business in wanted))

"""A section (課) of a municipality: one noun for whoever fills a sheet, looks after rows, or judges them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kijun.model.requirement import Requirement


@dataclass(frozen=True, slots=True)
class Office:
    """A 課 and the rows it looks after: all that any of the four sets names."""

    name: str
    businesses: frozenset[str] = frozenset()
    majors: frozenset[str] = frozenset()  # 大項目 of whatever business
    chapters: frozenset[tuple[str, str]] = frozenset()  # business and 大項目
    requirements: frozenset[str] = frozenset()

    def looks_after(self, one: Requirement) -> bool:
        return (
            one.business in self.businesses
            or one.major in self.majors
            or (one.business, one.major) in self.chapters
            or one.id in self.requirements
        )


def office_of(one: Requirement, offices: Iterable[Office]) -> Office | None:
    """The first of these offices that looks after the requirement."""
    return next((office for office in offices if office.looks_after(one)), None)

"""One specification root, read whole: glossary, tables, registries, digest."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kijun.catalog.flow_reader import read_flows
from kijun.catalog.glossary_reader import read_glossary
from kijun.catalog.layout_reader import read_layouts
from kijun.catalog.root import shipped_root, suite_digest
from kijun.catalog.schemas import schema_problems
from kijun.catalog.table_reader import read_tables
from kijun.catalog.yaml_reader import read_yaml
from kijun.model.errors import CatalogError, Problem
from kijun.model.flow import FlowBook
from kijun.model.glossary import Glossary
from kijun.model.layout import LayoutBook
from kijun.model.profile import Municipality
from kijun.model.requirement import MunicipalityClass, Requirement, RequirementTable


@dataclass(frozen=True)
class Catalog:
    """The requirements side of the specification; features join it in the engine."""

    root: Path
    glossary: Glossary
    tables: tuple[RequirementTable, ...]
    systems: Mapping[str, Mapping[str, Any]]  # slug → row of businesses.yaml
    digest: str
    has_all_words: bool = True  # whether every glossary file could be read: without, no word can be called unknown
    has_all_rows: bool = True  # whether every table could be read: without, no requirement can be called unknown
    layouts: tuple[LayoutBook, ...] = ()  # files, for products that are driven by them
    flows: tuple[FlowBook, ...] = ()  # business flows, which decide no verdict

    @property
    def requirements(self) -> dict[str, Requirement]:
        return {one.id: one for table in self.tables for one in table.requirements}

    @property
    def editions(self) -> dict[str, str]:
        return {table.business: table.edition for table in self.tables}

    def table(self, business: str) -> RequirementTable | None:
        return next((table for table in self.tables if table.business == business), None)

    def limited_to(self, businesses: Iterable[str]) -> Catalog:
        """The same catalog with the tables of these businesses only."""
        wanted = set(businesses)
        tables = tuple(table for table in self.tables if table.business in wanted)
        return replace(self, tables=tables)

    @classmethod
    def load(cls, root: Path) -> Catalog:
        """Read a root. Raises CatalogError with every problem of every file."""
        catalog, problems = cls.inspect(root)
        if problems:
            raise CatalogError(problems)
        return catalog

    @classmethod
    def inspect(cls, root: Path) -> tuple[Catalog, list[Problem]]:
        """Read a root as far as it can be read, with all problems beside it."""
        systems, problems = read_systems(root)
        glossary, faults, has_all_words = read_glossary(root)
        problems += faults
        tables, faults, has_all_rows = read_tables(root, glossary, frozenset(systems))
        problems += faults if has_all_words else []
        businesses = {table.business for table in tables}
        layouts: tuple[LayoutBook, ...] = ()
        flows: tuple[FlowBook, ...] = ()
        if has_all_words and has_all_rows:
            layouts, faults = read_layouts(root, glossary, businesses)
            problems += faults
            numbers = {one.id for table in tables for one in table.requirements}
            flows, faults = read_flows(root, glossary, businesses, numbers)
            problems += faults
        digest = suite_digest(root)
        return cls(
            root, glossary, tuple(tables), systems, digest, has_all_words, has_all_rows, layouts, flows
        ), problems


def read_systems(root: Path) -> tuple[dict[str, Mapping[str, Any]], list[Problem]]:
    """The registry of all businesses; a pack without its own uses the shipped one."""
    path = root / "requirements" / "businesses.yaml"
    file = read_yaml(path if path.exists() else shipped_root() / "requirements" / "businesses.yaml")
    problems = file.problems or schema_problems("businesses", file)
    if problems:
        return {}, problems
    return {row["slug"]: row for row in file.data["systems"]}, []


def read_municipalities() -> dict[str, Municipality]:
    """The list of all bodies by code, the fictional ones (99…) among them."""
    path = shipped_root() / "requirements" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: Municipality(row["code"], row["prefecture"], row["name"], MunicipalityClass(row["class"]))
            for row in csv.DictReader(lines)
        }

"""From what a user names (profile, system folder, businesses) to an assignment, with every fault found first."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_attestations, read_profile, read_records, read_statement, read_system
from kijun.catalog.files_reader import read_files
from kijun.catalog.mapping_reader import read_mapping
from kijun.catalog.screens_reader import read_screens
from kijun.engine.run import Assignment
from kijun.engine.suite import Suite
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.statement import ImplementationConformanceStatement, SystemUnderTest

DEFAULT_PROFILE = Path("requirements", "profiles", "sample_city.yaml")
DEFAULT_SYSTEM = Path("requirements", "systems", "reference")
NOTHING_DECLARED = ImplementationConformanceStatement(editions={}, answers={})


@dataclass(frozen=True)
class Request:
    """What the user asked for; everything unset means the embedded reference system and the sample profile."""

    root: Path
    profile: Path | None = None
    system: Path | None = None
    businesses: Sequence[str] = ()
    seed: str = ""
    select: Sequence[str] = ()
    waivers: Path | None = None
    reviews: Path | None = None
    disputes: Path | None = None
    door: str = "kijun"
    cache: Path | None = None
    needs_statement: bool = True  # a driver is looked at before anything is declared


def prepare(
    request: Request, begin: Callable[[SystemUnderTest], None] | None = None
) -> tuple[Assignment, SystemUnderTest]:
    """Read and check everything that can be checked without the system. Raises CatalogError, ConfigurationError.

    `begin` hears of the system before the suite is read, which takes as long as a system takes to start.
    """
    if begin:
        begin(read_system(system_folder(request)))
    suite = Suite.load(request.root, request.cache)
    return assign(suite, request)


def system_folder(request: Request) -> Path:
    return request.system or request.root / DEFAULT_SYSTEM


def assign(suite: Suite, request: Request) -> tuple[Assignment, SystemUnderTest]:
    """Join a suite with the buyer's profile and the vendor's folder."""
    profile_path = request.profile or request.root / DEFAULT_PROFILE
    folder = system_folder(request)
    profile = read_profile(profile_path, suite.catalog)
    if request.businesses:
        profile = replace(profile, businesses=tuple(request.businesses))
    catalog = suite.catalog.limited_to(profile.businesses)
    missing = [one for one in profile.businesses if catalog.table(one) is None]
    if missing:
        known = "、".join(table.business for table in suite.catalog.tables)
        hint = f"使えるのは {known} です。"
        raise ConfigurationError(
            [Problem(Position.of(profile_path), f"業務「{missing[0]}」の要件表がありません。", hint)]
        )
    sut = read_system(folder)
    if sut.driver == "mapping":
        sut = replace(sut, mapping=read_mapping(folder, suite.catalog.glossary))
    if sut.driver == "browser":
        sut = replace(sut, mapping=read_screens(folder, suite.catalog.glossary))
    if sut.driver == "files":
        sut = replace(sut, mapping=read_files(folder, suite.catalog))
    declared = request.needs_statement or (folder / "statement.yaml").exists()
    statement = read_statement(folder, catalog) if declared else NOTHING_DECLARED
    ids = suite.catalog.requirements
    of_business = {one.id: one.business for one in suite.scenarios}
    disputes = _records(request.disputes, "disputes", of_business)
    assignment = Assignment(
        catalog=catalog,
        scenarios=suite.scenarios,
        profile=profile,
        statement=statement,
        seed=request.seed or secrets.token_hex(8),
        select=tuple(request.select),
        deadlines=dict(sut.deadlines),
        max_sessions=sut.sessions,
        attestations=_about(catalog, read_attestations(folder, suite.catalog)),
        waivers=_about(catalog, _records(request.waivers, "waivers", ids)),
        reviews=_about(catalog, _records(request.reviews, "reviews", ids)),
        disputes=tuple(row for row in disputes if of_business[row["scenario"]] in profile.businesses),
        door=request.door,
    )
    return assignment, sut


def _records(path: Path | None, kind: str, known: Collection[str]) -> list[dict[str, Any]]:
    """Rows of a file that was asked for, none of them expired on the day on which the run begins."""
    return read_records([path] if path else [], kind, known, datetime.now(UTC).date())


def _about(chosen: Catalog, rows: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    """Rows about the chosen businesses; a row about none of the known requirements was a fault before."""
    asked = chosen.requirements
    return tuple(row for row in rows if row["requirement"] in asked)

"""Every shipped defect can be seeded in the reference system as it is now. What it does there, `kijun prove` shows."""

from __future__ import annotations

import pytest

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.engine.defects import load_defects
from kijun.reference.app import create_app

BUSINESSES = [table.business for table in Catalog.load(shipped_root()).tables]


@pytest.mark.parametrize("business", BUSINESSES)
def test_every_defect_finds_what_it_changes(business: str) -> None:
    create_app("sqlite://")  # the businesses of the system are there
    defects = load_defects(shipped_root(), (business,))
    assert len(defects) > 10
    for defect in defects:
        with defect.seeded():
            pass


@pytest.mark.parametrize("business", BUSINESSES)
def test_every_tested_requirement_has_a_defect(business: str) -> None:
    broken = {one.breaks for one in load_defects(shipped_root(), (business,))}
    tested = {
        one.id
        for one in Catalog.load(shipped_root()).requirements.values()
        if one.business == business and one.row["verification"]["method"] == "test"
    }
    assert tested - broken == set()


def test_defects_are_named_once_in_all_businesses() -> None:
    """A matrix of defects over the whole standard names each by its class."""
    every = load_defects(shipped_root(), tuple(BUSINESSES))
    assert len(every) == sum(len(load_defects(shipped_root(), (one,))) for one in BUSINESSES)

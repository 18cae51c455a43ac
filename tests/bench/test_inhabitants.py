"""The benchmark levies on what it made, in portions, as one would by one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))

import inhabitants

from kijun.reference.app import create_app
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import calculation, portions


def test_persons_in_portions_owe_what_each_owes_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portions, "SIZE", 7)
    store = create_app(f"sqlite:///{tmp_path / 'x.sqlite'}").state.store
    tenant = inhabitants.settle(store, 30)
    with store.transaction() as session:
        desk = Desk(session, tenant, "assessor", inhabitants.TODAY)
        alone = [
            calculation.calculate(desk, f"{place:010d}", inhabitants.FISCAL_YEAR).annual_levy for place in range(30)
        ]
    done = inhabitants.levy(store, tenant)
    store.close()
    assert (done.headcount, done.total) == (sum(one > 0 for one in alone), sum(alone))
    assert 0 < done.headcount < 30

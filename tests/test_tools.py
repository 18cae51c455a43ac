"""The developers' tools: mutants that are mutants, and pages that are kept up to date."""

from __future__ import annotations

import ast
import importlib.util
import multiprocessing
import subprocess
import sys
from collections import Counter, deque
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kijun.catalog.root import shipped_root
from kijun.model.verdict import Fault, Verdict

TOOLS = Path(__file__).parents[1] / "tools"
RULES = '''
from __future__ import annotations
from dataclasses import dataclass
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
LIMIT = 10

class Base(DeclarativeBase):
    pass

class PotRow(Base):
    __tablename__ = "pot"
    number: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(default=9)

    def twice(self) -> int:
        return self.size + self.size

@dataclass(frozen=True)
class Pot:
    size: int | None
    feet: int = 3

    def is_large(self) -> bool:
        return self.size > LIMIT

    @property
    def legs(self) -> int:
        return self.feet

    @property
    def is_flat(self) -> bool:
        return self.feet == 0

FLAT = Pot(5, 0)

def price(size: int | None) -> int:
    """Yen."""
    return size * 100

def flat() -> Pot:
    return FLAT

def small() -> Pot:
    return Pot(1)
'''
CARDS = """
from pot_rules import LIMIT as MOST

def most() -> int:
    return MOST
"""


def loaded(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def mutate() -> ModuleType:
    pytest.importorskip("cosmic_ray", reason="only developers mutate")
    return loaded("mutate_reference", TOOLS / "mutate_reference.py")


@pytest.fixture
def rules(tmp_path: Path) -> ModuleType:
    path = tmp_path / "pot_rules.py"
    path.write_text(RULES, encoding="utf-8")
    return loaded("pot_rules", path)


@pytest.fixture
def mutants(mutate: ModuleType, rules: ModuleType) -> dict[str, Any]:
    """By the line as it becomes."""
    found = filter(None, map(mutate.mutant_of, mutate.specs_of("pot_rules")))
    return {one.after: one for one in found}


def test_a_mutant_changes_what_runs_and_not_what_is_only_written(mutants: dict[str, Any]) -> None:
    assert {"LIMIT = 11", "return size + 100", "return self.size >= LIMIT", "return self.size - self.size"} <= {
        *mutants
    }
    assert not any("None" in one or "@" in one or "mapped_column" in one for one in mutants)


def test_a_mutant_lives_in_the_system_only_while_it_is_tried(
    mutate: ModuleType, rules: ModuleType, mutants: dict[str, Any]
) -> None:
    functions = rules.price, rules.flat

    def behaviour() -> tuple[Any, ...]:
        pot, row = rules.Pot(11), rules.PotRow(size=2)
        return functions[0](3), pot.is_large(), pot.legs, functions[1]() == rules.Pot(5, 0), row.twice(), pot.is_flat

    with_it = {
        "return size + 100": (103, True, 3, True, 4, False),
        "LIMIT = 11": (300, False, 3, True, 4, False),
        "feet: int = 4": (300, True, 4, True, 4, False),
        "FLAT = Pot(5, 1)": (300, True, 3, False, 4, False),
        "return self.size * self.size": (300, True, 3, True, 4, False),
        "return self.size - self.size": (300, True, 3, True, 0, False),
        "return self.feet != 0": (300, True, 3, True, 4, True),
    }
    assert with_it.keys() <= mutants.keys()
    for after, mutant in mutants.items():
        places, undo = mutate.put_in(rules, mutate.loaded_again(rules, mutant.source))
        assert places, mutant.key
        if after in with_it:
            assert behaviour() == with_it[after], after
        for step in reversed(undo):
            step()
        assert behaviour() == (300, True, 3, True, 4, False)


def test_whoever_reads_what_a_mutant_changes_is_a_place_of_it(
    mutate: ModuleType, rules: ModuleType, mutants: dict[str, Any]
) -> None:
    def places(after: str) -> set[str]:
        found, undo = mutate.put_in(rules, mutate.loaded_again(rules, mutants[after].source))
        for step in reversed(undo):
            step()
        return set(found)

    assert places("return size + 100") == {"pot_rules.price"}
    assert places("LIMIT = 11") == {"pot_rules.Pot.is_large"}
    assert places("return self.feet != 0") == {"pot_rules.Pot.is_flat"}
    assert places("FLAT = Pot(5, 1)") == {"pot_rules.flat"}


def test_a_changed_constant_is_changed_where_it_is_imported_too(
    mutate: ModuleType, rules: ModuleType, mutants: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "cards.py"
    path.write_text(CARDS, encoding="utf-8")
    cards = loaded("pot_rules.cards", path)
    places, undo = mutate.put_in(rules, mutate.loaded_again(rules, mutants["LIMIT = 11"].source))
    assert (cards.most(), places) == (11, {"pot_rules.Pot.is_large", "pot_rules.cards.most"})
    for step in reversed(undo):
        step()
    assert cards.most() == 10
    del sys.modules["pot_rules.cards"]


class Bench:
    """Stands for the system: every scenario ends as it is told."""

    def __init__(self, *ends: tuple[Verdict, Fault | None]) -> None:
        self._ends = dict(enumerate(ends))

    def reached(self, places: set[str], footprints: dict[int, frozenset[str]]) -> list[SimpleNamespace]:
        return [SimpleNamespace(seq=one) for one in self._ends]

    def outcome(self, case: SimpleNamespace) -> tuple[Verdict, Fault | None, str]:
        return *self._ends[case.seq], ""


GOOD, BAD = (Verdict.PASS, None), (Verdict.FAIL, Fault.PRODUCT)
LATE = (Verdict.INCONCLUSIVE, Fault.ENVIRONMENT)


@pytest.mark.parametrize(
    ("ends", "verdict"),
    [
        ((GOOD, GOOD), "survived"),
        ((GOOD, BAD), "killed"),
        ((GOOD, (Verdict.INCONCLUSIVE, Fault.PRODUCT)), "killed"),
        ((GOOD, LATE, BAD), "timeout"),
        ((), "unreached"),
    ],
)
def test_a_mutant_is_killed_when_a_scenario_notices_it_and_late_when_the_system_stops_answering(
    mutate: ModuleType, mutants: dict[str, Any], ends: tuple[Any, ...], verdict: str
) -> None:
    walk = mutate.Walk({number: {"pot_rules.price": None} for number in range(len(ends))})
    assert mutate.judge(Bench(*ends), mutants["return size + 100"], walk, Counter()) == verdict


@pytest.mark.parametrize(("size", "verdict"), [(0, "survived"), (1, "killed")])
def test_only_a_scenario_is_run_in_which_a_call_would_be_answered_otherwise(
    mutate: ModuleType,
    rules: ModuleType,
    mutants: dict[str, Any],
    size: int,
    verdict: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mutate, "_REFERENCE", "pot_rules")
    steps = mutate.Steps("pot_rules")
    before = sys.gettrace()
    sys.settrace(steps)
    rules.price(size)
    sys.settrace(before)
    walk = mutate.Walk({0: steps.swept()})
    assert walk.footprints == {0: {"pot_rules.price"}}
    assert mutate.judge(Bench(BAD), mutants["return size * 101"], walk, Counter()) == verdict


def test_a_process_whose_system_stopped_answering_gets_nothing_more_to_do(mutate: ModuleType) -> None:
    near, far = multiprocessing.Pipe()
    worker = mutate.Worker(near, None)
    left = deque([(7, "next"), (8, "after")])
    far.send({3: mutate.Outcome("killed")})
    assert worker.hear(left)[3].verdict == "killed"
    assert far.recv() == (7, "next")
    far.send({7: mutate.Outcome("timeout")})
    assert worker.hear(left)[7].verdict == "timeout"
    assert far.recv() is None
    assert list(left) == [(8, "after")]
    far.close()
    assert (worker.hear(left), worker.has_left) == ({}, True)


@pytest.mark.parametrize(
    ("before", "after", "is_left_out"),
    [
        ('state == "scrapped"', 'state <= "scrapped"', True),
        ("one.vehicle_id == wanted", "one.vehicle_id > wanted", True),
        ('(kind, use) != ("cargo", "private")', '(kind, use) < ("cargo", "private")', True),
        ('state == "scrapped"', 'state != "scrapped"', False),
        ("month == 4", "month <= 4", False),
        ("paid < due", "paid <= due", False),
    ],
)
def test_no_word_is_asked_whether_it_is_less_than_another(
    mutate: ModuleType, before: str, after: str, is_left_out: bool
) -> None:
    assert mutate.orders_what_has_no_order(ast.parse(before), ast.parse(after)) is is_left_out


def test_every_explained_survivor_says_why(mutate: ModuleType) -> None:
    businesses = {path.parent.name for path in (shipped_root() / "tests" / "defects").glob("*/survivors.yaml")}
    for business in businesses:
        assert all(len(because) > 10 for because in mutate.explanations(business).values())


def test_the_generated_pages_are_what_they_would_be_written_as() -> None:
    done = subprocess.run(
        [sys.executable, str(TOOLS / "write_docs.py"), "--check"], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout

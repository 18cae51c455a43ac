"""The developers' tools: mutants that are mutants, and pages that are kept up to date."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kijun.catalog.root import shipped_root

TOOLS = Path(__file__).parents[1] / "tools"
RULES = '''
from __future__ import annotations
from dataclasses import dataclass
LIMIT = 10

@dataclass(frozen=True)
class Pot:
    size: int | None

    def is_large(self) -> bool:
        return self.size > LIMIT

def price(size: int | None) -> int:
    """Yen."""
    return size * 100
'''


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


def test_a_mutant_changes_what_runs_and_not_what_is_only_written(mutate: ModuleType, rules: ModuleType) -> None:
    mutants = [mutate.mutant_of(spec) for spec in mutate.specs_of("pot_rules")]
    changed = {one.after for one in mutants if one}
    assert {"LIMIT = 11", "return size + 100", "return self.size >= LIMIT"} <= changed
    assert not any("None" in one or "@dataclass" in one for one in changed)


def test_a_mutant_lives_in_the_system_only_while_it_is_tried(mutate: ModuleType, rules: ModuleType) -> None:
    function = rules.price
    mutants = filter(None, map(mutate.mutant_of, mutate.specs_of("pot_rules")))
    for mutant in mutants:
        changed = ModuleType("pot_rules")
        exec(compile(mutant.source, str(rules.__file__), "exec"), changed.__dict__)
        places, undo = mutate.put_in(rules, changed)
        assert places, mutant.key
        if mutant.after == "return size + 100":
            assert (function(3), places) == (103, {"pot_rules.price"})
        if mutant.after == "LIMIT = 11":
            assert (rules.Pot(11).is_large(), places) == (False, {"pot_rules.Pot.is_large"})
        for step in reversed(undo):
            step()
        assert (function(3), rules.Pot(11).is_large(), rules.LIMIT) == (300, True, 10)


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

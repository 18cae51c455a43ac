"""Which operations open which requirements, on needs small enough to count by hand."""

from __future__ import annotations

from kijun.engine.unlocking import Advance, Worth, best_alone, next_best, unlocked, worths

NEEDS = {
    "r1": frozenset({"plant"}),
    "r2": frozenset({"plant", "water"}),
    "r3": frozenset({"plant", "water", "price"}),
    "r4": frozenset({"buy", "sell"}),
    "r5": frozenset({"buy", "sell"}),
    "r6": frozenset({"buy", "sell"}),
    "r7": frozenset[str](),
}


def test_a_requirement_is_unlocked_when_all_its_operations_are_offered() -> None:
    assert unlocked(NEEDS, frozenset()) == {"r7"}
    assert unlocked(NEEDS, frozenset({"plant", "price"})) == {"r1", "r7"}


def test_the_worth_of_an_operation_counts_what_hinges_on_it() -> None:
    found = worths(NEEDS, frozenset({"plant"}))
    assert found[:2] == [Worth("plant", True, 3, 1), Worth("water", False, 2, 1)]
    assert Worth("price", False, 1, 0) in found
    assert Worth("sell", False, 3, 0) in found


def test_the_best_single_operation_is_one_that_is_missing() -> None:
    assert best_alone(worths(NEEDS, frozenset({"plant"}))) == Worth("water", False, 2, 1)
    assert best_alone(worths({"r4": NEEDS["r4"]}, frozenset())) is None


def test_the_way_up_takes_together_what_is_useless_alone() -> None:
    assert next_best(NEEDS, frozenset()) == [
        Advance(("buy", "sell"), 3),
        Advance(("plant",), 1),
        Advance(("water",), 1),
        Advance(("price",), 1),
    ]
    assert next_best(NEEDS, frozenset(), steps=1) == [Advance(("buy", "sell"), 3)]
    assert next_best({"r1": NEEDS["r1"]}, frozenset({"plant"})) == []

"""The proof that the suite can fail: every defect meets the scenarios it can reach, and no others are needed."""

from __future__ import annotations

import sys
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

import pytest
from miniature import FEES, LEDGER, HonestPots, InProcess, Miniature

import kijun.engine.prove as proving
from kijun.engine.defects import load_defects
from kijun.engine.impact import Call, Change, Watch, marks_of, readers, watched
from kijun.engine.prove import Bench, Footprints, chosen_names
from kijun.engine.setup import Request
from kijun.model.errors import ConfigurationError, UsageError

DEFECTS = f'''
from miniature import HonestPots
from kijun.engine.defects import Defect, Patch


class Overcharges(Defect):
    """料金を一円多く取る。"""

    breaks = "{FEES}"

    def seed(self, patch: Patch) -> None:
        original = HonestPots.price_pot
        def dearer(self, pots, given):
            answer = original(self, pots, given)
            return {{"result": {{"fee": answer["result"]["fee"] + 1}}}}
        patch(HonestPots, "price_pot", dearer)


class HasAnOldPriceList(Defect):
    """古い料金表を使う。"""

    breaks = "{FEES}"

    def seed(self, patch: Patch) -> None:
        patch(HonestPots, "FEES", {{"small": 90, "large": 900}})


class BlamesTheLedger(Defect):
    """料金の誤りを台帳の要件の誤りと称する。"""

    breaks = "{LEDGER}"

    def seed(self, patch: Patch) -> None:
        patch(HonestPots, "FEES", {{"small": 90, "large": 900}})
'''


@pytest.fixture
def bench(mini: Miniature) -> Bench:
    mini.write("tests/defects/pot_register.py", DEFECTS)
    return Bench(Request(root=mini.root), InProcess(HonestPots))


@pytest.fixture
def footprints(bench: Bench) -> Footprints:
    marks = [mark for name, one in bench.defects.items() for mark in marks_of(one, name)]
    steps, found = bench.walk(bench.cases, marks)
    assert not found.messages
    return steps


def test_a_defect_is_caught_by_the_scenarios_that_call_what_it_changes(bench: Bench, footprints: Footprints) -> None:
    proof = bench.judge("Overcharges", footprints)
    assert proof.is_proof
    assert (proof.failed, proof.scenarios) == ({FEES: 2}, 2)
    assert "期待「100円」、実際「101円」" in proof.first_message


def test_a_changed_constant_is_traced_to_the_functions_that_read_it(bench: Bench, footprints: Footprints) -> None:
    assert readers(HonestPots, "FEES") == [(HonestPots, "price_pot")]
    assert watched(HonestPots, "FEES") == [(HonestPots, "price_pot")]
    assert watched(HonestPots, "list_pots") == [(HonestPots, "list_pots")]
    assert bench.judge("HasAnOldPriceList", footprints).failed == {FEES: 2}


def test_a_defect_that_only_another_requirement_notices_is_not_caught(bench: Bench, footprints: Footprints) -> None:
    proof = bench.judge("BlamesTheLedger", footprints)
    assert proof.failed == {FEES: 2}
    assert not proof.is_proof


def test_without_the_whole_matrix_as_much_is_run_as_tells_who_notices(bench: Bench) -> None:
    caught = bench.judge("Overcharges", None)
    assert (caught.is_proof, caught.failed, caught.scenarios) == (True, {FEES: 2}, 2)
    missed = bench.judge("BlamesTheLedger", None)
    assert (missed.is_proof, missed.failed, missed.scenarios) == (False, {FEES: 2}, len(bench.cases))


def test_the_scenarios_left_out_would_have_noticed_nothing(bench: Bench, footprints: Footprints) -> None:
    everywhere: Footprints = {seq: frozenset({"Overcharges"}) for seq in footprints}
    assert bench.judge("Overcharges", everywhere).failed == bench.judge("Overcharges", footprints).failed


def test_nothing_of_a_defect_or_a_watch_stays_behind(bench: Bench, footprints: Footprints) -> None:
    bench.judge("Overcharges", footprints)
    assert bench.judge("HasAnOldPriceList", footprints).failed == {FEES: 2}
    assert HonestPots.FEES == {"small": 100, "large": 1000}
    assert HonestPots.price_pot.__name__ == "price_pot"
    assert not hasattr(HonestPots.price_pot, "__wrapped__")


def test_defects_are_chosen_by_name_or_requirement(bench: Bench) -> None:
    defects = list(bench.defects.values())
    assert chosen_names(defects, ()) == ["Overcharges", "HasAnOldPriceList", "BlamesTheLedger"]
    assert chosen_names(defects, [LEDGER, "Overcharges"]) == ["Overcharges", "BlamesTheLedger"]
    with pytest.raises(UsageError, match="NoSuchDefect"):
        chosen_names(defects, ["NoSuchDefect"])


def test_two_defects_of_one_name_are_refused(mini: Miniature) -> None:
    mini.write("tests/defects/pot_register/first.py", DEFECTS)
    mini.write("tests/defects/pot_register/second.py", DEFECTS)
    with pytest.raises(ConfigurationError, match="「Overcharges」が重複しています"):
        load_defects(mini.root, ("pot_register",))


def test_an_unchanged_system_that_fails_is_no_proof() -> None:
    found = proving.Findings({FEES: 1}, {}, [(0, "期待と違います。")])
    assert not proving._proof(None, 1, found).is_proof
    assert proving._proof(None, 1, proving.Findings()).is_proof


class Office:
    """What a defect may change: functions of plain values, of things, and a constant."""

    LIMIT = 10


def is_large(size: int) -> bool:
    return size > Office.LIMIT


def note(sizes: list[int]) -> int:
    sizes.append(0)
    return len(sizes)


def refuse(size: int) -> int:
    raise ValueError(size)


def called(function: Any, *given: Any) -> Call:
    """One call as a watch would have seen it."""
    seen: list[Call] = []
    here = SimpleNamespace(__name__="here", function=function)
    with Watch().standing_before([(here, "function", lambda call: seen.append(call) or ())]), suppress(ValueError):
        here.function(*given)
    assert here.function is function
    return seen[0]


def alike(call: Call, replacement: Any) -> bool:
    return call.is_answered_alike_by(Change(sys.modules[__name__], "is_large", replacement))


def test_a_replacement_that_answers_alike_makes_no_difference_here() -> None:
    assert alike(called(is_large, 12), lambda size: size > 11)
    assert not alike(called(is_large, 11), lambda size: size > 11)
    assert not alike(called(is_large, 12), lambda size: 1)  # another type is another answer


def test_a_changed_constant_is_asked_through_its_reader() -> None:
    change = Change(Office, "LIMIT", 11)
    assert called(is_large, 12).is_answered_alike_by(change)
    assert not called(is_large, 11).is_answered_alike_by(change)
    assert Office.LIMIT == 10


def test_an_edit_is_asked_with_the_answer_alone() -> None:
    change = Change(sys.modules[__name__], "is_large", edit=lambda answer: answer or "x")
    assert called(is_large, 12).is_answered_alike_by(change)
    assert not called(is_large, 1).is_answered_alike_by(change)
    assert called(refuse, 1).is_answered_alike_by(change)


def test_what_is_raised_and_what_is_done_to_the_arguments_count_as_answers() -> None:
    assert alike(called(refuse, 1), refuse)
    assert not alike(called(refuse, 1), lambda size: 1)
    assert alike(called(note, [1]), note)
    assert not alike(called(note, [1]), lambda sizes: 2)


def test_things_that_are_no_plain_values_prove_nothing() -> None:
    assert not alike(called(lambda office: 1, Office()), lambda office: 1)
    assert not alike(called(lambda size: Office(), 1), lambda size: 1)

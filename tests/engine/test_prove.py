"""The proof that the suite can fail: every defect meets the scenarios it can reach, and no others are needed."""

from __future__ import annotations

import pytest
from miniature import FEES, LEDGER, HonestPots, InProcess, Miniature

import kijun.engine.prove as proving
from kijun.engine.impact import readers, targets_of, watched
from kijun.engine.prove import Bench, Footprints, chosen_names
from kijun.engine.setup import Request
from kijun.model.errors import UsageError

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
    targets = [target for one in bench.defects.values() for target in targets_of(one)]
    steps, found = bench.walk(bench.cases, targets)
    assert not found.messages
    return steps


def test_a_defect_is_caught_by_the_scenarios_that_call_what_it_changes(bench: Bench, footprints: Footprints) -> None:
    proof = bench.judge("Overcharges", footprints)
    assert proof.is_proof
    assert (proof.failed, proof.scenarios) == ({FEES: 2}, 2)
    assert "期待「100円」、実際「101円」" in proof.first_message


def test_a_changed_constant_is_traced_to_the_functions_that_read_it(bench: Bench, footprints: Footprints) -> None:
    assert readers(HonestPots, "FEES") == [(HonestPots, "price_pot")]
    assert watched([(HonestPots, "FEES"), (HonestPots, "list_pots")])[-1] == (HonestPots, "list_pots")
    assert bench.judge("HasAnOldPriceList", footprints).failed == {FEES: 2}


def test_a_defect_that_only_another_requirement_notices_is_not_caught(bench: Bench, footprints: Footprints) -> None:
    proof = bench.judge("BlamesTheLedger", footprints)
    assert proof.failed == {FEES: 2}
    assert not proof.is_proof


def test_the_scenarios_left_out_would_have_noticed_nothing(bench: Bench, footprints: Footprints) -> None:
    everywhere: Footprints = {seq: frozenset({"miniature.HonestPots.price_pot"}) for seq in footprints}
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


def test_an_unchanged_system_that_fails_is_no_proof() -> None:
    found = proving.Findings({FEES: 1}, {}, [(0, "期待と違います。")])
    assert not proving._proof(None, 1, found).is_proof
    assert proving._proof(None, 1, proving.Findings()).is_proof

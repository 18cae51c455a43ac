"""Drivers that would rather look right than be right: each is found out by what the harness does on purpose."""

from __future__ import annotations

import copy
from typing import Any, ClassVar

from miniature import HonestPots, Miniature
from runs import run, statuses, verdicts

from kijun.model.errors import ConnectionLost
from kijun.model.verdict import Claim

LEDGER = "999-1.1.1-02"


class AnswersFromATable(HonestPots):
    """Writes down every answer of one run, and gives them again in the next, call by call."""

    table: ClassVar[dict[tuple[int, int], dict[str, Any]]] = {}
    is_learning = True
    calls = 0

    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        self.calls = 0
        return super().open(params)

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["operation"] not in self.OPERATIONS:
            return super().call(params)  # it knows of the trap, whose name is another in every run
        self.calls += 1
        place = (len(self.opened), self.calls)
        if self.is_learning:
            self.table[place] = copy.deepcopy(super().call(params))
        return self.table[place]

    observe = call


class Repeats(AnswersFromATable):
    is_learning = False


class ObservesBeforeItActs(HonestPots):
    """Answers every question with what was there before the last command."""

    def __init__(self) -> None:
        super().__init__()
        self.before: dict[str, Any] = {}

    def plant_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        self.before = dict(pots)
        return super().plant_pot(pots, given)

    def list_pots(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return super().list_pots(self.before, given)


class ComesBackWithOtherPots(HonestPots):
    """Dies once; whoever comes back under its name has somebody else's pots."""

    lives: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.lives.append(len(self.lives))
        self.life, self.calls = self.lives[-1], 0

    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        answer = super().open(params)
        if self.life:
            self.sessions[params["session"]]["P1"] = {"pot_id": "P1", "label": "他人の鉢", "size": "small"}
        return answer

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        self.calls += 1
        if self.life == 0 and self.calls == 6:
            raise ConnectionLost("落ちました。")
        return super().call(params)

    observe = call


def test_canned_answers_are_found_out_by_another_seed(mini: Miniature) -> None:
    AnswersFromATable.table.clear()
    assert run(mini, AnswersFromATable, "learnt", sessions=1, seed="one").report.claim is Claim.CONFORMANT
    assert run(mini, Repeats, "same", sessions=1, seed="one").report.claim is Claim.CONFORMANT
    view = run(mini, Repeats, "other", sessions=1, seed="another")
    assert verdicts(view, LEDGER) == {("fail", "product")}
    assert statuses(view)[LEDGER] == "not_satisfied"
    assert view.report.claim is Claim.NOT_CONFORMANT


def test_what_was_there_before_the_command_is_no_answer(mini: Miniature) -> None:
    view = run(mini, ObservesBeforeItActs, sessions=1)
    assert verdicts(view, LEDGER) == {("fail", "product")}
    assert view.report.claim is Claim.NOT_CONFORMANT


def test_a_product_that_comes_back_with_other_data_is_not_taken_for_the_one_that_left(mini: Miniature) -> None:
    ComesBackWithOtherPots.lives.clear()
    view = run(mini, ComesBackWithOtherPots, sessions=1)
    assert view.report.facts.restarts == 1
    assert verdicts(view, LEDGER) == {("fail", "product")}
    assert view.report.claim is Claim.NOT_CONFORMANT

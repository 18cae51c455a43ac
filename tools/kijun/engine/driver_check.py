"""Does a driver keep the contract? Asked of the driver alone, before any statement is made and any verdict counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from kijun.catalog.wire import WireSchemas
from kijun.drivers import System
from kijun.engine.conversation import Conversation, Greeting, Reply
from kijun.engine.outcomes import EnvironmentTrouble
from kijun.engine.planner import compile_plan
from kijun.engine.preflight import Finding, check_canaries, check_ics, check_operations, check_trap, first_contact
from kijun.engine.run import Assignment
from kijun.engine.session import IdentityChanged, Session
from kijun.engine.synthetic import example_input
from kijun.engine.unlocking import Advance, Worth, needs_of, next_best, unlocked, worths
from kijun.model.errors import DriverTrouble, Position, Problem
from kijun.model.glossary import Operation

MOST_TROUBLES = 5  # a driver that breaks at every operation is not asked all of them, each until its deadline
_PACE_SECONDS = 0.5


@dataclass
class Fitness:
    """What was found: notes for the reader, problems to mend, and what the operations are worth."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    worths: list[Worth] = field(default_factory=list)
    advances: list[Advance] = field(default_factory=list)
    unlocked: int = 0
    requirements: int = 0
    round_trips_per_second: int = 0


def check_driver(assignment: Assignment, system: System, folder: Path) -> Fitness:
    """Speak every message to the driver and every operation it offers. Never raises for what it finds."""
    check = _Check(assignment, system, folder)
    try:
        check.perform()
    finally:
        check.shut()
    return check.fitness


class _Enough(Exception):
    """The driver cannot be reached any more, or has broken too often to be asked on."""


class _Check:
    """One conversation, asked everything; after a trouble the driver is started again and asked on."""

    def __init__(self, assignment: Assignment, system: System, folder: Path) -> None:
        self.fitness = Fitness()
        self._assignment = assignment
        self._system = system
        self._at = Position.of(folder)
        self._troubles = 0
        self._conversation: Conversation
        self._greeting: Greeting

    def perform(self) -> None:
        if not self._greet():
            return
        self._weigh(self._greeting.operations)
        try:
            self._ask_everything()
        except _Enough as error:
            self._blame(str(error), "上の誤りを直してから、もう一度確かめてください。")

    def shut(self) -> None:
        if hasattr(self, "_conversation"):
            self._conversation.driver.shut()

    # the parts --------------------------------------------------------------------------------------

    def _greet(self) -> bool:
        one = self._assignment
        try:
            self._conversation = Conversation(self._system.connect(), WireSchemas(one.catalog.glossary), one.deadlines)
            self._greeting = first_contact(self._conversation, one.catalog.editions, one.seed)
        except DriverTrouble as error:
            self._blame(
                f"最初の応答が得られません: {error}",
                "製品が起動しているか、sut.yaml の command、hello への答えを確かめてください。",
            )
            return False
        name = " ".join(self._greeting.identity[key] for key in ("product", "version"))
        self._note(f"名乗り: {name}、操作 {len(self._greeting.operations)}、並行 {self._greeting.parallel_sessions}")
        return True

    def _weigh(self, offered: frozenset[str]) -> None:
        """The map does not depend on how the driver behaves, only on what it offers."""
        one = self._assignment
        plan = compile_plan(one.catalog, one.scenarios, one.profile, one.statement)
        needs = needs_of(plan, one.catalog.requirements, one.profile, one.statement)
        self.fitness.worths = worths(needs, offered)
        self.fitness.advances = next_best(needs, offered)
        self.fitness.unlocked, self.fitness.requirements = len(unlocked(needs, offered)), len(needs)

    def _ask_everything(self) -> None:
        one, conversation = self._assignment, self._conversation
        glossary = one.catalog.glossary
        self._report(check_operations(self._greeting, glossary))
        declared = bool(one.statement.editions)  # before there is a statement, any answer of the product's will do
        self._attempt(
            "ics",
            lambda: self._report(check_ics(conversation, one.statement)) if declared else conversation.ics(),
        )
        self._attempt(
            "知らない操作",
            lambda: self._report(check_trap(conversation, f"{one.seed}-trap", one.profile, glossary, one.seed)),
        )
        self._attempt("必ず失敗するシナリオ", self._canaries)
        self._operations()
        self._attempt("attach", self._attachments)
        self._attempt("速さ", self._pace)
        self._attempt("bye", self._farewell)

    def _canaries(self) -> None:
        one, offered = self._assignment, self._greeting.operations
        canaries = [scenario for scenario in one.scenarios if scenario.is_canary]
        canaries = [scenario for scenario in canaries if scenario.business in one.profile.businesses]
        ready = [scenario for scenario in canaries if scenario.operations <= offered]
        if len(ready) < len(canaries):
            self._note(f"必ず失敗するシナリオ {len(canaries) - len(ready)} 件は、操作が足りず、まだ試せません。")
        session = Session(
            self._conversation,
            one.catalog.glossary,
            one.profile,
            one.seed,
            self._greeting.identity,
            one.catalog.editions,
        )
        for finding in check_canaries(session, ready, offered, one.seed) if ready else ():
            self._report(finding)
        if session.is_stale:
            session.renew()

    def _operations(self) -> None:
        """Ask every offered operation once, with inputs that are well formed and mean nobody."""
        glossary = self._assignment.catalog.glossary
        chosen = [one for one in glossary.operations if one.key in self._greeting.operations and not one.prohibited]
        if self._greeting.isolation == "shared":
            left_out = [one for one in chosen if not one.is_query]
            chosen = [one for one in chosen if one.is_query]
            if left_out:
                self._note(f"場が切り離されない（shared）ので、照会でない {len(left_out)} 操作は尋ねません。")
        asked = _Asked()
        if not self._attempt("open", self._open):
            return
        for one in chosen:
            self._attempt(f"操作「{one.label}」（{one.key}）", partial(self._operation, one, asked), self._open)
        self._attempt("close", self._close)
        self._note(asked.told(len(chosen)))
        self.fitness.notes += asked.remarks

    def _operation(self, operation: Operation, asked: _Asked) -> None:
        started = time.perf_counter()
        reply = self._ask(operation)
        asked.took(operation, time.perf_counter() - started, self._deadline(operation))
        name = f"操作「{operation.label}」（{operation.key}）"
        known = {one.key for one in self._assignment.catalog.glossary.reasons}
        if reply.unsupported:
            hint = "hello の operations から外すか、実装してください。"
            self._blame(f"{name}を提供すると名乗りながら、unsupported と答えました。", hint)
        elif reply.refusal is not None and reply.refusal not in known:
            hint = "用語集の reasons のキーを返してください。"
            self._blame(f"{name}が用語集にない理由「{reply.refusal}」で拒否しました。", hint)
        elif reply.product_fault is not None:
            asked.remarks.append(f"△ {name}で製品が異常を返しました: {reply.product_fault}")
        elif reply.accepted and operation.is_query and operation.repeatable and self._ask(operation) != reply:
            hint = "照会は場の状態だけで決まる答えを返すようにしてください。"
            self._blame(f"{name}を続けて二度尋ねると、答えが異なりました。", hint)

    def _attachments(self) -> None:
        self._open()
        self._conversation.attachments()
        self._close()

    def _pace(self) -> None:
        """Round trips per second of the cheapest message: the transport and the driver's own loop."""
        started, count = time.perf_counter(), 0
        while (passed := time.perf_counter() - started) < _PACE_SECONDS:
            self._conversation.ics()
            count += 1
        self.fitness.round_trips_per_second = round(count / passed)
        self._note(f"速さ: 1 秒に {self.fitness.round_trips_per_second:,} 往復（ics）")

    def _farewell(self) -> None:
        self._same(self._conversation.bye())
        self._note("○ 終わりの名乗りは、始めと同じです。")

    # asking -----------------------------------------------------------------------------------------

    def _ask(self, operation: Operation) -> Reply:
        one = self._assignment
        given = example_input(operation, one.catalog.glossary, one.profile, one.seed)
        role = one.catalog.glossary.roles[0].key if one.catalog.glossary.roles else "operator"
        return self._conversation.invoke(operation, given, role, one.profile.as_of.isoformat())

    def _deadline(self, operation: Operation) -> float:
        return self._assignment.deadlines.get(operation.key, operation.deadline_seconds)

    def _open(self) -> None:
        self._conversation.open(f"{self._assignment.seed}-check", self._assignment.profile)

    def _close(self) -> None:
        self._same(self._conversation.close())

    def _same(self, identity: dict[str, str]) -> None:
        if identity != self._greeting.identity:
            raise IdentityChanged(f"製品の名乗りが途中で変わりました: {self._greeting.identity} → {identity}")

    def _attempt(self, what: str, act: Callable[[], Any], again: Callable[[], Any] | None = None) -> bool:
        """Perform one part. A driver that breaks is blamed and started again; `again` brings back what was lost."""
        try:
            act()
        except IdentityChanged as error:
            self._blame(str(error), "名乗りは、実行の間、変わらないようにしてください。")
        except EnvironmentTrouble as error:
            self._blame(f"{what}: {error}", "製品が起動しているか、通信できるかを確かめてください。")
        except DriverTrouble as error:
            self._blame(f"{what}: {error}{self._heard()}", "答えの形と期限を確かめてください。")
            self._begin_again(again)
        else:
            return True
        return False

    def _begin_again(self, again: Callable[[], Any] | None) -> None:
        self._troubles += 1
        if self._troubles >= MOST_TROUBLES:
            raise _Enough(f"約束に反する応答が {self._troubles} 回に達したので、残りは尋ねていません。")
        try:
            self._conversation.driver.reconnect()
            self._same(self._conversation.hello(self._assignment.catalog.editions, self._assignment.seed).identity)
            if again:
                again()
        except (DriverTrouble, IdentityChanged) as error:
            raise _Enough(f"ドライバーを起動し直せません: {error}") from error

    def _heard(self) -> str:
        last = self._conversation.driver.stderr_tail().strip().rpartition("\n")[2]
        return f"（stderr の最後: {last}）" if last else ""

    # telling ----------------------------------------------------------------------------------------

    def _note(self, text: str) -> None:
        self.fitness.notes.append(text)

    def _blame(self, message: str, hint: str = "") -> None:
        self.fitness.problems.append(Problem(self._at, message, hint))

    def _report(self, finding: Finding) -> None:
        if finding.ok:
            self._note(f"○ {finding.message}")
        else:
            self._blame(finding.message)


@dataclass
class _Asked:
    """How the operations were answered, and which came nearest to its deadline."""

    count: int = 0
    slowest: tuple[float, str] = (0.0, "")
    remarks: list[str] = field(default_factory=list)

    def took(self, operation: Operation, seconds: float, deadline: float) -> None:
        self.count += 1
        told = f"「{operation.label}」 {seconds * 1000:.0f} ミリ秒、期限 {deadline:g} 秒"
        self.slowest = max(self.slowest, (seconds / deadline, told))

    def told(self, chosen: int) -> str:
        if not self.count:
            return f"提供された {chosen} 操作のうち、約束どおりに答えたものはありません。"
        return f"○ {chosen} 操作のうち {self.count} が形式どおりに答えました（期限に最も近いのは{self.slowest[1]}）。"

"""Shows that the suite can fail: every named defect is seeded in turn and must be caught by its own requirement."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from typing import Any

from kijun.catalog.wire import WireSchemas
from kijun.drivers import System, reach
from kijun.engine.conversation import Conversation
from kijun.engine.defects import Defect, load_defects
from kijun.engine.impact import Mark, Watch, marks_of
from kijun.engine.planner import compile_plan
from kijun.engine.preflight import first_contact
from kijun.engine.session import Session
from kijun.engine.setup import Request, prepare
from kijun.model.errors import DriverTrouble, UsageError
from kijun.model.plan import Case
from kijun.model.statement import SystemUnderTest
from kijun.model.verdict import Fault, Verdict

_SEED = "prove"


@dataclass(frozen=True, slots=True)
class Proof:
    """What the suite said about one defect (or about the unchanged system, whose name is empty)."""

    name: str
    summary: str
    breaks: str
    incident: str
    scenarios: int  # how many the change could reach, and so were run
    failed: dict[str, int]  # requirement → failed scenarios
    undecided: dict[str, int]  # requirement → inconclusive or erroneous scenarios
    first_message: str

    @property
    def is_caught(self) -> bool:
        return self.breaks in self.failed

    @property
    def is_proof(self) -> bool:
        """The unchanged system must show nothing; a defect must be caught by its own requirement."""
        return self.is_caught if self.name else not (self.failed or self.undecided)


@dataclass(slots=True)
class Findings:
    """What did not pass in a series of scenarios."""

    failed: dict[str, int] = field(default_factory=dict)
    undecided: dict[str, int] = field(default_factory=dict)
    messages: list[tuple[int, str]] = field(default_factory=list)

    def add(self, case: Case, verdict: Verdict, message: str) -> None:
        if verdict is Verdict.PASS:
            return
        into = self.failed if verdict is Verdict.FAIL else self.undecided
        for requirement in case.scenario.requirements:
            into[requirement] = into.get(requirement, 0) + 1
        self.messages.append((case.seq, message))

    def merge(self, other: Findings) -> None:
        for into, more in ((self.failed, other.failed), (self.undecided, other.undecided)):
            for requirement, count in more.items():
                into[requirement] = into.get(requirement, 0) + count
        self.messages.extend(other.messages)

    @property
    def first_message(self) -> str:
        return min(self.messages, default=(0, ""))[1]


Footprints = dict[int, frozenset[str]]  # case by its place in the plan → what it is touched by


def prove(
    request: Request,
    jobs: int,
    on_proof: Callable[[Proof], None],
    only: Collection[str] = (),
    whole_matrix: bool = False,
) -> list[Proof]:
    """The unchanged system first, then every defect, spread over processes; proofs come back in file order.

    A defect is tried with the scenarios of the requirement it breaks, and only when these do not notice it with all
    others. With `whole_matrix` it is tried with every scenario in which it can make a difference, so that every cell
    of the matrix defect by requirement is filled. `only` keeps the defects of these names or of these requirements.
    Raises UsageError for one that is neither.
    """
    assignment, _ = prepare(request)
    names = chosen_names(load_defects(request.root, assignment.profile.businesses), only)
    proofs = []
    with ProcessPoolExecutor(jobs, get_context("spawn"), _sit_down, (request,)) as pool:
        footprints: Footprints = {}
        unchanged = Findings()
        watched_names = names if whole_matrix else []
        for steps, findings in pool.map(_walk, [(start, jobs, watched_names) for start in range(jobs)]):
            footprints.update(steps)
            unchanged.merge(findings)
        proofs.append(_proof(None, len(footprints), unchanged))
        on_proof(proofs[0])
        for one in pool.map(_try, [(name, footprints if whole_matrix else None) for name in names]):
            proofs.append(one)
            on_proof(one)
    return proofs


def chosen_names(defects: Sequence[Defect], only: Collection[str]) -> list[str]:
    if unknown := set(only) - {type(one).__name__ for one in defects} - {one.breaks for one in defects}:
        raise UsageError(f"欠陥の名前でも、欠陥のある要件でもありません: {'、'.join(sorted(unknown))}")
    return [type(one).__name__ for one in defects if not only or {type(one).__name__, one.breaks} & set(only)]


def _proof(defect: Defect | None, scenarios: int, found: Findings) -> Proof:
    name = type(defect).__name__ if defect else ""
    summary = (defect.__doc__ or "").strip().split("\n")[0] if defect else "欠陥のない参照システム"
    breaks, incident = (defect.breaks, defect.incident) if defect else ("", "")
    return Proof(name, summary, breaks, incident, scenarios, found.failed, found.undecided, found.first_message)


# in a process of its own ---------------------------------------------------------------------------------


class Bench:
    """The embedded reference system with one open session, ready to be run again and again."""

    def __init__(self, request: Request, system: System | None = None) -> None:
        assignment, sut = prepare(request)
        plan = compile_plan(assignment.catalog, assignment.scenarios, assignment.profile, assignment.statement)
        self.cases: tuple[Case, ...] = plan.cases
        self.defects = {type(one).__name__: one for one in load_defects(request.root, assignment.profile.businesses)}
        editions, glossary = assignment.catalog.editions, assignment.catalog.glossary
        self._system = system or reach(_here(sut))
        self._conversation = Conversation(self._system.connect(), WireSchemas(glossary))
        greeting = first_contact(self._conversation, editions, _SEED)
        self._operations = greeting.operations
        self._session = Session(self._conversation, glossary, assignment.profile, _SEED, greeting.identity, editions)

    def close(self) -> None:
        self._system.shut()

    def allow(self, seconds: float) -> None:
        """Give every operation this deadline instead of its own."""
        self._conversation.deadlines.update(dict.fromkeys(self._operations, seconds))

    def verdict(self, case: Case) -> tuple[Verdict, str]:
        """Run one case."""
        verdict, _, message = self.outcome(case)
        return verdict, message

    def outcome(self, case: Case) -> tuple[Verdict, Fault | None, str]:
        """Run one case; tells too whose trouble it was. Raises ConnectionLost when the system does not come back."""
        try:
            result = self._session.run(case.scenario, f"{_SEED}-{case.seq}")
        except DriverTrouble as error:
            self._conversation.driver.reconnect()
            return Verdict.ERROR, Fault.ENVIRONMENT, str(error)
        return result.verdict, result.fault, result.message

    def walk(self, cases: Iterable[Case], marks: Iterable[tuple[Any, str, Mark]]) -> tuple[Footprints, Findings]:
        """Run cases against the unchanged system and note by which marks each one is touched."""
        watch, footprints, found = Watch(), Footprints(), Findings()
        with watch.standing_before(marks):
            for case in cases:
                found.add(case, *self.verdict(case))
                footprints[case.seq] = watch.swept()
        return footprints, found

    def reached(self, notes: Collection[str], footprints: Footprints) -> list[Case]:
        """The cases that are touched by any of these."""
        return [case for case in self.cases if not footprints.get(case.seq, frozenset()).isdisjoint(notes)]

    def judge(self, name: str, footprints: Footprints | None) -> Proof:
        """Try a defect: with all it can reach, or, without footprints, with as little as tells whether it is caught."""
        defect, found = self.defects[name], Findings()
        own = [case for case in self.cases if defect.breaks in case.scenario.requirements]
        cases = own if footprints is None else self.reached({name}, footprints)
        with defect.seeded():
            self._add(found, cases)
            if footprints is None and defect.breaks not in found.failed:
                others = [case for case in self.cases if defect.breaks not in case.scenario.requirements]
                self._add(found, others)
                cases = [*own, *others]
        return _proof(defect, len(cases), found)

    def _add(self, found: Findings, cases: Iterable[Case]) -> None:
        for case in cases:
            found.add(case, *self.verdict(case))


def _here(sut: SystemUnderTest) -> SystemUnderTest:
    """The system answering in this process: a defect is seeded here, and nowhere else."""
    return replace(sut, settings={**sut.settings, "is_embedded": True})


_benches: list[Bench] = []  # one in each process, made by the pool


def _sit_down(request: Request) -> None:
    logging.disable(logging.CRITICAL)  # a defect may well make the system complain: that is its business
    _benches.append(Bench(request))


def _walk(work: tuple[int, int, Sequence[str]]) -> tuple[Footprints, Findings]:
    start, jobs, names = work
    bench = _benches[0]
    marks = [mark for name in names for mark in marks_of(bench.defects[name], name)]
    return bench.walk(bench.cases[start::jobs], marks)


def _try(work: tuple[str, Footprints | None]) -> Proof:
    name, footprints = work
    return _benches[0].judge(name, footprints)

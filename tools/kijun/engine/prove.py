"""Shows that the suite can fail: every named defect is seeded in turn and must be caught by its own requirement."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context

from kijun.catalog.wire import WireSchemas
from kijun.drivers import reach
from kijun.engine.conversation import Conversation
from kijun.engine.defects import Defect, load_defects
from kijun.engine.planner import compile_plan
from kijun.engine.preflight import first_contact
from kijun.engine.run import Assignment
from kijun.engine.session import Session
from kijun.engine.setup import Request, prepare
from kijun.model.errors import DriverTrouble, UsageError
from kijun.model.plan import Case
from kijun.model.verdict import Verdict

_SEED = "prove"
_THREADS = 4


@dataclass(frozen=True, slots=True)
class Proof:
    """What the suite said about one defect (or about the unchanged system, whose name is empty)."""

    name: str
    summary: str
    breaks: str
    incident: str
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


def prove(request: Request, jobs: int, on_proof: Callable[[Proof], None], only: Collection[str] = ()) -> list[Proof]:
    """The unchanged system first, then every defect, spread over processes; proofs come back in file order.

    `only` keeps the defects of these names or of these requirements. Raises UsageError for one that is neither.
    """
    assignment, _ = prepare(request)
    defects = load_defects(request.root, assignment.profile.businesses)
    if unknown := set(only) - {type(one).__name__ for one in defects} - {one.breaks for one in defects}:
        raise UsageError(f"欠陥の名前でも、欠陥のある要件でもありません: {'、'.join(sorted(unknown))}")
    names = [type(one).__name__ for one in defects if not only or {type(one).__name__, one.breaks} & set(only)]
    shares = [share for share in (names[start::jobs] for start in range(jobs)) if share]
    shares[0] = ["", *shares[0]]
    proofs: dict[str, Proof] = {}
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
        for done in pool.map(_prove_share, [(request, share) for share in shares]):
            proofs.update({one.name: one for one in done})
    ordered = [proofs[name] for name in ["", *names]]
    for one in ordered:
        on_proof(one)
    return ordered


def _prove_share(work: tuple[Request, Sequence[str]]) -> list[Proof]:
    """In a process of its own: one embedded system, one defect after another."""
    request, names = work
    bench = _Bench(request)
    try:
        return [bench.judge(name) for name in names]
    finally:
        bench.close()


class _Bench:
    """The embedded reference system with a few open sessions, ready to be run again and again."""

    def __init__(self, request: Request) -> None:
        self._assignment, sut = prepare(request)
        self._system = reach(sut)
        self._sessions: list[Session] = [self._open() for _ in range(_THREADS)]
        one = self._assignment
        plan = compile_plan(one.catalog, one.scenarios, one.profile, one.statement)
        self._cases: tuple[Case, ...] = plan.cases
        defects = load_defects(request.root, one.profile.businesses)
        self._defects = {type(one).__name__: one for one in defects}

    def close(self) -> None:
        self._system.shut()

    def judge(self, name: str) -> Proof:
        defect: Defect | None = self._defects[name] if name else None
        with defect.seeded() if defect else nullcontext():
            shares = [self._cases[start::_THREADS] for start in range(_THREADS)]
            with ThreadPoolExecutor(_THREADS) as pool:
                found = [one for done in pool.map(self._run, self._sessions, shares) for one in done]
        failed: dict[str, int] = {}
        undecided: dict[str, int] = {}
        messages: list[tuple[int, str]] = []
        for case, verdict, message in found:
            into = failed if verdict is Verdict.FAIL else undecided
            for requirement in case.scenario.requirements:
                into[requirement] = into.get(requirement, 0) + 1
            messages.append((case.seq, message))
        first = min(messages, default=(0, ""))[1]
        summary = (defect.__doc__ or "").strip().split("\n")[0] if defect else "欠陥のない参照システム"
        breaks, incident = (defect.breaks, defect.incident) if defect else ("", "")
        return Proof(name, summary, breaks, incident, failed, undecided, first)

    def _open(self) -> Session:
        one: Assignment = self._assignment
        conversation = Conversation(self._system.connect(), WireSchemas(one.catalog.glossary))
        greeting = first_contact(conversation, one.catalog.editions, _SEED)
        return Session(conversation, one.catalog.glossary, one.profile, _SEED, greeting.identity, one.catalog.editions)

    @staticmethod
    def _run(session: Session, cases: Sequence[Case]) -> list[tuple[Case, Verdict, str]]:
        """Everything that did not pass."""
        found = []
        for case in cases:
            try:
                result = session.run(case.scenario, f"{_SEED}-{case.seq}")
            except DriverTrouble as error:
                found.append((case, Verdict.ERROR, str(error)))
                session.conversation.driver.reconnect()
                continue
            if result.verdict is not Verdict.PASS:
                found.append((case, result.verdict, result.message))
        return found

"""One run from first contact to the last line of its log, whichever door it is driven through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kijun import __version__
from kijun.catalog.catalog import Catalog
from kijun.catalog.run_folder import read_events
from kijun.catalog.wire import WireSchemas
from kijun.drivers import System
from kijun.engine.conversation import Conversation, Greeting
from kijun.engine.planner import compile_plan
from kijun.engine.preflight import (
    Finding,
    check_canaries,
    check_ics,
    check_operations,
    check_trap,
    first_contact,
)
from kijun.engine.runlog import RunLog
from kijun.engine.session import CaseResult, IdentityChanged, Session
from kijun.model.errors import ConfigurationError, ConnectionLost, DriverTrouble, Position, Problem, RunStopped
from kijun.model.plan import Case, Scenario, TestPlan
from kijun.model.profile import Profile
from kijun.model.statement import ImplementationConformanceStatement
from kijun.model.verdict import Verdict

RESTARTS_PER_CASE = 2


@dataclass(frozen=True)
class Assignment:
    """Everything that is known before the system is spoken to."""

    catalog: Catalog
    scenarios: Sequence[Scenario]
    profile: Profile
    statement: ImplementationConformanceStatement
    seed: str
    select: tuple[str, ...] = ()
    deadlines: dict[str, float] = field(default_factory=dict)
    max_sessions: int | None = None
    attestations: tuple[dict[str, Any], ...] = ()
    waivers: tuple[dict[str, Any], ...] = ()
    reviews: tuple[dict[str, Any], ...] = ()
    disputes: tuple[dict[str, Any], ...] = ()
    door: str = "kijun"


class Run:
    """An opened run: contact made, plan fixed, preflight done, log open. Use as a context manager."""

    def __init__(self, assignment: Assignment, system: System, folder: Path, resume: bool = False) -> None:
        self.assignment = assignment
        self.system = system
        self.folder = folder
        self.log = RunLog(folder)
        self.plan: TestPlan
        self.greeting: Greeting
        self._resume = resume
        self._wire = WireSchemas(assignment.catalog.glossary)
        self._done: set[str] = set()
        self._seed = assignment.seed
        self._first: Conversation | None = None
        self._finished = False

    def __enter__(self) -> Run:
        known = self._previous() if self._resume else []
        self._first = self._converse()
        try:
            self.greeting = first_contact(self._first, self.assignment.catalog.editions, self._seed)
        except DriverTrouble as error:
            raise ConfigurationError(
                [Problem(Position.of(self.folder), f"最初の応答が得られません: {error}")]
            ) from error
        one = self.assignment
        self.plan = compile_plan(
            one.catalog, one.scenarios, one.profile, one.statement, self.greeting.operations, one.select
        )
        self.log.__enter__()
        try:
            if known:
                self._check_continuity(known)
                self.log.append("run_resumed")
            else:
                self._begin()
            self._log_contact()
            self._preflight()
            self._record_untestable()
        except BaseException:
            self.log.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for driver in [self._first.driver] if self._first else []:
            driver.shut()
        self.log.__exit__()

    # cases ------------------------------------------------------------------------------------------

    @property
    def remaining(self) -> list[Case]:
        """Planned cases without a result yet, in plan order."""
        return [case for case in self.plan.cases if case.scenario.id not in self._done]

    @property
    def parallel(self) -> int:
        """How many sessions the driver and the vendor's file allow at once."""
        allowed = self.greeting.parallel_sessions
        return min(allowed, self.assignment.max_sessions or allowed)

    def first_session(self) -> Session:
        """A session over the connection that is already open."""
        if self._first is None:
            raise AssertionError("the run is not open")
        return self._session(self._first)

    def new_session(self) -> Session:
        """A session over a connection of its own; the driver is greeted again and must be the same."""
        conversation = self._converse()
        greeting = conversation.hello(self.assignment.catalog.editions, self._seed)
        if greeting.identity != self.greeting.identity:
            raise IdentityChanged(f"接続ごとに製品の名乗りが違います: {self.greeting.identity} → {greeting.identity}")
        return self._session(conversation)

    def run_case(self, session: Session, case: Case) -> CaseResult:
        """Run and record one case. A lost connection is restarted and the case begun again, a bounded number of times.

        Raises RunStopped when the system stays away; the case then has no result and is run on resume.
        """
        reason = ""
        for attempt in range(RESTARTS_PER_CASE + 1):
            try:
                if attempt:
                    self._restart(session, case, reason)
                result = session.run(case.scenario, f"{self._seed}-{case.seq}-{attempt + 1}")
            except ConnectionLost as error:
                reason = str(error) or "接続が切れました。"
            else:
                self.record(case, result)
                return result
        raise RunStopped(f"製品との接続が失われ、{RESTARTS_PER_CASE} 回つなぎ直しても戻りません: {reason}")

    def record(self, case: Case, result: CaseResult) -> None:
        """Write a result; after this line the case is never run again."""
        evidence = self.log.keep(_json(list(result.transcript))) if result.transcript else None
        attachments = [
            {"name": one.name, "media_type": one.media_type, "sha256": self.log.keep(one.content, one.media_type)}
            for one in result.attachments
        ]
        self.log.append(
            "case",
            seq=case.seq,
            scenario=case.scenario.id,
            attempt=1,
            verdict=result.verdict.value,
            fault=result.fault.value if result.fault else None,
            message=result.message,
            assertions=result.assertions,
            failed_step=result.failed_step,
            milliseconds=result.milliseconds,
            evidence=evidence,
            **({"attachments": attachments} if attachments else {}),
        )
        self._done.add(case.scenario.id)

    def finish(self) -> None:
        """Ask the product once more who it is, and close the log."""
        identity = None
        try:
            identity = self._first.bye() if self._first else None
        except DriverTrouble as error:
            self.log.append("preflight", check="identity", ok=False, message=f"終わりの名乗りが得られません: {error}")
        self.log.append("run_finished", identity=identity, executed=len(self._done))
        self._finished = True

    def stop(self, reason: str) -> None:
        """Note why the run ended early, if the disk still takes it."""
        try:
            self.log.append("run_stopped", reason=reason)
        except RunStopped:
            return

    # opening ----------------------------------------------------------------------------------------

    def _converse(self) -> Conversation:
        return Conversation(self.system.connect(), self._wire, dict(self.assignment.deadlines))

    def _session(self, conversation: Conversation) -> Session:
        one = self.assignment
        identity, editions = self.greeting.identity, one.catalog.editions
        return Session(conversation, one.catalog.glossary, one.profile, self._seed, identity, editions)

    def _restart(self, session: Session, case: Case, reason: str) -> None:
        self.log.append("driver_restarted", scenario=case.scenario.id, reason=reason)
        session.renew()

    def _begin(self) -> None:
        one = self.assignment
        self.log.append(
            "run_started",
            log_version="1",
            kijun=__version__,
            suite_digest=one.catalog.digest,
            edition=one.catalog.editions,
            profile=one.profile.as_record(),
            statement={
                "editions": dict(one.statement.editions),
                "answers": {key: answer.value for key, answer in sorted(one.statement.answers.items())},
                "due": dict(one.statement.due),
            },
            seed=self._seed,
            selection={
                "scenarios": len(self.plan.cases) + len(self.plan.untestable),
                "filtered": self.plan.filtered,
                "plan_digest": self.plan.digest,
            },
            catalog=self.log.keep(_json(snapshot(one.catalog, self.plan))),
            door=one.door,
            attestations=list(one.attestations),
            waivers=list(one.waivers),
            reviews=list(one.reviews),
            **({"disputes": list(one.disputes)} if one.disputes else {}),
        )

    def _previous(self) -> list[dict[str, Any]]:
        """The events so far; takes over the seed and what is already done."""
        events = list(read_events(self.folder))
        if not events or events[0]["event"] != "run_started":
            raise _not_resumable(self.folder, "実行記録に始まりの行がありません。", "新しい実行を始めてください。")
        self._seed = events[0]["seed"]
        self._done = {event["scenario"] for event in events if event["event"] == "case"}
        return events

    def _check_continuity(self, events: list[dict[str, Any]]) -> None:
        start, one = events[0], self.assignment
        hint = "始めたときと同じ試験一式・設定に戻すか、新しい実行を始めてください。"
        if start["suite_digest"] != one.catalog.digest:
            raise _not_resumable(self.folder, "試験一式が始めたときから変わっています。", hint)
        if start["profile"] != one.profile.as_record():
            raise _not_resumable(self.folder, "プロファイルが始めたときから変わっています。", hint)
        if start["statement"]["answers"] != {key: answer.value for key, answer in one.statement.answers.items()}:
            raise _not_resumable(self.folder, "宣言書が始めたときから変わっています。", hint)
        if start["selection"]["plan_digest"] != self.plan.digest:
            raise _not_resumable(self.folder, "選ばれるシナリオが始めたときから変わっています。", hint)
        first = next((event for event in events if event["event"] == "connected"), None)
        if first and first["identity"] != self.greeting.identity:
            shown = f"{first['identity']} → {self.greeting.identity}"
            raise _not_resumable(
                self.folder, f"製品が始めたときと違います（{shown}）。", "同じ版の製品につないでください。"
            )

    def _log_contact(self) -> None:
        self.log.append(
            "connected",
            identity=self.greeting.identity,
            driver_version=self.greeting.driver_version,
            operations=sorted(self.greeting.operations),
            isolation=self.greeting.isolation,
            parallel_sessions=self.greeting.parallel_sessions,
        )

    def _preflight(self) -> None:
        problems = []
        try:
            for finding in self._findings():
                self.log.append("preflight", check=finding.check, ok=finding.ok, message=finding.message)
                if finding.fatal:
                    problems.append(Problem(Position.of(self.folder), finding.message))
        except (DriverTrouble, IdentityChanged) as error:
            problems.append(Problem(Position.of(self.folder), f"事前確認の途中でドライバーが応じません: {error}"))
        if problems:
            self.stop("事前確認を通りませんでした。")
            raise ConfigurationError(problems)

    def _findings(self) -> Iterator[Finding]:
        one, conversation = self.assignment, self._first
        if conversation is None:
            raise AssertionError("the run is not open")
        yield check_operations(self.greeting, one.catalog.glossary)
        yield check_ics(conversation, one.statement)
        yield check_trap(conversation, f"{self._seed}-trap", one.profile, one.catalog.glossary, self._seed)
        yield from check_canaries(self._session(conversation), self.plan.canaries, self.greeting.operations, self._seed)

    def _record_untestable(self) -> None:
        """Selected but not executable: said once, as verdict none, with the missing operation named."""
        first = len(self.plan.cases)
        for place, one in enumerate(self.plan.untestable):
            if one.scenario.id not in self._done:
                nothing = CaseResult(Verdict.NONE, None, one.because, 0, None, 0.0, ())
                self.record(Case(first + place, one.scenario), nothing)


def snapshot(catalog: Catalog, plan: TestPlan) -> dict[str, Any]:
    """What a report needs years later: the rows judged and the scenarios that were to judge them."""
    chosen = [case.scenario for case in plan.cases] + [one.scenario for one in plan.untestable]
    return {
        "tables": [
            {"business": table.business, "edition": table.edition, "status": table.status, "source": table.source}
            for table in catalog.tables
        ],
        "names": {table.business: catalog.systems[table.business]["name"] for table in catalog.tables},
        "requirements": [
            {"business": one.business, "row": dict(one.row)} for table in catalog.tables for one in table.requirements
        ],
        "scenarios": {one.id: scenario_record(one, catalog.root) for one in chosen},
        "operations": {one.key: one.label for one in catalog.glossary.operations},
        "synthetic": {one.key: one.synthetic for one in catalog.glossary.words if one.synthetic},
        "left_out": [{"scenario": one.scenario.id, "because": one.because} for one in plan.not_applicable],
    }


def scenario_record(one: Scenario, root: Path) -> dict[str, Any]:
    """A scenario as a run keeps it: name, file, line, tags, requirements and steps."""
    return {
        "name": one.name,
        "file": _relative(one.at.path, root),
        "line": one.at.line,
        "tags": list(one.tags),
        "requirements": list(one.requirements),
        "operations": sorted(one.operations),
        "steps": [
            {
                "keyword": step.keyword,
                "text": step.text,
                "table": [list(step.table.headings), *map(list, step.table.rows)] if step.table else None,
            }
            for step in one.steps
        ],
    }


def _relative(path: str, root: Path) -> str:
    return Path(path).relative_to(root).as_posix() if Path(path).is_relative_to(root) else path


def _not_resumable(folder: Path, message: str, hint: str) -> ConfigurationError:
    return ConfigurationError([Problem(Position.of(folder), f"続きから実行できません。{message}", hint)])


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

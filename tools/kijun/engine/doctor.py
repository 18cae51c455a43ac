"""Everything that would spoil a run, found before it: contact, trap, declarations, canary, missing operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kijun.catalog.wire import WireSchemas
from kijun.drivers import System
from kijun.engine.conversation import Conversation
from kijun.engine.planner import compile_plan
from kijun.engine.preflight import check_canaries, check_ics, check_operations, check_trap, first_contact
from kijun.engine.run import Assignment
from kijun.engine.session import IdentityChanged, Session
from kijun.model.errors import DriverTrouble, Position, Problem

_SHOWN = 10


@dataclass
class Diagnosis:
    """Notes for the reader, and problems to mend."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def examine(assignment: Assignment, system: System, folder: Path) -> Diagnosis:
    """Speak to the system without running the suite. Never raises for what it finds."""
    diagnosis, at = Diagnosis(), Position.of(folder)
    try:
        conversation = Conversation(system.connect(), WireSchemas(assignment.catalog.glossary), assignment.deadlines)
        greeting = first_contact(conversation, assignment.catalog.editions, assignment.seed)
    except DriverTrouble as error:
        hint = "製品とドライバーが起動しているか、hello に答えるかを確かめてください。"
        diagnosis.problems.append(Problem(at, f"最初の応答が得られません: {error}", hint))
        return diagnosis
    one = assignment
    plan = compile_plan(one.catalog, one.scenarios, one.profile, one.statement, greeting.operations, one.select)
    session = Session(
        conversation, one.catalog.glossary, one.profile, one.seed, greeting.identity, one.catalog.editions
    )
    name = " ".join(greeting.identity[key] for key in ("product", "version"))
    diagnosis.notes.append(f"製品: {name}、操作 {len(greeting.operations)}、並行 {greeting.parallel_sessions}")
    try:
        findings = [
            check_operations(greeting, one.catalog.glossary),
            check_ics(conversation, one.statement),
            check_trap(conversation, f"{one.seed}-trap", one.profile, one.catalog.glossary, one.seed),
            *check_canaries(session, plan.canaries, greeting.operations, one.seed),
        ]
    except (DriverTrouble, IdentityChanged) as error:
        diagnosis.problems.append(Problem(at, f"事前確認の途中でドライバーが応じません: {error}"))
        findings = []
    diagnosis.notes += [f"○ {finding.message}" for finding in findings if finding.ok]
    diagnosis.problems += [Problem(at, finding.message) for finding in findings if not finding.ok]
    missing = sorted({key for left in plan.untestable for key in left.scenario.operations} - greeting.operations)
    if missing:
        labels = "」「".join(one.catalog.glossary.operation_of(key).label for key in missing[:_SHOWN])
        more = f"ほか {len(missing) - _SHOWN} 件" if len(missing) > _SHOWN else ""
        hint = "全てと、次に実装するとよい操作は kijun driver check --map で分かります。"
        message = f"操作「{labels}」{more}が提供されず、{len(plan.untestable)} 件のシナリオを実施できません。"
        diagnosis.problems.append(Problem(at, message, hint))
    conversation.driver.shut()
    return diagnosis

"""Plays a finished run again from its evidence: what the product said then is judged by the scenarios now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.run_folder import LOG_NAME, read_events, read_evidence
from kijun.catalog.wire import WireSchemas
from kijun.engine.conversation import Conversation
from kijun.engine.planner import compile_plan
from kijun.engine.run import snapshot
from kijun.engine.session import CaseResult, Session
from kijun.engine.suite import Suite
from kijun.model.driver import Message
from kijun.model.errors import ConfigurationError, DriverBroke, Position, Problem
from kijun.model.plan import Scenario, TestPlan
from kijun.model.profile import FileForm, Profile
from kijun.model.statement import Answer, ImplementationConformanceStatement
from kijun.model.verdict import Fault, Verdict

_SOMETHING = dict.fromkeys(("product", "vendor", "version", "build"), "-")


@dataclass(frozen=True, slots=True)
class Replay:
    """How many cases were played again, and everything that came out otherwise."""

    played: int
    disagreements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What a scenario comes to on the evidence of a case."""

    result: CaseResult
    beyond: Message | None  # the question that is not in the record; None when all were
    cut_off: bool  # the record holds the last question, but no answer to it
    unasked: int  # recorded questions that the scenario no longer asks


class Recording:
    """A finished run, to be judged again by a suite. Raises ConfigurationError for what cannot be read."""

    def __init__(self, folder: Path, suite: Suite) -> None:
        self.folder = folder
        self.events = list(read_events(folder))
        self.start = self.events[0]
        self.snapshot: dict[str, Any] = read_evidence(folder, self.start["catalog"])
        self.cases = sorted((one for one in self.events if one["event"] == "case"), key=lambda one: int(one["seq"]))
        self.profile = _profile(folder, self.start["profile"])
        self.catalog = suite.catalog.limited_to(self.profile.businesses)
        self._suite = suite
        self._wire = WireSchemas(suite.catalog.glossary)

    def plan(self, answers: Mapping[str, str], chosen: Iterable[str]) -> TestPlan:
        """What the suite runs for the same municipality and operations.

        A filtered run chose among the scenarios: of it only those with the ids `chosen` are planned.
        """
        given = {one: Answer(answer) for one, answer in answers.items()}
        statement = ImplementationConformanceStatement(self.start["statement"]["editions"], given)
        offered: list[str] = next((one["operations"] for one in self.events if one["event"] == "connected"), [])
        select = (*chosen, "\n") if self.start["selection"]["filtered"] else ()  # no name holds a line break
        return compile_plan(self.catalog, self._suite.scenarios, self.profile, statement, frozenset(offered), select)

    def play(self, event: Mapping[str, Any], scenario: Scenario) -> Played:
        """Put the questions of a scenario to the record of a case; invented values are those invented then."""
        exchanges = read_evidence(self.folder, event["evidence"]) if event["evidence"] else []
        driver = _Recorded(exchanges)
        conversation = Conversation(driver, self._wire)
        session = Session(conversation, self._suite.catalog.glossary, self.profile, self.start["seed"], _SOMETHING, {})
        name = exchanges[0]["request"]["session"] if exchanges else "replay"
        result = session.run(replace(scenario, id=event["scenario"]), name)
        return Played(result, driver.beyond, driver.cut_off, len(driver.left))


class _Recorded:
    """A driver that gives the recorded replies, and only to the recorded questions in their order."""

    honours_deadlines = True

    def __init__(self, exchanges: Sequence[Mapping[str, Any]]) -> None:
        self.left = list(exchanges)
        self.beyond: Message | None = None
        self.cut_off = False

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:  # noqa: ARG002 - no waiting
        if method == "open":
            return {"session": params["session"], "state_digest": "-"}
        if method == "attach":
            return {"attachments": []}
        if method == "close":
            return {"session": params["session"], "identity": dict(_SOMETHING)}
        said = self.left.pop(0) if self.left else {}
        if (method, params) != (said.get("method"), said.get("request")):
            self.beyond = params
            raise DriverBroke("記録にない問いです。")
        if said["reply"] is None:
            self.cut_off = True
            raise DriverBroke("記録に答えがありません。")
        reply: Message = said["reply"]
        return reply

    def reconnect(self) -> None:
        """Nothing to connect to."""

    def shut(self) -> None:
        """Nothing to release."""

    def stderr_tail(self) -> str:
        return ""


def replay(folder: Path, suite: Suite) -> Replay:
    """Judge a run again by the suite it was made with: what was to be run, and every case that speaks of the product.

    A case that ended with a fault of driver, environment or suite proves nothing for the product and is not played.
    Raises ConfigurationError for a log or evidence that cannot be read.
    """
    recording = Recording(folder, suite)
    different = list(_other_start(recording))
    scenarios = {one.id: one for one in suite.scenarios}
    cases = [event for event in recording.cases if _is_about_the_product(event)]
    for event in cases:
        if event["scenario"] not in scenarios:
            different.append(f"{event['scenario']}: 試験一式にないシナリオです。")
            continue
        played = recording.play(event, scenarios[event["scenario"]])
        result = played.result
        again = (result.verdict.value, result.assertions, result.failed_step, result.message)
        if played.unasked or again != tuple(event[key] for key in ("verdict", "assertions", "failed_step", "message")):
            then, now = Verdict(event["verdict"]).label, result.verdict.label
            different.append(f"{event['scenario']}: 記録は「{then}」、証跡からは「{now}」 {result.message}".rstrip())
    return Replay(len(cases), tuple(different))


def _other_start(recording: Recording) -> Iterator[str]:
    """What this suite would not have written at the start for the same municipality, statement and operations."""
    start, recorded, catalog = recording.start, recording.snapshot, recording.catalog
    plan = recording.plan(start["statement"]["answers"], recorded["scenarios"])
    expected = json.loads(json.dumps(snapshot(catalog, plan)))
    if start["profile"] != recording.profile.as_record():
        yield "条件の団体の名前か区分が、登録簿のものと違います。"
    if start["edition"] != catalog.editions:
        yield "版が、試験一式のものと違います。"
    for key in recorded:
        if recorded[key] != expected.get(key):
            yield f"実行のときの控え（{key}）が、試験一式から作り直したものと違います。"
    if plan.digest != start["selection"]["plan_digest"]:
        yield "選ばれたシナリオが、試験一式から選び直したものと違います。"


def _is_about_the_product(event: Mapping[str, Any]) -> bool:
    return bool(event["verdict"] == Verdict.PASS or event["fault"] == Fault.PRODUCT)


def _profile(folder: Path, record: Mapping[str, Any]) -> Profile:
    body = read_municipalities().get(record["municipality_code"])
    if body is None:
        told = f"団体コード {record['municipality_code']} の団体は登録簿にありません。"
        hint = "その団体を含む版の kijun を使ってください。"
        raise ConfigurationError([Problem(Position.of(folder / LOG_NAME, 1), told, hint)])
    day, form = date.fromisoformat(record["as_of"]), FileForm(**record.get("files", {}))
    return Profile(record["id"], record["title"], body, day, tuple(record["businesses"]), form)

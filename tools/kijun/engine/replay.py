"""Plays a finished run again from its evidence: what the product said then is judged by the scenarios now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.run_folder import read_events, read_evidence
from kijun.catalog.wire import WireSchemas
from kijun.engine.conversation import Conversation
from kijun.engine.planner import compile_plan
from kijun.engine.run import snapshot
from kijun.engine.session import Session
from kijun.engine.suite import Suite
from kijun.model.driver import Message
from kijun.model.errors import DriverBroke
from kijun.model.profile import Profile
from kijun.model.statement import Answer, ImplementationConformanceStatement
from kijun.model.verdict import Fault, Verdict

_SOMETHING = dict.fromkeys(("product", "vendor", "version", "build"), "-")


@dataclass(frozen=True, slots=True)
class Replay:
    """How many cases were played again, and everything that came out otherwise."""

    played: int
    disagreements: tuple[str, ...]


class _Recorded:
    """A driver that gives the recorded replies, and only to the recorded questions."""

    honours_deadlines = True

    def __init__(self, exchanges: Sequence[Mapping[str, Any]]) -> None:
        self.left = list(exchanges)

    def exchange(self, method: str, params: Message, deadline_seconds: float) -> Message:  # noqa: ARG002 - no waiting
        if method == "open":
            return {"session": params["session"], "state_digest": "-"}
        if method == "attach":
            return {"attachments": []}
        if method == "close":
            return {"session": params["session"], "identity": dict(_SOMETHING)}
        said = self.left.pop(0) if self.left else {}
        if (method, params) != (said.get("method"), said.get("request")):
            raise DriverBroke("記録にない問いです。")
        if said["reply"] is None:
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
    events = list(read_events(folder))
    start, profile = events[0], _profile(events[0]["profile"])
    different = list(_other_start(read_evidence(folder, start["catalog"]), events, suite, profile))
    scenarios = {one.id: one for one in suite.scenarios}
    wire = WireSchemas(suite.catalog.glossary)
    cases = [event for event in events if event["event"] == "case" and _is_about_the_product(event)]
    for event in sorted(cases, key=lambda event: int(event["seq"])):
        if event["scenario"] not in scenarios:
            different.append(f"{event['scenario']}: 試験一式にないシナリオです。")
            continue
        exchanges = read_evidence(folder, event["evidence"]) if event["evidence"] else []
        driver = _Recorded(exchanges)
        session = Session(Conversation(driver, wire), suite.catalog.glossary, profile, start["seed"], _SOMETHING, {})
        name = exchanges[0]["request"]["session"] if exchanges else "replay"
        result = session.run(scenarios[event["scenario"]], name)
        again = (result.verdict.value, result.assertions, result.failed_step, result.message)
        if driver.left or again != tuple(event[key] for key in ("verdict", "assertions", "failed_step", "message")):
            then, now = Verdict(event["verdict"]).label, result.verdict.label
            different.append(f"{event['scenario']}: 記録は「{then}」、証跡からは「{now}」 {result.message}".rstrip())
    return Replay(len(cases), tuple(different))


def _other_start(
    recorded: Mapping[str, Any], events: Sequence[Mapping[str, Any]], suite: Suite, profile: Profile
) -> Iterator[str]:
    """What this suite would not have written at the start for the same municipality, statement and operations."""
    start = events[0]
    answers = {one: Answer(answer) for one, answer in start["statement"]["answers"].items()}
    statement = ImplementationConformanceStatement(start["statement"]["editions"], answers)
    offered: list[str] = next((event["operations"] for event in events if event["event"] == "connected"), [])
    select = (*recorded["scenarios"], "\n") if start["selection"]["filtered"] else ()  # no name holds a line break
    catalog = suite.catalog.limited_to(profile.businesses)
    plan = compile_plan(catalog, suite.scenarios, profile, statement, frozenset(offered), select)
    expected = json.loads(json.dumps(snapshot(catalog, plan)))
    if start["profile"] != profile.as_record():
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


def _profile(record: Mapping[str, Any]) -> Profile:
    body = read_municipalities()[record["municipality_code"]]
    day = date.fromisoformat(record["as_of"])
    return Profile(record["id"], record["title"], body, day, tuple(record["businesses"]))

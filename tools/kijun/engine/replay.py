"""Plays a finished run again from its evidence: what the product said then is judged by the scenarios now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kijun.catalog.catalog import read_municipalities
from kijun.catalog.run_folder import read_events, read_evidence
from kijun.catalog.wire import WireSchemas
from kijun.engine.conversation import Conversation
from kijun.engine.session import Session
from kijun.engine.suite import Suite
from kijun.model.driver import Message
from kijun.model.errors import DriverBroke
from kijun.model.profile import Profile
from kijun.model.verdict import Fault, Verdict

_NOBODY = dict.fromkeys(("product", "vendor", "version", "build"), "-")


@dataclass(frozen=True, slots=True)
class Replay:
    """How many cases were played again, and every one that came to something else."""

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
        if method == "close":
            return {"session": params["session"], "identity": dict(_NOBODY)}
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
    """Judge every case again whose verdict is about the product, by the suite it was made with.

    A case that ended with a fault of driver, environment or suite proves nothing for the product and is not played.
    Raises ConfigurationError for a log or evidence that cannot be read.
    """
    start = next(read_events(folder))
    scenarios = {one.id: one for one in suite.scenarios}
    profile = _profile(start["profile"])
    wire = WireSchemas(suite.catalog.glossary)
    played, different = 0, []
    for event in _about_the_product(folder):
        played += 1
        exchanges = read_evidence(folder, event["evidence"]) if event["evidence"] else []
        driver = _Recorded(exchanges)
        session = Session(Conversation(driver, wire), suite.catalog.glossary, profile, start["seed"], _NOBODY, {})
        name = exchanges[0]["request"]["session"] if exchanges else "replay"
        result = session.run(scenarios[event["scenario"]], name)
        again = (result.verdict.value, result.assertions, result.failed_step, result.message)
        if driver.left or again != tuple(event[key] for key in ("verdict", "assertions", "failed_step", "message")):
            then, now = Verdict(event["verdict"]).label, result.verdict.label
            different.append(f"{event['scenario']}: 記録は「{then}」、証跡からは「{now}」 {result.message}".rstrip())
    return Replay(played, tuple(different))


def _about_the_product(folder: Path) -> Iterator[dict[str, Any]]:
    for event in read_events(folder):
        is_pass = event["event"] == "case" and event["verdict"] == Verdict.PASS
        if is_pass or (event["event"] == "case" and event["fault"] == Fault.PRODUCT):
            yield event


def _profile(record: Mapping[str, Any]) -> Profile:
    body = read_municipalities()[record["municipality_code"]]
    day = date.fromisoformat(record["as_of"])
    return Profile(record["id"], record["title"], body, day, tuple(record["businesses"]))

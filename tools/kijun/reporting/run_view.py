"""What every report is made from: the run folder, read and judged."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kijun.catalog.run_folder import read_events, read_evidence
from kijun.model.conformance import CaseOutcome, ConformanceReport
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.requirement import Requirement


@dataclass(frozen=True)
class RunView:
    """One run with its judgement, its requirements and scenarios as they were, and its evidence."""

    folder: Path
    report: ConformanceReport
    snapshot: dict[str, Any]
    earlier: RunView | None = None  # the run that a report compares this one with

    @classmethod
    def read(cls, folder: Path, earlier: RunView | None = None) -> RunView:
        """Read and judge a run folder. Raises ConfigurationError when it holds no readable run."""
        with _without_collecting():
            return cls._read(folder, earlier)

    @classmethod
    def _read(cls, folder: Path, earlier: RunView | None) -> RunView:
        start = next(read_events(folder), None)
        if start is None or start["event"] != "run_started":
            hint = "kijun run で作られたフォルダーを指定してください。"
            raise ConfigurationError([Problem(Position.of(folder), "実行記録に始まりの行がありません。", hint)])
        snapshot = read_evidence(folder, start["catalog"])
        requirements = [
            Requirement.from_row(one["row"], one["business"], Position(one["business"]))
            for one in snapshot["requirements"]
        ]
        return cls(folder, ConformanceReport.fold(read_events(folder), requirements, snapshot), snapshot, earlier)

    def scenario(self, case: CaseOutcome) -> dict[str, Any]:
        """Name, file, line, tags, requirements and steps of a case's scenario as they were run."""
        found: dict[str, Any] = self.snapshot["scenarios"][case.scenario]
        return found

    @cached_property
    def product(self) -> dict[str, str]:
        """What the system under test first called itself: product, vendor, version, build. Empty when it never did."""
        return dict(self.report.facts.identities[0]) if self.report.facts.identities else {}

    @cached_property
    def cases(self) -> tuple[CaseOutcome, ...]:
        """Every scenario chosen for the run; one that was never reached has the verdict none."""
        reached = self.report.facts.cases
        unreached = [one for one in self.snapshot["scenarios"] if one not in reached]
        return (*reached.values(), *(CaseOutcome(one, self.snapshot["scenarios"][one]["name"]) for one in unreached))

    @cached_property
    def finish(self) -> str:
        """When the run finished, else the last moment of which it tells (ISO 8601, UTC)."""
        facts = self.report.facts
        return facts.finished_at or max((case.at for case in facts.cases.values()), default=facts.start["time"])

    @cached_property
    def uuid(self) -> Callable[..., str]:
        """Names something in this run as a UUID (RFC 9562, version 5): the same for the same log, anywhere."""
        start = json.dumps(self.report.facts.start, ensure_ascii=False, sort_keys=True)
        namespace = uuid5(NAMESPACE_URL, f"https://kijun.example/run/{start}")
        return cache(lambda *names: str(uuid5(namespace, "\n".join(names))))

    def operation_label(self, key: str) -> str:
        """An operation as a clerk knows it; its key in runs recorded before labels were."""
        return str(self.snapshot.get("operations", {}).get(key, key))

    def exchanges(self, case: CaseOutcome) -> list[dict[str, Any]]:
        """The messages exchanged in a case, in order. Empty when there were none.

        Each has method, request and reply (null when none came, with the trouble beside it), and milliseconds in runs
        recorded since these are measured.
        """
        if case.evidence is None:
            return []
        found: list[dict[str, Any]] = read_evidence(self.folder, case.evidence)
        return found


@contextmanager
def _without_collecting() -> Iterator[None]:
    """All that is read is kept: to look for garbage in it again and again takes two fifths of the time."""
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()

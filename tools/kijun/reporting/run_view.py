"""What every report is made from: the run folder, read and judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

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

    @classmethod
    def read(cls, folder: Path) -> RunView:
        """Read and judge a run folder. Raises ConfigurationError when it holds no readable run."""
        events = read_events(folder)
        start = next(events, None)
        if start is None or start["event"] != "run_started":
            hint = "kijun run で作られたフォルダーを指定してください。"
            raise ConfigurationError([Problem(Position.of(folder), "実行記録に始まりの行がありません。", hint)])
        snapshot = read_evidence(folder, start["catalog"])
        requirements = [
            Requirement.from_row(one["row"], one["business"], Position(one["business"]))
            for one in snapshot["requirements"]
        ]
        return cls(folder, ConformanceReport.fold(read_events(folder), requirements, snapshot), snapshot)

    def scenario(self, case: CaseOutcome) -> dict[str, Any]:
        """Name, file, line, tags, requirements and steps of a case's scenario as they were run."""
        found: dict[str, Any] = self.snapshot["scenarios"][case.scenario]
        return found

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

"""CTRF (Common Test Report Format, ctrf.io) for test dashboards: one test per scenario.

Only a pass is "passed". What has no word of its own in CTRF (inconclusive, error) is "other", what was not executed
is "pending", and our own word stands beside it as rawStatus. Requirements are tags; what they came to stands in
`extra`, since CTRF knows tests alone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from kijun.model.conformance import CaseOutcome
from kijun.model.verdict import Verdict
from kijun.reporting.json_report import as_bytes
from kijun.reporting.run_view import RunView

SPEC_VERSION = "0.0.0"
_STATUSES = {
    Verdict.PASS: "passed",
    Verdict.FAIL: "failed",
    Verdict.INCONCLUSIVE: "other",
    Verdict.ERROR: "other",
    Verdict.NONE: "pending",
}


def render(view: RunView) -> bytes:
    """ctrf.json. Times in milliseconds, of the run as Unix time."""
    kijun = view.report.facts.start["kijun"]
    return as_bytes(
        {
            "reportFormat": "CTRF",
            "specVersion": SPEC_VERSION,
            "reportId": view.uuid("ctrf", view.finish),
            "timestamp": view.finish,
            "generatedBy": f"kijun {kijun}",
            "results": {
                "tool": {"name": "kijun", "version": kijun},
                "summary": _summary(view),
                "tests": [_test(view, case) for case in view.cases],
                "environment": _environment(view),
                "extra": {
                    "claim": view.report.claim.value,
                    "claim_reasons": list(view.report.reasons),
                    "requirements": {
                        one.requirement.id: {"obligation": one.obligation.value, "status": one.status.value}
                        for one in view.report.outcomes
                    },
                },
            },
        }
    )


def _summary(view: RunView) -> dict[str, int]:
    found = [_STATUSES[case.verdict] for case in view.cases]
    counts = {status: found.count(status) for status in ("passed", "failed", "skipped", "pending", "other")}
    start, stop = _unix(view.report.facts.start["time"]), _unix(view.finish)
    return {"tests": len(found), **counts, "start": start, "stop": stop, "duration": stop - start}


def _test(view: RunView, case: CaseOutcome) -> dict[str, Any]:
    scenario = view.scenario(case)
    record: dict[str, Any] = {
        "testId": case.scenario,
        "name": case.name,
        "status": _STATUSES[case.verdict],
        "rawStatus": case.verdict.value,
        "duration": round(case.milliseconds),
        "suite": [scenario["file"]],
        "filePath": scenario["file"],
        "line": scenario["line"],
        "tags": list(scenario["requirements"]),
        "retries": max(len(case.verdicts) - 1, 0),
        "extra": {"attempts": [verdict.value for verdict in case.verdicts]},
    }
    if case.message:
        record["message"] = case.message
    if case.fault:
        record["extra"]["fault"] = case.fault.value
    return record


def _environment(view: RunView) -> dict[str, Any]:
    start = view.report.facts.start
    record: dict[str, Any] = {
        "testEnvironment": start["profile"]["municipality_name"],
        "extra": {"edition": start["edition"], "suite_digest": start["suite_digest"], "profile": start["profile"]},
    }
    if view.product:
        record |= {"appName": view.product["product"], "appVersion": view.product["version"]}
        record |= {"buildId": view.product["build"]}
        record["extra"]["vendor"] = view.product["vendor"]
    return record


def _unix(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)

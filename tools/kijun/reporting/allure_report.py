"""Allure results for the test portals of quality departments: one JSON per scenario, in a folder that Allure reads.

Only a pass is "passed", and nothing is ever "skipped": an error of the harness is "broken", what could not be told or
was not executed is "unknown", with our own word in the message. Allure knows tests alone: what the run came to stands
in its environment. What was exchanged is attached where a scenario did not pass.
Format: https://allurereport.org/docs/how-it-works-test-result-file/.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from kijun.catalog.run_folder import evidence_name, read_kept
from kijun.model.conformance import CaseOutcome
from kijun.model.requirement import Requirement
from kijun.model.verdict import Verdict
from kijun.press.legible import unhidden
from kijun.reporting import wording
from kijun.reporting.run_view import RunView

FOLDER = "allure-results"
_STATUSES = {
    Verdict.PASS: "passed",
    Verdict.FAIL: "failed",
    Verdict.INCONCLUSIVE: "unknown",
    Verdict.ERROR: "broken",
    Verdict.NONE: "unknown",
}
_JSON = "application/json"
_HARMLESS = {"text/html": "text/plain"}  # a page of the product is read, not run

Record = dict[str, Any]
Requirements = Mapping[str, Requirement]


def render(view: RunView) -> Iterator[tuple[str, bytes]]:
    """Name and content of every file, one after another: a run of 100,000 scenarios is never held at once.

    Raises ConfigurationError when evidence of the run is missing or was changed.
    """
    requirements = {one.requirement.id: one.requirement for one in view.report.outcomes}
    kept: dict[str, tuple[str, str]] = {}
    for case in view.cases:
        record = _result(view, case, requirements)
        files = [] if case.verdict is Verdict.PASS else list(_files(case))
        record["attachments"] = [{"name": name, "source": source, "type": kind} for name, source, kind, _ in files]
        kept |= {source: origin for _, source, _, origin in files}
        yield f"{FOLDER}/{record['uuid']}-result.json", _as_bytes(record)
    for source, (digest, media_type) in kept.items():
        yield f"{FOLDER}/{source}", read_kept(view.folder, digest, media_type)
    yield f"{FOLDER}/environment.properties", _properties(_environment(view))


def _result(view: RunView, case: CaseOutcome, requirements: Requirements) -> Record:
    scenario = view.scenario(case)
    linked = [requirements[one] for one in scenario["requirements"] if one in requirements]
    stop = _unix(case.at or view.finish)
    lasting = str(uuid5(NAMESPACE_URL, f"https://kijun.example/scenario/{case.scenario}"))  # one name over all runs
    return {
        "uuid": view.uuid("allure", case.scenario),
        "testCaseId": lasting,
        "historyId": lasting,
        "fullName": case.scenario,
        "name": case.name,
        "titlePath": scenario["file"].split("/"),
        "status": _STATUSES[case.verdict],
        "statusDetails": {} if case.verdict is Verdict.PASS else {"message": _message(case)},
        "stage": "finished",
        "start": stop - round(case.milliseconds),
        "stop": stop,
        "labels": [{"name": name, "value": value} for name, value in _labels(view, scenario["file"], linked)],
        "links": _links(linked),
        "steps": list(_steps(scenario["steps"], case)),
    }


def _message(case: CaseOutcome) -> str:
    fault = f"（{case.fault.label}）" if case.fault else ""
    return unhidden("\n".join(one for one in (f"{case.verdict.label}{fault}", case.message) if one))


def _labels(view: RunView, file: str, linked: list[Requirement]) -> dict[tuple[str, str], None]:
    """Business, 中項目 and 機能名称 as epic, feature and story; each requirement also as a tag, to be searched for."""
    found = [("framework", "kijun"), ("suite", file)]
    for one in linked:
        found += [
            ("epic", view.snapshot["names"][one.business]),
            ("feature", one.row["middle"]),
            ("story", one.name),
            ("requirement", one.id),
            ("tag", one.id),
        ]
    return dict.fromkeys(found)


def _links(linked: list[Requirement]) -> list[Record]:
    """The laws behind the requirements, where the table knows their address."""
    found = dict.fromkeys(basis for one in linked for basis in one.legal_basis if basis.url)
    return [{"type": "link", "url": basis.url, "name": str(basis)} for basis in found]


def _steps(steps: list[Record], case: CaseOutcome) -> Iterator[Record]:
    """What was done before it broke off; what was never reached is unknown."""
    end = case.failed_step if case.failed_step is not None else len(steps) if case.verdict is Verdict.PASS else 0
    for number, step in enumerate(steps):
        rows = [f"| {' | '.join(row)} |" for row in step["table"] or ()]
        broke = number == case.failed_step
        status = "passed" if number < end else _STATUSES[case.verdict] if broke else "unknown"
        yield {"name": "\n".join([f"{step['keyword']} {step['text']}", *rows]), "status": status}


def _files(case: CaseOutcome) -> Iterator[tuple[str, str, str, tuple[str, str]]]:
    """Name, file name here, media type, and where the run keeps it (digest, media type)."""
    files = [("やり取りの記録", case.evidence, _JSON)] if case.evidence else []
    files += [(one["name"], one["sha256"], one["media_type"]) for one in case.attachments]
    for name, digest, media_type in files:
        shown = _HARMLESS.get(media_type, media_type)
        ending = evidence_name("", shown)
        yield unhidden(name), f"{digest}-attachment{ending}", shown, (digest, media_type)


def _environment(view: RunView) -> Iterator[tuple[str, str]]:
    """What was judged and what it came to, requirements that no scenario reaches included."""
    yield "判定", view.report.claim.label
    yield from wording.summary_rows(view)
    yield "注記", " ".join(wording.caveats(view))
    yield "判定の理由", " ".join(view.report.reasons)
    head, *rows = wording.count_rows(view)
    for row in rows:
        yield f"{row[0]}の要件", "、".join(f"{label} {count}" for label, count in zip(head[1:], row[1:], strict=True))


def _properties(rows: Iterator[tuple[str, str]]) -> bytes:
    """The format of java.util.Properties, which is ASCII."""
    return "".join(f"{_escaped(name)}={_escaped(unhidden(text))}\n" for name, text in rows).encode("ascii")


def _escaped(text: str) -> str:
    return re.sub(r"[^!-~]|[\\:=#!]", lambda found: _units(found.group()), text)


def _units(sign: str) -> str:
    units = sign.encode("utf-16-be")
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


def _as_bytes(record: Record) -> bytes:
    return (json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()


def _unix(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)

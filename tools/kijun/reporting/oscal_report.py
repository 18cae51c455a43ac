"""NIST OSCAL assessment-results (JSON): an observation per scenario and word of people, a finding per requirement.

OSCAL knows two states: a requirement is "satisfied" only where we say so. Everything else is "not-satisfied", with the
reason "fail" where something was contradicted and "other" where nothing is known; our own status stands beside it.
Requirements that do not apply, or that are optional and not claimed, are excluded from the review and have no finding.
Model: https://pages.nist.gov/OSCAL/. Its texts are Markdown, so that what a product says is escaped.
"""

from __future__ import annotations

import json
import re
from typing import Any

from kijun.catalog.run_folder import EVIDENCE, evidence_name
from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.verdict import Status
from kijun.reporting.json_report import as_bytes
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import attestation_text, review_text, waiver_text

OSCAL_VERSION = "1.2.3"
NAMESPACE = "https://kijun.example/ns/oscal"
_MARKDOWN = re.compile(r"([\\`*_\[\]<&{~^])")
_REASONS = {Status.SATISFIED: "pass", Status.NOT_SATISFIED: "fail"}
_NOT_REVIEWED = (Status.NOT_APPLICABLE, Status.NOT_IMPLEMENTED)

Record = dict[str, Any]


def render(view: RunView) -> bytes:
    """oscal.json: one result, for one product, edition and profile."""
    record = {
        "uuid": view.uuid("oscal", view.finish),
        "metadata": _metadata(view),
        "import-ap": {"href": f"#{view.uuid('plan')}"},
        "results": [_result(view)],
        "back-matter": {"resources": [_plan(view)]},
    }
    return as_bytes({"assessment-results": record})


def _metadata(view: RunView) -> Record:
    offices = dict.fromkeys(entry["office"] for one in view.report.outcomes for entry in one.attestations)
    record: Record = {
        "title": _line(f"標準仕様への適合報告 {view.product.get('product', '')}"),
        "last-modified": view.finish,
        "version": view.finish,
        "oscal-version": OSCAL_VERSION,
    }
    parties = [{"uuid": view.uuid("office", one), "type": "organization", "name": _string(one)} for one in offices]
    return record | _some("parties", parties)


def _plan(view: RunView) -> Record:
    selection = view.report.facts.start["selection"]
    return {
        "uuid": view.uuid("plan"),
        "title": "試験計画（実行記録の始まりの行）",
        "props": [_property("plan-digest", selection["plan_digest"])],
        "rlinks": [{"href": "run.jsonl"}],
    }


def _result(view: RunView) -> Record:
    start, report = view.report.facts.start, view.report
    reviewed = [one for one in report.outcomes if one.status not in _NOT_REVIEWED]
    record: Record = {
        "uuid": view.uuid("result"),
        "title": f"判定: {report.claim.label}",
        "description": _text("\n".join([f"判定: {report.claim.label}", *report.reasons])),
        "start": start["time"],
        "end": view.finish,
        "props": [
            _property("claim", report.claim.value),
            _property("suite-digest", start["suite_digest"]),
            _property("as-of", start["profile"]["as_of"]),
            _property("municipality-class", start["profile"]["municipality_class"]),
            *(_property("edition", f"{business} {edition}") for business, edition in start["edition"].items()),
        ],
        "local-definitions": _definitions(view),
        "reviewed-controls": _reviewed_controls(view, reviewed),
    }
    people = [_word(view, entry) for one in reviewed for entry in one.attestations]
    observations = [_observation(view, case) for case in view.cases if case.at] + people
    return record | _some("observations", observations) | _some("findings", [_finding(view, one) for one in reviewed])


def _definitions(view: RunView) -> Record:
    start = view.report.facts.start
    tool = _software(view, "tool", "kijun", [_property("version", start["kijun"], own=False)])
    props = []
    if view.product:
        props = [_property("vendor", view.product["vendor"]), _property("build", view.product["build"])]
        props.append(_property("version", view.product["version"], own=False))
    platform = {
        "uuid": view.uuid("platform"),
        "title": "kijun の試験一式",
        "uses-components": [{"component-uuid": view.uuid("tool")}],
    }
    return {
        "components": [_software(view, "subject", view.product.get("product", "不明"), props)],
        "assessment-assets": {"components": [tool], "assessment-platforms": [platform]},
    }


def _software(view: RunView, name: str, title: str, props: list[Record]) -> Record:
    return {
        "uuid": view.uuid(name),
        "type": "software",
        "title": _line(title),
        "description": _text(title),
        "status": {"state": "operational"},
    } | _some("props", props)


def _reviewed_controls(view: RunView, reviewed: list[RequirementOutcome]) -> Record:
    """Which requirements were judged; why the others were not stands in the remarks."""
    left = [one for one in view.report.outcomes if one.status in _NOT_REVIEWED]
    controls = [{"control-id": _control(one)} for one in reviewed]
    excluded = [{"control-id": _control(one)} for one in left]
    objectives = [{"objective-id": _control(one)} for one in reviewed]
    record: Record = {
        "control-selections": [
            (_some("include-controls", controls) or {"include-all": {}}) | _some("exclude-controls", excluded)
        ],
    }
    if objectives:
        record["control-objective-selections"] = [{"include-objectives": objectives}]
    if left:
        record["remarks"] = _text("\n".join(f"{one.requirement.id} {one.status.label}: {one.because}" for one in left))
    return record


def _observation(view: RunView, case: CaseOutcome) -> Record:
    scenario = view.scenario(case)
    files = [("やり取りの記録", f"{EVIDENCE}/{case.evidence}.json")] if case.evidence else []
    files += [
        (one["name"], f"{EVIDENCE}/{evidence_name(one['sha256'], one['media_type'])}") for one in case.attachments
    ]
    record: Record = {
        "uuid": view.uuid("observation", case.scenario),
        "title": _line(case.name),
        "description": _text(f"{case.verdict.label} {case.message}".strip()),
        "props": [
            _property("verdict", case.verdict.value),
            _property("scenario", case.scenario),
            *(_property("requirement", one) for one in scenario["requirements"]),
        ],
        "methods": ["TEST"],
        "types": ["control-objective"],
        "origins": _origins("tool", view.uuid("tool")),
        "subjects": [{"subject-uuid": view.uuid("subject"), "type": "component"}],
        "collected": case.at,
    }
    evidence = [{"href": href, "description": _text(name)} for name, href in files]
    return record | _some("relevant-evidence", evidence)


def _word(view: RunView, entry: Record) -> Record:
    """What an office saw and signed for; its days are those of Japan."""
    return {
        "uuid": _word_uuid(view, entry),
        "title": _line(f"{entry['requirement']} 人による確認"),
        "description": _text(attestation_text(entry)),
        "props": [_property("verdict", entry["verdict"]), _property("requirement", entry["requirement"])],
        "methods": ["EXAMINE"],
        "types": ["control-objective"],
        "origins": _origins("party", view.uuid("office", entry["office"])),
        "subjects": [{"subject-uuid": view.uuid("subject"), "type": "component"}],
        "collected": f"{entry['date']}T00:00:00+09:00",
        "expires": f"{entry['expires']}T23:59:59+09:00",
    }


def _finding(view: RunView, one: RequirementOutcome) -> Record:
    observations = [view.uuid("observation", case.scenario) for case in one.cases if case.at]
    observations += [_word_uuid(view, entry) for entry in one.attestations]
    record: Record = {
        "uuid": view.uuid("finding", one.requirement.id),
        "title": _line(f"{one.requirement.id} {one.requirement.name}"),
        "description": _text(f"{one.status.label}: {one.because}"),
        "props": [
            _property("status", one.status.value),
            _property("underlying-status", one.underlying.value),
            _property("obligation", one.obligation.value),
            _property("category-source", one.requirement.category_source),
            _property("method", one.requirement.method.value),
            _property("claimed", one.claimed.value),
            _property("reviewed", one.review["value"]),
        ],
        "target": _target(one),
        "remarks": _text(f"団体の確認: {review_text(one)}"),
    }
    return record | _some("related-observations", [{"observation-uuid": uuid} for uuid in observations])


def _target(one: RequirementOutcome) -> Record:
    """The state is that before any waiver: what was excused is still not satisfied."""
    satisfied = one.underlying is Status.SATISFIED
    status: Record = {
        "state": "satisfied" if satisfied else "not-satisfied",
        "reason": _REASONS.get(one.underlying, "other"),
    }
    if one.waiver:
        status["remarks"] = _text(f"{one.status.label} {waiver_text(one.waiver)}")
    return {
        "type": "objective-id",
        "target-id": _control(one),
        "title": _line(one.requirement.name),
        "description": _text(one.requirement.text),
        "status": status,
    }


def _control(one: RequirementOutcome) -> str:
    """The id of a requirement as an OSCAL token, which begins with a letter."""
    return f"req-{one.requirement.id}"


def _word_uuid(view: RunView, entry: Record) -> str:
    return view.uuid("attestation", json.dumps(entry, sort_keys=True))


def _origins(kind: str, uuid: str) -> list[Record]:
    return [{"actors": [{"type": kind, "actor-uuid": uuid}]}]


def _property(name: str, value: str, *, own: bool = True) -> Record:
    """A property of our namespace, or one that OSCAL itself defines."""
    record = {"name": name, "value": _string(value)}
    return record | {"ns": NAMESPACE} if own else record


def _some(name: str, entries: list[Record]) -> Record:
    """OSCAL has no empty lists."""
    return {name: entries} if entries else {}


def _string(value: str) -> str:
    """One line without blanks at its ends, as an OSCAL string is."""
    return " ".join(value.split()) or "－"


def _line(value: str) -> str:
    return _text(_string(value))


def _text(value: str) -> str:
    return _MARKDOWN.sub(r"\\\1", value)

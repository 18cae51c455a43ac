"""The report a person opens: one file, offline, readable without a program and, for its summary, without scripts."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kijun.catalog.root import shipped_root
from kijun.catalog.run_folder import EVIDENCE, evidence_name
from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.requirement import Method, Obligation
from kijun.model.verdict import Status, Verdict
from kijun.reporting import wording
from kijun.reporting.run_view import RunView

_PLAIN_ROWS = 2000
_EXCHANGE_LIMIT = 20_000  # characters of one exchange that the page shows; the whole lies in the evidence


def render(view: RunView) -> bytes:
    """report.html. Texts of products are hostile until escaped: the page writes them as text, never as markup."""
    templates = _templates()
    page = templates.get_template(
        "report.html.j2"
    ).render(
        css=templates.loader.get_source(templates, "report.css")[0],  # type: ignore[union-attr]  # set below
        js=templates.loader.get_source(templates, "report.js")[0],  # type: ignore[union-attr]  # set below
        claim=view.report.claim,
        claim_meaning=wording.CLAIM_MEANINGS[view.report.claim],
        reasons=view.report.reasons,
        summary=wording.summary_rows(view),
        counts=wording.count_rows(view),
        preflight=wording.preflight_rows(view),
        people=wording.people_rows(view),
        estimated=sum(one.requirement.category_source == "estimated" for one in view.report.outcomes),
        total=len(view.report.outcomes),
        legend=[(wording.status_text(status), wording.MEANINGS[status]) for status in Status],
        plain=[_plain(one) for one in view.report.outcomes[:_PLAIN_ROWS]],
        statuses=[(status.value, wording.status_text(status)) for status in Status],
        obligations=[(one.value, wording.obligation_text(one)) for one in Obligation],
        methods=[(one.value, one.label) for one in Method],
        businesses=sorted(view.snapshot["names"].items()),
        data=_island(view),
    )
    return page.encode()


@cache
def _templates() -> Environment:
    folder = shipped_root() / "reports" / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _plain(one: RequirementOutcome) -> tuple[str, str, str, str, str]:
    return (
        one.requirement.id,
        one.requirement.text,
        wording.obligation_text(one.obligation),
        one.claimed.label,
        wording.status_text(one.status),
    )


def _island(view: RunView) -> str:
    """All requirements, cases and exchanges as gzip and base64: a tenth of the size, and no markup in sight."""
    content = {
        "requirements": [_requirement(view, one) for one in view.report.outcomes],
        "cases": {case.scenario: _case(view, case) for case in view.report.facts.cases.values()},
    }
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(raw, compresslevel=6, mtime=0)).decode()


def _requirement(view: RunView, one: RequirementOutcome) -> dict[str, Any]:
    row = one.requirement.row
    return {
        "id": one.requirement.id,
        "business": one.requirement.business,
        "businessName": view.snapshot["names"][one.requirement.business],
        "place": [row["major"], row["middle"], row["name"]],
        "text": one.requirement.text,
        "obligation": one.obligation.value,
        "obligationText": wording.obligation_text(one.obligation),
        "certainty": wording.CERTAINTIES[one.requirement.category_source],
        "claimed": one.claimed.label,
        "status": one.status.value,
        "statusText": wording.status_text(one.status),
        "underlying": wording.status_text(one.underlying) if one.underlying is not one.status else "",
        "review": wording.review_text(one),
        "method": one.requirement.method.value,
        "methodText": one.requirement.method.label,
        "because": one.because,
        "meaning": wording.MEANINGS[one.status],
        "rationale": row["rationale"],
        "effective": f"{wording.japanese_date(row['effective']['from'])}から（{row['effective']['basis']}。推定を含む）"
        if row["effective"]["source"] != "official"
        else wording.japanese_date(row["effective"]["from"]),
        "laws": [f"{basis} {basis.url}".strip() for basis in one.requirement.legal_basis],
        "incidents": row.get("incidents", []),
        "procedure": row["verification"].get("procedure", []),
        "attestations": [wording.attestation_text(entry) for entry in one.attestations],
        "waiver": wording.waiver_text(one.waiver) if one.waiver else "",
        "cases": [case.scenario for case in one.cases],
    }


def _case(view: RunView, case: CaseOutcome) -> dict[str, Any]:
    scenario = view.scenario(case)
    return {
        "name": case.name,
        "at": f"{scenario['file']}:{scenario['line']}",
        "verdict": case.verdict.value,
        "verdictText": case.verdict.label,
        "fault": case.fault.label if case.fault else "",
        "remedy": case.fault.remedy if case.fault and case.verdict is not Verdict.PASS else "",
        "message": case.message,
        "failedStep": case.failed_step,
        "steps": [[step["keyword"], step["text"], step["table"]] for step in scenario["steps"]],
        "exchanges": [_exchange(one) for one in view.exchanges(case)],
        "attachments": [
            [one["name"], f"{EVIDENCE}/{evidence_name(one['sha256'], one['media_type'])}"] for one in case.attachments
        ],
    }


def _exchange(one: dict[str, Any]) -> list[str]:
    request = one["request"]
    asked = {name: request[name] for name in ("actor", "as_of", "input")}
    return [
        f"{one['method']} {request['operation']}",
        _pretty(asked),
        _pretty(one["reply"] if one["reply"] is not None else one["trouble"]),
    ]


def _pretty(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    return text if len(text) <= _EXCHANGE_LIMIT else text[:_EXCHANGE_LIMIT] + "\n…（以下は証跡にあります）"

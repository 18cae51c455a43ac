"""W3C EARL 1.0 (Evaluation and Report Language) as JSON-LD: one assertion per requirement and one per scenario.

The context stands in the file: nothing has to be fetched to read it. A waiver changes no outcome, it is told beside
it. Vocabulary: https://www.w3.org/TR/EARL10-Schema/.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.requirement import Method
from kijun.model.verdict import Status, Verdict
from kijun.reporting.json_report import as_bytes
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import waiver_text

_CONTEXT: dict[str, Any] = {
    "dct": "http://purl.org/dc/terms/",
    "earl": "http://www.w3.org/ns/earl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "dct:date": {"@type": "xsd:dateTime"},
    **{
        name: {"@type": "@id"}
        for name in ("dct:isPartOf", "earl:assertedBy", "earl:mode", "earl:outcome", "earl:subject", "earl:test")
    },
}
_OUTCOMES = {
    Status.SATISFIED: "earl:passed",
    Status.NOT_SATISFIED: "earl:failed",
    Status.NOT_VERIFIED: "earl:untested",
    Status.INCONCLUSIVE: "earl:cantTell",
    Status.NOT_APPLICABLE: "earl:inapplicable",
    Status.NOT_IMPLEMENTED: "earl:inapplicable",
}
_VERDICTS = {
    Verdict.PASS: "earl:passed",
    Verdict.FAIL: "earl:failed",
    Verdict.INCONCLUSIVE: "earl:cantTell",
    Verdict.ERROR: "earl:cantTell",
    Verdict.NONE: "earl:untested",
}


def render(view: RunView) -> bytes:
    """earl.jsonld: what was judged, by what, against what, and every assertion."""
    graph = [
        _report(view),
        _assertor(view),
        _subject(view),
        *(_requirement(view, one) for one in view.report.outcomes),
        *(_test_case(view, case) for case in view.cases),
        *(_assertion_of_requirement(view, one) for one in view.report.outcomes),
        *(_assertion_of_scenario(view, case) for case in view.cases),
    ]
    return as_bytes({"@context": _CONTEXT, "@graph": graph})


def _report(view: RunView) -> dict[str, Any]:
    return {
        "@id": _urn(view, "report"),
        "dct:title": "標準仕様への適合報告",
        "dct:description": "\n".join([f"判定: {view.report.claim.label}", *view.report.reasons]),
        "dct:date": view.finish,
    }


def _assertor(view: RunView) -> dict[str, Any]:
    return {
        "@id": _urn(view, "assertor"),
        "@type": ["earl:Assertor", "earl:Software"],
        "dct:title": "kijun",
        "dct:hasVersion": view.report.facts.start["kijun"],
        "dct:description": f"試験一式の照合値（SHA-256）: {view.report.facts.start['suite_digest']}",
    }


def _subject(view: RunView) -> dict[str, Any]:
    record = {
        "@id": _urn(view, "subject"),
        "@type": ["earl:TestSubject", "earl:Software"],
        "dct:title": view.product.get("product", "不明"),
    }
    if view.product:
        record |= {"dct:hasVersion": view.product["version"], "dct:identifier": view.product["build"]}
        record["dct:creator"] = view.product["vendor"]
    return record


def _requirement(view: RunView, one: RequirementOutcome) -> dict[str, Any]:
    return {
        "@id": _iri("requirement", one.requirement.id),
        "@type": "earl:TestRequirement",
        "dct:identifier": one.requirement.id,
        "dct:title": one.requirement.name,
        "dct:description": one.requirement.text,
        "dct:hasVersion": view.report.facts.start["edition"][one.requirement.business],
    }


def _test_case(view: RunView, case: CaseOutcome) -> dict[str, Any]:
    return {
        "@id": _iri("scenario", case.scenario),
        "@type": "earl:TestCase",
        "dct:identifier": case.scenario,
        "dct:title": case.name,
        "dct:isPartOf": [_iri("requirement", one) for one in view.scenario(case)["requirements"]],
    }


def _assertion_of_requirement(view: RunView, one: RequirementOutcome) -> dict[str, Any]:
    info = f"{one.status.label}: {one.because}" + (f"\n{waiver_text(one.waiver)}" if one.waiver else "")
    result = {"earl:outcome": _OUTCOMES[one.underlying], "earl:info": info, "dct:date": view.finish}
    return _assertion(view, ("requirement", one.requirement.id), _mode(one), result)


def _assertion_of_scenario(view: RunView, case: CaseOutcome) -> dict[str, Any]:
    result = {"earl:outcome": _VERDICTS[case.verdict], "earl:info": case.message or case.verdict.label}
    if case.at:
        result["dct:date"] = case.at
    return _assertion(view, ("scenario", case.scenario), "earl:automatic", result)


def _assertion(view: RunView, test: tuple[str, str], mode: str, result: dict[str, Any]) -> dict[str, Any]:
    return {
        "@id": _urn(view, "assertion", *test),
        "@type": "earl:Assertion",
        "earl:assertedBy": _urn(view, "assertor"),
        "earl:subject": _urn(view, "subject"),
        "earl:test": _iri(*test),
        "earl:mode": mode,
        "earl:result": {"@id": _urn(view, "result", *test), "@type": "earl:TestResult", **result},
    }


def _mode(one: RequirementOutcome) -> str:
    """By a machine alone, by people alone, or by people beside what a machine observed."""
    if one.requirement.method is Method.TEST:
        return "earl:automatic"
    return "earl:semiAuto" if one.cases else "earl:manual"


def _iri(kind: str, name: str) -> str:
    """The same for every run, so that runs can be compared."""
    return f"https://kijun.example/{kind}/{quote(name)}"


def _urn(view: RunView, *names: str) -> str:
    return f"urn:uuid:{view.uuid(*names)}"

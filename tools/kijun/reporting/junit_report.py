"""JUnit XML for continuous-integration systems: one test case per scenario.

Inconclusive and not-run become errors, never a silent "skipped": those systems paint that green.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from kijun.model.conformance import CaseOutcome
from kijun.model.verdict import Verdict
from kijun.reporting.run_view import RunView

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ERROR_TYPES = {Verdict.INCONCLUSIVE: "inconclusive", Verdict.ERROR: "error", Verdict.NONE: "not-run"}


def render(view: RunView) -> bytes:
    """junit.xml: suites are feature files, cases are scenarios, properties carry requirement ids and statuses."""
    root = ElementTree.Element("testsuites", name="kijun")
    by_file: dict[str, list[CaseOutcome]] = {}
    for case in view.report.facts.cases.values():
        by_file.setdefault(view.scenario(case)["file"], []).append(case)
    for file, cases in by_file.items():
        root.append(_suite(view, file, cases))
    properties = ElementTree.SubElement(root, "properties")
    _property(properties, "claim", view.report.claim.value)
    for one in view.report.outcomes:
        _property(properties, f"requirement.{one.requirement.id}", f"{one.obligation.value} {one.status.value}")
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _suite(view: RunView, file: str, cases: list[CaseOutcome]) -> ElementTree.Element:
    failures = sum(case.verdict is Verdict.FAIL for case in cases)
    errors = sum(case.verdict in _ERROR_TYPES for case in cases)
    suite = ElementTree.Element(
        "testsuite", name=file, tests=str(len(cases)), failures=str(failures), errors=str(errors), skipped="0"
    )
    for case in cases:
        suite.append(_case(view, file, case))
    return suite


def _case(view: RunView, file: str, case: CaseOutcome) -> ElementTree.Element:
    seconds = f"{case.milliseconds / 1000:.3f}"
    name = _clean(f"{case.name} [{case.scenario.rsplit(':', 1)[-1]}]")
    element = ElementTree.Element("testcase", classname=file, name=name, time=seconds)
    properties = ElementTree.SubElement(element, "properties")
    for requirement in view.scenario(case)["requirements"]:
        _property(properties, "requirement", requirement)
    if case.verdict is Verdict.FAIL:
        ElementTree.SubElement(element, "failure", message=_clean(case.message), type="fail")
    elif case.verdict in _ERROR_TYPES:
        kind = _ERROR_TYPES[case.verdict]
        ElementTree.SubElement(element, "error", message=_clean(case.message or case.verdict.label), type=kind)
    return element


def _property(parent: ElementTree.Element, name: str, value: str) -> None:
    ElementTree.SubElement(parent, "property", name=name, value=_clean(value))


def _clean(text: str) -> str:
    """Without the control characters that XML cannot carry."""
    return _NOT_XML.sub("�", text)

"""JUnit XML for continuous-integration systems: one test case per scenario.

Inconclusive and not-run become errors, never a silent "skipped": those systems paint that green. The shape is the one
that Jenkins accepts (junit-10.xsd), which knows properties of suites alone: what the run came to stands in a suite
without tests, and the requirements of a case stand in its output, in the way that readers of properties look for.
"""

from __future__ import annotations

from xml.etree import ElementTree

from kijun.model.conformance import CaseOutcome
from kijun.model.verdict import Verdict
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import without_controls

_ERROR_TYPES = {Verdict.INCONCLUSIVE: "inconclusive", Verdict.ERROR: "error", Verdict.NONE: "not-run"}


def render(view: RunView) -> bytes:
    """junit.xml: suites are feature files, cases are scenarios, properties carry the claim and the statuses."""
    root = ElementTree.Element("testsuites", name="kijun")
    root.append(_claim(view))
    by_file: dict[str, list[CaseOutcome]] = {}
    for case in view.cases:
        by_file.setdefault(view.scenario(case)["file"], []).append(case)
    for file, cases in by_file.items():
        root.append(_suite(view, file, cases))
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _claim(view: RunView) -> ElementTree.Element:
    suite = ElementTree.Element("testsuite", name="requirements", tests="0", failures="0", errors="0", skipped="0")
    properties = ElementTree.SubElement(suite, "properties")
    _property(properties, "claim", view.report.claim.value)
    for one in view.report.outcomes:
        _property(properties, f"requirement.{one.requirement.id}", f"{one.obligation.value} {one.status.value}")
    return suite


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
    name = without_controls(f"{case.name} [{case.scenario.rsplit(':', 1)[-1]}]")
    element = ElementTree.Element("testcase", classname=file, name=name, time=seconds)
    if case.verdict is Verdict.FAIL:
        ElementTree.SubElement(element, "failure", message=without_controls(case.message), type="fail")
    elif case.verdict in _ERROR_TYPES:
        message = without_controls(case.message or case.verdict.label)
        ElementTree.SubElement(element, "error", message=message, type=_ERROR_TYPES[case.verdict])
    marks = [f"[[PROPERTY|requirement={one}]]" for one in view.scenario(case)["requirements"]]
    ElementTree.SubElement(element, "system-out").text = "\n".join(marks)
    return element


def _property(parent: ElementTree.Element, name: str, value: str) -> None:
    ElementTree.SubElement(parent, "property", name=name, value=without_controls(value))

"""Why requirements are not satisfied, put together by cause: two hundred scenarios may wait for one operation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.verdict import Fault, Verdict
from kijun.reporting.run_view import RunView

_NOUNS = ("」", "件数", "理由")  # what a value belongs to; other heads are sentences
_NUMBER = re.compile(r"\d+")


class Kind(StrEnum):
    """What sort of thing stands in the way; it decides whom to ask."""

    OPERATION = "operation"
    CONTRADICTION = "contradiction"
    PRECONDITION = "precondition"
    DRIVER = "driver"
    ENVIRONMENT = "environment"
    CONFIGURATION = "configuration"
    SUITE = "suite"
    UNRUN = "unrun"
    STATEMENT = "statement"
    UNANSWERED = "unanswered"
    ATTESTATION = "attestation"


_BY_FAULT = {
    Fault.DRIVER: Kind.DRIVER,
    Fault.ENVIRONMENT: Kind.ENVIRONMENT,
    Fault.CONFIGURATION: Kind.CONFIGURATION,
    Fault.SUITE: Kind.SUITE,
}
_BEFORE_CASES = ("ics", "attestation")


@dataclass(slots=True)
class Cause:
    """One thing to put right. `requirements` wait for it; those in `unlocks` wait for nothing else."""

    kind: Kind
    operation: str  # key; empty when none was under way
    what: str  # the head of the message, as the first case tells it
    cases: list[CaseOutcome] = field(default_factory=list)
    requirements: list[RequirementOutcome] = field(default_factory=list)
    unlocks: list[RequirementOutcome] = field(default_factory=list)


def causes_of(view: RunView) -> list[Cause]:
    """Every cause of this run, the one that unlocks most requirements first."""
    gathered = _Gathered(view)
    for case in view.cases:
        if case.verdict is not Verdict.PASS:
            gathered.add_case(case)
    for outcome in view.report.outcomes:
        if outcome.underlying.blocks:
            gathered.add_requirement(outcome)
    found = [one for one in gathered.causes.values() if one.requirements]
    return sorted(found, key=lambda one: (-len(one.unlocks), -len(one.requirements), -len(one.cases)))


class _Gathered:
    def __init__(self, view: RunView) -> None:
        self._view = view
        self.causes: dict[tuple[Kind, str, str], Cause] = {}
        self._of_case: dict[str, list[Cause]] = {}

    def add_case(self, case: CaseOutcome) -> None:
        causes = [self._cause(*told) for told in self._told(case)]
        self._of_case[case.scenario] = causes
        for one in causes:
            one.cases.append(case)

    def add_requirement(self, outcome: RequirementOutcome) -> None:
        """What keeps a requirement back: its cases, or the declaration or attestation that was judged before them."""
        cases = () if outcome.rule in _BEFORE_CASES else outcome.cases
        waiting = {id(one): one for case in cases for one in self._of_case.get(case.scenario, ())}
        causes = list(waiting.values()) or [self._cause(_kind_of_rule(outcome), "", outcome.because)]
        for one in causes:
            one.requirements.append(outcome)
        if len(causes) == 1:
            causes[0].unlocks.append(outcome)

    def _cause(self, kind: Kind, operation: str, what: str) -> Cause:
        return self.causes.setdefault((kind, operation, _NUMBER.sub("0", what)), Cause(kind, operation, what))

    def _told(self, case: CaseOutcome) -> Iterator[tuple[Kind, str, str]]:
        missing = self._missing(case) if case.verdict is Verdict.NONE else ()
        yield from ((Kind.OPERATION, one, "") for one in missing)
        if missing:
            return
        if case.fault in _BY_FAULT:
            yield _BY_FAULT[case.fault], self._last_operation(case), head(case.message)
        elif case.verdict is Verdict.NONE:
            yield Kind.UNRUN, "", case.message
        else:
            kind = Kind.CONTRADICTION if case.verdict is Verdict.FAIL else Kind.PRECONDITION
            yield kind, self._last_operation(case), head(case.message)

    def _missing(self, case: CaseOutcome) -> list[str]:
        needed: Iterable[str] = self._view.scenario(case).get("operations", ())
        return [one for one in needed if one not in self._view.report.facts.offered]

    def _last_operation(self, case: CaseOutcome) -> str:
        exchanges = self._view.exchanges(case)
        return str(exchanges[-1]["request"].get("operation", "")) if exchanges else ""


def head(message: str) -> str:
    """A message without the values that differ from scenario to scenario: what it says before its values."""
    found, _, values = message.partition(": ")
    found += "）" * (found.count("（") - found.count("）"))
    return found + "が期待と違います" if values.startswith("期待") and found.endswith(_NOUNS) else found


def _kind_of_rule(outcome: RequirementOutcome) -> Kind:
    if outcome.rule == "ics":
        return Kind.UNANSWERED if outcome.claimed.value == "unanswered" else Kind.STATEMENT
    return Kind.ATTESTATION if outcome.rule == "attestation" else Kind.UNRUN

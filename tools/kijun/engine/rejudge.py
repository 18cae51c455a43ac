"""Judges a finished run by another suite: which results stay, which turn, and what has to be asked of the product.

The evidence of a case answers a scenario when it holds every question the scenario asks, in that order. What it does
not hold is never guessed: the product has to be run again.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from kijun.catalog.schemas import schema
from kijun.engine.replay import Played, Recording
from kijun.engine.run import scenario_record, snapshot
from kijun.engine.suite import Suite
from kijun.model.conformance import ConformanceReport, RequirementOutcome
from kijun.model.errors import ConfigurationError, Position, Problem
from kijun.model.plan import Scenario
from kijun.model.requirement import NORMATIVE, Requirement
from kijun.model.verdict import Fault, Status, Verdict

Record = dict[str, Any]
_THEN = "ならば"
_SAID = ("attestations", "waivers", "reviews")
_INTERRUPTIONS = frozenset({Fault.CONFIGURATION, Fault.ENVIRONMENT, Fault.DRIVER})
_NOTHING: Record = {
    "event": "case",
    "attempt": 1,
    "verdict": Verdict.NONE.value,
    "fault": None,
    "message": "",
    "assertions": 0,
    "failed_step": None,
    "milliseconds": 0.0,
    "evidence": None,
}


class Cause(StrEnum):
    """Why a scenario comes out otherwise, or cannot be told."""

    SCENARIO = "scenario"
    REQUIREMENT = "requirement"
    WORDS = "words"
    REMOVED = "removed"
    NEW = "new"

    @property
    def label(self) -> str:
        return _CAUSE_LABELS[self]


_CAUSE_LABELS = {
    Cause.SCENARIO: "シナリオが変わった",
    Cause.REQUIREMENT: "要件が変わった",
    Cause.WORDS: "用語集か言い回しが変わった",
    Cause.REMOVED: "シナリオがなくなった",
    Cause.NEW: "新しいシナリオ",
}


class Standing(StrEnum):
    """What the result of a requirement in an old run is worth under the other suite."""

    VALID = "valid"
    EXPLAINED = "explanation_changed"
    REJUDGED = "rejudged"
    OPEN = "must_run_again"
    NEW = "new"
    GONE = "gone"

    @property
    def label(self) -> str:
        return _STANDING_LABELS[self]


_STANDING_LABELS = {
    Standing.VALID: "結果はそのまま",
    Standing.EXPLAINED: "説明だけが変わりました（結果はそのまま）",
    Standing.REJUDGED: "判定が変わります",
    Standing.OPEN: "確かめ直しが要ります",
    Standing.NEW: "新しい要件",
    Standing.GONE: "なくなった要件（結果は使いません）",
}


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A scenario that comes out otherwise. `then` and `now` are None where there is no verdict to tell."""

    scenario: str  # as the suite names it; a removed one as the run does
    name: str
    requirements: tuple[str, ...]
    then: Verdict | None
    now: Verdict | None
    message: str
    cause: Cause
    must_run: bool
    disputes: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class RequirementChange:
    """What became of the result of one requirement, and why. A new one has no `then`, one that is gone no `now`."""

    id: str
    name: str
    then: Status | None
    now: Status | None
    standing: Standing
    because: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look again before the requirement has a result."""
        return self.standing is Standing.OPEN or (
            self.standing is Standing.NEW and self.now is not None and self.now.blocks
        )


@dataclass(frozen=True, slots=True)
class Rejudgement:
    """Both judgements of a run: as it was told then, and by the other suite on the day asked."""

    then: ConformanceReport
    now: ConformanceReport
    cases: tuple[CaseChange, ...]
    requirements: tuple[RequirementChange, ...]

    @property
    def is_open(self) -> bool:
        """Whether something cannot be told from the evidence."""
        return any(one.must_run for one in self.cases) or any(one.is_open for one in self.requirements)

    @property
    def exit_code(self) -> int:
        """0 nothing changes, 1 something changes for the product, 2 nothing does, but something must be run again."""
        turned = any(one.then and one.now for one in self.cases)
        turned = turned or any(one.standing is Standing.REJUDGED for one in self.requirements)
        if turned or (self.then.claim is not self.now.claim and not self.is_open):
            return 1
        return 2 if self.is_open else 0


def rejudge(folder: Path, then: ConformanceReport, suite: Suite, today: date) -> Rejudgement:
    """Judge the run in a folder, told `then`, by a suite; waivers and attestations must be valid `today`.

    Raises ConfigurationError for evidence that cannot be read, and for a suite without a business of the run.
    """
    return _Court(Recording(folder, suite), then, suite, today).sentence()


def counterparts(then: Mapping[str, Record], now: Mapping[str, Record]) -> dict[str, str]:
    """Id now → id then of the same scenario: nothing changed, moved, under its old name, asking the same.

    Records are those of a run's snapshot. A wrong pair does no harm: evidence either answers a scenario or does not.
    """
    found: dict[str, str] = {}
    for key in _LIKENESS:
        taken = set(found.values())
        left: dict[Any, deque[str]] = {}
        for one, record in then.items():
            if one not in taken:
                left.setdefault(key(one, record), deque()).append(one)
        for one, record in now.items():
            if one not in found and (alike := left.get(key(one, record))):
                found[one] = alike.popleft()
    return found


def _asked(record: Record) -> str:
    """The steps before the first expectation."""
    words = [step["keyword"] for step in record["steps"]]
    until = words.index(_THEN) if _THEN in words else len(words)
    return json.dumps([[step["text"], step["table"]] for step in record["steps"][:until]], ensure_ascii=False)


def _text(one: str) -> str:
    return one.rpartition("#")[2]


_LIKENESS: tuple[Callable[[str, Record], Any], ...] = (
    lambda one, _: one,
    lambda one, _: _text(one),
    lambda _, record: (record["file"], record["name"]),
    lambda _, record: (record["file"], _asked(record)),
)


class _Court:
    """One run before one suite."""

    def __init__(self, recording: Recording, then: ConformanceReport, suite: Suite, today: date) -> None:
        self._recording, self._then, self._today = recording, then, today
        self._catalog, self._rows = recording.catalog, recording.catalog.requirements
        _refuse_missing_business(recording)
        self._was = {one.requirement.id: one for one in then.outcomes}
        self._changed = {
            one for one, row in self._rows.items() if one in self._was and _cells(self._was[one].requirement, row)[0]
        }
        self._old: dict[str, Record] = recording.snapshot["scenarios"]
        records = {
            one.id: scenario_record(one, self._catalog.root)
            for one in suite.scenarios
            if one.business in recording.profile.businesses and not one.is_canary
        }
        self._pairs = counterparts(self._old, records)
        self._events = {event["scenario"]: event for event in recording.cases}
        self._open: dict[str, str] = {}  # scenarios that only the product can answer, with the reason

    def sentence(self) -> Rejudgement:
        answers = self._kept(self._recording.start["statement"]["answers"])
        self._plan = self._recording.plan(answers, self._pairs)
        self._planned = [*(one.scenario for one in self._plan.cases), *(one.scenario for one in self._plan.untestable)]
        events = [self._start(answers), *self._cases(), *self._rest()]
        rows = list(self._rows.values())
        self._now = ConformanceReport.fold(events, rows, snapshot(self._catalog, self._plan))
        cases = (*self._case_changes(), *self._removed())
        return Rejudgement(self._then, self._now, cases, tuple(self._requirement_changes(cases)))

    # the run as it would have been ------------------------------------------------------------------

    def _start(self, answers: Mapping[str, str]) -> Record:
        """The start of the run; what was said of a requirement that reads otherwise now is no longer said."""
        start = self._recording.start
        said = {name: [row for row in start[name] if row["requirement"] not in self._changed] for name in _SAID}
        return {
            **start,
            **said,
            "time": f"{self._today.isoformat()}T00:00:00Z",
            "suite_digest": self._catalog.digest,
            "edition": self._catalog.editions,
            "statement": {**start["statement"], "answers": answers},
            "selection": {**start["selection"], "scenarios": len(self._planned)},
        }

    def _kept(self, answers: Mapping[str, str]) -> dict[str, str]:
        return {one: answer for one, answer in answers.items() if one not in self._changed}

    def _rest(self) -> Iterator[Record]:
        """Everything in the log beside its start and its cases: identity, preflight, the end."""
        events = self._recording.events[1:]
        yield from (event for event in events if event["event"] != "case")

    def _cases(self) -> Iterator[Record]:
        """A case for every scenario planned, except those that the run never came to."""
        impossible = {one.scenario.id: one.because for one in self._plan.untestable}
        for seq, scenario in enumerate(self._planned):
            was = self._pairs.get(scenario.id)
            if was is not None and was not in self._events:
                continue
            case = {**_NOTHING, "time": self._recording.start["time"], **self._events.get(was or "", {})}
            yield {**case, **self._judged(scenario, was, impossible), "seq": seq, "scenario": scenario.id}

    def _judged(self, scenario: Scenario, was: str | None, impossible: Mapping[str, str]) -> Record:
        if was is None:
            return self._unanswered(scenario, "この実行では試していないシナリオです。")
        if scenario.id in impossible:
            return {**_NOTHING, "message": impossible[scenario.id]}
        event = self._events[was]
        if event["verdict"] == Verdict.NONE:
            return self._unanswered(scenario, "この実行では実施していません。")
        played = self._recording.play(event, scenario)
        if event["fault"] in _INTERRUPTIONS:
            told = f"この実行では途中で途切れました（{Fault(event['fault']).label}）。"
            return {} if _breaks_off_alike(event, played, scenario) else self._unanswered(scenario, told)
        if played.result.fault is Fault.DRIVER:
            return self._unanswered(scenario, self._gap(played))
        result = played.result
        return {
            "verdict": result.verdict.value,
            "fault": result.fault.value if result.fault else None,
            "message": result.message,
            "assertions": result.assertions,
            "failed_step": result.failed_step,
        }

    def _unanswered(self, scenario: Scenario, because: str) -> Record:
        self._open[scenario.id] = because
        return {**_NOTHING, "message": f"実行し直しが要ります。{because}"}

    def _gap(self, played: Played) -> str:
        if played.beyond is None:
            return f"記録の答えでは足りません。{played.result.message}"
        glossary, key = self._catalog.glossary, played.beyond["operation"]
        label = glossary.operation_of(key).label if glossary.has_operation_key(key) else key
        return f"「{label}」への問いが、この内容と順では記録にありません。"

    # what changes -----------------------------------------------------------------------------------

    def _case_changes(self) -> Iterator[CaseChange]:
        for scenario in self._planned:
            was = self._pairs.get(scenario.id, "")
            then, now = self._then.facts.cases.get(was), self._now.facts.cases.get(scenario.id)
            must_run = scenario.id in self._open
            if now is None or (not must_run and then is not None and then.verdict is now.verdict):
                continue
            yield CaseChange(
                scenario=scenario.id,
                name=scenario.name,
                requirements=scenario.requirements,
                then=then.verdict if then else None,
                now=None if must_run else now.verdict,
                message=self._open.get(scenario.id, now.message),
                cause=self._cause(scenario, was),
                must_run=must_run,
                disputes=then.disputes if then else (),
            )

    def _cause(self, scenario: Scenario, was: str) -> Cause:
        if not was:
            left_out = {_text(one["scenario"]) for one in self._recording.snapshot["left_out"]}
            return Cause.REQUIREMENT if _text(scenario.id) in left_out else Cause.NEW
        return Cause.WORDS if _text(was) == _text(scenario.id) else Cause.SCENARIO

    def _removed(self) -> Iterator[CaseChange]:
        """Cases of the run that are no longer asked for, or no longer of this municipality."""
        asked = {self._pairs[one.id] for one in self._planned if one.id in self._pairs}
        unplanned = [one for one in self._plan.not_applicable if one.scenario.id in self._pairs]
        left_out = {self._pairs[one.scenario.id]: one for one in unplanned}
        for was, case in self._then.facts.cases.items():
            if was in asked:
                continue
            because = left_out[was].because if was in left_out else "今の試験一式にはありません。"
            cause = Cause.REQUIREMENT if was in left_out else Cause.REMOVED
            requirements = tuple(self._old[was]["requirements"])
            yield CaseChange(was, case.name, requirements, case.verdict, None, because, cause, False, case.disputes)

    def _requirement_changes(self, cases: Sequence[CaseChange]) -> Iterator[RequirementChange]:
        told: dict[str, list[CaseChange]] = {}
        for case in cases:
            for one in case.requirements:
                told.setdefault(one, []).append(case)
        for outcome in self._now.outcomes:
            one = outcome.requirement.id
            was = self._was.get(one)
            standing, because = self._standing(was, outcome, told.get(one, ()))
            then = was.status if was else None
            yield RequirementChange(one, outcome.requirement.name, then, outcome.status, standing, tuple(because))
        for one, was in self._was.items():
            if one not in self._rows:
                told_so = ("今の要件表にはありません。",)
                yield RequirementChange(one, was.requirement.name, was.status, None, Standing.GONE, told_so)

    def _standing(
        self, was: RequirementOutcome | None, now: RequirementOutcome, cases: Sequence[CaseChange]
    ) -> tuple[Standing, Sequence[str]]:
        if was is None:
            return Standing.NEW, [now.because]
        binding, told = _cells(was.requirement, now.requirement)
        if binding and now.status is not Status.NOT_APPLICABLE:
            return Standing.OPEN, [f"{_labels(binding)}が変わりました。宣言し直し、確かめ直してください。"]
        if must_run := [f"{one.name}: {one.message}" for one in cases if one.must_run]:
            return Standing.OPEN, must_run
        turned = [one for one in cases if one.then and one.now]
        if now.status is not was.status or turned:
            waits = now.status is Status.NOT_VERIFIED
            return Standing.OPEN if waits else Standing.REJUDGED, [*_unwaived(was, now), now.because]
        if told:
            return Standing.EXPLAINED, [f"{_labels(told)}が変わりました。"]
        return Standing.VALID, []


def _breaks_off_alike(event: Mapping[str, Any], played: Played, scenario: Scenario) -> bool:
    """Whether a case that ended with trouble around the product ends there under the other suite too.

    Trouble at no step of the scenario came while the system was opened or closed, whatever was asked.
    """
    result = played.result
    same = (result.verdict, result.fault) == (event["verdict"], event["fault"]) and played.beyond is None
    around = event["failed_step"] is None and _text(event["scenario"]) == _text(scenario.id)
    return played.cut_off or same or around


def _unwaived(was: RequirementOutcome, now: RequirementOutcome) -> Iterator[str]:
    if was.waiver and now.status.blocks:
        yield f"免除の期限（{was.waiver['expires']}）が過ぎました。"


def _cells(was: Requirement, now: Requirement) -> tuple[list[str], list[str]]:
    """The cells that differ: those a product is held to, and those that explain."""
    before, after = was.row, now.row
    different = [one for one in {**before, **after} if before.get(one) != after.get(one)]
    return [one for one in different if one in NORMATIVE], [one for one in different if one not in NORMATIVE]


def _labels(cells: Sequence[str]) -> str:
    titles = schema("requirement_table").document["$defs"]["requirement"]["properties"]
    known = [str(title["title"]).partition("（")[0] for one, title in titles.items() if one in cells]
    return "".join(f"「{one}」" for one in [*known, *(one for one in cells if one not in titles)])


def _refuse_missing_business(recording: Recording) -> None:
    missing = [one for one in recording.profile.businesses if recording.catalog.table(one) is None]
    if missing:
        at = Position.of(recording.catalog.root / "requirements")
        hint = "この実行の業務を含む仕様のフォルダーを --suite に指定してください。"
        raise ConfigurationError([Problem(at, f"業務「{'」「'.join(missing)}」の要件表がありません。", hint)])

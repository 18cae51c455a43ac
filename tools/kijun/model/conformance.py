"""From the events of a run to what may be claimed: a pure fold, the same bytes for the same log.

Order of decision for one requirement (design: verdicts): not applicable → static contradiction → any fail →
any inconclusive or error → anything not executed → satisfied; then the waiver overlay.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kijun.model.requirement import Method, MunicipalityClass, Obligation, Requirement
from kijun.model.statement import Answer
from kijun.model.verdict import Claim, Fault, Status, Verdict, combine_attempts

Record = dict[str, Any]
_ATTESTED = frozenset({Method.DEMONSTRATION, Method.INSPECTION, Method.ANALYSIS, Method.CONTRACT, Method.NOT_TESTABLE})
_DOUBTS = {
    "missing": "ありません",
    "expired": "期限切れです",
    "changed": "あった後に、証拠ファイルが変わっています",
}


@dataclass(slots=True)
class CaseOutcome:
    """All attempts at one scenario."""

    scenario: str
    name: str
    verdicts: list[Verdict] = field(default_factory=list)
    fault: Fault | None = None
    message: str = ""
    assertions: int = 0
    evidence: str | None = None
    attachments: Sequence[Mapping[str, str]] = ()  # name, media_type and sha256 of what the driver handed over
    failed_step: int | None = None
    milliseconds: float = 0.0
    disputes: tuple[Record, ...] = ()  # what somebody holds against this scenario; changes no verdict
    at: str = ""  # when the latest attempt ended (ISO 8601, UTC); empty when there was none

    @property
    def verdict(self) -> Verdict:
        """The attempts together; a pass in which nothing was asserted proves nothing and counts as not executed."""
        verdict = combine_attempts(self.verdicts)
        return Verdict.NONE if verdict is Verdict.PASS and self.assertions == 0 else verdict

    def as_record(self) -> Record:
        return {
            "scenario": self.scenario,
            "name": self.name,
            "verdict": self.verdict.value,
            "fault": self.fault.value if self.fault else None,
            "message": self.message,
            "attempts": len(self.verdicts),
            **({"disputes": list(self.disputes)} if self.disputes else {}),
        }


@dataclass(frozen=True, slots=True)
class RequirementOutcome:
    """What one requirement came to, and how."""

    requirement: Requirement
    obligation: Obligation
    claimed: Answer
    status: Status
    underlying: Status
    rule: str
    because: str
    cases: tuple[CaseOutcome, ...]
    attestations: tuple[Record, ...]
    waiver: Record | None
    review: Record

    def as_record(self) -> Record:
        return {
            "id": self.requirement.id,
            "business": self.requirement.business,
            "obligation": self.obligation.value,
            "category_source": self.requirement.category_source,
            "method": self.requirement.method.value,
            "claimed": self.claimed.value,
            "status": self.status.value,
            "underlying_status": self.underlying.value,
            "reviewed": self.review,
            "derivation": {
                "rule": self.rule,
                "because": self.because,
                "cases": [case.as_record() for case in self.cases],
                "attestations": list(self.attestations),
                "waiver": self.waiver,
            },
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """Status, and the rule and reason that led to it."""

    status: Status
    rule: str
    because: str


@dataclass(slots=True)
class RunFacts:
    """What the log says happened, gathered in one pass."""

    start: Record = field(default_factory=dict)
    identities: list[Record] = field(default_factory=list)
    offered: frozenset[str] = frozenset()  # keys of the operations that the driver named
    preflight: dict[tuple[str, str], Record] = field(default_factory=dict)
    cases: dict[str, CaseOutcome] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    finished: bool = False
    finished_at: str = ""
    stopped: str = ""
    restarts: int = 0

    @classmethod
    def gather(cls, events: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> RunFacts:
        """Fold the events; `names` gives the scenario names by id. Memory grows with scenarios, not with events."""
        facts = cls()
        for event in events:
            handler = getattr(facts, f"_on_{event['event']}")
            handler(event, names)
        for row in facts.start.get("disputes", ()):
            if case := facts.cases.get(row["scenario"]):
                case.disputes = (*case.disputes, row)
        facts.cases = dict(sorted(facts.cases.items(), key=lambda entry: facts.order[entry[0]]))
        return facts

    def _on_run_started(self, event: Mapping[str, Any], _: Mapping[str, str]) -> None:
        self.start = dict(event)

    def _on_connected(self, event: Mapping[str, Any], _: Mapping[str, str]) -> None:
        self.identities.append(event["identity"])
        self.offered = frozenset(event["operations"])

    def _on_preflight(self, event: Mapping[str, Any], _: Mapping[str, str]) -> None:
        key = (event["check"], event.get("scenario", ""))
        self.preflight[key] = {"check": event["check"], "ok": event["ok"], "message": event["message"]}

    def _on_case(self, event: Mapping[str, Any], names: Mapping[str, str]) -> None:
        one = event["scenario"]
        case = self.cases.setdefault(one, CaseOutcome(one, names.get(one, one)))
        self.order[one] = event["seq"]
        case.verdicts.append(Verdict(event["verdict"]))
        case.assertions += event["assertions"]
        case.milliseconds += event["milliseconds"]
        case.at = event["time"]
        case.evidence = event["evidence"] or case.evidence
        case.attachments = event.get("attachments") or case.attachments
        if event["fault"] or not case.message:
            case.fault = Fault(event["fault"]) if event["fault"] else None
            case.message, case.failed_step = event["message"], event["failed_step"]

    def _on_driver_restarted(self, _: Mapping[str, Any], __: Mapping[str, str]) -> None:
        self.restarts += 1

    def _on_run_stopped(self, event: Mapping[str, Any], _: Mapping[str, str]) -> None:
        self.stopped = event["reason"]

    def _on_run_resumed(self, _: Mapping[str, Any], __: Mapping[str, str]) -> None:
        self.stopped, self.finished = "", False

    def _on_run_finished(self, event: Mapping[str, Any], _: Mapping[str, str]) -> None:
        self.finished, self.finished_at = True, event["time"]
        if event["identity"]:
            self.identities.append(event["identity"])

    @property
    def executed(self) -> int:
        return sum(case.verdict is not Verdict.NONE for case in self.cases.values())

    @property
    def day(self) -> date:
        """The day on which expiry is judged: when the run began."""
        return date.fromisoformat(self.start["time"][:10])


@dataclass(frozen=True, slots=True)
class ConformanceReport:
    """Claim, counts, and every requirement with its derivation."""

    facts: RunFacts
    outcomes: tuple[RequirementOutcome, ...]
    claim: Claim
    reasons: tuple[str, ...]

    @classmethod
    def fold(
        cls, events: Iterable[Mapping[str, Any]], requirements: Sequence[Requirement], snapshot: Mapping[str, Any]
    ) -> ConformanceReport:
        """Judge a run. `requirements` and `snapshot["scenarios"]` are those recorded with the run itself."""
        scenarios: Mapping[str, Any] = snapshot["scenarios"]
        facts = RunFacts.gather(events, {one: entry["name"] for one, entry in scenarios.items()})
        linked: dict[str, list[CaseOutcome]] = {}
        for case in facts.cases.values():
            for requirement in scenarios.get(case.scenario, {}).get("requirements", ()):
                linked.setdefault(requirement, []).append(case)
        expected = _expected_links(scenarios)
        judge = _Judge(facts, linked, expected)
        outcomes = tuple(judge.outcome(one) for one in requirements)
        reasons = _claim_reasons(facts, outcomes)
        return cls(facts, outcomes, _claim(facts, outcomes, reasons), tuple(reasons))

    def idle_waivers(self) -> list[tuple[RequirementOutcome, Record]]:
        """Waivers that lay over nothing: the requirement stands in nobody's way any more, or they had expired."""
        given = _by_requirement(self.facts.start["waivers"])
        return [(one, row) for one in self.outcomes if not one.waiver for row in given.get(one.requirement.id, ())]

    def counts(self) -> Record:
        """Counts by status for mandatory, claimed optional and prohibited requirements, and verdicts of all cases."""

        def tally(keep: Any) -> dict[str, int]:
            chosen = [one.status for one in self.outcomes if keep(one)]
            return {status.value: chosen.count(status) for status in Status}

        verdicts = [case.verdict for case in self.facts.cases.values()]
        return {
            "mandatory": tally(lambda one: one.obligation is Obligation.MANDATORY),
            "optional_claimed": tally(lambda one: one.obligation is Obligation.OPTIONAL and one.claimed is Answer.YES),
            "prohibited": tally(lambda one: one.obligation is Obligation.PROHIBITED),
            "all": tally(lambda _: True),
            "cases": {verdict.value: verdicts.count(verdict) for verdict in Verdict},
        }

    def as_record(self) -> Record:
        """The canonical report: nothing in it depends on the clock, the seed or the number of workers."""
        start = self.facts.start
        return {
            "report_version": "1",
            "claim": self.claim.value,
            "claim_reasons": list(self.reasons),
            "counts": self.counts(),
            "edition": start["edition"],
            "suite_digest": start["suite_digest"],
            "profile": start["profile"],
            "product": self.facts.identities[0] if self.facts.identities else None,
            "preflight": list(self.facts.preflight.values()),
            "not_testable": [_untestable(one, self.facts.day) for one in self.outcomes if _needs_people(one)],
            "requirements": [one.as_record() for one in self.outcomes],
        }


def _expected_links(scenarios: Mapping[str, Any]) -> dict[str, int]:
    expected: dict[str, int] = {}
    for entry in scenarios.values():
        for requirement in entry["requirements"]:
            expected[requirement] = expected.get(requirement, 0) + 1
    return expected


class _Judge:
    """Decides one requirement after another from the facts of the run."""

    def __init__(self, facts: RunFacts, linked: Mapping[str, list[CaseOutcome]], expected: Mapping[str, int]) -> None:
        start = facts.start
        self._day = facts.day
        self._linked = linked
        self._expected = expected
        self._profile = start["profile"]
        self._as_of = date.fromisoformat(start["profile"]["as_of"])
        self._answers: Mapping[str, str] = start["statement"]["answers"]
        self._due: Mapping[str, str] = start["statement"].get("due", {})
        self._attestations = _by_requirement(start["attestations"])
        self._waivers = _by_requirement(start["waivers"])
        self._reviews = _by_requirement(start["reviews"])

    def outcome(self, one: Requirement) -> RequirementOutcome:
        obligation = one.category[MunicipalityClass(self._profile["municipality_class"])]
        claimed = Answer(self._answers.get(one.id, Answer.UNANSWERED))
        cases = tuple(self._linked.get(one.id, ()))
        judged = self._judge(one, obligation, claimed, cases)
        waiver = self._valid_waiver(one.id) if judged.status.blocks else None
        reviews = self._reviews.get(one.id, ())
        return RequirementOutcome(
            requirement=one,
            obligation=obligation,
            claimed=claimed,
            status=Status.WAIVED if waiver else judged.status,
            underlying=judged.status,
            rule=judged.rule,
            because=judged.because,
            cases=cases,
            attestations=tuple(self._attestations.get(one.id, ())),
            waiver=waiver,
            review=reviews[-1] if reviews else {"value": "not_reviewed"},
        )

    def _judge(
        self, one: Requirement, obligation: Obligation, claimed: Answer, cases: tuple[CaseOutcome, ...]
    ) -> Judgement:
        return (
            self._not_applicable(one, obligation)
            or self._contradiction(one, obligation, claimed)
            or _from_failures(cases)
            or (None if one.method is Method.TEST else self._from_attestations(one))
            or _from_doubts(cases)
            or self._from_gaps(one, claimed, cases)
            or Judgement(Status.SATISFIED, "satisfied", self._satisfied_because(one, cases))
        )

    def _not_applicable(self, one: Requirement, obligation: Obligation) -> Judgement | None:
        if obligation is Obligation.NONE:
            kind = MunicipalityClass(self._profile["municipality_class"]).label
            return Judgement(Status.NOT_APPLICABLE, "not_applicable", f"団体区分「{kind}」には規定がありません。")
        if not one.in_force_on(self._as_of):
            return Judgement(Status.NOT_APPLICABLE, "not_applicable", f"基準日 {self._as_of} には適用されません。")
        return None

    def _contradiction(self, one: Requirement, obligation: Obligation, claimed: Answer) -> Judgement | None:
        if obligation is Obligation.OPTIONAL and claimed in (Answer.NO, Answer.PLANNED):
            return Judgement(Status.NOT_IMPLEMENTED, "ics", "標準オプション機能で、実装しないと宣言されています。")
        if obligation is Obligation.MANDATORY and claimed is Answer.NO:
            return Judgement(Status.NOT_SATISFIED, "ics", "実装必須機能を実装していないと宣言されています。")
        if obligation is Obligation.MANDATORY and claimed is Answer.PLANNED:
            due = self._due.get(one.id, "")
            return Judgement(Status.NOT_SATISFIED, "ics", f"実装必須機能が未実装です（{due} までの予定と宣言）。")
        if obligation is Obligation.PROHIBITED and claimed is not Answer.NO and claimed is not Answer.UNANSWERED:
            return Judgement(Status.NOT_SATISFIED, "ics", "実装不可機能を実装していると宣言されています。")
        return None

    def _from_attestations(self, one: Requirement) -> Judgement | None:
        rows = self._attestations.get(one.id, ())
        state = attestation_state(rows, self._day)
        if state == "failed":
            return Judgement(Status.NOT_SATISFIED, "attestation", "人による確認で満たさないとされました。")
        if state in _DOUBTS:
            word = _DOUBTS[state]
            return Judgement(Status.NOT_VERIFIED, "attestation", f"{one.method.label}による確認（証言）が{word}。")
        return None

    def _from_gaps(self, one: Requirement, claimed: Answer, cases: tuple[CaseOutcome, ...]) -> Judgement | None:
        if claimed is Answer.UNANSWERED:
            return Judgement(
                Status.NOT_VERIFIED, "ics", "宣言書に答えがありません（無回答は「いいえ」ではありません）。"
            )
        if one.method is not Method.TEST and not self._expected.get(one.id):
            return None
        missing = [case for case in cases if case.verdict is Verdict.NONE]
        if missing:
            because = missing[0].message or "何も確かめないまま終わったシナリオがあります。"
            return Judgement(Status.NOT_VERIFIED, "not_executed", because)
        if not cases:
            return Judgement(Status.NOT_VERIFIED, "no_check", "実施した検査がありません。")
        if len(cases) < self._expected.get(one.id, 0):
            gap = self._expected[one.id] - len(cases)
            return Judgement(Status.NOT_VERIFIED, "not_executed", f"{gap} 件のシナリオが実施されていません。")
        return None

    def _satisfied_because(self, one: Requirement, cases: tuple[CaseOutcome, ...]) -> str:
        if one.method is not Method.TEST:
            return f"{one.method.label}による有効な確認があります。"
        return f"{len(cases)} 件のシナリオが全て合格しました。"

    def _valid_waiver(self, requirement: str) -> Record | None:
        rows = [row for row in self._waivers.get(requirement, ()) if date.fromisoformat(row["expires"]) >= self._day]
        return max(rows, key=lambda row: str(row["expires"]), default=None)


def attestation_state(rows: Sequence[Record], day: date) -> str:
    """complete, failed, expired, changed or missing: only the newest word counts.

    It counts while it has not expired and its evidence is what it was.
    """
    newest = newest_attestation(rows)
    if newest is None:
        return "missing"
    if date.fromisoformat(newest["expires"]) < day:
        return "expired"
    if newest.get("changed_evidence"):
        return "changed"
    return "complete" if newest["verdict"] == "pass" else "failed"


def newest_attestation(rows: Sequence[Record]) -> Record | None:
    """The word that counts, if there is any. Of one day's words: a "no" first, then evidence that can be trusted."""

    def rank(row: Record) -> tuple[str, bool, bool, str]:
        return str(row["date"]), row["verdict"] == "fail", not row.get("changed_evidence"), str(row["expires"])

    return max(rows, key=rank, default=None)


def _from_failures(cases: tuple[CaseOutcome, ...]) -> Judgement | None:
    failed = [case for case in cases if case.verdict is Verdict.FAIL]
    if not failed:
        return None
    return Judgement(
        Status.NOT_SATISFIED, "fail", f"{len(cases)} 件中 {len(failed)} 件が不合格です: {failed[0].message}"
    )


def _from_doubts(cases: tuple[CaseOutcome, ...]) -> Judgement | None:
    doubtful = [case for case in cases if case.verdict in (Verdict.INCONCLUSIVE, Verdict.ERROR)]
    if not doubtful:
        return None
    return Judgement(
        Status.INCONCLUSIVE, doubtful[0].verdict.value, f"判定できないシナリオがあります: {doubtful[0].message}"
    )


def _by_requirement(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row["requirement"], []).append(row)
    return found


def _needs_people(one: RequirementOutcome) -> bool:
    return one.requirement.method in _ATTESTED and one.status is not Status.NOT_APPLICABLE


def _untestable(one: RequirementOutcome, day: date) -> Record:
    state = attestation_state(one.attestations, day)
    return {"id": one.requirement.id, "method": one.requirement.method.value, "attestation": state}


def _counts_for_claim(one: RequirementOutcome) -> bool:
    return one.status not in (Status.NOT_APPLICABLE, Status.NOT_IMPLEMENTED)


def _claim_reasons(facts: RunFacts, outcomes: Sequence[RequirementOutcome]) -> list[str]:
    """Every reason why the claim is not better than it is, in the order of the conditions of a claim."""
    reasons = []
    judged = [one for one in outcomes if _counts_for_claim(one)]
    for status in (Status.NOT_SATISFIED, Status.INCONCLUSIVE, Status.NOT_VERIFIED):
        ids = [one.requirement.id for one in judged if one.status is status]
        if ids:
            shown = "、".join(ids[:3]) + (" ほか" if len(ids) > 3 else "")
            reasons.append(f"{status.label}の要件が {len(ids)} 件あります（{shown}）。")
    reasons.extend(_unknowns(facts))
    waived = sum(one.status is Status.WAIVED for one in judged)
    if waived:
        nearest = min(str(one.waiver["expires"]) for one in judged if one.waiver)
        reasons.append(f"期限付きの免除が {waived} 件あります（最も近い期限 {nearest}）。")
    return reasons


def _unknowns(facts: RunFacts) -> list[str]:
    """Conditions on the run itself (complete, unfiltered, preflight as it must be, one identity)."""
    selection = facts.start["selection"]
    reasons = []
    if selection["filtered"]:
        reasons.append("シナリオを絞り込んだ実行です。")
    if facts.executed < selection["scenarios"]:
        reasons.append(f"選んだ {selection['scenarios']} 件のうち {facts.executed} 件しか実施していません。")
    if not facts.finished:
        reasons.append("実行が終わっていません" + (f"（{facts.stopped}）。" if facts.stopped else "。"))
    reasons.extend(f"事前確認: {one['message']}" for one in facts.preflight.values() if not one["ok"])
    for check in ("canary", "trap"):
        if not any(one["check"] == check for one in facts.preflight.values()):
            reasons.append(f"事前確認「{check}」が行われていません。")
    if any(one != facts.identities[0] for one in facts.identities[1:]):
        reasons.append("製品の名乗り（製品名・版・ビルド）が途中で変わりました。")
    return reasons


def _claim(facts: RunFacts, outcomes: Sequence[RequirementOutcome], reasons: Sequence[str]) -> Claim:
    judged = [one.status for one in outcomes if _counts_for_claim(one)]
    if Status.NOT_SATISFIED in judged:
        return Claim.NOT_CONFORMANT
    if not judged or any(status.blocks for status in judged) or _unknowns(facts):
        return Claim.UNDETERMINED
    return Claim.CONFORMANT_WITH_WAIVERS if reasons else Claim.CONFORMANT

"""The report a person opens: one file, offline, in two languages, and without scripts still a summary and a table."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, islice
from typing import Any

import orjson
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kijun.catalog.root import shipped_root
from kijun.catalog.run_folder import EVIDENCE, evidence_name
from kijun.model.conformance import CaseOutcome, RequirementOutcome
from kijun.model.requirement import Method, Obligation
from kijun.model.statement import Answer
from kijun.model.values import japanese_date
from kijun.model.verdict import Fault, Status, Verdict
from kijun.reporting import advice, english, wording
from kijun.reporting.causes import Cause, Kind, causes_of
from kijun.reporting.changes import changes_between
from kijun.reporting.run_view import RunView

Pair = tuple[str, str]  # the same in Japanese and in English

_FORMS = shipped_root() / "reports" / "templates"
_NO_WAY_OUT = "base-uri 'none'; form-action 'none'"
_PLAIN_ROWS = 2000
_CHANGED_ROWS = 300
_PLAIN_CAUSES = 20
_PER_PACK = 250  # requirements or scenarios that the page unpacks at once
_EXCHANGE_LIMIT = 20_000  # characters of one message that the page shows; the whole lies in the evidence
_DIGITS = 16  # of a digest: enough to find the file, and whole digests are what packs worst
_ROOM = 45_000_000  # bytes of steps and messages before they are packed: the file stays under 15 MB
_SEVERITY = (
    Status.NOT_SATISFIED,
    Status.INCONCLUSIVE,
    Status.NOT_VERIFIED,
    Status.WAIVED,
    Status.SATISFIED,
    Status.NOT_IMPLEMENTED,
    Status.NOT_APPLICABLE,
)


def render(view: RunView) -> bytes:
    """report.html. Texts of products are hostile until escaped: the page writes them as text, never as markup."""
    templates = _templates()
    causes = causes_of(view)
    under = advice.conditions(view)
    told = [_cause(view, one, under) for one in causes]
    claim = view.report.claim
    pages = _Pages(view, causes)
    css, fold, script = ((_FORMS / name).read_text(encoding="utf-8") for name in ("report.css", "fold.js", "report.js"))
    js = fold + script
    page = templates.get_template("report.html.j2").render(
        css=css,
        js=js,
        policy=f"default-src 'none'; style-src {_digest(css)}; script-src {_digest(js)}; {_NO_WAY_OUT}",
        product=wording.product_text(view),
        vendor=view.product.get("vendor", ""),
        claim=(claim.label, english.CLAIMS[claim]),
        claim_value=claim.value,
        claim_shape=wording.CLAIM_SHAPES[claim],
        claim_meaning=(wording.CLAIM_MEANINGS[claim], english.CLAIM_MEANINGS[claim]),
        may_say=(wording.may_say(view), english.may_say(view)),
        reasons=view.report.reasons,
        caveats=wording.caveats(view),
        contents=_contents(view, causes),
        tables=list(_tables(view)),
        causes=told[:_PLAIN_CAUSES],
        changes=_changes(view),
        summary=[((label, english.SUMMARY.get(label, label)), text) for label, text in wording.summary_rows(view)],
        preflight=wording.preflight_rows(view),
        people=wording.people_rows(view),
        total=len(view.report.outcomes),
        legend=[(_status(one), (wording.MEANINGS[one], english.MEANINGS[one])) for one in Status],
        limits=wording.LIMITS,
        plain=[_plain(one) for one in view.report.outcomes[:_PLAIN_ROWS]],
        data=_packed({**pages.front(), "causes": told}),
        chunks=[*_numbered("r", pages.requirements()), *_numbered("c", pages.cases())],
    )
    return page.encode()


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FORMS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _digest(text: str) -> str:
    """How a Content-Security-Policy names the one text that it lets pass."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(content: Any) -> str:
    """As gzip and base64: a tenth of the size, and no markup in sight."""
    return base64.b64encode(gzip.compress(orjson.dumps(content), compresslevel=6, mtime=0)).decode()


def _numbered(letter: str, entries: Iterable[Any]) -> Iterator[Pair]:
    left = iter(entries)
    for number in count():
        some = list(islice(left, _PER_PACK))
        if not some:
            return
        yield f"{letter}{number}", _packed(some)


# what stands in the page without scripts ----------------------------------------------------------------


def _status(one: Status) -> Pair:
    return wording.status_text(one), f"{wording.SHAPES[one]} {english.STATUSES[one]}"


def _obligation(one: Obligation) -> Pair:
    return wording.obligation_text(one), f"{one.symbol} {english.OBLIGATIONS[one]}".strip()


def _answer(one: Answer) -> Pair:
    return one.label, english.ANSWERS[one]


def _contents(view: RunView, causes: Sequence[Cause]) -> list[tuple[str, Pair]]:
    found = [("h-counts", ("要件の数", "Numbers"))]
    if causes:
        found.append(("h-causes", ("原因と次の一手", "Causes")))
    if view.earlier:
        found.append(("h-changes", ("前の実行からの変化", "Changes")))
    return [
        *found,
        ("h-what", ("確かめた条件", "Conditions")),
        ("h-chapters", ("章ごとの結果", "Chapters")),
        ("h-list", ("要件別の結果", "Requirements")),
        ("h-legend", ("記号の意味", "Signs")),
    ]


def _tables(view: RunView) -> Iterator[dict[str, Any]]:
    """The statuses counted by what was asked for, by what was claimed, and by what the municipality says of them."""
    asked = {one: _obligation(one) for one in (Obligation.MANDATORY, Obligation.OPTIONAL, Obligation.PROHIBITED)}
    yield _table(view, ("実装区分と検証", "Obligation and verification"), asked, lambda one: one.obligation)
    claimed = {one: _answer(one) for one in Answer}
    yield _table(view, ("宣言と検証", "Claimed and verified"), claimed, lambda one: one.claimed)
    reviewed = {one: (wording.REVIEWS[one], english.REVIEWS[one]) for one in wording.REVIEWS}
    yield _table(view, ("団体の確認と検証", "Reviewed and verified"), reviewed, lambda one: one.review["value"])


def _table(view: RunView, caption: Pair, heads: Mapping[Any, Pair], trait: Callable[[Any], Any]) -> dict[str, Any]:
    found = Counter((trait(one), one.status) for one in view.report.outcomes)
    rows = [(label, [found[key, status] for status in Status]) for key, label in heads.items()]
    return {"caption": caption, "heads": [*map(_status, Status)], "rows": [row for row in rows if any(row[1])]}


def _changes(view: RunView) -> dict[str, Any] | None:
    if view.earlier is None:
        return None
    changes = changes_between(view.earlier, view)
    absent = ("（ありません）", "(absent)")

    def status(one: RequirementOutcome | None) -> Pair:
        return _status(one.status) if one else absent

    def text(then: RequirementOutcome | None, now: RequirementOutcome | None) -> str:
        found = now or then
        return found.requirement.text if found else ""

    shown = changes.changed[:_CHANGED_ROWS]
    return {
        "total": len(changes.changed),
        "same": changes.same,
        "conditions": [
            ((label, english.SUMMARY.get(label, label)), then, now) for label, then, now in changes.conditions
        ],
        "rows": [(one.id, text(one.then, one.now), status(one.then), status(one.now)) for one in shown],
    }


def _cause(view: RunView, one: Cause, under: Iterable[str]) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "title": advice.title(view, one),
        "whom": (advice.WHOM[one.kind], english.WHOM[one.kind]),
        "question": advice.question(view, one, under),
        "cases": len(one.cases),
        "requirements": [outcome.requirement.id for outcome in one.requirements],
        "unlocks": len(one.unlocks),
    }


def _plain(one: RequirementOutcome) -> tuple[str, str, str, str, str]:
    return (
        one.requirement.id,
        one.requirement.text,
        wording.obligation_text(one.obligation),
        one.claimed.label,
        wording.status_text(one.status),
    )


# what the script shows ----------------------------------------------------------------------------------


class _Pages:
    """The content of the page in three parts: a row for each requirement, and packs that are opened on demand."""

    def __init__(self, view: RunView, causes: Sequence[Cause]) -> None:
        self._view = view
        self._room = _ROOM
        self._place_of: dict[tuple[str, ...], int] = {}
        self._case_number = {case.scenario: number for number, case in enumerate(view.cases)}
        self._causes_of: dict[str, list[int]] = {}
        for number, cause in enumerate(causes):
            for outcome in cause.requirements:
                self._causes_of.setdefault(outcome.requirement.id, []).append(number)
        earlier = view.earlier.report.outcomes if view.earlier else ()
        self._then = {one.requirement.id: one.status for one in earlier}

    def front(self) -> dict[str, Any]:
        """Terms, and one short row for each requirement."""
        rows = [self._row(one) for one in self._view.report.outcomes]
        claim = self._view.report.claim
        product = wording.product_text(self._view)
        return {
            "title": [f"{claim.label} {product}", f"{english.CLAIMS[claim]} {product}"],
            "terms": _terms(),
            "places": list(self._place_of),
            "rows": rows,
            "compared": self._view.earlier is not None,
            "perPack": _PER_PACK,
        }

    def _row(self, one: RequirementOutcome) -> list[Any]:
        then = self._then.get(one.requirement.id)
        return [
            one.requirement.id,
            self._place(one),
            one.requirement.text,
            one.because,
            one.status.value,
            one.obligation.value,
            one.claimed.value,
            one.requirement.method.value,
            one.review["value"],
            one.requirement.category_source,
            len(one.cases),
            sum(case.verdict is Verdict.FAIL for case in one.cases),
            then.value if then and then is not one.status else "",
        ]

    def _place(self, one: RequirementOutcome) -> int:
        row, business = one.requirement.row, one.requirement.business
        place = (business, self._view.snapshot["names"][business], row["major"], row["middle"], row["name"])
        return self._place_of.setdefault(place, len(self._place_of))

    def requirements(self) -> Iterator[dict[str, Any]]:
        """The rest of every requirement, in the order of the rows."""
        for one in self._view.report.outcomes:
            row = one.requirement.row
            yield {
                "rule": one.rule,
                "underlying": one.underlying.value if one.underlying is not one.status else "",
                "review": wording.review_text(one),
                "rationale": row["rationale"],
                "effective": _effective(row["effective"]),
                "laws": [f"{basis} {basis.url}".strip() for basis in one.requirement.legal_basis],
                "incidents": row.get("incidents", []),
                "procedure": row["verification"].get("procedure", []),
                "attestations": [wording.attestation_text(entry) for entry in one.attestations],
                "waiver": wording.waiver_text(one.waiver) if one.waiver else "",
                "cases": [self._case_number[case.scenario] for case in one.cases],
                "causes": self._causes_of.get(one.requirement.id, []),
            }

    def cases(self) -> Iterator[dict[str, Any]]:
        """Every scenario, with its steps and messages as far as there is room: what did not pass comes first."""
        bad = [one for one in self._view.cases if one.verdict is not Verdict.PASS]
        good = [one for one in self._view.cases if one.verdict is Verdict.PASS]
        steps, messages = self._taken(bad, self._steps), self._taken(bad, self._exchanges)
        steps |= self._taken(good, self._steps)
        messages |= self._taken(good, self._exchanges)
        for case in self._view.cases:
            scenario = self._view.scenario(case)
            yield {
                "name": case.name,
                "at": f"{scenario['file']}:{scenario['line']}",
                "verdict": case.verdict.value,
                "fault": case.fault.value if case.fault else "",
                "message": case.message,
                "failedStep": case.failed_step,
                "steps": steps.get(case.scenario),
                "evidence": "" if case.scenario in messages else (case.evidence or "")[:_DIGITS],
                "exchanges": messages.get(case.scenario),
                "attachments": [
                    [one["name"], f"{EVIDENCE}/{evidence_name(one['sha256'], one['media_type'])}"]
                    for one in case.attachments
                ],
            }

    def _taken(self, cases: Iterable[CaseOutcome], read: Callable[[CaseOutcome], Any]) -> dict[str, Any]:
        """What is read of the cases, by scenario, until the room is used up."""
        found: dict[str, Any] = {}
        for case in cases:
            if self._room <= 0:
                break
            found[case.scenario] = read(case)
            self._room -= len(orjson.dumps(found[case.scenario]))
        return found

    def _steps(self, case: CaseOutcome) -> list[list[Any]]:
        return [[step["keyword"], step["text"], step["table"]] for step in self._view.scenario(case)["steps"]]

    def _exchanges(self, case: CaseOutcome) -> list[list[Any]]:
        return [_exchange(one) for one in self._view.exchanges(case)]


def _effective(effective: Mapping[str, Any]) -> str:
    day = japanese_date(effective["from"])
    return day if effective["source"] == "official" else f"{day}から（{effective['basis']}。推定を含む）"


def _exchange(one: dict[str, Any]) -> list[Any]:
    request = one["request"]
    asked = {name: request[name] for name in ("actor", "as_of", "input") if name in request}
    told = one["reply"] if one["reply"] is not None else one["trouble"]
    return [f"{one['method']} {request.get('operation', '')}".strip(), _shown(asked), _shown(told)]


def _shown(content: Any) -> Any:
    text = json.dumps(content, ensure_ascii=False)
    return content if len(text) <= _EXCHANGE_LIMIT else text[:_EXCHANGE_LIMIT] + "\n…（以下は証跡にあります）"


def _terms() -> dict[str, dict[str, Any]]:
    """Every value of the rows as [Japanese, English], in the order in which a reader wants to see them."""
    return {
        "status": {one.value: _status(one) for one in _SEVERITY},
        "meaning": {one.value: (wording.MEANINGS[one], english.MEANINGS[one]) for one in Status},
        "obligation": {one.value: _obligation(one) for one in Obligation},
        "claimed": {one.value: _answer(one) for one in Answer},
        "method": {one.value: (one.label, english.METHODS[one]) for one in Method},
        "review": {one: (wording.REVIEWS[one], english.REVIEWS[one]) for one in wording.REVIEWS},
        "certainty": {one: (wording.CERTAINTIES[one], english.CERTAINTIES[one]) for one in wording.CERTAINTIES},
        "verdict": {one.value: (one.label, english.VERDICTS[one]) for one in Verdict},
        "fault": {one.value: (f"{one.label}の問題です。{one.remedy}", english.REMEDIES[one]) for one in Fault},
        "rule": english.RULES,
        "cause": {one.value: (advice.MEANINGS[one], english.CAUSES[one]) for one in Kind},
        "whom": {one.value: (advice.WHOM[one], english.WHOM[one]) for one in Kind},
    }

"""Acceptance: the rows of the contract's edition against what a run of the delivered product came to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from kijun.model.requirement import Method, Obligation
from kijun.model.verdict import Status
from kijun.procurement.contract import Contract
from kijun.procurement.request import Asked, RequestForProposal


class State(StrEnum):
    """What one row is, for whoever accepts."""

    FAILED = "failed"
    OPEN = "open"
    AGREED = "agreed"
    MET = "met"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    State.FAILED: "満たさない",
    State.OPEN: "未確認",
    State.AGREED: "合意した差異",
    State.MET: "満たす",
}


@dataclass(frozen=True, slots=True)
class Came:
    """What the run says of one requirement."""

    status: Status  # before any waiver: what counts here is the contract
    because: str
    fingerprint: str
    skipped: tuple[str, ...]  # names of its scenarios that were not executed


@dataclass(frozen=True)
class Delivered:
    """One run of the delivered product, as plain data."""

    name: str
    day: date
    editions: Mapping[str, str]
    municipality: str  # code
    as_of: str
    product: Mapping[str, str]  # product, vendor, version, build; empty when it never said
    incomplete: str  # why the run is only a part; empty when it is whole
    came: Mapping[str, Came]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the check."""

    asked: Asked
    state: State
    because: str
    deviation: str
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class Acceptance:
    """Everything that has to be looked at, and what a run already shows."""

    contract: Contract
    request: RequestForProposal
    delivered: Delivered | None
    mismatches: tuple[str, ...]  # any of these rejects the run as a whole
    rows: tuple[Row, ...]

    def of(self, state: State) -> list[Row]:
        return [row for row in self.rows if row.state is state]

    @property
    def exit_code(self) -> int:
        """0 everything met or agreed, 1 rejected or something not met, 2 something left to look at."""
        if self.mismatches or self.of(State.FAILED):
            return 1
        return 2 if self.of(State.OPEN) else 0


def accept(contract: Contract, request: RequestForProposal, delivered: Delivered | None) -> Acceptance:
    """Rows that the buyer holds the product to; a run of something else is no ground for any of them."""
    mismatches = tuple(_mismatches(contract, request, delivered)) if delivered else ()
    run = None if mismatches else delivered
    rows = tuple(_row(one, contract, run) for one in request.rows if _counts(one))
    return Acceptance(contract, request, delivered, mismatches, rows)


def _counts(one: Asked) -> bool:
    """An option that nobody asked for is no part of the acceptance."""
    return one.is_chosen or one.obligation in (Obligation.MANDATORY, Obligation.PROHIBITED)


def _mismatches(contract: Contract, request: RequestForProposal, delivered: Delivered) -> Iterator[str]:
    for table in request.edition.tables:
        found = delivered.editions.get(table.business)
        name = request.names[table.business]
        if found is None:
            yield f"業務「{name}」が報告にありません。"
        elif found != table.edition:
            yield f"版が一致しません。業務「{name}」の契約は「{table.edition}」版、報告は「{found}」版です。"
    changed = [
        row.requirement.id
        for row in request.rows
        if (came := delivered.came.get(row.requirement.id)) and came.fingerprint != row.requirement.fingerprint
    ]
    same = all(delivered.editions.get(table.business) == table.edition for table in request.edition.tables)
    if changed and same:
        shown = "、".join(changed[:5]) + (" ほか" if changed[5:] else "")
        told = f"版が一致しません。版の名前は同じですが、要件 {len(changed)} 件の本文や区分が契約の版と違います"
        yield f"{told}（{shown}）。"
    yield from _parties(contract, request, delivered)
    if delivered.incomplete:
        yield delivered.incomplete


def _parties(contract: Contract, request: RequestForProposal, delivered: Delivered) -> Iterator[str]:
    pairs = (
        ("製品", contract.product, delivered.product.get("product", "")),
        ("事業者", contract.vendor, delivered.product.get("vendor", "")),
        ("製品の版", contract.version, delivered.product.get("version", "")),
        ("団体コード", request.profile.municipality.code, delivered.municipality),
        ("基準日", request.profile.as_of.isoformat(), delivered.as_of),
    )
    for label, ours, theirs in pairs:
        if ours != theirs:
            yield f"{label}が一致しません。契約は「{ours}」、報告は「{theirs or '名乗りなし'}」です。"


def _row(asked: Asked, contract: Contract, delivered: Delivered | None) -> Row:
    agreed = contract.deviations.get(asked.requirement.id)
    deviation = str(agreed) if agreed else ""
    if delivered is None:
        return Row(asked, State.OPEN, todo(asked), deviation, ())
    came = delivered.came.get(asked.requirement.id)
    if came is None:
        return Row(asked, State.OPEN, "報告にこの要件がありません。", deviation, ())
    state, because = _judged(came)
    if agreed and state is not State.MET:
        if agreed.is_valid_on(delivered.day):
            state = State.AGREED
        else:
            because += "合意した差異の期限を過ぎています。"
    return Row(asked, state, because, deviation, came.skipped)


def _judged(came: Came) -> tuple[State, str]:
    if came.status is Status.SATISFIED:
        return State.MET, came.because
    if came.status in (Status.NOT_SATISFIED, Status.NOT_IMPLEMENTED):
        return State.FAILED, came.because
    return State.OPEN, f"{came.status.label}。{came.because}"


def todo(asked: Asked) -> str:
    """How staff come to a verdict on the row."""
    method = asked.requirement.method
    if method is Method.TEST:
        return "kijun run で試験する"
    if method in (Method.CONTRACT, Method.NOT_TESTABLE):
        return "契約書・仕様書で確かめる"
    return f"{method.label}により、人が確かめる（kijun attest）"


def as_record(found: Acceptance) -> dict[str, Any]:
    """The check as JSON."""
    contract, delivered = found.contract, found.delivered
    return {
        "contract": {
            "title": contract.title,
            "edition": contract.edition,
            "product": contract.product,
            "vendor": contract.vendor,
            "version": contract.version,
        },
        "run": delivered.name if delivered else None,
        "mismatches": list(found.mismatches),
        "counts": {state.value: len(found.of(state)) for state in State},
        "rows": [
            {
                "requirement": row.asked.requirement.id,
                "obligation": row.asked.obligation.value,
                "state": row.state.value,
                "because": row.because,
                "deviation": row.deviation,
                "skipped": list(row.skipped),
            }
            for row in found.rows
        ],
    }


def render(found: Acceptance) -> str:
    """The check for a person: why a run is rejected, else what is not met and what is open, each by name."""
    contract = found.contract
    lines = [
        f"{contract.title}: {contract.vendor} {contract.product} {contract.version}（契約の版 {contract.edition}）",
        f"確かめる要件 {len(found.rows)} 件、合意した差異 {len(contract.deviations)} 件",
    ]
    if found.mismatches:
        lines += [f"この報告は受け取れません: {found.delivered.name if found.delivered else ''}"]
        return "\n".join([*lines, *(f"  {one}" for one in found.mismatches)])
    if found.delivered:
        lines.append("、".join(f"{state.label} {len(found.of(state))}" for state in State))
    for state in (State.FAILED, State.OPEN, State.AGREED) if found.delivered else ():
        for row in found.of(state):
            because = row.deviation if state is State.AGREED else row.because
            lines.append(f"{state.label} {row.asked.requirement.id} {row.asked.requirement.text} → {because}")
            lines += [f"    未実施のシナリオ: {name}" for name in row.skipped]
    return "\n".join(lines)

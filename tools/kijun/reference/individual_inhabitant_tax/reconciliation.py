"""What senders say to have sent, held against what came in, before the intake of a year is concluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import intake
from kijun.reference.individual_inhabitant_tax.material_records import (
    Announcement,
    IncomingReport,
    IntakeConclusion,
)
from kijun.reference.individual_inhabitant_tax.money import stated
from kijun.reference.local_tax_common.person_records import add, rows

_REVENUES = ("salary_revenue", "pension_revenue", "hometown_gift")


def tally(reports: Sequence[IncomingReport]) -> dict[str, int]:
    """Received is the sum of what was taken in, held and discarded, once nothing waits any more."""
    states = [one.intake_state for one in reports]
    return {
        "received_count": len(states),
        "absorbed_count": states.count("entered"),
        "held_count": states.count("held"),
        "discarded_count": states.count("discarded"),
    }


def unprocessed(reports: Sequence[IncomingReport]) -> int:
    return [one.intake_state for one in reports].count("unprocessed")


def warnings(desk: Desk, fiscal_year: int) -> list[dict[str, Any]]:
    """Every sender whose announcement and reports do not agree."""
    found = [warning(desk, one) for one in rows(desk, Announcement, fiscal_year=fiscal_year)]
    return [one for one in found if one is not None]


def warning(desk: Desk, said: Announcement) -> dict[str, Any] | None:
    came = distinct(
        intake.every(
            desk,
            fiscal_year=said.fiscal_year,
            submitter_number=said.submitter_number,
            incoming_kind=said.incoming_kind,
        )
    )
    kind = disagreement(said.announced_count, len(came)) or revenue_disagreement(said.announced_revenue, came)
    if kind is None:
        return None
    return {
        "submitter_number": said.submitter_number,
        "incoming_kind": said.incoming_kind,
        "submission_warning_kind": kind,
        "announced_count": said.announced_count,
        "received_count": len(came),
    }


def distinct(reports: Sequence[IncomingReport]) -> list[IncomingReport]:
    """Without corrections, withdrawals and copies: what the sender counted once counts once."""
    filed = [one for one in reports if one.incoming_version == "newly_filed"]
    return list({one.incoming_reference: one for one in reversed(filed)}.values())


def disagreement(announced: int, came: int) -> str | None:
    if announced == came:
        return None
    if came == 0:
        return "unreceived"
    return "shortage" if came < announced else "excess"


def revenue_disagreement(announced: int | None, came: Sequence[IncomingReport]) -> str | None:
    if announced is None or announced == revenue(came):
        return None
    return "revenue_mismatch"


def revenue(reports: Sequence[IncomingReport]) -> int:
    return sum(stated(one.figures, key) for one in reports for key in _REVENUES)


def conclude(desk: Desk, fiscal_year: int, clerk_reason: str | None) -> IntakeConclusion:
    """Close the intake of a year. Raises Refusal while reports wait, or warnings stand without a reason."""
    if unprocessed(intake.every(desk, fiscal_year=fiscal_year)):
        raise Refusal("intake_pending", "取り込んでいない資料があります。取込を行ってから締め切ってください。")
    if warnings(desk, fiscal_year) and not clerk_reason:
        raise Refusal(
            "submission_unsettled",
            "送付の通知と受信が合わない提出者があります。提出者に確かめ、結果を理由に記してください。",
        )
    conclusion: IntakeConclusion = add(
        desk, IntakeConclusion, fiscal_year=fiscal_year, concluded_on=desk.today, clerk_reason=clerk_reason
    )
    return conclusion


def conclusion(desk: Desk, fiscal_year: int) -> IntakeConclusion | None:
    found = rows(desk, IntakeConclusion, fiscal_year=fiscal_year)
    return found[-1] if found else None

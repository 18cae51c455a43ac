"""Reports on their way in: every one is taken in, held or discarded, and the senders' counts are held against them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from kijun.reference import calendars
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import consolidation, dossiers, matching, years
from kijun.reference.individual_inhabitant_tax.material_records import (
    Identification,
    IncomingReport,
)
from kijun.reference.local_tax_common.person_records import add, rows
from kijun.reference.store import next_number

_NEEDED = ("addressee_name", "address", "birth_date")
_CONTENT = (*_NEEDED, "figures")
_SELECTABLE = ("fiscal_year", "taxpayer_id", "submitter_number", "incoming_kind", "intake_state")
KEPT_ONLY = frozenset({"securities_statement"})  # 地方税法313条12項・13項: counts only where the person declares it


def receive(desk: Desk, items: dict[str, Any]) -> IncomingReport:
    number = f"J{next_number(desk.session, IncomingReport, desk.id):08d}"
    outcome = dict.fromkeys(
        ("incoming_hold_reason", "incoming_discard_reason", "clerk_reason", "taxpayer_id", "dossier_id")
    )
    added = IncomingReport(
        tenant=desk.id,
        incoming_id=number,
        intake_state="unprocessed",
        is_incoming_effective=False,
        **items,
        **outcome,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def every(desk: Desk, **where: Any) -> list[IncomingReport]:
    """The reports with these values, in the order of their arrival. A value None asks for nothing."""
    question = select(IncomingReport).where(IncomingReport.tenant == desk.id).order_by(IncomingReport.incoming_id)
    for name, value in where.items():
        if value is not None:
            question = question.where(getattr(IncomingReport, name) == value)
    return list(desk.session.scalars(question))


def report(desk: Desk, incoming_id: str) -> IncomingReport:
    found = desk.session.get(IncomingReport, (desk.id, incoming_id))
    if found is None:
        raise Refusal("not_found", "その受信資料番号の資料はありません。受信資料の照会で番号を確かめてください。")
    return found


def held(desk: Desk, incoming_id: str) -> IncomingReport:
    found = report(desk, incoming_id)
    if found.intake_state != "held":
        raise Refusal("conflicting_state", "この資料は保留ではありません。受信資料の照会で状態を確かめてください。")
    return found


def take_in(desk: Desk, fiscal_year: int, submitter_number: str | None) -> list[IncomingReport]:
    """Settle everything not yet settled; what was settled once is never taken in again."""
    waiting = every(desk, fiscal_year=fiscal_year, submitter_number=submitter_number, intake_state="unprocessed")
    for one in waiting:
        settle(desk, one)
    return waiting


def settle(desk: Desk, one: IncomingReport) -> None:
    """One report: discarded when it is a copy, held with a reason, or taken in."""
    copy = earlier_copy(desk, one)
    if copy is not None and is_same_content(copy, one):
        discard(one, "repeated_copy")
        return
    reason = "duplicate_suspected" if copy is not None else obstacle(desk, one)
    if reason is not None:
        hold(one, reason)
    else:
        enter(desk, one, "automatic", None)


def earlier_copy(desk: Desk, one: IncomingReport) -> IncomingReport | None:
    """A report as newly filed that the same sender sent before under the same reference."""
    if one.incoming_version != "newly_filed":
        return None
    earlier = [other for other in same_reference(desk, one) if other.incoming_id < one.incoming_id]
    return next((other for other in earlier if other.incoming_version == "newly_filed"), None)


def same_reference(desk: Desk, one: IncomingReport) -> list[IncomingReport]:
    keys = ("fiscal_year", "submitter_number", "incoming_kind", "incoming_reference")
    return every(desk, **{key: getattr(one, key) for key in keys})


def is_same_content(one: IncomingReport, other: IncomingReport) -> bool:
    return all(getattr(one, item) == getattr(other, item) for item in _CONTENT)


def obstacle(desk: Desk, one: IncomingReport) -> str | None:
    """Why the report cannot be taken in without a clerk; ties it to its person where there is none."""
    if one.other_municipality:
        return "lives_elsewhere"
    if is_lacking(one):
        return "required_item_lacking"
    if one.incoming_version != "newly_filed" and antecedent(desk, one) is None:
        return "antecedent_lacking"
    one.taxpayer_id, reason = matching.owner(
        desk, one.addressee_name or "", one.birth_date or date.min, one.address or "", one.personal_number
    )
    if reason is None and is_filed_twice(desk, one):
        return "duplicate_suspected"
    return reason


def is_lacking(one: IncomingReport) -> bool:
    return any(not getattr(one, item) for item in _NEEDED)


def antecedent(desk: Desk, one: IncomingReport) -> IncomingReport | None:
    """The report in force that a correction or a withdrawal is about."""
    return next((other for other in same_reference(desk, one) if other.is_incoming_effective), None)


# 地方税法317条の6（一の支払者は一人につき一の報告書を提出する）
def is_filed_twice(desk: Desk, one: IncomingReport) -> bool:
    """Whether another report of the same payer on the same person is in force."""
    if one.incoming_kind not in consolidation.REPORTS or one.incoming_version != "newly_filed":
        return False
    keys = ("fiscal_year", "submitter_number", "incoming_kind", "taxpayer_id")
    return any(other.is_incoming_effective for other in every(desk, **{key: getattr(one, key) for key in keys}))


def hold(one: IncomingReport, reason: str) -> None:
    one.intake_state, one.incoming_hold_reason, one.taxpayer_id = "held", reason, None


def discard(one: IncomingReport, reason: str, clerk_reason: str | None = None) -> None:
    one.intake_state, one.incoming_hold_reason = "discarded", None
    one.incoming_discard_reason, one.clerk_reason = reason, clerk_reason


def enter(desk: Desk, one: IncomingReport, basis: str, clerk_reason: str | None) -> None:
    """Among the dossiers of its person; what it corrects or withdraws stops counting."""
    one.intake_state, one.incoming_hold_reason = "entered", None
    if one.incoming_version != "newly_filed":
        supersede(desk, antecedent(desk, one))
    if one.incoming_version != "withdrawn":
        one.is_incoming_effective = True
        one.dossier_id = dossier_of(desk, one)
    note_identification(desk, one, basis, clerk_reason)


def supersede(desk: Desk, earlier: IncomingReport | None) -> None:
    if earlier is not None:
        earlier.is_incoming_effective = False
        dossiers.retire(desk, earlier.dossier_id)


def dossier_of(desk: Desk, one: IncomingReport) -> str | None:
    if one.incoming_kind in KEPT_ONLY:
        return None
    return dossiers.lodge(desk, str(one.taxpayer_id), one.fiscal_year, one.incoming_kind, figures_of(one))


def figures_of(one: IncomingReport) -> dict[str, Any]:
    return {**one.figures, "uses_one_stop": True} if one.incoming_kind == "one_stop_notice" else dict(one.figures)


def note_identification(desk: Desk, one: IncomingReport, basis: str, clerk_reason: str | None) -> None:
    add(
        desk,
        Identification,
        incoming_id=one.incoming_id,
        taxpayer_id=one.taxpayer_id,
        identification_basis=basis,
        operated_on=desk.today,
        operator=desk.operator,
        clerk_reason=clerk_reason,
        is_identification_revoked=False,
    )


def ascribe(desk: Desk, incoming_id: str, taxpayer_id: str, clerk_reason: str) -> IncomingReport:
    """A held report to the person a clerk found out."""
    one = held(desk, incoming_id)
    one.taxpayer_id = taxpayer_id
    enter(desk, one, "clerk", clerk_reason)
    return one


def revoke_identification(desk: Desk, incoming_id: str, clerk_reason: str) -> IncomingReport:
    """Untie a report from the wrong person. The tie stays on record as revoked."""
    one = report(desk, incoming_id)
    if one.intake_state != "entered":
        raise Refusal("conflicting_state", "この資料はひも付いていません。受信資料の照会で状態を確かめてください。")
    dossiers.retire(desk, one.dossier_id)
    last = rows(desk, Identification, incoming_id=incoming_id)[-1]
    last.is_identification_revoked, last.clerk_reason = True, clerk_reason
    one.dossier_id, one.is_incoming_effective = None, False
    hold(one, "identification_revoked")
    return one


def repair(desk: Desk, incoming_id: str, repairs: dict[str, Any]) -> IncomingReport:
    """A held report once more, with what the clerk put right."""
    one = held(desk, incoming_id)
    for item in _NEEDED:
        if item in repairs:
            setattr(one, item, repairs[item])
    if "salary_revenue" in repairs:
        one.figures = {**one.figures, "salary_revenue": repairs["salary_revenue"]}
    settle(desk, one)
    return one


# 地方税法317条の2第1項（三月十五日）、20条の5第2項（休日の翌日）
def filing_deadline(fiscal_year: int) -> date:
    """The last day for a return. Raises Refusal for a year without terms."""
    return calendars.shifted(date(years.checked_year(fiscal_year), 3, 15), "next")


def is_filed_late(one: IncomingReport) -> bool:
    return one.incoming_kind == "inhabitant_tax_return" and one.filed_on > filing_deadline(one.fiscal_year)

"""Remissions of the tax (減免: 地方税法323条、条例): request, decision, what is left to pay, revocation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import assessment, levy_notices, planning, terms
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line
from kijun.reference.store import Base, find, next_number


class Remission(Base):
    __tablename__ = "iit_remission"
    tenant: Mapped[str] = mapped_column(primary_key=True)
    remission_id: Mapped[str] = mapped_column(primary_key=True)
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    remission_ground: Mapped[str]
    requested_on: Mapped[date]
    state: Mapped[str]
    reason: Mapped[str | None]
    remitted: Mapped[int]


def request(desk: Desk, taxpayer_id: str, fiscal_year: int, ground: str, requested_on: date) -> Remission:
    assessment.required(desk, taxpayer_id, fiscal_year)
    if any(is_open(one) for one in of_person(desk, taxpayer_id, fiscal_year)):
        raise Refusal("duplicate", "同じ年度の減免の申請が、審査中か承認されています。")
    added = Remission(
        tenant=desk.id,
        remission_id=f"G{next_number(desk.session, Remission, desk.id):08d}",
        taxpayer_id=taxpayer_id,
        fiscal_year=fiscal_year,
        remission_ground=ground,
        requested_on=requested_on,
        state="pending",
        remitted=0,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


def is_open(one: Remission) -> bool:
    return one.state in ("pending", "approved")


def of_person(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[Remission]:
    question = select(Remission).where(
        Remission.tenant == desk.id, Remission.taxpayer_id == taxpayer_id, Remission.fiscal_year == fiscal_year
    )
    return list(desk.session.scalars(question.order_by(Remission.remission_id)))


def remission(desk: Desk, remission_id: str) -> Remission:
    found = find(desk.session, Remission, desk.id, remission_id)
    if found is None:
        raise Refusal("not_found", "その減免番号の申請はありません。")
    desk.target_id = found.taxpayer_id
    return found


def decide(desk: Desk, found: Remission, decision: str, percent: int, reason: str | None) -> Levy:
    """Approve or reject once. An approval takes its part of the instalments that were to come at the request."""
    if found.state != "pending":
        raise Refusal("conflicting_state", "この申請はすでに決定されています。")
    if lacks_reason(decision, reason):
        raise Refusal("missing_item", "却下には理由が要ります。住民税減免の理由を書いてください。")
    levy = assessment.required(desk, found.taxpayer_id, found.fiscal_year)
    found.state, found.reason = decision, reason
    if decision == "rejected":
        return levy
    lines = assessment.lines_of(levy)
    left = remitted_lines(lines, found.requested_on, percent)
    found.remitted = assessment.total(lines) - assessment.total(left)
    levy_notices.pull(desk, found.taxpayer_id, found.fiscal_year)
    return assessment.follow(desk, levy, "remitted", left, remitted=found.remitted)


def lacks_reason(decision: str, reason: str | None) -> bool:
    return decision == "rejected" and not reason


def remitted_lines(lines: Sequence[Line], requested_on: date, percent: int) -> list[Line]:
    return [
        replace(one, amount=one.amount - one.amount * percent // 100) if is_remissible(one, requested_on) else one
        for one in lines
    ]


# 市区町村の税条例（申請のあった日以後に納期限の到来する分に限る。湯沢市市税条例施行規則4条2項の例）
def is_remissible(line: Line, requested_on: date) -> bool:
    return line.method == "ordinary" and line.due_on >= requested_on


def revoke(desk: Desk, found: Remission, reason: str | None) -> Levy:
    """Put the remitted amount back on the instalments to come."""
    if found.state != "approved":
        raise Refusal("conflicting_state", "承認された減免だけを取り消せます。")
    levy = assessment.required(desk, found.taxpayer_id, found.fiscal_year)
    found.state, found.reason = "revoked", reason
    given = terms.terms_of(desk, found.fiscal_year)
    lines = planning.to_ordinary(found.fiscal_year, assessment.lines_of(levy), found.remitted, given, desk.today, None)
    levy_notices.pull(desk, found.taxpayer_id, found.fiscal_year)
    return assessment.follow(desk, levy, "remission_revoked", lines, remitted=0)


def to_pay(levy: Levy) -> int:
    """The annual amount less what was remitted, in yen."""
    return levy.annual_levy - levy.remitted

"""Relatives whom a taxpayer names: those that count, those withdrawn, and the papers of those abroad."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax.people import Relative, is_excluded_abroad
from kijun.reference.individual_inhabitant_tax.portions import rows_of
from kijun.reference.individual_inhabitant_tax.records import RelativeRow, RelativeWithdrawal


def named(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[RelativeRow]:
    """Every relative registered for the year, the withdrawn ones included."""
    return rows_of(desk, RelativeRow, taxpayer_id, fiscal_year)


def withdrawals(desk: Desk, taxpayer_id: str, fiscal_year: int) -> dict[str, RelativeWithdrawal]:
    """By the number of the relative."""
    return {one.relative_id: one for one in rows_of(desk, RelativeWithdrawal, taxpayer_id, fiscal_year)}


def kept(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[RelativeRow]:
    """Those that count."""
    gone = withdrawals(desk, taxpayer_id, fiscal_year)
    return [one for one in named(desk, taxpayer_id, fiscal_year) if one.relative_id not in gone]


def kept_of_year(desk: Desk, fiscal_year: int) -> list[RelativeRow]:
    """Those that count of everybody, in the order of their numbers."""
    gone = select(RelativeWithdrawal.relative_id).where(
        RelativeWithdrawal.tenant == desk.id, RelativeWithdrawal.fiscal_year == fiscal_year
    )
    question = select(RelativeRow).where(
        RelativeRow.tenant == desk.id, RelativeRow.fiscal_year == fiscal_year, RelativeRow.relative_id.not_in(gone)
    )
    return list(desk.session.scalars(question.order_by(RelativeRow.relative_id)))


def as_relative(row: RelativeRow) -> Relative:
    return Relative(
        row.kinship,
        row.relative_birth_date,
        row.relative_earnings,
        row.disablement,
        row.is_coresident_parent,
        row.is_coresident,
        row.lives_abroad,
        row.studies_abroad,
        row.remitted_sum,
    )


def withdraw(desk: Desk, relative_id: str, ground: str, reason: str) -> RelativeWithdrawal:
    """Raises Refusal for nobody registered and for somebody already withdrawn."""
    row = desk.session.get(RelativeRow, (desk.id, relative_id))
    if row is None:
        raise Refusal("not_found", "その親族番号の親族はありません。番号を確かめてください。")
    desk.target_id = row.taxpayer_id
    if relative_id in withdrawals(desk, row.taxpayer_id, row.fiscal_year):
        raise Refusal("conflicting_state", "その親族の登録は既に取り消されています。")
    added = RelativeWithdrawal(
        tenant=desk.id,
        relative_id=relative_id,
        taxpayer_id=row.taxpayer_id,
        fiscal_year=row.fiscal_year,
        withdrawn_on=desk.today,
        relative_withdrawal_ground=ground,
        clerk_reason=reason,
    )
    desk.session.add(added)
    desk.session.flush()
    return added


# 地方税法45条の2、317条の2、地方税法施行規則2条の2・2条の3（条項は公式の本文と未照合）
def vouchers_needed(one: RelativeRow) -> list[str]:
    """What must have been seen for an allowance on somebody abroad."""
    relative = as_relative(one)
    if not one.lives_abroad or is_excluded_abroad(relative, one.fiscal_year):
        return []
    needed = ["kinship_voucher", "remittance_voucher"]
    return [*needed, "study_voucher"] if is_kept_by_study(relative, one.fiscal_year) else needed


def is_kept_by_study(one: Relative, fiscal_year: int) -> bool:
    """Whether nothing but the study abroad keeps the relative."""
    return is_excluded_abroad(replace(one, studies_abroad=False), fiscal_year)


def vouchers_missing(one: RelativeRow) -> list[str]:
    seen = {
        "kinship_voucher": one.is_kinship_vouched,
        "remittance_voucher": one.is_remittance_vouched,
        "study_voucher": one.is_study_vouched,
    }
    return [kind for kind in vouchers_needed(one) if not seen[kind]]

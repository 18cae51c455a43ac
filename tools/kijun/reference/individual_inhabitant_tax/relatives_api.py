"""Operations on relatives after their registration: withdrawing one, the list of them, the papers of those abroad."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from kijun.reference import routing, taxpayers
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import relatives, years
from kijun.reference.individual_inhabitant_tax.records import RelativeRow, RelativeWithdrawal

router = APIRouter(prefix="/v1/inhabitant/relatives")


class Withdrawal(BaseModel):
    relative_id: str
    relative_withdrawal_ground: Literal["entered_by_mistake", "dependency_denied", "withdrawn_by_taxpayer"]
    clerk_reason: str = Field(min_length=1)


class ByYear(BaseModel):
    fiscal_year: int


class ByPerson(ByYear):
    taxpayer_id: str


def withdraw_relative(desk: Desk, given: Withdrawal) -> dict[str, Any]:
    """親族の登録の取消"""
    found = relatives.withdraw(desk, given.relative_id, given.relative_withdrawal_ground, given.clerk_reason)
    return {"relative_id": given.relative_id, "withdrawn_on": found.withdrawn_on.isoformat()}


def list_relatives(desk: Desk, given: ByPerson) -> dict[str, Any]:
    """親族の照会"""
    taxpayers.taxpayer(desk, given.taxpayer_id)
    key = (given.taxpayer_id, years.checked_year(given.fiscal_year))
    gone = relatives.withdrawals(desk, *key)
    return {"relative_lines": [_line(one, gone.get(one.relative_id)) for one in relatives.named(desk, *key)]}


def _line(one: RelativeRow, withdrawal: RelativeWithdrawal | None) -> dict[str, Any]:
    return {
        "relative_id": one.relative_id,
        "kinship": one.kinship,
        "relative_birth_date": one.relative_birth_date.isoformat(),
        "relative_earnings": one.relative_earnings,
        "withdrawn_on": withdrawal.withdrawn_on.isoformat() if withdrawal else None,
        "relative_withdrawal_ground": withdrawal.relative_withdrawal_ground if withdrawal else None,
        "clerk_reason": withdrawal.clerk_reason if withdrawal else None,
    }


def check_vouchers_abroad(desk: Desk, given: ByYear) -> dict[str, Any]:
    """国外居住親族の書類の点検"""
    found = relatives.kept_of_year(desk, years.checked_year(given.fiscal_year))
    return {
        "missing_vouchers": [
            {"taxpayer_id": one.taxpayer_id, "relative_id": one.relative_id, "voucher_kind": kind}
            for one in found
            for kind in relatives.vouchers_missing(one)
        ]
    }


routing.add(router, "/withdrawals", Withdrawal, withdraw_relative)
routing.add(router, "/of-year", ByPerson, list_relatives, is_query=True)
routing.add(router, "/vouchers", ByYear, check_vouchers_abroad, is_query=True)

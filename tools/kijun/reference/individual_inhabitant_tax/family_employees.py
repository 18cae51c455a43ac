"""専従者: family who work in a taxpayer's business, held against what else is known of both."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import checks, dossiers
from kijun.reference.individual_inhabitant_tax.checks import Claim
from kijun.reference.individual_inhabitant_tax.money import stated
from kijun.reference.local_tax_common.person_records import Numbered, rows
from kijun.reference.store import Base

# 地方税法32条4項1号、313条4項1号
CEILING_OF_SPOUSE, CEILING_OF_OTHERS = 860_000, 500_000


class FamilyEmployee(Numbered, Base):
    """Whom a business owner names for one fiscal year; wage (blue return) or deduction (white return) in yen."""

    __tablename__ = "iit_family_employee"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    relative_taxpayer_id: Mapped[str]
    family_employee_kind: Mapped[str]
    is_owners_spouse: Mapped[bool]
    family_employee_amount: Mapped[int]


def of_year(desk: Desk, fiscal_year: int) -> list[FamilyEmployee]:
    return rows(desk, FamilyEmployee, fiscal_year=fiscal_year)


def remarks(desk: Desk, fiscal_year: int) -> list[tuple[FamilyEmployee, str]]:
    """Everybody who contradicts what else is known, with the reason."""
    named, claims = of_year(desk, fiscal_year), checks.claims(desk, fiscal_year)
    found = [(one, "named_as_relative") for one in named if is_claimed(one, claims)]
    found += [(one, "pay_differs") for one in named if is_blue(one) and one.family_employee_amount != paid(desk, one)]
    white = [one for one in named if not is_blue(one)]
    found += [(one, "over_ceiling") for one in white if exceeds_ceiling(one)]
    found += [(one, "over_share") for one in white if exceeds_share(one, profit(desk, one), count(one, white))]
    return found


# 地方税法23条1項7号・9号、292条1項7号・9号（給与の支払を受ける青色事業専従者と事業専従者を除く）
def is_claimed(one: FamilyEmployee, claims: Sequence[Claim]) -> bool:
    return any(claim.relative_taxpayer_id == one.relative_taxpayer_id for claim in claims)


def is_blue(one: FamilyEmployee) -> bool:
    return one.family_employee_kind == "blue_return"


def paid(desk: Desk, one: FamilyEmployee) -> int:
    """The employee's salary in yen by the dossiers."""
    return stated(dossiers.adopted(desk, one.relative_taxpayer_id, one.fiscal_year), "salary_revenue")


def exceeds_ceiling(one: FamilyEmployee) -> bool:
    return one.family_employee_amount > (CEILING_OF_SPOUSE if one.is_owners_spouse else CEILING_OF_OTHERS)


def count(one: FamilyEmployee, white: Sequence[FamilyEmployee]) -> int:
    return len([other for other in white if other.taxpayer_id == one.taxpayer_id])


def profit(desk: Desk, one: FamilyEmployee) -> int:
    """What the business earned before the deduction of its family employees, in yen."""
    figures = dossiers.adopted(desk, one.taxpayer_id, one.fiscal_year)
    others = rows(desk, FamilyEmployee, taxpayer_id=one.taxpayer_id, fiscal_year=one.fiscal_year)
    deducted: int = sum(other.family_employee_amount for other in others if not is_blue(other))
    return stated(figures, "trade_profit") + stated(figures, "estate_profit") + deducted


# 地方税法32条4項2号、313条4項2号
def exceeds_share(one: FamilyEmployee, earned: int, employees: int) -> bool:
    """Whether the deduction is above the profit divided by the employees and the owner."""
    return one.family_employee_amount * (employees + 1) > earned

"""What is known of severance payments: each person's, and what their employers declared to pay over."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import dues, presence, severance
from kijun.reference.individual_inhabitant_tax.levy import Pair
from kijun.reference.local_tax_common.person_records import Numbered, rows
from kijun.reference.store import Base


class SeveranceRecord(Numbered, Base):
    """One payment to one person with the levy withheld. Amounts in yen."""

    __tablename__ = "iit_severance_record"
    taxpayer_id: Mapped[str]
    designation_number: Mapped[str]
    severance_paid_on: Mapped[date]
    severance_pay: Mapped[int]
    service_from: Mapped[date]
    service_until: Mapped[date]
    severance_kind: Mapped[str]
    retired_by_disablement: Mapped[bool]
    municipal_severance_levy: Mapped[int]
    prefectural_severance_levy: Mapped[int]


class SeveranceReturn(Numbered, Base):
    """What an employer declared to pay over for one month (YYYY-MM), in yen."""

    __tablename__ = "iit_severance_return"
    designation_number: Mapped[str]
    severance_month: Mapped[str]
    filed_on: Mapped[date]
    declared_severance_levy: Mapped[int]


def of_year(desk: Desk, fiscal_year: int) -> list[SeveranceRecord]:
    """Of the payments of the calendar year: the levy stands in the year of the payment."""
    return [one for one in rows(desk, SeveranceRecord) if one.severance_paid_on.year == fiscal_year]


# 地方税法328条の5第2項、20条の5第2項
def remit_by(one: SeveranceRecord) -> date:
    return dues.monthly_due(dues.month_of(one.severance_paid_on))


def computed(one: SeveranceRecord) -> Pair:
    """The levy as it should have been withheld."""
    return severance.severance(
        one.severance_pay,
        one.service_from,
        one.service_until,
        one.severance_kind,
        one.retired_by_disablement,
        one.severance_paid_on.year,
    ).levy


def withheld(one: SeveranceRecord) -> Pair:
    return Pair(one.municipal_severance_levy, one.prefectural_severance_levy)


def wrong(found: list[SeveranceRecord]) -> list[SeveranceRecord]:
    """Those with another levy than the payment leads to."""
    return [one for one in found if withheld(one) != computed(one)]


# 地方税法328条（退職手当等の支払を受けるべき日の属する年の一月一日現在の住所所在の市町村）
def misdirected(desk: Desk, found: list[SeveranceRecord]) -> list[SeveranceRecord]:
    """Those of people who did not live here on the first of January of the year of the payment."""
    return [one for one in found if presence.is_absent(desk, one.taxpayer_id, one.severance_paid_on.year)]


def differing_returns(desk: Desk, fiscal_year: int) -> list[tuple[SeveranceReturn, int]]:
    """Returns that declare another sum than the people's records of the month add up to, and that sum."""
    found = of_year(desk, fiscal_year)
    returns = [one for one in rows(desk, SeveranceReturn) if dues.first_day(one.severance_month).year == fiscal_year]
    return [(one, paid) for one in returns if (paid := recorded(one, found)) != one.declared_severance_levy]


def recorded(one: SeveranceReturn, found: list[SeveranceRecord]) -> int:
    return sum(
        withheld(each).total
        for each in found
        if (each.designation_number, dues.month_of(each.severance_paid_on))
        == (one.designation_number, one.severance_month)
    )

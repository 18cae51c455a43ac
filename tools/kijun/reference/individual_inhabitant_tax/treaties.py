"""Salaries that a tax treaty exempts (租税条約), as notified for one fiscal year after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from kijun.reference import calendars
from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import years
from kijun.reference.individual_inhabitant_tax.money import stated
from kijun.reference.individual_inhabitant_tax.portions import rows_of
from kijun.reference.local_tax_common.person_records import Numbered
from kijun.reference.store import Base

# 租税条約等実施特例省令11条（三月十五日）、昭和40年自治府第62号通達（住民税を対象としない条約は三月二十日）
_LAST_DAYS = {"covers_local_tax": 15, "national_tax_only": 20}


class TreatyNotice(Numbered, Base):
    """What a person notified for one fiscal year. Amount in yen."""

    __tablename__ = "iit_treaty_notice"
    taxpayer_id: Mapped[str]
    fiscal_year: Mapped[int]
    treaty_country: Mapped[str]
    treaty_kind: Mapped[str]
    treaty_exempt_salary: Mapped[int]
    treaty_from: Mapped[date]
    treaty_until: Mapped[date | None]
    filed_on: Mapped[date]


def of_person(desk: Desk, taxpayer_id: str, fiscal_year: int) -> list[TreatyNotice]:
    return rows_of(desk, TreatyNotice, taxpayer_id, fiscal_year)


# 租税条約等の実施に伴う所得税法、法人税法及び地方税法の特例等に関する法律、同法施行省令11条
def exempt_salary(notices: Sequence[TreatyNotice], fiscal_year: int) -> int:
    """In yen, by the last notice for the year whose period reaches into the year of the income."""
    held = [one for one in notices if reaches(one, fiscal_year)]
    return held[-1].treaty_exempt_salary if held else 0


def reaches(one: TreatyNotice, fiscal_year: int) -> bool:
    first, last = date(fiscal_year - 1, 1, 1), date(fiscal_year - 1, 12, 31)
    return one.treaty_from <= last and (one.treaty_until is None or one.treaty_until >= first)


def without(figures: Mapping[str, Any], exempt: int) -> dict[str, Any]:
    """The figures less the exempt part of the salary."""
    return {**figures, "salary_revenue": max(stated(figures, "salary_revenue") - exempt, 0)}


def deadline(kind: str, fiscal_year: int) -> date:
    """The last day for a notice. Raises Refusal for a year without terms."""
    return calendars.shifted(date(years.checked_year(fiscal_year), 3, _LAST_DAYS[kind]), "next")


def is_late(one: TreatyNotice) -> bool:
    return one.filed_on > deadline(one.treaty_kind, one.fiscal_year)

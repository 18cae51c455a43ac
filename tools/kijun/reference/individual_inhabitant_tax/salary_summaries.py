"""総括表: the cover sheets employers send with their salary reports; whom to send blank ones, who has not answered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import dues, employers, intake, years
from kijun.reference.individual_inhabitant_tax.employers import Employer
from kijun.reference.individual_inhabitant_tax.methods import Choice
from kijun.reference.local_tax_common.person_records import Numbered, add, rows
from kijun.reference.store import Base


class SummaryForm(Numbered, Base):
    """A cover sheet as it came in."""

    __tablename__ = "iit_summary_form"
    designation_number: Mapped[str]
    fiscal_year: Mapped[int]
    filed_on: Mapped[date]
    incoming_medium: Mapped[str]
    reported_headcount: Mapped[int]
    submitter_number: Mapped[str | None]


class ReportDemand(Numbered, Base):
    """A letter that asks an employer for the reports that are missing."""

    __tablename__ = "iit_report_demand"
    designation_number: Mapped[str]
    fiscal_year: Mapped[int]
    demanded_on: Mapped[date]


@dataclass(frozen=True, slots=True)
class Target:
    """An employer to be asked for reports, and for how many people there were some the year before."""

    employer: Employer
    former_headcount: int


# 地方税法317条の6第1項（一月三十一日）、20条の5第2項
def deadline(fiscal_year: int) -> date:
    """The last day for salary reports. Raises Refusal for a year without terms."""
    return dues.open_day(date(years.checked_year(fiscal_year), 1, 31))


def targets(desk: Desk, fiscal_year: int) -> list[Target]:
    """Every designated employer that reported the year before, or withholds for somebody."""
    reported = {one.designation_number: one.reported_headcount for one in forms(desk, fiscal_year - 1)}
    former = {**employees(desk, fiscal_year - 1), **reported}
    return [
        Target(one, former[one.designation_number]) for one in employers.all_employers(desk) if is_asked(one, former)
    ]


def is_asked(one: Employer, former: Collection[str]) -> bool:
    return employers.may_withhold(one) and one.designation_number in former


def employees(desk: Desk, fiscal_year: int) -> dict[str, int]:
    """How many people each employer was told to withhold from."""
    question = select(Choice).where(Choice.tenant == desk.id, Choice.fiscal_year == fiscal_year)
    found: dict[str, int] = {}
    for one in desk.session.scalars(question):
        if one.designation_number is not None:
            found[one.designation_number] = found.get(one.designation_number, 0) + 1
    return found


def forms(desk: Desk, fiscal_year: int) -> list[SummaryForm]:
    return rows(desk, SummaryForm, fiscal_year=fiscal_year)


def form_of(desk: Desk, designation_number: str, fiscal_year: int) -> SummaryForm | None:
    """The one received last."""
    found = rows(desk, SummaryForm, designation_number=designation_number, fiscal_year=fiscal_year)
    return found[-1] if found else None


def expected(desk: Desk, fiscal_year: int) -> list[str]:
    """Numbers of those asked for reports and of those who sent a cover sheet unasked."""
    asked = {one.employer.designation_number for one in targets(desk, fiscal_year)}
    return sorted(asked | {one.designation_number for one in forms(desk, fiscal_year)})


def is_late(form: SummaryForm) -> bool:
    return form.filed_on > deadline(form.fiscal_year)


def received_reports(desk: Desk, form: SummaryForm) -> int:
    """For how many people salary reports of this sender came in; a copy or a correction is nobody more."""
    found = intake.every(
        desk,
        fiscal_year=form.fiscal_year,
        submitter_number=form.submitter_number,
        incoming_kind="salary_report",
        incoming_version="newly_filed",
    )
    return len([one for one in found if one.incoming_discard_reason != "repeated_copy"])


def lacks_reports(desk: Desk, form: SummaryForm) -> bool:
    """Whether another number of reports came in than the cover sheet says; unknown without a sender's number."""
    return form.submitter_number is not None and received_reports(desk, form) != form.reported_headcount


# 地方税法317条の6第5項（項の番号は公式の本文と未照合）: since 2027 thirty, before a hundred
def is_electronic_obligatory(slips: int, fiscal_year: int) -> bool:
    """By the number of withholding slips due to the tax office in the year before last."""
    return slips >= years.amount("electronic_slips", years.checked_year(fiscal_year))


def demand(desk: Desk, designation_number: str, fiscal_year: int) -> Employer:
    """Note the letter to an employer that is asked, has not answered and is overdue. Raises Refusal."""
    found = employers.employer(desk, designation_number)
    if not is_overdue(desk, designation_number, fiscal_year):
        raise Refusal(
            "conflicting_state",
            "督促の対象ではありません。総括表の提出状況の照会で、未提出か、期限の前かを確かめてください。",
        )
    row = {"designation_number": designation_number, "fiscal_year": fiscal_year}
    add(desk, ReportDemand, demanded_on=desk.today, **row)
    return found


def is_overdue(desk: Desk, designation_number: str, fiscal_year: int) -> bool:
    is_missing = form_of(desk, designation_number, fiscal_year) is None
    return is_missing and has_passed(desk.today, fiscal_year) and designation_number in expected(desk, fiscal_year)


def has_passed(today: date, fiscal_year: int) -> bool:
    return today > deadline(fiscal_year)


def demanded_on(desk: Desk, designation_number: str, fiscal_year: int) -> date | None:
    """When the last letter was written."""
    found = rows(desk, ReportDemand, designation_number=designation_number, fiscal_year=fiscal_year)
    return found[-1].demanded_on if found else None

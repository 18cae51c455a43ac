"""What is looked at before the levy: relatives and their income, contradictions, people nobody knows of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.individual_inhabitant_tax import calculation, dossiers, presence, relatives, years
from kijun.reference.individual_inhabitant_tax.consolidation import REPORTS, Material, leading_return
from kijun.reference.individual_inhabitant_tax.material_records import RelativeLink, Reminder
from kijun.reference.individual_inhabitant_tax.money import stated
from kijun.reference.individual_inhabitant_tax.records import Dossier, RelativeRow
from kijun.reference.local_tax_common.person_records import rows

FAULT, CAUTION = "fault", "caution"


@dataclass(frozen=True, slots=True)
class Claim:
    """A relative whom a taxpayer names, tied to an addressee. Incomes in yen; None where nothing tells."""

    taxpayer_id: str
    relative_taxpayer_id: str
    kinship: str
    registered: int
    overall_income: int | None


def claims(desk: Desk, fiscal_year: int) -> list[Claim]:
    """Every relative of the year who is tied to an addressee."""
    question = select(RelativeLink).where(RelativeLink.tenant == desk.id)
    links = {one.relative_id: one.relative_taxpayer_id for one in desk.session.scalars(question)}
    found = [one for one in relatives.kept_of_year(desk, fiscal_year) if one.relative_id in links]
    return [claim(desk, one, links[one.relative_id]) for one in found]


def claim(desk: Desk, row: RelativeRow, number: str) -> Claim:
    return Claim(
        row.taxpayer_id, number, row.kinship, row.relative_earnings, overall_income(desk, number, row.fiscal_year)
    )


def overall_income(desk: Desk, taxpayer_id: str, fiscal_year: int) -> int | None:
    """合計所得金額 in yen of somebody whose income is known."""
    if not dossiers.is_income_known(desk, taxpayer_id, fiscal_year):
        return None
    return calculation.calculate(desk, taxpayer_id, fiscal_year).incomes.overall_income


def dependency_remarks(named: Sequence[Claim], fiscal_year: int) -> list[tuple[Claim, str]]:
    """Every claim that cannot stand, with the reason."""
    limit = years.amount("relative_limit", fiscal_year)
    found = []
    for one in named:
        if exceeds(one, limit):
            found.append((one, "earnings_exceeded"))
        elif differs(one):
            found.append((one, "earnings_mismatch"))
        if is_claimed_by_two(one, named):
            found.append((one, "claimed_by_two"))
        if are_mutual_spouses(one, named):
            found.append((one, "mutual_spouses"))
    return found


# 地方税法23条1項7号・9号、292条1項7号・9号（合計所得金額の要件）
def exceeds(one: Claim, limit: int) -> bool:
    """Named as within the limit, and above it by what the dossiers say."""
    return one.registered <= limit and one.overall_income is not None and one.overall_income > limit


def differs(one: Claim) -> bool:
    return one.overall_income is not None and one.overall_income != one.registered


# 地方税法34条1項10号・11号、314条の2第1項10号・11号: a relative counts for one taxpayer
def is_claimed_by_two(one: Claim, named: Sequence[Claim]) -> bool:
    others = [other for other in named if other.relative_taxpayer_id == one.relative_taxpayer_id]
    return len({other.taxpayer_id for other in others}) > 1


def are_mutual_spouses(one: Claim, named: Sequence[Claim]) -> bool:
    """Two people who each name the other one as their spouse."""
    return one.kinship == "spouse" and any(
        other.kinship == "spouse"
        and (other.taxpayer_id, other.relative_taxpayer_id) == (one.relative_taxpayer_id, one.taxpayer_id)
        for other in named
    )


CORRECTED = ("earnings_exceeded", "claimed_by_two")  # what the tax office can put right in the income tax, too


def corrections(named: Sequence[Claim], fiscal_year: int) -> list[tuple[Claim, str]]:
    return [(one, kind) for one, kind in dependency_remarks(named, fiscal_year) if kind in CORRECTED]


def dossiers_of_year(desk: Desk, fiscal_year: int) -> list[Dossier]:
    """Those that still hold, in the order of their arrival."""
    question = select(Dossier).where(Dossier.tenant == desk.id, Dossier.fiscal_year == fiscal_year)
    found = desk.session.scalars(question.order_by(Dossier.dossier_id))
    return [one for one in found if dossiers.is_effective(desk, one)]


def dossier_remarks(figures: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Level and kind of everything in one dossier that contradicts the rest of it."""
    checks = (
        (has_both_choices(figures), FAULT, "both_medical_choices"),
        (is_refund_over_cost(figures), CAUTION, "refund_over_cost"),
        (is_premium_over_revenue(figures), CAUTION, "premium_over_revenue"),
        (is_dividend_without_levy(figures), CAUTION, "dividend_without_levy"),
    )
    return [(level, kind) for holds, level, kind in checks if holds]


# 地方税法附則4条の4（医療費控除との選択適用）
def has_both_choices(figures: Mapping[str, Any]) -> bool:
    return bool(stated(figures, "medical_cost") and stated(figures, "switch_drug_cost"))


def is_refund_over_cost(figures: Mapping[str, Any]) -> bool:
    return stated(figures, "medical_refund") > stated(figures, "medical_cost")


def is_premium_over_revenue(figures: Mapping[str, Any]) -> bool:
    earned = sum(stated(figures, key) for key in ("salary_revenue", "pension_revenue", "trade_profit"))
    return stated(figures, "social_premium") > earned


def is_dividend_without_levy(figures: Mapping[str, Any]) -> bool:
    return bool(stated(figures, "listed_dividend")) and not stated(figures, "withheld_dividend_levy")


def undeclared(desk: Desk, fiscal_year: int) -> list[str]:
    """Those to be levied of whom no dossier tells, and whom nobody names as a relative."""
    named = {one.relative_taxpayer_id for one in claims(desk, fiscal_year)}
    numbers = [one for one, _ in presence.taxable(desk, fiscal_year)]
    return [one for one in numbers if is_undeclared(desk, one, fiscal_year, named)]


def is_undeclared(desk: Desk, taxpayer_id: str, fiscal_year: int, named: set[str]) -> bool:
    return taxpayer_id not in named and not dossiers.is_income_known(desk, taxpayer_id, fiscal_year)


def is_reminded(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    return bool(rows(desk, Reminder, taxpayer_id=taxpayer_id, fiscal_year=fiscal_year))


def suspected_duplicates(found: Sequence[Dossier]) -> list[tuple[str, int, int]]:
    """Person, salary in yen and how many: reports that say the same salary and premium, from whichever payer."""
    groups = Counter(same_pay(one) for one in found if one.dossier_kind == "salary_report")
    return [(person, salary, times) for (person, salary, _), times in groups.items() if times > 1]


def same_pay(one: Dossier) -> tuple[str, int, int]:
    return one.taxpayer_id, stated(one.figures, "salary_revenue"), stated(one.figures, "social_premium")


def return_discrepancies(desk: Desk, fiscal_year: int) -> list[tuple[str, int, int]]:
    """Person, salary by the return and by the reports in yen, where there are both and they differ."""
    people = sorted({one.taxpayer_id for one in dossiers_of_year(desk, fiscal_year)})
    pairs = [(one, salaries(dossiers.materials(desk, one, fiscal_year))) for one in people]
    return [(one, *pair) for one, pair in pairs if pair is not None and pair[0] != pair[1]]


def salaries(materials: Sequence[Material]) -> tuple[int, int] | None:
    """By the return that counts, and by all reports; None where there are not both."""
    effective = [one for one in materials if one.is_effective]
    leading = leading_return(effective)
    reported = [stated(one.figures, "salary_revenue") for one in effective if one.kind in REPORTS]
    if leading is None or not reported:
        return None
    return stated(leading.figures, "salary_revenue"), sum(reported)

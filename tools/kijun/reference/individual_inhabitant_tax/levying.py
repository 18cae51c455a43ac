"""The first levy of a year for everybody, and what changes it later: revisions, limits, cancellations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    calculation,
    dues,
    levy_notices,
    methods,
    pension_collection,
    planning,
    portions,
    remissions,
    terms,
)
from kijun.reference.individual_inhabitant_tax.assessment import Levy, Line
from kijun.reference.individual_inhabitant_tax.records import Dossier

YEARS_TO_RAISE = 3
YEARS_TO_LOWER = 5


@dataclass(frozen=True, slots=True)
class Counted:
    """How many persons, and the sum of their annual amounts in yen."""

    headcount: int
    total: int


def first_levy(desk: Desk, numbers: Sequence[str], fiscal_year: int) -> Counted:
    """Levy on every one of these persons with something to levy and no levy yet."""
    made = [
        levy_on(desk, taxpayer_id, fiscal_year, found).annual_levy
        for taxpayer_id, found in computed(desk, numbers, fiscal_year)
        if not is_levied(desk, taxpayer_id, fiscal_year)
    ]
    return Counted(len(made), sum(made))


def preview(desk: Desk, numbers: Sequence[str], fiscal_year: int) -> Counted:
    """The same without a levy: everybody with something to levy."""
    found = [one.annual_levy for _, one in computed(desk, numbers, fiscal_year)]
    return Counted(len(found), sum(found))


def by_portion(desk: Desk, fiscal_year: int, work: Callable[[Desk, Sequence[str], int], Counted]) -> Counted:
    """Do a work for everybody with a dossier, one portion after the other."""
    done: list[Counted] = []
    for some in portions.split(persons(desk, fiscal_year)):
        with portions.portion(desk, some, fiscal_year):
            done.append(work(desk, some, fiscal_year))
    return Counted(sum(one.headcount for one in done), sum(one.total for one in done))


def is_levied(desk: Desk, taxpayer_id: str, fiscal_year: int) -> bool:
    return assessment.latest(desk, taxpayer_id, fiscal_year) is not None


def persons(desk: Desk, fiscal_year: int) -> list[str]:
    """Everybody with a dossier."""
    question = select(Dossier.taxpayer_id).where(Dossier.tenant == desk.id, Dossier.fiscal_year == fiscal_year)
    return sorted(set(desk.session.scalars(question)))


def computed(desk: Desk, numbers: Sequence[str], fiscal_year: int) -> list[tuple[str, calculation.Outcome]]:
    """Those of the persons whose annual amount is not zero."""
    found = [(number, calculation.calculate(desk, number, fiscal_year)) for number in numbers]
    return [one for one in found if is_taxed(one[1])]


def is_taxed(found: calculation.Outcome) -> bool:
    return found.annual_levy > 0


def levy_on(desk: Desk, taxpayer_id: str, fiscal_year: int, found: calculation.Outcome) -> Levy:
    shares = methods.decided(desk, taxpayer_id, fiscal_year, found.annual_levy)
    flat_cut, given = found.flat_cut.total, terms.terms_of(desk, fiscal_year)
    whole = drawn_up(desk, taxpayer_id, fiscal_year, shares, flat_cut)
    lines = at_once(planning.not_before(fiscal_year, whole, given, desk.today), fiscal_year, shares, found)
    base = pension_base(shares, flat_cut)
    return assessment.add(desk, (taxpayer_id, fiscal_year), "initial", lines, None, pension_base=base, **found.decided)


# 地方税法320条、321条の5第1項ただし書
def at_once(lines: list[Line], fiscal_year: int, shares: methods.Shares, found: calculation.Outcome) -> list[Line]:
    """The plan in which no more than what is owed per head is not split."""
    return planning.at_once(lines, planning.small_methods(fiscal_year, shares, found.capita_sum, found.flat_cut.total))


def drawn_up(desk: Desk, taxpayer_id: str, fiscal_year: int, shares: methods.Shares, flat_cut: int) -> list[Line]:
    """The plan of a year of which nothing is past."""
    return planning.first_plan(
        fiscal_year,
        shares,
        flat_cut,
        terms.terms_of(desk, fiscal_year),
        methods.choice(desk, taxpayer_id, fiscal_year).designation_number,
        former_pension(desk, taxpayer_id, fiscal_year) if shares.pension else None,
    )


def pension_base(shares: methods.Shares, flat_cut: int) -> int:
    """What next spring's amounts are half of, in yen; nothing where nothing is collected from a pension."""
    return pension_collection.base_of_next_year(shares.pension, flat_cut) if shares.pension else 0


# 地方税法321条の7の8第1項（前年の10月1日から翌年の3月31日までに徴収されていた者。公式の本文と未照合）
def former_pension(desk: Desk, taxpayer_id: str, fiscal_year: int) -> int | None:
    """What this spring's amounts are half of; None if nothing was collected from the pension since last October."""
    former = assessment.latest(desk, taxpayer_id, fiscal_year - 1)
    if former is None or not is_still_collected(assessment.lines_of(former), fiscal_year):
        return None
    return former.pension_base


def is_still_collected(lines: Sequence[Line], fiscal_year: int) -> bool:
    return any(one.method == "pension" and one.month >= f"{fiscal_year - 1}-10" for one in lines)


# 地方税法17条の5（賦課決定の期間制限）、321条の2
def revise(desk: Desk, taxpayer_id: str, fiscal_year: int, ground: str, subsequent: date | None) -> tuple[Levy, Levy]:
    """Compute again and rearrange what is to come. Returns the versions before and after; one if nothing changed."""
    former = assessment.required(desk, taxpayer_id, fiscal_year)
    found = calculation.calculate(desk, taxpayer_id, fiscal_year)
    if not is_changed(former.annual_levy, found.annual_levy):
        return former, former
    given = terms.terms_of(desk, fiscal_year)
    gap = found.annual_levy - former.annual_levy
    check_limit(dues.instalment_dues(fiscal_year, given.instalment_total)[0], desk.today, gap)
    remitted = remission_kept(former.remitted, found.annual_levy)
    plan = rearranged(desk, former, found, remitted, subsequent)
    levy_notices.pull(desk, taxpayer_id, fiscal_year)
    changed = {"remitted": remitted, "surplus": plan.surplus, "revision_ground": ground, **found.decided}
    base = revised_base(desk, former, found)
    return former, assessment.follow(desk, former, "revised", plan.lines, pension_base=base, **changed)


def revised_base(desk: Desk, former: Levy, found: calculation.Outcome) -> int:
    """What next spring's amounts are half of after a revision."""
    if not pension_collection.moves_next_spring(former.fiscal_year, desk.today):
        return former.pension_base
    shares = methods.decided(desk, former.taxpayer_id, former.fiscal_year, found.annual_levy)
    return pension_base(shares, found.flat_cut.total)


def rearranged(
    desk: Desk, former: Levy, found: calculation.Outcome, remitted: int, subsequent: date | None
) -> planning.Rearranged:
    """Drawn up anew while nothing is past; afterwards only what is to come changes."""
    key = (former.taxpayer_id, former.fiscal_year)
    lines = assessment.lines_of(former)
    shares = methods.decided(desk, *key, found.annual_levy)
    anew = drawn_up(desk, *key, shares, found.flat_cut.total)
    if is_ahead([*lines, *anew], desk.today) and not remitted:
        return planning.Rearranged(at_once(anew, former.fiscal_year, shares, found), 0)
    withheld = min(remissions.withheld_of(desk, *key), remitted, shares.salary)
    collected = shares_as_collected(lines, shares, remitted - withheld, withheld)
    employer = methods.choice(desk, *key).designation_number
    given = terms.terms_of(desk, former.fiscal_year)
    return planning.revised(former.fiscal_year, lines, collected, given, desk.today, subsequent, employer)


def is_ahead(lines: Sequence[Line], today: date) -> bool:
    """Whether nothing of a plan is past."""
    return not any(map(planning.past_by(today), lines))


# 地方税法323条: a revision does not take back what was remitted
def remission_kept(remitted: int, annual: int) -> int:
    return min(remitted, annual)


def is_changed(before: int, after: int) -> bool:
    return before != after


def shares_as_collected(
    lines: list[assessment.Line], shares: methods.Shares, remitted: int, withheld: int
) -> methods.Shares:
    """In the first year of pension collection a part of the pension's tax is in the instalments.

    What was remitted is missing there; of what an employer withholds, `withheld` is.
    """
    by_notice = shares.pension and not any(
        one.method == "pension" and one.month[-2:] in ("04", "06", "08") for one in lines
    )
    held = pension_collection.half(shares.pension) if by_notice else shares.pension
    return methods.Shares(shares.salary - withheld, held, shares.ordinary + shares.pension - held - remitted)


def check_limit(statutory_due: date, today: date, gap: int) -> None:
    """Raises Refusal after three years for more tax, after five for less (地方税法17条の5第3項・第4項)."""
    if not is_within_limit(statutory_due, today, gap):
        raise Refusal("past_levy_period", "法定納期限の翌日から、増額は3年、減額は5年を過ぎています。")


def is_within_limit(statutory_due: date, today: date, gap: int) -> bool:
    begins = statutory_due + timedelta(days=1)
    years = YEARS_TO_RAISE if gap > 0 else YEARS_TO_LOWER
    return today < begins.replace(year=begins.year + years)


def reinstate(desk: Desk, taxpayer_id: str, fiscal_year: int, version: int) -> Levy:
    """Bring back amount and plan of an earlier version; the versions between stay on record."""
    former = assessment.required(desk, taxpayer_id, fiscal_year)
    past = next(
        (one for one in assessment.versions(desk, taxpayer_id, fiscal_year) if one.levy_version == version), None
    )
    if past is None:
        raise Refusal("not_found", "その履歴番号の賦課がありません。")
    levy_notices.pull(desk, taxpayer_id, fiscal_year)
    kept = ("annual_levy", "remitted", "parts", "overall_income")
    brought_back = {name: getattr(past, name) for name in kept}
    if pension_collection.moves_next_spring(fiscal_year, desk.today):
        brought_back["pension_base"] = past.pension_base
    return assessment.follow(desk, former, "reinstated", assessment.lines_of(past), **brought_back)


# 地方税法24条、294条: one municipality levies on a person; 39条、318条: as of the first of January
def cancel(desk: Desk, taxpayer_id: str, fiscal_year: int, ground: str) -> tuple[Levy, Levy]:
    """Nothing is owed any more; what has fallen due is too much."""
    former = assessment.required(desk, taxpayer_id, fiscal_year)
    surplus = surplus_of(assessment.lines_of(former), desk.today)
    levy_notices.pull(desk, taxpayer_id, fiscal_year)
    return former, assessment.follow(
        desk, former, "levy_cancelled", (), annual_levy=0, parts={}, surplus=surplus, revision_ground=ground
    )


def surplus_of(lines: list[assessment.Line], today: date) -> int:
    return assessment.total(one for one in lines if planning.due_before(today)(one))

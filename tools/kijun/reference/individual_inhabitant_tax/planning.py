"""The plan of a year's collection: drawn up with the first levy, rearranged with everything that happens after it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kijun.reference.individual_inhabitant_tax import assessment, dues, instalments, pension_collection
from kijun.reference.individual_inhabitant_tax.assessment import Line
from kijun.reference.individual_inhabitant_tax.instalments import MONTHLY_FRACTION, Share
from kijun.reference.individual_inhabitant_tax.methods import Shares
from kijun.reference.individual_inhabitant_tax.terms import Terms


@dataclass(frozen=True, slots=True)
class Rearranged:
    """A plan after a change, and what the past took too much of it, in yen."""

    lines: list[Line]
    surplus: int


def first_plan(
    fiscal_year: int, shares: Shares, flat_cut: int, terms: Terms, employer: str | None, former_pension: int | None
) -> list[Line]:
    """`former_pension`: what provisional amounts are half of; None in the first year of pension collection."""
    only = flat_cut if is_single_method(shares) else 0
    pension = pension_plan(fiscal_year, shares.pension, former_pension, only, terms)
    return assessment.ordered(
        [
            *salary_lines(fiscal_year, shares.salary, flat_cut, employer),
            *[_pension_line(one) for one in (*pension.provisional, *pension.final)],
            *ordinary_lines(fiscal_year, shares.ordinary, only, terms, pension.ordinary),
        ]
    )


def is_single_method(shares: Shares) -> bool:
    return sum(share > 0 for share in (shares.salary, shares.pension, shares.ordinary)) == 1


def pension_plan(
    fiscal_year: int, levy: int, former: int | None, flat_cut: int, terms: Terms
) -> pension_collection.Plan:
    if former is None:
        return pension_collection.first_year(levy, fiscal_year, terms.instalment_fraction, flat_cut)
    return pension_collection.continued(levy, former, fiscal_year, flat_cut)


def salary_lines(fiscal_year: int, amount: int, flat_cut: int, employer: str | None) -> list[Line]:
    return [salary_line(one, employer) for one in instalments.by_month(amount, fiscal_year, flat_cut)]


def salary_line(share: Share, employer: str | None) -> Line:
    return _withheld("salary", share, employer)


def _pension_line(share: Share) -> Line:
    return _withheld("pension", share, None)


def _withheld(method: str, share: Share, employer: str | None) -> Line:
    return Line(method, 0, share.month, dues.monthly_due(share.month), share.amount, employer)


def ordinary_lines(
    fiscal_year: int, amount: int, flat_cut: int, terms: Terms, more: Sequence[Share] = ()
) -> list[Line]:
    """The instalments of the ordinance; `more` is added to those of its months."""
    amounts = instalments.by_instalment(
        amount, fiscal_year, terms.instalment_total, terms.instalment_fraction, flat_cut
    )
    added = {one.month: one.amount for one in more}
    return [
        replace(empty, amount=one + added.get(empty.month, 0))
        for empty, one in zip(empty_instalments(fiscal_year, terms), amounts, strict=True)
    ]


def empty_instalments(fiscal_year: int, terms: Terms) -> list[Line]:
    months = dues.instalment_months(terms.instalment_total)
    ends = dues.instalment_dues(fiscal_year, terms.instalment_total)
    return [
        Line("ordinary", number, instalments.month_of(fiscal_year, month), due, 0)
        for number, (month, due) in enumerate(zip(months, ends, strict=True), start=1)
    ]


# 地方税法321条の2、321条の6: what is past stays; the rest of the new amount goes to what is to come
def respread(lines: Sequence[Line], amount: int, is_past: Callable[[Line], bool], unit: int) -> tuple[list[Line], int]:
    """Lines of one method after their sum has become `amount`, and what has no line left (negative: too much)."""
    past = [one for one in lines if is_past(one)]
    coming = [one for one in lines if not is_past(one)]
    rest = amount - assessment.total(past)
    if rest <= 0 or not coming:
        return [*past, *(replace(one, amount=0) for one in coming)], rest
    spread = instalments.spread(rest, len(coming), unit)
    return [*past, *(replace(one, amount=part) for one, part in zip(coming, spread, strict=True))], 0


# 地方税法321条の2、321条の6、321条の7第1項、地方税法施行令48条の9の15
def revised(
    fiscal_year: int,
    lines: Sequence[Line],
    shares: Shares,
    terms: Terms,
    today: date,
    subsequent: date | None,
    employer: str | None = None,
) -> Rearranged:
    """The plan for new shares. What is past stays; what no method can still collect falls due later by notice.

    The lines add up to the shares: what the past took too much comes off its lines and is told as the surplus.
    """
    units = {"salary": MONTHLY_FRACTION, "pension": MONTHLY_FRACTION, "ordinary": terms.instalment_fraction}
    known = reopened(fiscal_year, lines, terms, today, employer)
    plan: list[Line] = []
    too_much = 0
    for method, amount in by_open_method(known, shares, today).items():
        part, rest = respread(assessment.of_method(known, method), amount, past_by(today), units[method])
        plan += part
        if rest > 0:
            plan.append(subsequent_line(rest, today, subsequent))
        too_much -= min(rest, 0)
    return Rearranged(assessment.ordered(given_back(plan, too_much, today)), too_much)


def reopened(fiscal_year: int, lines: Sequence[Line], terms: Terms, today: date, employer: str | None) -> list[Line]:
    """The plan with instalments, and with months of an employer, that hold nothing so far."""
    salary = assessment.of_method(lines, "salary")
    if employer is not None and all(map(past_by(today), salary)):
        empty = [salary_line(Share(month, 0), employer) for month in instalments.months_of(fiscal_year)]
        salary = [*salary, *(one for one in empty if not past_by(today)(one))]
    ordinary = with_empty(fiscal_year, assessment.of_method(lines, "ordinary"), terms)
    return [*salary, *assessment.of_method(lines, "pension"), *ordinary]


def by_open_method(lines: Sequence[Line], shares: Shares, today: date) -> dict[str, int]:
    """What each method collects in the end: one that has ended keeps what it holds, another collects the rest."""
    amounts = {"salary": shares.salary, "pension": shares.pension, "ordinary": shares.ordinary}
    of = {method: assessment.of_method(lines, method) for method in amounts}
    past = {method: total_past(held, today) for method, held in of.items()}
    open_ones = [method for method in amounts if amounts[method] > 0 and not all(map(past_by(today), of[method]))]
    for method in ("salary", "pension"):
        if method not in open_ones:
            amounts["ordinary"] += amounts[method] - past[method]
            amounts[method] = past[method]
    if shares.ordinary <= 0 and open_ones:
        amounts[open_ones[0]] += amounts["ordinary"] - past["ordinary"]
        amounts["ordinary"] = past["ordinary"]
    return amounts


def total_past(lines: Sequence[Line], today: date) -> int:
    return assessment.total(filter(past_by(today), lines))


def past_by(today: date) -> Callable[[Line], bool]:
    """Whether a line can no longer change: withheld up to this month, told to the payer of a pension, or fallen due."""
    rules = {"ordinary": due_before(today), "salary": withheld_before(today), "pension": told_before(today)}
    return lambda line: rules[line.method](line)


# 地方税法17条、17条の4（二以上の納期の過誤納金は、納付の遅いものから遡る。項は公式の本文と未照合）
def given_back(lines: Sequence[Line], amount: int, today: date) -> list[Line]:
    """Take an amount off what is past, beginning with what fell due last."""
    left: list[Line] = [one for one in lines if not past_by(today)(one)]
    for one in sorted(filter(past_by(today), lines), key=lambda line: line.due_on, reverse=True):
        taken = min(one.amount, amount)
        amount -= taken
        left.append(replace(one, amount=one.amount - taken))
    return left


def withheld_before(today: date) -> Callable[[Line], bool]:
    """Months up to that of the change are withheld as they were."""
    return lambda line: line.month <= dues.month_of(today)


def told_before(today: date) -> Callable[[Line], bool]:
    return lambda line: withheld_before(today)(line) or pension_collection.is_told(line.month, today)


def due_before(today: date) -> Callable[[Line], bool]:
    return lambda line: line.due_on < today


def with_empty(fiscal_year: int, ordinary: Sequence[Line], terms: Terms) -> list[Line]:
    """The instalments with something in them and those without, in order."""
    numbers = {one.number for one in ordinary}
    return sorted(
        [*ordinary, *(one for one in empty_instalments(fiscal_year, terms) if one.number not in numbers)],
        key=lambda one: one.due_on,
    )


# 地方税法321条の7第1項: in the due dates to come, else at once
def to_ordinary(
    fiscal_year: int, lines: Sequence[Line], amount: int, terms: Terms, today: date, subsequent: date | None
) -> list[Line]:
    """Put an amount that nobody withholds any more on the instalments to come."""
    known = with_empty(fiscal_year, assessment.of_method(lines, "ordinary"), terms)
    coming = [one for one in known if one.number and not due_before(today)(one)]
    others = [one for one in lines if one not in coming]
    if not coming:
        return assessment.ordered([*others, subsequent_line(amount, today, subsequent)])
    parts = instalments.spread(amount, len(coming), terms.instalment_fraction)
    raised = [replace(one, amount=one.amount + part) for one, part in zip(coming, parts, strict=True)]
    return assessment.ordered([*others, *raised])


# 地方税法320条、321条の5第1項: nothing is levied into the past
def not_before(fiscal_year: int, lines: Sequence[Line], terms: Terms, today: date) -> list[Line]:
    """A first plan drawn up late: what has fallen due is spread over the instalments and months to come."""
    gone = [one for one in lines if is_gone(one, today)]
    if not gone:
        return list(lines)
    ordinary = assessment.total(assessment.of_method(lines, "ordinary"))
    months = [one for one in assessment.of_method(lines, "salary") if one not in gone]
    salary = assessment.total(assessment.of_method(lines, "salary"))
    parts = instalments.spread(salary, len(months), MONTHLY_FRACTION) if months else []
    left = [*assessment.of_method(lines, "pension"), *map(_with_amount, months, parts)]
    return to_ordinary(fiscal_year, left, ordinary if months else ordinary + salary, terms, today, None)


def small_methods(fiscal_year: int, shares: Shares, capita: int, flat_cut: int) -> frozenset[str]:
    """The methods that collect at once: `capita` is what the person owes per head, in yen."""
    amounts = {"salary": shares.salary, "ordinary": shares.salary + shares.pension + shares.ordinary}
    return frozenset(
        method for method, amount in amounts.items() if instalments.is_small(amount, capita, fiscal_year, flat_cut)
    )


def at_once(lines: Sequence[Line], methods: Collection[str]) -> list[Line]:
    """The plan in which each of these methods collects everything where it collects first."""
    found = [one for one in lines if one.method not in methods]
    for method in methods:
        of_one = sorted(assessment.of_method(lines, method), key=lambda one: one.due_on)
        amounts = instalments.at_once([one.amount for one in of_one]) if of_one else []
        found += map(_with_amount, of_one, amounts)
    return assessment.ordered(found)


def is_gone(line: Line, today: date) -> bool:
    if line.method == "salary":
        return line.month < dues.month_of(today)
    return line.method == "ordinary" and due_before(today)(line)


def _with_amount(line: Line, amount: int) -> Line:
    return replace(line, amount=amount)


def subsequent_line(amount: int, today: date, due_on: date | None) -> Line:
    """An instalment of its own (随時期), due when the ordinance says, else at the end of the month after."""
    due = dues.open_day(due_on) if due_on else dues.end_of_following_month(today)
    return Line("ordinary", 0, dues.month_of(due), due, amount)


def to_salary(
    fiscal_year: int, lines: Sequence[Line], employer: str, since: str, today: date
) -> tuple[list[Line], int]:
    """Move the instalments to come to the months from `since` on. Returns the plan and the amount moved."""
    moving = movable(lines, today)
    amount = assessment.total(moving)
    months = [month for month in instalments.months_of(fiscal_year) if month >= since]
    added = [
        salary_line(Share(month, part), employer)
        for month, part in zip(months, instalments.spread(amount, len(months), MONTHLY_FRACTION), strict=True)
    ]
    left = [one for one in lines if one not in moving]
    return assessment.ordered(merged([*left, *added])), amount


def to_months(
    fiscal_year: int, lines: Sequence[Line], amount: int, employer: str, today: date
) -> tuple[list[Line], int]:
    """Put an amount on the months an employer still withholds. Returns the plan and what went there: all or nothing."""
    months = [month for month in instalments.months_of(fiscal_year) if month > dues.month_of(today)]
    if not amount or not months:
        return list(lines), 0
    parts = instalments.spread(amount, len(months), MONTHLY_FRACTION)
    added = [salary_line(Share(month, part), employer) for month, part in zip(months, parts, strict=True)]
    return assessment.ordered(merged([*lines, *added])), amount


def movable(lines: Sequence[Line], today: date) -> list[Line]:
    """The instalments to come: what has fallen due stays with the person."""
    return [one for one in lines if one.method == "ordinary" and not due_before(today)(one)]


def merged(lines: Sequence[Line]) -> list[Line]:
    """Amounts that one employer withholds in one month are one line."""
    found: dict[tuple[str, int, str, str | None], Line] = {}
    for one in lines:
        key = (one.method, one.number, one.month, one.employer)
        before = found.get(key)
        found[key] = one if before is None else replace(before, amount=before.amount + one.amount)
    return list(found.values())


def split_at(lines: Sequence[Line], method: str, month: str) -> tuple[list[Line], list[Line]]:
    """What stays of the plan, and the lines of a method in months after `month`."""
    gone = [one for one in lines if one.method == method and one.month > month]
    return [one for one in lines if one not in gone], gone

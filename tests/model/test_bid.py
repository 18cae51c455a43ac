"""What an answer of a bidder is worth, and which answers somebody has to ask about."""

from __future__ import annotations

from datetime import date

import pytest

from kijun.model.bid import AnswerStatus as S
from kijun.model.bid import Bid, BidAnswer, Cost, Due, Policy, Standing, contradictions, standing
from kijun.model.requirement import Obligation

DEADLINE = date(2026, 3, 31)
POLICY = Policy(as_of=date(2026, 3, 1), deadline=DEADLINE)


def answer(status: S, **more: object) -> BidAnswer:
    return BidAnswer("r", status, "○", "回答!F5", **more)  # type: ignore[arg-type]  # a test may say less


def due(day: date | None, written: str = "あの日") -> Due:
    return Due(day, written)


@pytest.mark.parametrize(
    ("given", "obligation", "worth"),
    [
        (answer(S.STANDARD), Obligation.MANDATORY, Standing.MET),
        (answer(S.SETTING), Obligation.OPTIONAL, Standing.MET),
        (answer(S.WORKAROUND, remarks="台帳"), Obligation.MANDATORY, Standing.UNMET),
        (answer(S.CUSTOMIZE, cost=Cost(1, "1")), Obligation.MANDATORY, Standing.UNMET),
        (answer(S.EXTERNAL, remarks="他"), Obligation.MANDATORY, Standing.UNMET),
        (answer(S.NOT_SUPPORTED), Obligation.MANDATORY, Standing.UNMET),
        (answer(S.NOT_APPLICABLE), Obligation.OPTIONAL, Standing.OUTSIDE),
        (answer(S.NOT_APPLICABLE), Obligation.MANDATORY, Standing.UNDECIDED),
        (answer(S.UNANSWERED), Obligation.MANDATORY, Standing.UNDECIDED),
        (answer(S.CONFLICT), Obligation.OPTIONAL, Standing.UNDECIDED),
        (answer(S.STANDARD), Obligation.PROHIBITED, Standing.UNDECIDED),
        (answer(S.NOT_SUPPORTED), Obligation.PROHIBITED, Standing.MET),
        (answer(S.NOT_APPLICABLE), Obligation.PROHIBITED, Standing.MET),
        (answer(S.UNANSWERED), Obligation.PROHIBITED, Standing.UNDECIDED),
    ],
)
def test_what_an_answer_is_worth(given: BidAnswer, obligation: Obligation, worth: Standing) -> None:
    assert standing(given, obligation, POLICY) is worth


@pytest.mark.parametrize(
    ("day", "as_of", "worth"),
    [
        (DEADLINE, date(2026, 3, 1), Standing.PROMISED),
        (DEADLINE, DEADLINE, Standing.PROMISED),
        (DEADLINE, date(2026, 4, 1), Standing.UNMET),
        (date(2026, 4, 1), date(2026, 3, 1), Standing.UNMET),
        (None, date(2026, 3, 1), Standing.UNMET),
    ],
)
def test_a_promise_counts_until_its_day_and_only_before_the_deadline(
    day: date | None, as_of: date, worth: Standing
) -> None:
    """Example ⑥ (31 March 2026 counts on 1 March and no longer on 1 April) and example ⑦ (未定 is not satisfied)."""
    given = answer(S.PLANNED, due=due(day))
    assert standing(given, Obligation.MANDATORY, Policy(as_of, DEADLINE)) is worth


def test_a_buyer_may_let_more_count() -> None:
    generous = Policy(POLICY.as_of, DEADLINE, accepts_workaround=True, accepts_customization=True)
    assert standing(answer(S.WORKAROUND, remarks="台帳"), Obligation.MANDATORY, generous) is Standing.MET
    assert standing(answer(S.CUSTOMIZE), Obligation.MANDATORY, generous) is Standing.PROMISED
    late = answer(S.CUSTOMIZE, due=due(date(2026, 4, 1)))
    assert standing(late, Obligation.MANDATORY, generous) is Standing.UNMET


@pytest.mark.parametrize(
    ("given", "obligation", "rules"),
    [
        (answer(S.STANDARD, cost=Cost(800_000, "800千円")), Obligation.MANDATORY, ["supported_with_cost"]),
        (answer(S.STANDARD, cost=Cost(0, "込み")), Obligation.MANDATORY, []),
        (answer(S.CUSTOMIZE, cost=Cost(800_000, "800千円")), Obligation.MANDATORY, []),
        (answer(S.CUSTOMIZE, cost=Cost(None, "別途")), Obligation.MANDATORY, ["customized_without_cost"]),
        (answer(S.NOT_SUPPORTED, due=due(DEADLINE)), Obligation.MANDATORY, ["refused_with_date"]),
        (answer(S.PLANNED, due=due(DEADLINE)), Obligation.PROHIBITED, ["prohibited_offered"]),
        (answer(S.NOT_APPLICABLE), Obligation.MANDATORY, ["mandatory_left_out"]),
        (answer(S.PLANNED, due=due(None, "未定")), Obligation.MANDATORY, ["planned_without_date"]),
        (answer(S.PLANNED), Obligation.MANDATORY, ["planned_without_date"]),
        (answer(S.WORKAROUND), Obligation.OPTIONAL, ["nothing_named"]),
        (answer(S.EXTERNAL, remarks="台帳くん"), Obligation.OPTIONAL, []),
    ],
)
def test_cells_that_cannot_both_be_true_are_named(given: BidAnswer, obligation: Obligation, rules: list[str]) -> None:
    found = list(contradictions(given, obligation))
    assert [one.rule for one in found] == rules
    assert all(one.text.endswith("。") for one in found)


def test_a_row_that_a_book_does_not_have_is_unanswered() -> None:
    bid = Bid("A社", "p", "1", {}, {"r": answer(S.STANDARD)}, "a.xlsx", "0" * 64)
    assert (bid.answer("r").status, bid.answer("s").status) == (S.STANDARD, S.UNANSWERED)

"""How values are written and read, and how verdicts combine."""

from __future__ import annotations

from typing import Any

import pytest

from kijun.model.errors import Position
from kijun.model.glossary import FieldUse, Glossary, Label, Operation, UnknownLabel, Word
from kijun.model.requirement import Method, MunicipalityClass, Obligation
from kijun.model.statement import Answer
from kijun.model.values import ValueUnreadable, read_value, show_value
from kijun.model.verdict import Claim, Fault, Status, Verdict, combine, combine_attempts

GLOSSARY = Glossary(
    words=(Word("大きさ", "size", "code", codes={"小": "small"}),),
    operations=(Operation("水やり", "water", "command", (), ()),),
    reasons=(Label("ない", "missing"),),
    roles=(Label("係", "clerk"),),
)


def word(kind: str) -> Word:
    return Word("語", "key", kind, codes={"小": "small"})


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("yen", "12,900円", 12900),
        ("yen", "１２，９００円", 12900),
        ("count", "3件", 3),
        ("count", "658cc", 658),
        ("flag", "はい", True),
        ("flag", "いいえ", False),
        ("date", "令和8年4月1日", "2026-04-01"),
        ("date", "2026-04-01", "2026-04-01"),
        ("date", "令和元年5月1日", "2019-05-01"),
        ("date", "昭和64年1月7日", "1989-01-07"),
        ("date", "平成28年2月29日", "2016-02-29"),
        ("year_month", "平成25年3月", "2013-03"),
        ("year_month", "2013-03", "2013-03"),
        ("fiscal_year", "令和8年度", 2026),
        ("fiscal_year", "2026年度", 2026),
        ("code", "小", "small"),
        ("role", "係", "clerk"),
        ("operation", "水やり", "water"),
        ("text", "　そのまま ", "　そのまま "),
    ],
)
def test_a_value_is_read_as_a_clerk_writes_it(kind: str, text: str, value: Any) -> None:
    assert read_value(word(kind), text, GLOSSARY) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yen", "12,90円"),
        ("count", "3個半"),
        ("flag", "yes"),
        ("date", "令和8年2月30日"),
        ("date", "8/4/1"),
        ("year_month", "平成25年13月"),
        ("year_month", "平成25年"),
        ("fiscal_year", "令和8"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_the_form_expected(kind: str, text: str) -> None:
    with pytest.raises(ValueUnreadable, match="で書いてください。"):
        read_value(word(kind), text, GLOSSARY)


@pytest.mark.parametrize(("kind", "text"), [("code", "中"), ("role", "長"), ("operation", "水替え")])
def test_a_label_nobody_knows_is_refused(kind: str, text: str) -> None:
    with pytest.raises(UnknownLabel):
        read_value(word(kind), text, GLOSSARY)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("yen", 12900, "12,900円"),
        ("yen", "x", "x"),
        ("flag", True, "はい"),
        ("flag", False, "いいえ"),
        ("fiscal_year", 2026, "令和8年度"),
        ("fiscal_year", 2016, "平成28年度"),
        ("code", "small", "小"),
        ("code", "huge", "huge"),
        ("role", "clerk", "係"),
        ("role", "boss", "boss"),
        ("operation", "water", "水やり"),
        ("operation", "dry", "dry"),
        ("text", None, "（空）"),
        ("text", "a", "a"),
    ],
)
def test_a_value_is_shown_as_a_person_reads_it(kind: str, value: Any, shown: str) -> None:
    assert show_value(word(kind), value, GLOSSARY) == shown


def test_the_nearest_known_label_is_offered() -> None:
    with pytest.raises(UnknownLabel, match="「大きさ」のことですか。"):
        GLOSSARY.word("大ききさ")
    with pytest.raises(UnknownLabel, match="用語集に加えてください。"):
        GLOSSARY.fact("鉢")
    assert (GLOSSARY.reason("ない").key, GLOSSARY.reason_label("missing"), GLOSSARY.reason_label("odd")) == (
        "missing",
        "ない",
        "odd",
    )
    assert GLOSSARY.word_of("size").label == "大きさ"
    assert GLOSSARY.operation_of("water").is_query is False


def test_a_field_says_whether_it_may_be_absent_null_or_supplied() -> None:
    assert FieldUse.parse("a?") == FieldUse("a", optional=True)
    assert FieldUse.parse("a~") == FieldUse("a", nullable=True)
    assert FieldUse.parse({"word": "a", "from": "b", "default": 1}) == FieldUse("a", default=1, provider="b")


P, F, U, E, N = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.ERROR, Verdict.NONE


@pytest.mark.parametrize(
    ("verdicts", "together"),
    [([], N), ([P, P], P), ([P, N], N), ([P, N, U], U), ([P, U, F], F), ([F, E, P], E)],
)
def test_the_worst_step_decides(verdicts: list[Verdict], together: Verdict) -> None:
    assert combine(verdicts) is together


@pytest.mark.parametrize(
    ("verdicts", "together"), [([F, P], U), ([P, F], U), ([F, F], F), ([E, P], E), ([F, P, E], E), ([P], P)]
)
def test_attempts_that_disagree_are_inconclusive(verdicts: list[Verdict], together: Verdict) -> None:
    assert combine_attempts(verdicts) is together


def test_exit_codes_follow_the_claim() -> None:
    assert [claim.exit_code() for claim in Claim] == [0, 2, 1, 2]
    assert Claim.CONFORMANT_WITH_WAIVERS.exit_code(accept_waivers=True) == 0


def test_everything_a_reader_meets_has_a_japanese_word() -> None:
    kinds: tuple[Any, ...] = (Verdict, Status, Claim, Fault, Answer, Method, MunicipalityClass, Obligation)
    assert all(one.label for kind in kinds for one in kind)
    assert all(one.remedy for one in Fault)
    assert [one.symbol for one in Obligation] == ["◎", "○", "×", ""]
    blocking = {status for status in Status if status.blocks}
    assert blocking == {Status.NOT_SATISFIED, Status.NOT_VERIFIED, Status.INCONCLUSIVE}
    assert str(Position("a")) == "a"

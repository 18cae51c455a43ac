"""What became of a requirement: as declared, else as computed and said to be so."""

from __future__ import annotations

from typing import Any

import pytest
from edition_rows import CLASSES, SLUG, edition, row, table

from kijun.model.edition import Edition
from kijun.model.errors import UsageError
from kijun.model.statement import Answer
from kijun.publishing.comparison import Change, Comparison, Kind, compare
from kijun.publishing.reach import Reach

PRINT = "鉢の名札を印刷し、郵送できること。"
MOVED_HOUSE = "登録した鉢の持ち主が転居したとき、転居の日と新しい住所を台帳の履歴に残せること。"
WINTER = "冬の間は水やりの通知を止め、春になったら通知の送付を自動で再開すること。"
WATER, MANURE = "水の量を記録できること。", "肥料の種類を記録できること。"


def number(end: str) -> str:
    return f"999-1.1.1-{end}"


def only(comparison: Comparison) -> Change:
    """The single thing that changed."""
    (change,) = [one for one in comparison.changes if one.kind is not Kind.SAME]
    return change


def told(change: Change) -> tuple[Kind, list[str], list[str], bool]:
    return change.kind, [one.id[-2:] for one in change.old], [one.id[-2:] for one in change.new], change.is_guess


def test_an_edition_compared_with_itself_tells_nothing() -> None:
    one = edition("1", row("01", WATER), row("02", PRINT))
    assert [change.kind for change in compare(one, one).changes] == [Kind.SAME, Kind.SAME]


def test_a_new_and_a_removed_row_that_have_nothing_in_common_stay_apart() -> None:
    found = compare(edition("1", row("01", WATER), row("02", PRINT)), edition("2", row("01", WATER), row("03", WINTER)))
    assert [told(one) for one in found.changes] == [
        (Kind.SAME, ["01"], ["01"], False),
        (Kind.REMOVED, ["02"], [], False),
        (Kind.ADDED, [], ["03"], False),
    ]
    assert [one.has_effect for one in found.changes] == [False, True, True]


@pytest.mark.parametrize(
    ("cells", "kind", "has_effect"),
    [
        ({"text": "水の量を毎日記録できること。"}, Kind.CHANGED, True),
        ({"category": {**dict.fromkeys(CLASSES, "mandatory"), "town_village": "none"}}, Kind.CHANGED, True),
        ({"effective": {"from": "2027-04-01", "basis": "試験用", "source": "estimated"}}, Kind.CHANGED, True),
        ({"operations": []}, Kind.CHANGED, True),
        ({"rationale": "別の理由。"}, Kind.CHANGED, False),
        ({"legal_basis": [{"law": "架空法", "article": "2条"}]}, Kind.CHANGED, False),
        ({"middle": "帳票"}, Kind.MOVED, False),
        ({"middle": "帳票", "text": "水の量を毎日記録できること。"}, Kind.CHANGED, True),
        ({"history": []}, Kind.SAME, False),
    ],
)
def test_only_what_a_product_is_held_to_has_an_effect(cells: dict[str, Any], kind: Kind, has_effect: bool) -> None:
    (change,) = compare(edition("1", row("01", WATER)), edition("2", row("01", WATER, **cells))).changes
    assert (change.kind, change.has_effect, change.is_moved) == (kind, has_effect, "middle" in cells)


def test_the_same_text_under_another_number_is_a_renumbering_and_a_guess_unless_declared() -> None:
    old = edition("1", row("01", MOVED_HOUSE))
    guess = only(compare(old, edition("2", row("02", MOVED_HOUSE))))
    assert told(guess) == (Kind.RENUMBERED, ["01"], ["02"], True)
    assert not guess.has_effect
    declared = only(compare(old, edition("2", row("02", MOVED_HOUSE, supersedes=[number("01")]))))
    assert told(declared) == (Kind.RENUMBERED, ["01"], ["02"], False)


def test_a_retired_number_tells_its_successor_and_why() -> None:
    retired = {"id": number("01"), "because": "言い方を改めた。", "superseded_by": [number("02")]}
    found = compare(edition("1", row("01", WATER)), edition("2", row("02", WINTER), retired=[retired]))
    assert told(only(found)) == (Kind.REPLACED, ["01"], ["02"], False)
    assert found.reasons(only(found)) == ("言い方を改めた。",)


def test_nearly_the_same_words_are_a_replacement_by_guess() -> None:
    new = edition("2", row("02", MOVED_HOUSE.replace("転居の日", "転出の日")))
    change = only(compare(edition("1", row("01", MOVED_HOUSE)), new))
    assert told(change) == (Kind.REPLACED, ["01"], ["02"], True)
    assert change.has_effect


def test_a_split_is_declared_by_its_parts_one_of_which_may_keep_the_number() -> None:
    old, parts = edition("1", row("01", PRINT)), ("鉢の名札を印刷できること。", "鉢の名札を郵送できること。")
    apart = edition("2", row("02", parts[0], supersedes=[number("01")]), row("03", parts[1], supersedes=[number("01")]))
    assert told(only(compare(old, apart))) == (Kind.SPLIT, ["01"], ["02", "03"], False)
    kept = edition("2", row("01", parts[0]), row("03", parts[1], supersedes=[number("01")]))
    assert told(only(compare(old, kept))) == (Kind.SPLIT, ["01"], ["01", "03"], False)


def test_a_split_and_a_merge_that_nobody_declared_are_guessed_from_the_words() -> None:
    whole = edition("1", row("01", WINTER))
    parts = edition(
        "2", row("02", "冬の間は水やりの通知を止めること。"), row("03", "春になったら通知の送付を自動で再開すること。")
    )
    assert told(only(compare(whole, parts))) == (Kind.SPLIT, ["01"], ["02", "03"], True)
    assert told(only(compare(parts, whole))) == (Kind.MERGED, ["02", "03"], ["01"], True)


def test_a_row_that_takes_in_a_removed_one_is_a_merger() -> None:
    old = edition("1", row("01", WATER), row("02", MANURE))
    new = edition("2", row("01", "水の量及び肥料の種類を記録できること。", supersedes=[number("02")]))
    assert told(only(compare(old, new))) == (Kind.MERGED, ["01", "02"], ["01"], False)


def test_what_was_declared_in_an_earlier_edition_is_not_told_again() -> None:
    rows = (row("01", PRINT), row("02", WATER, supersedes=[number("01"), number("00")]), row("03", WINTER))
    changes = compare(edition("2", *rows), edition("3", *rows)).changes
    assert [one.kind for one in changes] == [Kind.SAME] * 3


def test_a_reason_is_what_the_history_tells_of_this_revision_and_of_no_earlier_one() -> None:
    first = {"edition": "1", "date": "2026-04-01", "change": "modified", "summary": "前の改正。"}
    second = {"edition": "2", "date": "2027-04-01", "change": "modified", "summary": "今の改正。"}
    old = edition("1", row("01", WATER, history=[first]), row("02", PRINT, history=[first]))
    new = edition("2", row("01", MANURE, history=[first, second]), row("02", MANURE, history=[first]))
    found = compare(old, new)
    assert [found.reasons(one) for one in found.changes] == [("今の改正。",), ()]


def test_a_row_that_went_to_another_table_is_told_once() -> None:
    old = Edition("1", (table([row("01", WATER), row("02", PRINT)]), table([], "pan_register")))
    new = Edition("2", (table([row("01", WATER)]), table([row("02", PRINT)], "pan_register")))
    assert [told(one)[1:3] for one in compare(old, new).changes] == [(["01"], ["01"]), (["02"], ["02"])]


def test_editions_without_a_common_business_are_not_compared() -> None:
    with pytest.raises(UsageError, match="共通の業務がない"):
        compare(edition("1", row("01", WATER)), edition("2", row("01", WATER), business="pan_register"))


def test_a_business_of_one_edition_only_is_new_or_gone_as_a_whole() -> None:
    one = edition("1", row("01", WATER))
    two = Edition("2", (*one.tables, table([{**row("02", WATER), "id": "998-1-01"}], "pan_register")))
    assert [change.kind for change in compare(one, two).changes] == [Kind.SAME, Kind.ADDED]
    assert [change.kind for change in compare(two, one).changes] == [Kind.SAME, Kind.REMOVED]
    assert compare(one, two).of(SLUG)[0].kind is Kind.SAME


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (row("01", "水の量を毎日記録できること。"), ("999-1.1.1-01 に答え直す（今の回答「実装」）",)),
        (row("01", WATER, rationale="別の理由。"), ()),
        (
            row("02", WATER, supersedes=[number("01")]),
            ("回答（999-1.1.1-01「実装」）を 999-1.1.1-02 に移す",),
        ),
        (
            row("02", WATER),
            ("対応が正しいか確かめた上で、回答（999-1.1.1-01「実装」）を 999-1.1.1-02 に移す",),
        ),
        (row("01", WATER), ()),
    ],
)
def test_the_vendor_is_told_which_answers_to_look_at_again(new: dict[str, Any], expected: tuple[str, ...]) -> None:
    (change,) = compare(edition("1", row("01", WATER)), edition("2", new)).changes
    assert Reach(answers={number("01"): Answer.YES.label}).revisits(change) == expected
    assert Reach().revisits(change) == ()


def test_answers_to_new_and_to_removed_rows_are_told_apart() -> None:
    found = compare(edition("1", row("01", WATER), row("03", PRINT)), edition("2", row("02", WINTER), row("03", PRINT)))
    reach = Reach(answers={number("01"): Answer.NO.label})
    by_kind = {one.kind: reach.revisits(one) for one in found.changes}
    assert by_kind[Kind.REMOVED] == ("999-1.1.1-01 の回答を消す",)
    assert by_kind[Kind.ADDED] == ("999-1.1.1-02 に新しく答える",)


def test_the_order_of_rows_does_not_decide_what_is_guessed() -> None:
    texts = [
        f"第{one}号の様式による{thing}の届出を受け付け、台帳に残せること。"
        for one in range(9)
        for thing in ("鉢", "土")
    ]
    old = [row(f"{index:02}", text) for index, text in enumerate(texts)]
    new = [row(f"{index + 40:02}", text.replace("残せる", "記録できる")) for index, text in enumerate(texts)]
    forth = compare(edition("1", *old), edition("2", *new))
    back = compare(edition("1", *reversed(old)), edition("2", *reversed(new)))
    assert {told(one)[0] for one in forth.changes} == {Kind.REPLACED}
    assert sorted(str(told(one)) for one in forth.changes) == sorted(str(told(one)) for one in back.changes)
    assert all(int(one.new[0].id[-2:]) == int(one.old[0].id[-2:]) + 40 for one in forth.changes)

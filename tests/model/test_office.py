"""Which 課 looks after a row."""

from __future__ import annotations

from edition_rows import SLUG, row, table

from kijun.model.office import Office, office_of

(FIRST, SECOND) = table([row("01", "鉢を登録できること。"), row("02", "庭を測れること。", major="庭")]).requirements


def test_an_office_looks_after_whatever_any_of_its_sets_names() -> None:
    assert Office("全部", businesses=frozenset([SLUG])).looks_after(SECOND)
    assert [Office("庭", majors=frozenset(["庭"])).looks_after(one) for one in (FIRST, SECOND)] == [False, True]
    chapters = frozenset([(SLUG, "鉢"), ("other", "庭")])
    assert [Office("章", chapters=chapters).looks_after(one) for one in (FIRST, SECOND)] == [True, False]
    assert [Office("行", requirements=frozenset([SECOND.id])).looks_after(one) for one in (FIRST, SECOND)] == [
        False,
        True,
    ]
    assert not Office("なし").looks_after(FIRST)


def test_the_first_office_in_order_takes_a_row_of_two() -> None:
    one, other = Office("甲課", businesses=frozenset([SLUG])), Office("乙課", majors=frozenset(["鉢"]))
    assert office_of(FIRST, [one, other]) is one
    assert office_of(FIRST, [other, one]) is other
    assert office_of(SECOND, [other]) is None

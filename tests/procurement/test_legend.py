"""The meaning of codes: the book's own words first, and a question where there are none."""

from __future__ import annotations

import pytest

from kijun.model.bid import AnswerStatus as S
from kijun.procurement.legend import Legend, by_words, proposed


def test_the_legend_of_the_book_decides_and_two_books_may_disagree() -> None:
    one = proposed(["◎", "○"], ["凡例", "◎：標準で対応　○：運用で対応　×：別途検討　－：利用しない"])
    other = proposed(["◎", "○"], ["○=標準機能、△=カスタマイズ(費用を記入)、×=対応不可"])
    assert {each.code: each.status for each in one} == {"◎": S.STANDARD, "○": S.WORKAROUND}
    assert {each.code: each.status for each in other} == {"◎": S.STANDARD, "○": S.STANDARD}
    assert all("凡例「" in each.ground for each in one)
    assert "凡例がありません" in next(each.ground for each in other if each.code == "◎")


def test_what_cannot_be_known_is_left_open() -> None:
    found = {one.code: one for one in proposed(["o", "同左", "要相談", "甲", "対応可能(一部)", ""], [])}
    assert len(found) == 5
    assert all(one.status is None for one in found.values())
    assert "打ち間違い" in found["O"].ground


def test_every_code_is_counted_in_all_its_spellings() -> None:
    [only] = proposed(["〇", "○", "◯ "], [])
    assert (only.code, only.cells) == ("○", 3)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("標準機能で対応", S.STANDARD),
        ("パラメータ設定により対応", S.SETTING),
        ("カスタマイズにて対応可", S.CUSTOMIZE),
        ("他システムと連携して実現", S.EXTERNAL),
        ("令和8年3月に対応予定", S.PLANNED),
        ("標準では対応不可", S.NOT_SUPPORTED),
        ("代替手順あり", S.WORKAROUND),
        ("対象外", S.NOT_APPLICABLE),
        ("対応可?", None),
        ("検討します", None),
    ],
)
def test_answers_in_words(words: str, status: S | None) -> None:
    assert by_words(words) is status


def test_reading_with_a_confirmed_legend_never_guesses() -> None:
    legend = Legend({"○": S.STANDARD})
    assert [legend.status(cell) for cell in ("〇", "　", "◎", "標準対応")] == [S.STANDARD, S.UNANSWERED, None, None]

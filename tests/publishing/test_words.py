"""Which words are underlined on either side."""

from __future__ import annotations

from random import Random

import pytest

from kijun.publishing.words import Runs, compared


def shown(runs: Runs) -> str:
    return "".join(f"[{run.text}]" if run.is_marked else run.text for run in runs)


@pytest.mark.parametrize(
    ("new", "old", "left", "right"),
    [
        ("十円未満を切り捨てる", "百円未満を切り捨てる", "[十円未満]を切り捨てる", "[百円未満]を切り捨てる"),
        ("大きさ及び種類に応じる", "大きさに応じる", "大きさ[及び種類]に応じる", "大きさに応じる"),
        ("軽自動車を除く", "軽自動車を除く", "軽自動車を除く", "軽自動車を除く"),
        ("", "全て削る", "", "[全て削る]"),
        ("第12条のCSVデータ", "第1条のXMLデータ", "第[12]条の[CSV]データ", "第[1]条の[XML]データ"),
        ("住所の変更", "氏名の訂正", "[住所の変更]", "[氏名の訂正]"),  # の alone says nothing
        ("の変更", "の訂正", "の[変更]", "の[訂正]"),  # at an end it stands between nothing
    ],
)
def test_changed_words_are_marked_whole(new: str, old: str, left: str, right: str) -> None:
    ours, theirs = compared(new, old)
    assert (shown(ours), shown(theirs)) == (left, right)


def test_the_runs_joined_are_the_texts_whatever_they_are() -> None:
    random = Random(7)
    letters = "税額の計算をA1ア\n𠮷\ud800\u202e　"
    for _ in range(300):
        new, old = ("".join(random.choices(letters, k=random.randrange(12))) for _ in range(2))
        ours, theirs = compared(new, old)
        assert "".join(run.text for run in ours) == new
        assert "".join(run.text for run in theirs) == old
        assert all(run.text for run in (*ours, *theirs))

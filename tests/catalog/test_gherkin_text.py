"""Traps of Japanese Gherkin, told with the mend before a parser stumbles."""

from __future__ import annotations

from pathlib import Path

import pytest

from kijun.catalog.gherkin_text import text_problems

CLEAN = """# language: ja
機能: 名
  説明の行。

  @req:999-1.1.1-01
  シナリオアウトライン: 例
    前提 「あ」である
    かつ 「<い>」である

    例: 見出し
      | い |
      | う |
"""


def told(text: str) -> list[str]:
    return [f"{problem.at.line}: {problem.message} {problem.hint}" for problem in text_problems(Path("a"), text)]


def test_a_clean_file_has_nothing_to_tell() -> None:
    assert told(CLEAN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# language: ja\n", "", "1: 言語の指定がありません。"),
        ("# language", "\ufeff# language", "1: 先頭に BOM があります。"),
        ("機能: 名", "機能： 名", "2: 「機能」の後の「：」が全角です。"),
        ("      | う |", "      ｜ う ｜", "12: 全角の「｜」は区切りになりません。"),
        ("  @req:", "  ＠req:", "5: 全角の「＠」は区切りになりません。"),
        ("  説明", "\t説明", "3: タブ文字があります。"),
        ("  説明の行。", "  もし説明なら。", "3: 説明の行が「もし」で始まり、ステップと読まれます。"),
        ("前提 「あ」", "前提「あ」", "7: 「前提」の後に半角の空白がありません。"),
        ("前提 「あ」", "かつ 「あ」", "7: 最初のステップが「かつ」です。"),
        ("機能: 名", "@req:999-1.1.1-01\n機能: 名", "3: 機能に @req: が付いています"),
        ("| い |", "| い(円) |", "11: 例の見出し「い(円)」に文字以外の記号があります。"),
        ("| う |", "| <う> |", "12: 例の値に <…> があります。"),
    ],
)
def test_a_trap_is_told_with_its_line(old: str, new: str, expected: str) -> None:
    assert old in CLEAN
    assert any(expected in one for one in told(CLEAN.replace(old, new, 1)))

"""What two YAML readers would understand differently is refused, with its line, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kijun.catalog.extras import optional
from kijun.catalog.yaml_reader import read_yaml


def told(path: Path, text: str | bytes) -> list[str]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return [f"{problem.at.line}: {problem.message}" for problem in read_yaml(path).problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: \tb\n", "1: タブ文字があります。"),
        ('a: "1"\nb: "2"\na: "3"\n', "3: 項目「a」が重複しています（最初は 1 行目）。"),
        ("answer: yes\n", "1: 「yes」は真偽値や空に読まれることがあります。"),
        ('no: "1"\n', "1: 「no」は真偽値や空に読まれることがあります。"),
        ("id: 0123\n", "1: 「0123」は先頭の 0 が失われることがあります。"),
        ("at: 1:30\n", "1: 「1:30」は60進数に読まれることがあります。"),
        ("day: 2026-04-01\n", "1: 「2026-04-01」は日付に読まれることがあります。"),
        ("edition: 1.10\n", "1: 「1.10」は小数に読まれ、末尾の 0 が失われます。"),
        ("a: ~\n", "1: 「~」は空に読まれます。"),
        ("a: 0x1f\n", "1: 「0x1f」は数に読まれます。"),
        ("a: b：c\n", "1: 「b：c」は全角の「：」は区切りになりません。"),
        ("a: &x b\n", "1: アンカー（& や *）は使えません。"),
        ('a: &x "b"\nc: *x\n', "2: アンカー（& や *）は使えません。"),
        ("a: !!str b\n", "1: タグ tag:yaml.org,2002:str は使えません。"),
        ("a: 別紙1 #3参照\n", "1: 「別紙1」の後の # から先は読まれません。"),
        ("　a: b\n", "1: 行頭に全角の空白があります。"),
        ("a: [\n", "YAML として読めません"),
        ("備考: あり: なし\n", "YAML として読めません"),
        ("? [a]\n: b\n", "1: 項目名が文字ではありません。"),
        ("<<: {a: b}\n", "1: 合成キー << は使えません。"),
        ("", "1: 何も書かれていません。"),
        (b"\xef\xbb\xbfa: b\n", "1: 先頭に BOM があります。"),
        ('a: "1"\nb: "税"\n'.encode("cp932"), "2: UTF-8 ではない文字があります。"),
    ],
)
def test_a_trap_is_told_with_its_line(tmp_path: Path, text: str | bytes, expected: str) -> None:
    assert any(expected in one for one in told(tmp_path / "表 1.yaml", text))


def test_all_traps_of_a_file_are_told_together(tmp_path: Path) -> None:
    assert len(told(tmp_path / "a.yaml", "a: yes\nb: 0123\nc: 1.10\n")) == 3


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "ファイルを読めません" in read_yaml(tmp_path / "none.yaml").problems[0].message


def test_what_is_unambiguous_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = 'a: "0123"\nb: 12\nc: true\nd: null\ne:\nf: |\n  二行\n  の文\ng: [x, "1.10", -3, false]\n'
    assert told(path, text.replace("\n", "\r\n")) == []
    file = read_yaml(path)
    expected = {"a": "0123", "b": 12, "c": True, "d": None, "e": None, "f": "二行\nの文\n"}
    assert file.data == {**expected, "g": ["x", "1.10", -3, False]}
    assert (file.at("g", 1).line, file.at("g", 99).line, file.at("zzz").line) == (9, 9, 1)


def test_an_extra_that_is_not_installed_is_not_missed() -> None:
    assert optional("kijun_no_such_extra") is None
    assert optional("json") is not None

"""A cell holds what it is given, as text, or says that something was left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kijun.press.workbook import Column, Workbook


def table(rows: list[list[str | int]], columns: tuple[Column, ...] = (Column("内容", 10),)) -> bytes:
    book = Workbook("試験", ("左", "中", "右"))
    book.add_table("表", columns, rows)
    return book.finish()


def read(content: bytes, folder: Path) -> list[list[object]]:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def test_the_same_content_gives_the_same_bytes() -> None:
    assert table([["甲"]]) == table([["甲"]])


@pytest.mark.parametrize("text", ["=1+1", "+1", "@x", "0010042", "https://example.com", "{=1}", "1", "_x0041_"])
def test_text_stays_text(text: str, tmp_path: Path) -> None:
    content = table([[text], [1]])
    assert read(content, tmp_path) == [["内容"], [text], [1.0]]


@pytest.mark.parametrize(("text", "kept"), [("甲" * 32_767, 32_767), ("𠮷" * 16_383, 16_383)])
def test_what_fits_is_whole(text: str, kept: int, tmp_path: Path) -> None:
    assert read(table([[text]]), tmp_path)[1] == [text[:kept]]


@pytest.mark.parametrize("text", ["甲" * 32_768, "𠮷" * 16_384, "a" + "𠮷" * 30_000])
def test_what_does_not_fit_is_cut_with_a_word(text: str, tmp_path: Path) -> None:
    found = str(read(table([[text]]), tmp_path)[1][0])
    shown, word = found.split("…", 1)
    assert "省きました" in word
    assert text.startswith(shown)
    assert 32_760 < len(found.encode("utf-16-le")) // 2 <= 32_767


def test_a_sheet_without_rows_is_a_sheet(tmp_path: Path) -> None:
    assert read(table([]), tmp_path) == [["内容"]]

"""What looks like a 個人番号 is found in texts of any encoding and in the cells of workbooks."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from kijun.catalog.glossary_reader import read_glossary
from kijun.catalog.personal_data import is_searched, personal_numbers_in_file
from kijun.catalog.root import shipped_root
from kijun.engine.synthetic import synthesize
from kijun.model.personal_number import personal_numbers_in

LOOKS_REAL = "123456789018"  # passes the check digit; nobody's number


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le", "utf-16-be"])
def test_texts_are_read_in_any_usual_encoding(encoding: str) -> None:
    assert personal_numbers_in_file("名簿.CSV", f"番号\n甲,{LOOKS_REAL}\n".encode(encoding)) == ["2行目の3文字目"]
    full = "番号一覧\n甲　１２３４　５６７８　９０１８\n"
    assert personal_numbers_in_file("名簿.CSV", full.encode(encoding)) == ["2行目の3文字目"]


def test_cells_of_a_workbook_are_read_as_texts_and_as_numbers() -> None:
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as written:
        sheet = written.add_worksheet("名簿")
        sheet.write_string(2, 1, f"番号 {LOOKS_REAL}")
        sheet.write_number(4, 0, int(LOOKS_REAL))
        sheet.write_number(5, 0, 123456789012)  # a wrong check digit is nobody's number
    assert personal_numbers_in_file("名簿.xlsx", book.getvalue()) == [
        "シート「名簿」の3行2列",
        "シート「名簿」の5行1列",
    ]
    assert personal_numbers_in_file("名簿.xlsx", b"no workbook") == []


def test_only_texts_and_workbooks_are_looked_into() -> None:
    assert is_searched("a.XLSX")
    assert is_searched("a.jsonl")
    assert not is_searched("a.png")


def test_no_template_of_the_shipped_glossary_makes_what_looks_like_one() -> None:
    glossary, _, _ = read_glossary(shipped_root())
    templates = [word.synthetic for word in glossary.words if word.synthetic]
    assert templates
    for template in templates:
        made = "\n".join(synthesize(template, "seed", str(number)) for number in range(200))
        assert list(personal_numbers_in(made)) == [], template

"""Signs, sums and days as people write them: nothing is read that was not written."""

from __future__ import annotations

from datetime import date

import pytest

from kijun.procurement import notation


@pytest.mark.parametrize(
    ("cells", "folded"),
    [
        ("〇○◯ ○　", "○"),
        ("×✕✖", "×"),
        ("△▲", "△"),
        ("－ー―—-−", "－"),
        ("ＡAａ", "A"),
        ("◎", "◎"),
    ],
)
def test_one_sign_has_many_spellings(cells: str, folded: str) -> None:
    assert {notation.sign(cell) for cell in cells if cell.strip()} == {folded}


def test_keys_near_a_sign_are_not_taken_for_it() -> None:
    assert [notation.sign(cell) for cell in ("o", "０", "ｘ")] == ["O", "0", "X"]
    assert [notation.lookalike(notation.sign(cell)) for cell in ("o", "０", "ｘ", "○")] == ["○", "○", "×", ""]


def test_a_cell_that_points_elsewhere_is_no_answer() -> None:
    assert all(notation.is_ditto(cell) for cell in ("同左", " 〃 ", "上に 同じ"))
    assert not notation.is_ditto("○")


@pytest.mark.parametrize(
    ("cell", "unit", "yen"),
    [
        ("800千円", "円", 800_000),
        ("８００", "千円", 800_000),
        ("1,200,000", "円", 1_200_000),
        ("￥1,500円", "千円", 1_500),
        ("1.5百万円(税抜)", "円", 1_500_000),
        ("約30万円", "円", 300_000),
        ("0", "千円", 0),
        ("込み", "千円", 0),
        ("別途", "千円", None),
        ("△", "千円", None),
        ("-5", "円", None),
        ("0.5", "円", None),
        ("800から900", "千円", None),
    ],
)
def test_sums(cell: str, unit: str, yen: int | None) -> None:
    read = notation.cost(cell, unit)
    assert read is not None
    assert (read.yen, read.written) == (yen, cell)
    assert read.note or yen is not None


def test_a_sum_that_is_no_plain_number_says_how_it_was_read() -> None:
    assert notation.cost(" ") is None
    told = notation.cost("込み")
    assert told is not None
    assert "0 円" in told.note


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("令和8年3月31日", date(2026, 3, 31)),
        ("R8.3.31", date(2026, 3, 31)),
        ("令和８年３月末", date(2026, 3, 31)),
        ("R8.3末", date(2026, 3, 31)),
        ("2026-02", date(2026, 2, 28)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("令和8年度中", date(2027, 3, 31)),
        ("令和8年度第2四半期", date(2026, 9, 30)),
        ("令和8年度第4四半期", date(2027, 3, 31)),
        ("令和8年度上期", date(2026, 9, 30)),
        ("H38/3/31", date(2026, 3, 31)),
        ("46113", date(2026, 4, 1)),
        ("2026/2/29", None),
        ("2026/13", None),
        ("未定", None),
        ("3月", None),
        ("8年3月", None),
        ("順次", None),
    ],
)
def test_days(cell: str, day: date | None) -> None:
    read = notation.due(cell)
    assert read is not None
    assert (read.last_day, read.written) == (day, cell)
    assert read.note or day is not None


def test_an_era_that_had_ended_and_a_serial_number_are_said_to_be_read_so() -> None:
    notes = [read.note for read in map(notation.due, ("H38/3/31", "46113", "H31.4.30")) if read]
    assert ["終わった元号" in notes[0], "番号" in notes[1], notes[2]] == [True, True, ""]
    assert notation.due("　") is None

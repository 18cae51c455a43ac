"""What looks like a 個人番号 is found wherever a person may write it, and nothing else is."""

from __future__ import annotations

import pytest

from kijun.model.personal_number import is_personal_number, personal_numbers_in

# Nobody's number: a run of digits, and the check digit that the rule gives it.
LOOKS_REAL = "123456789018"
FULL_WIDTH = LOOKS_REAL.translate(str.maketrans("0123456789", "０１２３４５６７８９"))


@pytest.mark.parametrize(
    ("digits", "passes"),
    [
        (LOOKS_REAL, True),
        ("000000000000", True),  # remainder 0 gives 0
        ("000000000060", True),  # weight 2 at the last place: 12, remainder 1 gives 0
        ("123456789012", False),
        ("1234567890180", False),
        (FULL_WIDTH, False),  # digits only: widths are the finder's affair
    ],
)
def test_the_check_digit(digits: str, passes: bool) -> None:
    assert is_personal_number(digits) is passes


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"番号{LOOKS_REAL}です", ["1行目の3文字目"]),
        ("1234 5678 9018", ["1行目の1文字目"]),
        ("1234-5678-9018", ["1行目の1文字目"]),
        ("1234　5678　9018", ["1行目の1文字目"]),
        ("1 2 3 4 5 6 7 8 9 0 1 8", ["1行目の1文字目"]),
        (f"\n甲　{FULL_WIDTH}", ["2行目の3文字目"]),
        ("１２３４－５６７８－９０１８", ["1行目の1文字目"]),
        (f"2026-11-24 {LOOKS_REAL} {LOOKS_REAL}", ["1行目の12文字目", "1行目の25文字目"]),
        ("2026-11-24 1234 5678 9018", ["1行目の12文字目"]),
        ("123456789012", []),  # a wrong check digit is nobody's number
        (f"{LOOKS_REAL}3", []),  # thirteen digits are something else
        (f"0.{LOOKS_REAL}", []),
        (f"{'a' * 20}{LOOKS_REAL}{'b' * 32}", []),  # a digest
        ("2026-11-24 2028-03-31", []),
        ("090-1234-5678", []),
    ],
)
def test_what_is_found_and_what_is_not(text: str, places: list[str]) -> None:
    assert [str(place) for place in personal_numbers_in(text)] == places

"""Numbers that offices issue: check digits and the grammar of 適合確認番号. Numbers under 99 are synthetic."""

from __future__ import annotations

import pytest

from kijun.model.official_numbers import ConformityNumber, corporate_check_digit

SYNTHETIC = "7000020992011"  # the form of a municipality's number over a code (99…) that no municipality has


@pytest.mark.parametrize("number", ["6010701025710", "7120001077523", "7010401022916", SYNTHETIC])
def test_the_first_digit_of_a_corporate_number_follows_from_the_others(number: str) -> None:
    """The first three are the vectors of the published list of passes."""
    assert corporate_check_digit(number[1:]) == number[0]


def test_a_swapped_pair_of_digits_is_noticed() -> None:
    assert corporate_check_digit("000020990211") != SYNTHETIC[0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (f"013_{SYNTHETIC}_1", ("013", (SYNTHETIC,), 1)),
        (f"022-4_{SYNTHETIC}_12", ("022-4", (SYNTHETIC,), 12)),
        (f"001_{SYNTHETIC}／{SYNTHETIC}_1", ("001", (SYNTHETIC, SYNTHETIC), 1)),
    ],
)
def test_a_conformity_number_is_taken_apart(text: str, parts: tuple[str, tuple[str, ...], int]) -> None:
    number = ConformityNumber.parse(text)
    assert number is not None
    assert (number.system, number.companies, number.serial) == parts


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"13_{SYNTHETIC}_1",
        f"013_{SYNTHETIC}",
        f"013_{SYNTHETIC}_0",
        f"013_{SYNTHETIC}/{SYNTHETIC}_1",
        f"013-{SYNTHETIC}-1",
        f"０１３_{SYNTHETIC}_1",
        f"SDoC-{SYNTHETIC}-20260601-1",
        f"013_{SYNTHETIC}_1\n",
    ],
)
def test_another_form_is_no_conformity_number(text: str) -> None:
    assert ConformityNumber.parse(text) is None

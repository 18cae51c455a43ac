"""Numbers of persons against published examples, and 個人番号 covered although it cannot be registered in a test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from kijun.reference import desk as desks
from kijun.reference import store, taxpayers
from kijun.reference.errors import Refusal
from kijun.reference.local_tax_common import numbering, person_records, personal_numbers, searching

WRONG_DIGIT = "123456789012"  # the check digit of 12345678901 is another one


@pytest.mark.parametrize("number", ["6010701025710", "7120001077523", "7010401022916"])
def test_published_corporate_numbers_are_accepted(number: str) -> None:
    assert numbering.is_corporate_number(number)
    assert not numbering.is_corporate_number(f"{(int(number[0]) + 1) % 10}{number[1:]}")


@pytest.mark.parametrize(("serial", "digit"), [("12345678", "5"), ("00000001", "9"), ("00001234", "3")])
def test_check_digits_of_addressee_numbers(serial: str, digit: str) -> None:
    assert numbering.check_digit(serial, numbering.SKIP) == digit


@pytest.fixture
def counter() -> Iterator[desks.Desk]:
    """An assessor's desk over a database of its own, in one transaction."""
    with store.Store("sqlite://").transaction() as session:
        tenant = store.open_tenant(session, "992011", "general_city", date(2026, 4, 1))
        yield desks.Desk(session, tenant.id, "assessor", date(2026, 4, 1))


def test_numbers_without_a_check_digit_are_passed_over(counter: desks.Desk) -> None:
    given = [numbering.allocate(counter, "架空　太郎", None) for _ in range(7)]
    assert given[4:] == ["000000051", "000000078", "000000086"]  # serial 6 leaves remainder 1


def test_a_stored_personal_number_is_shown_covered(counter: desks.Desk) -> None:
    person = taxpayers.add_person(counter, "架空　太郎", "架空県見本市")
    person_records.add(counter, person_records.PersonalNumber, taxpayer_id=person.taxpayer_id, digits=WRONG_DIGIT)
    question = personal_numbers.NumberQuestion(taxpayer_id=person.taxpayer_id, handling_purpose="試験")
    told = personal_numbers.get_personal_number(counter, question)
    assert told == {"is_personal_number_held": True, "covered_personal_number": "********9012"}


def test_a_personal_number_with_a_wrong_digit_is_refused(counter: desks.Desk) -> None:
    person = taxpayers.add_person(counter, "架空　太郎", "架空県見本市")
    given = personal_numbers.NewNumber(
        taxpayer_id=person.taxpayer_id, personal_number=WRONG_DIGIT, handling_purpose="試験"
    )
    with pytest.raises(Refusal, match="検査用数字"):
        personal_numbers.register_personal_number(counter, given)


@pytest.mark.parametrize(
    ("written", "searched"), [("髙﨑", "高崎"), ("シヨウツ", "ショウッ"), ("辻\U000e0100", "辻"), ("Ａｂ", "AB")]
)
def test_two_writings_of_one_name_fold_alike(written: str, searched: str) -> None:
    assert searching.fold(written) == searching.fold(searched)

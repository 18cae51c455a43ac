"""What holds of everybody, however many they are: parts make a whole, portions change nothing, plans fit decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import (
    assessment,
    calculation,
    departures,
    dossiers,
    employers,
    fixed_residents,
    heirs,
    levying,
    methods,
    planning,
    portions,
    presence,
    remissions,
    terms,
    treaties,
    year_start,
)
from kijun.reference.individual_inhabitant_tax.material_records import Presence
from kijun.reference.local_tax_common.person_records import ResidentNotice, add
from kijun.reference.store import Store, open_tenant

steady = settings(max_examples=300, deadline=None, derandomize=True, database=None)
YEAR = 2026
TODAY = date(2026, 6, 1)
yen = st.integers(0, 900_000)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(f"sqlite:///{tmp_path / 'people.sqlite'}")
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", TODAY)
        yield Desk(session, tenant.id, "assessor", TODAY)
    store.close()


def person(desk: Desk, income: int, kind: str = "registered_resident") -> str:
    number = taxpayers.add_person(desk, "架空　一郎", "架空県見本市").taxpayer_id
    dossiers.lodge(desk, number, YEAR, "income_tax_return", {"salary_revenue": income})
    add(
        desk,
        Presence,
        taxpayer_id=number,
        presence_kind=kind,
        present_from=date(2018, 4, 1),
        present_until=None,
        other_municipality=None,
    )
    return number


@steady
@given(st.dictionaries(st.sampled_from(assessment.PARTS), yen, min_size=1), st.integers(0, 100))
def test_a_remission_is_whole_and_takes_of_no_tax_more_than_there_is(parts: dict[str, int], percent: int) -> None:
    amount = sum(parts.values()) * percent // 100
    taken = assessment.apportioned(parts, amount)
    assert sum(taken.values()) == amount
    assert all(0 <= taken[part] <= parts[part] for part in parts)


@steady
@given(yen, st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_heirs_never_owe_more_than_the_dead_owed(amount: int, weights: list[int]) -> None:
    shares = [Fraction(one, sum(weights)) for one in weights]
    assert heirs.fits(shares)
    owed = [heirs.apportioned(amount, one) for one in shares]
    assert amount - len(shares) < sum(owed) <= amount


@steady
@given(st.integers(1, 99_999), st.lists(st.integers(1, 99_999)))
def test_a_number_of_a_notice_is_never_one_used_before(first: int, used: list[int]) -> None:
    serial = year_start.following(first, [one for one in used if one >= first])
    assert serial >= first and serial not in used


@steady
@given(st.integers(0, 200_000), st.integers(1, 12))
def test_what_goes_back_to_the_months_is_whole_or_nothing(amount: int, month: int) -> None:
    today = date(YEAR if month >= 6 else YEAR + 1, month, 15)
    plan, back = planning.to_months(YEAR, [], amount, "T1", today)
    assert back in (0, amount)
    assert assessment.total(plan) == back
    assert all(one.month > f"{today.year}-{today.month:02d}" for one in plan)


def test_a_portion_reads_of_everybody_what_one_person_would(desk: Desk) -> None:
    """Presence and treaties have no column for the year that the portion could ask by, or are asked for late."""
    numbers = [person(desk, 3_000_000), person(desk, 3_000_000, "house_owner"), person(desk, 3_000_000)]
    notice = {"treaty_country": "架空国", "treaty_kind": "covers_local_tax", "treaty_from": date(2024, 4, 1)}
    add(
        desk,
        treaties.TreatyNotice,
        taxpayer_id=numbers[2],
        fiscal_year=YEAR,
        treaty_exempt_salary=3_000_000,
        treaty_until=None,
        filed_on=TODAY,
        **notice,
    )
    alone = [calculation.calculate(desk, one, YEAR).annual_levy for one in numbers]
    with portions.portion(desk, numbers, YEAR):
        together = [calculation.calculate(desk, one, YEAR).annual_levy for one in numbers]
    assert alone == together == [161_500, 4_000, 1_000]
    assert levying.by_portion(desk, YEAR, levying.first_levy).total == 166_500


def test_a_decision_keeps_its_parts_through_remission_revocation_and_reinstatement(desk: Desk) -> None:
    number = person(desk, 3_000_000)
    works_at = employers.register(desk, "架空製作所", "甲の所在地", "0000-000000", False).designation_number
    known = methods.choice(desk, number, YEAR)
    known.designation_number = works_at
    methods.keep(desk, known)
    levying.by_portion(desk, YEAR, levying.first_levy)
    whole = assessment.required(desk, number, YEAR).parts
    asked = remissions.request(desk, number, YEAR, "disaster", date(2026, 9, 11))
    less = remissions.decide(desk, asked, "approved", 50, None)
    assert less.parts == whole
    assert (
        sum(assessment.parts_to_pay(less).values()) == assessment.total(assessment.lines_of(less)) == 161_500 - 60_300
    )
    back = remissions.revoke(desk, asked, None)
    assert assessment.parts_to_pay(back) == whole
    assert {one.method for one in assessment.lines_of(back)} == {"salary"}
    assert assessment.total(assessment.lines_of(back)) == 161_500
    again = levying.reinstate(desk, number, YEAR, 2)
    assert (again.parts, again.remitted) == (less.parts, 60_300)
    assert levying.cancel(desk, number, YEAR, "doubly_taxed")[1].parts == {}


def test_a_started_year_hears_of_no_year_before_but_of_the_years_after_it(desk: Desk) -> None:
    terms.set_terms(desk, 2025, {"municipal_capita_surcharge": 500})
    year_start.start(desk, 2026, None, None)
    terms.set_terms(desk, 2025, {"municipal_capita_surcharge": 900, "exemption_addition": 170_000})
    terms.set_terms(desk, 2026, {"prefectural_capita_surcharge": 300})
    held = terms.terms_of(desk, 2027)
    assert (held.municipal_capita_surcharge, held.prefectural_capita_surcharge) == (500, 300)
    assert held.exemption_addition is None


@pytest.mark.parametrize(("first", "last"), [(1, None), (None, 1), (2, 1)])
def test_half_a_range_or_one_turned_round_is_refused(desk: Desk, first: int | None, last: int | None) -> None:
    with pytest.raises(Refusal, match="番号の初めと終わり"):
        year_start.start(desk, YEAR, first, last)


def test_a_residence_cannot_end_before_it_began_or_twice(desk: Desk) -> None:
    number = person(desk, 3_000_000)
    with pytest.raises(Refusal, match="開始日より前"):
        departures.end(desk, number, date(2018, 3, 31), "moved_out")
    departures.end(desk, number, date(2026, 5, 1), "moved_out")
    with pytest.raises(Refusal, match="終わっていない在住の期間がありません"):
        departures.end(desk, number, date(2026, 5, 2), "died")


def test_a_house_is_no_residence_that_could_end(desk: Desk) -> None:
    with pytest.raises(Refusal, match="終わっていない在住の期間がありません"):
        departures.end(desk, person(desk, 3_000_000, "house_owner"), TODAY, "died")


def test_who_dies_later_is_no_dead_person_today(desk: Desk) -> None:
    number = person(desk, 3_000_000)
    departures.end(desk, number, date(2026, 6, 2), "died")
    assert departures.without_representative(desk) == []
    assert departures.without_representative(replace(desk, today=date(2026, 6, 2))) == [number]


def test_of_two_notices_of_one_day_the_later_one_holds(desk: Desk) -> None:
    for address in ("先の住所", "後の住所"):
        add(
            desk,
            ResidentNotice,
            resident_number="R1",
            name="架空　一郎",
            address=address,
            household_number=None,
            moved_on=date(2026, 1, 1),
            is_taken=True,
        )
    assert fixed_residents.fix(desk, YEAR) == 1
    assert fixed_residents.history(desk, "R1", YEAR)[-1].address == "後の住所"


def test_nobody_is_asked_for_whom_nothing_is_known(desk: Desk) -> None:
    """A person without any presence is neither an owner alone nor absent: most records are of residents."""
    number = taxpayers.add_person(desk, "架空　花子", "架空県見本市").taxpayer_id
    assert not presence.lives_elsewhere(desk, number, YEAR)
    assert not presence.is_absent(desk, number, YEAR)

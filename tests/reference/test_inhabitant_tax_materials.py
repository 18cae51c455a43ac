"""What holds of every pile of tax materials: none is lost, none counts twice, and order does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kijun.reference import taxpayers
from kijun.reference.desk import Desk
from kijun.reference.errors import Refusal
from kijun.reference.individual_inhabitant_tax import (
    assistance,
    certificates,
    checks,
    checks_api,
    consolidation,
    consolidation_api,
    dossiers,
    intake,
    intake_api,
    presence,
    presence_api,
    reconciliation,
    sharing,
)
from kijun.reference.individual_inhabitant_tax.consolidation import COUNTED, REPORTS, RETURNS, Material
from kijun.reference.store import Store, open_tenant

steady = settings(max_examples=300, deadline=None, derandomize=True, database=None)
DAY = date(2026, 2, 10)
BORN = date(1980, 6, 15)

kinds = st.sampled_from([*REPORTS, *RETURNS, "one_stop_notice"])
materials = st.lists(
    st.tuples(kinds, st.integers(0, 5_000_000), st.integers(0, 3), st.integers(0, 7), st.booleans()), max_size=9
).map(
    lambda drawn: [
        Material(f"S{place:02d}", kind, {"salary_revenue": yen}, DAY + timedelta(days), f"T{sender}", holds)
        for place, (kind, yen, days, sender, holds) in enumerate(drawn)
    ]
)


@steady
@given(materials)
def test_a_return_and_reports_never_count_together(pile: list[Material]) -> None:
    counted = [one.kind for one, adoption, _ in consolidation.choices(pile) if adoption == COUNTED]
    assert len([kind for kind in counted if kind in RETURNS]) <= 1
    assert not (set(counted) & set(RETURNS) and set(counted) & {*REPORTS, "one_stop_notice"})


@steady
@given(materials, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(pile: list[Material], chance: Any) -> None:
    shuffled = list(pile)
    chance.shuffle(shuffled)
    assert consolidation.total(shuffled) == consolidation.total(pile)


@steady
@given(materials)
def test_what_counts_is_what_is_added_up(pile: list[Material]) -> None:
    counted = [one.figures["salary_revenue"] for one, adoption, _ in consolidation.choices(pile) if adoption == COUNTED]
    assert consolidation.total(pile).get("salary_revenue", 0) == sum(counted)


@steady
@given(materials)
def test_nothing_retired_counts_and_nothing_is_left_without_a_ground(pile: list[Material]) -> None:
    for one, adoption, ground in consolidation.choices(pile):
        assert ground
        assert one.is_effective or adoption != COUNTED


@steady
@given(materials)
def test_somebody_with_effective_materials_has_one_that_counts(pile: list[Material]) -> None:
    telling = [one for one in pile if one.is_effective and one.kind != "one_stop_notice"]
    assert any(adoption == COUNTED for _, adoption, _ in consolidation.choices(pile)) or not telling


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = Store(f"sqlite:///{tmp_path / 'materials.sqlite'}")
    with store.transaction() as session:
        tenant = open_tenant(session, "992011", "general_city", DAY)
        yield Desk(session, tenant.id, "assessor", DAY)
    store.close()


def person(desk: Desk, name: str = "架空　一郎", born: date | None = BORN) -> str:
    return taxpayers.add_person(desk, name, "架空県見本市", birth_date=born).taxpayer_id


def report(desk: Desk, **given: Any) -> str:
    said: dict[str, Any] = {
        "fiscal_year": 2026,
        "submitter_number": "T1",
        "incoming_kind": "salary_report",
        "incoming_medium": "eltax",
        "incoming_version": "newly_filed",
        "incoming_reference": "N1",
        "addressee_name": "架空　一郎",
        "address": "架空県見本市",
        "birth_date": BORN,
        "filed_on": DAY,
        **given,
    }
    return str(intake_api.lodge_incoming_report(desk, intake_api.NewReport(**said))["incoming_id"])


def test_every_report_ends_in_one_of_three_states(desk: Desk) -> None:
    person(desk)
    for number, name in enumerate(["架空　一郎", "架空　二郎", None, "架空　一郎", "架空　一郎"]):
        report(desk, incoming_reference=f"N{number % 4}", addressee_name=name, salary_revenue=1_000_000)
    given = intake_api.IntakeOrder(fiscal_year=2026)
    counts = intake_api.take_in_incoming_reports(desk, given)
    assert counts == {"received_count": 5, "absorbed_count": 1, "held_count": 3, "discarded_count": 1}
    assert intake_api.take_in_incoming_reports(desk, given)["received_count"] == 0
    assert reconciliation.unprocessed(intake.every(desk)) == 0


def test_a_settled_report_is_not_repaired_discarded_or_tied_again(desk: Desk) -> None:
    number = person(desk)
    settled = report(desk, salary_revenue=1)
    intake.take_in(desk, 2026, None)
    for work in (
        lambda: intake.repair(desk, settled, {"salary_revenue": 2}),
        lambda: intake.ascribe(desk, settled, number, "理由"),
        lambda: intake_api.discard_incoming_report(desk, intake_api.Reasoned(incoming_id=settled, clerk_reason="理由")),
        lambda: intake_api.forward_incoming_report(
            desk, intake_api.Forwarding(incoming_id=settled, other_municipality="架空市")
        ),
    ):
        with pytest.raises(Refusal, match="保留ではありません"):
            work()
    assert dossiers.adopted(desk, number, 2026) == {"salary_revenue": 1}


def test_a_held_report_takes_a_corrected_amount(desk: Desk) -> None:
    number = person(desk)
    one = report(desk, birth_date=None, salary_revenue=1)
    intake.take_in(desk, 2026, None)
    intake.repair(desk, one, {"birth_date": BORN, "salary_revenue": 2_000_000})
    assert dossiers.adopted(desk, number, 2026) == {"salary_revenue": 2_000_000}


def test_what_is_not_there_is_refused_with_the_next_step(desk: Desk) -> None:
    number = person(desk)
    by_person = consolidation_api.Revocation(taxpayer_id=number, fiscal_year=2026, consolidated_item="salary_revenue")
    for work in (
        lambda: intake.report(desk, "J99999999"),
        lambda: consolidation_api.revoke_amendment(desk, by_person),
        lambda: checks_api.link_relative(desk, checks_api.Link(relative_id="F9", relative_taxpayer_id=number)),
        lambda: certificates.find(desk, "Z9"),
    ):
        with pytest.raises(Refusal, match=r"。.+。"):
            work()
    with pytest.raises(Refusal, match="ひも付いていません"):
        intake.revoke_identification(desk, report(desk), "理由")


@pytest.mark.parametrize("fiscal_year", [0, 1, 2020, 2028, 99999])
def test_a_year_without_terms_is_refused_and_no_fault(desk: Desk, fiscal_year: int) -> None:
    for work in (presence.taxable, checks.undeclared, assistance.unreflected):
        assert_refused(work, desk, fiscal_year)
    assert_refused(lambda at, year: sharing.share(at, year, "full"), desk, fiscal_year)
    assert_refused(lambda _at, year: intake.filing_deadline(year), desk, fiscal_year)


def assert_refused(work: Any, desk: Desk, fiscal_year: int) -> None:
    presence_api.lodge_aid_decision(
        desk,
        presence_api.NewAidDecision(
            addressee_name="架空　一郎",
            birth_date=BORN,
            aid_kind="livelihood",
            aid_decision="aid_begun",
            aid_effective_on=DAY,
        ),
    )
    person(desk)
    assistance.rows(desk, assistance.AidDecision)[-1].taxpayer_id = "000000019"
    with pytest.raises(Refusal, match="条件しかありません"):
        work(desk, fiscal_year)


def test_presence_that_ends_before_it_begins_is_refused(desk: Desk) -> None:
    given = presence_api.NewPresence(
        taxpayer_id=person(desk), presence_kind="registered_resident", present_from=DAY, present_until=date(2026, 2, 9)
    )
    with pytest.raises(Refusal, match="開始日より前"):
        presence_api.register_presence(desk, given)


def test_a_notice_to_nowhere_is_refused(desk: Desk) -> None:
    number = person(desk)
    given = presence_api.NewPresence(
        taxpayer_id=number, presence_kind="unregistered_resident", present_from=date(2020, 1, 1)
    )
    presence_api.register_presence(desk, given)
    with pytest.raises(Refusal, match="市区町村が登録されていません"):
        presence_api.issue_elsewhere_notice(desk, presence_api.ByPerson(taxpayer_id=number, fiscal_year=2026))


def test_only_the_named_person_receives_aid(desk: Desk) -> None:
    """Two people with one name and birth date: the decision is nobody's until a clerk finds out."""
    person(desk)
    person(desk)
    said = presence_api.NewAidDecision(
        addressee_name="架空一郎",
        birth_date=BORN,
        aid_kind="livelihood",
        aid_decision="aid_begun",
        aid_effective_on=date(2025, 4, 1),
    )
    presence_api.lodge_aid_decision(desk, said)
    assert assistance.take_in(desk, 2026) == (1, 0)
    assert assistance.unreflected(desk, 2026) == [(None, "not_identified")]

"""The reference system as the harness starts it: in processes that only answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import urllib3

from kijun import drivers
from kijun.drivers import reference
from kijun.drivers.reference import ReferenceSystem
from kijun.model.errors import ConnectionLost
from kijun.model.statement import SystemUnderTest
from kijun.reference import app, taxpayers

OPENING = {
    "session": "s",
    "profile": {"municipality_code": "992011", "municipality_class": "general_city"},
    "as_of": "2026-06-01",
}
REGISTRATION = {
    "session": "s",
    "operation": "register_taxpayer",
    "actor": "assessor",
    "as_of": "2026-06-01",
    "input": {"name": "架空　試験", "address": "架空県見本市"},
}
HELLO = {"suite": "kijun", "protocol": "1", "editions": {}, "seed": "s"}


def answers(url: str) -> bool:
    try:
        return urllib3.PoolManager(retries=False).request("GET", f"{url}/health", timeout=2).status == 200
    except urllib3.exceptions.HTTPError:
        return False


@pytest.mark.parametrize("can_split", [True, False])
def test_connections_are_answered_by_a_process_for_every_processor_and_they_end_with_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_split: bool
) -> None:
    monkeypatch.setattr(reference.os, "cpu_count", lambda: 3)
    if not can_split:
        monkeypatch.delattr(reference.os, "fork", raising=False)
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference"))
    try:
        drivers = [system.connect() for _ in range(4)]
        identities = [driver.exchange("hello", HELLO, 10)["identity"] for driver in drivers]
        assert all(one == identities[0] for one in identities)
        first, other, third, again = (driver._url for driver in drivers)
        assert len({first, other, third}) == 3
        assert again == first
        assert drivers[0].exchange("hello", HELLO, 10)["parallel_sessions"] == 6
        for driver in drivers:
            driver.shut()
    finally:
        system.shut()
    assert len(system._own._programs) == (1 if can_split else 3)
    until = time.monotonic() + 10
    while answers(other) and time.monotonic() < until:
        time.sleep(0.05)
    assert not answers(other)


def test_a_system_that_ends_with_the_run_is_not_told_to_forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference.os, "cpu_count", lambda: 1)
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference"))
    try:
        driver = system.connect()
        driver.exchange("hello", HELLO, 10)
        driver.exchange("open", OPENING, 10)
        (municipality,) = (one["tenant"] for one in driver._tenants.values())
        driver.exchange("close", {"session": "s"}, 10)
        driver.shut()
        answer = urllib3.PoolManager().request(
            "GET", f"{driver._url}/v1/operation-log", headers={"X-Tenant": municipality}
        )
        assert answer.json()["code"] == "forbidden", "it is still there, and asks who wants to know"
    finally:
        system.shut()


def test_a_system_that_somebody_runs_is_used_as_it_is(tmp_path: Path) -> None:
    sut = SystemUnderTest(tmp_path, "reference", settings={"base_url": "http://127.0.0.1:9/"})
    system = ReferenceSystem(sut)
    assert {system.connect()._url for _ in range(3)} == {"http://127.0.0.1:9"}
    system.shut()


def test_a_system_that_answers_is_reached_again(tmp_path: Path) -> None:
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference", settings={"is_embedded": True}))
    try:
        driver = system.connect()
        driver.exchange("hello", HELLO, 10)
        driver.reconnect()
        assert driver.exchange("hello", HELLO, 10)["isolation"] == "tenant"
    finally:
        system.shut()


def test_an_embedded_system_does_what_this_process_has_been_changed_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference", settings={"is_embedded": True}))
    try:
        driver = system.connect()
        driver.exchange("hello", HELLO, 10)
        driver.exchange("open", OPENING, 10)
        monkeypatch.setattr(taxpayers, "register_taxpayer", lambda desk, given: {"taxpayer_id": "changed"})
        assert driver.exchange("call", REGISTRATION, 10)["result"] == {"taxpayer_id": "changed"}
    finally:
        system.shut()


def test_a_system_that_is_not_there_is_a_lost_connection_and_no_missed_deadline(tmp_path: Path) -> None:
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference", settings={"base_url": "http://127.0.0.1:9"}))
    with pytest.raises(ConnectionLost, match="つながりません"):
        system.connect().exchange("hello", HELLO, 2)


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[ReferenceSystem]:
    system = ReferenceSystem(SystemUnderTest(tmp_path, "reference", settings={"is_embedded": True}))
    yield system
    system.shut()


def test_the_identity_is_asked_for_again_when_an_answer_bears_another_name(
    embedded: ReferenceSystem, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver = embedded.connect()
    first = driver.exchange("hello", HELLO, 10)["identity"]
    monkeypatch.setattr(app, "product", lambda: {**first, "build": "another"})
    driver.exchange("open", OPENING, 10)
    assert driver.exchange("close", {"session": "s"}, 10)["identity"] == first, "the same name stands for the same"
    driver._server = "another/1"
    assert driver.exchange("close", {"session": "s"}, 10)["identity"]["build"] == "another"


def test_municipalities_that_are_done_with_are_forgotten_together(embedded: ReferenceSystem) -> None:
    driver = embedded.connect()
    driver.exchange("hello", HELLO, 10)
    for number in range(reference._DROPPED_TOGETHER + 1):
        opening = {**OPENING, "session": f"s{number}"}
        driver.exchange("open", opening, 10)
        assert "result" in driver.exchange("call", {**REGISTRATION, "session": f"s{number}"}, 10)
        driver.exchange("close", {"session": f"s{number}"}, 10)
    assert len(driver._done_with) == 1
    (last,) = driver._done_with
    driver.shut()
    answer = urllib3.PoolManager().request("GET", f"{driver._url}/v1/operation-log", headers={"X-Tenant": last})
    assert answer.json()["code"] == "not_found"


def test_every_session_has_a_municipality_of_its_own_and_none_that_was_opened_stays(embedded: ReferenceSystem) -> None:
    driver = embedded.connect()
    driver.exchange("hello", HELLO, 10)
    total = reference._OPENED_TOGETHER + 1
    for number in range(total):
        driver.exchange("open", {**OPENING, "session": f"s{number}"}, 10)
    used = {tenant["tenant"] for tenant in driver._tenants.values()}
    (ready,) = driver._ready.values()
    assert len(used | {one["tenant"] for one in ready}) == total + len(ready)
    left = ready[0]["tenant"]
    driver.shut()
    answer = urllib3.PoolManager().request("GET", f"{driver._url}/v1/operation-log", headers={"X-Tenant": left})
    assert answer.json()["code"] == "not_found"


def test_a_municipality_is_opened_for_the_body_and_the_day_that_are_asked_for(embedded: ReferenceSystem) -> None:
    driver = embedded.connect()
    driver.exchange("hello", HELLO, 10)
    for number, day in enumerate(("2026-06-01", "2027-06-01", "2026-06-01")):
        driver.exchange("open", {**OPENING, "session": f"s{number}", "as_of": day}, 10)
    assert sorted(day for _, _, day in driver._ready) == ["2026-06-01", "2027-06-01"]


def test_what_was_opened_before_a_system_went_away_is_not_used_when_it_is_back(embedded: ReferenceSystem) -> None:
    driver = embedded.connect()
    driver.exchange("hello", HELLO, 10)
    driver.exchange("open", OPENING, 10)
    (before,) = driver._ready.values()
    gone = {one["tenant"] for one in before}
    driver.reconnect()
    driver.exchange("open", {**OPENING, "session": "t"}, 10)
    assert driver._tenants["t"]["tenant"] not in gone


def test_only_a_system_of_our_own_is_started_before_all_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[str] = []

    class Started:
        def shut(self) -> None:
            reached.append("shut")

    def reach(sut: SystemUnderTest) -> Started:
        reached.append(sut.driver)
        return Started()

    monkeypatch.setattr(drivers, "reach", reach)
    with drivers.Approach() as approach:
        approach.begin(SystemUnderTest(tmp_path, "stdio"))
        assert reached == []
        approach.begin(SystemUnderTest(tmp_path, "reference"))
        assert reached == ["reference"]
        approach.arrive(SystemUnderTest(tmp_path, "reference"))
        assert reached == ["reference"]
    assert reached == ["reference", "shut"]

"""A driver in another process: honest, and misbehaving in every way a pipe allows."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from miniature import FEES, Miniature, events
from runs import folder, run, statuses

from kijun.drivers.stdio import StdioDriver, StdioSystem
from kijun.model.errors import ConnectionLost, DeadlinePassed, DriverBroke
from kijun.model.statement import SystemUnderTest
from kijun.model.verdict import Claim, Fault, Status, Verdict

CHILD = Path(__file__).with_name("pot_child.py")


def sut(habit: str, tmp_path: Path, where: str = "third") -> SystemUnderTest:
    return SystemUnderTest(folder=tmp_path, driver="stdio", command=(sys.executable, str(CHILD), habit, where))


@pytest.fixture
def driver(tmp_path: Path, request: pytest.FixtureRequest) -> StdioDriver:
    system = StdioSystem(sut(request.param, tmp_path))
    request.addfinalizer(system.shut)
    return system.connect()


def third_call(driver: StdioDriver) -> object:
    params = {"session": "s", "operation": "plant_pot", "input": {"size": "small", "label": "a"}, "actor": "gardener"}
    driver.exchange("open", {"session": "s", "profile": {}, "as_of": "2026-06-01"}, 5)
    return [driver.exchange("call", params, 1) for _ in range(3)]


@pytest.mark.parametrize("driver", ["honest"], indirect=True)
def test_an_honest_child_answers(driver: StdioDriver) -> None:
    assert third_call(driver)
    assert "ドライバーを始めます" in driver.stderr_tail()


@pytest.mark.parametrize(
    ("driver", "trouble", "message"),
    [
        ("crash", ConnectionLost, "終了コード 17"),
        ("hang", DeadlinePassed, "call に 1 秒以内の応答がありません。"),
        ("wrong-id", DriverBroke, "id が 999 です（期待は 4）"),
        ("malformed", DriverBroke, "JSON ではありません: {これは"),
        ("no-result", DriverBroke, "result のオブジェクトがありません"),
        ("old-protocol", DriverBroke, "JSON-RPC 2.0 ではありません"),
        ("error", DriverBroke, "できません"),
    ],
    indirect=["driver"],
)
def test_a_misbehaving_child_is_told_apart(driver: StdioDriver, trouble: type[Exception], message: str) -> None:
    with pytest.raises(trouble) as caught:
        third_call(driver)
    assert message in str(caught.value)


@pytest.mark.parametrize("driver", ["crash"], indirect=True)
def test_a_dead_child_is_started_again(driver: StdioDriver) -> None:
    with pytest.raises(ConnectionLost, match="メモリーが足りません"):
        third_call(driver)
    driver.reconnect()
    assert driver.exchange("bye", {}, 5)["identity"]["product"] == "鉢"


def test_a_command_that_does_not_exist_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConnectionLost, match="起動できません"):
        StdioSystem(SystemUnderTest(folder=tmp_path, driver="stdio", command=("no-such-driver",))).connect()


@pytest.mark.parametrize(("habit", "status"), [("honest", "satisfied"), ("wrong-id", "inconclusive")])
def test_a_whole_run_goes_over_stdio(mini: Miniature, tmp_path: Path, habit: str, status: str) -> None:
    system = StdioSystem(sut(habit, tmp_path, "pricing"))
    try:
        view = run(mini, system, sessions=1)
    finally:
        system.shut()
    assert statuses(view)[FEES] == status


def test_a_child_that_dies_in_every_run_of_a_case_stops_the_run_resumably(mini: Miniature, tmp_path: Path) -> None:
    from kijun.model.errors import RunStopped

    system = StdioSystem(sut("crash", tmp_path, "pricing"))
    try:
        with pytest.raises(RunStopped, match="つなぎ直しても戻りません"):
            run(mini, system, sessions=1)
    finally:
        system.shut()
    assert events(folder(mini))[-1]["event"] == "run_stopped"


def test_a_child_that_swallows_replies_satisfies_nothing_that_it_swallowed(mini: Miniature, tmp_path: Path) -> None:
    system = StdioSystem(sut("swallow", tmp_path, "never"))
    try:
        view = run(mini, system, sessions=1, every_deadline=0.5)
    finally:
        system.shut()
    swallowed = [one for one in view.report.outcomes if any(case.fault for case in one.cases)]
    assert swallowed
    assert {case.fault for one in swallowed for case in one.cases if case.fault} == {Fault.ENVIRONMENT}
    assert {one.status for one in swallowed} == {Status.INCONCLUSIVE}
    assert view.report.facts.restarts == 0
    assert view.report.claim is not Claim.CONFORMANT


def test_a_child_that_leaks_is_ended_and_told_what_to_do(mini: Miniature, tmp_path: Path) -> None:
    system = StdioSystem(replace(sut("leak", tmp_path, "never"), memory_megabytes=150))
    try:
        view = run(mini, system, sessions=1)
    finally:
        system.shut()
    ended = [case for case in view.report.facts.cases.values() if case.fault]
    assert ended
    assert {(case.verdict, case.fault) for case in ended} == {(Verdict.ERROR, Fault.DRIVER)}
    assert "memory_megabytes" in ended[0].message
    touched = {one.status for one in view.report.outcomes if any(case in ended for case in one.cases)}
    assert Status.SATISFIED not in touched
    assert view.report.claim is not Claim.CONFORMANT

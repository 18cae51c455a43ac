"""Three doors, one plan, one session: the same scenarios come to the same verdicts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from foreign_eyes import allure_complaints
from miniature import FEES, SYSTEM, Miniature, events

CHILD = Path(__file__).parents[1] / "drivers" / "pot_child.py"
BEHAVE = '[tool.behave]\npaths = ["features"]\nrunner = "kijun.engine.behave_door:KijunRunner"\n'


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    mini.write("pyproject.toml", BEHAVE)
    return mini


def over_stdio(mini: Miniature, habit: str) -> None:
    command = json.dumps([sys.executable, str(CHILD), habit, "pricing"])
    mini.write(f"{SYSTEM}/sut.yaml", f'sut:\n  driver: "stdio"\n  command: {command}\n')


def through(mini: Miniature, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=mini.root, capture_output=True, text=True)


def verdicts(mini: Miniature, out: str) -> dict[str, tuple[str, str | None, str]]:
    return {
        one["scenario"]: (one["verdict"], one["fault"], one["message"])
        for one in events(mini.root / out / "latest")
        if one["event"] == "case"
    }


def allure_results(mini: Miniature) -> list[bytes]:
    return [path.read_bytes() for path in (mini.root / "allure").glob("*-result.json")]


@pytest.mark.parametrize("habit", ["honest", "free", "malformed"])
def test_the_three_doors_agree(office: Miniature, habit: str) -> None:
    over_stdio(office, habit)
    through(office, "kijun", "run", "--out", "a", "--seed", "s")
    pytest_done = through(
        office, "pytest", "features", "--kijun-out", "b", "--kijun-seed", "s", "-p", "no:cacheprovider"
    )
    behave_done = through(office, "behave", "-D", "out=c", "-D", "seed=s", "--no-color")
    first, second, third = (verdicts(office, out) for out in "abc")
    assert len(first) == 6, behave_done.stdout
    assert second == first, pytest_done.stdout
    assert third == first, behave_done.stdout + behave_done.stderr
    honest = habit == "honest"
    assert (pytest_done.returncode == 0) is honest
    assert (behave_done.returncode == 0) is honest


def test_pytest_tells_failures_from_trouble_and_skips_nothing(office: Miniature) -> None:
    over_stdio(office, "free")
    through(office, "pytest", "features", "--junitxml", "junit.xml", "--alluredir", "allure", "-p", "no:cacheprovider")
    suite = ElementTree.parse(office.root / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")) == (
        "6",
        "1",
        "0",
        "0",
    )
    failed = next(case for case in suite.iter("testcase") if case.find("failure") is not None)
    assert ("requirement", FEES) in [(one.get("name"), one.get("value")) for one in failed.iter("property")]
    assert "期待「1,000円」、実際「1,001円」" in (failed[-1].text or "")
    written = allure_results(office)
    assert [complaint for content in written for complaint in allure_complaints(content)] == []
    assert sorted(json.loads(content)["status"] for content in written) == ["failed", *["passed"] * 5]


def test_pytest_leaves_allure_results_with_the_requirement(office: Miniature) -> None:
    over_stdio(office, "honest")
    through(office, "pytest", "features", "--alluredir", "allure", "-p", "no:cacheprovider")
    written = allure_results(office)
    assert len(written) == 6
    assert [complaint for content in written for complaint in allure_complaints(content)] == []
    for ours, broken in ((b'"passed"', b'"green"'), (b'"labels"', b'"tags"'), (b'"value"', b'"says"')):
        assert allure_complaints(written[0].replace(ours, broken)) != []
    results = [json.loads(content) for content in written]
    assert {one["status"] for one in results} == {"passed"}
    labels = {(label["name"], label["value"]) for one in results for label in one["labels"]}
    assert ("story", FEES) in labels


def test_collecting_alone_speaks_to_nobody(office: Miniature) -> None:
    office.write(f"{SYSTEM}/sut.yaml", 'sut:\n  driver: "stdio"\n  command: ["no-such-driver"]\n')
    done = through(office, "pytest", "features", "--collect-only", "-q", "-p", "no:cacheprovider")
    assert done.returncode == 0
    assert "6 tests collected" in done.stdout

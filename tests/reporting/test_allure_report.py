"""Allure results: read by the model of its makers, stable over runs, and never greener than the run."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import characters
import foreign_eyes
import pytest
from miniature import EXTRA, FEES, HonestPots, Miniature
from runs import run

from kijun.model.errors import ConfigurationError
from kijun.model.requirement import Obligation
from kijun.model.verdict import Status, Verdict
from kijun.reporting import allure_report
from kijun.reporting.run_view import RunView

CHARACTERS = [
    HonestPots,
    characters.RoundsUp,
    characters.RefusesToPlant,
    characters.LosesItsNetwork,
    characters.NeverWaters,
]


class SpeaksMarkup(HonestPots):
    IDENTITY = {**HonestPots.IDENTITY, "product": "鉢=1:2\\ #𠮷\u202e\n"}

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "not_found", "message": "<script>\x1b[31m\u202e"}}


def files(view: RunView) -> dict[str, bytes]:
    found = list(allure_report.render(view))
    assert len(found) == len(dict(found)), "a file is written twice"
    return {name.removeprefix("allure-results/"): content for name, content in found}


def results(view: RunView) -> dict[str, dict[str, Any]]:
    """By scenario."""
    found = [json.loads(content) for name, content in files(view).items() if name.endswith("-result.json")]
    return {one["fullName"]: one for one in found}


def of(view: RunView, requirement: str) -> list[dict[str, Any]]:
    return [one for one in results(view).values() if {"name": "requirement", "value": requirement} in one["labels"]]


def properties(content: bytes) -> dict[str, str]:
    """java.util.Properties, as far as it is used here."""
    lines = content.decode("ascii").splitlines()
    return dict(decoded(line).split("=", 1) for line in lines)


def decoded(text: str) -> str:
    return str(json.loads(f'"{text}"'))


@pytest.mark.parametrize("character", CHARACTERS)
def test_the_model_of_allure_knows_every_result(mini: Miniature, character: type[HonestPots]) -> None:
    view = run(mini, character)
    written = {name: content for name, content in files(view).items() if name.endswith("-result.json")}
    assert len(written) == len(view.cases)
    for name, content in written.items():
        assert foreign_eyes.allure_complaints(content) == []
        assert name == f"{json.loads(content)['uuid']}-result.json"
    for ours, broken in ((b'"status"', b'"state"'), (b'"value"', b'"says"'), (b'"steps"', b'"step"')):
        assert all(foreign_eyes.allure_complaints(one.replace(ours, broken)) for one in written.values())


@pytest.mark.parametrize(
    ("character", "requirement", "statuses"),
    [
        (HonestPots, FEES, {"passed"}),
        (characters.RoundsUp, FEES, {"passed", "failed"}),
        (characters.RefusesToPlant, FEES, {"unknown"}),
        (characters.LosesItsNetwork, FEES, {"broken"}),
        (characters.NeverWaters, EXTRA, {"unknown"}),
    ],
)
def test_only_a_pass_is_passed_and_nothing_is_skipped(
    mini: Miniature, character: type[HonestPots], requirement: str, statuses: set[str]
) -> None:
    view = run(mini, character)
    assert {one["status"] for one in of(view, requirement)} == statuses
    passed = {case.scenario for case in view.cases if case.verdict is Verdict.PASS}
    assert {name for name, one in results(view).items() if one["status"] == "passed"} == passed
    steps = {step["status"] for one in results(view).values() for step in one["steps"]}
    assert "skipped" not in steps
    for case in view.cases:
        told = results(view)[case.scenario]
        assert (
            told["statusDetails"]
            .get("message", "")
            .startswith("" if case.verdict is Verdict.PASS else case.verdict.label)
        )


def test_a_failed_scenario_tells_where_it_broke_off_and_what_was_said(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp)
    failed = next(one for one in of(view, FEES) if one["status"] == "failed")
    assert [step["status"] for step in failed["steps"]][-1] == "failed"
    assert {step["status"] for step in failed["steps"][:-1]} == {"passed"}
    assert "期待「1,000円」" in failed["statusDetails"]["message"]
    (attached,) = failed["attachments"]
    assert attached["type"] == "application/json"
    assert json.loads(files(view)[attached["source"]])[0]["method"]
    assert all(one["attachments"] == [] for one in results(view).values() if one["status"] == "passed")


def test_a_result_is_found_by_business_place_and_requirement(mini: Miniature) -> None:
    view = run(mini, HonestPots)
    row = next(one.requirement.row for one in view.report.outcomes if one.requirement.id == FEES)
    expected = {"epic": "鉢植え台帳", "feature": row["middle"], "story": row["name"], "tag": FEES}
    for one in of(view, FEES):
        labels = {(label["name"], label["value"]) for label in one["labels"]}
        assert set(expected.items()) <= labels
        assert one["titlePath"][-1].endswith(".feature")
        assert one["start"] <= one["stop"]


def test_the_law_is_a_link_where_its_address_is_known(mini: Miniature) -> None:
    view = run(mini, HonestPots)
    known = {
        str(basis): basis.url for one in view.report.outcomes for basis in one.requirement.legal_basis if basis.url
    }
    found = {link["name"]: link["url"] for one in results(view).values() for link in one["links"]}
    assert found == known


def test_a_scenario_keeps_its_name_over_runs_and_a_result_does_not(mini: Miniature) -> None:
    first, second = (results(run(mini, HonestPots, name=name, seed=name)) for name in ("one", "two"))
    assert [one["historyId"] for one in first.values()] == [second[name]["historyId"] for name in first]
    assert len({one["testCaseId"] for one in first.values()}) == len(first)
    assert {one["uuid"] for one in first.values()}.isdisjoint(one["uuid"] for one in second.values())


def test_the_environment_tells_what_no_test_tells(mini: Miniature) -> None:
    view = run(mini, SpeaksMarkup)
    told = properties(files(view)["environment.properties"])
    assert told["判定"] == view.report.claim.label
    assert told["製品"].startswith("鉢=1:2\\ #𠮷〔U+202E〕")
    mandatory = [one.status for one in view.report.outcomes if one.obligation is Obligation.MANDATORY]
    assert told["◎ 実装必須の要件"].startswith(f"○ 適合 {mandatory.count(Status.SATISFIED)}、")
    assert all(reason in told["判定の理由"] for reason in view.report.reasons)


def test_what_a_product_says_hides_nothing(mini: Miniature) -> None:
    mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「権限がない」として拒否される")
    messages = [one["statusDetails"].get("message", "") for one in results(run(mini, SpeaksMarkup)).values()]
    assert any("〔U+001B〕[31m〔U+202E〕" in one for one in messages)


def test_missing_evidence_is_told(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp)
    shutil.rmtree(Path(view.folder / "evidence"))
    with pytest.raises(ConfigurationError, match="証跡がありません"):
        files(view)

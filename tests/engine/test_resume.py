"""Interrupted runs: nothing is lost, nothing is run twice, and the report is the same."""

from __future__ import annotations

import builtins
import json
from typing import Any

import pytest
from miniature import HonestPots, InProcess, Miniature, events
from runs import folder, run

from kijun.engine.runlog import RunLog
from kijun.model.errors import ConfigurationError, ConnectionLost, RunStopped
from kijun.reporting import json_report


class CrashesOnce(HonestPots):
    """Dies in the middle of one case and is well again after a restart."""

    crashes = [True]

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        if self.crashes and any(name.endswith("-0-1") for name in self.opened):
            self.crashes.pop()
            raise ConnectionLost("落ちました。")
        return super().price_pot(pots, given)


class StaysDown(HonestPots):
    """Dies after a few cases and does not come back until it is told to."""

    down = [False]
    answered = [0]

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        self.answered[0] += 1
        if self.down[0] or self.answered[0] > 9:
            self.down[0] = True
            raise ConnectionLost("つながりません。")
        return super().call(params)

    observe = call


def test_a_crash_is_restarted_and_the_case_begun_again(mini: Miniature) -> None:
    CrashesOnce.crashes = [True]
    view = run(mini, CrashesOnce, sessions=1)
    assert view.report.claim.value == "conformant"
    assert view.report.facts.restarts == 1
    assert [one["attempt"] for one in events(folder(mini)) if one["event"] == "case"] == [1] * 6


def test_a_system_that_stays_down_leaves_a_run_that_resumes_to_the_same_report(mini: Miniature) -> None:
    undisturbed = json_report.render(run(mini, HonestPots, "undisturbed"))
    StaysDown.down, StaysDown.answered = [False], [0]
    with pytest.raises(RunStopped, match="つなぎ直しても戻りません"):
        run(mini, StaysDown, "broken", sessions=1)
    done = [one["scenario"] for one in events(folder(mini, "broken")) if one["event"] == "case"]
    assert 0 < len(done) < 6
    resumed = run(mini, HonestPots, "broken", resume=True)
    assert json_report.render(resumed) == undisturbed
    after = [one["scenario"] for one in events(folder(mini, "broken")) if one["event"] == "case"]
    assert len(after) == len(set(after)) == 6
    assert after[: len(done)] == done


def test_a_torn_last_line_is_taken_away_and_run_again(mini: Miniature) -> None:
    undisturbed = json_report.render(run(mini, HonestPots))
    log = folder(mini) / "run.jsonl"
    lines = log.read_bytes().split(b"\n")
    log.write_bytes(b"\n".join(lines[:8]) + b"\n" + lines[8][:40])
    assert json_report.render(run(mini, HonestPots, resume=True)) == undisturbed


def test_the_seed_of_the_first_part_is_used_for_the_rest(mini: Miniature) -> None:
    run(mini, HonestPots, seed="first")
    log = folder(mini) / "run.jsonl"
    log.write_bytes(b"\n".join(log.read_bytes().split(b"\n")[:-4]) + b"\n")
    system = InProcess(HonestPots)
    run(mini, system, resume=True, seed="second")
    names = [name for one in system.made for name in one.opened]
    assert names
    assert all(name.startswith("first-") for name in names)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("feature", "「3」である", "「4」である"), "試験一式が始めたときから変わっています。"),
        (("profile", '"2026-06-01"', '"2026-07-01"'), "プロファイルが始めたときから変わっています。"),
        (("statement", 'answer: "no"', 'answer: "yes"'), "宣言書が始めたときから変わっています。"),
    ],
)
def test_a_run_is_not_resumed_with_something_else(mini: Miniature, change: tuple[str, str, str], message: str) -> None:
    run(mini, HonestPots)
    names = {
        "feature": mini.feature,
        "profile": "requirements/profiles/sample_city.yaml",
        "statement": "requirements/systems/reference/statement.yaml",
    }
    mini.edit(names[change[0]], change[1], change[2])
    with pytest.raises(ConfigurationError, match=message):
        run(mini, HonestPots, resume=True)


def test_a_run_is_not_resumed_against_another_product(mini: Miniature) -> None:
    class Newer(HonestPots):
        IDENTITY = {**HonestPots.IDENTITY, "version": "2"}

    run(mini, HonestPots)
    with pytest.raises(ConfigurationError, match="製品が始めたときと違います"):
        run(mini, Newer, resume=True)


def test_a_full_disk_stops_the_run_and_says_how_to_go_on(mini: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    written = 0
    original = RunLog.append

    def full(self: RunLog, event: str, **fields: Any) -> None:
        nonlocal written
        written += event == "case"
        if written == 3 and event == "case":
            file = self._file
            self._file = builtins.open("/dev/full", "w")  # a real device that is always full
            try:
                original(self, event, **fields)
            finally:
                self._file = file
            return
        original(self, event, **fields)

    monkeypatch.setattr(RunLog, "append", full)
    with pytest.raises(RunStopped, match="実行記録を書けません（No space left on device）"):
        run(mini, HonestPots, sessions=1)
    monkeypatch.undo()
    resumed = run(mini, HonestPots, resume=True)
    assert resumed.report.claim.value == "conformant"


def test_every_line_of_the_log_obeys_its_schema(mini: Miniature) -> None:
    from kijun.catalog.schemas import schema

    run(mini, HonestPots)
    for event in events(folder(mini)):
        assert list(schema("event").errors(event)) == []


def test_evidence_is_named_by_its_content(mini: Miniature) -> None:
    import hashlib

    view = run(mini, HonestPots)
    files = list((folder(mini) / "evidence").glob("*.json"))
    assert len(files) >= 6
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() == file.stem for file in files)
    case = next(iter(view.report.facts.cases.values()))
    assert json.dumps(view.exchanges(case))

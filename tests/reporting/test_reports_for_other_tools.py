"""Reports for other tools: accepted by what others wrote, and never better than the run."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import characters
import foreign_eyes
import pytest
from miniature import EXTRA, FEES, PROFILE, SEEN, HonestPots, Miniature
from runs import run

from kijun.model.verdict import Claim
from kijun.reporting import badge, ctrf_report, earl_report, junit_report, oscal_report
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import CLAIM_SHAPES

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert("1")</script>*_`[甲](javascript:1) \u202e𠮷'


class SpeaksMarkup(HonestPots):
    """Calls itself, and refuses, with words that would run if they were ever taken for markup."""

    IDENTITY = {**HonestPots.IDENTITY, "product": HOSTILE, "version": f" {HOSTILE}\n"}

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "not_found", "message": f"{HOSTILE}\n\x0b"}}


CHARACTERS = [
    HonestPots,
    characters.RoundsUp,
    characters.RefusesToPlant,
    characters.LosesItsNetwork,
    characters.NeverWaters,
    SpeaksMarkup,
]
EYES: dict[str, tuple[Callable[[RunView], bytes], Callable[[bytes], list[str]]]] = {
    "junit": (junit_report.render, lambda content: foreign_eyes.xml_schema_complaints(content, "junit-10.xsd")),
    "ctrf": (
        ctrf_report.render,
        lambda content: foreign_eyes.json_schema_complaints(content, "ctrf-schema-0.0.json"),
    ),
    "earl": (earl_report.render, foreign_eyes.earl_complaints),
    "oscal": (
        oscal_report.render,
        lambda content: foreign_eyes.json_schema_complaints(content, "oscal_assessment-results_schema.json"),
    ),
}


def cut_short(view: RunView) -> RunView:
    """The same run, as if it had been killed after its first scenario."""
    folder = view.folder.with_name("cut")
    shutil.copytree(view.folder, folder)
    lines = (folder / "run.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if json.loads(line)["event"] == "case")
    (folder / "run.jsonl").write_text("".join(lines[: first + 1]), encoding="utf-8")
    return RunView.read(folder)


def waivers(mini: Miniature) -> Path:
    return mini.write(
        "waivers.yaml",
        f'waivers:\n  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初",'
        ' expires: "2099-03-31" }\n',
    )


def ctrf(view: RunView) -> dict[str, Any]:
    return json.loads(ctrf_report.render(view))["results"]


def oscal(view: RunView) -> dict[str, Any]:
    return json.loads(oscal_report.render(view))["assessment-results"]["results"][0]


def earl_outcomes(view: RunView, kind: str) -> dict[str, str]:
    """Outcome by requirement id or scenario id."""
    graph = {one["@id"]: one for one in json.loads(earl_report.render(view))["@graph"]}
    found = [one for one in graph.values() if one.get("@type") == "earl:Assertion"]
    return {
        graph[one["earl:test"]]["dct:identifier"]: one["earl:result"]["earl:outcome"]
        for one in found
        if graph[one["earl:test"]]["@type"] == kind
    }


@pytest.mark.parametrize("paper", EYES)
@pytest.mark.parametrize("character", CHARACTERS)
def test_others_accept_what_we_write(mini: Miniature, paper: str, character: type[HonestPots]) -> None:
    render, complaints = EYES[paper]
    view = run(mini, character)
    assert complaints(render(view)) == []
    assert complaints(render(cut_short(view))) == []


@pytest.mark.parametrize(
    ("paper", "ours", "broken"),
    [
        ("junit", "<system-out>", '<properties><property name="a" value="b" /></properties><system-out>'),
        ("junit", ' tests="', ' test="'),
        ("junit", "<system-out>", "<skip /><system-out>"),
        ("ctrf", '"status": "passed"', '"status": "green"'),
        ("ctrf", '"tool": {', '"tools": {'),
        ("ctrf", '"rawStatus"', '"verdict"'),
        ("ctrf", '"line": ', '"line": 0.5'),
        ("earl", '"earl:outcome": "earl:passed"', '"earl:outcome": "earl:ok"'),
        ("earl", '"earl:outcome": "earl:passed"', '"earl:verdict": "earl:passed"'),
        ("earl", '"@type": "earl:TestResult"', '"@type": "earl:Result"'),
        ("earl", '"@type": "earl:Assertion"', '"@type": "earl:TestCase"'),
        ("earl", '"earl:mode": "earl:automatic"', '"earl:mode": "earl:robot"'),
        ("earl", '"earl:test": "', '"earl:test": "urn:x'),
        ("oscal", '"state": "satisfied"', '"state": "passed"'),
        ("oscal", '"findings": [', '"findings": [], "found": ['),
        ("oscal", '"target-id": "req-', '"target-id": "'),
        ("oscal", '"collected": "', '"collected": "about '),
        ("oscal", '"value": "', '"value": " '),
        ("oscal", '"title": "', '"title": "\\n'),
    ],
)
def test_others_see_a_broken_report(mini: Miniature, paper: str, ours: str, broken: str) -> None:
    render, complaints = EYES[paper]
    content = render(run(mini, HonestPots)).decode()
    assert ours in content
    assert complaints(content.replace(ours, broken).encode()) != []


def test_the_schemas_are_those_that_others_published() -> None:
    told = (foreign_eyes.SCHEMAS / "README.md").read_text(encoding="utf-8")
    files = [path for path in foreign_eyes.SCHEMAS.iterdir() if path.name != "README.md"]
    assert len(files) == 3
    for path in files:
        assert f"`{hashlib.sha256(path.read_bytes()).hexdigest()}`" in told, path.name


@pytest.mark.parametrize(
    ("character", "requirement", "status", "outcome", "state"),
    [
        (HonestPots, FEES, {"passed"}, "earl:passed", ("satisfied", "pass")),
        (characters.RoundsUp, FEES, {"passed", "failed"}, "earl:failed", ("not-satisfied", "fail")),
        (characters.RefusesToPlant, FEES, {"other"}, "earl:cantTell", ("not-satisfied", "other")),
        (characters.LosesItsNetwork, FEES, {"other"}, "earl:cantTell", ("not-satisfied", "other")),
        (characters.NeverWaters, EXTRA, {"pending"}, "earl:untested", ("not-satisfied", "other")),
    ],
)
def test_what_did_not_pass_is_never_told_as_passed(
    mini: Miniature,
    character: type[HonestPots],
    requirement: str,
    status: set[str],
    outcome: str,
    state: tuple[str, str],
) -> None:
    view = run(mini, character)
    assert {one["status"] for one in ctrf(view)["tests"] if requirement in one["tags"]} == status
    assert earl_outcomes(view, "earl:TestRequirement")[requirement] == outcome
    found = {one["target"]["target-id"]: one["target"]["status"] for one in oscal(view)["findings"]}
    assert (found[f"req-{requirement}"]["state"], found[f"req-{requirement}"]["reason"]) == state
    passed = {case.scenario for case in view.cases if case.verdict.value == "pass"}
    assert {one["testId"] for one in ctrf(view)["tests"] if one["status"] == "passed"} == passed
    assert {one for one, told in earl_outcomes(view, "earl:TestCase").items() if told == "earl:passed"} == passed


def test_a_scenario_that_was_never_reached_is_told(mini: Miniature) -> None:
    view = cut_short(run(mini, HonestPots))
    summary = ctrf(view)["summary"]
    assert (summary["tests"], summary["passed"], summary["pending"]) == (6, 1, 5)
    assert sorted(earl_outcomes(view, "earl:TestCase").values()) == ["earl:passed", *["earl:untested"] * 5]
    suites = ElementTree.fromstring(junit_report.render(view)).iter("testsuite")
    assert [(one.get("tests"), one.get("errors")) for one in suites] == [("0", "0"), ("6", "5")]


def test_a_waiver_makes_nothing_satisfied(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp, waivers=waivers(mini))
    assert ctrf(view)["extra"]["requirements"][FEES]["status"] == "waived"
    assert earl_outcomes(view, "earl:TestRequirement")[FEES] == "earl:failed"
    target = next(one["target"] for one in oscal(view)["findings"] if one["target"]["target-id"] == f"req-{FEES}")
    assert target["status"]["state"] == "not-satisfied"
    assert "見本市: 移行中" in target["status"]["remarks"]


def test_what_does_not_apply_is_told_as_such(mini: Miniature) -> None:
    mini.edit(PROFILE, 'code: "992011", class: "general_city"', 'code: "993018", class: "town_village"')
    view = run(mini, HonestPots)
    assert set(earl_outcomes(view, "earl:TestRequirement").values()) == {"earl:inapplicable"}
    result = oscal(view)
    assert "findings" not in result
    assert len(result["reviewed-controls"]["control-selections"][0]["exclude-controls"]) == 6
    assert "団体区分" in result["reviewed-controls"]["remarks"]
    for render, complaints in EYES.values():
        assert complaints(render(view)) == []


def test_what_people_saw_is_an_observation_of_their_own(mini: Miniature) -> None:
    result = oscal(run(mini, HonestPots))
    finding = next(one for one in result["findings"] if one["target"]["target-id"] == f"req-{SEEN}")
    seen = {one["uuid"]: one for one in result["observations"]}[finding["related-observations"][0]["observation-uuid"]]
    assert seen["methods"] == ["EXAMINE"]
    assert seen["origins"][0]["actors"][0]["type"] == "party"


@pytest.mark.parametrize(("also", "mode"), [("", "earl:manual"), (f" @req:{SEEN}", "earl:semiAuto")])
def test_earl_tells_who_looked(mini: Miniature, also: str, mode: str) -> None:
    mini.edit(mini.feature, f"@req:{FEES}", f"@req:{FEES}{also}")
    graph = json.loads(earl_report.render(run(mini, HonestPots)))["@graph"]
    modes = {one["earl:test"]: one["earl:mode"] for one in graph if "earl:mode" in one}
    assert modes[f"https://kijun.example/requirement/{SEEN}"] == mode
    assert modes[f"https://kijun.example/requirement/{FEES}"] == "earl:automatic"


def test_every_reference_leads_somewhere(mini: Miniature) -> None:
    report = json.loads(oscal_report.render(run(mini, characters.RoundsUp)))["assessment-results"]
    named: list[str] = []
    used: list[str] = [report["import-ap"]["href"].removeprefix("#")]

    def walk(node: Any) -> None:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            if key == "uuid":
                named.append(value)
            elif str(key).endswith("-uuid"):
                used.append(value)
            elif isinstance(value, dict | list):
                walk(value)

    walk(report)
    assert len(named) == len(set(named))
    assert set(used) <= set(named)


def test_the_place_of_the_folder_changes_nothing(mini: Miniature, tmp_path: Path) -> None:
    view = run(mini, characters.RoundsUp)
    elsewhere = RunView.read(Path(shutil.copytree(view.folder, tmp_path / "elsewhere")))
    for render, _ in EYES.values():
        assert render(elsewhere) == render(view)
    assert badge.render(elsewhere) == badge.render(view)


def test_two_runs_have_no_name_in_common(mini: Miniature) -> None:
    first, second = (oscal(run(mini, HonestPots, name=name, seed=name)) for name in ("one", "two"))
    assert {one["uuid"] for one in first["findings"]}.isdisjoint(one["uuid"] for one in second["findings"])


def test_what_a_product_says_is_never_markup_to_others(mini: Miniature) -> None:
    mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「権限がない」として拒否される")
    view = run(mini, SpeaksMarkup)
    text = oscal_report.render(view).decode()
    props = [value for value in text.splitlines() if '"value":' in value]
    assert any("script" in line for line in text.splitlines() if '"description":' in line)
    assert all("<script" not in line.replace("\\\\<", "") for line in text.splitlines() if line not in props)
    picture = ElementTree.fromstring(badge.render(view))
    assert {one.tag for one in picture.iter()} == {f"{SVG}{name}" for name in ("svg", "title", "rect", "text")}
    assert '<script>alert("1")</script>' in (picture.findtext(f"{SVG}title") or "")


@pytest.mark.parametrize(
    ("character", "claim"),
    [
        (HonestPots, Claim.CONFORMANT),
        (characters.RoundsUp, Claim.NOT_CONFORMANT),
        (characters.LosesItsNetwork, Claim.UNDETERMINED),
    ],
)
def test_the_badge_says_in_words_what_the_run_came_to(
    mini: Miniature, character: type[HonestPots], claim: Claim
) -> None:
    view = run(mini, character)
    picture = ElementTree.fromstring(badge.render(view))
    title = picture.findtext(f"{SVG}title") or ""
    left, right = (one.text for one in picture.iter(f"{SVG}text"))
    assert right == f"{CLAIM_SHAPES[claim]} {claim.label}"
    assert left == "鉢植え台帳 1版（試案）"
    assert (picture.get("role"), picture.get("aria-label")) == ("img", title)
    assert f"鉢植え台帳 1版（試案） に対して{claim.label}（一般市、基準日 令和8年6月1日" in title
    assert view.product["version"] in title


def test_the_badge_of_a_waived_run_is_no_plain_yes(mini: Miniature) -> None:
    picture = badge.render(run(mini, characters.RoundsUp, waivers=waivers(mini))).decode()
    assert "◇ 条件付適合<" in picture
    assert badge.COLOURS[Claim.CONFORMANT] not in picture


@pytest.mark.parametrize(
    ("state", "told"), [("draft", "（試案）"), ("consultation", "（意見照会中）"), ("published", "")]
)
def test_the_badge_names_the_state_of_the_table(mini: Miniature, state: str, told: str) -> None:
    mini.edit(mini.table, 'status: "draft"', f'status: "{state}"')
    picture = ElementTree.fromstring(badge.render(run(mini, HonestPots)))
    assert next(picture.iter(f"{SVG}text")).text == f"鉢植え台帳 1版{told}"


@pytest.mark.parametrize("colour", [*badge.COLOURS.values(), badge.LABEL_COLOUR])
def test_white_letters_can_be_read_on_every_badge(colour: str) -> None:
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance of a colour like #1b6e3c (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue

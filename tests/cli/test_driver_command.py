"""The driver kit as a vendor meets it: templates that run at once, and a check that names every broken promise."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import Any

import pytest
from command_line import kijun, over_stdio, text
from miniature import SYSTEM, HonestPots, InProcess, Miniature

from kijun.engine.driver_check import MOST_TROUBLES, Fitness, check_driver
from kijun.engine.driver_kit import LANGUAGES, TEMPLATES
from kijun.engine.setup import Request, prepare

PROGRAMS = {"python": "python3", "node": "node", "java": "java"}


def checked(mini: Miniature, make: type[HonestPots], **change: Any) -> tuple[Fitness, str]:
    """What the check finds out about a character in this process, and all its problems as one text."""
    assignment, sut = prepare(Request(root=mini.root, seed="seed"))
    fitness = check_driver(replace(assignment, **change), InProcess(make), sut.folder)
    return fitness, "\n".join(map(str, fitness.problems))


@pytest.mark.parametrize("language", PROGRAMS)
def test_a_new_driver_keeps_the_contract_before_anything_is_filled_in(office: Miniature, language: str) -> None:
    if shutil.which(PROGRAMS[language]) is None:
        pytest.skip(f"{PROGRAMS[language]} is not installed on this machine")
    written = kijun(office, "driver", "new", "--lang", language, "新しい 事業者")
    assert written.returncode == 0, text(written)
    done = kijun(office, "driver", "check", "--system", "新しい 事業者")
    told = text(done)
    assert done.returncode == 0, told
    assert "○ 知らない操作に unsupported と答えました。" in told
    assert "○ 1 操作のうち 1 が形式どおりに答えました（期限に最も近いのは「鉢の照会」" in told
    assert "確かめられる要件: 1 / 5 件" in told
    assert "一つだけなら 「鉢の登録」（plant_pot） … さらに 2 件" in told
    assert "このドライバーは実行に使えます。" in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_short_and_explains_itself(language: str) -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (TEMPLATES / language).glob("*.*")}
    assert {"README.md", "sut.yaml"} < set(files)
    assert all(len(content.splitlines()) < 150 for content in files.values())
    assert "kijun driver check --system ." in files["README.md"]


def test_the_readme_of_csharp_says_that_nobody_has_run_it(office: Miniature) -> None:
    assert kijun(office, "driver", "new", "--lang", "csharp", "cs").returncode == 0
    assert "has not been run by its authors" in (office.root / "cs" / "README.md").read_text(encoding="utf-8")
    assert '["list_pots"] = ExampleOperation' in (office.root / "cs" / "Program.cs").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["事業者/memo.txt", "事業者"])
def test_a_folder_that_is_not_empty_is_refused_and_left_alone(office: Miniature, name: str) -> None:
    path = office.write(name, "消さないでください。")
    done = kijun(office, "driver", "new", "--lang", "python", "事業者")
    assert done.returncode == 4
    assert "何も書きませんでした" in text(done)
    assert path.read_text(encoding="utf-8") == "消さないでください。"
    assert path.parent == office.root or list(path.parent.iterdir()) == [path]


def test_without_a_plain_list_in_the_glossary_the_example_keeps_its_name(office: Miniature) -> None:
    office.edit(office.glossary, 'kind: "query"\n    input: []', 'kind: "query"\n    input: ["year"]')
    done = kijun(office, "driver", "new", "--lang", "python", "新しい")
    assert done.returncode == 0, text(done)
    assert '"example_operation": example_operation' in (office.root / "新しい/driver.py").read_text(encoding="utf-8")


def test_an_honest_driver_is_fit_and_everything_is_unlocked(office: Miniature) -> None:
    done = kijun(office, "driver", "check", "--json")
    assert done.returncode == 0, text(done)
    record = json.loads(done.stdout)
    assert record["fit"] is True
    assert (record["unlocked"], record["requirements"], record["advances"]) == (5, 5, [])
    assert record["round_trips_per_second"] > 100


@pytest.mark.parametrize(
    ("habit", "told"),
    [
        ("everything", "知らない操作には unsupported を返してください。"),
        ("malformed", "操作「料金の計算」（price_pot）: call の応答が JSON ではありません"),
        ("wrong-id", "id が 999 です"),
        ("no-result", "result のオブジェクトがありません"),
        ("crash", "終了コード 17）。メモリーが足りません"),
    ],
)
def test_a_liar_or_a_cripple_is_not_fit(office: Miniature, habit: str, told: str) -> None:
    over_stdio(office, habit)
    done = kijun(office, "driver", "check")
    assert done.returncode == 3
    assert told in text(done)
    assert "このドライバーは実行に使えます。" not in text(done)


def test_a_driver_that_does_not_start_is_told_with_what_to_do(office: Miniature) -> None:
    office.write(f"{SYSTEM}/sut.yaml", 'sut:\n  driver: "stdio"\n  command: ["no-such-driver"]\n')
    done = kijun(office, "driver", "check")
    assert done.returncode == 3
    assert "起動できません" in text(done)
    assert "→ 製品が起動しているか、sut.yaml の command、hello への答えを確かめてください。" in text(done)
    assert "確かめられる要件" not in text(done)


class BreaksManyPromises(HonestPots):
    """Claims what it cannot, refuses in its own words, forgets, and is somebody else in the end."""

    counter = 0

    def water_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"unsupported": {"operation": "water_pot"}}

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "no_way", "message": "だめです。"}}

    def list_pots(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        BreaksManyPromises.counter += 1
        return {"result": {"pots": [{"pot_id": str(self.counter), "label": "a", "size": "small"}]}}

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"answers": {"999-1.1.1-01": "no"}}

    def bye(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"identity": {**self.IDENTITY, "version": "2"}}


def test_all_broken_promises_are_told_at_once(mini: Miniature) -> None:
    _, problems = checked(mini, BreaksManyPromises)
    assert "製品自身の宣言が statement.yaml と違います（999-1.1.1-01）。" in problems
    assert "操作「水やり」（water_pot）を提供すると名乗りながら、unsupported と答えました。" in problems
    assert "操作「料金の計算」（price_pot）が用語集にない理由「no_way」で拒否しました。" in problems
    assert "操作「鉢の照会」（list_pots）を続けて二度尋ねると、答えが異なりました。" in problems
    assert "製品の名乗りが途中で変わりました" in problems


def test_an_answer_after_its_deadline_is_told_and_the_rest_is_still_asked(mini: Miniature) -> None:
    from characters import HangsOnPrice

    fitness, problems = checked(mini, HangsOnPrice, deadlines={"price_pot": 0.2})
    assert "操作「料金の計算」（price_pot）: call に 0.2 秒以内の応答がありません。" in problems
    assert any("4 操作のうち 3 が形式どおりに答えました" in note for note in fitness.notes)
    assert "○ 終わりの名乗りは、始めと同じです。" in fitness.notes


class NeverMakesSense(HonestPots):
    OPERATIONS = (*HonestPots.OPERATIONS, "kijun_none")

    def open(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"session": "別の場", "state_digest": "empty"}

    def ics(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"answers": "はい"}

    def attach(self, params: dict[str, Any]) -> dict[str, Any]:
        return {}

    def bye(self, params: dict[str, Any]) -> dict[str, Any]:
        return {}


def test_a_driver_that_breaks_at_everything_is_not_asked_for_ever(mini: Miniature) -> None:
    fitness, problems = checked(mini, NeverMakesSense)
    assert f"約束に反する応答が {MOST_TROUBLES} 回に達したので、残りは尋ねていません。" in problems
    assert "用語集にない操作「kijun_none」を名乗りました" in problems
    assert fitness.unlocked == 5


class SharesOnePlace(HonestPots):
    asked: list[str] = []

    def hello(self, params: dict[str, Any]) -> dict[str, Any]:
        return {**super().hello(params), "isolation": "shared"}

    def call(self, params: dict[str, Any]) -> dict[str, Any]:
        if params["session"] == "seed-check":
            self.asked.append(params["operation"])
        return super().call(params)

    observe = call


def test_commands_are_not_tried_out_in_a_place_that_others_share(mini: Miniature) -> None:
    fitness, problems = checked(mini, SharesOnePlace)
    assert problems == ""
    assert "場が切り離されない（shared）ので、照会でない 3 操作は尋ねません。" in fitness.notes
    assert SharesOnePlace.asked == ["list_pots", "list_pots"]


def test_a_driver_is_looked_at_before_anything_is_declared(office: Miniature) -> None:
    (office.root / SYSTEM / "statement.yaml").unlink()
    assert kijun(office, "driver", "check").returncode == 0
    assert "statement.yaml）がありません" in text(kijun(office, "run"))


PRODUCT = """
def plant_pot(place, given, actor, as_of):
    if actor == "visitor":
        raise Refused("forbidden", "見学者です。")
    number = f"P{len(place) + 1}"
    place[number] = {"pot_id": number, "label": given["label"], "size": given["size"]}
    return {"pot_id": number, "tag": {"label": given["label"], "size": given["size"], "fee": None}}


def price_pot(place, given, actor, as_of):
    return {"fee": {"small": 100, "large": 1000}[place[given["pot_id"]]["size"]]}


def open_place(session, profile, as_of):
    return {}


OPERATIONS = {
    "plant_pot": plant_pot,
    "price_pot": price_pot,
    "water_pot": lambda place, given, actor, as_of: {"water": given["water"]},
    "list_pots": lambda place, given, actor, as_of: {"pots": list(place.values())},
}
"""
MISSING = """def price_pot(place, given, actor, as_of):
    if given["pot_id"] not in place:
        raise Refused("not_found", "ありません。")
"""


def test_a_template_that_is_filled_in_comes_to_a_conforming_run(office: Miniature) -> None:
    """The place of the template keeps scenarios apart, and its Refused is a refusal to the suite."""
    assert kijun(office, "driver", "new", "--lang", "python", "filled").returncode == 0
    marker = "# The messages: nothing below"
    office.edit("filled/driver.py", marker, f"{PRODUCT}\n{marker}")
    for name in ("statement.yaml", "attestations/seen.yaml"):
        office.write(f"filled/{name}", (office.root / SYSTEM / name).read_text(encoding="utf-8"))
    check = kijun(office, "driver", "check", "--system", "filled")
    assert (
        "操作「料金の計算」（price_pot）: ドライバーが自身の誤りを報告しました: ドライバーの誤りです: KeyError"
        in text(check)
    )
    office.edit("filled/driver.py", "def price_pot(place, given, actor, as_of):\n", MISSING)
    done = kijun(office, "driver", "check", "--system", "filled")
    assert done.returncode == 0, text(done)
    done = kijun(office, "run", "--system", "filled")
    assert done.returncode == 0, text(done)
    assert "判定: 適合（conformant）" in text(done)

"""A finished run is judged again from its evidence, and says what came out otherwise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import characters
import pytest
from miniature import PROFILE, SYSTEM, HonestPots, Miniature, events, statement_text
from runs import folder, run

from kijun.engine.replay import Replay, replay
from kijun.engine.runlog import RunLog
from kijun.engine.suite import Suite


def again(mini: Miniature) -> Replay:
    return replay(folder(mini), Suite.load(mini.root))


@pytest.mark.parametrize(
    ("character", "played"),
    [
        (HonestPots, 6),
        (characters.RoundsUp, 6),
        (characters.RefusesToPlant, 6),
        (characters.BreaksDownOnPrice, 6),
        (characters.LetsVisitorsIn, 6),
        (characters.SmashesPots, 6),
        (characters.NeverWaters, 5),
        (characters.ChangesItsMind, 6),
        (characters.HangsOnPrice, 4),  # what was never answered says nothing of the product
        (characters.AnswersNonsense, 4),
    ],
)
def test_every_verdict_about_a_product_comes_out_again(
    mini: Miniature, character: type[HonestPots], played: int
) -> None:
    run(mini, character)
    assert again(mini) == Replay(played, ())


def test_a_filtered_run_and_one_with_a_declined_option_come_out_again(mini: Miniature) -> None:
    run(mini, HonestPots, select=("999-1.1.1-01",))
    assert again(mini) == Replay(2, ())
    (folder(mini) / "run.jsonl").unlink()
    mini.write(f"{SYSTEM}/statement.yaml", statement_text(r05="no"))
    run(mini, HonestPots)
    assert again(mini) == Replay(5, ())


def test_the_form_of_files_that_a_buyer_asked_for_is_recorded_too(mini: Miniature) -> None:
    mini.edit(PROFILE, '"2026-06-01"\n', '"2026-06-01"\n  files: { encoding: "cp932" }\n')
    run(mini, HonestPots)
    assert again(mini) == Replay(6, ())


def rewrite(mini: Miniature, change: Any) -> None:
    lines = change(events(folder(mini)))
    text = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in lines)
    (folder(mini) / "run.jsonl").write_text(text, encoding="utf-8", newline="\n")


def case(lines: list[dict[str, Any]], seq: int) -> dict[str, Any]:
    return next(one for one in lines if one.get("seq") == seq)


def with_evidence(mini: Miniature, seq: int, change: Any) -> None:
    """Replace the evidence of a case by changed evidence, digest and all."""

    def swap(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        one = case(lines, seq)
        path: Path = folder(mini) / "evidence" / f"{one['evidence']}.json"
        one["evidence"] = RunLog(folder(mini)).keep(json.dumps(change(json.loads(path.read_bytes()))).encode())
        return lines

    rewrite(mini, swap)


def test_a_changed_verdict_reply_or_question_comes_out_otherwise(mini: Miniature) -> None:
    run(mini, HonestPots)

    def cheaper(exchanges: list[dict[str, Any]]) -> list[dict[str, Any]]:
        exchanges[-1]["reply"]["result"]["fee"] -= 1
        return exchanges

    def other_year(exchanges: list[dict[str, Any]]) -> list[dict[str, Any]]:
        exchanges[-1]["request"]["input"]["year"] -= 1
        return exchanges

    with_evidence(mini, 0, cheaper)
    with_evidence(mini, 1, other_year)
    with_evidence(mini, 2, lambda exchanges: [*exchanges, exchanges[-1]])
    found = again(mini).disagreements
    assert len(found) == 3
    assert "記録は「合格」、証跡からは「不合格」 「料金」: 期待「100円」、実際「99円」" in found[0]
    assert "記録にない問いです" in found[1]
    assert "証跡からは「合格」" in found[2]  # a question too many


def test_counted_assertions_and_messages_come_out_again_too(mini: Miniature) -> None:
    run(mini, characters.RoundsUp)
    rewrite(mini, lambda lines: [{**one, "assertions": 9} if one.get("seq") == 0 else one for one in lines])
    assert len(again(mini).disagreements) == 1
    rewrite(
        mini, lambda lines: [{**one, "message": "軽い違い"} if one.get("verdict") == "fail" else one for one in lines]
    )
    assert len(again(mini).disagreements) == 2


def test_a_snapshot_that_this_suite_would_not_have_made_is_told(mini: Miniature) -> None:
    run(mini, HonestPots)

    def easier(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        start = lines[0]
        snapshot = json.loads((folder(mini) / "evidence" / f"{start['catalog']}.json").read_bytes())
        snapshot["requirements"][0]["row"]["category"]["general_city"] = "optional"
        start["catalog"] = RunLog(folder(mini)).keep(json.dumps(snapshot).encode())
        start["selection"]["plan_digest"] = "0" * 64
        case(lines, 3)["scenario"] = "plants/none.feature:1#00000000"
        return lines

    rewrite(mini, easier)
    assert again(mini).disagreements == (
        "実行のときの控え（requirements）が、試験一式から作り直したものと違います。",
        "選ばれたシナリオが、試験一式から選び直したものと違います。",
        "plants/none.feature:1#00000000: 試験一式にないシナリオです。",
    )


def test_another_class_of_municipality_or_edition_is_told(mini: Miniature) -> None:
    """A town has fewer duties than a city: the code of the city stands beside it."""
    run(mini, HonestPots)

    def smaller(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        lines[0]["profile"]["municipality_class"] = "town_village"
        lines[0]["edition"] = {"pot_register": "2"}
        return lines

    rewrite(mini, smaller)
    assert again(mini).disagreements == (
        "条件の団体の名前か区分が、登録簿のものと違います。",
        "版が、試験一式のものと違います。",
    )

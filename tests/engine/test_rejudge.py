"""A finished run before another suite: what stays, what turns, and what only the product can answer."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import characters
import pytest
from miniature import (
    EXTRA,
    FEATURE,
    FEES,
    LEDGER,
    SEEN,
    SMASHING,
    SYSTEM,
    VISITORS,
    HonestPots,
    Miniature,
    statement_text,
)
from runs import folder, run, statuses

from kijun.engine.rejudge import Cause, Rejudgement, Standing, rejudge
from kijun.engine.suite import Suite
from kijun.model.errors import ConfigurationError
from kijun.model.verdict import Claim, Status, Verdict
from kijun.reporting.run_view import RunView

TODAY = date(2026, 12, 1)


@pytest.fixture
def new(tmp_path: Path) -> Miniature:
    """The suite that the run is judged again by."""
    root = tmp_path / "直した 試験一式"
    root.mkdir()
    return Miniature(root)


def again(mini: Miniature, new: Miniature, today: date = TODAY) -> Rejudgement:
    return rejudge(folder(mini), RunView.read(folder(mini)).report, Suite.load(new.root), today)


def standings(found: Rejudgement) -> dict[str, Standing]:
    return {one.id: one.standing for one in found.requirements}


def test_the_same_suite_changes_nothing(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    found = again(mini, new)
    assert found.cases == ()
    assert set(standings(found).values()) == {Standing.VALID}
    assert (found.then.claim, found.now.claim, found.exit_code) == (Claim.CONFORMANT, Claim.CONFORMANT, 0)


@pytest.mark.parametrize(
    "character",
    [characters.RoundsUp, characters.RefusesToPlant, characters.ChangesItsMind, characters.HangsOnPrice,
     characters.AnswersNonsense, characters.BreaksDownOnPrice, characters.NeverWaters],
)  # fmt: skip
def test_what_a_product_did_wrong_or_never_answered_stays_as_it_was(
    mini: Miniature, new: Miniature, character: type[HonestPots]
) -> None:
    run(mini, character)
    found = again(mini, new)
    assert found.cases == ()
    assert found.now.claim is found.then.claim
    assert set(standings(found).values()) == {Standing.VALID}
    assert found.exit_code == 0


def test_a_test_found_wrong_is_answered_by_the_evidence(mini: Miniature, new: Miniature) -> None:
    """The product charged 1,001 yen where the suite expected 1,000; the corrected suite expects what it charged."""
    run(mini, characters.RoundsUp)
    new.edit(new.feature, "| 大     | 1,000円 |", "| 大     | 1,001円 |")
    found = again(mini, new)
    assert [(one.then, one.now, one.cause, one.must_run) for one in found.cases] == [
        (Verdict.FAIL, Verdict.PASS, Cause.SCENARIO, False)
    ]
    fees = found.requirements[0]
    assert (fees.id, fees.then, fees.now) == (FEES, Status.NOT_SATISFIED, Status.SATISFIED)
    assert fees.standing is Standing.REJUDGED
    assert (found.then.claim, found.now.claim, found.exit_code) == (Claim.NOT_CONFORMANT, Claim.CONFORMANT, 1)


def test_a_stricter_expectation_turns_a_pass_into_a_fail(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.feature, "「鉢の一覧」は「2」件である", "「鉢の一覧」は「3」件である")
    found = again(mini, new)
    (case,) = found.cases
    assert (case.then, case.now, case.requirements) == (Verdict.PASS, Verdict.FAIL, (LEDGER,))
    assert "期待 3 件、実際 2 件" in case.message
    assert standings(found)[LEDGER] is Standing.REJUDGED
    assert (found.now.claim, found.exit_code) == (Claim.NOT_CONFORMANT, 1)


def test_a_scenario_that_moved_or_was_renamed_is_the_same(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.feature, "機能: 鉢植え台帳\n", "機能: 鉢植え台帳\n\n  説明を加えた。\n")
    new.edit(new.feature, "シナリオ: 登録した鉢が一覧にある", "シナリオ: 鉢が全て一覧にある")
    found = again(mini, new)
    assert (found.cases, found.exit_code) == ((), 0)
    assert set(standings(found).values()) == {Standing.VALID}


def test_a_question_that_was_never_asked_has_to_be_asked(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.feature, "      | 水の量   | 3  |", "      | 水の量   | 4  |")
    new.edit(new.feature, "「水の量」は「3」である", "「水の量」は「4」である")
    found = again(mini, new)
    (case,) = found.cases
    assert (case.then, case.now, case.must_run, case.cause) == (Verdict.PASS, None, True, Cause.SCENARIO)
    assert case.message == "「水やり」への問いが、この内容と順では記録にありません。"
    change = next(one for one in found.requirements if one.id == EXTRA)
    assert (change.standing, change.then, change.now) == (Standing.OPEN, Status.SATISFIED, Status.NOT_VERIFIED)
    assert (found.now.claim, found.exit_code) == (Claim.UNDETERMINED, 2)


def test_a_question_more_at_the_end_has_to_be_asked_too(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(
        new.feature,
        "    もし 提供されないはずの「鉢の破壊」を試みる\n",
        "    前提 「鉢の照会」の結果を控えておく\n    もし 提供されないはずの「鉢の破壊」を試みる\n",
    )
    (case,) = again(mini, new).cases
    assert (case.must_run, case.requirements) == (True, (SMASHING,))


def test_a_removed_and_a_new_scenario(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.feature, "      | 大     | 1,000円 |\n", "")
    new.edit(
        new.feature,
        "  @canary\n",
        "  @req:999-1.1.1-02\n  シナリオ: 鉢がなければ一覧は空である\n    もし 「鉢の照会」を行う\n"
        "    ならば 「鉢の一覧」は「0」件である\n\n  @canary\n",
    )
    found = again(mini, new)
    assert [(one.then, one.now, one.cause, one.must_run) for one in found.cases] == [
        (None, None, Cause.NEW, True),
        (Verdict.PASS, None, Cause.REMOVED, False),
    ]
    assert standings(found)[FEES] is Standing.VALID
    assert standings(found)[LEDGER] is Standing.OPEN
    assert found.exit_code == 2


def test_a_changed_row_is_declared_and_checked_anew(mini: Miniature, new: Miniature) -> None:
    """Test and people alike: neither declaration nor attestation was about this text."""
    run(mini, HonestPots)
    new.edit(new.table, "登録した鉢を一覧にできること。", "登録した鉢を全て一覧にできること。")
    new.edit(new.table, "札の現物が読めることを", "札の現物がはっきり読めることを")
    found = again(mini, new)
    assert found.cases == ()
    for one in found.requirements:
        if one.id in (LEDGER, SEEN):
            assert (one.standing, one.then, one.now) == (Standing.OPEN, Status.SATISFIED, Status.NOT_VERIFIED)
            assert one.because == ("「要件文」が変わりました。宣言し直し、確かめ直してください。",)
        else:
            assert one.standing is Standing.VALID
    assert found.exit_code == 2


def test_another_explanation_leaves_the_result_alone(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.table, 'name: "料金"', 'name: "料金の額"')
    text = (new.root / new.table).read_text(encoding="utf-8")
    new.write(new.table, text.replace('article: "1条"', 'article: "2条"', 1).replace('edition: "1"', 'edition: "2"', 1))
    found = again(mini, new)
    change = found.requirements[0]
    assert (change.standing, change.because) == (Standing.EXPLAINED, ("「機能名称」「根拠」が変わりました。",))
    assert found.now.facts.start["edition"] == {"pot_register": "2"}
    assert found.exit_code == 0


def test_a_new_row_and_one_that_is_gone(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.table, f'"{SEEN}"', '"999-1.1.1-07"')
    new.write(f"{SYSTEM}/attestations/seen.yaml", "attestations: []\n")
    found = again(mini, new)
    by_id = {one.id: one for one in found.requirements}
    gone, added = by_id[SEEN], by_id["999-1.1.1-07"]
    assert (gone.standing, gone.then, gone.now) == (Standing.GONE, Status.SATISFIED, None)
    assert (added.standing, added.then, added.now) == (Standing.NEW, None, Status.NOT_VERIFIED)
    assert (found.now.claim, found.exit_code) == (Claim.UNDETERMINED, 2)


def test_a_row_that_no_longer_binds_this_municipality_needs_nothing(mini: Miniature, new: Miniature) -> None:
    run(mini, characters.NeverWaters)
    text = (new.root / new.table).read_text(encoding="utf-8")
    before, after = text.split(f'"{EXTRA}"')
    new.write(new.table, before + f'"{EXTRA}"' + after.replace('general_city: "optional"', 'general_city: "none"', 1))
    found = again(mini, new)
    (case,) = found.cases
    assert (case.now, case.cause, case.must_run) == (None, Cause.REQUIREMENT, False)
    assert "団体区分「一般市」に規定がありません。" in case.message
    change = next(one for one in found.requirements if one.id == EXTRA)
    assert (change.standing, change.now) == (Standing.REJUDGED, Status.NOT_APPLICABLE)


def test_other_words_for_the_same_scenario_are_named_as_the_cause(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.glossary, 'result: ["fee"]', 'result: ["fee", "water"]')
    found = again(mini, new)
    assert [(one.must_run, one.cause) for one in found.cases] == [(True, Cause.WORDS)] * 2
    assert found.cases[0].message.startswith("記録の答えでは足りません。操作「料金の計算」の応答が形式に合いません")


@pytest.mark.parametrize("character", [characters.HangsOnPrice, characters.AnswersNonsense])
def test_a_case_that_broke_off_proves_nothing_for_another_scenario(
    mini: Miniature, new: Miniature, character: type[HonestPots]
) -> None:
    """What the driver would have said to another question is not known; that it broke off at this one is."""
    run(mini, character)
    new.edit(
        new.feature,
        "前提 「年度」は「令和8年度」である\n    かつ 次の「鉢」",
        "前提 「年度」は「令和7年度」である\n    かつ 次の「鉢」",
    )
    found = again(mini, new)
    assert [one.must_run for one in found.cases if FEES in one.requirements] == [True, True]
    assert "途中で途切れました" in found.cases[0].message
    assert standings(found)[FEES] is Standing.OPEN


def test_what_the_driver_did_not_offer_stays_unverified_until_it_is_run(mini: Miniature, new: Miniature) -> None:
    class NoPrices(HonestPots):
        OPERATIONS = ("plant_pot", "water_pot", "list_pots")

    run(mini, NoPrices)
    assert again(mini, new).cases == ()
    new.edit(
        new.feature,
        "    もし 「料金の計算」を行う\n    ならば 「料金」は「<料金>」である",
        "    もし 「鉢の照会」を行う\n    ならば 「鉢の一覧」は「1」件である",
    )
    found = again(mini, new)
    assert [(one.then, one.now, one.must_run) for one in found.cases] == [(Verdict.NONE, None, True)] * 2
    assert found.cases[0].message == "この実行では実施していません。"


def test_a_filtered_run_answers_for_what_it_chose(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots, select=(VISITORS,))
    new.edit(new.feature, "拒否される", "拒否される\n    かつ 「鉢の照会」の結果は控えと変わらない")
    found = again(mini, new)
    assert [one.requirements for one in found.cases] == [(VISITORS,)]
    assert found.now.facts.start["selection"]["scenarios"] == 1


def test_waivers_and_attestations_are_judged_on_the_day_asked(mini: Miniature, new: Miniature) -> None:
    waiver = f'waivers:\n  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初",'
    run(mini, characters.RoundsUp, waivers=mini.write("waivers.yaml", waiver + ' expires: "2098-03-31" }\n'))
    assert again(mini, new, date(2098, 3, 31)).exit_code == 0
    found = again(mini, new, date(2098, 4, 1))
    change = found.requirements[0]
    assert (change.then, change.now, change.standing) == (Status.WAIVED, Status.NOT_SATISFIED, Standing.REJUDGED)
    assert change.because[0] == "免除の期限（2098-03-31）が過ぎました。"
    late = again(mini, new, date(2099, 4, 1))
    assert standings(late)[SEEN] is Standing.OPEN


def test_a_suite_of_another_business_is_refused(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    suite = Suite.load(new.root)
    other = Suite(suite.catalog.limited_to([]), (), suite.phrases)
    with pytest.raises(ConfigurationError, match=r"業務「pot_register」の要件表がありません。"):
        rejudge(folder(mini), RunView.read(folder(mini)).report, other, TODAY)


def test_a_declined_option_stays_declined(mini: Miniature, new: Miniature) -> None:
    mini.write(f"{SYSTEM}/statement.yaml", statement_text(r05="no"))
    run(mini, HonestPots)
    assert again(mini, new).exit_code == 0
    new.edit(new.table, "水の量を記録できること。", "水の量を日ごとに記録できること。")
    found = again(mini, new)
    assert [(one.cause, one.must_run) for one in found.cases] == [(Cause.REQUIREMENT, True)]
    assert standings(found)[EXTRA] is Standing.OPEN


class OverchargesAll(HonestPots):
    FEES = {"small": 101, "large": 1001}


def test_one_of_two_wrong_tests_corrected_turns_a_case_and_not_the_requirement(mini: Miniature, new: Miniature) -> None:
    run(mini, OverchargesAll)
    new.edit(new.feature, "1,000円", "1,001円")
    found = again(mini, new)
    fees = found.requirements[0]
    assert [(one.then, one.now) for one in found.cases] == [(Verdict.FAIL, Verdict.PASS)]
    assert (fees.then, fees.now, fees.standing) == (Status.NOT_SATISFIED, Status.NOT_SATISFIED, Standing.REJUDGED)
    assert (found.then.claim, found.now.claim, found.exit_code) == (Claim.NOT_CONFORMANT, Claim.NOT_CONFORMANT, 1)


def test_a_canary_is_no_counterpart_of_what_asks_the_same(mini: Miniature, new: Miniature) -> None:
    run(mini, OverchargesAll)
    head, rest = FEATURE.split("\n\n", 1)
    others, canary = rest.split("  @canary\n")
    new.write(new.feature, f"{head}\n\n  @canary\n{canary}\n{others.replace('100円 ', '101円 ')}")
    assert [(one.then, one.now) for one in again(mini, new).cases] == [(Verdict.FAIL, Verdict.PASS)]


def test_a_feature_in_another_file_is_the_same(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    (new.root / new.feature).rename((new.root / new.feature).with_name("all_pots.feature"))
    found = again(mini, new)
    assert (found.cases, found.exit_code) == ((), 0)


def test_a_scenario_that_is_only_removed_takes_nothing_from_the_claim(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.feature, "      | 大     | 1,000円 |\n", "")
    found = again(mini, new)
    assert [one.cause for one in found.cases] == [Cause.REMOVED]
    assert (found.now.claim, found.now.reasons, found.exit_code) == (Claim.CONFORMANT, (), 0)


def test_a_waiver_of_a_changed_row_was_given_for_another_row(mini: Miniature, new: Miniature) -> None:
    waiver = f'waivers:\n  - {{ requirement: "{LEDGER}", issuer: "見本市", reason: "移行中", scope: "当初",'
    run(mini, HonestPots, waivers=mini.write("waivers.yaml", waiver + ' expires: "2099-03-31" }\n'))
    new.edit(new.table, "登録した鉢を一覧にできること。", "登録した鉢を全て一覧にできること。")
    found = again(mini, new)
    assert next(one.now for one in found.requirements if one.id == LEDGER) is Status.NOT_VERIFIED
    assert found.now.claim is Claim.UNDETERMINED


def test_what_a_stopped_run_never_came_to_is_as_open_as_before(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    log = folder(mini) / "run.jsonl"
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text(
        "".join(one for one in lines if '"seq":5' not in one and "run_finished" not in one), encoding="utf-8"
    )
    found = again(mini, new)
    assert (found.cases, found.exit_code) == ((), 0)
    assert found.then.claim is found.now.claim is Claim.UNDETERMINED
    assert "選んだ 6 件のうち 5 件しか実施していません。" in found.now.reasons


def test_a_municipality_that_is_not_on_the_list_is_told(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    log = folder(mini) / "run.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace('"992011"', '"992999"'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"run.jsonl:1: 団体コード 992999 の団体は登録簿にありません。"):
        again(mini, new)


def test_a_scenario_of_a_changed_row_that_turns_is_a_change_all_the_same(mini: Miniature, new: Miniature) -> None:
    run(mini, HonestPots)
    new.edit(new.table, "登録した鉢を一覧にできること。", "登録した鉢を全て一覧にできること。")
    new.edit(new.feature, "「鉢の一覧」は「2」件である", "「鉢の一覧」は「3」件である")
    found = again(mini, new)
    change = next(one for one in found.requirements if one.id == LEDGER)
    assert (change.now, change.standing) == (Status.NOT_SATISFIED, Standing.OPEN)
    assert (found.is_open, found.exit_code) == (True, 1)


class BreaksOnClosing(HonestPots):
    wet = False

    def water_pot(self, pots: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
        self.wet = True
        return super().water_pot(pots, given)

    def close(self, params: dict[str, Any]) -> dict[str, Any]:
        return super().close({"session": "別の利用者"} if self.wet else params)


def test_trouble_around_the_questions_stays_with_the_scenario_it_came_with(mini: Miniature, new: Miniature) -> None:
    view = run(mini, BreaksOnClosing)
    assert (EXTRA, "inconclusive") in statuses(view).items()
    assert (again(mini, new).cases, again(mini, new).exit_code) == ((), 0)
    new.edit(new.feature, "「水の量」は「3」である", "「水の量」は「4」である")
    assert [one.must_run for one in again(mini, new).cases] == [True]

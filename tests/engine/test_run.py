"""What a run says of honest, faulty and dishonest systems."""

from __future__ import annotations

from typing import Any

import characters
import pytest
from miniature import EXTRA, FEES, LEDGER, SMASHING, VISITORS, HonestPots, InProcess, Miniature, events
from runs import folder, run, statuses, verdicts

from kijun.catalog.root import shipped_root
from kijun.engine.setup import Request, prepare
from kijun.model.errors import ConfigurationError, RunStopped
from kijun.model.verdict import Claim
from kijun.reporting import html_report, json_report


def test_an_honest_system_is_conformant(mini: Miniature) -> None:
    view = run(mini, HonestPots)
    assert view.report.claim is Claim.CONFORMANT
    assert view.report.reasons == ()
    assert set(statuses(view).values()) == {"satisfied"}


@pytest.mark.parametrize(
    ("character", "requirement", "message"),
    [
        (characters.RoundsUp, FEES, "「料金」: 期待「1,000円」、実際「1,001円」"),
        (characters.LetsVisitorsIn, VISITORS, "「権限がない」として拒否されるはずが、受け付けられました。"),
        (characters.SmashesPots, SMASHING, "提供してはならない機能「鉢の破壊」が提供されています。"),
        (characters.AlwaysSays, LEDGER, "「鉢の一覧」に行がありません"),
        (characters.BreaksDownOnPrice, FEES, "製品が異常を返しました: 内部エラー"),
    ],
)
def test_a_faulty_product_fails_the_requirement_it_breaks(
    mini: Miniature, character: Any, requirement: str, message: str
) -> None:
    if character is characters.BreaksDownOnPrice:  # its canary cannot fail the way it must
        mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「対象がない」として拒否される")
    view = run(mini, character)
    outcome = next(one for one in view.report.outcomes if one.requirement.id == requirement)
    assert outcome.status.value == "not_satisfied"
    assert message in outcome.because
    assert view.report.claim is Claim.NOT_CONFORMANT


def test_an_unmet_precondition_is_inconclusive_and_never_fail(mini: Miniature) -> None:
    view = run(mini, characters.RefusesToPlant)
    assert verdicts(view, FEES) == {("inconclusive", "product")}
    assert statuses(view)[FEES] == "inconclusive"
    assert view.report.claim is Claim.UNDETERMINED


def test_a_late_answer_is_inconclusive_and_the_next_case_still_runs(mini: Miniature) -> None:
    view = run(mini, characters.HangsOnPrice)
    assert verdicts(view, FEES) == {("inconclusive", "environment")}
    assert statuses(view)[LEDGER] == "satisfied"


@pytest.mark.parametrize(
    ("character", "fault", "told"),
    [
        (characters.AnswersNonsense, "driver", "$.fee"),
        (characters.RaisesOnPrice, "driver", "RuntimeError: 想定外"),
        (characters.LosesItsNetwork, "environment", "回線断"),
    ],
)
def test_trouble_that_is_not_the_products_is_an_error(mini: Miniature, character: Any, fault: str, told: str) -> None:
    view = run(mini, character)
    assert verdicts(view, FEES) == {("error", fault)}
    assert statuses(view)[FEES] == "inconclusive"
    assert any(told in case.message for case in view.report.facts.cases.values())


def test_a_reply_without_content_is_an_error_that_the_report_can_show(mini: Miniature) -> None:
    view = run(mini, characters.SaysNothingAtAll)
    assert verdicts(view, FEES) == {("error", "driver")}
    assert FEES.encode() in html_report.render(view)


def test_an_observation_that_changes_by_itself_is_inconclusive(mini: Miniature) -> None:
    assert verdicts(run(mini, characters.ChangesItsMind), VISITORS) == {("inconclusive", "product")}


def test_an_operation_the_driver_lacks_leaves_the_requirement_unverified(mini: Miniature) -> None:
    view = run(mini, characters.NeverWaters)
    outcome = next(one for one in view.report.outcomes if one.requirement.id == EXTRA)
    assert outcome.status.value == "not_verified"
    assert outcome.because == "ドライバーが操作「水やり」を提供していません。"
    assert view.report.claim is Claim.UNDETERMINED
    assert "選んだ 6 件のうち 5 件しか実施していません。" in view.report.reasons


@pytest.mark.parametrize(
    ("character", "message"),
    [
        (characters.AnswersAnyQuestion, "知らない操作には unsupported を返してください。"),
        (characters.KnowsTheCanary, "失敗するはずの「この検査は必ず失敗する」が合格しました。"),
        (characters.OffersTheUnheardOf, "用語集にない操作「paint_pot」を名乗りました。"),
        (characters.SaysOtherwise, "製品自身の宣言が statement.yaml と違います（999-1.1.1-01）。"),
        (characters.MixesUpSessions, "別のセッション「another」への応答が返りました"),
    ],
)
def test_a_driver_that_cannot_be_believed_is_stopped_before_the_first_case(
    mini: Miniature, character: Any, message: str
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        run(mini, character)
    assert message in str(caught.value)
    assert not any(event["event"] == "case" for event in events(folder(mini)))


def test_a_product_that_becomes_another_stops_the_run(mini: Miniature) -> None:
    with pytest.raises(RunStopped, match="製品の名乗りが途中で変わりました"):
        run(mini, characters.BecomesAnother, sessions=1)
    broken = [event for event in events(folder(mini)) if event["event"] == "preflight" and not event["ok"]]
    assert "「" not in broken[0]["check"]
    assert broken[0]["check"] == "identity"


def test_an_option_declared_absent_is_not_run_and_does_not_block(mini: Miniature) -> None:
    from miniature import SYSTEM, statement_text

    mini.write(f"{SYSTEM}/statement.yaml", statement_text(r05="no"))
    view = run(mini, characters.NeverWaters)
    assert statuses(view)[EXTRA] == "not_implemented"
    assert view.report.claim is Claim.CONFORMANT


def test_an_unanswered_row_is_never_a_no(mini: Miniature) -> None:
    from miniature import SYSTEM, statement_text

    mini.write(f"{SYSTEM}/statement.yaml", statement_text(r05=""))
    view = run(mini, HonestPots)
    assert statuses(view)[EXTRA] == "not_verified"
    assert view.report.claim is Claim.UNDETERMINED


def test_a_filtered_run_supports_no_claim(mini: Miniature) -> None:
    view = run(mini, HonestPots, select=(FEES,))
    assert statuses(view)[FEES] == "satisfied"
    assert view.report.claim is Claim.UNDETERMINED
    assert "シナリオを絞り込んだ実行です。" in view.report.reasons


def test_the_report_is_the_same_at_any_number_of_sessions_and_for_any_seed(mini: Miniature) -> None:
    one = run(mini, HonestPots, "one", sessions=1, seed="a")
    four = run(mini, HonestPots, "four", sessions=4, seed="b")
    assert json_report.render(one) == json_report.render(four)


def test_names_and_numbers_depend_on_the_seed(mini: Miniature) -> None:
    def labels(seed: str) -> list[str]:
        system = InProcess(HonestPots)
        view = run(mini, system, f"seed-{seed}", seed=seed)
        case = next(one for one in view.report.facts.cases.values() if "一覧" in one.name)
        return [one["request"]["input"].get("label", "") for one in view.exchanges(case)]

    assert labels("a") != labels("b")
    assert labels("c") == labels("c2"[:1])


def test_every_session_gets_a_system_of_its_own(mini: Miniature) -> None:
    system = InProcess(HonestPots)
    run(mini, system, sessions=4)
    opened = [name for one in system.made for name in one.opened]
    assert len(opened) == len(set(opened)) == 6 + 2  # cases, trap and canary


def test_a_reviewed_and_waived_requirement_shows_what_lies_beneath(mini: Miniature) -> None:
    waivers = mini.write(
        "waivers.yaml",
        f'waivers:\n  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初",'
        ' expires: "2099-03-31" }\n',
    )
    reviews = mini.write(
        "reviews.yaml",
        f'reviews:\n  - {{ requirement: "{FEES}", value: "rejected", office: "見本市 税務課", date: "2026-06-02" }}\n',
    )
    view = run(mini, characters.RoundsUp, waivers=waivers, reviews=reviews)
    outcome = next(one for one in view.report.outcomes if one.requirement.id == FEES)
    assert (outcome.status.value, outcome.underlying.value) == ("waived", "not_satisfied")
    assert outcome.review["value"] == "rejected"
    assert view.report.claim is Claim.CONFORMANT_WITH_WAIVERS
    assert view.report.claim.exit_code() == 2
    assert view.report.claim.exit_code(accept_waivers=True) == 0


def test_records_about_a_business_that_is_not_run_are_left_out() -> None:
    root = shipped_root()
    assignment, _ = prepare(Request(root=root, businesses=("local_tax_common",)))
    assert all(row["requirement"].startswith("016-") for row in assignment.attestations)
    whole, _ = prepare(Request(root=root))
    assert any(row["requirement"].startswith("013-") for row in whole.attestations)

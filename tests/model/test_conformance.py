"""From events to statuses and claims, in the order of decision."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kijun.model.conformance import ConformanceReport
from kijun.model.errors import Position
from kijun.model.requirement import MunicipalityClass, Requirement
from kijun.model.verdict import Claim

ONE = "999-1.1.1-01"
TIME = "2026-11-24T00:00:00Z"
IDENTITY = {"product": "p", "vendor": "v", "version": "1", "build": "b"}
START: dict[str, Any] = {
    "event": "run_started",
    "time": TIME,
    "suite_digest": "0" * 64,
    "edition": {"pots": "1"},
    "profile": {"municipality_class": "general_city", "as_of": "2026-06-01"},
    "statement": {"answers": {}},
    "selection": {"scenarios": 0, "filtered": False},
    "attestations": [],
    "waivers": [],
    "reviews": [],
}


def requirement(obligation: str = "mandatory", method: str = "test", **effective: str) -> Requirement:
    row = {
        "id": ONE,
        "name": "名",
        "text": "文",
        "category": {kind.value: obligation for kind in MunicipalityClass},
        "category_source": "estimated",
        "effective": {"from": "2020-04-01", **effective},
        "verification": {"method": method},
        "operations": ["a"],
        "legal_basis": [{"law": "法", "article": "1条"}],
    }
    return Requirement.from_row(row, "pots", Position("t"))


def case(verdict: str, assertions: int = 1, seq: int = 0, attempt: int = 1) -> dict[str, Any]:
    return {
        "event": "case",
        "time": TIME,
        "seq": seq,
        "scenario": f"s{seq}",
        "attempt": attempt,
        "verdict": verdict,
        "fault": {"fail": "product", "error": "driver", "inconclusive": "environment"}.get(verdict),
        "message": "" if verdict == "pass" else f"{verdict}の訳",
        "assertions": assertions,
        "failed_step": None,
        "milliseconds": 1.0,
        "evidence": None,
    }


def fold(
    *cases: dict[str, Any],
    of: Requirement | None = None,
    answer: str | None = "yes",
    scenarios: int | None = None,
    preflight: bool = True,
    finished: bool = True,
    end: dict[str, str] = IDENTITY,
    filtered: bool = False,
    **rows: Any,
) -> ConformanceReport:
    count = len({one["seq"] for one in cases}) if scenarios is None else scenarios
    start = {
        **START,
        "statement": {"answers": {ONE: answer} if answer else {}, "due": {ONE: "2027-03-31"}},
        "selection": {"scenarios": count, "filtered": filtered},
        **rows,
    }
    events: list[dict[str, Any]] = [start, {"event": "connected", "time": TIME, "identity": IDENTITY, "operations": []}]
    events += [
        {"event": "preflight", "time": TIME, "check": check, "ok": preflight, "message": "結果"}
        for check in ("trap", "canary")
    ]
    events += [{"event": "driver_restarted"}, {"event": "run_stopped", "reason": "停電"}, {"event": "run_resumed"}]
    events += cases
    events += [{"event": "run_finished", "time": TIME, "identity": end}] if finished else []
    names = {f"s{number}": {"name": f"名{number}", "requirements": [ONE]} for number in range(count)}
    return ConformanceReport.fold(events, [of or requirement()], {"scenarios": names})


def status(report: ConformanceReport) -> tuple[str, str]:
    return report.outcomes[0].status.value, report.outcomes[0].rule


@pytest.mark.parametrize(
    ("obligation", "answer", "cases", "expected"),
    [
        ("none", "yes", ["fail"], ("not_applicable", "not_applicable")),
        ("optional", "no", ["fail"], ("not_implemented", "ics")),
        ("optional", "planned", [], ("not_implemented", "ics")),
        ("mandatory", "no", ["pass"], ("not_satisfied", "ics")),
        ("mandatory", "planned", ["pass"], ("not_satisfied", "ics")),
        ("prohibited", "yes", ["pass"], ("not_satisfied", "ics")),
        ("prohibited", "no", ["fail"], ("not_satisfied", "fail")),
        ("prohibited", "no", ["pass"], ("satisfied", "satisfied")),
        ("mandatory", "yes", ["pass", "error", "fail"], ("not_satisfied", "fail")),
        ("mandatory", "yes", ["pass", "inconclusive", "none"], ("inconclusive", "inconclusive")),
        ("mandatory", "yes", ["error", "pass"], ("inconclusive", "error")),
        ("mandatory", "yes", ["pass", "none"], ("not_verified", "not_executed")),
        ("mandatory", "yes", [], ("not_verified", "no_check")),
        ("mandatory", None, ["pass"], ("not_verified", "ics")),
        ("mandatory", None, ["fail"], ("not_satisfied", "fail")),
        ("optional", "yes", ["pass"], ("satisfied", "satisfied")),
        ("mandatory", "yes", ["pass", "pass"], ("satisfied", "satisfied")),
    ],
)
def test_the_order_of_decision(
    obligation: str, answer: str | None, cases: list[str], expected: tuple[str, str]
) -> None:
    run = [case(verdict, seq=number) for number, verdict in enumerate(cases)]
    assert status(fold(*run, of=requirement(obligation), answer=answer)) == expected


def test_a_requirement_not_in_force_does_not_apply() -> None:
    assert status(fold(of=requirement(to="2026-05-31")))[0] == "not_applicable"
    assert status(fold(case("pass"), of=requirement(to="2026-06-01")))[0] == "satisfied"


def test_a_pass_in_which_nothing_was_asserted_proves_nothing() -> None:
    report = fold(case("pass", assertions=0))
    assert status(report) == ("not_verified", "not_executed")
    assert report.claim is Claim.UNDETERMINED


def test_attempts_that_disagree_are_both_kept() -> None:
    report = fold(case("fail"), case("pass", attempt=2))
    assert status(report)[0] == "inconclusive"
    assert report.outcomes[0].cases[0].as_record()["attempts"] == 2


def test_a_scenario_that_did_not_run_leaves_the_requirement_unverified() -> None:
    assert status(fold(case("pass"), scenarios=2)) == ("not_verified", "not_executed")


@pytest.mark.parametrize(
    ("rows", "expected", "state"),
    [
        ([], "not_verified", "missing"),
        ([("pass", "2026-01-01", "2026-11-24")], "satisfied", "complete"),
        ([("pass", "2026-01-01", "2026-11-23")], "not_verified", "expired"),
        ([("fail", "2026-01-01", "2027-01-01")], "not_satisfied", "failed"),
        ([("fail", "2026-01-01", "2027-01-01"), ("pass", "2026-02-01", "2027-01-01")], "satisfied", "complete"),
        ([("pass", "2026-01-01", "2027-01-01"), ("fail", "2026-01-01", "2027-01-01")], "not_satisfied", "failed"),
        ([("fail", "2026-01-01", "2027-01-01"), ("pass", "2026-01-01", "2027-01-01")], "not_satisfied", "failed"),
    ],
)
def test_what_no_machine_observes_needs_a_valid_attestation(
    rows: list[tuple[str, str, str]], expected: str, state: str
) -> None:
    attestations = [
        {"requirement": ONE, "verdict": verdict, "date": day, "expires": until, "office": "係"}
        for verdict, day, until in rows
    ]
    report = fold(of=requirement(method="inspection"), attestations=attestations)
    assert report.outcomes[0].status.value == expected
    assert report.as_record()["not_testable"] == [{"id": ONE, "method": "inspection", "attestation": state}]


def test_evidence_that_was_changed_proves_nothing_any_more() -> None:
    row = {"requirement": ONE, "verdict": "pass", "date": "2026-01-01", "expires": "2027-01-01", "office": "係"}
    report = fold(of=requirement(method="inspection"), attestations=[{**row, "changed_evidence": ["画面.png"]}])
    assert report.outcomes[0].status.value == "not_verified"
    assert "証拠ファイルが変わっています" in report.outcomes[0].because
    assert report.as_record()["not_testable"][0]["attestation"] == "changed"
    again = fold(of=requirement(method="inspection"), attestations=[{**row, "changed_evidence": ["画面.png"]}, row])
    assert again.outcomes[0].status.value == "satisfied"  # looked at anew on the same day


def test_a_waiver_lays_itself_over_the_status_until_it_expires() -> None:
    def waived(expires: str) -> ConformanceReport:
        row = {"requirement": ONE, "issuer": "市", "reason": "移行", "scope": "全部", "expires": expires}
        return fold(case("fail"), waivers=[row])

    valid = waived("2026-11-24")
    assert (valid.outcomes[0].status.value, valid.outcomes[0].underlying.value) == ("waived", "not_satisfied")
    assert valid.claim is Claim.CONFORMANT_WITH_WAIVERS
    assert any("最も近い期限 2026-11-24" in reason for reason in valid.reasons)
    assert waived("2026-11-23").claim is Claim.NOT_CONFORMANT


def test_the_review_of_the_municipality_stands_beside_the_verdict() -> None:
    review = {"requirement": ONE, "value": "rejected", "office": "課", "date": "2026-06-02"}
    report = fold(case("pass"), reviews=[review])
    assert (report.outcomes[0].status.value, report.outcomes[0].review["value"]) == ("satisfied", "rejected")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"filtered": True}, "シナリオを絞り込んだ実行です。"),
        ({"finished": False}, "実行が終わっていません。"),
        ({"preflight": False}, "事前確認: 結果"),
        ({"end": {**IDENTITY, "version": "2"}}, "製品の名乗り（製品名・版・ビルド）が途中で変わりました。"),
    ],
)
def test_a_run_that_is_not_whole_supports_no_claim(changes: dict[str, Any], reason: str) -> None:
    assert fold(case("pass")).claim is Claim.CONFORMANT
    report = fold(case("pass"), **changes)
    assert report.claim is Claim.UNDETERMINED
    assert reason in report.reasons


def test_a_run_without_preflight_or_end_supports_no_claim() -> None:
    report = ConformanceReport.fold([START, {"event": "run_stopped", "reason": "停電"}], [], {"scenarios": {}})
    assert report.claim is Claim.UNDETERMINED
    assert "事前確認「canary」が行われていません。" in report.reasons
    assert "実行が終わっていません（停電）。" in report.reasons
    assert report.as_record()["product"] is None


def test_the_order_in_which_cases_ended_does_not_show() -> None:
    cases = [case("pass", seq=number) for number in range(20)] + [case("fail", seq=20)]
    straight = fold(*cases).as_record()
    random.Random(1).shuffle(cases)
    assert fold(*cases).as_record() == straight


def test_counts_are_kept_apart_by_obligation() -> None:
    counts = fold(case("pass"), of=requirement("prohibited"), answer="no").counts()
    assert (counts["prohibited"]["satisfied"], counts["mandatory"]["satisfied"], counts["cases"]["pass"]) == (1, 0, 1)
    assert (requirement().operations, requirement().name) == (("a",), "名")
    assert str(requirement().legal_basis[0]) == "法 1条"

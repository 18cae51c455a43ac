"""Acceptance: what was contracted against what was run, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from edition_rows import edition, row
from python_calamine import CalamineWorkbook
from returned_books import CITY, request, tables

from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError
from kijun.model.verdict import Status
from kijun.procurement import acceptance_book
from kijun.procurement.acceptance import Acceptance, Came, Delivered, State, accept, as_record, render
from kijun.procurement.contract import Agreed, Contract, Deviation, read_contract

ONE, TWO, OPTION, WRECK = (f"999-1.1.1-0{number}" for number in (1, 2, 3, 4))
OLD = {"product": "鉢名人", "vendor": "甲社", "version": "3.0"}
CONTRACT = Contract("鉢の受入", "0.1", "鉢名人", "甲社", "3.1", date(2026, 4, 1), {})


def came(status: Status, one: str = ONE, skipped: tuple[str, ...] = ()) -> Came:
    return Came(status, "理由。", tables().requirements[one].fingerprint, skipped)


def delivered(statuses: dict[str, Status] | None = None, **more: Any) -> Delivered:
    whole = {ONE: Status.SATISFIED, TWO: Status.SATISFIED, WRECK: Status.SATISFIED} | (statuses or {})
    given: dict[str, Any] = {
        "name": "20260601-1",
        "day": date(2026, 6, 1),
        "editions": {"pot_register": "1"},
        "municipality": CITY,
        "as_of": "2026-06-01",
        "product": {"product": "鉢名人", "vendor": "甲社", "version": "3.1", "build": "b"},
        "incomplete": "",
        "came": {one: came(status, one) for one, status in whole.items()},
    }
    return Delivered(**{**given, **more})


def check(run: Delivered | None, contract: Contract = CONTRACT, asked: Edition | None = None) -> Acceptance:
    return accept(contract, request(CITY, asked), run)


def test_20_a_report_of_9_0_for_a_contract_of_10_0_is_rejected() -> None:
    ten = tables()
    ten = replace(ten, tables=tuple(replace(table, edition="10.0") for table in ten.tables))
    found = check(delivered(editions={"pot_register": "9.0"}), asked=ten)
    assert found.mismatches == ("版が一致しません。業務「鉢植え台帳」の契約は「10.0」版、報告は「9.0」版です。",)
    assert found.exit_code == 1
    assert {one.state for one in found.rows} == {State.OPEN}, "no row of a rejected report counts"
    assert "この報告は受け取れません: 20260601-1" in render(found)


def test_the_same_name_over_another_text_is_another_edition() -> None:
    rest = [dict(one.row) for one in list(tables().requirements.values())[1:]]
    other = edition("0.1", row("01", "鉢を必ず登録できること。"), *rest)
    (told,) = check(delivered(), asked=other).mismatches
    assert told == f"版が一致しません。版の名前は同じですが、要件 1 件の本文や区分が契約の版と違います（{ONE}）。"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"product": OLD}, "製品の版が一致しません。契約は「3.1」、報告は「3.0」です。"),
        ({"product": {}}, "事業者が一致しません。契約は「甲社」、報告は「名乗りなし」です。"),
        ({"municipality": "992020"}, "団体コードが一致しません。契約は「992011」、報告は「992020」です。"),
        ({"as_of": "2025-06-01"}, "基準日が一致しません。"),
        ({"incomplete": "絞り込んだ実行です。"}, "絞り込んだ実行です。"),
        ({"editions": {}}, "業務「鉢植え台帳」が報告にありません。"),
    ],
)
def test_a_report_of_something_else_is_rejected_by_name(change: dict[str, Any], told: str) -> None:
    found = check(delivered(**change))
    assert any(one.startswith(told) for one in found.mismatches)
    assert found.exit_code == 1


def test_rows_are_met_failed_or_open_and_skipped_scenarios_are_named() -> None:
    run = delivered({TWO: Status.NOT_SATISFIED})
    run = replace(run, came={**run.came, ONE: came(Status.NOT_VERIFIED, skipped=("鉢を登録する",))})
    found = check(run)
    assert {one.asked.requirement.id: one.state for one in found.rows} == {
        ONE: State.OPEN,
        TWO: State.FAILED,
        WRECK: State.MET,
    }
    assert "    未実施のシナリオ: 鉢を登録する" in render(found)
    assert found.exit_code == 1
    assert check(delivered({TWO: Status.INCONCLUSIVE})).exit_code == 2
    assert check(delivered()).exit_code == 0


def test_an_option_counts_only_when_this_buyer_chose_it() -> None:
    run = delivered({OPTION: Status.NOT_IMPLEMENTED})
    assert OPTION not in [one.asked.requirement.id for one in check(run).rows]
    chosen = accept(CONTRACT, request(CITY, options=frozenset([OPTION])), run)
    assert [one.asked.requirement.id for one in chosen.of(State.FAILED)] == [OPTION]


def test_an_agreed_deviation_counts_until_its_day() -> None:
    agreed = Agreed(Deviation.POSTPONED, date(2026, 6, 30), "次の版で。", "園芸課", date(2026, 4, 1))
    contract = replace(CONTRACT, deviations={ONE: agreed})
    in_time = check(delivered({ONE: Status.NOT_SATISFIED}), contract)
    assert [one.deviation for one in in_time.of(State.AGREED)] == [
        "後日の実装（令和8年6月30日まで、園芸課、令和8年4月1日合意）次の版で。"
    ]
    late = check(delivered({ONE: Status.NOT_SATISFIED}, day=date(2026, 7, 1)), contract)
    assert "合意した差異の期限を過ぎています。" in late.of(State.FAILED)[0].because
    assert not check(delivered(), contract).of(State.AGREED), "what is met needs no agreement"


def test_a_row_that_the_report_lacks_is_open() -> None:
    run = delivered()
    found = check(replace(run, came={one: came for one, came in run.came.items() if one != TWO}))
    assert [one.because for one in found.of(State.OPEN)] == ["報告にこの要件がありません。"]


def test_a_contract_is_read_and_its_faults_told_with_lines(tmp_path: Path) -> None:
    deviation = (
        '  - { requirement: "%s", kind: "workaround", reason: "代替", office: "園芸課", agreed: "2026-04-01" }\n'
    )
    text = f"""\
contract: {{ title: "鉢", edition: "0.1", product: "鉢名人", vendor: "甲社", version: "3.1", signed: "2026-04-01" }}
deviations:
{deviation % ONE}"""
    path = tmp_path / "contract.yaml"
    path.write_text(text, encoding="utf-8")
    assert read_contract(path, request(CITY)).deviations[ONE].kind is Deviation.WORKAROUND
    path.write_text(text + deviation % ONE + deviation % "999-1.1.1-05", encoding="utf-8")
    with pytest.raises(ConfigurationError) as told:
        read_contract(path, request(CITY))
    assert [(one.at.line, one.message) for one in told.value.problems] == [
        (4, f"要件 {ONE} の差異が二つあります。"),
        (5, "要件 999-1.1.1-05 は、契約の版でこの団体に尋ねる要件ではありません。"),
    ]
    path.write_text(text.replace("workaround", "postponed"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="「until」がありません"):
        read_contract(path, request(CITY))


def test_the_checklist_holds_every_row_and_no_result_of_a_rejected_report(tmp_path: Path) -> None:
    path = tmp_path / "c.xlsx"
    path.write_bytes(acceptance_book.render(check(delivered({TWO: Status.NOT_SATISFIED}))))
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(acceptance_book.TITLE).to_python(False)
    assert [(line[0], line[5]) for line in rows[1:]] == [(ONE, "満たす"), (TWO, "満たさない"), (WRECK, "満たす")]
    path.write_bytes(acceptance_book.render(check(delivered(editions={"pot_register": "9.0"}))))
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name(acceptance_book.TITLE).to_python(False)
    assert {line[5] for line in rows[1:]} == {""}
    cover = {line[0]: str(line[1]) for line in book.get_sheet_by_name("表紙").to_python(False)}
    assert "版が一致しません" in cover["受け取れない理由"]
    empty = acceptance_book.render(check(None))
    assert empty == acceptance_book.render(check(None))


def test_the_record_names_every_row(tmp_path: Path) -> None:
    record = as_record(check(delivered({TWO: Status.NOT_SATISFIED})))
    assert record["counts"] == {"failed": 1, "open": 0, "agreed": 0, "met": 2}
    assert [one["requirement"] for one in record["rows"]] == [ONE, TWO, WRECK]

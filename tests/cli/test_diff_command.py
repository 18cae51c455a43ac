"""kijun freeze and kijun diff as an author and a vendor meet them."""

from __future__ import annotations

import json
import shutil

from command_line import kijun, text
from miniature import FEES, LEDGER, SYSTEM, Miniature

EDITION = "requirements/editions/0.1.json"
STATEMENT = f"{SYSTEM}/statement.yaml"


def changed(mini: Miniature) -> None:
    """Freeze, and then let one requirement say something else."""
    assert kijun(mini, "freeze", "0.1").returncode == 0
    mini.edit(mini.table, "大きさに応じた料金", "大きさ及び種類に応じた料金")


def test_freeze_writes_an_edition_once(mini: Miniature) -> None:
    done = kijun(mini, "freeze", "0.1", "--note", "試験の状態")
    assert done.returncode == 0, text(done)
    assert "1 業務、6 件の要件を凍結しました。" in text(done)
    before = (mini.root / EDITION).read_bytes()
    assert json.loads(before)["edition"]["note"] == "試験の状態"
    again = kijun(mini, "freeze", "0.1")
    assert again.returncode == 4
    assert "「0.1」版は凍結済みです。" in text(again)
    assert (mini.root / EDITION).read_bytes() == before


def test_freeze_refuses_tables_that_lint_refuses(mini: Miniature) -> None:
    mini.edit(mini.feature, "@req:999-1.1.1-04", "@req:999-1.1.1-03")
    done = kijun(mini, "freeze", "0.1")
    assert done.returncode == 3
    assert "要件 999-1.1.1-04 を確かめるシナリオがありません。" in text(done)
    assert not (mini.root / EDITION).exists()


def test_diff_compares_the_last_edition_with_the_present_tables(mini: Miniature) -> None:
    changed(mini)
    done = kijun(mini, "diff")
    assert done.returncode == 0
    assert "大きさ≪及び種類≫に応じた料金を計算できること。" in text(done)
    assert "機能への影響があり得る変更 1 件、関係するシナリオ 2 件" in text(done)


def test_diff_as_json_names_the_scenarios_and_the_answers_of_a_change(mini: Miniature) -> None:
    changed(mini)
    done = kijun(mini, "diff", "--json", "--statement", STATEMENT)
    (change,) = json.loads(done.stdout)["changes"]
    assert (change["kind"], change["new"]) == ("changed", [FEES])
    assert [one.split(" ", 1)[1] for one in change["scenarios"]] == [
        "小の鉢の料金は100円である",
        "大の鉢の料金は1,000円である",
    ]
    assert change["scenarios"][0].startswith("features/plants/pot_register/pots.feature:")
    assert change["answers"] == [f"{FEES} に答え直す（今の回答「実装」）"]


def test_two_folders_are_compared_in_either_order(mini: Miniature) -> None:
    other = mini.root / "別の仕様"
    shutil.copytree(mini.root / "requirements", other / "requirements")
    mini.edit(mini.table, LEDGER, "999-1.1.1-07")
    told = json.loads(kijun(mini, "diff", "別の仕様", ".", "--json").stdout)
    assert [(one["kind"], one["old"], one["new"], one["guess"]) for one in told["changes"]] == [
        ("renumbered", [LEDGER], ["999-1.1.1-07"], True)
    ]
    back = json.loads(kijun(mini, "diff", ".", "別の仕様", "--json").stdout)
    assert back["changes"][0]["new"] == [LEDGER]


def test_papers_are_written_where_they_are_asked_for_with_the_same_bytes_again(mini: Miniature) -> None:
    changed(mini)
    done = kijun(mini, "diff", "0.1", "--out", "対照表")
    assert done.returncode == 0, text(done)
    papers = {path.name: path.read_bytes() for path in (mini.root / "対照表").iterdir()}
    assert sorted(papers) == ["comparison.docx", "comparison.pdf", "comparison.xlsx"]
    kijun(mini, "diff", "0.1", "--format", "pdf", "--format", "docx")
    again = {path.name: path.read_bytes() for path in (mini.root / "kijun-out").glob("comparison.*")}
    assert again == {name: papers[name] for name in ("comparison.docx", "comparison.pdf")}


def test_an_edition_that_is_not_there_is_told_with_those_that_are(mini: Miniature) -> None:
    done = kijun(mini, "diff")
    assert done.returncode == 4
    assert "凍結した版がありません。" in text(done)
    changed(mini)
    done = kijun(mini, "diff", "0.7")
    assert done.returncode == 4
    assert "「0.7」という版も、仕様の根のフォルダーもありません。凍結した版は 0.1 です。" in text(done)


def test_a_damaged_edition_is_never_compared(mini: Miniature) -> None:
    changed(mini)
    mini.edit(EDITION, "大きさに応じた", "大きさと色に応じた")
    done = kijun(mini, "diff")
    assert done.returncode == 3
    assert "凍結した後に内容が変わっています" in text(done)


def test_a_business_that_neither_edition_has_is_told(mini: Miniature) -> None:
    changed(mini)
    done = kijun(mini, "diff", "--business", "pan_register")
    assert done.returncode == 4
    assert "業務「pan_register」はどちらの版にもありません。あるのは pot_register です。" in text(done)


def test_tables_of_different_businesses_are_not_compared(mini: Miniature) -> None:
    changed(mini)
    mini.edit(mini.table, 'business: "pot_register"', 'business: "pan_register"')
    done = kijun(mini, "diff")
    assert done.returncode == 4
    assert "共通の業務がない" in text(done)


def test_faults_elsewhere_do_not_hide_the_difference(mini: Miniature) -> None:
    changed(mini)
    mini.edit(mini.feature, "「水の量」は", "「水の料」は")
    done = kijun(mini, "diff")
    assert done.returncode == 0
    assert "大きさ≪及び種類≫に応じた" in text(done)
    assert "件の誤りがあります（kijun lint）。シナリオは読めた分だけを数えます。" in text(done)


def test_a_table_that_cannot_be_read_is_told(mini: Miniature) -> None:
    changed(mini)
    mini.edit(mini.table, "rationale:", "rationel:")
    done = kijun(mini, "diff")
    assert done.returncode == 3
    assert "項目「rationale」がありません。" in text(done)


def test_a_statement_that_answers_something_else_is_refused(mini: Miniature) -> None:
    changed(mini)
    mini.edit(STATEMENT, f'"{FEES}"', '"999-1.1.1-77"')
    mini.edit(STATEMENT, 'pot_register: "1"', 'pot_register: "7"')
    mini.edit(STATEMENT, "answers:\n", f'answers:\n  - {{ requirement: "{LEDGER}", answer: "no" }}\n')
    done = kijun(mini, "diff", "--statement", STATEMENT)
    assert done.returncode == 3
    assert "宣言書は「7」版に答えていますが、比べる二つの版の要件表の版ではありません。" in text(done)
    assert "要件 999-1.1.1-77 は要件表にありません。" in text(done)
    assert f"要件 {LEDGER} に二度答えています。" in text(done)

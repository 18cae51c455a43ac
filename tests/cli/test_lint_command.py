"""kijun lint: what blocks, and what an editor only remarks."""

from __future__ import annotations

import json

from command_line import kijun, text
from miniature import FEES, Miniature

from kijun.catalog.root import shipped_root

TEXT = 'text: "大きさに応じた料金を計算できること。"'


def test_lint_blocks_what_the_publisher_must_never_publish(mini: Miniature) -> None:
    """Duplicate and retired numbers, two requirements in a row and a missing reason, all told at once."""
    mini.edit(mini.table, "999-1.1.1-02", FEES)
    mini.edit(mini.table, TEXT, 'text: "料金を計算できること。料金を示せること。"')
    mini.edit(mini.table, 'rationale: "試験のため。"', 'rationale: "　－　"')
    table = (mini.root / mini.table).read_text(encoding="utf-8")
    retired = 'retired:\n  - { id: "999-1.1.1-05", edition: "1", because: "試験" }\n'
    mini.write(mini.table, table + retired)
    done = kijun(mini, "lint")
    assert done.returncode == 3
    told = text(done)
    assert f"要件番号 {FEES} が重複しています。" in told
    assert "廃止した要件番号 999-1.1.1-05 を再び使っています。" in told
    assert f"要件 {FEES} の文に要件が 2 つあります（「…こと。」が 2 回）。" in told
    assert f"要件 {FEES} の理由がありません。" in told


def test_lint_blocks_an_unknown_group_and_a_missing_reason(mini: Miniature) -> None:
    mini.edit(mini.table, "town_village:", "hamlet:")
    mini.edit(mini.table, '    rationale: "試験のため。"\n', "")
    done = kijun(mini, "lint")
    assert done.returncode == 3
    assert "知らない項目「hamlet」があります。" in text(done)
    assert "項目「rationale」がありません。" in text(done)


def test_editorial_remarks_never_block(mini: Miniature) -> None:
    mini.edit(mini.table, TEXT, 'text: "大きさ等に応じ、できるだけ料金を計算できること。"')
    assert kijun(mini, "lint").returncode == 0
    done = kijun(mini, "lint", "--editorial")
    assert done.returncode == 0
    told = text(done)
    assert f"{mini.table}:7: {FEES} [あいまいな語] 「できるだけ」があります。" in told
    assert "大きさ≪等≫に応じ、できるだけ料金" in told
    assert "語「等」 1 行: 999-1.1.1-01" in told
    assert "87 点　鉢植え台帳 ／ 鉢（6 行）" in told


def test_editorial_as_json_carries_place_number_words_reason_and_advice(mini: Miniature) -> None:
    mini.edit(mini.table, TEXT, 'text: "大きさに応じ、できるだけ料金を計算できること。"')
    record = json.loads(kijun(mini, "lint", "--editorial", "--json").stdout)
    (one,) = [one for one in record["findings"] if one["requirement"] == FEES]
    assert (one["at"], one["kind"], one["marked"]) == (f"{mini.table}:7", "vague", ["できるだけ"])
    assert one["why"]
    assert one["suggestion"]
    (chapter,) = record["chapters"]
    assert (chapter["major"], chapter["requirements"], chapter["score"]) == ("鉢", 6, 91)


def test_errors_are_told_beside_the_remarks_and_block(mini: Miniature) -> None:
    mini.edit(mini.table, "999-1.1.1-02", FEES)
    done = kijun(mini, "lint", "--editorial")
    assert done.returncode == 3
    assert "点　鉢植え台帳" in done.stdout.decode()
    assert "重複しています。" in done.stderr.decode()


def test_a_root_may_have_words_of_its_own_and_faults_in_them_are_told(mini: Miniature) -> None:
    shipped = json.loads(kijun(mini, "lint", "--editorial", "--json").stdout)
    assert not [one for one in shipped["findings"] if one["requirement"] == FEES]
    place = "requirements/lint/editorial.yaml"
    mini.write(place, (shipped_root() / place).read_text(encoding="utf-8"))
    mini.edit(place, 'word: "適宜"', 'word: "応じた"')
    own = json.loads(kijun(mini, "lint", "--editorial", "--json").stdout)
    assert [one["marked"] for one in own["findings"] if one["requirement"] == FEES] == [["応じた"]]
    mini.edit(place, 'word: "応じた", kind: "vague"', 'word: "応じた", kind: "vaque"')
    done = kijun(mini, "lint", "--editorial")
    assert done.returncode == 3
    assert "「vague」のことですか。" in text(done)


def test_options_of_the_editorial_lint_are_told_when_they_stand_alone(mini: Miniature) -> None:
    assert kijun(mini, "lint", "--json").returncode == 4
    done = kijun(mini, "lint", "--editorial", "--business", "pan_register")
    assert done.returncode == 4
    assert "あるのは pot_register です。" in text(done)

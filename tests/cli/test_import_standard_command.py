"""kijun import-standard as a section of a ministry, or a vendor, meets it."""

from __future__ import annotations

import json

from command_line import kijun, text
from miniature import FEES, LEDGER, Miniature
from official_books import official_book, official_row, plain_book

PLACE = {"大項目": "鉢", "中項目": "台帳", "適合基準日": "2020/4/1", "町村": ""}


def test_a_book_is_reconciled_and_its_draft_is_written(mini: Miniature) -> None:
    mini.edit(
        mini.table,
        'official_ids: []\n    major: "鉢"\n    middle: "台帳"\n    name: "料金"',
        ('official_ids: ["9990001"]\n    major: "鉢"\n    middle: "台帳"\n    name: "料金"'),
    )
    official_book(
        mini.root / "別紙.xlsx",
        official_row("9990001", "料金の計算。", **PLACE, 小項目="料金"),
        official_row("9990002", "登録した鉢を、一覧にできること。", **PLACE, 小項目="一覧"),
    )
    done = kijun(mini, "import-standard", "別紙.xlsx", "--out", "起こし")
    assert done.returncode == 0, text(done)
    told = text(done)
    assert "機能ID=D" in told
    assert f"相違　鉢植え台帳　機能要件!E6 9990002 ↔ {LEDGER}［文の近さ（推定）］" in told
    assert "一致 1　相違 1　本表にない 0　ブックにない 4　ブックで削除 0" in told
    assert sorted(path.name for path in (mini.root / "起こし").iterdir()) == ["draft.yaml", "reconciliation.xlsx"]
    assert f'ours: ["{FEES}"]' in (mini.root / "起こし/draft.yaml").read_text(encoding="utf-8")


def test_as_json_every_row_has_its_cell(mini: Miniature) -> None:
    official_book(mini.root / "別紙.xlsx", official_row("9990001", "大きさに応じた料金を計算できること。", **PLACE))
    record = json.loads(kijun(mini, "import-standard", "別紙.xlsx", "--json").stdout)
    first = record["rows"][0]
    assert (first["state"], first["cells"], first["ours"], first["matched_by"]) == (
        "differing",
        ["機能要件!E5"],
        [FEES],
        "words",
    )
    assert first["differences"] == [
        {"name": "name", "cell": "機能要件!C5", "theirs": "", "ours": "料金"},
        {"name": "official_id", "cell": "機能要件!D5", "theirs": "9990001", "ours": ""},
    ]
    assert record["counts"]["only_ours"] == 5


def test_a_mapping_tells_columns_and_signs(mini: Miniature) -> None:
    plain_book(
        mini.root / "別紙.xlsx", [["コード", "求めること", "扱い"], ["9990001", "鉢を売れること。", "A"]], "一覧"
    )
    done = kijun(mini, "import-standard", "別紙.xlsx")
    assert done.returncode == 3
    assert "--mapping" in text(done)
    columns = '{ official_id: "A", text: "B", designated_city: "C" }'
    sheet = f'sheets:\n  - sheet: "一覧"\n    header_row: 1\n    columns: {columns}\n'
    mini.write("対応.yaml", sheet + 'signs: { A: "optional" }\n')
    record = json.loads(kijun(mini, "import-standard", "別紙.xlsx", "--mapping", "対応.yaml", "--json").stdout)
    assert record["rows"][0]["cells"] == ["一覧!B2"]
    mini.write("対応.yaml", sheet.replace('"B"', '"二"'))
    done = kijun(mini, "import-standard", "別紙.xlsx", "--mapping", "対応.yaml")
    assert done.returncode == 3
    assert "対応.yaml:4: 「text」の値" in text(done)


def test_only_a_person_calls_a_book_official(mini: Miniature) -> None:
    official_book(mini.root / "別紙.xlsx", official_row("9990001", "鉢を売れること。", **PLACE))
    for words, certainty in (((), "draft"), (("--official",), "official")):
        assert kijun(mini, "import-standard", "別紙.xlsx", "--out", "起こし", *words).returncode == 0
        assert f'category_source: "{certainty}"' in (mini.root / "起こし/draft.yaml").read_text(encoding="utf-8")


def test_a_fault_leaves_nothing_behind(mini: Miniature) -> None:
    official_book(mini.root / "別紙.xlsx", official_row("9990001", "鉢を売れること。", **PLACE, 指定都市="△"))
    done = kijun(mini, "import-standard", "別紙.xlsx", "--out", "起こし")
    assert done.returncode == 3
    assert "機能要件!F5" in text(done)
    assert not (mini.root / "起こし").exists()
    assert kijun(mini, "import-standard", "別紙.xlsx", "--business", "pan_register").returncode == 4

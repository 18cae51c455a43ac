"""Everything that can be wrong with a suite is found at once, with its place and its mend."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from miniature import FEATURE, Miniature

from kijun.catalog.root import suite_digest
from kijun.engine.lint import lint


def told(mini: Miniature) -> str:
    return "\n".join(map(str, lint(mini.root)))


def test_a_sound_root_has_nothing_to_tell(mini: Miniature) -> None:
    assert lint(mini.root) == []


def test_a_root_without_phrases_speaks_the_shipped_ones(mini: Miniature) -> None:
    before = suite_digest(mini.root)
    shutil.rmtree(mini.root / "steps")
    assert lint(mini.root) == []
    assert suite_digest(mini.root) == before


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("「年度」は", "「年渡」は", "用語集にない項目「年渡」です。「年度」のことですか。"),
        (
            "もし 「料金の計算」を行う",
            "もし 「料金の計測」を行う",
            "用語集にない操作「料金の計測」です。「料金の計算」のことですか。",
        ),
        (
            "「権限がない」として",
            "「権利がない」として",
            "用語集にない拒否の理由「権利がない」です。「権限がない」のことですか。",
        ),
        ("「令和8年度」である\n    かつ 次の", "「令和8」である\n    かつ 次の", "「年度」の値「令和8」を読めません。"),
        ("| 大     | 1,000円 |", "| 中     | 1,000円 |", "「中」です。"),
        ("      | 水の量   | 3  |", "      | 名札     | 甲 |", "「名札」は「水やり」の項目ではありません。"),
        ("ならば 「水の量」は", "ならば 「料金」は", "「料金」は「水やり」の結果にありません。"),
        ("      | 鉢の番号 | 甲 |", "      | 鉢の番号 | 乙 |", "呼び名「乙」がまだ決められていません"),
        ("ならば その機能は提供されていない", "ならば その機能はないはずである", "句にない言い回しです"),
        ("「鉢の破壊」を試みる", "「水やり」を試みる", "「水やり」は用語集で prohibited ではありません。"),
        (
            "@req:999-1.1.1-04",
            "@req:999-1.1.1-40",
            "シナリオが知らない要件 999-1.1.1-40 を引いています。 → 「999-1.1.1-0",
        ),
        ("  @req:999-1.1.1-04\n", "", "シナリオが要件に結び付いていません。"),
        ("  @canary\n", "", "@canary のシナリオがありません。"),
    ],
)
def test_a_fault_of_a_feature_is_told_with_its_mend(mini: Miniature, old: str, new: str, message: str) -> None:
    mini.edit(mini.feature, old, new)
    assert message in told(mini)
    assert "pots.feature:" in told(mini) or "features" in told(mini)


def test_a_requirement_nobody_cites_is_told_at_its_row(mini: Miniature) -> None:
    mini.edit(mini.feature, "  @req:999-1.1.1-04\n", "  @req:999-1.1.1-03\n")
    assert "要件 999-1.1.1-04 を確かめるシナリオがありません。" in told(mini)
    assert f"{mini.root / mini.table}:" in told(mini)


def test_a_requirement_that_says_why_it_is_not_tested_needs_no_scenario(mini: Miniature) -> None:
    mini.edit(mini.feature, "  @req:999-1.1.1-04\n", "  @req:999-1.1.1-03\n")
    rows = (mini.root / mini.table).read_text(encoding="utf-8").split("  - id:")
    rows[4] = rows[4].replace('{ method: "test" }', '{ method: "contract", because: "契約で定めるため。" }')
    mini.write(mini.table, "  - id:".join(rows))
    assert lint(mini.root) == []


def test_all_faults_of_one_file_are_told_together(mini: Miniature) -> None:
    mini.edit(mini.feature, "「年度」は", "「年渡」は")
    mini.edit(mini.feature, "「水の量」は", "「水の料」は")
    text = told(mini)
    assert "年渡" in text
    assert "水の料" in text
    assert text.count("年渡") >= 2  # each example row and the canary, by line


def test_two_behaviours_in_one_scenario_are_refused(mini: Miniature) -> None:
    mini.edit(mini.feature, "もし 「鉢の照会」を行う\n", "もし 「鉢の照会」を行う\n    もし 「鉢の照会」を行う\n")
    assert "「もし」が二つ以上あります。" in told(mini)


def test_a_second_phrase_of_the_same_shape_is_refused(mini: Miniature) -> None:
    (mini.root / "steps" / "more_steps.py").write_text(
        "from behave import when\n\n\n@when('「{thing:Fact}」を行う')\ndef again(context, thing):\n    pass\n",
        encoding="utf-8",
    )
    text = told(mini)
    assert "区別できません" in text or "句が重なっています" in text
    assert "言い回しを変えてください" in text


def test_a_step_file_that_hides_a_library_is_refused(mini: Miniature) -> None:
    (mini.root / "steps" / "calendar.py").write_text("", encoding="utf-8")
    assert "_steps.py で終わっていません" in told(mini)


def test_shared_state_in_a_step_file_is_refused(mini: Miniature) -> None:
    path = mini.root / "steps" / "fact_steps.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nseen = []\n", encoding="utf-8")
    assert "共有の変数があります" in told(mini)


def test_a_feature_behave_cannot_parse_is_told_with_its_line(mini: Miniature) -> None:
    mini.write(mini.feature, FEATURE.replace("  @canary\n", "  なんでもない行:\n  @canary\n"))
    assert "pots.feature:" in told(mini)


def test_a_feature_in_another_encoding_is_told(mini: Miniature) -> None:
    (mini.root / mini.feature).write_bytes(FEATURE.encode("cp932"))
    assert "UTF-8 ではない文字があります。" in told(mini)


def test_what_two_yaml_readers_read_differently_is_told(mini: Miniature) -> None:
    path = mini.root / mini.table
    path.write_text(path.read_text(encoding="utf-8").replace('source: "試験用"', "source: 0123"), encoding="utf-8")
    assert "先頭の 0 が失われることがあります" in told(mini)


def test_a_warm_start_reads_what_a_cold_one_read(mini: Miniature, tmp_path: Path) -> None:
    from kijun.engine.suite import Suite

    cold = Suite.load(mini.root, tmp_path / "cache")
    warm = Suite.load(mini.root, tmp_path / "cache")
    assert [one.id for one in warm.scenarios] == [one.id for one in cold.scenarios]
    assert [one.operations for one in warm.scenarios] == [one.operations for one in cold.scenarios]
    assert list((tmp_path / "cache").glob("plan-*.json"))


def test_a_changed_feature_is_read_again_in_spite_of_the_cache(mini: Miniature, tmp_path: Path) -> None:
    from kijun.engine.suite import Suite

    Suite.load(mini.root, tmp_path / "cache")
    mini.edit(mini.feature, "「3」である", "「4」である")
    texts = [step.text for one in Suite.load(mini.root, tmp_path / "cache").scenarios for step in one.steps]
    assert "「水の量」は「4」である" in texts


def test_a_broken_cache_is_no_obstacle(mini: Miniature, tmp_path: Path) -> None:
    from kijun.engine.suite import Suite

    Suite.load(mini.root, tmp_path)
    for file in tmp_path.glob("plan-*.json"):
        file.write_text("{", encoding="utf-8")
    assert len(Suite.load(mini.root, tmp_path).scenarios) == 7


def test_an_unreadable_glossary_is_told_alone_and_not_as_hundreds_of_unknown_words(mini: Miniature) -> None:
    mini.edit(mini.glossary, "operations:", "operations: :")
    mini.edit(mini.feature, "料金の計算", "料金の見積り")
    found = lint(mini.root)
    assert len(found) == 2
    assert "YAML として読めません" in found[1].message or "YAML として読めません" in found[0].message
    assert any("言葉はまだ確かめていません" in one.message for one in found)


def test_an_unreadable_table_is_told_alone_and_not_as_hundreds_of_unknown_requirements(mini: Miniature) -> None:
    mini.edit(mini.table, 'method: "test"', 'method: "tset"')
    found = {one.message for one in lint(mini.root)}
    assert len(found) == 2
    assert any("「tset」は使えません" in one for one in found)
    assert any("要件の番号はまだ確かめていません" in one for one in found)

"""kijun score, compare and demo as a municipality meets them."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import characters
import pytest
import tenders
import xlsxwriter
from command_line import kijun, text
from miniature import FEES, HonestPots, Miniature
from python_calamine import CalamineWorkbook
from runs import folder, run

from kijun.catalog.configuration import read_checked
from kijun.catalog.schemas import schema

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "municipality.md"


@pytest.fixture
def sent(mini: Miniature) -> Miniature:
    """A run of a product that rounds up, a key, and the bundle of the run."""
    run(mini, characters.RoundsUp)
    (mini.root / "kijun-out").mkdir()
    shutil.copytree(folder(mini), mini.root / "kijun-out" / "r")
    for words in (("key", "new", "--out", "keys"), ("bundle", "r", "--key", "keys", "--out", "束.zip")):
        done = kijun(mini, *words)
        assert done.returncode == 0, text(done)
    return mini


def by_bundle(mini: Miniature) -> Path:
    return tenders.three(mini, bidders=[{}, {"bundle": "束.zip", "trust": "keys/key.pub"}])


def test_the_tender_of_the_guide_is_one(tmp_path: Path) -> None:
    chapter = GUIDE.read_text(encoding="utf-8").partition("## 9. 回答を採点し")[2]
    example = tmp_path / "tender.yaml"
    example.write_text(chapter.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    file, problems = read_checked(example, "tender")
    assert problems == []
    assert file.data["bidders"][0]["trust"] == "a/key.pub"


# score ----------------------------------------------------------------------------------------------------


def test_score_tells_the_order_and_writes_both_files_with_the_same_bytes_again(mini: Miniature) -> None:
    tenders.three(mini)
    done = kijun(mini, "score", "tender.yaml", "--out", "採点")
    assert done.returncode == 0, text(done)
    assert "1 位　A社　92.50 点　1,000,000 円" in text(done)
    assert "失格　C社　実装必須の 999-1.1.1-03 が「満たさない」です（期日までに対応予定）。（理由 1 件）" in text(done)
    assert "凍結していない要件表で採点しました" in text(done)
    assert not any(name in text(done) for name in tenders.NAMES)
    first = {path.name: path.read_bytes() for path in (mini.root / "採点").iterdir()}
    assert sorted(first) == ["score.json", "score.xlsx"]
    assert list(schema("score").errors(json.loads(first["score.json"]))) == []
    kijun(mini, "score", "tender.yaml", "--out", "採点")
    assert {path.name: path.read_bytes() for path in (mini.root / "採点").iterdir()} == first


def test_the_workbook_of_points_shows_rules_parts_rows_and_judges(mini: Miniature) -> None:
    tenders.three(mini)
    assert kijun(mini, "score", "tender.yaml", "--out", "採点", "--open").returncode == 0
    book = CalamineWorkbook.from_path(mini.root / "採点" / "score.xlsx")
    assert book.sheet_names == [
        "結果", "決まり", "決めた順", "部分の点", "失格の理由", "要件ごとの記録", "職員の採点",
    ]  # fmt: skip
    cells = {name: book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names}
    assert cells["結果"][-3][:5] == ["1", "A社", "92.50", "1,000,000", "審査"]
    assert ["A社", "架空園芸株式会社　鉢製品0 1"] in [row[:2] for row in cells["結果"]]
    assert cells["部分の点"][1] == ["A社", "仕様点", "40.00", "40", "40 × 10 ÷ 10"]
    assert len(cells["要件ごとの記録"]) == 1 + 3 * 5
    assert cells["要件ごとの記録"][1][6:] == [
        "標準機能で対応", "回答!F2", "1", "2", "2", "標準機能で対応 は 2 点",
    ]  # fmt: skip
    assert len(cells["職員の採点"]) == 1 + 3 * 5 * 2


def test_check_computes_again_and_tells_what_came_out_otherwise(mini: Miniature) -> None:
    tenders.three(mini)
    kijun(mini, "score", "tender.yaml", "--out", "採点")
    done = kijun(mini, "score", "tender.yaml", "--check", "採点/score.json", "--open")
    assert done.returncode == 0, text(done)
    assert "前の結果と、点も順位も digest も同じです。" in text(done)
    mini.edit("staff.csv", "A社,実演,評価員1,5", "A社,実演,評価員1,1")
    done = kijun(mini, "score", "tender.yaml", "--check", "採点/score.json")
    assert done.returncode == 1
    assert "× A社の合計は、前 92.50 点、今 90.50 点です。" in text(done)


def test_a_result_that_somebody_edited_is_no_result(mini: Miniature) -> None:
    tenders.three(mini)
    kijun(mini, "score", "tender.yaml", "--out", "採点")
    mini.edit("採点/score.json", '"92.50"', '"99.50"')
    done = kijun(mini, "score", "tender.yaml", "--check", "採点/score.json")
    assert done.returncode == 3
    assert "結果が、書かれた後に変わっています" in text(done)


def test_a_tender_that_cannot_be_read_is_refused_and_nothing_is_written(mini: Miniature) -> None:
    path = tenders.three(mini)
    mini.edit("tender.yaml", "2026-07-30T15:00", "2026-02-30T15:00")
    done = kijun(mini, "score", "tender.yaml", "--out", "採点")
    assert done.returncode == 3
    assert "tender.yaml:" in text(done)
    assert "日時「2026-02-30T15:00」は暦にありません。" in text(done)
    assert not (mini.root / "採点").exists()
    path.unlink()
    done = kijun(mini, "score", "tender.yaml")
    assert done.returncode == 3
    assert "ファイルを読めません" in text(done)


# compare --------------------------------------------------------------------------------------------------


def test_compare_holds_claims_against_a_signed_bundle(sent: Miniature) -> None:
    by_bundle(sent)
    done = kijun(sent, "compare", "tender.yaml", "--out", "比較", "--open")
    assert done.returncode == 0, text(done)
    assert "答えと、確かめた結果が食い違う 1 件" in text(done)
    assert "B社（見本商会）　実装必須で満たさない・不明 0 件、答えと食い違う結果 1 件、価格 2,000,000 円" in text(done)
    assert sorted(path.name for path in (sent.root / "比較").iterdir()) == [
        "assembly.pdf", "comparison.html", "comparison.xlsx",
    ]  # fmt: skip
    page = (sent.root / "比較" / "comparison.html").read_text(encoding="utf-8")
    assert "束.zip　鉢 1" in page
    assert "署名あり・全て判定し直した" in page
    head, first = (
        CalamineWorkbook.from_path(sent.root / "比較" / "comparison.xlsx")
        .get_sheet_by_name("言い分と証拠")
        .to_python(False)[:2]
    )
    assert first[:3] == ["×", "B社", FEES]
    assert head[5] == "検証（実行の結果）"
    assert first[5].startswith("【食い違い】不適合（試験 2 件）")


def test_a_bundle_of_another_version_or_another_signer_is_rejected_by_name(sent: Miniature) -> None:
    by_bundle(sent)
    sent.edit("bids/1.json", '"version": "1"', '"version": "2"')
    done = kijun(sent, "compare", "tender.yaml", "--out", "比較")
    assert done.returncode == 3
    assert "見本商会の記録「束.zip」は、製品の別の版「1」のものです（回答は「2」）。" in text(done)
    assert not (sent.root / "比較").exists()
    sent.edit("bids/1.json", '"version": "2"', '"version": "1"')
    with zipfile.ZipFile(sent.root / "束.zip", "a") as bundle:
        bundle.writestr("more.txt", "1")
    assert "束を信じられません。署名の後の追加が 1 件あります" in text(kijun(sent, "compare", "tender.yaml"))
    assert kijun(sent, "key", "new", "--out", "other").returncode == 0
    sent.edit("tender.yaml", "keys/key.pub", "other/key.pub")
    done = kijun(sent, "compare", "tender.yaml")
    assert done.returncode == 3
    assert "束を信じられません。別の鍵" in text(done)


def test_a_run_folder_is_evidence_of_the_lowest_grade(mini: Miniature) -> None:
    run(mini, HonestPots)
    tenders.three(mini, bidders=[{}, {"run": "out/r"}])
    done = kijun(mini, "compare", "tender.yaml", "--out", "比較")
    assert done.returncode == 0, text(done)
    page = (mini.root / "比較" / "comparison.html").read_text(encoding="utf-8")
    assert "署名なし（実行フォルダー）" in page
    assert "答えと、確かめた結果が食い違う 0 件" in text(done)


def test_a_bundle_needs_a_key_and_a_run_stands_alone(mini: Miniature) -> None:
    tenders.three(mini, bidders=[{"bundle": "a.zip"}, {"run": "r", "bundle": "a.zip", "trust": "k"}])
    done = kijun(mini, "compare", "tender.yaml")
    assert done.returncode == 3
    assert "「bundle」があるときは「trust」も要ります。" in text(done)
    assert "tender.yaml:14" in text(done)


# demo -----------------------------------------------------------------------------------------------------


def test_demo_writes_a_programme_and_takes_it_back_as_reviews_that_compare_shows(mini: Miniature) -> None:
    tenders.three(mini)
    done = kijun(mini, "demo", "tender.yaml", "--out", "実演")
    assert done.returncode == 0, text(done)
    book = CalamineWorkbook.from_path(mini.root / "実演" / "demo.xlsx")
    rows = book.get_sheet_by_name("B社").to_python(False)
    line = next(number for number, cells in enumerate(rows) if cells[2] == FEES)
    assert "前提 「年度」は「令和8年度」である" in rows[line][4]
    assert "もし 「料金の計算」を行う" in rows[line][4]
    assert rows[line][5] == "ならば 「料金」は「100円」である"
    rows[2][3], rows[2][6] = "園芸課", "2026-08-20"
    rows[line][6:8] = ["できなかった", "小が 101 円になった"]
    copy = xlsxwriter.Workbook(str(mini.root / "記入.xlsx"))
    sheet = copy.add_worksheet("B社")
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    copy.close()
    done = kijun(mini, "demo", "tender.yaml", "--import", "記入.xlsx", "--out", "確認")
    assert done.returncode == 0, text(done)
    assert [path.name for path in (mini.root / "確認").iterdir()] == ["reviews_b.yaml"]
    tenders.three(mini, bidders=[{}, {"reviews": "確認/reviews_b.yaml"}])
    kijun(mini, "compare", "tender.yaml", "--out", "比較")
    page = (mini.root / "比較" / "comparison.html").read_text(encoding="utf-8")
    assert "確認 不同意（園芸課、令和8年8月20日）実演: できなかった。小が 101 円になった" in page


def test_demo_refuses_a_budget_of_nothing_and_a_faulty_sheet_without_writing(mini: Miniature) -> None:
    tenders.three(mini)
    assert kijun(mini, "demo", "tender.yaml", "--out", "実演", "--minutes", "0").returncode == 4
    mini.write("x.xlsx", "x")
    done = kijun(mini, "demo", "tender.yaml", "--import", "x.xlsx", "--out", "確認")
    assert done.returncode == 3
    assert not (mini.root / "確認").exists()

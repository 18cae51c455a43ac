"""The sheet: written blank, filled as an office fills it, read back whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from miniature import SYSTEM, Miniature
from python_calamine import CalamineWorkbook
from sittings import LOOKS_REAL, SEEN, SHOWN, SHUT, attest, evidence, rows, text, waiting

FORM = "記入用紙.xlsx"
TODAY = date.today()
HEAD = ["要件番号", "要件", "手順", "判定", "担当 office", "実施日", "有効期限", "備考", "証拠ファイル"]
VERDICT, OFFICE, DAY, UNTIL, REMARK, FILES = range(3, 9)
GOOD = {VERDICT: "適合", OFFICE: "税務課", DAY: TODAY}


@pytest.fixture
def office(mini: Miniature) -> Miniature:
    return waiting(mini)


def sheet(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name("人の確認").to_python(skip_empty_area=False)


def fill(office: Miniature, answers: dict[int, dict[int, Any]], head: list[str] | None = None) -> None:
    """Export, then save again with cells filled in, as another program would: row 1 is the first requirement."""
    path = office.root / FORM
    if not path.exists():
        assert attest(office, "--export", FORM).returncode == 0
    content = sheet(path)
    content[0] = head or content[0]
    for line, cells in answers.items():
        while len(content) <= line:
            content.append([""] * len(HEAD))
        for column, value in cells.items():
            content[line][column] = value
    book = xlsxwriter.Workbook(path, {"strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy/m/d"})
    page = book.add_worksheet("人の確認")
    for line, row in enumerate(content):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(line, column, value, day)
            else:
                page.write(line, column, value)
    book.close()


def read(office: Miniature) -> tuple[int, str]:
    done = attest(office, "--import", FORM)
    return done.returncode, text(done)


def test_the_form_has_a_row_for_everything_that_waits(office: Miniature) -> None:
    done = attest(office, "--export", FORM, "--office", "税務課")
    assert done.returncode == 0, text(done)
    assert f'kijun attest --system "{SYSTEM}" --import "{FORM}"' in text(done)
    head, *found = sheet(office.root / FORM)
    assert head == HEAD
    assert [row[0] for row in found] == [SEEN, SHOWN, SHUT]
    assert found[0][1:3] == ["札の現物が読めることを目で確かめられること。", "1. 札を見る。"]
    assert {row[OFFICE] for row in found} == {"税務課"}
    import zipfile

    xml = zipfile.ZipFile(office.root / FORM).read("xl/worksheets/sheet1.xml").decode()
    assert "適合,不適合,後で" in xml
    again = attest(office, "--export", FORM)
    assert (again.returncode, "その名前のファイルがすでにあります。" in text(again)) == (3, True)


def test_a_filled_form_becomes_attestations(office: Miniature) -> None:
    evidence(office, "写し.png", b"1")
    evidence(office, "記録.txt", "見た。")
    given = {
        1: {**GOOD, REMARK: "見た。", FILES: "証拠 置き場/写し.png\n証拠 置き場/記録.txt"},
        2: {VERDICT: "不適合", OFFICE: "収納課", DAY: "令和8年4月1日", UNTIL: 50000, REMARK: "声が出ない。"},
        3: {VERDICT: "後で"},
    }
    fill(office, given)
    code, told = read(office)
    assert code == 0, told
    assert "記録したもの 2 件、後に回したもの 1 件。" in told
    seen, shown = rows(office)
    assert (seen["requirement"], seen["date"], seen["expires"]) == (SEEN, TODAY.isoformat(), sheet_expiry(office))
    assert [one["name"] for one in seen["evidence"]] == ["写し.png", "記録.txt"]
    expected = (SHOWN, "fail", "2026-04-01", "2036-11-21", "声が出ない。")
    assert (shown["requirement"], shown["verdict"], shown["date"], shown["expires"], shown["remark"]) == expected
    code, told = read(office)
    assert code == 3
    assert "すでに記録されています。 → 読込み済みの行です。" in told
    assert len(rows(office)) == 2


def sheet_expiry(office: Miniature) -> str:
    return str(sheet(office.root / FORM)[1][UNTIL])


@pytest.mark.parametrize(
    ("cells", "cell", "told"),
    [
        ({VERDICT: "○×"}, "D2（判定）", "「○×」は選べません。 → 1（適合）、2（不適合）、3（後で）のいずれか"),
        ({OFFICE: ""}, "E2（担当 office）", "担当がありません。 → 確かめた部署の名前"),
        ({DAY: ""}, "F2（実施日）", "実施日がありません。 → 「2026-11-24」"),
        ({DAY: "先週"}, "F2（実施日）", "実施日「先週」を日付として読めません。"),
        ({DAY: TODAY + timedelta(days=2)}, "F2（実施日）", "はまだ来ていません。 → 確かめた日を、今日"),
        ({UNTIL: "いつか"}, "G2（有効期限）", "有効期限「いつか」を日付として読めません。"),
        ({UNTIL: "2020-03-31"}, "G2（有効期限）", "有効期限 2020-03-31 は過ぎています。 → 今日"),
        ({VERDICT: "不適合"}, "H2（備考）", "「不適合」には理由が要ります。 → 手順のどこで"),
        (
            {REMARK: f"番号\n{LOOKS_REAL}"},
            "H2（備考）",
            "備考の2行目の1文字目から、個人番号のように見える",
        ),
        ({REMARK: 123456789018}, "H2（備考）", "備考の1行目の1文字目から、個人番号のように見える数字があります。"),
        ({FILES: "ない.png"}, "I2（証拠ファイル）", "がありません。 → ファイルの場所と名前を確かめて"),
        ({FILES: "証拠 置き場/名簿.csv"}, "I2（証拠ファイル）", "「名簿.csv」の 2行目の3文字目に、個人番号のように"),
        ({0: "999-1.1.1-99"}, "A2（要件番号）", "要件 999-1.1.1-99 は、この条件の要件表にありません。"),
        ({0: "999-1.1.1-01"}, "A2（要件番号）", "人ではなく機械で試験する要件です。"),
        ({1: "札が読めること。"}, "B2（要件）", "要件の文が、今の要件表と違います。 → --export で作り直した"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told(office: Miniature, cells: dict[int, Any], cell: str, told: str) -> None:
    evidence(office, "名簿.csv", "氏名,番号\n甲,123456789018\n")
    fill(office, {1: {**GOOD, **cells}, 2: GOOD})
    code, said = read(office)
    assert code == 3, said
    assert f"{FORM} シート「人の確認」:2: セル {cell}: " in said
    assert told in said
    assert "9018" not in said
    assert rows(office) == []  # the second row was right, and still nothing was written
    assert not (office.root / SYSTEM / "attestations" / "evidence").exists()


def test_all_problems_are_told_at_once(office: Miniature) -> None:
    text_of = "札の現物が読めることを目で確かめられること。"
    fill(office, {1: {VERDICT: "適合", DAY: "先週"}, 2: {VERDICT: "不適合"}, 4: {**GOOD, 0: SEEN, 1: text_of}})
    code, told = read(office)
    assert code == 3
    for cell in ("E2", "F2", "E3", "F3", "H3", "A5"):
        assert f"セル {cell}（" in told
    assert f"要件 {SEEN} は 2 行目でも判定されています。" in told
    assert "6 件の誤りがあります。" in told


def test_a_word_that_would_not_count_is_told(office: Miniature) -> None:
    fill(office, {1: {**GOOD, VERDICT: "不適合", REMARK: "読めない。"}, 2: GOOD})
    assert read(office)[0] == 0
    fill(office, {1: {**GOOD, VERDICT: "適合"}, 2: {**GOOD, DAY: TODAY - timedelta(days=1)}})
    code, told = read(office)
    assert code == 3
    assert "セル F2（実施日）: 同じ日（" in told
    assert "セル F3（実施日）: これより新しい確認（" in told
    assert len(rows(office)) == 2


def test_a_form_that_is_none_is_told(office: Miniature) -> None:
    code, told = read(office)
    assert (code, "ファイルがありません。" in told) == (3, True)
    (office.root / FORM).write_text("要件番号,判定", encoding="utf-8")
    code, told = read(office)
    assert (code, "Excel のファイルとして読めません" in told) == (3, True)
    book = xlsxwriter.Workbook(office.root / FORM)
    book.add_worksheet("Sheet1")
    book.close()
    code, told = read(office)
    assert (code, "シート「人の確認」がありません（あるのは「Sheet1」）。" in told) == (3, True)
    (office.root / FORM).unlink()
    fill(office, {}, head=[*HEAD[:3], "結果", *HEAD[4:]])
    code, told = read(office)
    assert (code, "見出し「判定」の列がありません。 → 1行目の見出しを元に戻す" in told) == (3, True)
    (office.root / FORM).unlink()
    fill(office, {})
    code, told = read(office)
    assert (code, "判定が一つも記入されていません。" in told) == (3, True)

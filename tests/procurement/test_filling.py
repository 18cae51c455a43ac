"""A vendor's own answers in a body's sheet: in its codes, its layout, and with everything else of it as it was."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from answer_books import HEAD, IDS, OFFICIAL, TEXTS, WORDS, S, book, confirmed, line, patched, pots, read
from edition_rows import row, table
from python_calamine import CalamineWorkbook

from kijun.catalog.workbook_editor import read_guards
from kijun.model.bid import AnswerStatus, BidAnswer, Cost
from kijun.model.errors import ConfigurationError
from kijun.procurement.answers.filling import Filling, fill, told_filling
from kijun.procurement.answers.opening import open_book
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.proposal import proposed
from kijun.procurement.answers.reading import Reading

LEGEND = ["凡例", "◎：標準機能で対応　△：カスタマイズで対応　×：対応不可"]
SHEET = "xl/worksheets/sheet1.xml"


def own(status: AnswerStatus = S.STANDARD, index: Index | None = None, **more: Any) -> dict[str, BidAnswer]:
    return {one: BidAnswer(one, status, "", "", **more) for one in (index or pots()).by_id}


def filled(path: Path, answers: Mapping[str, BidAnswer], index: Index | None = None) -> Filling:
    index, opened = index or pots(), open_book(path)
    mapping = confirmed(path.with_suffix(".yaml"), proposed(opened, WORDS, index, "", "", ""), {})
    return fill(str(path), path.read_bytes(), opened, mapping, WORDS, index, answers)


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    rows: list[list[Any]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python(False)
    )
    return rows


def test_412_of_415_rows_are_filled_and_three_are_listed_with_sheet_and_cell(tmp_path: Path) -> None:
    made = [
        row("00", f"鉢の札を{at}枚まで印刷できること。", id=f"999-{at // 99 + 1}.1-{at % 99 + 1:02}")
        for at in range(415)
    ]
    index = Index([table(made)])
    rows = [[one.id, one.text, ""] for one in index.by_id.values()]
    rows[7] = ["独自1", "庁舎の花壇に水をやれること。", ""]
    rows[100][0] = "999-9.9-99"
    rows[414][0], rows[414][1] = "", "議会への説明資料を作れること。"
    rows[100][1] = "窓口の混雑を、来庁前に知らせること。"
    path = book(tmp_path / "市.xlsx", [LEGEND, ["要件番号", "要件", "対応可否"], *rows], sheet="機能要件")
    done = filled(path, own(index=index), index)
    assert (done.rows, len(done.filled)) == (415, 412)
    assert [one.place for one in done.unplaced] == ["機能要件!C10", "機能要件!C103", "機能要件!C417"]
    assert "書き入れなかった行 3" in "\n".join(told_filling(done, ["a"]))
    assert len(done.unused) == 3
    again = cells(done.content)
    assert [line[2] for line in again[2:]].count("◎") == 412


def rich_sheet(path: Path) -> Path:
    """A sheet as a body makes it: formats, choices, locks, a sum, a shape, a comment, a condition, a second sheet."""

    def then(made: Any, page: Any) -> None:
        open_cell = made.add_format({"locked": False, "bg_color": "#FFFFCC", "border": 1})
        for at in range(2, 6):
            for place in range(2, 6):
                page.write_blank(at, place, None, open_cell)
        page.data_validation("C3:C6", {"validate": "list", "source": ["◎", "△", "×"]})
        page.protect("鍵")
        page.write_formula("C8", '=COUNTIF(C3:C6,"◎")', None, 0)
        page.insert_textbox("H2", "記入要領")
        page.write_comment("A3", "必ず")
        page.conditional_format("C3:C6", {"type": "cell", "criteria": "==", "value": '"×"', "format": open_cell})
        made.add_worksheet("別表").write_string("A1", "別")

    rows = [[OFFICIAL[at], TEXTS[at]] for at in range(4)]
    return book(path, [LEGEND, HEAD, *rows], then=then)


def test_nothing_but_the_answers_changes(tmp_path: Path) -> None:
    path = patched(rich_sheet(tmp_path / "市.xlsx"), "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    before = path.read_bytes()
    done = filled(path, own(S.CUSTOMIZE, cost=Cost(1_200_000, ""), remarks="夜間に処理"))
    assert path.read_bytes() == before
    assert done.notes == ()
    assert [cell[2:6] for cell in cells(done.content)[2:6]] == [["△", 1200.0, "", "夜間に処理"]] * 4
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(done.content)) as new:
        assert old.namelist() == new.namelist()
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert sorted(changed) == ["xl/workbook.xml", SHEET]
        sheet, was = new.read(SHEET).decode(), old.read(SHEET).decode()
        assert 'fullCalcOnLoad="1"' in new.read("xl/workbook.xml").decode()
    assert sheet.count('t="inlineStr"') == 8
    for kept in (
        "<sheetProtection",
        "<dataValidation ",
        "<conditionalFormatting",
        "<drawing ",
        "<legacyDrawing",
        "COUNTIF",
    ):
        assert sheet.count(kept) == was.count(kept) == 1
    assert re.findall(r'r="C3" s="(\d+)"', sheet) == re.findall(r'r="C3" s="(\d+)"', was) != []
    assert filled(path, own(S.CUSTOMIZE, cost=Cost(1_200_000, ""), remarks="夜間に処理")).content == done.content


@pytest.mark.parametrize(
    ("status", "more", "expected"),
    [
        (S.UNANSWERED, {}, "の回答が「未回答」です。"),
        (S.CONFLICT, {}, "の回答が「矛盾（要確認）」です。"),
        (S.WORKAROUND, {}, "「運用・代替で対応」に当たる符号が、この様式の凡例にありません。"),
    ],
)
def test_an_answer_that_the_sheet_cannot_say_is_listed(
    status: AnswerStatus, more: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    done = filled(rich_sheet(tmp_path / "市.xlsx"), own(status, **more))
    assert done.filled == ()
    *listed, total = done.unplaced
    assert len(listed) == 4
    assert all(expected in one.because for one in listed)
    assert (total.place, total.because) == ("回答!C8", "番号も文もない行です。")


HINDERED: dict[str, tuple[Any, str]] = {
    "式": (lambda _, page: page.write_formula("C3", '=""', None, ""), "式が入っています。"),
    "記入済み": (lambda _, page: page.write_string("C3", "×"), "すでに「×」と書かれています。"),
    "ロック": (lambda _, page: page.protect(), "シートが保護され、このセルはロックされています。"),
    "入力規則": (
        lambda _, page: page.data_validation("C3", {"validate": "list", "source": ["可", "否"]}),
        "入力規則で選べるのは「可」「否」です。",
    ),
}


@pytest.mark.parametrize("name", HINDERED)
def test_a_cell_that_may_not_be_written_is_left_alone_and_listed(name: str, tmp_path: Path) -> None:
    then, expected = HINDERED[name]
    path = book(tmp_path / "市.xlsx", [LEGEND, HEAD, [OFFICIAL[0], TEXTS[0]]], then=then)
    done = filled(path, own())
    assert [(one.place, one.because) for one in done.unplaced] == [("回答!C3", expected)]
    assert cells(done.content) == cells(path.read_bytes())


def test_rows_that_share_one_cell_are_filled_once(tmp_path: Path) -> None:
    rows = [LEGEND, HEAD, *([OFFICIAL[at], TEXTS[at]] for at in range(2))]
    path = book(tmp_path / "市.xlsx", rows, then=lambda _, page: page.merge_range("C3:C4", ""))
    done = filled(path, own())
    assert done.filled == (IDS[0],)
    assert done.unplaced[0].because == "上の行と結合されたセルです。"


def test_a_sum_that_the_unit_does_not_divide_keeps_its_own(tmp_path: Path) -> None:
    path = book(tmp_path / "市.xlsx", [LEGEND, HEAD, [OFFICIAL[0], TEXTS[0]]])
    done = filled(path, own(S.CUSTOMIZE, cost=Cost(1_500, "")))
    assert cells(done.content)[2][2:4] == ["△", "1,500円"]


@pytest.mark.parametrize("remarks", ["夜間\x0b処理", "長" * 32_768])
def test_what_no_cell_can_hold_is_listed(remarks: str, tmp_path: Path) -> None:
    path = book(tmp_path / "市.xlsx", [LEGEND, HEAD, [OFFICIAL[0], TEXTS[0]]])
    done = filled(path, own(remarks=remarks))
    assert done.filled == (IDS[0],)
    assert done.notes[0].endswith("制御文字があるか、32,767 文字を超えています。")
    assert cells(done.content)[2][2:6] == ["◎", "", "", ""]


def test_remarks_of_the_body_are_not_overwritten(tmp_path: Path) -> None:
    path = book(tmp_path / "市.xlsx", [LEGEND, HEAD, [*line(0, "", remarks="市の注")]])
    done = filled(path, own(remarks="当社の注"))
    assert cells(done.content)[2][5] == "市の注"
    assert done.notes == ("回答!F3 に「当社の注」を書けません。すでに「市の注」と書かれています。",)


def test_only_a_workbook_is_filled(tmp_path: Path) -> None:
    path = tmp_path / "市.csv"
    path.write_bytes("機能ID,回答\n".encode())
    with pytest.raises(ConfigurationError, match="保存し直してください"):
        open_book(path, ("xlsx",))


def test_guards_are_read_by_cell_and_by_column(tmp_path: Path) -> None:
    def then(made: Any, page: Any) -> None:
        page.set_column("C:C", None, made.add_format({"locked": False}))
        page.protect()

    guards = read_guards(book(tmp_path / "市.xlsx", [HEAD], then=then).read_bytes())["回答"]
    assert [guards.is_closed((5, place)) for place in (1, 2, 3)] == [True, False, True]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_opens_what_was_filled(tmp_path: Path) -> None:
    path = tmp_path / "済.xlsx"
    path.write_bytes(filled(rich_sheet(tmp_path / "市.xlsx"), own()).content)
    place = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = ["soffice", place, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    found = cells((tmp_path / "済.ods").read_bytes())
    assert [line[2] for line in found[2:6]] == ["◎"] * 4


def test_a_filled_sheet_reads_back_as_the_same_answers(tmp_path: Path) -> None:
    path = tmp_path / "済.xlsx"
    path.write_bytes(filled(rich_sheet(tmp_path / "市.xlsx"), own(S.CUSTOMIZE, cost=Cost(1_200_000, ""))).content)
    reading: Reading = read(path).reading
    assert {one.status for one in reading.bid.answers.values()} >= {S.CUSTOMIZE}
    assert {one.cost.yen for one in reading.bid.answers.values() if one.cost} == {1_200_000}

"""A demonstration that looks at what matters: risky rows, minutes, data, and results that come back to rows."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import tenders
import xlsxwriter
from miniature import EXTRA, FEES, LEDGER, SEEN, SMASHING, VISITORS, Miniature
from python_calamine import CalamineWorkbook
from tenders import HONEST, S, bid

from kijun.catalog.catalog import Catalog
from kijun.catalog.configuration import read_records
from kijun.model.errors import ConfigurationError
from kijun.procurement import demonstration_sheet
from kijun.procurement.comparison import compare
from kijun.procurement.demonstration import Programme, Script, programme
from kijun.procurement.veil import Veil

INCIDENT = '    rationale: "試験のため。"\n    incidents: ["INC-15"]\n'
FILLED = {
    0: ("できた", ""),
    1: ("できなかった", "一覧に二つ目の鉢がない"),
    2: ("代わりの手順でできた", "印刷してから数えた"),
    3: ("", ""),
}


def script(name: str, *requirements: str, steps: int = 3) -> Script:
    return Script(name, requirements, tuple(f"前提 {one}" for one in range(steps)), ("ならば 見える",))


def planned(path: Path, scripts: list[Script], minutes: int = 90) -> Programme:
    return programme(compare(tenders.read(path)[0], {}), scripts, minutes)


SCRIPTS = [script("料金", FEES), script("台帳", LEDGER), script("権限", VISITORS), script("水", EXTRA)]


def filled(mini: Miniature, marks: dict[int, tuple[str, str]], office: str = "園芸課", day: str = "2026-08-20") -> Path:
    """The sheet of A社, written as an office would, the other sheets left empty."""
    path = tenders.three(mini)
    tender = tenders.read(path)[0]
    content = demonstration_sheet.render(planned(path, SCRIPTS), Veil(tender, is_open=False))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    out = mini.root / "filled.xlsx"
    copy = xlsxwriter.Workbook(str(out))
    for name in book.sheet_names:
        rows: list[list[Any]] = book.get_sheet_by_name(name).to_python(False)
        if name == "A社":
            for line, column, text in ((2, 3, office), (2, 6, day)):
                rows[line][column] = text
            for line, (result, why) in marks.items():
                rows[5 + line][6:8] = [result, why]
        sheet = copy.add_worksheet(name)
        for line, cells in enumerate(rows):
            sheet.write_row(line, 0, cells)
    copy.close()
    return out


def told(mini: Miniature, path: Path) -> str:
    with pytest.raises(ConfigurationError) as caught:
        demonstration_sheet.read(path, tenders.read(mini.root / "tender.yaml")[0])
    return "\n".join(map(str, caught.value.problems))


# the programme --------------------------------------------------------------------------------------------


def test_19_every_scene_has_its_minutes_and_a_box_for_what_could_not_be_done_and_results_come_back_to_rows(
    mini: Miniature,
) -> None:
    path = filled(mini, FILLED)
    tender = tenders.read(mini.root / "tender.yaml")[0]
    plan = planned(mini.root / "tender.yaml", SCRIPTS)
    book = CalamineWorkbook.from_filelike(io.BytesIO(demonstration_sheet.render(plan, Veil(tender, is_open=False))))
    assert book.sheet_names == ["A社", "B社", "C社", "見ないもの"]
    rows = book.get_sheet_by_name("A社").to_python(False)
    assert rows[4] == [
        "番号",
        "分",
        "要件番号",
        "確かめること",
        "データと操作",
        "期待する結果",
        "結果",
        "できなかった理由",
    ]
    minutes = [int(cells[1]) for cells in rows[5:]]
    assert all(4 <= one <= 10 for one in minutes)
    assert sum(minutes) == plan.minutes <= 90
    assert "前提 0" in rows[5][4]
    assert "ならば 見える" in rows[5][5]
    assert rows[5][6:] == ["", ""]
    order = [cells[2] for cells in rows[5:]]
    (seen,) = demonstration_sheet.read(path, tender)
    assert (seen.bidder.label, seen.unmarked) == ("A社", len(order) - 3)
    written = mini.root / "reviews.yaml"
    written.write_bytes(demonstration_sheet.written(seen))
    records = read_records([written], "reviews", Catalog.load(mini.root).requirements)
    by_row = {one["requirement"]: (one["value"], one["remark"], one["office"], one["date"]) for one in records}
    where = ("園芸課", "2026-08-20")
    assert by_row == {
        order[0]: ("agreed", "実演: できた", *where),
        order[1]: ("rejected", "実演: できなかった。一覧に二つ目の鉢がない", *where),
        order[2]: ("workaround_accepted", "実演: 代わりの手順でできた。印刷してから数えた", *where),
    }


def test_incidents_weigh_more_than_disagreement_and_disagreement_more_than_missing_proof(mini: Miniature) -> None:
    text = (mini.root / mini.table).read_text(encoding="utf-8")
    place = text.index(f'id: "{FEES}"')
    cell = '    rationale: "試験のため。"\n'
    mini.write(mini.table, text[:place] + text[place:].replace(cell, INCIDENT, 1))
    lacks = {**HONEST, LEDGER: S.NOT_SUPPORTED}
    path = tenders.tender(mini, [bid(0, HONEST), bid(1, lacks)], scoring="mandatory_cutoff")
    found = planned(path, [*SCRIPTS, script("破壊", SMASHING)])
    assert [scene.script.name for scene in found.scenes] == ["料金", "台帳", "権限", "札", "水"]
    assert found.scenes[0].grounds == ("公表された事故に関わる（INC-15）", "確かめた記録のない事業者がいる")
    assert found.scenes[1].grounds == ("事業者によって答えが違う", "確かめた記録のない事業者がいる")
    assert found.scenes[3].script.data == ("札を見る。",)  # from the procedure of a row without a scenario
    assert SMASHING not in {one.id for scene in found.scenes for one in scene.rows}  # nobody claims it


def test_what_does_not_fit_and_what_has_no_script_is_named(mini: Miniature) -> None:
    path = tenders.tender(mini, [bid(0, HONEST)], scoring="mandatory_cutoff")
    found = planned(path, [script("料金", FEES), script("台帳", LEDGER, steps=20)], minutes=12)
    assert found.minutes <= 12
    assert [scene.script.name for scene in found.scenes] == ["料金", "札"]
    assert found.without_time == (LEDGER,)
    assert set(found.without_script) == {VISITORS, EXTRA}


def test_a_script_that_answers_two_rows_is_played_once(mini: Miniature) -> None:
    path = tenders.tender(mini, [bid(0, HONEST)], scoring="mandatory_cutoff")
    found = planned(path, [script("両方", FEES, LEDGER)])
    assert [[one.id for one in scene.rows] for scene in found.scenes] == [[FEES, LEDGER], [SEEN]]


# the sheet that comes back --------------------------------------------------------------------------------


def test_a_result_other_than_done_needs_a_reason(mini: Miniature) -> None:
    found = told(mini, filled(mini, {0: ("できなかった", ""), 1: ("実施しなかった", ""), 2: ("できた", "")}))
    assert "シート「A社」:6: 「できなかった」の理由がありません。" in found
    assert "シート「A社」:7: 「実施しなかった」の理由がありません。" in found
    assert ":8:" not in found


def test_every_fault_of_a_sheet_is_told_at_once(mini: Miniature) -> None:
    found = told(
        mini, filled(mini, {0: ("出来た", ""), 1: ("できなかった", "123456789018 の行")}, office="", day="あした")
    )
    assert "結果「出来た」は使えません。" in found
    assert "個人番号のように見える数字があります" in found
    assert "部署が書かれていません。" in found
    assert "実施日がないか、日付として読めません。" in found


def test_a_sheet_of_another_tender_is_refused(mini: Miniature) -> None:
    path = filled(mini, FILLED)
    mini.edit("tender.yaml", '  row_costs: "added"\n', f'  row_costs: "added"\n  outside: ["{FEES}", "{LEDGER}"]\n')
    assert "この調達にありません" in told(mini, path)


def test_an_empty_sheet_and_a_file_that_is_none_are_refused(mini: Miniature) -> None:
    assert "結果が一つも選ばれていません。" in told(mini, filled(mini, {}))
    assert "採点表として読めません。" in told(mini, mini.write("x.xlsx", "no sheet"))


def test_a_day_may_be_a_day_of_the_sheet(mini: Miniature) -> None:
    path = filled(mini, FILLED, day=46254)  # type: ignore[arg-type]  # a cell that the program took for a date
    (seen,) = demonstration_sheet.read(path, tenders.read(mini.root / "tender.yaml")[0])
    assert {one["date"] for one in seen.reviews} == {"2026-08-20"}

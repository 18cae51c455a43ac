"""The workbook, read with foreign eyes: the columns of a 機能要件表, the verdicts beside them, and nothing alive."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

import characters
import pytest
from miniature import EXTRA, FEES, REQUIREMENTS, HonestPots, Miniature
from python_calamine import CalamineWorkbook
from runs import run

from kijun.model.verdict import Status
from kijun.reporting import excel_report, wording
from kijun.reporting.run_view import RunView

BUSINESS = "鉢植え台帳"
OFFICIAL = ["大項目", "中項目", "機能名称", "機能ID", "機能要件"]
CLASSES = ["指定都市", "中核市", "特別区", "一般市\n（判定）", "町村"]
MORE = ["要件の考え方・理由", "備考", "改定種別", "適合基準日", "前版の機能ID・要件"]
OURS = ["区分の出所", "根拠法令", "検査方法"]
JUDGED = ["宣言", "検証", "理由", "団体の確認", "免除・異議", "シナリオ数", "不合格数"]
HOSTILE = "=1+1\u202e𠮷\x0b\ufffe_x0041_"


class SpeaksFormulas(HonestPots):
    IDENTITY = {**HonestPots.IDENTITY, "product": "=A1&\u202e", "version": "1 & 2"}

    def price_pot(self, pots: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
        return {"refused": {"code": "not_found", "message": HOSTILE}}


def written(view: RunView) -> Path:
    path = view.folder / "report.xlsx"
    path.write_bytes(excel_report.render(view))
    return path


def rows(path: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def told(path: Path) -> dict[str, dict[str, Any]]:
    """Cells of the business's sheet by requirement and heading."""
    _, labels, *found = rows(path, BUSINESS)
    return {row[0]: dict(zip(labels, row, strict=True)) for row in found}


def test_a_business_has_the_columns_of_its_table_and_the_verdicts_beside_them(mini: Miniature) -> None:
    path = written(run(mini, HonestPots))
    assert CalamineWorkbook.from_path(path).sheet_names == ["概要", BUSINESS, "シナリオ", "凡例"]
    groups, labels, *found = rows(path, BUSINESS)
    assert labels == ["本表の要件番号", *OFFICIAL, *CLASSES, *MORE, *OURS, *JUDGED]
    assert [one for one in groups if one] == [
        "本書の番号",
        "機能要件表（列の並びは案で、公式の表とは未照合）",
        "実装区分",
        "機能要件表（続き）",
        "要件表の補い",
        "判定",
    ]
    assert [row[0] for row in found] == [row[0] for row in REQUIREMENTS]


def test_every_cell_says_what_the_run_says(mini: Miniature) -> None:
    view = run(mini, characters.RoundsUp)
    cells = told(written(view))
    for one in view.report.outcomes:
        row = cells[one.requirement.id]
        basis = one.requirement.row
        assert [row[name] for name in OFFICIAL] == [basis["major"], basis["middle"], basis["name"], "", basis["text"]]
        assert [row[name] for name in CLASSES] == [
            one.requirement.category[kind].symbol for kind in one.requirement.category
        ]
        assert row["要件の考え方・理由"] == basis["rationale"]
        assert basis["effective"]["basis"] in row["備考"]
        assert row["改定種別"] == "新規"
        assert row["適合基準日"] == f"{one.requirement.effective_from}\n（推定）"
        assert row["区分の出所"] == wording.CERTAINTIES[one.requirement.category_source]
        assert row["根拠法令"] == "\n".join(map(str, one.requirement.legal_basis))
        assert row["検査方法"] == one.requirement.method.label
        assert (row["宣言"], row["検証"]) == (one.claimed.label, wording.status_text(one.status))
        assert (row["理由"], row["団体の確認"]) == (one.because, wording.review_text(one))
        assert row["シナリオ数"] == len(one.cases)
    assert cells[FEES]["不合格数"] == 1
    assert cells[EXTRA]["不合格数"] == 0


def test_official_numbers_stand_apart_from_ours(mini: Miniature) -> None:
    mini.edit(mini.table, "official_ids: []", 'official_ids: ["9990001"]')
    cells = told(written(run(mini, HonestPots)))
    assert {row["機能ID"] for row in cells.values()} == {"9990001"}
    assert set(cells) == {row[0] for row in REQUIREMENTS}


def test_a_waiver_and_an_objection_stand_beside_the_verdict(mini: Miniature) -> None:
    waivers = mini.write(
        "waivers.yaml",
        f'waivers:\n  - {{ requirement: "{FEES}", issuer: "見本市", reason: "移行中", scope: "当初",'
        ' expires: "2099-03-31" }\n',
    )
    reviews = mini.write(
        "reviews.yaml",
        f'reviews:\n  - {{ requirement: "{FEES}", value: "rejected", office: "税務課", date: "2026-06-01",'
        ' remark: "金額が違う" }\n',
    )
    row = told(written(run(mini, characters.RoundsUp, waivers=waivers, reviews=reviews)))[FEES]
    assert row["検証"] == wording.status_text(Status.WAIVED)
    assert "見本市: 移行中" in row["免除・異議"]
    assert "元の判定 × 不適合" in row["免除・異議"]
    assert "異議" in row["免除・異議"]
    assert row["団体の確認"].startswith("不同意 税務課")


def test_what_a_product_says_is_text_that_can_be_read(mini: Miniature) -> None:
    mini.edit(mini.feature, "ならば 「料金」は「7円」である", "ならば 処理は「権限がない」として拒否される")
    path = written(run(mini, SpeaksFormulas))
    messages = [row[5] for row in rows(path, "シナリオ")[1:]]
    assert any("=1+1〔U+202E〕𠮷〔U+000B〕" in one and "_x0041_" in one for one in messages)
    parts = {name: content.decode() for name, content in unpacked(path).items() if name.endswith(".xml")}
    sheets = [content for name, content in parts.items() if name.startswith("xl/worksheets/")]
    assert all("<f>" not in one and "\u202e" not in one for one in parts.values())
    assert len(sheets) == 4
    for one in sheets:
        assert "&amp;L=A1&amp;&amp;〔U+202E〕 1 &amp;&amp; 2&amp;C" in one


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {one: archive.read(one) for one in archive.namelist()}


def test_a_scenario_that_was_never_reached_has_its_row(mini: Miniature) -> None:
    view = run(mini, characters.NeverWaters)
    found = rows(written(view), "シナリオ")[1:]
    assert len(found) == len(view.cases)
    assert "未実施" in {row[3] for row in found}


def test_the_sheet_is_ready_for_the_screen_and_for_paper(mini: Miniature) -> None:
    parts = unpacked(written(run(mini, HonestPots)))
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    assert re.search(r'<pane xSplit="1" ySplit="2" topLeftCell="B3"', sheet)
    assert f'<autoFilter ref="A2:Z{2 + len(REQUIREMENTS)}"/>' in sheet
    assert '<pageSetup paperSize="8" fitToHeight="0" orientation="landscape"/>' in sheet
    assert '<pageSetUpPr fitToPage="1"/>' in sheet
    assert "&amp;P / &amp;N" in sheet
    assert f"{BUSINESS} 1版&amp;R判定: 適合" in sheet
    assert f"{BUSINESS}!$A:$A,{BUSINESS}!$1:$2" in parts["xl/workbook.xml"].decode()


@pytest.mark.parametrize("name", ["甲" * 40, "シナリオ", "a/b[c]:d?*\\", "'"])
def test_a_business_of_any_name_has_its_sheet(mini: Miniature, name: str) -> None:
    mini.edit("requirements/businesses.yaml", 'name: "鉢植え台帳"', f"name: {json.dumps(name)}")
    names = CalamineWorkbook.from_path(written(run(mini, HonestPots))).sheet_names
    assert len({one.casefold() for one in names}) == 4
    assert all(0 < len(one) <= 31 and not set(one) & set("[]:*?/\\") for one in names)

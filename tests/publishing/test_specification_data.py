"""The document for programs and for spreadsheets: nothing lost, nothing executed."""

from __future__ import annotations

import csv
import io
import json

import pytest
from edition_rows import edition, row
from miniature import FEES, SEEN, Miniature
from published import dressed, gathered

from kijun.catalog.catalog import Catalog
from kijun.catalog.schemas import schema
from kijun.publishing import specification_csv, specification_json
from kijun.publishing.specification import Specification, specification


def lines(spec: Specification) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(specification_csv.render(spec).decode("utf-8-sig"), newline=""))]


def test_the_json_is_what_its_schema_says(mini: Miniature) -> None:
    content = json.loads(specification_json.render(gathered(dressed(mini))))
    assert [*schema("specification").errors(content)] == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content["cover"].pop("caveats"),
        lambda content: content["scenarios"][0].pop("steps"),
        lambda content: content["operations"][0].update(kind="magic"),
        lambda content: content["businesses"][0]["chapters"][0]["functions"][0]["requirements"][0]["row"].pop("text"),
        lambda content: content.update(more=1),
    ],
)
def test_the_schema_refuses_another_document(mini: Miniature, spoil: object) -> None:
    content = json.loads(specification_json.render(gathered(mini)))
    assert callable(spoil)
    spoil(content)
    assert not schema("specification").is_valid(content)


def test_every_row_is_in_the_json_as_it_is_in_the_table(mini: Miniature) -> None:
    content = json.loads(specification_json.render(gathered(dressed(mini))))
    rows = [
        one
        for business in content["businesses"]
        for chapter in business["chapters"]
        for function in chapter["functions"]
        for one in function["requirements"]
    ]
    table = Catalog.load(mini.root).requirements
    assert [one["row"] for one in rows] == [one.row for one in table.values()]
    assert rows[0]["defects"] == ["RoundsUp"]
    (key,) = rows[0]["scenarios"]
    (outline,) = [one for one in content["scenarios"] if one["key"] == key]
    assert outline["examples"][0]["table"]["rows"] == [["小", "100円"], ["大", "1,000円"]]


def test_half_a_character_of_a_frozen_edition_is_kept(mini: Miniature) -> None:
    broken = edition("1", row("01", "水の量\ud800を記録できること。"))
    spec = specification(broken, Catalog.load(mini.root))
    content = json.loads(specification_json.render(spec))
    text = content["businesses"][0]["chapters"][0]["functions"][0]["requirements"][0]["row"]["text"]
    assert text == "水の量\ud800を記録できること。"
    assert lines(spec)[0]["要件文"] == "水の量〔U+D800〕を記録できること。"


def test_the_csv_opens_by_a_double_click_and_has_every_row(mini: Miniature) -> None:
    spec = gathered(dressed(mini))
    assert specification_csv.render(spec).startswith(b"\xef\xbb\xbf")
    found = {one["要件番号"]: one for one in lines(spec)}
    assert [*found] == [one.id for one in spec.rows]
    assert found[FEES]["業務"] == "鉢植え台帳"
    assert (found[FEES]["指定都市"], found[FEES]["町村"]) == ("◎", "")
    assert found[FEES]["実装区分の確からしさ"] == "推定"
    assert (found[FEES]["確かめる操作"], found[FEES]["関係する帳票"]) == ("料金の計算", "札")
    assert found[FEES]["検査の件数"] == "2"
    assert found[FEES]["欠陥"] == "RoundsUp 料金を切り上げる。"
    assert found[SEEN]["検査方法"].startswith("書類確認")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_the_csv_is_a_formula(mini: Miniature, sign: str) -> None:
    rows = edition("1", row("01", f"{sign}HYPERLINK を記録できること。", rationale=f"{sign}1"))
    (found,) = lines(specification(rows, Catalog.load(mini.root)))
    assert found["要件文"][0] == "'" or found["要件文"].startswith("〔U+0009〕")
    assert found["理由"][0] not in "=+-@\t"

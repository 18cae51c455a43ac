"""kijun publish as a clerk in charge of the standard meets it."""

from __future__ import annotations

import json

from command_line import kijun, text
from miniature import FEES, LEDGER, Miniature

DEFECT = '''\
"""Named faults."""

from kijun.engine.defects import Defect


class RoundsUp(Defect):
    """料金を切り上げる。"""

    breaks = "999-1.1.1-01"
'''


def files(mini: Miniature, folder: str = "仕様書") -> dict[str, bytes]:
    there = mini.root / folder
    return {path.relative_to(there).as_posix(): path.read_bytes() for path in there.rglob("*") if path.is_file()}


def test_publish_writes_site_data_and_graph(mini: Miniature) -> None:
    mini.write("tests/defects/pot_register.py", DEFECT)
    done = kijun(mini, "publish", "--out", "仕様書")
    assert done.returncode == 0, text(done)
    assert "今の要件表: 1 業務、6 件の要件を仕様書にしました。" in text(done)
    found = files(mini)
    assert {"site/index.html", "site/find.html", "specification.json", "requirements.csv", "graph.jsonld"} <= set(found)
    assert [one["name"] for one in json.loads(found["specification.json"])["defects"]] == ["RoundsUp"]
    assert "料金を切り上げる。".encode() in found["site/defects.html"]


def test_the_same_specification_is_published_as_the_same_bytes(mini: Miniature) -> None:
    assert kijun(mini, "publish", "--out", "仕様書").returncode == 0
    assert kijun(mini, "publish", "--out", "二度目", PYTHONHASHSEED="7").returncode == 0
    assert files(mini) == files(mini, "二度目")


def test_only_the_formats_asked_for_are_written(mini: Miniature) -> None:
    assert kijun(mini, "publish", "--out", "仕様書", "--format", "csv", "--format", "json").returncode == 0
    assert set(files(mini)) == {"requirements.csv", "specification.json"}


def test_a_frozen_edition_is_published_as_it_stood(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    mini.edit(mini.table, "大きさに応じた料金", "大きさ及び種類に応じた料金")
    assert kijun(mini, "publish", "--out", "仕様書", "--edition", "0.1").returncode == 0
    assert "大きさに応じた料金" in files(mini)["requirements.csv"].decode("utf-8-sig")
    assert json.loads(files(mini)["specification.json"])["cover"]["digest"]
    assert kijun(mini, "publish", "--out", "今").returncode == 0
    told = json.loads(files(mini, "今")["specification.json"])
    assert told["editions"][1]["changes"] == {"変わらない": 5, "改正": 1}


def test_an_unknown_edition_or_business_is_told_with_those_there_are(mini: Miniature) -> None:
    done = kijun(mini, "publish", "--edition", "9")
    assert done.returncode == 4
    assert "「9」という版はありません。凍結した版はまだありません" in text(done)
    done = kijun(mini, "publish", "--business", "fern_register")
    assert done.returncode == 4
    assert "業務「fern_register」は今の要件表にありません。あるのは pot_register です。" in text(done)
    assert not (mini.root / "kijun-out" / "publish").exists()


def test_a_specification_with_faults_is_not_published(mini: Miniature) -> None:
    mini.edit(mini.feature, f"@req:{FEES}", "@req:999-9.9.9-99")
    done = kijun(mini, "publish", "--out", "仕様書")
    assert done.returncode == 3
    assert "シナリオが知らない要件 999-9.9.9-99 を引いています。" in text(done)
    assert f"要件 {FEES} を確かめるシナリオがありません。" in text(done)
    assert not (mini.root / "仕様書").exists()


def test_pages_of_an_earlier_document_do_not_stay_behind(mini: Miniature) -> None:
    assert kijun(mini, "publish", "--out", "仕様書", "--format", "html").returncode == 0
    mini.edit(
        mini.table,
        f'- id: "{LEDGER}"\n    official_ids: []\n    major: "鉢"',
        f'- id: "{LEDGER}"\n    official_ids: []\n    major: "棚"',
    )
    assert kijun(mini, "publish", "--out", "仕様書", "--format", "html").returncode == 0
    assert "site/functions-999-2-1.html" in files(mini)
    mini.edit(mini.table, 'major: "棚"', 'major: "鉢"')
    assert kijun(mini, "publish", "--out", "仕様書", "--format", "html").returncode == 0
    assert "site/functions-999-2-1.html" not in files(mini)
    assert [one.name for one in (mini.root / "仕様書").iterdir()] == ["site"]


def test_a_folder_with_files_of_somebody_else_is_left_as_it_is(mini: Miniature) -> None:
    mini.write("仕様書/site/大事な記録.txt", "一つしかない")
    done = kijun(mini, "publish", "--out", "仕様書", "--format", "html")
    assert done.returncode == 3
    assert "この命令が作ったのではないファイルがあります（大事な記録.txt）。" in text(done)
    assert files(mini) == {"site/大事な記録.txt": "一つしかない".encode()}


def test_an_out_that_is_a_file_is_told(mini: Miniature) -> None:
    mini.write("仕様書", "一枚の紙")
    done = kijun(mini, "publish", "--out", "仕様書")
    assert done.returncode == 3
    assert "仕様書: フォルダーを作れません" in text(done)
    assert (mini.root / "仕様書").read_text(encoding="utf-8") == "一枚の紙"

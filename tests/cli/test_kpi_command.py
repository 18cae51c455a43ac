"""kijun kpi as an analyst meets it."""

from __future__ import annotations

import json

from adoptions import SLUGS, line, written
from command_line import kijun, text
from miniature import Miniature

from kijun.catalog.root import shipped_root

SHIPPED = str(shipped_root())


def test_shares_of_two_months_stand_in_order_with_their_rules(mini: Miniature) -> None:
    rows = [line("011002", SLUGS["6"], "稼働", 40)]
    written(mini.root / "b.csv", [{**one, "as_of": "2026-02-28"} for one in rows])
    written(mini.root / "a.csv", rows)
    done = kijun(mini, "kpi", "share", "b.csv", "a.csv", "--spec", SHIPPED, "--json", "--out", "k.xlsx")
    assert done.returncode == 0, text(done)
    months = json.loads(done.stdout)["months"]
    assert [one["as_of"] for one in months] == ["2026-01-31", "2026-02-28"]
    assert all(one["rule"] for month in months for one in month["results"])
    assert (mini.root / "k.xlsx").exists()


def test_doubtful_lines_of_all_files_are_told_and_nothing_is_written(mini: Miniature) -> None:
    written(mini.root / "a.csv", [line("011003", SLUGS["6"])])
    written(mini.root / "b.csv", [line("011002", "何か", as_of="2026-02-28")])
    done = kijun(mini, "kpi", "share", "a.csv", "b.csv", "--spec", SHIPPED, "--out", "k.xlsx")
    assert done.returncode == 3
    assert "a.csv:2: 団体コード 011003 の検査数字が合いません。" in text(done)
    assert "b.csv:2: 業務「何か」が業務台帳にありません。" in text(done)
    assert not (mini.root / "k.xlsx").exists()
    assert kijun(mini, "kpi", "share", "a.csv", "--out", "k.csv").returncode == 4


def test_one_day_twice_is_refused(mini: Miniature) -> None:
    for name in ("a.csv", "b.csv"):
        written(mini.root / name, [line("011002", SLUGS["6"])])
    done = kijun(mini, "kpi", "share", "a.csv", "b.csv", "--spec", SHIPPED)
    assert (done.returncode, "同じ基準日のファイルが二つあります。" in text(done)) == (3, True)


def test_unmet_rows_of_one_vendor_are_not_shown(office: Miniature) -> None:
    kijun(office, "run")
    done = kijun(office, "kpi", "unmet", "kijun-out", "--out", "u.xlsx")
    assert done.returncode == 0, text(done)
    assert "満たす事業者が一者もない要件 0 件" in text(done)
    assert "架空園" not in text(done)
    assert (office.root / "u.xlsx").exists()

"""The benchmark of a whole municipality does what it says; how long it takes is no test."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from kijun.reference.app import create_app

PATH = Path(__file__).parents[2] / "bench" / "municipality.py"


def test_the_whole_municipality_is_assessed_once_and_the_sums_agree(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("municipality", PATH)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["municipality"] = module
    spec.loader.exec_module(module)
    store = create_app(f"sqlite:///{tmp_path / 'town.sqlite'}").state.store
    told = {name: said for name, _, _, said in module.measured(store, 5200)}
    store.close()
    count, yen = told["当初賦課"].split(" assessed, ")[0], told["当初賦課"].split(", ")[1]
    stopped = int(told["当初賦課"].rsplit(", ", 1)[1].split()[0])
    assert int(count.replace(",", "")) + stopped == 5200
    assert stopped in (0, 1)  # one vehicle lacks its month; it matters only for three wheels and more
    assert told["納税通知書の作成"] == f"{count} notices"
    assert told["調定集計"].startswith(f"{count} in ")
    assert told["調定集計"].endswith(yen)
    assert told["当初賦課, again"].startswith("0 assessed, 0 yen")
    assert told["当初賦課の点検"] == f"5,200 on the day, {stopped} halted, tallied: True"
    assert told["納税通知書の突合"] == "0 withdrawn"
    assert told["課税状況の集計"].startswith("5,200 in ")
    assert told["車両の登録, 100"] == "100 registered, up to V00005300"

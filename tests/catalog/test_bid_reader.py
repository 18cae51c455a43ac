"""A bid is written and read without loss, and a file that was edited by hand is refused with all its faults."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from kijun.catalog.bid_reader import as_record, read_bid
from kijun.catalog.schemas import schema
from kijun.model.bid import AnswerStatus, Bid, BidAnswer, Cost, Due, UnplacedRow
from kijun.model.errors import ConfigurationError

BID = Bid(
    bidder="A社",
    product="鉢の台帳",
    version="2.0",
    editions={"pots": "1"},
    answers={
        "P-1": BidAnswer("P-1", AnswerStatus.STANDARD, "◎", "回答!F5"),
        "P-2": BidAnswer(
            "P-2",
            AnswerStatus.CONFLICT,
            "○",
            "回答!F6",
            Cost(800_000, "800", "見出しの単位（千円）で読みました。"),
            Due(date(2026, 3, 31), "R8.3末"),
            "相談",
            ("費用が付いています。",),
        ),
        "P-3": BidAnswer("P-3", AnswerStatus.PLANNED, "※", "回答!F7", due=Due(None, "未定", "日付として読めません。")),
    },
    source="回答 最終.xlsx",
    digest="ab" * 32,
    legend={"◎": AnswerStatus.STANDARD},
    unplaced=(UnplacedRow("回答!A99", "独自の行", "番号がありません。"),),
)


def test_a_bid_comes_back_as_it_was(tmp_path: Path) -> None:
    record = as_record(BID)
    assert list(schema("bid").errors(record)) == []
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    assert read_bid(path) == BID


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"rows": 5}, "行の数が合いません（rows 5、answers 3、unplaced 1）。"),
        ({"answers": as_record(BID)["answers"] * 2, "rows": 7}, "要件 P-1 の答えが 2 件あります。"),
        ({"legend": {"◎": "perhaps"}}, "$.legend.◎"),
        ({"bid_version": "2"}, "$.bid_version"),
        ({"note": "x"}, "note"),
    ],
)
def test_a_bid_that_was_edited_is_refused(tmp_path: Path, change: dict[str, object], told: str) -> None:
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(as_record(BID) | change, ensure_ascii=False), encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        read_bid(path)
    assert told in str(refused.value)
    assert "kijun answers import で読み取り直してください。" in str(refused.value)


def test_what_is_no_json_or_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"{")
    for name, told in (("a.json", "JSON として読めません。"), ("b.json", "読めません（")):
        with pytest.raises(ConfigurationError) as refused:
            read_bid(tmp_path / name)
        assert told in str(refused.value)

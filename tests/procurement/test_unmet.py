"""Rows that nobody satisfies: few are suppressed, nobody is named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import characters
import pytest
from miniature import EXTRA, FEES, LEDGER, Miniature
from runs import run

from kijun.model.errors import ConfigurationError
from kijun.procurement import unmet
from kijun.reporting import json_report


def report(vendor: str, statuses: Mapping[str, str], kind: str = "town_village") -> dict[str, Any]:
    rows = [{"id": one, "underlying_status": status} for one, status in statuses.items()]
    return {"product": {"vendor": vendor}, "profile": {"municipality_class": kind}, "requirements": rows}


def test_29_rows_of_fewer_than_five_vendors_are_suppressed_and_nobody_is_named() -> None:
    hard = [report(f"{one}社", {FEES: "not_satisfied", LEDGER: "satisfied"}) for one in "甲乙丙丁戊"]
    rare = [report(f"{one}社", {EXTRA: "not_satisfied"}) for one in "甲乙丙丁"]
    found = unmet.aggregate([*hard, *rare])
    assert [(one.requirement, len(one.vendors)) for one in found.rows] == [(FEES, 5)]
    assert found.suppressed == 1
    told = unmet.render(found, {FEES: "料金"}) + json.dumps(unmet.as_record(found), ensure_ascii=False)
    assert "甲社" not in told
    assert EXTRA not in told
    assert b"\xe7\x94\xb2\xe7\xa4\xbe" not in unmet.workbook(found, {})


def test_29_internal_use_names_vendors_and_says_so() -> None:
    found = unmet.aggregate([report("甲社", {FEES: "not_satisfied"})], is_internal=True)
    told = unmet.render(found, {})
    assert "【庁内限り】" in told
    assert f"町村 {FEES} 1 者（甲社）" in told
    assert unmet.as_record(found)["rows"][0]["names"] == ["甲社"]


def test_one_vendor_with_many_reports_counts_once() -> None:
    found = unmet.aggregate([report("甲社", {FEES: "not_satisfied"})] * 9)
    assert found.rows == ()
    assert found.suppressed == 1


def test_a_vendor_that_satisfies_a_row_once_satisfies_it_and_what_is_not_judged_says_nothing() -> None:
    others = [report(f"{one}社", {FEES: "not_satisfied", LEDGER: "not_verified"}) for one in "乙丙丁戊己"]
    both = [report("甲社", {FEES: status}) for status in ("not_satisfied", "satisfied", "not_satisfied")]
    found = unmet.aggregate([*others, *both])
    assert found.rows == ()
    assert unmet.aggregate(others).rows[0].requirement == FEES


def test_classes_are_ranked_apart_most_vendors_first() -> None:
    towns = [report(f"{one}社", {FEES: "not_satisfied"}) for one in "甲乙丙丁戊"]
    cities = [report(f"{one}社", {FEES: "not_satisfied"}, "core_city") for one in "甲乙丙丁戊己"]
    found = unmet.aggregate([*towns, *cities])
    assert [(one.kind.value, len(one.vendors)) for one in found.rows] == [("core_city", 6), ("town_village", 5)]


def test_real_reports_are_read_and_what_is_none_is_told(mini: Miniature, tmp_path: Path) -> None:
    folder = tmp_path / "集めた報告"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "report.json").write_bytes(json_report.render(run(mini, characters.RoundsUp)))
    (one,) = unmet.read_reports(folder)
    found = unmet.aggregate([one], is_internal=True)
    assert FEES in [row.requirement for row in found.rows]
    (folder / "b").mkdir()
    (folder / "b" / "report.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="report_version"):
        unmet.read_reports(folder)
    with pytest.raises(ConfigurationError, match=r"report\.json がありません"):
        unmet.read_reports(tmp_path / "a")

"""Frozen editions: written once, refused when changed, and the memory of every number that was ever used."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from edition_rows import row, table
from miniature import FEES, SEEN, Miniature

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import edition_names, frozen, last_edition, place, read_edition, room
from kijun.catalog.root import shipped_root, suite_digest
from kijun.engine.lint import lint
from kijun.model.errors import ConfigurationError, UsageError

TODAY = date(2026, 11, 24)


def freeze(root: Path, name: str, on: date = TODAY) -> Path:
    path = room(root) / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(frozen(name, on, "試験", Catalog.load(root).tables))
    return path


def told(mini: Miniature) -> str:
    return "\n".join(map(str, lint(mini.root)))


def test_an_edition_gives_back_the_tables_that_were_frozen(mini: Miniature) -> None:
    freeze(mini.root, "0.1")
    edition = read_edition(mini.root, "0.1")
    tables = Catalog.load(mini.root).tables
    assert edition.tables == tables
    assert [one.row for one in edition.requirements.values()] == [one.row for one in tables[0].requirements]
    assert (edition.name, edition.frozen_on, edition.note) == ("0.1", TODAY, "試験")
    assert edition.tables[0].status == "draft"


def test_the_same_tables_give_the_same_bytes_one_row_a_line() -> None:
    tables = [table([row("01", "水の量を記録できること。"), row("02", "半分\ud800の字")])]
    content = frozen("1", TODAY, "", tables)
    assert content == frozen("1", TODAY, "", tables)
    assert [line.startswith(b'{"id":') for line in content.splitlines()].count(True) == 2


def test_lint_accepts_editions_and_they_decide_no_verdict(mini: Miniature) -> None:
    before = suite_digest(mini.root)
    freeze(mini.root, "0.1")
    assert lint(mini.root) == []
    assert suite_digest(mini.root) == before


def test_line_ends_of_another_system_are_no_change(mini: Miniature) -> None:
    path = freeze(mini.root, "0.1")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert lint(mini.root) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("大きさに応じた料金", "大きさによらない料金", "凍結した後に内容が変わっています"),
        ('"date":"2026-11-24"', '"date":"2026-11-23"', "凍結した後に内容が変わっています"),
        ('"name":"0.1"', '"name":"0.9"', "版の名前「0.9」がファイル名と違います。"),
        ('"text":', '"txet":', "$.tables[0].requirements[0] 項目「text」がありません。"),
        ("999-1.1.1-02", "999-1.1.1-01", "要件番号 999-1.1.1-01 が重複しています。"),
        ('"tables":[', '"tables":', "UTF-8 の JSON ではありません"),
        ('"town_village":"none"', '"village":"none"', "$.tables[0].requirements[0].category"),
    ],
)
def test_an_edition_that_is_not_what_was_frozen_is_refused(mini: Miniature, old: str, new: str, message: str) -> None:
    path = freeze(mini.root, "0.1")
    mini.edit(path.relative_to(mini.root).as_posix(), old, new)
    assert message in told(mini)
    assert "0.1.json" in told(mini)
    with pytest.raises(ConfigurationError):
        read_edition(mini.root, "0.1")


def test_bytes_of_another_encoding_and_a_bottomless_nest_are_refused(mini: Miniature) -> None:
    for content in ("凍結".encode("cp932"), b"[" * 100_000, b"", b"[]", b'{"edition": 1, "tables": 2}'):
        freeze(mini.root, "0.1").write_bytes(content)
        with pytest.raises(ConfigurationError):
            read_edition(mini.root, "0.1")


def test_a_number_that_vanished_must_be_retired(mini: Miniature) -> None:
    freeze(mini.root, "0.1")
    mini.edit(mini.table, FEES, "999-1.1.1-09")
    for name in (mini.feature, "requirements/systems/reference/statement.yaml"):
        mini.edit(name, FEES, "999-1.1.1-09")
    assert f"要件 {FEES} は 0.1 版にありますが、この表の requirements にも retired にもありません。" in told(mini)
    retired = f'retired:\n  - {{ id: "{FEES}", edition: "2", because: "試験" }}\nrequirements:'
    mini.edit(mini.table, "requirements:", retired)
    assert lint(mini.root) == []


def test_a_number_retired_in_an_earlier_edition_is_not_used_again(mini: Miniature) -> None:
    mini.edit(
        mini.table,
        "requirements:",
        'retired:\n  - { id: "999-1.1.1-09", edition: "0", because: "試験" }\nrequirements:',
    )
    freeze(mini.root, "0.1")
    mini.edit(mini.table, 'retired:\n  - { id: "999-1.1.1-09", edition: "0", because: "試験" }\n', "")
    assert lint(mini.root) == []  # forgotten, but not used
    mini.edit(mini.table, SEEN, "999-1.1.1-09")
    text = told(mini)
    assert "0.1 版で廃止した要件番号 999-1.1.1-09 を再び使っています。" in text
    assert f"要件 {SEEN} は 0.1 版にありますが" in text


def test_the_last_edition_is_the_latest_day_and_then_the_highest_number(mini: Miniature) -> None:
    assert last_edition(mini.root) is None
    for name in ("0.2", "0.10", "0.9"):
        freeze(mini.root, name)
    assert edition_names(mini.root) == ["0.2", "0.9", "0.10"]
    newest = last_edition(mini.root)
    assert newest is not None
    assert newest.name == "0.10"
    freeze(mini.root, "0.1", date(2026, 11, 25))
    newest = last_edition(mini.root)
    assert newest is not None
    assert newest.name == "0.1"


@pytest.mark.parametrize("name", ["", "../x", "0.3/4", "第一版", ".hidden", "a b", "0.3.", "0.1\n"])
def test_a_name_that_no_file_should_have_is_refused(mini: Miniature, name: str) -> None:
    with pytest.raises(UsageError, match="使えません"):
        place(mini.root, name)


def test_the_shipped_editions_are_drafts_and_say_so() -> None:
    for name in edition_names(shipped_root()):
        edition = read_edition(shipped_root(), name)
        assert {one.status for one in edition.tables} == {"draft"}
        assert "省庁の版ではない" in edition.note


def test_the_shipped_editions_are_as_frozen_as_they_say() -> None:
    counts: dict[str, Any] = {
        name: len(read_edition(shipped_root(), name).requirements) for name in edition_names(shipped_root())
    }
    assert counts["0.1"] < counts["0.2"]


def test_an_edition_file_is_plain_json(mini: Miniature) -> None:
    content = json.loads(freeze(mini.root, "0.1").read_text(encoding="utf-8"))
    assert set(content) == {"edition", "tables"}

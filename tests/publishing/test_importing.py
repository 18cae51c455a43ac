"""Workbooks as ministries make them, read cell by cell, and set beside our tables."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from edition_rows import CLASSES, SLUG, row, table
from official_books import official_book, official_row, plain_book

from kijun.catalog.catalog import Catalog
from kijun.catalog.import_columns import SheetMapping, read_column_words
from kijun.catalog.root import shipped_root
from kijun.catalog.schemas import schema
from kijun.catalog.yaml_reader import read_yaml
from kijun.catalog.yaml_writer import as_yaml
from kijun.model.errors import ConfigurationError
from kijun.model.glossary import Glossary
from kijun.model.requirement import MunicipalityClass, Obligation, Requirement, RequirementTable
from kijun.press.workbook import Workbook
from kijun.publishing import requirement_sheet
from kijun.publishing.importing.draft import draft
from kijun.publishing.importing.reconciliation import Pairing, State
from kijun.publishing.importing.rows import ImportedRow
from kijun.publishing.importing.standard import import_standard
from kijun.publishing.importing.told import Told, as_record, as_workbook, render

WORDS = read_column_words(shipped_root())
SYSTEMS = {SLUG: {"id": "999", "name": "鉢植え台帳"}}
WATER, COUNT, SELL = "鉢に水をやれること。", "鉢の数を種類ごとに数えられること。", "枯れた鉢を売らないこと。"


def catalog(*rows: Any) -> Catalog:
    tables = (table(rows),) if rows else ()
    return Catalog(Path("nowhere"), Glossary(), tables, SYSTEMS, "")


def imported(path: Path, ours: Catalog | None = None, **how: Any) -> Told:
    return import_standard(path, ours or catalog(), WORDS, **how)


def rows_of(told: Told) -> list[ImportedRow]:
    return [each for one in told.pairings for each in one.theirs]


def only(path: Path, **how: Any) -> ImportedRow:
    (one,) = rows_of(imported(path, **how))
    return one


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "公式 別紙.xlsx"


# reading --------------------------------------------------------------------------------------------------


def test_two_header_lines_full_width_digits_and_breaks_are_read(book: Path) -> None:
    one = only(
        official_book(
            book,
            official_row(
                "９９９０００１",
                "鉢に\n水をやれること。",
                大項目="鉢\n管理",
                中項目="台帳",
                小項目="水やり",
                一般市="〇",
                町村="",
                適合基準日="令和８年４月１日",
                改定種別="修正",
            ),
        )
    )
    assert one.official_ids == ("9990001",)
    assert one.business == SLUG
    assert one.place == {"major": "鉢管理", "middle": "台帳", "name": "水やり"}
    assert [one.category[kind].symbol for kind in MunicipalityClass] == ["◎", "◎", "◎", "○", ""]
    assert (one.effective_from, one.change) == (date(2026, 4, 1), "modified")
    assert one.at == "機能要件!E5"
    assert one.cells["general_city"] == "機能要件!I5"


def test_merged_and_blank_places_belong_to_the_rows_below_them(book: Path) -> None:
    rows = [
        official_row("9990001", WATER, 中項目="台帳", 小項目="水"),
        official_row("9990002", COUNT),
        official_row("9990003", SELL, 中項目="店"),
    ]
    found = rows_of(imported(official_book(book, *rows, merged=[("A5:A7", "鉢")])))
    assert [tuple(one.place.values()) for one in found] == [
        ("鉢", "台帳", "水"),
        ("鉢", "台帳", "水"),
        ("鉢", "店", ""),
    ]
    assert found[2].cells["major"] == "機能要件!A5"


def test_a_number_merged_over_rows_is_that_of_each_and_a_merged_text_is_one_row(book: Path) -> None:
    rows = [official_row("", WATER), official_row("", COUNT)]
    found = rows_of(imported(official_book(book, *rows, merged=[("D5:D6", "9990001")])))
    assert [(one.official_ids, one.text) for one in found] == [(("9990001",), WATER), (("9990001",), COUNT)]
    rows = [official_row("9990001", ""), official_row("", "")]
    assert len(rows_of(imported(official_book(book, *rows, merged=[("E5:E6", WATER)])))) == 1


def test_red_words_are_noted_and_struck_words_are_not_read(book: Path) -> None:
    text = ["鉢に", ("red", "水"), ("struck", "又は湯"), "をやれること。"]
    rows = [official_row("9990001", text), official_row("9990002", COUNT)]
    first, second = rows_of(imported(official_book(book, *rows)))
    assert (first.text, first.is_marked, first.is_deleted) == (WATER, True, False)
    assert (second.is_marked, second.is_deleted) == (False, False)


def test_a_row_struck_out_or_called_deleted_is_deleted(book: Path) -> None:
    rows = [
        official_row([("struck", "9990001")], [("struck", WATER)]),
        official_row("9990002", COUNT, 改定種別="削除"),
    ]
    told = imported(official_book(book, *rows))
    assert [one.official_ids for one in rows_of(told)] == [("9990001",), ("9990002",)]
    assert [one.state for one in told.pairings] == [State.DELETED, State.DELETED]


def test_one_column_may_be_for_several_groups_and_the_narrow_one_wins(book: Path) -> None:
    cells = {"指定都市": "◎", "中核市": "○", "一般市区町村": "×"}
    one = only(
        official_book(book, official_row("9990001", WATER, **cells), classes=("指定都市", "中核市", "一般市区町村"))
    )
    assert [one.category[kind].symbol for kind in MunicipalityClass] == ["◎", "○", "×", "×", "×"]


def test_a_group_without_a_column_is_not_taken_for_one_that_nothing_is_asked_of(book: Path) -> None:
    one = only(official_book(book, official_row("9990001", WATER), classes=("指定都市",)))
    assert [*one.category] == [MunicipalityClass.DESIGNATED_CITY]
    assert "core_city" not in one.cells


def test_a_single_column_of_obligations_is_for_all(book: Path) -> None:
    one = only(plain_book(book, [["機能ID※1", "要件（案）", "必須・任意の別"], ["9990001", WATER, "任意"]]))
    assert set(one.category.values()) == {Obligation.OPTIONAL}
    assert len(one.category) == 5


@pytest.mark.parametrize(
    ("given", "day", "note"),
    [
        ("2026/4/1", date(2026, 4, 1), ""),
        ("R8.4.1", date(2026, 4, 1), ""),
        (46113, date(2026, 4, 1), ""),
        ("2026-04-01\n2027-03-31 まで\n（推定）", date(2026, 4, 1), ""),
        ("未定", None, "「未定」は日付として読めない"),
        ("令和8年3月末", None, "日付として読めない"),
        ("2026/2/29", None, "日付として読めない"),
    ],
)
def test_dates_are_read_as_people_write_them_and_never_guessed(book: Path, given: Any, day: Any, note: str) -> None:
    told = imported(official_book(book, official_row("9990001", WATER, 適合基準日=given)))
    assert rows_of(told)[0].effective_from == day
    assert bool(told.notes) == bool(note)
    assert not note or (note in told.notes[0] and "機能要件!N5" in told.notes[0])


def test_a_number_that_lost_its_zero_gets_it_back_with_a_word(book: Path) -> None:
    systems = {SLUG: {"id": "099", "name": "鉢植え台帳"}}
    path = official_book(book, official_row(990001, WATER))
    told = import_standard(path, replace(catalog(), systems=systems), WORDS)
    assert rows_of(told)[0].official_ids == ("0990001",)
    assert "機能要件!D5" in told.notes[0]


def test_draft_numbers_are_kept_beside_official_ones(book: Path) -> None:
    one = only(official_book(book, official_row("0010", WATER)), business=SLUG)
    assert (one.official_ids, one.number) == ((), "0010")


def test_repeated_headings_legends_and_empty_rows_are_no_rows(book: Path) -> None:
    heading = {"機能ＩＤ": "機能ＩＤ", "機能要件": "機能要件"}
    rows = [official_row("9990001", WATER), heading, {}, {"大項目": "◎: 実装必須機能"}, official_row("9990002", COUNT)]
    found = rows_of(imported(official_book(book, *rows)))
    assert [one.official_ids[0] for one in found] == ["9990001", "9990002"]


def test_hidden_sheets_are_left_out_and_hidden_rows_are_read_with_a_word(book: Path) -> None:
    target = xlsxwriter.Workbook(book)
    for name in ("機能要件", "古い案"):
        page = target.add_worksheet(name)
        for line, cells in enumerate([["機能ID", "要件", "実装区分"], ["9990001", WATER, "◎"]]):
            page.write_row(line, 0, cells)
    page.hide()
    target.worksheets()[0].set_row(1, None, None, {"hidden": True})
    target.close()
    told = imported(book)
    assert len(rows_of(told)) == 1
    assert told.notes == ("シート「機能要件」の隠れた 1 行も読みました。", "隠しシート「古い案」は読みませんでした。")


def rewritten(path: Path, *changes: tuple[bytes, bytes]) -> Path:
    """The same book with other bytes in its parts, as other programs write them."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for old, new in changes:
        assert any(old in content for _, content in parts), old
        parts = [(name, content.replace(old, new)) for name, content in parts]
    path.write_bytes(zipped(parts))
    return path


def test_a_book_in_the_strict_form_says_the_same(book: Path) -> None:
    path = official_book(book, official_row("9990001", ["鉢に", ("red", "水"), "をやれること。"]))
    one = only(
        rewritten(
            path,
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        )
    )
    assert (one.text, one.is_marked) == (WATER, True)


def test_cells_without_names_stand_where_they_follow(book: Path) -> None:
    text = ["鉢に水", ("struck", "又は湯"), "をやれること。"]
    path = plain_book(book, [["機能ID", "要件", "実装区分"], ["9990001", text, "◎"]])
    one = only(rewritten(path, *((f' r="{name}"'.encode(), b"") for name in ("A1", "B1", "C1", "A2", "B2", "C2"))))
    assert (one.text, one.at, one.is_marked) == (WATER, "Sheet1!B2", False)


@pytest.mark.parametrize(
    ("colour", "is_red"),
    [
        (b'rgb="FFFF0000"', True),
        (b'rgb="FFC00000"', True),
        (b'indexed="10"', True),
        (b'rgb="FF000000"', False),
        (b'rgb="FF0000FF"', False),
        (b'rgb="FFFFC000"', False),
        (b'theme="1"', False),
    ],
)
def test_red_is_what_people_call_red(book: Path, colour: bytes, is_red: bool) -> None:
    path = official_book(book, official_row("9990001", ["鉢に", ("red", "水"), "をやれること。"]))
    assert only(rewritten(path, (b'rgb="FFFF0000"', colour))).is_marked is is_red


# what a person must decide -------------------------------------------------------------------------------


def fault(path: Path, **how: Any) -> str:
    with pytest.raises(ConfigurationError) as caught:
        imported(path, **how)
    return str(caught.value)


def test_every_unknown_sign_is_told_with_its_cell(book: Path) -> None:
    rows = [official_row("9990001", WATER, 町村="△"), official_row("9990002", COUNT, 中核市="要相談")]
    told = fault(official_book(book, *rows))
    assert "セル 機能要件!J5: 実装区分の記号「△」を知りません。" in told
    assert "セル 機能要件!G6: 実装区分の記号「要相談」を知りません。" in told
    words = replace(WORDS, signs={**WORDS.signs, "△": Obligation.OPTIONAL, "要相談": Obligation.NONE})
    assert len(rows_of(import_standard(book, catalog(), words))) == 2


def test_a_row_of_no_known_business_asks_which(book: Path) -> None:
    path = official_book(book, official_row("0010", WATER))
    assert "--business で業務を示してください。" in fault(path)


def test_headings_that_mean_the_same_are_not_chosen_from(book: Path) -> None:
    rows = [["機能ID", "要件", "要件", "実装区分"], ["9990001", WATER, COUNT, "◎"]]
    told = fault(plain_book(book, rows))
    assert "同じ意味の見出しが 2 列にあります（Sheet1!B1、Sheet1!C1）。" in told


def test_headings_that_nobody_knows_are_shown_and_a_mapping_helps(book: Path) -> None:
    path = plain_book(book, [["コード", "求めること", "扱い"], ["9990001", WATER, "◎"]], "一覧")
    told = fault(path)
    assert "シート「一覧」で見た見出し: コード、求めること、扱い。" in told
    assert "--mapping" in told
    columns = {"official_id": 0, "text": 1, "designated_city": 2}
    one = only(path, mappings=[SheetMapping("一覧", 1, columns)])
    assert (one.official_ids, one.text, one.at) == (("9990001",), WATER, "一覧!B2")
    assert "「別紙」がありません（あるのは「一覧」）" in fault(path, mappings=[SheetMapping("別紙", 1, columns)])


def test_a_table_without_rows_is_told(book: Path) -> None:
    assert "要件の行がありません" in fault(official_book(book))


# files that cannot be read -------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(parts: Sequence[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "空か、"),
        (OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護されたブックです。"),
        (OLE + b"\0" * 512, "古い形式（.xls）のブックです。"),
        (b"%PDF-1.7", "PDF です。"),
        ("機能ID,要件\n".encode("cp932"), "Excel のブック（.xlsx）ではありません。"),
        (zipped([("a.txt", b"a")]), "ZIP ですが、Excel のブック（.xlsx）ではありません。"),
        (zipped([("[Content_Types].xml", b""), ("xl/workbook.bin", b"")]), "バイナリ形式（.xlsb）のブックです。"),
        (zipped([("[Content_Types].xml", b""), ("xl/a.xml", b"\0" * 301_000_000)]), "ZIP 爆弾のおそれ"),
        (zipped([("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")]), "途中で切れているか、壊れています"),
    ],
    ids=["empty", "password", "xls", "pdf", "csv", "zip", "xlsb", "bomb", "parts"],
)
def test_what_cannot_be_read_is_told_with_what_to_do(book: Path, content: bytes, told: str) -> None:
    book.write_bytes(content)
    message = fault(book)
    assert told in message
    assert " → " in message


def test_a_book_that_breaks_off_is_told(book: Path) -> None:
    whole = official_book(book, official_row("9990001", WATER)).read_bytes()
    book.write_bytes(whole[: len(whole) // 2])
    assert "壊れています" in fault(book)


def test_a_book_that_lies_about_its_size_is_not_opened(book: Path) -> None:
    """The size of a part in the directory is less than what it unpacks to."""
    whole = bytearray(official_book(book, official_row("9990001", WATER)).read_bytes())
    place = whole.index(b"PK\x01\x02")
    while b"sheet1.xml" not in whole[place + 46 : place + 80]:
        place = whole.index(b"PK\x01\x02", place + 1)
    whole[place + 24 : place + 28] = struct.pack("<I", 10)
    book.write_bytes(bytes(whole))
    assert "壊れています" in fault(book)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_book_is_read_or_told_and_nothing_else(book: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(official_book(book, official_row("9990001", WATER, **PLACE)).read_bytes())
    for _ in range(chance.randint(1, 8)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    book.write_bytes(bytes(content))
    try:
        told = str(imported(book).counts)
    except ConfigurationError as error:
        told = str(error)
    assert "→" in told or "EQUAL" in told


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "ファイルを読めません" in fault(tmp_path / "ない.xlsx")


def test_a_cell_far_away_does_not_fill_the_memory(book: Path) -> None:
    target = xlsxwriter.Workbook(book)
    target.add_worksheet("表").write_string(1_048_575, 16_383, "余分")
    target.close()
    assert "1048576 行 16384 列に広がっています" in fault(book)


# reconciling ---------------------------------------------------------------------------------------------


def pairs(told: Told) -> list[tuple[str, list[str], list[str], str]]:
    return [
        (one.state.value, [each.at for each in one.theirs], [ours.id[-2:] for ours in one.ours], one.matched_by)
        for one in told.pairings
    ]


def differences(one: Pairing) -> list[tuple[str, str, str, str]]:
    return [(each.name, each.theirs, each.ours, each.cell) for each in one.differences]


PLACE = {"大項目": "鉢", "中項目": "台帳", "小項目": "登録", "適合基準日": "2020-04-01"}


def test_rows_are_equal_differing_or_missing_on_either_side(book: Path) -> None:
    path = official_book(
        book,
        official_row("9990001", "水やりの機能。", **PLACE),
        official_row("9990002", "計数の機能。", **PLACE | {"小項目": "計数", "町村": "×", "適合基準日": "2026/4/1"}),
        official_row("9990009", "温室の温度を一分ごとに記録できること。", **PLACE),
    )
    ours = catalog(
        row("01", WATER, official_ids=["9990001"]),
        row("02", COUNT, official_ids=["9990002"]),
        row("03", SELL),
    )
    told = imported(path, ours)
    assert pairs(told) == [
        ("equal", ["機能要件!E5"], ["01"], "official_id"),
        ("differing", ["機能要件!E6"], ["02"], "official_id"),
        ("only_theirs", ["機能要件!E7"], [], ""),
        ("only_ours", [], ["03"], ""),
    ]
    assert differences(told.pairings[1]) == [
        ("name", "計数", "登録", "機能要件!C6"),
        ("town_village", "実装不可", "実装必須", "機能要件!J6"),
        ("effective", "2026-04-01 から", "2020-04-01 から", "機能要件!N6"),
    ]


def test_without_numbers_rows_are_matched_by_words_and_called_a_guess(book: Path) -> None:
    path = official_book(book, official_row("9990001", "鉢の数を、種類ごとに数えられること。", **PLACE))
    told = imported(path, catalog(row("01", WATER), row("02", COUNT)))
    assert pairs(told)[0] == ("differing", ["機能要件!E5"], ["02"], "words")
    assert differences(told.pairings[0]) == [("official_id", "9990001", "", "機能要件!D5")]
    assert "推定" in render(told)


def test_several_rows_of_one_number_go_in_order_or_together(book: Path) -> None:
    path = official_book(book, official_row("9990001", "甲。", **PLACE), official_row("9990001", "乙。", **PLACE))
    two = catalog(row("01", WATER, official_ids=["9990001"]), row("02", COUNT, official_ids=["9990001"]))
    assert [one[2] for one in pairs(imported(path, two))] == [["01"], ["02"]]
    one = imported(path, catalog(row("01", WATER, official_ids=["9990001"])))
    assert pairs(one) == [("differing", ["機能要件!E5", "機能要件!E6"], ["01"], "official_id")]


def test_a_business_without_a_table_of_ours_is_wholly_missing(book: Path) -> None:
    told = imported(official_book(book, official_row("9990001", WATER)))
    assert [one.state for one in told.pairings] == [State.ONLY_THEIRS]


# papers --------------------------------------------------------------------------------------------------


def test_no_paper_holds_the_wording_of_the_book(book: Path, tmp_path: Path) -> None:
    secret = "公式にしかない言い回しで求めること。"
    cells = PLACE | {"要件の考え方・理由": "公式の理由", "備考": "公式の備考"}
    path = official_book(book, official_row("9990001", secret, **cells))
    told = imported(path, catalog(row("01", WATER)))
    papers = [render(told).encode(), as_yaml(draft(told.book, told.pairings)), str(as_record(told)).encode()]
    with zipfile.ZipFile(io.BytesIO(as_workbook(told))) as archive:
        papers += [archive.read(name) for name in archive.namelist()]
    for paper in papers:
        assert "言い回し".encode() not in paper
        assert "公式の理由".encode() not in paper
        assert "公式の備考".encode() not in paper


def test_the_draft_is_what_its_schema_says_and_the_same_again(book: Path, tmp_path: Path) -> None:
    cells = {"適合基準日": "2020-04-01\n2021-03-31 まで", "改定種別": "修正", "前版の機能ID・要件": "9990008"}
    path = official_book(book, official_row("9990001", [("red", WATER)], **(PLACE | cells)), official_row("10", COUNT))
    told = imported(path, catalog(row("01", WATER)), business=SLUG)
    content = as_yaml(draft(told.book, told.pairings))
    place = tmp_path / "draft.yaml"
    place.write_bytes(content)
    file = read_yaml(place)
    assert not file.problems
    assert not [*schema("import_draft").errors(file.data)]
    first, second = file.data["tables"][0]["requirements"]
    assert first["effective"] == {"from": "2020-04-01", "to": "2021-03-31", "source": "draft"}
    assert (first["ours"], first["matched_by"], first["is_marked"]) == (["999-1.1.1-01"], "words", True)
    assert (first["change"], first["former_ids"]) == ("modified", ["9990008"])
    assert (second["number"], second["official_ids"]) == ("10", [])
    assert "effective" not in second
    again = imported(path, catalog(row("01", WATER)), business=SLUG)
    assert as_yaml(draft(again.book, again.pairings)) == content
    assert as_workbook(again) == as_workbook(told)


# our own published workbook ------------------------------------------------------------------------------


def published(path: Path, one: RequirementTable) -> Path:
    """The table as a published workbook shows it: a cover, then a sheet in the columns of a 機能要件表."""
    book = Workbook("標準仕様書", ("標準仕様書", one.edition, "案"))
    book.add_summary("概要", "標準仕様書", [("版", one.edition)], [["大項目", "機能要件"], ["鉢", "3"]])
    book.add_table(
        "鉢植え台帳", requirement_sheet.columns(), [requirement_sheet.cells(each) for each in one.requirements]
    )
    path.write_bytes(book.finish())
    return path


def adopted(one: RequirementTable, told: Told) -> RequirementTable:
    """Our table with numbers, places, obligations and dates of the book; texts, reasons and the rest remain ours."""
    rows = {each.id: dict(each.row) for each in one.requirements}
    for pairing in told.pairings:
        for theirs, ours in zip(pairing.theirs, pairing.ours, strict=True):
            cells = rows[ours.id]
            cells |= theirs.place
            cells["official_ids"] = list(theirs.official_ids)
            cells["category"] = {kind.value: value.value for kind, value in theirs.category.items()}
            cells["category_source"] = theirs.certainty
            assert theirs.effective_from is not None
            end = {"to": theirs.effective_to.isoformat()} if theirs.effective_to else {}
            days = {"from": theirs.effective_from.isoformat(), **end, "source": theirs.effective_certainty}
            cells["effective"] = {"basis": cells["effective"]["basis"], **days}
    return replace(
        one,
        requirements=tuple(Requirement.from_row(each, one.business, one.requirements[0].at) for each in rows.values()),
    )


def bare_draft(told: Told) -> list[dict[str, Any]]:
    rows = draft(told.book, told.pairings)["tables"][0]["requirements"]
    return [
        {key: value for key, value in each.items() if key not in ("at", "text_sha256", "matched_by", "change")}
        for each in rows
    ]


def test_a_published_workbook_says_again_what_the_table_says(book: Path) -> None:
    mixed = dict(zip(CLASSES, ("mandatory", "optional", "prohibited", "none", "optional"), strict=True))
    until = {"from": "2021-09-01", "to": "2027-03-31", "basis": "試験用", "source": "draft"}
    ours = table(
        [
            row("01", WATER, official_ids=["9990001", "9990002"], category=mixed, category_source="official"),
            row("02", COUNT, effective=until, middle="別の台帳"),
            row("03", SELL, supersedes=["999-1.1.1-09"]),
        ]
    )
    told = imported(published(book, ours), replace(catalog(), tables=(ours,)))
    assert [(one.state, one.matched_by) for one in told.pairings] == [(State.EQUAL, "our_number")] * 3
    assert [one.certainty for one in rows_of(told)] == ["official", "estimated", "estimated"]
    assert [one.effective_certainty for one in rows_of(told)] == ["estimated", "draft", "estimated"]
    assert adopted(ours, told).requirements == ours.requirements


def test_import_publish_import_is_a_fixed_point(book: Path, tmp_path: Path) -> None:
    ours = table([row("01", WATER), row("02", COUNT), row("03", SELL)])
    around = replace(catalog(), tables=(ours,))
    cells = {"大項目": "鉢の管理", "中項目": "台帳", "小項目": "水", "適合基準日": "令和8年4月1日"}
    path = official_book(
        book,
        official_row("9990001", WATER, **cells, 一般市="○"),
        official_row("9990002", COUNT, **cells | {"適合基準日": "2027/4/1"}),
        official_row("9990003", SELL, **cells, 町村=""),
    )
    first = imported(path, around)
    assert [one.state for one in first.pairings] == [State.DIFFERING] * 3
    after = adopted(ours, first)
    second = imported(published(tmp_path / "一.xlsx", after), replace(around, tables=(after,)))
    assert [one.state for one in second.pairings] == [State.EQUAL] * 3
    assert bare_draft(second) == bare_draft(first)
    again = adopted(after, second)
    assert again.requirements == after.requirements
    assert published(tmp_path / "二.xlsx", again).read_bytes() == (tmp_path / "一.xlsx").read_bytes()


def test_the_shipped_tables_survive_their_own_workbook(book: Path) -> None:
    shipped = Catalog.load(shipped_root())
    for one in shipped.tables:
        told = imported(published(book, one), shipped)
        assert [each.state for each in told.pairings] == [State.EQUAL] * len(one.requirements)

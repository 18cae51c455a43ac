"""A request to bidders: what it asks of whom, and what comes back changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import xlsxwriter
from edition_rows import edition, row
from python_calamine import CalamineWorkbook
from returned_books import CITY, GREAT_CITY, TOWN, Book, request, tables

from kijun.catalog.bid_reader import as_record, read_bid
from kijun.model.bid import AnswerStatus
from kijun.model.errors import ConfigurationError
from kijun.model.office import Office
from kijun.procurement import request_book, returned_text, scope
from kijun.procurement.request import differences
from kijun.procurement.returned_book import Kind, ReturnedBook, is_ours, read_book, read_manifest

NUMBER = "999-1.1.1-0"


def read(book: Book, folder: Path) -> ReturnedBook:
    return read_book(book.save(folder / "返却.xlsx"), tables())


def sheets(content: bytes, folder: Path) -> dict[str, list[list[object]]]:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names}


# what is asked --------------------------------------------------------------------------------------------


def test_13_a_town_is_not_asked_what_concerns_designated_cities_only_and_sees_how_many(tmp_path: Path) -> None:
    found = sheets(request_book.render(request(TOWN)), tmp_path)
    assert [line[0] for line in found["鉢植え台帳"][1:]] == [f"{NUMBER}{one}" for one in (1, 2, 3, 4)]
    assert [line[0] for line in found[request_book.LEFT_OUT][1:]] == [f"{NUMBER}5"]
    cover = {line[0]: line[1] for line in found[request_book.COVER] if line[0]}
    assert cover["指定都市だけの要件"] == "1 件は、架空町に当てはまらないので尋ねません。"
    assert cover["尋ねる要件"] == "4 件（実装必須 2、標準オプション 1、実装不可 1）"
    great = sheets(request_book.render(request(GREAT_CITY)), tmp_path)
    assert len(great["鉢植え台帳"]) == 6


def test_a_row_outside_says_why(tmp_path: Path) -> None:
    late = row("06", "鉢を運べること。", effective={"from": "2027-04-01", "basis": "試験用", "source": "estimated"})
    asked = request(CITY, edition("0.1", row("01", "鉢を登録できること。"), late))
    assert [(one.requirement.id, one.because) for one in asked.outside] == [
        (f"{NUMBER}6", "基準日 2026-06-01 に適用されません。")
    ]
    assert f"    {NUMBER}6 鉢を運べること。 → 基準日 2026-06-01 に適用されません。" in scope.render(asked)


def test_chosen_options_weights_and_offices_are_on_the_sheets(tmp_path: Path) -> None:
    asked = request(
        options=frozenset([f"{NUMBER}3"]),
        weights={f"{NUMBER}1": 5},
        offices=(Office("園芸課", chapters=frozenset([("pot_register", "鉢")])),),
    )
    found = sheets(request_book.render(asked), tmp_path)["園芸課"]
    assert [(line[3], line[4]) for line in found[1:]] == [
        ("◎ 実装必須", 5.0),
        ("◎ 実装必須", 1.0),
        ("○ 標準オプション（採用）", 1.0),
        ("× 実装不可", 1.0),
    ]
    rows = {one["requirement"]: one for one in scope.as_record(asked)["rows"]}
    assert (rows[f"{NUMBER}3"]["asked"], rows[f"{NUMBER}4"]["asked"]) == (True, False)


def test_the_same_request_gives_the_same_bytes_and_another_gives_another_code() -> None:
    assert request_book.render(request()) == request_book.render(request())
    assert request().code == request().code
    assert request().code != request(weights={f"{NUMBER}1": 2}).code


def test_a_draft_is_never_called_the_standard_of_the_state(tmp_path: Path) -> None:
    cover = [line[1] for line in sheets(request_book.render(request()), tmp_path)[request_book.COVER]]
    assert "要件表は本標準の作成者の案で、国の標準仕様書ではありません。" in cover
    assert any("4 件は推定です" in str(one) for one in cover)


def test_rows_are_locked_printed_on_a4_under_their_headings_and_answers_are_chosen_from_the_legend() -> None:
    sheet = Book(request_book.render(request())).parts["xl/worksheets/sheet3.xml"].decode()
    assert "<sheetProtection" in sheet
    assert 'paperSize="9"' in sheet
    assert "<formula1>'凡例・書き方'!$A$4:$A$11</formula1>" in sheet
    names = Book(request_book.render(request())).parts["xl/workbook.xml"].decode()
    assert "鉢植え台帳!$1:$1" in names.replace("'", "")
    legend = [one.label for one in request_book.ANSWERS]
    assert len(legend) == 8
    assert AnswerStatus.UNANSWERED.label not in legend


# what comes back ------------------------------------------------------------------------------------------


def test_answers_are_read_without_a_mapping_and_kept_as_a_bid(tmp_path: Path) -> None:
    book = Book.sent().fill(
        {
            "F2": "標準機能で対応",
            "F3": "カスタマイズで対応",
            "G3": 800000,
            "H3": 46477,
            "F4": "期日までに対応予定",
            "H4": "令和9年3月末",
            "I4": "次の版で",
            "F5": "対応不可",
        }
    )
    found = read(book, tmp_path)
    assert not returned_text.has_to_be_asked(found), returned_text.render(found)
    bid = found.bid
    assert (bid.bidder, bid.product, bid.version) == ("甲社", "鉢名人", "3.1")
    assert [one.status.value for one in bid.answers.values()] == ["standard", "customize", "planned", "not_supported"]
    second, third = bid.answers[f"{NUMBER}2"], bid.answers[f"{NUMBER}3"]
    assert (second.cost and second.cost.yen, second.place) == (800000, "鉢植え台帳!F3")
    assert third.due
    assert str(third.due.last_day) == "2027-03-31"
    path = tmp_path / "bid.json"
    path.write_text(json.dumps(as_record(bid)), encoding="utf-8")
    assert read_bid(path).answers == bid.answers


def test_14_an_edited_standard_row_is_told_with_both_texts_and_its_cell(tmp_path: Path) -> None:
    found = read(Book.sent().fill({"C2": "鉢をできるだけ登録すること。", "F2": "標準機能で対応"}), tmp_path)
    (edit,) = found.of(Kind.EDITED)
    assert edit.place == "鉢植え台帳!C2"
    assert "標準仕様書と異なる記載" in edit.text
    assert "「鉢を登録できること。」" in edit.text
    assert "「鉢をできるだけ登録すること。」" in edit.text
    assert found.bid.answers[f"{NUMBER}1"].questions == (edit.text,)


@pytest.mark.parametrize(
    ("cell", "told"), [("D2", "実装区分"), ("E2", "重み"), ("K2", "隠した指紋"), ("B2", "機能名称")]
)
def test_every_locked_cell_is_held_against_the_request(tmp_path: Path, cell: str, told: str) -> None:
    (edit,) = read(Book.sent().fill({cell: "書換え"}), tmp_path).of(Kind.EDITED)
    assert told in edit.text


def test_a_deleted_mandatory_row_is_found_and_counts_as_unanswered(tmp_path: Path) -> None:
    found = read(Book.sent().drop(3).drop(4), tmp_path)
    assert [(one.text[:12], one.is_mandatory) for one in found.of(Kind.DELETED)] == [
        (f"{NUMBER}2", True),
        (f"{NUMBER}3", False),
    ]
    assert found.bid.answer(f"{NUMBER}2").status is AnswerStatus.UNANSWERED
    assert "消された行: 2 件（うち実装必須 1 件）" in returned_text.render(found)


def test_a_row_without_a_key_is_the_buyers_own_and_is_kept(tmp_path: Path) -> None:
    found = read(Book.sent().add(6, {"A": "追-1", "C": "鉢を飾れること。", "F": "標準機能で対応"}), tmp_path)
    (added,) = found.bid.unplaced
    assert (added.place, added.text) == ("鉢植え台帳!A6", "追-1 / 鉢を飾れること。 / 標準機能で対応")
    assert "独自" in added.because
    assert len(found.of(Kind.ADDED)) == 1


def test_rows_of_the_sheet_for_own_requirements_are_told_as_such_and_need_no_question(tmp_path: Path) -> None:
    answered = {f"F{line}": "標準機能で対応" for line in (2, 3, 4)} | {"F5": "対応不可"}
    own = {"C2": "鉢に町の花を描けること。", "F2": "標準機能で対応"}
    found = read(Book.sent().fill(answered).fill(own, sheet=4), tmp_path)
    (one,) = found.of(Kind.OWN)
    assert one.place == "独自要件!C2"
    assert not returned_text.has_to_be_asked(found)


def test_two_rows_of_one_requirement_that_disagree_are_a_conflict(tmp_path: Path) -> None:
    again = {"A": f"{NUMBER}1", "F": "対応不可", "J": f"{NUMBER}1"}
    found = read(Book.sent().fill({"F2": "標準機能で対応"}).add(6, again), tmp_path)
    answer = found.bid.answers[f"{NUMBER}1"]
    assert answer.status is AnswerStatus.CONFLICT
    assert "鉢植え台帳!F2 と 鉢植え台帳!F6 の答えが違います" in answer.questions[0]
    assert len(found.of(Kind.DOUBLED)) == 1


def test_a_key_that_was_not_asked_is_unknown(tmp_path: Path) -> None:
    found = read(Book.sent().add(6, {"A": f"{NUMBER}5", "F": "対応不可", "J": f"{NUMBER}5"}), tmp_path)
    assert [one.place for one in found.of(Kind.UNKNOWN)] == ["鉢植え台帳!A6"]


@pytest.mark.parametrize("written", ["○", "同左", "たぶん可能", "標準機能で対応（一部）"])
def test_what_is_not_on_the_list_is_never_read_as_an_answer(tmp_path: Path, written: str) -> None:
    answer = read(Book.sent().fill({"F2": written}), tmp_path).bid.answers[f"{NUMBER}1"]
    assert answer.status is AnswerStatus.CONFLICT
    assert f"「{written}」は一覧にありません" in answer.questions[0]


def test_contradictions_and_blanks_are_told_with_their_cells(tmp_path: Path) -> None:
    told = returned_text.render(
        read(Book.sent().fill({"F2": "標準機能で対応", "G2": 500, "F5": "標準機能で対応"}), tmp_path)
    )
    assert f"鉢植え台帳!F2 {NUMBER}1 「標準機能で対応」（標準機能で対応）なのに費用 500 円が付いています。" in told
    assert f"鉢植え台帳!F5 {NUMBER}4 実装不可の機能に、対応すると答えています。" in told
    assert f"未回答: 2 件（{NUMBER}2、{NUMBER}3）" in told


def test_a_blank_cover_is_told_with_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(request_book.render(request()))
    with pytest.raises(ConfigurationError) as told:
        read_book(path, tables())
    assert len(told.value.problems) == 3
    assert "「事業者名」が空欄です（表紙!B" in str(told.value)


def test_tables_that_changed_since_are_told_and_nothing_is_read(tmp_path: Path) -> None:
    now = edition(
        "0.1",
        row("01", "鉢を必ず登録できること。"),
        *[dict(one.row) for one in list(tables().requirements.values())[1:]],
    )
    with pytest.raises(ConfigurationError, match=f"依頼を作った要件表と、今ある要件表が違います（1 件: {NUMBER}1）"):
        read_book(Book.sent().save(tmp_path / "a.xlsx"), now)


def test_another_workbook_is_not_taken_for_a_request(tmp_path: Path) -> None:
    book = Book.sent()
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"].replace(b"_kijun", b"other")
    path = book.save(tmp_path / "a.xlsx")
    assert not is_ours(path)
    with pytest.raises(ConfigurationError, match="回答依頼書ではありません"):
        read_manifest(path)
    assert is_ours(Book.sent().save(path))
    path.write_bytes(b"x")
    assert not is_ours(path)


def test_a_request_of_another_buyer_differs_by_name(tmp_path: Path) -> None:
    manifest = read_manifest(Book.sent(request(CITY)).save(tmp_path / "a.xlsx"))
    told = "\n".join(differences(manifest, request(TOWN)))
    assert "団体コードが、この依頼のものと違います（ブックは 992011、依頼は 993018）。" in told
    assert differences(manifest, request(CITY)) == []


def test_a_manifest_that_was_changed_is_refused(tmp_path: Path) -> None:
    book = Book.sent()
    names = [name for name in book.parts if name.startswith("xl/sharedStrings")]
    book.parts[names[0]] = book.parts[names[0]].replace(b"kijun-rfp-1", b"kijun-rfp-2")
    with pytest.raises(ConfigurationError, match="書き換えられていて"):
        read_manifest(book.save(tmp_path / "a.xlsx"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_hidden_keys_survive_being_saved_again_by_libreoffice(tmp_path: Path, form: str) -> None:
    sent = (
        Book.sent().fill({"F2": "標準機能で対応", "H3": 46477, "F3": "期日までに対応予定"}).save(tmp_path / "sent.xlsx")
    )
    before = read_book(sent, tables())
    for source, kind, folder in ((sent, form, "a"), (tmp_path / "a" / f"sent.{form}", "xlsx", "b")):
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path / folder),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    after = read_book(tmp_path / "b" / "sent.xlsx", tables())
    assert after.manifest == before.manifest
    assert after.bid.answers == before.bid.answers
    assert after.findings == before.findings == ()
    assert (
        "<sheetProtection"
        in Book((tmp_path / "b" / "sent.xlsx").read_bytes()).parts["xl/worksheets/sheet3.xml"].decode()
    )


def test_a_manifest_of_many_rows_is_kept_in_cells_that_hold_it(tmp_path: Path) -> None:
    many = edition("0.1", *(row(f"{number:02}", f"{number}番目の鉢を登録できること。") for number in range(10, 710)))
    path = Book.sent(request(asked=many)).save(tmp_path / "a.xlsx")
    cells = [line[0] for line in sheets(path.read_bytes(), tmp_path)[request_book.HIDDEN]]
    assert len(cells) > 2
    assert max(map(len, cells)) <= 32_767
    assert len(read_book(path, many).of(Kind.DELETED)) == 0
    assert read_manifest(path) == request(asked=many).manifest


def test_a_book_that_would_fill_the_memory_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "広い.xlsx"
    with xlsxwriter.Workbook(path) as made:
        made.add_worksheet(request_book.HIDDEN).write(2_999, 999, "端")  # readable, but more cells than are let in
    assert not is_ours(path)
    with pytest.raises(ConfigurationError, match="Excel のファイルとして読めません"):
        read_manifest(path)

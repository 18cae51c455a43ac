"""Three books of one tender, from files to bids; and what a mapping holds a reader to."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from answer_books import (
    HEAD,
    IDS,
    OFFICIAL,
    TEXTS,
    WORDS,
    Read,
    S,
    answered,
    book,
    confirmed,
    in_code,
    line,
    open_document,
    pots,
    read,
)
from edition_rows import row, table

from kijun.catalog.answer_mapping import as_record, read_answer_mapping
from kijun.catalog.bid_reader import as_record as bid_record
from kijun.catalog.schemas import schema
from kijun.catalog.yaml_writer import as_yaml
from kijun.model.errors import ConfigurationError
from kijun.model.requirement import Obligation
from kijun.procurement.answers.opening import open_book
from kijun.procurement.answers.placing import Index
from kijun.procurement.answers.proposal import proposed
from kijun.procurement.answers.reading import read_answers
from kijun.procurement.answers.told import told_reading
from kijun.procurement.request_book import HIDDEN

MANY = 415


def large() -> Index:
    """415 requirements, each with a sentence of its own."""
    rows = [
        row(
            f"{at:03}"[-2:],
            f"鉢の札を{at}枚まで印刷できること。",
            id=f"999-{at // 99 + 1}.1-{at % 99 + 1:02}",
            official_ids=[f"099{at:04}"],
        )
        for at in range(MANY)
    ]
    return Index([table(rows)])


LARGE = large()
ALL = list(LARGE.by_id.values())


def test_three_books_of_415_rows_have_no_code_mapped_silently_and_seven_rows_to_ask_about(tmp_path: Path) -> None:
    marks = [["凡例", "◎：標準機能で対応　○：設定で対応　△：カスタマイズで対応　×：対応不可"]]
    first = [[one.row["official_ids"][0], one.text, "◎○"[at % 2], "", "", ""] for at, one in enumerate(ALL)]
    first[3][2:4] = ["◎", 800]
    first[9][2] = "同上"
    letters = [[one.id, one.text, "ABC"[at % 3], "手順書"] for at, one in enumerate(reversed(ALL))]
    letters[0][2] = "要相談"
    letters[1][2] = ""
    worded = [[one.text, "標準機能で対応します。", ""] for one in ALL]
    worded[5][1] = "対応可能（一部）"
    worded[6][1:] = ["対応不可", "R8.3末"]
    worded[7][1:] = ["対応予定", "2026/2/30"]
    worded[8][1:] = ["対応予定", ""]
    paths = (
        book(tmp_path / "甲.xlsx", [*marks, HEAD, *first]),
        book(tmp_path / "乙.xlsx", [["要件番号", "要件", "対応区分", "備考"], *letters]),
        book(tmp_path / "丙.xlsx", [["要件", "回答", "対応予定"], *worded]),
    )
    done = [read(path, index=LARGE) for path in paths]
    assert [one.rows for one in done] == [MANY] * 3
    for one in done:
        assert set(one.reading.bid.legend) == {code.code for code in one.mapping.legend}
        assert all(code.ground for code in one.mapping.legend)
        assert schema("bid").is_valid(bid_record(one.reading.bid))
    asked = [answer for one in done for answer in one.reading.bid.answers.values() if answer.questions]
    assert [answer.place for answer in asked] == [
        "回答!C6",
        "回答!C12",
        "回答!C2",
        "回答!B7",
        "回答!B8",
        "回答!B9",
        "回答!B10",
    ]
    assert all(told.endswith("。") for answer in asked for told in answer.questions)
    assert done[1].reading.blank == ("回答!C3",)
    assert done[2].mapping.rows[0].ground == "文が同じ"


def test_a_code_that_nobody_decided_is_refused_with_its_line(tmp_path: Path) -> None:
    path = answered(tmp_path / "表.xlsx", line(0, "要相談"), line(1, "同上"))
    mapping = replace(proposed(open_book(path), WORDS, pots(), "", "", ""), is_confirmed=True)
    file = tmp_path / "m.yaml"
    file.write_bytes(as_yaml(as_record(mapping)))
    with pytest.raises(ConfigurationError) as caught:
        read_answer_mapping(file)
    told = str(caught.value)
    assert re.search(r"m\.yaml:\d+: 符号「要相談」の意味がまだ決まっていません。", told)
    assert "符号「同上」の意味がまだ" in told


def test_a_bid_has_the_name_of_its_bidder(tmp_path: Path) -> None:
    opened = open_book(answered(tmp_path / "表.xlsx", line(0)))
    mapping = replace(proposed(opened, WORDS, pots(), "", "", ""), is_confirmed=True)
    with pytest.raises(ConfigurationError, match="事業者の名前がありません。"):
        read_answers("表.xlsx", opened, mapping, WORDS, pots(), lambda _: Obligation.MANDATORY)


def test_a_word_that_points_elsewhere_is_never_an_answer(tmp_path: Path) -> None:
    path = answered(tmp_path / "表.xlsx", line(0, "同上"))
    with pytest.raises(ConfigurationError, match="「同上」はほかの欄を指す言葉で"):
        read(path, {"同上": S.STANDARD})


def test_one_code_has_one_meaning(tmp_path: Path) -> None:
    path = answered(tmp_path / "表.xlsx", line(0, "○"))
    opened = open_book(path)
    mapping = proposed(opened, WORDS, pots(), "甲", "", "")
    twice = replace(mapping, legend=(*mapping.legend, replace(mapping.legend[0], code="〇", status=S.SETTING)))
    decided = confirmed(tmp_path / "m.yaml", twice, {})
    with pytest.raises(ConfigurationError, match="符号「〇」に二つの意味があります"):
        read_answers("表.xlsx", opened, decided, WORDS, pots(), lambda _: Obligation.MANDATORY)


def again(path: Path, other: Path) -> Read:
    """The mapping that was confirmed for one book, used for another."""
    mapping = proposed(open_book(path), WORDS, pots(), "甲", "", "")
    decided = confirmed(path.with_suffix(".yaml"), mapping, {})
    reading = read_answers(str(other), open_book(other), decided, WORDS, pots(), lambda _: Obligation.MANDATORY)
    return Read(mapping, reading)


def test_a_changed_book_is_told_and_one_with_other_headings_is_refused(tmp_path: Path) -> None:
    path = answered(tmp_path / "一.xlsx", line(0), line(1, "×"))
    later = again(path, answered(tmp_path / "二.xlsx", line(0, "×"), line(1, "×")))
    assert later.status(0) is S.NOT_SUPPORTED
    assert "回答表が変わっています" in later.reading.notes[0]
    assert again(path, path).reading.notes == ()
    with pytest.raises(ConfigurationError, match="シートか見出しが違います"):
        again(path, book(tmp_path / "三.xlsx", [["機能ID", "回答"], [OFFICIAL[0], "◎"]]))


def test_a_new_code_of_a_changed_book_is_refused_with_its_cells(tmp_path: Path) -> None:
    path = answered(tmp_path / "一.xlsx", line(0))
    with pytest.raises(ConfigurationError, match="回答!C3の「▽」は、確かめた凡例にありません"):
        again(path, answered(tmp_path / "二.xlsx", line(0), line(1, "▽")))


def test_a_row_that_a_person_placed_must_still_be_there(tmp_path: Path) -> None:
    def numberless(name: str, *places: int) -> Path:
        return book(tmp_path / name, [["要件", "回答"], *([TEXTS[place], "◎"] for place in places)])

    path = numberless("一.xlsx", 0, 1)
    assert again(path, path).status(1) is S.STANDARD
    with pytest.raises(ConfigurationError, match="回答!A2 に「如雨露"):
        again(path, numberless("二.xlsx", 1, 0))


def test_rows_that_no_number_places_are_proposed_by_their_words(tmp_path: Path) -> None:
    close = TEXTS[2].replace("照会", "検索")
    path = book(tmp_path / "表.xlsx", [["要件", "回答"], [TEXTS[0], "◎"], [close, "×"], ["合計", ""]])
    mapping = read(path).mapping
    assert [(one.requirement, one.ground) for one in mapping.rows] == [
        (IDS[0], "文が同じ"),
        (IDS[2], "文が近い（推定）"),
        ("", "似た要件が見つからない"),
    ]


def test_a_prohibited_function_that_is_offered_is_a_conflict(tmp_path: Path) -> None:
    path = answered(tmp_path / "表.xlsx", line(0))
    opened = open_book(path)
    mapping = confirmed(tmp_path / "m.yaml", proposed(opened, WORDS, pots(), "甲", "", ""), {})
    reading = read_answers("表.xlsx", opened, mapping, WORDS, pots(), lambda _: Obligation.PROHIBITED)
    answer = reading.bid.answers[IDS[0]]
    assert (answer.status, answer.questions) == (S.CONFLICT, ("実装不可の機能に、対応すると答えています。",))


def test_a_request_of_ours_is_told_to_be_read_by_its_own_keys(tmp_path: Path) -> None:
    def then(made: Any, page: Any) -> None:
        made.add_worksheet(HIDDEN).hide()

    path = answered(tmp_path / "表.xlsx", line(0), then=then)
    assert any("kijun rfp check" in one for one in read(path).mapping.questions)


def test_requirements_without_a_row_are_listed(tmp_path: Path) -> None:
    done = read(answered(tmp_path / "表.xlsx", line(0)), index=pots(3))
    assert done.reading.missing == IDS[1:3]
    assert f"回答表に行のない要件 2　{IDS[1]}、{IDS[2]}" in told_reading(done.reading)


def test_a_colour_means_what_a_person_says(tmp_path: Path) -> None:
    def then(made: Any, page: Any) -> None:
        page.write_blank("C2", None, made.add_format({"bg_color": "#92D050"}))

    path = answered(tmp_path / "表.xlsx", line(0, ""), line(1), then=then)
    assert read(path, {"塗り:92D050": S.SETTING}).status(0) is S.SETTING


FORMS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}  # commas, quotes, UTF-8
SAVED = {
    "普通": [line(0), line(1, "×", "", "", "理由"), line(2, "対応予定", "", "令和8年度"), line(3, "△", 800)],
    "数と日": [[int(OFFICIAL[0]), *line(0)[1:]], line(1, "対応予定", "", 46113)],
}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
@pytest.mark.parametrize("name", SAVED)
def test_a_book_saved_anew_by_another_program_says_the_same(name: str, ending: str, tmp_path: Path) -> None:
    rows: Sequence[Any] = SAVED[name]

    def merged(made: Any, page: Any) -> None:
        page.write_comment("C2", "確かめた")
        page.set_row(2, None, None, {"hidden": True})

    path = answered(tmp_path / "表.xlsx", *rows, then=merged)
    place = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    command = [
        "soffice",
        place,
        "--headless",
        "--convert-to",
        FORMS.get(ending, ending),
        "--outdir",
        str(tmp_path / "新"),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    before, after = read(path), read(tmp_path / "新" / f"表.{ending}")
    # a text file has neither comments nor a difference between a number and its digits
    assert in_code(after, with_remarks=ending in ("xlsx", "ods")) == in_code(
        before, with_remarks=ending in ("xlsx", "ods")
    )


def test_a_merged_cell_and_a_comment_of_an_open_document_are_read(tmp_path: Path) -> None:
    extra = (
        "<table:table-row><table:table-cell office:value-type='string' table:number-rows-spanned='2'>"
        f"<text:p>{OFFICIAL[0]}</text:p></table:table-cell><table:table-cell/><table:table-cell>"
        "<office:annotation><text:p>×</text:p></office:annotation></table:table-cell></table:table-row>"
    )
    done = read(open_document(tmp_path / "表.ods", [HEAD], extra))
    assert done.status(0) is S.NOT_SUPPORTED

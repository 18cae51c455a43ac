"""What replies add up to: which one counts, how rows are told by class, what stands out, and what every paper says."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from inquiries import inquiry_about, pots
from python_calamine import CalamineWorkbook

from kijun.catalog.schemas import schema
from kijun.model.requirement import MunicipalityClass
from kijun.publishing.inquiry import plain, sheets
from kijun.publishing.inquiry.asked import Inquiry
from kijun.publishing.inquiry.counting import Count, Issue, Uncounted, count
from kijun.publishing.inquiry.files import PassedOver, Unreadable
from kijun.publishing.inquiry.outliers import OddBody, OddRow, odd_bodies, odd_rows
from kijun.publishing.inquiry.record import as_record
from kijun.publishing.inquiry.replies import UNCLEAR, Answer, Note, Remark, Reply

ASKED = inquiry_about(pots())
ONE, TWO, THREE = ASKED.requirements
BY_KIND = {kind: [code for code, body in ASKED.asked.items() if body.kind is kind] for kind in MunicipalityClass}
CITY, OTHER_CITY, *CITIES = BY_KIND[MunicipalityClass.GENERAL_CITY]
TOWN, OTHER_TOWN, *TOWNS = BY_KIND[MunicipalityClass.TOWN_VILLAGE]


def reply(*bodies: str, file: str = "", asked: Inquiry = ASKED, agrees: bool = False, **given: Any) -> Reply:
    """A reply of these bodies; `answers` are codes or answers of the rows from the first on."""
    pairs = zip(asked.requirements, given.pop("answers", ()), strict=False)
    answers = {row: one if isinstance(one, Answer) else Answer(one) for row, one in pairs if one is not None}
    rows = frozenset(asked.requirements)
    known = {"stated": "、".join(bodies), "office": "", "day": None, "rows": rows, "remarks": (), "notes": ()}
    return Reply(
        file=file or f"{'_'.join(bodies)}.xlsx", bodies=bodies, blank_agrees=agrees, answers=answers, **known | given
    )


def counted(*replies: Reply, asked: Inquiry = ASKED) -> Count:
    return count(asked, replies, (), (), len(replies))


def files(of: Count) -> dict[str, str]:
    return {body: one.file for body, one in of.counted.items()}


# which reply counts ---------------------------------------------------------------------------------------


def test_one_reply_sent_twice_counts_once_and_is_told() -> None:
    found = counted(reply(CITY, file="a", answers="3"), reply(CITY, file="b", answers="3", office="別の部署"))
    assert files(found) == {CITY: "a"}
    (double,) = found.duplicates
    assert (double.body, double.files, double.is_identical, double.counted) == (CITY, ("a", "b"), True, "a")
    assert double.because == "同じ内容なので、一つだけ数えました。"
    assert found.rows[0].counts() == {"3": 1}


def test_of_differing_replies_the_newer_counts() -> None:
    old = reply(CITY, file="a", answers="3", day=date(2026, 11, 2))
    new = reply(CITY, file="b", answers="2", day=date(2026, 11, 10))
    found = counted(old, new)
    assert files(found) == {CITY: "b"}
    (double,) = found.duplicates
    assert (double.is_identical, double.because) == (False, "内容が違うので、回答日の新しい方を採りました。")


def test_differing_replies_of_one_day_or_without_a_day_count_for_nothing() -> None:
    same_day = [reply(CITY, file=one, answers=one, day=date(2026, 11, 2)) for one in "23"]
    no_day = [reply(TOWN, file=f"t{one}", answers=one, day=day) for one, day in (("2", None), ("3", date(2026, 11, 2)))]
    found = counted(*same_day, *no_day)
    assert found.counted == {}
    assert [(one.body, one.counted) for one in found.duplicates] == [(CITY, ""), (TOWN, "")]
    assert "どれも数えていません。" in found.duplicates[0].because
    assert CITY in found.silent


def test_a_body_speaks_for_itself_before_its_association_does() -> None:
    joint = reply(CITY, TOWN, OTHER_TOWN, file="会", answers="3", day=date(2026, 12, 1))
    found = counted(joint, reply(TOWN, file="町", answers="2"))
    assert files(found) == {CITY: "会", TOWN: "町", OTHER_TOWN: "会"}
    assert found.duplicates[0].because == "取りまとめた回答より、団体が自ら出した回答を採りました。"
    assert [one.file for one in found.joint] == ["会"]
    assert found.rows[0].counts() == {"3": 2, "2": 1}


def test_replies_of_nobody_and_of_fictional_bodies_are_not_counted_but_told() -> None:
    unknown = reply(file="不明", stated="町村会", answers=[Answer("3", "困る")])
    blank = reply(file="空欄", stated="", answers="3")
    found = counted(unknown, blank, reply("992011", file="架空", answers="3"), reply(CITY, answers="1"))
    assert found.rows[0].counts() == {"1": 1}
    assert [(one.file, one.reason) for one in found.uncounted] == [
        ("不明", "団体コードが読めません。"),
        ("空欄", "団体コードが空欄です。"),
        ("架空", "架空の団体（先頭が 99 の団体コード）の回答です。"),
    ]
    assert [(one.opinion, one.bodies) for one in found.opinions] == [("困る", ("不明",))]
    assert isinstance(found.uncounted[0], Uncounted)


# rows -----------------------------------------------------------------------------------------------------


def test_rows_are_counted_by_class_out_of_the_bodies_that_answered() -> None:
    found = counted(
        reply(CITY, answers=["3", None, UNCLEAR], agrees=True),
        reply(OTHER_CITY, answers=["1"]),
        reply(TOWN, answers=["3", "2"]),
    )
    one, two, three = found.rows
    cities, towns = MunicipalityClass.GENERAL_CITY, MunicipalityClass.TOWN_VILLAGE
    assert (one.counts(cities), one.counts(towns)) == ({"3": 1, "1": 1}, {"3": 1})
    assert (one.answered(), one.answered(cities), one.opinions("1"), one.opinions("1", cities)) == (3, 2, 2, 1)
    assert (two.counts(), two.answered()) == ({"1": 1, "2": 1}, 2)
    assert (three.counts(), three.answered(), three.opinions("1")) == ({UNCLEAR: 1}, 0, 0)


def test_the_three_opinions_held_most_often_are_told_with_their_counts() -> None:
    codes = "1111" + "333" + "88" + "22" + "9"
    bodies = BY_KIND[MunicipalityClass.TOWN_VILLAGE]
    found = counted(*(reply(body, answers=[code]) for body, code in zip(bodies, codes, strict=False)))
    assert found.rows[0].top("1") == (Issue("3", 3, 12), Issue("2", 2, 12), Issue("8", 2, 12))
    assert (
        f"・{ONE} 登録（回答 12 団体、意見あり 8）: ③必須→任意 3 団体（25.0%）、②表現 2 団体（16.7%）"
        in plain.render(found)
    )


def test_rows_that_no_form_had_are_left_out() -> None:
    found = counted(reply(CITY, rows=frozenset([TWO]), agrees=True))
    assert [one.requirement.id for one in found.rows] == [TWO]


# words ----------------------------------------------------------------------------------------------------


def test_equal_words_stand_once_with_all_who_wrote_them() -> None:
    said = Answer("2", "文が長い。", "短くする。")
    spaced = Answer("2", "文が　長い。 ", "短くする。")
    found = counted(
        reply(TOWN, answers=[said], remarks=(Remark("全体への意見", "索引がほしい。"),)),
        reply(CITY, answers=[None, Answer("8", "意味が分からない。")]),
        reply(OTHER_TOWN, answers=[spaced]),
    )
    assert [(one.row, one.code, one.opinion, one.bodies) for one in found.opinions] == [
        (ONE, "2", "文が長い。", (TOWN, OTHER_TOWN)),
        (TWO, "8", "意味が分からない。", (CITY,)),
        ("全体への意見", UNCLEAR, "索引がほしい。", (TOWN,)),
    ]


# what stands out ------------------------------------------------------------------------------------------

MANY = inquiry_about(pots(30))


def agreeing(bodies: Iterable[str], **given: Any) -> list[Reply]:
    return [reply(one, asked=MANY, agrees=True, **given) for one in bodies]


def test_a_body_that_answers_otherwise_than_its_class_stands_out() -> None:
    def differing(rows: int) -> tuple[OddBody, ...]:
        odd = reply(TOWN, asked=MANY, agrees=True, answers="3" * rows)
        return odd_bodies(counted(odd, *agreeing(TOWNS[:4]), asked=MANY))

    assert differing(9) == ()
    assert differing(10) == (OddBody(TOWN, 10, 30, 0),)


def test_where_opinions_are_many_three_times_as_many_stand_out() -> None:
    usual = [
        reply(body, asked=MANY, agrees=True, answers=[None] * 6 * place + ["3"] * 6)
        for place, body in enumerate(TOWNS[:4])
    ]

    def differing(rows: int) -> tuple[OddBody, ...]:
        return odd_bodies(counted(reply(TOWN, asked=MANY, agrees=True, answers="3" * rows), *usual, asked=MANY))

    assert differing(17) == ()
    assert differing(18) == (OddBody(TOWN, 18, 30, 6),)


def test_of_few_bodies_none_stands_out() -> None:
    odd = reply(CITY, asked=MANY, agrees=True, answers="3" * 30)
    assert odd_bodies(counted(odd, *agreeing(CITIES[:3]), asked=MANY)) == ()
    assert [one.body for one in odd_bodies(counted(odd, *agreeing(CITIES[:4]), asked=MANY))] == [CITY]


def test_a_row_with_unusually_many_opinions_stands_out() -> None:
    found = counted(*agreeing(TOWNS[:2], answers="3"), *agreeing(TOWNS[2:8]), asked=MANY)
    assert odd_rows(found) == (OddRow(ONE, None, 25.0, 0.0),)
    assert odd_rows(counted(*agreeing(TOWNS[:1], answers="3"), *agreeing(TOWNS[1:8]), asked=MANY)) == ()


def test_a_class_that_is_divided_from_the_others_stands_out() -> None:
    found = counted(*agreeing(CITIES[:5], answers="3"), *agreeing(TOWNS[:20]), asked=MANY)
    assert odd_rows(found) == (
        OddRow(ONE, None, 20.0, 0.0),
        OddRow(ONE, MunicipalityClass.GENERAL_CITY, 100.0, 0.0),
        OddRow(ONE, MunicipalityClass.TOWN_VILLAGE, 0.0, 100.0),
    )
    few = counted(*agreeing(CITIES[:4], answers="3"), *agreeing(TOWNS[:20]), asked=MANY)
    assert [one for one in odd_rows(few) if one.kind] == []


# papers ---------------------------------------------------------------------------------------------------


def whole() -> Count:
    """A count with one of everything."""
    replies = (
        reply(CITY, file="a.xlsx", answers=[Answer("3", '=HYPERLINK("http://x")\u202e逆'), UNCLEAR], agrees=True),
        reply(CITY, file="b.xlsx", answers=[Answer("3", '=HYPERLINK("http://x")\u202e逆'), UNCLEAR], agrees=True),
        reply(TOWN, file="c.xlsx", answers="2"),
        reply(TOWN, file="d.xlsx", answers="3"),
        reply(OTHER_CITY, OTHER_TOWN, file="会.xlsx", answers="1", notes=(Note("6 行目", "気付き"),)),
        reply(file="不明.xlsx", stated="町村会", answers=[Answer("9", "要らない。")]),
    )
    refused = (Unreadable("空.xlsx", "ファイルが空です（0 バイト）。", "もう一度送ってもらってください。"),)
    return count(ASKED, replies, refused, (PassedOver("~$a.xlsx", "作業用"),), 7)


def test_the_text_tells_everything_that_needs_a_hand() -> None:
    told = plain.render(whole())
    for line in (
        "注意: 公表された版ではない表（案）を含みます。省庁が行う照会ではありません。",
        "回答した団体: 3 / 1741 団体（0.2%）",
        "見たファイル: 7 件（ほかに、回答でないので見なかったもの 1 件）",
        "読めない回答: 1 件（要件と団体の組。割合の分母に入れていません）",
        "・空.xlsx: ファイルが空です（0 バイト）。 → もう一度送ってもらってください。",
        "・不明.xlsx: 団体コードが読めません。（記入「町村会」）",
        "取りまとめた回答: 1 件（これで数えた団体 2）",
        "c.xlsx、d.xlsx。内容が違い、回答日でも決まらないので、どれも数えていません。",
        "a.xlsx、b.xlsx。同じ内容。数えたもの: a.xlsx。同じ内容なので、一つだけ数えました。",
        "　一般市 2 / 710（0.3%）",
        "■ 回答を数えていない団体 1738",
    ):
        assert line in told, line


def test_the_record_has_the_shape_of_its_schema_and_the_same_numbers() -> None:
    record = json.loads(json.dumps(as_record(whole()), ensure_ascii=False))
    assert list(schema("inquiry_count").errors(record)) == []
    assert record["rows"][0] == {
        "requirement": ONE,
        "business": "pot_register",
        "answered": 3,
        "opinions": 1,
        "unclear": 0,
        "top": [{"code": "3", "bodies": 1}],
        "classes": [
            {"class": kind, "answered": number, "unclear": 0, "codes": codes}
            for kind, number, codes in (
                ("designated_city", 0, {}),
                ("core_city", 0, {}),
                ("special_ward", 0, {}),
                ("general_city", 2, {"1": 1, "3": 1}),
                ("town_village", 1, {"1": 1}),
            )
        ],
    }
    assert record["rows"][1]["unclear"] == 1
    assert [(one["body"], one["file"], one["joint"]) for one in record["replies"]] == [
        (CITY, "a.xlsx", False),
        (OTHER_CITY, "会.xlsx", True),
        (OTHER_TOWN, "会.xlsx", True),
    ]
    assert len(record["silent"]) == 1738
    assert list(schema("inquiry_count").errors({**record, "files": -1})) != []


def test_the_workbook_has_a_sheet_for_every_question() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheets.render(whole())))
    lines = {name: book.get_sheet_by_name(name).to_python(False) for name in book.sheet_names}
    assert list(lines) == [
        "概要",
        "要件別",
        "団体区分別",
        "対話記録",
        "外れ",
        "読めないファイル",
        "重複",
        "団体が決まらない",
        "取りまとめ",
        "気付いた点",
        "見なかったファイル",
        "回答のない団体",
    ]
    row = lines["要件別"][2]
    assert row[:9] == [
        ONE,
        "台帳＞登録",
        "鉢の1を登録できること。",
        3.0,
        1.0,
        "33.3%",
        "③必須→任意 1 団体（33.3%）",
        "",
        "",
    ]
    assert row[9:] == [2.0, 0.0, 1.0, *[0.0] * 7]
    groups = [cell for cell in lines["団体区分別"][0] if cell]
    assert groups[3] == "一般市（回答 2 団体）"
    talk = lines["対話記録"][2]
    assert talk[2:7] == ["③必須→任意", '=HYPERLINK("http://x")〔U+202E〕逆', "", 1.0, f"{CITY} {_name(CITY)}"]
    assert lines["対話記録"][0][7] == "照会した側が書く"
    assert lines["読めないファイル"][1][:2] == ["空.xlsx", "ファイルが空です（0 バイト）。"]
    assert [line[1] for line in lines["重複"][1:]] == ["a.xlsx\nb.xlsx", "c.xlsx\nd.xlsx"]
    assert lines["取りまとめ"][1][1] == 2.0
    assert len(lines["回答のない団体"]) == 1739


def _name(code: str) -> str:
    body = ASKED.bodies[code]
    return f"{body.prefecture}{body.name}"


def test_a_dialogue_longer_than_a_sheet_says_where_the_rest_is(monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "MOST_LINES", 1)
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheets.render(whole())))
    assert len(book.get_sheet_by_name("対話記録").to_python()) == 3
    assert "2 行のうち初めの 1 行です。全文は inquiry.json にあります。" in str(
        book.get_sheet_by_name("対話記録の続き").to_python()
    )

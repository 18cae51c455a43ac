"""kijun inquiry as a ministry meets it: a form leaves, 1,741 replies come back, and their sum is told."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from command_line import kijun, text
from inquiries import AGREES, BLANKS, BODY, DAY, OTHERS, BlankForm, answers, inquiry_about, pots
from miniature import Miniature
from python_calamine import CalamineWorkbook

from kijun.catalog.editions import frozen, read_edition
from kijun.catalog.schemas import schema
from kijun.model.requirement import MunicipalityClass
from kijun.publishing.inquiry.asked import Inquiry

ROWS = 16


@pytest.fixture
def ministry(mini: Miniature) -> Miniature:
    """A root with a frozen edition of 16 rows."""
    room = mini.root / "requirements" / "editions"
    room.mkdir()
    (room / "0.1.json").write_bytes(frozen("0.1", date(2026, 11, 24), "試験の版", pots(ROWS).tables))
    return mini


def form_of(ministry: Miniature) -> tuple[BlankForm, Inquiry]:
    done = kijun(ministry, "inquiry", "form", "--out", "用紙.xlsx")
    assert done.returncode == 0, text(done)
    assert "（0.1版（2026-11-24）、要件 16 件）。" in text(done)
    return BlankForm((ministry.root / "用紙.xlsx").read_bytes()), inquiry_about(read_edition(ministry.root, "0.1"))


def put(ministry: Miniature, name: str, content: bytes) -> Path:
    path = ministry.root / "回答" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def counted(ministry: Miniature) -> tuple[str, dict[str, Any]]:
    done = kijun(ministry, "inquiry", "count", "回答", "--out", "集計")
    assert done.returncode == 0, text(done)
    record: dict[str, Any] = json.loads((ministry.root / "集計/inquiry.json").read_bytes())
    assert list(schema("inquiry_count").errors(record)) == []
    return text(done), record


# 1,741 replies --------------------------------------------------------------------------------------------


def unreadable(good: bytes, empty: bytes) -> dict[str, tuple[bytes, str]]:
    """Twelve files of twelve kinds, and the reason that each must be told with."""
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    return {
        "01.xlsx": (b"", "ファイルが空です（0 バイト）。"),
        "02.xlsx": (good[:20_000], "ファイルが壊れています（ZIP として最後まで読めません）。"),
        "03.xls": (old, "古い形式です（.xls など、Excel 97-2003 の時代のもの）。"),
        "04.xlsx": (old + "EncryptedPackage".encode("utf-16-le"), "パスワードが付いています。"),
        "05.pdf": (b"%PDF-1.7\n%", "PDF です。"),
        "06.csv": ("団体コード,回答\n".encode("cp932"), "Excel のファイルではありません"),
        "07.xlsx": (b"<html><table>", "Excel のファイルではありません"),
        "08.xlsx": (good.replace(b"sheetData", b"sheetDate"), "ファイルが壊れています"),
        "09.xlsx": (good.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "Excel バイナリ ブック（.xlsb）です。"),
        "10.zip": (good.replace(b"xl/workbook.xml", b"xl/workb00k.xml"), "圧縮フォルダー（ZIP）か、別の種類"),
        "11.docx": (good.replace(b"xl/workbook.xml", b"word/document.x"), "圧縮フォルダー（ZIP）か、別の種類"),
        "12.xlsx": (empty, "何も記入されていません。"),
    }


def test_1741_workbooks_are_added_up(ministry: Miniature) -> None:
    blank, inquiry = form_of(ministry)
    bad = unreadable(blank.filled({BODY: "011002", **answers("①")}), blank.filled({}))
    bodies = list(inquiry.asked)
    silent, answering = bodies[:12], bodies[12:]
    odd = next(code for code in answering if inquiry.bodies[code].kind is MunicipalityClass.CORE_CITY)
    for name, (content, _) in bad.items():
        put(ministry, f"読めない/{name}", content)
    for number, body in enumerate(answering):
        given = dict.fromkeys(range(ROWS), ("⑦", "全て要らない。", "")) if body == odd else dict(_answers(number))
        cells = answers(*(given.get(row, "") for row in range(ROWS)))
        put(ministry, f"{body[:2]}/{body}.xlsx", blank.filled({BODY: body, BLANKS: AGREES, **cells}))

    told, record = counted(ministry)

    # totals: every file is a reply or told as unreadable
    assert record["files"] == 1741
    assert len(record["replies"]) == 1729
    assert record["silent"] == silent
    asked = {kind.value: number for kind, number in inquiry.expected().items()}
    assert {one["class"]: one["asked"] for one in record["turnout"]} == asked
    assert sum(asked.values()) == 1741
    for one in record["turnout"]:
        mute = sum(inquiry.bodies[code].kind.value == one["class"] for code in silent)
        assert one["answered"] == one["asked"] - mute
    assert "回答した団体: 1729 / 1741 団体（99.3%）" in told

    # every row by class, recounted from what was written
    first = record["rows"][0]
    expected: dict[str, dict[str, int]] = {kind.value: {} for kind in MunicipalityClass}
    for number, body in enumerate(answering):
        code = "7" if body == odd else str(" ①②③④⑤⑥⑦⑧⑨".index(dict(_answers(number)).get(0, ("①",))[0]))
        codes = expected[inquiry.bodies[body].kind.value]
        codes[code] = codes.get(code, 0) + 1
    assert {one["class"]: one["codes"] for one in first["classes"]} == expected
    assert first["answered"] == 1729

    # the three issues of every row
    assert [len(row["top"]) for row in record["rows"]] == [3, 2, *[1] * 14]
    assert [one["code"] for one in first["top"]] == ["3", "2", "8"]
    sums = sum(map(Counter, expected.values()), Counter[str]())
    assert [one["bodies"] for one in first["top"]] == [sums["3"], sums["2"], sums["8"]]
    assert sums["3"] > sums["2"] > sums["8"] > sums["7"] == 1

    # outliers
    (outlier,) = record["outliers"]["bodies"]
    assert (outlier["body"], outlier["differing"]) == (odd, 16)
    assert [one["requirement"] for one in record["outliers"]["rows"] if one["class"] is None] == ["999-1.1.1-01"]

    # the twelve, each with its reason, in the record, on the screen and in the workbook
    listed = {one["file"]: one for one in record["unreadable"]}
    assert list(listed) == [f"読めない/{name}" for name in bad]
    assert "■ 読めないファイル 12 件（数えていません）" in told
    sheet = CalamineWorkbook.from_path(ministry.root / "集計/inquiry.xlsx").get_sheet_by_name("読めないファイル")
    for (name, (_, reason)), line in zip(bad.items(), sheet.to_python()[1:], strict=True):
        assert reason in listed[f"読めない/{name}"]["reason"], name
        assert f"・読めない/{name}: {listed[f'読めない/{name}']['reason']} → " in told
        assert line[:2] == [f"読めない/{name}", listed[f"読めない/{name}"]["reason"]]
        assert line[2]


def _answers(number: int) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """What the body of this number says of the first two rows; of all others it leaves the cells blank."""
    if number % 2 == 0:
        yield 0, ("③", "窓口で使わない。", "")
    elif number % 3 == 0:
        yield 0, ("②", f"言い方が古い（{number}）。", "新しくする。")
    elif number % 25 == 0:
        yield 0, ("⑧", "意味が分からない。", "")
    if number % 100 == 0:
        yield 1, ("⑤", "当たらない。", "")


# other cases ----------------------------------------------------------------------------------------------


def test_duplicates_joint_replies_and_strangers_are_told_on_the_screen(ministry: Miniature) -> None:
    blank, _ = form_of(ministry)
    put(ministry, "a.xlsx", blank.filled({BODY: "011002", DAY: date(2026, 11, 1), **answers("③")}))
    put(ministry, "下/b.xlsx", blank.filled({BODY: "011002", DAY: date(2026, 11, 9), **answers("②")}))
    put(ministry, "c.xlsx", blank.filled({BODY: "013030", **answers("③")}))
    put(ministry, "d.xlsx", blank.filled({BODY: "013030", **answers("②")}))
    put(ministry, "会.xlsx", blank.filled({BODY: "013315", OTHERS: "013323、013331", BLANKS: AGREES}))
    put(ministry, "不明.xlsx", blank.filled({BODY: "架空県町村会", **answers("②")}))
    put(ministry, "試し.xlsx", blank.filled({BODY: "992011", **answers("②")}))
    put(ministry, "~$a.xlsx", b"x")
    told, record = counted(ministry)
    assert {one["body"]: one["file"] for one in record["replies"]} == {
        "011002": "下/b.xlsx",
        "013315": "会.xlsx",
        "013323": "会.xlsx",
        "013331": "会.xlsx",
    }
    assert "・不明.xlsx: 団体コードが読めません。（記入「架空県町村会」）" in told
    assert "・試し.xlsx: 架空の団体（先頭が 99 の団体コード）の回答です。" in told
    assert "c.xlsx、d.xlsx。内容が違い、回答日でも決まらないので、どれも数えていません。" in told
    assert [one["file"] for one in record["passed_over"]] == ["~$a.xlsx"]


def test_the_same_folder_gives_the_same_papers(ministry: Miniature) -> None:
    blank, _ = form_of(ministry)
    put(ministry, "a.xlsx", blank.filled({BODY: "011002", **answers(("③", "理由", "案"))}))
    counted(ministry)
    before = {path.name: path.read_bytes() for path in (ministry.root / "集計").iterdir()}
    counted(ministry)
    assert {path.name: path.read_bytes() for path in (ministry.root / "集計").iterdir()} == before
    assert sorted(before) == ["inquiry.json", "inquiry.txt", "inquiry.xlsx"]


def test_a_name_in_the_letters_of_another_machine_is_spelt_out(ministry: Miniature) -> None:
    blank, _ = form_of(ministry)
    good = put(ministry, "a.xlsx", blank.filled({BODY: "011002", **answers("③")}))
    try:
        os.rename(os.fsencode(good), os.fsencode(good.parent) + b"/" + "市".encode("cp932") + b".xlsx")
    except OSError:
        pytest.skip("this file system takes no such name")
    _, record = counted(ministry)
    assert [one["file"] for one in record["replies"]] == ["\\udc8es.xlsx"]


def test_a_folder_without_a_reply_is_refused_with_every_reason(ministry: Miniature) -> None:
    put(ministry, "a.xlsx", b"")
    put(ministry, "b.pdf", b"%PDF")
    done = kijun(ministry, "inquiry", "count", "回答", "--out", "集計")
    assert done.returncode == 3
    assert "a.xlsx: ファイルが空です（0 バイト）。" in text(done)
    assert "b.pdf: PDF です。" in text(done)
    assert not (ministry.root / "集計").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("count", "ない", "--out", "集計"), 3, "フォルダーがありません。"),
        (("count", "回答", "--out", "回答/集計"), 4, "返ってきた用紙のフォルダーの外を指定してください"),
        (("count", "回答", "--out", "集計", "--edition", "9"), 4, "「9」という版はありません。凍結した版は 0.1 です。"),
        (("form", "--out", "用紙.xls"), 4, "末尾を .xlsx にしてください。"),
        (("form", "--out", "回答/前からある.xlsx"), 3, "その名前のファイルがすでにあります。"),
        (
            ("form", "--out", "a.xlsx", "--business", "pan_register"),
            4,
            "業務「pan_register」は 0.1版（2026-11-24） にありません。",
        ),
    ],
)
def test_what_is_asked_wrongly_is_told(ministry: Miniature, arguments: tuple[str, ...], code: int, told: str) -> None:
    put(ministry, "前からある.xlsx", b"x")
    done = kijun(ministry, "inquiry", *arguments)
    assert done.returncode == code
    assert told in text(done)


def test_nothing_is_asked_about_tables_that_may_still_change(mini: Miniature) -> None:
    done = kijun(mini, "inquiry", "form", "--out", "用紙.xlsx")
    assert done.returncode == 4
    assert "凍結した版がありません。" in text(done)


def test_lint_tells_a_list_of_codes_that_contradicts_itself(mini: Miniature) -> None:
    (mini.root / "requirements" / "inquiry.yaml").write_text(
        'inquiry: { source: "試験" }\ncodes:\n'
        '  - { code: "1", sign: "①", label: "よい", meaning: "よい。", opinion: false }\n'
        '  - { code: "1", sign: "①", label: "悪い", meaning: "悪い。", opinion: true }\n',
        encoding="utf-8",
    )
    done = kijun(mini, "lint")
    assert done.returncode == 3
    assert "「1」が二つの符号にあります。" in text(done)

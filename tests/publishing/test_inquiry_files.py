"""Files as 1,741 offices return them: what is read, what is refused with its reason, and what is passed over."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from inquiries import BODY, BlankForm, answers, inquiry_about, packed, pots

from kijun.publishing.inquiry import files
from kijun.publishing.inquiry.files import Unreadable, files_in
from kijun.publishing.inquiry.reading import ReplyReader
from kijun.publishing.inquiry.replies import Reply

ASKED = inquiry_about(pots())
BLANK = BlankForm.of(ASKED)
GOOD = BLANK.filled({BODY: "011002", **answers("①")})


def zipped(**parts: bytes) -> bytes:
    return packed({name.replace("__", "/").replace("_", "."): content for name, content in parts.items()})


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"x")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (files.MOST_UNPACKED + 1))
    return target.getvalue()


def lying() -> bytes:
    """The directory says that the sheet unpacks to ten bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 1000)
    content = target.getvalue()
    entry = content.index(b"PK\x01\x02")
    return content[: entry + 24] + struct.pack("<I", 10) + content[entry + 28 :]


def locked() -> bytes:
    """A ZIP whose only part is marked as encrypted."""
    content = bytearray(zipped(xl__workbook_xml=b"secret"))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + place] |= 1
    return bytes(content)


def far_cell(place: str) -> bytes:
    """One cell more, in the last corner that a sheet can have: read as a rectangle it would be 17 thousand million."""
    return BLANK.filled({}, BLANK.sheet.replace('<c r="G8"', f'<c r="{place}"'))


def last_line(cells: int) -> bytes:
    """A last line further down, whose cells do not say where they are."""
    line = f'<row r="200">{"<c><v>1</v></c>" * cells}</row>'
    return BLANK.filled({}, BLANK.sheet.replace("</sheetData>", f"{line}</sheetData>"))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "空.xlsx": (lambda: b"", "ファイルが空です（0 バイト）。"),
    "途中.xlsx": (lambda: GOOD[: len(GOOD) // 2], "ファイルが壊れています（ZIP として最後まで読めません）。"),
    "一字.xlsx": (lambda: GOOD.replace("鉢の".encode(), "鉢を".encode(), 1), "ファイルが壊れています"),
    "旧.xls": (lambda: OLE, "古い形式です（.xls など"),
    "鍵.xlsx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードが付いています。"),
    "鍵.zip": (locked, "パスワードが付いています（ZIP の暗号）。"),
    "表.csv": (lambda: "団体コード,011002\n".encode("cp932"), "Excel のファイルではありません"),
    "紙.pdf": (lambda: b"%PDF-1.7\n", "PDF です。"),
    "文.docx": (lambda: zipped(word__document_xml=b"<w/>"), "Word の文書です。"),
    "表.ods": (lambda: zipped(content_xml=b"<o/>"), "OpenDocument の文書（.ods など）です。"),
    "表.xlsb": (lambda: zipped(xl__workbook_bin=b"x"), "Excel バイナリ ブック（.xlsb）です。"),
    "束.zip": (lambda: zipped(a_xlsx=GOOD), "圧縮フォルダー（ZIP）か、別の種類のファイルです。"),
    "爆弾.xlsx": (bomb, "展開すると大きすぎます（150 MB まで）。"),
    "偽.xlsx": (lying, "ファイルが壊れています（ZIP として最後まで読めません）。"),
    "角.xlsx": (lambda: far_cell("XFD1048576"), "シートが大きすぎます（"),
    "小文字の角.xlsx": (lambda: far_cell("xfd1048576"), "シートが大きすぎます（"),
    "番地のない行.xlsx": (lambda: last_line(16_384), "シートが大きすぎます（"),
    "殻.xlsx": (lambda: zipped(xl__workbook_xml=b"<workbook"), "中の表が壊れています"),
    "見出しなし.xlsx": (
        lambda: BLANK.filled({"E5": "かいとう"}),
        "見出し「要件番号」「回答」のある行がどのシートにもありません。",
    ),
    "白紙.xlsx": (lambda: BLANK.filled({}), "何も記入されていません。"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_counted_tells_why_and_what_to_do(name: str, tmp_path: Path) -> None:
    make, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(make())
    found = ReplyReader(ASKED).read(name, path)
    assert isinstance(found, Unreadable)
    assert found.file == name
    assert found.reason.startswith(reason) or reason in found.reason
    assert found.hint.endswith("。")


def test_a_huge_file_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "大.xlsx"
    path.write_bytes(GOOD)
    monkeypatch.setattr(files, "MOST_BYTES", len(GOOD) - 1)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("opened"))
    found = ReplyReader(ASKED).read("大.xlsx", path)
    assert isinstance(found, Unreadable)
    assert found.reason.startswith("ファイルが大きすぎます")


def test_a_folder_in_the_place_of_a_file_and_a_link_to_nowhere_are_told(tmp_path: Path) -> None:
    (tmp_path / "先がない.xlsx").symlink_to(tmp_path / "ない")
    ((name, path),), _ = files_in(tmp_path)
    found = ReplyReader(ASKED).read(name, path)
    assert isinstance(found, Unreadable)
    assert found.reason.startswith("ファイルを開けません")


def test_replies_are_found_in_folders_and_leavings_of_programs_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "架空県" / "町").mkdir(parents=True)
    for name in (
        "架空県/町/b.xlsx",
        "a.xlsx",
        "~$a.xlsx",
        ".~lock.a.xlsx#",
        "架空県/Thumbs.db",
        ".DS_Store",
        "desktop.ini",
    ):
        (tmp_path / name).write_bytes(GOOD)
    found, passed = files_in(tmp_path)
    assert [name for name, _ in found] == ["a.xlsx", "架空県/町/b.xlsx"]
    assert [one.file for one in passed] == [
        ".DS_Store",
        ".~lock.a.xlsx#",
        "desktop.ini",
        "~$a.xlsx",
        "架空県/Thumbs.db",
    ]
    assert passed[3].reason == "開いている間だけできる、表計算ソフトの作業用ファイルです。"


def test_a_reply_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "回答（最終版）.bak"
    path.write_bytes(GOOD)
    found = ReplyReader(ASKED).read(path.name, path)
    assert isinstance(found, list)
    assert isinstance(found[0], Reply)
    assert found[0].bodies == ("011002",)

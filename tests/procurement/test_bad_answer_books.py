"""Answer books as they really arrive. Each is read right, or told with its place; no row of any is lost."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from answer_books import HEAD, IDS, OFFICIAL, TEXTS, S, answered, book, line, open_document, patched, read

from kijun.catalog import workbook_checks
from kijun.catalog.bid_reader import as_record
from kijun.model.bid import AnswerStatus
from kijun.model.errors import ConfigurationError
from kijun.procurement.answers.told import told_proposal, told_reading

NUMBER = "123456789018"  # fictional, its check digit fits
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
Make = Callable[[Path], Any]


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def raw(content: bytes) -> Make:
    return lambda path: path.write_bytes(content)


def altered(change: Callable[[bytes], bytes]) -> Make:
    """A good book, its bytes changed."""

    def make(path: Path) -> None:
        answered(path, line(0))
        path.write_bytes(change(path.read_bytes()))

    return make


def lying(content: bytes) -> bytes:
    """The directory of the archive says that its first part unpacks to ten bytes."""
    entry = content.index(b"PK\x01\x02")
    return content[: entry + 24] + struct.pack("<I", 10) + content[entry + 28 :]


def locked(content: bytes) -> bytes:
    changed = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        changed[changed.index(sign) + place] |= 1
    return bytes(changed)


def far(path: Path) -> None:
    answered(path, line(0), then=lambda _, page: page.write_string(1_048_575, 16_383, "余り"))


def far_open_document(path: Path) -> None:
    cell = '<table:table-cell office:value-type="string" table:number-columns-repeated="16384"><text:p>x</text:p>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
    open_document(path, [HEAD, line(0)], row)


REFUSED: dict[str, tuple[Make, str]] = {
    "空.xlsx": (raw(b""), "空のファイルです（0 バイト）。"),
    "途中で切れた.xlsx": (altered(lambda content: content[: len(content) // 2]), "ZIP として最後まで読めません"),
    "一字化けた.xlsx": (altered(lambda content: content[:200] + b"\0\0\0" + content[203:]), "読めません"),
    "大きさを偽る.xlsx": (altered(lying), "ZIP として最後まで読めません"),
    "鍵.xlsx": (raw(OLE + "EncryptedPackage".encode("utf-16-le")), "パスワードで保護されています。"),
    "鍵.zip": (altered(locked), "パスワードで保護された ZIP です。"),
    "壊れた.xls": (raw(OLE), "表として読めません（壊れています"),
    "表.xlsb": (raw(zipped(xl__workbook_bin=b"x")), "バイナリ形式（.xlsb）のブックです。"),
    "紙.pdf": (raw(b"%PDF-1.7\n"), "PDF です。"),
    "紙を改名.xlsx": (raw(b"%PDF-1.4\n"), "事業者に、元の Excel か CSV を出してもらってください。"),
    "文.docx": (raw(zipped(word__document_xml=b"<w/>")), "Word の文書です。"),
    "束.zip": (raw(zipped(a_xlsx=b"x")), "圧縮フォルダー（ZIP）"),
    "写真.png": (raw(b"\x89PNG\r\n\x1a\n"), "画像です。"),
    "画面.xls": (raw(b"<html><table><tr><td>1</td></tr></table></html>"), "HTML か XML です"),
    "表2003.xls": (raw(b'<?xml version="1.0"?><Workbook/>'), "HTML か XML です"),
    "記録.msg": (raw(b"From\0\0\0\0"), "表のファイル（.xlsx、.xls、.ods、CSV）ではありません。"),
    "殻.xlsx": (raw(zipped(xl__workbook_xml=b"<workbook")), "表として読めません（壊れています"),
    "角.xlsx": (far, "シート「回答」の内容が 1048576 行 16384 列に広がっています。"),
    "角.ods": (far_open_document, "16384 列に広がっています。"),
    "文字.csv": (raw("機能ID,回答\n1,◎\n".encode() + b"\xff\x81\n"), "文字コードが UTF-8 でも CP932"),
    "引用符.csv": (raw('機能ID,回答\n1,"◎\n'.encode()), "行目の引用符か区切り"),
    "リンク切れ.xlsx": (lambda path: path.symlink_to(path.with_name("ない")), "ファイルを読めません"),
    "見出しなし.xlsx": (lambda path: book(path, [["あ", "い"], ["1", "◎"]]), "answer"),
    "列の違う表が続く.xlsx": (
        lambda path: answered(path, line(0), ["機能ID", "回答", "機能要件"], [OFFICIAL[1], "×", TEXTS[1]]),
        "回答!B3 から、列の違う表が始まっています。",
    ),
    "白紙.xlsx": (lambda path: book(path, []), "answer"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_read_is_told_with_what_to_do(name: str, tmp_path: Path) -> None:
    make, expected = REFUSED[name]
    path = tmp_path / name
    make(path)
    with pytest.raises(ConfigurationError) as caught:
        read(path)
    told = str(caught.value)
    assert expected in told
    assert all(one.hint.endswith("。") for one in caught.value.problems)


def test_a_bomb_and_a_huge_file_are_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = answered(tmp_path / "爆弾.xlsx", line(0))
    for small, expected in (({"unpacked": 10}, "ZIP 爆弾"), ({"file": 10}, "MB を超えるファイルです。")):
        monkeypatch.setattr("kijun.procurement.answers.opening._LIMITS", workbook_checks.Limits(**small))
        with pytest.raises(ConfigurationError, match=expected):
            read(path)


def test_an_xls_that_ends_the_process_of_its_reader_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes(OLE)
    dying = tmp_path / "python"
    dying.write_text("#!/bin/sh\nkill -9 $$\n")
    dying.chmod(0o755)
    monkeypatch.setattr("kijun.catalog.workbook_values.sys.executable", str(dying))
    with pytest.raises(ConfigurationError, match="読み取りの途中で止まった"):
        read(path)


@dataclass(frozen=True)
class Case:
    """A book, its rows, what some of them come to, and words that must be told about it."""

    make: Make
    rows: int
    statuses: dict[int, AnswerStatus]
    told: str = ""
    yen: int | None = None  # of the first answer
    day: str = ""  # of the first answer


def one(answer: Any, *cells: Any, told: str = "", status: AnswerStatus, **more: Any) -> Case:
    """A book with this answer, and with a plain one below."""
    return Case(
        lambda path: answered(path, line(0, answer, *cells), line(1)), 2, {0: status, 1: S.STANDARD}, told, **more
    )


def after(*rows: Any, then: Callable[[Any, Any], None], told: str = "", **statuses: AnswerStatus) -> Case:
    """A book of these rows, and what was done to it; statuses by a0, a1…"""
    chosen = {int(name[1:]): status for name, status in statuses.items()}
    return Case(lambda path: answered(path, *rows, then=then), len(rows), chosen, told)


def numbered(number: Any) -> Case:
    """A book in which nothing but a number tells the row."""
    return Case(lambda path: book(path, [["機能ID", "回答"], [number, "◎"]]), 1, {0: S.STANDARD})


def csv_of(*rows: Any, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> Make:
    return raw(end.join(delimiter.join(map(str, cells)) for cells in (HEAD, *rows)).encode(encoding))


def with_merged_ids(made: Any, page: Any) -> None:
    page.merge_range(1, 0, 2, 0, OFFICIAL[0])


def in_comments(_: Any, page: Any) -> None:
    page.write_comment("C2", "◎", {"author": "甲"})


def in_colours(made: Any, page: Any) -> None:
    page.write_blank("C2", None, made.add_format({"bg_color": "#92D050"}))


def struck(made: Any, page: Any) -> None:
    page.write_string("C2", "○", made.add_format({"font_strikeout": True}))


def struck_row(made: Any, page: Any) -> None:
    page.write_string("B2", TEXTS[0], made.add_format({"font_strikeout": True}))


def half_struck(made: Any, page: Any) -> None:
    page.write_rich_string("C2", made.add_format({"font_strikeout": True}), "○", "×", made.add_format())


def with_hidden(made: Any, page: Any) -> None:
    page.set_row(1, None, None, {"hidden": True})
    page.set_column("C:C", None, None, {"hidden": True})
    made.add_worksheet("裏").hide()


def filtered(_: Any, page: Any) -> None:
    page.autofilter("A1:F3")
    page.filter_column("C", "x == ◎")
    page.set_row(2, None, None, {"hidden": True})


def padded(made: Any, page: Any) -> None:
    look = made.add_format({"border": 1})
    for at in range(3, 20_003):
        page.write_blank(at, 0, None, look)


def two_headers(path: Path) -> None:
    def then(_: Any, page: Any) -> None:
        page.merge_range("C5:E5", "回答")
        page.merge_range("A5:A6", "機能ID")

    top = [["回答表"], ["◎：標準で対応　△：運用で代替"], ["凡例"], ["※ 全て税抜"]]
    heads = [["", "機能要件", "", "", "", ""], ["", "", "", "費用（千円）", "対応予定", "備考"]]
    book(path, [*top, *heads, line(0), line(1, "△", remarks="手順書")], then=then)


def macro(path: Path) -> None:
    answered(path, line(0), line(1))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\0macro")


READ: dict[str, Case] = {
    # signs
    "○.xlsx": one("○", status=S.STANDARD),
    "U+3007.xlsx": one("〇", status=S.STANDARD),
    "U+25EF.xlsx": one("◯", status=S.STANDARD),
    "欧字o.xlsx": one("o", status=S.UNANSWERED, told="打ち間違いかもしれません"),
    "数字0.xlsx": one(0, status=S.UNANSWERED, told="「0」からは答えが決まりません"),
    "✕.xlsx": one("✕", status=S.NOT_SUPPORTED),
    "ギリシャχ.xlsx": one("χ", status=S.NOT_SUPPORTED),
    "大文字X.xlsx": one("X", status=S.UNANSWERED, told="打ち間違い"),
    "▲.xlsx": one("▲", status=S.CUSTOMIZE, told="カスタマイズの費用が分かりません"),
    "長音.xlsx": one("ー", status=S.CONFLICT, told="実装必須の機能に、対象外と答えています"),
    "空欄.xlsx": one("", status=S.UNANSWERED, told="空欄（未回答） 1　回答!C2"),
    "空白だけ.xlsx": one("　 ", status=S.UNANSWERED, told="空欄（未回答） 1　回答!C2"),
    "同左.xlsx": one("同左", status=S.UNANSWERED, told="回答!C2"),
    "〃.xlsx": one("〃", status=S.UNANSWERED, told="ほかの欄を指しています"),
    "上に同じ.xlsx": one("上に同じ", status=S.UNANSWERED, told="「上に同じ」からは答えが決まりません"),
    "要相談.xlsx": one("要相談", status=S.UNANSWERED, told="「要相談」からは答えが決まりません"),
    "一部.xlsx": one("対応可能（一部）", status=S.UNANSWERED, told="読み方が分かりません"),
    "全角ABC.xlsx": one("Ａ", status=S.STANDARD),
    "半角カナ.xlsx": one("ｶｽﾀﾏｲｽﾞで対応", "800", status=S.CUSTOMIZE, yen=800_000),
    "文章.xlsx": one("標準では対応していないため、別途検討します。", status=S.NOT_SUPPORTED, told="欄の言葉から"),
    "式のような字.xlsx": one("=○", status=S.UNANSWERED, told="「=○」からは答えが決まりません"),
    # sums
    "標準に費用.xlsx": one("◎", 800, status=S.CONFLICT, told="費用 800,000 円が付いています", yen=800_000),
    "込み.xlsx": one("◎", "込み", status=S.STANDARD, yen=0),
    "費用0.xlsx": one("◎", 0, status=S.STANDARD, yen=0),
    "別途.xlsx": one("◎", "別途", status=S.STANDARD, told="なのに、費用が「別途」です"),
    "費用に△.xlsx": one("△", "△", status=S.CUSTOMIZE, told="回答!D2 の費用「△」: 金額として読めません"),
    "桁区切り.xlsx": one("△", "1,200", status=S.CUSTOMIZE, yen=1_200_000),
    "全角の額.xlsx": one("△", "１２００円", status=S.CUSTOMIZE, yen=1_200),
    "負の額.xlsx": one("△", "-5", status=S.CUSTOMIZE, told="金額として読めません"),
    # days
    "R8.3.31.xlsx": one("対応予定", "", "R8.3.31", status=S.PLANNED, day="2026-03-31"),
    "年月末.xlsx": one("対応予定", "", "令和8年3月末", status=S.PLANNED, day="2026-03-31"),
    "H38.xlsx": one("対応予定", "", "H38/3/31", status=S.PLANNED, day="2026-03-31", told="終わった元号です"),
    "2月29日.xlsx": one("対応予定", "", "2026/2/29", status=S.PLANNED, told="ありえない日付です"),
    "未定.xlsx": one("対応予定", "", "未定", status=S.PLANNED, told="回答!E2 の予定「未定」: 日付として読めません"),
    "月だけ.xlsx": one("対応予定", "", "3月", status=S.PLANNED, told="回答!E2"),
    "通し番号.xlsx": one("対応予定", "", 46113, status=S.PLANNED, day="2026-04-01", told="日付の番号"),
    "不可に予定.xlsx": one("×", "", "R8.3.31", status=S.CONFLICT, told="対応不可なのに対応予定"),
    # keys and texts
    "番号が数.xlsx": numbered(int(OFFICIAL[0])),
    "番号に改行.xlsx": numbered("099\n0001"),
    "番号が全角.xlsx": numbered("０９９０００１　"),
    "本表の番号.xlsx": numbered(IDS[0]),
    "ハイフンが別の字.xlsx": numbered(IDS[0].replace("-", "‐")),
    "番号が二つ.xlsx": Case(
        lambda path: answered(path, [f"{IDS[0]} {IDS[1]}", "鉢", "◎"]), 1, {}, "一つの行に番号が 2 個あります"
    ),
    "本表にない番号.xlsx": Case(
        lambda path: book(path, [["要件番号", "回答"], ["999-9.9-99", "◎"]]),
        1,
        {},
        "要件番号 999-9.9-99 は要件表にありません",
    ),
    "知らない番号.xlsx": Case(
        lambda path: answered(path, ["0999999", "縁もゆかりもない行", "◎"]),
        1,
        {},
        "機能ID 0999999 は要件表にありません",
    ),
    "行がずれた.xlsx": Case(
        lambda path: answered(path, [OFFICIAL[0], TEXTS[1], "◎"]), 1, {0: S.STANDARD}, "番号と行がずれていないか"
    ),
    "同じ行が二つ.xlsx": Case(
        lambda path: answered(path, line(0), line(0)), 2, {0: S.STANDARD}, "答えは 回答!C2 と同じ"
    ),
    "答えの違う二行.xlsx": Case(
        lambda path: answered(path, line(0), line(0, "×")), 2, {0: S.CONFLICT}, "違う答え「×」が書かれています"
    ),
    "見出しの繰返し.xlsx": Case(
        lambda path: answered(path, line(0), HEAD, line(1)), 3, {1: S.STANDARD}, "見出しの繰返し"
    ),
    "節の題.xlsx": Case(
        lambda path: answered(path, ["", "", "", "", "", "第1章"], line(0)), 2, {0: S.STANDARD}, "番号も文もない行です"
    ),
    "番号なし.xlsx": Case(
        lambda path: book(path, [["要件", "回答"], [TEXTS[0], "◎"], [TEXTS[1], "×"]]),
        2,
        {0: S.STANDARD, 1: S.NOT_SUPPORTED},
        "番号で決まらない行 2",
    ),
    "対応表にない列だけ.xlsx": Case(
        lambda path: answered(path, line(0), ["", "", "", "", "", "", "欄外の注"]), 2, {0: S.STANDARD}, "欄外の注"
    ),
    "壊れた字.xlsx": one("◎", "", "", "\ufffd器", status=S.STANDARD, told="文字が壊れています（U+FFFD）"),
    "個人番号.xlsx": one("◎", "", "", f"例 {NUMBER}", status=S.STANDARD, told="個人番号のように見える数字を伏せました"),
    "異体字.xlsx": one("◎", "", "", "葛\U000e0100城𠮷﨑\ue000", status=S.STANDARD),
    "分かれた濁点.xlsx": one("カスタマイス\u3099で対応", "800", status=S.CUSTOMIZE, yen=800_000),
    # how sheets are made
    "二段の見出し.xlsx": Case(two_headers, 2, {0: S.STANDARD, 1: S.WORKAROUND}, "この表の凡例「運用で代替」"),
    "番号の結合.xlsx": after(line(0), ["", TEXTS[0], ""], then=with_merged_ids, a0=S.CONFLICT, told="回答!C3"),
    "費用の結合.xlsx": after(
        line(0, "△"),
        line(1, "△"),
        then=lambda _, page: page.merge_range("D2:D3", 800),
        a0=S.CUSTOMIZE,
        a1=S.CUSTOMIZE,
        told="費用は 回答!D2 の行に含めました",
    ),
    "コメント.xlsx": after(line(0, ""), line(1), then=in_comments, a0=S.STANDARD, told="コメントも答えとして読みます"),
    "塗り.xlsx": after(line(0, ""), line(1), then=in_colours, a0=S.UNANSWERED, told="塗り:92D050"),
    "取り消した答え.xlsx": after(line(0), line(1), then=struck, a0=S.UNANSWERED, told="答え「○」が取り消し線で"),
    "取り消した行.xlsx": after(line(0), line(1), then=struck_row, a1=S.STANDARD, told="取り消し線で消された行です"),
    "半分取り消し.xlsx": after(line(0), line(1), then=half_struck, a0=S.NOT_SUPPORTED),
    "隠れた行と列.xlsx": after(line(0), then=with_hidden, a0=S.STANDARD, told="回答!C1 の列は隠れています"),
    "隠れたシート.xlsx": after(line(0), then=with_hidden, a0=S.STANDARD, told="隠しシート「裏」は読みませんでした"),
    "絞込み.xlsx": after(line(0), line(1, "×"), then=filtered, a1=S.NOT_SUPPORTED, told="隠れた 1 行も読みました"),
    "保護.xlsx": after(line(0), then=lambda _, page: page.protect("x"), a0=S.STANDARD),
    "書式だけの行.xlsx": after(line(0), line(1), then=padded, a0=S.STANDARD, a1=S.STANDARD),
    "式.xlsx": after(line(0), then=lambda _, page: page.write_formula("C2", '="◎"', None, "◎"), a0=S.STANDARD),
    "よそのブックの式.xlsx": after(
        line(0), then=lambda _, page: page.write_formula("C2", "='[a.xlsx]s'!A1", None, "×"), a0=S.NOT_SUPPORTED
    ),
    "誤りの式.xlsx": after(
        line(0),
        then=lambda _, page: page.write_formula("C2", "=NA()", None, "#N/A"),
        a0=S.UNANSWERED,
        told="回答!C2 の式に",
    ),
    "値のない式.xlsx": Case(
        lambda path: patched(
            answered(path, line(0), then=lambda _, page: page.write_formula("C2", "=A9", None, "x")),
            SHEET,
            "<v>x</v>",
            "",
        ),
        1,
        {0: S.UNANSWERED},
        "値が残っていない",
    ),
    "図形.xlsx": after(
        line(0, ""), then=lambda _, page: page.insert_textbox("C2", "○です"), a0=S.UNANSWERED, told="図形に「○です」"
    ),
    "アポストロフィ.xlsx": after(
        line(0),
        then=lambda made, page: page.write("C2", "×", made.add_format({"quote_prefix": True})),
        a0=S.NOT_SUPPORTED,
    ),
    "セル内改行.xlsx": one("◎\n", "", "", "一行目\r\n二行目", status=S.STANDARD),
    "シート名が違う.xlsx": Case(
        lambda path: book(path, [HEAD, line(0)], sheet="最終版(3)"), 1, {0: S.STANDARD}, "最終版(3)"
    ),
    "回答が二列.xlsx": Case(
        lambda path: book(path, [[*HEAD, "回答"], [*line(0), "×"]]), 1, {0: S.STANDARD}, "同じ意味の列が 2 列あります"
    ),
    "単位なし.xlsx": Case(
        lambda path: book(path, [["機能ID", "回答", "費用"], [OFFICIAL[0], "△", 800]]),
        1,
        {0: S.CUSTOMIZE},
        "円として読みます",
    ),
    "マクロ.xlsm": Case(macro, 2, {0: S.STANDARD}),
    # other kinds of files, some under a wrong name
    "表.ods": Case(
        lambda path: open_document(path, [HEAD, line(0)]), 1, {0: S.STANDARD}, "塗りと取り消し線を読めません"
    ),
    "odsを改名.xlsx": Case(lambda path: open_document(path, [HEAD, line(0, "×")]), 1, {0: S.NOT_SUPPORTED}),
    "xlsxを改名.xls": one("×", status=S.NOT_SUPPORTED),
    "表.csv": Case(csv_of(line(0), line(1, "×")), 2, {1: S.NOT_SUPPORTED}, "コメント、塗り"),
    "印付き.csv": Case(csv_of(line(0), encoding="utf-8-sig"), 1, {0: S.STANDARD}),
    "シフトJIS.csv": Case(csv_of(line(0, "×"), encoding="cp932"), 1, {0: S.NOT_SUPPORTED}),
    "UTF-16.csv": Case(csv_of(line(0), encoding="utf-16", delimiter="\t"), 1, {0: S.STANDARD}),
    "タブ.tsv": Case(csv_of(line(0), delimiter="\t"), 1, {0: S.STANDARD}),
    "セミコロン.csv": Case(csv_of(line(0), delimiter=";"), 1, {0: S.STANDARD}),
    "CSVを改名.xlsx": Case(csv_of(line(0), end="\n"), 1, {0: S.STANDARD}),
    "列が足りない.csv": Case(raw(f"機能ID,回答,備考\n{OFFICIAL[0]},◎\n{OFFICIAL[1]}\n".encode()), 2, {1: S.UNANSWERED}),
    "題のあるタブ.tsv": Case(
        raw(f"回答,最終版\n機能ID\t回答\t備考\n{OFFICIAL[0]}\t×\t\n".encode()), 1, {0: S.NOT_SUPPORTED}
    ),
    "欄の中の改行.csv": Case(raw(f'機能ID,回答\r\n{OFFICIAL[0]},"◎\r\n"\r\n'.encode()), 1, {0: S.STANDARD}),
}


@pytest.mark.parametrize("name", READ)
def test_a_strange_book_is_read_right_and_no_row_is_lost(name: str, tmp_path: Path) -> None:
    case = READ[name]
    path = tmp_path / name
    case.make(path)
    done = read(path)
    told = told_proposal(done.mapping) + told_reading(done.reading)
    assert {place: done.status(place) for place in case.statuses} == case.statuses
    assert done.rows == case.rows
    assert case.told in told
    assert NUMBER not in json.dumps(as_record(done.reading.bid), ensure_ascii=False) + told
    first = done.reading.bid.answer(IDS[0])
    if case.yen is not None:
        assert first.cost
        assert first.cost.yen == case.yen
    if case.day:
        assert first.due
        assert first.due.last_day
        assert first.due.last_day.isoformat() == case.day


def test_there_are_many() -> None:
    assert len(REFUSED) + len(READ) >= 60

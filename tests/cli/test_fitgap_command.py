"""kijun fitgap as the offices of a municipality meet it."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import kijun, text
from fitgap_books import FIRST_SHEET, entry, saved_by
from miniature import FEES, LEDGER, PROFILE, Miniature
from returned_books import Book

from kijun.catalog.root import shipped_root

OFFICES = """\
profile:
  id: "our_city"
  title: "見本市の地方税"
  municipality: { code: "992011", class: "general_city" }
  as_of: "2026-06-01"
  businesses: ["local_tax_common", "light_vehicle_tax"]
  offices:
    - { name: "市民税課", covers: [{ business: "light_vehicle_tax", majors: ["賦課", "環境性能割"] }] }
    - { name: "納税課", covers: [{ business: "light_vehicle_tax", majors: ["証明・照会", "標識管理"] }] }
    - { name: "市民課", covers: [{ business: "local_tax_common", majors: ["宛名管理", "送付先・代理人"] }] }
    - { name: "情報課", covers: [{ business: "local_tax_common", majors: ["権限・ログ", "一括処理", "EUC"] }] }
    - { name: "会計課", covers: [{ business: "local_tax_common", majors: ["印刷・帳票", "照会・検索"] }] }
"""
FIVE = ("市民税課", "納税課", "市民課", "情報課", "会計課")


def fill(path: Path, cells: dict[str, object], sheet: str, who: str = "") -> None:
    """Fill cells on the sheet of this name."""
    book = Book(path.read_bytes())
    names = [part.split('"')[0] for part in book.parts["xl/workbook.xml"].decode().split('<sheet name="')[1:]]
    book.fill(cells, 1 + names.index(sheet))
    (saved_by(book, who, "2026-11-15T01:30:00Z") if who else book).save(path)


@pytest.fixture
def town(mini: Miniature) -> Miniature:
    """The folder of a municipality without a specification of its own: the shipped one, in its frozen edition."""
    mini.write("our_city.yaml", OFFICES)
    return mini


def spec(*words: str) -> tuple[str, ...]:
    return (*words, "--spec", str(shipped_root()))


def test_21_five_offices_of_a_city_fill_602_rows_and_three_conflicts_are_told(town: Miniature) -> None:
    made = kijun(
        town, *spec("fitgap", "new", "our_city.yaml", "--edition", "0.2", "--out", "配布.xlsx", "--paper", "A3")
    )
    assert made.returncode == 0, text(made)
    folder = town.root / "集めた本"
    folder.mkdir()
    for name in FIVE:
        shutil.copy(town.root / "配布.xlsx", folder / f"{name}.xlsx")
        fill(folder / f"{name}.xlsx", dict(entry(2, "◎ 標準で対応", f"{name}の記入", f"{name}係", "2026-11-10")), name)
    for other in ("納税課", "市民課", "情報課"):  # 会計課 has its own view of three rows of others
        fill(folder / "会計課.xlsx", dict(entry(2, "○ 運用で対応", f"会計課から{other}へ")), other, "会計課の端末")
    done = kijun(town, *spec("fitgap", "merge", "our_city.yaml", "集めた本", "--out", "合本.xlsx"))
    told = text(done)
    assert done.returncode == 1, told
    assert "食い違い: 3 件" in told
    for name in ("納税課", "市民課", "情報課"):
        assert f" {name}係　2026-11-10　◎ 標準で対応 / {name}の記入　［{name}.xlsx {name}!E2］" in told
        assert (
            f"会計課の端末（ファイルを最後に保存した人）　2026-11-15 10:30　○ 運用で対応 / 会計課から{name}へ" in told
        )
    assert "読んだ行 3010 ＝ まとめた行 2995 ＋ 食い違いの行 15 ＋ 要確認の行 0" in told
    again = kijun(town, *spec("fitgap", "merge", "our_city.yaml", "合本.xlsx", "--json"))
    record = json.loads(again.stdout)
    assert [len(one["versions"]) for one in record["conflicts"]] == [2, 2, 2]
    assert record["rows"] == {"read": 602, "joined": 599, "in_conflict": 3, "listed": 0}
    assert sum(one["decided"] for one in record["progress"].values()) == 2
    for other in ("納税課", "市民課", "情報課"):  # settled by a person in the joined book
        fill(town.root / "合本.xlsx", dict(entry(2, "○ 運用で対応", "決めた", other, "2026-12-01")), other)
    settled = kijun(town, *spec("fitgap", "merge", "our_city.yaml", "合本.xlsx", "--out", "決定.xlsx"))
    assert settled.returncode == 0, text(settled)
    assert "合計 5 / 602" in text(settled)


def test_each_office_gets_a_book_of_its_own_and_the_next_year_begins_with_it(mini: Miniature) -> None:
    assert kijun(mini, "freeze", "0.1").returncode == 0
    made = kijun(mini, "fitgap", "new", PROFILE, "--edition", "0.1", "--out", "本")
    assert made.returncode == 0, text(made)
    (path,) = (mini.root / "本").iterdir()
    assert path.name == "鉢植え台帳.xlsx"
    fill(path, dict(entry(2, "◎ 標準で対応", "同じ") | entry(3, "○ 運用で対応", "変える")), "鉢植え台帳")
    joined = kijun(mini, "fitgap", "merge", PROFILE, "本", "--out", "今年.xlsx")
    assert (joined.returncode, "鉢植え台帳 2 / 6（空欄 4）" in text(joined)) == (0, True)
    mini.edit(mini.table, "大きさに応じた料金を計算できること。", "大きさと色に応じた料金を計算できること。")
    assert kijun(mini, "freeze", "0.2").returncode == 0
    new = kijun(mini, "fitgap", "new", PROFILE, "--edition", "0.2", "--from", "今年.xlsx", "--out", "来年.xlsx")
    assert new.returncode == 0, text(new)
    told = text(new)
    assert "前回から引継ぎ: 1 件" in told
    assert f"  {FEES} 本文が変わりました。前: 大きさに応じた料金を計算できること。 今: 大きさと色に応じた" in told
    (row,) = [one for one in records(mini, "来年.xlsx") if one["progress"]]
    assert row["progress"]["鉢植え台帳"] == {
        "rows": 6, "decided": 1, "unchanged": 1, "open": 0, "rivals": 0, "blank": 5, "unread": 0,
    }  # fmt: skip
    old = kijun(mini, "fitgap", "merge", PROFILE, "来年.xlsx", "今年.xlsx")
    assert old.returncode == 3
    assert "今年.xlsx: 版が、この条件のものと違います（ブックは 0.1、条件は 0.2）。" in text(old)
    assert LEDGER not in text(old)


def records(mini: Miniature, name: str) -> list[dict[str, dict[str, dict[str, int]]]]:
    return [json.loads(kijun(mini, "fitgap", "merge", PROFILE, name, "--json").stdout)]


def test_nothing_is_overwritten_and_nothing_half_done(mini: Miniature) -> None:
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "本").returncode == 0
    again = kijun(mini, "fitgap", "new", PROFILE, "--out", "本")
    assert (again.returncode, "その名前の場所には、すでに何かがあります。" in text(again)) == (3, True)
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "a.xlsx").returncode == 0
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "a.xlsx").returncode == 3
    assert kijun(mini, "fitgap", "merge", PROFILE, "本", "--out", "a.xls").returncode == 4
    assert kijun(mini, "fitgap", "merge", PROFILE, "本", "--out", "a.xlsx").returncode == 3
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "b.xlsx", "--paper", "B4").returncode == 4
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "b.xlsx", "--edition", "9").returncode == 4
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "b.xlsx", "--from", "ない.xlsx").returncode == 3
    assert not (mini.root / "b.xlsx").exists()


# files as they arrive -------------------------------------------------------------------------------------


def zipped(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def without_hidden(content: bytes) -> bytes:
    book = Book(content)
    book.parts["xl/workbook.xml"] = book.parts["xl/workbook.xml"].replace(b"_kijun_fitgap", b"Sheet9")
    return book.content


def torn_hidden(content: bytes) -> bytes:
    book = Book(content)
    book.parts["xl/sharedStrings.xml"] = book.parts["xl/sharedStrings.xml"].replace(
        b"kijun-fitgap-1", b"kijun-fitgap-0"
    )
    return book.content


def lying(content: bytes) -> bytes:
    entry_at = content.index(b"PK\x01\x02")
    return content[: entry_at + 24] + struct.pack("<I", 10) + content[entry_at + 28 :]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "空.xlsx": (lambda _: b"", "空のファイルです（0 バイト）。"),
    "途中.xlsx": (lambda content: content[: len(content) // 2], "ZIP として最後まで読めません"),
    "偽.xlsx": (lying, "ZIP として最後まで読めません"),
    "鍵.xlsx": (lambda _: OLE + "EncryptedPackage".encode("utf-16-le"), "パスワードで保護されています。"),
    "古い.xls": (lambda _: OLE, "古い形式（.xls）のブックです。"),
    "二進.xlsb": (lambda _: zipped(xl__workbook_bin=b"x"), "バイナリ形式（.xlsb）のブックです。"),
    "貼付け.docx": (lambda _: zipped(word__document_xml=b"<w/>"), "Word の文書です。"),
    "印刷.pdf": (lambda _: b"%PDF-1.7\n", "PDF です。"),
    "写真.xlsx": (lambda _: b"\x89PNG\r\n\x1a\n", "画像です。"),
    "画面.xls": (lambda _: b"<html><table></table></html>", "HTML か XML です"),
    "表.csv": (lambda _: "要件番号,判定\n".encode(), "文字だけのファイル（CSV など）です。"),
    "束.zip": (lambda _: zipped(a_xlsx=b"x"), "圧縮フォルダー（ZIP）"),
    "殻.xlsx": (lambda _: zipped(xl__workbook_xml=b"<workbook"), "表として読めません（壊れています"),
    "無害化.xlsx": (without_hidden, "Fit&Gap の本ではありません（隠しシート「_kijun_fitgap」がありません）。"),
    "書換え.xlsx": (torn_hidden, "隠しシート「_kijun_fitgap」が書き換えられていて"),
}  # fmt: skip


def test_every_file_that_cannot_be_read_is_told_at_once_and_no_book_is_made(mini: Miniature) -> None:
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "本/").returncode == 0
    good = (mini.root / "本" / "鉢植え台帳.xlsx").read_bytes()
    for name, (change, _) in BAD.items():
        (mini.root / "本" / name).write_bytes(change(good))
    done = kijun(mini, "fitgap", "merge", PROFILE, "本", "--out", "合本.xlsx")
    assert done.returncode == 3, text(done)
    lines = text(done).splitlines()
    for name, (_, expected) in BAD.items():
        (line,) = [one for one in lines if one.startswith(str(Path("本") / name))]
        assert expected in line
        assert " → " in line
        assert "事業者" not in line
    assert f"{len(BAD)} 件の誤りがあります。" in text(done)
    assert not (mini.root / "合本.xlsx").exists()


def test_an_open_book_is_told_with_what_to_do(mini: Miniature) -> None:
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "本").returncode == 0
    (mini.root / "本" / "~$鉢植え台帳.xlsx").write_bytes(b"\x05user" + b" " * 160)
    done = kijun(mini, "fitgap", "merge", PROFILE, "本", "--out", "合本.xlsx")
    assert done.returncode == 3
    assert "表計算ソフトが「鉢植え台帳.xlsx」を開いている間に作る印のファイルです。" in text(done)
    assert not (mini.root / "合本.xlsx").exists()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_a_book_saved_again_by_libreoffice_is_read_the_same_and_counts_by_itself(mini: Miniature) -> None:
    assert kijun(mini, "fitgap", "new", PROFILE, "--out", "本.xlsx").returncode == 0
    path = mini.root / "本.xlsx"
    fill(path, dict(entry(2, "◎ 標準で対応", "ｼｽﾃﾑ", "園芸課", "2026-11-10") | entry(3, "× 別途検討")), "鉢植え台帳")
    profile = f"-env:UserInstallation=file://{mini.root.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(mini.root / "再"), str(path)], check=True, capture_output=True, timeout=120)
    before, after = (kijun(mini, "fitgap", "merge", PROFILE, one, "--json") for one in ("本.xlsx", "再/本.xlsx"))
    assert json.loads(after.stdout) == json.loads(before.stdout)
    assert "合本" not in text(after)
    assert FIRST_SHEET == 3

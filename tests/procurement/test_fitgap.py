"""Fit&Gap: books of several 課 become one, judgements are carried over, and nothing that was written is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest
from edition_rows import CLASSES, edition, row
from fitgap_books import FIRST_SHEET, OFFICES, N, entry, five, handed_in, majors, saved_by, sent
from python_calamine import CalamineWorkbook
from returned_books import CITY, GREAT_CITY, Book, request

from kijun.catalog.workbook_properties import last_change
from kijun.model.edition import Edition
from kijun.model.errors import ConfigurationError
from kijun.procurement.fitgap import book, told
from kijun.procurement.fitgap.book import Paper, render
from kijun.procurement.fitgap.carrying import carry
from kijun.procurement.fitgap.judgements import Entry, Fate, FitGap, Judgement, Row, Version, blank, judgement_of
from kijun.procurement.fitgap.merging import Merged, merge
from kijun.procurement.fitgap.reading import books_in, read_before, read_filled

ASKED = five()
SENT = sent(ASKED)


def joined(*paths: Path) -> Merged:
    return merge(ASKED, [read_filled(one, ASKED) for one in paths])


def again(merged: Merged, path: Path, cells: dict[str, object] | None = None, sheet: int = 0) -> Path:
    """The joined book, saved, its cells filled on one sheet."""
    return handed_in(
        path.parent, path.name, sent(merged.fitgap.request, merged.fitgap), {sheet: cells or {}} if cells else {}
    )


def everything(path: Path) -> str:
    """All words of all visible sheets."""
    opened = CalamineWorkbook.from_path(path)
    rows = [opened.get_sheet_by_name(name).to_python(False) for name in opened.sheet_names if not name.startswith("_")]
    return "\n".join(str(cell) for sheet in rows for line in sheet for cell in line)


@pytest.fixture
def books(tmp_path: Path) -> list[Path]:
    """Each 課 fills the four rows of its own sheet; three rows are filled by a second 課 as well, otherwise."""
    found = []
    for place, name in enumerate(OFFICES):
        own = {
            key: text
            for line in range(2, 6)
            for key, text in entry(line, "◎ 標準で対応", f"{name}の記入{line}", f"{name}係", "2026-11-10").items()
        }
        sheets: dict[int, dict[str, object]] = {place: dict(own)}
        if name == "会計課":  # writes on two sheets of others
            sheets[0] = dict(entry(2, "○ 運用で対応", "会計課の考え", "会計課出納係", "2026-11-12"))
            sheets[1] = dict(entry(3, "× 別途検討", "会計課の心配"))
        if name == "広報課":
            sheets[3] = dict(entry(5, "－ 利用しない", "広報課は使わない", "広報課", "令和8年11月20日"))
        found.append(handed_in(tmp_path, f"{name}.xlsx", SENT, sheets, f"{name}の端末", "2026-11-15T01:30:00Z"))
    return found


def test_21_merging_five_offices_finds_three_conflicts_with_who_and_when_and_loses_nothing(
    books: list[Path], tmp_path: Path
) -> None:
    merged = joined(*books)
    fitgap, tally = merged.fitgap, merged.tally
    assert fitgap.conflicts == [f"{N}01", f"{N}06", f"{N}16"]
    told_of = {one: [(each.who, each.when) for each in fitgap.rows[one].rivals] for one in fitgap.conflicts}
    assert told_of == {
        f"{N}01": [("園芸課係", "2026-11-10"), ("会計課出納係", "2026-11-12")],
        f"{N}06": [("台帳課係", "2026-11-10"), ("会計課の端末（ファイルを最後に保存した人）", "2026-11-15 10:30")],
        f"{N}16": [("情報課係", "2026-11-10"), ("広報課", "令和8年11月20日")],
    }
    assert (tally.read, tally.joined, tally.in_conflict, tally.listed) == (100, 85, 15, 0)
    assert tally.read == tally.joined + tally.in_conflict + tally.listed
    path = again(merged, tmp_path / "合本.xlsx")
    words = everything(path)
    for name in OFFICES:
        assert all(f"{name}の記入{line}" in words for line in range(2, 6))
    assert all(one in words for one in ("会計課の考え", "会計課の心配", "広報課は使わない"))
    assert fitgap.progress(ASKED.rows).decided == 17


def test_a_conflict_is_settled_in_the_joined_book_and_both_texts_are_kept(books: list[Path], tmp_path: Path) -> None:
    first = joined(*books)
    open_again = joined(again(first, tmp_path / "a.xlsx"))
    assert {one: row.rivals for one, row in open_again.fitgap.rows.items()} == {
        one: row.rivals for one, row in first.fitgap.rows.items()
    }
    settled = joined(
        again(first, tmp_path / "b.xlsx", dict(entry(2, "○ 運用で対応", "話し合った", "園芸課", "2026-12-01")))
    )
    one = settled.fitgap.rows[f"{N}01"]
    assert (one.rivals, one.version.entry.gap, one.judgement) == ((), "話し合った", Judgement.CHANGE)
    assert [each.entry.gap for each in one.past] == ["園芸課の記入2", "会計課の考え"]
    late = joined(again(settled, tmp_path / "c.xlsx"), *books)  # the same five books again open nothing that is settled
    assert late.fitgap.conflicts == [f"{N}06", f"{N}16"]
    assert all(
        text in everything(again(late, tmp_path / "d.xlsx")) for text in ("園芸課の記入2", "会計課の考え", "話し合った")
    )


def test_to_choose_one_of_the_two_is_to_settle(books: list[Path], tmp_path: Path) -> None:
    path = again(
        joined(*books),
        tmp_path / "a.xlsx",
        dict(entry(2, "○ 運用で対応", "会計課の考え", "会計課出納係", "2026-11-12")),
    )
    row = joined(path).fitgap.rows[f"{N}01"]
    assert (row.rivals, row.version.who, row.version.when) == ((), "会計課出納係", "2026-11-12")
    assert [one.entry.gap for one in row.past] == ["園芸課の記入2"]


def test_a_late_book_that_says_something_else_is_a_conflict_and_an_empty_one_is_none(tmp_path: Path) -> None:
    early = handed_in(tmp_path, "早.xlsx", SENT, {0: dict(entry(2, "◎ 標準で対応", "早い"))})
    both = again(joined(early), tmp_path / "合本.xlsx")
    late = handed_in(tmp_path, "遅.xlsx", SENT, {0: dict(entry(2, "◎ 標準で対応", "遅い"))})
    empty = handed_in(tmp_path, "空.xlsx", SENT, {})
    assert joined(both, empty).fitgap.conflicts == []
    assert joined(both, late).fitgap.conflicts == [f"{N}01"]


def test_two_who_change_the_same_joined_row_conflict_even_if_one_clears_it(tmp_path: Path) -> None:
    base = joined(handed_in(tmp_path, "元.xlsx", SENT, {0: dict(entry(2, "◎ 標準で対応", "元の文"))}))
    content = sent(ASKED, base.fitgap)
    clears = Book(content).fill({"E2": "", "F2": ""}, FIRST_SHEET)
    cleared = saved_by(clears, "甲", "2026-12-01T00:00:00Z").save(tmp_path / "消.xlsx")
    alone = joined(cleared).fitgap.rows[f"{N}01"]
    assert (alone.version.entry.is_blank, alone.past[0].entry.gap) == (True, "元の文")
    writes = handed_in(tmp_path, "書.xlsx", content, {0: {"F2": "新しい文"}}, "乙", "2026-12-02T00:00:00Z")
    row = joined(cleared, writes).fitgap.rows[f"{N}01"]
    assert [(one.entry.gap, one.who.split("（")[0]) for one in row.rivals] == [("", "甲"), ("新しい文", "乙")]
    assert [one.entry.gap for one in row.past] == ["元の文"]
    once_more = joined(again(joined(cleared, writes), tmp_path / "合本.xlsx"))
    assert len(once_more.fitgap.rows[f"{N}01"].rivals) == 2


def test_an_old_name_beside_a_changed_entry_is_not_believed(tmp_path: Path) -> None:
    base = joined(
        handed_in(tmp_path, "元.xlsx", SENT, {0: dict(entry(2, "◎ 標準で対応", "元", "園芸課", "2025-10-01"))})
    )
    changed = handed_in(
        tmp_path, "改.xlsx", sent(ASKED, base.fitgap), {0: {"F2": "改"}}, "台帳課PC", "2026-12-01T00:00:00Z"
    )
    version = joined(changed).fitgap.rows[f"{N}01"].version
    assert (version.who, version.when) == ("台帳課PC（ファイルを最後に保存した人）", "2026-12-01 09:00")


def test_widths_and_half_width_kana_make_no_conflict(tmp_path: Path) -> None:
    one = handed_in(tmp_path, "一.xlsx", SENT, {0: dict(entry(2, "◎ 標準で対応", "ｼｽﾃﾑの ﾊﾞｯﾁ処理"))})
    other = handed_in(tmp_path, "二.xlsx", SENT, {0: dict(entry(2, "◎", "システムのバッチ処理"))})
    row = joined(one, other).fitgap.rows[f"{N}01"]
    assert (row.rivals, row.version.entry.gap, row.judgement) == ((), "ｼｽﾃﾑの ﾊﾞｯﾁ処理", Judgement.STANDARD)


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("◎ 標準で対応", Judgement.STANDARD),
        ("〇", Judgement.CHANGE),
        ("ー", Judgement.STOP),
        ("□独自施策で残す", Judgement.APART),
        ("別途検討", Judgement.OPEN),
        ("対応可", None),
        ("", None),
    ],
)
def test_a_judgement_is_read_however_it_is_typed_and_never_guessed(cell: str, meaning: Judgement | None) -> None:
    assert judgement_of(cell) is meaning


def test_progress_counts_every_row_of_every_office_once(tmp_path: Path) -> None:
    cells = entry(2, "◎ 標準で対応") | entry(3, "× 別途検討") | entry(4, "対応可", "読めない判定")
    merged = joined(handed_in(tmp_path, "園芸課.xlsx", SENT, {0: dict(cells)}))
    one = merged.fitgap.of_sheets()["園芸課"]
    assert (one.rows, one.decided, one.open, one.unread, one.blank, one.rivals) == (4, 1, 1, 1, 1, 0)
    assert "  園芸課 1 / 4（別途検討 1、空欄 1、判定を読めない 1）" in told.render(merged)
    assert "  合計 1 / 20（別途検討 1、空欄 17、判定を読めない 1）" in told.render(merged)
    assert merged.fitgap.notes == (
        "園芸課.xlsx 園芸課!E4 判定「対応可」は一覧にありません。書かれたまま残し、判定済みには数えません。",
    )


def test_rows_that_belong_to_nothing_are_listed_and_survive_the_next_merge(tmp_path: Path) -> None:
    filled = Book(SENT).drop(5, FIRST_SHEET).add(9, {"C": "鉢を歌わせたい", "F": "課の望み"}, FIRST_SHEET)
    path = filled.add(10, {"A": "999-9.9.9-99", "F": "番号違い"}, FIRST_SHEET).save(tmp_path / "園芸課.xlsx")
    merged = joined(path)
    assert [(one.place, one.because) for one in merged.fitgap.listed] == [
        ("園芸課.xlsx 園芸課!A9", "要件番号のない行です。"),
        ("園芸課.xlsx 園芸課!A10", "要件番号「999-9.9.9-99」は、この本の要件にありません。"),
    ]
    assert (merged.tally.read, merged.tally.joined, merged.tally.listed) == (21, 19, 2)
    assert merged.fitgap.notes == (f"園芸課.xlsx 消された行が 1 行あります（{N}04）。合わせた本には戻します。",)
    once_more = joined(again(merged, tmp_path / "合本.xlsx"))
    assert once_more.fitgap.listed == merged.fitgap.listed
    assert len(once_more.fitgap.rows) == 20


def test_a_row_whose_hidden_number_is_gone_is_found_by_the_number_that_is_seen(tmp_path: Path) -> None:
    pasted = Book(SENT).drop(2, FIRST_SHEET).add(9, {"A": "９９９-1.1.1-01", "E": "◎", "F": "Word から"}, FIRST_SHEET)
    row = joined(pasted.save(tmp_path / "園芸課.xlsx")).fitgap.rows[f"{N}01"]
    assert row.version.entry == Entry("◎", "Word から")
    torn = Book(SENT).fill({"A2": f"{N}02", "F2": "ずれた行"}, FIRST_SHEET).save(tmp_path / "ずれ.xlsx")
    (one,) = joined(torn).fitgap.listed
    assert one.because == f"見える要件番号 {N}02 と、隠れた番号 {N}01 が違います。"
    assert "ずれた行" in one.text


def test_changed_words_of_the_standard_are_kept_and_told(tmp_path: Path) -> None:
    path = handed_in(tmp_path, "園芸課.xlsx", SENT, {0: {"C2": "鉢の記録を十年保存できること。", "E2": "◎"}})
    merged = joined(path)
    (one,) = merged.fitgap.listed
    assert (one.place, one.text) == ("園芸課.xlsx 園芸課!C2", "鉢の記録を十年保存できること。")
    assert merged.fitgap.rows[f"{N}01"].judgement is Judgement.STANDARD
    assert merged.tally.listed == 0
    assert told.has_to_be_looked_at(merged)


def test_a_sheet_of_their_own_and_words_beside_the_columns_are_listed(tmp_path: Path) -> None:
    filled = Book(SENT).fill({"A1": "課のメモ"}, 2).add(30, {"N": "欄の外"}, FIRST_SHEET)
    names = filled.parts["xl/workbook.xml"]
    filled.parts["xl/workbook.xml"] = names.replace("凡例・書き方".encode(), "課のメモ".encode())
    listed = joined(filled.save(tmp_path / "園芸課.xlsx")).fitgap.listed
    assert ("園芸課.xlsx 課のメモ!A1", "配った本にないシートです。") in [(one.place, one.because) for one in listed]
    assert any(one.text == "欄の外" for one in listed)


def test_a_number_of_a_person_is_told_with_its_cell(tmp_path: Path) -> None:
    path = handed_in(tmp_path, "園芸課.xlsx", SENT, {0: {"F2": "例 123456789018 の人"}})
    assert joined(path).fitgap.notes == (
        "園芸課.xlsx 園芸課!F2 個人番号のように見える数字があります。消してください。",
    )


def test_a_day_of_the_spreadsheet_is_a_day(tmp_path: Path) -> None:
    path = handed_in(tmp_path, "園芸課.xlsx", SENT, {0: {"E2": "◎", "I2": "園芸課", "J2": 46357}})
    assert joined(path).fitgap.rows[f"{N}01"].version.when == "2026-12-01"


# carried over ---------------------------------------------------------------------------------------------


def judged(**cells: str) -> FitGap:
    """Last year's book: every row judged ◎ by 園芸課."""
    fitgap = blank(ASKED)
    rows = {
        one: Row(Version(Entry("◎ 標準で対応", f"{one} の差"), "園芸課", "2025-10-01", "去年.xlsx"))
        for one in fitgap.rows
    }
    return replace(fitgap, rows={**rows, **{f"{N}{one}": Row(Version(Entry(text))) for one, text in cells.items()}})


def next_year(*changed: dict[str, object]) -> Edition:
    """The same twenty rows, but for those given."""
    numbers = {str(one["id"]): one for one in changed}
    rows = [dict(numbers.pop(one.id, one.row)) for one in majors().tables[0].requirements]
    return edition("0.2", *rows, *numbers.values())


def carried(tmp_path: Path, tables: Edition, old: FitGap, **cells: object) -> FitGap:
    path = handed_in(tmp_path, "去年.xlsx", sent(ASKED, old), {0: dict(cells)} if cells else {})
    return carry(five(tables), read_before(path))


def test_judgements_are_carried_where_text_and_obligation_are_the_same_and_listed_with_the_change_elsewhere(
    tmp_path: Path,
) -> None:
    text = row("02", "鉢の記録その2を十年保存できること。", major="章1")
    duty = row("03", "鉢の記録その3を保存できること。", major="章1", category=dict.fromkeys(CLASSES, "optional"))
    why = row("04", "鉢の記録その4を保存できること。", major="章1", rationale="理由だけが変わった。")
    added = row("21", "鉢を測れること。", major="章5")
    found = carried(tmp_path, next_year(text, duty, why, added), judged())
    fates = {one.requirement: (one.fate, one.told) for one in found.before}
    assert fates[f"{N}01"] == (Fate.CARRIED, "")
    assert fates[f"{N}04"] == (Fate.CARRIED, "")
    assert fates[f"{N}02"] == (
        Fate.RECHECK,
        "本文が変わりました。前: 鉢の記録その2を保存できること。 今: 鉢の記録その2を十年保存できること。",
    )
    assert fates[f"{N}03"] == (Fate.RECHECK, "実装区分が「実装必須」から「標準オプション」に変わりました。")
    assert fates[f"{N}21"] == (Fate.NEW, "")
    assert found.rows[f"{N}01"].version == Version(
        Entry("◎ 標準で対応", f"{N}01 の差"), "園芸課", "2025-10-01", "去年.xlsx"
    )
    assert all(found.rows[f"{N}{one}"].version.entry.is_blank for one in ("02", "03", "21"))
    assert sum(one.fate is Fate.CARRIED for one in found.before) == 18
    assert found.progress(found.request.rows).unchanged == 18
    words = everything(handed_in(tmp_path, "今年.xlsx", sent(found.request, found), {}))
    assert f"{N}02 の差" in words  # what has to be looked at again is not lost


def test_a_row_that_is_gone_or_has_another_number_is_listed_with_where_it_went(tmp_path: Path) -> None:
    rows = [dict(one.row) for one in majors().tables[0].requirements if one.id not in (f"{N}05", f"{N}06", f"{N}07")]
    same = row("31", "鉢の記録その5を保存できること。", major="章2")
    declared = row("32", "鉢の記録を六つまとめて保存できること。", major="章2", supersedes=[f"{N}06"])
    gone = {"id": f"{N}07", "edition": "2", "date": "2026-11-01", "because": "記録をやめたため。", "superseded_by": []}
    tables = edition("0.2", *rows, same, declared, retired=[gone])
    found = carried(tmp_path, tables, judged())
    fates = {one.requirement: one for one in found.before}
    assert fates[f"{N}31"].told == f"前回は {N}05 でした。"
    assert fates[f"{N}31"].version.entry.gap == f"{N}05 の差"
    assert fates[f"{N}32"].told.startswith(f"前回は {N}06 でした。本文が変わりました。")
    assert fates[f"{N}07"].fate is Fate.GONE
    assert fates[f"{N}07"].told == "記録をやめたため。前回の要件: 鉢の記録その7を保存できること。"
    assert fates[f"{N}05"].told.startswith(
        "今回の要件表にありません。記入は、新しい番号の行の「要再確認」にもあります。"
    )


def test_an_open_conflict_is_not_carried_and_an_empty_row_says_nothing(tmp_path: Path) -> None:
    old = judged(**{"02": ""})
    rivals = (Version(Entry("◎ 標準で対応", "甲"), "園芸課"), Version(Entry("× 別途検討", "乙"), "会計課"))
    found = carried(tmp_path, majors(), replace(old, rows={**old.rows, f"{N}01": Row(rivals=rivals)}))
    fates = {one.requirement: one for one in found.before}
    assert fates[f"{N}01"].fate is Fate.RECHECK
    assert fates[f"{N}01"].told == "前回の食い違いが残っています。2 つ目の記入: × 別途検討 / 乙 / 会計課。"
    assert f"{N}02" not in fates


def test_a_similar_body_of_another_class_gives_only_what_is_asked_of_both_alike(tmp_path: Path) -> None:
    only = row(
        "02",
        "鉢を区ごとに数えられること。",
        category=dict.fromkeys(CLASSES, "optional") | {"designated_city": "mandatory"},
    )
    tables = edition("0.1", row("01", "鉢を登録できること。"), only)
    great, city = request(GREAT_CITY, tables), request(CITY, tables)
    rows = {one: Row(Version(Entry("◎ 標準で対応"))) for one in blank(great).rows}
    path = handed_in(tmp_path, "大市.xlsx", sent(great, replace(blank(great), rows=rows)), {})
    found = carry(city, read_before(path))
    assert [(one.requirement, one.fate) for one in found.before] == [
        (f"{N}01", Fate.CARRIED),
        (f"{N}02", Fate.RECHECK),
    ]


def test_what_was_carried_goes_through_a_merge_and_back(tmp_path: Path) -> None:
    text = row("02", "鉢の記録その2を十年保存できること。", major="章1")
    found = carried(tmp_path, next_year(text), judged())
    path = handed_in(
        tmp_path, "園芸課.xlsx", sent(found.request, found), {0: {"E2": "× 別途検討"}}, "甲", "2026-12-01T00:00:00Z"
    )
    back = merge(found.request, [read_filled(path, found.request)]).fitgap
    assert back.before == found.before
    assert back.rows[f"{N}01"].past[0].entry.judgement == "◎ 標準で対応"
    one = back.of_sheets()["園芸課"]
    assert (one.decided, one.unchanged, one.open, one.blank) == (2, 2, 1, 1)


# the book -------------------------------------------------------------------------------------------------


def test_the_same_judgements_give_the_same_bytes_and_paper_is_set() -> None:
    assert sent(ASKED) == SENT
    part = Book(render(blank(ASKED), ASKED.sheets, Paper.A3)).parts["xl/worksheets/sheet3.xml"].decode()
    assert 'paperSize="8"' in part
    assert 'paperSize="9"' in Book(SENT).parts["xl/worksheets/sheet3.xml"].decode()


def test_progress_on_the_cover_counts_by_itself(tmp_path: Path) -> None:
    content = render(judged(**{"02": "× 別途検討", "03": ""}), ASKED.sheets, Paper.A4)
    cover = unescape(Book(content).parts["xl/worksheets/sheet1.xml"].decode(), {"&quot;": '"'})
    assert "COUNTIF('園芸課'!$E$2:$E$5,\"◎*\")+COUNTIF('園芸課'!$E$2:$E$5,\"○*\")" in cover
    path = handed_in(tmp_path, "a.xlsx", content, {})
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(book.COVER).to_python(False)
    assert ["園芸課", 4, 2, 1, 1] in [line[:5] for line in rows]
    assert ["合計", 20, 18, 1, 1] in [line[:5] for line in rows]


def test_a_book_of_one_office_lacks_no_row_of_the_others(tmp_path: Path) -> None:
    content = render(blank(ASKED), ["台帳課"], Paper.A4)
    found = joined(handed_in(tmp_path, "台帳課.xlsx", content, {0: dict(entry(2, "◎ 標準で対応"))}))
    assert found.fitgap.notes == ()
    assert found.tally.read == 4
    assert found.fitgap.rows[f"{N}05"].judgement is Judgement.STANDARD


def test_properties_that_nobody_can_read_name_nobody(tmp_path: Path) -> None:
    filled = Book(SENT).fill(dict(entry(2, "◎", "差")), FIRST_SHEET)
    filled.parts["docProps/core.xml"] = b"<broken"
    version = joined(filled.save(tmp_path / "園芸課.xlsx")).fitgap.rows[f"{N}01"].version
    assert (version.who, version.when) == ("不明", "不明")
    assert last_change(SENT).who == ""
    never = joined(handed_in(tmp_path, "未.xlsx", SENT, {0: dict(entry(2, "◎", "差"))})).fitgap.rows[f"{N}01"].version
    assert (never.who, never.when) == ("不明", "不明")


# what cannot be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["~$園芸課.xlsx", ".~lock.園芸課.xlsx#"])
def test_a_book_that_is_open_is_not_read(lock: str, tmp_path: Path) -> None:
    path = handed_in(tmp_path, "園芸課.xlsx", SENT, {})
    assert books_in([tmp_path]) == [path]
    (tmp_path / lock).write_bytes(b"\x05user" + b" " * 160)
    for place in (tmp_path, path, tmp_path / lock):
        with pytest.raises(ConfigurationError) as caught:
            books_in([place])
        assert "開い" in str(caught.value)
        assert "保存して閉じてもらい" in caught.value.problems[0].hint
        assert "園芸課.xlsx" in str(caught.value)


def test_leavings_of_the_system_are_no_books_and_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    with pytest.raises(ConfigurationError, match="フォルダーに本がありません"):
        books_in([tmp_path])
    (tmp_path / "下").mkdir()
    inner = handed_in(tmp_path / "下", "園芸課.xlsx", SENT, {})
    assert books_in([tmp_path, inner]) == [inner]


def test_a_book_of_another_profile_or_edition_is_refused_with_what_differs(tmp_path: Path) -> None:
    other = five(next_year(row("02", "別の文であること。", major="章1")))
    path = handed_in(tmp_path, "園芸課.xlsx", sent(other), {})
    with pytest.raises(ConfigurationError) as caught:
        read_filled(path, ASKED)
    told_of = str(caught.value)
    assert "版が、この条件のものと違います（ブックは 0.2、条件は 0.1）。" in told_of
    assert "要件（番号、本文、実装区分）が、この条件のものと違います" in told_of
    assert "kijun fitgap new の --from で引き継ぎます" in told_of


def test_headings_that_are_gone_are_told_with_their_cell(tmp_path: Path) -> None:
    path = Book(SENT).fill({"F1": "差", "G1": ""}, FIRST_SHEET).save(tmp_path / "園芸課.xlsx")
    with pytest.raises(ConfigurationError) as caught:
        read_filled(path, ASKED)
    assert "見出しの行（園芸課!A1）に、「現行との差」「対応の方針」の列がありません。" in str(caught.value)

"""What a careful editor would mark in a table, rule by rule, with what must not be marked beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from edition_rows import CLASSES, SLUG, row, table

from kijun.catalog.catalog import Catalog
from kijun.catalog.editorial_rules import read_editorial_rules
from kijun.catalog.root import shipped_root, suite_files
from kijun.model.glossary import Glossary, Operation, Word
from kijun.publishing.editorial.findings import Finding
from kijun.publishing.editorial.review import Review, review

RULES = read_editorial_rules(shipped_root())
GLOSSARY = Glossary(
    words=(Word("札", "tag", "document"), Word("配達の控え", "slip", "document"), Word("高さ", "height", "count")),
    operations=(
        Operation("鉢の登録", "plant_pot", "command", (), ()),
        Operation("水やり", "water_pot", "command", (), ()),
        Operation("鉢の破壊", "smash_pot", "command", (), (), prohibited=True),
    ),
)
NEVER = dict.fromkeys(CLASSES, "prohibited")
PLAIN = "鉢を一覧にできること。"


def reviewed(*rows: Mapping[str, Any], retired: Iterable[Any] = ()) -> Review:
    tables = (table(rows, SLUG, retired),)
    return review(Catalog(Path("nowhere"), GLOSSARY, tables, {}, ""), RULES)


def found(*rows: Mapping[str, Any], kind: str, retired: Iterable[Any] = ()) -> list[Finding]:
    return [one for one in reviewed(*rows, retired=retired).findings if one.kind == kind]


def kinds(text: str, **cells: Any) -> list[str]:
    return [one.kind for one in reviewed(row("01", text, **cells)).findings]


@pytest.mark.parametrize("word", ["適宜", "できるだけ", "柔軟に", "必要に応じて"])
def test_an_ambiguous_word_is_marked_with_its_cost_to_a_bidder(word: str) -> None:
    (one,) = found(row("01", f"{word}鉢を一覧にできること。"), kind="vague")
    assert one.requirement == "999-1.1.1-01"
    assert one.marked[0] in word
    assert "応札者" in one.why
    assert one.suggestion


@pytest.mark.parametrize("text", ["二十分以内に鉢を一覧にできること。", "「適宜」と書いた鉢を一覧にできること。"])
def test_a_longer_word_and_a_quotation_are_not_marked(text: str) -> None:
    assert "vague" not in kinds(text)


def test_the_open_list_is_counted_with_its_rows() -> None:
    rows = [
        row("01", "鉢、皿等を一覧にできること。"),
        row("02", "等級ごとの鉢、均等割及び同等の皿を数えられること。"),
        row("03", "鉢等の水やり等を数えられること。"),
    ]
    assert reviewed(*rows).word_rows() == {"等": ["999-1.1.1-01", "999-1.1.1-03"]}
    assert "2 か所" in found(*rows, kind="open_list")[1].told


@pytest.mark.parametrize(
    "text",
    [
        "鉢に水をやり、皿の水を捨てられること。",
        "鉢を登録でき、枯れた鉢を登録しないこと。",
        "鉢の登録及び廃棄ができること。",
        "鉢を数えるとともに、皿を数えられること。",
        "鉢を数えられること及び皿を数えられること。",
        "鉢を数えられること。なお、皿は数えない。",
    ],
)
def test_two_claims_in_a_row_are_marked(text: str) -> None:
    assert kinds(text) == ["compound"]


@pytest.mark.parametrize(
    "text",
    [
        "鉢を登録し、照会できること。",
        "鉢を一括で取り込み、台帳に反映できること。",
        "鉢、皿及び土を一覧にできること。",
        "水やりの日により、鉢を並べられること。",
        "土の受入れ、廃棄及び貸与を数えられること。",
        "理由とともに鉢を廃棄できること。",
    ],
)
def test_one_claim_in_many_words_is_not_marked(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize("text", ["鉢を分かりやすく示せること。", "鉢を迅速に登録できること。", "鉢の一覧の表示。"])
def test_what_nobody_can_test_is_marked(text: str) -> None:
    assert kinds(text) == ["untestable"]


def test_a_row_that_is_not_tested_is_marked() -> None:
    assert kinds(PLAIN, verification={"method": "not_testable", "because": "試験"}) == ["untestable"]


@pytest.mark.parametrize(
    "reason", ["未定", "要検討。", "要る。", "業務上必要なため。", "鉢を一覧にできること。", "鉢を一覧にできるため。"]
)
def test_a_reason_that_says_nothing_is_marked(reason: str) -> None:
    assert kinds(PLAIN, rationale=reason) == ["rationale"]


def test_a_reason_that_says_something_is_not_marked() -> None:
    assert kinds(PLAIN, rationale="枯れた鉢を売らないため。") == []


def test_a_number_that_is_not_there_is_a_broken_reference() -> None:
    (one,) = found(row("01", "999-1.1.1-77 の鉢を一覧にできること。"), kind="reference")
    assert one.marked == ("999-1.1.1-77",)
    assert kinds("999-1.1.1-01 の鉢を一覧にできること。") == []


def test_a_retired_number_is_told_with_what_follows_it() -> None:
    old = {"id": "999-1.1.1-07", "edition": "1", "because": "試験", "superseded_by": ["999-1.1.1-01"]}
    (one,) = found(row("01", "999-1.1.1-07 の鉢を一覧にできること。"), kind="reference", retired=[old])
    assert "999-1.1.1-01" in one.suggestion


def test_a_successor_and_a_predecessor_have_to_be_there() -> None:
    old = {"id": "999-1.1.1-07", "edition": "1", "because": "試験", "superseded_by": ["999-1.1.1-66"]}
    whole = reviewed(row("01", PLAIN, supersedes=["999-1.1.1-55"]), retired=[old])
    assert [one.told for one in whole.everything if one.kind == "reference"] == [
        "前の要件として 999-1.1.1-55 を挙げていますが、表にも廃止した番号にもありません。",
        "廃止した要件 999-1.1.1-07 の後継 999-1.1.1-66 がありません。",
    ]


def test_a_part_of_a_document_has_to_be_in_the_table() -> None:
    assert kinds("1.3.6 に定める鉢を一覧にできること。") == ["reference"]
    assert kinds("1.1.1 に定める鉢を一覧にできること。") == []


def test_a_pointing_word_has_nothing_to_point_at() -> None:
    assert kinds("別紙の鉢を一覧にできること。") == ["reference"]


@pytest.mark.parametrize(
    "text", ["「枯れ鉢」を一覧にできること。", "XKCD を一覧にできること。", "プランターを数えられること。"]
)
def test_a_term_that_nothing_defines_is_marked(text: str) -> None:
    assert kinds(text) == ["undefined"]


@pytest.mark.parametrize(
    "text",
    ["「高さ」を一覧にできること。", "PDFを一覧にできること。", "枯れた鉢（以下「枯れ鉢」という。）を数えられること。"],
)
def test_a_term_that_something_defines_is_not_marked(text: str) -> None:
    assert "undefined" not in kinds(text)


def test_a_form_that_no_row_lists_is_an_orphan_and_costs_no_chapter_a_point() -> None:
    whole = reviewed(row("01", "鉢の数を示せること。", documents=["tag"]))
    assert [(one.kind, one.marked) for one in whole.loose] == [("orphan", ("配達の控え",))]
    assert whole.chapters[0].score == 100


def test_a_form_that_the_text_names_belongs_among_its_documents() -> None:
    assert kinds("配達の控えを印刷できること。") == ["unlinked"]
    assert kinds("配達の控えを印刷できること。", documents=["slip"]) == []


def test_the_same_text_under_another_obligation_is_a_contradiction() -> None:
    rows = row("01", PLAIN), row("02", "鉢を 一覧にできること。", category=NEVER, operations=[])
    (one,) = found(*rows, kind="contradiction")
    assert (one.requirement, one.others) == ("999-1.1.1-02", ("999-1.1.1-01",))


def test_the_same_text_for_other_groups_or_on_other_days_is_none() -> None:
    here = dict.fromkeys(CLASSES, "none") | {"town_village": "mandatory"}
    there = dict.fromkeys(CLASSES, "optional") | {"town_village": "none"}
    assert not found(row("01", PLAIN, category=here), row("02", PLAIN, category=there), kind="contradiction")
    early = {"from": "2020-04-01", "to": "2021-03-31", "basis": "試験用", "source": "estimated"}
    late = {"from": "2021-04-01", "basis": "試験用", "source": "estimated"}
    optional = dict.fromkeys(CLASSES, "optional")
    rows = row("01", PLAIN, effective=early), row("02", PLAIN, effective=late, category=optional)
    assert not found(*rows, kind="contradiction")


def test_the_same_text_twice_is_a_duplicate() -> None:
    assert len(found(row("01", PLAIN), row("02", PLAIN), kind="duplicate")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("枯れた鉢を登録できること。", "枯れた鉢を登録できないこと。"),
        ("枯れた鉢を登録すること。", "枯れた鉢を登録しないこと。"),
        ("枯れた鉢に印を持つこと。", "枯れた鉢に印を持たないこと。"),
    ],
)
def test_the_opposite_under_the_same_obligation_is_a_contradiction(one: str, other: str) -> None:
    assert len(found(row("01", one), row("02", other), kind="contradiction")) == 1
    assert not found(row("01", one), row("02", other, category=NEVER, operations=[]), kind="contradiction")


def test_another_number_for_the_same_thing_is_a_contradiction() -> None:
    (one,) = found(row("01", "記録を5年間残すこと。"), row("02", "記録を七年間残すこと。"), kind="contradiction")
    assert "5 と 七" in one.told
    assert not found(row("01", "記録を5年間残すこと。"), row("02", "控えを7年間残すこと。"), kind="contradiction")


def test_what_one_row_forbids_another_may_not_need() -> None:
    rows = (
        row("01", "鉢を破壊する機能を持たないこと。", category=NEVER, operations=["smash_pot", "plant_pot"]),
        row("02", "破片を数えられること。", operations=["water_pot", "smash_pot"]),
        row("03", PLAIN, operations=["plant_pot"]),
    )
    (one,) = found(*rows, kind="contradiction")
    assert (one.requirement, one.others) == ("999-1.1.1-02", ("999-1.1.1-01",))
    assert "鉢の破壊" in one.told


def test_a_mandatory_row_may_not_stand_on_an_option() -> None:
    option = dict.fromkeys(CLASSES, "optional")
    needs = row("02", "水の量を示せること。", operations=["plant_pot", "water_pot"])
    rows = row("01", "鉢に水をやれること。", category=option, operations=["water_pot"]), needs
    (one,) = found(*rows, kind="contradiction")
    assert (one.requirement, one.others) == ("999-1.1.1-02", ("999-1.1.1-01",))
    must = row("03", "鉢に湯をやれること。", operations=["water_pot"])
    assert not found(*rows, must, kind="contradiction")


CHECK_DIGIT = "番号の最下位の一桁を検査数字とし、算出方式をモジュラス１１とする。余りが０の場合、検査数字は０とする。"


def test_a_check_digit_rule_silent_at_a_remainder_is_flagged() -> None:
    """The rule of 住民記録 1.1.13 in other words: remainder 0 is decided, remainder 1 is not."""
    (one,) = found(row("13", CHECK_DIGIT), kind="gap")
    assert "（剰余 1）" in one.told


def test_another_row_of_the_function_may_decide_the_remainder() -> None:
    rest = row("14", "検査数字の計算で剰余が1となる番号を用いないこと。")
    assert not found(row("13", CHECK_DIGIT), rest, kind="gap")
    assert len(found(row("13", CHECK_DIGIT), {**rest, "name": "別の機能"}, kind="gap")) == 1


@pytest.mark.parametrize(
    ("rule", "silent"),
    [
        ("11で割った余りによりチェックデジットを付けること。", "（剰余 0、1）"),
        ("11で割った余りによりチェックデジットを付け、余りが1以下のときは0とすること。", ""),
        ("10で割った余りによりチェックデジットを付けること。", "（剰余 0）"),
        ("9で割った余りによりチェックデジットを付けること。", ""),
        ("鉢を11で割った余りを示せること。", ""),
    ],
)
def test_silent_remainders_are_computed(rule: str, silent: str) -> None:
    gaps = found(row("01", rule), kind="gap")
    assert bool(gaps) == bool(silent)
    assert not gaps or silent in gaps[0].told


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("10万円未満の鉢を下段に、10万円を超える鉢を上段に置けること。", "どちらにも"),
        ("5個以上の鉢を割引とし、5個以下の鉢を定価とすること。", "両方に"),
        ("5個以上の鉢を割引とし、5個未満の鉢を定価とすること。", ""),
    ],
)
def test_the_bound_itself_belongs_to_one_side(text: str, word: str) -> None:
    gaps = found(row("01", text), kind="gap")
    assert bool(gaps) == bool(word)
    assert not gaps or word in gaps[0].told


def test_an_odd_amount_needs_a_way_to_round() -> None:
    assert kinds("料金の端数を処理できること。") == ["gap"]
    assert kinds("料金の端数を切り捨てられること。") == []
    assert kinds("料金の端数を最初の月に合算できること。") == []


def test_the_score_is_the_mean_of_what_rows_keep() -> None:
    """Two chapters; 50 of 100 for one word, never less than nothing, rounded down."""
    rows = [
        row("01", "適宜鉢を一覧にできること。"),
        row("02", "適宜、柔軟に、できるだけ皿を一覧にできること。"),
        row("03", PLAIN),
        row("04", "皿を一覧にできること。", major="皿"),
    ]
    chapters = [(one.title, one.rows, one.score) for one in reviewed(*rows).chapters]
    assert chapters == [("鉢", 3, 50), ("皿", 1, 100)]


def test_the_shipped_tables_score_and_leave_no_case_open() -> None:
    """Our own check digit: one row tells what happens at remainder 1, another at remainder 0."""
    catalog = Catalog.load(shipped_root())
    whole = review(catalog, RULES)
    assert not [one for one in whole.findings if one.kind == "gap"]
    assert not [one for one in whole.findings if one.kind in ("contradiction", "duplicate", "reference")]
    assert len(whole.word_rows()["等"]) == 7
    assert sum(one.rows for one in whole.chapters) == whole.rows == len(catalog.requirements)


def test_words_of_editors_and_headings_of_books_decide_no_verdict() -> None:
    names = [name for name, _ in suite_files(shipped_root())]
    assert any(name.startswith("requirements/glossary/") for name in names)
    assert not [name for name in names if name.startswith(("requirements/lint/", "requirements/import/"))]

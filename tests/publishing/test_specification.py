"""The document before it is set: everything of an edition, where a reader looks for it, and nothing else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from edition_rows import edition, row
from miniature import FEES, LEDGER, SEEN, SMASHING, Miniature
from published import dressed, gathered

from kijun.catalog.catalog import Catalog
from kijun.engine.printed import scenario_texts
from kijun.engine.suite import Suite
from kijun.model.edition import Edition
from kijun.publishing.specification import Part, specification


def test_the_parts_stand_in_the_order_of_a_standard_specification() -> None:
    assert [one.label for one in Part if not one.is_annex] == [
        "本仕様書について",
        "業務フロー",
        "機能要件",
        "帳票要件",
        "データ要件",
        "連携要件",
        "非機能要件",
        "用語",
    ]
    assert [one.number for one in Part] == [*"12345678", "別紙1", "別紙2", "別紙3", "別紙4"]


def test_every_row_is_there_once_under_its_place(mini: Miniature) -> None:
    found = gathered(mini)
    (business,) = found.businesses
    assert (business.number, business.name) == ("999", "鉢植え台帳")
    assert [one.id for one in found.rows] == list(Catalog.load(mini.root).requirements)
    (major,) = business.majors
    (middle,) = major.middles
    assert (major.title, middle.number, middle.title) == ("鉢", "1.1", "台帳")
    assert [(one.number, one.name) for one in middle.functions][:2] == [("1.1.1", "料金"), ("1.1.2", "台帳")]


def test_rows_of_one_place_come_together_even_if_the_table_separates_them(mini: Miniature) -> None:
    catalog = Catalog.load(mini.root)
    scattered = edition(
        "1", row("01", "水の量を記録できること。"), row("02", "肥料の量を記録できること。", middle="肥料")
    )
    third = edition("1", row("03", "鉢の数を記録できること。"))
    (table,) = scattered.tables
    whole = Edition("1", (replace(table, requirements=table.requirements + third.tables[0].requirements),))
    (business,) = specification(whole, catalog).businesses
    assert [[one.id[-2:] for one in middle.rows] for middle in business.middles] == [["01", "03"], ["02"]]


def test_an_outline_is_printed_once_with_its_examples(mini: Miniature) -> None:
    fees = next(one for one in gathered(mini).rows if one.id == FEES)
    (outline,) = fees.scenarios
    assert outline.name == "<大きさ>の鉢の料金は<料金>である"
    assert outline.cases == 2
    assert outline.examples[0].table.rows == (("小", "100円"), ("大", "1,000円"))
    assert outline.steps[1].table is not None
    assert outline.steps[1].table.rows == (("<大きさ>",),)
    assert outline.operations == ("plant_pot", "price_pot")


def test_a_canary_is_no_part_of_the_specification(mini: Miniature) -> None:
    texts = scenario_texts(Suite.load(mini.root))
    assert len(texts) == 5
    assert all("必ず失敗" not in one.name for one in texts)


def test_scenarios_of_one_name_are_told_apart_and_keep_their_keys_when_the_file_grows(mini: Miniature) -> None:
    before = [one.key for one in scenario_texts(Suite.load(mini.root))]
    mini.edit(mini.feature, "シナリオ: 水の量が記録される", "シナリオ: 登録した鉢が一覧にある")
    mini.edit(mini.feature, "機能: 鉢植え台帳", "機能: 鉢植え台帳\n  鉢を登録し、数える。")
    after = [one.key for one in scenario_texts(Suite.load(mini.root))]
    assert after[:4] == before[:4]
    assert len({*after}) == 5


def test_a_row_knows_its_defects_and_the_document_its_rows(mini: Miniature) -> None:
    found = gathered(dressed(mini))
    fees = next(one for one in found.rows if one.id == FEES)
    assert [one.name for one in fees.defects] == ["RoundsUp"]
    assert [one.name for one in found.defects] == ["RoundsUp"]
    (tag,) = found.documents
    assert (tag.word.label, tag.named_by, tag.result_of) == ("札", (FEES,), ("plant_pot",))
    assert [one.word.label for one in tag.fields] == ["名札", "大きさ", "料金"]
    priced = next(one for one in found.operations if one.operation.key == "price_pot")
    assert priced.requirements == (FEES,)


def test_a_law_names_every_row_that_rests_on_it(mini: Miniature) -> None:
    (law,) = gathered(mini).laws
    (article,) = law.articles
    assert law.name == "架空法"
    assert len(article.requirements) == 6


def test_a_part_without_content_says_so(mini: Miniature) -> None:
    found = gathered(mini, defects=())
    assert [one for one in Part if found.silence(one)] == [Part.FLOWS, Part.LINKAGE, Part.QUALITY, Part.DEFECTS]
    assert "要らないことを意味しません" in found.silence(Part.QUALITY)


def test_what_an_edition_did_to_a_row_is_told_with_the_cells(mini: Miniature) -> None:
    today = Catalog.load(mini.root).tables
    first = today[0].requirements[0]
    older = replace(
        first,
        text="大きさに応じた額を計算できること。",
        row={**first.row, "text": "大きさに応じた額を計算できること。"},
    )
    kept = tuple(one for one in today[0].requirements[1:] if one.id != SEEN)
    before = Edition("0.1", (replace(today[0], requirements=(older, *kept)),), date(2026, 1, 1), digest="0" * 64)
    found = gathered(mini, [before])
    marks = {one.id: [(mark.kind, mark.cells) for mark in one.editions] for one in found.rows}
    assert marks[FEES] == [("改正", ("要件文",))]
    assert marks[SEEN] == [("新設", ())]
    assert marks[LEDGER] == []
    assert [one.edition for one in found.editions] == ["0.1", "今の要件表"]
    assert dict(found.editions[1].counts) == {"変わらない": 4, "改正": 1, "新設": 1}


def test_a_frozen_edition_is_told_without_the_later_ones(mini: Miniature) -> None:
    tables = Catalog.load(mini.root).tables
    editions = [Edition(name, tables, date(2026, 1, day), digest="0" * 64) for day, name in enumerate("123", start=1)]
    found = specification(editions[1], Catalog.load(mini.root), editions=editions)
    assert [one.edition for one in found.editions] == ["1", "2"]
    assert found.cover.label == "2版（2026-01-02）"
    assert any("作成したとき" in one for one in found.cover.caveats)


def test_an_operation_that_the_glossary_lost_is_shown_by_its_key(mini: Miniature) -> None:
    tables = edition("1", row("01", "水の量を記録できること。", operations=["dry_pot"], documents=["leaflet"]))
    found = specification(tables, Catalog.load(mini.root))
    gone = next(one for one in found.operations if not one.is_known)
    assert (gone.operation.key, gone.requirements) == ("dry_pot", ("999-1.1.1-01",))
    assert [one.word.key for one in found.documents] == ["tag", "leaflet"]


def test_a_draft_is_never_shown_as_the_ministrys(mini: Miniature) -> None:
    cover = gathered(mini).cover
    assert cover.status == "案"
    assert "省庁が公表した標準仕様書ではなく" in cover.caveats[0]
    assert "推定の要件が 6 件" in cover.caveats[1]
    assert "公式の機能IDではありません" in cover.caveats[2]


def test_words_that_only_another_business_needs_are_left_out(mini: Miniature) -> None:
    other = GLOSSARY_OF_ANOTHER
    mini.write("requirements/glossary/fern_register.yaml", other)
    catalog = Catalog.load(mini.root)
    fern = replace(catalog.tables[0], business="fern_register")
    both = replace(catalog, tables=(*catalog.tables, fern))
    whole = specification(Edition("1", both.tables), both)
    alone = specification(Edition("1", catalog.tables), both)
    assert "frond" in {one.key for one in whole.glossary.words}
    assert "frond" not in {one.key for one in alone.glossary.words}
    assert "plant_fern" not in {one.operation.key for one in alone.operations}
    assert {one.key for one in alone.glossary.words} >= {"pot_id", "tag", "fee"}


def test_prohibited_operations_are_in_the_annex(mini: Miniature) -> None:
    smash = next(one for one in gathered(mini).operations if one.operation.key == "smash_pot")
    assert smash.operation.prohibited
    assert next(one for one in gathered(mini).rows if one.id == SMASHING).scenarios


GLOSSARY_OF_ANOTHER = """\
glossary:
  business: "fern_register"
  source: "試験用"
words:
  - { label: "葉の数", key: "frond", type: "count" }
operations:
  - { label: "しだの登録", key: "plant_fern", kind: "command", input: ["frond"], result: [] }
"""

"""Shares: the same month under three rules, and every doubtful line told."""

from __future__ import annotations

from pathlib import Path

import pytest
from adoptions import BUSINESSES, CODES, REGISTRY, SLUGS, SYSTEMS, line, published_month, read, written
from python_calamine import CalamineWorkbook

from kijun.catalog.body_registry import SHIPPED as SHIPPED_REGISTRY
from kijun.catalog.body_registry import read_registry
from kijun.catalog.root import shipped_root
from kijun.model.errors import CatalogError, ConfigurationError
from kijun.model.requirement import MunicipalityClass
from kijun.procurement import kpi_papers
from kijun.procurement.adoption import COLUMNS, Adoption
from kijun.procurement.kpi import Definition, Month, Share, measure, read_definitions

SHIPPED = shipped_root() / "requirements" / "kpi" / "definitions.yaml"
SAPPORO, HAKODATE = "011002", "012025"


def definitions() -> list[Definition]:
    return read_definitions(SHIPPED, BUSINESSES)[1]


def month(adoption: Adoption) -> Month:
    return measure(adoption, definitions(), REGISTRY, BUSINESSES)


def result(adoption: Adoption, name: str) -> str:
    return next(one.headline for one in month(adoption).results if one.definition.id == name)


def problems(path: Path) -> list[str]:
    with pytest.raises(ConfigurationError) as told:
        read(path)
    return [str(one).removeprefix(f"{path}:") for one in told.value.problems]


def test_28_the_same_month_under_three_definitions_gives_three_numbers_each_with_its_rule(tmp_path: Path) -> None:
    told = kpi_papers.render([month(read(written(tmp_path / "a.csv", published_month())))], "出典", BUSINESSES.labels)
    lines = told.splitlines()
    for title, headline, counted in (
        ("全業務を終えた団体の割合", "4.0%", "  70/1,741 団体"),
        ("業務ごとに見た、終えた団体の割合（住民記録と税4業務の幅）", "26–29%", ""),
        ("移行を終えたシステムの割合", "38.4%", "  13,283/34,592 システム"),
    ):
        at = lines.index(f"〔第二階層〕{title}: {headline}")
        assert lines[at + 1].startswith("  計算の仕方: ")
        assert not counted or lines[at + 2] == counted
    assert "個人住民税 26.1%（455/1,741）" in told
    assert "住民基本台帳 28.7%（499/1,741）" in told
    assert "分母が二つあります。登録簿の団体×業務は 34,820、データの行（対象外を除く）は 34,592 です" in told


def test_targets_of_the_first_tier_say_how_many_businesses_they_mean(tmp_path: Path) -> None:
    told = kpi_papers.render(
        [month(read(written(tmp_path / "a.csv", [line(SAPPORO, SLUGS["6"])])))], "", BUSINESSES.labels
    )
    of_17 = told[told.index("住民記録と16業務") :]
    assert "目標: 令和4年3月31日までに 40%（7 業務）" in of_17
    assert "目標: 令和5年3月31日までに 90%（16 業務）" in of_17


def test_the_registry_is_what_its_head_says() -> None:
    assert len(REGISTRY.counted) == 1741
    assert set(REGISTRY.not_counted).isdisjoint(REGISTRY.bodies)
    assert {one.successor for one in REGISTRY.ended.values()} <= set(REGISTRY.bodies)


def test_a_registry_that_is_not_what_its_head_says_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry.yaml"
    text = SHIPPED_REGISTRY.read_text(encoding="utf-8")
    for old, new in (("bodies: 1741", "bodies: 1742"), ("016951", "016952"), ("016977", SAPPORO), ("993018", "993034")):
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as told:
        read_registry(path)
    assert [one.message for one in told.value.problems] == [
        "団体の数は 1741 です（1742 と書かれています）。",
        "団体コード 016952 の検査数字が合いません。",
        "団体コード 011002 は municipalities.csv にもあります。",
        "後継の団体 993034 がありません。",
    ]


def test_shares_by_class_add_up_to_the_whole(tmp_path: Path) -> None:
    found = {one.definition.id: one for one in month(read(written(tmp_path / "a.csv", published_month()))).results}
    bodies = found["bodies_all_businesses"]
    assert sum(one.numerator for one in bodies.by_class.values()) == 70
    assert bodies.by_class[MunicipalityClass.DESIGNATED_CITY].denominator == 20
    systems = found["systems_live"]
    assert sum(one.denominator for one in systems.by_business.values()) == 34_592


@pytest.mark.parametrize(
    ("share", "shown"),
    [(Share(1, 8), "12.5"), (Share(5, 1000), "0.5"), (Share(1, 2000), "0.1"), (Share(0, 5), "0.0"), (Share(0, 0), "―")],
)
def test_halves_are_rounded_up_and_nothing_is_divided_by_zero(share: Share, shown: str) -> None:
    assert share.percent(1) == shown


def test_a_business_that_a_body_does_not_have_is_no_part_of_its_shares(tmp_path: Path) -> None:
    one = {number: line(SAPPORO, slug, "稼働", 40) for number, slug in SLUGS.items()}
    one["6"] = line(SAPPORO, SLUGS["6"], "対象外", 0)
    adoption = read(written(tmp_path / "a.csv", one.values()))
    found = {each.definition.id: each for each in month(adoption).results}
    assert found["bodies_all_businesses"].total == Share(1, 1741)
    assert found["bodies_per_business"].by_business["6"] == Share(0, 1740)
    assert found["systems_live"].total == Share(19, 19)


def test_every_doubtful_line_is_told_at_once(tmp_path: Path) -> None:
    tax = SLUGS["6"]
    path = written(
        tmp_path / "a.csv",
        [
            line("", tax, prefecture="北海道", name="泊村"),
            line("993026", tax),
            line("011003", tax),
            line("016969", tax),
            line("010006", tax),
            line("992011", tax),
            line("11002", tax),
            line("", tax, prefecture="北海道", name="函館"),
            line(SAPPORO, tax, name="函館市"),
            line(SAPPORO, "軽自動車ぜい"),
            line(SAPPORO, tax, "移行済", 41, conformance="yes", as_of="令和8年1月"),
        ],
    )
    told = problems(path)
    assert told[0].startswith("2: 「北海道泊村」は 2 つあります: 014036（北海道泊村）、016969（北方領土の村")
    assert told[1].startswith(
        "3: 架空県旧架空町（993026）は 2026-04-01 に合併などでなくなりました。 → 架空県架空町（993018）"
    )
    assert told[2] == "4: 団体コード 011003 の検査数字が合いません。 → 先頭5桁が正しければ末尾は 2 です。"
    assert told[3].startswith("5: 北海道泊村（016969）は数えません。")
    assert told[4].startswith("6: 団体コード 010006 は都道府県です。")
    assert told[5].startswith("7: 団体コード 992011 は架空の団体です。")
    assert told[6].startswith("8: 団体コード「11002」が6桁の数字ではありません。 → 先頭の 0 が落ちて")
    assert "北海道函館市 012025 のことなら" in told[7]
    assert told[8].startswith("10: 団体コード 011002 は「北海道札幌市」ですが、「函館市」と書かれています。")
    assert told[9].startswith("11: 業務「軽自動車ぜい」が業務台帳にありません。")
    assert sorted(one.split("「")[0] for one in told[10:]) == ["12: as_of", "12: conformance", "12: stage", "12: steps"]


def test_a_name_with_its_prefecture_finds_its_body_and_the_report_says_so(tmp_path: Path) -> None:
    rows = [
        line("", "軽自動車税", prefecture="広島県", name="府中市"),
        line("", "軽自動車税", prefecture="東京都", name="府中市"),
    ]
    adoption = read(written(tmp_path / "a.csv", rows, encoding="cp932"))
    assert [one.body for one in adoption.systems] == ["342084", "132063"]
    assert any("団体コードのない 2 行" in told for told in month(adoption).notes)


def test_a_twenty_first_business_is_left_out_and_counted(tmp_path: Path) -> None:
    beside = next(row["name"] for row in SYSTEMS.values() if not row.get("standardized_business"))
    adoption = read(written(tmp_path / "a.csv", [line(SAPPORO, SLUGS["6"]), line(SAPPORO, beside)]))
    assert len(adoption.systems) == 1
    assert any(f"「{beside}」は標準化対象の20業務ではない" in told for told in month(adoption).notes)


def test_one_body_and_business_twice_two_days_and_missing_columns_are_refused(tmp_path: Path) -> None:
    rows = [line(SAPPORO, SLUGS["6"]), line(SAPPORO, "軽自動車税"), line(HAKODATE, SLUGS["6"], as_of="2026-02-28")]
    told = problems(written(tmp_path / "a.csv", rows))
    assert "as_of が混ざっています（2026-01-31、2026-02-28）。" in told[0]
    assert told[1].startswith("3: 2 行目と同じ団体・同じ業務です。")
    rest = [one for one in COLUMNS if one != "as_of"]
    assert "列「as_of」がありません。" in problems(written(tmp_path / "b.csv", rows, rest))[0]
    assert "行が一つもありません。" in problems(written(tmp_path / "c.csv", []))[0]


def test_definitions_are_checked_and_told_with_their_lines(tmp_path: Path) -> None:
    path, text = tmp_path / "d.yaml", SHIPPED.read_text(encoding="utf-8")
    path.write_text(text.replace('unit: "body"', 'unit: "person"'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="「unit」の値「person」は使えません"):
        read_definitions(path, BUSINESSES)
    path.write_text(text.replace('["1", "3", "4", "5", "6"]', '["1", "21"]'), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="標準化対象業務の番号 21 はありません"):
        read_definitions(path, BUSINESSES)


def test_the_workbook_has_every_rule_beside_its_number(tmp_path: Path) -> None:
    path = tmp_path / "k.xlsx"
    found = month(read(written(tmp_path / "a.csv", [line(code, SLUGS["6"]) for code in CODES[:3]])))
    path.write_bytes(kpi_papers.workbook([found], "出典", BUSINESSES.labels))
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name("定義と値").to_python()
    rules = {row[1]: (row[2], row[5]) for row in rows[1:]}
    for one in found.results:
        assert rules[one.definition.title] == (one.headline, one.definition.rule)

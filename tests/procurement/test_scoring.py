"""Points that anybody can compute again: exact, explained row by row, and refused when something is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import tenders
from miniature import EXTRA, FEES, LEDGER, SEEN, SMASHING, VISITORS, Miniature
from tenders import HONEST, LOT, PLAIN, ROWS, S, answer, bid, price, rules_text, scored

from kijun.catalog.catalog import Catalog
from kijun.catalog.editions import frozen
from kijun.catalog.root import shipped_root
from kijun.catalog.scoring_reader import number, preset_names, read_rules, room
from kijun.model.bid import Cost, Due
from kijun.model.errors import ConfigurationError
from kijun.model.scoring import Rounding, RoundingMode
from kijun.procurement.score_record import as_record, differences, written
from kijun.procurement.scoring import formula, score

PRICE = '      - { id: "price", label: "価格", kind: "price", weight: 100, formula: "lowest_over_own" }\n'
MANDATORY = '  - { obligation: "mandatory", standings: ["unmet", "undecided", "outside"] }\n'


def told(path: Path) -> str:
    """Every problem of a tender that cannot be scored."""
    with pytest.raises(ConfigurationError) as caught:
        scored(path)
    return "\n".join(map(str, caught.value.problems))


def own(mini: Miniature, parts: str = ROWS, **more: str) -> str:
    mini.write("own.yaml", rules_text(parts, **more))
    return "own.yaml"


def record(path: Path, *, is_open: bool = False) -> bytes:
    tender, rules = tenders.read(path)
    return written(as_record(tender, rules, score(tender, rules), is_open=is_open))


# the numbered examples ------------------------------------------------------------------------------------


def test_17_the_same_inputs_give_the_same_points_and_digest_a_year_later(mini: Miniature) -> None:
    tables = Catalog.load(mini.root).tables
    mini.write("requirements/editions/0.1.json", frozen("0.1", date(2026, 7, 1), "", tables).decode())
    path = tenders.three(mini, edition="0.1")
    before = record(path)
    mini.edit(mini.table, "大きさに応じた料金", "大きさ及び種類に応じた料金")  # a year later the standard says more
    assert record(path) == before
    mini.edit("tender.yaml", '  edition: "0.1"\n', "")
    assert record(path) != before


def test_18_a_tie_prints_both_steps_of_the_tie_break(mini: Miniature) -> None:
    ties = '  - { by: "part", part: "function" }\n  - { by: "price" }\n' + LOT
    facts = [price(2_000_000), price(1_000_000)]
    found = scored(tenders.tender(mini, [bid(0, HONEST), bid(1, HONEST)], facts, scoring=own(mini, ties=ties)))
    opening = "同点 100.00 点の A社、B社。"
    assert found.decisions == (
        f"{opening}1 番目の決め方「機能の高い順」: A社 100.00 点、B社 100.00 点。差がなく、決まりません。",
        f"{opening}2 番目の決め方「価格の低い順」: A社 2,000,000 円、B社 1,000,000 円。B社、A社 の順です。",
    )
    assert [(one.place, one.label) for one in found.placings] == [(1, "B社"), (2, "A社")]


def test_what_only_a_lot_can_part_shares_a_place(mini: Miniature) -> None:
    less = {**HONEST, EXTRA: S.NOT_SUPPORTED}
    found = scored(tenders.tender(mini, [bid(0, HONEST), bid(1, HONEST), bid(2, less)], scoring=own(mini)))
    assert [(one.place, one.label, one.needs_lot) for one in found.placings] == [
        (1, "A社", True),
        (1, "B社", True),
        (3, "C社", False),
    ]
    assert "くじで決めてください" in found.decisions[0]


# numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "decimals", "value", "expected"),
    [
        ("half_up", 2, Fraction(1, 3), "0.33"),
        ("half_up", 2, Fraction(2, 3), "0.67"),
        ("down", 2, Fraction(2, 3), "0.66"),
        ("half_up", 1, Fraction(25, 100), "0.3"),  # a binary fraction or the even neighbour would give 0.2
        ("half_up", 2, Fraction("1.005"), "1.01"),
        ("down", 0, Fraction(99, 10), "9"),
    ],
)
def test_points_are_rounded_as_stated(mode: str, decimals: int, value: Fraction, expected: str) -> None:
    assert str(Rounding(RoundingMode(mode), decimals).of(value)) == expected


def test_the_sum_on_the_sheet_is_the_sum_of_the_parts_on_the_sheet(mini: Miniature) -> None:
    third = '{ id: "%s", label: "%s", kind: "price", weight: "%s", formula: "lowest_over_own" }'
    parts = "".join(f"      - {third % (f'p{one}', one, '33.3' if one < 3 else '33.4')}\n" for one in (1, 2, 3))
    facts = [price(3), price(7)]
    path = tenders.tender(mini, [bid(0, HONEST), bid(1, HONEST)], facts, scoring=own(mini, parts))
    dear = scored(path).bid("B社")
    assert [str(one.points) for one in dear.parts] == ["14.27", "14.27", "14.31"]
    assert dear.total == Decimal("42.85")
    assert dear.parts[0].exact == Fraction("33.3") * 3 / 7


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(5), "5"), (Fraction(5, 4), "1.25"), (Fraction(1, 3), "1/3"), (Fraction(0), "0")]
)
def test_an_exact_number_is_written_exactly(value: Fraction, text: str) -> None:
    assert number(value) == text


# rows -----------------------------------------------------------------------------------------------------


def test_every_row_says_what_it_earned_and_why(mini: Miniature) -> None:
    answers = {
        FEES: S.STANDARD,
        LEDGER: answer(LEDGER, S.CUSTOMIZE, due=Due(date(2027, 4, 1), "R9.4.1")),
        VISITORS: answer(VISITORS, S.PLANNED, due=Due(date(2027, 3, 31), "R9.3.31")),
        SMASHING: S.NOT_SUPPORTED,
        EXTRA: answer(EXTRA, S.STANDARD, cost=Cost(800_000, "800千円")),
        SEEN: S.WORKAROUND,
    }
    rows = "{ mandatory: { standard: 2, planned: 1, customize: 1, workaround: '0.5' }, optional: { standard: 1 } }"
    path = tenders.tender(mini, [bid(0, answers)], scoring=own(mini, ROWS.replace(PLAIN, rows.replace("'", '"'))))
    found = {one.requirement: one for one in scored(path).bid("A社").rows}
    assert {one: (number(row.points), number(row.full)) for one, row in found.items()} == {
        FEES: ("2", "2"),
        LEDGER: ("0", "2"),
        VISITORS: ("1", "2"),
        EXTRA: ("0", "1"),
        SEEN: ("0.5", "2"),
    }
    assert "間に合わないので 0 点" in found[LEDGER].because
    assert found[VISITORS].because == "期日までに対応予定 は 1 点"
    assert "矛盾があるので 0 点" in found[EXTRA].because
    assert found[FEES].place == "回答!F2"
    assert scored(path).bid("A社").parts[0].because == "100 × 3.5 ÷ 9"


def test_a_row_that_a_bidder_calls_outside_stays_in_the_denominator_and_one_that_the_buyer_takes_out_does_not(
    mini: Miniature,
) -> None:
    bids = [bid(0, {**HONEST, EXTRA: S.NOT_APPLICABLE})]
    assert scored(tenders.tender(mini, bids, scoring=own(mini))).bid("A社").parts[0].because == "100 × 8 ÷ 9"
    path = tenders.tender(mini, bids, scoring=own(mini), outside=[EXTRA])
    assert scored(path).bid("A社").parts[0].because == "100 × 8 ÷ 8"


def test_the_first_weight_that_covers_a_row_counts(mini: Miniature) -> None:
    weights = f'[{{ weight: 3, requirements: ["{FEES}"] }}, {{ weight: "0.5", obligation: "mandatory" }}]'
    parts = ROWS.replace(" }\n", f", weights: {weights} }}\n")
    path = tenders.tender(mini, [bid(0, HONEST)], scoring=own(mini, parts))
    found = {one.requirement: number(one.weight) for one in scored(path).bid("A社").rows}
    assert found == {FEES: "3", LEDGER: "0.5", VISITORS: "0.5", SEEN: "0.5", EXTRA: "1"}


def test_weights_that_the_bidders_were_told_count_where_the_rules_name_none(mini: Miniature) -> None:
    told = ", ".join(f'{{ requirement: "{one}", weight: 5 }}' for one in (FEES, LEDGER))
    line = '  businesses: ["pot_register"]\n'
    mini.edit("requirements/profiles/sample_city.yaml", line, f"{line}  weights: [{told}]\n")
    parts = ROWS.replace(" }\n", f', weights: [{{ weight: 3, requirements: ["{FEES}"] }}] }}\n')
    path = tenders.tender(mini, [bid(0, HONEST)], scoring=own(mini, parts))
    found = {one.requirement: number(one.weight) for one in scored(path).bid("A社").rows}
    assert (found[FEES], found[LEDGER], found[SEEN]) == ("3", "5", "1")
    assert "プロファイルの重み" in dict(formula(*tenders.read(path)))


# presets --------------------------------------------------------------------------------------------------


def test_every_preset_is_sound_and_says_that_it_is_not_official() -> None:
    names = preset_names(shipped_root())
    assert names == [
        "by_office", "mandatory_cutoff", "optional_bonus", "shares", "standard_conformance", "two_stages",
    ]  # fmt: skip
    for name in names:
        rules = read_rules(room(shipped_root()) / f"{name}.yaml")
        assert rules.id == name
        assert "公式のものではありません" in rules.source


def test_one_mandatory_row_that_is_missing_puts_a_bid_out_and_names_the_row(mini: Miniature) -> None:
    bids = [bid(0, HONEST), bid(1, {**HONEST, LEDGER: S.NOT_SUPPORTED, SEEN: S.UNANSWERED})]
    found = scored(tenders.tender(mini, bids, scoring="mandatory_cutoff"))
    assert found.bid("A社").out == ()
    assert found.bid("B社").out == (
        f"実装必須の {LEDGER} が「満たさない」です（対応不可）。",
        f"実装必須の {SEEN} が「要確認」です（未回答）。",
    )
    assert found.placings == ()


def test_a_waiver_lets_a_row_pass(mini: Miniature) -> None:
    row = f'requirement: "{LEDGER}", issuer: "見本市", reason: "改修中", scope: "一年", expires: "2027-03-31"'
    mini.write("waivers.yaml", f"waivers:\n  - {{ {row} }}\n")
    bids = [bid(0, {**HONEST, LEDGER: S.NOT_SUPPORTED})]
    assert scored(tenders.tender(mini, bids, scoring="mandatory_cutoff")).bid("A社").out
    path = tenders.tender(mini, bids, [{"waivers": "waivers.yaml"}], scoring="mandatory_cutoff")
    assert scored(path).bid("A社").out == ()


def test_the_standard_is_met_only_without_prohibited_functions_and_without_promises(mini: Miniature) -> None:
    promised = {**HONEST, LEDGER: answer(LEDGER, S.PLANNED, due=Due(date(2027, 3, 31), "R9.3.31"))}
    bids = [bid(0, HONEST), bid(1, {**HONEST, SMASHING: S.STANDARD}), bid(2, promised)]
    found = scored(tenders.tender(mini, bids, scoring="standard_conformance"))
    assert found.bid("A社").out == ()
    assert found.bid("B社").out == (f"実装不可の {SMASHING} が「要確認」です（標準機能で対応）。",)
    assert found.bid("C社").out == (f"実装必須の {LEDGER} が「満たす予定」です（期日までに対応予定）。",)


def test_optional_functions_are_points_on_top(mini: Miniature) -> None:
    customized = {**HONEST, EXTRA: answer(EXTRA, S.CUSTOMIZE, cost=Cost(10_000, "10千円"))}
    found = scored(tenders.tender(mini, [bid(0, HONEST), bid(1, customized)], scoring="optional_bonus"))
    assert [str(found.bid(one).total) for one in ("A社", "B社")] == ["2.00", "1.00"]


def test_offices_judge_their_own_rows_and_weigh_as_stated(mini: Miniature) -> None:
    offices = [
        {"name": "税務課", "weight": 75, "requirements": [FEES, LEDGER]},
        {"name": "園芸課", "weight": 25, "majors": ["鉢"]},
    ]
    bids = [bid(0, {**HONEST, EXTRA: S.NOT_SUPPORTED})]
    found = scored(tenders.tender(mini, bids, scoring="by_office", offices=offices))
    part = found.bid("A社").parts[0]
    assert part.because == "60 ×（税務課 75％ × 4 ÷ 4 ＋ 園芸課 25％ × 4 ÷ 6）"
    assert part.exact == 60 * (Fraction(3, 4) + Fraction(1, 4) * Fraction(4, 6))
    assert {one.requirement: one.office for one in found.bid("A社").rows}[SEEN] == "園芸課"


def test_two_stages_let_the_best_go_on_and_share_points_of_equal_ranks(mini: Miniature) -> None:
    rules = (shipped_root() / "requirements" / "scoring" / "two_stages.yaml").read_text(encoding="utf-8")
    mini.write("two.yaml", rules.replace("advance: 3", "advance: 2"))
    points = {one: {"操作の分かりやすさ": "8"} for one in ("A社", "B社", "C社")}
    points["A社"] |= {"提案の内容": "5"}
    points["B社"] |= {"提案の内容": "5"}
    mini.write("staff.csv", tenders.staff_text(points))
    facts = [price(1_000_000), price(1_000_000), price(9_000_000)]
    bids = [bid(0, HONEST), bid(1, HONEST), bid(2, HONEST)]
    found = scored(tenders.tender(mini, bids, facts, scoring="two.yaml", staff="staff.csv"))
    assert "一次審査から次に進むのは上位 2 者: A社、B社。" in found.decisions
    assert [(one.label, one.stage) for one in found.placings] == [
        ("A社", "二次審査"),
        ("B社", "二次審査"),
        ("C社", "一次審査"),
    ]
    assert [one.place for one in found.placings] == [1, 1, 3]
    assert found.bid("A社").parts[-1].because == "30 × 順位点の平均 2.5（評価員 2 人）÷ 3"


# prices, lateness -----------------------------------------------------------------------------------------


def test_the_price_counts_years_and_the_sums_of_rows_as_stated(mini: Miniature) -> None:
    asked = {**HONEST, LEDGER: answer(LEDGER, S.CUSTOMIZE, cost=Cost(300_000, "300千円"))}
    bids, facts = [bid(0, HONEST), bid(1, asked)], [price(1_000_000, 100_000), price(1_000_000, 100_000)]
    found = scored(tenders.tender(mini, bids, facts, scoring=own(mini, PRICE)))
    assert [one.amount for one in found.bids] == [1_500_000, 1_800_000]
    assert found.bid("B社").parts[0].because == "100 × 1,500,000 ÷ 1,800,000"
    path = tenders.tender(mini, bids, facts, scoring=own(mini, PRICE), row_costs="included")
    assert [one.amount for one in scored(path).bids] == [1_500_000, 1_500_000]


def test_a_price_above_the_ceiling_is_out_and_below_it_earns_what_it_saves(mini: Miniature) -> None:
    parts = PRICE.replace("lowest_over_own", "under_ceiling")
    bids, facts = [bid(0, HONEST), bid(1, HONEST)], [price(750), price(1_001)]
    found = scored(tenders.tender(mini, bids, facts, scoring=own(mini, parts), ceiling=1_000))
    assert str(found.bid("A社").total) == "25.00"
    assert found.bid("B社").out == ("価格 1,001 円が、上限額 1,000 円を超えています。",)
    assert "上限額が要ります" in told(tenders.tender(mini, bids, facts, scoring="own.yaml"))


def test_a_bid_that_is_out_does_not_set_the_lowest_price(mini: Miniature) -> None:
    bids, facts = [bid(0, HONEST), bid(1, {**HONEST, LEDGER: S.NOT_SUPPORTED})], [price(500), price(1)]
    found = scored(tenders.tender(mini, bids, facts, scoring=own(mini, PRICE, knockout=MANDATORY)))
    assert str(found.bid("A社").total) == "100.00"
    assert found.bid("B社").parts == ()


def test_an_answer_after_the_deadline_is_not_read(mini: Miniature) -> None:
    facts = [{"received": "2026-07-31T17:00"}, {"received": "2026-07-31T17:01"}]
    found = scored(tenders.tender(mini, [bid(0, HONEST), bid(1, HONEST)], facts, scoring=own(mini)))
    assert found.bid("A社").out == ()
    told = "締切（2026-07-31 17:00）の後に届きました（2026-07-31 17:01）。答えを読まず、採点していません。"
    assert found.bid("B社").out == (told,)
    assert found.bid("B社").rows == ()


# what is refused ------------------------------------------------------------------------------------------


def test_weights_that_are_not_a_hundred_are_refused_with_their_sum(mini: Miniature) -> None:
    offices = [
        {"name": "税務課", "weight": 60, "majors": ["鉢"]},
        {"name": "園芸課", "weight": "30.5", "majors": ["苗"]},
    ]
    parts = ROWS.replace("weight: 100", "weight: 70") + PRICE.replace("weight: 100", 'weight: "20.5"')
    found = told(tenders.tender(mini, [bid(0, HONEST)], scoring=own(mini, parts), offices=offices))
    assert "重みの合計が 100 ではありません（機能 70 + 価格 20.5 = 90.5）。" in found
    assert "課の重みの合計が 100 ではありません（税務課 60 + 園芸課 30.5 = 90.5）。" in found


@pytest.mark.parametrize(
    ("parts", "ties", "message"),
    [
        (ROWS + ROWS.replace("weight: 100, ", ""), LOT, "部分の id「function」が 2 回使われています。"),
        (ROWS + PRICE.replace("weight: 100", "weight: 0"), LOT + LOT, "くじ（lot）の後の決め方は使われません。"),
        (ROWS, '  - { by: "part", part: "prise" }\n', "同点の決め方の部分「prise」がありません。"),
        (ROWS, '  - { by: "part" }\n', "どの部分の点かを part に書きます"),
        (ROWS.replace("standard: 2", "standrd: 2"), LOT, "「standard」のことですか。"),
        (ROWS.replace("standard: 2", "standard: 2.5"), LOT, "引用符で囲んでください"),
        (ROWS.replace("weight: 100", 'weight: "40*2"'), LOT, "書き方"),  # nothing is ever evaluated
    ],
)
def test_rules_that_cannot_be_meant_are_refused(mini: Miniature, parts: str, ties: str, message: str) -> None:
    assert message in told(tenders.tender(mini, [bid(0, HONEST)], scoring=own(mini, parts, ties=ties)))


def test_rows_that_no_office_judges_and_offices_without_rows_are_named(mini: Miniature) -> None:
    offices = [
        {"name": "税務課", "weight": 60, "requirements": [FEES]},
        {"name": "園芸課", "weight": 40, "majors": ["苗"]},
    ]
    found = told(tenders.tender(mini, [bid(0, HONEST)], scoring="by_office", offices=offices))
    assert f"どの課も受け持たない要件が 4 件あります（{LEDGER}" in found
    assert "園芸課が受け持つ要件がありません。" in found
    assert "課の分担が要ります" in told(tenders.tender(mini, [bid(0, HONEST)], scoring="by_office"))


def test_scores_of_judges_that_are_missing_or_impossible_are_named(mini: Miniature) -> None:
    path = tenders.three(mini)
    mini.edit("staff.csv", "B社,実演,評価員2,5\n", "")
    assert "「プレゼンテーション点」の採点が足りません（評価員2 の B社「実演」）。" in told(path)
    mini.edit("staff.csv", "A社,実演,評価員1,5", "A社,実演,評価員1,6\nD社,実演,評価員1,5\nA社,歌,評価員1,5")
    found = told(path)
    assert "実演の点 6 が、満点 5 を超えています。" in found
    assert "事業者「D社」はありません。" in found
    assert "項目「歌」は決まりにありません。" in found
    mini.edit("staff.csv", "A社,歌,評価員1,5", "A社,実演,評価員1,4\nA社,歌,評価員1,五")
    found = told(path)
    assert "の点は" in found
    assert "点「五」を数として読めません。" in found


def test_bids_of_another_edition_and_unknown_numbers_are_refused_by_name(mini: Miniature) -> None:
    strange = bid(1, HONEST)
    rows = {**strange.answers, "999-9.9.9-99": tenders.BidAnswer("999-9.9.9-99", S.STANDARD, "○", "回答!F9")}
    bids = [bid(0, HONEST, editions={"pot_register": "2"}), tenders.bid(1, rows)]
    found = told(tenders.tender(mini, bids, scoring="mandatory_cutoff"))
    assert "架空園芸株式会社の回答は pot_register の「2」版へのもので、「1」版ではありません。" in found
    assert "見本商会の回答に、要件表にない番号が 1 件あります（999-9.9.9-99）。" in found


def test_everything_wrong_is_told_at_once(mini: Miniature) -> None:
    path = tenders.tender(mini, [bid(0, HONEST), bid(0, HONEST)], scoring="nothing", edition="9", outside=["x"])
    mini.edit("tender.yaml", "requirements/profiles/sample_city.yaml", "nowhere.yaml")
    found = told(path)
    assert "採点の決まり「nothing」がありません。" in found
    assert "凍結した版「9」がありません。" in found
    assert "nowhere.yaml" in found


def test_the_same_book_twice_is_no_second_bid(mini: Miniature) -> None:
    path = tenders.tender(mini, [bid(0, HONEST), bid(0, HONEST)], scoring="mandatory_cutoff", outside=["x"])
    found = told(path)
    assert "2 番目の回答は、1 番目と同じファイルから読み取ったものです。" in found
    assert "要件 x は要件表にありません。" in found


# names and records ----------------------------------------------------------------------------------------


def test_names_stand_in_the_record_only_when_it_is_open_and_the_digest_is_the_same(mini: Miniature) -> None:
    path = tenders.three(mini)
    closed, opened = record(path).decode(), record(path, is_open=True).decode()
    assert not any(name in closed for name in tenders.NAMES)
    assert all(name in opened for name in tenders.NAMES)
    digest = next(line for line in closed.splitlines() if '"digest"' in line)
    assert digest in opened


def test_what_differs_from_an_earlier_result_is_said(mini: Miniature) -> None:
    path = tenders.three(mini)
    before = tenders.read(path)
    first = as_record(*before, score(*before), is_open=False)
    assert list(differences(first, first)) == []
    mini.edit("staff.csv", "A社,実演,評価員1,5", "A社,実演,評価員1,1")
    after = tenders.read(path)
    found = list(differences(first, as_record(*after, score(*after), is_open=False)))
    assert "採点に使ったもの（調達、決まり、要件表、回答、職員の採点のどれか）が、前と違います。" in found
    assert "A社の合計は、前 92.50 点、今 90.50 点です。" in found


def test_the_rules_in_words_name_every_number_that_decides(mini: Miniature) -> None:
    lines = dict(formula(*tenders.read(tenders.three(mini))))
    assert lines["審査　仕様点"].startswith("実装必須: 標準機能で対応 2、設定・パラメータで対応 2")
    assert lines["審査　仕様点"].endswith("配点 40 × 得た点 ÷ 満点。")
    assert lines["審査　価格点"] == "配点 25。配点 × 最も低い価格 ÷ 自社の価格。"
    assert lines["端数"].startswith("部分ごとに小数第3位を四捨五入し、小数第2位まで")
    assert lines["同点"] == "仕様点の高い順 → 価格の低い順 → くじ"

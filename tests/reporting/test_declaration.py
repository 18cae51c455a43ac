"""The declaration of conformity: one page that claims no more than the run, and refuses what is wrong with its form."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import characters
import pytest
from miniature import FEES, LEDGER, SEEN, SYSTEM, HonestPots, Miniature, statement_text
from pdf_reading import A4, opened, squeezed, tags, words
from runs import run

from kijun.catalog.run_folder import LOG_NAME
from kijun.model.errors import ConfigurationError
from kijun.reporting import json_report, wording
from kijun.reporting.declaration import Declaration, declare
from kijun.reporting.run_view import RunView

TODAY = date(2099, 6, 1)  # the clock of these tests; what the runs rest on outlives it by EXPIRY
EXPIRY = "2199-03-31"
SYNTHETIC = "7000020992011"  # the form of a municipality's number over a code (99…) that no municipality has
FORM = f"""\
declaration:
  serial: "1"
  issuer:
    name: "架空園"
    address: "架空県見本市見本町1番地"
    corporate_number: "{SYNTHETIC}"
    contact: "品質係 03-0000-0000"
  object: {{ product: "鉢", version: "1", municipality_code: "992011" }}
  conformity_numbers: ["999_{SYNTHETIC}_1"]
  place: "架空県見本市"
  date: "2099-05-31"
  signer: {{ title: "園長", name: "架空　太郎" }}
"""
WAIVER = f"""\
waivers:
  - requirement: "{FEES}"
    issuer: "見本市 税務課"
    reason: "次の改修まで"
    scope: "大きい鉢"
    expires: "{EXPIRY}"
"""


@pytest.fixture
def garden(mini: Miniature) -> Miniature:
    mini.edit(f"{SYSTEM}/attestations/seen.yaml", "2099-03-31", EXPIRY)
    mini.write("by.yaml", FORM)
    return mini


def declared(garden: Miniature, view: RunView, today: date = TODAY) -> Declaration:
    return declare(view, garden.root / "by.yaml", today)


def told(garden: Miniature, view: RunView, today: date = TODAY) -> list[str]:
    with pytest.raises(ConfigurationError) as error:
        declared(garden, view, today)
    return [f"{Path(one.at.path).name}:{one.at.line} {one.message} {one.hint}" for one in error.value.problems]


def with_waiver(garden: Miniature) -> RunView:
    return run(garden, characters.RoundsUp, waivers=garden.write("waivers.yaml", WAIVER))


def test_who_declares_what_about_which_version_stands_on_one_page(garden: Miniature) -> None:
    view = run(garden, HonestPots)
    reader = opened(declared(garden, view).pdf)
    text = words(reader)
    assert len(reader.pages) == 1
    assert [float(side) for side in reader.pages[0].mediabox[2:]] == pytest.approx(A4, abs=0.01)
    assert {"/H1", "/Table", "/TH"} <= tags(reader)
    report = hashlib.sha256(json_report.render(view)).hexdigest()
    log = hashlib.sha256((view.folder / LOG_NAME).read_bytes()).hexdigest()
    for said in (
        f"SDoC-{SYNTHETIC}-20990531-1",
        "適合確認番号ではありません",
        f"架空園（法人番号 {SYNTHETIC}） 架空県見本市見本町1番地",
        "品質係 03-0000-0000",
        "鉢 1（ビルド b1、事業者 架空園）",
        "鉢植え台帳 1版 案（公式のものではありません）",
        "見本市（一般市、団体コード 992011）、基準日 令和8年6月1日",
        "○ 適合",
        "実装必須 4 件、実装すると宣言した標準オプション 1 件、実装不可 1 件",
        "最も早い期限 令和181年3月31日",
        f"999_{SYNTHETIC}_1（デジタル庁のもの。発行の有無は照合していません）",
        view.folder.name,
        log,
        view.report.facts.start["suite_digest"],
        report,
        *wording.caveats(view),
        *wording.LIMITS,
        "架空県見本市 令和81年5月31日",
        "架空園 園長 架空 太郎",
    ):
        assert squeezed(said) in text, said


def test_the_same_data_lies_beside_it_for_machines(garden: Miniature) -> None:
    view = run(garden, HonestPots)
    made = declared(garden, view)
    record: dict[str, Any] = json.loads(made.json)
    assert record["claim"] == "conformant"
    assert record["object"] == HonestPots.IDENTITY
    assert (record["date"], record["valid_until"]) == ("2099-05-31", EXPIRY)
    assert record["issuer"]["corporate_number"] == SYNTHETIC
    text = words(opened(made.pdf))
    papers = record["supporting_documents"]
    said = (record["number"], record["statement"], *record["limits"], *papers.values())
    assert all(squeezed(one) in text for one in said)
    assert declared(garden, view) == made


def test_waivers_stand_on_its_face(garden: Miniature) -> None:
    view = with_waiver(garden)
    made = declared(garden, view)
    text = words(opened(made.pdf))
    assert squeezed(f"{FEES} × 不適合 見本市 税務課 次の改修まで（範囲 大きい鉢） 令和181年3月31日") in text
    assert squeezed("◇ 条件付適合") in text
    assert squeezed("期限付きの免除（下に記す）を除き") in text
    assert squeezed("実装必須 3 件（免除 1 件）") in text
    (row,) = json.loads(made.json)["waivers"]
    assert (row["requirements"], row["underlying_status"], row["expires"]) == ([FEES], "not_satisfied", EXPIRY)


def test_a_waiver_that_ended_before_the_day_of_the_declaration_is_refused(garden: Miniature) -> None:
    garden.write("waivers.yaml", WAIVER.replace(EXPIRY, "2099-05-30"))
    view = run(garden, characters.RoundsUp, waivers=garden.root / "waivers.yaml")
    (problem,) = told(garden, view)
    assert f"要件 {FEES} の免除は、宣言の日 2099-05-31 には期限切れです（期限 2099-05-30）。" in problem


def test_what_people_saw_too_long_ago_is_refused(garden: Miniature) -> None:
    garden.edit(f"{SYSTEM}/attestations/seen.yaml", EXPIRY, "2099-05-30")
    (problem,) = told(garden, run(garden, HonestPots))
    assert f"要件 {SEEN} の人による確認は、宣言の日 2099-05-31 には期限切れです" in problem


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            SYNTHETIC,
            "8000020992011",
            "6 法人番号 8000020992011 の検査数字が合いません。 後の12桁が正しければ先頭は 7 です。",
        ),
        ("992011", "992012", "8 団体コード 992012 の検査数字が合いません。 先頭5桁が正しければ末尾は 1 です。"),
        ('"992011"', '"992020"', "8 団体コード「992020」は、実行の「992011」と違います。"),
        ('"鉢"', '"花瓶"', "8 製品「花瓶」は、実行の「鉢」と違います。"),
        ('version: "1"', 'version: "2"', "8 版「2」は、実行の「1」と違います。"),
        (f"999_{SYNTHETIC}_1", f"999_{SYNTHETIC}", f"9 適合確認番号「999_{SYNTHETIC}」の形が違います。"),
        (f"999_{SYNTHETIC}_1", "999_8000020992011_1", "9 法人番号 8000020992011 の検査数字が合いません。"),
        (f"999_{SYNTHETIC}_1", "999_6010701025710_1", "に発行者の法人番号がありません。"),
        (
            f"999_{SYNTHETIC}_1",
            f"013_{SYNTHETIC}_1",
            "は、この実行の業務のものではありません。 この実行の標準仕様ID は 999 です。",
        ),
        (
            'date: "2099-05-31"',
            'date: "2099-06-02"',
            "11 宣言の日 2099-06-02 は、まだ来ていません。 今日は 2099-06-01 です。",
        ),
        ('date: "2099-05-31"', 'date: "2020-01-01"', "11 宣言の日 2020-01-01 は、実行の日"),
        ('date: "2099-05-31"', 'date: "2099-02-30"', "暦にない日など"),
        ("架空　太郎", "架空\u202e太郎", "12 「name」に目に見えない文字（U+202E）があります。"),
        ('"鉢"', '"鉢\u202e"', "8 製品「鉢〔U+202E〕」は、実行の「鉢」と違います。"),
        ("架空　太郎", "架空\\n太郎", "12 「name」に目に見えない文字（改行）があります。"),
        ("架空　太郎", "架空\ue000", "12 「name」に印刷できない文字 \ue000（U+E000） があります。"),
        ("品質係 03-0000-0000", "品質係 1234-5678-9018", "7 「contact」に個人番号のように見える数字があります。"),
        ('  place: "架空県見本市"\n', "", "項目「place」がありません。"),
    ],
)
def test_a_wrong_form_is_refused_with_place_and_remedy(garden: Miniature, old: str, new: str, message: str) -> None:
    garden.edit("by.yaml", old, new)
    assert any(message in one for one in told(garden, run(garden, HonestPots))), message


def test_all_mistakes_of_a_form_are_told_at_once(garden: Miniature) -> None:
    garden.edit("by.yaml", "7000020992011", "8000020992011")
    garden.edit("by.yaml", '"992011"', '"992012"')
    garden.edit("by.yaml", "2099-05-31", "2199-05-31")
    lines = [one.split()[0] for one in told(garden, run(garden, HonestPots))]
    assert {"by.yaml:6", "by.yaml:8", "by.yaml:9", "by.yaml:11"} == set(lines)


def test_a_run_by_a_clock_that_ran_ahead_is_refused(garden: Miniature) -> None:
    view = run(garden, HonestPots)
    garden.edit("by.yaml", "2099-05-31", "2020-01-01")
    problems = told(garden, view, today=date(2020, 1, 1))
    assert any(
        "は、まだ来ていません。 今日は 2020-01-01 です。時計を直してから実行し直してください。" in one
        for one in problems
    )


def test_what_does_not_fit_one_page_is_refused(garden: Miniature) -> None:
    garden.edit("by.yaml", "架空県見本市見本町1番地", "架空県見本市見本町1番地" * 400)
    (problem,) = told(garden, run(garden, HonestPots))
    assert "宣言書が A4 一枚に収まりません。" in problem


def test_waivers_of_the_same_words_stand_together(garden: Miniature) -> None:
    garden.write(f"{SYSTEM}/statement.yaml", statement_text(r02="planned"))
    second = WAIVER.replace("waivers:\n", "").replace(FEES, LEDGER)
    view = run(garden, characters.RoundsUp, waivers=garden.write("waivers.yaml", WAIVER + second))
    (row,) = json.loads(declared(garden, view).json)["waivers"]
    assert row["requirements"] == [FEES, LEDGER]


def test_long_words_are_set_smaller_before_they_are_refused(garden: Miniature) -> None:
    garden.edit("by.yaml", "架空県見本市見本町1番地", "架空県見本市見本町1番地" * 70)
    assert len(opened(declared(garden, run(garden, HonestPots)).pdf).pages) == 1

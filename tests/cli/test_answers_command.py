"""kijun answers as a municipality reads bids with it and a vendor fills sheets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from answer_books import book
from command_line import kijun, text
from miniature import EXTRA, FEES, LEDGER, REQUIREMENTS, SMASHING, SYSTEM, VISITORS, Miniature

from kijun.catalog.bid_reader import read_bid
from kijun.catalog.configuration import read_checked
from kijun.model.bid import AnswerStatus

HEAD = ("要件番号", "要件", "回答", "費用（千円）", "予定", "備考")
LEGEND = ("凡例", "◎：標準で対応　△：カスタマイズ　×：対応不可")
TEXTS = {row[0]: row[2] for row in REQUIREMENTS}


def asked(one: str, *cells: Any) -> list[Any]:
    return [one, TEXTS[one], *cells]


def confirm(mini: Miniature, name: str) -> None:
    mini.edit(name, "confirmed: false", "confirmed: true")


def test_a_book_is_read_in_two_steps(mini: Miniature) -> None:
    rows = [
        asked(FEES, "◎", "込み"),
        asked(LEDGER, "◎", 800),
        asked(VISITORS, "×"),
        ["", "花壇に水をやれること。", "◎"],
    ]
    book(mini.root / "甲社.xlsx", [LEGEND, HEAD, *rows])
    done = kijun(mini, "answers", "import", "甲社.xlsx", "--bidder", "甲社", "--out", "甲社.json")
    assert done.returncode == 2, text(done)
    assert not (mini.root / "甲社.json").exists()
    assert "甲社.mapping.yaml を作りました。" in text(done)
    assert "confirmed を true にして、同じ命令をもう一度実行してください。" in text(done)
    file, problems = read_checked(mini.root / "甲社.mapping.yaml", "answer_mapping")
    assert problems == []
    assert file.data["rows"] == [
        {
            "at": "回答!B6",
            "requirement": "",
            "sees": "花壇に水をやれること。",
            "ground": "似た要件が見つからない",
        }
    ]
    mapping = (mini.root / "甲社.mapping.yaml").read_bytes()
    assert kijun(mini, "answers", "import", "甲社.xlsx", "--out", "甲社.json").returncode == 2
    assert (mini.root / "甲社.mapping.yaml").read_bytes() == mapping
    confirm(mini, "甲社.mapping.yaml")
    done = kijun(mini, "answers", "import", "甲社.xlsx", "--out", "甲社.json")
    assert done.returncode == 0, text(done)
    told = text(done)
    assert "甲社　甲社.xlsx　4 行\n標準機能で対応 1　対応不可 1　矛盾（要確認） 1" in told
    assert f"・回答!C4　{LEDGER}　「◎」（標準機能で対応）なのに費用 800,000 円が付いています。" in told
    assert "・回答!C6　花壇に水をやれること。（答え「◎」）" in told
    assert f"回答表に行のない要件 3　{SMASHING}、{EXTRA}" in told
    bid = read_bid(mini.root / "甲社.json")
    assert bid.bidder == "甲社"
    fees = bid.answers[FEES]
    assert fees.status is AnswerStatus.STANDARD
    assert fees.cost
    assert (fees.cost.yen, fees.cost.note) == (0, "「込み」を 0 円と読みました。")
    assert bid.answers[LEDGER].status is AnswerStatus.CONFLICT
    first = (mini.root / "甲社.json").read_bytes()
    kijun(mini, "answers", "import", "甲社.xlsx", "--out", "甲社.json")
    assert (mini.root / "甲社.json").read_bytes() == first


def test_a_profile_tells_what_is_mandatory(mini: Miniature) -> None:
    book(mini.root / "甲.xlsx", [HEAD, asked(SMASHING, "◎"), asked(FEES, "－")])
    words = ("answers", "import", "甲.xlsx", "--bidder", "甲", "--profile", "requirements/profiles/sample_city.yaml")
    kijun(mini, *words)
    confirm(mini, "bid.mapping.yaml")
    told = text(kijun(mini, *words))
    assert "実装不可の機能に、対応すると答えています。" in told
    assert "実装必須の機能に、対象外と答えています。" in told


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("甲.pdf", b"%PDF-1.7", "事業者に、元の Excel か CSV を出してもらってください。"),
        ("甲.xlsx", b"", "空のファイルです"),
    ],
)
def test_what_cannot_be_read_is_refused_and_leaves_nothing(
    name: str, content: bytes, expected: str, mini: Miniature
) -> None:
    (mini.root / name).write_bytes(content)
    done = kijun(mini, "answers", "import", name, "--out", "新/bid.json")
    assert done.returncode == 3
    assert expected in text(done)
    assert not (mini.root / "新").exists()


def test_a_book_is_never_written_over(mini: Miniature) -> None:
    book(mini.root / "甲.xlsx", [HEAD, asked(FEES, "◎")])
    done = kijun(mini, "answers", "import", "甲.xlsx", "--out", "甲.xlsx")
    assert done.returncode == 4
    assert "--out が読むファイルと同じです" in text(done)
    done = kijun(mini, "answers", "fill", f"{SYSTEM}/statement.yaml", "甲.xlsx", "--out", "甲.xlsx")
    assert done.returncode == 4


def test_a_statement_fills_the_sheet_of_a_body(mini: Miniature) -> None:
    rows = [asked(FEES), asked(SMASHING), asked(EXTRA), ["市独自", "花壇に水をやれること。"]]
    book(mini.root / "市.xlsx", [LEGEND, HEAD, *rows])
    words = ("answers", "fill", f"{SYSTEM}/statement.yaml", "市.xlsx", "--out", "提出.xlsx")
    done = kijun(mini, *words)
    assert done.returncode == 2, text(done)
    assert not (mini.root / "提出.xlsx").exists()
    confirm(mini, "提出.mapping.yaml")
    done = kijun(mini, *words)
    assert done.returncode == 0, text(done)
    assert "4 行のうち 3 行に書き入れました。" in text(done)
    assert "使った符号: 標準機能で対応＝◎　カスタマイズで対応＝△　対応不可＝×" in text(done)
    assert "・回答!C6　花壇に水をやれること。" in text(done)
    done = kijun(mini, *words)
    assert done.returncode == 3
    assert "その名前のファイルがすでにあります" in text(done)
    done = kijun(mini, *words[:-1], "提出.ods")
    assert done.returncode == 4


def test_a_revision_lists_exactly_the_answers_that_it_touches(mini: Miniature) -> None:
    """Twelve rows changed, three new, two gone: seventeen. A row with another reason alone asks for nothing."""
    from miniature import table_text

    kept = [
        (f"999-1.1.1-{at:02}", "鉢", f"鉢の札を{at}枚まで印刷できること。", "optional", "test") for at in range(7, 31)
    ]
    changed = [(*row[:2], row[2].replace("印刷", "保存"), *row[3:]) for row in kept[:12]]
    added = [
        (f"999-2.1.1-{at:02}", "球根", f"球根の{name}を記録できること。", "optional", "test")
        for at, name in enumerate(("産地", "植付けの深さ", "休眠に入る時期"), 1)
    ]
    new = mini.root / "新"
    fresh = Miniature(new)
    mini.write(mini.table, table_text((*REQUIREMENTS, *kept)))
    last = kept[-1][0]
    retired = "".join(f'  - {{ id: "{row[0]}", edition: "1", because: "削除した。" }}\n' for row in kept[12:14])
    text_of_new = table_text((*REQUIREMENTS, *changed, *kept[14:], *added))
    at = text_of_new.index(last)
    text_of_new = text_of_new[:at] + text_of_new[at:].replace("試験のため。", "別の理由。", 1)
    fresh.write(fresh.table, text_of_new + (f"retired:\n{retired}" if retired else ""))
    numbers = [row[0] for row in (*REQUIREMENTS, *kept)]
    answers = [
        {"requirement": one, "status": "standard", "written": "◎", "place": f"回答!C{at}"}
        for at, one in enumerate(numbers)
    ]
    bid = {
        "bid_version": "1",
        "bidder": "架空園",
        "product": "鉢",
        "version": "1",
        "editions": {"pot_register": "1"},
        "source": {"name": "a.xlsx", "sha256": "0" * 64},
        "legend": {"◎": "standard"},
        "rows": len(numbers),
        "answers": answers,
        "unplaced": [],
    }
    mini.write("回答.json", json.dumps(bid))
    done = kijun(mini, "diff", ".", "新", "--statement", "回答.json")
    assert done.returncode == 0, text(done)
    assert "改正 13　" in text(done)
    assert "新設 3　削除 2" in text(done)
    assert "回答の見直しが要る変更 17 件" in text(done)
    assert "（今の回答「標準機能で対応」）" in text(done)
    bid["editions"] = {"pot_register": "9"}
    mini.write("回答.json", json.dumps(bid))
    done = kijun(mini, "diff", ".", "新", "--statement", "回答.json")
    assert done.returncode == 3
    assert "回答は「9」版に答えていますが" in text(done)

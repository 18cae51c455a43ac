"""kijun declare as a supplier meets it: made for a conformant run, refused for every other."""

from __future__ import annotations

import json
from datetime import date

import pytest
from command_line import kijun, over_stdio, text
from miniature import FEES, Miniature

FORM = f"""\
declaration:
  serial: "1"
  issuer: {{ name: "架空園", address: "見本町1番地", corporate_number: "7000020992011", contact: "品質係" }}
  object: {{ product: "鉢", version: "1", municipality_code: "992011" }}
  place: "架空県見本市"
  date: "{date.today().isoformat()}"
  signer: {{ title: "園長", name: "架空　太郎" }}
"""
DECLARE = ("declare", "one", "--by", "by.yaml", "--out", "宣言.pdf")


@pytest.fixture
def garden(office: Miniature) -> Miniature:
    office.write("by.yaml", FORM)
    return office


def test_a_conformant_run_can_be_declared_once(garden: Miniature) -> None:
    kijun(garden, "run", "--run-id", "one")
    done = kijun(garden, *DECLARE)
    assert (done.returncode, "署名する人が署名してください" in text(done)) == (0, True), text(done)
    assert (garden.root / "宣言.pdf").read_bytes().startswith(b"%PDF-")
    record = json.loads((garden.root / "宣言.json").read_text(encoding="utf-8"))
    assert (record["claim"], record["supporting_documents"]["run"]) == ("conformant", "one")
    again = kijun(garden, *DECLARE)
    assert (again.returncode, text(again).count("同じ名前のファイルがすでにあります。")) == (3, 2), text(again)


@pytest.mark.parametrize(
    ("habit", "words", "code", "told"),
    [
        ("free", (), 1, "判定が「不適合」の実行からは、宣言書を作れません。"),
        ("malformed", (), 2, "判定が「未確定」の実行からは、宣言書を作れません。"),
        ("honest", ("--select", FEES), 2, "シナリオを絞り込んだ実行です。"),
    ],
)
def test_a_claim_that_does_not_allow_it_is_not_declared(
    garden: Miniature, habit: str, words: tuple[str, ...], code: int, told: str
) -> None:
    over_stdio(garden, habit)
    kijun(garden, "run", "--run-id", "one", *words)
    done = kijun(garden, *DECLARE)
    assert (done.returncode, told in text(done)) == (code, True), text(done)
    assert not (garden.root / "宣言.pdf").exists()


def test_mistakes_end_with_3_or_4_and_leave_nothing(garden: Miniature) -> None:
    kijun(garden, "run", "--run-id", "one")
    assert kijun(garden, *DECLARE[:-1], "宣言.docx").returncode == 4
    assert kijun(garden, *DECLARE[:-1], "ない場所/宣言.pdf").returncode == 3
    garden.edit("by.yaml", "7000020992011", "1000020992011")
    done = kijun(garden, *DECLARE)
    assert (done.returncode, "by.yaml:3: 法人番号 1000020992011 の検査数字が合いません。" in text(done)) == (3, True)
    assert not list(garden.root.glob("宣言*"))

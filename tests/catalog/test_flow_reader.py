"""Business flows: read whole, and refused when a name means nothing or a way leads nowhere."""

from __future__ import annotations

import pytest
from flow_files import FLOW_FILE, FLOWS, flowing
from miniature import LEDGER, Miniature

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root, suite_digest
from kijun.engine.lint import lint
from kijun.model.flow import NodeKind, Step


def told(mini: Miniature) -> str:
    return "\n".join(map(str, lint(mini.root)))


def test_a_flow_is_read_whole_and_decides_no_verdict(mini: Miniature) -> None:
    before = suite_digest(mini.root)
    flowing(mini)
    assert lint(mini.root) == []
    assert suite_digest(mini.root) == before
    (book,) = Catalog.load(mini.root).flows
    (process,) = book.processes
    assert (book.status, book.source, process.title) == ("draft", "試験用の案", "植えて代金を受け取る")
    assert [lane.automatic for lane in process.lanes] == [False, False, True]
    good = process.by_id["good"]
    assert good.next == (Step("price", "育った"), Step("plant", "枯れた"))
    assert process.by_id["plant"].kind is NodeKind.TASK
    assert process.by_id["plant"].requirements == (LEDGER,)


WRONG = {
    'operations: ["plant_pot", "list_pots"]': ('operations: ["plant_pots"]', "用語集に操作「plant_pots」はありません"),
    'operations: ["price_pot"]': ('operations: ["smash_pot"]', "持ってはならない機能です"),
    f'requirements: ["{LEDGER}"]': ('requirements: ["999-9.9.9-99"]', "要件「999-9.9.9-99」はありません"),
    'next: ["plant"]': ('next: ["plants"]', "次の作業「plants」はありません。 → 「plant」のことですか。"),
    'lane: "guest", title: "持ち帰った"': ('lane: "guests", title: "持ち帰った"', "担当「guests」はありません"),
    '{ id: "guest", title: "客" }': (
        '{ id: "guest", title: "客" }\n      - { id: "nobody", title: "暇な人" }',
        "担当「暇な人」の作業が一つもありません",
    ),
    'id: "wrap"': ('id: "water"', "作業の id「water」が二度あります"),
    'title: "持ち帰った" }': ('title: "持ち帰った", next: ["wrap"] }', "終わり「持ち帰った」に次の作業があります"),
    'title: "包む", next: ["joined"]': ('title: "包む"', "作業「包む」に次の作業がありません"),
    'title: "包む", next': ('title: "包む", next: ["joined", "gone"], x-', "知らない項目"),
    'next: ["count"]': ('next: ["count", "wrap"]', "始まり「春の初め」から流れが 2 本出ています"),
    'next: [{ to: "price", when: "育った" }, { to: "plant", when: "枯れた" }]': (
        'next: ["price", "plant"]',
        "分岐「育ったか」の条件（when）の有無が合いません",
    ),
    ', { to: "plant", when: "枯れた" }': ("", "分岐「育ったか」に二つ以上の行き先がありません"),
    'to: "plant", when': ('to: "price", when', "同じ行き先が二度あります"),
    'to: "plant", when: ': ('to: "wish", when: ', "始まり「鉢が欲しい」へ戻る流れがあります"),
    'id: "both", kind: "parallel"': ('id: "both", kind: "task"', "から流れが 2 本出ています"),
    'kind: "date", ': ('kind: "parallel", ', "流れを分けても合わせてもいません"),
    'kind: "choice"\n        lane': (
        'kind: "choice"\n        operations: ["list_pots"]\n        lane',
        "作業（task）へ移",
    ),
    'title: "包む"': ('title: ""', "に title がありません"),
    'business: "pot_register"': ('business: "pot"', "業務「pot」の要件表がない"),
    'kind: "end", lane: "guest"': ('kind: "ende", lane: "guest"', "「end」のことですか"),
}


@pytest.mark.parametrize("right", WRONG)
def test_lint_tells_what_is_wrong_with_a_flow(mini: Miniature, right: str) -> None:
    wrong, message = WRONG[right]
    assert right in FLOWS
    mini.write(FLOW_FILE, FLOWS.replace(right, wrong, 1))
    assert message in told(mini)


def test_what_cannot_be_reached_and_what_never_ends_is_told(mini: Miniature) -> None:
    circle = 'next: ["count"] }\n      - { id: "turn", lane: "shop", title: "回る", next: ["turn_again"] }'
    circle += '\n      - { id: "turn_again", lane: "shop", title: "また回る", next: ["turn"] }'
    mini.write(FLOW_FILE, FLOWS.replace('next: ["count"] }', circle))
    assert "「回る」「また回る」は始まりからたどり着けません" in told(mini)
    assert "「回る」「また回る」はどの終わりにもたどり着きません" in told(mini)


def test_a_turn_that_is_reached_and_never_left_is_told(mini: Miniature) -> None:
    text = FLOWS.replace('to: "plant", when', 'to: "turn", when')
    turn = '      - { id: "turn", lane: "shop", title: "回る", next: ["turn_again"] }\n'
    turn += '      - { id: "turn_again", lane: "shop", title: "また回る", next: ["turn"] }\n'
    mini.write(FLOW_FILE, text + turn)
    assert "「回る」「また回る」はどの終わりにもたどり着きません" in told(mini)
    assert "たどり着けません" not in told(mini)


def test_all_faults_of_a_file_are_told_at_once_each_with_its_line(mini: Miniature) -> None:
    text = FLOWS.replace('"plant_pot"', '"plant_pots"').replace('"price_pot"', '"price_pots"')
    mini.write(FLOW_FILE, text)
    [index for index, line in enumerate(text.splitlines(), start=1) if "_pots" in line and '_pots", ' in line + ", "]
    problems = [one for one in lint(mini.root) if "用語集に操作" in one.message]
    assert [one.at.line for one in problems] == [
        number for number, line in enumerate(text.splitlines(), start=1) if "plant_pots" in line or "price_pots" in line
    ]
    assert len(problems) == 2


def test_every_shipped_business_has_flows_that_are_marked_as_our_own() -> None:
    catalog = Catalog.load(shipped_root())
    assert {book.business for book in catalog.flows} == {table.business for table in catalog.tables}
    assert all(book.status == "draft" and "公表した業務フローではない" in book.source for book in catalog.flows)

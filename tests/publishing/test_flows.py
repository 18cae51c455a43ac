"""Business flows on paper: nothing runs through anything, and the tools of others read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
import SpiffWorkflow.bpmn.parser
from flow_files import flowing
from lxml import etree
from miniature import FEES, LEDGER, Miniature

from kijun.catalog.catalog import Catalog
from kijun.catalog.root import shipped_root
from kijun.model.flow import Lane, Node, NodeKind, Process, Step
from kijun.publishing import flow_bpmn, flow_svg
from kijun.publishing.flow_chart import Box, Way, broken, chart

SCHEMA = Path(SpiffWorkflow.bpmn.parser.__file__).parent / "schema" / "BPMN20.xsd"
SPACES = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "di": "http://www.omg.org/spec/BPMN/20100524/DI",
    "kijun": flow_bpmn.KIJUN,
}
SHIPPED = [one for book in Catalog.load(shipped_root()).flows for one in book.processes]
EVERY = pytest.mark.parametrize("process", SHIPPED, ids=lambda one: one.id)


@pytest.fixture
def planting(mini: Miniature) -> Process:
    return Catalog.load(flowing(mini).root).flows[0].processes[0]


# chart -----------------------------------------------------------------------------------------------------


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@EVERY
def test_nodes_stand_in_their_lane_and_apart(process: Process) -> None:
    drawn = chart(process)
    lanes = dict(zip([lane.id for lane in process.lanes], drawn.lanes, strict=True))
    for shape in drawn.shapes:
        lane, box = lanes[shape.node.lane], shape.box
        assert lane.x < box.x
        assert box.x + box.width < lane.x + lane.width
        assert lane.y + drawn.head < box.y
        assert box.y + box.height < lane.y + lane.height
    boxes = [shape.box for shape in drawn.shapes]
    assert not [1 for index, one in enumerate(boxes) for other in boxes[:index] if overlap(one, other)]


@EVERY
def test_ways_are_right_angled_begin_and_end_at_their_nodes_and_run_through_none(process: Process) -> None:
    drawn = chart(process)
    boxes = {shape.node.id: shape.box for shape in drawn.shapes}
    assert [(one.source, one.target) for one in drawn.ways] == [(node.id, step.to) for node, step in process.steps]
    for way in drawn.ways:
        assert all((a[0] == b[0]) != (a[1] == b[1]) for a, b in pairwise(way.points))
        assert touches(boxes[way.source], way.points[0])
        assert touches(boxes[way.target], way.points[-1])
        assert not [name for name, box in boxes.items() for a, b in pairwise(way.points) if box.is_met_by(a, b)]


def made_up(seed: int) -> Process:
    """A flow of up to 14 nodes that leads back and forth between up to 4 lanes."""
    chance = Random(seed)
    lanes = tuple(Lane(one, one) for one in "abcd"[: chance.randint(2, 4)])
    last = chance.randint(5, 13)
    nodes = [Node("n0", NodeKind.START, chance.choice(lanes).id, "始まり", next=(Step("n1"),))]
    for number in range(1, last):
        ways = dict.fromkeys([f"n{number + 1}", f"n{chance.randint(1, last)}"][: 1 + (chance.random() < 0.35)])
        kind = NodeKind.CHOICE if len(ways) > 1 else NodeKind.TASK
        title = "あ" * chance.randint(3, 20)
        nodes.append(Node(f"n{number}", kind, chance.choice(lanes).id, title, next=tuple(map(Step, ways))))
    nodes.append(Node(f"n{last}", NodeKind.END, chance.choice(lanes).id, "終わり"))
    return Process("p", "p", "p", lanes, tuple(nodes))


@pytest.mark.parametrize("seed", range(60))
def test_no_way_runs_through_a_node_however_a_flow_turns(seed: int) -> None:
    drawn = chart(made_up(seed))
    boxes = [shape.box for shape in drawn.shapes]
    assert not [1 for way in drawn.ways for box in boxes for a, b in pairwise(way.points) if box.is_met_by(a, b)]
    assert not [1 for index, one in enumerate(boxes) for other in boxes[:index] if overlap(one, other)]


def test_ways_seldom_lie_on_one_another_however_flows_turn() -> None:
    lying = [seed for seed in range(60) if any(joined(chart(made_up(seed)).ways))]
    assert len(lying) <= 9, lying  # of the 60, some of which turn back six times


def joined(ways: tuple[Way, ...]) -> Iterator[bool]:
    for index, one in enumerate(ways):
        yield from (bool(list(shared(one.points, two.points))) for two in ways[:index] if one.target != two.target)


def touches(box: Box, point: tuple[int, int]) -> bool:
    return (point[0] in (box.x, box.x + box.width) and box.y <= point[1] <= box.y + box.height) or (
        point[1] in (box.y, box.y + box.height) and box.x <= point[0] <= box.x + box.width
    )


@EVERY
def test_no_way_lies_on_another_that_leads_elsewhere(process: Process) -> None:
    ways = chart(process).ways
    for index, way in enumerate(ways):
        for other in ways[:index]:
            if other.target != way.target:
                assert not list(shared(way.points, other.points)), (way.source, other.source)


def shared(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
    """Where two ways lie on one another, apart from the points where they begin."""
    for a, b in pairwise(one):
        for c, d in pairwise(other):
            for axis in (0, 1):
                if a[axis] == b[axis] == c[axis] == d[axis]:
                    low = max(min(a[1 - axis], b[1 - axis]), min(c[1 - axis], d[1 - axis]))
                    high = min(max(a[1 - axis], b[1 - axis]), max(c[1 - axis], d[1 - axis]))
                    if low < high:
                        yield low, high


@EVERY
def test_words_of_nodes_lie_on_no_other_words_and_in_the_picture(process: Process) -> None:
    drawn = chart(process)
    boxes = [shape.label.box for shape in drawn.shapes if shape.label]
    boxes += [way.label.box for way in drawn.ways if way.label]
    assert not [1 for index, one in enumerate(boxes) for other in boxes[:index] if overlap(one, other)]
    assert all(one.x >= 0 and one.x + one.width <= drawn.width for one in boxes)
    assert all(one.y >= 0 and one.y + one.height <= drawn.height for one in boxes)


def test_work_that_follows_in_another_lane_stands_beside_and_a_return_leads_up(planting: Process) -> None:
    drawn = chart(planting)
    centres = {shape.node.id: shape.box.centre for shape in drawn.shapes}
    assert centres["wish"][1] == centres["plant"][1] < centres["good"][1] == centres["price"][1]
    back = next(way for way in drawn.ways if (way.source, way.target) == ("good", "plant"))
    assert back.label is not None
    assert back.label.lines == ("枯れた",)
    assert back.points[-1][1] < back.points[0][1]


def test_what_finds_its_place_taken_stands_one_row_below() -> None:
    lanes = (Lane("a", "a"), Lane("b", "b"))
    here = Node("here", NodeKind.START, "a", "始まり", next=(Step("other"),))
    there = Node("there", NodeKind.START, "b", "始まり", next=(Step("end"),))
    ends = [Node(name, NodeKind.END, "a", "終わり") for name in ("end", "other")]
    drawn = chart(Process("p", "p", "p", lanes, (here, there, *ends)))
    (_, top), (_, beside), (_, below), (_, last) = (shape.box.centre for shape in drawn.shapes)
    assert top == beside
    assert 60 < below - top < 100
    assert last > below


def test_long_titles_are_broken_evenly_and_no_line_begins_with_a_stop() -> None:
    assert broken("発送前の異動と突き合わせ、引き抜く", 11) == ("発送前の異動と突き", "合わせ、引き抜く")
    assert broken("あいうえ、おか", 4) == ("あいうえ、", "おか")
    assert broken("", 11) == ()


# svg -------------------------------------------------------------------------------------------------------


def test_the_picture_tells_itself_in_words_and_has_no_colour(planting: Process) -> None:
    root = etree.fromstring(flow_svg.render(planting))
    assert root.get("role") == "img"
    title, words = root[0], root[1]
    assert root.get("aria-labelledby").split() == [title.get("id"), words.get("id")]
    assert title.text == "植えて代金を受け取る"
    assert "店: 育ったか → 育ったなら「料金を計算する」、枯れたなら「鉢を登録する」。" in words.text
    colours = {value for one in root.iter() for key, value in one.items() if key in ("fill", "stroke")}
    assert colours <= {"none", "black", "white", "#767676", "#eeeeee"}
    drawn = "".join(root.itertext())
    assert all(node.title in drawn for node in planting.nodes)


def test_ids_differ_between_pictures_on_one_page() -> None:
    found = [one for process in SHIPPED for one in re.findall(r' id="([^"]+)"', flow_svg.render(process))]
    assert len(found) == len(set(found)) == 2 * len(SHIPPED)


def test_signs_of_a_markup_and_signs_that_hide_are_only_text(planting: Process) -> None:
    hostile = Process("x", '<b>&"\u202e', planting.purpose, planting.lanes, planting.nodes)
    assert etree.fromstring(flow_svg.render(hostile))[0].text == '<b>&"〔U+202E〕'
    file = flow_bpmn.render(hostile, "pots", {}, "\x07")
    assert etree.fromstring(file).find("bpmn:process", SPACES).get("name") == '<b>&"〔U+202E〕'


# bpmn ------------------------------------------------------------------------------------------------------


@EVERY
def test_the_published_schema_accepts_every_flow(process: Process) -> None:
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.assertValid(etree.fromstring(flow_bpmn.render(process, "local", {}, "案")))


def bpmn(process: Process) -> etree._Element:
    return etree.fromstring(flow_bpmn.render(process, "pots", {"plant_pot": "鉢の登録"}, "試験用の案"))


def test_every_reference_resolves_and_every_node_and_way_has_its_shape(planting: Process) -> None:
    root = bpmn(planting)
    ids = [one.get("id") for one in root.iter() if one.get("id") and not one.tag.startswith(f"{{{flow_bpmn.KIJUN}}}")]
    assert len(ids) == len(set(ids))
    references = [
        one.get(key) for one in root.iter() for key in ("sourceRef", "targetRef", "processRef", "bpmnElement")
    ]
    references += [
        one.text for name in ("flowNodeRef", "incoming", "outgoing") for one in root.iterfind(f".//bpmn:{name}", SPACES)
    ]
    assert {one for one in references if one} <= set(ids)
    shapes = [one.get("bpmnElement") for one in root.iterfind(".//di:BPMNShape", SPACES)]
    nodes = [f"node_{node.id}" for node in planting.nodes]
    assert shapes == ["participant", *(f"lane_{lane.id}" for lane in planting.lanes), *nodes]
    edges = [one.get("bpmnElement") for one in root.iterfind(".//di:BPMNEdge", SPACES)]
    assert edges == [one.get("id") for one in root.iterfind(".//bpmn:sequenceFlow", SPACES)]
    assert len(edges) == len(planting.steps)
    assert sorted(one.text for one in root.iterfind(".//bpmn:flowNodeRef", SPACES)) == sorted(nodes)


def test_kinds_operations_and_requirements_are_told_in_the_words_of_the_format(planting: Process) -> None:
    root = bpmn(planting)
    kinds = {
        one.get("id"): etree.QName(one).localname
        for one in root.find("bpmn:process", SPACES)
        if one.get("id", "").startswith("node_")
    }
    assert kinds["node_plant"] == "userTask"
    assert kinds["node_price"] == "serviceTask"
    assert kinds["node_wrap"] == "manualTask"
    assert kinds["node_good"] == "exclusiveGateway"
    assert kinds["node_joined"] == "parallelGateway"
    assert root.find(".//bpmn:startEvent[@id='node_spring']/bpmn:timerEventDefinition", SPACES) is not None
    plant = root.find(".//bpmn:userTask[@id='node_plant']", SPACES)
    assert [one.get("key") for one in plant.iterfind(".//kijun:operation", SPACES)] == ["plant_pot", "list_pots"]
    assert [one.get("id") for one in root.iterfind(".//kijun:requirement", SPACES)] == [LEDGER, FEES]
    assert plant.findtext("bpmn:documentation", namespaces=SPACES) == f"操作: 鉢の登録\n操作: list_pots\n要件: {LEDGER}"
    conditions = {one.get("name") for one in root.iterfind(".//bpmn:sequenceFlow", SPACES)}
    assert conditions == {None, "育った", "枯れた"}
    assert "試験用の案" in root.findtext("bpmn:process/bpmn:documentation", namespaces=SPACES)


def test_the_same_flow_gives_the_same_bytes(planting: Process) -> None:
    assert flow_svg.render(planting) == flow_svg.render(planting)
    assert flow_bpmn.render(planting, "a", {}, "") == flow_bpmn.render(planting, "a", {}, "")
    assert {node.kind for node in planting.nodes} == set(NodeKind)

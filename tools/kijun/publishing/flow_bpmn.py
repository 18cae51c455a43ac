"""A business flow as BPMN 2.0 XML with its diagram, for the tools that draw and compare processes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from kijun.model.flow import Lane, Node, NodeKind, Process
from kijun.press.legible import legible
from kijun.publishing.flow_chart import Box, Chart, Shape, Way, chart

_BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
_DIAGRAM: Final = "http://www.omg.org/spec/BPMN/20100524/DI"
_BOUNDS: Final = "http://www.omg.org/spec/DD/20100524/DC"
_CORNERS: Final = "http://www.omg.org/spec/DD/20100524/DI"
KIJUN: Final = "https://kijun.example/bpmn"
_SPACES = {None: _BPMN, "bpmndi": _DIAGRAM, "dc": _BOUNDS, "di": _CORNERS, "kijun": KIJUN}
_GATEWAYS = {NodeKind.CHOICE: "exclusiveGateway", NodeKind.PARALLEL: "parallelGateway"}


def render(process: Process, business: str, labels: Mapping[str, str], source: str) -> bytes:
    """One flow as a file; `labels` name the operations, `source` says what the flow may be taken for.

    Operations and requirements of a task are extension elements of our own namespace and stand in its documentation.
    The process is not executable.
    """
    root = etree.Element(f"{{{_BPMN}}}definitions", nsmap=_SPACES)
    root.set("id", "definitions")
    root.set("targetNamespace", f"https://kijun.example/flows/{business}")
    root.set("exporter", "kijun")
    drawn = chart(process)
    _collaboration(root, process)
    _process(root, process, drawn, labels, source)
    _diagram(root, process, drawn)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(parent: Any, element_name: str, space: str = _BPMN, /, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{space}}}{element_name}")
    for key, value in attributes.items():
        element.set(key, legible(value))
    return element


def _told(parent: Any, words: str) -> None:
    _add(parent, "documentation").text = legible(words)


def _collaboration(root: Any, process: Process) -> None:
    together = _add(root, "collaboration", id="collaboration")
    _add(together, "participant", id="participant", name=process.title, processRef=f"process_{process.id}")


def _process(root: Any, process: Process, drawn: Chart, labels: Mapping[str, str], source: str) -> None:
    element = _add(root, "process", id=f"process_{process.id}", name=process.title, isExecutable="false")
    _told(element, f"{process.purpose}\n{source}")
    lanes = _add(element, "laneSet", id="lanes")
    for lane in process.lanes:
        row = _add(lanes, "lane", id=_lane(lane), name=lane.title)
        for node in process.nodes:
            if node.lane == lane.id:
                _add(row, "flowNodeRef").text = _node(node.id)
    ways = [(number, way) for number, way in enumerate(drawn.ways, start=1)]
    for node in process.nodes:
        _flow_node(element, process, node, labels, ways)
    for (number, way), (_, step) in zip(ways, process.steps, strict=True):
        flow = _add(element, "sequenceFlow", id=f"way_{number}")
        if step.when:
            flow.set("name", legible(step.when))
        flow.set("sourceRef", _node(way.source))
        flow.set("targetRef", _node(way.target))


def _flow_node(
    parent: Any,
    process: Process,
    node: Node,
    labels: Mapping[str, str],
    ways: list[tuple[int, Way]],
) -> None:
    element = _add(parent, _element_name(node, process.lane_of(node)), id=_node(node.id))
    if node.title:
        element.set("name", legible(node.title))
    if node.operations or node.requirements:
        told = [f"操作: {labels.get(one, one)}" for one in node.operations]
        _told(element, "\n".join([*told, *(f"要件: {one}" for one in node.requirements)]))
        more = _add(element, "extensionElements")
        for one in node.operations:
            _add(more, "operation", KIJUN, key=one, label=labels.get(one, one))
        for one in node.requirements:
            _add(more, "requirement", KIJUN, id=one)
    for number, way in ways:
        if way.target == node.id:
            _add(element, "incoming").text = f"way_{number}"
    for number, way in ways:
        if way.source == node.id:
            _add(element, "outgoing").text = f"way_{number}"
    if node.kind is NodeKind.DATE:
        _add(element, "timerEventDefinition", id=f"{_node(node.id)}_date")


def _element_name(node: Node, lane: Lane) -> str:
    if node.kind.begins:
        return "startEvent"
    if node.kind is NodeKind.END:
        return "endEvent"
    if node.kind in _GATEWAYS:
        return _GATEWAYS[node.kind]
    return "serviceTask" if lane.automatic else "userTask" if node.operations else "manualTask"


def _diagram(root: Any, process: Process, drawn: Chart) -> None:
    diagram = _add(root, "BPMNDiagram", _DIAGRAM, id="diagram", name=process.title)
    plane = _add(diagram, "BPMNPlane", _DIAGRAM, id="plane", bpmnElement="collaboration")
    first, last = drawn.lanes[0], drawn.lanes[-1]
    whole = Box(first.x, first.y - drawn.head, last.x + last.width - first.x, first.height + drawn.head)
    _area(plane, "participant", whole)
    for lane, box in zip(process.lanes, drawn.lanes, strict=True):
        _area(plane, _lane(lane), box)
    for shape in drawn.shapes:
        _shape(plane, shape)
    for number, way in enumerate(drawn.ways, start=1):
        edge = _add(plane, "BPMNEdge", _DIAGRAM, id=f"way_{number}_edge", bpmnElement=f"way_{number}")
        for x, y in way.points:
            _add(edge, "waypoint", _CORNERS, x=str(x), y=str(y))
        if way.label:
            _bounds(_add(edge, "BPMNLabel", _DIAGRAM), way.label.box)


def _area(plane: Any, name: str, box: Box) -> None:
    area = _add(plane, "BPMNShape", _DIAGRAM, id=f"{name}_shape", bpmnElement=name, isHorizontal="false")
    _bounds(area, box)


def _shape(plane: Any, shape: Shape) -> None:
    name = _node(shape.node.id)
    element = _add(plane, "BPMNShape", _DIAGRAM, id=f"{name}_shape", bpmnElement=name)
    _bounds(element, shape.box)
    if shape.label and shape.node.kind is not NodeKind.TASK:
        _bounds(_add(element, "BPMNLabel", _DIAGRAM), shape.label.box)


def _bounds(parent: Any, box: Box) -> None:
    _add(parent, "Bounds", _BOUNDS, x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height))


def _node(name: str) -> str:
    return f"node_{name}"


def _lane(lane: Lane) -> str:
    return f"lane_{lane.id}"

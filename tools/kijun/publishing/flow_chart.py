"""Where everything of a flow stands on paper: lanes are columns, time runs downwards, ways are right-angled.

Lengths are in pixels of 12-pixel text. The same flow gives the same chart: nodes take the first free row of their lane
in the order in which they are told, and every way takes the cheapest of a few dozen routes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from kijun.model.flow import Node, NodeKind, Process, Step

LETTER: Final = 12
LINE: Final = 15
_MILLIMETRES: Final = 25.4 / 96  # of a pixel
_CELL, _TASK = 176, 148
_ROUND, _DIAMOND = 16, 20  # half the height of an event and of a gateway
_HEAD, _GAP, _EDGE = 34, 46, 10
_ASIDE, _GUTTERS = (0, -11, 11), (-4, 4, -10, 10)  # of the ways inside a gap, and beside the border of a lane
_BEND, _CROSSING, _SHARED_PORT, _OVERLAP, _HIT = 30, 80, 400, 3_000, 100_000
_CLEAR = 4  # a way keeps this distance from what it passes

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2

    def is_met_by(self, one: Point, other: Point, clear: int = 0) -> bool:
        """Whether a horizontal or vertical line comes nearer than `clear`."""
        (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
        return (
            left < self.x + self.width + clear
            and right > self.x - clear
            and top < self.y + self.height + clear
            and bottom > self.y - clear
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text; `at` is the left (start), middle or right (end) of the first line's foot."""

    lines: tuple[str, ...]
    at: Point
    anchor: str = "middle"

    @property
    def box(self) -> Box:
        width = max(map(len, self.lines)) * LETTER
        left = self.at[0] - {"start": 0, "middle": width // 2, "end": width}[self.anchor]
        return Box(left, self.at[1] - LETTER, width, len(self.lines) * LINE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node in its place."""

    node: Node
    box: Box
    label: Label | None


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one node to another: corners from the border of the first to the border of the second."""

    source: str
    target: str
    points: tuple[Point, ...]
    label: Label | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A flow, ready to be drawn; `lanes` are in the order of the flow."""

    width: int
    height: int
    lanes: tuple[Box, ...]
    head: int
    shapes: tuple[Shape, ...]
    ways: tuple[Way, ...]


@cache
def chart(process: Process) -> Chart:
    """Lay out a flow that lint has found to be well formed."""
    rows = _rows(process)
    feet, centres = _verticals(process, rows)
    columns = {lane.id: index for index, lane in enumerate(process.lanes)}
    middles = {lane: _EDGE + index * _CELL + _CELL // 2 for lane, index in columns.items()}
    shapes = [_shape(node, middles[node.lane], centres[rows[node.id]]) for node in process.nodes]
    height = feet[-1] + _GAP // 2
    lanes = tuple(Box(_EDGE + index * _CELL, _EDGE, _CELL, height - _EDGE) for index in range(len(columns)))
    gaps = [_EDGE + _HEAD + _GAP // 4, *(foot + _GAP // 2 for foot in feet)]
    borders = [_EDGE + index * _CELL for index in range(len(columns) + 1)]
    gutters = [x + one for x in borders for one in _GUTTERS if borders[0] < x + one < borders[-1]]
    ways = _Router(process, shapes, rows, gaps, gutters).ways()
    return Chart(2 * _EDGE + len(columns) * _CELL, height + _EDGE, lanes, _HEAD, tuple(shapes), ways)


def width_in(process: Process, room: tuple[float, float]) -> float:
    """How wide the chart is drawn on paper, in millimetres, so that it fits a room of width and height."""
    drawn = chart(process)
    width, height = drawn.width * _MILLIMETRES, drawn.height * _MILLIMETRES
    return width * min(1, room[0] / width, room[1] / height)


# nodes ----------------------------------------------------------------------------------------------------


def _rows(process: Process) -> dict[str, int]:
    """The row of every node: beside what comes before it in another lane, below it in its own."""
    column = {lane.id: index for index, lane in enumerate(process.lanes)}
    place = {node.id: index for index, node in enumerate(process.nodes)}
    rows: dict[str, int] = {}
    taken: dict[int, set[int]] = {}
    for node in process.nodes:
        mine = column[node.lane]
        before = [one for one, step in process.steps if step.to == node.id and place[one.id] < place[node.id]]
        row = max((rows[one.id] + (column[one.lane] == mine) for one in before), default=0)
        while _is_blocked(row, mine, [column[one.lane] for one in before if rows[one.id] == row], taken):
            row += 1
        rows[node.id] = row
        taken.setdefault(row, set()).add(mine)
    return rows


def _is_blocked(row: int, mine: int, sources: Iterable[int], taken: Mapping[int, set[int]]) -> bool:
    """Whether the place is taken, or something stands between it and what leads to it in the same row."""
    there = taken.get(row, set())
    between = {one for source in sources for one in range(min(source, mine) + 1, max(source, mine))}
    return mine in there or bool(between & there)


def _verticals(process: Process, rows: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """The foot and the centre of every row."""
    feet, centres, top = list[int](), list[int](), _EDGE + _HEAD - _GAP // 2
    for row in range(max(rows.values()) + 1):
        spans = [_span(node) for node in process.nodes if rows[node.id] == row] or [(0, 0)]
        centres.append(top + _GAP + max(up for up, _ in spans))
        top = centres[-1] + max(down for _, down in spans)
        feet.append(top)
    return feet, centres


def _span(node: Node) -> tuple[int, int]:
    """How far a node reaches above and below its centre, its label included."""
    lines = len(_broken(node))
    if node.kind is NodeKind.TASK:
        half = _task_height(lines) // 2
        return half, half
    if node.kind in (NodeKind.CHOICE, NodeKind.PARALLEL):
        return max(_DIAMOND, 10 + lines * LINE), _DIAMOND
    text = lines * LINE + 4
    return (_ROUND + text, _ROUND) if node.kind.begins else (_ROUND, _ROUND + text)


def _task_height(lines: int) -> int:
    return 2 * (lines * LINE // 2 + 9)


def _broken(node: Node) -> tuple[str, ...]:
    """The title in lines that fit its place."""
    room = {NodeKind.TASK: 11, NodeKind.CHOICE: 6}.get(node.kind, 13)
    return broken(node.title, room)


def broken(text: str, room: int) -> tuple[str, ...]:
    """A text in lines of about the same length, at most `room` letters each; a stop may hang over, and begins none."""
    if not text:
        return ()
    count = -(-len(text) // room)
    length = -(-len(text) // count)
    lines: list[str] = []
    while text:
        cut = length if length >= len(text) or text[length] not in "、。）」" else length + 1
        lines.append(text[:cut])
        text = text[cut:]
    return tuple(lines)


def _shape(node: Node, x: int, y: int) -> Shape:
    lines = _broken(node)
    first = y - (len(lines) * LINE) // 2 + LETTER
    if node.kind is NodeKind.TASK:
        height = _task_height(len(lines))
        return Shape(node, Box(x - _TASK // 2, y - height // 2, _TASK, height), Label(lines, (x, first)))
    half = _DIAMOND if node.kind in (NodeKind.CHOICE, NodeKind.PARALLEL) else _ROUND
    box = Box(x - half, y - half, 2 * half, 2 * half)
    if not lines:
        return Shape(node, box, None)
    if node.kind in (NodeKind.CHOICE, NodeKind.PARALLEL):
        return Shape(node, box, Label(lines, (x + 14, y - 10 - (len(lines) - 1) * LINE), "start"))
    foot = y - _ROUND - 6 - (len(lines) - 1) * LINE if node.kind.begins else y + _ROUND + LETTER + 4
    return Shape(node, box, Label(lines, (x, foot)))


# ways -----------------------------------------------------------------------------------------------------

_Route = tuple[Point, ...]


class _Router:
    """Draws one way after the other, the nearest first, each where it meets least."""

    def __init__(
        self,
        process: Process,
        shapes: Sequence[Shape],
        rows: Mapping[str, int],
        gaps: Sequence[int],
        gutters: Sequence[int],
    ) -> None:
        self._process, self._rows = process, rows
        self._boxes = {one.node.id: one.box for one in shapes}
        self._texts = [one.label.box for one in shapes if one.label and one.node.kind is not NodeKind.TASK]
        self._gaps, self._gutters = gaps, gutters
        self._routes: dict[tuple[str, str], _Route] = {}

    def ways(self) -> tuple[Way, ...]:
        for node, step in sorted(self._process.steps, key=self._distance):
            self._routes[node.id, step.to] = self._cheapest(node.id, step.to)
        return tuple(self._way(node, step) for node, step in self._process.steps)

    def _cheapest(self, source: str, target: str) -> _Route:
        """Short routes with few corners are weighed first; a longer one that costs more by itself is not weighed."""
        routes = sorted(dict.fromkeys(map(_straightened, self._candidates(source, target))), key=_effort)
        best, lowest = routes[0], self._cost(routes[0], source, target)
        for one in routes[1:]:
            if _effort(one) >= lowest:
                break
            cost = self._cost(one, source, target)
            best, lowest = (one, cost) if cost < lowest else (best, lowest)
        return best

    def _distance(self, way: tuple[Node, Step]) -> tuple[bool, int]:
        start, end = (self._boxes[one].centre for one in (way[0].id, way[1].to))
        return end[1] < start[1], abs(end[0] - start[0]) + abs(end[1] - start[1])

    def _way(self, node: Node, step: Step) -> Way:
        route = self._routes[node.id, step.to]
        return Way(node.id, step.to, route, _condition(route, step.when) if step.when else None)

    def _candidates(self, source: str, target: str) -> Iterator[_Route]:
        """Every route worth a thought: out at a side or below, along a gap or a gutter, in at a side or above."""
        for start, is_beside in self._exits(source):
            for end, from_beside in self._entries(target):
                yield from self._between(start, is_beside, self._rows[source], end, from_beside, self._rows[target])

    def _exits(self, name: str) -> Iterator[tuple[Point, bool]]:
        box, (x, y) = self._boxes[name], self._boxes[name].centre
        yield (x, box.y + box.height), False
        yield (box.x, y), True
        yield (box.x + box.width, y), True

    def _entries(self, name: str) -> Iterator[tuple[Point, bool]]:
        box, (x, y) = self._boxes[name], self._boxes[name].centre
        yield (x, box.y), False
        yield (box.x, y), True
        yield (box.x + box.width, y), True

    def _between(
        self, start: Point, out_beside: bool, row: int, end: Point, in_beside: bool, other: int
    ) -> Iterator[_Route]:
        """Routes between two ports. `row` and `other` are the rows of the two nodes."""
        below = [self._gaps[row + 1] + one for one in _ASIDE]
        above = [self._gaps[other] + one for one in _ASIDE]
        gutters = self._gutters
        if out_beside and in_beside:
            yield (start, end) if start[1] == end[1] else (start, (start[0], end[1]), end)
            yield from ((start, (x, start[1]), (x, end[1]), end) for x in gutters)
        elif out_beside:
            yield start, (end[0], start[1]), end
            yield from ((start, (x, start[1]), (x, y), (end[0], y), end) for x in gutters for y in above)
        elif in_beside:
            yield start, (start[0], end[1]), end
            yield from ((start, (start[0], y), (x, y), (x, end[1]), end) for x in gutters for y in below)
        else:
            yield from ((start, (start[0], y), (end[0], y), end) for y in (*below, *above))
            yield from (
                (start, (start[0], y), (x, y), (x, z), (end[0], z), end) for x in gutters for y in below for z in above
            )

    def _cost(self, route: _Route, source: str, target: str) -> int:
        parts = list(pairwise(route))
        cost = _effort(route)
        cost += _HIT * (len(parts) == 0 or not _leaves(route, self._boxes[source], self._boxes[target]))
        for name, box in self._boxes.items():
            own = name in (source, target)
            cost += _HIT * sum(box.is_met_by(a, b, 0 if own else _CLEAR) for a, b in parts)
        cost += _HIT // 10 * sum(text.is_met_by(a, b) for text in self._texts for a, b in parts)
        for (other_source, other_target), other in self._routes.items():
            if other_target == target and other[-1] == route[-1]:
                continue  # ways that end at the same place may join
            shared = {route[0], route[-1]} & {other[0], other[-1]}
            cost += _SHARED_PORT * len(shared) if source != other_source or route[0] in shared else 0
            cost += sum(_meeting(a, b, c, d) for a, b in parts for c, d in pairwise(other))
        return cost


def _effort(route: _Route) -> int:
    """What a route costs by itself."""
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(route))
    return length + _BEND * (len(route) - 2)


def _straightened(route: _Route) -> _Route:
    """Without points that are no corner."""
    points = [one for index, one in enumerate(route) if index == 0 or one != route[index - 1]]
    kept = points[:1]
    for index in range(1, len(points) - 1):
        before, here, after = kept[-1], points[index], points[index + 1]
        if not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return (*kept, *points[-1:]) if len(points) > 1 else tuple(points)


def _leaves(route: _Route, source: Box, target: Box) -> bool:
    """Whether both ends stand off their box: no way runs along or into the node that it joins."""
    return _stands_off(route[0], route[1], source) and _stands_off(route[-1], route[-2], target)


def _stands_off(port: Point, next_one: Point, box: Box) -> bool:
    x, y = box.centre
    if port[0] == x:
        return port[0] == next_one[0] and (next_one[1] - port[1]) * (port[1] - y) > 0
    return port[1] == next_one[1] and (next_one[0] - port[0]) * (port[0] - x) > 0


def _meeting(a: Point, b: Point, c: Point, d: Point) -> int:
    """What it costs that two lines meet: little where they cross, much where one lies on the other."""
    upright, other_upright = a[0] == b[0], c[0] == d[0]
    if upright == other_upright:
        axis = 1 if upright else 0
        if abs(a[1 - axis] - c[1 - axis]) > _CLEAR:
            return 0
        (low, high), (other_low, other_high) = sorted((a[axis], b[axis])), sorted((c[axis], d[axis]))
        return _OVERLAP if low < other_high and other_low < high else 0
    (x, _), (_, y) = (a, c) if upright else (c, a)
    flat, tall = ((c, d), (a, b)) if upright else ((a, b), (c, d))
    inside = min(flat[0][0], flat[1][0]) <= x <= max(flat[0][0], flat[1][0])
    return _CROSSING if inside and min(tall[0][1], tall[1][1]) <= y <= max(tall[0][1], tall[1][1]) else 0


def _condition(route: _Route, words: str) -> Label:
    """The condition beside the first part of a way, below what leads right and above what leads left."""
    (x, y), (next_x, _) = route[:2]
    if next_x > x:
        return Label((words,), (x + 4, y + 14), "start")
    if next_x < x:
        return Label((words,), (x - 4, y - 5), "end")
    return Label((words,), (x + 5, y + 13), "start")

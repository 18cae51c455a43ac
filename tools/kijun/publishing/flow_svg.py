"""A business flow as SVG: black on white, with a title and the whole flow in words for whoever does not see it."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from kijun.model.flow import NodeKind, Process
from kijun.press.legible import legible
from kijun.publishing.flow_chart import LETTER, LINE, Box, Chart, Label, Shape, Way, chart

_FONTS = "'BIZ UDPGothic', 'Noto Sans CJK JP', 'Noto Sans JP', sans-serif"


def render(process: Process) -> str:
    """One <svg> element; every id in it begins with that of the flow, so that several may stand on one page."""
    drawn = chart(process)
    return "\n".join(_lines(process, drawn)) + "\n"


def in_words(process: Process) -> str:
    """The flow as sentences, in the order of its nodes."""
    names = {node.id: node.title or "並行" for node in process.nodes}
    told = []
    for node in process.nodes:
        ways = "、".join((f"{step.when}なら" if step.when else "") + f"「{names[step.to]}」" for step in node.next)
        told.append(f"{process.lane_of(node).title}: {names[node.id]}" + (f" → {ways}" if ways else ""))
    return "。".join(told) + "。"


def _lines(process: Process, drawn: Chart) -> Iterator[str]:
    name = process.id
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}" width="{drawn.width}"'
        f' height="{drawn.height}" role="img" aria-labelledby="{name}_title {name}_words" lang="ja"'
        f' font-family="{_FONTS}" font-size="{LETTER}" fill="none" stroke="black">'
    )
    yield f'<title id="{name}_title">{_text(process.title)}</title>'
    yield f'<desc id="{name}_words">{_text(in_words(process))}</desc>'
    yield f'<rect width="{drawn.width}" height="{drawn.height}" fill="white" stroke="none"/>'
    for lane, box in zip(process.lanes, drawn.lanes, strict=True):
        yield _rect(box, 'stroke="#767676"')
        yield _rect(Box(box.x, box.y, box.width, drawn.head), 'fill="#eeeeee" stroke="#767676"')
        yield _words(Label((lane.title,), (box.centre[0], box.y + drawn.head // 2 + LETTER // 2 - 1)), "bold")
    for way in drawn.ways:
        yield from _way(way)
    for shape in drawn.shapes:
        yield from _shape(shape)
    yield "</svg>"


def _shape(shape: Shape) -> Iterator[str]:
    box, (x, y), kind = shape.box, shape.box.centre, shape.node.kind
    if kind is NodeKind.TASK:
        yield _rect(box, 'rx="7" fill="white" stroke-width="1.4"')
    elif kind in (NodeKind.CHOICE, NodeKind.PARALLEL):
        half = box.width // 2
        yield f'<path d="M{x} {box.y}L{x + half} {y}L{x} {y + half}L{x - half} {y}Z" fill="white" stroke-width="1.4"/>'
        yield from _sign(kind, x, y)
    else:
        thick = "3.2" if kind is NodeKind.END else "1.4"
        yield f'<circle cx="{x}" cy="{y}" r="{box.width // 2}" fill="white" stroke-width="{thick}"/>'
        if kind is NodeKind.DATE:
            yield f'<circle cx="{x}" cy="{y}" r="{box.width // 2 - 5}"/><path d="M{x} {y - 8}V{y}H{x + 6}"/>'
    if shape.label:
        yield _words(shape.label)


def _sign(kind: NodeKind, x: int, y: int) -> Iterator[str]:
    if kind is NodeKind.CHOICE:
        yield f'<path d="M{x - 6} {y - 6}L{x + 6} {y + 6}M{x - 6} {y + 6}L{x + 6} {y - 6}" stroke-width="2.4"/>'
    else:
        yield f'<path d="M{x - 9} {y}H{x + 9}M{x} {y - 9}V{y + 9}" stroke-width="2.8"/>'


def _way(way: Way) -> Iterator[str]:
    (x, y), (before_x, before_y) = way.points[-1], way.points[-2]
    yield '<path d="M' + "L".join(f"{x} {y}" for x, y in way.points) + '"/>'
    ahead, across = (_sign_of(x - before_x), _sign_of(y - before_y)), 3
    left = (x - 7 * ahead[0] - across * ahead[1], y - 7 * ahead[1] - across * ahead[0])
    right = (x - 7 * ahead[0] + across * ahead[1], y - 7 * ahead[1] + across * ahead[0])
    yield f'<path d="M{x} {y}L{left[0]} {left[1]}L{right[0]} {right[1]}Z" fill="black" stroke="none"/>'
    if way.label:
        yield _words(way.label)


def _sign_of(number: int) -> int:
    return (number > 0) - (number < 0)


def _rect(box: Box, looks: str) -> str:
    return f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" {looks}/>'


def _words(label: Label, weight: str = "normal") -> str:
    """Text in front of a white border, so that a way that passes beneath does not hide it."""
    x, y = label.at
    lines = "".join(
        f'<tspan x="{x}" y="{y + number * LINE}">{_text(one)}</tspan>' for number, one in enumerate(label.lines)
    )
    looks = f'text-anchor="{label.anchor}" font-weight="{weight}" fill="black"'
    return f'<text {looks} stroke="white" stroke-width="3" paint-order="stroke">{lines}</text>'


def _text(words: str) -> str:
    return escape(legible(words))

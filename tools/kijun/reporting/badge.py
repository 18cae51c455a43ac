"""One small picture (SVG) that says what a run came to: words and a shape, never colour alone.

A run that is not conformant gets a badge that says so, and a table that is not published says that too.
"""

from __future__ import annotations

from unicodedata import east_asian_width
from xml.etree import ElementTree

from kijun.model.requirement import MunicipalityClass
from kijun.model.values import japanese_date
from kijun.model.verdict import Claim
from kijun.reporting.run_view import RunView
from kijun.reporting.wording import BADGE_STATES, CLAIM_SHAPES, without_controls

COLOURS = {  # white letters on each reach a contrast of 4.5 (WCAG 2.2, 1.4.3)
    Claim.CONFORMANT: "#1b6e3c",
    Claim.CONFORMANT_WITH_WAIVERS: "#7a5200",
    Claim.NOT_CONFORMANT: "#b3261e",
    Claim.UNDETERMINED: "#4a5568",
}
LABEL_COLOUR = "#303030"
_HEIGHT, _MARGIN, _WIDE, _NARROW = 22, 8, 12, 7  # pixels


def render(view: RunView) -> bytes:
    """badge.svg: the standard and its edition at the left, the claim at the right."""
    claim = view.report.claim
    label, told = _standard(view), f"{CLAIM_SHAPES[claim]} {claim.label}"
    left, right = (_width(text) + 2 * _MARGIN for text in (label, told))
    title = _title(view, label)
    svg = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "width": str(left + right),
            "height": str(_HEIGHT),
            "role": "img",
            "aria-label": title,
        },
    )
    ElementTree.SubElement(svg, "title").text = title
    _box(svg, 0, label, LABEL_COLOUR)
    _box(svg, left, told, COLOURS[claim])
    content: bytes = ElementTree.tostring(svg, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _standard(view: RunView) -> str:
    """The business, or how many, with the edition they share and the least certain state of their tables."""
    tables = view.snapshot["tables"]
    names = [str(view.snapshot["names"][table["business"]]) for table in tables]
    editions = {table["edition"] for table in tables}
    shown = f" {editions.pop()}版" if len(editions) == 1 else ""
    state = next((word for key, word in BADGE_STATES.items() if any(table["status"] == key for table in tables)), "")
    return (names[0] if len(names) == 1 else f"{len(names)}業務") + shown + state


def _title(view: RunView, label: str) -> str:
    profile = view.report.facts.start["profile"]
    product = f"{view.product.get('product', '製品は不明')} {view.product.get('version', '')}".strip()
    kind = MunicipalityClass(profile["municipality_class"]).label
    return without_controls(
        f"{product}: {label} に対して{view.report.claim.label}"
        f"（{kind}、基準日 {japanese_date(profile['as_of'])}、kijun {view.report.facts.start['kijun']}）"
    )


def _box(svg: ElementTree.Element, x: int, text: str, colour: str) -> None:
    width = _width(text)
    box = {"x": str(x), "width": str(width + 2 * _MARGIN), "height": str(_HEIGHT), "fill": colour}
    ElementTree.SubElement(svg, "rect", box)
    style = {
        "x": str(x + _MARGIN),
        "y": "15",
        "fill": "#ffffff",
        "font-family": "'BIZ UDPGothic','Noto Sans JP',sans-serif",
        "font-size": str(_WIDE),
        "textLength": str(width),
    }
    ElementTree.SubElement(svg, "text", style).text = without_controls(text)


def _width(text: str) -> int:
    """Pixels that a text is given; `textLength` makes any font keep to it."""
    return sum(_WIDE if east_asian_width(letter) in "WFA" else _NARROW for letter in text)

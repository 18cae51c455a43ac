"""The press: what it says it can draw is drawn, and what it cannot is refused."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pdf_reading import opened, squeezed, words

from kijun.press.typesetter import Unprintable, typeset, undrawable
from kijun.press.unseen import hidden

FORM = """\
#let given = json(bytes(sys.inputs.at("content")))
#set document(title: "試し刷り")
#set text(font: "Noto Sans CJK JP", lang: "ja", region: "JP")
#for one in given.texts { par(one) }
"""
DAY = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def form(tmp_path: Path) -> Path:
    path = tmp_path / "form.typ"
    path.write_text(FORM, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["𠮷野　髙橋", "葛󠄀城", "か\u3099き\u309a", "① ◎ × － ㈱", "1行目\n2行目"])
def test_names_and_signs_of_offices_are_drawn(form: Path, text: str) -> None:
    assert undrawable(text) == []
    assert squeezed(text.split("\n")[0])[:1] in words(opened(typeset(form, {"texts": [text]}, DAY)))


@pytest.mark.parametrize(("text", "missing"), [("a\ue000b👍", ["\ue000", "👍"]), ("e\u0301\u0302", ["\u0302"])])
def test_what_the_font_lacks_is_named_and_refused(form: Path, text: str, missing: list[str]) -> None:
    assert undrawable(text) == missing
    with pytest.raises(Unprintable):
        typeset(form, {"texts": [text]}, DAY)


def test_whatever_is_called_drawable_is_drawn(form: Path) -> None:
    """Random neighbours, marks and parts of hangul included: no run may end without its report."""
    draw = random.Random(7)
    pools = [range(0x20, 0x370), range(0x1100, 0x1200), range(0x3041, 0x3100), range(0x20, 0x30000)]
    texts = ["".join(chr(draw.choice(draw.choice(pools))) for _ in range(9)) for _ in range(900)]
    all_of_them = "".join(texts)
    away = str.maketrans("", "", "".join([*hidden(all_of_them), *undrawable(all_of_them)]))
    left = [text.translate(away) for text in texts]
    assert sum(map(len, left)) > 3000
    assert typeset(form, {"texts": left}, DAY).startswith(b"%PDF-")

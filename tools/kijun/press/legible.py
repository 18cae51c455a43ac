"""What stands on paper can be read: signs that hide or that no font has are shown by their code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from kijun.press.typesetter import undrawable
from kijun.press.unseen import hidden

_LONG = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])|[!-~]{40}(?=[!-~])")


def legible(content: Any) -> Any:
    """The same content with every text made printable; nothing is dropped, nothing is drawn as a blank box.

    Long runs without a blank may be broken, digests excepted.
    """
    if isinstance(content, str):
        return _text(content)
    if isinstance(content, dict):
        return {key: legible(value) for key, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [legible(value) for value in content]
    return content


def unhidden(text: str) -> str:
    """The same text with every sign that is not seen shown by its code; a line end stays one."""
    return text if text.isprintable() else _coded(text.replace("\r\n", "\n"), hidden)


def _coded(text: str, faults: Callable[[str], Iterable[str]]) -> str:
    for one in faults(text):
        text = text.replace(one, f"〔U+{ord(one):04X}〕")
    return text


def _text(text: str) -> str:
    shown = _coded(unhidden(text), undrawable)
    return _LONG.sub(lambda found: found.group() + "\u200b" * (len(found.group()) == 40), shown)

"""Characters that cannot be seen: they turn the order of a name round, or make two names look alike."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # controls, formats (U+202E), halves, separators


def hidden(text: str) -> list[str]:
    """The unseen characters of a text, each once, in order; a line end is none."""
    return [one for one in dict.fromkeys(text) if one != "\n" and unicodedata.category(one) in _UNSEEN]

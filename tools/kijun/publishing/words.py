"""Which words of a sentence changed: runs of one script are compared, lone letters between changes join in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_TOKEN = re.compile(
    r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆ヶ]+"  # 漢字
    r"|[ァ-ヺー]+|[A-Za-zＡ-Ｚａ-ｚ]+|[0-9０-９]+|.",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text, underlined or not."""

    text: str
    is_marked: bool = False


Runs = tuple[Run, ...]
_Piece = tuple[str, str, bool]  # new, old, whether they are the same


def compared(new: str, old: str) -> tuple[Runs, Runs]:
    """Both texts in runs, the changed ones marked: (new, old). Joined, the runs are the texts."""
    pieces = _joined(_smoothed(list(_pieces(new, old))))
    return (
        tuple(Run(one, not same) for one, _, same in pieces if one),
        tuple(Run(other, not same) for _, other, same in pieces if other),
    )


def _pieces(new: str, old: str) -> Iterator[_Piece]:
    ours, theirs = _TOKEN.findall(new), _TOKEN.findall(old)
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    for tag, start, end, our_start, our_end in matcher.get_opcodes():
        yield "".join(ours[our_start:our_end]), "".join(theirs[start:end]), tag == "equal"


def _smoothed(pieces: list[_Piece]) -> list[_Piece]:
    """A single letter left standing between two changes says nothing by itself."""
    last = len(pieces) - 1
    return [
        (new, old, same and not (len(new) == 1 and 0 < index < last)) for index, (new, old, same) in enumerate(pieces)
    ]


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    found: list[_Piece] = []
    for new, old, same in pieces:
        if found and found[-1][2] == same:
            new, old = found[-1][0] + new, found[-1][1] + old
            found.pop()
        found.append((new, old, same))
    return found

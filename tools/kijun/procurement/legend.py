"""What the codes of one answer book mean: proposed by us, confirmed by a person, and never guessed at when reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kijun.model.bid import AnswerStatus
from kijun.procurement import notation

S = AnswerStatus
# Readings that are common in published tables. ◎ and ○ change places between them: without a legend both are asked.
_COMMON: Mapping[str, AnswerStatus] = {
    "◎": S.STANDARD,
    "○": S.STANDARD,
    "△": S.CUSTOMIZE,
    "×": S.NOT_SUPPORTED,
    "－": S.NOT_APPLICABLE,
    "A": S.STANDARD,
    "B": S.SETTING,
    "C": S.WORKAROUND,
    "D": S.CUSTOMIZE,
    "E": S.NOT_SUPPORTED,
    "N/A": S.NOT_APPLICABLE,
    "可": S.STANDARD,
    "不可": S.NOT_SUPPORTED,
}
# Words in a legend row, or in a cell that answers in words. The first that fits is taken: longer ones stand first.
_WORDS: tuple[tuple[str, AnswerStatus], ...] = (
    ("対応予定", S.PLANNED),
    ("対応不可", S.NOT_SUPPORTED),
    ("対応できない", S.NOT_SUPPORTED),
    ("対応しない", S.NOT_SUPPORTED),
    ("未対応", S.NOT_SUPPORTED),
    ("実現不可", S.NOT_SUPPORTED),
    ("標準で対応していない", S.NOT_SUPPORTED),
    ("別途検討", S.NOT_SUPPORTED),
    ("対象外", S.NOT_APPLICABLE),
    ("利用しない", S.NOT_APPLICABLE),
    ("該当なし", S.NOT_APPLICABLE),
    ("カスタマイズ", S.CUSTOMIZE),
    ("追加開発", S.CUSTOMIZE),
    ("個別開発", S.CUSTOMIZE),
    ("運用", S.WORKAROUND),
    ("代替", S.WORKAROUND),
    ("別製品", S.EXTERNAL),
    ("他システム", S.EXTERNAL),
    ("外付", S.EXTERNAL),
    ("オプション製品", S.EXTERNAL),
    ("設定", S.SETTING),
    ("パラメータ", S.SETTING),
    ("予定", S.PLANNED),
    ("標準", S.STANDARD),
    ("対応済", S.STANDARD),
    ("対応可", S.STANDARD),
    ("パッケージ", S.STANDARD),
    ("不可", S.NOT_SUPPORTED),
)
_ENTRY = re.compile(
    r"([◎○△×●－]|[A-E]|※)\s*(?:[:=…は]|\.{2,}|\s)\s*([^◎○△×●※、,/;]{2,40}?)"
    r"(?=[、,/;]|\s*(?:[◎○△×●－※]|[A-E]\s*[:=])|$)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one code is proposed to mean, and on what ground."""

    code: str  # folded
    status: AnswerStatus | None
    ground: str
    cells: int = 0  # how many answers of the book are written so


@dataclass(frozen=True, slots=True)
class Legend:
    """Codes as a person has confirmed them."""

    codes: Mapping[str, AnswerStatus]  # folded code → status

    def status(self, cell: str) -> AnswerStatus | None:
        """What an answer cell means; None when the legend does not have it. An empty cell is unanswered."""
        if not cell.strip():
            return AnswerStatus.UNANSWERED
        return self.codes.get(notation.sign(cell))


def proposed(cells: Iterable[str], told: Iterable[str]) -> list[Reading]:
    """A reading for every code that the answer cells use, by the book's own words (`told`) before common ones."""
    counted: dict[str, int] = {}
    for cell in cells:
        if code := notation.sign(cell):
            counted[code] = counted.get(code, 0) + 1
    own = _own(told)
    return [_reading(code, number, own) for code, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def explained(told: Iterable[str]) -> list[Reading]:
    """A reading for every code that the book itself explains, used or not."""
    own = _own(told)
    return [_reading(code, 0, own) for code in own]


def _own(told: Iterable[str]) -> dict[str, tuple[AnswerStatus, str]]:
    """Codes that the book itself explains, with the words in which it does."""
    found: dict[str, tuple[AnswerStatus, str]] = {}
    for text in told:
        folded = " ".join(notation.sign(part) for part in text.split())
        for code, words in _ENTRY.findall(folded):
            status = by_words(words)
            if status is not None:
                found.setdefault(code, (status, words.strip()))
    return found


def by_words(text: str) -> AnswerStatus | None:
    """The status that an answer in words names; None when it names none, or is a question."""
    folded = notation.sign(text)
    if any(word in folded for word in ("?", "要確認", "要相談", "一部", "条件付")):
        return None
    return next((status for words, status in _WORDS if notation.sign(words) in folded), None)


def _reading(code: str, cells: int, own: Mapping[str, tuple[AnswerStatus, str]]) -> Reading:
    if code in own:
        status, words = own[code]
        return Reading(code, status, f"この表の凡例「{words}」", cells)
    if notation.is_ditto(code):
        return Reading(code, None, "ほかの欄を指しています。何を答えたかを事業者に確かめてください。", cells)
    if meant := notation.lookalike(code):
        return Reading(code, None, f"「{meant}」の打ち間違いかもしれません。", cells)
    if code in _COMMON:
        return Reading(code, _COMMON[code], "この表に凡例がありません。よくある読み方です。", cells)
    if (worded := by_words(code)) is not None:
        return Reading(code, worded, "欄の言葉から", cells)
    return Reading(code, None, "読み方が分かりません。", cells)

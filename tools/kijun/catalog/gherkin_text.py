"""What a Japanese feature file gets wrong before any parser sees it, told with the mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kijun.model.errors import Position, Problem

_STEP_WORDS = ("前提", "もし", "ならば", "かつ", "且つ", "しかし", "但し", "ただし")
_CONTINUATIONS = ("かつ", "且つ", "しかし", "但し", "ただし")
_BLOCKS = (
    "機能",
    "フィーチャ",
    "背景",
    "シナリオアウトライン",
    "シナリオテンプレート",
    "テンプレ",
    "シナリオ",
    "例",
    "サンプル",
    "ルール",
)
_BLOCK_LINE = re.compile(rf"({'|'.join(_BLOCKS)})\s*([:：])")  # the full-width colon is the trap
_HEADER_CELL = re.compile(r"\w+")
_PLACEHOLDER = re.compile(r"<[^>]*>")


def text_problems(path: Path, text: str) -> list[Problem]:
    """Every trap of one file, by line."""
    return [Problem(Position.of(path, line), message, hint) for line, message, hint in _Reader(text).findings()]


Finding = tuple[int, str, str]


class _Reader:
    """Follows the blocks of a file closely enough to know a description line from a step."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.block = ""
        self.first_step = True
        self.tags: list[str] = []
        self.table_header = False

    def findings(self) -> Iterator[Finding]:
        if self.lines[0].startswith("\ufeff"):
            yield 1, "先頭に BOM があります。", "「UTF-8（BOM なし）」で保存してください。"
        if not self.lines[0].lstrip("\ufeff").startswith("# language: ja"):
            yield 1, "言語の指定がありません。", "最初の行に「# language: ja」と書いてください。"
        for number, raw in enumerate(self.lines, start=1):
            line = raw.strip()
            if line and not line.startswith("#"):
                for message, hint in self._line(raw, line):
                    yield number, message, hint

    def _line(self, raw: str, line: str) -> Iterator[tuple[str, str]]:
        if "\t" in raw:
            yield "タブ文字があります。", "半角の空白に置き換えてください。"
        if line[0] in "｜＠":
            yield f"全角の「{line[0]}」は区切りになりません。", "半角の | や @ に直してください。"
        elif line.startswith("@"):
            self.tags.extend(line.split())
        elif line.startswith("|"):
            yield from self._table_line(line)
        elif found := _BLOCK_LINE.match(line):
            yield from self._block_line(found[1], found[2])
        else:
            yield from self._step_or_description(line)

    def _block_line(self, keyword: str, colon: str) -> Iterator[tuple[str, str]]:
        if colon != ":":
            yield f"「{keyword}」の後の「{colon}」が全角です。", "半角の : に直してください。"
        if keyword in ("機能", "フィーチャ") and any(tag.startswith("@req:") for tag in self.tags):
            yield "機能に @req: が付いています（全てのシナリオに及びます）。", "@req: はシナリオに付けてください。"
        self.block, self.first_step, self.tags, self.table_header = keyword, True, [], True

    def _table_line(self, line: str) -> Iterator[tuple[str, str]]:
        if self.block in ("例", "サンプル"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if self.table_header:
                bad = [cell for cell in cells if not _HEADER_CELL.fullmatch(cell)]
                if bad:
                    yield (
                        f"例の見出し「{bad[0]}」に文字以外の記号があります。",
                        "括弧などを除き、文字と数字だけにしてください。",
                    )
                self.table_header = False
            elif any(_PLACEHOLDER.search(cell) for cell in cells):
                yield "例の値に <…> があります。", "値の中では < > を使わないでください。"

    def _step_or_description(self, line: str) -> Iterator[tuple[str, str]]:
        word = next((one for one in _STEP_WORDS if line.startswith(one)), "")
        if not word:
            return
        if self.block in ("機能", "フィーチャ", "ルール", ""):
            yield f"説明の行が「{word}」で始まり、ステップと読まれます。", "言い回しを変え、別の語で始めてください。"
            return
        if not line[len(word) :].startswith(" "):
            yield f"「{word}」の後に半角の空白がありません。", f"「{word} 」のように空けてください。"
        if self.first_step and word in _CONTINUATIONS:
            yield f"最初のステップが「{word}」です。", "前提、もし、ならばのいずれかで始めてください。"
        self.first_step = False
        self.table_header = False

"""A review for people, and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kijun.press.legible import unhidden
from kijun.publishing.editorial.findings import Finding
from kijun.publishing.editorial.review import FULL, Chapter, Review

FORMULA = (
    "評点 = 100 − 大項目の行が失う点の平均（端数切捨て）。一行が失う点は指摘の重みの和で、100 を超えない。"
    "行に属さない指摘（宙に浮いた帳票など）は評点に入らない。"
)


def render(review: Review, names: Mapping[str, str], root: Path) -> str:
    """Lines for the terminal: every finding in the order of the tables, the words counted, the scores."""
    return "\n".join(unhidden(line) for line in _lines(review, names, root))


def _lines(review: Review, names: Mapping[str, str], root: Path) -> Iterator[str]:
    for one in review.everything:
        yield from _finding(one, root)
    yield f"\n要件 {review.rows} 行、指摘 {len(review.everything)} 件（誤りではない。kijun lint は指摘では止まらない）"
    counts = Counter(one.kind for one in review.everything)
    for key, kind in review.rules.kinds.items():
        if counts[key]:
            yield f"  {kind.label} {counts[key]} 件（重み {kind.weight}）"
    for word, rows in review.word_rows().items():
        yield f"  語「{word}」 {len(rows)} 行: {'、'.join(rows)}"
    yield f"\n{FORMULA}"
    for chapter in review.chapters:
        yield _chapter(chapter, review, names)


def _finding(one: Finding, root: Path) -> Iterator[str]:
    yield f"{_place(one, root)}: {one.requirement} [{one.label}] {one.told}".replace(":  [", ": [")
    if one.text:
        yield f"    文　　{_marked(one.text, one.marked)}"
    yield f"    なぜ　{one.why}"
    yield f"    直し方　{one.suggestion}"


def _place(one: Finding, root: Path) -> str:
    path = Path(one.at.path)
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return f"{name}:{one.at.line}" if one.at.line else name


def _marked(text: str, words: tuple[str, ...]) -> str:
    for word in sorted(set(words), key=len, reverse=True):
        text = text.replace(word, f"≪{word}≫") if f"≪{word}≫" not in text else text
    return text


def _chapter(chapter: Chapter, review: Review, names: Mapping[str, str]) -> str:
    kinds = review.rules.kinds
    found = "、".join(f"{kinds[key].label} {count}" for key, count in chapter.counts.items() if count)
    name = names.get(chapter.business, chapter.business)
    return f"  {chapter.score:3d} 点　{name} ／ {chapter.title}（{chapter.rows} 行）　{found or '指摘なし'}"


def as_record(review: Review, root: Path) -> dict[str, Any]:
    """The review as data."""
    return {
        "formula": FORMULA,
        "full_marks": FULL,
        "kinds": {key: {"label": kind.label, "weight": kind.weight} for key, kind in review.rules.kinds.items()},
        "requirements": review.rows,
        "chapters": [
            {
                "business": one.business,
                "major": one.title,
                "requirements": one.rows,
                "score": one.score,
                "counts": {key: count for key, count in one.counts.items() if count},
            }
            for one in review.chapters
        ],
        "words": [
            {"word": word, "count": len(rows), "requirements": rows} for word, rows in review.word_rows().items()
        ],
        "findings": [
            {
                "at": _place(one, root),
                "business": one.business,
                "requirement": one.requirement,
                "kind": one.kind,
                "told": one.told,
                "marked": list(one.marked),
                "others": list(one.others),
                "why": one.why,
                "suggestion": one.suggestion,
            }
            for one in review.everything
        ],
    }

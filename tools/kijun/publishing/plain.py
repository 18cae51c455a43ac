"""A comparison for the terminal: every changed requirement, its changed words between ≪ and ≫."""

from __future__ import annotations

from collections.abc import Iterator

from kijun.press.unseen import hidden
from kijun.publishing.comparative_table import HEAD, Line, caveats, comparative_table, status
from kijun.publishing.comparison import Comparison, Kind
from kijun.publishing.reach import Reach
from kijun.publishing.words import Runs


def render(comparison: Comparison, reach: Reach) -> str:
    """Lines to be printed. A sign that a terminal would act on stands as its code."""
    return "\n".join(_seen(one) for one in _lines(comparison, reach))


def _seen(text: str) -> str:
    for one in hidden(text):
        text = text.replace(one, f"〔U+{ord(one):04X}〕")
    return text


def _lines(comparison: Comparison, reach: Reach) -> Iterator[str]:
    old, new = comparison.old, comparison.new
    yield f"{old.label}（{status(old)}） → {new.label}（{status(new)}）"
    yield "　".join(f"{kind.label} {count}" for kind, count in comparison.counts.items() if count)
    yield from (f"注意: {one}" for one in caveats(comparison))
    for chapter in comparative_table(comparison, reach).chapters:
        yield f"\n■ {chapter.title}　{chapter.summary}"
        for section in chapter.sections:
            yield f"\n□ {section.title}"
            for line in section.lines:
                if line.kind is not Kind.SAME:
                    yield from _line(line)
    changed = [one for one in comparison.changes if one.has_effect]
    found = {scenario for one in changed for scenario in reach.scenarios_of(one)}
    yield f"\n機能への影響があり得る変更 {len(changed)} 件、関係するシナリオ {len(found)} 件（今の試験一式）"
    if reach.answers is not None:
        touched = sum(bool(reach.revisits(one)) for one in comparison.changes)
        yield f"回答の見直しが要る変更 {touched} 件"


def _line(line: Line) -> Iterator[str]:
    yield f"・{' ／ '.join(line.remarks)}"
    for label, side in zip(HEAD[:2], (line.new, line.old), strict=True):
        is_whole = all(run.is_marked for runs in side for run in runs)
        told = [_words(runs, is_whole=is_whole) for runs in side]
        yield f"    {label}　" + "\n            ".join(told)


def _words(runs: Runs, *, is_whole: bool) -> str:
    return "".join(f"≪{run.text}≫" if run.is_marked and not is_whole else run.text for run in runs)

"""Questions, what they are about, and own answers to look at, in words and as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kijun.catalog.own_answers import OwnAnswer
from kijun.procurement.questions.linking import MOST_CANDIDATES, Affected, Fate, Linked

_LONG = 60  # letters of a question that are shown


def has_to_be_asked(linked: Linked) -> bool:
    return bool(linked.of(Fate.OPEN) or linked.listed)


def render(linked: Linked, own: Mapping[str, OwnAnswer] | None) -> list[str]:
    """The list for a person: what is open with its candidates, then own answers to look at."""
    lines = [f"質問 {len(linked.links)} 件: " + "、".join(f"{fate.label} {len(linked.of(fate))}" for fate in Fate)]
    for one in linked.of(Fate.LINKED):
        lines.append(f"  {one.question.place} {'、'.join(one.requirements)}（{one.because}）")
    if open_ones := linked.of(Fate.OPEN):
        lines.append(f"要確認: {len(open_ones)} 件")
    for one in open_ones:
        more = f" ほか {len(one.candidates) - MOST_CANDIDATES} 件" if len(one.candidates) > MOST_CANDIDATES else ""
        shown = f" 候補: {'、'.join(one.candidates[:MOST_CANDIDATES])}{more}" if one.candidates else ""
        lines.append(f"  {one.question.place} {_short(one.question.question)} → {one.because}{shown}")
    if linked.listed:
        lines.append(f"読めない行: {len(linked.listed)} 件")
        lines += [f"  {one.place} {one.because} {one.text}" for one in linked.listed]
    several = {one: asked for one, asked in linked.by_requirement.items() if len(asked) > 1}
    if several:
        lines.append(f"同じ要件への質問: {len(several)} 件（回答をそろえてください）")
        lines += [f"  {one} {'、'.join(each.place for each in asked)}" for one, asked in several.items()]
    lines += [f"注意: {one}" for one in linked.notes]
    return lines + (_affected(linked.affected(own)) if own is not None else [])


def as_record(linked: Linked, own: Mapping[str, OwnAnswer] | None) -> dict[str, Any]:
    """The same as JSON; `affected` only where own answers were given."""
    record: dict[str, Any] = {
        "questions": [
            {
                "number": one.question.number,
                "place": one.question.place,
                "fate": one.fate.value,
                "requirements": list(one.requirements),
                "because": one.because,
                "candidates": list(one.candidates),
                "answered": bool(one.question.answer),
            }
            for one in linked.links
        ],
        "listed": [{"place": one.place, "text": one.text, "because": one.because} for one in linked.listed],
        "notes": list(linked.notes),
    }
    if own is not None:
        record["affected"] = [
            {
                "requirement": one.requirement,
                "own": one.own.label if one.own else "",
                "questions": [each.place for each in one.questions],
            }
            for one in linked.affected(own)
        ]
    return record


def _affected(affected: list[Affected]) -> list[str]:
    lines = [f"回答書により見直す自社の回答: {len(affected)} 件"]
    for one in affected:
        label = one.own.label if one.own else "（回答していません）"
        lines.append(f"  {one.requirement} {label}")
        lines += [f"    {each.place} {_short(each.question)} → {_short(each.answer)}" for each in one.questions]
    return lines


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONG else f"{plain[:_LONG]}…"

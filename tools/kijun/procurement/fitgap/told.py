"""Fit&Gap in words and as data: progress of each 課, conflicts with who and when, what was carried over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kijun.procurement.fitgap.judgements import Fate, FitGap, Progress, Version
from kijun.procurement.fitgap.merging import Merged


def has_to_be_looked_at(merged: Merged) -> bool:
    """Whether anything waits for a person; rows that are merely not filled yet do not."""
    fitgap = merged.fitgap
    return bool(fitgap.conflicts or fitgap.listed or fitgap.notes)


def render(merged: Merged) -> list[str]:
    """The merge for a person."""
    tally, fitgap = merged.tally, merged.fitgap
    parts = f"まとめた行 {tally.joined} ＋ 食い違いの行 {tally.in_conflict} ＋ 要確認の行 {tally.listed}"
    lines = [
        f"読んだ行 {tally.read} ＝ {parts}",
        *progress(fitgap),
        f"食い違い: {len(fitgap.conflicts)} 件",
    ]
    texts = {one.requirement.id: one.requirement.text for one in fitgap.request.rows}
    for one in fitgap.conflicts:
        lines.append(f"  {one} {texts[one]}")
        lines += [f"    {number} {_told(version)}" for number, version in enumerate(fitgap.rows[one].rivals, start=1)]
    if fitgap.listed:
        lines.append(f"要確認の行: {len(fitgap.listed)} 件")
        lines += [f"  {one.place} {one.because} {one.text}" for one in fitgap.listed]
    if fitgap.notes:
        lines.append(f"注意: {len(fitgap.notes)} 件")
        lines += [f"  {one}" for one in fitgap.notes]
    return lines


def progress(fitgap: FitGap) -> Iterator[str]:
    """One line for each 課 and one for all: decided of how many, and where the others are."""
    found = fitgap.of_sheets()
    yield "進み具合（判定済み / 行）"
    for name, one in found.items():
        yield f"  {name} {_progress(one)}"
    if len(found) > 1:
        yield f"  合計 {_progress(fitgap.progress(fitgap.request.rows))}"


def carried(fitgap: FitGap) -> Iterator[str]:
    """What became of the rows of the other book."""
    for fate in Fate:
        found = [one for one in fitgap.before if one.fate is fate]
        yield f"{fate.label}: {len(found)} 件"
        if fate in (Fate.RECHECK, Fate.GONE):
            yield from (f"  {one.requirement} {one.told}" for one in found)


def as_record(merged: Merged) -> dict[str, Any]:
    """The merge as JSON."""
    tally, fitgap = merged.tally, merged.fitgap
    return {
        "rows": {
            "read": tally.read,
            "joined": tally.joined,
            "in_conflict": tally.in_conflict,
            "listed": tally.listed,
        },
        "progress": {name: _counts(one) for name, one in fitgap.of_sheets().items()},
        "conflicts": [
            {"requirement": one, "versions": [_record(each) for each in fitgap.rows[one].rivals]}
            for one in fitgap.conflicts
        ],
        "listed": [{"place": one.place, "text": one.text, "because": one.because} for one in fitgap.listed],
        "notes": list(fitgap.notes),
    }


def _progress(one: Progress) -> str:
    parts = [
        ("前回のまま", one.unchanged),
        ("別途検討", one.open),
        ("食い違い", one.rivals),
        ("空欄", one.blank),
        ("判定を読めない", one.unread),
    ]
    told = "、".join(f"{label} {count}" for label, count in parts if count)
    return f"{one.decided} / {one.rows}" + (f"（{told}）" if told else "")


def _counts(one: Progress) -> dict[str, int]:
    return {
        "rows": one.rows,
        "decided": one.decided,
        "unchanged": one.unchanged,
        "open": one.open,
        "rivals": one.rivals,
        "blank": one.blank,
        "unread": one.unread,
    }


def _told(version: Version) -> str:
    entry = " / ".join(filter(None, version.entry.cells)) or "（消した）"
    return f"{version.who}　{version.when}　{entry}　［{version.place}］"


def _record(version: Version) -> dict[str, str]:
    entry = version.entry
    return {
        "judgement": entry.judgement,
        "gap": entry.gap,
        "measure": entry.measure,
        "remarks": entry.remarks,
        "who": version.who,
        "when": version.when,
        "place": version.place,
    }

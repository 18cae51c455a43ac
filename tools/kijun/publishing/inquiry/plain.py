"""A count as text: first what needs a hand, then every row with its three most frequent opinions."""

from __future__ import annotations

from collections.abc import Iterator

from kijun.press.legible import unhidden
from kijun.publishing.inquiry import asked
from kijun.publishing.inquiry.counting import Count
from kijun.publishing.inquiry.outliers import RULES, odd_bodies, odd_rows
from kijun.publishing.inquiry.wording import (
    TITLE,
    body_name,
    duplicate_text,
    odd_body_text,
    odd_row_text,
    overview,
    percent,
    top_texts,
    turnout,
)


def summary(count: Count) -> str:
    """What fits on a screen: the overview, and every file that is not counted."""
    return unhidden("\n".join([TITLE, *_overview(count), *_unreadable(count), *_undecided(count)]))


def render(count: Count) -> str:
    """inquiry.txt: everything but the words of the bodies, which the workbook and the JSON hold."""
    parts = [summary(count), *_duplicates(count), *_outliers(count), *_rows(count), *_silent(count)]
    return unhidden("\n".join(parts)) + "\n"


def _overview(count: Count) -> Iterator[str]:
    yield from (f"注意: {one}" for one in asked.caveats(count.inquiry.edition))
    yield from (f"{label}: {text}" for label, text in overview(count))
    yield from (
        f"　{label} {answered} / {expected}（{percent(answered, expected)}）"
        for label, expected, answered in turnout(count)
    )


def _unreadable(count: Count) -> Iterator[str]:
    if count.unreadable:
        yield f"\n■ 読めないファイル {len(count.unreadable)} 件（数えていません）"
        yield from (f"・{one.file}: {one.reason} → {one.hint}" for one in count.unreadable)


def _undecided(count: Count) -> Iterator[str]:
    undecided = [one for one in count.duplicates if not one.counted]
    if count.uncounted or undecided:
        yield f"\n■ 団体が決まらない、又は選べない回答 {len(count.uncounted) + len(undecided)} 件（数えていません）"
        for one in count.uncounted:
            yield f"・{one.file}: {one.reason}（記入「{one.stated}」） → {one.hint}"
        for two in undecided:
            yield f"・{body_name(count, two.body)}: {'、'.join(two.files)}。{two.because}"


def _duplicates(count: Count) -> Iterator[str]:
    if decided := [one for one in count.duplicates if one.counted]:
        yield f"\n■ 同じ団体の重複 {len(decided)} 団体（一つだけ数えました）"
        for one in decided:
            yield f"・{body_name(count, one.body)}: {'、'.join(one.files)}。{duplicate_text(one)}"


def _outliers(count: Count) -> Iterator[str]:
    bodies, rows = odd_bodies(count), odd_rows(count)
    yield f"\n■ 外れているもの　団体 {len(bodies)}、要件と区分 {len(rows)}"
    yield from (f"　{one}" for one in RULES)
    yield from (f"・{body_name(count, one.body)}: {odd_body_text(one)}" for one in bodies)
    yield from (f"・{one.row}: {odd_row_text(one)}" for one in rows)


def _rows(count: Count) -> Iterator[str]:
    agreement = count.inquiry.codes.agreement.code
    yield f"\n■ 要件ごとの論点（多い順に三つまで）　{len(count.rows)} 件"
    for row in count.rows:
        answered = row.answered()
        told = f"回答 {answered} 団体、意見あり {row.opinions(agreement)}"
        issues = "、".join(top_texts(count, row)) or "意見はありません"
        yield f"・{row.requirement.id} {row.requirement.name}（{told}）: {issues}"


def _silent(count: Count) -> Iterator[str]:
    if count.silent:
        yield f"\n■ 回答を数えていない団体 {len(count.silent)}"
        yield from (f"・{body_name(count, one)}" for one in count.silent)
